package meeting

import (
	"slices"

	"phonghop/shared/poll"
	"phonghop/shared/text"
)

// vote decides the commands of votes.
func (d *decision) vote(c Command) error {
	switch c := c.(type) {
	case PrepareVote:
		return d.prepareVote(c)
	case RemoveVote:
		return d.removeVote(c)
	case RepeatVote:
		return d.repeatVote(c)
	case CastVote:
		return d.castVote(c)
	case TakeBallot:
		return d.takeBallot(c)
	case EnterFigures:
		return d.enterFigures(c)
	case CorrectFigures:
		return d.correctFigures(c)
	case PoseVote:
		return d.poseVote(c)
	case OpenVote:
		return d.openVote(c)
	default:
		return d.runVote(c)
	}
}

// preparesVote checks that the actor may see the item and prepare its votes.
func (d *decision) preparesVote(c Command, item ItemID) error {
	if _, err := d.item(item); err != nil {
		return err
	}
	if d.s.People[d.a.Person].Has(Secretary) {
		return nil
	}
	return d.asChair(c)
}

// runsVote finds a vote and checks that the actor may run it. The secretaries
// run what is answered ahead of the item's turn.
func (d *decision) runsVote(c Command, item ItemID, id VoteID) (Voting, error) {
	if _, err := d.item(item); err != nil {
		return Voting{}, err
	}
	v, ok := d.s.Contents[item].Voting(id)
	if !ok {
		return v, refuse(NotFound, "vote")
	}
	if v.Plan.Ahead && d.s.People[d.a.Person].Has(Secretary) {
		return v, nil
	}
	return v, d.asChair(c)
}

func (d *decision) prepareVote(c PrepareVote) error {
	if err := d.preparesVote(c, c.Item); err != nil {
		return err
	}
	if !text.ValidID(string(c.Vote)) {
		return refuse(Invalid, "vote")
	}
	if i := d.s.Items[c.Item]; i.State == Postponed || i.State == Withdrawn {
		return refuse(BadState, string(i.State))
	}
	plan, err := d.cleanPlan(c.Item, c.Plan)
	if err != nil {
		return err
	}
	content := d.s.Contents[c.Item]
	if v, ok := content.Voting(c.Vote); ok {
		if v.Plan.equal(plan) {
			return nil
		}
		if v.State != Prepared {
			return refuse(BadState, string(v.State))
		}
	} else if len(content.Votes) >= MaxVotes {
		return refuse(TooMany, "votes")
	}
	d.emit(c.Item, VotePrepared{Vote: c.Vote, Plan: plan})
	return nil
}

func (d *decision) cleanPlan(item ItemID, p VotePlan) (VotePlan, error) {
	var ok bool
	if p.Question, ok = text.Paragraphs(p.Question, 1, MaxQuestion); !ok {
		return p, refuse(Invalid, "question")
	}
	if p.Template != "" && !text.ValidID(p.Template) {
		return p, refuse(Invalid, "template")
	}
	var what string
	if p.Poll, what = p.Poll.Clean(); what != "" {
		return p, refuse(Invalid, what)
	}
	if err := d.checkAbout(item, p.About); err != nil {
		return p, err
	}
	if err := d.checkElectors(p); err != nil {
		return p, err
	}
	p.Named = sortedPeople(p.Named)
	if p.Seconds < 0 || p.Seconds > int(MaxLimit.Seconds()) || !saneTime(p.Until) || p.Seconds > 0 && !p.Until.IsZero() {
		return p, refuse(Invalid, "seconds")
	}
	p.Until = p.Until.UTC()
	if p.Ahead && p.Poll.Mode == poll.Secret && p.AutoClose {
		return p, refuse(Invalid, "auto_close") // the last ballot of days would have a time
	}
	return p, nil
}

func (d *decision) checkElectors(p VotePlan) error {
	if p.Electors != Members && p.Electors != Everybody && p.Electors != Named {
		return refuse(Invalid, "electors")
	}
	if (p.Electors == Named) != (len(p.Named) > 0) || len(p.Named) > MaxParticipants {
		return refuse(Invalid, "named")
	}
	for _, who := range p.Named {
		if _, ok := d.s.People[who]; !ok {
			return refuse(NotFound, "named")
		}
	}
	return nil
}

func (d *decision) checkAbout(item ItemID, at Place) error {
	if at == (Place{}) {
		return nil
	}
	doc, ok := d.s.Contents[item].Document(at.Document)
	if !ok {
		return refuse(NotFound, "document")
	}
	v, ok := doc.Version(at.Version)
	if !ok {
		return refuse(NotFound, "version")
	}
	if at.Page < 0 || at.Page > v.Pages {
		return refuse(Invalid, "page")
	}
	return nil
}

