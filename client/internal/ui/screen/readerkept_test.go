package screen

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
)

// Who leafs keeps the bars, with the number of the page that is there; whatever else they say makes new ones.
func TestBarsStayWhileOneLeafs(t *testing.T) {
	f := inside()
	f.reader = reading()
	f.reader.Hash, f.reader.Pages = "", 27 // the page itself is of no matter
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	leaf := func(page int) {
		f.reader.Page, f.reader.Spot.Place.Page = page, page
		f.reader.CanPrevious, f.reader.CanNext = page > 1, page < 27
		if !f.reader.Apart {
			f.reader.Presenting.Spot.Place.Page = page
		}
		s.Update()
	}
	says := func(word string) bool {
		return slices.ContainsFunc(uitest.Seen(s.window.Canvas()), func(x uitest.Thing) bool { return strings.Contains(x.Text, word) })
	}
	leaf(6)
	foot := r.bars.bottom
	for _, page := range []int{7, 1, 9} {
		leaf(page)
		if r.bars.bottom != foot {
			t.Errorf("page %d: the tools were drawn anew", page)
		}
		if want := words.T("reader.page_short", page, 27); !says(want) {
			t.Errorf("page %d: the tools do not say %q", page, want)
		}
		for _, w := range r.bars.turners {
			if w.back.Enabled() != (page > 1) {
				t.Errorf("page %d: the arrow back is alive: %t", page, w.back.Enabled())
			}
		}
	}
	changes := map[string]func(){
		"a longer number": func() { leaf(10) },
		"apart":           func() { f.reader.Following, f.reader.Apart = false, true },
		"presenter's page while apart": func() {
			f.reader.Presenting.Spot.Place.Page = 3
		},
		"another title": func() { f.reader.Document.Title = "Tên khác" },
		"the network":   func() { f.reader.Status = controller.Status{} },
		"a size":        func() { s.redraw() },
		"a language":    func() { words.Use(words.English); s.redraw() },
	}
	for _, name := range []string{"a longer number", "apart", "presenter's page while apart", "another title", "the network", "a size", "a language"} {
		top, bottom := r.bars.top, r.bars.bottom
		changes[name]()
		s.Update()
		if r.bars.top == top || r.bars.bottom == bottom {
			t.Errorf("%s: the bars of before are shown", name)
		}
	}
	if !says("Tên khác") {
		t.Error("the bar has another title than the document")
	}
	if want := words.T("reader.back_to_presenter", 3); !says(want) {
		t.Errorf("the way back does not say %q", want)
	}
}

// A phone that is turned has the title that its width has room for.
func TestTheTitleGoesWithTheWidth(t *testing.T) {
	f := inside()
	f.reader = reading()
	f.reader.Hash = ""
	s := newStand(t, f, vi(1), fyne.NewSize(360, 740))
	r := newReader(s.Shell, "m")
	s.push(r)
	whole := func() bool {
		return slices.ContainsFunc(uitest.Seen(s.window.Canvas()), func(x uitest.Thing) bool { return strings.Contains(x.Text, r.title()) })
	}
	for _, x := range []struct {
		size  fyne.Size
		whole bool
	}{{fyne.NewSize(360, 740), false}, {fyne.NewSize(900, 600), true}, {fyne.NewSize(360, 740), false}} {
		s.window.Resize(x.size)
		s.Update()
		if got := whole(); got != x.whole {
			t.Errorf("%v: the whole title is shown: %t", x.size, got)
		}
	}
}
