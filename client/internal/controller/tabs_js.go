package controller

import (
	"syscall/js"
	"time"

	"github.com/google/uuid"

	"phonghop/client/internal/session"
)

// ownOutbox names the outbox of this tab, and claims it as long as the tab
// lives. A tab that is loaded anew is a new one, which takes over what the old
// one left.
func ownOutbox() string {
	name := session.RecordOutbox + "/" + uuid.NewString()
	claimOutbox(name)
	return name
}

// claimWithin is how long the browser may take to answer.
const claimWithin = 2 * time.Second

// claimOutbox takes the lock of an outbox, if no other tab has it. The browser
// gives it back when the tab ends, in whatever way. Browsers without locks let
// all have it: then two tabs may send the same, which the server carries out
// once.
func claimOutbox(name string) (got bool) {
	locks := js.Global().Get("navigator").Get("locks")
	if !locks.Truthy() {
		return true
	}
	answer := make(chan bool, 1)
	say := func(got bool) {
		select {
		case answer <- got:
		default:
		}
	}
	var held js.Func
	held = js.FuncOf(func(_ js.Value, args []js.Value) any {
		defer held.Release()
		if len(args) == 0 || !args[0].Truthy() {
			say(false)
			return nil
		}
		say(true)
		return js.Global().Get("Promise").New(never) // for the life of the page
	})
	defer func() {
		if recover() != nil { // the page may have no locks
			got = true
		}
	}()
	locks.Call("request", "phonghop "+name, map[string]any{"ifAvailable": true}, held)
	select {
	case got = <-answer:
	case <-time.After(claimWithin):
	}
	return got
}

// never makes a promise that is not kept.
var never = js.FuncOf(func(js.Value, []js.Value) any { return nil })
