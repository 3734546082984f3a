package protocol

import "phonghop/shared/poll"

// The bodies of the routes of votes, see SPEC.md, section Q. Byte strings are
// base64 in JSON.
type (
	// VoteView is the answer of GET …/votes/{vote}: what of a vote is not in
	// its item's stream, for the person who asks.
	VoteView struct {
		State string `json:"state"`
		// MayVote says that the person may vote now, or could be let in late.
		MayVote bool `json:"may_vote"`
		// Mine is the person's open ballot.
		Mine *poll.Ballot `json:"mine,omitempty"`
		// Here lists, for whoever runs the vote, who of those that see the
		// item has a device connected.
		Here []poll.PersonID `json:"here,omitempty"`
		// Result is there from the count for whoever runs the vote, from the
		// announcement for everybody who sees the item.
		Result *poll.Result `json:"result,omitempty"`
		Digest string       `json:"digest,omitempty"`
		// Choices are, for whoever runs it, the opinions in writing with their
		// words, from the count until the announcement.
		Choices map[poll.PersonID]poll.Ballot `json:"choices,omitempty"`
		// InBox counts the secret ballots that are in, for whoever runs the
		// vote.
		InBox int `json:"in_box,omitempty"`
	}

	// CredentialRequest is the body of POST …/votes/{vote}/credential: a
	// blinded token.
	CredentialRequest struct {
		Blinded []byte `json:"blinded"`
	}

	// CredentialAnswer is its answer: the blind signature. The same request
	// is answered the same until the vote is closed.
	CredentialAnswer struct {
		Signature []byte `json:"signature"`
	}

	// SecretBallot is the body of POST /v1/ballots, and a line of the list of
	// a vote. It comes over a connection of its own, without session.
	SecretBallot struct {
		Vote      string `json:"vote,omitempty"` // MEETING/ITEM/VOTE; not in a list
		Token     string `json:"token"`          // lower-case hexadecimal
		Signature []byte `json:"signature"`
		Marks     []int  `json:"marks"`
	}

	// BallotAnswer is the answer to a SecretBallot: it is durable and counts.
	BallotAnswer struct {
		// Again says that it was counted already.
		Again bool `json:"again,omitempty"`
	}

	// BallotList is the answer of GET …/votes/{vote}/ballots: all that
	// somebody needs to count a secret vote again.
	BallotList struct {
		Format   string         `json:"format"` // BallotFormat
		Vote     string         `json:"vote"`
		Question string         `json:"question"`
		Poll     poll.Poll      `json:"poll"`
		Roll     poll.Roll      `json:"roll"`
		Taken    int            `json:"taken"` // people who were given a ballot
		Key      []byte         `json:"key"`   // SubjectPublicKeyInfo
		Ballots  []SecretBallot `json:"ballots"`
		Digest   string         `json:"digest"`
		Result   poll.Result    `json:"result"`
	}
)

// BallotFormat names the first form of a BallotList.
const BallotFormat = "phonghop ballots 1"

// The papers of all opinions in writing: the table of what everybody said, and
// the forms of all who have answered.
const (
	OpinionSummary = "summary"
	OpinionForms   = "forms"
)
