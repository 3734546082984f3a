package replica

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
)

// format is the version of the kept bytes. Commands that wait are read
// whatever the reducer is; states are not.
const format = 1

// rosterReducer is the version of roster.Apply, as meeting.Reducer is of
// meeting.Apply.
const rosterReducer = 2

type keptOutbox struct {
	Format  int              `json:"format"`
	Person  meeting.PersonID `json:"person"`
	Pending []keptPending    `json:"pending"`
}

type keptPending struct {
	ID        string              `json:"id"`
	Stream    string              `json:"stream"`
	At        time.Time           `json:"at"`
	Body      json.RawMessage     `json:"body"`
	Acked     bool                `json:"acked,omitempty"`
	Positions []protocol.Position `json:"positions,omitempty"`
	Settled   bool                `json:"settled,omitempty"`
}

type keptState struct {
	Format  int              `json:"format"`
	Reducer [2]int           `json:"reducer"` // of the roster, of meetings
	Notes   int              `json:"notes"`   // the reducer of notes: those of another are asked for anew
	Person  meeting.PersonID `json:"person"`
	Room    string           `json:"room"`
	Streams []keptStream     `json:"streams"`
}

type keptStream struct {
	protocol.Position
	Snapshot json.RawMessage `json:"snapshot"`
}

// ExportOutbox gives the commands that wait, after those that are settled, as
// bytes to keep.
func (r *Replica) ExportOutbox() ([]byte, error) {
	out := keptOutbox{Format: format, Person: r.opt.Person, Pending: make([]keptPending, 0, len(r.settled)+len(r.pending))}
	room := max(0, MaxPending-len(r.pending)) // what waits must not be crowded out
	for _, p := range slices.Concat(r.settled[max(0, len(r.settled)-room):], r.pending) {
		out.Pending = append(out.Pending, keptPending{p.id, p.stream, p.at, p.body, p.acked, p.positions, p.settled})
	}
	return json.Marshal(out)
}

// ImportOutbox takes over kept commands, before those that wait here already.
// Call it before the first connection. The error is ErrFormat, ErrOtherRoom, or
// ErrFull where they have no room beside those that wait here; nothing was
// taken over then.
func (r *Replica) ImportOutbox(data []byte) (Effects, error) {
	var e Effects
	var in keptOutbox
	if err := json.Unmarshal(data, &in); err != nil || in.Format != format {
		return e, fmt.Errorf("%w: commands", ErrFormat)
	}
	if in.Person != r.opt.Person {
		return e, ErrOtherRoom
	}
	taken := map[string]*pending{}
	for _, p := range r.pending {
		taken[p.id] = p
	}
	room := MaxPending - len(r.pending) // for those that are settled: what waits comes first
	for _, k := range in.Pending {
		if !k.Settled && taken[k.ID] == nil {
			room--
		}
	}
	if room < 0 && len(r.pending) > 0 {
		return e, ErrFull
	}
	var all []*pending
	for _, k := range in.Pending {
		p, err := k.read()
		if err != nil {
			return e, err
		}
		p.landed = p.acked && r.holds(p.positions)
		if other := taken[p.id]; other != nil {
			other.learn(p)
			continue
		}
		if p.settled && (room <= 0 || len(p.positions) == 0) || len(all)+len(r.pending) >= MaxPending {
			continue
		}
		if p.settled {
			room--
		}
		taken[p.id] = p
		all = append(all, p)
	}
	r.pending = append(all, r.pending...)
	for _, p := range r.pending {
		r.meeting(p.meeting)
	}
	r.rebaseAll(&e)
	return e, nil
}

func (k keptPending) read() (*pending, error) {
	name, ok := protocol.ParseStream(k.Stream)
	if !ok || name.Meeting == "" || len(k.Body) == 0 || len(k.Body) > MaxCommand {
		return nil, fmt.Errorf("%w: command %q", ErrFormat, k.ID)
	}
	p := &pending{id: k.ID, stream: k.Stream, meeting: name.Meeting, body: k.Body, at: k.At, acked: k.Acked, positions: k.Positions, settled: k.Acked && k.Settled}
	if c, err := meeting.DecodeCommand(k.Body); err == nil {
		p.command = c
	}
	return p, nil
}

// learn takes over the answer that another copy of the command knows.
func (p *pending) learn(other *pending) {
	if other.acked && !p.acked {
		p.acked, p.positions, p.settled = true, other.positions, other.settled
	}
}

// Unanswered reports whether an outbox has commands that no server has taken;
// of one that cannot be read, a program that can may know.
func Unanswered(outbox []byte) bool {
	var in keptOutbox
	if err := json.Unmarshal(outbox, &in); err != nil || in.Format != format {
		return true
	}
	return slices.ContainsFunc(in.Pending, func(k keptPending) bool { return !k.Acked })
}

// holds reports whether all that is held has come to the positions, so that
// what was done there is not to be shown once more over what came later.
func (r *Replica) holds(all []protocol.Position) bool {
	for _, at := range all {
		name, ok := protocol.ParseStream(at.Stream)
		if !ok {
			return false
		}
		l, _ := r.find(name)
		if l == nil || !l.held || l.seq < at.Seq || at.Epoch != "" && at.Epoch != l.epoch {
			return false
		}
	}
	return len(all) > 0
}

