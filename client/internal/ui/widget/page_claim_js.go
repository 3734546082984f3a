package widget

import (
	"sync"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/pointer"
	"phonghop/client/internal/ui/mainthread"
)

// browser listens from the first view on, for as long as the page in the browser lives.
var browser = sync.OnceValue(func() *pointer.Browser { return pointer.Browse(stopGliding) })

// ListenToBrowser starts hearing the browser's own pointers; call it once when the client starts, so that fingers press buttons and
// drag lists from the beginning.
func ListenToBrowser() { browser() }

// thrown is how fast the finger went that has just let go of a list, in canvas units a second.
func thrown() (vx, vy float32) { return browser().Thrown() }

// claimPointer gives the view the browser's own stream of the pointer that has just gone down on it.
func claimPointer(v *PageView, at fyne.Position) bool {
	return browser().Claim(at.X, at.Y, func(e pointer.Event) {
		mainthread.Do(func() {
			e = v.inFrame(e)
			if e.Phase == pointer.Down {
				v.input.begin = v.input.begin.Add(v.input.now() - e.At)
			}
			v.input.feed([]pointer.Event{e})
		})
	})
}

// inFrame brings an event from the canvas's frame into the view's.
func (v *PageView) inFrame(e pointer.Event) pointer.Event {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(v)
	e.X, e.Y = e.X-at.X, e.Y-at.Y
	return e
}
