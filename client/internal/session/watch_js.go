package session

import "syscall/js"

// watchNetwork wakes the session when the browser says that the network is
// back or that it went away, or the page is shown again.
func (s *Session) watchNetwork() {
	wake := js.FuncOf(func(js.Value, []js.Value) any {
		go s.Wake() // nothing may wait in a browser's callback
		return nil
	})
	defer wake.Release()
	for _, event := range []string{"online", "offline", "pageshow", "focus"} {
		js.Global().Call("addEventListener", event, wake)
		defer js.Global().Call("removeEventListener", event, wake)
	}
	<-s.ctx.Done()
}
