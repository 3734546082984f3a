package controller

// Meetings is the list of meetings.
func (c *Controller) Meetings() MeetingsView { return meetingsView(c.seen(), c.now()) }

// OpenMeeting follows a meeting: its models fill, its documents are fetched.
// It may be called again for the same one.
func (c *Controller) OpenMeeting(id string) {}

// LeaveMeeting stops following a meeting that no screen shows any more.
// Meetings that run or begin soon are followed all the same, so that their
// documents are on the device in time.
func (c *Controller) LeaveMeeting(id string) {}

// Meeting is a participant's start in a meeting: the agenda.
func (c *Controller) Meeting(id string) MeetingView { return meetingView(c.seen(), id, c.now()) }

// Chair is the chair's console.
func (c *Controller) Chair(id string) ChairView { return chairView(c.seen(), id, c.now()) }

// Projector is the room's big screen: the meeting chosen by ChooseProjected,
// or else the running one.
func (c *Controller) Projector() ProjectorView { return projectorView(c.seen(), "", c.now()) }

// ChooseProjected chooses what the big screen shows; "" goes back to the
// running meeting.
func (c *Controller) ChooseProjected(id string) {}

// Desk is the secretary's screen for one meeting.
func (c *Controller) Desk(id string) DeskView {
	return deskView(c.seen(), id, nil, c.now())
}
