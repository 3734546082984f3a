package pointer

import (
	"slices"
	"sync"
	"syscall/js"
	"time"
)

// Browser turns the browser's Pointer Events into the stream. The toolkit hears mouse events only, so it listens before
// it, in the capture phase:
//
//   - A pointer going down is passed on as a mouse button going down. Whoever in the toolkit's tree gets that calls Claim and
//     from then on has the pointer's stream, in order, with every coalesced move and with pressure.
//   - A pointer nobody claims goes on as a mouse: so fingers press buttons and drag lists.
//
// Positions are CSS pixels of the page, which are the toolkit's canvas units at a canvas scale of the device's pixel ratio.
type Browser struct {
	mu       sync.Mutex
	down     map[int]*contact
	waiting  []*contact // nobody has claimed them yet, the oldest first; also those that are up again
	thrown   [2]float32 // how fast the last one went when it lifted, canvas units a second
	rest     func(x, y float32) bool
	target   js.Value
	away     js.Func
	lift     js.Func
	handlers []handler
}

// contact is a pointer that is down, or was until a moment ago. Until it is claimed its events wait in held: the toolkit hears of
// it with its next frame, and a quick tap is over by then.
type contact struct {
	emit func(Event)
	held []Event
	kind Kind
	// stops: it was set down on what glided, which rests now. The toolkit hears of it only once it drags.
	stops bool
}

// hold keeps an event for who claims the pointer. Of a long way the beginning and the end are kept.
func (c *contact) hold(e Event) {
	if len(c.held) >= heldLimit {
		c.held = slices.Delete(c.held, 1, 1+heldLimit/2)
	}
	c.held = append(c.held, e)
}

// ended tells whether the pointer lifted, and when.
func (c *contact) ended() (at time.Duration, yes bool) {
	last := c.held[len(c.held)-1]
	return last.At, last.Phase == Up || last.Phase == Cancel
}

// speed is how fast the pointer went when it lifted.
func (c *contact) speed() (v [2]float32) {
	end := c.held[len(c.held)-1]
	if end.Phase != Up {
		return v
	}
	var trail []sample
	for _, e := range c.held[:len(c.held)-1] {
		trail = append(trail, sample{e.X, e.Y, e.At})
	}
	v[0], v[1] = speed(trail, sample{end.X, end.Y, end.At})
	return v
}

// near tells whether the pointer was at a place, as far as a toolkit that may have seen its next move already can tell.
func (c *contact) near(x, y float32) bool {
	const room = 3
	for _, e := range c.held {
		if abs(e.X-x) <= room && abs(e.Y-y) <= room {
			return true
		}
	}
	return false
}

type handler struct {
	name string
	f    js.Func
}

// Bounds of what waits for a claim, which comes within a frame.
const (
	heldLimit    = 256
	waitingLimit = 16
	waitingTime  = time.Second // of those that are up again
)

// Browse starts listening on the document. Close stops it. rest is asked at each finger and pen that is set down: it
// brings to rest what glides there, and reports whether anything did. It is called on the browser's own thread and must not wait.
func Browse(rest func(x, y float32) bool) *Browser {
	b := &Browser{down: map[int]*contact{}, rest: rest, target: js.Global().Get("document")}
	b.style()
	b.listen("pointerdown", b.pointerDown)
	b.listen("pointermove", b.pointerMove)
	b.listen("pointerup", b.pointerUp)
	b.listen("pointercancel", b.pointerUp)
	b.away = js.FuncOf(func(js.Value, []js.Value) any {
		b.leave()
		return nil
	})
	b.lift = js.FuncOf(func(js.Value, []js.Value) any {
		b.target.Call("dispatchEvent", js.Global().Get("MouseEvent").New("mouseup", map[string]any{"bubbles": true, "clientX": -1, "clientY": -1}))
		return nil
	})
	return b
}

// style keeps the browser from scrolling, zooming or selecting in the fingers' way.
func (b *Browser) style() {
	s := b.target.Get("documentElement").Get("style")
	s.Call("setProperty", "touch-action", "none")
	s.Call("setProperty", "overscroll-behavior", "none")
}

