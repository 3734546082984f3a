package controller

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
	"phonghop/shared/workday"
)

type sentCommand = replica.Pending

// lookVote is the least time between two looks at a vote on the server.
const lookVote = 3 * time.Second

// lookAgain is the wait for a result that the server is still counting.
const lookAgain = 300 * time.Millisecond

// voting is what a device knows of votes beside their streams.
type voting struct {
	ballots map[VoteAt]record
	carry   chan struct{}
	looks   map[VoteAt]look
	// absent has who was marked absent or present by hand, before the opening.
	absent map[VoteAt]map[meeting.PersonID]bool
	link   session.Link // as it was last seen
}

// look is what the server last told of a vote.
type look struct {
	view  protocol.VoteView
	known bool
	at    time.Time
	state meeting.VoteState // of the vote then
	busy  bool
}

func newVoting() voting {
	return voting{ballots: map[VoteAt]record{}, carry: make(chan struct{}, 1), looks: map[VoteAt]look{}, absent: map[VoteAt]map[meeting.PersonID]bool{}}
}

// tendVotes follows up a change: ballots that can go out, results that whoever
// runs a vote may see.
func (c *Controller) tendVotes(in *inside, v session.View) {
	c.mu.Lock()
	back := v.Link == session.Live && in.link != session.Live
	in.link = v.Link
	open := back
	for _, r := range in.ballots {
		open = open || r.Stage == stageOpen || r.Stage == stageCounted && r.Secret && r.Check == ""
	}
	c.mu.Unlock()
	if open {
		in.wakeBallots()
	}
	for id := range v.Meetings {
		sc := sceneOf(v, id, c.now())
		for item, content := range sc.s.Contents {
			for _, vote := range content.Votes {
				if vote.State == meeting.Tallied && sc.runs(vote) && v.Link == session.Live && c.look(in, sc.at(item, vote)).view.Result == nil {
					c.LookAtVote(sc.at(item, vote))
				}
			}
		}
	}
	c.forgetOldBallots(in)
}

func (c *Controller) look(in *inside, at VoteAt) look {
	c.mu.Lock()
	defer c.mu.Unlock()
	return in.looks[at]
}

// runs reports whether this person runs a vote.
func (c scene) runs(v meeting.Voting) bool {
	return c.s.MayChair(c.me) || v.Plan.Ahead && c.s.People[c.me].Has(meeting.Secretary)
}

// LookAtVote asks the server who is ready and how far a vote is, in the
// background and at most every three seconds while the vote stays as it is.
// Call it while that is shown.
func (c *Controller) LookAtVote(at VoteAt) {
	c.mu.Lock()
	defer c.mu.Unlock()
	in := c.inside
	if in == nil || c.closed || c.view.Link != session.Live {
		return
	}
	l, now := in.looks[at], c.now()
	state := stateOf(c.view, at)
	if l.busy || l.state == state && now.Sub(l.at) < lookVote && now.After(l.at) {
		return
	}
	l.busy, l.at, l.state = true, now, state
	in.looks[at] = l
	c.all.Go(func() { c.lookAtVote(in, at) })
}

// runsVote reports whether this person runs a vote, and so may see its result
// first. The caller holds mu.
func (c *Controller) runsVote(at VoteAt) bool {
	sc := sceneOf(c.view, at.Meeting, c.now())
	v, ok := sc.vote(at)
	return ok && sc.runs(v)
}

func stateOf(v session.View, at VoteAt) meeting.VoteState {
	vote, _ := v.Meetings[at.Meeting].Contents[at.Item].Voting(at.Vote)
	return vote.State
}

// lookAtVote asks once, and goes on as long as a result is still to come: the
// device knew of the end of the vote before the server had counted.
func (c *Controller) lookAtVote(in *inside, at VoteAt) {
	for {
		view, err := in.session.Server().Vote(in.ctx, at)
		c.mu.Lock()
		state := stateOf(c.view, at)
		again := err == nil && state == meeting.Tallied && view.Result == nil && c.inside == in && c.runsVote(at)
		l := in.looks[at]
		l.busy = again
		if err == nil {
			l.view, l.known = view, true
		}
		in.looks[at] = l
		c.mu.Unlock()
		if err == nil {
			c.touch()
		}
		if !again {
			return
		}
		select {
		case <-time.After(lookAgain):
		case <-in.ctx.Done():
			return
		}
	}
}

