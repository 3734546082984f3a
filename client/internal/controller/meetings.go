package controller

import (
	"net/netip"
	"slices"
	"strings"
	"time"

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
func (c *Controller) Chair(id string) ChairView {
	out := chairView(c.seen(), id, c.now())
	out.HadRole = c.hadRole(id, out.Current)
	return out
}

// hadRole reports whether this person was seen to present in an item.
func (c *Controller) hadRole(id string, item meeting.ItemID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.inside != nil && item != "" && c.inside.presented[id] == item
}

// Projector is the room's big screen: the meeting chosen by ChooseProjected,
// or else the running one; for a while after its end the one that ran.
func (c *Controller) Projector() ProjectorView {
	v := c.seen()
	c.mu.Lock()
	id := c.shown
	if id == "" {
		id = projected(v)
	}
	if id != "" {
		c.ran, c.ranUntil = id, c.now()
	}
	ran, since := c.ran, c.now().Sub(c.ranUntil)
	c.mu.Unlock()
	out := projectorView(v, id, c.now())
	if id == "" && since < endShown {
		endOf(&out, v, ran)
	}
	c.invite(&out)
	return out
}

// endShown is how long the big screen says that a meeting has ended.
const endShown = 15 * time.Minute

// endOf has the big screen say that the meeting which ran there has ended.
func endOf(out *ProjectorView, v session.View, ran string) {
	for _, m := range v.List {
		if p := meeting.Phase(m.Phase); m.ID == ran && (p == meeting.Closed || p == meeting.Adjourned) {
			out.Meeting, out.Title, out.Phase, out.PhaseKey = m.ID, m.Title, p, phaseKeys[p]
		}
	}
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
	if (loopback(a.Host) || strings.Contains(a.Host, ":")) && c.finder != nil {
		for _, r := range c.finder.Rooms() {
			if same(in.room, r.ID, r.Fingerprint) {
				to := typable(r)
				a = discovery.Address{Host: to.Addr().String(), Port: to.Port()}
			}
		}
	}
	a.Fingerprint, a.Room = in.room.Key, in.room.ID
	out.Join, out.JoinLink = strings.TrimPrefix(a.URL(), "https://"), a.JoinURL()
	if !a.Fingerprint.IsZero() {
		out.Code = a.Fingerprint.Code()
	}
}

// typable is the room's address that is typed most easily: of the fourth
// version where it has one.
func typable(r discovery.Room) netip.AddrPort {
	for _, a := range append([]netip.AddrPort{r.Addr}, r.Addrs...) {
		if ip := a.Addr().Unmap(); ip.Is4() && !ip.IsLoopback() {
			return netip.AddrPortFrom(ip, a.Port())
		}
	}
	return r.Addr
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
