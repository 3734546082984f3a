package screen

import (
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// Stay is where a person is, as far as a window that is opened anew can lead there again.
type Stay struct {
	// Person is whose it is.
	Person meeting.PersonID `json:"person"`
	// Meeting is the one that is open, "" for the list.
	Meeting string `json:"meeting,omitempty"`
	// Reading: a page is on the screen. Apart: another one than the presented, and then At is where.
	Reading bool            `json:"reading,omitempty"`
	Apart   bool            `json:"apart,omitempty"`
	At      controller.Spot `json:"at,omitzero"`
}

// Stays keeps where a person is, for a window whose program may be started anew at any moment, as in the tab of a browser.
type Stays interface {
	// Kept is where the last start left off; false where it did not.
	Kept() (Stay, bool)
	Keep(s Stay)
}

// noteStay keeps where the person is now, if that has changed.
func (s *Shell) noteStay() {
	if s.options.Stays == nil || s.comeback != nil || s.stage != controller.StageInside {
		return
	}
	now := s.stay()
	if now != s.stayed {
		s.stayed = now
		s.options.Stays.Keep(now)
	}
}

// stay is where the person is: what is deeper than the agenda and a page is not told.
func (s *Shell) stay() (at Stay) {
	at.Person = s.act.Meetings().Me.ID
	for _, v := range s.stack {
		switch v := v.(type) {
		case *agenda:
			at.Meeting = v.id
		case *reader:
			at.Meeting, at.Reading = v.id, true
			if r := v.seen; !r.Following && !r.Spot.IsZero() {
				at.Apart, at.At = true, r.Spot
			}
		}
	}
	return at
}

// recall reads once where the last start left off.
func (s *Shell) recall() {
	if s.options.Stays == nil || s.recalled {
		return
	}
	s.recalled = true
	if at, ok := s.options.Stays.Kept(); ok && at.Meeting != "" && at.Person == s.act.Meetings().Me.ID {
		s.comeback = &at
		s.visited = at.Meeting // it is gone to on this way, not on another
	}
}

// comeBack leads to where the last start left off, as far as what is known by now allows it. A person who goes somewhere
// else meanwhile is let go.
func (s *Shell) comeBack() {
	if s.stage != controller.StageInside {
		return
	}
	s.recall()
	at := s.comeback
	if at == nil {
		return
	}
	if len(s.stack) == 1 {
		if _, list := s.stack[0].(*meetings); !list || s.coming {
			s.comeback = nil // nothing of the kind, or the person went back to the list himself
			return
		}
		s.coming = true
		s.push(newAgenda(s, at.Meeting))
	}
	v, ok := s.top().(*agenda)
	if !ok || v.id != at.Meeting || !at.Reading {
		s.comeback = nil
		return
	}
	var there bool
	if at.Apart {
		there = s.act.OpenDocument(at.Meeting, at.At.Item, at.At.Place.Document, at.At.Place.Version, at.At.Place.Page) == ""
	} else {
		there = !s.act.Reader(at.Meeting).Spot.IsZero()
	}
	// As long as the device has not heard from the server, it may still come.
	if there || s.act.Meeting(at.Meeting).Status.Link != session.Connecting {
		s.comeback = nil
	}
	if there {
		s.push(newReader(s, at.Meeting))
	}
}
