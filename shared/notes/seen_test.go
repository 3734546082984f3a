package notes_test

import (
	"reflect"
	"testing"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
)

// When a meeting was looked at last is known on every device, and beside ink and places; soon after, another look means nothing.
func TestSeen(t *testing.T) {
	s := do(t, notes.State{}, add("i", "d", "stroke"))
	if !s.Seen().IsZero() {
		t.Fatal("seen before it was looked at")
	}
	look := func(s notes.State, at time.Time) (notes.State, bool) {
		t.Helper()
		e, err := notes.Decide(s, meeting.SeeMeeting{}, ink.Sheet{}, at)
		if err != nil {
			t.Fatal(err)
		}
		if e == nil {
			return s, false
		}
		data, err := notes.Encode(*e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := notes.Decode(data, e.At)
		if err != nil || !reflect.DeepEqual(back, *e) {
			t.Fatalf("%+v became %+v, %v", *e, back, err)
		}
		return notes.Apply(s, back), true
	}
	s, told := look(s, at)
	if !told || !s.Seen().Equal(at) {
		t.Fatalf("seen at %v", s.Seen())
	}
	if _, told = look(s, at.Add(notes.SeeEvery-time.Millisecond)); told {
		t.Error("a look right after one is an event")
	}
	later := at.Add(notes.SeeEvery)
	if s, told = look(s, later); !told || !s.Seen().Equal(later) {
		t.Errorf("a later look: %t, %v", told, s.Seen())
	}
	kept, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	back, err := notes.Restore(kept)
	if err != nil || !back.Seen().Equal(later) || back.Layer(meeting.Sheet{Item: "i", Document: "d"}).Len() != 1 {
		t.Errorf("kept as %s: %v, %v", kept, back.Seen(), err)
	}
}
