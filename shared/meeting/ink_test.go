package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// ofLayers are the kinds of event that ride in the stream of a shared layer.
var ofLayers = func() (kinds []string) {
	for _, b := range ink.Bodies() {
		kinds = append(kinds, b.Kind())
	}
	return kinds
}()

// inkSamples has one sensible command of every kind about ink.
func inkSamples() []meeting.Command {
	return []meeting.Command{
		addStroke("alpha", "stroke"),
		meeting.EraseStrokes{Item: "alpha", Document: "report", IDs: []string{"of-member"}},
		meeting.ReplaceStrokes{Item: "alpha", Document: "report", IDs: []string{"of-member"}, Strokes: []ink.Stroke{line("piece")}},
		meeting.ClearLayer{Item: "alpha", Document: "report"},
		meeting.LockLayer{Item: "alpha", Document: "report", On: true},
		meeting.HideLayer{Item: "alpha", Document: "report", On: true},
		meeting.OpenInk{Item: "alpha"},
		meeting.CloseInk{Item: "alpha"},
		meeting.KeepPlace{Item: "alpha", Place: meeting.Place{Document: "report", Version: 1, Page: 2}},
		meeting.MarkPage{Item: "alpha", Place: meeting.Place{Document: "report", Version: 1, Page: 2}, On: true},
		meeting.SeeMeeting{},
	}
}

func line(id string) ink.Stroke {
	packed, err := ink.Pack([]ink.Point{{X: 10, Y: 10}, {X: 90, Y: 12.5, Millis: 40}}, false)
	if err != nil {
		panic(err)
	}
	return ink.Stroke{ID: id, Page: 2, Version: 1, Tool: ink.Line, Colour: 1, Width: 2, Ink: packed}
}

func addStroke(item meeting.ItemID, id string) meeting.AddStroke {
	return meeting.AddStroke{Item: item, Document: "report", Stroke: line(id)}
}

// strokes counts what is on the report of an item.
func strokes(s meeting.State, item meeting.ItemID) int {
	return s.Layers[meeting.Sheet{Item: item, Document: "report"}].Len()
}

func refused(t *testing.T, w *world, who meeting.PersonID, c meeting.Command, want meeting.Code) {
	t.Helper()
	if _, err := w.do(who, c); code(err) != want {
		t.Errorf("%s by %s: %v, want %s", c.Kind(), who, err, want)
	}
}

// The presenter writes; everybody else once the chair has opened common work,
// and until the item ends.
func TestWhoWrites(t *testing.T) {
	w := opened(t)
	w.must(t, chair, meeting.GivePresenter{Item: "alpha", To: member})
	w.must(t, member, addStroke("alpha", "m1"))
	refused(t, w, delegate, addStroke("alpha", "d1"), meeting.NotAllowed)
	refused(t, w, chair, addStroke("alpha", "c1"), meeting.NotAllowed)
	refused(t, w, member, addStroke("gamma", "m2"), meeting.NotFound) // no such document there
	refused(t, w, member, addStroke("beta", "m3"), meeting.BadState)  // does not run
	refused(t, w, guest, addStroke("alpha", "g1"), meeting.NotFound)
	refused(t, w, delegate, meeting.OpenInk{Item: "alpha"}, meeting.NotAllowed)

	w.must(t, typist, meeting.OpenInk{Item: "alpha"})
	w.must(t, delegate, addStroke("alpha", "d1"))
	w.must(t, invited, addStroke("alpha", "i1"))
	refused(t, w, screen, addStroke("alpha", "s1"), meeting.NotAllowed)
	if strokes(w.s, "alpha") != 3 {
		t.Fatalf("%d strokes", strokes(w.s, "alpha"))
	}
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Suspended})
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Running})
	if w.s.Contents["alpha"].Common {
		t.Error("common work goes on when the item runs again")
	}
	refused(t, w, delegate, addStroke("alpha", "d2"), meeting.NotAllowed)
	// One's own can be taken back all the same.
	w.must(t, delegate, meeting.EraseStrokes{Item: "alpha", Document: "report", IDs: []string{"d1"}})
	if strokes(w.s, "alpha") != 2 {
		t.Errorf("%d strokes", strokes(w.s, "alpha"))
	}
}

