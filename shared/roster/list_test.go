package roster_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/roster"
)

func clerk() roster.State {
	return roster.State{People: map[roster.PersonID]roster.Person{"clerk": {ID: "clerk", Desk: true}, "an": {ID: "an"}}}
}

func code(err error) string {
	var r *roster.Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

// keep decides and folds, over the wire.
func keep(t rapid.TB, s roster.State, c roster.Command) (roster.State, int) {
	t.Helper()
	events, err := roster.Decide(s, roster.Actor{Person: "clerk"}, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		data, err := roster.EncodeEvent(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := roster.DecodeEvent(data)
		if err != nil {
			t.Fatal(err)
		}
		s = roster.Apply(s, back)
	}
	return s, len(events)
}

func TestListsOfARoom(t *testing.T) {
	s := clerk()
	s, n := keep(t, s, roster.SetList{List: roster.ListPlaces, Entries: []string{" Phòng   họp số 1 ", "", "Hội trường Thống Nhất", "Phòng họp số 1"}})
	if want := []string{"Phòng họp số 1", "Hội trường Thống Nhất"}; n != 1 || !slices.Equal(s.Lists[roster.ListPlaces], want) {
		t.Fatalf("%d events, %q", n, s.Lists)
	}
	if _, n := keep(t, s, roster.SetList{List: roster.ListPlaces, Entries: s.Lists[roster.ListPlaces]}); n != 0 {
		t.Error("the same list again is an event")
	}
	s, _ = keep(t, s, roster.SetList{List: roster.ListUnits})
	if l, ok := s.Lists[roster.ListUnits]; !ok || len(l) > 0 {
		t.Errorf("a list without words: %q", s.Lists)
	}
	snapshot, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := roster.Restore(snapshot); err != nil || !reflect.DeepEqual(again, s) {
		t.Errorf("%+v came back as %+v, %v", s, again, err)
	}
	s, _ = keep(t, s, roster.SetList{List: roster.ListUnits, Defaults: true})
	s, _ = keep(t, s, roster.SetList{List: roster.ListPlaces, Defaults: true})
	if s.Lists != nil {
		t.Errorf("after the way back: %q", s.Lists)
	}
	if _, n := keep(t, s, roster.SetList{List: roster.ListPlaces, Defaults: true}); n != 0 {
		t.Error("back to where it is, is an event")
	}
}

func TestListsRefused(t *testing.T) {
	many := make([]string, roster.MaxEntries+1)
	for i := range many {
		many[i] = fmt.Sprint("Sở ", i)
	}
	for name, c := range map[string]struct {
		who  roster.PersonID
		set  roster.SetList
		want string
	}{
		"a delegate":    {"an", roster.SetList{List: roster.ListUnits}, "not_allowed"},
		"an unknown":    {"nobody", roster.SetList{List: roster.ListUnits}, "not_allowed"},
		"no such list":  {"clerk", roster.SetList{List: "secrets"}, "invalid"},
		"too many":      {"clerk", roster.SetList{List: roster.ListUnits, Entries: many}, "too_many"},
		"far too many":  {"clerk", roster.SetList{List: roster.ListUnits, Entries: make([]string, 100*roster.MaxEntries)}, "too_many"},
		"too long":      {"clerk", roster.SetList{List: roster.ListUnits, Entries: []string{strings.Repeat("ỗ", roster.MaxEntry+1)}}, "invalid"},
		"bytes no text": {"clerk", roster.SetList{List: roster.ListUnits, Entries: []string{"\xff"}}, "invalid"},
	} {
		if _, err := roster.Decide(clerk(), roster.Actor{Person: c.who}, c.set); code(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	full := roster.SetList{List: roster.ListUnits, Entries: append(many[:roster.MaxEntries:roster.MaxEntries], many[:3]...)}
	if s, _ := keep(t, clerk(), full); len(s.Lists[roster.ListUnits]) != roster.MaxEntries {
		t.Errorf("%d entries of the most there may be", len(s.Lists[roster.ListUnits]))
	}
}

// Whatever is typed, what is kept is clean, within the bounds, and means nothing a second time; nothing else changes.
func TestListsAreClean(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := clerk()
		c := roster.SetList{List: rapid.SampledFrom(roster.ListNames()).Draw(rt, "list"), Entries: rapid.SliceOfN(rapid.String(), 0, 300).Draw(rt, "entries")}
		events, err := roster.Decide(s, roster.Actor{Person: "clerk"}, c)
		if err != nil {
			return
		}
		next := s
		for _, e := range events {
			next = roster.Apply(next, e)
		}
		if s.Lists != nil || len(next.People) != len(s.People) {
			rt.Fatal("Apply changed what it was given")
		}
		again := roster.SetList{List: c.List, Entries: next.Lists[c.List]}
		if events, err := roster.Decide(next, roster.Actor{Person: "clerk"}, again); err != nil || len(events) > 0 {
			rt.Fatalf("what is kept is not clean: %q, %v", again.Entries, err)
		}
		if len(next.Lists[c.List]) > roster.MaxEntries {
			rt.Fatal("too many")
		}
	})
}
