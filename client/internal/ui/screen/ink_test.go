package screen

import (
	"math"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/pointer"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

func curve(t *testing.T, id string, colour int, points ...ink.Point) ink.Stroke {
	t.Helper()
	packed, err := ink.Pack(points, false)
	if err != nil {
		t.Fatal(err)
	}
	return ink.Stroke{ID: id, Page: 6, Version: 1, Tool: ink.Pen, Colour: colour, Width: 1, Ink: packed}
}

// written is a presenter's page with notes of his own and of all.
func written(t *testing.T) *fake {
	f := inside()
	f.reader = presenting()
	f.ink = controller.InkView{Me: "hoa", Target: controller.InkTarget{Sheet: meeting.Sheet{Item: "i2", Document: "d1"}, Page: 6, Version: 1},
		Hand: controller.Hand{Tool: controller.ToolPen, Colour: 1, Width: 1, MarkWidth: 1}, MayShare: true, CanPoint: true, CanUndo: true,
		CanCommon: true, CanLock: true, CanHide: true, CanClear: true, Written: []int{6}, Writers: []controller.Writer{{Name: "Lê Thu Hà", Strokes: 1}}}
	var loop []ink.Point
	for i := range 40 {
		a := float64(i) / 6
		loop = append(loop, ink.Point{X: 300 + 60*math.Cos(a), Y: 250 + 24*math.Sin(a), Millis: 8 * i})
	}
	f.ink.Private = f.ink.Private.Apply(ink.StrokeAdded{Stroke: curve(t, "mine", 1, loop...)}, "", monday)
	mark := curve(t, "ours", 0, ink.Point{X: 85, Y: 167}, ink.Point{X: 400, Y: 170})
	mark.Tool = ink.Highlighter
	f.ink.Shared = f.ink.Shared.Apply(ink.StrokeAdded{Stroke: mark}, "ha", monday)
	f.notes = []controller.NoteRow{
		{Spot: f.reader.Spot, Number: "2", Document: "Tờ trình về dự toán ngân sách năm 2027", Strokes: 12, Text: "Hỏi lại số liệu thu nội địa"},
		{Spot: controller.Spot{Item: "i2", Place: meeting.Place{Document: "d2", Version: 1, Page: 3}}, Number: "2", Document: "Phụ lục 1: Biểu thu, chi ngân sách", Strokes: 1, Old: true},
	}
	return f
}

func TestPicturesOfWriting(t *testing.T) {
	write := func(s *stand) *reader {
		r := newReader(s.Shell, "m")
		s.push(r)
		r.pen.set(true)
		return r
	}
	vi := func(scale float32) Options {
		return Options{Preferences: Preferences{Language: words.Vietnamese, Mode: theme.Light, Scale: scale}}
	}
	en := func(m theme.Mode) Options {
		return Options{Preferences: Preferences{Language: words.English, Mode: m, Scale: 1}}
	}
	tablet, phone := fyne.NewSize(1280, 800), fyne.NewSize(360, 740)
	pages := func(s *stand) {
		r := newReader(s.Shell, "m")
		s.push(r)
		r.open(pagesPanel)
	}
	shared := func(f *fake) *fake {
		f.ink.Target.Shared = true
		return f
	}
	for _, p := range []struct {
		name    string
		fake    func() *fake
		options Options
		size    fyne.Size
		then    func(*stand)
	}{
		{"pen-left-hand-vi", func() *fake { return written(t) }, leftHand(), tablet, func(s *stand) { write(s) }},
		{"pen-vi", func() *fake { return written(t) }, vi(1), tablet, func(s *stand) { write(s) }},
		{"pen-shared-vi", func() *fake { return shared(written(t)) }, vi(1), tablet, func(s *stand) { write(s) }},
		{"pen-shared-en-dark", func() *fake { return shared(written(t)) }, en(theme.Dark), tablet, func(s *stand) { write(s) }},
		{"pen-vi-200", func() *fake { return shared(written(t)) }, vi(2), tablet, func(s *stand) { write(s) }},
		{"pen-vi-phone", func() *fake { return shared(written(t)) }, vi(1), phone, func(s *stand) { write(s) }},
		{"pen-tools-en-phone", func() *fake { return written(t) }, en(theme.Light), phone, func(s *stand) { write(s).open(inkPanel) }},
		{"pen-more-vi", func() *fake { return written(t) }, vi(1), tablet, func(s *stand) { write(s).open(inkPanel) }},
		{"notes-vi", func() *fake { return written(t) }, vi(1), tablet, func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			r.open(notesPanel)
		}},
		{"notes-pages-vi", func() *fake {
			f := written(t)
			f.ink.Written, f.reader.Marked = []int{2, 3, 6}, []int{3, 5}
			return f
		}, vi(1), tablet, pages},
		{"notes-pages-en-dark", func() *fake { return written(t) }, en(theme.Dark), phone, pages},
		{"pen-text-vi", func() *fake { return written(t) }, vi(1), tablet, func(s *stand) {
			r := write(s)
			r.pen.askNote(s.fake.ink.Target, 100, 300)
		}},
		{"projector-ink-vi", func() *fake {
			f := written(t)
			f.ink.Private = ink.Layer{}
			f.ink.Laser = &session.Laser{X: 300, Y: 200, Seen: time.Now().Add(time.Hour)}
			return f
		}, Options{Preferences: vi(1).Preferences, Projector: true}, fyne.NewSize(1280, 720), nil},
	} {
		t.Run(p.name, func(t *testing.T) {
			s := newStand(t, p.fake(), p.options, p.size)
			if p.then != nil {
				p.then(s)
			}
			s.looksLike(p.name)
		})
	}
}

