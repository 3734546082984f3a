package replica

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// pending is a command that the server has not answered yet, or answered but
// not yet shown.
type pending struct {
	id      string
	stream  string
	meeting string
	command meeting.Command // nil when this program does not know it
	body    json.RawMessage
	at      time.Time // the server's time when it was submitted, as guessed
	// landed says that events of it were confirmed: it is not predicted again.
	landed bool
	// acked says that it is carried out; it stays until the confirmed state
	// has come to the positions.
	acked     bool
	positions []protocol.Position
	// settled says that it was told to be done before: it is shown only until
	// the confirmed state has come as far as it was then.
	settled bool
}

// Pending is a command that waits.
type Pending struct {
	ID      string
	Stream  string
	Command meeting.Command // nil when an older program had submitted it
	At      time.Time
	// Acknowledged says that the server has carried it out; only the events
	// are still under way.
	Acknowledged bool
	// Settled says that it was done before this program started.
	Settled bool
}

// Pending lists the commands that wait, in order.
func (r *Replica) Pending() []Pending {
	out := make([]Pending, len(r.pending))
	for i, p := range r.pending {
		out[i] = Pending{p.id, p.stream, p.command, p.at, p.acked, p.settled}
	}
	return out
}

// PendingCount is how many commands wait.
func (r *Replica) PendingCount() int { return len(r.pending) }

// Submit takes a command on a stream of a meeting. Its effect shows at once,
// where Decide foresees one; it is sent now or with the next connection, and
// answered by exactly one entry in Effects.Done or Effects.Refused; a place
// that waits is done, too, when a later one takes its turn. The id
// must be random: unique among all commands of all clients.
func (r *Replica) Submit(local time.Time, id, stream string, c meeting.Command) (Effects, error) {
	var e Effects
	name, ok := protocol.ParseStream(stream)
	if !ok || name.Meeting == "" {
		return e, fmt.Errorf("%w: stream %q", ErrCommand, stream)
	}
	if !text.ValidID(id) || slices.ContainsFunc(r.pending, func(p *pending) bool { return p.id == id }) {
		return e, fmt.Errorf("%w: id %q", ErrCommand, id)
	}
	r.supersede(stream, c, &e)
	if len(r.pending) >= MaxPending {
		i := slices.IndexFunc(r.pending, func(p *pending) bool { return p.settled })
		if i < 0 {
			return e, ErrFull
		}
		r.pending = slices.Delete(r.pending, i, i+1)
	}
	body, err := meeting.EncodeCommand(c)
	if err != nil {
		return e, fmt.Errorf("%w: %w", ErrCommand, err)
	}
	if len(body) > MaxCommand {
		return e, fmt.Errorf("%w: %s of %d bytes", ErrCommand, c.Kind(), len(body))
	}
	p := &pending{id: id, stream: stream, meeting: name.Meeting, command: c, body: body, at: r.ServerTime(local)}
	r.pending = append(r.pending, p)
	f := r.meeting(name.Meeting)
	if len(e.Done) > 0 {
		r.rebase(f, &e)
	} else {
		r.predict(f, p)
		e.change(f.touched...)
	}
	if r.phase == ready {
		e.Send = append(e.Send, p.message())
	}
	return e, nil
}

// supersede drops the place of a document that waits unanswered where a later
// one is kept: of a day without the server one place of each document is sent.
// Should the server have it already, it counts there, before the later one.
func (r *Replica) supersede(stream string, c meeting.Command, e *Effects) {
	later, ok := c.(meeting.KeepPlace)
	if !ok {
		return
	}
	r.pending = slices.DeleteFunc(r.pending, func(p *pending) bool {
		earlier, ok := p.command.(meeting.KeepPlace)
		if !ok || p.stream != stream || p.acked || meeting.SheetOf(earlier) != meeting.SheetOf(later) {
			return false
		}
		e.Done = append(e.Done, p.id)
		return true
	})
}

func (p *pending) message() protocol.Message {
	return protocol.Message{Type: protocol.TypeCommand, Command: p.id, Stream: p.stream, Body: p.body}
}

// done takes the word that a command is durable. Its events came before, on
// the streams that were followed then.
func (r *Replica) done(m protocol.Message, e *Effects) {
	i := slices.IndexFunc(r.pending, func(p *pending) bool { return p.id == m.Command })
	if i < 0 {
		return
	}
	p := r.pending[i]
	p.acked, p.positions = true, m.Positions
	// A meeting that was not there, or not for this person, may be now.
	if f := r.meeting(p.meeting); f.open && f.status() == Denied {
		e.subscribe(ask(&f.link, protocol.MeetingStream(f.id)))
	}
}

