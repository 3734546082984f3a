package session

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// fetching is what is fetched, and how much of the documents is here.
type fetching struct {
	flights    map[string]*flight
	foreground int // fetches a person waits for
	pages      map[string]map[int]bool
	loading    map[string]Loading
	evictions  uint64
	// tried has the parts fetched ahead by this session: what had to make
	// room again, or cannot be had, is not fetched ahead twice.
	tried map[string]bool
	// from is the first page of a document that was not tried yet, of each
	// kind of its parts: those before it are not looked at one by one again.
	from map[sweep]int
}

// sweep is a document's pages in one width (0: their texts).
type sweep struct {
	hash  string
	width int
}

func newFetching() fetching {
	return fetching{flights: map[string]*flight{}, pages: map[string]map[int]bool{}, tried: map[string]bool{}, from: map[sweep]int{}}
}

// first is the first page of a document whose part was not tried yet.
func (f *fetching) first(ref Ref, width int) int { return max(f.from[sweep{ref.Hash, width}], 1) }

// try notes that a part is tried, and reports whether that is news.
func (f *fetching) try(w want) bool {
	if at := (sweep{w.ref.Hash, w.width}); w.page > 0 && w.page == f.first(w.ref, w.width) {
		f.from[at] = w.page + 1
	}
	key := w.key()
	if f.tried[key] {
		return false
	}
	f.tried[key] = true
	return true
}

// untry has a part tried again.
func (f *fetching) untry(w want) {
	delete(f.tried, w.key())
	if w.page < f.first(w.ref, w.width) {
		f.from[sweep{w.ref.Hash, w.width}] = w.page
	}
}

// afresh has all parts tried again.
func (f *fetching) afresh() {
	clear(f.tried)
	clear(f.from)
}

// came counts a page and reports whether that is news.
func (f *fetching) came(hash, name string) bool {
	l, ok := f.loading[hash]
	if !ok {
		return false
	}
	for page := range l.Pages {
		if name == pictureName(page+1, protocol.WidthSmall) && !f.pages[hash][page+1] {
			f.pages[hash][page+1] = true
			l.Ready++
			f.loading = with(f.loading, hash, l)
			return true
		}
	}
	return false
}

// aheadAgain is when to go on after the server could not give something.
const aheadAgain = 3 * time.Second

// want is one part to fetch ahead.
type want struct {
	ref   Ref
	page  int // 0: the document's info
	width int // 0: the page's text
}

func (w want) part() part {
	if w.page == 0 {
		return infoPart(w.ref)
	}
	if w.width == 0 {
		return textPart(w.ref, w.page)
	}
	return picturePart(w.ref, w.page, w.width)
}

// prefetch brings documents to the device, as long as the server can be
// reached and the person waits for nothing.
func (s *Session) prefetch() {
	var again <-chan time.Time
	for {
		select {
		case <-s.ctx.Done():
			return
		case <-s.wakeFetch:
		case <-again:
		}
		again = nil
		s.count()
		for {
			w, ok := s.nextWant()
			if !ok {
				break
			}
			_, err := s.fetch(s.ctx, w.part())
			if err != nil && !s.giveUp(w, err) {
				again = time.After(aheadAgain)
				break
			}
		}
	}
}

// giveUp notes that a part will not be had; not so where the network or the
// server is to blame, which will do better later.
func (s *Session) giveUp(w want, err error) bool {
	switch CodeOf(err) {
	case CodeNetwork, protocol.CodeUnavailable, protocol.CodeSlowDown, protocol.CodeSignIn, "canceled":
		s.mu.Lock()
		s.fetching.untry(w)
		s.mu.Unlock()
		return false
	}
	return true
}

func (w want) key() string { return w.ref.Hash + "/" + w.part().name }

// nextWant finds what to fetch next, if anything may be fetched now.
func (s *Session) nextWant() (want, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil || !s.replica.Ready() || s.fetching.foreground > 0 {
		return want{}, false
	}
	for w := range plan(s.replica.Confirmed, s.open, s.fetching.first) {
		if s.fetching.try(w) && !s.opt.Area.Has(w.ref.Hash, w.part().name) {
			return w, true
		}
	}
	return want{}, false
}

// count finds out how much of each document is here.
func (s *Session) count() {
	s.mu.Lock()
	fresh := map[string]Loading{}
	evictions := s.opt.Area.Evictions()
	if evictions != s.fetching.evictions {
		clear(s.fetching.pages)
		s.fetching.evictions = evictions
	}
	for w := range documentsOf(s.replica.Confirmed, s.open) {
		hash, pages := w.ref.Hash, w.page
		have, counted := s.fetching.pages[hash]
		if !counted {
			have = map[int]bool{}
			for page := 1; page <= pages; page++ {
				if s.opt.Area.Has(hash, pictureName(page, protocol.WidthSmall)) {
					have[page] = true
				}
			}
			s.fetching.pages[hash] = have
		}
		fresh[hash] = Loading{Ready: len(have), Pages: pages}
	}
	for hash := range s.fetching.pages {
		if _, ok := fresh[hash]; !ok {
			s.fetching.lost(hash)
		}
	}
	news := !maps.Equal(fresh, s.fetching.loading)
	if news {
		s.fetching.loading = fresh
		s.look()
	}
	s.mu.Unlock()
	if news {
		s.changed()
	}
}