func TestThePenWritesAndTheSwitchStays(t *testing.T) {
	f := written(t)
	s := newStand(t, f, Options{}, fyne.NewSize(1280, 800))
	r := newReader(s.Shell, "m")
	s.push(r)
	for s.run(200 * time.Millisecond) {
	}
	touch := func(phase pointer.Phase, x, y float32, ms int) {
		at := r.page.ViewPoint(x, y)
		r.pen.view.Point(pointer.Event{ID: 1, Kind: pointer.KindMouse, Phase: phase, X: at.X, Y: at.Y, At: time.Duration(ms) * time.Millisecond})
	}
	line := func() {
		touch(pointer.Down, 100, 300, 0)
		touch(pointer.Move, 150, 310, 10)
		touch(pointer.Up, 200, 300, 20)
	}
	line()
	if f.ink.Mine() != 1 {
		t.Fatal("reading, and something was written")
	}
	r.typedRune('p')
	line()
	if f.ink.Mine() != 2 {
		t.Fatalf("%d strokes of one's own", f.ink.Mine())
	}
	r.pen.share(true)
	line()
	if f.ink.Mine() != 2 || f.ink.Ours() != 2 {
		t.Errorf("%d of one's own, %d of all", f.ink.Mine(), f.ink.Ours())
	}
	if !r.back() || r.pen.view.Writing() || f.ink.Target.Shared {
		t.Error("the way back does not lead from writing to reading, on one's own layer")
	}
	f.ink.MayShare, f.ink.WhyNot = false, "ink.why_locked"
	s.Update()
	r.pen.share(true)
	if f.ink.Target.Shared {
		t.Error("shared although the chair has locked it")
	}
}

func TestNotesAreFolded(t *testing.T) {
	for text, want := range map[string]string{
		"Đề nghị thẩm  định lại":               "Đề nghị thẩm\nđịnh lại",
		"1. Số liệu\n\n2. Thời hạn hoàn thành": "1. Số liệu\n\n2. Thời hạn\nhoàn thành",
		"a\r\n b\n": "a\nb",
		"":          "",
	} {
		if got := folded(text, 12); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// A note is written in lines: the Enter key begins one, and does not end the note.
func TestANoteHasLines(t *testing.T) {
	f := written(t)
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.pen.set(true)
	before := f.ink.Mine()
	r.pen.askNote(f.ink.Target, 100, 300)
	field := s.window.Canvas().Focused()
	if field == nil {
		t.Fatal("nothing to write in")
	}
	typed := func(text string) {
		for _, c := range text {
			field.TypedRune(c)
		}
	}
	typed("Số liệu")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	typed("Thời hạn")
	if f.ink.Mine() != before {
		t.Fatal("the Enter key has ended the note")
	}
	for _, o := range test.LaidOutObjects(s.window.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Label() == words.T("common.save") {
			b.Tapped(nil)
			break
		}
	}
	page := f.ink.Private.Page(6)
	if f.ink.Mine() != before+1 || page[len(page)-1].Text != "Số liệu\nThời hạn" {
		t.Errorf("%d notes, the last is %q", f.ink.Mine()-before, page[len(page)-1].Text)
	}
}
