package session

import (
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// look computes the View anew. The caller holds the lock.
func (s *Session) look() {
	v := View{Link: s.link, Why: s.why, Room: s.replica.Room(), Me: s.opt.Me, Roster: s.replica.Roster(), List: s.list, Listed: s.listed,
		Meetings: map[string]meeting.State{}, Gone: map[string]string{}, Notes: map[string]notes.State{}, NotesKnown: map[string]bool{}, Living: s.prune(), Lasers: s.inking.lasers, Followers: s.follow, Parts: s.parts,
		Outbox: s.replica.Pending(), Unkept: len(s.keep.failed) > 0, Documents: s.fetching.loading}
	for _, p := range v.Outbox {
		if p.Settled {
			continue
		}
		switch p.Command.(type) {
		case meeting.KeepPlace, meeting.SeeMeeting: // kept without a word
		default:
			v.Pending++
		}
	}
	v.Offset, _ = s.replica.Offset()
	if p, ok := v.Roster.People[s.opt.Me.ID]; ok {
		v.Me = p
	}
	for id := range s.open {
		if m, ok := s.replica.Meeting(id); ok {
			v.Meetings[id] = m
		}
		v.Notes[id], v.NotesKnown[id] = s.replica.Notes(id)
		if st, code := s.replica.Status(protocol.MeetingStream(id)); st == replica.Denied {
			v.Gone[id] = code
		}
	}
	if s.link == Connecting || s.link == Offline {
		if s.replica.Ready() && s.settled() {
			s.link = Live
			s.tellReading()
		}
		v.Link = s.link
	}
	s.view = v
}

// settled reports whether every stream asked for has been answered.
func (s *Session) settled() bool {
	if st, _ := s.replica.Status(protocol.RoomStream); st == replica.Waiting {
		return false
	}
	for id := range s.open {
		if st, _ := s.replica.Status(protocol.MeetingStream(id)); st == replica.Waiting {
			return false
		}
		m, _ := s.replica.Confirmed(id)
		for _, item := range m.Agenda {
			if st, _ := s.replica.Status(protocol.ItemStream(id, string(item))); st == replica.Waiting {
				return false
			}
		}
	}
	return true
}
