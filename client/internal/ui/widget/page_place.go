package widget

import "fyne.io/fyne/v2"

// Zoom returns the present size: 1 is a page as large as on paper.
func (v *PageView) Zoom() float32 { return v.geo.zoom * 72 / 96 }

// ZoomBy changes the size by a factor around the middle, up to 600 %.
func (v *PageView) ZoomBy(factor float32) {
	v.geo.magnify(factor, v.geo.viewW/2, v.geo.viewH/2)
	v.moved(false)
}

// VisiblePart returns the part of the page that can be seen now.
func (v *PageView) VisiblePart() PagePart { return v.plainPart(v.geo.visible()) }

// ShowPart makes a part of the page as wide as the view.
func (v *PageView) ShowPart(part PagePart) {
	v.geo.show(v.turnedPart(part))
	v.moved(true)
}

// ScrollTo shows the page from a height in points downwards, at the size it has; of a page that is turned it is brought into view.
func (v *PageView) ScrollTo(top float32) {
	if v.quarter != 0 {
		v.Reveal(PagePart{Y: top, W: 1, H: 1})
		return
	}
	v.geo.y = top * v.geo.zoom
	v.moved(true)
}

// PagePoint returns which point of the page, in points, lies at a place of the view.
func (v *PageView) PagePoint(at fyne.Position) (x, y float32) {
	if v.geo.zoom <= 0 {
		return 0, 0
	}
	w, h := v.natural()
	return v.quarter.back((at.X+v.geo.x)/v.geo.zoom, (at.Y+v.geo.y)/v.geo.zoom, w, h)
}

// ViewPoint is the reverse of PagePoint.
func (v *PageView) ViewPoint(x, y float32) fyne.Position {
	w, h := v.natural()
	x, y = v.quarter.point(x, y, w, h)
	return fyne.NewPos(x*v.geo.zoom-v.geo.x, y*v.geo.zoom-v.geo.y)
}
