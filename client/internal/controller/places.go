package controller

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
)

const (
	maxTrail = 50 // places to go back to
	// A page that somebody turned to is kept for his other devices once it was
	// looked at for restBefore, at most once in keepEvery, and when he leaves.
	restBefore = 4 * time.Second
	keepEvery  = 10 * time.Second
)

// recordPlaces is where earlier programs kept the places of a meeting on the
// device alone.
const recordPlaces = "places/"

// Bookmark is a page that a person wants to find again.
type Bookmark struct {
	Spot   Spot
	Number string // the item's
	Title  string // the document's
	Old    bool   // marked on an earlier version of the document
}

// places is where somebody read in a meeting, as far as only this device
// knows it. The controller's lock guards it.
type places struct {
	back, forward []Spot
	// turned has by document the place that is still to be kept.
	turned map[meeting.Sheet]meeting.Place
	rest   *time.Timer // until they are kept
	keptAt time.Time
}

// reading gives the places of a meeting. The caller holds the lock.
func (c *Controller) reading(id string) *places {
	p := c.places[id]
	if p == nil {
		p = &places{turned: map[meeting.Sheet]meeting.Place{}}
		c.places[id] = p
	}
	return p
}

// turnedTo notes the page that somebody went to by his own wish, to be kept
// when he rests there; the document he leaves is kept at once. The caller
// holds the lock.
func (c *Controller) turnedTo(id string, to Spot) {
	if to.IsZero() {
		return
	}
	p := c.reading(id)
	wait := max(restBefore, keepEvery-c.now().Sub(p.keptAt))
	for sheet := range p.turned {
		if sheet != sheetAt(to) {
			wait = 0
		}
	}
	p.turned[sheetAt(to)] = to.Place
	if p.rest != nil {
		p.rest.Stop()
	}
	p.rest = time.AfterFunc(wait, func() { c.keepReading(id) })
}

// keepReading sends where somebody reads in a meeting to his other devices.
// Without the server it waits on the device, like every wish.
func (c *Controller) keepReading(id string) {
	c.mu.Lock()
	in, turned := c.inside, c.takeTurned(id)
	c.mu.Unlock()
	if in != nil {
		sendTurned(in, id, turned)
	}
}

// takeTurned gives what is to be kept. The caller holds the lock.
func (c *Controller) takeTurned(id string) map[meeting.Sheet]meeting.Place {
	p := c.places[id]
	if p == nil || len(p.turned) == 0 {
		return nil
	}
	if p.rest != nil {
		p.rest.Stop()
	}
	out := p.turned
	p.turned, p.keptAt = map[meeting.Sheet]meeting.Place{}, c.now()
	return out
}

// sendTurned gives the wishes. A refusal (the outbox is full, or the document
// is gone) is not worth a word: nothing is lost but where one was.
func sendTurned(in *inside, id string, turned map[meeting.Sheet]meeting.Place) {
	for sheet, at := range turned {
		_ = in.session.SubmitInk(id, sheet, true, meeting.KeepPlace{Item: sheet.Item, Place: at})
	}
}

// keepAllReading keeps what is to be kept of all meetings, when somebody goes.
func (c *Controller) keepAllReading(in *inside) {
	c.mu.Lock()
	all := map[string]map[meeting.Sheet]meeting.Place{}
	for id := range c.places {
		all[id] = c.takeTurned(id)
	}
	c.mu.Unlock()
	for id, turned := range all {
		sendTurned(in, id, turned)
	}
}

// LeaveReader says that the page is not looked at any more: where it was read
// is kept.
func (c *Controller) LeaveReader(id string) { c.keepReading(id) }

