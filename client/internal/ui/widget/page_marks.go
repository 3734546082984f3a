package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/client/internal/ui/theme"
)

// PageMark is a place of a page that is to be seen: a hit of a search. Current is the one at hand.
type PageMark struct {
	Part    PagePart
	Current bool
}

// mostMarks bounds how many marks are drawn on a page.
const mostMarks = 200

// Colours of marks: what lies below shows through.
var (
	markColour    = color.NRGBA{R: 0xFF, G: 0xC8, B: 0x2E, A: 0x60}
	currentColour = color.NRGBA{R: 0xFF, G: 0x9A, B: 0x1A, A: 0x58}
	currentEdge   = color.NRGBA{R: 0xB5, G: 0x4A, B: 0x00, A: 0xFF}
)

// SetMarks marks places of a page, in place of those before; they are seen while that page is.
func (v *PageView) SetMarks(page int, marks []PageMark) {
	v.marked, v.marks = page, marks[:min(len(marks), mostMarks)]
	v.place()
}

// Reveal moves the page, at the size it has, so that a part of it is in view; one that is in view stays where it is.
func (v *PageView) Reveal(part PagePart) {
	g := &v.geo
	if !g.valid() || g.zoom <= 0 {
		v.reveal = &part
		return
	}
	part = v.turnedPart(part)
	seen := g.visible()
	if part.X < seen.X || part.X+part.W > seen.X+seen.W {
		g.x = (part.X+part.W/2)*g.zoom - g.viewW/2
	}
	if part.Y < seen.Y || part.Y+part.H > seen.Y+seen.H {
		g.y = (part.Y+part.H/2)*g.zoom - g.viewH/3
	}
	v.moved(true)
}

// placeMarks draws the marks where the page lies.
func (v *PageView) placeMarks(shown bool) {
	layer := v.parts.marks
	var marks []PageMark
	if shown && v.marked == v.page {
		marks = v.marks
	}
	for len(layer.Objects) < len(marks) {
		layer.Objects = append(layer.Objects, canvas.NewRectangle(markColour))
	}
	for i, o := range layer.Objects {
		box, _ := o.(*canvas.Rectangle)
		if box.Hidden = i >= len(marks); box.Hidden {
			continue
		}
		drawMark(box, marks[i].Current)
		const around = 1.5 // points
		p := v.turnedPart(marks[i].Part)
		box.Move(fyne.NewPos((p.X-around)*v.geo.zoom-v.geo.x, (p.Y-around)*v.geo.zoom-v.geo.y))
		box.Resize(fyne.NewSize((p.W+2*around)*v.geo.zoom, (p.H+2*around)*v.geo.zoom))
		canvas.Refresh(box)
	}
}

func drawMark(box *canvas.Rectangle, current bool) {
	box.FillColor, box.StrokeColor, box.StrokeWidth = markColour, nil, 0
	if current {
		box.FillColor, box.StrokeColor, box.StrokeWidth = currentColour, currentEdge, 2
	}
	box.CornerRadius = theme.Scaled(3)
}
