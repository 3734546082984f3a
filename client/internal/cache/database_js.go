package cache

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"syscall/js"
	"time"
)

// The database has three parts: the small files, which are all read at the
// start and answered from memory; the pages; and of each file when it was used
// last, with its size, so that a start need not read the pages.
const (
	partSmall = "small"
	partPages = "pages"
	partUsed  = "used"
)

const (
	frame = 16 * time.Millisecond
	// mostWaiting bounds the bytes of pages that wait to be written.
	mostWaiting = 8 << 20
)

// small reports whether a file is held in memory: records, and what a
// document's pages are, which screens ask for while they draw.
func small(name string) bool {
	return strings.Contains(name, "/"+recordPart+"/") || strings.HasSuffix(name, "/info")
}

// database is a medium in the browser's database. What is written together is
// committed together; writes of one name keep their order.
type database struct {
	db   js.Value
	hot  *recent
	lost func(name string) // a page that was taken could not be written
	wake chan struct{}

	mu      sync.Mutex
	room    sync.Cond // waiting got smaller
	smalls  map[string][]byte
	sizes   map[string]int64
	queue   []*step
	pending map[string][]byte // pages that are not written yet
	waiting int               // bytes of pages in the queue
	failing bool              // the last page could not be written
	// changed has the small files that were changed here, with the number of
	// the change; count is the last number, written the last but those that
	// are still to be written.
	changed        map[string]uint64
	count, written uint64
}

// step is one change of the database.
type step struct {
	name  string
	kind  kind
	data  []byte
	at    time.Time
	but   map[string]bool
	heard chan error // nil: nobody waits
}

type kind int

const (
	stepWrite kind = iota
	stepCreate
	stepTouch
	stepRemove
	stepSweep // everything whose name begins so
)

// openDatabase opens the browser's database, which is made where it is not
// there.
func openDatabase(name string) (d *database, err error) {
	var request js.Value
	if err := attempt(func() { request = js.Global().Get("indexedDB").Call("open", name, 1) }); err != nil {
		return nil, err
	}
	upgrade := js.FuncOf(func(js.Value, []js.Value) any {
		for _, part := range []string{partSmall, partPages, partUsed} {
			request.Get("result").Call("createObjectStore", part)
		}
		return nil
	})
	defer upgrade.Release()
	request.Call("addEventListener", "upgradeneeded", upgrade)
	db, err := awaited(request, answerWithin, []string{"success"}, []string{"error", "blocked"})
	if err != nil {
		return nil, err
	}
	d = &database{
		db: db, hot: newRecent(hotBytes), wake: make(chan struct{}, 1), lost: func(string) {},
		smalls: map[string][]byte{}, sizes: map[string]int64{}, pending: map[string][]byte{},
		changed: map[string]uint64{},
	}
	d.room.L = &d.mu
	return d, nil
}

// list implements medium; it reads the small files, too.
func (d *database) list() ([]entry, error) {
	var names, used, smallNames, smalls js.Value
	d.mu.Lock()
	before := d.written
	d.mu.Unlock()
	err := d.within("readonly", false, func(part func(string) js.Value) {
		names, used = part(partUsed).Call("getAllKeys"), part(partUsed).Call("getAll")
		smallNames, smalls = part(partSmall).Call("getAllKeys"), part(partSmall).Call("getAll")
	})
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	names, used, smallNames, smalls = names.Get("result"), used.Get("result"), smallNames.Get("result"), smalls.Get("result")
	newer := func(name string) bool { return d.changed[name] > before } // than what was read
	maps.DeleteFunc(d.smalls, func(name string, _ []byte) bool { return !newer(name) })
	for i := range smallNames.Length() {
		if name := smallNames.Index(i).String(); !newer(name) {
			d.smalls[name] = bytesOf(smalls.Index(i))
		}
	}
	var all []entry
	for i := range names.Length() {
		name, of := names.Index(i).String(), used.Index(i)
		if _, there := d.smalls[name]; small(name) && !there {
			continue
		}
		e := entry{name, int64(of.Index(0).Float()), time.UnixMilli(int64(of.Index(1).Float()))}
		d.sizes[name] = e.size
		all = append(all, e)
	}
	return all, nil
}