func (b *Browser) listen(name string, f func(event js.Value)) {
	h := handler{name, js.FuncOf(func(_ js.Value, args []js.Value) any {
		if !native(args[0]) {
			f(args[0])
		}
		return nil
	})}
	b.handlers = append(b.handlers, h)
	b.target.Call("addEventListener", name, h.f, map[string]any{"capture": true, "passive": false})
}

// native tells whether an event belongs to a part of the page that the browser looks after by itself: an input that is written in.
func native(event js.Value) bool {
	target := event.Get("target")
	if !target.Truthy() || target.Get("tagName").Type() != js.TypeString {
		return false
	}
	tag := target.Get("tagName").String()
	return tag == "INPUT" || tag == "TEXTAREA"
}

// Close stops listening; claimed pointers are heard no more.
func (b *Browser) Close() {
	for _, h := range b.handlers {
		b.target.Call("removeEventListener", h.name, h.f, map[string]any{"capture": true})
		h.f.Release()
	}
	b.handlers = nil
	b.away.Release()
	b.lift.Release()
}

// Thrown is how fast the pointer that nobody had claimed went when it lifted last, in canvas units a second: 0 where another finger
// is down by now.
func (b *Browser) Thrown() (vx, vy float32) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.down) > 0 {
		return 0, 0
	}
	return b.thrown[0], b.thrown[1]
}

// Claim gives the pointer that went down at a place of the page to emit, if nobody has it: first what came since, then the rest as
// it comes, on the browser's own thread. Further fingers that go down while a claimed one is down are the claimer's
// too. It returns false when there is nothing to claim.
func (b *Browser) Claim(x, y float32, emit func(Event)) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := slices.IndexFunc(b.waiting, func(c *contact) bool { return c.near(x, y) })
	if at < 0 {
		return false
	}
	c := b.waiting[at]
	b.waiting = b.waiting[at+1:] // those before it were somebody else's
	c.emit = emit
	for _, e := range c.held {
		emit(e)
	}
	c.held = nil
	return true
}

// owner returns who has another pointer that is down now.
func (b *Browser) owner() func(Event) {
	for _, c := range b.down {
		if c.emit != nil {
			return c.emit
		}
	}
	return nil
}

func (b *Browser) pointerDown(event js.Value) {
	e := read(event, Down)
	b.mu.Lock()
	c := &contact{kind: e.Kind, emit: b.owner()}
	b.down[e.ID] = c
	if c.emit != nil {
		c.emit(e)
	} else {
		c.hold(e)
		b.waiting = slices.DeleteFunc(b.waiting, func(old *contact) bool {
			at, up := old.ended()
			return up && e.At-at > waitingTime // a button's, which claims nothing
		})
		b.waiting = append(b.waiting, c)
		b.waiting = b.waiting[max(0, len(b.waiting)-waitingLimit):]
	}
	claimed := c.emit != nil
	b.mu.Unlock()
	b.capture(event, e.ID)
	switch {
	case claimed:
		event.Call("preventDefault")
		event.Call("stopPropagation")
	case e.Kind != KindMouse:
		// The browser would send its own mouse events only after the finger lifts.
		event.Call("preventDefault")
		if b.rest(e.X, e.Y) {
			c.stops = true
			return
		}
		b.mouse("mousemove", event)
		b.mouse("mousedown", event)
	}
}

// drags tells the toolkit of a finger that stopped what glided, once it goes so far that it drags: from where it was set down.
func (b *Browser) drags(c *contact, event js.Value) bool {
	first := c.held[0]
	if square(float32(event.Get("clientX").Float())-first.X, float32(event.Get("clientY").Float())-first.Y) <= fingerSlop*fingerSlop {
		return false
	}
	c.stops = false
	b.mouseAt("mousemove", event, first.X, first.Y)
	b.mouseAt("mousedown", event, first.X, first.Y)
	return true
}

func (b *Browser) capture(event js.Value, id int) {
	target := event.Get("target")
	if target.Truthy() && target.Get("setPointerCapture").Truthy() {
		target.Call("setPointerCapture", id)
	}
}

