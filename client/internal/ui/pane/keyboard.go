package pane

import (
	"reflect"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/widget"
)

// stop is a place of the Tab key: what has the keyboard there, and the words by which it is known again.
type stop struct {
	at   fyne.Focusable
	word string
}

// stops lists the places of the Tab key in an object, in their order.
func stops(o fyne.CanvasObject) (out []stop) {
	if o == nil || !o.Visible() {
		return nil
	}
	if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
		return nil
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, x := range o.Objects {
			out = append(out, stops(x)...)
		}
	case *widget.Scroll:
		return stops(o.Content)
	case interface{ Parts() []fyne.CanvasObject }:
		for _, x := range o.Parts() {
			out = append(out, stops(x)...)
		}
	case interface{ Focusable() fyne.Focusable }:
		return []stop{{o.Focusable(), wordOf(o)}}
	case fyne.Focusable:
		return []stop{{o, wordOf(o)}}
	}
	return out
}

func wordOf(o any) string {
	switch o := o.(type) {
	case *widget.Card:
		return o.Data().Title
	case interface{ Label() string }:
		return o.Label()
	case interface{ Word() string }:
		return o.Word()
	}
	return ""
}

// hold is where in a page the keyboard is. It outlives the objects: a page that is built anew, or comes back, is left where the
// person was.
type hold struct {
	kind  reflect.Type
	word  string
	index int
}

// held finds where in an object the keyboard is; ok is false where it is elsewhere.
func held(o fyne.CanvasObject) (h hold, ok bool) {
	c := Canvas(o)
	if c == nil || c.Focused() == nil {
		return h, false
	}
	for n, s := range stops(o) {
		if s.at == c.Focused() {
			return hold{reflect.TypeOf(s.at), s.word, n}, true
		}
	}
	return h, false
}

// give puts the keyboard to where it was: to what has the same words, or else to what is in the same place.
func (h hold) give(o fyne.CanvasObject) {
	all := stops(o)
	best, far := -1, 0
	for n, s := range all {
		if d := max(n-h.index, h.index-n); s.word == h.word && reflect.TypeOf(s.at) == h.kind && (best < 0 || d < far) {
			best, far = n, d
		}
	}
	if best < 0 {
		best = min(h.index, len(all)-1)
	}
	if best >= 0 {
		Focus(o, all[best].at)
	}
}
