package session

import (
	"syscall/js"
	"time"
)

const (
	// pulse is how often the page notes that it lives.
	pulse = 2 * time.Second
	// slept is after how long without a pulse the page was put away by the
	// browser: a page in the background still gets its time once a minute.
	slept = 75 * time.Second
)

// watchNetwork wakes the session when the browser says that the network is
// back or that it went away, or that the page is shown again or goes on after
// it was frozen.
func (s *Session) watchNetwork() {
	at := make(chan bool, 1) // true: the page was frozen
	listen := func(target js.Value, event string, frozen bool) (end func()) {
		f := js.FuncOf(func(js.Value, []js.Value) any {
			select { // nothing may wait in a browser's callback
			case at <- frozen:
			default:
			}
			return nil
		})
		target.Call("addEventListener", event, f)
		return func() {
			target.Call("removeEventListener", event, f)
			f.Release()
		}
	}
	for _, event := range []string{"online", "offline", "pageshow", "focus"} {
		defer listen(js.Global(), event, event == "online")()
	}
	defer listen(js.Global().Get("document"), "visibilitychange", false)()
	defer listen(js.Global().Get("document"), "resume", true)()
	t := time.NewTicker(pulse)
	defer t.Stop()
	now := func() time.Time { return time.Now().Round(0) } // the clock that goes on while the device sleeps
	last := now()
	for {
		frozen := false
		select {
		case <-s.ctx.Done():
			return
		case frozen = <-at:
		case <-t.C:
			if now().Sub(last) < slept {
				last = now()
				continue
			}
			frozen = true
		}
		if frozen || now().Sub(last) >= slept {
			s.Redial()
		} else {
			s.Wake()
		}
		last = now()
	}
}
