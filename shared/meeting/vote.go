package meeting

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"phonghop/shared/poll"
)

// VoteID names a vote within its item.
type VoteID string

// VoteState is where a vote stands.
type VoteState string

// The states of a vote.
const (
	Prepared  VoteState = "prepared"
	Posed     VoteState = "posed"   // the question is shown to the room
	Polling   VoteState = "polling" // ballots are taken
	Polled    VoteState = "polled"  // closed, and being counted
	Tallied   VoteState = "tallied" // counted: whoever chairs may see the result
	Announced VoteState = "announced"
	Cancelled VoteState = "cancelled" // with a reason
)

// Electors says who may vote, of those who may see the item. A projector and
// a stand-in never may.
type Electors string

// The kinds of electors.
const (
	Members   Electors = "members"   // of the committee
	Everybody Electors = "everybody" // who takes part, but guests
	Named     Electors = "named"
)

// Cause is why a vote was closed.
type Cause string

// The causes of closing.
const (
	ByHand Cause = "hand"
	ByTime Cause = "time"
	ByAll  Cause = "all" // everybody there has voted
	// ByCount is for votes whose figures were counted by people.
	ByCount Cause = "count"
)

// Bounds of votes.
const (
	MaxVotes    = 50 // of one item
	MaxQuestion = 10_000
	MaxLimit    = 60 * 24 * time.Hour
)

// VotePlan is a vote as it is prepared.
type VotePlan struct {
	Question string `json:"question"`
	// About is the page it is about; its Document is empty where there is
	// none. A Version of 0 is the newest when the vote opens.
	About Place `json:"about,omitzero"`
	// Template names where the plan came from.
	Template string     `json:"template,omitempty"`
	Poll     poll.Poll  `json:"poll"`
	Electors Electors   `json:"electors"`
	Named    []PersonID `json:"named,omitempty"` // for Electors Named; sorted
	// Seconds is the time limit from the opening; 0: closed by hand.
	Seconds int `json:"seconds,omitempty"`
	// Until is a time limit of its own, for votes of days.
	Until time.Time `json:"until,omitzero"`
	// Ahead: answered outside the item's turn, e.g. opinions before the
	// meeting.
	Ahead bool `json:"ahead,omitempty"`
	// Late lets people vote who came, or became electors, after the opening.
	Late bool `json:"late,omitempty"`
	// AutoClose closes when everybody who is there has voted.
	AutoClose bool `json:"auto_close,omitempty"`
	// Hold keeps the vote open at the end of its time while somebody who has
	// not voted is cut off; whoever chairs is told, and extends or closes.
	Hold bool `json:"hold,omitempty"`
}

// Voting is a vote of an item.
type Voting struct {
	ID       VoteID    `json:"id"`
	Plan     VotePlan  `json:"plan"`
	State    VoteState `json:"state"`
	RepeatOf VoteID    `json:"repeat_of,omitempty"`
	// Roll is frozen at the opening; only Late grows.
	Roll     poll.Roll `json:"roll,omitzero"`
	Opened   time.Time `json:"opened,omitzero"`
	Deadline time.Time `json:"deadline,omitzero"`
	Closed   time.Time `json:"closed,omitzero"`
	Cause    Cause     `json:"cause,omitempty"`
	// Key is the public key of a secret vote's ballots: the DER of a
	// SubjectPublicKeyInfo in base64.
	Key string `json:"key,omitempty"`
	// Taken lists who has voted; in a secret vote, who was given a ballot.
	Taken []PersonID `json:"taken,omitempty"`
	// Choices are the ballots with names, as far as they may be known: at
	// once in the mode Live, from the announcement in the mode After.
	Choices map[PersonID]poll.Ballot `json:"choices,omitempty"`
	// Held lists who was cut off when the time was over.
	Held     []PersonID `json:"held,omitempty"`
	Reminded int        `json:"reminded,omitempty"` // how often
	// Result is known here from the announcement, and Digest, of a secret
	// vote, the SHA-256 of the list of its ballots.
	Result poll.Result `json:"result,omitzero"`
	Digest string      `json:"digest,omitempty"`
	Reason string      `json:"reason,omitempty"` // of cancelling
	// Corrected has the results that were announced before, oldest first.
	Corrected []Correction `json:"corrected,omitempty"`
}

// Correction is a result that was announced and has been corrected.
type Correction struct {
	Result poll.Result `json:"result"`
	Reason string      `json:"reason"`
	At     time.Time   `json:"at"` // of the correction
}

