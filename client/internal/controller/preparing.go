package controller

import (
	"context"

	"github.com/google/uuid"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// CreateMeeting makes a draft with the person as its secretary, and follows
// it. The id is known at once; the meeting shows up in Desk(id) at once too.
func (c *Controller) CreateMeeting(f MeetingForm) (id, code string) {
	id = uuid.NewString()
	if code = c.submit(id, "", meeting.Create{Description: f.description()}); code != "" {
		return "", code
	}
	c.OpenMeeting(id)
	return id, ""
}

// SetMeeting replaces what a meeting is called, where and when it is.
func (c *Controller) SetMeeting(id string, f MeetingForm) (code string) {
	return c.submit(id, "", meeting.Describe{Description: f.description()})
}

// AddItem adds an agenda item before another, or at the end (""), of the
// agenda or of its parent's sub-items.
func (c *Controller) AddItem(id string, f ItemForm, before meeting.ItemID) (item meeting.ItemID, code string) {
	item = meeting.ItemID(uuid.NewString())
	code = c.submit(id, "", meeting.AddItem{ID: item, Parent: f.Parent, Before: before, Type: f.Kind, Brief: f.brief(), Minutes: f.Minutes,
		Restricted: f.Restricted, Audience: f.Audience, Wider: f.Wider})
	if code != "" {
		return "", code
	}
	return item, ""
}

// SetItem replaces an item's text and plan; its audience stays.
func (c *Controller) SetItem(id string, item meeting.ItemID, f ItemForm) (code string) {
	return c.submit(id, item, meeting.ChangeItem{ID: item, Type: f.Kind, Brief: f.brief(), Minutes: f.Minutes})
}

// MoveItem puts an item with its sub-items below a parent, or ("") on the
// first level: before another item there, or ("") at the end.
func (c *Controller) MoveItem(id string, item, parent, before meeting.ItemID) (code string) {
	return c.submit(id, item, meeting.MoveItem{ID: item, Parent: parent, Before: before})
}

// RestoreItem puts an item back that was taken off the draft.
func (c *Controller) RestoreItem(id string, item, parent, before meeting.ItemID) (code string) {
	return c.submit(id, "", meeting.RestoreItem{ID: item, Parent: parent, Before: before})
}

// RemoveItem takes an item off a draft, with its sub-items.
func (c *Controller) RemoveItem(id string, item meeting.ItemID) (code string) {
	return c.submit(id, item, meeting.RemoveItem{ID: item})
}

// SetAudience says who may see an item; wider, that a sub-item may be seen by
// people who do not see its restricted parent.
func (c *Controller) SetAudience(id string, item meeting.ItemID, restricted bool, audience []meeting.PersonID, wider bool) (code string) {
	return c.submit(id, item, meeting.SetAudience{ID: item, Restricted: restricted, Audience: audience, Wider: wider})
}

// SetParticipant adds a person of the room to the meeting, or changes his
// part. Name, position, unit and order come from the room's roster.
func (c *Controller) SetParticipant(id string, p meeting.Participant) (code string) {
	return c.submit(id, "", meeting.SetParticipant{Participant: p})
}

// RemoveParticipant takes somebody off the meeting.
func (c *Controller) RemoveParticipant(id string, who meeting.PersonID) (code string) {
	return c.submit(id, "", meeting.RemoveParticipant{Person: who})
}

// RemoveDocument takes a document off an item.
func (c *Controller) RemoveDocument(id string, item meeting.ItemID, doc meeting.DocumentID) (code string) {
	return c.submit(id, item, meeting.RemoveDocument{Item: item, Document: doc})
}

// RenameDocument changes title and kind of a document.
func (c *Controller) RenameDocument(id string, item meeting.ItemID, doc meeting.DocumentID, title, kind string) (code string) {
	return c.submit(id, item, meeting.RetitleDocument{Item: item, Document: doc, Title: title, Type: kind})
}

// MoveDocument puts a document before another of the same item, or at the
// end ("").
func (c *Controller) MoveDocument(id string, item meeting.ItemID, doc, before meeting.DocumentID) (code string) {
	return c.submit(id, item, meeting.MoveDocument{Item: item, Document: doc, Before: before})
}

// DocumentOf is a document of an item with all its versions, for taking back
// what is done to it. ok is false where it is not there.
func (c *Controller) DocumentOf(id string, item meeting.ItemID, doc meeting.DocumentID) (d meeting.Document, ok bool) {
	return c.seen().Meetings[id].Contents[item].Document(doc)
}

// RestoreDocument puts a document back that was taken off its item, under its
// id, with its versions in their order, before another document or ("") at the
// end. What was written on it is there again.
func (c *Controller) RestoreDocument(id string, item meeting.ItemID, doc meeting.Document, before meeting.DocumentID) (code string) {
	for n, v := range doc.Versions {
		var cmd meeting.Command = meeting.ReplaceDocument{Item: item, Document: doc.ID, Hash: v.Hash, Name: v.Name, Pages: v.Pages, Bytes: v.Bytes}
		if n == 0 {
			cmd = meeting.AttachDocument{Item: item, Document: doc.ID, Title: doc.Title, Type: doc.Kind, Hash: v.Hash, Name: v.Name, Pages: v.Pages, Bytes: v.Bytes}
		}
		if code := c.submit(id, item, cmd); code != "" {
			return code
		}
	}
	if before == "" {
		return ""
	}
	return c.MoveDocument(id, item, doc.ID, before)
}

// TurnPages turns pages of a document's newest version (from 1; none means all)
// clockwise by a multiple of 90 degrees: a new version. What was written stays
// with the version it was written on. done gets the refusal code on any
// goroutine.
func (c *Controller) TurnPages(id string, item meeting.ItemID, doc meeting.DocumentID, pages []int, degrees int, done func(code string)) {
	d, ok := c.DocumentOf(id, item, doc)
	c.background(func(ctx context.Context, s *session.Server) {
		if !ok {
			done(protocol.CodeNotFound)
			return
		}
		got, err := s.Turn(ctx, session.Ref{Meeting: id, Item: item, Hash: d.Latest().Hash}, pages, degrees)
		code := Code(err)
		if code == "" {
			code = c.UseVersion(id, item, doc, meeting.Version{Hash: got.Hash, Name: got.Name, Pages: got.Pages, Bytes: got.Bytes})
		}
		done(code)
	}, done)
}

// UseVersion makes a content that a document had before its newest version.
func (c *Controller) UseVersion(id string, item meeting.ItemID, doc meeting.DocumentID, v meeting.Version) (code string) {
	return c.submit(id, item, meeting.ReplaceDocument{Item: item, Document: doc, Hash: v.Hash, Name: v.Name, Pages: v.Pages, Bytes: v.Bytes})
}
