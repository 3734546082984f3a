package screen

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/shared/protocol"
)

// hasWords waits until the words of the page at hand are there.
func (s *stand) hasWords(r *reader) {
	s.t.Helper()
	for range 200 {
		if s.Update(); r.words.have {
			return
		}
		s.run(50 * time.Millisecond)
	}
	s.t.Fatal("the words do not come")
}

// mark drags the mouse over the page from the middle of one word to that of another, both by number.
func (s *stand) mark(r *reader, from, to int) {
	place := func(n int) fyne.Position {
		p := r.words.words[n].Part
		return r.page.ViewPoint(p.X+p.W/2, p.Y+p.H/2)
	}
	a, b := place(from), place(to)
	move := func(p fyne.Position) {
		r.page.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: p}})
	}
	for i := range 5 {
		move(a.SubtractXY(float32(4-i), 0))
	}
	r.page.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: a}, Button: desktop.MouseButtonPrimary})
	for i := range 8 {
		f := float32(i+1) / 8
		r.page.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(a.X+(b.X-a.X)*f, a.Y+(b.Y-a.Y)*f)}})
	}
	r.page.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: b}, Button: desktop.MouseButtonPrimary})
}

func TestCopyFromThePage(t *testing.T) {
	uitest.Desktop(t)
	s, r := newTextStand(t, submission(), vi(1), tablet)
	s.hasWords(r)
	s.mark(r, 9, 12)
	if first, last, ok := r.page.Chosen(); !ok || first != 9 || last != 12 {
		t.Fatalf("chosen %d to %d, %t", first, last, ok)
	}
	s.window.Canvas().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "Tổng thu ngân sách" && !strings.Contains(got, "thu ngân sách") {
		t.Errorf("copied %q", got)
	}
	if _, _, ok := r.page.Chosen(); ok {
		t.Error("what was copied stays chosen")
	}
	s.mark(r, 9, 12)
	if !r.back() || s.top() != view(r) {
		t.Error("back does not take the choice back")
	}
	if _, _, ok := r.page.Chosen(); ok {
		t.Error("the choice stays")
	}
	r.pen.set(true)
	s.redraw()
	s.mark(r, 9, 12)
	if _, _, ok := r.page.Chosen(); ok {
		t.Error("the pen chooses words")
	}
}

// A document whose author does not allow it gives nothing to the clipboard.
func TestNothingIsCopiedFromALockedDocument(t *testing.T) {
	paper := submission()
	paper.locked = true
	s, r := newTextStand(t, paper, vi(1), tablet)
	s.hasWords(r)
	fyne.CurrentApp().Clipboard().SetContent("before")
	s.mark(r, 9, 12)
	r.words.copy()
	s.window.Canvas().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutCopy{})
	if got := fyne.CurrentApp().Clipboard().Content(); got != "before" {
		t.Errorf("copied %q", got)
	}
}

func linked() *letterPaper {
	p := submission()
	p.text.Links = []protocol.PageLink{{Box: [4]float64{120, 210, 400, 226}, Page: 14}, {Box: [4]float64{120, 230, 400, 246}, URI: "https://congbao.chinhphu.vn/van-ban/luat-72-2025-qh15"}}
	return p
}

func TestLinks(t *testing.T) {
	s, r := newTextStand(t, linked(), vi(1), tablet)
	s.hasWords(r)
	if r.words.tapped(130, 600) {
		t.Error("a link where none is")
	}
	if !r.words.tapped(130, 215) || !s.saw("page 14") {
		t.Errorf("did %v", s.fake.did)
	}
	s.fake.reader.Page, s.fake.reader.Spot.Place.Page = 14, 14
	s.Update()
	if r.words.bar() == nil || r.words.from != 6 {
		t.Errorf("no way back from the link: %d", r.words.from)
	}
	s.fake.reader.Page, s.fake.reader.Spot.Place.Page = 15, 15
	s.Update()
	if r.words.from != 0 {
		t.Error("the way back stays after turning on")
	}
	s.fake.reader.Page, s.fake.reader.Spot.Place.Page = 6, 6
	s.hasWords(r)
	if !r.words.tapped(130, 240) || r.words.link == "" || r.words.bar() == nil {
		t.Errorf("the address is not shown")
	}
	r.pen.set(true)
	if r.words.tapped(130, 215) {
		t.Error("the pen follows a link")
	}
}

func TestShortened(t *testing.T) {
	long := "https://example.vn/" + strings.Repeat("ủ", 2000)
	if got := []rune(shortened(long)); len(got) != 161 || got[160] != '…' {
		t.Errorf("%d runes", len(got))
	}
	if got := shortened("https://a.vn"); got != "https://a.vn" {
		t.Errorf("got %q", got)
	}
}

func TestWordPictures(t *testing.T) {
	locked := submission()
	locked.locked = true
	for _, c := range []struct {
		name    string
		paper   *letterPaper
		options Options
		size    fyne.Size
		then    func(*stand, *reader)
	}{
		{"choose-vi-phone", submission(), vi(1), phone, func(s *stand, r *reader) { s.mark(r, 9, 30) }},
		{"choose-locked-en-dark", locked, en(theme.Dark), phone, func(s *stand, r *reader) { s.mark(r, 9, 30) }},
		{"choose-vi-phone-200", submission(), vi(2), phone, func(s *stand, r *reader) { s.mark(r, 9, 30) }},
		{"link-vi", linked(), vi(1), tablet, func(_ *stand, r *reader) { r.words.tapped(130, 240) }},
		{"link-followed-vi-phone", linked(), vi(1), phone, func(s *stand, r *reader) {
			r.words.tapped(130, 215)
			s.fake.reader.Page, s.fake.reader.Spot.Place.Page = 14, 14
			s.Update()
			s.hasWords(r)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, r := newTextStand(t, c.paper, c.options, c.size)
			s.hasWords(r)
			c.then(s, r)
			s.looksLike(c.name)
		})
	}
}
