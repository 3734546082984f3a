package deskscreen

import (
	"slices"

	"phonghop/client/internal/controller"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// edit is a form's change of fields that save themselves; all of it is taken back as one step. Taken back are only the fields that
// still are as this person left them: what somebody else has changed since stays.
type edit[F any] struct {
	desk *desk
	// now is what is there, false where it is gone; set asks for what differs.
	now func() (F, bool)
	set func(now, want F) string
	// merged takes over into now what differs between from and to, careful only where now still is as in from; same tells whether
	// two are the same.
	merged func(now, from, to F, careful bool) F
	same   func(a, b F) bool
	// what tells the step in words.
	what func() string

	base    F // what the fields were filled with, or saved, last
	changed *change[F]
	step    *step
}

// change is what a step made of what.
type change[F any] struct{ before, after F }

// keep saves what was changed. What somebody else has changed meanwhile in other fields stays as he has it.
func (e *edit[F]) keep(mine F) string {
	e.desk.reload()
	now, ok := e.now()
	if !ok {
		return string(meeting.NotFound)
	}
	want := e.merged(now, e.base, mine, false)
	if !e.same(now, want) {
		if code := e.set(now, want); code != "" {
			return code
		}
		if e.desk.history.last(e.step) {
			e.changed.further(now, e.base, mine, e.merged)
		} else {
			e.begin(now, want)
		}
	}
	e.base = mine
	return ""
}

// begin makes a step of its own: what was changed before it is taken back by itself.
func (e *edit[F]) begin(now, want F) {
	c := &change[F]{now, want}
	e.changed = c
	e.step = e.desk.did(step{what: e.what(), undo: func() string { return e.apply(c.after, c.before) }, redo: func() string { return e.apply(c.before, c.after) }})
}

func (e *edit[F]) apply(from, to F) string {
	e.desk.reload()
	now, ok := e.now()
	if !ok {
		return string(meeting.NotFound)
	}
	want := e.merged(now, from, to, true)
	if e.same(now, want) {
		return ""
	}
	return e.set(now, want)
}

// further adds to a change. A field that it had not changed begins as it is now; one that somebody else has changed since counts as
// this person left it, so that it stays when the change is taken back.
func (c *change[F]) further(now, base, mine F, merged func(now, from, to F, careful bool) F) {
	c.before, c.after = merged(now, c.after, c.before, false), merged(merged(now, c.before, c.after, false), base, mine, false)
}

// merge takes one field over.
func merge[T comparable](now *T, from, to T, careful bool) {
	if from != to && (!careful || *now == from) {
		*now = to
	}
}

func sameItem(a, b controller.ItemForm) bool {
	return a.Title == b.Title && a.Unit == b.Unit && a.Reporter == b.Reporter && a.Kind == b.Kind && a.Minutes == b.Minutes &&
		a.Restricted == b.Restricted && a.Wider == b.Wider && slices.Equal(a.Audience, b.Audience)
}

func mergedItem(now, from, to controller.ItemForm, careful bool) controller.ItemForm {
	merge(&now.Title, from.Title, to.Title, careful)
	merge(&now.Unit, from.Unit, to.Unit, careful)
	merge(&now.Reporter, from.Reporter, to.Reporter, careful)
	merge(&now.Kind, from.Kind, to.Kind, careful)
	merge(&now.Minutes, from.Minutes, to.Minutes, careful)
	merge(&now.Restricted, from.Restricted, to.Restricted, careful)
	merge(&now.Wider, from.Wider, to.Wider, careful)
	if !slices.Equal(from.Audience, to.Audience) && (!careful || slices.Equal(now.Audience, from.Audience)) {
		now.Audience = to.Audience
	}
	return now
}

func sameMeeting(a, b controller.MeetingForm) bool {
	return a.Title == b.Title && a.Kind == b.Kind && a.Place == b.Place && a.Address == b.Address && a.Starts.Equal(b.Starts) && a.Ends.Equal(b.Ends)
}

func mergedMeeting(now, from, to controller.MeetingForm, careful bool) controller.MeetingForm {
	merge(&now.Title, from.Title, to.Title, careful)
	merge(&now.Kind, from.Kind, to.Kind, careful)
	merge(&now.Place, from.Place, to.Place, careful)
	merge(&now.Address, from.Address, to.Address, careful)
	// The times belong together.
	times := !from.Starts.Equal(to.Starts) || !from.Ends.Equal(to.Ends)
	if times && (!careful || now.Starts.Equal(from.Starts) && now.Ends.Equal(from.Ends)) {
		now.Starts, now.Ends = to.Starts, to.Ends
	}
	return now
}

func sameParticipant(a, b meeting.Participant) bool {
	return a.Member == b.Member && a.StandInFor == b.StandInFor &&
		!slices.ContainsFunc(functions, func(f meeting.Function) bool { return a.Has(f) != b.Has(f) })
}

// mergedParticipant takes each function for itself: two secretaries may give one person two of them at once.
func mergedParticipant(now, from, to meeting.Participant, careful bool) meeting.Participant {
	merge(&now.Member, from.Member, to.Member, careful)
	merge(&now.StandInFor, from.StandInFor, to.StandInFor, careful)
	now.Functions = slices.Clone(now.Functions)
	for _, f := range functions {
		on := now.Has(f)
		if merge(&on, from.Has(f), to.Has(f), careful); on == now.Has(f) {
			continue
		}
		if on {
			now.Functions = append(now.Functions, f)
		} else {
			now.Functions = slices.DeleteFunc(now.Functions, func(x meeting.Function) bool { return x == f })
		}
	}
	return now
}

// documentName is what a document is called.
type documentName struct{ title, kind string }

func sameName(a, b documentName) bool { return a == b }

func mergedName(now, from, to documentName, careful bool) documentName {
	merge(&now.title, from.title, to.title, careful)
	merge(&now.kind, from.kind, to.kind, careful)
	return now
}

func mergedPerson(now, from, to roster.Person, careful bool) roster.Person {
	merge(&now.Name, from.Name, to.Name, careful)
	merge(&now.Position, from.Position, to.Position, careful)
	merge(&now.Unit, from.Unit, to.Unit, careful)
	merge(&now.Order, from.Order, to.Order, careful)
	merge(&now.Kind, from.Kind, to.Kind, careful)
	merge(&now.Desk, from.Desk, to.Desk, careful)
	return now
}