func (d *decision) removeVote(c RemoveVote) error {
	if err := d.preparesVote(c, c.Item); err != nil {
		return err
	}
	v, ok := d.s.Contents[c.Item].Voting(c.Vote)
	if !ok {
		return nil
	}
	if v.State != Prepared && v.State != Posed {
		return refuse(BadState, string(v.State))
	}
	d.emit(c.Item, VoteRemoved{c.Vote})
	return nil
}

// repeatVote prepares a vote again. What was once opened stays in the record.
func (d *decision) repeatVote(c RepeatVote) error {
	if err := d.preparesVote(c, c.Item); err != nil {
		return err
	}
	content := d.s.Contents[c.Item]
	v, ok := content.Voting(c.Vote)
	if !ok {
		return refuse(NotFound, "vote")
	}
	if !text.ValidID(string(c.As)) || c.As == c.Vote {
		return refuse(Invalid, "as")
	}
	if again, ok := content.Voting(c.As); ok {
		if again.RepeatOf == c.Vote {
			return nil
		}
		return refuse(Exists, "as")
	}
	if v.State != Polled && v.State != Tallied && v.State != Announced && v.State != Cancelled {
		return refuse(BadState, string(v.State))
	}
	if len(content.Votes) >= MaxVotes {
		return refuse(TooMany, "votes")
	}
	plan := v.Plan
	if c.Openly && plan.Poll.Mode == poll.Secret {
		plan.Poll.Mode = poll.Live
	}
	plan.Until = plan.Until.UTC()
	d.emit(c.Item, VotePrepared{Vote: c.As, Plan: plan, RepeatOf: c.Vote})
	return nil
}

// inTurn checks that a vote can be put to the room now.
func (d *decision) inTurn(item ItemID, v Voting) error {
	if v.Plan.Ahead {
		if d.s.Phase == Draft {
			return refuse(BadState, string(Draft))
		}
	} else {
		if d.s.Phase != Open {
			return refuse(BadState, string(d.s.Phase))
		}
		if d.s.Current != item {
			return refuse(BadState, "item is not running")
		}
	}
	if _, ok := d.s.Contents[item].Polling(); ok {
		return refuse(InUse, "vote")
	}
	if !v.Plan.Ahead && d.s.pollingInRoom() != "" {
		return refuse(InUse, "vote")
	}
	return nil
}

// pollingInRoom is the item with an open vote that the room answers together.
func (s State) pollingInRoom() ItemID {
	for id, c := range s.Contents {
		if v, ok := c.Polling(); ok && !v.Plan.Ahead {
			return id
		}
	}
	return ""
}

func (d *decision) poseVote(c PoseVote) error {
	v, err := d.runsVote(c, c.Item, c.Vote)
	if err != nil || v.State == Posed {
		return err
	}
	if v.State != Prepared {
		return refuse(BadState, string(v.State))
	}
	if err := d.inTurn(c.Item, v); err != nil {
		return err
	}
	d.emit(c.Item, VotePosed{c.Vote})
	return nil
}

func (d *decision) openVote(c OpenVote) error {
	v, err := d.runsVote(c, c.Item, c.Vote)
	if err != nil || v.State == Polling {
		return err
	}
	if v.State != Prepared && v.State != Posed {
		return refuse(BadState, string(v.State))
	}
	if err := d.inTurn(c.Item, v); err != nil {
		return err
	}
	if len(c.Absent) > MaxParticipants || len(c.Key) > maxVoteKey {
		return refuse(Invalid, "absent, key")
	}
	e := VoteOpened{Vote: c.Vote, Roll: d.s.roll(c.Item, v.Plan, c.Absent), About: d.bound(c.Item, v.Plan.About), Deadline: v.Plan.Until}
	if len(e.Roll.Voters) == 0 {
		return refuse(NotFound, "voters")
	}
	if v.Plan.Seconds > 0 {
		e.Deadline = d.at.Add(seconds(v.Plan.Seconds)).UTC()
	} else if !e.Deadline.IsZero() && !d.at.Before(e.Deadline) {
		return refuse(BadState, "until")
	}
	if v.Plan.Poll.Mode == poll.Secret {
		e.Key = c.Key
	}
	d.emit(c.Item, e)
	return nil
}