// within has f do something in one transaction and waits for its end.
func (d *database) within(mode string, strict bool, f func(part func(string) js.Value)) error {
	var tx js.Value
	err := attempt(func() {
		options := map[string]any{"durability": "relaxed"}
		if strict {
			options["durability"] = "strict"
		}
		tx = d.db.Call("transaction", []any{partSmall, partPages, partUsed}, mode, options)
		f(func(name string) js.Value { return tx.Call("objectStore", name) })
	})
	if err != nil {
		if !tx.IsUndefined() {
			_ = attempt(func() { tx.Call("abort") })
		}
		return err
	}
	_, err = awaited(tx, 0, []string{"complete"}, []string{"abort"})
	return err
}

func bytesOf(v js.Value) []byte {
	if !v.Truthy() || v.Get("length").Type() != js.TypeNumber {
		return nil
	}
	data := make([]byte, v.Length())
	js.CopyBytesToGo(data, v)
	return data
}

func arrayOf(data []byte) js.Value {
	out := js.Global().Get("Uint8Array").New(len(data))
	js.CopyBytesToJS(out, data)
	return out
}

func home(name string) string {
	if small(name) {
		return partSmall
	}
	return partPages
}

// read implements medium.
func (d *database) read(name string) ([]byte, error) {
	d.mu.Lock()
	data, ok := d.smalls[name]
	if !ok {
		data, ok = d.pending[name]
	}
	d.mu.Unlock()
	if !ok {
		data, ok = d.hot.get(name)
	}
	switch {
	case ok:
		return data, nil
	case small(name):
		return nil, fs.ErrNotExist
	}
	var request js.Value
	err := d.within("readonly", false, func(part func(string) js.Value) { request = part(partPages).Call("get", name) })
	if err != nil {
		return nil, err
	}
	if !request.Get("result").Truthy() {
		return nil, fs.ErrNotExist
	}
	data = bytesOf(request.Get("result"))
	d.hot.put(name, data)
	return data, nil
}

// write implements medium. What need not be durable is written soon; after one
// such file could not be, it is waited for until one can.
func (d *database) write(name string, data []byte, durable bool) error {
	s := &step{name: name, kind: stepWrite, data: data, at: time.Now()}
	d.mu.Lock()
	for !durable && d.waiting > mostWaiting {
		d.room.Wait()
	}
	if durable || d.failing {
		d.mu.Unlock()
		return d.await(s)
	}
	defer d.mu.Unlock()
	d.push(s)
	return nil
}

// create implements medium: also what another tab has written counts.
func (d *database) create(name string, data []byte) error {
	err := d.await(&step{name: name, kind: stepCreate, data: data, at: time.Now()})
	if err != nil && strings.Contains(err.Error(), "ConstraintError") {
		return fs.ErrExist
	}
	return err
}

// refresh implements sharer: it reads the small files anew.
func (d *database) refresh() ([]entry, error) { return d.list() }

func (d *database) touch(name string, at time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.push(&step{name: name, kind: stepTouch, at: at})
}

