package ink_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"phonghop/shared/ink"
)

var at = time.Date(2026, 11, 24, 2, 0, 0, 5e6, time.UTC)

// model is a layer without any cleverness.
type model struct {
	locked, hidden bool
	all            []ink.Stroke
}

func (m model) apply(b ink.Body, by string) model {
	m.all = slices.Clone(m.all)
	add := func(s ink.Stroke) {
		if !slices.ContainsFunc(m.all, func(o ink.Stroke) bool { return o.ID == s.ID }) {
			s.Author, s.At = by, at.UnixMilli()
			m.all = append(m.all, s)
		}
	}
	erase := func(ids []string) {
		m.all = slices.DeleteFunc(m.all, func(s ink.Stroke) bool { return slices.Contains(ids, s.ID) })
	}
	switch b := b.(type) {
	case ink.StrokeAdded:
		add(b.Stroke)
	case ink.StrokesErased:
		erase(b.IDs)
	case ink.StrokesReplaced:
		erase(b.IDs)
		for _, s := range b.Strokes {
			add(s)
		}
	case ink.LayerCleared:
		m.all = slices.DeleteFunc(m.all, func(s ink.Stroke) bool { return b.Page == 0 || s.Page == b.Page })
	case ink.LayerLocked:
		m.locked = b.On
	case ink.LayerHidden:
		m.hidden = b.On
	}
	return m
}

func anyStroke(t *rapid.T) ink.Stroke {
	s := stroke(fmt.Sprintf("s%d", rapid.IntRange(0, 30).Draw(t, "id")), ink.Pen, pt(float64(rapid.IntRange(0, 3).Draw(t, "x")), 1))
	s.Page = rapid.IntRange(1, 3).Draw(t, "page")
	return s
}

func anyBody(t *rapid.T) ink.Body {
	var ids []string
	for range rapid.IntRange(1, 3).Draw(t, "ids") {
		ids = append(ids, fmt.Sprintf("s%d", rapid.IntRange(0, 30).Draw(t, "id")))
	}
	switch rapid.IntRange(0, 11).Draw(t, "kind") {
	case 0:
		return ink.StrokesErased{IDs: ids}
	case 1:
		return ink.StrokesReplaced{IDs: ids, Strokes: []ink.Stroke{anyStroke(t), anyStroke(t)}}
	case 2:
		return ink.LayerCleared{Page: rapid.IntRange(0, 3).Draw(t, "page")}
	case 3:
		return ink.LayerLocked{On: rapid.Bool().Draw(t, "on")}
	case 4:
		return ink.LayerHidden{On: rapid.Bool().Draw(t, "on")}
	}
	return ink.StrokeAdded{Stroke: anyStroke(t)}
}

// A layer is what a plain list would be, is a value, and survives being kept.
func TestLayerAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l ink.Layer
		var m model
		type past struct {
			l ink.Layer
			m model
		}
		var history []past
		for range rapid.IntRange(1, 40).Draw(t, "events") {
			b, by := anyBody(t), rapid.SampledFrom([]string{"a", "b"}).Draw(t, "by")
			history = append(history, past{l, m})
			l, m = l.Apply(b, by, at), m.apply(b, by)
		}
		history = append(history, past{l, m})
		for i, p := range history {
			check(t, i, p.l, p.m)
			data, err := json.Marshal(p.l)
			if err != nil {
				t.Fatal(err)
			}
			var back ink.Layer
			if err := json.Unmarshal(data, &back); err != nil {
				t.Fatal(err)
			}
			check(t, i, back, p.m)
		}
	})
}

func check(t *rapid.T, i int, l ink.Layer, m model) {
	if l.Locked != m.locked || l.Hidden != m.hidden || l.Len() != len(m.all) {
		t.Fatalf("after %d: %t %t %d strokes, want %t %t %d", i, l.Locked, l.Hidden, l.Len(), m.locked, m.hidden, len(m.all))
	}
	if got := l.Page(0); len(m.all) > 0 && !reflect.DeepEqual(got, m.all) {
		t.Fatalf("after %d: %v, want %v", i, got, m.all)
	}
	var pages []int
	for _, s := range m.all {
		if got, ok := l.Stroke(s.ID); !ok || got != s {
			t.Fatalf("after %d: %s is not found", i, s.ID)
		}
		pages = append(pages, s.Page)
	}
	slices.Sort(pages)
	if !slices.Equal(l.Pages(), slices.Compact(pages)) {
		t.Fatalf("after %d: pages %v", i, l.Pages())
	}
}

func code(err error) string {
	var r *ink.Refused
	if errors.As(err, &r) {
		return r.Code
	}
	return fmt.Sprint(err)
}

