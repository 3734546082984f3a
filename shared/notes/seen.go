package notes

import (
	"time"

	"phonghop/shared/meeting"
)

// SeeEvery is how long after a look another one means nothing.
const SeeEvery = 10 * time.Second

// MeetingSeen says that the person has seen what the meeting is like by then.
type MeetingSeen struct{}

// Kind implements ink.Body.
func (MeetingSeen) Kind() string { return "meeting.seen" }

// Seen is when the person looked at the meeting last; zero: never.
func (s State) Seen() time.Time { return s.seen }

// see decides a look. It is an event of the whole meeting: no document is named.
func (s State) see(at time.Time) *Event {
	if !s.seen.IsZero() && at.Sub(s.seen) < SeeEvery {
		return nil
	}
	return &Event{Sheet: meeting.Sheet{}, At: at, Body: MeetingSeen{}}
}
