package controller

import (
	"slices"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// ItemVote is a vote as the agenda tells of it: an announced result, or an
// opinion in writing that is asked for ahead of the meeting.
type ItemVote struct {
	VoteAt
	Question string
	// Announced: Verdict and Sentence are the result.
	Announced bool
	Verdict   poll.Verdict
	Sentence  poll.Phrase
	// Asks: this person is asked for an opinion and has given none yet.
	// Answered: it was given, or waits on this device.
	Asks, Answered bool
	Until          time.Time // of an opinion; zero: closed by hand
}

// itemVotes lists the results that everybody may see, and the opinions that
// are open for this person.
func (c scene) itemVotes(item meeting.ItemID) (out []ItemVote) {
	if !c.s.MaySee(c.me, item) {
		return nil
	}
	for _, v := range c.s.Contents[item].Votes {
		row := ItemVote{VoteAt: c.at(item, v), Question: v.Plan.Question}
		switch {
		case v.State == meeting.Announced && len(v.Result.Options) > 0:
			row.Announced, row.Verdict, row.Sentence = true, v.Result.Verdict, v.Result.Sentence(v.Plan.Poll)
		case v.State == meeting.Polling && v.Plan.Ahead && c.s.MayVote(c.me, item, v):
			row.Answered = slices.Contains(v.Taken, c.me) || c.outgoing(item, v.ID)
			row.Asks, row.Until = !row.Answered && (v.Deadline.IsZero() || c.now.Before(v.Deadline)), v.Deadline
		default:
			continue
		}
		out = append(out, row)
	}
	return out
}

// asked counts the opinions that this person has still to give in a meeting.
func (c scene) asked() (n int) {
	for _, item := range c.s.Agenda {
		for _, v := range c.itemVotes(item) {
			if v.Asks {
				n++
			}
		}
	}
	return n
}