// Votes lists the votes of a meeting for those who prepare or run it.
func (c *Controller) Votes(id string) VotesView {
	sc := sceneOf(c.seen(), id, c.now())
	out := VotesView{Status: statusOf(sc.view), Current: sc.s.Current, Now: sc.now}
	out.Prepares = sc.s.Exists() && sc.s.Phase != meeting.Closed && (sc.s.People[sc.me].Has(meeting.Secretary) || sc.s.MayChair(sc.me))
	for _, item := range sc.s.Agenda {
		if !sc.s.MaySee(sc.me, item) {
			continue
		}
		for _, v := range sc.s.Contents[item].Votes {
			l, absent := c.looked(sc.at(item, v))
			out.Votes = append(out.Votes, sc.voteRow(item, v, l, absent))
		}
	}
	return out
}

func (c *Controller) looked(at VoteAt) (look, map[meeting.PersonID]bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inside == nil {
		return look{}, nil
	}
	marks := map[meeting.PersonID]bool{}
	for who, off := range c.inside.absent[at] {
		marks[who] = off
	}
	return c.inside.looks[at], marks
}

func (c scene) voteRow(item meeting.ItemID, v meeting.Voting, l look, marks map[meeting.PersonID]bool) VoteRow {
	p, at := v.Plan.Poll, c.at(item, v)
	roll := c.rollOf(item, v)
	out := VoteRow{VoteAt: at, ItemNumber: c.s.Number(item), ItemTitle: c.s.Brief(item).Title, Question: v.Plan.Question, Template: v.Plan.Template, Method: p.Method, Mode: p.Mode,
		State: v.State, Cause: v.Cause, Needs: p.Needs(roll), Choices: c.choices(p.Options), Seconds: v.Plan.Seconds, Taken: len(v.Taken),
		Voters: len(roll.Voters) + len(roll.Late), Reason: v.Reason, Repeated: v.RepeatOf != "", InBox: l.view.InBox, Runs: c.runs(v), Corrected: len(v.Corrected), Ahead: v.Plan.Ahead, Until: endOfVote(v)}
	out.Timed, out.Left = c.left(v)
	here := l.view.Here
	absent := roll.Absent
	if v.State == meeting.Prepared || v.State == meeting.Posed {
		absent = c.absentNow(v, roll, l, marks)
		if !p.Rule.StandIns {
			out.StandIns = c.electable(item).StandIns
		}
	}
	out.Electors = c.voterRows(v, slices.Concat(roll.Voters, roll.Late), here, l.known, absent)
	if v.State == meeting.Polling {
		out.Waiting = c.voterRows(v, v.Waiting(), here, l.known, absent)
	}
	for _, who := range v.Held {
		out.Held = append(out.Held, c.name(who))
	}
	switch {
	case v.State == meeting.Announced:
		r := c.result(v, v.Result, v.Digest)
		out.Result, out.Public = &r, true
	case v.State == meeting.Tallied && c.runs(v) && l.view.Result != nil:
		if v.Plan.Ahead {
			v.Choices = l.view.Choices
		}
		r := c.result(v, *l.view.Result, l.view.Digest)
		out.Result = &r
	}
	c.voteActions(item, v, &out)
	return out
}

// endOfVote is when a vote ends, or would if it were opened.
func endOfVote(v meeting.Voting) time.Time {
	if v.Deadline.IsZero() {
		return v.Plan.Until
	}
	return v.Deadline
}

// absentNow is who counts as absent if the vote were opened now: who has no
// device connected, as far as that is known, and who was marked by hand. From
// an opinion in writing nobody is absent: there are days to answer.
func (c scene) absentNow(v meeting.Voting, roll poll.Roll, l look, marks map[meeting.PersonID]bool) (out []meeting.PersonID) {
	if v.Plan.Ahead {
		return nil
	}
	all := slices.Concat(roll.Voters, roll.Members)
	slices.Sort(all)
	for _, who := range slices.Compact(all) {
		off, marked := marks[who]
		if marked && off || !marked && l.known && !slices.Contains(l.view.Here, who) {
			out = append(out, who)
		}
	}
	return out
}