// bound is a page with the version that is the newest now, where none is named.
func (d *decision) bound(item ItemID, at Place) Place {
	doc, _ := d.s.Contents[item].Document(at.Document)
	if v, ok := doc.Version(at.Version); ok {
		at.Version = v.Number
	}
	return at
}

// ballotOf finds the vote that a person may cast in now.
func (d *decision) ballotOf(item ItemID, id VoteID, who PersonID) (Voting, error) {
	v, ok := d.s.Contents[item].Voting(id)
	if !ok {
		return v, refuse(NotFound, "vote")
	}
	if v.State != Polling {
		return v, refuse(BadState, string(v.State))
	}
	if !v.Deadline.IsZero() && !d.at.Before(v.Deadline) && !v.Plan.Hold {
		return v, refuse(BadState, "late")
	}
	if !d.s.MayVote(who, item, v) {
		return v, refuse(NotAllowed, "roll")
	}
	return v, nil
}

func (d *decision) admit(item ItemID, v Voting, who PersonID) {
	if !v.Roll.May(who) {
		d.emit(item, VoterAdmitted{v.ID, who})
	}
}

func (d *decision) castVote(c CastVote) error {
	if _, err := d.item(c.Item); err != nil {
		return err
	}
	who := d.a.Person
	if c.Person != "" && c.Person != who {
		if !d.s.People[who].Has(Secretary) {
			return refuse(NotAllowed, "person")
		}
		who, d.onBehalf = c.Person, c.Person
	}
	v, ok := d.s.Contents[c.Item].Voting(c.Vote)
	if !ok {
		return refuse(NotFound, "vote")
	}
	if v.Plan.Poll.Mode == poll.Secret {
		return refuse(Invalid, "mode")
	}
	ballot, what := v.Plan.Poll.CleanBallot(c.Ballot)
	if what != "" {
		return refuse(Invalid, what)
	}
	// What somebody else chose and is not to be known yet, nobody learns by
	// trying which ballot is his already.
	knows := who == d.a.Person || v.Plan.Poll.Mode == poll.Live || v.State == Announced
	old, voted := d.s.Choice(c.Item, c.Vote, who)
	if voted && knows && old.Equal(ballot) {
		return nil
	}
	if _, err := d.ballotOf(c.Item, c.Vote, who); err != nil {
		return err
	}
	if has(v.Taken, who) && !v.Plan.Poll.Changes {
		return refuse(Exists, "ballot")
	}
	d.admit(c.Item, v, who)
	if v.Plan.Poll.Mode == poll.Live {
		d.emit(c.Item, VoteCast{c.Vote, who, ballot})
	} else {
		if !has(v.Taken, who) {
			d.emit(c.Item, VoteTaken{c.Vote, who})
		}
		d.seal(c.Item, BallotSealed{c.Vote, who, ballot})
	}
	return d.closeWhenAll(c.Item, c.Vote)
}

// closeWhenAll closes a vote whose last ballot is among what was just decided.
func (d *decision) closeWhenAll(item ItemID, id VoteID) error {
	next := d.s
	for _, e := range d.events {
		next = Apply(next, e)
	}
	v, _ := next.Contents[item].Voting(id)
	if v.Plan.AutoClose && len(v.Waiting()) == 0 {
		// The server closes it, not the last voter.
		by, onBehalf := d.a.Person, d.onBehalf
		d.a.Person, d.onBehalf = "", ""
		d.closeVote(next, item, v, ByAll)
		d.a.Person, d.onBehalf = by, onBehalf
	}
	return nil
}

// takeBallot says that the actor takes part in a secret vote. Whether he then
// casts his ballot, nobody knows.
func (d *decision) takeBallot(c TakeBallot) error {
	if _, err := d.item(c.Item); err != nil {
		return err
	}
	v, err := d.ballotOf(c.Item, c.Vote, d.a.Person)
	if err != nil {
		return err
	}
	if v.Plan.Poll.Mode != poll.Secret {
		return refuse(Invalid, "mode")
	}
	if !has(v.Taken, d.a.Person) {
		d.admit(c.Item, v, d.a.Person)
		d.emit(c.Item, VoteTaken{c.Vote, d.a.Person})
	}
	return nil
}

func (p VotePlan) equal(q VotePlan) bool {
	same := p.Question == q.Question && p.About == q.About && p.Template == q.Template && p.Electors == q.Electors &&
		p.Seconds == q.Seconds && p.Until.Equal(q.Until) && p.Ahead == q.Ahead && p.Late == q.Late &&
		p.AutoClose == q.AutoClose && p.Hold == q.Hold
	return same && slices.Equal(p.Named, q.Named) && p.Poll.Equal(q.Poll)
}
