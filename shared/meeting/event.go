package meeting

import "time"

// Event is one thing that happened. Its kind and version are forever.
type Event struct {
	// Item is the item whose stream the event belongs to; empty for the
	// meeting's own stream.
	Item ItemID
	// Document, with an Item, is the document whose shared layer's stream the
	// event belongs to.
	Document DocumentID
	// Sealed says that it belongs to the item's sealed stream, which nobody
	// but the server reads.
	Sealed bool
	// By gave the command; For is who he acted for, empty for himself.
	By, For PersonID
	At      time.Time
	Body    Body
}

// Body is what an event says. Kind is "noun.verb" in the past tense.
type Body interface{ Kind() string }

// Events of the meeting's stream.
type (
	// Created is the first event of every meeting.
	Created struct {
		Description
	}
	// Described replaces the description.
	Described struct {
		Description
	}
	// ParticipantSet adds a participant or replaces one. Who is no secretary
	// any more no longer acts for the chair.
	ParticipantSet struct {
		Participant Participant `json:"participant"`
	}
	// ParticipantRemoved takes somebody off the meeting.
	ParticipantRemoved struct {
		Person PersonID `json:"person"`
	}
	// ItemAdded puts an item into the agenda, before another or at the end: a
	// new one, or one that was removed.
	ItemAdded struct {
		ID         ItemID     `json:"id"`
		Parent     ItemID     `json:"parent,omitempty"`
		Before     ItemID     `json:"before,omitempty"`
		Number     string     `json:"number,omitempty"`
		Type       ItemKind   `json:"type"`
		Brief      Brief      `json:"brief,omitzero"`
		Minutes    int        `json:"minutes,omitempty"`
		Restricted bool       `json:"restricted,omitempty"`
		Audience   []PersonID `json:"audience,omitempty"`
		Wider      bool       `json:"wider,omitempty"`
	}
	// ItemChanged replaces what the meeting knows of an item.
	ItemChanged struct {
		ID      ItemID   `json:"id"`
		Type    ItemKind `json:"type"`
		Brief   Brief    `json:"brief,omitzero"`
		Minutes int      `json:"minutes,omitempty"`
	}
	// ItemMoved changes the place of an item and its sub-items; fixed numbers
	// stay.
	ItemMoved struct {
		ID     ItemID `json:"id"`
		Parent ItemID `json:"parent,omitempty"`
		Before ItemID `json:"before,omitempty"`
	}
	// ItemRemoved takes an item off a draft's agenda. Its own stream stays,
	// unseen, and no other item gets its id.
	ItemRemoved struct {
		ID ItemID `json:"id"`
	}
	// AudienceSet says who may see an item. Brief is what the meeting may
	// know of it from now on: empty when restricted.
	AudienceSet struct {
		ID         ItemID     `json:"id"`
		Restricted bool       `json:"restricted,omitempty"`
		Audience   []PersonID `json:"audience,omitempty"`
		Wider      bool       `json:"wider,omitempty"`
		Brief      Brief      `json:"brief,omitzero"`
	}
	// MeetingPublished fixes the numbers and lets the participants in.
	MeetingPublished struct {
		Numbers map[ItemID]string `json:"numbers"`
	}
	// SittingStarted opens a sitting.
	SittingStarted struct {
		Presiding PersonID `json:"presiding"`
	}
	// SittingPaused is a break within a sitting.
	SittingPaused struct{}
	// SittingResumed ends the break.
	SittingResumed struct{}
	// SittingEnded ends a sitting; the meeting goes on another time.
	SittingEnded struct{}
	// MeetingClosed ends the meeting.
	MeetingClosed struct{}
	// ChairPassed hands the presiding over.
	ChairPassed struct {
		To PersonID `json:"to"`
	}
	// ActingAllowed lets a secretary give the chair's commands.
	ActingAllowed struct {
		Person PersonID `json:"person"`
	}
	// ActingEnded stops that.
	ActingEnded struct {
		Person PersonID `json:"person"`
	}
	// ItemStateSet moves an item on. Of several items at most one runs.
	ItemStateSet struct {
		ID    ItemID    `json:"id"`
		State ItemState `json:"state"`
	}
)

