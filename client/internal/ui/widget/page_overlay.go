package widget

import (
	"image"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/pointer"
)

// Placement is where a page lies in its view.
type Placement struct {
	Page int // 0 while nothing is shown
	// X and Y are the upper left corner in the view of the page as it is seen, in canvas units; Zoom is canvas units a point.
	X, Y, Zoom float32
	// W and H are the page's size in points, as the document has it. Turn is how far it is turned, in quarters clockwise: Where and
	// Point know of it.
	W, H float32
	Turn int
	// View is the view's size in canvas units; Scale is pixels a canvas unit.
	View  fyne.Size
	Scale float32
	// Picture is the page as it is painted, as the document has it, its bounds in pixels of the whole page; nil until it is painted
	// for this size.
	// Nobody writes into it.
	Picture *image.RGBA
	// Paper is how the page's colours are shown.
	Paper Paper
}

// Overlay is something that lies over the page and goes with it, within the view.
type Overlay interface {
	// Object is what is drawn; it stays the same.
	Object() fyne.CanvasObject
	// Placed tells where the page is, with every change.
	Placed(at Placement)
	// Point takes every event of a pointer first and gives back what is left for the view.
	Point(e pointer.Event) []pointer.Event
}

// SetOverlay lays something over the page. It is for before the view is drawn first.
func (v *PageView) SetOverlay(o Overlay) { v.overlay = o }

// Repaint brings to the screen what the overlay has changed. The toolkit does not find the window of things that it has not
// painted yet.
func (v *PageView) Repaint() {
	if v.parts.made {
		Repaint(v.parts.sheet)
	}
}

func (v *PageView) placement(shown bool, x, y, scale float32) Placement {
	if !shown {
		return Placement{View: fyne.NewSize(v.geo.viewW, v.geo.viewH), Scale: scale}
	}
	w, h := v.natural()
	p := Placement{Paper: v.paper, Page: v.page, X: x, Y: y, Zoom: v.geo.zoom, W: w, H: h, Turn: int(v.quarter), View: fyne.NewSize(v.geo.viewW, v.geo.viewH), Scale: scale}
	if !v.parts.sharp.Hidden && v.sharp.img != nil {
		img, region := v.sharp.img, v.sharp.region
		if v.sharp.plain != nil {
			img, region = v.sharp.plain, v.sharp.plainRegion
		}
		p.Picture = &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect.Sub(img.Rect.Min).Add(region.Min)}
	}
	return p
}
