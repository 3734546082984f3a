// Package widget holds the parts that every screen is built of: rows, chips, buttons, fields, sheets and the view
// of a page. They know how to look and how to be pressed; of meetings, people and sockets they know nothing, and tell
// what a person did through their On... fields.
//
// All of it lives on the toolkit's main goroutine unless a comment says otherwise. Lengths are canvas units; what the
// comments give in numbers is at a scale of 100 %. No text is ever cut: it wraps and its widget grows.
package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// drawing is a renderer made of functions: what is drawn, how it is laid out, how small it can be, and how it takes on
// the present state and theme.
type drawing struct {
	objects []fyne.CanvasObject
	layout  func(size fyne.Size)
	min     func() fyne.Size
	refresh func()
	size    func() fyne.Size
}

// draw makes the renderer of w.
func draw(w fyne.Widget, layout func(fyne.Size), minSize func() fyne.Size, refresh func(), objects ...fyne.CanvasObject) *drawing {
	d := &drawing{objects: objects, layout: layout, min: minSize, refresh: refresh, size: w.Size}
	d.refresh()
	return d
}

func (d *drawing) Layout(size fyne.Size)        { d.layout(size) }
func (d *drawing) MinSize() fyne.Size           { return d.min() }
func (d *drawing) Objects() []fyne.CanvasObject { return d.objects }
func (d *drawing) Destroy()                     {}

func (d *drawing) Refresh() {
	d.refresh()
	d.layout(d.size())
	for _, o := range d.objects {
		o.Refresh()
	}
}

// place moves and resizes an object in one call.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// glyph is an icon that takes its colour from the theme at each refresh.
type glyph struct {
	*canvas.Image
}

func newGlyph() glyph {
	img := &canvas.Image{FillMode: canvas.ImageFillContain}
	return glyph{img}
}

// set chooses the icon and colour; an empty name hides it.
func (g glyph) set(name icons.Name, c fyne.ThemeColorName) {
	if name == "" {
		g.Hide()
		return
	}
	g.Show()
	g.Resource = theme.Icon(name, c)
}

// box is a rectangle with round corners whose fill and border are theme colours; an empty name is transparent.
func paintBox(r *canvas.Rectangle, fill, border fyne.ThemeColorName, stroke, radius float32) {
	r.FillColor, r.StrokeColor, r.StrokeWidth = color.Transparent, color.Transparent, 0
	if fill != "" {
		r.FillColor = theme.Color(fill)
	}
	if border != "" {
		r.StrokeColor, r.StrokeWidth = theme.Color(border), stroke
	}
	r.CornerRadius = theme.Scaled(radius)
}

func newBox() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }

// textLine sets one line of text; its place is the caller's business.
func paintLine(t *canvas.Text, text string, s Style) {
	t.Text = text
	t.TextSize = theme.Size(s.size())
	t.TextStyle = fyne.TextStyle{Bold: s.Bold}
	t.Color = theme.Color(s.color())
	t.Alignment = s.Align
}
