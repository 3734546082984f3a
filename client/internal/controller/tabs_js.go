package controller

import (
	"context"
	"sync"
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
	claimOutbox(context.Background(), name, false)
	return name
}

// claimWithin is how long the browser may take to answer who is not to wait.
const claimWithin = 2 * time.Second

// granted has a channel for each outbox that was asked for, closed once this
// page has its lock. A page has a lock for its life: it would wait for ever for
// one that it has itself, also where the answer came too late for who asked.
var granted = struct {
	sync.Mutex
	locks map[string]chan struct{}
}{locks: map[string]chan struct{}{}}

// claimOutbox takes the lock of an outbox: at once, if no other tab has it, or
// with wait when the tab that has it ends, in whatever way. Browsers without
// locks let all have it: then two tabs may send the same, which the server
// carries out once.
func claimOutbox(ctx context.Context, name string, wait bool) (got bool) {
	locks := js.Global().Get("navigator").Get("locks")
	if !locks.Truthy() {
		return true
	}
	granted.Lock()
	mine, asked := granted.locks[name]
	if !asked {
		mine = make(chan struct{})
		granted.locks[name] = mine
	}
	granted.Unlock()
	select {
	case <-mine:
		return true
	default:
	}
	defer func() {
		if recover() != nil { // the page may have no locks
			got = true
		}
	}()
	options, late := map[string]any{"ifAvailable": true}, time.After(claimWithin)
	if wait {
		abort := js.Global().Get("AbortController").New()
		defer abort.Call("abort")
		options, late = map[string]any{"signal": abort.Get("signal")}, nil
	}
	refused := askLock(locks, name, options, mine)
	select {
	case <-mine:
		return true
	case <-refused:
	case <-late:
	case <-ctx.Done():
	}
	return false
}

// askLock asks for a lock; got is closed when the page has it, refused when
// another has it.
func askLock(locks js.Value, name string, options map[string]any, got chan struct{}) (refused chan struct{}) {
	refused = make(chan struct{})
	var held, broken js.Func
	release := func() { held.Release(); broken.Release() }
	held = js.FuncOf(func(_ js.Value, args []js.Value) any {
		defer release()
		if len(args) == 0 || !args[0].Truthy() {
			close(refused)
			return nil
		}
		close(got)
		return js.Global().Get("Promise").New(never) // for the life of the page
	})
	broken = js.FuncOf(func(js.Value, []js.Value) any { // given up, mostly
		release()
		close(refused)
		return nil
	})
	locks.Call("request", "phonghop "+name, options, held).Call("catch", broken)
	return refused
}

// never makes a promise that is not kept.
var never = js.FuncOf(func(js.Value, []js.Value) any { return nil })
