// Package meeting is the state machine of a meeting's whole life: what is
// known (State), what somebody wishes (Command), what happened (Event).
//
// Decide says what a command means, or refuses it; Apply folds events. Both
// ends run the same code: the server decides, the client predicts and asks it
// which buttons are live. Nothing here has a clock, randomness or I/O: time
// comes in as data.
//
// A meeting has one stream that everybody in it may read, and one stream per
// agenda item that only the item's audience may read. An Event whose Item is
// empty belongs to the meeting's stream. A State that was built without an
// item's stream simply lacks that item's Content.
package meeting

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/roster"
)

// The ids of the parts of a meeting: 1 to 64 characters of [A-Za-z0-9_-].
type (
	// PersonID names a person of the room.
	PersonID = roster.PersonID
	// ItemID names an agenda item within its meeting.
	ItemID string
	// DocumentID names a document within its item, across its versions.
	DocumentID string
)

// Phase is where a meeting stands in its life.
type Phase string

// The phases. Draft is seen by its secretaries only.
const (
	Draft     Phase = "draft"
	Published Phase = "published"
	Open      Phase = "open"      // a sitting is under way
	Paused    Phase = "paused"    // a break within a sitting
	Adjourned Phase = "adjourned" // between two sittings
	Closed    Phase = "closed"
)

// ItemState is where an agenda item stands.
type ItemState string

// The states of an agenda item.
const (
	Waiting   ItemState = "waiting"
	Running   ItemState = "running"
	Suspended ItemState = "suspended"
	Done      ItemState = "done"
	Postponed ItemState = "postponed" // to a later meeting, with a reason
	Withdrawn ItemState = "withdrawn" // off the agenda, with a reason
)

// ItemKind says what the room does with an item.
type ItemKind string

// The kinds of agenda item.
const (
	Report  ItemKind = "report"
	Discuss ItemKind = "discuss"
	Settle  ItemKind = "decide"
	Vote    ItemKind = "vote"
	Other   ItemKind = "other"
)

// Address is how the screens address people.
type Address string

// The forms of address: đồng chí; ông, bà; đại biểu.
const (
	Comrade  Address = "comrade"
	SirMadam Address = "sir_madam"
	Deputy   Address = "deputy"
)

// Function is what a person does in one meeting. A participant without any is
// a delegate. One person can have several.
type Function string

// The functions in a meeting.
const (
	Chair     Function = "chair"     // may preside
	Secretary Function = "secretary" // prepares, and may act for the chair where allowed
	Guest     Function = "guest"     // invited for single items
	Projector Function = "projector" // the room's big screen
)

// Description is what a meeting is, apart from its agenda and people.
type Description struct {
	Title   string    `json:"title"`
	Kind    string    `json:"kind,omitempty"` // e.g. "Phiên họp thường kỳ"
	Place   string    `json:"place,omitempty"`
	Starts  time.Time `json:"starts,omitzero"` // planned, UTC
	Ends    time.Time `json:"ends,omitzero"`   // planned, UTC
	Address Address   `json:"address,omitempty"`
}

