// Package mainthread is the one door through which work from other goroutines reaches the screen.
//
// The toolkit allows widgets to be changed on its main goroutine only. Everything outside it goes through
// Do, so that a test can put its own door there and run the work when it wants.
package mainthread

import (
	"sync/atomic"

	"fyne.io/fyne/v2"
)

// Runner runs f on the goroutine that owns the screen, in the order of the calls. It may return before f has run.
type Runner func(f func())

var current atomic.Pointer[Runner]

// Do hands f to the goroutine that owns the screen and returns without waiting for it.
// Safe from any goroutine, the main one included.
func Do(f func()) {
	if r := current.Load(); r != nil {
		(*r)(f)
		return
	}
	fyne.Do(f)
}

// Replace puts another runner in place and returns the function that takes it away again. Meant for tests.
func Replace(r Runner) (restore func()) {
	previous := current.Swap(&r)
	return func() { current.Store(previous) }
}
