package controller

import (
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// The models of the screens are plain values, computed anew on every change:
// a screen shows what it is given and keeps nothing of its own but what is
// being typed. Words are keys of the translations wherever they are not data.

// Status is for the head of every screen.
type Status struct {
	Link session.Link
	// WhyCode is the refusal code to show when Link is session.Ended.
	WhyCode string
	// Pending counts this device's wishes that the server has not answered.
	Pending int
	// Unkept: the device's disk is full, nothing more is kept on it.
	Unkept bool
	// Documents counts the documents of the meeting at hand; Ready the ones
	// that can be read whole without the server.
	Documents, Ready int
}

// Answer says whether a room's server answers.
type Answer string

// The answers.
const (
	Asking Answer = "asking"
	Ready  Answer = "ready"
	Silent Answer = "silent"
	// Changed: something answers there that is not the room of old.
	Changed Answer = "changed"
)

// RoomRow is one line of the list of rooms.
type RoomRow struct {
	// Key names the row for Choose. It stays the same while the row does.
	Key     string
	Name    string // the address, where no name is known yet
	Address string // host and port, for whom it helps
	Answer  Answer
	// Known: this device was in this room before. LastPerson is who signed
	// in last, "" on shared devices.
	Known      bool
	LastPerson string
	// OnNetwork: found just now, not only remembered.
	OnNetwork bool
	// OtherKey: at this address the device knows a room with another key. It
	// may be somebody who only pretends to be that room.
	OtherKey bool
}

// RoomsView is the screen where a room is chosen. Rooms on the network come
// first, then remembered ones, each by name.
type RoomsView struct {
	Rooms []RoomRow
	// Searching stays set while the network is being listened to.
	Searching bool
	// Joining is the key of the room that is being asked, "" for none; the
	// typed address where there is no such row.
	Joining string
	// Code is why the last room asked could not be entered: network,
	// key_changed (nothing was sent to it), version_old and so on; "" for none.
	Code string
	// Refused is the key, for ForgetRoom, of the remembered room in whose
	// place another key answered, where Code is key_changed; "" where none is
	// remembered.
	Refused string
}

// PersonRow is a person to pick.
type PersonRow struct {
	ID       meeting.PersonID
	Name     string
	Position string
	Unit     string
	// Screen: the room's projector, not a human being.
	Screen bool
	// Desk: may keep the roster and create meetings.
	Desk bool
	// Order is the order of precedence; smaller comes first.
	Order int
}

// SignInView is the screen where a person picks his name.
type SignInView struct {
	Room string // the room's name
	// FirstTime: this device does not know the room yet; the person compares
	// KeyCode with the one on the room's screen, and ConfirmCode goes on.
	FirstTime bool
	KeyCode   string
	People    []PersonRow // by precedence
	Last      meeting.PersonID
	// Busy: a PIN is being checked.
	Busy bool
	// Code is why the last try failed: wrong_pin, slow_down, network,
	// key_changed and so on; also signed_out where the server ended the
	// sign-in. "" for none.
	Code string
	// WaitUntil is when the next PIN may be tried; zero: now.
	WaitUntil time.Time
}

// MeetingRow is one line of the list of meetings.
type MeetingRow struct {
	ID           string
	Title        string
	Kind         string
	Place        string
	Phase        meeting.Phase
	PhaseKey     string
	Starts, Ends time.Time // zero where not planned
	Items        int
	Functions    []meeting.Function
	// Asked is how many opinions this person has still to give; known of
	// meetings that are followed.
	Asked int
	// Today: it begins today. New: this person never looked at it.
	Today, New bool
	// Invitation is whether this person comes; where the meeting is not at hand
	// nothing can be said in it.
	Invitation Invitation
}

// MeetingsView is the list of meetings: running ones first, then coming ones
// by start, then past ones, newest first.
type MeetingsView struct {
	Status  Status
	Me      PersonRow
	Running []MeetingRow
	Coming  []MeetingRow
	Past    []MeetingRow
	// Loaded is false until the list has been seen once.
	Loaded bool
	// Direct is the meeting a device goes to by itself: the running one, or
	// else the only one of today; "" for none.
	Direct string
	// CanCreate: the person may create meetings.
	CanCreate bool
}

// ItemRow is one line of the agenda.
type ItemRow struct {
	ID     meeting.ItemID
	Number string
	// Parent is the item this one is a sub-item of, and comes behind in the
	// agenda; "" for none. Children counts its own sub-items.
	Parent   meeting.ItemID
	Children int
	// Title is empty for a restricted item that is not for this person: show
	// the words of TitleKey then.
	Title      string
	TitleKey   string
	Unit       string
	Reporter   string // name, "" if none
	ReporterID meeting.PersonID
	Kind       meeting.ItemKind
	State      meeting.ItemState
	StateKey   string
	Current    bool
	Restricted bool
	// Readable: the item's documents are for this person.
	Readable bool
	Audience []meeting.PersonID
	// Wider: a sub-item that more people see than its restricted parent.
	Wider   bool
	Planned time.Duration // 0: not planned
	Used    time.Duration
	// Over: has used more than planned.
	Over   bool
	Reason string // of postponing or withdrawing
	// Late: it came after the invitation. New: this person has not seen it yet.
	Late, New bool
	Documents []DocumentRow
	Votes     []ItemVote
}

// MeetingView is a participant's start in a meeting: the agenda.
type MeetingView struct {
	Status Status
	ID     string
	// Exists is false while the meeting has not arrived, or is not (any more)
	// for this person: GoneCode tells which, "" meaning it has not arrived.
	Exists   bool
	GoneCode string

	Title        string
	Kind         string
	Place        string
	Address      meeting.Address
	Phase        meeting.Phase
	PhaseKey     string
	Starts, Ends time.Time
	Presiding    string // name
	Items        []ItemRow
	Current      meeting.ItemID
	// OpenedAt is the start of the sitting under way; zero between sittings.
	OpenedAt time.Time
	Now      time.Time // the server's
	Me       meeting.Participant
	// What the person can do here.
	IsChair     bool // gives the chair's commands now, or may preside
	IsSecretary bool
	IsProjector bool
	// Invitation is whether this person comes.
	Invitation Invitation
	// RestrictedNow: an item that is not for this person is running.
	RestrictedNow bool
	// Presenting is what is presented now, for this person's eyes.
	Presenting PresentingView
}

// PresentingView tells what the presenter shows.
type PresentingView struct {
	Spot      Spot
	Document  string // title
	Pages     int
	Presenter string // name
	// IsMe: this person turns the pages.
	IsMe bool
}

// ReaderView is the screen where a page is read.
type ReaderView struct {
	Status Status
	// Spot is what is on the screen; zero: nothing to read.
	Spot      Spot
	ItemRow   ItemRow
	Document  DocumentRow
	Hash      string // of the version on the screen
	Page      int    // from 1
	Pages     int
	Following bool
	// Apart: reading something else than what is presented; offer the way
	// back. SameDocument tells which words fit.
	Apart        bool
	SameDocument bool
	Presenting   PresentingView
	// Part is the part of the presented page the presenter looks at; set only
	// while following and known.
	Part *session.Part
	// Followers is known to the presenter and the chair only.
	Followers      session.Followers
	KnowsFollowers bool
	// Actions that are live.
	CanPrevious, CanNext bool
	CanTurnForAll        bool // turning a page turns it for everybody
	CanPresentThis       bool // put this page up for everybody
	CanAsk, CanDropAsk   bool // the presenter's role
	CanTake              bool // take the role at once: the chair
	CanRecall            bool
	// Together: the chair asks everybody to look at the presented page of the
	// running item together. Last is the last page of this document that this
	// person is asked to turn to then, 0 without such a bound. CanTogether: he
	// can ask for it, or let everybody go: the chair.
	Together    bool
	Last        int
	CanTogether bool
	// Phase is the meeting's; Recalls counts how often the chair called
	// everybody back to the presented page of the running item.
	Phase   meeting.Phase
	Recalls int
	// Wishes counts who asks to present, for whom that can be answered by; 0
	// for everybody else.
	Wishes int
	// HadRole: this person presented before, in the running item.
	HadRole bool
	// Replaced: a newer version of this document exists.
	Replaced bool
	// CanGoBack and CanGoForward: there are places that were left by a jump.
	CanGoBack, CanGoForward bool
	// Bookmarked: this page is marked to be found again.
	Bookmarked bool
	// Marked are the marked pages of this document, in order.
	Marked []int
}

// Step is the chair's next step: one big button.
type Step struct {
	Kind StepKind // "" when there is none
	// Key and Args are the button's words.
	Key  string
	Args []string
	Item meeting.ItemID
	Vote meeting.VoteID // of a step of a vote
	// Confirm: ask before doing it.
	Confirm bool
	// Live: the server would carry it out now.
	Live bool

	command meeting.Command
}

// StepKind is what a next step does.
type StepKind string

// The kinds of next step.
const (
	StepPublish StepKind = "publish"
	StepOpen    StepKind = "open"
	StepResume  StepKind = "resume"
	StepStart   StepKind = "start" // the first item, or again after a pause of items
	StepNext    StepKind = "next"  // ends the running item
	StepEnd     StepKind = "end"   // the last item
	StepClose   StepKind = "close"

	StepPose     StepKind = "pose"     // show a question to the room
	StepPoll     StepKind = "poll"     // take ballots
	StepPollEnd  StepKind = "poll_end" // take no more
	StepCounting StepKind = "counting" // nothing to do: the server counts
	StepAnnounce StepKind = "announce" // show the result to the room
)

// Wish is somebody who asks to present.
type Wish struct {
	Person   meeting.PersonID
	Name     string
	Position string
}

// ChairView is the chair's console, also for a secretary who acts for him.
type ChairView struct {
	MeetingView
	// OnBehalf names the chair for whom the person acts; "" for himself.
	OnBehalf  string
	Next      Step
	Followers session.Followers
	Wishes    []Wish
	// Chairs lists who else could take the chair.
	Chairs []PersonRow
	// Presenters lists who can be given the presenter's role.
	Presenters                                   []PersonRow
	CanPause, CanResume, CanEndSitting, CanClose bool
	CanRecall, CanPassChair                      bool
	// Together: everybody is asked to look at the presented page together;
	// CanTogether: that can be changed.
	Together, CanTogether bool
	// Acting lists the secretaries who may act for the chair, Secretaries all.
	Acting      []meeting.PersonID
	Secretaries []PersonRow
	// ScreenHides: the room's screen shows neutral words only, because what
	// runs is not for everybody in the room.
	ScreenHides bool
	// HadRole: this person presented before, in the running item.
	HadRole bool
	// PlannedTotal and UsedTotal are over the items that are not dropped.
	PlannedTotal, UsedTotal time.Duration
}

// ProjectorView is the room's big screen. It names what runs by words only as
// far as everybody in the room may know it.
type ProjectorView struct {
	Status   Status
	Room     string // the room's name
	Code     string // the key's code, to compare
	Join     string // the address to type
	JoinLink string // what the QR code says
	// Meeting is "" while none was chosen or none runs.
	Meeting   string
	Title     string
	Phase     meeting.Phase
	PhaseKey  string
	Item      ItemRow // zero while none runs
	Spot      Spot
	Document  DocumentRow
	Hash      string
	Page      int
	Pages     int
	Part      *session.Part
	Presenter string
	// Vote is the item's vote the room is at, or whose result it saw last.
	Vote *VoteShown
	// RestrictedNow: show the words of state.restricted_now and nothing else.
	RestrictedNow bool
	Now           time.Time
}

// Check is something that lacks before a meeting is sent to the delegates.
type Check struct {
	// Key and N are its words; Items are concerned.
	Key   string
	N     int
	Items []meeting.ItemID
	// Blocks: the meeting cannot be sent.
	Blocks bool
}

// ParticipantRow is one person of a meeting, for the desk.
type ParticipantRow struct {
	meeting.Participant
	RoleKey string
	// InRoster is false for somebody who was taken off the room's roster.
	InRoster bool
}

// DeskView is the secretary's screen for one meeting.
type DeskView struct {
	MeetingView
	Form    MeetingForm
	People  []ParticipantRow // by precedence
	Others  []PersonRow      // on the roster, not in the meeting
	Checks  []Check
	Uploads []Upload
	// CanPublish: nothing blocks, and it was not sent yet.
	CanPublish bool
	// CanEdit: the person prepares this meeting, and it is not closed.
	CanEdit bool
	// Members and Guests are who gets it.
	Members, Delegates, Guests int
	Documents                  int
	Minutes                    int
	// Due is the last day on which documents come in time, zero where the
	// start is not known; DueDays is how many working days that is before.
	Due     time.Time
	DueDays int
	// Overdue: that day is past.
	Overdue bool
	// Answers is who said that he comes.
	Answers AnswersView
}

// MeetingForm is what a secretary fills in for a meeting.
type MeetingForm struct {
	Title   string
	Kind    string
	Place   string
	Starts  time.Time
	Ends    time.Time
	Address meeting.Address
}

// ItemForm is what a secretary fills in for an agenda item.
type ItemForm struct {
	Title    string
	Unit     string
	Reporter meeting.PersonID
	Kind     meeting.ItemKind
	Minutes  int
	// Restricted and Audience are used when the item is added; change them
	// with SetAudience later. So is Parent; MoveItem changes it.
	Restricted bool
	Audience   []meeting.PersonID
	// Wider: more people see it than its restricted parent.
	Wider  bool
	Parent meeting.ItemID
}

// Text is a page's words with their places.
type Text = protocol.PageText

// Outline is a document's own table of contents and the sizes of its pages.
type Outline = protocol.DocumentInfo
