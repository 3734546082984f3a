package screen

import (
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
)

// openSearch shows the search beside the page, with the cursor in its field.
func (r *reader) openSearch() {
	if r.panel != searchPanel {
		r.open(searchPanel)
	}
	r.find.focus()
}

// openHit goes to where a hit is. A narrow window shows the page in place of the list.
func (r *reader) openHit(_ int, h controller.SearchHit) {
	s := r.shell
	if r.panel == searchPanel && s.window.Canvas().Size().Width < theme.Scaled(wideFrom) {
		r.panel = noPanel
	}
	r.text.on = false // a hit is marked on the page
	at := h.Spot.Place
	var code string
	switch {
	case h.Hash != r.seen.Hash:
		code = s.act.OpenDocument(r.id, h.Spot.Item, at.Document, at.Version, at.Page)
	case at.Page != r.seen.Page:
		code = s.act.ShowPage(r.id, at.Page)
	}
	s.refused(code)
	s.redraw()
	r.reveal(h)
}

// mark marks the hits on the pages that are shown.
func (r *reader) mark() {
	r.page.SetMarks(r.seen.Page, r.marksOf(r.seen.Page))
	for _, l := range r.page.Leaves() {
		l.SetMarks(l.Page(), r.marksOf(l.Page()))
	}
}

// marksOf are the hits on a page.
func (r *reader) marksOf(page int) []widget.PageMark {
	var marks []widget.PageMark
	for i, h := range r.find.seen.Hits() {
		if h.Hash != r.hash || h.Spot.Place.Page != page {
			continue
		}
		for _, b := range h.Boxes {
			marks = append(marks, widget.PageMark{Part: partOf(b), Current: i == r.find.at})
		}
	}
	return marks
}

// reveal brings a hit into view, where its page is shown.
func (r *reader) reveal(h controller.SearchHit) {
	if h.Hash == r.hash && h.Spot.Place.Page == r.page.Page() && len(h.Boxes) > 0 {
		r.page.Reveal(partOf(h.Boxes[0]))
	}
}

func partOf(box [4]float64) widget.PagePart {
	return widget.PagePart{X: float32(box[0]), Y: float32(box[1]), W: float32(box[2] - box[0]), H: float32(box[3] - box[1])}
}
