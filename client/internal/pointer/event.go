// Package pointer makes one stream out of the ways in which devices tell of mouse, fingers and pen, and reads
// gestures from it.
//
// The stream and the gestures are pure: they know no toolkit, no clock and no goroutine; time is part of each event.
// Sources turn a platform's own events into the stream: Mouse for desktops, Touches for phones and tablets, Browser for
// the browser's Pointer Events.
package pointer

import "time"

// Kind says what points.
type Kind uint8

// The kinds.
const (
	KindMouse Kind = iota
	KindFinger
	KindPen
)

// Phase says what a pointer does.
type Phase uint8

// The phases. Between Down and Up or Cancel of one ID there are Moves only; Hover comes from pointers that are not down.
const (
	Down Phase = iota
	Move
	Up
	Cancel // the system took the pointer away: whatever it was doing is void
	Hover
)

// Unknown is the pressure of a device that cannot tell.
const Unknown float32 = 0.5

// Event is one moment of one pointer.
type Event struct {
	ID       int // the same from Down to Up; another finger has another one
	Kind     Kind
	Phase    Phase
	X, Y     float32       // canvas units, in the frame of whoever listens
	Pressure float32       // 0 to 1, Unknown where the device cannot tell
	At       time.Duration // monotonic, since some fixed moment
}

// Wheel is a turn of a wheel or two fingers on a touch pad.
type Wheel struct {
	X, Y   float32 // where the pointer is, canvas units
	DX, DY float32 // canvas units; positive DY goes towards the top of what is shown
	Zoom   bool    // the control key is held: magnify instead of moving
}
