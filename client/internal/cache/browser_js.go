package cache

import (
	"cmp"
	"syscall/js"
	"time"
)

// Bounds of what is kept in a browser, in bytes.
const (
	// MemoryBytes bounds the pages where the browser lets nothing be kept.
	MemoryBytes = 64 << 20
	// BrowserBytes bounds the pages kept in the browser's database.
	BrowserBytes = 500 << 20
	// hotBytes bounds the pages that are in memory beside the database.
	hotBytes = 24 << 20
	// share is which part of what the browser would give is taken: others,
	// and the program's own files, need room as well.
	share = 4
)

// answerWithin is how long the browser may take to open its database. One
// that does not answer is as good as none.
const answerWithin = 5 * time.Second

// usual is the database's name.
const usual = "phonghop"

// Open opens the store in the browser's database. Most bounds the pages in
// bytes; 0 means a share of what the browser gives, BrowserBytes at most.
// Where the browser keeps nothing, as in some private windows, the store is in
// memory, and Lasting says so.
func Open(_ string, most int64) *Store { return openBrowser(usual, most) }

func openBrowser(name string, most int64) *Store {
	d, err := openDatabase(name)
	if err != nil {
		s := Memory(cmp.Or(most, MemoryBytes))
		s.fleeting = true
		return s
	}
	if most == 0 {
		most = allowed()
	}
	s := newStore(d, most, time.Now)
	d.lost = s.forget
	go d.run()
	return s
}

// manager is the browser's storage manager; false where it has none, as
// without a secure connection.
func manager() (js.Value, bool) {
	m := js.Global().Get("navigator").Get("storage")
	return m, m.Truthy()
}

// allowed is how many bytes of pages are to be kept here.
func allowed() int64 {
	m, ok := manager()
	if !ok || !m.Get("estimate").Truthy() {
		return MemoryBytes
	}
	var estimate js.Value
	var err error
	if thrown := attempt(func() { estimate, err = promised(m.Call("estimate"), answerWithin) }); thrown != nil || err != nil {
		return MemoryBytes
	}
	quota := estimate.Get("quota")
	if quota.Type() != js.TypeNumber {
		return MemoryBytes
	}
	return min(int64(quota.Float())/share, BrowserBytes)
}

// Persist asks the browser not to give up what is kept here when it is short
// of room. Some browsers ask the person; it is for a device of his own. What
// comes of it changes nothing else.
func (s *Store) Persist() {
	m, ok := manager()
	if !ok || s.fleeting || !m.Get("persist").Truthy() {
		return
	}
	_ = attempt(func() { _, _ = promised(m.Call("persist"), 0) })
}
