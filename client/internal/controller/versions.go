package controller

import (
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// VersionRow is one of the contents that a document has had.
type VersionRow struct {
	Number int
	Hash   string
	Pages  int
	At     time.Time // when it came
}

// Versions lists what a document has been, oldest first, with its title; none
// where the document is not for this person. Whoever may read the document may
// read all of them.
func (c *Controller) Versions(id string, item meeting.ItemID, doc meeting.DocumentID) (title string, out []VersionRow) {
	d, ok := c.seen().Meetings[id].Contents[item].Document(doc)
	if !ok {
		return "", nil
	}
	for _, v := range d.Versions {
		if v.Pages > 0 {
			out = append(out, VersionRow{v.Number, v.Hash, v.Pages, v.At})
		}
	}
	return d.Title, out
}

// InkAt is what is written at a place that can be read, to be looked at: of
// strokes on the page those that were written on that version or an earlier one.
func (c *Controller) InkAt(id string, at Spot) InkView {
	s := sceneOf(c.seen(), id, c.now())
	if at.IsZero() || readable(s.s, at) != at {
		return InkView{}
	}
	v := s.ink(at)
	return InkView{Target: v.Target, Me: v.Me, Private: upTo(v.Private, at.Place), Shared: upTo(v.Shared, at.Place)}
}

// upTo leaves out the strokes of a page that were written on later versions.
func upTo(l ink.Layer, at meeting.Place) ink.Layer {
	var later []string
	for _, s := range l.Page(at.Page) {
		if s.Version > at.Version {
			later = append(later, s.ID)
		}
	}
	if len(later) == 0 {
		return l
	}
	return l.Apply(ink.StrokesErased{IDs: later}, "", time.Time{})
}
