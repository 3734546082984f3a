package controller

import (
	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Do takes the chair's next step, as Chair gave it. When the meeting has moved
// on since, nothing happens and bad_state comes back.
func (c *Controller) Do(id string, s Step) (code string) {
	now := sceneOf(c.seen(), id, c.now()).step()
	if s.command == nil || now.Kind != s.Kind || now.Item != s.Item || now.Vote != s.Vote {
		return string(meeting.BadState)
	}
	if s.Kind == StepPoll {
		return c.OpenVote(VoteAt{Meeting: id, Item: s.Item, Vote: s.Vote})
	}
	return c.submit(id, s.Item, s.command)
}

// Publish lets the participants into a draft.
func (c *Controller) Publish(id string) (code string) { return c.submit(id, "", meeting.Publish{}) }

// OpenSitting starts a sitting; with presiding "" the first chair presides.
func (c *Controller) OpenSitting(id string, presiding meeting.PersonID) (code string) {
	return c.submit(id, "", meeting.OpenSitting{Presiding: presiding})
}

// Pause begins a break.
func (c *Controller) Pause(id string) (code string) {
	return c.submit(id, "", meeting.PauseSitting{})
}

// Resume ends the break.
func (c *Controller) Resume(id string) (code string) {
	return c.submit(id, "", meeting.ResumeSitting{})
}

// EndSitting ends the sitting; the meeting goes on another time.
func (c *Controller) EndSitting(id string) (code string) {
	return c.submit(id, "", meeting.EndSitting{})
}

// CloseMeeting ends the meeting for good.
func (c *Controller) CloseMeeting(id string) (code string) {
	return c.submit(id, "", meeting.Close{})
}

// PassChair hands the presiding over.
func (c *Controller) PassChair(id string, to meeting.PersonID) (code string) {
	return c.submit(id, "", meeting.PassChair{To: to})
}

// AllowActing lets a secretary give the chair's commands, or stops that.
func (c *Controller) AllowActing(id string, who meeting.PersonID, on bool) (code string) {
	return c.submit(id, "", meeting.AllowActing{Person: who, On: on})
}

// StartItem starts an item; the running one ends.
func (c *Controller) StartItem(id string, item meeting.ItemID) (code string) {
	return c.setState(id, item, meeting.Running, "")
}

// EndItem ends an item.
func (c *Controller) EndItem(id string, item meeting.ItemID) (code string) {
	return c.setState(id, item, meeting.Done, "")
}

// SuspendItem leaves the running item, to come back to it.
func (c *Controller) SuspendItem(id string, item meeting.ItemID) (code string) {
	return c.setState(id, item, meeting.Suspended, "")
}

// PostponeItem puts an item off to a later meeting, with a reason.
func (c *Controller) PostponeItem(id string, item meeting.ItemID, reason string) (code string) {
	return c.setState(id, item, meeting.Postponed, reason)
}

// WithdrawItem takes an item off the agenda, with a reason.
func (c *Controller) WithdrawItem(id string, item meeting.ItemID, reason string) (code string) {
	return c.setState(id, item, meeting.Withdrawn, reason)
}

func (c *Controller) setState(id string, item meeting.ItemID, to meeting.ItemState, reason string) string {
	return c.submit(id, item, meeting.SetItemState{Item: item, To: to, Reason: reason})
}

// running gives a command on the running item.
func (c *Controller) running(id string, cmd func(meeting.ItemID) meeting.Command) string {
	item := c.seen().Meetings[id].Current
	if item == "" {
		return string(meeting.BadState)
	}
	return c.submit(id, item, cmd(item))
}

// submit decides a wish here and hands it to the session.
func (c *Controller) submit(id string, item meeting.ItemID, cmd meeting.Command) string {
	s := c.session()
	if s == nil {
		return Code(&session.Problem{Code: protocol.CodeSignIn})
	}
	return Code(s.Submit(id, item, cmd))
}

// seen is what the session knows now.
func (c *Controller) seen() session.View {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.view
}

// move changes where the person reads, and notes where he was. From the
// presented place there is a way back of its own.
func (c *Controller) move(id string, step func(Follow) Follow) {
	c.mu.Lock()
	f := c.follows[id]
	from := f.At()
	if f.Following() {
		from = Spot{}
	}
	c.went(id, from, step(f).At())
	c.mu.Unlock()
	c.moveQuietly(id, step)
}

// moveQuietly changes where the person reads.
func (c *Controller) moveQuietly(id string, step func(Follow) Follow) {
	c.mu.Lock()
	in := c.inside
	c.follows[id] = step(c.follows[id])
	c.mu.Unlock()
	if in != nil {
		c.heard(in)
	}
}
