package controller

import (
	"maps"

	"phonghop/shared/meeting"
)

// Spot is where somebody is in a meeting's documents: an agenda item and a
// page of a version of one of its documents.
type Spot struct {
	Item  meeting.ItemID
	Place meeting.Place
}

// IsZero reports whether the spot is nowhere.
func (s Spot) IsZero() bool { return s.Place.Page == 0 }

// Follow is whether a reader goes with the presenter, and where both are.
// It is a value: every method gives the next one. The zero Follow follows.
//
// The rules: a reader follows by default; turning a page or opening a document
// by oneself means to read apart; Return, or a recall by the chair, means to
// follow again. The presenter follows himself: his own turns are commands,
// which change what is presented, and are not told to Follow.
type Follow struct {
	apart     bool
	at        Spot
	presented Spot
	recalls   map[meeting.ItemID]int
}

// Following reports whether the reader goes with the presenter.
func (f Follow) Following() bool { return !f.apart }

// At is what the reader sees. It is zero as long as there is nothing to see.
func (f Follow) At() Spot { return f.at }

// Presented is what the presenter shows; zero while nothing is shown, or not
// to this person.
func (f Follow) Presented() Spot { return f.presented }

// Apart reports whether the reader reads something else than what is
// presented, so that "back to the presented page" is of use.
func (f Follow) Apart() bool { return f.apart && !f.presented.IsZero() && f.at != f.presented }

// See takes the meeting as it is now. It may have moved on by any number of
// steps since the last time: only what is true now counts, so that a device
// that slept is on the right page at once.
func (f Follow) See(s meeting.State) Follow {
	f.presented = presented(s)
	if c, ok := s.Contents[s.Current]; ok && s.Current != "" {
		if c.Recalls > f.recalls[s.Current] {
			f.apart = false
		}
		if c.Recalls != f.recalls[s.Current] {
			f.recalls = maps.Clone(f.recalls)
			if f.recalls == nil {
				f.recalls = map[meeting.ItemID]int{}
			}
			f.recalls[s.Current] = c.Recalls
		}
	}
	if f.Following() && !f.presented.IsZero() {
		f.at = f.presented
	}
	f.at = readable(s, f.at)
	if f.at.IsZero() && !f.presented.IsZero() {
		// What was read apart is gone: there is nothing left to be apart with.
		f.apart, f.at = false, f.presented
	}
	return f
}

// Open goes to a place by the reader's own wish. Opening exactly what is
// presented does not end following.
func (f Follow) Open(to Spot) Follow {
	f.at = to
	if to != f.presented {
		f.apart = true
	}
	return f
}

// Turn goes to another page of the same document by the reader's own wish.
func (f Follow) Turn(page int) Follow {
	to := f.at
	to.Place.Page = page
	if to == f.at {
		return f
	}
	f.at, f.apart = to, true
	return f
}

// Return goes back to the presenter.
func (f Follow) Return() Follow {
	f.apart = false
	if !f.presented.IsZero() {
		f.at = f.presented
	}
	return f
}

// presented is the place the running item shows, as far as it is known here.
func presented(s meeting.State) Spot {
	c, ok := s.Contents[s.Current]
	if !ok || s.Current == "" || c.Shown.Page == 0 {
		return Spot{}
	}
	return readable(s, Spot{s.Current, c.Shown})
}

// readable gives the spot back if its document is (still) there, with the page
// within its bounds, else the zero Spot.
func readable(s meeting.State, at Spot) Spot {
	d, ok := s.Contents[at.Item].Document(at.Place.Document)
	if !ok || at.IsZero() {
		return Spot{}
	}
	v, ok := d.Version(at.Place.Version)
	if !ok || v.Pages < 1 {
		return Spot{}
	}
	at.Place.Version = v.Number
	at.Place.Page = min(max(at.Place.Page, 1), v.Pages)
	return at
}
