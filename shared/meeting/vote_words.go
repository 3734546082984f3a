package meeting

import (
	"time"

	"phonghop/shared/poll"
)

// Commands of votes. Preparing is for the item's secretaries and whoever
// chairs, running for whoever chairs; the ballots of opinions ahead of the
// meeting are run by the secretaries too.
type (
	// PrepareVote adds a vote under an id the client chose, or changes one
	// that was not yet shown.
	PrepareVote struct {
		Item ItemID   `json:"item"`
		Vote VoteID   `json:"vote"`
		Plan VotePlan `json:"plan"`
	}
	// RemoveVote takes a vote away that was not opened.
	RemoveVote struct {
		Item ItemID `json:"item"`
		Vote VoteID `json:"vote"`
	}
	// PoseVote shows the question to the room.
	PoseVote struct {
		Item ItemID `json:"item"`
		Vote VoteID `json:"vote"`
	}
	// OpenVote freezes the roll and begins to take ballots. Absent are those
	// who are not there. The server fills in the Key of a secret vote.
	OpenVote struct {
		Item   ItemID     `json:"item"`
		Vote   VoteID     `json:"vote"`
		Absent []PersonID `json:"absent,omitempty"`
		Key    string     `json:"key,omitempty"`
	}
	// CastVote casts an open ballot. A secretary may enter one for a Person
	// who votes aloud.
	CastVote struct {
		Item   ItemID      `json:"item"`
		Vote   VoteID      `json:"vote"`
		Person PersonID    `json:"person,omitempty"`
		Ballot poll.Ballot `json:"ballot"`
	}
	// TakeBallot says that the actor is given a secret ballot.
	TakeBallot struct {
		Item ItemID `json:"item"`
		Vote VoteID `json:"vote"`
	}
	// RemindVoters calls those who have not voted.
	RemindVoters struct {
		Item ItemID `json:"item"`
		Vote VoteID `json:"vote"`
	}
	// ExtendVote moves the end; no time means no limit.
	ExtendVote struct {
		Item  ItemID    `json:"item"`
		Vote  VoteID    `json:"vote"`
		Until time.Time `json:"until,omitzero"`
	}
	// CloseVote ends the taking of ballots.
	CloseVote struct {
		Item ItemID `json:"item"`
		Vote VoteID `json:"vote"`
	}
	// CancelVote ends a vote without a result, with a reason.
	CancelVote struct {
		Item   ItemID `json:"item"`
		Vote   VoteID `json:"vote"`
		Reason string `json:"reason"`
	}
	// RepeatVote prepares the same vote once more, under a new id; Openly with
	// names, e.g. where the Chairman's side has to decide.
	RepeatVote struct {
		Item   ItemID `json:"item"`
		Vote   VoteID `json:"vote"`
		As     VoteID `json:"as"`
		Openly bool   `json:"openly,omitempty"`
	}
	// EnterFigures gives the figures of a show of hands or of paper ballots.
	// Absent are those who are not there. The chair confirms them by
	// announcing.
	EnterFigures struct {
		Item    ItemID       `json:"item"`
		Vote    VoteID       `json:"vote"`
		Absent  []PersonID   `json:"absent,omitempty"`
		Figures poll.Figures `json:"figures"`
	}
	// CorrectFigures replaces announced figures, with a reason. The old ones
	// stay in the record.
	CorrectFigures struct {
		Item    ItemID       `json:"item"`
		Vote    VoteID       `json:"vote"`
		Figures poll.Figures `json:"figures"`
		Reason  string       `json:"reason"`
	}
	// AnnounceVote shows the result to everybody who may see the item.
	AnnounceVote struct {
		Item ItemID `json:"item"`
		Vote VoteID `json:"vote"`
	}
)

// Commands of the server itself. They have no form to travel in.
type (
	// EndVote is the end of the time, or of the waiting: Full says that
	// everybody's ballot is in. CutOff are voters whose devices are away.
	EndVote struct {
		Item   ItemID
		Vote   VoteID
		Full   bool
		CutOff []PersonID
	}
	// CountVote brings the ballots of a closed secret vote. Name is the
	// vote's name in their list.
	CountVote struct {
		Item ItemID
		Vote VoteID
		Name string
		List []poll.Listed
	}
)

