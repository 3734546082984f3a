package screen

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/shared/meeting"
)

func longReader(t *testing.T, pages int) (*stand, *reader) {
	f := inside()
	f.doc.pages, f.reader.Pages, f.reader.Page, f.reader.Spot.Place.Page = pages, pages, 500, 500
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.open(pagesPanel)
	return s, r
}

// However long the document is, only what is in view is there, and memory is bounded while one scrolls through all of it.
func TestThumbsOfAThousandPages(t *testing.T) {
	s, r := longReader(t, 1000)
	g := r.pages.grid
	if g == nil {
		t.Fatal("no small pictures")
	}
	if g.bound[500] == nil {
		g.ScrollTo(499)
	}
	most := 0
	for offset := float32(0); offset < 60_000; offset += 400 {
		g.ScrollToOffset(offset)
		most = max(most, len(g.bound))
		for s.run(0) {
		}
		if len(g.kept) > thumbsKept || len(g.recent) > thumbsKept {
			t.Fatalf("%d pictures are kept", len(g.kept))
		}
	}
	if most > placesMost+1 {
		t.Errorf("%d places for what is in view", most)
	}
	g.mu.Lock()
	waiting := len(g.wanted)
	g.mu.Unlock()
	if waiting > thumbsWanted {
		t.Errorf("%d pictures are waited for", waiting)
	}
	// At rest, what is in view comes. Places that are not in view keep the page they had.
	clear(g.bound)
	g.Refresh()
	if len(g.bound) < 6 {
		t.Fatalf("%d places are in view", len(g.bound))
	}
	for deadline := time.Now().Add(20 * time.Second); ; {
		missing := 0
		for page, place := range g.bound {
			if place.page == page && g.kept[page] == nil {
				missing++
			}
		}
		if missing == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d pictures in view never came", missing)
		}
		s.run(30 * time.Millisecond)
	}
	r.open(noPanel)
	if r.pages.grid != nil {
		t.Error("the small pictures stay when their panel is closed")
	}
}

func TestThumbsLeadToPages(t *testing.T) {
	s, r := longReader(t, 1000)
	g := r.pages.grid
	g.ScrollTo(41)
	place := g.bound[42]
	if place == nil {
		t.Fatal("page 42 is not in view")
	}
	before := g.GetScrollOffset()
	place.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -120)})
	if got := g.GetScrollOffset(); got != before+120 {
		t.Errorf("dragged from %v to %v", before, got)
	}
	place = g.bound[45]
	place.Tapped(nil)
	if !s.saw("page 45") {
		t.Errorf("did %v", s.fake.did)
	}
	s.fake.reader.Page = 900
	s.Update()
	if g.current != 900 || g.bound[900] == nil {
		t.Errorf("the page at hand is %d and not in view", g.current)
	}
}

// Pages that one wrote on have a mark, and only those, also after a change and in places that are used again.
func TestThumbsShowWhereOneWrote(t *testing.T) {
	s, r := longReader(t, 1000)
	g := r.pages.grid
	g.ScrollTo(499)
	check := func(written ...int) {
		t.Helper()
		s.fake.ink.Written = written
		s.Update()
		seen := 0
		for page, place := range g.bound {
			if place.page != page {
				continue
			}
			want := slices.Contains(written, page)
			if place.pencil.Hidden == want || place.ground.Hidden == want {
				t.Errorf("with notes on %v: page %d has a mark: %t", written, page, !place.pencil.Hidden)
			}
			if want {
				seen++
			}
		}
		if len(written) > 0 && seen == 0 {
			t.Errorf("of %v no page is in view", written)
		}
	}
	check()
	check(499, 501)
	check(500, 501)
	g.ScrollTo(41)
	check(42, 500)
	check()
}

// BenchmarkThumbs scrolls through 1,000 small pictures by a third of a row at a time.
func BenchmarkThumbs(b *testing.B) {
	app := test.NewApp()
	b.Cleanup(app.Quit)
	b.Cleanup(mainthread.Replace(func(func()) {}))
	doc := &papers{pages: 1000}
	g := newThumbGrid(doc, 1, func(int) {})
	b.Cleanup(g.close)
	w := test.NewWindow(g.GridWrap)
	w.Resize(fyne.NewSize(340, 640))
	offset := float32(0)
	for b.Loop() {
		if offset += 55; offset > 50_000 {
			offset = 0
		}
		g.ScrollToOffset(offset)
	}
	b.ReportMetric(float64(len(g.bound)), "places")
}

func TestPlacesInTheReader(t *testing.T) {
	f := inside()
	f.reader.CanGoBack, f.reader.CanGoForward = true, true
	f.marks = []controller.Bookmark{{Spot: controller.Spot{Item: "i1", Place: meeting.Place{Document: "d7", Version: 2, Page: 9}}, Number: "1", Title: "Báo cáo"}}
	s := newStand(t, f, vi(1), tablet)
	s.push(newAgenda(s.Shell, "m"))
	f.last = 12
	s.read("m", controller.DocumentRow{Item: "i2", ID: "d2"})
	if !s.saw("document i2 d2 0 12") {
		t.Errorf("not opened where it was read last: %v", f.did)
	}
	r, ok := s.top().(*reader)
	if !ok {
		t.Fatalf("shows %T", s.top())
	}
	s.retrace((*reader).goBack, s.goBack)
	s.retrace((*reader).goForward, nil)
	r.typedRune('B')
	for _, did := range []string{"go back", "go forward", "bookmark"} {
		if !s.saw(did) {
			t.Errorf("not %q: %v", did, f.did)
		}
	}
	r.typedRune('g')
	r.pages.tab = marksTab
	s.redraw()
	s.press("Báo cáo")
	if !s.saw("document i1 d7 0 9") {
		t.Errorf("the bookmark leads nowhere: %v", f.did)
	}
	f.reader.CanGoBack, f.reader.CanGoForward = false, false
	s.Update()
	s.retrace((*reader).goBack, s.goBack)
	if r.panel != noPanel {
		t.Error("without places to go back to, the key does not lead back")
	}
	before := r.page.Fit()
	r.typedRune('w')
	if r.page.Fit() == before {
		t.Error("the key does not change the fit")
	}
}

func TestHelp(t *testing.T) {
	f := inside()
	s := newStand(t, f, vi(1), tablet)
	s.window.Canvas().OnTypedRune()('?')
	h, ok := s.top().(*help)
	if !ok {
		t.Fatalf("shows %T", s.top())
	}
	if got := h.roles(); len(got) != 5 {
		t.Errorf("roles %v", got)
	}
	s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	s.pop()
	if _, twice := s.top().(*help); twice {
		t.Error("the help lies over itself")
	}
	f.meetings.Me.Desk = false
	f.meetings.Running, f.meetings.Coming = nil, nil
	if got := (&help{shell: s.Shell}).roles(); len(got) != 2 {
		t.Errorf("a delegate's roles: %v", got)
	}
}