func (c scene) voteActions(item meeting.ItemID, v meeting.Voting, out *VoteRow) {
	id := v.ID
	out.CanEdit = v.State == meeting.Prepared && c.can(meeting.PrepareVote{Item: item, Vote: id, Plan: v.Plan})
	out.CanRemove = c.does(meeting.RemoveVote{Item: item, Vote: id})
	out.CanPose = !v.Plan.Ahead && c.does(meeting.PoseVote{Item: item, Vote: id})
	out.CanOpen = c.does(meeting.OpenVote{Item: item, Vote: id})
	out.CanRemind = c.does(meeting.RemindVoters{Item: item, Vote: id}) && len(v.Waiting()) > 0
	out.CanClose = c.does(meeting.CloseVote{Item: item, Vote: id})
	out.CanExtend = out.CanClose && !v.Deadline.IsZero()
	out.CanCancel = c.does(meeting.CancelVote{Item: item, Vote: id, Reason: "-"})
	out.CanRepeat = c.does(meeting.RepeatVote{Item: item, Vote: id, As: id + "-again"})
	out.CanEnter, out.CanCorrect = c.entersFigures(item, v), c.correctsFigures(item, v)
	out.CanAnnounce = c.does(meeting.AnnounceVote{Item: item, Vote: id})
}

// MarkAbsent says by hand whether somebody counts as absent when a vote is
// opened; it is kept on this device until then.
func (c *Controller) MarkAbsent(at VoteAt, who meeting.PersonID, absent bool) {
	c.mu.Lock()
	if in := c.inside; in != nil {
		if in.absent[at] == nil {
			in.absent[at] = map[meeting.PersonID]bool{}
		}
		in.absent[at][who] = absent
	}
	c.mu.Unlock()
	c.touch()
}

// PoseVote shows the question to the room.
func (c *Controller) PoseVote(at VoteAt) (code string) {
	return c.submit(at.Meeting, at.Item, meeting.PoseVote{Item: at.Item, Vote: at.Vote})
}

// OpenVote begins to take ballots. Who is absent is as Votes shows it.
func (c *Controller) OpenVote(at VoteAt) (code string) {
	sc := sceneOf(c.seen(), at.Meeting, c.now())
	v, ok := sc.vote(at)
	if !ok {
		return protocol.CodeNotFound
	}
	l, marks := c.looked(at)
	absent := sc.absentNow(v, sc.rollOf(at.Item, v), l, marks)
	return c.submit(at.Meeting, at.Item, meeting.OpenVote{Item: at.Item, Vote: at.Vote, Absent: absent})
}

// RemindVoters calls those who have not voted.
func (c *Controller) RemindVoters(at VoteAt) (code string) {
	return c.submit(at.Meeting, at.Item, meeting.RemindVoters{Item: at.Item, Vote: at.Vote})
}

// ExtendVote gives more time, from now or from the end that was set. The end
// of an opinion in writing is on a working day.
func (c *Controller) ExtendVote(at VoteAt, by time.Duration) (code string) {
	sc := sceneOf(c.seen(), at.Meeting, c.now())
	v, ok := sc.vote(at)
	if !ok {
		return protocol.CodeNotFound
	}
	from := v.Deadline
	if from.Before(sc.now) {
		from = sc.now
	}
	until := from.Add(by)
	if v.Plan.Ahead {
		until = workday.Next(until)
	}
	return c.submit(at.Meeting, at.Item, meeting.ExtendVote{Item: at.Item, Vote: at.Vote, Until: until})
}

// CloseVote ends the taking of ballots.
func (c *Controller) CloseVote(at VoteAt) (code string) {
	return c.submit(at.Meeting, at.Item, meeting.CloseVote{Item: at.Item, Vote: at.Vote})
}

// CancelVote ends a vote without a result, with a reason.
func (c *Controller) CancelVote(at VoteAt, reason string) (code string) {
	return c.submit(at.Meeting, at.Item, meeting.CancelVote{Item: at.Item, Vote: at.Vote, Reason: reason})
}

