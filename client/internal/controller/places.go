package controller

import (
	"encoding/json"
	"maps"
	"slices"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
)

// Bounds of what is kept of a person's reading in one meeting.
const (
	maxTrail     = 50   // places to go back to
	maxBookmarks = 500  // pages
	maxPositions = 2000 // documents
)

// recordPlaces is where the places of a meeting are kept on the device.
const recordPlaces = "places/"

// Bookmark is a page that a person wants to find again.
type Bookmark struct {
	Spot   Spot
	Number string // the item's
	Title  string // the document's
}

// keptPlaces is what of somebody's reading outlives the program: on this
// device, for this person.
type keptPlaces struct {
	Pages map[string]int `json:"pages,omitempty"` // last page, by item and document
	Marks []keptMark     `json:"marks,omitempty"`
}

type keptMark struct {
	Item     meeting.ItemID     `json:"item"`
	Document meeting.DocumentID `json:"document"`
	Page     int                `json:"page"`
}

// places is where somebody read in a meeting. The controller's lock guards it.
type places struct {
	keptPlaces
	back, forward []Spot
	dirty         bool
}

// reading gives the places of a meeting. The caller holds the lock.
func (c *Controller) reading(id string) *places {
	if p := c.places[id]; p != nil {
		return p
	}
	p := &places{}
	if c.inside != nil {
		p.keptPlaces = loadPlaces(c.inside.area, id)
	}
	if p.Pages == nil {
		p.Pages = map[string]int{}
	}
	c.places[id] = p
	return p
}

// loadPlaces reads what is kept; what is damaged counts as nothing.
func loadPlaces(area *cache.Area, id string) (kept keptPlaces) {
	data, ok := area.Kept(recordPlaces + id)
	if !ok || json.Unmarshal(data, &kept) != nil {
		return keptPlaces{}
	}
	kept.Marks = kept.Marks[:min(len(kept.Marks), maxBookmarks)]
	return kept
}

func placeKey(at Spot) string { return string(at.Item) + "/" + string(at.Place.Document) }

// went notes that somebody went from one place to another by his own wish. The
// caller holds the lock.
func (c *Controller) went(id string, from, to Spot) {
	if to.IsZero() || from == to {
		return
	}
	p := c.reading(id)
	if _, known := p.Pages[placeKey(to)]; known || len(p.Pages) < maxPositions {
		p.Pages[placeKey(to)] = to.Place.Page
		p.dirty = true
	}
	if from.IsZero() || beside(from, to) {
		return
	}
	p.back = append(p.back, from)
	p.back = p.back[max(len(p.back)-maxTrail, 0):]
	p.forward = nil
}

// beside reports whether one place is the page before or after the other.
func beside(a, b Spot) bool {
	step := a.Place.Page - b.Place.Page
	a.Place.Page = b.Place.Page
	return a == b && step >= -1 && step <= 1
}

// LastPage is the page of a document that was read last on this device, 1
// where none was.
func (c *Controller) LastPage(id string, item meeting.ItemID, doc meeting.DocumentID) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return max(c.reading(id).Pages[placeKey(Spot{Item: item, Place: meeting.Place{Document: doc}})], 1)
}

// GoBack goes to the place that was left by the last jump, GoForward returns
// from there. Turning to the next page is no jump. A presenter who goes back
// within the document shows that page to everybody.
func (c *Controller) GoBack(id string) (code string) {
	return c.retrace(id, func(p *places) (from, to *[]Spot) { return &p.back, &p.forward })
}

// GoForward is the reverse of GoBack.
func (c *Controller) GoForward(id string) (code string) {
	return c.retrace(id, func(p *places) (from, to *[]Spot) { return &p.forward, &p.back })
}

func (c *Controller) retrace(id string, which func(*places) (from, to *[]Spot)) string {
	v := c.Reader(id)
	c.mu.Lock()
	from, to := which(c.reading(id))
	var at Spot
	for at.IsZero() && len(*from) > 0 { // what is gone meanwhile is passed over
		last := len(*from) - 1
		at = readable(c.view.Meetings[id], (*from)[last])
		*from = (*from)[:last]
	}
	if !at.IsZero() && !v.Spot.IsZero() {
		*to = append(*to, v.Spot)
	}
	c.mu.Unlock()
	switch {
	case at.IsZero():
		return ""
	case v.CanTurnForAll && at.Item == v.Spot.Item:
		return c.submit(id, at.Item, meeting.Show{Item: at.Item, Place: at.Place})
	}
	c.moveQuietly(id, func(f Follow) Follow { return f.Open(at) })
	return ""
}

// ToggleBookmark marks the page that is read, or takes its mark away. It is
// refused with too_many where there are very many.
func (c *Controller) ToggleBookmark(id string) (code string) {
	at := c.Reader(id).Spot
	if at.IsZero() {
		return string(meeting.NotFound)
	}
	c.mu.Lock()
	defer c.touch()
	defer c.mu.Unlock()
	p, m := c.reading(id), keptMark{at.Item, at.Place.Document, at.Place.Page}
	if i := slices.Index(p.Marks, m); i >= 0 {
		p.Marks = slices.Delete(slices.Clone(p.Marks), i, i+1)
	} else if len(p.Marks) >= maxBookmarks {
		return string(meeting.TooMany)
	} else {
		p.Marks = append(slices.Clone(p.Marks), m)
	}
	p.dirty = true
	return ""
}

// Bookmarks lists the marked pages that can be read now, in the order of the
// agenda.
func (c *Controller) Bookmarks(id string) []Bookmark {
	c.mu.Lock()
	defer c.mu.Unlock()
	m := c.view.Meetings[id]
	var out []Bookmark
	marks := c.reading(id).Marks
	for _, item := range m.Agenda {
		for _, d := range m.Contents[item].Documents {
			for page := range pagesOf(marks, item, d.ID) {
				at := readable(m, Spot{item, meeting.Place{Document: d.ID, Page: page}})
				if !at.IsZero() && at.Place.Page == page {
					out = append(out, Bookmark{Spot: at, Number: m.Number(item), Title: d.Title})
				}
			}
		}
	}
	return out
}

// pagesOf gives the marked pages of a document in their order.
func pagesOf(marks []keptMark, item meeting.ItemID, doc meeting.DocumentID) func(func(int) bool) {
	var pages []int
	for _, m := range marks {
		if m.Item == item && m.Document == doc {
			pages = append(pages, m.Page)
		}
	}
	slices.Sort(pages)
	return slices.Values(slices.Compact(pages))
}

// withPlaces adds to the reader what is known of where somebody has been.
func (c *Controller) withPlaces(id string, v ReaderView) ReaderView {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.reading(id)
	v.CanGoBack, v.CanGoForward = len(p.back) > 0, len(p.forward) > 0
	v.Bookmarked = slices.Contains(p.Marks, keptMark{v.Spot.Item, v.Spot.Place.Document, v.Spot.Place.Page})
	return v
}

// keepPlaces writes what changed to the device.
func (c *Controller) keepPlaces(in *inside) {
	c.mu.Lock()
	changed := map[string]keptPlaces{}
	for id, p := range c.places {
		if p.dirty {
			p.dirty = false
			changed[id] = keptPlaces{maps.Clone(p.Pages), p.Marks}
		}
	}
	c.mu.Unlock()
	for id, kept := range changed {
		if data, err := json.Marshal(kept); err == nil {
			// A full device is told of by the session; reading goes on.
			_ = in.area.Keep(recordPlaces+id, data)
		}
	}
}
