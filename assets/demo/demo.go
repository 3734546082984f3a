// Package demo holds a sample meeting: the regular session of November 2026 of
// the People's Committee of Hải Lam, a city that does not exist, with its
// people, agenda and documents. Everything in it was invented for the
// project; no name, figure or place is meant to be a real one.
//
// The package depends on no other part of the project: whoever fills a data
// folder with the sample reads these structs and makes the documents.
package demo

import (
	"io"
	"time"
)

// The invented city.
const (
	// City is the city's name as it stands before a date.
	City = "Hải Lam"
	// Room is the name of the room the meeting takes place in.
	Room = "Phòng họp số 1 - UBND thành phố Hải Lam"
)

// zone is the room's time zone, UTC+7.
var zone = time.FixedZone("+07", 7*60*60)

// Day is the day of the sample meeting, for which the papers were written.
var Day = time.Date(2026, time.November, 25, 0, 0, 0, 0, zone)

// Role is a person's function in a meeting.
type Role string

// The roles of a meeting.
const (
	RoleChair     Role = "chair"
	RoleSecretary Role = "secretary"
	RoleDelegate  Role = "delegate"
	RoleGuest     Role = "guest"
	RoleProjector Role = "projector"
)

// Person is somebody who can sign in, or the room's projector.
type Person struct {
	// Key names the person in this package's other structs: lower case ASCII.
	Key string
	// Name, Position and Unit are written as on a name plate; the projector has
	// neither position nor unit.
	Name, Position, Unit string
	// Precedence is the order in lists, from 1, without gaps or doubles.
	Precedence int
	// Member tells the committee's members, who vote, from the others.
	Member bool
	// Role is the person's usual function.
	Role Role
	// PIN is six digits for the demonstration. It is public: a room that is
	// really used must never keep it.
	PIN string
}

// Kind is what the meeting does with an agenda item.
type Kind string

// The kinds of agenda items.
const (
	KindReport  Kind = "report"  // to hear
	KindDiscuss Kind = "discuss" // to give opinions
	KindDecide  Kind = "decide"  // the chair concludes
	KindVote    Kind = "vote"    // the members vote
)

// Status is how far a meeting is.
type Status string

// The states a sample meeting begins in.
const (
	StatusDraft     Status = "draft"
	StatusPublished Status = "published"
)

// Ballot is a vote prepared for an item.
type Ballot struct {
	Question string
	Secret   bool
}

// Item is an item of the agenda.
type Item struct {
	// Number is the item's number as printed: "1", "2".
	Number string
	// Title is the full title; of a restricted item only its audience sees it.
	Title string
	// NeutralTitle is what everybody else sees; empty unless Restricted.
	NeutralTitle string
	Kind         Kind
	// Unit prepares the item; Reporter is the key of who presents it.
	Unit, Reporter string
	// Minutes is the planned time.
	Minutes int
	// Restricted items are for the members and the secretaries named to the
	// meeting, and for the guests of the item, of which a personnel item has none.
	Restricted bool
	// Guests are the keys of the people invited for this item.
	Guests []string
	// Documents are the keys of the item's documents, in reading order.
	Documents []string
	// Ballot is the prepared vote; nil unless Kind is KindVote.
	Ballot *Ballot
}

// Participant is a person's function in one meeting.
type Participant struct {
	Person string // key
	Role   Role
}

// Meeting is a sample meeting.
type Meeting struct {
	Key, Title, Place string
	Start             time.Time
	Status            Status
	// Unit holds the meeting.
	Unit string
	// Participants are in order of precedence; exactly one presides.
	Participants []Participant
	Items        []Item
}

// Document is a PDF file that the package can make.
type Document struct {
	// Key names the document in Item.Documents: lower case ASCII and hyphens.
	Key string
	// FileName is how an office would call the file, with accents.
	FileName string
	// Title is what a list shows.
	Title string
	// Kind is the kind of paper: "Tờ trình", "Báo cáo", ...
	Kind string
	// Restricted documents belong to a restricted item only.
	Restricted bool
	// Make writes the PDF, the same bytes each time. It may run at the same time
	// as other documents' Make.
	Make func(io.Writer) error
}