// Events of votes, in the item's stream.
type (
	// VotePrepared adds a vote, or changes its plan.
	VotePrepared struct {
		Vote     VoteID   `json:"vote"`
		Plan     VotePlan `json:"plan"`
		RepeatOf VoteID   `json:"repeat_of,omitempty"`
	}
	// VoteRemoved takes it away.
	VoteRemoved struct {
		Vote VoteID `json:"vote"`
	}
	// VotePosed shows the question.
	VotePosed struct {
		Vote VoteID `json:"vote"`
	}
	// VoteOpened freezes the roll. About is the page with its version.
	VoteOpened struct {
		Vote     VoteID    `json:"vote"`
		Roll     poll.Roll `json:"roll"`
		About    Place     `json:"about,omitzero"`
		Deadline time.Time `json:"deadline,omitzero"`
		Key      string    `json:"key,omitempty"`
	}
	// VoterAdmitted lets somebody vote who came after the opening.
	VoterAdmitted struct {
		Vote   VoteID   `json:"vote"`
		Person PersonID `json:"person"`
	}
	// VoteTaken says that a person took part, and nothing more.
	VoteTaken struct {
		Vote   VoteID   `json:"vote"`
		Person PersonID `json:"person"`
	}
	// VoteCast is a ballot with a name, of the mode Live only.
	VoteCast struct {
		Vote   VoteID      `json:"vote"`
		Person PersonID    `json:"person"`
		Ballot poll.Ballot `json:"ballot"`
	}
	// VotersReminded calls those who have not voted.
	VotersReminded struct {
		Vote VoteID `json:"vote"`
	}
	// VoteExtended moves the end.
	VoteExtended struct {
		Vote  VoteID    `json:"vote"`
		Until time.Time `json:"until,omitzero"`
	}
	// VoteHeld says that the time is over and the vote still open, because
	// these voters are cut off.
	VoteHeld struct {
		Vote   VoteID     `json:"vote"`
		CutOff []PersonID `json:"cut_off"`
	}
	// VoteClosed ends the taking of ballots.
	VoteClosed struct {
		Vote  VoteID `json:"vote"`
		Cause Cause  `json:"cause"`
	}
	// VoteTallied says that the result is there, for whoever chairs.
	VoteTallied struct {
		Vote VoteID `json:"vote"`
	}
	// VoteCancelled ends the vote without a result.
	VoteCancelled struct {
		Vote   VoteID `json:"vote"`
		Reason string `json:"reason"`
	}
	// VoteCorrected replaces a result whose figures were counted by people.
	VoteCorrected struct {
		Vote   VoteID      `json:"vote"`
		Result poll.Result `json:"result"`
		Reason string      `json:"reason"`
	}
	// VoteAnnounced is the result, with the ballots of the mode After.
	VoteAnnounced struct {
		Vote    VoteID                   `json:"vote"`
		Result  poll.Result              `json:"result,omitzero"`
		Choices map[PersonID]poll.Ballot `json:"choices,omitempty"`
		Digest  string                   `json:"digest,omitempty"`
	}
)

// Events of votes in the item's sealed stream.
type (
	// BallotSealed is a ballot with a name, of the mode After.
	BallotSealed struct {
		Vote   VoteID      `json:"vote"`
		Person PersonID    `json:"person"`
		Ballot poll.Ballot `json:"ballot"`
	}
	// VoteCounted is the result. List are the ballots of a secret vote, by
	// token, and Digest their SHA-256.
	VoteCounted struct {
		Vote   VoteID         `json:"vote"`
		Result poll.Result    `json:"result"`
		List   []ListedBallot `json:"list,omitempty"`
		Digest string         `json:"digest,omitempty"`
	}
	// ListedBallot is a secret ballot as it is published.
	ListedBallot struct {
		Token string `json:"token"` // lower-case hexadecimal
		Marks []int  `json:"marks"`
	}
)

// The kinds, as they travel.
func (PrepareVote) Kind() string    { return "vote.prepare" }
func (RemoveVote) Kind() string     { return "vote.remove" }
func (PoseVote) Kind() string       { return "vote.pose" }
func (OpenVote) Kind() string       { return "vote.open" }
func (CastVote) Kind() string       { return "vote.cast" }
func (TakeBallot) Kind() string     { return "vote.take" }
func (RemindVoters) Kind() string   { return "vote.remind" }
func (ExtendVote) Kind() string     { return "vote.extend" }
func (CloseVote) Kind() string      { return "vote.close" }
func (CancelVote) Kind() string     { return "vote.cancel" }
func (RepeatVote) Kind() string     { return "vote.repeat" }
func (AnnounceVote) Kind() string   { return "vote.announce" }
func (EnterFigures) Kind() string   { return "vote.enter_figures" }
func (CorrectFigures) Kind() string { return "vote.correct" }
func (EndVote) Kind() string        { return "vote.end" }
func (CountVote) Kind() string      { return "vote.count" }

// The kinds, as they stand in the log.
func (VotePrepared) Kind() string   { return "vote.prepared" }
func (VoteRemoved) Kind() string    { return "vote.removed" }
func (VotePosed) Kind() string      { return "vote.posed" }
func (VoteOpened) Kind() string     { return "vote.opened" }
func (VoterAdmitted) Kind() string  { return "vote.admitted" }
func (VoteTaken) Kind() string      { return "vote.taken" }
func (VoteCast) Kind() string       { return "vote.cast" }
func (VotersReminded) Kind() string { return "vote.reminded" }
func (VoteExtended) Kind() string   { return "vote.extended" }
func (VoteHeld) Kind() string       { return "vote.held" }
func (VoteClosed) Kind() string     { return "vote.closed" }
func (VoteTallied) Kind() string    { return "vote.tallied" }
func (VoteCancelled) Kind() string  { return "vote.cancelled" }
func (VoteCorrected) Kind() string  { return "vote.corrected" }
func (VoteAnnounced) Kind() string  { return "vote.announced" }
func (BallotSealed) Kind() string   { return "vote.sealed" }
func (VoteCounted) Kind() string    { return "vote.counted" }
