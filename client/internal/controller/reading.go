package controller

import (
	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// Reader is the screen where a page is read.
func (c *Controller) Reader(id string) ReaderView {
	c.mu.Lock()
	f := c.follows[id]
	c.mu.Unlock()
	v := c.seen()
	out := readerView(v, id, f, c.now())
	out.HadRole = c.hadRole(id, v.Meetings[id].Current)
	return c.withPlaces(id, out)
}

// TurnPage goes forward or back by delta pages within the document. Where the
// person presents and follows, it turns the page for everybody; else for
// himself alone.
func (c *Controller) TurnPage(id string, delta int) (code string) {
	v := c.Reader(id)
	return c.turn(id, v, v.Page+delta)
}

// ShowPage is TurnPage to a page by its number, from 1. Numbers out of bounds
// go to the first or last page.
func (c *Controller) ShowPage(id string, page int) (code string) {
	return c.turn(id, c.Reader(id), page)
}

func (c *Controller) turn(id string, v ReaderView, page int) string {
	page = min(max(page, 1), v.Pages)
	if v.Spot.IsZero() || page == v.Page {
		return ""
	}
	if v.Last > 0 && page > v.Last {
		return codeTogether
	}
	if v.CanTurnForAll {
		to := v.Spot
		to.Place.Page = page
		code := c.submit(id, to.Item, meeting.Show{Item: to.Item, Place: to.Place})
		if code == "" {
			c.mu.Lock()
			c.went(id, v.Spot, to)
			c.mu.Unlock()
		}
		return code
	}
	c.move(id, func(f Follow) Follow { return f.Turn(page) })
	return ""
}

// OpenDocument reads a document of an item from a page on, by oneself;
// version 0 means the newest. What is not there, or not for this person, is
// refused with not_found.
func (c *Controller) OpenDocument(id string, item meeting.ItemID, doc meeting.DocumentID, version, page int) (code string) {
	s := c.seen().Meetings[id]
	to := readable(s, Spot{item, meeting.Place{Document: doc, Version: version, Page: max(page, 1)}})
	if to.IsZero() {
		return string(meeting.NotFound)
	}
	c.move(id, func(f Follow) Follow { return f.Open(to) })
	return ""
}

// BackToPresenter follows the presenter again.
func (c *Controller) BackToPresenter(id string) { c.move(id, Follow.Return) }

// PresentThis puts the page being read up for everybody, and follows it.
func (c *Controller) PresentThis(id string) (code string) {
	at := c.Reader(id).Spot
	if at.IsZero() {
		return string(meeting.NotFound)
	}
	if code := c.submit(id, at.Item, meeting.Show{Item: at.Item, Place: at.Place}); code != "" {
		return code
	}
	c.move(id, Follow.Return)
	return ""
}

// PresentPlace puts any place of the running item up for everybody; version
// 0 means the newest.
func (c *Controller) PresentPlace(id string, at Spot) (code string) {
	return c.submit(id, at.Item, meeting.Show{Item: at.Item, Place: at.Place})
}

// AskPresenter asks for the presenter's role of the running item.
func (c *Controller) AskPresenter(id string) (code string) {
	return c.running(id, func(i meeting.ItemID) meeting.Command { return meeting.AskPresenter{Item: i} })
}

// DropAsk withdraws one's own wish to present.
func (c *Controller) DropAsk(id string) (code string) { return c.DeclineAsk(id, c.seen().Me.ID) }

// DeclineAsk takes somebody's wish to present off the list: the chair.
func (c *Controller) DeclineAsk(id string, who meeting.PersonID) (code string) {
	return c.running(id, func(i meeting.ItemID) meeting.Command { return meeting.DropAsk{Item: i, Person: who} })
}

// GivePresenter hands the presenter's role over.
func (c *Controller) GivePresenter(id string, to meeting.PersonID) (code string) {
	return c.running(id, func(i meeting.ItemID) meeting.Command { return meeting.GivePresenter{Item: i, To: to} })
}

// TakePresenter takes the presenter's role: the chair.
func (c *Controller) TakePresenter(id string) (code string) {
	return c.GivePresenter(id, c.seen().Me.ID)
}

// Recall calls everybody back to the presented page: the chair.
func (c *Controller) Recall(id string) (code string) {
	return c.running(id, func(i meeting.ItemID) meeting.Command { return meeting.Recall{Item: i} })
}

// ShowPart tells the others which part of the presented page the presenter
// looks at: upper edge and height as fractions of the page's height. It may be
// called as often as the view moves; it does nothing for others than the
// presenter.
func (c *Controller) ShowPart(id string, top, height float64) {
	v := c.Reader(id)
	if s := c.session(); s != nil && v.CanTurnForAll && top == top && height == height {
		s.ShowPart(id, v.Spot.Item, session.Part{Place: v.Spot.Place, Top: min(max(top, 0), 1), Height: min(max(height, 0), 1)})
	}
}