// Common work ends however the item ends.
func TestCommonWorkEndsWithItsItem(t *testing.T) {
	for name, end := range map[string]meeting.Command{
		"done": meeting.SetItemState{Item: "alpha", To: meeting.Done}, "another": meeting.SetItemState{Item: "gamma", To: meeting.Running},
		"sitting": meeting.EndSitting{}, "closed": meeting.Close{},
		"postponed": meeting.SetItemState{Item: "alpha", To: meeting.Postponed, Reason: "Chưa đủ hồ sơ"},
	} {
		w := opened(t)
		w.must(t, chair, meeting.OpenInk{Item: "alpha"})
		w.must(t, chair, end)
		if w.s.Contents["alpha"].Common {
			t.Errorf("%s: common work goes on", name)
		}
	}
	w := opened(t)
	w.must(t, chair, meeting.OpenInk{Item: "alpha"})
	w.must(t, chair, meeting.PauseSitting{})
	if !w.s.Contents["alpha"].Common {
		t.Error("a break ended common work")
	}
}

// The chair locks, hides and clears; the others can change nothing then.
func TestLockedAndHiddenLayers(t *testing.T) {
	for _, shut := range []meeting.Command{
		meeting.LockLayer{Item: "alpha", Document: "report", On: true}, meeting.HideLayer{Item: "alpha", Document: "report", On: true},
	} {
		w := opened(t)
		w.must(t, chair, meeting.OpenInk{Item: "alpha"})
		w.must(t, member, addStroke("alpha", "m1"))
		refused(t, w, member, shut, meeting.NotAllowed)
		w.must(t, chair, shut)
		refused(t, w, member, addStroke("alpha", "m2"), meeting.BadState)
		refused(t, w, member, meeting.EraseStrokes{Item: "alpha", Document: "report", IDs: []string{"m1"}}, meeting.BadState)
		refused(t, w, member, meeting.ReplaceStrokes{Item: "alpha", Document: "report", IDs: []string{"m1"}}, meeting.BadState)
		w.must(t, chair, addStroke("alpha", "c1"))
		w.must(t, typist, meeting.ClearLayer{Item: "alpha", Document: "report", Page: 2})
		if strokes(w.s, "alpha") != 0 {
			t.Errorf("%d strokes after clearing", strokes(w.s, "alpha"))
		}
		// A stroke whose pen was down while the layer was cleared comes after it.
		w.must(t, chair, addStroke("alpha", "c2"))
		if strokes(w.s, "alpha") != 1 {
			t.Errorf("%d strokes", strokes(w.s, "alpha"))
		}
	}
}

// A stroke's id is its writer's: the second under it is refused; sent twice by
// the same hand it is there once.
func TestOneStrokeIDFromTwoPeople(t *testing.T) {
	w := opened(t)
	w.must(t, chair, meeting.OpenInk{Item: "alpha"})
	w.must(t, member, addStroke("alpha", "same"))
	if events := w.must(t, member, addStroke("alpha", "same")); len(events) != 0 {
		t.Errorf("sent again: %v", events)
	}
	refused(t, w, delegate, addStroke("alpha", "same"), meeting.Exists)
	refused(t, w, delegate, meeting.EraseStrokes{Item: "alpha", Document: "report", IDs: []string{"same"}}, meeting.NotAllowed)
	erased := w.must(t, chair, meeting.EraseStrokes{Item: "alpha", Document: "report", IDs: []string{"same"}})
	if len(erased) != 1 || erased[0].By != chair || erased[0].Document != "report" {
		t.Errorf("%+v", erased)
	}
}