// ExportRoom gives the roster, as bytes to keep.
func (r *Replica) ExportRoom() ([]byte, error) {
	out := r.kept()
	if r.people.held {
		snapshot, err := r.roster.Snapshot()
		if err != nil {
			return nil, fmt.Errorf("keep the roster: %w", err)
		}
		out.add(protocol.RoomStream, &r.people, snapshot)
	}
	return json.Marshal(out)
}

// ExportMeeting gives what is confirmed of a meeting, its items and this
// person's notes, as bytes to keep. Shared layers are not kept: what one has
// written on them and is not confirmed waits among the commands.
func (r *Replica) ExportMeeting(id string) ([]byte, error) {
	out := r.kept()
	f, ok := r.meetings[id]
	if !ok || !f.held {
		return json.Marshal(out)
	}
	snapshot, err := f.confirmed.Snapshot()
	if err != nil {
		return nil, fmt.Errorf("keep meeting %s: %w", id, err)
	}
	out.add(protocol.MeetingStream(id), &f.link, snapshot)
	for _, item := range sortedItems(f.items) {
		if l := f.items[item]; l.held {
			snapshot, err := f.confirmed.ItemSnapshot(item)
			if err != nil {
				return nil, fmt.Errorf("keep item %s: %w", item, err)
			}
			out.add(protocol.ItemStream(id, string(item)), l, snapshot)
		}
	}
	if f.notes.held {
		snapshot, err := f.notes.confirmed.Snapshot()
		if err != nil {
			return nil, fmt.Errorf("keep the notes of %s: %w", id, err)
		}
		out.add(protocol.PersonStream(id), &f.notes.link, snapshot)
	}
	return json.Marshal(out)
}

func (r *Replica) kept() keptState {
	return keptState{
		Format: format, Reducer: [2]int{rosterReducer, meeting.Reducer}, Notes: notes.Reducer,
		Person: r.opt.Person, Room: r.room, Streams: []keptStream{},
	}
}

func (k *keptState) add(stream string, l *link, snapshot []byte) {
	k.Streams = append(k.Streams, keptStream{protocol.Position{Stream: stream, Epoch: l.epoch, Seq: l.seq}, snapshot})
}

// Import takes over what ExportRoom or ExportMeeting gave. Call it before the
// first connection. What is held already, and items that are not for this
// person, are passed over. The error is ErrFormat or ErrOtherRoom; then
// nothing was taken over.
func (r *Replica) Import(data []byte) (Effects, error) {
	var e Effects
	var in keptState
	if err := json.Unmarshal(data, &in); err != nil || in.Format != format || in.Reducer != r.kept().Reducer {
		return e, fmt.Errorf("%w: state", ErrFormat)
	}
	if in.Person != r.opt.Person || r.room != "" && in.Room != "" && in.Room != r.room {
		return e, ErrOtherRoom
	}
	trial := New(r.opt) // so that damaged bytes leave nothing behind
	for _, k := range in.Streams {
		if name, _ := protocol.ParseStream(k.Stream); name.Private && in.Notes != notes.Reducer {
			continue
		}
		if err := trial.importStream(k); err != nil {
			return e, err
		}
	}
	if in.Room != "" {
		r.room = in.Room
	}
	r.adopt(trial, &e)
	return e, nil
}

func (r *Replica) importStream(k keptStream) error {
	name, ok := protocol.ParseStream(k.Stream)
	if !ok || len(k.Snapshot) == 0 || name.Document != "" {
		return fmt.Errorf("%w: stream %q", ErrFormat, k.Stream)
	}
	var f *followed
	l := &r.people
	if name.Meeting != "" {
		f = r.meeting(name.Meeting)
		l = &f.link
		if name.Private {
			l = &f.notes.link
		} else if name.Item != "" {
			l = f.item(meeting.ItemID(name.Item))
		}
	}
	if err := r.restore(name, f, k.Snapshot); err != nil {
		return fmt.Errorf("%w: %w", ErrFormat, err)
	}
	l.held, l.epoch, l.seq = true, k.Epoch, k.Seq
	return nil
}

func (r *Replica) adopt(from *Replica, e *Effects) {
	if from.people.held && !r.people.held {
		r.people, r.roster = from.people, from.roster
		e.change(protocol.RoomStream)
	}
	for id, f := range from.meetings {
		mine := r.meeting(id)
		if f.notes.held && !mine.notes.held {
			mine.notes.held, mine.notes.epoch, mine.notes.seq = true, f.notes.epoch, f.notes.seq
			mine.notes.confirmed = f.notes.confirmed
			e.change(protocol.PersonStream(id))
		}
		if mine.held || !f.held {
			continue
		}
		mine.held, mine.epoch, mine.seq = true, f.epoch, f.seq
		mine.items, mine.confirmed = f.items, f.confirmed
		e.change(protocol.MeetingStream(id))
		for _, item := range sortedItems(mine.items) {
			e.change(protocol.ItemStream(id, string(item)))
		}
		r.reconcile(mine, e)
	}
	r.rebaseAll(e)
}
