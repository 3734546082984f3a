package controller

import (
	"maps"
	"slices"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// Ballots lists the votes that ask for this person now: open ones in which he
// may vote, and those of which a ballot still waits on this device.
func (c *Controller) Ballots() []BallotView {
	v, known := c.seen(), c.records()
	var out []BallotView
	for _, id := range slices.Sorted(maps.Keys(v.Meetings)) {
		sc := sceneOf(v, id, c.now())
		for _, item := range sc.s.Agenda {
			if !sc.s.MaySee(sc.me, item) {
				continue
			}
			for _, vote := range sc.s.Contents[item].Votes {
				b := sc.ballot(item, vote, known[VoteAt{Meeting: id, Item: item, Vote: vote.ID}])
				if b.MayVote || b.Ballot == BallotWaiting || b.Ballot == BallotSending {
					out = append(out, b)
				}
			}
		}
	}
	return out
}

// Ballot is one vote as this person sees it; ok is false where there is none
// for him.
func (c *Controller) Ballot(at VoteAt) (b BallotView, ok bool) {
	sc := sceneOf(c.seen(), at.Meeting, c.now())
	vote, ok := sc.vote(at)
	if !ok {
		return b, false
	}
	return sc.ballot(at.Item, vote, c.records()[at]), true
}

func (c scene) vote(at VoteAt) (meeting.Voting, bool) {
	if !c.s.MaySee(c.me, at.Item) {
		return meeting.Voting{}, false
	}
	return c.s.Contents[at.Item].Voting(at.Vote)
}

// at names a vote of this scene.
func (c scene) at(item meeting.ItemID, v meeting.Voting) VoteAt {
	return VoteAt{Meeting: c.id, Item: item, Vote: v.ID}
}

func (c scene) left(v meeting.Voting) (timed bool, left time.Duration) {
	if v.State != meeting.Polling || v.Deadline.IsZero() {
		return false, 0
	}
	return true, max(v.Deadline.Sub(c.now), 0)
}

func (c scene) ballot(item meeting.ItemID, v meeting.Voting, rec record) BallotView {
	p := v.Plan.Poll
	out := BallotView{VoteAt: c.at(item, v), Status: statusOf(c.view), Item: c.item(item), Question: v.Plan.Question, Method: p.Method, Mode: p.Mode,
		Choices: c.choices(p.Options), Grades: c.choices(p.Grades), Most: p.Most, Remarks: p.Remarks, Needs: p.Needs(c.rollOf(item, v)), State: v.State,
		Taken: len(v.Taken), Voters: len(v.Roll.Voters) + len(v.Roll.Late), Reminded: v.Reminded, Reason: v.Reason, Check: rec.Check, Ahead: v.Plan.Ahead, Until: v.Deadline}
	out.Item.Used, out.Item.Over, out.Item.Documents, out.Item.Votes = 0, false, nil, nil
	out.Timed, out.Left = c.left(v)
	if d, ok := c.s.Contents[item].Document(v.Plan.About.Document); ok {
		out.About, out.AboutTitle = Spot{Item: item, Place: v.Plan.About}, d.Title
	}
	c.mine(item, v, rec, &out)
	open := v.State == meeting.Polling && (!out.Timed || out.Left > 0 || v.Plan.Hold)
	open = open && (p.Mode != poll.Secret || v.Key != "") // without a key it is only foreseen here
	may := open && c.s.MayVote(c.me, item, v)
	out.Changes = p.Changes && p.Mode != poll.Secret
	out.MayVote = may && out.Ballot == BallotNone
	out.MayChange = may && out.Changes && out.Ballot != BallotNone
	if v.State == meeting.Announced {
		r := c.result(v, v.Result, v.Digest)
		out.Result = &r
	}
	return out
}

// mine tells where this person's ballot is.
func (c scene) mine(item meeting.ItemID, v meeting.Voting, rec record, out *BallotView) {
	c.chosen(item, v, rec, out)
	taken := slices.Contains(v.Taken, c.me)
	waiting := rec.Secret && (rec.Stage == stageDrawn || rec.Stage == stageSigned) || !rec.Secret && c.outgoing(item, v.ID)
	switch {
	case waiting && c.view.Link == session.Live:
		out.Ballot = BallotSending
	case waiting:
		out.Ballot = BallotWaiting
	case rec.Stage == stageRefused && rec.Code == string(meeting.BadState):
		out.Ballot = BallotLate
	case rec.Stage == stageRefused && !taken:
		out.Ballot = BallotRefused
	case rec.Secret && (rec.Stage == stageCounted || rec.Stage == stageDone), taken && v.Plan.Poll.Mode != poll.Secret:
		out.Ballot = BallotCounted
	case taken, rec.Stage == stageRefused:
		out.Ballot = BallotAway
	}
}

// chosen tells what this person chose, as far as the device still knows it.
func (c scene) chosen(item meeting.ItemID, v meeting.Voting, rec record, out *BallotView) {
	if rec.Secret || rec.Stage != "" {
		mine := rec.Ballot
		out.Mine, out.At, out.Code = &mine, rec.At, rec.Code
		if rec.Stage == stageDone {
			out.Mine = nil // only that it was counted is still known
		}
	}
	if b, ok := c.s.Choice(item, v.ID, c.me); ok {
		out.Mine = &b
	}
}

// outgoing reports whether an open ballot of this person waits to be sent.
func (c scene) outgoing(item meeting.ItemID, vote meeting.VoteID) bool {
	return slices.ContainsFunc(c.view.Outbox, func(p sentCommand) bool {
		cast, ok := p.Command.(meeting.CastVote)
		return ok && !p.Acknowledged && cast.Item == item && cast.Vote == vote && (cast.Person == "" || cast.Person == c.me)
	})
}

// rollOf is the roll of a vote, or what it would be now.
func (c scene) rollOf(item meeting.ItemID, v meeting.Voting) poll.Roll {
	if v.State != meeting.Prepared && v.State != meeting.Posed {
		return v.Roll
	}
	return c.s.RollNow(item, v.Plan)
}

func (c scene) choices(options []poll.Option) []Choice {
	out := make([]Choice, len(options))
	for i, o := range options {
		out[i] = Choice{Word: o.Phrase(), Side: o.Side, Remark: o.Remark, Position: c.position(o.Person)}
	}
	return out
}

func (c scene) position(who meeting.PersonID) string {
	if p, ok := c.s.People[who]; ok {
		return p.Position
	}
	return c.view.Roster.People[who].Position
}

// result puts the outcome of a vote into lines and phrases.
func (c scene) result(v meeting.Voting, r poll.Result, digest string) VoteResult {
	p := v.Plan.Poll
	out := VoteResult{Grades: c.choices(p.Grades), Verdict: r.Verdict, Reason: r.Reason, Head: r.Head(p), Sentence: r.Sentence(p), Source: r.Rule.Phrase(),
		Members: r.Members, Present: r.Present, Voters: r.Voters, Cast: r.Cast, Silent: r.Silent, Absent: r.Absent, Digest: digest, Ahead: v.Plan.Ahead,
		Repeatable: r.Reason == poll.EqualSecret}
	for i, o := range c.choices(p.Options) {
		line := Outcome{Choice: o}
		if i < len(r.Options) {
			got := r.Options[i]
			line.Count, line.Grades, line.Won, line.Tied, line.Mark = got.Count, got.Grades, got.Won, got.Tied, got.Mark
		}
		out.Outcomes = append(out.Outcomes, line)
	}
	out.Voted = c.voted(v)
	return out
}

// voted lists open ballots by the order of precedence.
func (c scene) voted(v meeting.Voting) []Voter {
	who := slices.SortedFunc(maps.Keys(v.Choices), c.precedence)
	out := make([]Voter, 0, len(who))
	for _, id := range who {
		b := v.Choices[id]
		out = append(out, Voter{ID: id, Name: c.name(id), Choice: v.Plan.Poll.Marked(b), Remark: b.Remark})
	}
	return out
}

// voterRows lists people by the order of precedence.
func (c scene) voterRows(v meeting.Voting, who []meeting.PersonID, here []meeting.PersonID, known bool, absent []meeting.PersonID) []VoterRow {
	out := make([]VoterRow, 0, len(who))
	for _, id := range slices.SortedFunc(slices.Values(who), c.precedence) {
		out = append(out, VoterRow{ID: id, Name: c.name(id), Position: c.position(id), Here: slices.Contains(here, id), Known: known,
			Absent: slices.Contains(absent, id), Voted: slices.Contains(v.Taken, id), Late: slices.Contains(v.Roll.Late, id)})
	}
	return out
}
