package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"phonghop/server/internal/notebook"
)

// Notes tests an implementation of notebook.Store, as Log tests one of
// room.Log.
func Notes(t *testing.T, place func(t *testing.T) (open func() notebook.Store)) {
	for _, c := range []struct {
		name string
		test func(t *testing.T, open func() notebook.Store)
	}{
		{"Order", notesOrder}, {"Conflict", notesConflict}, {"Wishes", notesWishes}, {"Books", notesBooks},
		{"Snapshots", notesSnapshots}, {"Reopen", notesReopen}, {"Concurrent", notesConcurrent}, {"Drop", notesDrop},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, place(t)) })
	}
}

var mine = notebook.Book{Person: "an", Meeting: "m1"}

func note(seq uint64) notebook.Entry {
	return notebook.Entry{Seq: seq, Client: "c", Command: fmt.Sprint("k", seq), At: noon, Body: fmt.Appendf(nil, `{"n":%d}`, seq)}
}

func keepNotes(t *testing.T, s notebook.Store, b notebook.Book, all ...notebook.Entry) {
	t.Helper()
	for _, e := range all {
		if err := s.Append(t.Context(), b, e); err != nil {
			t.Fatalf("Append: %v", err)
		}
	}
}

func wantNotes(t *testing.T, s notebook.Store, b notebook.Book, reducer int, want notebook.Saved) {
	t.Helper()
	got, err := s.Load(t.Context(), b, reducer)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Entries)+len(want.Entries) == 0 {
		got.Entries, want.Entries = nil, nil
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("notes:\n got %+v\nwant %+v", got, want)
	}
}

func notesOrder(t *testing.T, open func() notebook.Store) {
	s := open()
	wantNotes(t, s, mine, 1, notebook.Saved{})
	local := note(2)
	local.At = noon.In(time.FixedZone("", 7*3600))
	keepNotes(t, s, mine, note(1), local, note(3))
	wantNotes(t, s, mine, 1, notebook.Saved{Entries: []notebook.Entry{note(1), note(2), note(3)}})
}

