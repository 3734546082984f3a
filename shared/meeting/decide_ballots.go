package meeting

import (
	"encoding/hex"
	"slices"
	"time"

	"phonghop/shared/poll"
	"phonghop/shared/text"
)

const maxVoteKey = 1024 // bytes of a public key in base64

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

// seal emits an event of the item's sealed stream.
func (d *decision) seal(item ItemID, b Body) {
	d.emit(item, b)
	d.events[len(d.events)-1].Sealed = true
}

// runVote decides how an opened vote goes on.
func (d *decision) runVote(c Command) error {
	switch c := c.(type) {
	case RemindVoters:
		v, err := d.runsVote(c, c.Item, c.Vote)
		if err == nil && v.State != Polling {
			err = refuse(BadState, string(v.State))
		}
		if err == nil {
			d.emit(c.Item, VotersReminded{c.Vote})
		}
		return err
	case ExtendVote:
		return d.extendVote(c)
	case CloseVote:
		v, err := d.runsVote(c, c.Item, c.Vote)
		if err != nil || v.State == Polled || v.State == Tallied || v.State == Announced {
			return err
		}
		if v.State != Polling {
			return refuse(BadState, string(v.State))
		}
		d.closeVote(d.s, c.Item, v, ByHand)
		return nil
	case CancelVote:
		return d.cancelVote(c)
	case AnnounceVote:
		return d.announceVote(c)
	}
	return refuse(UnknownKind, c.Kind())
}

func (d *decision) extendVote(c ExtendVote) error {
	v, err := d.runsVote(c, c.Item, c.Vote)
	if err != nil {
		return err
	}
	if v.State != Polling {
		return refuse(BadState, string(v.State))
	}
	c.Until = c.Until.UTC()
	if v.Deadline.Equal(c.Until) {
		return nil
	}
	if !c.Until.IsZero() && (!c.Until.After(d.at) || c.Until.Sub(d.at) > MaxLimit) {
		return refuse(Invalid, "until")
	}
	d.emit(c.Item, VoteExtended{c.Vote, c.Until})
	return nil
}

// closeVote ends the taking of ballots in s and counts where all of them are
// known: an open vote, on the server. A secret one is counted by CountVote.
func (d *decision) closeVote(s State, item ItemID, v Voting, why Cause) {
	d.emit(item, VoteClosed{v.ID, why})
	votes := poll.Votes{Named: v.Choices}
	switch v.Plan.Poll.Mode {
	case poll.Secret:
		return
	case poll.After:
		votes.Named = s.Sealed[item].Votes[v.ID].Choices
	case poll.Live:
	}
	for _, who := range v.Taken {
		if _, ok := votes.Named[who]; !ok {
			return // a client, which does not have the ballots of the others
		}
	}
	d.seal(item, VoteCounted{Vote: v.ID, Result: poll.Tally(v.Plan.Poll, v.Roll, votes)})
	d.emit(item, VoteTallied{v.ID})
}

func (d *decision) cancelVote(c CancelVote) error {
	v, err := d.runsVote(c, c.Item, c.Vote)
	if err != nil || v.State == Cancelled {
		return err
	}
	if v.State == Announced {
		return refuse(BadState, string(v.State))
	}
	reason, ok := text.Paragraphs(c.Reason, 0, MaxReason)
	if !ok {
		return refuse(Invalid, "reason")
	}
	if reason == "" {
		return refuse(NeedsReason, "reason")
	}
	d.emit(c.Item, VoteCancelled{c.Vote, reason})
	return nil
}

// announceVote shows the result. A client does not know it and foresees only
// that there will be one.
func (d *decision) announceVote(c AnnounceVote) error {
	v, err := d.runsVote(c, c.Item, c.Vote)
	if err != nil || v.State == Announced {
		return err
	}
	if v.State != Tallied {
		return refuse(BadState, string(v.State))
	}
	kept := d.s.Sealed[c.Item].Votes[c.Vote]
	e := VoteAnnounced{Vote: c.Vote, Result: kept.Result, Digest: kept.Digest}
	if v.Plan.Poll.Mode == poll.After {
		e.Choices = kept.Choices
	}
	d.emit(c.Item, e)
	return nil
}

// serve decides the commands of the server itself.
func (d *decision) serve(c Command) error {
	switch c := c.(type) {
	case EndVote:
		return d.endVote(c)
	case CountVote:
		return d.countVote(c)
	}
	return refuse(UnknownKind, c.Kind())
}

func (d *decision) endVote(c EndVote) error {
	v, ok := d.s.Contents[c.Item].Voting(c.Vote)
	if !ok || v.State != Polling {
		return nil
	}
	if c.Full {
		if v.Plan.AutoClose {
			d.closeVote(d.s, c.Item, v, ByAll)
		}
		return nil
	}
	if v.Deadline.IsZero() || d.at.Before(v.Deadline) {
		return nil // it was extended meanwhile
	}
	if v.Plan.Hold && len(c.CutOff) > 0 {
		if len(v.Held) == 0 {
			d.emit(c.Item, VoteHeld{c.Vote, sortedPeople(c.CutOff)})
		}
		return nil
	}
	d.closeVote(d.s, c.Item, v, ByTime)
	return nil
}

func (d *decision) countVote(c CountVote) error {
	v, ok := d.s.Contents[c.Item].Voting(c.Vote)
	if !ok || v.State != Polled || v.Plan.Poll.Mode != poll.Secret {
		return nil
	}
	votes := poll.Votes{Taken: len(v.Taken)}
	e := VoteCounted{Vote: c.Vote}
	list := slices.Clone(c.List)
	poll.SortList(list)
	for _, b := range list {
		votes.Secret = append(votes.Secret, poll.Ballot{Marks: b.Marks})
		e.List = append(e.List, ListedBallot{hex.EncodeToString(b.Token[:]), b.Marks})
	}
	e.Result = poll.Tally(v.Plan.Poll, v.Roll, votes)
	e.Digest = poll.Digest(c.Name, list)
	d.seal(c.Item, e)
	d.emit(c.Item, VoteTallied{c.Vote})
	return nil
}

// votesOver checks that nothing is left open, uncounted or unsaid in an item
// that is about to end, so that no result stays behind.
func (d *decision) votesOver(item ItemID, ahead bool) error {
	for _, v := range d.s.Contents[item].Votes {
		if v.Plan.Ahead == ahead && (v.State == Polling || v.State == Polled || v.State == Tallied) {
			return refuse(InUse, "vote")
		}
	}
	return nil
}

// cancelPrepared cancels the votes of an item that will not be reached.
func (d *decision) cancelPrepared(item ItemID, reason string) {
	for _, v := range d.s.Contents[item].Votes {
		if v.State == Prepared || v.State == Posed {
			d.emit(item, VoteCancelled{v.ID, reason})
		}
	}
}
