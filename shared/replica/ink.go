package replica

import (
	"cmp"
	"slices"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
)

// layer is a shared layer that is, or was, followed.
type layer struct {
	link
	open bool
}

// own is what is known of this person's notes in a meeting.
type own struct {
	link
	open      bool
	confirmed notes.State
	predicted notes.State
}

func inkStream(id string, sheet meeting.Sheet) string {
	return protocol.InkStream(id, string(sheet.Item), string(sheet.Document))
}

func sheetOf(name protocol.StreamName) meeting.Sheet {
	return meeting.Sheet{Item: meeting.ItemID(name.Item), Document: meeting.DocumentID(name.Document)}
}

// OpenLayer follows the shared layer of a document, while it is open on the
// screen. The meeting must be open, too.
func (r *Replica) OpenLayer(id string, sheet meeting.Sheet) Effects {
	var e Effects
	f := r.meeting(id)
	l, ok := f.layers[sheet]
	if !ok {
		l = &layer{}
		f.layers[sheet] = l
	}
	l.open = true
	r.askLayer(f, sheet, l, &e)
	return e
}

// askLayer asks for a layer that is open and may be seen.
func (r *Replica) askLayer(f *followed, sheet meeting.Sheet, l *layer, e *Effects) {
	if !l.open || r.phase == offline || !f.live || l.live || l.waiting() || l.code != "" ||
		!f.confirmed.MaySee(r.opt.Person, sheet.Item) || r.following() >= protocol.MaxStreams {
		return
	}
	e.subscribe(ask(&l.link, inkStream(f.id, sheet)))
}

// CloseLayer stops following a layer and forgets what is held of it; commands
// that wait for an answer stay.
func (r *Replica) CloseLayer(id string, sheet meeting.Sheet) Effects {
	var e Effects
	f, ok := r.meetings[id]
	if !ok || f.layers[sheet] == nil {
		return e
	}
	l := f.layers[sheet]
	l.open = false
	e.unsubscribe(release(&l.link, inkStream(id, sheet))...)
	r.dropLayer(f, sheet, &e)
	r.rebase(f, &e)
	return e
}

// dropLayer forgets what is held of a layer, and the layer itself once no
// answer is under way.
func (r *Replica) dropLayer(f *followed, sheet meeting.Sheet, e *Effects) {
	l := f.layers[sheet]
	if l.held {
		e.change(inkStream(f.id, sheet))
	}
	l.held, l.epoch, l.seq = false, "", 0
	f.confirmed = f.confirmed.ForgetLayer(sheet)
	if !l.open && l.asked == 0 {
		delete(f.layers, sheet)
	}
}

// Layer is a document's shared layer as this person sees it: what is confirmed
// and the strokes that wait. known is false while only those are known.
func (r *Replica) Layer(id string, sheet meeting.Sheet) (l ink.Layer, known bool) {
	f, ok := r.meetings[id]
	if !ok {
		return l, false
	}
	followed, ok := f.layers[sheet]
	return f.predicted.Layers[sheet], ok && followed.held
}

// OpenNotes follows this person's own notes in a meeting.
func (r *Replica) OpenNotes(id string) Effects {
	var e Effects
	f := r.meeting(id)
	f.notes.open = true
	if r.phase != offline && !f.notes.live && !f.notes.waiting() {
		e.subscribe(ask(&f.notes.link, protocol.PersonStream(id)))
	}
	return e
}

// CloseNotes stops following them. What is held stays for the next time.
func (r *Replica) CloseNotes(id string) Effects {
	var e Effects
	if f, ok := r.meetings[id]; ok && f.notes.open {
		f.notes.open = false
		e.unsubscribe(release(&f.notes.link, protocol.PersonStream(id))...)
	}
	return e
}

// Notes are this person's notes in a meeting: what is confirmed and what
// waits. known is false while only what waits is known.
func (r *Replica) Notes(id string) (s notes.State, known bool) {
	f, ok := r.meetings[id]
	if !ok {
		return s, false
	}
	return f.notes.predicted, f.notes.held
}

func (r *Replica) dropNotes(f *followed, e *Effects) {
	if f.notes.held {
		e.change(protocol.PersonStream(f.id))
	}
	f.notes.held, f.notes.epoch, f.notes.seq = false, "", 0
	f.notes.confirmed = notes.State{}
}

// foldNotes applies events to the person's notes: all of them, or none.
func (r *Replica) foldNotes(f *followed, events []protocol.Event) error {
	s := f.notes.confirmed
	for _, ev := range events {
		event, err := notes.Decode(ev.Body, ev.At)
		if err != nil {
			return notUnderstood("%s %d: %v", protocol.PersonStream(f.id), ev.Seq, err)
		}
		s = notes.Apply(s, event)
	}
	f.notes.confirmed = s
	for _, ev := range events {
		r.landed(ev)
	}
	return nil
}

// predictNotes shows one more command on top of the notes.
func (r *Replica) predictNotes(f *followed, p *pending) {
	e, err := notes.Decide(f.notes.predicted, p.command, f.sheet(p.command), p.at)
	if err != nil || e == nil {
		return
	}
	f.notes.predicted = notes.Apply(f.notes.predicted, *e)
	if stream := protocol.PersonStream(f.id); !slices.Contains(f.touched, stream) {
		f.touched = append(f.touched, stream)
	}
}

// TryNotes tells whether a command on one's own notes would be carried out as
// things look now: nil, or the *meeting.Refusal.
func (r *Replica) TryNotes(local time.Time, id string, c meeting.Command) error {
	f, ok := r.meetings[id]
	if !ok {
		f = &followed{}
	}
	_, err := notes.Decide(f.notes.predicted, c, f.sheet(c), r.ServerTime(local))
	return err
}

// sheet is what is known here of the document that a command writes on.
func (f *followed) sheet(c meeting.Command) ink.Sheet {
	id := meeting.SheetOf(c)
	doc, ok := f.confirmed.Contents[id.Item].Document(id.Document)
	if !ok {
		return ink.Sheet{}
	}
	return ink.Sheet{Pages: func(version int) (int, bool) {
		v, ok := doc.Version(version)
		return v.Pages, ok && version > 0
	}}
}

func sortedSheets(m map[meeting.Sheet]*layer) []meeting.Sheet {
	out := make([]meeting.Sheet, 0, len(m))
	for id := range m {
		out = append(out, id)
	}
	slices.SortFunc(out, func(a, b meeting.Sheet) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), cmp.Compare(a.Document, b.Document))
	})
	return out
}
