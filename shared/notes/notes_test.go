package notes_test

import (
	"errors"
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

var at = time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)

func stroke(id string, page int) ink.Stroke {
	packed, err := ink.Pack([]ink.Point{{X: 10, Y: 10}, {X: 20, Y: 15, Millis: 20}}, false)
	if err != nil {
		panic(err)
	}
	return ink.Stroke{ID: id, Page: page, Version: 1, Tool: ink.Pen, Ink: packed}
}

func add(item, document, id string) meeting.AddStroke {
	return meeting.AddStroke{Item: meeting.ItemID(item), Document: meeting.DocumentID(document), Stroke: stroke(id, 1)}
}

func code(err error) meeting.Code {
	var r *meeting.Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return meeting.Code(fmt.Sprint(err))
}

func do(t testing.TB, s notes.State, c meeting.Command) notes.State {
	t.Helper()
	e, err := notes.Decide(s, c, ink.Sheet{}, at)
	if err != nil {
		t.Fatalf("%s: %v", c.Kind(), err)
	}
	if e == nil {
		return s
	}
	return notes.Apply(s, *e)
}

// Strokes stay on the document they were written on, and notes survive being
// kept and sent.
func TestNotesAgainstModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var s, wired notes.State
		model := map[meeting.Sheet][]string{}
		for range rapid.IntRange(1, 40).Draw(rt, "commands") {
			sheet := meeting.Sheet{Item: meeting.ItemID(rapid.SampledFrom([]string{"i1", "i2"}).Draw(rt, "item")), Document: "d"}
			id := fmt.Sprintf("s%d", rapid.IntRange(0, 8).Draw(rt, "id"))
			var c meeting.Command
			switch rapid.IntRange(0, 4).Draw(rt, "kind") {
			case 0:
				c = meeting.EraseStrokes{Item: sheet.Item, Document: sheet.Document, IDs: []string{id}}
				model[sheet] = slices.DeleteFunc(model[sheet], func(o string) bool { return o == id })
			case 1:
				if rapid.Bool().Draw(rt, "clear") {
					c = meeting.ClearLayer{Item: sheet.Item, Document: sheet.Document}
					model[sheet] = nil
					break
				}
				fallthrough
			default:
				c = meeting.AddStroke{Item: sheet.Item, Document: sheet.Document, Stroke: stroke(id, 1)}
				if !slices.Contains(model[sheet], id) {
					model[sheet] = append(model[sheet], id)
				}
			}
			e, err := notes.Decide(s, c, ink.Sheet{}, at)
			if err != nil {
				rt.Fatal(err)
			}
			if e == nil {
				continue
			}
			s = notes.Apply(s, *e)
			data, err := notes.Encode(*e)
			if err != nil {
				rt.Fatal(err)
			}
			back, err := notes.Decode(data, e.At)
			if err != nil || !reflect.DeepEqual(back, *e) {
				rt.Fatalf("%+v became %+v, %v", *e, back, err)
			}
			wired = notes.Apply(wired, back)
		}
		snapshot, err := s.Snapshot()
		if err != nil {
			rt.Fatal(err)
		}
		restored, err := notes.Restore(snapshot)
		if err != nil {
			rt.Fatal(err)
		}
		for name, got := range map[string]notes.State{"live": s, "sent": wired, "kept": restored} {
			n := 0
			for sheet, want := range model {
				var ids []string
				for _, x := range got.Layer(sheet).Page(0) {
					ids = append(ids, x.ID)
				}
				if len(want) > 0 {
					n++
				}
				if !slices.Equal(ids, want) {
					rt.Fatalf("%s: on %v are %v, want %v", name, sheet, ids, want)
				}
			}
			if len(got.Sheets()) != n {
				rt.Fatalf("%s: %v", name, got.Sheets())
			}
		}
	})
}

func TestRefusals(t *testing.T) {
	var s notes.State
	far := add("i", "d", "s")
	far.Stroke.Ink = "!"
	for name, c := range map[string]struct {
		wish meeting.Command
		code meeting.Code
	}{
		"no ink": {far, meeting.Invalid}, "odd item": {add("a/b", "d", "s"), meeting.Invalid}, "no document": {add("i", "", "s"), meeting.Invalid},
		"what is the chair's": {meeting.LockLayer{Item: "i", Document: "d", On: true}, meeting.UnknownKind},
		"another command":     {meeting.Publish{}, meeting.UnknownKind},
	} {
		if _, err := notes.Decide(s, c.wish, ink.Sheet{}, at); code(err) != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	sheet := ink.Sheet{Pages: func(int) (int, bool) { return 0, true }}
	if _, err := notes.Decide(s, add("i", "d", "s"), sheet, at); code(err) != meeting.Invalid {
		t.Errorf("a page that is not there: %v", err)
	}
	if e, err := notes.Decide(do(t, s, add("i", "d", "s")), add("i", "d", "s"), ink.Sheet{}, at); e != nil || err != nil {
		t.Errorf("sent again: %v, %v", e, err)
	}
	for n := range notes.MaxSheets {
		s = do(t, s, add("i", fmt.Sprint("d", n), "s"))
	}
	if _, err := notes.Decide(s, add("i", "one-more", "s"), ink.Sheet{}, at); code(err) != meeting.TooMany {
		t.Errorf("one document more: %v", err)
	}
	data, err := s.Snapshot()
	if err != nil || len(data) > 8<<20 {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	if _, err := notes.Restore([]byte("[")); err == nil {
		t.Error("a damaged snapshot was taken")
	}
	if got := notes.Apply(s, notes.Event{Body: ink.LayerLocked{On: true}}); len(got.Sheets()) != len(s.Sheets()) {
		t.Error("an event of no document changed something")
	}
}

func TestNobodysNameIsKept(t *testing.T) {
	s := do(t, notes.State{}, add("i", "d", "s"))
	data, err := s.Snapshot()
	if err != nil || strings.Contains(string(data), "author") {
		t.Errorf("%s, %v", data, err)
	}
}

func FuzzDecode(f *testing.F) {
	e, err := notes.Decide(notes.State{}, add("i", "d", "s"), ink.Sheet{}, at)
	if err != nil {
		f.Fatal(err)
	}
	data, err := notes.Encode(*e)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"kind":"page.marked","v":1,"item":"i","document":"d","data":{"version":1,"page":3,"on":true}}`))
	f.Add([]byte(`{"kind":"layer.cleared","v":1,"item":"i","document":"d","data":{"page":3}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := notes.Decode(data, at)
		if err != nil {
			return
		}
		s := notes.Apply(notes.State{}, e)
		if _, err := s.Snapshot(); err != nil {
			t.Fatal(err)
		}
		again, err := notes.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := notes.Decode(again, at); err != nil {
			t.Fatal(err)
		}
	})
}
