package meeting

import (
	"phonghop/shared/poll"
	"phonghop/shared/text"
)

const maxCorrections = 20 // of one vote

// enterFigures opens, closes and counts a vote in one step: the room has
// voted by hand or on paper. As long as it is not announced, the figures may
// be entered again.
func (d *decision) enterFigures(c EnterFigures) error {
	if err := d.preparesVote(c, c.Item); err != nil {
		return err
	}
	v, ok := d.s.Contents[c.Item].Voting(c.Vote)
	if !ok {
		return refuse(NotFound, "vote")
	}
	if len(c.Absent) > MaxParticipants {
		return refuse(Invalid, "absent")
	}
	again := v.State == Tallied && v.Cause == ByCount
	if !again {
		if v.State != Prepared && v.State != Posed {
			return refuse(BadState, string(v.State))
		}
		if err := d.inTurn(c.Item, v); err != nil {
			return err
		}
	}
	roll := d.s.roll(c.Item, v.Plan, c.Absent)
	if len(roll.Voters) == 0 {
		return refuse(NotFound, "voters")
	}
	result, err := countFigures(v.Plan.Poll, roll, c.Figures)
	if err != nil {
		return err
	}
	if kept := d.s.Sealed[c.Item].Votes[c.Vote]; again && kept.Counted && kept.Result.Equal(result) {
		return nil
	}
	d.emit(c.Item, VoteOpened{Vote: c.Vote, Roll: roll, About: d.bound(c.Item, v.Plan.About)})
	d.emit(c.Item, VoteClosed{c.Vote, ByCount})
	d.seal(c.Item, VoteCounted{Vote: c.Vote, Result: result})
	d.emit(c.Item, VoteTallied{c.Vote})
	return nil
}

func countFigures(p poll.Poll, roll poll.Roll, f poll.Figures) (poll.Result, error) {
	if what := f.Check(p, roll); what != "" {
		return poll.Result{}, refuse(Invalid, what)
	}
	return poll.Tally(p, roll, poll.Votes{Figures: &f}), nil
}

// correctFigures is the chair's. What a machine has counted is not corrected
// by hand: it is voted again.
func (d *decision) correctFigures(c CorrectFigures) error {
	v, err := d.runsVote(c, c.Item, c.Vote)
	if err != nil {
		return err
	}
	if v.State != Announced || v.Cause != ByCount {
		return refuse(BadState, string(v.State))
	}
	if len(v.Corrected) >= maxCorrections {
		return refuse(TooMany, "corrections")
	}
	reason, ok := text.Paragraphs(c.Reason, 0, MaxReason)
	if !ok {
		return refuse(Invalid, "reason")
	}
	if reason == "" {
		return refuse(NeedsReason, "reason")
	}
	result, err := countFigures(v.Plan.Poll, v.Roll, c.Figures)
	if err != nil {
		return err
	}
	if !result.Equal(v.Result) {
		d.emit(c.Item, VoteCorrected{c.Vote, result, reason})
	}
	return nil
}
