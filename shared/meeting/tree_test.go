package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/meeting"
)

// treed is a draft with alpha (open), beta (restricted to secretary, vice and
// member), gamma, and delta below alpha.
func treed(t testing.TB) *world {
	w := drafted(t)
	w.must(t, secretary, meeting.AddItem{ID: "delta", Parent: "alpha", Type: meeting.Other, Brief: meeting.Brief{Title: "Delta"}})
	return w
}

func numbered(s meeting.State) string {
	var out []string
	for _, id := range s.Agenda {
		out = append(out, string(id)+" "+s.Number(id))
	}
	return strings.Join(out, ", ")
}

func wantAgenda(t *testing.T, w *world, want string) {
	t.Helper()
	if got := numbered(w.s); got != want {
		t.Errorf("the agenda is %q, want %q", got, want)
	}
}

func TestSubItemsFollowTheirParent(t *testing.T) {
	w := treed(t)
	wantAgenda(t, w, "alpha 1, delta 1.1, beta 2, gamma 3")
	w.must(t, secretary, meeting.MoveItem{ID: "alpha"})
	wantAgenda(t, w, "beta 1, gamma 2, alpha 3, delta 3.1")
	w.must(t, secretary, meeting.MoveItem{ID: "gamma", Parent: "alpha", Before: "delta"})
	wantAgenda(t, w, "beta 1, alpha 2, gamma 2.1, delta 2.2")
	w.must(t, secretary, meeting.MoveItem{ID: "beta", Before: "delta"}) // before what delta belongs to: as it is
	wantAgenda(t, w, "beta 1, alpha 2, gamma 2.1, delta 2.2")
	w.must(t, secretary, meeting.MoveItem{ID: "delta", Before: "alpha"})
	wantAgenda(t, w, "beta 1, delta 2, alpha 3, gamma 3.1")
}

