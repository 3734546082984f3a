package controller

import (
	"slices"
	"strings"

	"phonghop/client/internal/session"
	"phonghop/shared/discovery"
	"phonghop/shared/meeting"
)

// Meetings is the list of meetings.
func (c *Controller) Meetings() MeetingsView { return meetingsView(c.seen(), c.now()) }

// RefreshMeetings asks the server for the list anew. It does so by itself
// when something changed.
func (c *Controller) RefreshMeetings() {
	if s := c.session(); s != nil {
		s.RefreshList()
	}
}

// OpenMeeting follows a meeting: its models fill, its documents are fetched.
// It may be called again for the same one.
func (c *Controller) OpenMeeting(id string) {
	c.mu.Lock()
	in := c.inside
	if in == nil {
		c.mu.Unlock()
		return
	}
	c.opened[id] = true
	in.followed[id] = true
	c.mu.Unlock()
	in.session.Open(id)
}

// LeaveMeeting stops following a meeting that no screen shows any more.
// Meetings that run or begin soon are followed all the same, so that their
// documents are on the device in time.
func (c *Controller) LeaveMeeting(id string) {
	c.mu.Lock()
	delete(c.opened, id)
	c.mu.Unlock()
	c.touch()
}

// Meeting is a participant's start in a meeting: the agenda.
func (c *Controller) Meeting(id string) MeetingView { return meetingView(c.seen(), id, c.now()) }

// Chair is the chair's console.
func (c *Controller) Chair(id string) ChairView { return chairView(c.seen(), id, c.now()) }

// Projector is the room's big screen: the meeting chosen by ChooseProjected,
// or else the running one.
func (c *Controller) Projector() ProjectorView {
	v := c.seen()
	c.mu.Lock()
	id := c.shown
	c.mu.Unlock()
	if id == "" {
		id = projected(v)
	}
	out := projectorView(v, id, c.now())
	c.invite(&out)
	return out
}

// projected is the running meeting, by the earliest start.
func projected(v session.View) string {
	for _, m := range slices.Sorted(func(yield func(string) bool) {
		for _, m := range v.List {
			if running(meeting.Phase(m.Phase)) && !yield(m.Starts.UTC().Format("20060102150405")+" "+m.ID) {
				return
			}
		}
	}) {
		_, id, _ := strings.Cut(m, " ")
		return id
	}
	return ""
}

// invite fills in how others come to the room.
func (c *Controller) invite(out *ProjectorView) {
	c.mu.Lock()
	in := c.inside
	c.mu.Unlock()
	if in == nil {
		return
	}
	if out.Room == "" {
		out.Room = in.room.Name
	}
	a := address(in.session.Server().Base())
	if loopback(a.Host) && c.finder != nil {
		for _, r := range c.finder.Rooms() {
			if same(in.room, r.ID, r.Fingerprint) {
				a = discovery.Address{Host: r.Addr.Addr().String(), Port: r.Addr.Port()}
			}
		}
	}
	a.Fingerprint, a.Room = in.room.Key, in.room.ID
	out.Join, out.JoinLink = strings.TrimPrefix(a.URL(), "https://"), a.JoinURL()
	if !a.Fingerprint.IsZero() {
		out.Code = a.Fingerprint.Code()
	}
}

func loopback(host string) bool {
	return host == "localhost" || strings.HasPrefix(host, "127.") || host == "::1"
}

// ChooseProjected chooses what the big screen shows; "" goes back to the
// running meeting.
func (c *Controller) ChooseProjected(id string) {
	c.mu.Lock()
	c.shown = id
	c.mu.Unlock()
	if id != "" {
		c.OpenMeeting(id)
	}
	c.touch()
}

// Desk is the secretary's screen for one meeting.
func (c *Controller) Desk(id string) DeskView {
	return deskView(c.seen(), id, c.uploadsOf(id), c.now())
}
