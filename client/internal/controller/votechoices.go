package controller

import (
	"slices"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// VoteChoices is what a vote's form has beyond the usual. A template proposes
// it, and most votes stay as proposed.
type VoteChoices struct {
	// Answers names the set of answers, one of AnswerSets; "" where the
	// template lists what can be chosen, or has answers of its own.
	Answers string
	// Electors says who may vote; Named is for meeting.Named only.
	Electors meeting.Electors
	Named    []meeting.PersonID
	// Changes lets a voter change an open ballot until the end; Remarks lets
	// every open ballot carry words. Neither is of a secret vote.
	Changes, Remarks bool
	// Late lets people vote who come after the opening.
	Late bool
	// AutoClose closes when everybody who is there has voted.
	AutoClose bool
	// Hold keeps the vote open at the end of its time while a voter is cut
	// off; it means something only with a time limit.
	Hold bool
}

// AnswerSets lists the sets of answers in use, in the order they are offered.
func AnswerSets() []string {
	return []string{poll.AnswersLaw, poll.AnswersOpinion, poll.AnswersCouncil}
}

// Choices are what a template proposes for a mode.
func (t Template) Choices(mode poll.Mode) VoteChoices {
	p, _ := meeting.VoteTemplate(string(t))
	return choicesOf(p).In(mode, p.Poll.Mode)
}

// In is the same for another mode than before: what a secret ballot cannot do
// is taken away, and what every open one can do comes back.
func (c VoteChoices) In(mode, before poll.Mode) VoteChoices {
	switch {
	case mode == poll.Secret:
		c.Changes, c.Remarks = false, false
	case before == poll.Secret:
		c.Changes = true
	}
	return c
}

// choicesOf reads the choices back out of a plan.
func choicesOf(p meeting.VotePlan) VoteChoices {
	return VoteChoices{Answers: answersOf(p.Poll), Electors: p.Electors, Named: slices.Clone(p.Named), Changes: p.Poll.Changes,
		Remarks: p.Poll.Remarks, Late: p.Late, AutoClose: p.AutoClose, Hold: p.Hold}
}

// answersOf finds the set that a poll's answers are, "" where they are none.
func answersOf(p poll.Poll) string {
	if p.Method != poll.Approve {
		return ""
	}
	for _, set := range AnswerSets() {
		if slices.EqualFunc(p.Options, poll.Answers(set, false), func(a, b poll.Option) bool { return a.Key == b.Key && a.Words == "" && a.Side == b.Side }) {
			return set
		}
	}
	return ""
}

// apply puts the choices into a plan whose mode is set. What does not fit the
// kind of vote is left out.
func (c VoteChoices) apply(p *meeting.VotePlan) {
	open := p.Poll.Mode != poll.Secret
	if answers := poll.Answers(c.Answers, open); p.Poll.Method == poll.Approve && answers != nil {
		p.Poll.Options = answers
	}
	if c.Electors != "" {
		p.Electors, p.Named = c.Electors, nil
	}
	if c.Electors == meeting.Named {
		p.Named = slices.Clone(c.Named)
	}
	p.Poll.Changes, p.Poll.Remarks = c.Changes && open, c.Remarks && open
	p.Late, p.AutoClose = c.Late, c.AutoClose
	p.Hold = c.Hold && !p.Ahead
}

// Electable are the people of whom a vote of an item can choose its voters.
type Electable struct {
	People []ElectableRow
	// StandIns attend for somebody and have no vote, whoever is chosen.
	StandIns []StandIn
}

// ElectableRow is somebody who can be let vote.
type ElectableRow struct {
	ID             meeting.PersonID
	Name, Position string
	Member         bool // of the committee
	Guest          bool
}

// StandIn is somebody who attends for another person.
type StandIn struct{ Name, For string }

// Electable lists who can be let vote on an item, by the order of precedence:
// who may see it, but the big screen.
func (c *Controller) Electable(id string, item meeting.ItemID) Electable {
	sc := sceneOf(c.seen(), id, c.now())
	return sc.electable(item)
}

func (c scene) electable(item meeting.ItemID) (out Electable) {
	var all []meeting.PersonID
	for who, p := range c.s.People {
		if !p.Has(meeting.Projector) && c.s.MaySee(who, item) {
			all = append(all, who)
		}
	}
	slices.SortFunc(all, c.precedence)
	for _, who := range all {
		p := c.s.People[who]
		if p.StandInFor != "" {
			out.StandIns = append(out.StandIns, StandIn{c.name(who), c.name(p.StandInFor)})
			continue
		}
		out.People = append(out.People, ElectableRow{ID: who, Name: c.name(who), Position: c.position(who), Member: p.Member, Guest: p.Has(meeting.Guest)})
	}
	return out
}

// Count is how many of the people the choices let vote.
func (e Electable) Count(c VoteChoices) (n int) {
	for _, p := range e.People {
		switch c.Electors {
		case meeting.Members:
			n += one(p.Member)
		case meeting.Everybody:
			n += one(!p.Guest)
		case meeting.Named:
			n += one(slices.Contains(c.Named, p.ID))
		}
	}
	return n
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
