package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/words"
)

// Segment is one part of a ResultBar.
type Segment struct {
	Count int
	Tone  Tone
	// Empty is for who sent no ballot: a quiet ground without an icon.
	Empty bool
}

// ResultBar is a broad bar in parts as wide as their counts, each with its icon and figure. A part too narrow for both leaves
// out the icon; one that is too narrow for its figure stays blank: the figures stand in the legend too.
type ResultBar struct {
	fynewidget.BaseWidget
	segments []Segment
	height   float32
}

// NewResultBar makes a bar of that height at 100 %.
func NewResultBar(height float32, segments ...Segment) *ResultBar {
	b := &ResultBar{segments: segments, height: height}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *ResultBar) CreateRenderer() fyne.WidgetRenderer {
	total := 0
	for _, s := range b.segments {
		total += max(s.Count, 0)
	}
	var boxes []*canvas.Rectangle
	var marks []glyph
	var figures []*Text
	var objects []fyne.CanvasObject
	ground := newBox()
	objects = append(objects, ground)
	for _, s := range b.segments {
		box, mark, figure := newBox(), newGlyph(), NewText(words.Number(s.Count), Style{})
		boxes, marks, figures = append(boxes, box), append(marks, mark), append(figures, figure)
		objects = append(objects, box, mark.Raster, figure)
	}
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		x := float32(0)
		for i, s := range b.segments {
			w := float32(0)
			if total > 0 {
				w = size.Width * float32(max(s.Count, 0)) / float32(total)
			}
			b.placeSegment(s, x, w, size.Height, boxes[i], marks[i], figures[i])
			x += w
		}
	}
	refresh := func() {
		paintBox(ground, theme.Quiet, theme.Line, 1, theme.RadiusS)
		for i, s := range b.segments {
			strong, _ := s.Tone.Colors()
			ink := theme.OnAccent
			if s.Empty {
				strong, ink = theme.Quiet, theme.Secondary
			}
			paintBox(boxes[i], strong, "", 0, theme.RadiusS)
			marks[i].set(s.Tone.Mark(), ink)
			figures[i].SetStyle(b.figure(ink))
		}
	}
	least := func() fyne.Size { return fyne.NewSize(theme.Scaled(120), theme.Scaled(b.height)) }
	return draw(b, layout, least, refresh, objects...)
}

func (b *ResultBar) figure(ink fyne.ThemeColorName) Style {
	s := Style{Size: theme.Heading, Bold: true, Color: ink}
	if b.height >= 80 {
		s.Size = theme.Figure
	}
	return s
}

func (b *ResultBar) placeSegment(s Segment, x, w, height float32, box *canvas.Rectangle, mark glyph, figure *Text) {
	place(box, x, 0, w, height)
	box.Hidden = s.Count <= 0
	side, gap := height*0.34, height*0.12
	fw := figure.NaturalWidth()
	fh := figure.HeightFor(fw + 1)
	figure.Hidden = s.Count <= 0 || w < fw+gap
	mark.Hidden = s.Count <= 0 || s.Empty || w < fw+side+3*gap
	left := x + (w-fw)/2
	if !mark.Hidden {
		left = x + (w-fw-side-gap)/2
		place(mark, left, (height-side)/2, side, side)
		left += side + gap
	}
	place(figure, left, (height-fh)/2, fw+1, fh)
}
