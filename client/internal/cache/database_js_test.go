package cache

import (
	"errors"
	"fmt"
	"syscall/js"
	"testing"
	"time"
)

// lasting runs a test on every medium that outlives the page.
func lasting(t *testing.T, test func(t *testing.T, fresh func() place)) {
	t.Helper()
	t.Run("database", func(t *testing.T) { test(t, freshDatabase) })
}

var databases int

// freshDatabase is a place that nothing was kept in.
func freshDatabase() place {
	databases++
	name := fmt.Sprint("test-", databases)
	return func(most int64) *Store { return openBrowser(name, most) }
}

// What another tab has kept is seen after Refresh, and a wipe takes it along.
func TestTabsShareTheDatabase(t *testing.T) {
	open := freshDatabase()
	one, two := open(1<<20), open(1<<20)
	a, b := one.Area("x"), two.Area("x")
	other := two.Area("y")
	err := errors.Join(a.Keep("outbox/1", []byte("1")), b.Put("doc", "p1", []byte("page")), other.Put("doc", "p1", []byte("page")), b.Keep("outbox/2", []byte("2")), other.Keep("r", nil))
	if err != nil {
		t.Fatal(err)
	}
	a.Refresh()
	if got := a.Records("outbox/"); len(got) != 2 {
		t.Errorf("one tab knows %v", got)
	}
	if got, ok := a.Kept("outbox/2"); !ok || string(got) != "2" {
		t.Errorf("it reads %q %v", got, ok)
	}
	if err := a.Wipe("outbox/2"); err != nil {
		t.Fatal(err)
	}
	late := open(1 << 20)
	if got := late.Area("x").Records(""); len(got) != 1 || got[0] != "outbox/2" || late.Area("x").Has("doc", "p1") {
		t.Errorf("left behind: %v, the page %v", got, late.Area("x").Has("doc", "p1"))
	}
	if !late.Area("y").Has("doc", "p1") || len(late.Area("y").Records("")) != 1 {
		t.Error("another person's part went along")
	}
}

// A browser that lets nothing be kept takes nothing else away.
func TestWithoutADatabase(t *testing.T) {
	factory := js.Global().Get("IDBFactory").Get("prototype")
	was := factory.Get("open")
	t.Cleanup(func() { factory.Set("open", was) })
	refuse := js.Global().Get("Function").New("throw new DOMException('no', 'SecurityError')")
	factory.Set("open", refuse)
	s := Open("", 0)
	if s.Lasting() {
		t.Error("it is said to last")
	}
	a := s.Area("x")
	if err := errors.Join(a.Keep("r", []byte("record")), a.Put("doc", "p1", []byte("page"))); err != nil {
		t.Fatal(err)
	}
	if _, ok := a.Kept("r"); !ok || !a.Has("doc", "p1") {
		t.Error("it is not even in memory")
	}
	s.Persist()
}

// A page that the database has no room for is not said to be there, and a
// record that fits is kept all the same.
func TestAFullDatabase(t *testing.T) {
	s := freshDatabase()(1 << 30)
	prototype := js.Global().Get("IDBObjectStore").Get("prototype")
	was := prototype.Get("put")
	t.Cleanup(func() { prototype.Set("put", was) })
	prototype.Set("put", js.Global().Get("Function").New("was", `return function (value, key) {
		if (value.length > 100000) throw new DOMException("full", "QuotaExceededError");
		return was.call(this, value, key);
	}`).Invoke(was))
	a := s.Area("x")
	if err := a.Put("doc", "p1", make([]byte, 200_000)); err != nil {
		t.Fatalf("it was waited for: %v", err)
	}
	if err := a.Keep("r", []byte("record")); err != nil {
		t.Errorf("a record: %v", err)
	}
	for deadline := time.Now().Add(time.Minute); a.Has("doc", "p1"); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("it is said to be there")
		}
	}
	if err := a.Put("doc", "p2", make([]byte, 200_000)); err == nil {
		t.Error("the next one is said to be kept")
	}
	if err := a.Put("doc", "p3", make([]byte, 1000)); err != nil || !a.Has("doc", "p3") {
		t.Errorf("one that fits: %v", err)
	}
	if s.Bytes() > 2000 {
		t.Errorf("%d bytes are counted", s.Bytes())
	}
}

func TestTheBoundIsAShareOfWhatTheBrowserGives(t *testing.T) {
	m, ok := manager()
	if !ok {
		t.Skip("there is no storage manager")
	}
	estimate := func(quota any) {
		m.Set("estimate", js.Global().Get("Function").New("quota", "return () => Promise.resolve({quota})").Invoke(quota))
	}
	t.Cleanup(func() { m.Delete("estimate") })
	for quota, want := range map[any]int64{4e9: 500 << 20, 4e6: 1e6, 0: 0, "much": MemoryBytes} {
		estimate(quota)
		if got := allowed(); got != want {
			t.Errorf("of %v: %d, want %d", quota, got, want)
		}
	}
	m.Set("estimate", js.Global().Get("Function").New("return Promise.reject(new TypeError('no'))"))
	if got := allowed(); got != MemoryBytes {
		t.Errorf("refused: %d", got)
	}
}

func TestRecentFilesStay(t *testing.T) {
	r := newRecent(300)
	for n := range 5 {
		r.put(fmt.Sprint(n), make([]byte, 100))
		r.get("0")
	}
	r.put("huge", make([]byte, 301))
	r.drop("3")
	r.drop("never")
	for name, want := range map[string]bool{"0": true, "1": false, "2": false, "3": false, "4": true, "huge": false} {
		if _, ok := r.get(name); ok != want {
			t.Errorf("%s: %v", name, ok)
		}
	}
	if r.bytes != 200 || r.order.Len() != 2 {
		t.Errorf("%d bytes, %d files", r.bytes, r.order.Len())
	}
}
