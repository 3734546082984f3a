package controller

import (
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// VoteAt says which vote of which item of which meeting.
type VoteAt = session.VoteAt

// BallotState is where this person's ballot is.
type BallotState string

// The states of a ballot.
const (
	BallotNone    BallotState = ""        // nothing was chosen here
	BallotWaiting BallotState = "waiting" // chosen, and on this device: it goes out when there is a connection
	BallotSending BallotState = "sending" // on its way
	BallotCounted BallotState = "counted" // durable on the server
	BallotLate    BallotState = "late"    // it came after the close and does not count
	BallotRefused BallotState = "refused" // it does not count: BallotView.Code tells why
	BallotAway    BallotState = "away"    // given out to another device of this person
)

// ListCheck is what came of looking for the own secret ballot in the
// published list.
type ListCheck string

// The results of the check.
const (
	ListUnchecked ListCheck = ""        // not published yet, or nothing to look for
	ListFound     ListCheck = "found"   // it is there as it was cast, and the list counts up to the result
	ListMissing   ListCheck = "missing" // it is not there, or with another choice
	ListWrong     ListCheck = "wrong"   // the list is not the one of the meeting's log, or does not give the result
)

// Choice is one thing to choose, in words.
type Choice struct {
	Word   poll.Phrase
	Side   poll.Side
	Remark bool // asks for a text
	// Position is that of a person who can be chosen.
	Position string
}

// BallotView is a vote as somebody sees it who may vote.
type BallotView struct {
	VoteAt
	Status   Status
	Item     ItemRow
	Question string
	// About is the page it is about; its Item is "" where there is none.
	About      Spot
	AboutTitle string
	Method     poll.Method
	Mode       poll.Mode
	Choices    []Choice
	Grades     []Choice
	Most       int
	Remarks    bool
	Needs      poll.Phrase
	State      meeting.VoteState
	// Timed: there is an end; Left is the time to it, by the server's clock.
	Timed bool
	Left  time.Duration
	// Taken of Voters have voted.
	Taken, Voters int
	MayVote       bool
	MayChange     bool
	// Changes: a ballot may be changed until the end.
	Changes bool
	// Ahead: an opinion in writing, answered when the person wants to, until
	// Until; zero: until it is closed by hand.
	Ahead bool
	Until time.Time

	Ballot BallotState
	Code   string // of BallotRefused
	// Mine is what was chosen, nil where this device does not know it.
	Mine *poll.Ballot
	// At is when the ballot was counted, by the server's clock.
	At       time.Time
	Reminded int
	Reason   string // of cancelling
	// Result is set once it was announced.
	Result *VoteResult
	Check  ListCheck
}

// Outcome is one line of a result.
type Outcome struct {
	Choice
	Count int
	// Grades counts each grade, for the method Grade.
	Grades []int
	Won    bool
	Tied   bool
	// Mark is the key of the gravest consequence that was reached.
	Mark string
}

// Voter is somebody with what he voted.
type Voter struct {
	ID     meeting.PersonID
	Name   string
	Choice []poll.Phrase
	Remark string
}

// VoteResult is the outcome of a vote.
type VoteResult struct {
	Outcomes []Outcome
	Grades   []Choice
	Verdict  poll.Verdict
	Reason   poll.Reason
	Head     poll.Phrase
	Sentence poll.Phrase
	Source   poll.Phrase
	// Members, Present: of the committee. Cast ballots, Silent who was there
	// and sent none, Absent who was not.
	Members, Present, Voters, Cast, Silent, Absent int
	// Voted are the ballots with names, of an open vote.
	Voted []Voter
	// Digest, of a secret vote, compares the list of ballots.
	Digest string
	// Ahead: the result of opinions in writing, from which nobody is absent.
	Ahead bool
	// Repeatable: an open vote would decide what this secret one cannot.
	Repeatable bool
}

// VoterRow is somebody on the roll, or who will be.
type VoterRow struct {
	ID       meeting.PersonID
	Name     string
	Position string
	// Here: a device is connected. Known says that this is known.
	Here, Known bool
	Absent      bool
	Voted       bool
	Late        bool
}

// VoteRow is one vote for those who prepare or run it.
type VoteRow struct {
	VoteAt
	ItemNumber string
	ItemTitle  string
	Question   string
	Template   string
	Method     poll.Method
	Mode       poll.Mode
	State      meeting.VoteState
	Cause      meeting.Cause
	Needs      poll.Phrase
	Choices    []Choice
	Timed      bool
	Left       time.Duration
	Seconds    int // the time limit as prepared
	Electors   []VoterRow
	// StandIns attend for somebody and have no vote.
	StandIns []StandIn
	// Taken of Voters have voted; Waiting lists who is there and has not.
	Taken, Voters int
	Waiting       []VoterRow
	InBox         int
	// Held lists who was cut off when the time was over.
	Held     []string
	Reason   string
	Repeated bool // it repeats another
	// Result is set once this person may see it; Public once everybody may.
	Result *VoteResult
	Public bool
	// Runs: this person sees the result first.
	Runs bool
	// Ahead: an opinion in writing; nobody is absent from it.
	Ahead bool
	Until time.Time // its end, as prepared or as set; zero: closed by hand
	// Corrected is how often announced figures were corrected.
	Corrected int
	// What this person can do now. CanEnter and CanCorrect are about figures
	// that people counted.
	CanEnter, CanCorrect                                                                                    bool
	CanEdit, CanRemove, CanPose, CanOpen, CanRemind, CanExtend, CanClose, CanCancel, CanRepeat, CanAnnounce bool
}

// VotesView has the votes of a meeting, in the agenda's order.
type VotesView struct {
	Status  Status
	Current meeting.ItemID
	Votes   []VoteRow
	// Prepares: the person may add votes to the items in Items.
	Prepares bool
	Now      time.Time
}

// VoteShown is a vote on the room's big screen.
type VoteShown struct {
	VoteAt
	Question      string
	Mode          poll.Mode
	State         meeting.VoteState
	Choices       []Choice
	Needs         poll.Phrase
	Timed         bool
	Left          time.Duration
	Taken, Voters int
	Absent        int
	Result        *VoteResult
}
