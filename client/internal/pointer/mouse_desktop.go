package pointer

import "time"

// Mouse turns a desktop's mouse into the stream. There, fingers and pens come as the mouse, without pressure.
type Mouse struct {
	down bool
	x, y float32
}

const mouseID = 0

// Press is the primary button going down; a second one without Release is ignored.
func (m *Mouse) Press(x, y float32, at time.Duration) []Event {
	if m.down {
		return nil
	}
	m.down, m.x, m.y = true, x, y
	return []Event{m.event(Down, at)}
}

// Motion is the mouse at a place, pressed or not.
func (m *Mouse) Motion(x, y float32, at time.Duration) []Event {
	m.x, m.y = x, y
	if m.down {
		return []Event{m.event(Move, at)}
	}
	return []Event{m.event(Hover, at)}
}

// Release is the primary button going up; one that was not down is ignored.
func (m *Mouse) Release(x, y float32, at time.Duration) []Event {
	if !m.down {
		return nil
	}
	m.down, m.x, m.y = false, x, y
	return []Event{m.event(Up, at)}
}

// ReleaseHere is Release where the mouse was seen last, for toolkits that end a drag without telling where.
func (m *Mouse) ReleaseHere(at time.Duration) []Event { return m.Release(m.x, m.y, at) }

func (m *Mouse) event(p Phase, at time.Duration) Event {
	return Event{ID: mouseID, Kind: KindMouse, Phase: p, X: m.x, Y: m.y, Pressure: Unknown, At: at}
}