// Strokes stay with their document when a new version of it comes, and say on
// which they were written.
func TestStrokesStayOverVersions(t *testing.T) {
	w := opened(t)
	w.must(t, chair, addStroke("alpha", "old"))
	w.must(t, secretary, meeting.ReplaceDocument{Item: "alpha", Document: "report", Hash: hash("d"), Name: "d.pdf", Pages: 1, Bytes: 5})
	next := addStroke("alpha", "new")
	next.Stroke.Version = 2
	refused(t, w, chair, next, meeting.Invalid) // version 2 has no page 2
	next.Stroke.Page = 1
	w.must(t, chair, next)
	late := addStroke("alpha", "late") // written while the old version was still on the screen
	w.must(t, chair, late)
	late.Stroke.ID, late.Stroke.Version = "odd", 3
	refused(t, w, chair, late, meeting.Invalid)
	versions := ""
	for _, s := range w.s.Layers[meeting.Sheet{Item: "alpha", Document: "report"}].Page(0) {
		versions += s.ID + string(rune('0'+s.Version)) + s.Author + " "
	}
	if versions != "old1chair new2chair late1chair " {
		t.Errorf("%s", versions)
	}
}

// Ink of an item is in no stream but its layer's.
func TestInkIsInItsOwnStreamOnly(t *testing.T) {
	w := opened(t)
	note := addStroke("alpha", "note")
	packed, err := ink.Pack([]ink.Point{{X: 10, Y: 10}}, false)
	if err != nil {
		t.Fatal(err)
	}
	note.Stroke.Tool, note.Stroke.Ink, note.Stroke.Text = ink.Note, packed, "mark-of-a-note"
	w.must(t, chair, note)
	public, _ := w.s.Snapshot()
	item, _ := w.s.ItemSnapshot("alpha")
	layer, _ := w.s.LayerSnapshot(meeting.Sheet{Item: "alpha", Document: "report"})
	for name, data := range map[string][]byte{"meeting": public, "item": item} {
		if strings.Contains(string(data), "mark-of-a-note") {
			t.Errorf("the note is in the stream of the %s", name)
		}
	}
	restored, err := w.s.ForgetLayer(meeting.Sheet{Item: "alpha", Document: "report"}).RestoreLayer(meeting.Sheet{Item: "alpha", Document: "report"}, layer)
	if err != nil || strokes(restored, "alpha") != 1 {
		t.Errorf("%d strokes restored, %v", strokes(restored, "alpha"), err)
	}
	if _, err := w.s.RestoreLayer(meeting.Sheet{}, []byte("{")); err == nil {
		t.Error("a damaged snapshot was taken")
	}
}

// Each kind of a layer folds in a layer's stream only, and there changes
// nothing else.
func TestLayerEventsFoldInLayersOnly(t *testing.T) {
	w := opened(t)
	w.must(t, chair, addStroke("alpha", "s"))
	for _, kind := range meeting.EventKinds() {
		e := meeting.Event{Item: "alpha", By: chair, At: start, Body: bodyOf(kind, sample)}
		if slices.Contains(ofLayers, kind) {
			equal(t, w.s, meeting.Apply(w.s, e))
			e.Item = ""
			equal(t, w.s, meeting.Apply(w.s, e))
			continue
		}
		e.Document = "report"
		got := meeting.Apply(w.s, e)
		equal(t, w.s, got)
		if strokes(got, "alpha") != 1 {
			t.Errorf("%s changed a layer", kind)
		}
	}
	for _, e := range []meeting.Event{
		{Document: "report", Body: ink.LayerLocked{On: true}}, {Item: "a/b", Document: "report", Body: ink.LayerLocked{On: true}},
		{Item: "alpha", Document: "..", Body: ink.LayerLocked{On: true}},
	} {
		if got := meeting.Apply(w.s, e); len(got.Layers) != len(w.s.Layers) {
			t.Errorf("%+v made a layer", e)
		}
	}
}
