package controller

import (
	"context"
	"slices"

	"phonghop/client/internal/session"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// A browser's only room is the server its page came from, and its sign-in is a
// cookie that no script sees. The device remembers that there is one, so that
// a page that is loaded again is inside at once, without the network too; the
// server says with the first answer whether the sign-in still holds.

// comeHome goes into the only room: straight in where this device was left
// signed in.
func (c *Controller) comeHome() {
	c.mu.Lock()
	i := slices.IndexFunc(c.rooms, func(r knownRoom) bool {
		return r.Address == c.opt.Home && r.Cookie && !r.Leave && r.Person.ID != "" && (!r.Shared || c.opt.Resumed)
	})
	var room knownRoom
	if i >= 0 {
		room = c.rooms[i]
	}
	c.mu.Unlock()
	if i < 0 {
		c.enterHome()
		return
	}
	c.goInside(room, nil)
}

// greeted is what comes of the first answer of the only room: whether somebody
// is signed in here. A sign-out without the network is made up for first.
func (c *Controller) greeted(ctx context.Context, t target, server *session.Server, info protocol.RoomInfo) (in bool) {
	c.mu.Lock()
	room, _ := c.known(info.Room, server.Fingerprint())
	c.mu.Unlock()
	if room.Leave {
		if err := server.SignOut(ctx); err != nil && session.CodeOf(err) != protocol.CodeSignIn {
			return false // the sign-in that is shown now ends the other
		}
		room.Leave = false
		c.forgetSignIn(room)
		return false
	}
	me, err := server.Me(ctx)
	if err != nil {
		return false
	}
	if me.ID != room.Person.ID {
		room = knownRoom{}
	}
	room.ID, room.Name, room.Address, room.Person = info.Room, info.Name, t.base, me
	c.goInside(room, server)
	return true
}

// forgetSignIn notes that nobody is signed in here any more.
func (c *Controller) forgetSignIn(room knownRoom) {
	c.mu.Lock()
	defer c.mu.Unlock()
	room.Token, room.Cookie = "", false
	c.remember(room)
}

// leftElsewhere reports whether the person has signed out in another tab, or
// another person has signed in there. What the tabs know of rooms is one.
func (c *Controller) leftElsewhere(room knownRoom) bool {
	if c.opt.Home == "" {
		return false
	}
	c.store.Refresh()
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := knownRooms(c.device); now != nil {
		c.rooms = now
	}
	r, ok := c.known(room.ID, room.Key)
	return ok && (!r.Cookie || r.Person.ID != room.Person.ID)
}

// left notes that the server knows of a sign-out, unless somebody has signed
// in meanwhile.
func (c *Controller) left(room knownRoom) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r, ok := c.known(room.ID, room.Key); ok && r.Leave {
		r.Leave = false
		c.remember(r)
	}
}

// rescue lists the records of a person that nobody else has: wishes that were
// not sent yet, and ballots that were not cast yet; those of other tabs, too.
func (c *Controller) rescue(r knownRoom) []string {
	area := c.area(r, r.Person.ID)
	area.Refresh()
	names := slices.DeleteFunc(area.Records(session.RecordOutbox), func(name string) bool {
		outbox, ok := area.Kept(name)
		return ok && !replica.Unanswered(outbox)
	})
	for _, name := range area.Records(recordBallot) {
		if b, ok := keptBallot(area, name); ok && b.uncast() {
			names = append(names, name)
		}
	}
	return names
}