// remove implements medium: pages go soon, records before it returns.
func (d *database) remove(name string) error {
	s := &step{name: name, kind: stepRemove}
	if small(name) {
		return d.await(s)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.push(s)
	return nil
}

// sweep implements sweeper.
func (d *database) sweep(prefix string, but map[string]bool) error {
	return d.await(&step{name: prefix, kind: stepSweep, but: but})
}

func (d *database) await(s *step) error {
	s.heard = make(chan error, 1)
	d.mu.Lock()
	d.push(s)
	d.mu.Unlock()
	return <-s.heard
}

// push queues a step, and has what is read from now on be as if it were done.
// The caller holds the lock.
func (d *database) push(s *step) {
	d.queue = append(d.queue, s)
	if d.count++; small(s.name) {
		d.changed[s.name] = d.count
	}
	switch {
	case s.kind == stepWrite && !small(s.name):
		d.pending[s.name] = s.data
		d.waiting += len(s.data)
	case s.kind == stepWrite:
		d.smalls[s.name] = s.data
	case s.kind == stepRemove:
		delete(d.pending, s.name)
		delete(d.smalls, s.name)
		d.hot.drop(s.name)
	}
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// run writes what is queued, for as long as the page in the browser lives.
func (d *database) run() {
	for range d.wake {
		for d.flush() {
		}
	}
}

// flush writes what is queued now, in one transaction. Where nobody waits for
// it, what comes within a frame goes along.
func (d *database) flush() (more bool) {
	d.mu.Lock()
	urgent := false
	for _, s := range d.queue {
		urgent = urgent || s.heard != nil
	}
	d.mu.Unlock()
	if !urgent {
		time.Sleep(frame)
	}
	d.mu.Lock()
	batch, last := d.queue, d.count
	d.queue = nil
	d.mu.Unlock()
	if len(batch) == 0 {
		return false
	}
	if err := d.commit(batch); err == nil {
		d.done(batch, nil)
	} else {
		// One that has no room must not take the others with it.
		for _, s := range batch {
			d.done([]*step{s}, d.commit([]*step{s}))
		}
	}
	d.mu.Lock()
	d.written = last
	d.mu.Unlock()
	return true
}

// commit does steps in one transaction: all or none.
func (d *database) commit(batch []*step) error {
	strict := false
	for _, s := range batch {
		strict = strict || s.heard != nil
	}
	return d.within("readwrite", strict, func(part func(string) js.Value) {
		for _, s := range batch {
			d.apply(s, part)
		}
	})
}

func (d *database) apply(s *step, part func(string) js.Value) {
	used := func(size int64) {
		part(partUsed).Call("put", []any{float64(size), float64(s.at.UnixMilli())}, s.name)
	}
	switch s.kind {
	case stepWrite:
		part(home(s.name)).Call("put", arrayOf(s.data), s.name)
		used(int64(len(s.data)))
	case stepCreate:
		part(home(s.name)).Call("add", arrayOf(s.data), s.name)
		used(int64(len(s.data)))
	case stepTouch:
		d.mu.Lock()
		size, known := d.sizes[s.name]
		d.mu.Unlock()
		if known {
			used(size)
		}
	case stepRemove:
		part(home(s.name)).Call("delete", s.name)
		part(partUsed).Call("delete", s.name)
	case stepSweep:
		d.sweepIn(s, part)
	}
}

// sweepIn removes everything whose name begins so, also what another tab has
// written. Names that stay are few: what lies between them goes.
func (d *database) sweepIn(s *step, part func(string) js.Value) {
	bounds := js.Global().Get("IDBKeyRange")
	for _, p := range []string{partPages, partSmall, partUsed} {
		from := s.name
		for _, stays := range append(slices.Sorted(maps.Keys(s.but)), s.name+"\uffff") {
			if !strings.HasPrefix(stays, s.name) {
				continue
			}
			part(p).Call("delete", bounds.Call("bound", from, stays, from != s.name, true))
			from = stays
		}
	}
}

// done takes over what came of steps and tells who waits.
func (d *database) done(batch []*step, err error) {
	var lost []string
	d.mu.Lock()
	for _, s := range batch {
		if s.kind == stepWrite && !small(s.name) {
			d.failing = err != nil
			d.waiting -= len(s.data)
			if p, ok := d.pending[s.name]; ok && (len(p) == 0 || len(s.data) > 0 && &p[0] == &s.data[0]) {
				delete(d.pending, s.name)
				if err == nil {
					d.hot.put(s.name, s.data)
				}
			}
		}
		switch {
		case err == nil:
			d.settle(s)
		case s.heard == nil && s.kind == stepWrite:
			lost = append(lost, s.name)
		}
	}
	d.room.Broadcast()
	d.mu.Unlock()
	for _, name := range lost {
		d.lost(name)
	}
	for _, s := range batch {
		if s.heard != nil {
			s.heard <- err
		}
	}
}

// settle notes what the database has now. The caller holds the lock.
func (d *database) settle(s *step) {
	switch s.kind {
	case stepWrite, stepCreate:
		d.sizes[s.name] = int64(len(s.data))
		if s.kind == stepCreate && small(s.name) {
			d.smalls[s.name] = s.data
		}
	case stepRemove:
		delete(d.sizes, s.name)
	case stepSweep:
		for name := range d.sizes {
			if strings.HasPrefix(name, s.name) && !s.but[name] {
				delete(d.sizes, name)
				delete(d.smalls, name)
				delete(d.pending, name)
				d.hot.drop(name)
			}
		}
	}
}
