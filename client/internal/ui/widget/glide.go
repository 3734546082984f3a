package widget

import (
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/pointer"
	"phonghop/client/internal/ui/theme"
)

// glider is a list that glides, and where it lies on the canvas.
type glider struct {
	list    fyne.CanvasObject
	at      fyne.Position
	size    fyne.Size
	stopped atomic.Bool
}

// gliding is the one list that a hand has thrown and that has not come to rest, nil for none.
var gliding atomic.Pointer[glider]

// Glide lets a list go on as the finger threw it that has just let go of it. by moves it, downwards for positive canvas units, and
// reports whether it went anywhere: at its end it rests. A finger that is set down on it stops it, and presses nothing.
func Glide(list fyne.CanvasObject, by func(float32) bool) {
	_, v := thrown()
	glide(list, v, by)
}

// glide lets a list go on at so many canvas units a second.
func glide(list fyne.CanvasObject, speed float32, by func(float32) bool) {
	g, ok := pointer.Throw(speed)
	if !ok || theme.Still() {
		return
	}
	now := &glider{list: list, at: fyne.CurrentApp().Driver().AbsolutePositionForObject(list), size: list.Size()}
	if before := gliding.Swap(now); before != nil {
		before.stopped.Store(true)
	}
	lasts, gone := g.Lasts(), float32(0)
	var run *fyne.Animation
	run = fyne.NewAnimation(lasts, func(part float32) {
		way := g.Way(time.Duration(float64(part) * float64(lasts)))
		step := way - gone
		gone = way
		if now.stopped.Load() || step != 0 && !by(step) || part == 1 {
			run.Stop()
			gliding.CompareAndSwap(now, nil)
		}
	})
	run.Curve = fyne.AnimationLinear
	run.Start()
}

// restOf brings a list to rest that shows something else now, or is moved otherwise.
func restOf(list fyne.CanvasObject) {
	if now := gliding.Load(); now != nil && now.list == list {
		now.stopped.Store(true)
		gliding.CompareAndSwap(now, nil)
	}
}

// stopGliding brings to rest what glides at a place of the canvas, and reports whether anything did. It may be called from any
// goroutine.
func stopGliding(x, y float32) bool {
	now := gliding.Load()
	if now == nil || x < now.at.X || y < now.at.Y || x >= now.at.X+now.size.Width || y >= now.at.Y+now.size.Height {
		return false
	}
	now.stopped.Store(true)
	return gliding.CompareAndSwap(now, nil)
}
