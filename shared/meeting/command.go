package meeting

// Command is one wish. Kind is "noun.verb" in the imperative.
type Command interface{ Kind() string }

// Actor is who gives a command. The server fills it in from the session.
type Actor struct {
	Person PersonID
	// Desk says that the person may create meetings in this room.
	Desk bool
	// Server is the server itself, which tells of time and counts. No
	// connection can be it.
	Server bool
}

// Commands that prepare a meeting: its secretaries.
type (
	// Create makes the meeting, as a draft. Creator becomes its first
	// secretary; the server fills it in from the roster.
	Create struct {
		Description
		Creator Participant `json:"creator,omitzero"`
	}
	// Describe replaces the description.
	Describe struct {
		Description
	}
	// SetParticipant adds or changes a participant. Name, position, unit and
	// order are filled in by the server from the room's roster.
	SetParticipant struct {
		Participant Participant `json:"participant"`
	}
	// RemoveParticipant takes somebody off the meeting.
	RemoveParticipant struct {
		Person PersonID `json:"person"`
	}
	// AddItem adds an agenda item under an id the client chose, so that the
	// same wish sent twice adds it once. With a Parent it is a sub-item; below
	// a restricted one nobody else sees it, unless Wider says so.
	AddItem struct {
		ID         ItemID     `json:"id"`
		Parent     ItemID     `json:"parent,omitempty"`
		Before     ItemID     `json:"before,omitempty"`
		Type       ItemKind   `json:"type"`
		Brief      Brief      `json:"brief"`
		Minutes    int        `json:"minutes,omitempty"`
		Restricted bool       `json:"restricted,omitempty"`
		Audience   []PersonID `json:"audience,omitempty"`
		Wider      bool       `json:"wider,omitempty"`
	}
	// ChangeItem replaces an item's text and plan.
	ChangeItem struct {
		ID      ItemID   `json:"id"`
		Type    ItemKind `json:"type"`
		Brief   Brief    `json:"brief"`
		Minutes int      `json:"minutes,omitempty"`
	}
	// MoveItem puts an item, with its sub-items, before another, or at the
	// end: of the agenda, or of its Parent's sub-items. The parent is fixed
	// once the meeting is published, for the numbers are.
	MoveItem struct {
		ID     ItemID `json:"id"`
		Parent ItemID `json:"parent,omitempty"`
		Before ItemID `json:"before,omitempty"`
	}
	// RemoveItem takes an item off a draft, with its sub-items. After
	// publication it is withdrawn instead.
	RemoveItem struct {
		ID ItemID `json:"id"`
	}
	// RestoreItem puts back an item that was taken off the draft, with all
	// that belongs to it.
	RestoreItem struct {
		ID     ItemID `json:"id"`
		Parent ItemID `json:"parent,omitempty"`
		Before ItemID `json:"before,omitempty"`
	}
	// SetAudience says who may see an item. Whoever restricts an item stays
	// in its audience, so that it is never without a keeper. Sub-items of a
	// restricted item are narrowed with it, unless they were said to be Wider.
	SetAudience struct {
		ID         ItemID     `json:"id"`
		Restricted bool       `json:"restricted,omitempty"`
		Audience   []PersonID `json:"audience,omitempty"`
		Wider      bool       `json:"wider,omitempty"`
	}
	// AttachDocument adds an uploaded document to an item. The server fills
	// in Name, Pages and Bytes from the content with that hash.
	AttachDocument struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		Title    string     `json:"title"`
		Type     string     `json:"type,omitempty"`
		Hash     string     `json:"hash"`
		Name     string     `json:"name,omitempty"`
		Pages    int        `json:"pages,omitempty"`
		Bytes    int64      `json:"bytes,omitempty"`
	}
	// ReplaceDocument adds a version to a document.
	ReplaceDocument struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		Hash     string     `json:"hash"`
		Name     string     `json:"name,omitempty"`
		Pages    int        `json:"pages,omitempty"`
		Bytes    int64      `json:"bytes,omitempty"`
	}
	// RetitleDocument changes title and kind of a document.
	RetitleDocument struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		Title    string     `json:"title"`
		Type     string     `json:"type,omitempty"`
	}
	// MoveDocument changes the order of an item's documents.
	MoveDocument struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
		Before   DocumentID `json:"before,omitempty"`
	}
	// RemoveDocument takes a document off an item. The presented one stays
	// until another is shown.
	RemoveDocument struct {
		Item     ItemID     `json:"item"`
		Document DocumentID `json:"document"`
	}
	// Publish lets the participants in and fixes the numbers.
	Publish struct{}
	// AllowActing lets a secretary give the chair's commands, or stops that.
	AllowActing struct {
		Person PersonID `json:"person"`
		On     bool     `json:"on"`
	}
)