// RepeatVote prepares a vote once more; openly with names.
func (c *Controller) RepeatVote(at VoteAt, openly bool) (code string) {
	return c.submit(at.Meeting, at.Item, meeting.RepeatVote{Item: at.Item, Vote: at.Vote, As: meeting.VoteID(uuid.NewString()), Openly: openly})
}

// AnnounceVote shows the result to everybody.
func (c *Controller) AnnounceVote(at VoteAt) (code string) {
	return c.submit(at.Meeting, at.Item, meeting.AnnounceVote{Item: at.Item, Vote: at.Vote})
}

// RemoveVote takes a vote away that was not opened.
func (c *Controller) RemoveVote(at VoteAt) (code string) {
	return c.submit(at.Meeting, at.Item, meeting.RemoveVote{Item: at.Item, Vote: at.Vote})
}

// voteShown is the vote that the big screen shows of an item: an open one, or
// the last that was posed or announced.
func (c scene) voteShown(item meeting.ItemID) *VoteShown {
	var found *meeting.Voting
	for i, v := range c.s.Contents[item].Votes {
		if v.Plan.Ahead && v.State != meeting.Announced {
			continue
		}
		switch v.State {
		case meeting.Polling:
			return c.shown(item, v)
		case meeting.Posed, meeting.Polled, meeting.Tallied, meeting.Announced:
			if found == nil || found.State == meeting.Announced || v.State != meeting.Announced {
				found = &c.s.Contents[item].Votes[i]
			}
		}
	}
	if found == nil {
		return nil
	}
	return c.shown(item, *found)
}

func (c scene) shown(item meeting.ItemID, v meeting.Voting) *VoteShown {
	roll := c.rollOf(item, v)
	out := &VoteShown{VoteAt: c.at(item, v), Question: v.Plan.Question, Mode: v.Plan.Poll.Mode, State: v.State, Choices: c.choices(v.Plan.Poll.Options),
		Needs: v.Plan.Poll.Needs(roll), Taken: len(v.Taken), Voters: len(roll.Voters) + len(roll.Late), Absent: len(roll.Absent)}
	out.Timed, out.Left = c.left(v)
	if v.State == meeting.Announced {
		r := c.result(v, v.Result, v.Digest)
		out.Result = &r
	}
	return out
}

// stepOfVote is what comes next with the running item's votes: one that runs
// before one that was posed, and that before one that is prepared.
func (c scene) stepOfVote(item meeting.ItemID) Step {
	var posed, prepared Step
	for _, v := range c.s.Contents[item].Votes {
		st := Step{Item: item, Vote: v.ID}
		switch {
		case v.Plan.Ahead:
			continue
		case v.State == meeting.Polling:
			st.Kind, st.Key, st.Confirm, st.command = StepPollEnd, "vote.chair.close", true, meeting.CloseVote{Item: item, Vote: v.ID}
			return st
		case v.State == meeting.Polled:
			st.Kind, st.Key = StepCounting, "vote.chair.counting"
			return st
		case v.State == meeting.Tallied:
			st.Kind, st.Key, st.Confirm, st.command = StepAnnounce, "vote.chair.announce", true, meeting.AnnounceVote{Item: item, Vote: v.ID}
			return st
		case v.State == meeting.Posed && posed.Kind == "":
			st.Kind, st.Key, st.command = StepPoll, "vote.chair.open", meeting.OpenVote{Item: item, Vote: v.ID}
			posed = st
		case v.State == meeting.Prepared && prepared.Kind == "":
			st.Kind, st.Key, st.command = StepPose, "vote.chair.pose", meeting.PoseVote{Item: item, Vote: v.ID}
			prepared = st
		}
	}
	if posed.Kind != "" {
		return posed
	}
	return prepared
}

// precedence compares two people by their order, then by name.
func (c scene) precedence(a, b meeting.PersonID) int {
	order := func(id meeting.PersonID) int {
		if p, ok := c.s.People[id]; ok {
			return p.Order
		}
		return c.view.Roster.People[id].Order
	}
	return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(c.name(a), c.name(b)), cmp.Compare(a, b))
}