// Waiting lists the voters who have not voted, sorted: those who were there
// when the vote opened, and those who came later.
func (v Voting) Waiting() (out []PersonID) {
	for _, who := range append(slices.Clone(v.Roll.Voters), v.Roll.Late...) {
		if !has(v.Taken, who) && !has(v.Roll.Absent, who) {
			out = append(out, who)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Voting finds a vote by its id.
func (c Content) Voting(id VoteID) (Voting, bool) {
	for _, v := range c.Votes {
		if v.ID == id {
			return v, true
		}
	}
	return Voting{}, false
}

// Polling finds the vote of the item for which ballots are taken.
func (c Content) Polling() (Voting, bool) {
	for _, v := range c.Votes {
		if v.State == Polling {
			return v, true
		}
	}
	return Voting{}, false
}

// Sealed is what nobody reads before its time: the sealed stream of an item,
// which stays with the server. A client's State has none of it, but for what
// the client itself foresees.
type Sealed struct {
	Votes map[VoteID]SealedVote `json:"votes"`
}

// SealedVote is what is kept of a vote until its announcement.
type SealedVote struct {
	Choices map[PersonID]poll.Ballot `json:"choices,omitempty"` // of the mode After
	// Times is when each of Choices was cast last; a log of before has none.
	Times   map[PersonID]time.Time `json:"times,omitempty"`
	Counted bool                   `json:"counted,omitempty"`
	Result  poll.Result            `json:"result,omitzero"`
	Digest  string                 `json:"digest,omitempty"`
}

func (s State) withSealed(item ItemID, vote VoteID, change func(*SealedVote)) State {
	s.Sealed = maps.Clone(s.Sealed)
	if s.Sealed == nil {
		s.Sealed = map[ItemID]Sealed{}
	}
	votes := maps.Clone(s.Sealed[item].Votes)
	if votes == nil {
		votes = map[VoteID]SealedVote{}
	}
	v := votes[vote]
	change(&v)
	votes[vote] = v
	s.Sealed[item] = Sealed{votes}
	return s
}

// Choice is what a person voted in an open vote, as far as it is known here.
func (s State) Choice(item ItemID, vote VoteID, who PersonID) (poll.Ballot, bool) {
	if v, ok := s.Contents[item].Voting(vote); ok {
		if b, ok := v.Choices[who]; ok {
			return b, true
		}
	}
	b, ok := s.Sealed[item].Votes[vote].Choices[who]
	return b, ok
}

// MayVote reports whether a person may vote now, or could be let in late.
func (s State) MayVote(who PersonID, item ItemID, v Voting) bool {
	if !s.MaySee(who, item) {
		return false
	}
	return v.Roll.May(who) || v.Plan.Late && s.elector(who, v.Plan, s.represented(v.Plan)) && !s.placeTaken(who, v)
}

// elector reports whether a person is one of those that the plan lets vote.
// Where the rule lets stand-ins vote, one has the vote of his member, who has
// none himself as long as he is stood in for.
func (s State) elector(who PersonID, p VotePlan, represented map[PersonID]bool) bool {
	person, ok := s.People[who]
	if !ok || person.Has(Projector) || represented[who] {
		return false
	}
	if person.StandInFor != "" {
		if !p.Poll.Rule.StandIns || !represented[person.StandInFor] {
			return false
		}
		who = person.StandInFor
		person = s.People[who]
	}
	switch p.Electors {
	case Members:
		return person.Member
	case Everybody:
		return !person.Has(Guest)
	case Named:
		return has(p.Named, who)
	}
	return false
}

// represented are the members in whose place a stand-in votes.
func (s State) represented(p VotePlan) map[PersonID]bool {
	if !p.Poll.Rule.StandIns {
		return nil
	}
	out := map[PersonID]bool{}
	for _, person := range s.People {
		if s.People[person.StandInFor].Member {
			out[person.StandInFor] = true
		}
	}
	return out
}

// placeTaken reports whether the place of somebody who comes late was given
// out, at the opening or to somebody else who came late: to a member or to his
// stand-in. Where stand-ins vote, nobody has two votes, whoever stands in for
// whom by now.
func (s State) placeTaken(who PersonID, v Voting) bool {
	if !v.Plan.Poll.Rule.StandIns {
		return false
	}
	place := s.placeOf(who)
	return has(v.Roll.Members, who) || has(v.Roll.Members, place) ||
		slices.ContainsFunc(v.Roll.Late, func(other PersonID) bool { return other != who && s.placeOf(other) == place })
}

// placeOf is the person whose vote somebody gives, where stand-ins vote.
func (s State) placeOf(who PersonID) PersonID { return cmp.Or(s.People[who].StandInFor, who) }

// RollNow is the roll as it would be if the vote were opened now and everybody
// were there.
func (s State) RollNow(item ItemID, p VotePlan) poll.Roll { return s.roll(item, p, nil) }

// RollWithout is RollNow with some people counted as absent.
func (s State) RollWithout(item ItemID, p VotePlan, absent []PersonID) poll.Roll {
	return s.roll(item, p, absent)
}

// roll freezes who counts. Absent are those who were not there; a member whose
// stand-in votes is there when the stand-in is.
func (s State) roll(item ItemID, p VotePlan, absent []PersonID) poll.Roll {
	r := poll.Roll{Members: []PersonID{}, Voters: []PersonID{}}
	represented := s.represented(p)
	away := map[PersonID]bool{}
	for _, id := range absent {
		away[id] = true
	}
	seated := map[PersonID]PersonID{} // of several stand-ins of one member, one votes
	for _, id := range slices.Sorted(maps.Keys(s.People)) {
		member := s.People[id].StandInFor
		if _, taken := seated[member]; represented[member] && !taken {
			seated[member], away[member] = id, away[id]
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.People)) {
		person := s.People[id]
		if person.Member {
			r.Members = append(r.Members, id)
		}
		votes := s.elector(id, p, represented) && s.MaySee(id, item)
		votes = votes && (person.StandInFor == "" || seated[person.StandInFor] == id)
		if votes {
			r.Voters = append(r.Voters, id)
		}
		if (votes || person.Member) && away[id] {
			r.Absent = append(r.Absent, id)
		}
		if person.Chairman {
			r.Chairman = id
		}
	}
	return r
}

func has(sorted []PersonID, who PersonID) bool {
	_, ok := slices.BinarySearch(sorted, who)
	return ok
}

// with adds to a sorted list, once.
func with(sorted []PersonID, who PersonID) []PersonID {
	at, ok := slices.BinarySearch(sorted, who)
	if ok {
		return sorted
	}
	return slices.Insert(slices.Clone(sorted), at, who)
}
