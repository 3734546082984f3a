package replica_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// server is a room in one piece: it decides, keeps, and tells, by the rules
// of the real one, with nothing that waits by itself.
type server struct {
	rnd   *rand.Rand
	epoch string
	now   time.Time

	// What survives a restart.
	log      map[string][]protocol.Event
	order    []written // the log's events, in their order across the streams
	receipts map[string]receipt
	applied  map[string]int // how often a command had events

	// What the checks need to know.
	empty  map[string]bool   // commands that were carried out and meant nothing
	undone map[string]bool   // commands that a restored backup does not have
	folded map[string]string // a stream's state, by epoch, stream and number

	// What does not.
	roster   roster.State
	meetings map[string]meeting.State
	refused  map[string]*meeting.Refusal
	conns    []*conn

	// seen counts the events of votes by kind; nil where nobody asks.
	seen map[string]int

	// everAllowed has the items that a person could ever see.
	everAllowed map[string]bool
}

// conn is one connection. Each direction keeps its order; both ends may find
// out at different times that it is lost.
type conn struct {
	device   *device
	in       []protocol.Message // to the server
	out      []protocol.Message // to the client
	greeted  bool
	readings map[string]bool
}

// written is one event's place in the log.
type written struct{ stream, command string }

type receipt struct {
	command   string
	positions []protocol.Position
}

const resumeAtMost = 6 // events; small, so that snapshots are common

func newServer(rnd *rand.Rand) *server {
	s := &server{
		rnd: rnd, epoch: "e1", now: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC),
		log: map[string][]protocol.Event{}, receipts: map[string]receipt{}, applied: map[string]int{},
		empty: map[string]bool{}, undone: map[string]bool{}, folded: map[string]string{},
		meetings: map[string]meeting.State{}, refused: map[string]*meeting.Refusal{}, everAllowed: map[string]bool{},
	}
	return s
}

// restart loses all connections and folds the log again.
func (s *server) restart() {
	for _, c := range s.conns {
		c.device.lose(c)
	}
	s.conns = nil
	s.roster, s.meetings, s.refused = roster.State{}, map[string]meeting.State{}, map[string]*meeting.Refusal{}
	at := map[string]int{}
	for _, w := range s.order {
		s.fold(w.stream, s.log[w.stream][at[w.stream]])
		at[w.stream]++
	}
}

// restoreBackup starts the server again from an older copy of its log. What
// came after is gone, and the epoch says so.
func (s *server) restoreBackup() {
	cut := len(people) + s.rnd.IntN(len(s.order)-len(people)+1) // the room had its people
	for cut > 0 && cut < len(s.order) && s.order[cut].command == s.order[cut-1].command {
		cut++ // a command's events are kept together, or not at all
	}
	for i := len(s.order) - 1; i >= cut; i-- {
		stream := s.order[i].stream
		s.log[stream] = s.log[stream][:len(s.log[stream])-1]
	}
	s.order = s.order[:cut]
	for key, r := range s.receipts {
		for _, at := range r.positions {
			if at.Seq > uint64(len(s.log[at.Stream])) {
				delete(s.receipts, key)
				s.undone[r.command] = true
				s.applied[r.command]--
				break
			}
		}
	}
	s.epoch += "x"
	s.restart()
}

// sealed begins the names of streams that only the server reads.
const sealed = "sealed:"

func (s *server) fold(stream string, e protocol.Event) {
	if hidden, ok := strings.CutPrefix(stream, sealed); ok {
		name, _ := protocol.ParseStream(hidden)
		event := decoded(name, e)
		event.Sealed = true
		s.meetings[name.Meeting] = meeting.Apply(s.meetings[name.Meeting], event)
		return
	}
	name, _ := protocol.ParseStream(stream)
	if name.Meeting == "" {
		body, err := roster.DecodeEvent(e.Body)
		if err != nil {
			panic(err)
		}
		s.roster = roster.Apply(s.roster, body)
	} else {
		s.meetings[name.Meeting] = meeting.Apply(s.meetings[name.Meeting], decoded(name, e))
	}
	s.folded[point(s.epoch, stream, e.Seq)] = string(s.snapshot(name))
}

func point(epoch, stream string, seq uint64) string {
	return fmt.Sprintf("%s %s %d", epoch, stream, seq)
}

func decoded(name protocol.StreamName, e protocol.Event) meeting.Event {
	body, err := meeting.DecodeBody(e.Body)
	if err != nil {
		panic(err)
	}
	return meeting.Event{Item: meeting.ItemID(name.Item), By: meeting.PersonID(e.By), For: meeting.PersonID(e.For), At: e.At, Body: body}
}

