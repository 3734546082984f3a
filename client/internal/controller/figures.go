package controller

import (
	"slices"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// FiguresView is the form for what people counted, of hands or of paper.
type FiguresView struct {
	VoteAt
	Question string
	Method   poll.Method
	Mode     poll.Mode
	Choices  []Choice
	Grades   []Choice // of the method Grade
	// There is how many voters are there: no more can have voted.
	There int
	// Each is how many options one ballot may have.
	Each int
	// AsksChairman: the Chairman's side may decide, and may be told.
	AsksChairman bool
	// Correcting: the figures were announced, and new ones need a reason.
	Correcting bool
	// Before are the figures that stand now, nil where there are none or they
	// are not for this person yet.
	Before *poll.Figures
}

// Figures is the form for the figures of a vote; ok is false where this
// person can neither enter nor correct any.
func (c *Controller) Figures(at VoteAt) (f FiguresView, ok bool) {
	sc := sceneOf(c.seen(), at.Meeting, c.now())
	v, ok := sc.vote(at)
	if !ok || !sc.entersFigures(at.Item, v) && !sc.correctsFigures(at.Item, v) {
		return f, false
	}
	l, marks := c.looked(at)
	roll, p := sc.countedRoll(at.Item, v, l, marks), v.Plan.Poll
	f = FiguresView{VoteAt: at, Question: v.Plan.Question, Method: p.Method, Mode: p.Mode, Choices: sc.choices(p.Options), Grades: sc.choices(p.Grades), There: roll.There(),
		Each: max(1, p.Most), Correcting: v.State == meeting.Announced,
		AsksChairman: p.Rule.Tie == poll.TieChairman && p.Mode != poll.Secret && roll.May(roll.Chairman) && !slices.Contains(roll.Absent, roll.Chairman)}
	switch {
	case f.Correcting:
		f.Before = figuresOf(p, v.Result)
	case v.State == meeting.Tallied && l.view.Result != nil:
		f.Before = figuresOf(p, *l.view.Result)
	}
	if f.Before != nil {
		// What was told of figures that were corrected since is known, too.
		for i := len(v.Corrected) - 1; i >= 0 && f.Before.Chairman < 0; i-- {
			f.Before.Chairman = chairmanIn(p, v.Corrected[i].Result)
		}
		if c := f.Before.Chairman; c >= 0 && !f.AsksChairman {
			f.Before.Chairman = -1
		}
	}
	return f, true
}

// figuresOf takes the figures back out of a result, with the Chairman's side
// where it was told at equal votes: it need not be told again.
func figuresOf(p poll.Poll, r poll.Result) *poll.Figures {
	f := poll.Figures{Cast: r.Cast, Chairman: -1}
	for _, o := range r.Options {
		if p.Method == poll.Grade {
			f.Grades = append(f.Grades, o.Grades)
			continue
		}
		f.Counts = append(f.Counts, o.Count)
	}
	f.Chairman = chairmanIn(p, r)
	return &f
}

// chairmanIn is the mark of the Chairman's own vote as far as a result tells
// it, -1 where it does not.
func chairmanIn(p poll.Poll, r poll.Result) int {
	side, told := map[poll.Reason]poll.Side{poll.ChairmanFor: poll.For, poll.ChairmanAgainst: poll.Against, poll.EqualNeutral: poll.Neutral}[r.Reason]
	if !told {
		return -1
	}
	found := -1
	for i, o := range p.Options {
		if o.Side != side || i >= len(r.Options) || r.Options[i].Count == 0 {
			continue
		}
		if found >= 0 {
			return -1 // two answers of that side: it may be either
		}
		found = i
	}
	return found
}

// countedRoll is the roll that figures have to fit: the frozen one of an
// announced vote, and else who is there now.
func (c scene) countedRoll(item meeting.ItemID, v meeting.Voting, l look, marks map[meeting.PersonID]bool) poll.Roll {
	if v.State == meeting.Announced {
		return v.Roll
	}
	return c.s.RollWithout(item, v.Plan, c.absentNow(v, c.s.RollNow(item, v.Plan), l, marks))
}

func (c scene) entersFigures(item meeting.ItemID, v meeting.Voting) bool {
	return c.can(meeting.EnterFigures{Item: item, Vote: v.ID, Figures: none(v)})
}

// correctsFigures waits for the announced figures themselves: an announcement
// that this device only foresees has none yet.
func (c scene) correctsFigures(item meeting.ItemID, v meeting.Voting) bool {
	return len(v.Result.Options) > 0 && c.can(meeting.CorrectFigures{Item: item, Vote: v.ID, Figures: none(v), Reason: "-"})
}

// none are figures of nobody, which fit every room.
func none(v meeting.Voting) poll.Figures {
	p := v.Plan.Poll
	f := poll.Figures{Counts: make([]int, len(p.Options)), Chairman: -1}
	if p.Method == poll.Grade {
		f.Counts = nil
		for range p.Options {
			f.Grades = append(f.Grades, make([]int, len(p.Grades)))
		}
	}
	return f
}

// EnterFigures gives the figures of a show of hands or of paper ballots. Who
// is absent is as Votes shows it.
func (c *Controller) EnterFigures(at VoteAt, f poll.Figures) (code string) {
	sc := sceneOf(c.seen(), at.Meeting, c.now())
	v, ok := sc.vote(at)
	if !ok {
		return protocol.CodeNotFound
	}
	l, marks := c.looked(at)
	absent := sc.absentNow(v, sc.s.RollNow(at.Item, v.Plan), l, marks)
	return c.submit(at.Meeting, at.Item, meeting.EnterFigures{Item: at.Item, Vote: at.Vote, Absent: absent, Figures: f})
}

// CorrectFigures replaces announced figures, with a reason.
func (c *Controller) CorrectFigures(at VoteAt, f poll.Figures, reason string) (code string) {
	return c.submit(at.Meeting, at.Item, meeting.CorrectFigures{Item: at.Item, Vote: at.Vote, Figures: f, Reason: reason})
}