// went notes that somebody went from one place to another by his own wish. The
// caller holds the lock.
func (c *Controller) went(id string, from, to Spot) {
	if to.IsZero() || from == to {
		return
	}
	c.turnedTo(id, to)
	if from.IsZero() || beside(from, to) {
		return
	}
	p := c.reading(id)
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

// LastPage is the page of a document that this person read last, on any of his
// devices; 1 where none was.
func (c *Controller) LastPage(id string, item meeting.ItemID, doc meeting.DocumentID) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	sheet := meeting.Sheet{Item: item, Document: doc}
	if at, ok := c.reading(id).turned[sheet]; ok {
		return at.Page
	}
	at, _ := c.view.Notes[id].Place(sheet)
	return max(at.Page, 1)
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
	c.turnedTo(id, at)
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

// ToggleBookmark marks the page that is read, or takes its mark away, on all
// of this person's devices. It is refused with too_many where there are very
// many.
func (c *Controller) ToggleBookmark(id string) (code string) {
	at := c.Reader(id).Spot
	if at.IsZero() {
		return string(meeting.NotFound)
	}
	return c.SetBookmark(id, at, !c.marked(c.seen(), id, at))
}

// SetBookmark marks a page, or takes its mark away.
func (c *Controller) SetBookmark(id string, at Spot, on bool) (code string) {
	return c.submitInk(id, sheetAt(at), true, meeting.MarkPage{Item: at.Item, Place: at.Place, On: on})
}

func (c *Controller) marked(v session.View, id string, at Spot) bool {
	return v.Notes[id].Marked(sheetAt(at), at.Place.Page)
}

// Bookmarks lists the marked pages that can be read now, in the order of the
// agenda.
func (c *Controller) Bookmarks(id string) []Bookmark {
	v := c.seen()
	m := v.Meetings[id]
	var out []Bookmark
	for _, item := range m.Agenda {
		for _, d := range m.Contents[item].Documents {
			for _, mark := range v.Notes[id].Marks(meeting.Sheet{Item: item, Document: d.ID}) {
				at := readable(m, Spot{item, meeting.Place{Document: d.ID, Page: mark.Page}})
				if !at.IsZero() && at.Place.Page == mark.Page {
					out = append(out, Bookmark{Spot: at, Number: m.Number(item), Title: d.Title, Old: mark.Version < at.Place.Version})
				}
			}
		}
	}
	return out
}

// withPlaces adds to the reader what is known of where somebody has been.
func (c *Controller) withPlaces(id string, v ReaderView) ReaderView {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.reading(id)
	v.CanGoBack, v.CanGoForward = len(p.back) > 0, len(p.forward) > 0
	v.Bookmarked = c.marked(c.view, id, v.Spot)
	v.Marked = markedPages(c.view.Notes[id], v.Spot)
	return v
}

// markedPages are the marked pages of the document that is read, in order.
func markedPages(all notes.State, at Spot) []int {
	var out []int
	for _, mark := range all.Marks(sheetAt(at)) {
		out = append(out, mark.Page)
	}
	return out
}

// oldPlaces is what earlier programs kept on the device alone.
type oldPlaces struct {
	Pages map[string]int `json:"pages,omitempty"` // last page, by item and document
	Marks []oldMark      `json:"marks,omitempty"`
}

type oldMark struct {
	Item     meeting.ItemID     `json:"item"`
	Document meeting.DocumentID `json:"document"`
	Page     int                `json:"page"`
}

// carryPlaces gives what an earlier program kept on the device to the person's
// own stream, once the server was heard of the meeting, and forgets it here.
// What is damaged, or is not there any more, counts as nothing.
func (c *Controller) carryPlaces(in *inside, v session.View) {
	if v.Link != session.Live {
		return
	}
	for id, m := range v.Meetings {
		if in.carried[id] || !complete(m, v.Me.ID) {
			continue
		}
		in.carried[id] = true
		data, ok := in.area.Kept(recordPlaces + id)
		var old oldPlaces
		if !ok {
			continue
		}
		if json.Unmarshal(data, &old) == nil {
			carryOld(in, id, m, v.Notes[id], old)
		}
		_ = in.area.Drop(recordPlaces + id) // else it is given again, which changes nothing
	}
}

// complete reports whether everything of a meeting that somebody may see is
// here.
func complete(m meeting.State, who meeting.PersonID) bool {
	return !slices.ContainsFunc(m.Agenda, func(item meeting.ItemID) bool {
		_, here := m.Contents[item]
		return !here && m.MaySee(who, item)
	})
}

func carryOld(in *inside, id string, m meeting.State, known notes.State, old oldPlaces) {
	for _, k := range old.Marks[:min(len(old.Marks), notes.MaxMarks)] {
		if at := readable(m, Spot{k.Item, meeting.Place{Document: k.Document, Page: k.Page}}); at.Place.Page == k.Page && !at.IsZero() {
			_ = in.session.SubmitInk(id, sheetAt(at), true, meeting.MarkPage{Item: at.Item, Place: at.Place, On: true})
		}
	}
	for item, content := range maps.All(m.Contents) {
		for _, d := range content.Documents {
			at := readable(m, Spot{item, meeting.Place{Document: d.ID, Page: old.Pages[string(item)+"/"+string(d.ID)]}})
			if _, ok := known.Place(sheetAt(at)); !ok && !at.IsZero() {
				_ = in.session.SubmitInk(id, sheetAt(at), true, meeting.KeepPlace{Item: at.Item, Place: at.Place})
			}
		}
	}
}
