package widget

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/mobile"

	"phonghop/client/internal/pointer"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
)

// pageInput brings the toolkit's several worlds of pointers into the one stream, reads gestures from it, and lets time pass
// for those that become certain by time.
type pageInput struct {
	view    *PageView
	begin   time.Time
	mouse   pointer.Mouse
	touches pointer.Touches
	reader  pointer.Recognizer
	timer   *time.Timer
	heard   bool // what happened while nothing was heard has had its time
	gliding *fyne.Animation
	away    map[pointed]bool // pointers that were set down on another page, and those beside them
}

func (in *pageInput) init(v *PageView) {
	in.view, in.begin, in.away = v, time.Now(), map[pointed]bool{}
	in.reader.Double = true
}

func (in *pageInput) now() time.Duration { return time.Since(in.begin) }

func (in *pageInput) release() {
	if in.timer != nil {
		in.timer.Stop()
	}
	in.stopGliding()
}

// feed takes events whose places are in the view's frame.
func (in *pageInput) feed(events []pointer.Event) {
	for _, e := range events {
		if e.Phase == pointer.Down {
			in.stopGliding()
		}
		if in.elsewhere(e) {
			continue
		}
		left := []pointer.Event{e}
		if in.view.overlay != nil {
			left = in.view.overlay.Point(e)
		}
		for _, e := range left {
			if !in.view.gripped(e) {
				in.done(in.reader.Feed(e))
			}
		}
	}
}

// beginning is an overlay that can be written on; Begins reports whether a pointer that is set down begins to write.
type beginning interface{ Begins(e pointer.Event) bool }

// pointed is a pointer between its Down and its Up.
type pointed struct {
	kind pointer.Kind
	id   int
}

// elsewhere takes the events of a pointer that would write and is set down on another page than the one at hand: that page is wished
// for first, so that nothing is ever written beside the page. What comes down before it lifts goes with it: the second of two fingers
// does not write.
func (in *pageInput) elsewhere(e pointer.Event) bool {
	by := pointed{e.Kind, e.ID}
	was := in.away[by]
	switch e.Phase {
	case pointer.Down:
		delete(in.away, by) // its end was not told
		page := in.otherPage(e)
		if page > 0 {
			in.view.rolled = page
			in.view.wish(page)
		}
		if page > 0 || len(in.away) > 0 {
			in.away[by] = true
		}
		return in.away[by]
	case pointer.Up, pointer.Cancel:
		delete(in.away, by)
	}
	return was
}

// otherPage is the page beside the one at hand on which a pointer would begin to write, 0 for none.
func (in *pageInput) otherPage(e pointer.Event) int {
	if w, ok := in.view.overlay.(beginning); !ok || len(in.away) > 0 || !w.Begins(e) {
		return 0
	}
	return in.view.leafAt(fyne.NewPos(e.X, e.Y))
}

func (in *pageInput) done(gestures []pointer.Gesture) {
	for _, g := range gestures {
		in.view.gestured(g)
	}
	if in.timer != nil {
		in.timer.Stop()
	}
	in.heard = false
	if at, ok := in.reader.Next(); ok {
		in.timer = time.AfterFunc(max(at-in.now(), 0), func() { mainthread.Do(in.tick) })
	}
}

// When tick comes late by stoodStill, nothing was heard for a while: what the hand did meanwhile gets hearOut to be told first.
// Otherwise the second tap of a double one would find that the first was taken for a single one, or a finger that was lifted for one
// that is pressed long.
const (
	stoodStill = 50 * time.Millisecond
	hearOut    = 50 * time.Millisecond
)

// tick runs on the main goroutine when something may have become certain.
func (in *pageInput) tick() {
	at, ok := in.reader.Next()
	if !ok {
		return
	}
	if !in.heard && in.now()-at > stoodStill {
		in.heard = true
		in.timer = time.AfterFunc(hearOut, func() { mainthread.Do(in.tick) })
		return
	}
	in.done(in.reader.Tick(max(in.now(), at)))
}

// fling lets the page run on as the hand threw it: for a fifth of a second, and rolling pages until they come to rest.
func (in *pageInput) fling(vx, vy float32) {
	const least = 150 // canvas units a second
	if vx*vx+vy*vy < least*least || theme.Still() {
		in.view.moved(true)
		return
	}
	seconds := float32(0.19)
	if in.view.layout == Rolling {
		seconds = 0.9
	}
	dx, dy := vx*seconds/2, vy*seconds/2
	gone := float32(0)
	in.gliding = fyne.NewAnimation(time.Duration(float64(seconds)*float64(time.Second)), func(at float32) {
		step := at - gone
		gone = at
		in.view.geo.pan(dx*step, dy*step)
		in.view.movedByHand()
	})
	in.gliding.Curve = fyne.AnimationEaseOut
	in.gliding.Start()
}

func (in *pageInput) stopGliding() {
	if in.gliding != nil {
		in.gliding.Stop()
		in.gliding = nil
	}
}

// The desktop's mouse. In a browser the same calls come, but the pointers are then claimed from the browser itself.

// MouseDown implements desktop.Mouseable.
func (v *PageView) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary || claimPointer(v, e.AbsolutePosition) {
		return
	}
	v.input.feed(v.input.mouse.Press(e.Position.X, e.Position.Y, v.input.now()))
}