// Commands that run a meeting: the presiding person, or a secretary who may
// act for the chair.
type (
	// OpenSitting starts a sitting. Without Presiding, the one who opens it
	// presides, or the first chair by precedence.
	OpenSitting struct {
		Presiding PersonID `json:"presiding,omitempty"`
	}
	// PauseSitting is a break.
	PauseSitting struct{}
	// ResumeSitting ends the break.
	ResumeSitting struct{}
	// EndSitting ends the sitting; the meeting goes on another time.
	EndSitting struct{}
	// Close ends the meeting.
	Close struct{}
	// PassChair hands the presiding over: the chair, the new chair or a
	// secretary may do it.
	PassChair struct {
		To PersonID `json:"to"`
	}
	// SetItemState moves an item on. Starting one ends the running one
	// (Previous: done or suspended; done by default). Postponing and
	// withdrawing need a reason.
	SetItemState struct {
		Item     ItemID    `json:"item"`
		To       ItemState `json:"to"`
		Previous ItemState `json:"previous,omitempty"`
		Reason   string    `json:"reason,omitempty"`
	}
	// Recall calls everybody back to the presented page.
	Recall struct {
		Item ItemID `json:"item"`
	}
)

// Commands of presenting.
type (
	// GivePresenter hands the presenter's role over: the chair to anybody
	// in the audience, the presenter to somebody else.
	GivePresenter struct {
		Item ItemID   `json:"item"`
		To   PersonID `json:"to"`
	}
	// AskPresenter asks for the role.
	AskPresenter struct {
		Item ItemID `json:"item"`
	}
	// DropAsk withdraws one's own wish; the chair declines anybody's.
	DropAsk struct {
		Item   ItemID   `json:"item"`
		Person PersonID `json:"person"`
	}
	// Show turns the presented page. Version 0 means the newest.
	Show struct {
		Item ItemID `json:"item"`
		Place
	}
)

// The kinds, as they travel.
func (Create) Kind() string            { return "meeting.create" }
func (Describe) Kind() string          { return "meeting.describe" }
func (SetParticipant) Kind() string    { return "participant.set" }
func (RemoveParticipant) Kind() string { return "participant.remove" }
func (AddItem) Kind() string           { return "item.add" }
func (ChangeItem) Kind() string        { return "item.change" }
func (MoveItem) Kind() string          { return "item.move" }
func (RemoveItem) Kind() string        { return "item.remove" }
func (RestoreItem) Kind() string       { return "item.restore" }
func (SetAudience) Kind() string       { return "item.set_audience" }
func (AttachDocument) Kind() string    { return "document.attach" }
func (ReplaceDocument) Kind() string   { return "document.replace" }
func (RetitleDocument) Kind() string   { return "document.retitle" }
func (MoveDocument) Kind() string      { return "document.move" }
func (RemoveDocument) Kind() string    { return "document.remove" }
func (Publish) Kind() string           { return "meeting.publish" }
func (AllowActing) Kind() string       { return "acting.allow" }
func (OpenSitting) Kind() string       { return "sitting.open" }
func (PauseSitting) Kind() string      { return "sitting.pause" }
func (ResumeSitting) Kind() string     { return "sitting.resume" }
func (EndSitting) Kind() string        { return "sitting.end" }
func (Close) Kind() string             { return "meeting.close" }
func (PassChair) Kind() string         { return "chair.pass" }
func (SetItemState) Kind() string      { return "item.set_state" }
func (Recall) Kind() string            { return "followers.recall" }
func (GivePresenter) Kind() string     { return "presenter.give" }
func (AskPresenter) Kind() string      { return "presenter.ask" }
func (DropAsk) Kind() string           { return "presenter.drop" }
func (Show) Kind() string              { return "page.show" }