func notesConflict(t *testing.T, open func() notebook.Store) {
	s := open()
	keepNotes(t, s, mine, note(1), note(2))
	again := note(3)
	again.Command = "k1"
	for name, e := range map[string]notebook.Entry{"taken": note(2), "gap": note(4), "zero": note(0), "the same wish": again} {
		if err := s.Append(t.Context(), mine, e); !errors.Is(err, notebook.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Append(t.Context(), notebook.Book{Person: "new", Meeting: "m1"}, note(2)); !errors.Is(err, notebook.ErrConflict) {
		t.Errorf("a new book from 2: %v", err)
	}
	keepNotes(t, s, mine, note(3))
	wantNotes(t, s, mine, 1, notebook.Saved{Entries: []notebook.Entry{note(1), note(2), note(3)}})
}

func notesWishes(t *testing.T, open func() notebook.Store) {
	s := open()
	keepNotes(t, s, mine, note(1), note(2))
	for _, c := range []struct {
		book            notebook.Book
		client, command string
		seq             uint64
		ok              bool
	}{
		{mine, "c", "k2", 2, true}, {mine, "c", "k3", 0, false}, {mine, "other", "k2", 0, false},
		{notebook.Book{Person: "an", Meeting: "m2"}, "c", "k2", 0, false}, {notebook.Book{Person: "binh", Meeting: "m1"}, "c", "k2", 0, false},
	} {
		if seq, ok, err := s.Find(t.Context(), c.book, c.client, c.command); seq != c.seq || ok != c.ok || err != nil {
			t.Errorf("Find %+v: %d, %t, %v", c, seq, ok, err)
		}
	}
}

// notesBooks: nothing of one book is in another, also where names look alike.
func notesBooks(t *testing.T, open func() notebook.Store) {
	s := open()
	all := []notebook.Book{
		{Person: "an", Meeting: "m1"}, {Person: "an", Meeting: "m2"}, {Person: "binh", Meeting: "m1"},
		{Person: "a", Meeting: "nm1"}, {Person: "anm", Meeting: "1"}, {Person: "An", Meeting: "m1"},
	}
	for i, b := range all {
		e := note(1)
		e.Command = fmt.Sprint("of ", i)
		keepNotes(t, s, b, e)
	}
	for i, b := range all {
		e := note(1)
		e.Command = fmt.Sprint("of ", i)
		wantNotes(t, s, b, 1, notebook.Saved{Entries: []notebook.Entry{e}})
	}
}

func notesSnapshots(t *testing.T, open func() notebook.Store) {
	s := open()
	snap := func(seq uint64) notebook.Snapshot {
		return notebook.Snapshot{Seq: seq, State: fmt.Append(nil, "state ", seq)}
	}
	if err := s.SaveSnapshot(t.Context(), mine, 1, snap(1)); err == nil {
		t.Error("a snapshot of no book was taken")
	}
	keepNotes(t, s, mine, note(1), note(2), note(3))
	if err := s.SaveSnapshot(t.Context(), mine, 1, snap(4)); err == nil {
		t.Error("a snapshot that is ahead was taken")
	}
	for _, seq := range []uint64{1, 2} {
		if err := s.SaveSnapshot(t.Context(), mine, 1, snap(seq)); err != nil {
			t.Fatal(err)
		}
	}
	want := snap(2)
	wantNotes(t, s, mine, 1, notebook.Saved{Snapshot: &want, Entries: []notebook.Entry{note(3)}})
	wantNotes(t, s, mine, 2, notebook.Saved{Entries: []notebook.Entry{note(1), note(2), note(3)}})
}

func notesReopen(t *testing.T, open func() notebook.Store) {
	s := open()
	keepNotes(t, s, mine, note(1), note(2))
	if err := s.SaveSnapshot(t.Context(), mine, 1, notebook.Snapshot{Seq: 1, State: []byte("s")}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s = open()
		wantNotes(t, s, mine, 1, notebook.Saved{Snapshot: &notebook.Snapshot{Seq: 1, State: []byte("s")}, Entries: []notebook.Entry{note(2)}})
	}
	keepNotes(t, s, mine, note(3))
}

func notesConcurrent(t *testing.T, open func() notebook.Store) {
	s := open()
	var wait sync.WaitGroup
	for w := range 4 {
		b := notebook.Book{Person: fmt.Sprint("p", w), Meeting: "m"}
		wait.Go(func() {
			for n := range uint64(30) {
				if err := s.Append(t.Context(), b, note(n+1)); err != nil {
					t.Errorf("Append: %v", err)
					return
				}
			}
		})
	}
	wait.Wait()
	for w := range 4 {
		got, err := s.Load(t.Context(), notebook.Book{Person: fmt.Sprint("p", w), Meeting: "m"}, 1)
		if err != nil || len(got.Entries) != 30 {
			t.Errorf("%d entries, %v", len(got.Entries), err)
		}
	}
}

// notesDrop: what is dropped is gone for good, numbers go on, and the newest
// entry and other books stay.
func notesDrop(t *testing.T, open func() notebook.Store) {
	s := open()
	other := notebook.Book{Person: "an", Meeting: "m2"}
	keepNotes(t, s, mine, note(1), note(2), note(3), note(4), note(5))
	keepNotes(t, s, other, note(1), note(2))
	if err := s.SaveSnapshot(t.Context(), mine, 1, notebook.Snapshot{Seq: 2, State: []byte("s")}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Drop(t.Context(), mine, []uint64{2, 4, 5, 77}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Drop(t.Context(), notebook.Book{Person: "none", Meeting: "m1"}, []uint64{1}); err != nil {
		t.Error(err)
	}
	s = open()
	wantNotes(t, s, mine, 2, notebook.Saved{Entries: []notebook.Entry{note(1), note(3), note(5)}})
	wantNotes(t, s, mine, 1, notebook.Saved{Snapshot: &notebook.Snapshot{Seq: 2, State: []byte("s")}, Entries: []notebook.Entry{note(3), note(5)}})
	wantNotes(t, s, other, 1, notebook.Saved{Entries: []notebook.Entry{note(1), note(2)}})
	if _, ok, err := s.Find(t.Context(), mine, "c", "k4"); ok || err != nil {
		t.Errorf("what was dropped is found: %v", err)
	}
	if err := s.Append(t.Context(), mine, note(4)); !errors.Is(err, notebook.ErrConflict) {
		t.Errorf("a number is given again: %v", err)
	}
	keepNotes(t, s, mine, note(6))
}
