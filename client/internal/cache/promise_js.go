package cache

import (
	"errors"
	"fmt"
	"syscall/js"
	"time"
)

// errSlow says that the browser has not answered at all.
var errSlow = errors.New("the browser does not answer")

// outcome is what became of something that the browser did.
type outcome struct {
	value js.Value
	err   error
}

// attempt calls what the browser may answer with an exception.
func attempt(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the browser: %v", r)
		}
	}()
	f()
	return nil
}

// awaited waits for the first of some events of a target, of which those in
// good mean that it went well. It waits within the limit; 0 means for ever.
// Only a goroutine that no callback of the browser waits for may call it: the
// program has one thread, which the browser needs for the answer.
func awaited(target js.Value, limit time.Duration, good, bad []string) (js.Value, error) {
	done := make(chan outcome, len(good)+len(bad))
	handlers := map[string]js.Func{}
	hear := func(name string, err bool) {
		f := js.FuncOf(func(js.Value, []js.Value) any {
			o := outcome{}
			if err {
				o.err = reason(target)
			}
			done <- o
			return nil
		})
		handlers[name] = f
		target.Call("addEventListener", name, f)
	}
	for _, name := range good {
		hear(name, false)
	}
	for _, name := range bad {
		hear(name, true)
	}
	defer func() {
		for name, f := range handlers {
			target.Call("removeEventListener", name, f)
			f.Release()
		}
	}()
	o := <-limited(done, limit)
	if o.err != nil {
		return js.Undefined(), o.err
	}
	return target.Get("result"), nil
}

// limited passes on an outcome, or says after a while that there is none.
func limited(done <-chan outcome, limit time.Duration) <-chan outcome {
	if limit == 0 {
		return done
	}
	out := make(chan outcome, 1)
	go func() {
		select {
		case o := <-done:
			out <- o
		case <-time.After(limit):
			out <- outcome{err: errSlow}
		}
	}()
	return out
}

// reason is why a request or a transaction failed.
func reason(of js.Value) error {
	e := of.Get("error")
	if !e.Truthy() {
		return errors.New("the browser refused")
	}
	return fmt.Errorf("the browser: %s", e.Get("name").String())
}

// promised waits for a promise within a limit, as awaited does.
func promised(promise js.Value, limit time.Duration) (js.Value, error) {
	done := make(chan outcome, 1)
	say := func(o outcome) {
		select {
		case done <- o:
		default:
		}
	}
	var kept, broken js.Func
	release := func() { kept.Release(); broken.Release() }
	kept = js.FuncOf(func(_ js.Value, args []js.Value) any {
		v := js.Undefined()
		if len(args) > 0 {
			v = args[0]
		}
		say(outcome{value: v})
		release()
		return nil
	})
	broken = js.FuncOf(func(js.Value, []js.Value) any {
		say(outcome{err: errors.New("the browser refused")})
		release()
		return nil
	})
	promise.Call("then", kept, broken)
	o := <-limited(done, limit)
	return o.value, o.err
}
