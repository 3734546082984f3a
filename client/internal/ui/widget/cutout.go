package widget

import (
	"image"
	pixels "image/draw"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
)

// CutPicture is a part of a page as it is drawn, on a paper.
type CutPicture struct {
	img  *image.RGBA
	W, H float32 // of the part, in points
}

// NewCutPicture cuts a part out of a page's picture; pageW and pageH are the page's size in points. It may be called from any
// goroutine. A part without area gives nil.
func NewCutPicture(page *image.RGBA, part PagePart, pageW, pageH float32, paper Paper) *CutPicture {
	if page == nil || pageW <= 0 || pageH <= 0 {
		return nil
	}
	b := page.Bounds()
	sx, sy := float32(b.Dx())/pageW, float32(b.Dy())/pageH
	area := image.Rect(floor(part.X*sx), floor(part.Y*sy), ceil((part.X+part.W)*sx), ceil((part.Y+part.H)*sy)).Add(b.Min).Intersect(b)
	if area.Empty() {
		return nil
	}
	out := image.NewRGBA(image.Rect(0, 0, area.Dx(), area.Dy()))
	pixels.Draw(out, out.Rect, page, area.Min, pixels.Src)
	return &CutPicture{img: paper.on(out), W: float32(area.Dx()) / sx, H: float32(area.Dy()) / sy}
}

// CutOut shows a part of a page among running text, as large as its letters need, and is moved sideways where it is wider than its
// place. What moves up or down goes on to the column it stands in. It is no fyne.Scrollable: the toolkit would let it be seen beyond
// that column's edges.
type CutOut struct {
	fynewidget.BaseWidget
	picture  *CutPicture
	column   *Scroll
	onTapped func()
	zoom     float32 // canvas units a point at 100 %
	at       float32 // how far it was moved to the left
	parts    cutParts
}

type cutParts struct {
	image *canvas.Image
	edge  *canvas.Rectangle
	track *canvas.Rectangle
	thumb *canvas.Rectangle
	from  int // the pixel column at which what is drawn begins
}

var (
	_ fyne.Draggable = (*CutOut)(nil)
	_ fyne.Tappable  = (*CutOut)(nil)
)

// NewCutOut makes one within a column; zoom is how many canvas units a point of the page becomes at 100 %.
func NewCutOut(p *CutPicture, zoom float32, column *Scroll, onTapped func()) *CutOut {
	c := &CutOut{picture: p, column: column, onTapped: onTapped, zoom: zoom}
	c.ExtendBaseWidget(c)
	return c
}

const cutTrack = 6 // height of what shows how far it was moved, at 100 %

// size is that of the picture in a place so wide. What is hardly wider than its place fits into it.
func (c *CutOut) size(width float32) (w, h float32) {
	const hardly = 1.25
	z := theme.Scaled(c.zoom)
	if full := c.picture.W * z; full > width && full < width*hardly {
		z = width / c.picture.W
	}
	return c.picture.W * z, c.picture.H * z
}

// HeightFor implements Wrapping.
func (c *CutOut) HeightFor(width float32) float32 {
	w, h := c.size(width)
	if w > width+0.5 {
		h += theme.Scaled(cutTrack)
	}
	return h
}

// move goes sideways as far as there is something.
func (c *CutOut) move(by float32) {
	w, _ := c.size(c.Size().Width)
	c.at = min(max(c.at+by, 0), max(w-c.Size().Width, 0))
	c.Refresh()
}

// Dragged implements fyne.Draggable.
func (c *CutOut) Dragged(e *fyne.DragEvent) {
	c.move(-e.Dragged.DX)
	if c.column != nil && e.Dragged.DY != 0 {
		on := *e
		on.Dragged.DX = 0
		c.column.Dragged(&on)
	}
}

// DragEnd implements fyne.Draggable.
func (c *CutOut) DragEnd() {
	if c.column != nil {
		c.column.DragEnd()
	}
}

// Tapped implements fyne.Tappable.
func (c *CutOut) Tapped(*fyne.PointEvent) { call(c.onTapped) }

// CreateRenderer implements fyne.Widget.
func (c *CutOut) CreateRenderer() fyne.WidgetRenderer {
	p := &c.parts
	p.image = &canvas.Image{FillMode: canvas.ImageFillStretch}
	p.edge, p.track, p.thumb = newBox(), newBox(), newBox()
	return c.paint(p)
}

func (c *CutOut) paint(p *cutParts) fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		w, h := c.size(size.Width)
		c.at = min(c.at, max(w-size.Width, 0))
		c.show(w, size.Width)
		place(p.image, 0, 0, min(w, size.Width), h)
		place(p.edge, 0, 0, min(w, size.Width), h)
		wide := w > size.Width+0.5
		p.track.Hidden, p.thumb.Hidden = !wide, !wide
		if wide {
			t := theme.Scaled(cutTrack)
			place(p.track, 0, h, size.Width, t)
			place(p.thumb, c.at/w*size.Width, h, size.Width/w*size.Width, t)
		}
	}
	refresh := func() {
		paintBox(p.edge, "", theme.Line, 1, 0)
		paintBox(p.track, theme.Quiet, "", 0, cutTrack/2)
		paintBox(p.thumb, theme.Edge, "", 0, cutTrack/2)
		layout(c.Size())
	}
	minSize := func() fyne.Size { return fyne.NewSize(narrowest, c.HeightFor(max(c.Size().Width, narrowest))) }
	return draw(c, layout, minSize, refresh, p.image, p.edge, p.track, p.thumb)
}

// show takes the columns that are in view out of the picture: a clip within the column's would
// take its place.
func (c *CutOut) show(w, width float32) {
	all := c.picture.img.Rect
	from := floor(c.at / max(w, 1) * float32(all.Dx()))
	to := min(ceil((c.at+width)/max(w, 1)*float32(all.Dx())), all.Dx())
	if img, ok := c.parts.image.Image.(*image.RGBA); ok && c.parts.from == from && img.Rect.Dx() == to-from {
		return
	}
	out := image.NewRGBA(image.Rect(0, 0, max(to-from, 1), all.Dy()))
	pixels.Draw(out, out.Rect, c.picture.img, image.Pt(from, 0), pixels.Src)
	c.parts.from, c.parts.image.Image = from, out
	c.parts.image.Refresh()
}
