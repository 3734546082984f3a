package notebook_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"phonghop/server/internal/notebook"
	"phonghop/server/internal/room"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

type everybody struct{}

func (everybody) Sheet(_ context.Context, _, id, _, _ string) (ink.Sheet, bool, error) {
	return ink.Sheet{}, id == "m1", nil
}

type reader struct {
	person string
	mu     sync.Mutex
	all    []protocol.Message
}

func (r *reader) Person() string { return r.person }

func (r *reader) Send(m protocol.Message) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, m)
}

func (r *reader) take() []protocol.Message {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.all
	r.all = nil
	return out
}

func service(store notebook.Store) *notebook.Service {
	return notebook.New(notebook.Config{Store: store, Meetings: everybody{}, Epoch: "e1", Now: time.Now})
}

func write(t testing.TB, s *notebook.Service, person, id string) error {
	t.Helper()
	packed, err := ink.Pack([]ink.Point{{X: 1, Y: 1}}, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Submit(t.Context(), notebook.Command{
		Book: notebook.Book{Person: person, Meeting: "m1"}, Client: "c", Command: "k-" + id,
		Wish: meeting.AddStroke{Item: "i", Document: "d", Stroke: ink.Stroke{ID: id, Page: 1, Version: 1, Tool: ink.Pen, Ink: packed}},
	})
	return err
}

func subscribe(t testing.TB, s *notebook.Service, r *reader, at protocol.Position) protocol.Message {
	t.Helper()
	at.Stream = "person/m1"
	if err := s.Subscribe(t.Context(), r, at); err != nil {
		t.Fatal(err)
	}
	all := r.take()
	if len(all) != 1 {
		t.Fatalf("%d messages", len(all))
	}
	return all[0]
}

// A note that could not be kept is not there, nobody is told of it, and it may
// be given again.
func TestNothingIsToldThatIsNotKept(t *testing.T) {
	store := notebook.NewMemoryStore()
	s := service(store)
	r := &reader{person: "an"}
	subscribe(t, s, r, protocol.Position{})
	store.FailNext(room.ErrFull)
	if err := write(t, s, "an", "s1"); !errors.Is(err, room.ErrFull) {
		t.Fatal(err)
	}
	if got := r.take(); len(got) != 0 {
		t.Errorf("told: %+v", got)
	}
	store.FailNext(notebook.ErrConflict)
	if err := write(t, s, "an", "s1"); !errors.Is(err, notebook.ErrConflict) {
		t.Fatal(err)
	}
	if err := write(t, s, "an", "s1"); err != nil {
		t.Fatal(err)
	}
	if got := r.take(); len(got) != 1 || got[0].Seq != 1 {
		t.Errorf("told: %+v", got)
	}
}

func TestResume(t *testing.T) {
	store := notebook.NewMemoryStore()
	s := service(store)
	const all = 1100 // beyond one stored snapshot, and beyond what is resumed
	for n := range all {
		if err := write(t, s, "an", fmt.Sprint("s", n)); err != nil {
			t.Fatal(err)
		}
	}
	for name, s := range map[string]*notebook.Service{"live": s, "started again": service(store)} {
		for _, c := range []struct {
			at     protocol.Position
			events int // -1: a snapshot
		}{
			{protocol.Position{Epoch: "e1", Seq: all - 7}, 7}, {protocol.Position{Epoch: "e1", Seq: all}, 0},
			{protocol.Position{Epoch: "e1", Seq: 3}, -1}, {protocol.Position{Epoch: "e0", Seq: all - 7}, -1},
			{protocol.Position{}, -1}, {protocol.Position{Epoch: "e1", Seq: all + 5}, -1}, {protocol.Position{Epoch: "e1", Seq: 1 << 63}, -1},
		} {
			m := subscribe(t, s, &reader{person: "an"}, c.at)
			if m.Seq != all || c.events >= 0 && (len(m.Events) != c.events || len(m.Snapshot) > 0) || c.events < 0 && len(m.Snapshot) == 0 {
				t.Errorf("%s, from %+v: %d events to %d, snapshot of %d bytes", name, c.at, len(m.Events), m.Seq, len(m.Snapshot))
			}
		}
		got, err := s.Notes(t.Context(), "an", "m1")
		if err != nil || got.Layer(meeting.Sheet{Item: "i", Document: "d"}).Len() != all {
			t.Errorf("%s: %v, %v", name, got.Sheets(), err)
		}
	}
}

// A wish that is sent again, also to a server that was started again, is
// carried out once, and answered as it was, even when its stroke was erased
// meanwhile.
func TestWishSentAgain(t *testing.T) {
	store := notebook.NewMemoryStore()
	s := service(store)
	erase := notebook.Command{Book: notebook.Book{Person: "an", Meeting: "m1"}, Client: "c", Command: "erase",
		Wish: meeting.EraseStrokes{Item: "i", Document: "d", IDs: []string{"s1"}}}
	if err := write(t, s, "an", "s1"); err != nil {
		t.Fatal(err)
	}
	first, err := s.Submit(t.Context(), erase)
	if err != nil || len(first) != 1 || first[0] != (protocol.Position{Stream: "person/m1", Epoch: "e1", Seq: 2}) {
		t.Fatalf("%+v, %v", first, err)
	}
	for name, s := range map[string]*notebook.Service{"live": s, "started again": service(store)} {
		if err := write(t, s, "an", "s1"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if again, err := s.Submit(t.Context(), erase); err != nil || len(again) != 1 || again[0] != first[0] {
			t.Errorf("%s: %+v, %v", name, again, err)
		}
		if got, err := s.Notes(t.Context(), "an", "m1"); err != nil || len(got.Sheets()) != 0 {
			t.Errorf("%s: %v is back, %v", name, got.Sheets(), err)
		}
	}
}

func TestReadersLeave(t *testing.T) {
	s := service(notebook.NewMemoryStore())
	left, off, stays := &reader{person: "an"}, &reader{person: "an"}, &reader{person: "an"}
	for _, r := range []*reader{left, off, stays} {
		subscribe(t, s, r, protocol.Position{})
	}
	s.Leave(left)
	s.Unsubscribe(off, "m1")
	s.Unsubscribe(off, "never")
	if err := write(t, s, "an", "s1"); err != nil {
		t.Fatal(err)
	}
	if len(left.take())+len(off.take()) != 0 || len(stays.take()) != 1 {
		t.Error("told the wrong devices")
	}
	for _, stream := range []string{"person/none", "meeting/m1", "nonsense"} {
		r := &reader{person: "an"}
		if err := s.Subscribe(t.Context(), r, protocol.Position{Stream: stream}); err != nil {
			t.Fatal(err)
		}
		if got := r.take(); len(got) != 1 || got[0].Code != protocol.CodeNotFound {
			t.Errorf("%s: %+v", stream, got)
		}
	}
}

// Many people at once, more than are held in memory: each has his own.
func TestManyBooks(t *testing.T) {
	store := notebook.NewMemoryStore()
	s := service(store)
	var wait sync.WaitGroup
	for w := range 8 {
		wait.Go(func() {
			for n := range 120 {
				if err := write(t, s, fmt.Sprintf("p%d", n*8+w), fmt.Sprint("s", w)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
	s.Close()
	for n := range 960 {
		got, err := service(store).Notes(t.Context(), fmt.Sprintf("p%d", n), "m1")
		if err != nil || got.Layer(meeting.Sheet{Item: "i", Document: "d"}).Len() != 1 {
			t.Fatalf("p%d: %v, %v", n, got.Sheets(), err)
		}
	}
}
