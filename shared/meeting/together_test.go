package meeting_test

import (
	"testing"

	"phonghop/shared/meeting"
)

func show(document string, page int) meeting.Show {
	return meeting.Show{Item: "alpha", Place: meeting.Place{Document: meeting.DocumentID(document), Page: page}}
}

// held is the opened meeting with the member presenting page 2 of the report,
// and the room held together.
func heldTogether(t testing.TB) *world {
	w := opened(t)
	w.must(t, chair, meeting.GivePresenter{Item: "alpha", To: member})
	w.must(t, member, show("report", 2))
	w.must(t, chair, meeting.HoldFollowers{Item: "alpha", On: true})
	return w
}

// The bound is the furthest page that was presented of each document; it never
// goes back while it lasts, and binds the delegates only.
func TestNobodyGoesAheadOfThePresenter(t *testing.T) {
	w := heldTogether(t)
	want := func(report, annex int) {
		t.Helper()
		if r, a := w.s.Ahead(delegate, "alpha", "report"), w.s.Ahead(delegate, "alpha", "annex"); r != report || a != annex {
			t.Errorf("bounds %d and %d, want %d and %d", r, a, report, annex)
		}
	}
	want(2, 0)
	w.must(t, member, show("report", 4))
	w.must(t, member, show("report", 3))
	want(4, 0)
	w.must(t, member, show("annex", 1))
	want(4, 1)
	for _, free := range []meeting.PersonID{member, chair, typist, secretary} {
		if n := w.s.Ahead(free, "alpha", "report"); n != 0 {
			t.Errorf("%s is held at %d", free, n)
		}
	}
	if n := w.s.Ahead(vice, "alpha", "report"); n != 4 {
		t.Errorf("who does not preside is held at %d", n)
	}
	if n := w.s.Ahead(delegate, "gamma", "report"); n != 0 {
		t.Errorf("another item is held at %d", n)
	}
	w.must(t, secretary, meeting.ReplaceDocument{Item: "alpha", Document: "report", Hash: hash("d"), Name: "d.pdf", Pages: 5, Bytes: 9})
	w.must(t, member, show("report", 1))
	want(1, 1) // another version is another text
	if events := w.must(t, chair, meeting.HoldFollowers{Item: "alpha", On: true}); len(events) != 0 {
		t.Error("holding again is an event")
	}
	w.must(t, chair, meeting.HoldFollowers{Item: "alpha"})
	want(0, 0)
	w.must(t, typist, meeting.HoldFollowers{Item: "alpha", On: true})
	want(1, 0)
}

func TestTogetherEndsWithItsItem(t *testing.T) {
	for name, end := range map[string]meeting.Command{
		"done": meeting.SetItemState{Item: "alpha", To: meeting.Done}, "another": meeting.SetItemState{Item: "gamma", To: meeting.Running},
		"sitting": meeting.EndSitting{}, "closed": meeting.Close{},
	} {
		w := heldTogether(t)
		w.must(t, chair, end)
		if c := w.s.Contents["alpha"]; c.Held || len(c.Reached) > 0 || w.s.Ahead(delegate, "alpha", "report") != 0 {
			t.Errorf("%s: %+v", name, c)
		}
	}
	w := heldTogether(t)
	w.must(t, chair, meeting.PauseSitting{})
	if w.s.Ahead(delegate, "alpha", "report") != 2 {
		t.Error("a break let everybody go")
	}
	refused(t, w, delegate, meeting.HoldFollowers{Item: "alpha"}, meeting.NotAllowed)
	refused(t, w, member, meeting.HoldFollowers{Item: "alpha"}, meeting.NotAllowed)
	refused(t, w, chair, meeting.HoldFollowers{Item: "gamma", On: true}, meeting.BadState)
	refused(t, w, outsider, meeting.HoldFollowers{Item: "alpha"}, meeting.NotFound)
}
