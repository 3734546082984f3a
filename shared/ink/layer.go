package ink

import (
	"cmp"
	"encoding/json"
	"hash/fnv"
	"slices"
	"time"
)

// Layer is the set of strokes on one document, in the order in which they
// came. It is a value: Apply never changes a Layer it was given, and shares
// with it what did not change. The zero Layer is empty.
type Layer struct {
	// Locked: only the chair may write. Hidden: the layer is not shown.
	Locked, Hidden bool

	buckets *[bucketCount][]*kept
	next    uint64
	count   int
	weight  int
	pages   map[int]int    // strokes by page
	people  map[string]int // strokes by author
}

// bucketCount spreads the strokes so that adding one copies a few kilobytes,
// however many there are.
const bucketCount = 128

// kept is a stroke with its place in the order. It never changes.
type kept struct {
	Stroke
	order  uint64
	weight int
}

// Body is what an event says of a layer. Kind is "noun.verb" in the past.
type Body interface{ Kind() string }

// The events of a layer.
type (
	// StrokeAdded adds a stroke; Author and At come with the event.
	StrokeAdded struct {
		Stroke Stroke `json:"stroke"`
	}
	// StrokesErased takes strokes away.
	StrokesErased struct {
		IDs []string `json:"ids"`
	}
	// StrokesReplaced puts strokes in the place of others at once: what an
	// eraser left of them, or where a lasso moved them.
	StrokesReplaced struct {
		IDs     []string `json:"ids"`
		Strokes []Stroke `json:"strokes"`
	}
	// LayerCleared takes away all strokes of a page, or with page 0 of all.
	LayerCleared struct {
		Page int `json:"page,omitempty"`
	}
	// LayerLocked says whether only the chair may write.
	LayerLocked struct {
		On bool `json:"on"`
	}
	// LayerHidden says whether the layer is hidden from all.
	LayerHidden struct {
		On bool `json:"on"`
	}
)

// The kinds, as they stand in logs. Never change one.
func (StrokeAdded) Kind() string     { return "stroke.added" }
func (StrokesErased) Kind() string   { return "strokes.erased" }
func (StrokesReplaced) Kind() string { return "strokes.replaced" }
func (LayerCleared) Kind() string    { return "layer.cleared" }
func (LayerLocked) Kind() string     { return "layer.locked" }
func (LayerHidden) Kind() string     { return "layer.hidden" }

// Bodies has one of every kind, for codecs.
func Bodies() []Body {
	return []Body{StrokeAdded{}, StrokesErased{}, StrokesReplaced{}, LayerCleared{}, LayerLocked{}, LayerHidden{}}
}

// Apply folds one event, given by somebody at some time. It is total: what
// names strokes that are not there, or ids that are taken, changes nothing.
func (l Layer) Apply(b Body, by string, at time.Time) Layer {
	switch b := b.(type) {
	case StrokeAdded:
		return l.with(b.Stroke, by, at)
	case StrokesErased:
		return l.without(b.IDs)
	case StrokesReplaced:
		l = l.without(b.IDs)
		for _, s := range b.Strokes {
			l = l.with(s, by, at)
		}
	case LayerCleared:
		return l.cleared(b.Page)
	case LayerLocked:
		l.Locked = b.On
	case LayerHidden:
		l.Hidden = b.On
	}
	return l
}

func bucket(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // it never fails
	return int(h.Sum32() % bucketCount)
}

func (l Layer) find(id string) *kept {
	if l.buckets == nil {
		return nil
	}
	for _, k := range l.buckets[bucket(id)] {
		if k.ID == id {
			return k
		}
	}
	return nil
}

// Stroke finds a stroke by its id.
func (l Layer) Stroke(id string) (Stroke, bool) {
	k := l.find(id)
	if k == nil {
		return Stroke{}, false
	}
	return k.Stroke, true
}

// weigh is about how many bytes a stroke takes in a snapshot.
func weigh(s Stroke) int { return len(s.Ink) + 6*len(s.Text) }

func (l Layer) with(s Stroke, by string, at time.Time) Layer {
	if l.find(s.ID) != nil {
		return l
	}
	s.Author, s.At = by, at.UnixMilli()
	return l.own().put(s)
}

// own copies what a change touches.
func (l Layer) own() Layer {
	var b [bucketCount][]*kept
	if l.buckets != nil {
		b = *l.buckets
	}
	l.buckets = &b
	pages, people := make(map[int]int, len(l.pages)+1), make(map[string]int, len(l.people)+1)
	for k, v := range l.pages {
		pages[k] = v
	}
	for k, v := range l.people {
		people[k] = v
	}
	l.pages, l.people = pages, people
	return l
}