func (r *Replica) refused(m protocol.Message, e *Effects) {
	i := slices.IndexFunc(r.pending, func(p *pending) bool { return p.id == m.Command })
	if i < 0 {
		return
	}
	p := r.pending[i]
	r.pending = slices.Delete(r.pending, i, i+1)
	e.Refused = append(e.Refused, Refused{p.id, p.stream, p.command, m.Code, m.What})
	e.Over = true
	r.rebase(r.meeting(p.meeting), e)
}

// landed notes that an event of one's own command was confirmed.
func (r *Replica) landed(ev protocol.Event) {
	if ev.Command == "" || ev.By != string(r.opt.Person) {
		return
	}
	for _, p := range r.pending {
		if p.id == ev.Command {
			p.landed = true
		}
	}
}

// settle removes the commands whose events are all confirmed.
func (r *Replica) settle(e *Effects) {
	var changed []*followed
	r.pending = slices.DeleteFunc(r.pending, func(p *pending) bool {
		if !p.acked || !r.reached(p.positions) {
			return false
		}
		if !p.settled {
			e.Done = append(e.Done, p.id)
		}
		p.settled = true
		changed = append(changed, r.meeting(p.meeting))
		if len(p.positions) == 0 {
			e.Over = true
		} else if len(r.settled) < MaxPending {
			r.settled = append(r.settled, p)
		}
		return true
	})
	for _, f := range changed {
		r.rebase(f, e)
	}
}

// Settled counts the commands that are done and still go out with the outbox:
// a device that kept this without the states of that time, and starts without
// the server, would show what was before them.
func (r *Replica) Settled() int { return len(r.settled) }

// ForgetSettled lets the first n of them go: the states that have what they
// did are kept.
func (r *Replica) ForgetSettled(n int) {
	r.settled = slices.Delete(r.settled, 0, min(max(n, 0), len(r.settled)))
}

// reached reports whether the followed streams have come to the positions.
func (r *Replica) reached(all []protocol.Position) bool {
	for _, at := range all {
		name, ok := protocol.ParseStream(at.Stream)
		if !ok {
			continue
		}
		l, _ := r.find(name)
		switch {
		case l == nil:
		case l.waiting():
			return false
		case l.live && l.seq < at.Seq && (at.Epoch == "" || at.Epoch == l.epoch):
			return false
		}
	}
	return true
}

func (r *Replica) rebaseAll(e *Effects) {
	for _, f := range r.meetings {
		r.rebase(f, e)
	}
}

// rebase predicts anew, from the confirmed state: what waits, in order. A
// command that makes no sense there any more is not shown; the server answers.
func (r *Replica) rebase(f *followed, e *Effects) {
	e.change(f.touched...)
	f.predicted, f.touched = f.confirmed, nil
	f.notes.predicted = f.notes.confirmed
	for _, p := range r.pending {
		if p.meeting == f.id && !p.landed {
			r.predict(f, p)
		}
	}
	e.change(f.touched...)
}

// predict shows one more command on top of the prediction.
func (r *Replica) predict(f *followed, p *pending) {
	if p.command == nil {
		return
	}
	if name, ok := protocol.ParseStream(p.stream); ok && name.Private {
		r.predictNotes(f, p)
		return
	}
	events, err := meeting.Decide(f.predicted, r.actor(), r.withNames(p.command), p.at)
	if err != nil {
		return
	}
	for _, ev := range events {
		stream := protocol.MeetingStream(f.id)
		if ev.Item != "" {
			stream = protocol.ItemStream(f.id, string(ev.Item))
			if ev.Document != "" {
				stream = protocol.InkStream(f.id, string(ev.Item), string(ev.Document))
			}
			_, known := f.predicted.Contents[ev.Item]
			_, old := f.confirmed.Items[ev.Item]
			if old && !known {
				continue // of an item's content only part would be there
			}
		}
		f.predicted = meeting.Apply(f.predicted, ev)
		if !slices.Contains(f.touched, stream) {
			f.touched = append(f.touched, stream)
		}
	}
}

func (r *Replica) actor() meeting.Actor {
	return meeting.Actor{Person: r.opt.Person, Desk: r.roster.People[r.opt.Person].Desk}
}

// withNames fills in what the server takes from the roster.
func (r *Replica) withNames(c meeting.Command) meeting.Command {
	switch c := c.(type) {
	case meeting.Create:
		if p, ok := r.roster.People[r.opt.Person]; ok {
			c.Creator = named(c.Creator, p)
		}
		return c
	case meeting.SetParticipant:
		if p, ok := r.roster.People[c.Participant.Person]; ok {
			c.Participant = named(c.Participant, p)
		}
		return c
	}
	return c
}

func named(p meeting.Participant, from roster.Person) meeting.Participant {
	p.Person, p.Name, p.Position, p.Unit, p.Order = from.ID, from.Name, from.Position, from.Unit, from.Order
	return p
}
