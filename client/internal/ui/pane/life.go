package pane

import (
	"context"
	"sync"
	"time"

	"phonghop/client/internal/ui/mainthread"
)

// Life is the time during which a screen is in use. What comes in from other goroutines after its end is dropped.
type Life struct {
	ctx     context.Context
	end     context.CancelFunc
	running sync.WaitGroup
}

// NewLife begins one; End ends it.
func NewLife() *Life {
	l := &Life{}
	l.ctx, l.end = context.WithCancel(context.Background())
	return l
}

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

// Every calls f on the main goroutine each time d has passed, until the end.
func (l *Life) Every(d time.Duration, f func()) {
	l.running.Go(func() {
		ticker := time.NewTicker(d)
		defer ticker.Stop()
		for {
			select {
			case <-l.ctx.Done():
				return
			case <-ticker.C:
				l.Report(f)
			}
		}
	})
}

// End ends it and waits for its goroutine. Ending twice is fine.
func (l *Life) End() {
	l.end()
	l.running.Wait()
}

// Ended tells whether End was called.
func (l *Life) Ended() bool { return l.ctx.Err() != nil }