// Participant is a person's part in this meeting. Names are copied from the
// room's roster when the participant is set, so that the meeting's record
// stays what it was.
type Participant struct {
	Person   PersonID `json:"person"`
	Name     string   `json:"name"`
	Position string   `json:"position,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	// Order is the order of precedence; smaller comes first.
	Order     int        `json:"order,omitempty"`
	Functions []Function `json:"functions,omitempty"`
	// Member says that the person is on the committee's roll and votes.
	Member bool `json:"member,omitempty"`
	// Chairman marks the Chairman as a person, whose side decides at equal
	// votes. It is not the same as presiding.
	Chairman bool `json:"chairman,omitempty"`
	// StandInFor names the absent participant this person stands in for. A
	// stand-in may speak and has no vote.
	StandInFor PersonID `json:"stand_in_for,omitempty"`
}

// Has reports whether the participant has the function.
func (p Participant) Has(f Function) bool { return slices.Contains(p.Functions, f) }

// Brief is an item's own text. For a restricted item it is in the item's
// stream only.
type Brief struct {
	Title    string   `json:"title"`
	Unit     string   `json:"unit,omitempty"`
	Reporter PersonID `json:"reporter,omitempty"`
}

// AgendaItem is what the whole meeting may know of an item.
type AgendaItem struct {
	ID ItemID `json:"id"`
	// Number is fixed at publication ("1", "7a"); before, it is empty and the
	// place in the agenda counts.
	Number string   `json:"number,omitempty"`
	Kind   ItemKind `json:"kind"`
	// Parent is the item that this one is a sub-item of; empty for none.
	Parent ItemID `json:"parent,omitempty"`
	// Brief is empty for a restricted item.
	Brief      Brief `json:"brief,omitzero"`
	Minutes    int   `json:"minutes,omitempty"` // planned
	Restricted bool  `json:"restricted,omitempty"`
	// Audience: for a restricted item the only people who may see it; for
	// any other the guests who are invited to it. Sorted.
	Audience []PersonID `json:"audience,omitempty"`
	// Wider says that the audience of this sub-item may be wider than that of
	// its restricted parent.
	Wider bool      `json:"wider,omitempty"`
	State ItemState `json:"state"`
	// Spent is the time used so far, up to RunningSince where that is set.
	Spent        time.Duration `json:"spent,omitempty"`
	RunningSince time.Time     `json:"running_since,omitzero"`
	// Added is when the item came after publication; zero: it came with it.
	Added time.Time `json:"added,omitzero"`
}

// Used is the time the item has taken by now.
func (i AgendaItem) Used(now time.Time) time.Duration {
	if i.RunningSince.IsZero() || now.Before(i.RunningSince) {
		return i.Spent
	}
	return i.Spent + now.Sub(i.RunningSince)
}

// Sitting is one span of a meeting (buổi).
type Sitting struct {
	Started time.Time `json:"started"`
	Ended   time.Time `json:"ended,omitzero"`
	// Presided lists who presided, in order.
	Presided []PersonID `json:"presided"`
}

// Version is one content of a document. Hash is the SHA-256 of the bytes in
// lower-case hexadecimal.
type Version struct {
	Number int       `json:"number"` // from 1
	Hash   string    `json:"hash"`
	Name   string    `json:"name"` // of the file
	Pages  int       `json:"pages"`
	Bytes  int64     `json:"bytes"`
	At     time.Time `json:"at"`
	By     PersonID  `json:"by"`
}

// Document is a document of an item, with all its versions, oldest first.
type Document struct {
	ID       DocumentID `json:"id"`
	Title    string     `json:"title"`
	Kind     string     `json:"kind,omitempty"` // e.g. "Tờ trình"
	Versions []Version  `json:"versions"`
}

// Latest is the newest version; without any, which only a damaged snapshot
// can bring about, it is empty.
func (d Document) Latest() Version {
	if len(d.Versions) == 0 {
		return Version{}
	}
	return d.Versions[len(d.Versions)-1]
}

// Version finds a version by its number; 0 means the newest.
func (d Document) Version(number int) (Version, bool) {
	if number == 0 && len(d.Versions) > 0 {
		return d.Latest(), true
	}
	for _, v := range d.Versions {
		if v.Number == number {
			return v, true
		}
	}
	return Version{}, false
}

// Place is a page of one version of a document.
type Place struct {
	Document DocumentID `json:"document"`
	Version  int        `json:"version"`
	Page     int        `json:"page"` // from 1
}

// Content is what only an item's audience may know: the item's stream.
type Content struct {
	Brief     Brief      `json:"brief"`
	Reason    string     `json:"reason,omitempty"` // of postponing or withdrawing
	Documents []Document `json:"documents,omitempty"`
	// Presenter turns the pages that others follow.
	Presenter PersonID `json:"presenter,omitempty"`
	// Wishes lists who asked to present, in order.
	Wishes []PersonID `json:"wishes,omitempty"`
	// Shown is the presented place; its Page is 0 before anything was shown.
	Shown Place `json:"shown,omitzero"`
	// Recalls counts how often everybody was called back to the presented
	// page. A client returns when it sees the number grow.
	Recalls int `json:"recalls,omitempty"`
	// Held says that the chair asks everybody to look at the presented page
	// together; Reached has by document the furthest page that was presented
	// since then.
	Held    bool    `json:"held,omitempty"`
	Reached []Place `json:"reached,omitempty"`
	// Common says that the chair lets everybody in the audience write on the
	// shared layers while the item runs.
	Common bool `json:"common,omitempty"`
	// Votes are in the order in which they were prepared.
	Votes []Voting `json:"votes,omitempty"`
}

// Document finds a document by its id.
func (c Content) Document(id DocumentID) (Document, bool) {
	for _, d := range c.Documents {
		if d.ID == id {
			return d, true
		}
	}
	return Document{}, false
}

// State is a meeting as of some point of its streams. It is a value: Apply
// never changes a State it was given.
type State struct {
	Description
	Phase    Phase                    `json:"phase"`
	People   map[PersonID]Participant `json:"people"`
	Agenda   []ItemID                 `json:"agenda"` // in order, sub-items behind their parent
	Items    map[ItemID]AgendaItem    `json:"items"`
	Current  ItemID                   `json:"current,omitempty"` // the running item
	Sittings []Sitting                `json:"sittings,omitempty"`
	// Presiding is who presides now; between sittings, who presided last.
	Presiding PersonID `json:"presiding,omitempty"`
	// Acting lists the secretaries who may act for the chair. Sorted.
	Acting []PersonID `json:"acting,omitempty"`
	// Removed has what was taken off a draft and can be put back, the oldest
	// first. Nothing is left of it once the meeting is published.
	Removed []AgendaItem `json:"removed,omitempty"`
	// Answers are what those invited said about coming; who has not answered is
	// not in it. Reminded is when they were last asked to.
	Answers  map[PersonID]Answer `json:"answers,omitempty"`
	Reminded time.Time           `json:"reminded,omitzero"`
	// Rescheduled is the last change of time or place after publication.
	Rescheduled Rescheduled `json:"rescheduled,omitzero"`
	// Contents has the items whose streams are known here.
	Contents map[ItemID]Content `json:"-"`
	// Layers has the shared layers whose streams are known here.
	Layers map[Sheet]ink.Layer `json:"-"`
	// Sealed has what the server alone knows of the items.
	Sealed map[ItemID]Sealed `json:"-"`
}

// Exists reports whether the meeting was created.
func (s State) Exists() bool { return s.Phase != "" }

// Brief is the best text known of an item: the item's own stream first.
// It is empty for a restricted item whose stream is not known here.
func (s State) Brief(id ItemID) Brief {
	if c, ok := s.Contents[id]; ok && c.Brief.Title != "" {
		return c.Brief
	}
	return s.Items[id].Brief
}

// Reducer is the version of Apply. A stored snapshot of another version is
// thrown away and the events are folded again.
const Reducer = 3

// Snapshot encodes the meeting's own stream's part of the state.
func (s State) Snapshot() ([]byte, error) { return json.Marshal(s) }

// ItemSnapshot encodes one item's stream's part of the state.
func (s State) ItemSnapshot(id ItemID) ([]byte, error) { return json.Marshal(s.Contents[id]) }

// SealedSnapshot encodes one item's sealed stream's part of the state.
func (s State) SealedSnapshot(id ItemID) ([]byte, error) { return json.Marshal(s.Sealed[id]) }

// RestoreSealed replaces one item's sealed part by a snapshot.
func (s State) RestoreSealed(id ItemID, snapshot []byte) (State, error) {
	var kept Sealed
	if err := json.Unmarshal(snapshot, &kept); err != nil {
		return s, err
	}
	s.Sealed = maps.Clone(s.Sealed)
	if s.Sealed == nil {
		s.Sealed = map[ItemID]Sealed{}
	}
	s.Sealed[id] = kept
	return s, nil
}

// RestoreMeeting replaces the meeting's part by a snapshot; item contents stay.
func (s State) RestoreMeeting(snapshot []byte) (State, error) {
	out := State{}
	if err := json.Unmarshal(snapshot, &out); err != nil {
		return s, err
	}
	out.Contents, out.Sealed = s.Contents, s.Sealed
	out.Layers = s.Layers
	return out, nil
}

// RestoreItem replaces one item's content by a snapshot.
func (s State) RestoreItem(id ItemID, snapshot []byte) (State, error) {
	var c Content
	if err := json.Unmarshal(snapshot, &c); err != nil {
		return s, err
	}
	return s.withContent(id, c), nil
}

// Forget drops an item's content, e.g. when its audience no longer has the
// person.
func (s State) Forget(id ItemID) State {
	if _, ok := s.Contents[id]; !ok {
		return s
	}
	s.Contents, s.Sealed = maps.Clone(s.Contents), maps.Clone(s.Sealed)
	delete(s.Contents, id)
	delete(s.Sealed, id)
	return s
}

func (s State) withContent(id ItemID, c Content) State {
	s.Contents = maps.Clone(s.Contents)
	if s.Contents == nil {
		s.Contents = map[ItemID]Content{}
	}
	s.Contents[id] = c
	return s
}

func (s State) withItem(i AgendaItem) State {
	s.Items = maps.Clone(s.Items)
	if s.Items == nil {
		s.Items = map[ItemID]AgendaItem{}
	}
	s.Items[i.ID] = i
	return s
}
