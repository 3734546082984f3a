package cache

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// Area is a part of a store that belongs to somebody: what one area has, no
// other sees.
type Area struct {
	s   *Store
	dir string
}

// Area gives the area of the owner that the parts name together. With no
// parts it is the device's own.
func (s *Store) Area(owner ...string) *Area {
	return &Area{s, code(strings.Join(owner, "\n"))}
}

// Names on the medium: AREA/record/NAME and AREA/page/DOCUMENT/NAME. The names
// of records are in the records themselves, before a line feed.
const (
	recordPart = "record"
	pagePart   = "page"
)

func isPage(name string) bool { return strings.Contains(name, "/"+pagePart+"/") }

// TilePrefix begins the names of tiles, of which a page may have thousands:
// they make room for others also where their document is protected.
const TilePrefix = "t"

func isTile(name string) bool {
	return isPage(name) && strings.HasPrefix(name[strings.LastIndexByte(name, '/')+1:], TilePrefix)
}

func splitPage(name string) (area, doc string) {
	parts := strings.Split(name, "/")
	if len(parts) != 4 || parts[1] != pagePart {
		return "", ""
	}
	return parts[0], parts[2]
}

func (a *Area) record(name string) string { return a.dir + "/" + recordPart + "/" + code(name) }

func (a *Area) page(doc, name string) string {
	return a.dir + "/" + pagePart + "/" + code(doc) + "/" + name
}

// Keep writes a record, which is durable when Keep returns.
func (a *Area) Keep(name string, data []byte) error {
	return a.s.put(a.record(name), slices.Concat([]byte(name), []byte{'\n'}, data), true)
}

// KeepSoon is Keep for who must not wait where a medium takes its time, as the
// database of a browser does: there the record is durable soon.
func (a *Area) KeepSoon(name string, data []byte) error {
	_, slow := a.s.medium.(sharer)
	return a.s.put(a.record(name), slices.Concat([]byte(name), []byte{'\n'}, data), !slow)
}

// KeepFirst is Keep for a record that must not take the place of another: the
// error is fs.ErrExist where there is one, also one that another program has
// kept meanwhile.
func (a *Area) KeepFirst(name string, data []byte) error {
	return a.s.create(a.record(name), slices.Concat([]byte(name), []byte{'\n'}, data))
}

// Lasting is that of the store.
func (a *Area) Lasting() bool { return a.s.Lasting() }

// Refresh is that of the store.
func (a *Area) Refresh() { a.s.Refresh() }

// Kept reads a record; ok is false where it is not there or damaged.
func (a *Area) Kept(name string) (data []byte, ok bool) {
	raw, ok := a.s.get(a.record(name))
	if !ok {
		return nil, false
	}
	return bytesAfter(raw, name)
}

func bytesAfter(raw []byte, name string) ([]byte, bool) {
	rest, ok := strings.CutPrefix(string(raw), name+"\n")
	return []byte(rest), ok
}

// Drop removes a record.
func (a *Area) Drop(name string) error { return a.s.drop(a.record(name)) }

// Records lists the names of the records that begin with the prefix.
func (a *Area) Records(prefix string) []string {
	a.s.mu.Lock()
	var files []string
	for name := range a.s.files {
		if strings.HasPrefix(name, a.dir+"/"+recordPart+"/") {
			files = append(files, name)
		}
	}
	a.s.mu.Unlock()
	var out []string
	for _, f := range files {
		raw, ok := a.s.get(f)
		name, _, cut := strings.Cut(string(raw), "\n")
		if ok && cut && strings.HasPrefix(name, prefix) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// Evictions is that of the store.
func (a *Area) Evictions() uint64 { return a.s.Evictions() }

// Put keeps a part of a document, unless the document is unwanted. Name is
// one that a file can have, without slashes.
func (a *Area) Put(doc, name string, data []byte) error {
	if !a.wants(doc) {
		return ErrUnwanted
	}
	if err := a.s.put(a.page(doc, name), data, false); err != nil {
		return err
	}
	if !a.wants(doc) { // it became so meanwhile
		return errors.Join(ErrUnwanted, a.s.drop(a.page(doc, name)))
	}
	return nil
}

// Get reads a part of a document; ok is false where it is not there or
// damaged.
func (a *Area) Get(doc, name string) (data []byte, ok bool) { return a.s.get(a.page(doc, name)) }

// Has tells whether a part of a document is there, without reading it.
func (a *Area) Has(doc, name string) bool {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	_, ok := a.s.files[a.page(doc, name)]
	return ok
}

// DropPart removes a part of a document, e.g. one that cannot be decoded.
func (a *Area) DropPart(doc, name string) error { return a.s.drop(a.page(doc, name)) }

// Retain says which documents this area may have: all others are removed, and
// not kept any more from now on.
func (a *Area) Retain(docs []string) error {
	wanted := coded(docs)
	a.s.mu.Lock()
	before, limited := a.s.wanted[a.dir]
	if limited && maps.Equal(before, wanted) {
		a.s.mu.Unlock()
		return nil
	}
	a.s.wanted[a.dir] = wanted
	var doomed []string
	for name := range a.s.files {
		if area, doc := splitPage(name); area == a.dir && !wanted[doc] {
			doomed = append(doomed, name)
		}
	}
	a.s.mu.Unlock()
	return a.removeAll(doomed)
}

// Protect says which documents are the last to make room for others, but for
// their tiles.
func (a *Area) Protect(docs []string) {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.s.protected[a.dir] = coded(docs)
}

// Wipe removes everything of this area but the records of these names.
func (a *Area) Wipe(but ...string) error {
	kept := map[string]bool{}
	for _, name := range but {
		kept[a.record(name)] = true
	}
	a.s.mu.Lock()
	a.s.wanted[a.dir] = map[string]bool{}
	delete(a.s.protected, a.dir)
	var doomed []string
	for name := range a.s.files {
		if strings.HasPrefix(name, a.dir+"/") && !kept[name] {
			doomed = append(doomed, name)
		}
	}
	a.s.mu.Unlock()
	err := a.removeAll(doomed)
	if shared, ok := a.s.medium.(sharer); ok {
		err = errors.Join(err, shared.sweep(a.dir+"/", kept))
	}
	return err
}

func (a *Area) removeAll(names []string) error {
	var errs []error
	for _, name := range names {
		if err := a.s.drop(name); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (a *Area) wants(doc string) bool {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	wanted, limited := a.s.wanted[a.dir]
	return !limited || wanted[code(doc)]
}

func coded(docs []string) map[string]bool {
	out := make(map[string]bool, len(docs))
	for _, d := range docs {
		out[code(d)] = true
	}
	return out
}
