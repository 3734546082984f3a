package inkview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// layer tells the marks over the page apart, which are no ink.
type layer int

const (
	laserMark layer = iota
	tipMark         // the eraser's edge
	lassoMark
	markLayers
)

func (v *View) unmark(k layer) {
	if len(v.marks[k].Objects) > 0 {
		v.marks[k].Objects = nil
		v.paper.Repaint()
	}
}

func (v *View) circle(k layer, at fyne.Position, r float32, fill, edge color.Color, width float32) {
	c := canvas.NewCircle(fill)
	c.StrokeColor, c.StrokeWidth = edge, width
	c.Position1, c.Position2 = at.SubtractXY(r, r), at.AddXY(r, r)
	v.put(k, c)
}

func (v *View) line(k layer, a, b fyne.Position, c color.Color, width float32) {
	l := canvas.NewLine(c)
	l.StrokeWidth, l.Position1, l.Position2 = width, a, b
	v.put(k, l)
}

func (v *View) put(k layer, o fyne.CanvasObject) {
	v.marks[k].Objects = append(v.marks[k].Objects, o)
	v.paper.Repaint()
}