// put adds a stroke to a layer that was copied.
func (l Layer) put(s Stroke) Layer {
	l.next++
	k := &kept{s, l.next, weigh(s)}
	b := bucket(s.ID)
	l.buckets[b] = append(slices.Clip(l.buckets[b]), k)
	l.count++
	l.weight += k.weight
	l.pages[s.Page]++
	l.people[s.Author]++
	return l
}

func (l Layer) without(ids []string) Layer {
	owned := false
	for _, id := range ids {
		k := l.find(id)
		if k == nil {
			continue
		}
		if !owned {
			l, owned = l.own(), true
		}
		l = l.drop(k)
	}
	return l
}

// drop takes a stroke out of a layer that was copied.
func (l Layer) drop(k *kept) Layer {
	b := bucket(k.ID)
	l.buckets[b] = slices.DeleteFunc(slices.Clone(l.buckets[b]), func(o *kept) bool { return o == k })
	l.count--
	l.weight -= k.weight
	if l.pages[k.Page]--; l.pages[k.Page] == 0 {
		delete(l.pages, k.Page)
	}
	if l.people[k.Author]--; l.people[k.Author] == 0 {
		delete(l.people, k.Author)
	}
	return l
}

func (l Layer) cleared(page int) Layer {
	if page == 0 {
		return Layer{Locked: l.Locked, Hidden: l.Hidden, next: l.next}
	}
	if l.pages[page] == 0 {
		return l
	}
	l = l.own()
	for _, k := range l.sorted(page) {
		l = l.drop(k)
	}
	return l
}

// sorted lists the strokes of a page (0: of all) in their order.
func (l Layer) sorted(page int) []*kept {
	n := l.count
	if page != 0 {
		n = l.pages[page]
	}
	if n == 0 {
		return nil
	}
	out := make([]*kept, 0, n)
	for _, b := range l.buckets {
		for _, k := range b {
			if page == 0 || k.Page == page {
				out = append(out, k)
			}
		}
	}
	slices.SortFunc(out, byOrder)
	return out
}

func byOrder(a, b *kept) int { return cmp.Compare(a.order, b.order) }

// Page lists the strokes of a page (0: of all pages), the oldest first.
func (l Layer) Page(page int) []Stroke {
	return strokes(l.sorted(page))
}

func strokes(all []*kept) []Stroke {
	out := make([]Stroke, len(all))
	for i, k := range all {
		out[i] = k.Stroke
	}
	return out
}

// Pages lists the pages that have strokes, in order.
func (l Layer) Pages() []int {
	out := make([]int, 0, len(l.pages))
	for p := range l.pages {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// Count is the number of strokes on a page.
func (l Layer) Count(page int) int { return l.pages[page] }

// Len is the number of strokes.
func (l Layer) Len() int { return l.count }

// Empty says that the layer is as it was in the beginning.
func (l Layer) Empty() bool { return l.count == 0 && !l.Locked && !l.Hidden }

// Room says whether a person may add strokes of this weight and on these
// pages, after others were taken away: "", or the name of the bound.
func (l Layer) room(adds []Stroke, by string) string {
	weight, pages := l.weight, map[int]int{}
	for _, s := range adds {
		weight += weigh(s)
		pages[s.Page]++
	}
	for p, n := range pages {
		if l.pages[p]+n > MaxPageStrokes {
			return "strokes on the page"
		}
	}
	switch {
	case l.count+len(adds) > MaxStrokes:
		return "strokes"
	case l.people[by]+len(adds) > MaxPersonStrokes:
		return "strokes of the person"
	case weight > MaxWeight:
		return "ink"
	}
	return ""
}

// snapshot is how a layer is kept.
type snapshot struct {
	Locked  bool     `json:"locked,omitempty"`
	Hidden  bool     `json:"hidden,omitempty"`
	Strokes []Stroke `json:"strokes,omitempty"`
}

// MarshalJSON implements json.Marshaler.
func (l Layer) MarshalJSON() ([]byte, error) {
	return json.Marshal(snapshot{l.Locked, l.Hidden, l.Page(0)})
}

// UnmarshalJSON implements json.Unmarshaler. Of strokes with one id the first
// stays.
func (l *Layer) UnmarshalJSON(data []byte) error {
	var s snapshot
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	out := Layer{Locked: s.Locked, Hidden: s.Hidden}
	if len(s.Strokes) > 0 {
		out = out.own()
	}
	for _, stroke := range s.Strokes {
		if out.find(stroke.ID) == nil {
			out = out.put(stroke)
		}
	}
	*l = out
	return nil
}

// Weight is about how many bytes the strokes take in a snapshot, apart from
// what each has besides its ink and text.
func (l Layer) Weight() int { return l.weight }

// Same reports, at once, whether two layers are the same value, one a copy of
// the other. False does not say that anything in them differs.
func (l Layer) Same(o Layer) bool {
	return l.buckets == o.buckets && l.Locked == o.Locked && l.Hidden == o.Hidden
}