// Events of an item's stream.
type (
	// ItemBriefed gives the item's own text.
	ItemBriefed struct {
		Brief Brief `json:"brief"`
	}
	// ItemReasoned says why an item was postponed or withdrawn.
	ItemReasoned struct {
		Reason string `json:"reason"`
	}
	// DocumentAttached adds a document with its first version.
	DocumentAttached struct {
		Document DocumentID `json:"document"`
		Title    string     `json:"title"`
		Type     string     `json:"type,omitempty"`
		Hash     string     `json:"hash"`
		Name     string     `json:"name"`
		Pages    int        `json:"pages"`
		Bytes    int64      `json:"bytes"`
	}
	// DocumentReplaced adds a version. What is presented stays as it is.
	DocumentReplaced struct {
		Document DocumentID `json:"document"`
		Hash     string     `json:"hash"`
		Name     string     `json:"name"`
		Pages    int        `json:"pages"`
		Bytes    int64      `json:"bytes"`
	}
	// DocumentRetitled changes title and kind.
	DocumentRetitled struct {
		Document DocumentID `json:"document"`
		Title    string     `json:"title"`
		Type     string     `json:"type,omitempty"`
	}
	// DocumentMoved changes the order of the item's documents.
	DocumentMoved struct {
		Document DocumentID `json:"document"`
		Before   DocumentID `json:"before,omitempty"`
	}
	// DocumentRemoved takes a document off the item.
	DocumentRemoved struct {
		Document DocumentID `json:"document"`
	}
	// PresenterSet gives the presenter's role; empty means nobody has it.
	PresenterSet struct {
		Person PersonID `json:"person,omitempty"`
	}
	// PresentAsked is a wish to present.
	PresentAsked struct {
		Person PersonID `json:"person"`
	}
	// PresentDropped withdraws or declines the wish.
	PresentDropped struct {
		Person PersonID `json:"person"`
	}
	// PageShown turns the presented page.
	PageShown struct {
		Place
	}
	// FollowersRecalled calls everybody back to the presented page.
	FollowersRecalled struct{}
)

// The kinds, as they stand in the log. Never change one.
func (Created) Kind() string            { return "meeting.created" }
func (Described) Kind() string          { return "meeting.described" }
func (ParticipantSet) Kind() string     { return "participant.set" }
func (ParticipantRemoved) Kind() string { return "participant.removed" }
func (ItemAdded) Kind() string          { return "item.added" }
func (ItemChanged) Kind() string        { return "item.changed" }
func (ItemMoved) Kind() string          { return "item.moved" }
func (ItemRemoved) Kind() string        { return "item.removed" }
func (AudienceSet) Kind() string        { return "item.audience_set" }
func (MeetingPublished) Kind() string   { return "meeting.published" }
func (SittingStarted) Kind() string     { return "sitting.started" }
func (SittingPaused) Kind() string      { return "sitting.paused" }
func (SittingResumed) Kind() string     { return "sitting.resumed" }
func (SittingEnded) Kind() string       { return "sitting.ended" }
func (MeetingClosed) Kind() string      { return "meeting.closed" }
func (ChairPassed) Kind() string        { return "chair.passed" }
func (ActingAllowed) Kind() string      { return "acting.allowed" }
func (ActingEnded) Kind() string        { return "acting.ended" }
func (ItemStateSet) Kind() string       { return "item.state_set" }
func (ItemBriefed) Kind() string        { return "item.briefed" }
func (ItemReasoned) Kind() string       { return "item.reasoned" }
func (DocumentAttached) Kind() string   { return "document.attached" }
func (DocumentReplaced) Kind() string   { return "document.replaced" }
func (DocumentRetitled) Kind() string   { return "document.retitled" }
func (DocumentMoved) Kind() string      { return "document.moved" }
func (DocumentRemoved) Kind() string    { return "document.removed" }
func (PresenterSet) Kind() string       { return "presenter.set" }
func (PresentAsked) Kind() string       { return "presenter.asked" }
func (PresentDropped) Kind() string     { return "presenter.dropped" }
func (PageShown) Kind() string          { return "page.shown" }
func (FollowersRecalled) Kind() string  { return "followers.recalled" }
