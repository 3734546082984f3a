package pane

import (
	"sync/atomic"

	"phonghop/client/internal/ui/mainthread"
)

// Life is the time during which a screen is in use. What comes in from other goroutines after its end is dropped.
type Life struct {
	ended atomic.Bool
}

// NewLife begins one; End ends it.
func NewLife() *Life { return &Life{} }

// Report calls f on the main goroutine, unless the life has ended by then. Safe from any goroutine.
func (l *Life) Report(f func()) {
	mainthread.Do(func() {
		if !l.Ended() {
			f()
		}
	})
}

// Answer makes a function for the controller to call on any goroutine; f gets the code on the main one.
func (l *Life) Answer(f func(code string)) func(code string) {
	return func(code string) { l.Report(func() { f(code) }) }
}

// End ends it. Ending twice is fine.
func (l *Life) End() { l.ended.Store(true) }

// Ended tells whether End was called.
func (l *Life) Ended() bool { return l.ended.Load() }
