// Package replica is the client's engine: what the server has confirmed, what
// this person has wished and the server has not yet answered, and what both
// together look like.
//
// It has no I/O, no clock and no randomness. Whoever owns it tells it what
// came in and what time it is, and sends what it says. It is not safe for
// concurrent use; the states it gives out are values and may be kept.
//
// A connection goes like this: Connected, then Receive for each message, then
// Disconnected. Commands may be submitted at any time, also without a
// connection; they are sent again, in their order and under their ids, until
// the server has answered each.
package replica

import (
	"errors"
	"fmt"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Bounds of a replica.
const (
	// MaxPending is how many commands wait for an answer at most.
	MaxPending = 1000
	// MaxCommand is the size of the longest command's body, in bytes.
	MaxCommand = protocol.MaxClientMessage - 1024
	// streamsPerMessage keeps hello and subscribe below the bound of a
	// client's message, with the longest names there are.
	streamsPerMessage = 150
)

// Errors of a replica.
var (
	// ErrProtocol says that the server sent what the protocol does not have.
	// The message had no effect; the connection should be closed.
	ErrProtocol = errors.New("replica: not understood")
	// ErrOtherRoom says that this is another room, or another person's
	// session, than what is kept here belongs to.
	ErrOtherRoom = errors.New("replica: of another room or person")
	// ErrFull says that MaxPending commands wait already.
	ErrFull = errors.New("replica: too many commands wait")
	// ErrCommand says that a command cannot be sent: no stream of a meeting,
	// an id that is none or is taken, too long.
	ErrCommand = errors.New("replica: command cannot be sent")
	// ErrFormat says that kept bytes are damaged or of another program
	// version. Nothing was taken over.
	ErrFormat = errors.New("replica: kept state cannot be read")
)

// Options are what a replica is made for.
type Options struct {
	// Person is who is signed in.
	Person meeting.PersonID
	// Client is the client program's random id, kept across its starts.
	Client string
	// Program names the client program and its version.
	Program string
}

// Effects are what the owner has to do after an input, in the order sent,
// changed, told.
type Effects struct {
	// Send is to be sent, in this order.
	Send []protocol.Message
	// Changed names the streams whose state may look different now.
	Changed []string
	// Replaced names those of them that were replaced by a snapshot, so that
	// nothing is known of the events in between.
	Replaced []string
	// Done lists the commands that the server has carried out and that are
	// part of the confirmed state now.
	Done []string
	// Refused lists the commands that were not carried out.
	Refused []Refused
	// Over says that the outbox is to be kept anew at once: an answered command
	// is in no state, so that a program that still had it would send it again.
	Over bool
	// Lost lists the streams that are not, or no longer, to be had.
	Lost []Lost
	// Presence is passed on as it came.
	Presence []Presence
}

// Refused is a command that left no trace.
type Refused struct {
	ID      string
	Stream  string
	Command meeting.Command // nil when an older program had submitted it
	Code    string
	What    string
}

// Lost is a stream that is not to be had. Its content is no longer held when
// the code says that it is not for this person.
type Lost struct{ Stream, Code string }

// Presence is what is true now on a stream.
type Presence struct {
	Stream string
	protocol.Presence
}

// Status is where a stream stands.
type Status int

// The states of a stream.
const (
	Absent  Status = iota // not followed; what is held may be old
	Waiting               // asked for
	Live                  // followed, up to date
	Denied                // not to be had
)

type phase int

const (
	offline phase = iota
	greeting
	ready
)

// Replica is one client's copy of a room.
type Replica struct {
	opt     Options
	room    string // the room's id, once known
	phase   phase
	helloAt time.Time

	offset      time.Duration
	offsetKnown bool

	people   link
	roster   roster.State
	meetings map[string]*followed
	pending  []*pending
	// settled are commands that are done and whose effect the confirmed state
	// has, until that state is kept.
	settled []*pending
}

// New makes an empty replica.
func New(opt Options) *Replica {
	return &Replica{opt: opt, meetings: map[string]*followed{}}
}

// link is where one stream stands.
type link struct {
	epoch string
	seq   uint64
	held  bool // there is a state as of epoch and seq
	live  bool // events go on from seq
	// asked counts the answers that are under way. Only the last one counts.
	asked int
	// unwanted says that the answers under way are of no interest any more.
	unwanted bool
	// fresh says that the stream was asked for from its beginning.
	fresh bool
	code  string // why it is not to be had
}

func (l *link) waiting() bool { return l.asked > 0 && !l.unwanted }

func (l *link) status() Status {
	switch {
	case l.live:
		return Live
	case l.waiting():
		return Waiting
	case l.code != "":
		return Denied
	}
	return Absent
}

// cut ends whatever the lost connection had to do with the stream.
func (l *link) cut() {
	l.live, l.asked, l.unwanted, l.fresh, l.code = false, 0, false, false, ""
}

// followed is a meeting and what is known of it.
type followed struct {
	link
	id        string
	open      bool
	items     map[meeting.ItemID]*link
	layers    map[meeting.Sheet]*layer
	notes     own
	confirmed meeting.State
	predicted meeting.State
	touched   []string // the streams that the prediction changes
}

func (r *Replica) meeting(id string) *followed {
	f, ok := r.meetings[id]
	if !ok {
		f = &followed{id: id, items: map[meeting.ItemID]*link{}, layers: map[meeting.Sheet]*layer{}}
		r.meetings[id] = f
	}
	return f
}

func (f *followed) item(id meeting.ItemID) *link {
	l, ok := f.items[id]
	if !ok {
		l = &link{}
		f.items[id] = l
	}
	return l
}

// find is the link of a stream, if there is one.
func (r *Replica) find(name protocol.StreamName) (*link, *followed) {
	if name.Meeting == "" {
		return &r.people, nil
	}
	f, ok := r.meetings[name.Meeting]
	if !ok {
		return nil, nil
	}
	switch {
	case name.Private:
		return &f.notes.link, f
	case name.Document != "":
		if l, ok := f.layers[sheetOf(name)]; ok {
			return &l.link, f
		}
		return nil, f
	case name.Item == "":
		return &f.link, f
	}
	return f.items[meeting.ItemID(name.Item)], f
}

// Roster is the room's people and name, as far as known.
func (r *Replica) Roster() roster.State { return r.roster }

// Room is the room's id; empty before the first welcome.
func (r *Replica) Room() string { return r.room }

// Meeting is a meeting as this person sees it: the confirmed state and the
// pending commands on top. ok is false while nothing is known of it.
func (r *Replica) Meeting(id string) (s meeting.State, ok bool) {
	f, known := r.meetings[id]
	if !known || !f.predicted.Exists() {
		return s, false
	}
	return f.predicted, true
}

// Confirmed is a meeting as the server last told it.
func (r *Replica) Confirmed(id string) (s meeting.State, ok bool) {
	f, known := r.meetings[id]
	if !known || !f.confirmed.Exists() {
		return s, false
	}
	return f.confirmed, true
}

// Status tells where a stream stands; code says why it is denied.
func (r *Replica) Status(stream string) (s Status, code string) {
	name, ok := protocol.ParseStream(stream)
	if !ok {
		return Absent, ""
	}
	l, _ := r.find(name)
	if l == nil {
		return Absent, ""
	}
	return l.status(), l.code
}

// Position is how far a stream is held; ok is false when nothing is.
func (r *Replica) Position(stream string) (p protocol.Position, ok bool) {
	name, valid := protocol.ParseStream(stream)
	if !valid {
		return p, false
	}
	l, _ := r.find(name)
	if l == nil || !l.held {
		return p, false
	}
	return protocol.Position{Stream: stream, Epoch: l.epoch, Seq: l.seq}, true
}

// Ready reports whether the server has welcomed this connection.
func (r *Replica) Ready() bool { return r.phase == ready }

// Offset is the server's clock minus this device's; ok is false before the
// first welcome.
func (r *Replica) Offset() (d time.Duration, ok bool) { return r.offset, r.offsetKnown }

// ServerTime is what the server's clock shows when the device's shows local.
func (r *Replica) ServerTime(local time.Time) time.Time { return local.Add(r.offset) }

// Try tells whether a command would be carried out as things look now: nil,
// or the *meeting.Refusal. Screens ask it which buttons are live.
func (r *Replica) Try(local time.Time, id string, c meeting.Command) error {
	var s meeting.State
	if f, ok := r.meetings[id]; ok {
		s = f.predicted
	}
	_, err := meeting.Decide(s, r.actor(), r.withNames(c), r.ServerTime(local))
	return err
}

// change notes that a stream may look different.
func (e *Effects) change(streams ...string) {
	for _, s := range streams {
		if !contains(e.Changed, s) {
			e.Changed = append(e.Changed, s)
		}
	}
}

func contains(all []string, x string) bool {
	for _, y := range all {
		if x == y {
			return true
		}
	}
	return false
}

func notUnderstood(format string, a ...any) error {
	return fmt.Errorf("%w: %s", ErrProtocol, fmt.Sprintf(format, a...))
}
