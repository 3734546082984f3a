package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// place is where a store is: opened again, it has what was kept.
type place func(most int64) *Store

// stores runs a test on every medium there is here.
func stores(t *testing.T, most int64, test func(t *testing.T, s *Store)) {
	t.Helper()
	lasting(t, func(t *testing.T, fresh func() place) { test(t, fresh()(most)) })
	t.Run("memory", func(t *testing.T) { test(t, Memory(most)) })
}

func TestWhatWasKeptIsThere(t *testing.T) {
	stores(t, 1<<20, func(t *testing.T, s *Store) {
		a, b := s.Area("room", "ngan"), s.Area("room", "van")
		for _, name := range []string{"outbox", "meeting/1", "meeting/2"} {
			if err := a.Keep(name, []byte("of "+name)); err != nil {
				t.Fatal(err)
			}
		}
		if got, ok := a.Kept("outbox"); !ok || string(got) != "of outbox" {
			t.Errorf("outbox: %q %v", got, ok)
		}
		if got := a.Records("meeting/"); !slices.Equal(got, []string{"meeting/1", "meeting/2"}) {
			t.Errorf("records: %v", got)
		}
		if _, ok := b.Kept("outbox"); ok {
			t.Error("one area sees the other")
		}
		if err := a.Drop("outbox"); err != nil {
			t.Fatal(err)
		}
		if _, ok := a.Kept("outbox"); ok {
			t.Error("dropped, and there")
		}
		if err := errors.Join(a.Drop("outbox"), a.Drop("never")); err != nil {
			t.Errorf("drop what is not there: %v", err)
		}
	})
}