// What came and what went, between any two layers of one history or of two, leads from the page as it was to the page as it is.
func TestChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := []ink.Layer{{}}
		for range rapid.IntRange(1, 25).Draw(t, "events") {
			from := history[rapid.IntRange(max(len(history)-3, 0), len(history)-1).Draw(t, "from")]
			history = append(history, from.Apply(anyBody(t), rapid.SampledFrom([]string{"", "a"}).Draw(t, "by"), at))
		}
		old := rapid.SampledFrom(history).Draw(t, "old")
		now := rapid.SampledFrom(history).Draw(t, "now")
		for page := 1; page <= 3; page++ {
			came, went, top := now.Changes(old, page)
			if n := now.Count(page); n != len(now.Page(page)) {
				t.Fatalf("page %d has %d strokes, not %d", page, len(now.Page(page)), n)
			}
			stayed := old.Page(page)
			for _, s := range went {
				i := slices.IndexFunc(stayed, func(o ink.Stroke) bool { return reflect.DeepEqual(o, s) })
				if i < 0 {
					t.Fatalf("page %d: %v went and was not there", page, s)
				}
				stayed = slices.Delete(stayed, i, i+1)
			}
			got, want := append(stayed, came...), now.Page(page)
			for _, all := range [][]ink.Stroke{got, want} {
				for i := range all {
					all[i].Author = "" // may be told anew
				}
			}
			if !top {
				byID := func(a, b ink.Stroke) int { return strings.Compare(a.ID, b.ID) }
				slices.SortFunc(got, byID)
				slices.SortFunc(want, byID)
			}
			if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
				t.Fatalf("page %d (top %t): %v, want %v", page, top, got, want)
			}
		}
	})
}

func TestSameStrokeTwice(t *testing.T) {
	var l ink.Layer
	s := written(1, 1)
	b, err := l.Add(ink.Sheet{}, s, "an")
	if err != nil {
		t.Fatal(err)
	}
	l = l.Apply(b, "an", at)
	if b, err := l.Add(ink.Sheet{}, s, "an"); b != nil || err != nil {
		t.Errorf("the same again: %v, %v", b, err)
	}
	if _, err := l.Add(ink.Sheet{}, s, "binh"); code(err) != "exists" {
		t.Errorf("from somebody else: %v", err)
	}
	other := written(2, 1)
	other.ID = s.ID
	if _, err := l.Add(ink.Sheet{}, other, "an"); code(err) != "exists" {
		t.Errorf("another stroke under the same id: %v", err)
	}
}

func TestEraseOthers(t *testing.T) {
	l := ink.Layer{}.Apply(ink.StrokeAdded{Stroke: written(1, 1)}, "an", at)
	if _, err := l.Remove([]string{"s1"}, "binh", false); code(err) != "not_allowed" {
		t.Errorf("somebody else's: %v", err)
	}
	if _, err := l.Replace(ink.Sheet{}, []string{"s1"}, nil, "binh"); code(err) != "not_allowed" {
		t.Errorf("somebody else's, in pieces: %v", err)
	}
	if b, err := l.Remove([]string{"s1", "gone", "s1"}, "binh", true); err != nil || !reflect.DeepEqual(b, ink.StrokesErased{IDs: []string{"s1"}}) {
		t.Errorf("by the chair: %v, %v", b, err)
	}
	if b, err := l.Remove([]string{"gone"}, "binh", false); b != nil || err != nil {
		t.Errorf("what is gone: %v, %v", b, err)
	}
	if _, err := l.Remove(nil, "an", false); code(err) != "invalid" {
		t.Errorf("nothing: %v", err)
	}
	if _, err := l.Remove(make([]string, ink.MaxBatch+1), "an", false); code(err) != "invalid" {
		t.Errorf("too many: %v", err)
	}
}

func TestReplace(t *testing.T) {
	s := written(1, 2)
	l := ink.Layer{}.Apply(ink.StrokeAdded{Stroke: s}, "an", at)
	pieces := []ink.Stroke{written(10, 1), written(11, 1)}
	b, err := l.Replace(ink.Sheet{}, []string{"s1"}, pieces, "an")
	if err != nil {
		t.Fatal(err)
	}
	l = l.Apply(b, "an", at)
	if l.Len() != 2 {
		t.Fatalf("%d strokes", l.Len())
	}
	if b, err := l.Replace(ink.Sheet{}, []string{"s1"}, pieces, "an"); b != nil || err != nil {
		t.Errorf("the same again: %v, %v", b, err)
	}
	if _, err := l.Replace(ink.Sheet{}, []string{"s1"}, []ink.Stroke{written(12, 1)}, "an"); code(err) != "not_found" {
		t.Errorf("pieces of what is gone: %v", err)
	}
	twice := []ink.Stroke{written(13, 1), written(13, 1)}
	if _, err := l.Replace(ink.Sheet{}, []string{"s10"}, twice, "an"); code(err) != "exists" {
		t.Errorf("one id twice: %v", err)
	}
}

