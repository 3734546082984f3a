package pointer

import (
	"math"
	"slices"
	"time"
)

// Touches turns the touch events of the toolkit's mobile driver into the stream. That driver tells of touches
// without an ID and of moves only as drags: a place and how far the finger came since its last place. A drag
// belongs to the finger for which both agree. When a dragging finger lifts, the driver goes on calling with the same
// place and a shrinking distance before it tells the end: the first such call is the lifting.
type Touches struct {
	fingers []finger
	next    int
}

type finger struct {
	id    int
	x, y  float32
	moved time.Duration // last Down or Move
}

// lifted is how far above the finger the driver places a touch, in canvas units.
const lifted = 8

// Down is a finger touching.
func (t *Touches) Down(x, y float32, at time.Duration) []Event {
	f := finger{id: t.next, x: x, y: y + lifted, moved: at}
	t.next++
	t.fingers = append(t.fingers, f)
	return []Event{f.event(Down, at)}
}

// Drag is a finger at a place, having come that far.
func (t *Touches) Drag(x, y, dx, dy float32, at time.Duration) []Event {
	y += lifted
	best, error2 := -1, float32(math.MaxFloat32)
	for i, f := range t.fingers {
		if e := square(f.x+dx-x, f.y+dy-y); e < error2 {
			best, error2 = i, e
		}
	}
	const close2 = 1.5 * 1.5 // places are whole pixels, distances sums of them
	if best >= 0 && error2 <= close2 {
		f := &t.fingers[best]
		if f.x == x && f.y == y {
			return nil
		}
		f.x, f.y, f.moved = x, y, at
		return []Event{f.event(Move, at)}
	}
	for i, f := range t.fingers {
		if square(f.x-x, f.y-y) <= close2 {
			return t.end(i, Up, at)
		}
	}
	return nil
}

// DragEnd is the end of a drag, of the finger that has been still for longest when its lifting was not seen before.
func (t *Touches) DragEnd(at time.Duration) []Event {
	if len(t.fingers) == 0 {
		return nil
	}
	still := 0
	for i, f := range t.fingers {
		if f.moved < t.fingers[still].moved {
			still = i
		}
	}
	return t.end(still, Up, at)
}

// Up is a finger lifting that did not drag.
func (t *Touches) Up(x, y float32, at time.Duration) []Event { return t.nearest(x, y, Up, at) }

// Cancel is a finger taken away by the system, or leaving the place that listens.
func (t *Touches) Cancel(x, y float32, at time.Duration) []Event { return t.nearest(x, y, Cancel, at) }

func (t *Touches) nearest(x, y float32, p Phase, at time.Duration) []Event {
	best, d := -1, float32(math.MaxFloat32)
	for i, f := range t.fingers {
		if e := square(f.x-x, f.y-y-lifted); e < d {
			best, d = i, e
		}
	}
	if best < 0 {
		return nil
	}
	return t.end(best, p, at)
}

func (t *Touches) end(i int, p Phase, at time.Duration) []Event {
	e := t.fingers[i].event(p, at)
	t.fingers = slices.Delete(t.fingers, i, i+1)
	return []Event{e}
}

func (f finger) event(p Phase, at time.Duration) Event {
	return Event{ID: f.id, Kind: KindFinger, Phase: p, X: f.x, Y: f.y, Pressure: Unknown, At: at}
}

func square(dx, dy float32) float32 { return dx*dx + dy*dy }
