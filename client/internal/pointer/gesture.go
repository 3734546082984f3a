package pointer

import (
	"math"
	"time"
)

// GestureKind says what a person did.
type GestureKind uint8

// The gestures. PanStart and PinchStart are each followed by exactly one end of their kind, with any number of Pan or Pinch
// between; at any moment at most one of the two is open.
const (
	Tap        GestureKind = iota // X, Y
	DoubleTap                     // X, Y
	LongPress                     // X, Y; the finger is still down, its lifting is no tap
	PanStart                      // X, Y where it began
	Pan                           // X, Y and DX, DY since the gesture before
	PanEnd                        // X, Y, VX, VY and Swipe
	PinchStart                    // X, Y between the fingers
	Pinch                         // X, Y between the fingers, DX, DY of that middle and Scale since the gesture before
	PinchEnd                      // X, Y
)

// Direction is where a swipe goes.
type Direction uint8

// The directions of a swipe; Left is the finger moving to the left, which turns forward.
const (
	NoSwipe Direction = iota
	Left
	Right
)

// Gesture is what a Recognizer found. Which fields count is said with each kind.
type Gesture struct {
	Kind   GestureKind
	By     Kind    // what pointed
	X, Y   float32 // canvas units
	DX, DY float32 // canvas units
	VX, VY float32 // canvas units a second, at the moment of lifting; 0 when it rested before
	Scale  float32 // 1 is no change
	Swipe  Direction
}

// The measures of the hand, after what phones use.
const (
	fingerSlop    = 10 // canvas units a finger trembles while it rests
	fineSlop      = 4  // the same of mouse and pen
	longPressTime = 500 * time.Millisecond
	doubleTime    = 300 * time.Millisecond
	doubleReach   = 40 // canvas units between the two taps
	flingWindow   = 100 * time.Millisecond
	swipeReach    = 60  // canvas units
	swipeSpeed    = 300 // canvas units a second
)

// Recognizer reads gestures from one stream. The zero value is ready and knows no double tap; it is not safe for
// use by several goroutines.
type Recognizer struct {
	// Double makes it look for double taps. A single tap is then told doubleTime later, when no second one came.
	Double bool

	touches []touch // those that are down, in the order of their coming; two at most count
	ignored map[int]bool
	mode    mode
	waiting *Gesture // a tap that may become a double tap
	until   time.Duration
	trail   []sample // of the pan, for its speed
	middle  sample
	spread  float32
}

type mode uint8

const (
	idle     mode = iota
	pressed       // one pointer down, has not moved
	consumed      // a long press or a second tap: nothing more until it lifts
	panning
	pinching
)

type touch struct {
	id             int
	kind           Kind
	x, y           float32
	startX, startY float32
	start          time.Duration
}

type sample struct {
	x, y float32
	at   time.Duration
}

// Next returns when Tick has to be called if no event comes before: a long press or a single tap becomes certain by
// time alone. ok is false when nothing waits.
func (r *Recognizer) Next() (at time.Duration, ok bool) {
	switch {
	case r.mode == pressed && len(r.touches) == 1:
		return r.touches[0].start + longPressTime, true
	case r.waiting != nil && len(r.touches) == 0:
		return r.until, true
	default:
		return 0, false
	}
}

// Tick tells the recognizer what time it is.
func (r *Recognizer) Tick(now time.Duration) []Gesture {
	if r.mode == pressed && len(r.touches) == 1 && now >= r.touches[0].start+longPressTime {
		t := r.touches[0]
		r.mode = consumed
		return append(r.flush(), Gesture{Kind: LongPress, By: t.kind, X: t.startX, Y: t.startY})
	}
	if r.waiting != nil && len(r.touches) == 0 && now >= r.until {
		return r.flush()
	}
	return nil
}

func (r *Recognizer) flush() []Gesture {
	if r.waiting == nil {
		return nil
	}
	g := *r.waiting
	r.waiting = nil
	return []Gesture{g}
}

// Feed takes the next event and returns the gestures it completes. Events that cannot follow (a move of a pointer that is not
// down, a second Down of one that is) are ignored, and so are fingers while a pen is down: they are the palm.
func (r *Recognizer) Feed(e Event) []Gesture {
	before := r.Tick(e.At)
	switch e.Phase {
	case Down:
		return append(before, r.down(e)...)
	case Move:
		return append(before, r.move(e)...)
	case Up, Cancel:
		return append(before, r.up(e)...)
	default:
		return before
	}
}

func (r *Recognizer) find(id int) int {
	for i, t := range r.touches {
		if t.id == id {
			return i
		}
	}
	return -1
}

func (r *Recognizer) down(e Event) []Gesture {
	if r.find(e.ID) >= 0 || r.ignored[e.ID] {
		return nil
	}
	if len(r.touches) == 2 || len(r.touches) == 1 && (r.touches[0].kind == KindPen || e.Kind == KindPen) {
		if r.ignored == nil {
			r.ignored = map[int]bool{}
		}
		r.ignored[e.ID] = true
		return nil
	}
	t := touch{id: e.ID, kind: e.Kind, x: e.X, y: e.Y, startX: e.X, startY: e.Y, start: e.At}
	r.touches = append(r.touches, t)
	if len(r.touches) == 1 {
		r.mode = pressed
		r.trail = r.trail[:0]
		return r.secondTap(t)
	}
	gestures := r.flush()
	if r.mode == panning {
		gestures = append(gestures, Gesture{Kind: PanEnd, By: r.touches[0].kind, X: r.touches[0].x, Y: r.touches[0].y})
	}
	r.mode = pinching
	r.middle, r.spread = r.between(e.At)
	return append(gestures, Gesture{Kind: PinchStart, By: e.Kind, X: r.middle.x, Y: r.middle.y, Scale: 1})
}

