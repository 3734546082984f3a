package breath

import (
	"runtime"
	"sync"
	"syscall/js"
	"testing"
	"time"
)

// What the browser was to do before a breath was asked for is done after it, also while other work keeps the program busy, in which
// a short sleep ends without the browser having come round.
func TestBreathLetsTheBrowserComeRound(t *testing.T) {
	global := js.Global()
	global.Set("came", 0)
	// A microtask runs as soon as nothing of the program does.
	hear := global.Get("Function").New("queueMicrotask(() => { came++ })")
	busy := func(d time.Duration) {
		for from := time.Now(); time.Since(from) < d; {
			runtime.Gosched()
		}
	}
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() {
			for range 5 {
				before := global.Get("came").Int()
				hear.Invoke()
				Take()
				if got := global.Get("came").Int(); got <= before {
					t.Errorf("the browser had come round %d times, and has %d times now", before, got)
				}
				busy(time.Duration(3+4*i) * time.Millisecond) // some still at work while another takes a breath
			}
		})
	}
	wg.Wait()
}
