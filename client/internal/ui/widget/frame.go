package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/theme"
)

// Frame is a screen's skeleton: top and bottom as high as they need at this width, middle the rest. Top and bottom may be nil.
// Where large letters on a small phone would leave the middle too little, first the top and then the bottom has less than it needs,
// and is scrolled.
func Frame(top, middle, bottom fyne.CanvasObject) *fyne.Container {
	l := &frameLayout{top: &edge{object: top}, middle: middle, bottom: &edge{object: bottom}}
	l.box = container.New(l)
	l.fill()
	return l.box
}

// edge is the upper or the lower part of a frame.
type edge struct {
	object fyne.CanvasObject // nil where there is none
	scroll *Scroll           // around the object while it has less than it needs
}

func (e *edge) visible() bool { return e.object != nil && e.object.Visible() }

// shown is what lies in the frame.
func (e *edge) shown() fyne.CanvasObject {
	if e.scroll != nil {
		return e.scroll
	}
	return e.object
}

func (e *edge) height(width float32) float32 {
	if !e.visible() {
		return 0
	}
	return heightFor(e.object, width)
}

// hold puts the object into a scroll or takes it out, and reports whether that changed anything.
func (e *edge) hold(scrolled bool) bool {
	if scrolled == (e.scroll != nil) {
		return false
	}
	if !scrolled {
		e.scroll.SetColumn(Column(0)) // it lets go of the object
		e.scroll = nil
		return true
	}
	e.scroll = NewScroll(e.object)
	return true
}

type frameLayout struct {
	box         *fyne.Container
	top, bottom *edge
	middle      fyne.CanvasObject
}

// fill puts into the box what lies in the frame now.
func (l *frameLayout) fill() {
	l.box.Objects = []fyne.CanvasObject{l.middle}
	for _, e := range []*edge{l.top, l.bottom} {
		if e.object != nil {
			l.box.Objects = append(l.box.Objects, e.shown())
		}
	}
}

// Where the middle would have less than tightMiddle, the top gives way until the middle has leastMiddle or nearly half of the height,
// but keeps leastTop; the bottom, which has the buttons, only gives way to tightMiddle. At 100 %.
const (
	tightMiddle = 120
	leastMiddle = 260
	leastTop    = 100
	leastLines  = 80 // in pixels of any size of type: in a frame within a frame little is left of nearly half
)

// share gives top and bottom what they need of a frame's size, or less.
func (l *frameLayout) share(size fyne.Size) (top, bottom float32) {
	top, bottom = l.top.height(size.Width), l.bottom.height(size.Width)
	tight := min(theme.Scaled(tightMiddle), size.Height*0.3)
	if top+bottom <= size.Height-tight {
		return top, bottom
	}
	middle := max(min(theme.Scaled(leastMiddle), size.Height*0.45), min(leastLines, size.Height/2))
	top = min(top, max(size.Height-middle-bottom, min(theme.Scaled(leastTop), size.Height*0.3)))
	return top, min(bottom, max(size.Height-tight-top, 0))
}

func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	m := l.middle.MinSize()
	for _, e := range []*edge{l.top, l.bottom} {
		if e.visible() {
			s := e.object.MinSize()
			m = fyne.NewSize(max(m.Width, s.Width), m.Height+s.Height)
		}
	}
	return m
}

func (l *frameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	top, bottom := l.share(size)
	// Before there is a height nothing is small.
	high := size.Height > 0
	changed := l.top.hold(high && top < l.top.height(size.Width)-0.5)
	if l.bottom.hold(high && bottom < l.bottom.height(size.Width)-0.5) || changed {
		l.fill()
	}
	if !high {
		top, bottom = l.top.height(size.Width), l.bottom.height(size.Width)
	}
	if l.top.object != nil {
		place(l.top.shown(), 0, 0, size.Width, top)
	}
	if l.bottom.object != nil {
		place(l.bottom.shown(), 0, size.Height-bottom, size.Width, bottom)
	}
	place(l.middle, 0, top, size.Width, max(size.Height-top-bottom, 0))
}