func TestOneLevelOfSubItems(t *testing.T) {
	w := treed(t)
	for name, c := range map[string]meeting.Command{
		"below a sub-item":        meeting.MoveItem{ID: "gamma", Parent: "delta"},
		"with sub-items":          meeting.MoveItem{ID: "alpha", Parent: "gamma"},
		"below itself":            meeting.MoveItem{ID: "gamma", Parent: "gamma"},
		"below nothing":           meeting.MoveItem{ID: "gamma", Parent: "none"},
		"before a stranger":       meeting.MoveItem{ID: "gamma", Parent: "alpha", Before: "beta"},
		"a new one too deep":      meeting.AddItem{ID: "omega", Parent: "delta", Type: meeting.Other, Brief: meeting.Brief{Title: "O"}},
		"a new one below nothing": meeting.AddItem{ID: "omega", Parent: "none", Type: meeting.Other, Brief: meeting.Brief{Title: "O"}},
	} {
		if _, err := w.do(secretary, c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	wantAgenda(t, w, "alpha 1, delta 1.1, beta 2, gamma 3")
}

func TestNumbersOfSubItemsAreFixedByPublishing(t *testing.T) {
	w := treed(t)
	w.must(t, secretary, meeting.Publish{})
	add := func(id, parent, before meeting.ItemID) {
		w.must(t, secretary, meeting.AddItem{ID: id, Parent: parent, Before: before, Type: meeting.Other, Brief: meeting.Brief{Title: string(id)}})
	}
	add("e", "alpha", "")
	add("f", "alpha", "e")
	add("g", "alpha", "delta")
	add("h", "", "beta")
	add("i", "beta", "")
	wantAgenda(t, w, "alpha 1, g 1.0a, delta 1.1, f 1.1a, e 1.2, h 1a, beta 2, i 2.1, gamma 3")
	w.must(t, secretary, meeting.MoveItem{ID: "e", Parent: "alpha", Before: "g"})
	w.must(t, secretary, meeting.MoveItem{ID: "alpha"})
	wantAgenda(t, w, "h 1a, beta 2, i 2.1, gamma 3, alpha 1, e 1.2, g 1.0a, delta 1.1, f 1.1a")
	for _, c := range []meeting.Command{meeting.MoveItem{ID: "delta"}, meeting.MoveItem{ID: "gamma", Parent: "beta"}} {
		if _, err := w.do(secretary, c); code(err) != meeting.BadState {
			t.Errorf("%+v after publication: %v", c, err)
		}
	}
}

func TestASubItemIsNotWiderThanItsRestrictedParent(t *testing.T) {
	w := drafted(t)
	add := meeting.AddItem{ID: "delta", Parent: "beta", Type: meeting.Other, Brief: meeting.Brief{Title: "Delta"}}
	w.must(t, secretary, add)
	if i := w.s.Items["delta"]; !i.Restricted || i.Brief.Title != "" || !slices.Equal(i.Audience, w.s.Items["beta"].Audience) {
		t.Errorf("a sub-item of a restricted item: %+v", i)
	}
	wide := meeting.SetAudience{ID: "delta", Restricted: true, Audience: []meeting.PersonID{vice, delegate}}
	if _, err := w.do(secretary, wide); code(err) != meeting.Wider {
		t.Errorf("a wider audience: %v", err)
	}
	report := meeting.ChangeItem{ID: "delta", Type: meeting.Other, Brief: meeting.Brief{Title: "Delta", Reporter: delegate}}
	if _, err := w.do(secretary, report); code(err) != meeting.Wider {
		t.Errorf("a reporter from outside: %v", err)
	}
	wide.Wider = true
	w.must(t, secretary, wide)
	w.must(t, secretary, report)
	w.must(t, secretary, meeting.AddItem{ID: "omega", Parent: "beta", Type: meeting.Other, Brief: meeting.Brief{Title: "Omega"}})
	// Narrowing the parent narrows what nobody said to be wider.
	w.must(t, secretary, meeting.SetAudience{ID: "beta", Restricted: true, Audience: []meeting.PersonID{vice}})
	if got := w.s.Items["omega"].Audience; !slices.Equal(got, w.s.Items["beta"].Audience) {
		t.Errorf("omega is seen by %v", got)
	}
	if got := w.s.Items["delta"].Audience; !slices.Contains(got, delegate) {
		t.Errorf("delta, said to be wider, is seen by %v", got)
	}
}

func TestMovingBelowARestrictedItemRestricts(t *testing.T) {
	w := drafted(t)
	events := w.must(t, secretary, meeting.MoveItem{ID: "alpha", Parent: "beta"})
	if _, ok := events[0].Body.(meeting.AudienceSet); !ok {
		t.Errorf("the item is moved before it is restricted: %+v", events)
	}
	if i := w.s.Items["alpha"]; !i.Restricted || i.Brief.Title != "" || i.Parent != "beta" {
		t.Errorf("%+v", i)
	}
	if w.s.MaySee(delegate, "alpha") {
		t.Error("still seen by all")
	}
}

func TestRestrictingAnItemRestrictsItsSubItems(t *testing.T) {
	w := treed(t)
	w.must(t, secretary, meeting.SetAudience{ID: "alpha", Restricted: true, Audience: []meeting.PersonID{chair}})
	if i := w.s.Items["delta"]; !i.Restricted || i.Brief.Title != "" || !slices.Equal(i.Audience, []meeting.PersonID{chair, secretary}) {
		t.Errorf("%+v", i)
	}
}

func TestARemovedItemComesBackAsItWas(t *testing.T) {
	w := treed(t)
	before := fingerprint(t, w.s)
	w.must(t, secretary, meeting.RemoveItem{ID: "alpha"})
	wantAgenda(t, w, "beta 1, gamma 2")
	w.must(t, secretary, meeting.RestoreItem{ID: "alpha", Before: "beta"})
	w.must(t, secretary, meeting.RestoreItem{ID: "delta", Parent: "alpha"})
	if after := fingerprint(t, w.s); after != before {
		t.Errorf("after:\n%s\nbefore:\n%s", after, before)
	}
	if events := w.must(t, secretary, meeting.RestoreItem{ID: "delta", Parent: "alpha"}); len(events) != 0 {
		t.Errorf("put back twice: %+v", events)
	}
}

func TestWhoDidNotSeeAnItemDoesNotPutItBack(t *testing.T) {
	w := drafted(t)
	was := w.s.Items["beta"].Audience
	w.must(t, secretary, meeting.RemoveItem{ID: "beta"})
	if _, err := w.do(typist, meeting.RestoreItem{ID: "beta"}); code(err) != meeting.NotFound {
		t.Errorf("put back by somebody else: %v", err)
	}
	w.must(t, secretary, meeting.RestoreItem{ID: "beta"})
	if i := w.s.Items["beta"]; !i.Restricted || !slices.Equal(i.Audience, was) {
		t.Error("seen by others than before")
	}
	w.must(t, secretary, meeting.RemoveItem{ID: "beta"})
	w.must(t, secretary, meeting.Publish{})
	if _, err := w.do(secretary, meeting.RestoreItem{ID: "beta"}); code(err) != meeting.NotFound || w.s.Removed != nil {
		t.Errorf("put back after publication: %v, kept %v", err, w.s.Removed)
	}
}

// Whoever cannot see a sub-item does not take it off with its parent.
func TestAHiddenSubItemKeepsItsParent(t *testing.T) {
	w := treed(t)
	w.must(t, secretary, meeting.SetAudience{ID: "delta", Restricted: true, Audience: []meeting.PersonID{vice}})
	if _, err := w.do(typist, meeting.RemoveItem{ID: "alpha"}); code(err) != meeting.InUse {
		t.Errorf("taken off by somebody who does not see all of it: %v", err)
	}
	wantAgenda(t, w, "alpha 1, delta 1.1, beta 2, gamma 3")
	w.must(t, secretary, meeting.RemoveItem{ID: "alpha"})
	wantAgenda(t, w, "beta 1, gamma 2")
}

func TestWhatIsPutBackBelowARestrictedItemIsRestricted(t *testing.T) {
	w := treed(t)
	w.must(t, secretary, meeting.RemoveItem{ID: "delta"})
	w.must(t, secretary, meeting.RestoreItem{ID: "delta", Parent: "beta"})
	if i := w.s.Items["delta"]; !i.Restricted || i.Brief.Title != "" || !slices.Equal(i.Audience, w.s.Items["beta"].Audience) {
		t.Errorf("put back as %+v", i)
	}
}

// Whoever left the meeting sees no more of an item that is put back later than
// of the others.
func TestWhatIsPutBackIsNotForWhoHasLeft(t *testing.T) {
	w := drafted(t)
	w.must(t, secretary, meeting.RemoveItem{ID: "beta"})
	w.must(t, secretary, meeting.RemoveParticipant{Person: vice})
	w.must(t, secretary, meeting.RestoreItem{ID: "beta"})
	if i := w.s.Items["beta"]; len(i.Audience) == 0 || slices.Contains(i.Audience, vice) {
		t.Errorf("put back for %v", i.Audience)
	}
}

func TestAParentWaitsForItsSubItems(t *testing.T) {
	w := treed(t)
	w.must(t, secretary, meeting.AddItem{ID: "omega", Parent: "alpha", Type: meeting.Other, Brief: meeting.Brief{Title: "O"}})
	w.must(t, secretary, meeting.Publish{})
	w.must(t, chair, meeting.OpenSitting{})
	want := func(states ...meeting.ItemState) {
		t.Helper()
		for i, id := range []meeting.ItemID{"alpha", "delta", "omega"} {
			if got := w.s.Items[id].State; got != states[i] {
				t.Errorf("%s is %s, want %s", id, got, states[i])
			}
		}
	}
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Running})
	w.must(t, chair, meeting.SetItemState{Item: "delta", To: meeting.Running})
	want(meeting.Suspended, meeting.Running, meeting.Waiting)
	w.must(t, chair, meeting.SetItemState{Item: "omega", To: meeting.Running})
	want(meeting.Suspended, meeting.Done, meeting.Running)
	w.must(t, chair, meeting.SetItemState{Item: "beta", To: meeting.Running})
	want(meeting.Done, meeting.Done, meeting.Done)
}