func TestSheetBounds(t *testing.T) {
	sheet := ink.Sheet{
		Pages: func(version int) (int, bool) { return 3, version == 1 },
		Size:  func(int, int) (float64, float64) { return 595, 842 },
	}
	var l ink.Layer
	for name, change := range map[string]func(*ink.Stroke){
		"page 4":         func(s *ink.Stroke) { s.Page = 4 },
		"version 2":      func(s *ink.Stroke) { s.Version = 2 },
		"off the page":   func(s *ink.Stroke) { *s = stroke("x", ink.Pen, pt(5000, 10)) },
		"no ink":         func(s *ink.Stroke) { s.Ink = "%%%" },
		"no tool at all": func(s *ink.Stroke) { s.Tool = "" },
	} {
		s := written(1, 1)
		change(&s)
		if _, err := l.Add(sheet, s, "an"); code(err) != "invalid" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := l.Add(sheet, written(1, 1), "an"); err != nil {
		t.Error(err)
	}
}

func TestBoundsOfALayer(t *testing.T) {
	var l ink.Layer
	note := stroke("", ink.Note, pt(1, 1))
	n := 0
	add := func(page int, by string) error {
		s := note
		s.ID, s.Page = fmt.Sprintf("n%d", n), page
		n++
		b, err := l.Add(ink.Sheet{}, s, by)
		if err == nil {
			l = l.Apply(b, by, at)
		}
		return err
	}
	for i := range ink.MaxPageStrokes {
		if err := add(1, fmt.Sprintf("p%d", i%2)); err != nil {
			t.Fatal(err)
		}
	}
	if err := add(1, "p0"); code(err) != "too_many" {
		t.Fatalf("one more on the page: %v", err)
	}
	for range ink.MaxStrokes - ink.MaxPageStrokes {
		if err := add(2, "p0"); err != nil {
			t.Fatal(err)
		}
	}
	if err := add(3, "p1"); code(err) != "too_many" {
		t.Errorf("one more in the layer: %v", err)
	}
	l = l.Apply(ink.StrokesErased{IDs: []string{"n0"}}, "p0", at)
	if err := add(3, "p1"); err != nil {
		t.Errorf("after one was erased: %v", err)
	}
	long := note
	long.Text = string(slices.Repeat([]byte("x"), ink.MaxText))
	l, n = ink.Layer{}, 0
	var err error
	for err == nil {
		var b ink.Body
		long.ID = fmt.Sprintf("long%d", n)
		n++
		if b, err = l.Add(ink.Sheet{}, long, "an"); err == nil {
			l = l.Apply(b, "an", at)
		}
	}
	data, _ := json.Marshal(l)
	if code(err) != "too_many" || len(data) > 8<<20 {
		t.Errorf("%v at %d bytes", err, len(data))
	}
}

// The largest layer there can be still fits into one message of the server.
func TestFullLayerFitsIntoAMessage(t *testing.T) {
	var l ink.Layer
	s := stroke("", ink.Pen, pt(1, 1), pt(2, 2))
	for i := range ink.MaxStrokes {
		s.ID, s.Page = fmt.Sprintf("%064d", i), 1000+i%3
		l = l.Apply(ink.StrokeAdded{Stroke: s}, fmt.Sprintf("%064d", i%2), at)
	}
	data, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	if most := len(data) + ink.MaxWeight; most > 8<<20 {
		t.Errorf("%d bytes", most)
	}
}

func BenchmarkApply10000(b *testing.B) {
	var l ink.Layer
	for _, s := range page(10_000, 1) {
		l = l.Apply(ink.StrokeAdded{Stroke: s}, "an", at)
	}
	s := written(77, 2)
	s.ID = "new"
	for b.Loop() {
		l.Apply(ink.StrokeAdded{Stroke: s}, "an", at)
	}
}

func BenchmarkOpenPage10000(b *testing.B) {
	var l ink.Layer
	for _, s := range page(10_000, 1) {
		l = l.Apply(ink.StrokeAdded{Stroke: s}, "an", at)
	}
	data, err := json.Marshal(l)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		var back ink.Layer
		if err := json.Unmarshal(data, &back); err != nil {
			b.Fatal(err)
		}
		back.Page(1)
	}
}