// secondTap completes a double tap at the second touch already, which is when a person expects the answer.
func (r *Recognizer) secondTap(t touch) []Gesture {
	if r.waiting == nil {
		return nil
	}
	first := *r.waiting
	if square(first.X-t.x, first.Y-t.y) > doubleReach*doubleReach {
		return r.flush()
	}
	r.waiting = nil
	r.mode = consumed
	return []Gesture{{Kind: DoubleTap, By: t.kind, X: first.X, Y: first.Y}}
}

func (r *Recognizer) between(at time.Duration) (sample, float32) {
	a, b := r.touches[0], r.touches[1]
	spread := float32(math.Hypot(float64(a.x-b.x), float64(a.y-b.y)))
	return sample{(a.x + b.x) / 2, (a.y + b.y) / 2, at}, max(spread, 1)
}

func (r *Recognizer) move(e Event) []Gesture {
	i := r.find(e.ID)
	if i < 0 {
		return nil
	}
	t := &r.touches[i]
	dx, dy := e.X-t.x, e.Y-t.y
	t.x, t.y = e.X, e.Y
	switch r.mode {
	case pressed:
		slop := float32(fineSlop)
		if t.kind == KindFinger {
			slop = fingerSlop
		}
		if square(t.x-t.startX, t.y-t.startY) <= slop*slop {
			return nil
		}
		gestures := append(r.flush(), r.startPan(*t, t.startX, t.startY, t.start)...)
		return append(gestures, r.pan(*t, t.x-t.startX, t.y-t.startY, e.At))
	case panning:
		return []Gesture{r.pan(*t, dx, dy, e.At)}
	case pinching:
		middle, spread := r.between(e.At)
		g := Gesture{Kind: Pinch, By: t.kind, X: middle.x, Y: middle.y, DX: middle.x - r.middle.x, DY: middle.y - r.middle.y, Scale: spread / r.spread}
		r.middle, r.spread = middle, spread
		return []Gesture{g}
	default:
		return nil
	}
}

func (r *Recognizer) startPan(t touch, x, y float32, at time.Duration) []Gesture {
	r.mode = panning
	r.trail = append(r.trail[:0], sample{x, y, at})
	return []Gesture{{Kind: PanStart, By: t.kind, X: x, Y: y}}
}

func (r *Recognizer) pan(t touch, dx, dy float32, at time.Duration) Gesture {
	r.trail = append(r.trail, sample{t.x, t.y, at})
	if len(r.trail) > 64 {
		r.trail = append(r.trail[:0], r.trail[32:]...)
	}
	return Gesture{Kind: Pan, By: t.kind, X: t.x, Y: t.y, DX: dx, DY: dy}
}

func (r *Recognizer) up(e Event) []Gesture {
	if r.ignored[e.ID] {
		delete(r.ignored, e.ID)
		return nil
	}
	i := r.find(e.ID)
	if i < 0 {
		return nil
	}
	t := r.touches[i]
	r.touches = append(r.touches[:i], r.touches[i+1:]...)
	was := r.mode
	r.mode = idle
	switch was {
	case pressed:
		if e.Phase == Cancel {
			return nil
		}
		return r.tap(t, e.At)
	case panning:
		return []Gesture{r.endPan(t, e)}
	case pinching:
		// The finger that stays goes on as a pan from where it is.
		rest := &r.touches[0]
		rest.startX, rest.startY, rest.start = rest.x, rest.y, e.At
		end := Gesture{Kind: PinchEnd, By: t.kind, X: r.middle.x, Y: r.middle.y, Scale: 1}
		return append([]Gesture{end}, r.startPan(*rest, rest.x, rest.y, e.At)...)
	default:
		return nil
	}
}

func (r *Recognizer) tap(t touch, at time.Duration) []Gesture {
	g := Gesture{Kind: Tap, By: t.kind, X: t.startX, Y: t.startY}
	if !r.Double {
		return []Gesture{g}
	}
	r.waiting, r.until = &g, at+doubleTime
	return nil
}

func (r *Recognizer) endPan(t touch, e Event) Gesture {
	g := Gesture{Kind: PanEnd, By: t.kind, X: t.x, Y: t.y}
	if e.Phase == Cancel {
		return g
	}
	g.VX, g.VY = speed(r.trail, sample{t.x, t.y, e.At})
	dx, dy := t.x-t.startX, t.y-t.startY
	if abs(dx) >= swipeReach && abs(dx) > 2*abs(dy) && abs(g.VX) >= swipeSpeed && (g.VX > 0) == (dx > 0) {
		g.Swipe = Left
		if dx > 0 {
			g.Swipe = Right
		}
	}
	return g
}

func abs(v float32) float32 { return max(v, -v) }