func TestSubItemsAreWithdrawnAndComeBackWithTheirParent(t *testing.T) {
	w := treed(t)
	w.must(t, secretary, meeting.Publish{})
	w.must(t, chair, meeting.OpenSitting{})
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Postponed, Reason: "Chưa đủ hồ sơ"})
	if got := w.s.Items["delta"].State; got != meeting.Postponed || w.s.Contents["delta"].Reason == "" {
		t.Errorf("the sub-item is %s", got)
	}
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Waiting})
	if got := w.s.Items["delta"].State; got != meeting.Waiting {
		t.Errorf("the sub-item stays %s", got)
	}
}

// Whatever is done, the agenda stays a tree of two levels in one list, the
// fast numbers are the slow ones, and no sub-item is wider than its parent.
func TestTheAgendaStaysATree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lived(rt, t, func(w *world, before meeting.State, who meeting.PersonID, c meeting.Command, _ []meeting.Event, _ error) {
			s, last := w.s, meeting.ItemID("")
			if len(s.Agenda) != len(s.Items) {
				rt.Fatalf("%d in order, %d items", len(s.Agenda), len(s.Items))
			}
			numbers := s.Numbers()
			for _, id := range s.Agenda {
				i := s.Items[id]
				if i.Parent == "" {
					last = id
				} else if i.Parent != last {
					rt.Fatalf("after %s %+v: %s of %s stands behind %s", c.Kind(), c, id, i.Parent, last)
				}
				if numbers[id] != s.Number(id) {
					rt.Fatalf("%s is %s or %s", id, numbers[id], s.Number(id))
				}
				if p := s.Items[i.Parent]; i.Parent != "" && p.Restricted && !i.Wider {
					for _, x := range i.Audience {
						if !slices.Contains(p.Audience, x) {
							rt.Fatalf("after %s by %s: %s sees %s and not %s", c.Kind(), who, x, id, i.Parent)
						}
					}
					if !i.Restricted {
						rt.Fatalf("after %s: %s is open below %s", c.Kind(), id, i.Parent)
					}
				}
			}
		})
	})
}
