package widget

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
)

// quarter is how far a page is turned from how the document has it: quarters of a full turn clockwise, 0 to 3.
type quarter int

// sideways reports whether width and height change places.
func (q quarter) sideways() bool { return q%2 == 1 }

// point gives the place of a point of a page of size w x h once the page is turned.
func (q quarter) point(x, y, w, h float32) (u, v float32) {
	switch q {
	case 1:
		return h - y, x
	case 2:
		return w - x, h - y
	case 3:
		return y, w - x
	}
	return x, y
}

// back is the reverse of point; w x h is the page's size before it was turned.
func (q quarter) back(u, v, w, h float32) (x, y float32) {
	switch q {
	case 1:
		return v, h - u
	case 2:
		return w - u, h - v
	case 3:
		return w - v, u
	}
	return u, v
}

// part is point for a part of the page.
func (q quarter) part(p PagePart, w, h float32) PagePart {
	x1, y1 := q.point(p.X, p.Y, w, h)
	x2, y2 := q.point(p.X+p.W, p.Y+p.H, w, h)
	return PagePart{min(x1, x2), min(y1, y2), max(x1, x2) - min(x1, x2), max(y1, y2) - min(y1, y2)}
}

// partBack is the reverse of part.
func (q quarter) partBack(p PagePart, w, h float32) PagePart {
	x1, y1 := q.back(p.X, p.Y, w, h)
	x2, y2 := q.back(p.X+p.W, p.Y+p.H, w, h)
	return PagePart{min(x1, x2), min(y1, y2), max(x1, x2) - min(x1, x2), max(y1, y2) - min(y1, y2)}
}

// plan gives what to paint of the page as the document has it, so that its picture turned is what the plan asks for.
func (q quarter) plan(p pagePlan) pagePlan {
	p.region, p.seen = q.pixels(p.region, p.w, p.h), q.pixels(p.seen, p.w, p.h)
	if q.sideways() {
		p.w, p.h = p.h, p.w
	}
	return p
}

// pixels gives where a part of a turned page of w x h pixels lies on the page as the document has it.
func (q quarter) pixels(r image.Rectangle, w, h int) image.Rectangle {
	switch q {
	case 1:
		return image.Rect(r.Min.Y, w-r.Max.X, r.Max.Y, w-r.Min.X)
	case 2:
		return image.Rect(w-r.Max.X, h-r.Max.Y, w-r.Min.X, h-r.Min.Y)
	case 3:
		return image.Rect(h-r.Max.Y, r.Min.X, h-r.Min.Y, r.Max.X)
	}
	return r
}

// planBack is the reverse of plan.
func (q quarter) planBack(p pagePlan) pagePlan { return (4 - q).norm().plan(p) }

func (q quarter) norm() quarter { return ((q % 4) + 4) % 4 }

// picture gives a picture turned: the picture itself where nothing is to be done, else a new one with its corner at 0, 0.
func (q quarter) picture(img *image.RGBA) *image.RGBA {
	if q == 0 || img == nil {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if q.sideways() {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		row := img.Pix[y*img.Stride : y*img.Stride+4*w]
		for x := range w {
			u, v := x, y
			switch q {
			case 1:
				u, v = h-1-y, x
			case 2:
				u, v = w-1-x, h-1-y
			case 3:
				u, v = y, w-1-x
			}
			copy(out.Pix[v*out.Stride+4*u:][:4], row[4*x:4*x+4])
		}
	}
	return out
}

// turned is a painted picture as it is seen; what it was made of stays beside it for what is drawn in the page's own frame.
func (q quarter) turned(p painted) painted {
	if q == 0 {
		return p
	}
	p.plain, p.plainRegion = p.img, p.region
	p.pagePlan = q.planBack(p.pagePlan)
	p.img, p.base = q.picture(p.img), q.picture(p.base)
	return p
}

// SetTurn turns all pages for reading: quarters of a full turn clockwise. The document stays as it is; places on a page are told
// and taken as the document has them.
func (v *PageView) SetTurn(quarters int) {
	q := quarter(quarters).norm()
	if v.quarter == q || v.closed {
		return
	}
	v.quarter = q
	for _, l := range v.leaves {
		l.quarter = q
	}
	if v.source != nil {
		v.SetSource(v.source, v.page)
	}
}

// Turn returns how far pages are turned, in quarters clockwise.
func (v *PageView) Turn() int { return int(v.quarter) }

// natural is the size of the page at hand as the document has it.
func (v *PageView) natural() (w, h float32) {
	if v.quarter.sideways() {
		return v.geo.pageH, v.geo.pageW
	}
	return v.geo.pageW, v.geo.pageH
}

// turnedPart is where a part of the page at hand lies once it is turned, plainPart the reverse.
func (v *PageView) turnedPart(p PagePart) PagePart {
	w, h := v.natural()
	return v.quarter.part(p, w, h)
}

// viewPart is where a part of the page at hand lies in the view.
func (v *PageView) viewPart(p PagePart) (fyne.Position, fyne.Size) {
	p = v.turnedPart(p)
	return fyne.NewPos(p.X*v.geo.zoom-v.geo.x, p.Y*v.geo.zoom-v.geo.y), fyne.NewSize(p.W*v.geo.zoom, p.H*v.geo.zoom)
}

func (v *PageView) plainPart(p PagePart) PagePart {
	w, h := v.natural()
	return v.quarter.partBack(p, w, h)
}

// Where is the place in the view of a point of the page, in points.
func (p Placement) Where(x, y float64) fyne.Position {
	u, v := quarter(p.Turn).point(float32(x), float32(y), p.W, p.H)
	return fyne.NewPos(p.X+u*p.Zoom, p.Y+v*p.Zoom)
}

// Point is the point of the page, in points, at a place of the view.
func (p Placement) Point(at fyne.Position) (x, y float64) {
	a, b := quarter(p.Turn).back((at.X-p.X)/p.Zoom, (at.Y-p.Y)/p.Zoom, p.W, p.H)
	return float64(a), float64(b)
}

// Area is where a part of the page lies in the view; the part is in pixels, of so many a point.
func (p Placement) Area(r image.Rectangle, scale float64) (fyne.Position, fyne.Size) {
	a := p.Where(float64(r.Min.X)/scale, float64(r.Min.Y)/scale)
	b := p.Where(float64(r.Max.X)/scale, float64(r.Max.Y)/scale)
	at := fyne.NewPos(min(a.X, b.X), min(a.Y, b.Y))
	return at, fyne.NewSize(max(a.X, b.X)-at.X, max(a.Y, b.Y)-at.Y)
}

// Pixels is the part of the page that is in view, in pixels of the page as the document has it.
func (p Placement) Pixels() image.Rectangle {
	s := float64(p.Zoom * p.Scale)
	x1, y1 := p.Point(fyne.NewPos(0, 0))
	x2, y2 := p.Point(fyne.NewPos(p.View.Width, p.View.Height))
	return image.Rect(int(math.Floor(min(x1, x2)*s)), int(math.Floor(min(y1, y2)*s)), int(math.Ceil(max(x1, x2)*s)), int(math.Ceil(max(y1, y2)*s)))
}

// Turned gives a picture of a part of the page as it is seen.
func (p Placement) Turned(img *image.RGBA) *image.RGBA { return quarter(p.Turn).picture(img) }
