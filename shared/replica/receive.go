package replica

import (
	"encoding/json"
	"slices"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Receive takes a message of the server. With an error, which wraps
// ErrProtocol or ErrOtherRoom, it had no effect and the connection is of no
// use any more. Messages of types it does not know are passed over.
func (r *Replica) Receive(local time.Time, m protocol.Message) (Effects, error) {
	var e Effects
	var err error
	switch m.Type {
	case protocol.TypeWelcome:
		err = r.welcomed(local, m, &e)
	case protocol.TypeStream:
		err = r.standing(m, &e)
	case protocol.TypeEvent:
		err = r.event(m, &e)
	case protocol.TypeDone:
		r.done(m, &e)
	case protocol.TypeRefused:
		r.refused(m, &e)
	case protocol.TypeDropped:
		r.dropped(m, &e)
	case protocol.TypePresence:
		r.presence(m, &e)
	}
	if err != nil {
		return Effects{}, err
	}
	r.settle(&e)
	return e, nil
}

func (r *Replica) welcomed(local time.Time, m protocol.Message, e *Effects) error {
	if r.phase != greeting {
		return notUnderstood("welcome without hello")
	}
	if m.Person != string(r.opt.Person) || r.room != "" && m.Room != r.room {
		return ErrOtherRoom
	}
	r.room, r.phase = m.Room, ready
	if !m.Now.IsZero() {
		// The server read its clock about half way between hello and welcome.
		r.offset = m.Now.Sub(r.helloAt.Add(local.Sub(r.helloAt) / 2))
		r.offsetKnown = true
	}
	for _, p := range r.pending {
		if !p.acked {
			e.Send = append(e.Send, p.message())
		}
	}
	return nil
}

// standing takes the answer to hello or subscribe for one stream.
func (r *Replica) standing(m protocol.Message, e *Effects) error {
	name, ok := protocol.ParseStream(m.Stream)
	if !ok {
		return nil
	}
	l, f := r.find(name)
	if l == nil || l.asked == 0 {
		return nil
	}
	if l.asked > 1 || l.unwanted {
		l.asked--
		if l.asked == 0 && name.Document != "" {
			if at := sheetOf(name); !f.layers[at].open {
				delete(f.layers, at)
			}
		} else if l.asked == 0 && name.Item != "" && !l.held {
			delete(f.items, meeting.ItemID(name.Item))
		}
		l.unwanted = l.unwanted && l.asked > 0
		return nil
	}
	if m.Code != "" {
		l.asked = 0
		r.lose(l, f, m, e)
		return nil
	}
	took, err := r.take(name, l, f, m, e)
	if err != nil {
		return err
	}
	l.asked = 0
	if !took {
		if l.fresh {
			return notUnderstood("%s does not begin", m.Stream)
		}
		l.fresh = true
		e.subscribe(ask(l, m.Stream))
		return nil
	}
	l.held, l.live, l.fresh, l.epoch, l.seq = true, true, false, m.Epoch, m.Seq
	r.moved(name, f, e)
	return nil
}

// take folds a stream message. It reports false when the message does not go
// on from what is held.
func (r *Replica) take(name protocol.StreamName, l *link, f *followed, m protocol.Message, e *Effects) (bool, error) {
	if len(m.Snapshot) > 0 {
		e.Replaced = append(e.Replaced, m.Stream)
		return true, r.restore(name, f, m.Snapshot)
	}
	if !l.held || l.fresh || l.epoch != m.Epoch {
		return false, nil
	}
	events := slices.Clone(m.Events)
	for len(events) > 0 && events[0].Seq <= l.seq {
		events = events[1:]
	}
	if l.seq+uint64(len(events)) != m.Seq {
		return false, nil
	}
	for i, ev := range events {
		if ev.Seq != l.seq+1+uint64(i) {
			return false, nil
		}
	}
	return true, r.fold(name, f, events)
}

// restore replaces the state of one stream by a snapshot.
func (r *Replica) restore(name protocol.StreamName, f *followed, snapshot []byte) error {
	var err error
	switch {
	case f == nil:
		var s roster.State
		if s, err = roster.Restore(snapshot); err == nil {
			r.roster = s
		}
	case name.Private:
		var s notes.State
		if s, err = notes.Restore(snapshot); err == nil {
			f.notes.confirmed = s
		}
	case name.Document != "":
		f.confirmed, err = f.confirmed.RestoreLayer(sheetOf(name), snapshot)
	case name.Item == "":
		f.confirmed, err = f.confirmed.RestoreMeeting(snapshot)
	default:
		f.confirmed, err = f.confirmed.RestoreItem(meeting.ItemID(name.Item), snapshot)
	}
	if err != nil {
		return notUnderstood("snapshot of %s: %v", name, err)
	}
	return nil
}

// fold applies events to one stream: all of them, or none.
func (r *Replica) fold(name protocol.StreamName, f *followed, events []protocol.Event) error {
	if f == nil {
		s := r.roster
		for _, ev := range events {
			body, err := roster.DecodeEvent(ev.Body)
			if err != nil {
				return notUnderstood("%s %d: %v", name, ev.Seq, err)
			}
			s = roster.Apply(s, body)
		}
		r.roster = s
		return nil
	}
	if name.Private {
		return r.foldNotes(f, events)
	}
	s := f.confirmed
	for _, ev := range events {
		body, err := meeting.DecodeBody(ev.Body)
		if err != nil {
			return notUnderstood("%s %d: %v", name, ev.Seq, err)
		}
		s = meeting.Apply(s, meeting.Event{
			Item: meeting.ItemID(name.Item), Document: meeting.DocumentID(name.Document), By: meeting.PersonID(ev.By), For: meeting.PersonID(ev.For), At: ev.At, Body: body,
		})
	}
	f.confirmed = s
	for _, ev := range events {
		r.landed(ev)
	}
	return nil
}

// event takes one event. Those of streams that are not followed, or known
// already, are passed over; after a gap the stream is asked for again.
func (r *Replica) event(m protocol.Message, e *Effects) error {
	name, ok := protocol.ParseStream(m.Stream)
	if !ok {
		return nil
	}
	l, f := r.find(name)
	if l == nil || !l.live || m.Seq <= l.seq {
		return nil
	}
	if m.Seq > l.seq+1 {
		e.subscribe(ask(l, m.Stream))
		return nil
	}
	one := []protocol.Event{{Seq: m.Seq, Command: m.Command, At: m.At, By: m.By, For: m.For, Body: m.Body}}
	if err := r.fold(name, f, one); err != nil {
		return err
	}
	l.seq = m.Seq
	r.moved(name, f, e)
	return nil
}

// moved follows up a change of the confirmed state.
func (r *Replica) moved(name protocol.StreamName, f *followed, e *Effects) {
	e.change(name.String())
	if f == nil {
		r.rebaseAll(e) // names and the right to create come from the roster
		return
	}
	if name.Item == "" && !name.Private {
		if slices.Contains(e.Replaced, name.String()) {
			for _, l := range f.items {
				l.code = "" // the reason may be gone
			}
			for _, l := range f.layers {
				l.code = ""
			}
		}
		r.reconcile(f, e)
	}
	r.rebase(f, e)
}

// dropped takes the word that a stream is no longer for this person. While an
// answer is under way, it speaks of the time before that.
func (r *Replica) dropped(m protocol.Message, e *Effects) {
	name, ok := protocol.ParseStream(m.Stream)
	if !ok {
		return
	}
	l, f := r.find(name)
	if l == nil || !l.live {
		return
	}
	l.live = false
	r.lose(l, f, m, e)
}

// lose notes that a stream is not to be had, and forgets what is not for this
// person. The word "unavailable" and the like take nothing away.
func (r *Replica) lose(l *link, f *followed, m protocol.Message, e *Effects) {
	name, _ := protocol.ParseStream(m.Stream)
	e.Lost = append(e.Lost, Lost{m.Stream, m.Code})
	l.code = m.Code
	if f == nil || m.Code != protocol.CodeNotFound && m.Code != protocol.CodeNotAllowed {
		return
	}
	switch {
	case name.Private:
		r.dropNotes(f, e)
	case name.Document != "":
		r.dropLayer(f, sheetOf(name), e)
	case name.Item == "":
		r.drop(f, e)
	default:
		r.dropItem(f, meeting.ItemID(name.Item), e)
	}
	r.rebase(f, e)
}

func (r *Replica) presence(m protocol.Message, e *Effects) {
	name, ok := protocol.ParseStream(m.Stream)
	if !ok {
		return
	}
	if l, _ := r.find(name); l == nil || !l.live {
		return
	}
	var p protocol.Presence
	if json.Unmarshal(m.Body, &p) != nil {
		return // it may be lost, and so may what cannot be read
	}
	e.Presence = append(e.Presence, Presence{m.Stream, p})
	if p.Kind == protocol.PresenceMeetings {
		for _, f := range r.opened() {
			if f.status() == Denied {
				e.subscribe(ask(&f.link, protocol.MeetingStream(f.id)))
			}
		}
	}
}
