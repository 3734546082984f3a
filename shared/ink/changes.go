package ink

import "slices"

// Changes says what came to a page and what went from it since the layer was
// old, each the oldest first. It costs about as much as what has changed,
// however many strokes there are. A stroke that keeps its place and only has
// its author or time told anew is in neither. top says that all that came lies above all that stayed.
func (l Layer) Changes(old Layer, page int) (came, went []Stroke, top bool) {
	var none [bucketCount][]*kept
	now, was := l.buckets, old.buckets
	if now == nil {
		now = &none
	}
	if was == nil {
		was = &none
	}
	var in, out []*kept
	for i := range now {
		in, out = differences(now[i], was[i], page, in, out)
	}
	slices.SortFunc(in, byOrder)
	slices.SortFunc(out, byOrder)
	top = len(in) == 0 || in[0].order > old.next
	return strokes(in), strokes(out), top
}

// differences adds to in what only now has of a page, and to out what only was
// has.
func differences(now, was []*kept, page int, in, out []*kept) (moreIn, moreOut []*kept) {
	if len(now) == len(was) && (len(now) == 0 || &now[0] == &was[0]) {
		return in, out
	}
	for len(now) > 0 && len(was) > 0 && same(now[0], was[0]) {
		now, was = now[1:], was[1:]
	}
	for _, k := range now {
		if k.Page == page && !has(was, k) {
			in = append(in, k)
		}
	}
	for _, k := range was {
		if k.Page == page && !has(now, k) {
			out = append(out, k)
		}
	}
	return in, out
}

func has(all []*kept, k *kept) bool {
	return slices.ContainsFunc(all, func(o *kept) bool { return same(o, k) })
}

// same reports whether two look the same and lie at the same place.
func same(a, b *kept) bool {
	if a == b {
		return true
	}
	if a.order != b.order {
		return false
	}
	s := a.Stroke
	s.Author, s.At = b.Author, b.At
	return s == b.Stroke
}
