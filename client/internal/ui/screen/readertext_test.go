package screen

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// letterPaper is a document of one text on all its pages, drawn as a bar for each word, with a table.
type letterPaper struct {
	papers
	err error
}

func (p *letterPaper) Text(context.Context, int) (protocol.PageText, error) { return p.text, p.err }

func (p *letterPaper) Picture(ctx context.Context, _, width int) (*image.RGBA, error) {
	scale := float64(width) / 595
	out := image.NewRGBA(image.Rect(0, 0, width, int(842*scale)))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	fill := func(x0, y0, x1, y1 float64, c color.Color) {
		draw.Draw(out, image.Rect(int(x0*scale), int(y0*scale), int(x1*scale), int(y1*scale)), image.NewUniform(c), image.Point{}, draw.Src)
	}
	for _, l := range p.text.Lines {
		for _, w := range l.Words {
			for x := w.Box[0]; x+4 <= w.Box[2]; x += 6 {
				fill(x+1, w.Box[1]+3, x+4, w.Box[3]-4, color.Gray{70})
			}
		}
	}
	for i := range 4 {
		fill(80, 400+25*float64(i), 520, 401+25*float64(i), color.Black)
		fill(80+146.6*float64(i), 400, 81+146.6*float64(i), 476, color.Black)
	}
	return out, ctx.Err()
}

func lineAt(x, y float64, text string) (out protocol.TextLine) {
	for _, w := range strings.Fields(text) {
		end := x + 6*float64(len([]rune(w)))
		out.Words = append(out.Words, protocol.TextWord{Text: w, Box: [4]float64{x, y, end, y + 16}})
		x = end + 3
	}
	return out
}

func submission() *letterPaper {
	heading := lineAt(120, 110, "I. TÌNH HÌNH THỰC HIỆN NĂM 2026")
	heading.Bold = true
	return &letterPaper{papers: papers{hash: "h1", pages: 27, text: protocol.PageText{Page: 6, Lines: []protocol.TextLine{
		lineAt(295, 30, "6"), heading,
		lineAt(120, 140, "Tổng thu ngân sách nhà nước trên địa bàn ước đạt 12.450 tỷ đồng, bằng"),
		lineAt(85, 160, "104,2% dự toán, tăng 8,1% so với cùng kỳ; thu nội địa 9.870 tỷ đồng, tăng"),
		lineAt(85, 180, "6,4%."),
		lineAt(120, 210, "- Thu từ khu vực doanh nghiệp nhà nước 1.230 tỷ đồng;"),
		lineAt(120, 230, "- Thu từ khu vực ngoài quốc doanh 3.410 tỷ đồng."),
		lineAt(90, 404, "Nội dung"), lineAt(240, 404, "Dự toán 2027"), lineAt(390, 404, "So với 2026"),
		lineAt(90, 429, "Chi đầu tư"), lineAt(240, 429, "4.200"), lineAt(390, 429, "108%"),
		lineAt(85, 500, "Ủy ban nhân dân tỉnh kính trình Hội đồng nhân dân tỉnh xem xét, quyết định."),
	}}}}
}

// lent is a device that reads one document.
type lent struct {
	*fake
	paper *letterPaper
}

func (l *lent) Document(_ string, _ meeting.ItemID, hash string) (Document, string) {
	l.paper.hash = hash
	return l.paper, ""
}

func newTextStand(t *testing.T, paper *letterPaper, o Options, size fyne.Size) (*stand, *reader) {
	t.Helper()
	s := newStand(t, inside(), o, size)
	s.act = &lent{s.fake, paper}
	r := newReader(s.Shell, "m")
	s.push(r)
	return s, r
}

func (s *stand) readsText(r *reader) {
	s.t.Helper()
	r.text.toggle()
	for range 200 {
		if r.text.page != nil {
			return
		}
		s.run(100 * time.Millisecond)
	}
	s.t.Fatal("the text does not come")
}

func TestTextPictures(t *testing.T) {
	none := submission()
	none.text.Lines = nil
	tinted := vi(1)
	tinted.Preferences.Paper = widget.PaperNight
	for _, c := range []struct {
		name    string
		paper   *letterPaper
		options Options
		size    fyne.Size
		then    func(*reader)
	}{
		{"text-vi-phone", submission(), vi(1), phone, nil},
		{"text-table-vi-phone", submission(), vi(1), phone, func(r *reader) { r.text.scroll.Scrolled(down(420)) }},
		{"text-en-dark-phone", submission(), en(theme.Dark), phone, nil},
		{"text-vi-phone-200", submission(), vi(2), phone, nil},
		{"text-night-vi", submission(), tinted, tablet, func(r *reader) { r.text.grow(2) }},
		{"text-none-vi-phone", none, vi(1), phone, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, r := newTextStand(t, c.paper, c.options, c.size)
			s.readsText(r)
			s.Update()
			if c.then != nil {
				c.then(r)
			}
			s.looksLike(c.name)
		})
	}
}

func down(by float32) *fyne.ScrollEvent { return &fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -by)} }

// The text follows the page at hand, keys move and turn it, and the pen, a hit and the way back lead to the page.
func TestTextFollowsThePage(t *testing.T) {
	s, r := newTextStand(t, submission(), vi(1), phone)
	s.window.Canvas().OnTypedRune()('t')
	if !r.text.on {
		t.Fatal("the key does not open the text")
	}
	r.text.toggle()
	s.readsText(r)
	if !r.text.showing() || len(r.text.content) == 0 {
		t.Fatal("no text is shown")
	}
	r.text.scroll.Scrolled(down(100))
	s.fake.reader.Page, s.fake.reader.Spot.Place.Page = 7, 7
	s.Update()
	for i := 0; i < 100 && (r.text.page == nil || r.text.at.page != 7); i++ {
		s.run(50 * time.Millisecond)
	}
	if r.text.at.page != 7 || r.text.scroll.Offset.Y != 0 {
		t.Errorf("shows page %d from %v", r.text.at.page, r.text.scroll.Offset)
	}
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyLeft} {
		r.typed(&fyne.KeyEvent{Name: k})
	}
	if !s.saw("turn +1") || !s.saw("turn -1") {
		t.Errorf("did %v", s.fake.did)
	}
	s.fake.did = nil
	for range 40 {
		r.typed(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
	if !s.saw("turn +1") {
		t.Error("at the end of the text it does not turn")
	}
	if !r.back() || r.text.on {
		t.Error("back does not lead to the page")
	}
	r.text.toggle()
	r.pen.set(true)
	if r.text.on {
		t.Error("one writes on the text")
	}
	r.text.toggle()
	if r.pen.view.Writing() {
		t.Error("the pen is still in the hand")
	}
	r.openHit(0, found().Hits()[0])
	if r.text.on {
		t.Error("a hit is looked for in the text")
	}
}

// What cannot be fetched says so, shows the page and is tried again.
func TestTextThatFails(t *testing.T) {
	paper := submission()
	paper.err = &session.Problem{Code: session.CodeNetwork}
	s, r := newTextStand(t, paper, vi(1), phone)
	s.readsText(r)
	if r.text.page.code == "" || r.text.showing() {
		t.Fatalf("%+v", r.text.page)
	}
	paper.err = nil
	r.text.forget()
	s.redraw()
	for i := 0; i < 100 && r.text.page == nil; i++ {
		s.run(50 * time.Millisecond)
	}
	if r.text.page == nil || r.text.page.code != "" {
		t.Error("it is not tried again")
	}
	r.close()
}
