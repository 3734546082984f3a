package screen

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/meeting"
)

// second is the item's other document, read by oneself.
func second() controller.ReaderView {
	v := reading()
	v.Spot.Place, v.Document, v.Hash, v.Page, v.Pages = meeting.Place{Document: "d2", Version: 1, Page: 3}, v.ItemRow.Documents[1], "h2", 3, 12
	v.Following, v.Apart, v.SameDocument = false, true, false
	return v
}

// shelf is a device with a document for each content.
type shelf struct {
	*fake
	all map[string]*papers
}

func (s *shelf) Document(_ string, _ meeting.ItemID, hash string) (Document, string) {
	if s.all[hash] == nil {
		s.all[hash] = &papers{hash: hash, pages: 12}
	}
	return s.all[hash], ""
}

func TestTabsStayAndAreClosed(t *testing.T) {
	s := newStand(t, inside(), vi(1), tablet)
	s.act = &shelf{s.fake, map[string]*papers{}}
	r := newReader(s.Shell, "m")
	s.push(r)
	if r.tabs.strip() != nil {
		t.Error("one document has tabs")
	}
	s.fake.reader = second()
	s.Update()
	r.page.ZoomBy(2)
	zoom := r.page.Zoom()
	if len(r.tabs.shown) != 2 || !r.tabs.shown[1].Current || !r.tabs.shown[0].Presented || r.tabs.strip() == nil {
		t.Fatalf("tabs %+v", r.tabs.shown)
	}
	r.tabs.choose(r.tabs.shown[0])
	if !s.saw("back to presenter") {
		t.Errorf("the presented document's tab: %v", s.fake.did)
	}
	s.fake.reader = reading()
	s.Update()
	s.pop()
	r = newReader(s.Shell, "m")
	s.push(r)
	if len(r.tabs.shown) != 2 {
		t.Fatalf("after leaving the reader: %+v", r.tabs.shown)
	}
	r.tabs.choose(r.tabs.shown[1])
	if !s.saw("document i2 d2 1 3") {
		t.Errorf("did %v", s.fake.did)
	}
	s.fake.reader = second()
	s.Update()
	if got := r.page.Zoom(); got < zoom*0.99 || got > zoom*1.01 {
		t.Errorf("a tab comes back at %v, was left at %v", got, zoom)
	}
	s.fake.did = nil
	r.tabs.shut(r.tabs.shown[1])
	if !s.saw("back to presenter") {
		t.Errorf("closing the tab at hand: %v", s.fake.did)
	}
	s.fake.reader = reading()
	s.Update()
	if len(r.tabs.shown) != 0 || r.tabs.open.find(second().Spot) >= 0 {
		t.Errorf("the tab stays: %+v", r.tabs.open.all)
	}
	s.fake.stage = controller.StageSignIn
	s.Update()
	if s.tabs != nil {
		t.Error("the next person sees what was open")
	}
}

func TestTabsAreBounded(t *testing.T) {
	var tabs openTabs
	at := func(n int) controller.Spot {
		return controller.Spot{Item: "i", Place: meeting.Place{Document: meeting.DocumentID(fmt.Sprint(n)), Version: 1, Page: 1}}
	}
	for n := range maxTabs {
		tabs.visit(at(n))
	}
	tabs.visit(controller.Spot{})
	tabs.visit(at(0))
	tabs.visit(at(99))
	if len(tabs.all) != maxTabs || tabs.find(at(0)) < 0 || tabs.find(at(1)) >= 0 {
		t.Errorf("open are %+v", tabs.all)
	}
	tabs.keep(func(s controller.Spot) bool { return s != at(99) })
	if tabs.find(at(99)) >= 0 || len(tabs.all) != maxTabs-1 {
		t.Errorf("what is gone stays: %+v", tabs.all)
	}
	tabs.left(at(0), widget.Stand{})
	tabs.left(at(77), widget.Stand{})
}

func TestTabPictures(t *testing.T) {
	for _, c := range []struct {
		name    string
		options Options
		size    fyne.Size
		panel   panel
	}{
		{"tabs-vi", vi(1), tablet, noPanel},
		{"tabs-en-dark-phone", en(theme.Dark), phone, morePanel},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newStand(t, inside(), c.options, c.size)
			r := newReader(s.Shell, "m")
			s.push(r)
			s.fake.reader = second()
			s.Update()
			if c.panel != noPanel {
				r.open(c.panel)
			}
			s.looksLike(c.name)
		})
	}
}
