package screen

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/widget"
)

// bars are those above and below the page, and what they were drawn for. Who leafs changes only the number between the arrows:
// drawing all else anew with each page takes longer than the page does, and the toolkit holds what is gone for a minute.
type bars struct {
	model       readerModel
	digits      int // of the page number: the row is as wide as it
	top, bottom fyne.CanvasObject
	turners     []turner
}

// turner are the arrows and the number of one row of tools; number is nil where there is no room for it.
type turner struct {
	back, on *widget.IconButton
	number   *widget.Button
}

func (t turner) show(r *reader) {
	t.back.SetEnabled(r.seen.CanPrevious)
	t.on.SetEnabled(r.seen.CanNext)
	if t.number != nil {
		t.number.SetLabel(r.pageNumbers())
	}
}

// drawBars gives the bars above and below, nil where there are none: those that are there, as long as only the page is another.
func (r *reader) drawBars() (top, bottom fyne.CanvasObject) {
	m, digits := barModel(r.drawn), len(r.pageNumbers())
	if r.panel == noPanel && digits == r.bars.digits && len(r.bars.turners) > 0 && reflect.DeepEqual(m, r.bars.model) {
		for _, t := range r.bars.turners {
			t.show(r)
		}
		return r.bars.top, r.bars.bottom
	}
	r.bars = bars{model: m, digits: digits}
	if !r.bare {
		r.bars.top = r.topBar()
		if strip := r.tabs.strip(); strip != nil {
			r.bars.top = widget.Column(0, r.bars.top, strip)
		}
	}
	r.bars.bottom = r.foot()
	return r.bars.top, r.bars.bottom
}

// barModel is what of the reader can be seen in its bars, but for the page number and its arrows.
func barModel(m readerModel) readerModel {
	v := &m.View
	v.Page, v.Spot.Place.Page = 0, min(v.Spot.Place.Page, 1)
	v.CanPrevious, v.CanNext, v.Bookmarked, v.CanGoBack, v.CanGoForward = false, false, false, false, false
	if !v.Apart { // the way back is not shown
		v.Presenting.Spot.Place.Page = min(v.Presenting.Spot.Place.Page, 1)
	}
	m.Words = wordsLook{}
	m.Tabs = slices.Clone(m.Tabs)
	for i := range m.Tabs {
		if m.Tabs[i].Current {
			m.Tabs[i].Spot.Place.Page = 1
		}
	}
	return m
}
