package pointer

import "time"

// Writer tells writing from what moves the page, in one stream of all pointers. It is pure like Recognizer, and stands before it: what
// Feed gives as page goes on to the Recognizer, what it gives as ink is the stroke.
//
//   - While On, one finger, the mouse or a pen writes; two fingers always go to the page. A stroke that had just begun when
//     the second finger came is taken back.
//   - Once a pen was seen, fingers never write. Two that come down together and then move go to the page; a hand that rests,
//     before the pen or after it, does nothing at all.
//   - While not On, everything goes to the page.
//
// The zero value is ready; it is not safe for use by several goroutines.
type Writer struct {
	On bool

	stylus   bool // a pen was seen
	writing  bool
	by       Event // the pointer that writes: its Down
	at       Event // its last event
	fingers  []resting
	pinching bool // two fingers are the page's
	lastPen  time.Duration
	penSeen  bool // lastPen counts
}

// resting is a finger that is down.
type resting struct {
	down, now Event
	// void: it was a palm, or its part is over; it does nothing until it lifts.
	void bool
}

// The measures of two fingers and of a palm.
const (
	// together is how soon after the first finger the second one comes when both are meant.
	together = 250 * time.Millisecond
	// young is how long and how far a stroke has gone that a second finger takes back.
	young     = 400 * time.Millisecond
	youngWay  = 24 // canvas units
	moveWay   = 10 // canvas units that one of two fingers moves before they move the page, once a pen was seen
	penShadow = 400 * time.Millisecond
)

// Stylus reports whether a pen was seen.
func (w *Writer) Stylus() bool { return w.stylus }

// Writing reports whether a stroke is under way.
func (w *Writer) Writing() bool { return w.writing }

// Begins reports whether a pointer that is set down now begins a stroke: not the hand beside a pen, nor a second finger.
func (w *Writer) Begins(e Event) bool {
	switch {
	case !w.On:
		return false
	case e.Kind == KindFinger:
		return !w.stylus && len(w.fingers) == 0 && !w.palm(e.At)
	}
	return !w.writing || w.by.Kind == KindFinger
}

// Feed takes the next event. ink has Down, Moves and Up of one pointer at a time; Cancel says that the stroke is taken
// back. Hover of mouse and pen comes as ink, too: a pointer may want to be seen.
func (w *Writer) Feed(e Event) (ink, page []Event) {
	if e.Kind == KindPen {
		w.stylus, w.penSeen, w.lastPen = true, true, e.At
	}
	if !w.On && !w.writing {
		w.fingers, w.pinching = nil, false
		return nil, []Event{e}
	}
	switch {
	case e.Phase == Hover:
		return []Event{e}, nil
	case e.Kind == KindFinger:
		return w.finger(e)
	default:
		return w.tip(e)
	}
}

// tip takes what mouse and pen do: they write.
func (w *Writer) tip(e Event) (ink, page []Event) {
	switch e.Phase {
	case Down:
		if w.writing && w.by.Kind != KindFinger {
			return nil, nil
		}
		if w.writing { // a palm that was taken for a finger
			ink = append(ink, w.stop(Cancel, e.At))
		}
		page = w.hush(e.At)
		w.writing, w.by, w.at = true, e, e
		return append(ink, e), page
	case Move, Up, Cancel:
		if !w.writing || w.by.ID != e.ID || w.by.Kind != e.Kind {
			return nil, nil
		}
		w.at = e
		w.writing = e.Phase == Move
		return []Event{e}, nil
	default:
		return nil, nil
	}
}

// stop ends the stroke under way.
func (w *Writer) stop(p Phase, at time.Duration) Event {
	e := w.at
	e.Phase, e.At = p, at
	w.writing = false
	return e
}

// hush ends what the fingers do with the page and voids them until they lift.
func (w *Writer) hush(at time.Duration) (page []Event) {
	for i := range w.fingers {
		f := &w.fingers[i]
		if w.pinching && !f.void {
			e := f.now
			e.Phase, e.At = Cancel, at
			page = append(page, e)
		}
		f.void = true
	}
	w.pinching = false
	return page
}

func (w *Writer) find(id int) int {
	for i := range w.fingers {
		if w.fingers[i].down.ID == id {
			return i
		}
	}
	return -1
}

func (w *Writer) finger(e Event) (ink, page []Event) {
	i := w.find(e.ID)
	switch e.Phase {
	case Down:
		if i >= 0 {
			return nil, nil
		}
		w.fingers = append(w.fingers, resting{down: e, now: e})
		return w.fingerDown(e)
	case Move:
		if i < 0 {
			return nil, nil
		}
		w.fingers[i].now = e
		return w.fingerMove(i, e)
	default:
		if i < 0 {
			return nil, nil
		}
		return w.fingerUp(i, e)
	}
}

// palm reports whether a finger that comes now is the hand beside the pen.
func (w *Writer) palm(at time.Duration) bool {
	return w.writing && w.by.Kind != KindFinger || w.penSeen && at-w.lastPen < penShadow
}

func (w *Writer) fingerDown(e Event) (ink, page []Event) {
	last := &w.fingers[len(w.fingers)-1]
	switch {
	case w.palm(e.At):
		last.void = true
	case len(w.fingers) > 2:
		last.void = true
	case len(w.fingers) == 1 && !w.stylus:
		w.writing, w.by, w.at = true, e, e
		return []Event{e}, nil
	case len(w.fingers) == 2 && !w.stylus:
		return w.second(e)
	case len(w.fingers) == 2 && e.At-w.fingers[0].down.At > together:
		last.void = true // a hand that shifts, not two fingers that are meant
	}
	return nil, nil
}

// second takes the second finger where fingers write.
func (w *Writer) second(e Event) (ink, page []Event) {
	before := &w.fingers[0]
	if before.void {
		w.fingers[1].void = true
		return nil, nil
	}
	long := e.At-before.down.At > young && way(before.down, before.now) > youngWay
	if w.writing && long {
		w.fingers[1].void = true
		return nil, nil
	}
	if w.writing {
		ink = append(ink, w.stop(Cancel, e.At))
	}
	return ink, w.pinch(e.At)
}

// pinch gives both fingers to the page.
func (w *Writer) pinch(at time.Duration) []Event {
	w.pinching = true
	page := make([]Event, 0, 2)
	for _, f := range w.fingers[:2] {
		d := f.now
		d.Phase, d.At = Down, at
		page = append(page, d)
	}
	return page
}

func (w *Writer) fingerMove(i int, e Event) (ink, page []Event) {
	f := &w.fingers[i]
	switch {
	case w.writing && w.by.Kind == KindFinger && w.by.ID == e.ID:
		w.at = e
		return []Event{e}, nil
	case f.void:
		return nil, nil
	case w.pinching:
		return nil, []Event{e}
	case w.stylus && len(w.fingers) == 2 && !w.fingers[0].void && !w.fingers[1].void && way(f.down, e) > moveWay:
		return nil, w.pinch(e.At)
	}
	return nil, nil
}

func (w *Writer) fingerUp(i int, e Event) (ink, page []Event) {
	f := w.fingers[i]
	w.fingers = append(w.fingers[:i], w.fingers[i+1:]...)
	switch {
	case w.writing && w.by.Kind == KindFinger && w.by.ID == e.ID:
		w.writing = false
		return []Event{e}, nil
	case w.pinching && !f.void:
		page = append(page, e)
		// The other one lifts with it: a finger left over neither writes nor moves the page.
		page = append(page, w.hush(e.At)...)
	}
	return nil, page
}

func way(a, b Event) float32 { return max(abs(a.X-b.X), abs(a.Y-b.Y)) }
