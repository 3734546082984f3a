package notebook_test

import (
	"context"
	"fmt"
	"testing"

	"phonghop/server/internal/notebook"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
)

func place(t testing.TB, s *notebook.Service, id, document string, page int) {
	t.Helper()
	_, err := s.Submit(t.Context(), notebook.Command{
		Book: notebook.Book{Person: "an", Meeting: "m1"}, Client: "c", Command: id,
		Wish: meeting.KeepPlace{Item: "i", Place: meeting.Place{Document: meeting.DocumentID(document), Version: 1, Page: page}},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func lastOf(t testing.TB, s *notebook.Service, document string) int {
	t.Helper()
	all, err := s.Notes(t.Context(), "an", "m1")
	if err != nil {
		t.Fatal(err)
	}
	at, _ := all.Place(meeting.Sheet{Item: "i", Document: meeting.DocumentID(document)})
	return at.Page
}

// A year of turning pages leaves a log of a few entries, from which everything
// else is read as before; nobody is resumed across what was dropped.
func TestPlacesDoNotFillTheLog(t *testing.T) {
	store := notebook.NewMemoryStore()
	s := service(store)
	const turns = 2600
	for n := range turns {
		place(t, s, fmt.Sprint("p", n), fmt.Sprint("d", n%3), n%500+1)
		if n%100 == 0 {
			if err := write(t, s, "an", fmt.Sprint("s", n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	s.Close()
	saved, err := store.Load(t.Context(), notebook.Book{Person: "an", Meeting: "m1"}, notes.Reducer+1)
	if err != nil || len(saved.Entries) > 26+3 {
		t.Fatalf("%d entries are left, %v", len(saved.Entries), err)
	}
	for name, s := range map[string]*notebook.Service{"started again": service(store), "without its snapshot": service(bare{store})} {
		for n := turns - 3; n < turns; n++ {
			if got := lastOf(t, s, fmt.Sprint("d", n%3)); got != n%500+1 {
				t.Errorf("%s: last at %d, want %d", name, got, n%500+1)
			}
		}
		last := turns + uint64(26)
		for _, back := range []uint64{100, 10} { // the last strokes are some hundreds back, and the last places three
			m := subscribe(t, s, &reader{person: "an"}, protocol.Position{Epoch: "e1", Seq: last - back})
			if m.Seq != last || len(m.Snapshot) == 0 || len(m.Events) > 0 {
				t.Errorf("%s, %d back: at %d of %d, %d events", name, back, m.Seq, last, len(m.Events))
			}
		}
	}
	s = service(store)
	r := &reader{person: "an"}
	subscribe(t, s, r, protocol.Position{})
	place(t, s, "one more", "d0", 499)
	if told := r.take(); len(told) != 1 || told[0].Seq != turns+26+1 {
		t.Errorf("told %+v", told)
	}
}

// bare is a store that lost its snapshots.
type bare struct{ *notebook.MemoryStore }

func (b bare) Load(ctx context.Context, book notebook.Book, reducer int) (notebook.Saved, error) {
	return b.MemoryStore.Load(ctx, book, reducer+1000)
}
