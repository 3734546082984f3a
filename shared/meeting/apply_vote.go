package meeting

import (
	"maps"
	"slices"
	"time"

	"phonghop/shared/poll"
)

// applyVote folds an event of a vote in the item's stream.
func (c Content) applyVote(e Event) (Content, bool) {
	switch b := e.Body.(type) {
	case VotePrepared:
		next, changed := c.withVote(b.Vote, func(v *Voting) { v.Plan = b.Plan })
		if !changed {
			next.Votes = append(slices.Clip(c.Votes), Voting{ID: b.Vote, Plan: b.Plan, State: Prepared, RepeatOf: b.RepeatOf})
		}
		return next, true
	case VoteRemoved:
		if _, ok := c.Voting(b.Vote); !ok {
			return c, false
		}
		c.Votes = slices.DeleteFunc(slices.Clone(c.Votes), func(v Voting) bool { return v.ID == b.Vote })
		return c, true
	case VotePosed:
		return c.withVote(b.Vote, func(v *Voting) { v.State = Posed })
	case VoteOpened:
		return c.withVote(b.Vote, func(v *Voting) {
			v.State, v.Roll, v.Opened, v.Deadline, v.Key = Polling, b.Roll, e.At, b.Deadline, b.Key
			v.Plan.About = b.About
		})
	case VoterAdmitted:
		return c.withVote(b.Vote, func(v *Voting) { v.Roll.Late = with(v.Roll.Late, b.Person) })
	case VoteTaken:
		return c.withVote(b.Vote, func(v *Voting) { v.Taken = with(v.Taken, b.Person) })
	case VoteCast:
		return c.withVote(b.Vote, func(v *Voting) {
			v.Taken = with(v.Taken, b.Person)
			v.Choices = withChoice(v.Choices, b.Person, b.Ballot)
		})
	case VotersReminded:
		return c.withVote(b.Vote, func(v *Voting) { v.Reminded++ })
	case VoteExtended:
		return c.withVote(b.Vote, func(v *Voting) { v.Deadline, v.Held = b.Until, nil })
	default:
		return c.applyVoteEnd(e)
	}
}

func (c Content) applyVoteEnd(e Event) (Content, bool) {
	switch b := e.Body.(type) {
	case VoteHeld:
		return c.withVote(b.Vote, func(v *Voting) { v.Held = b.CutOff })
	case VoteClosed:
		return c.withVote(b.Vote, func(v *Voting) { v.State, v.Cause, v.Closed, v.Held = Polled, b.Cause, e.At, nil })
	case VoteTallied:
		return c.withVote(b.Vote, func(v *Voting) { v.State = Tallied })
	case VoteCancelled:
		return c.withVote(b.Vote, func(v *Voting) { v.State, v.Reason, v.Held = Cancelled, b.Reason, nil })
	case VoteCorrected:
		return c.withVote(b.Vote, func(v *Voting) {
			v.Corrected = append(slices.Clip(v.Corrected), Correction{v.Result, b.Reason, e.At})
			v.Result = b.Result
		})
	case VoteAnnounced:
		return c.withVote(b.Vote, func(v *Voting) {
			v.State, v.Result, v.Digest = Announced, b.Result, b.Digest
			if len(b.Choices) > 0 {
				v.Choices = b.Choices
			}
		})
	}
	return c, false
}

func (c Content) withVote(id VoteID, change func(*Voting)) (Content, bool) {
	at := slices.IndexFunc(c.Votes, func(v Voting) bool { return v.ID == id })
	if at < 0 {
		return c, false
	}
	c.Votes = slices.Clone(c.Votes)
	change(&c.Votes[at])
	return c, true
}

func withChoice(all map[PersonID]poll.Ballot, who PersonID, b poll.Ballot) map[PersonID]poll.Ballot {
	all = maps.Clone(all)
	if all == nil {
		all = map[PersonID]poll.Ballot{}
	}
	all[who] = b
	return all
}

// applySealed folds an event of an item's sealed stream.
func (s State) applySealed(e Event) State {
	switch b := e.Body.(type) {
	case BallotSealed:
		return s.withSealed(e.Item, b.Vote, func(v *SealedVote) {
			v.Choices = withChoice(v.Choices, b.Person, b.Ballot)
			v.Times = withTime(v.Times, b.Person, e.At)
		})
	case VoteCounted:
		return s.withSealed(e.Item, b.Vote, func(v *SealedVote) { v.Counted, v.Result, v.Digest = true, b.Result, b.Digest })
	}
	return s
}

func withTime(all map[PersonID]time.Time, who PersonID, at time.Time) map[PersonID]time.Time {
	all = maps.Clone(all)
	if all == nil {
		all = map[PersonID]time.Time{}
	}
	all[who] = at
	return all
}
