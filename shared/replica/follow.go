package replica

import (
	"maps"
	"slices"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Connected starts a connection: the first message is the hello, which says
// how far each stream is held; with very many streams, subscribes follow it.
// For each meeting the running item comes first, so that a device that comes
// late shows the presented page before anything else.
func (r *Replica) Connected(local time.Time) []protocol.Message {
	r.cut()
	r.phase, r.helloAt = greeting, local
	var asks []protocol.Position
	for _, f := range r.opened() {
		asks = append(asks, ask(&f.link, protocol.MeetingStream(f.id)))
		for _, id := range r.wanted(f) {
			if r.following() >= protocol.MaxStreams-1 {
				break
			}
			asks = append(asks, ask(f.item(id), protocol.ItemStream(f.id, string(id))))
		}
		for _, sheet := range sortedSheets(f.layers) {
			l := f.layers[sheet]
			if l.open && f.confirmed.MaySee(r.opt.Person, sheet.Item) && r.following() < protocol.MaxStreams-1 {
				asks = append(asks, ask(&l.link, inkStream(f.id, sheet)))
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(r.meetings)) {
		f := r.meetings[id]
		if f.notes.open && r.following() < protocol.MaxStreams-1 {
			asks = append(asks, ask(&f.notes.link, protocol.PersonStream(f.id)))
		}
	}
	asks = append(asks, ask(&r.people, protocol.RoomStream))
	out := inMessages(protocol.TypeHello, asks)
	out[0].Version, out[0].Client, out[0].Program = protocol.Version, r.opt.Client, r.opt.Program
	return out
}

// Disconnected ends the connection. What is held stays, and goes on from
// there with the next one.
func (r *Replica) Disconnected() { r.cut() }

func (r *Replica) cut() {
	r.phase = offline
	r.people.cut()
	for _, f := range r.meetings {
		f.cut()
		f.notes.cut()
		for sheet, l := range f.layers {
			l.cut()
			if !l.open {
				delete(f.layers, sheet)
			}
		}
		for id, l := range f.items {
			l.cut()
			if !l.held {
				delete(f.items, id)
			}
		}
	}
}

// Open follows a meeting and those of its items that this person may see.
// Opening again asks again for what was not to be had.
func (r *Replica) Open(id string) Effects {
	var e Effects
	f := r.meeting(id)
	f.open = true
	if r.phase != offline && !f.live && !f.waiting() {
		e.subscribe(ask(&f.link, protocol.MeetingStream(id)))
	}
	r.reconcile(f, &e)
	return e
}

// Close stops following a meeting. What is held of it stays, for the next
// time; Forget drops that too.
func (r *Replica) Close(id string) Effects {
	var e Effects
	f, ok := r.meetings[id]
	if !ok || !f.open {
		return e
	}
	f.open = false
	e.unsubscribe(release(&f.link, protocol.MeetingStream(id))...)
	for _, sheet := range sortedSheets(f.layers) {
		l := f.layers[sheet]
		l.open = false
		e.unsubscribe(release(&l.link, inkStream(id, sheet))...)
		r.dropLayer(f, sheet, &e)
	}
	for _, item := range sortedItems(f.items) {
		l := f.items[item]
		e.unsubscribe(release(l, protocol.ItemStream(id, string(item)))...)
		if !l.held && l.asked == 0 {
			delete(f.items, item)
		}
	}
	return e
}

// Forget closes a meeting and drops all that is held of it, but for commands
// that wait for an answer.
func (r *Replica) Forget(id string) Effects {
	e := r.Close(id)
	if f, ok := r.meetings[id]; ok {
		closed := r.CloseNotes(id)
		e.Send = append(e.Send, closed.Send...)
		r.dropNotes(f, &e)
		r.drop(f, &e)
		r.rebase(f, &e)
	}
	return e
}

// opened lists the open meetings by id.
func (r *Replica) opened() []*followed {
	var out []*followed
	for _, f := range r.meetings {
		if f.open {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *followed) int {
		if a.id < b.id {
			return -1
		}
		return 1
	})
	return out
}

// wanted lists the items to follow, the running one first.
func (r *Replica) wanted(f *followed) []meeting.ItemID {
	s := f.confirmed
	var out []meeting.ItemID
	if s.Current != "" && s.MaySee(r.opt.Person, s.Current) {
		out = append(out, s.Current)
	}
	for _, id := range s.Agenda {
		if id != s.Current && s.MaySee(r.opt.Person, id) {
			out = append(out, id)
		}
	}
	return out
}

// following counts the streams of this connection.
func (r *Replica) following() int {
	n := 1 // the room's
	for _, f := range r.meetings {
		for _, l := range f.items {
			if l.live || l.asked > 0 {
				n++
			}
		}
		if f.live || f.asked > 0 {
			n++
		}
		if f.notes.live || f.notes.asked > 0 {
			n++
		}
		for _, l := range f.layers {
			if l.live || l.asked > 0 {
				n++
			}
		}
	}
	return n
}

// reconcile follows exactly the items that this person may see now, and
// forgets the others.
func (r *Replica) reconcile(f *followed, e *Effects) {
	for _, id := range sortedItems(f.items) {
		if f.confirmed.MaySee(r.opt.Person, id) {
			continue
		}
		l := f.items[id]
		stream := protocol.ItemStream(f.id, string(id))
		e.unsubscribe(release(l, stream)...)
		r.dropItem(f, id, e)
		if l.asked == 0 {
			delete(f.items, id)
		}
	}
	for _, sheet := range sortedSheets(f.layers) {
		if l := f.layers[sheet]; !f.confirmed.MaySee(r.opt.Person, sheet.Item) {
			e.unsubscribe(release(&l.link, inkStream(f.id, sheet))...)
			r.dropLayer(f, sheet, e)
		}
	}
	if !f.open || !f.live {
		return
	}
	var asks []protocol.Position
	n := r.following()
	for _, id := range r.wanted(f) {
		l := f.item(id)
		if l.live || l.waiting() || l.code != "" || n >= protocol.MaxStreams {
			continue
		}
		n++
		asks = append(asks, ask(l, protocol.ItemStream(f.id, string(id))))
	}
	e.subscribe(asks...)
	for _, sheet := range sortedSheets(f.layers) {
		r.askLayer(f, sheet, f.layers[sheet], e)
	}
}

// drop forgets what is held of a meeting.
func (r *Replica) drop(f *followed, e *Effects) {
	if f.held {
		e.change(protocol.MeetingStream(f.id))
	}
	f.held, f.epoch, f.seq = false, "", 0
	f.confirmed = meeting.State{Contents: f.confirmed.Contents, Layers: f.confirmed.Layers}
	r.reconcile(f, e)
}

// dropItem forgets what is held of an item.
func (r *Replica) dropItem(f *followed, id meeting.ItemID, e *Effects) {
	l := f.items[id]
	if l.held {
		e.change(protocol.ItemStream(f.id, string(id)))
	}
	l.held, l.epoch, l.seq = false, "", 0
	f.confirmed = f.confirmed.Forget(id)
}

// ask notes that a stream is asked for, from where it is held.
func ask(l *link, stream string) protocol.Position {
	l.asked++
	l.live, l.unwanted, l.code = false, false, ""
	p := protocol.Position{Stream: stream}
	if l.held && !l.fresh {
		p.Epoch, p.Seq = l.epoch, l.seq
	}
	return p
}

// release stops following a stream.
func release(l *link, stream string) []protocol.Position {
	l.code = ""
	if !l.live && !l.waiting() {
		return nil
	}
	l.live = false
	l.unwanted = l.asked > 0
	return []protocol.Position{{Stream: stream}}
}

func (e *Effects) subscribe(asks ...protocol.Position) {
	if len(asks) > 0 {
		e.Send = append(e.Send, inMessages(protocol.TypeSubscribe, asks)...)
	}
}

func (e *Effects) unsubscribe(streams ...protocol.Position) {
	if len(streams) > 0 {
		e.Send = append(e.Send, protocol.Message{Type: protocol.TypeUnsubscribe, Streams: streams})
	}
}

// inMessages spreads positions over messages: the first of the given type,
// the others subscribes.
func inMessages(first string, all []protocol.Position) []protocol.Message {
	var out []protocol.Message
	for part := range slices.Chunk(all, streamsPerMessage) {
		out = append(out, protocol.Message{Type: protocol.TypeSubscribe, Streams: part})
	}
	out[0].Type = first
	return out
}

func sortedItems(m map[meeting.ItemID]*link) []meeting.ItemID {
	out := make([]meeting.ItemID, 0, len(m))
	for id := range m {
		out = append(out, id)
	}
	slices.Sort(out)
	return out
}
