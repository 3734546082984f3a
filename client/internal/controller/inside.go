package controller

import (
	"context"
	"maps"
	"slices"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// goInside starts being in a room as the person who is signed in there.
// server is the one that was met, nil to make one.
func (c *Controller) goInside(room knownRoom, server *session.Server) {
	if server == nil {
		server = session.NewServer(room.Address, pin.New(room.Key))
		server.SetToken(room.Token)
	}
	server.ActAs(string(room.Person.ID))
	room.Cookie, room.Leave = c.opt.Home != "", false
	if !slices.Contains(room.People, room.Person.ID) {
		room.People = append(slices.Clone(room.People), room.Person.ID)
	}
	in := &inside{room: room, area: c.area(room, room.Person.ID), followed: map[string]bool{}, presented: map[string]meeting.ItemID{}, layers: map[string]meeting.Sheet{}, carried: map[string]bool{}, voting: newVoting()}
	in.ctx, in.cancel = context.WithCancel(c.ctx)
	c.mu.Lock()
	defer c.touch()
	defer c.mu.Unlock()
	if c.closed || c.inside != nil {
		in.cancel()
		return
	}
	c.entry.cancelIfAny()
	c.entry = entry{}
	c.remember(room)
	c.inside = in
	c.looking, c.places = map[string]*looking{}, map[string]*places{}
	c.opened, c.follows, c.docs, c.uploads, c.shown = map[string]bool{}, map[string]Follow{}, map[string]*opening{}, nil, ""
	c.sharing, c.histories = map[string]Spot{}, map[historyKey]*history{}
	restoreBallots(in)
	// What the session tells while it starts waits for the lock.
	in.session = session.Start(session.Options{
		Server: server, Me: room.Person, Area: in.area, Client: c.id, Program: c.opt.Program, Now: c.now,
		Outbox: c.outbox, Claim: claimOutbox,
		Changed: func() { c.heard(in) },
		Refused: func(r replica.Refused) { c.refused(r) },
	})
	c.view = in.session.View()
	c.all.Go(func() { c.carryBallots(in) })
	c.all.Go(func() { c.settleIn(room.Shared) })
}

// settleIn asks the device to keep what it was given, and says once where it
// cannot.
func (c *Controller) settleIn(shared bool) {
	if !shared {
		c.store.Persist()
	}
	c.mu.Lock()
	news := c.opt.Home != "" && !c.store.Lasting() && !c.fickle
	c.fickle = c.fickle || news
	c.mu.Unlock()
	if news {
		c.tell(Notice{Code: "not_kept_here"})
	}
}

// leave ends being in a room. What is kept on the device stays.
func (c *Controller) leave(in *inside) {
	if in == nil {
		return
	}
	c.keepAllReading(in)
	c.mu.Lock()
	if c.inside == in {
		c.inside = nil
		c.view = session.View{}
	}
	c.mu.Unlock()
	in.cancel()
	in.session.Close()
}

// heard takes over what the session knows now, and goes with the presenters.
func (c *Controller) heard(in *inside) {
	type place struct {
		id        string
		item      meeting.ItemID
		following bool
	}
	var told []place
	layers := map[string]meeting.Sheet{}
	c.mu.Lock()
	if c.inside != in {
		c.mu.Unlock()
		return
	}
	c.view = in.session.View()
	for id, m := range c.view.Meetings {
		f := c.follows[id].See(m)
		f = f.Hold(ahead(c.view, id, f.At()))
		c.follows[id] = f
		if m.Current != "" && m.Contents[m.Current].Presenter == c.view.Me.ID {
			in.presented[id] = m.Current
		}
		c.dropSharing(id)
		if at := sheetAt(f.At()); in.layers[id] != at {
			in.layers[id], layers[id] = at, at
		}
		if c.opened[id] && m.Current != "" && m.MaySee(c.view.Me.ID, m.Current) {
			told = append(told, place{id, m.Current, f.Following()})
		}
	}
	c.mu.Unlock()
	for id, sheet := range layers {
		in.session.FollowLayer(id, sheet)
	}
	for _, p := range told {
		in.session.Reading(p.id, p.item, p.following)
	}
	c.touch()
}

func (c *Controller) refused(r replica.Refused) {
	if c.rescued(r) {
		return
	}
	n := Notice{Code: screenCode(r.Code)}
	if name, ok := protocol.ParseStream(r.Stream); ok {
		n.Meeting = name.Meeting
	}
	if cast, ok := r.Command.(meeting.CastVote); ok {
		c.refusedBallot(n.Meeting, cast, r.Code)
	}
	c.tell(n)
}

// settle follows up a change: which meetings to follow, uploads that can go
// on, and a sign-in that has ended.
func (c *Controller) settle() {
	c.mu.Lock()
	in, v := c.inside, c.view
	c.mu.Unlock()
	if in == nil {
		return
	}
	if v.Link == session.Ended && v.Why != nil && v.Why.Code == protocol.CodeSignIn {
		c.signedOut(in)
		return
	}
	c.followMeetings(in, v)
	c.carryPlaces(in, v)
	c.tendVotes(in, v)
	c.mu.Lock()
	c.sendNext()
	c.mu.Unlock()
}

// signedOut goes back to the sign-in after the server ended it. What waits to
// be sent stays for when the person is back.
func (c *Controller) signedOut(in *inside) {
	c.leave(in)
	room := in.room
	if c.leftElsewhere(room) {
		_ = in.area.Wipe(c.rescue(room)...) // as the other tab did; this one may have kept something since
	} else {
		c.forgetSignIn(room)
	}
	why := Code(&session.Problem{Code: protocol.CodeSignIn})
	if c.opt.Home != "" { // whatever room is at home now, and whoever is signed in there
		c.meet(target{key: c.opt.Home, base: c.opt.Home, sure: true}, why)
		return
	}
	room.Token = ""
	c.meet(target{key: roomKey(room.ID, room.Key), base: in.session.Server().Base(), id: room.ID, pin: room.Key, sure: true, room: room}, why)
}

// maxFollowed is how many meetings are followed without a screen.
const maxFollowed = 12

// soon is how long before its start a meeting is brought to the device: its
// documents are sent some working days before, to be read at leisure. lately is
// how long after its start it is followed still.
const (
	soon   = 14 * 24 * time.Hour
	lately = 48 * time.Hour
)

func (c *Controller) followMeetings(in *inside, v session.View) {
	held := in.session.Held()
	c.mu.Lock()
	want := maps.Clone(c.opened)
	for _, id := range due(v, held, v.Now(c.now())) {
		want[id] = true
	}
	var open, end []string
	for id := range want {
		if !in.followed[id] {
			open = append(open, id)
		}
	}
	for id := range in.followed {
		if !want[id] {
			end = append(end, id)
		}
	}
	in.followed = want
	c.mu.Unlock()
	if len(open) > 0 {
		in.session.Open(open...)
	}
	for _, id := range end {
		in.session.CloseMeeting(id)
	}
}

// due lists meetings to follow although no screen shows them: those that run
// or begin soon, and those of which the device holds an old state, so that
// what is not for this person any more goes away.
func due(v session.View, held map[string]meeting.Phase, now time.Time) []string {
	var run, next, old []string
	// The list has the latest start first; what begins first comes first here.
	for _, m := range slices.Backward(v.List) {
		phase := meeting.Phase(m.Phase)
		begins := m.Starts.Sub(now)
		near := begins < soon && begins > -lately
		have, here := held[m.ID]
		switch {
		case running(phase):
			run = append(run, m.ID)
		case near && (phase == meeting.Published || phase == meeting.Adjourned):
			next = append(next, m.ID)
		case here && have != phase:
			old = append(old, m.ID)
		}
	}
	out := slices.Concat(run, old, next) // old ones are soon done with
	return out[:min(len(out), maxFollowed)]
}
