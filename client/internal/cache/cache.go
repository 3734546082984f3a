// Package cache keeps on the device what a person read and what waits to be
// sent: records, which stay until they are dropped, and pages of documents,
// which make room for newer ones.
//
// Every file carries a checksum. One that is damaged is dropped when it is
// read, as if it had never been there. Files are replaced whole or not at all,
// so that a device may lose power at any moment.
package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"slices"
	"sync"
	"time"
)

// DefaultBytes bounds the pages kept on a device with a disk.
const DefaultBytes = 2 << 30

// ErrUnwanted says that a document is not to be kept: Retain did not name it.
var ErrUnwanted = errors.New("cache: the document is not to be kept")

// medium is where files are. Names are slash-separated. Its methods are called
// from several goroutines, never for one name at a time.
type medium interface {
	// list gives all files with their sizes and when they were last used.
	list() ([]entry, error)
	read(name string) ([]byte, error)
	// write replaces a file at once; durable means that it survives a power
	// cut that follows the return.
	write(name string, data []byte, durable bool) error
	// touch notes that a file was used. It may be forgotten.
	touch(name string, at time.Time)
	remove(name string) error
	// create is a durable write that fails with fs.ErrExist where the file is
	// there already.
	create(name string, data []byte) error
}

// sharer is a medium that other programs write to at the same time, as the
// tabs of one browser do.
type sharer interface {
	// refresh gives all files as they are now.
	refresh() ([]entry, error)
	// sweep removes all files whose names begin so, but the named ones, also
	// those this program knows nothing of.
	sweep(prefix string, but map[string]bool) error
}

type entry struct {
	name string
	size int64
	used time.Time
}

// Store is everything kept on one device. It is safe for concurrent use.
type Store struct {
	medium medium
	most   int64
	now    func() time.Time
	// fleeting: the device lets nothing be kept beyond the program's end.
	fleeting bool

	mu        sync.Mutex
	files     map[string]*file
	bytes     int64 // of pages
	evicted   uint64
	protected map[string]map[string]bool
	wanted    map[string]map[string]bool
	names     [64]sync.Mutex // one for a share of the names
}

type file struct {
	size int64
	used time.Time
	page bool // may make room for others
	told time.Time
}

// newStore reads what is there. What cannot be read counts as not there.
func newStore(m medium, most int64, now func() time.Time) *Store {
	s := &Store{medium: m, most: most, now: now, files: map[string]*file{},
		protected: map[string]map[string]bool{}, wanted: map[string]map[string]bool{}}
	all, err := m.list()
	if err != nil {
		return s
	}
	for _, e := range all {
		f := &file{size: e.size, used: e.used, told: e.used, page: isPage(e.name)}
		s.files[e.name] = f
		if f.page {
			s.bytes += f.size
		}
	}
	s.shrink(s.most)
	return s
}

// magic begins every file, with the version of its form.
const magic = "PHC1"

func seal(data []byte) []byte {
	sum := sha256.Sum256(data)
	return slices.Concat([]byte(magic), sum[:], data)
}

func unseal(raw []byte) ([]byte, bool) {
	const head = len(magic) + sha256.Size
	if len(raw) < head || string(raw[:len(magic)]) != magic {
		return nil, false
	}
	data := raw[head:]
	sum := sha256.Sum256(data)
	return data, bytes.Equal(sum[:], raw[len(magic):head])
}

// get reads a file; ok is false where it is not there or damaged.
func (s *Store) get(name string) (data []byte, ok bool) {
	s.mu.Lock()
	f, known := s.files[name]
	s.mu.Unlock()
	if !known {
		return nil, false
	}
	l := s.lock(name)
	l.Lock()
	raw, err := s.medium.read(name)
	if err == nil {
		data, ok = unseal(raw)
	}
	if !ok {
		s.forget(name)
		_ = s.medium.remove(name) // nobody sees it any more either way
	}
	l.Unlock()
	if ok {
		s.use(name, f)
	}
	return data, ok
}

// use notes that a file was read, on the medium at most once an hour.
func (s *Store) use(name string, f *file) {
	now := s.now()
	s.mu.Lock()
	f.used = now
	tell := now.Sub(f.told) > time.Hour
	if tell {
		f.told = now
	}
	s.mu.Unlock()
	if tell {
		s.medium.touch(name, now)
	}
}

// Lasting reports whether what is kept outlives the program.
func (s *Store) Lasting() bool { return !s.fleeting }

