package reflow_test

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"slices"
	"strings"
	"testing"

	"phonghop/client/internal/reflow"
	"phonghop/shared/protocol"
)

// sheet is a page of A4 drawn at two pixels a point.
type sheet struct{ *image.RGBA }

func newSheet(paper color.Color) sheet {
	s := sheet{image.NewRGBA(image.Rect(0, 0, 2*a4W, 2*a4H))}
	draw.Draw(s, s.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	return s
}

func (s sheet) fill(x0, y0, x1, y1 float64, c color.Color) {
	draw.Draw(s, image.Rect(int(2*x0), int(2*y0), int(2*x1), int(2*y1)), image.NewUniform(c), image.Point{}, draw.Src)
}

func (s sheet) outline(x0, y0, x1, y1 float64) {
	s.fill(x0, y0, x1, y0+1, color.Black)
	s.fill(x0, y1-1, x1, y1, color.Black)
	s.fill(x0, y0, x0+1, y1, color.Black)
	s.fill(x1-1, y0, x1, y1, color.Black)
}

// write draws a bar for each letter of the lines.
func (s sheet) write(p protocol.PageText, c color.Color) {
	for _, l := range p.Lines {
		for _, w := range l.Words {
			for i := range []rune(w.Text) {
				x := w.Box[0] + letter*float64(i)
				s.fill(x+1, w.Box[1]-3, x+3, w.Box[3]-3, c) // with an accent above its box
			}
		}
	}
}

func (s sheet) figures(p protocol.PageText) []reflow.Box {
	return reflow.Figures(reflow.Picture{Pix: s.Pix, Stride: s.Stride, W: s.Rect.Dx(), H: s.Rect.Dy()}, p, a4W, a4H)
}

func near(a, b reflow.Box) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > 3 {
			return false
		}
	}
	return true
}

func TestFigures(t *testing.T) {
	text := protocol.PageText{Lines: []protocol.TextLine{full(85, 100), full(85, 120), at(100, 300, "Tán thành")}}
	for _, c := range []struct {
		name string
		draw func(s sheet)
		want []reflow.Box
	}{
		{"text alone", func(sheet) {}, nil},
		{"a picture", func(s sheet) { s.fill(200, 400, 300, 460, color.Gray{90}) }, []reflow.Box{{200, 400, 300, 460}}},
		{"a table's lines", func(s sheet) { s.outline(90, 290, 500, 340); s.fill(300, 290, 301, 340, color.Black) }, []reflow.Box{{90, 290, 500, 340}}},
		{"a rule", func(s sheet) { s.fill(200, 140, 400, 141, color.Black); s.fill(60, 90, 61, 300, color.Black) }, nil},
		{"a line around the page", func(s sheet) { s.outline(20, 20, 575, 822) }, nil},
		{"a stamp that begins on words", func(s sheet) { s.outline(380, 134, 450, 190) }, []reflow.Box{{380, 139, 450, 190}}},
		{"a box to tick belongs to its line", func(s sheet) { s.outline(80, 303, 90, 313) }, []reflow.Box{{80, 300, 151, 316}}},
		{"a speck", func(s sheet) { s.fill(300, 600, 303, 603, color.Black) }, nil},
		{"a bullet that is drawn", func(s sheet) { s.fill(90, 307, 94, 311, color.Black) }, nil},
		{"words struck through", func(s sheet) { s.fill(100, 308, 157, 309, color.Black) }, []reflow.Box{{100, 300, 118, 316}, {121, 300, 151, 316}}},
		{"words underlined", func(s sheet) { s.fill(100, 314, 157, 315, color.Black) }, nil},
		{"words that are not to be seen", func(s sheet) { s.fill(85, 297, 200, 316, color.White) }, []reflow.Box{{100, 300, 118, 316}, {121, 300, 151, 316}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newSheet(color.White)
			s.write(text, color.Black)
			c.draw(s)
			if got := s.figures(text); !slices.EqualFunc(got, c.want, near) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// Light words on dark paper are words on paper.
func TestFiguresOnDarkPaper(t *testing.T) {
	text := protocol.PageText{Lines: []protocol.TextLine{full(85, 100), full(85, 120)}}
	s := newSheet(color.RGBA{20, 40, 90, 255})
	s.write(text, color.White)
	if got := s.figures(text); len(got) != 0 {
		t.Errorf("figures %v", got)
	}
}

func TestFiguresWithoutAPicture(t *testing.T) {
	s := newSheet(color.White)
	good := reflow.Picture{Pix: s.Pix, Stride: s.Stride, W: s.Rect.Dx(), H: s.Rect.Dy()}
	for name, bad := range map[string]reflow.Picture{"none": {}, "short": {Pix: s.Pix[:100], Stride: s.Stride, W: good.W, H: good.H}, "narrow": {Pix: s.Pix, Stride: 4, W: good.W, H: 2}} {
		if got := reflow.Figures(bad, protocol.PageText{}, a4W, a4H); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
	for _, size := range []float64{0, -1, math.NaN()} {
		if got := reflow.Figures(good, protocol.PageText{}, size, a4H); got != nil {
			t.Errorf("a page %v wide: %v", size, got)
		}
	}
}

// Boxes that are no boxes, and pages full of ink, do no harm.
func TestFiguresOfNonsense(t *testing.T) {
	s := newSheet(color.White)
	for y := 0; y < 2*a4H; y += 26 {
		for x := 0; x < 2*a4W; x += 26 {
			s.fill(float64(x)/2, float64(y)/2, float64(x)/2+4, float64(y)/2+4, color.Black)
		}
	}
	box := [4]float64{math.NaN(), math.Inf(-1), math.Inf(1), -5}
	p := protocol.PageText{Lines: []protocol.TextLine{{}, {Words: []protocol.TextWord{{Text: strings.Repeat("x", 9), Box: box}}}}}
	s.figures(p)
	s = newSheet(color.White)
	for y := 0.0; y < a4H; y += 27 {
		for x := 0.0; x < a4W; x += 27 {
			s.fill(x, y, x+13, y+13, color.Black)
		}
	}
	if got := s.figures(protocol.PageText{}); len(got) != 1 || got[0] != (reflow.Box{0, 0, a4W, a4H}) {
		t.Errorf("%d figures on a page of specks", len(got))
	}
}