// lost forgets what was counted of a document that is not followed any more.
func (f *fetching) lost(hash string) {
	delete(f.pages, hash)
	maps.DeleteFunc(f.from, func(at sweep, _ int) bool { return at.hash == hash })
	maps.DeleteFunc(f.tried, func(key string, _ bool) bool { return strings.HasPrefix(key, hash+"/") })
}

// meetings gives meetings as the server told them: it does not give out what
// this device only wished for.
type meetings func(id string) (meeting.State, bool)

// inOrder lists the meetings that are followed: those under way first, then
// by their start.
func inOrder(get meetings, open map[string]bool) []string {
	running := func(id string) int {
		m, _ := get(id)
		if m.Phase == meeting.Open || m.Phase == meeting.Paused {
			return 0
		}
		return 1
	}
	ids := make([]string, 0, len(open))
	for id := range open {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		x, _ := get(a)
		y, _ := get(b)
		return cmp.Or(cmp.Compare(running(a), running(b)), x.Starts.Compare(y.Starts), cmp.Compare(a, b))
	})
	return ids
}

// agenda lists a meeting's items in the order in which they will be needed:
// from the running one on, then those before it.
func agenda(m meeting.State) []meeting.ItemID {
	at := max(slices.Index(m.Agenda, m.Current), 0)
	return slices.Concat(m.Agenda[at:], m.Agenda[:at])
}

// documentsOf gives every newest version, and the presented one, with its
// number of pages, in the order in which they will be needed.
func documentsOf(get meetings, open map[string]bool) iter.Seq[want] {
	return func(yield func(want) bool) {
		for _, id := range inOrder(get, open) {
			m, ok := get(id)
			if !ok {
				continue
			}
			if ref, _, pages, ok := shown(id, m); ok && !yield(want{ref, pages, 0}) {
				return
			}
			for _, item := range agenda(m) {
				for _, d := range m.Contents[item].Documents {
					v := d.Latest()
					if v.Pages > 0 && !yield(want{Ref{id, item, v.Hash}, v.Pages, 0}) {
						return
					}
				}
			}
		}
	}
}

// shown is what is presented in a meeting.
func shown(id string, m meeting.State) (ref Ref, page, pages int, ok bool) {
	content := m.Contents[m.Current]
	d, there := content.Document(content.Shown.Document)
	v, known := d.Version(content.Shown.Version)
	if m.Current == "" || !there || !known || v.Pages < 1 {
		return ref, 0, 0, false
	}
	return Ref{id, m.Current, v.Hash}, min(max(content.Shown.Page, 1), v.Pages), v.Pages, true
}

// plan says what to fetch ahead, in order: what is presented now, sharp, then
// what is around it; all documents in small width, then their texts, for a
// search without the server; and last all of them sharp. Of each document it
// begins with the page that first says.
func plan(get meetings, open map[string]bool, first func(ref Ref, width int) int) iter.Seq[want] {
	return func(yield func(want) bool) {
		for _, id := range inOrder(get, open) {
			m, _ := get(id)
			if !yieldShown(id, m, yield) {
				return
			}
		}
		for _, width := range []int{protocol.WidthSmall, 0, protocol.WidthLarge} {
			for d := range documentsOf(get, open) {
				if !yieldDocument(d.ref, first(d.ref, width), d.page, width, yield) {
					return
				}
			}
		}
	}
}

func yieldShown(id string, m meeting.State, yield func(want) bool) bool {
	ref, page, pages, ok := shown(id, m)
	if !ok {
		return true
	}
	if !yield(want{ref, 0, 0}) || !yield(want{ref, page, protocol.WidthSmall}) || !yield(want{ref, page, protocol.WidthLarge}) {
		return false
	}
	for _, near := range []int{page + 1, page - 1, page + 2} {
		if near >= 1 && near <= pages && !yield(want{ref, near, protocol.WidthLarge}) {
			return false
		}
	}
	return true
}

func yieldDocument(ref Ref, from, pages, width int, yield func(want) bool) bool {
	if from > pages {
		return true
	}
	if !yield(want{ref, 0, 0}) {
		return false
	}
	for page := from; page <= pages; page++ {
		if !yield(want{ref, page, width}) {
			return false
		}
	}
	return true
}