// Refresh takes over which records other programs have kept or dropped
// meanwhile, where the medium is shared with them.
func (s *Store) Refresh() {
	shared, ok := s.medium.(sharer)
	if !ok {
		return
	}
	all, err := shared.refresh()
	if err != nil {
		return // what was known is as good as ever
	}
	there := map[string]bool{}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range all {
		there[e.name] = true
		if s.files[e.name] == nil && !isPage(e.name) {
			s.files[e.name] = &file{size: e.size, used: e.used, told: e.used}
		}
	}
	for name, f := range s.files {
		if !f.page && !there[name] && f.used.Before(s.now().Add(-time.Minute)) {
			delete(s.files, name)
		}
	}
}

// put writes a file. Pages make room for it where the medium is full.
func (s *Store) put(name string, data []byte, durable bool) error {
	raw := seal(data)
	page := isPage(name)
	if page {
		s.shrink(s.most - int64(len(raw)))
	}
	l := s.lock(name)
	l.Lock()
	defer l.Unlock()
	err := s.medium.write(name, raw, durable)
	if err != nil && s.shrinkBy(max(int64(len(raw))*4, 16<<20)) {
		err = s.medium.write(name, raw, durable)
	}
	if err != nil {
		return err
	}
	s.note(name, int64(len(raw)), page)
	return nil
}

// create writes a durable file unless there is one of that name.
func (s *Store) create(name string, data []byte) error {
	raw := seal(data)
	l := s.lock(name)
	l.Lock()
	defer l.Unlock()
	err := s.medium.create(name, raw)
	if err != nil && !errors.Is(err, fs.ErrExist) && s.shrinkBy(max(int64(len(raw))*4, 16<<20)) {
		err = s.medium.create(name, raw)
	}
	if err == nil || errors.Is(err, fs.ErrExist) {
		s.note(name, int64(len(raw)), false)
	}
	return err
}

// note lists a file that is there now.
func (s *Store) note(name string, size int64, page bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgetLocked(name)
	now := s.now()
	s.files[name] = &file{size: size, used: now, told: now, page: page}
	if page {
		s.bytes += size
	}
}

func (s *Store) drop(name string) error {
	l := s.lock(name)
	l.Lock()
	defer l.Unlock()
	s.forget(name)
	return s.medium.remove(name)
}

func (s *Store) lock(name string) *sync.Mutex {
	h := sha256.Sum256([]byte(name))
	return &s.names[h[0]%64]
}

func (s *Store) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgetLocked(name)
}

func (s *Store) forgetLocked(name string) {
	if f, ok := s.files[name]; ok {
		if f.page {
			s.bytes -= f.size
		}
		delete(s.files, name)
	}
}

// Bytes is how much the pages take.
func (s *Store) Bytes() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bytes
}

// shrink drops pages until at most so many bytes remain: those used longest
// ago first, those of protected documents last, but for their tiles. It goes a
// little below, so that it has not to be done for every page.
func (s *Store) shrink(most int64) {
	s.mu.Lock()
	if s.bytes <= max(most, 0) {
		s.mu.Unlock()
		return
	}
	target := max(most-s.most/20, 0)
	need := s.bytes - target
	doomed := s.oldest(need, true)
	s.mu.Unlock()
	s.dropAll(doomed)
}

// shrinkBy frees so many bytes of pages that are not protected, and reports
// whether it freed any.
func (s *Store) shrinkBy(need int64) bool {
	s.mu.Lock()
	doomed := s.oldest(need, false)
	s.mu.Unlock()
	for _, name := range doomed {
		// The caller holds the lock of a name: take none here.
		s.forget(name)
		_ = s.medium.remove(name)
	}
	return len(doomed) > 0
}

// Evictions counts how often pages had to make room: what Has said before may
// not be so any more.
func (s *Store) Evictions() uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.evicted
}

func (s *Store) dropAll(names []string) {
	for _, name := range names {
		_ = s.drop(name) // it is not listed any more; the next start tries again
	}
}

// oldest lists pages that together have the size.
func (s *Store) oldest(need int64, protectedToo bool) []string {
	type candidate struct {
		name string
		*file
		safe bool
	}
	var all []candidate
	for name, f := range s.files {
		if !f.page {
			continue
		}
		area, doc := splitPage(name)
		if safe := s.protected[area][doc] && !isTile(name); protectedToo || !safe {
			all = append(all, candidate{name, f, safe})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		if a.safe != b.safe {
			if b.safe {
				return -1
			}
			return 1
		}
		return a.used.Compare(b.used)
	})
	var out []string
	for _, c := range all {
		if need <= 0 {
			break
		}
		need -= c.size
		s.evicted++
		out = append(out, c.name)
	}
	return out
}

// code makes a name of the medium of any text: short, and different for
// different texts also where upper and lower case are the same.
func code(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:12])
}
