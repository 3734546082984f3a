package widget

import (
	"fyne.io/fyne/v2"

	"phonghop/client/internal/pointer"
)

var _ fyne.Focusable = (*PageView)(nil)
var _ fyne.Scrollable = (*PageView)(nil)

// gestured does what a gesture means.
func (v *PageView) gestured(g pointer.Gesture) {
	if v.source == nil {
		return
	}
	if v.choosing(g) {
		return
	}
	switch g.Kind {
	case pointer.Tap:
		v.focus()
		if v.OnTappedAt != nil && v.OnTappedAt(v.PagePoint(fyne.NewPos(g.X, g.Y))) {
			return
		}
		call(v.OnTapped)
	case pointer.DoubleTap:
		v.doubleTapped(g.X, g.Y)
	case pointer.Pan:
		if x, y := v.geo.pan(g.DX, g.DY); x != 0 || y != 0 {
			v.movedByHand()
		}
	case pointer.PanEnd:
		v.letGo(g)
	case pointer.Pinch:
		v.geo.magnify(g.Scale, g.X, g.Y)
		v.geo.pan(g.DX, g.DY)
		v.movedByHand()
	case pointer.PinchEnd:
		v.moved(true)
	}
}

func (v *PageView) movedByHand() {
	v.moved(false)
	v.roll()
	if v.OnMoved != nil {
		v.OnMoved(v.VisiblePart())
	}
}

// doubleTapped makes the column of text that was tapped as wide as the view, where there is one, else magnifies the place; it goes
// back to the whole page from there.
func (v *PageView) doubleTapped(x, y float32) {
	if v.geo.fit == FitFree {
		v.geo.fit = FitPage
		v.geo.settle()
	} else if !v.showColumn(x, y) {
		v.geo.magnify(max(2*v.geo.fitted(FitWidth)/v.geo.zoom, 1.2), x, y)
	}
	v.movedByHand()
	v.moved(true)
}

// letGo turns the page after a swipe where there was nothing to move sideways; else it lets the page run out.
func (v *PageView) letGo(g pointer.Gesture) {
	if g.Swipe != pointer.NoSwipe && v.geo.wholeWidth()+2*v.geo.edge(v.geo.viewW) <= v.geo.viewW+1 {
		step := 1
		if g.Swipe == pointer.Right {
			step = -1
		}
		v.wish(v.after(step))
		return
	}
	v.input.fling(g.VX, g.VY)
}

// wish asks the owner for a page, if it exists.
func (v *PageView) wish(page int) {
	if v.source == nil || v.OnTurn == nil || page == v.page || page < 1 || page > v.source.Pages() {
		return
	}
	v.OnTurn(page)
}

// focus has keys lead through the page. On a tablet it would raise the keyboard of the screen over the page; keys that nothing
// else takes reach the page through its screen there.
func (v *PageView) focus() {
	if onTablet() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil && c.Focused() != fyne.Focusable(v) {
		c.Focus(v)
	}
}
