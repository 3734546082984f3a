package controller

import (
	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// codeTogether says that a page is not turned to, because the chair asks
// everybody to look at the presented page together.
const codeTogether = "together"

// HoldTogether asks everybody to look at the presented page of the running
// item together, so that nobody goes ahead of the presenter; off lets them go
// again: the chair.
func (c *Controller) HoldTogether(id string, on bool) (code string) {
	return c.running(id, func(i meeting.ItemID) meeting.Command { return meeting.HoldFollowers{Item: i, On: on} })
}

// ahead is the last page of the document at a spot that the person turns to
// while the chair holds the room together, 0 without such a bound. Without the
// server nobody is held: how far the presenter is by now is not known here.
func ahead(v session.View, id string, at Spot) int {
	if v.Link != session.Live {
		return 0
	}
	return v.Meetings[id].Ahead(v.Me.ID, at.Item, at.Place.Document)
}

// Hold brings a reader who is ahead of the last page back to it; 0 is no
// bound. Who comes to the presented page that way follows again.
func (f Follow) Hold(last int) Follow {
	if last < 1 || f.at.Place.Page <= last {
		return f
	}
	f.at.Place.Page = last
	f.apart = f.apart && f.at != f.presented
	return f
}

// together fills in whether the room is held together, and what this person
// can do about it.
func (c scene) together(id string, out *ReaderView) {
	cur := c.s.Current
	out.Together = cur != "" && c.s.Contents[cur].Held
	out.Last = ahead(c.view, id, out.Spot)
	out.CanTogether = cur != "" && c.does(meeting.HoldFollowers{Item: cur, On: !out.Together})
}