func (b *Browser) pointerMove(event js.Value) {
	id := event.Get("pointerId").Int()
	b.mu.Lock()
	c := b.down[id]
	if c == nil {
		b.mu.Unlock()
		return
	}
	for _, e := range coalesced(event) {
		if c.emit != nil {
			c.emit(e)
		} else {
			c.hold(e)
		}
	}
	claimed := c.emit != nil
	b.mu.Unlock()
	if claimed {
		event.Call("preventDefault")
		event.Call("stopPropagation")
	} else if c.kind != KindMouse && (!c.stops || b.drags(c, event)) {
		b.mouse("mousemove", event)
	}
}

func (b *Browser) pointerUp(event js.Value) {
	phase := Up
	if event.Get("type").String() == "pointercancel" {
		phase = Cancel
	}
	e := read(event, phase)
	b.mu.Lock()
	c := b.down[e.ID]
	delete(b.down, e.ID)
	claimed := c != nil && c.emit != nil
	switch {
	case c == nil:
	case c.emit != nil:
		c.emit(e)
	default:
		c.hold(e)
		b.thrown = c.speed()
	}
	b.mu.Unlock()
	if c != nil && c.kind != KindMouse && !c.stops {
		// Also for a claimed pointer: the toolkit saw the button go down and has to see it go up.
		if phase == Cancel && !claimed {
			b.void(event)
		} else {
			b.mouse("mouseup", event)
		}
		js.Global().Call("setTimeout", b.away, leaveAfter)
	}
}

// void lets the toolkit's mouse button go up beside everything: what the system took away presses nothing. It goes there sideways,
// which moves no list.
func (b *Browser) void(event js.Value) {
	b.mouseAt("mousemove", event, -1, float32(event.Get("clientY").Float()))
	js.Global().Call("setTimeout", b.lift, 0)
}

// leaveAfter is when a finger that was lifted points at nothing any more, in milliseconds: after the toolkit saw it lift.
const leaveAfter = 120

// leave takes the mouse that a finger was away from what it touched last, which would look as if it were still pointed at.
func (b *Browser) leave() {
	b.mu.Lock()
	quiet := len(b.down) == 0
	b.mu.Unlock()
	if quiet {
		b.target.Call("dispatchEvent", js.Global().Get("MouseEvent").New("mousemove", map[string]any{"bubbles": true, "clientX": -1, "clientY": -1}))
	}
}

// mouse sends the toolkit a mouse event in the place of a pointer's.
func (b *Browser) mouse(name string, event js.Value) {
	b.mouseAt(name, event, float32(event.Get("clientX").Float()), float32(event.Get("clientY").Float()))
}

func (b *Browser) mouseAt(name string, event js.Value, x, y float32) {
	init := map[string]any{
		"bubbles": true, "cancelable": true, "button": 0, "clientX": x, "clientY": y,
		"screenX": event.Get("screenX"), "screenY": event.Get("screenY"),
		"ctrlKey": event.Get("ctrlKey"), "shiftKey": event.Get("shiftKey"),
		"altKey": event.Get("altKey"), "metaKey": event.Get("metaKey"),
	}
	b.target.Call("dispatchEvent", js.Global().Get("MouseEvent").New(name, init))
}

func coalesced(event js.Value) []Event {
	if f := event.Get("getCoalescedEvents"); f.Type() == js.TypeFunction {
		list := event.Call("getCoalescedEvents")
		if n := list.Length(); n > 0 {
			events := make([]Event, n)
			for i := range events {
				events[i] = read(list.Index(i), Move)
			}
			return events
		}
	}
	return []Event{read(event, Move)}
}

func read(event js.Value, phase Phase) Event {
	e := Event{
		ID: event.Get("pointerId").Int(), Phase: phase, Pressure: Unknown,
		X: float32(event.Get("clientX").Float()), Y: float32(event.Get("clientY").Float()),
		At: time.Duration(event.Get("timeStamp").Float() * float64(time.Millisecond)),
	}
	switch event.Get("pointerType").String() {
	case "touch":
		e.Kind = KindFinger
	case "pen":
		e.Kind = KindPen
		e.Pressure = float32(event.Get("pressure").Float())
	}
	return e
}