// MouseUp implements desktop.Mouseable.
func (v *PageView) MouseUp(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		v.input.feed(v.input.mouse.Release(e.Position.X, e.Position.Y, v.input.now()))
	}
}

// MouseIn implements desktop.Hoverable.
func (v *PageView) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (v *PageView) MouseMoved(e *desktop.MouseEvent) {
	v.input.feed(v.input.mouse.Motion(e.Position.X, e.Position.Y, v.input.now()))
}

// MouseOut implements desktop.Hoverable.
func (v *PageView) MouseOut() {}

// Dragged implements fyne.Draggable.
func (v *PageView) Dragged(e *fyne.DragEvent) {
	in := &v.input
	if onTablet() {
		in.feed(in.touches.Drag(e.Position.X, e.Position.Y, e.Dragged.DX, e.Dragged.DY, in.now()))
		return
	}
	in.feed(in.mouse.Motion(e.Position.X, e.Position.Y, in.now()))
}

// DragEnd implements fyne.Draggable.
func (v *PageView) DragEnd() {
	in := &v.input
	if onTablet() {
		in.feed(in.touches.DragEnd(in.now()))
		return
	}
	in.feed(in.mouse.ReleaseHere(in.now()))
}

// TouchDown implements mobile.Touchable.
func (v *PageView) TouchDown(e *mobile.TouchEvent) {
	v.input.feed(v.input.touches.Down(e.Position.X, e.Position.Y, v.input.now()))
}

// TouchUp implements mobile.Touchable.
func (v *PageView) TouchUp(e *mobile.TouchEvent) {
	v.input.feed(v.input.touches.Up(e.Position.X, e.Position.Y, v.input.now()))
}

// TouchCancel implements mobile.Touchable.
func (v *PageView) TouchCancel(e *mobile.TouchEvent) {
	v.input.feed(v.input.touches.Cancel(e.Position.X, e.Position.Y, v.input.now()))
}

// Scrolled implements fyne.Scrollable: the wheel, with the control key around the cursor.
func (v *PageView) Scrolled(e *fyne.ScrollEvent) {
	zoom := false
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		zoom = d.CurrentKeyModifiers()&(fyne.KeyModifierControl|fyne.KeyModifierSuper) != 0
	}
	v.wheel(pointer.Wheel{X: e.Position.X, Y: e.Position.Y, DX: e.Scrolled.DX, DY: e.Scrolled.DY, Zoom: zoom})
}

// The measures of the wheel, in canvas units.
const (
	wheelTurn  = 40 // beyond the page's edge until it turns
	wheelPause = 250 * time.Millisecond
)

// wheel moves the page; beyond its upper or lower edge it turns, once in wheelPause.
func (v *PageView) wheel(w pointer.Wheel) {
	if v.source == nil {
		return
	}
	if w.Zoom {
		v.geo.magnify(1+min(max(w.DY, -60), 60)/250, w.X, w.Y)
		v.movedByHand()
		return
	}
	x, y := v.geo.pan(w.DX, w.DY)
	if x != 0 || y != 0 {
		v.rest = 0
		v.movedByHand()
		return
	}
	if v.rest*w.DY < 0 {
		v.rest = 0
	}
	v.rest += w.DY
	now := time.Now()
	if v.rest > -wheelTurn && v.rest < wheelTurn || now.Sub(v.seen) < wheelPause {
		return
	}
	step := 1
	if v.rest > 0 {
		step = -1
	}
	v.rest, v.seen = 0, now
	v.wish(v.after(step))
}

// FocusGained implements fyne.Focusable.
func (v *PageView) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (v *PageView) FocusLost() {}

// TypedRune implements fyne.Focusable: + and - change the size, 0 shows the whole page.
func (v *PageView) TypedRune(r rune) {
	switch r {
	case '+', '=':
		v.ZoomBy(1.25)
	case '-':
		v.ZoomBy(1 / 1.25)
	case '0':
		v.SetFit(FitPage)
	default:
		return
	}
	v.movedByHand()
}

// leaf goes on within the page where more of it follows, else to the next page; backwards likewise.
func (v *PageView) leaf(step int) {
	if _, moved := v.geo.pan(0, -float32(step)*v.geo.viewH*0.85); moved != 0 {
		v.movedByHand()
		return
	}
	v.wish(v.after(step))
}

// TypedKey implements fyne.Focusable: arrows sideways turn, Page keys turn where nothing more of the page follows, arrows up and
// down move, Home and End go to the first and
// last page. The owner may call it for keys that reach the canvas while nothing has the focus.
func (v *PageView) TypedKey(e *fyne.KeyEvent) {
	step := v.geo.viewH * 0.2
	switch e.Name {
	case fyne.KeyRight:
		v.wish(v.after(1))
	case fyne.KeyLeft:
		v.wish(v.after(-1))
	case fyne.KeyPageDown, fyne.KeySpace:
		v.leaf(1)
	case fyne.KeyPageUp:
		v.leaf(-1)
	case fyne.KeyHome:
		v.wish(1)
	case fyne.KeyEnd:
		v.wish(v.Pages())
	case fyne.KeyDown:
		v.geo.pan(0, -step)
		v.movedByHand()
	case fyne.KeyUp:
		v.geo.pan(0, step)
		v.movedByHand()
	}
}
