// Package breath gives the thread back between the parts of long work.
package breath

import (
	"sync"
	"syscall/js"
)

var (
	mu      sync.Mutex
	waiting []chan struct{} // in the order in which they asked

	// send is a port whose other end tells when the browser has come round to
	// it. Timers are no help: the program looks at them itself, also while it
	// has not given back the thread yet.
	send = sync.OnceValue(func() js.Value {
		channel := js.Global().Get("MessageChannel").New()
		channel.Get("port1").Set("onmessage", js.FuncOf(func(js.Value, []js.Value) any {
			next()
			return nil
		}))
		return channel.Get("port2")
	})
)

// Take lets the browser hear fingers and draw, which it does only while
// nothing of the program runs. It must not be called from a callback of the
// browser.
func Take() {
	turn := make(chan struct{})
	mu.Lock()
	waiting = append(waiting, turn)
	mu.Unlock()
	send().Call("postMessage", js.Null())
	<-turn
}

func next() {
	mu.Lock()
	defer mu.Unlock()
	if len(waiting) > 0 {
		close(waiting[0])
		waiting = waiting[1:]
	}
}
