package controller

import (
	"github.com/google/uuid"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// Copied says what a meeting made from this one would take over.
type Copied struct {
	People, Items, Documents int
	// Left counts what cannot be taken over: people who are not of the room
	// any more, and items that are not for this person.
	Left int
}

// Copyable counts what CopyMeeting takes over from a meeting. ok is false
// while the meeting has not arrived.
func (c *Controller) Copyable(from string) (n Copied, ok bool) {
	v := c.seen()
	s := v.Meetings[from]
	if !s.Exists() {
		return n, false
	}
	for id := range s.People {
		if _, known := v.Roster.People[id]; known {
			n.People++
		} else {
			n.Left++
		}
	}
	for _, id := range s.Agenda {
		switch _, readable := itemBrief(s, id); {
		case s.Items[id].State == meeting.Withdrawn:
		case !readable:
			n.Left++
		default:
			n.Items++
			n.Documents += len(s.Contents[id].Documents)
		}
	}
	return n, true
}

// CopyMeeting makes a draft with the people and the agenda of an earlier
// meeting, and with its documents where they are wanted. What became of the
// earlier one is not taken over: results, votes, times used, stand-ins, items
// that were withdrawn. It works from what is on the device, so also without
// the server. When a later step is refused, the draft stays as far as it came,
// and the code tells why.
func (c *Controller) CopyMeeting(from string, f MeetingForm, documents bool) (id, code string) {
	v := c.seen()
	s := v.Meetings[from]
	if !s.Exists() {
		return "", string(meeting.NotFound)
	}
	if id, code = c.CreateMeeting(f); code != "" {
		return "", code
	}
	return id, c.fill(id, v, s, documents)
}

func (c *Controller) fill(id string, v session.View, s meeting.State, documents bool) string {
	in := map[meeting.PersonID]bool{v.Me.ID: true}
	for _, p := range byPrecedence(s) {
		if _, known := v.Roster.People[p.Person]; !known {
			continue
		}
		p.StandInFor = ""
		if p.Person == v.Me.ID && !p.Has(meeting.Secretary) {
			p.Functions = append([]meeting.Function{meeting.Secretary}, p.Functions...)
		}
		if code := c.submit(id, "", meeting.SetParticipant{Participant: p}); code != "" {
			return code
		}
		in[p.Person] = true
	}
	copies := map[meeting.ItemID]meeting.ItemID{}
	for _, old := range s.Agenda {
		brief, readable := itemBrief(s, old)
		if !readable || s.Items[old].State == meeting.Withdrawn {
			continue
		}
		item, code := c.copyItem(id, s, old, copies[s.Items[old].Parent], brief, in, documents)
		if code != "" {
			return code
		}
		copies[old] = item
	}
	return ""
}

// copyItem adds one item of an earlier meeting, below the copy of its parent
// where there is one. Only who is in the new meeting can report or be in its
// audience.
func (c *Controller) copyItem(id string, s meeting.State, old, parent meeting.ItemID, brief meeting.Brief, in map[meeting.PersonID]bool, documents bool) (meeting.ItemID, string) {
	i := s.Items[old]
	if !in[brief.Reporter] {
		brief.Reporter = ""
	}
	var audience []meeting.PersonID
	for _, p := range i.Audience {
		if in[p] {
			audience = append(audience, p)
		}
	}
	item := meeting.ItemID(uuid.NewString())
	code := c.submit(id, "", meeting.AddItem{ID: item, Parent: parent, Type: i.Kind, Brief: brief, Minutes: i.Minutes,
		Restricted: i.Restricted, Audience: audience, Wider: i.Wider})
	if code != "" || !documents {
		return item, code
	}
	for _, d := range s.Contents[old].Documents {
		last := d.Latest()
		code := c.submit(id, item, meeting.AttachDocument{Item: item, Document: meeting.DocumentID(uuid.NewString()), Title: d.Title, Type: d.Kind,
			Hash: last.Hash, Name: last.Name, Pages: last.Pages, Bytes: last.Bytes})
		if code != "" {
			return item, code
		}
	}
	return item, ""
}

// itemBrief is an item's own text as far as it is on this device.
func itemBrief(s meeting.State, id meeting.ItemID) (meeting.Brief, bool) {
	i := s.Items[id]
	if !i.Restricted {
		return i.Brief, true
	}
	content, ok := s.Contents[id]
	return content.Brief, ok && content.Brief.Title != ""
}
