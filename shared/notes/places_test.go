package notes_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
)

func keep(item string, page int) meeting.KeepPlace {
	return meeting.KeepPlace{Item: meeting.ItemID(item), Place: meeting.Place{Document: "d", Version: 1, Page: page}}
}

func mark(item string, page int, on bool) meeting.MarkPage {
	return meeting.MarkPage{Item: meeting.ItemID(item), Place: meeting.Place{Document: "d", Version: 1, Page: page}, On: on}
}

// The last place and the marks are what was wished last, on the device that
// wishes, on another one, and after being kept; ink beside them stays.
func TestReadingAgainstModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := do(t, notes.State{}, add("i1", "d", "stroke"))
		wired := s
		last, marks := map[string]int{}, map[string]bool{}
		for n := range rapid.IntRange(1, 60).Draw(rt, "commands") {
			item, page := rapid.SampledFrom([]string{"i1", "i2"}).Draw(rt, "item"), rapid.IntRange(1, 4).Draw(rt, "page")
			var c meeting.Command
			if rapid.Bool().Draw(rt, "keep") {
				c, last[item] = keep(item, page), page
			} else {
				on := rapid.Bool().Draw(rt, "on")
				c, marks[fmt.Sprint(item, page)] = mark(item, page, on), on
			}
			e, err := notes.Decide(s, c, ink.Sheet{}, at.Add(time.Duration(n)*time.Second))
			if err != nil {
				rt.Fatal(err)
			}
			if e == nil {
				continue
			}
			if again, err := notes.Decide(notes.Apply(s, *e), c, ink.Sheet{}, at); again != nil || err != nil {
				rt.Fatalf("the same wish again: %v, %v", again, err)
			}
			data, err := notes.Encode(*e)
			if err != nil {
				rt.Fatal(err)
			}
			back, err := notes.Decode(data, e.At)
			if err != nil || !reflect.DeepEqual(back, *e) {
				rt.Fatalf("%+v became %+v, %v", *e, back, err)
			}
			s, wired = notes.Apply(s, *e), notes.Apply(wired, back)
		}
		kept, err := s.Snapshot()
		if err != nil {
			rt.Fatal(err)
		}
		restored, err := notes.Restore(kept)
		if err != nil {
			rt.Fatal(err)
		}
		for name, got := range map[string]notes.State{"live": s, "sent": wired, "kept": restored} {
			checkReading(rt, name, got, last, marks)
		}
	})
}

func checkReading(t *rapid.T, name string, got notes.State, last map[string]int, marks map[string]bool) {
	for _, item := range []string{"i1", "i2"} {
		sheet := meeting.Sheet{Item: meeting.ItemID(item), Document: "d"}
		if p, ok := got.Place(sheet); p.Page != last[item] || ok != (last[item] > 0) {
			t.Fatalf("%s: last at %d of %s, want %d", name, p.Page, item, last[item])
		}
		var pages []int
		for _, p := range got.Marks(sheet) {
			pages = append(pages, p.Page)
		}
		for page := 1; page <= 4; page++ {
			want := marks[fmt.Sprint(item, page)]
			if slices.Contains(pages, page) != want || got.Marked(sheet, page) != want {
				t.Fatalf("%s: marked %v of %s, page %d %t", name, pages, item, page, want)
			}
		}
		if !slices.IsSorted(pages) {
			t.Fatalf("%s: marks %v", name, pages)
		}
	}
	if got.Layer(meeting.Sheet{Item: "i1", Document: "d"}).Len() != 1 {
		t.Fatalf("%s: the ink is gone", name)
	}
}

func TestReadingRefusals(t *testing.T) {
	known := ink.Sheet{Pages: func(v int) (int, bool) { return 5, v == 1 }}
	old := keep("i", 2)
	old.Version = 2
	for name, c := range map[string]meeting.Command{
		"page 0": keep("i", 0), "before the first": keep("i", -1), "beyond the last": keep("i", 6), "another version": old,
		"no item": keep("", 1), "odd item": mark("a/b", 1, true), "a mark beyond": mark("i", 6, true), "page 0 unmarked": mark("i", 0, false),
	} {
		if e, err := notes.Decide(notes.State{}, c, known, at); code(err) != meeting.Invalid || e != nil {
			t.Errorf("%s: %v, %v", name, e, err)
		}
	}
	far := keep("i", meeting.MaxPages+1)
	if _, err := notes.Decide(notes.State{}, far, ink.Sheet{}, at); code(err) != meeting.Invalid {
		t.Errorf("beyond every document: %v", err)
	}
}

// Marks are refused beyond their bound, places push the oldest out; both stay
// small on the wire.
func TestReadingIsBounded(t *testing.T) {
	var s notes.State
	for n := range notes.MaxMarks {
		s = do(t, s, mark(fmt.Sprint("i", n/100), n%100+1, true))
	}
	if _, err := notes.Decide(s, mark("x", 1, true), ink.Sheet{}, at); code(err) != meeting.TooMany {
		t.Errorf("one mark more: %v", err)
	}
	s = do(t, s, mark("i0", 1, false))
	s = do(t, s, mark("x", 1, true))
	for n := range notes.MaxPlaces + 7 {
		e, err := notes.Decide(s, keep(fmt.Sprint("i", n), 9), ink.Sheet{}, at.Add(time.Duration(n)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		s = notes.Apply(s, *e)
	}
	for n, want := range map[int]bool{0: false, 6: false, 7: true, notes.MaxPlaces + 6: true} {
		if _, ok := s.Place(meeting.Sheet{Item: meeting.ItemID(fmt.Sprint("i", n)), Document: "d"}); ok != want {
			t.Errorf("the place of document %d is known: %t", n, ok)
		}
	}
	data, err := s.Snapshot()
	if err != nil || len(data) > 256<<10 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	var many struct {
		Marks []map[string]any `json:"marks"`
	}
	for n := range 3 * notes.MaxMarks {
		many.Marks = append(many.Marks, map[string]any{"item": "i", "document": "d", "page": n - 10})
	}
	if data, err = json.Marshal(many); err != nil {
		t.Fatal(err)
	}
	if s, err = notes.Restore(data); err != nil || len(s.Marks(meeting.Sheet{Item: "i", Document: "d"})) > notes.MaxMarks {
		t.Errorf("a snapshot with too many marks: %v", err)
	}
}

// Logs and snapshots from before there were places are read as they were.
func TestNotesWithoutReading(t *testing.T) {
	s := do(t, notes.State{}, add("i", "d", "s"))
	data, err := s.Snapshot()
	if err != nil || strings.Contains(string(data), "places") || strings.Contains(string(data), "marks") {
		t.Fatalf("%s, %v", data, err)
	}
	if s, err = notes.Restore(data); err != nil || s.Layer(meeting.Sheet{Item: "i", Document: "d"}).Len() != 1 {
		t.Errorf("%v", err)
	}
	for _, body := range []string{`{"kind":"place.kept","v":1,"item":"i","document":"d","data":{"page":-3}}`,
		`{"kind":"place.kept","v":2,"item":"i","document":"d","data":{"page":"x"}}`,
		`{"kind":"page.marked","v":1,"item":"i","document":"d","data":{"page":9000,"on":true}}`} {
		e, err := notes.Decode([]byte(body), at)
		if err != nil {
			t.Fatal(err)
		}
		got := notes.Apply(s, e)
		if _, ok := got.Place(e.Sheet); ok || len(got.Marks(e.Sheet)) > 0 || got.Layer(e.Sheet).Len() != 1 {
			t.Errorf("%s changed something", body)
		}
	}
}