func TestPagesMakeRoomLeastUsedFirstProtectedLast(t *testing.T) {
	clock := time.Unix(1_000_000, 0)
	s := newStore(&memory{files: map[string][]byte{}}, 50_000, func() time.Time { clock = clock.Add(time.Second); return clock })
	a := s.Area("x")
	a.Protect([]string{"open"})
	page := make([]byte, 1000)
	put := func(doc string, n int) {
		if err := a.Put(doc, fmt.Sprint(n), page); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 20 {
		put("open", n)
	}
	for n := range 20 {
		put("other", n)
	}
	a.Get("other", "0")
	for n := range 20 {
		put("later", n)
	}
	if s.Bytes() > 50_000 {
		t.Errorf("%d bytes", s.Bytes())
	}
	for n := range 20 {
		if !a.Has("open", fmt.Sprint(n)) {
			t.Errorf("page %d of the open document went first", n)
		}
	}
	if !a.Has("other", "0") || a.Has("other", "1") {
		t.Error("not the least used went")
	}
	if s.Evictions() == 0 {
		t.Error("nothing is told of it")
	}
	for n := range 60 {
		put("open", 100+n)
	}
	if s.Bytes() > 50_000 {
		t.Errorf("%d bytes with protected documents only", s.Bytes())
	}
}

// Tiles are many: those of a drawing that is read take no room from its own pages, nor from what was read later elsewhere.
func TestTilesMakeRoomAlsoWhereTheirDocumentIsProtected(t *testing.T) {
	s := Memory(50_000)
	a := s.Area("x")
	a.Protect([]string{"open"})
	page := make([]byte, 1000)
	put := func(doc, name string) {
		if err := a.Put(doc, name, page); err != nil {
			t.Fatal(err)
		}
	}
	put("open", "p1-800")
	for n := range 200 {
		put("open", fmt.Sprintf("%s1-25600-%d-0", TilePrefix, n))
	}
	if s.Bytes() > 50_000 || !a.Has("open", "p1-800") || !a.Has("open", TilePrefix+"1-25600-199-0") || a.Has("open", TilePrefix+"1-25600-0-0") {
		t.Errorf("%d bytes; the page %v, the newest tile %v, the oldest %v", s.Bytes(), a.Has("open", "p1-800"),
			a.Has("open", TilePrefix+"1-25600-199-0"), a.Has("open", TilePrefix+"1-25600-0-0"))
	}
	for n := range 20 {
		put("later", fmt.Sprint("p", n))
	}
	for n := range 20 {
		if !a.Has("later", fmt.Sprint("p", n)) {
			t.Errorf("page %d of what was read later went before tiles", n)
		}
	}
}

func TestRetainRemovesAndRefuses(t *testing.T) {
	stores(t, 1<<20, func(t *testing.T, s *Store) {
		a, other := s.Area("x"), s.Area("y")
		for _, doc := range []string{"kept", "secret"} {
			if err := errors.Join(a.Put(doc, "p1", []byte("page")), other.Put(doc, "p1", []byte("page"))); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Retain([]string{"kept"}); err != nil {
			t.Fatal(err)
		}
		if _, ok := a.Get("secret", "p1"); ok || !a.Has("kept", "p1") {
			t.Error("the wrong one is gone")
		}
		if !other.Has("secret", "p1") {
			t.Error("another area lost its own")
		}
		if err := a.Put("secret", "p2", []byte("late")); !errors.Is(err, ErrUnwanted) || a.Has("secret", "p2") {
			t.Errorf("what comes late is kept: %v", err)
		}
		if err := a.Wipe(); err != nil {
			t.Fatal(err)
		}
		if a.Has("kept", "p1") {
			t.Error("wiped, and there")
		}
	})
}

// full is a medium that takes nothing beyond a number of bytes.
type full struct {
	memory
	most int
}

func (f *full) write(name string, data []byte, durable bool) error {
	f.mu.Lock()
	used := len(data) - len(f.files[name])
	for _, d := range f.files {
		used += len(d)
	}
	f.mu.Unlock()
	if used > f.most {
		return errors.New("no space left on device")
	}
	return f.memory.write(name, data, durable)
}

func TestAFullDiskGivesUpPagesForRecords(t *testing.T) {
	s := newStore(&full{memory{files: map[string][]byte{}}, 10_000}, 1<<20, time.Now)
	a := s.Area("x")
	for n := 0; ; n++ {
		if err := a.Put("doc", fmt.Sprint(n), make([]byte, 1000)); err != nil {
			t.Fatal(err)
		}
		if s.Evictions() > 0 {
			break
		}
	}
	if err := a.Keep("outbox", make([]byte, 5000)); err != nil {
		t.Errorf("a record has no room beside pages: %v", err)
	}
	a.Protect([]string{"doc"})
	if err := a.Keep("outbox", make([]byte, 20_000)); err == nil {
		t.Error("more than there is room for")
	}
	if got, ok := a.Kept("outbox"); !ok || len(got) != 5000 {
		t.Errorf("the record before is lost: %d bytes", len(got))
	}
}

// TestLikeAMap compares the store with a map, whatever is done in whatever
// order, with starts in between.
func TestLikeAMap(t *testing.T) {
	lasting(t, func(t *testing.T, fresh func() place) { rapid.Check(t, func(t *rapid.T) { likeAMap(t, fresh()) }) })
}

func likeAMap(t *rapid.T, open place) {
	a := open(1 << 30).Area("x")
	want := map[string]string{}
	docs, names := rapid.SampledFrom([]string{"d", "D", "e"}), rapid.SampledFrom([]string{"p1", "p2", "info"})
	t.Repeat(map[string]func(*rapid.T){
		"put": func(t *rapid.T) {
			d, n, v := docs.Draw(t, "doc"), names.Draw(t, "name"), rapid.String().Draw(t, "value")
			if err := a.Put(d, n, []byte(v)); err != nil {
				t.Fatal(err)
			}
			want[d+"/"+n] = v
		},
		"drop": func(t *rapid.T) {
			d, n := docs.Draw(t, "doc"), names.Draw(t, "name")
			if err := a.DropPart(d, n); err != nil {
				t.Fatal(err)
			}
			delete(want, d+"/"+n)
		},
		"start": func(*rapid.T) {
			if err := a.Keep("mark", nil); err != nil { // and so what was put before
				t.Fatal(err)
			}
			a = open(1 << 30).Area("x")
		},
		"": func(t *rapid.T) {
			for _, d := range []string{"d", "D", "e"} {
				for _, n := range []string{"p1", "p2", "info"} {
					got, ok := a.Get(d, n)
					v, there := want[d+"/"+n]
					if ok != there || string(got) != v || a.Has(d, n) != there {
						t.Fatalf("%s/%s: %q %v, want %q %v", d, n, got, ok, v, there)
					}
				}
			}
		},
	})
}

func TestManyAtOnce(t *testing.T) {
	stores(t, 20_000, func(t *testing.T, s *Store) {
		var all sync.WaitGroup
		for g := range 8 {
			all.Go(func() {
				a := s.Area(fmt.Sprint(g % 2))
				for i := range 60 {
					name, text := fmt.Sprint("p", i%7), strings.Repeat(fmt.Sprint(i%7), 500)
					if err := a.Put(fmt.Sprint(i%3), name, []byte(text)); err != nil && !errors.Is(err, ErrUnwanted) {
						t.Error(err)
					}
					if got, ok := a.Get(fmt.Sprint(i%3), name); ok && string(got) != text {
						t.Errorf("another's text: %q", got[:1])
					}
					if i%20 == 19 {
						if err := a.Retain([]string{"0", fmt.Sprint(g % 3)}); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		all.Wait()
		if s.Bytes() < 0 || s.Bytes() > 20_000 {
			t.Errorf("%d bytes", s.Bytes())
		}
	})
}

func TestASecondStartFindsEverything(t *testing.T) {
	lasting(t, func(t *testing.T, fresh func() place) {
		open := fresh()
		s := open(1 << 20)
		a := s.Area("x")
		if !s.Lasting() {
			t.Error("it does not last")
		}
		if err := errors.Join(a.Put("doc", "p1", []byte("page")), a.Put("doc", "info", []byte("about")), a.KeepSoon("s", []byte("soon")), a.Keep("r", []byte("record"))); err != nil {
			t.Fatal(err)
		}
		s2 := open(1 << 20)
		b := s2.Area("x")
		for name, want := range map[string]string{"r": "record", "s": "soon"} {
			if got, ok := b.Kept(name); !ok || string(got) != want {
				t.Errorf("record %s: %q %v", name, got, ok)
			}
		}
		for name, want := range map[string]string{"p1": "page", "info": "about"} {
			if got, ok := b.Get("doc", name); !ok || string(got) != want || !b.Has("doc", name) {
				t.Errorf("page %s: %q %v", name, got, ok)
			}
		}
		if s.Bytes() != s2.Bytes() || s.Bytes() == 0 {
			t.Errorf("%d bytes, then %d", s.Bytes(), s2.Bytes())
		}
		if err := errors.Join(b.Wipe("r")); err != nil {
			t.Fatal(err)
		}
		c := open(1 << 20).Area("x")
		if _, ok := c.Kept("r"); !ok || c.Has("doc", "p1") || c.Has("doc", "info") || len(c.Records("")) != 1 {
			t.Errorf("after a wipe: the record %v, records %v", ok, c.Records(""))
		}
	})
}

// A record that is kept first stays, whoever comes second.
func TestTheFirstRecordStays(t *testing.T) {
	lasting(t, func(t *testing.T, fresh func() place) {
		open := fresh()
		one, two := open(1<<20).Area("x"), open(1<<20).Area("x")
		if err := one.KeepFirst("ballot", []byte("one")); err != nil {
			t.Fatal(err)
		}
		if err := two.KeepFirst("ballot", []byte("two")); !errors.Is(err, fs.ErrExist) {
			t.Errorf("the second one: %v", err)
		}
		two.Refresh()
		if got, ok := two.Kept("ballot"); !ok || string(got) != "one" {
			t.Errorf("the second one reads %q %v", got, ok)
		}
		if err := one.Keep("ballot", []byte("more")); err != nil {
			t.Errorf("its owner writes it again: %v", err)
		}
	})
	m := Memory(1 << 20).Area("x")
	if err := errors.Join(m.KeepFirst("ballot", nil)); err != nil {
		t.Fatal(err)
	}
	if err := m.KeepFirst("ballot", nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("in memory: %v", err)
	}
}
