// Package widget holds the parts that every screen is built of: rows, chips, buttons, fields, sheets and the view
// of a page. They know how to look and how to be pressed; of meetings, people and sockets they know nothing, and tell
// what a person did through their On... fields.
//
// All of it lives on the toolkit's main goroutine unless a comment says otherwise. Lengths are canvas units; what the
// comments give in numbers is at a scale of 100 %. No text is ever cut: it wraps and its widget grows.
package widget

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

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
	if size := d.size(); size.Width > 0 { // words would be broken letter by letter for a width that nobody sees
		d.layout(size)
	}
	for _, o := range d.objects {
		o.Refresh()
	}
}

// place moves and resizes an object in one call.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// glyph is an icon drawn at exactly the pixels it covers, in a colour of the theme.
type glyph struct {
	*canvas.Raster
	look *glyphLook
}

type glyphLook struct {
	name  icons.Name
	color fyne.ThemeColorName
}

func newGlyph() glyph {
	look := &glyphLook{}
	raster := canvas.NewRaster(func(w, h int) image.Image { return theme.Draw(look.name, theme.Color(look.color), w, h) })
	return glyph{raster, look}
}

// set chooses the icon and colour; an empty name hides it.
func (g glyph) set(name icons.Name, c fyne.ThemeColorName) {
	g.look.name, g.look.color = name, c
	g.Hidden = name == ""
}

// Icon is an icon by itself, for places where no other widget brings it. It is no target for fingers.
type Icon struct {
	fynewidget.BaseWidget
	glyph glyph
	side  float32
}

// NewIcon makes an icon with that side at 100 %; 24 is the usual.
func NewIcon(name icons.Name, c fyne.ThemeColorName, side float32) *Icon {
	i := &Icon{glyph: newGlyph(), side: side}
	i.glyph.set(name, c)
	i.ExtendBaseWidget(i)
	return i
}

// Set changes icon and colour.
func (i *Icon) Set(name icons.Name, c fyne.ThemeColorName) {
	i.glyph.set(name, c)
	i.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		side := min(size.Width, size.Height)
		place(i.glyph, (size.Width-side)/2, (size.Height-side)/2, side, side)
	}
	minSize := func() fyne.Size { return fyne.NewSquareSize(theme.Scaled(i.side)) }
	return draw(i, layout, minSize, func() {}, i.glyph.Raster)
}

// paintBox gives a rectangle its corners and theme colours; an empty name is transparent.
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

// paintLine sets one line of text; its place is the caller's business.
func paintLine(t *canvas.Text, text string, s Style) {
	t.Text = text
	t.TextSize = s.points()
	t.TextStyle = fyne.TextStyle{Bold: s.Bold}
	t.Color = theme.Color(s.color())
	t.Alignment = s.Align
}