// setPerson changes the roster.
func (s *server) setPerson(p roster.Person) {
	events, err := roster.Decide(s.roster, roster.Actor{Owner: true}, roster.SetPerson{Person: p})
	if err != nil {
		return
	}
	for _, e := range events {
		body, err := roster.EncodeEvent(e)
		if err != nil {
			panic(err)
		}
		stored := s.keep(protocol.RoomStream, protocol.Event{At: s.now, Body: body})
		s.fold(protocol.RoomStream, stored)
		s.tell(protocol.RoomStream, stored)
	}
}

func (s *server) keep(stream string, e protocol.Event) protocol.Event {
	e.Seq = uint64(len(s.log[stream])) + 1
	s.log[stream] = append(s.log[stream], e)
	s.order = append(s.order, written{stream, e.Command})
	return e
}

func (s *server) tell(stream string, e protocol.Event) {
	for _, c := range s.conns {
		if c.readings[stream] {
			c.out = append(c.out, protocol.Message{Type: protocol.TypeEvent, Stream: stream, Seq: e.Seq,
				Command: e.Command, At: e.At, By: e.By, For: e.For, Body: e.Body})
		}
	}
}

// spoken is what a batch has decided and not yet told.
type spoken struct {
	streams []string
	events  []protocol.Event
	answers []func()
}

// drain handles up to n waiting messages as one batch.
func (s *server) drain(n int) {
	var b spoken
	for range n {
		waiting := slices.DeleteFunc(slices.Clone(s.conns), func(c *conn) bool { return len(c.in) == 0 })
		if len(waiting) == 0 {
			break
		}
		c := waiting[s.rnd.IntN(len(waiting))]
		m := c.in[0]
		c.in = c.in[1:]
		s.handle(c, m, &b)
	}
	s.speak(&b)
}

func (s *server) handle(c *conn, m protocol.Message, b *spoken) {
	switch m.Type {
	case protocol.TypeHello:
		c.greeted = true
		c.out = append(c.out, protocol.Message{Type: protocol.TypeWelcome, Now: s.now, Person: string(c.device.person), Room: "room-1"})
		s.speak(b)
		for _, at := range m.Streams {
			s.subscribe(c, at)
		}
	case protocol.TypeSubscribe:
		s.speak(b)
		for _, at := range m.Streams {
			s.subscribe(c, at)
		}
	case protocol.TypeUnsubscribe:
		s.speak(b)
		for _, at := range m.Streams {
			delete(c.readings, at.Stream)
		}
	case protocol.TypeCommand:
		s.command(c, m, b)
	}
}

// older reports whether an older connection of the same client still speaks.
func (s *server) older(c *conn) bool {
	return slices.ContainsFunc(s.conns, func(x *conn) bool { return x != c && x.device == c.device })
}

func (s *server) mayRead(who meeting.PersonID, name protocol.StreamName) bool {
	st := s.meetings[name.Meeting]
	if name.Item == "" {
		return name.Meeting == "" || st.MaySeeMeeting(who)
	}
	return st.MaySee(who, meeting.ItemID(name.Item))
}

func (s *server) subscribe(c *conn, at protocol.Position) {
	name, _ := protocol.ParseStream(at.Stream)
	if !s.mayRead(c.device.person, name) {
		c.out = append(c.out, protocol.Message{Type: protocol.TypeStream, Stream: at.Stream, Code: protocol.CodeNotFound})
		return
	}
	if c.readings == nil {
		c.readings = map[string]bool{}
	}
	c.readings[at.Stream] = true
	events := s.log[at.Stream]
	m := protocol.Message{Type: protocol.TypeStream, Stream: at.Stream, Epoch: s.epoch, Seq: uint64(len(events))}
	behind := len(events) - int(at.Seq)
	if at.Epoch == s.epoch && at.Seq > 0 && behind >= 0 && behind <= resumeAtMost {
		m.Events = slices.Clone(events[at.Seq:])
	} else {
		m.Snapshot = s.snapshot(name)
	}
	c.out = append(c.out, m)
}

func (s *server) snapshot(name protocol.StreamName) []byte {
	var data []byte
	var err error
	switch {
	case name.Meeting == "":
		data, err = s.roster.Snapshot()
	case name.Item == "":
		data, err = s.meetings[name.Meeting].Snapshot()
	default:
		data, err = s.meetings[name.Meeting].ItemSnapshot(meeting.ItemID(name.Item))
	}
	if err != nil {
		panic(err)
	}
	return data
}

func (s *server) command(c *conn, m protocol.Message, b *spoken) {
	name, _ := protocol.ParseStream(m.Stream)
	key := c.device.name + "/" + m.Command
	answer := func(a protocol.Message) {
		a.Command = m.Command
		b.answers = append(b.answers, func() { c.out = append(c.out, a) })
	}
	if r, ok := s.receipts[key]; ok {
		answer(protocol.Message{Type: protocol.TypeDone, Positions: s.withEpoch(r.positions)})
		return
	}
	if s.rnd.IntN(50) == 0 && s.refused[key] == nil && !s.older(c) {
		answer(protocol.Message{Type: protocol.TypeRefused, Code: protocol.CodeUnavailable})
		return
	}
	cmd, err := meeting.DecodeCommand(m.Body)
	var events []meeting.Event
	if r := s.refused[key]; r != nil {
		err = r
	}
	if err == nil {
		actor := meeting.Actor{Person: c.device.person, Desk: s.roster.People[c.device.person].Desk}
		events, err = meeting.Decide(s.meetings[name.Meeting], actor, s.withNames(cmd, c.device.person), s.now)
	}
	if err != nil {
		var refusal *meeting.Refusal
		if !errors.As(err, &refusal) {
			panic(err)
		}
		s.refused[key] = refusal // what comes late over an older connection stays refused
		answer(protocol.Message{Type: protocol.TypeRefused, Code: string(refusal.Code), What: refusal.What})
		return
	}
	positions := s.carryOut(name.Meeting, m.Command, events, b)
	if len(events) > 0 {
		s.receipts[key] = receipt{m.Command, positions}
		s.applied[m.Command]++
	} else {
		s.empty[m.Command] = true
	}
	answer(protocol.Message{Type: protocol.TypeDone, Positions: s.withEpoch(positions)})
}

func (s *server) carryOut(id, command string, events []meeting.Event, b *spoken) []protocol.Position {
	last := map[string]uint64{}
	for _, e := range events {
		body, err := meeting.EncodeBody(e.Body)
		if err != nil {
			panic(err)
		}
		stream := protocol.MeetingStream(id)
		if e.Item != "" {
			stream = protocol.ItemStream(id, string(e.Item))
		}
		if s.seen != nil {
			s.seen[e.Body.Kind()]++
		}
		if e.Sealed {
			stream = sealed + stream
			s.fold(stream, s.keep(stream, protocol.Event{Command: command, At: e.At, By: string(e.By), For: string(e.For), Body: body}))
			continue
		}
		stored := s.keep(stream, protocol.Event{Command: command, At: e.At, By: string(e.By), For: string(e.For), Body: body})
		s.fold(stream, stored)
		b.streams, b.events = append(b.streams, stream), append(b.events, stored)
		last[stream] = stored.Seq
	}
	var positions []protocol.Position
	for stream, seq := range last {
		positions = append(positions, protocol.Position{Stream: stream, Seq: seq})
	}
	s.noteAllowed(id)
	return positions
}

func (s *server) noteAllowed(id string) {
	st := s.meetings[id]
	for item := range st.Items {
		for who := range st.People {
			if st.MaySee(who, item) {
				s.everAllowed[allowed(who, id, item)] = true
			}
		}
	}
}

func allowed(who meeting.PersonID, id string, item meeting.ItemID) string {
	return fmt.Sprintf("%s %s %s", who, id, item)
}

func (s *server) withEpoch(all []protocol.Position) []protocol.Position {
	out := slices.Clone(all)
	for i := range out {
		out[i].Epoch = s.epoch
	}
	return out
}

func (s *server) withNames(c meeting.Command, who meeting.PersonID) meeting.Command {
	fill := func(p meeting.Participant, from roster.Person) meeting.Participant {
		p.Person, p.Name, p.Position, p.Unit, p.Order = from.ID, from.Name, from.Position, from.Unit, from.Order
		return p
	}
	switch c := c.(type) {
	case meeting.Create:
		c.Creator = fill(c.Creator, s.roster.People[who])
		return c
	case meeting.SetParticipant:
		c.Participant = fill(c.Participant, s.roster.People[c.Participant.Person])
		return c
	}
	return c
}

// speak tells what a batch decided: who is out first, then the events, then
// the answers.
func (s *server) speak(b *spoken) {
	done := *b
	*b = spoken{}
	if len(done.events) > 0 {
		s.dropExcluded()
	}
	listed := false
	for i, e := range done.events {
		s.tell(done.streams[i], e)
		name, _ := protocol.ParseStream(done.streams[i])
		switch decoded(name, e).Body.(type) {
		case meeting.Created, meeting.ParticipantSet, meeting.ParticipantRemoved, meeting.MeetingPublished:
			listed = true
		}
	}
	for _, answer := range done.answers {
		answer()
	}
	if !listed {
		return
	}
	for _, c := range s.conns {
		if c.readings[protocol.RoomStream] {
			c.out = append(c.out, protocol.Message{Type: protocol.TypePresence, Stream: protocol.RoomStream,
				Body: []byte(`{"kind":"meetings"}`)})
		}
	}
}

func (s *server) dropExcluded() {
	for _, c := range s.conns {
		for stream := range c.readings {
			name, _ := protocol.ParseStream(stream)
			if !s.mayRead(c.device.person, name) {
				delete(c.readings, stream)
				c.out = append(c.out, protocol.Message{Type: protocol.TypeDropped, Stream: stream, Code: protocol.CodeNotFound})
			}
		}
	}
}
