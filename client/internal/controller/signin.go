package controller

import (
	"context"
	"errors"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// target is a room to go to.
type target struct {
	key  string // of the row, or the typed address
	base string
	id   string // "" where not known
	pin  pin.Fingerprint
	// sure: the key is known from an earlier visit or from the room's own
	// code, not only from an announcement that anybody can make.
	sure bool
	room knownRoom // zero where not known
}

// entry is the way into a room, up to the sign-in.
type entry struct {
	joining string
	cancel  context.CancelFunc
	met     bool // the server told what it is
	server  *session.Server
	info    protocol.RoomInfo
	room    knownRoom
	first   bool // the code is to be compared
	busy    bool
	code    string
	refused string // the remembered room whose key another one does not have
	wait    time.Time
}

func (e *entry) cancelIfAny() {
	if e.cancel != nil {
		e.cancel()
	}
}

// enter goes to a room: straight in where the device is signed in there, with
// or without the network; else as far as the sign-in.
func (c *Controller) enter(t target) {
	c.mu.Lock()
	in := c.inside
	c.mu.Unlock()
	c.leave(in)
	if t.room.Token != "" {
		c.goInside(t.room, nil)
		return
	}
	c.meet(t, "")
}

// enterHome goes to the room whose page this is.
func (c *Controller) enterHome() {
	c.meet(target{key: c.opt.Home, base: c.opt.Home, sure: true}, "")
}

// meet asks a room who it is, and shows its sign-in. why is the code to show
// there.
func (c *Controller) meet(t target, why string) {
	ctx, cancel := context.WithCancel(c.ctx)
	server := session.NewServer(t.base, pin.New(t.pin))
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		cancel()
		return
	}
	c.entry.cancelIfAny()
	c.entry = entry{joining: t.key, cancel: cancel, server: server, code: why}
	c.all.Go(func() {
		defer cancel()
		c.met(ctx, t, server)
	})
	c.mu.Unlock()
	c.touch()
}

func (c *Controller) met(ctx context.Context, t target, server *session.Server) {
	info, err := server.RoomInfo(ctx)
	if err == nil && t.id != "" && info.Room != t.id {
		err = &session.Problem{Code: session.CodeKeyChanged, What: "another room"}
	}
	if err == nil && c.opt.Home != "" {
		if c.greeted(ctx, t, server, info) {
			return
		}
	}
	c.mu.Lock()
	defer c.touch()
	defer c.mu.Unlock()
	e := &c.entry
	if ctx.Err() != nil || e.server != server {
		return
	}
	e.joining = ""
	if err != nil {
		e.code = Code(err)
		if e.code == session.CodeKeyChanged && t.room.ID != "" {
			e.refused = roomKey(t.room.ID, t.room.Key)
		}
		return
	}
	key := server.Fingerprint()
	room, known := c.known(info.Room, key)
	if !known {
		room = knownRoom{ID: info.Room, Key: key}
	}
	room.Name, room.Address = info.Name, t.base
	e.met, e.info, e.room, e.first = true, info, room, !known && !t.sure
	if !e.first {
		c.remember(room)
	}
}

// SignIn is the screen where a person picks his name.
func (c *Controller) SignIn() SignInView {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entry
	out := SignInView{Room: e.info.Name, FirstTime: e.first, Busy: e.busy, Code: e.code, WaitUntil: e.wait}
	if !e.room.Key.IsZero() {
		out.KeyCode = e.room.Key.Code()
	}
	for _, p := range e.info.People {
		out.People = append(out.People, personRow(p))
	}
	if !e.room.Shared {
		out.Last = e.room.Person.ID
	}
	return out
}

// ConfirmCode says that the person compared the code of a room that is new to
// this device with the one on the room's screen: they are the same. Only then
// may anybody sign in.
func (c *Controller) ConfirmCode() {
	c.mu.Lock()
	if c.entry.met && c.entry.first {
		c.entry.first = false
		c.remember(c.entry.room)
	}
	c.mu.Unlock()
	c.touch()
}

// SignInAs signs a person in. What comes of it is seen in SignIn (Busy, Code,
// WaitUntil) and Stage. On a shared device nothing of the sign-in outlives the
// program.
func (c *Controller) SignInAs(person meeting.PersonID, code string, shared bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := &c.entry
	if c.closed || !e.met || e.first || e.busy {
		return
	}
	e.busy, e.code, e.wait = true, "", time.Time{}
	server := e.server
	ctx, cancel := context.WithCancel(c.ctx)
	e.cancel = cancel
	in := protocol.SignIn{Person: string(person), PIN: code, Device: protocol.Device{ID: c.id, Name: c.opt.DeviceName, Shared: shared}}
	c.all.Go(func() {
		defer cancel()
		c.signedIn(ctx, server, in)
	})
	c.touch()
}

func (c *Controller) signedIn(ctx context.Context, server *session.Server, in protocol.SignIn) {
	got, err := server.SignIn(ctx, in)
	c.mu.Lock()
	e := &c.entry
	if ctx.Err() != nil || e.server != server {
		c.mu.Unlock()
		return
	}
	e.busy = false
	if err != nil {
		e.code = Code(err)
		var p *session.Problem
		if errors.As(err, &p) && p.RetryAfter > 0 {
			e.wait = c.now().Add(p.RetryAfter)
		}
		c.mu.Unlock()
		c.touch()
		return
	}
	room := e.room
	room.Person, room.Token, room.Shared = got.Person, got.Token, in.Device.Shared
	c.mu.Unlock()
	c.goInside(room, server)
}

// SignOut ends the sign-in and takes everything of this person off the
// device, documents included, but for what Unsent counts: that waits here
// until the person signs in again. It works without the network too.
func (c *Controller) SignOut() {
	c.mu.Lock()
	in := c.inside
	c.mu.Unlock()
	if in == nil {
		return
	}
	c.leave(in)
	if err := in.area.Wipe(c.rescue(in.room)...); err != nil {
		c.tell(Notice{Code: session.CodeOther})
	}
	room := in.room
	room.Token, room.Leave = "", c.opt.Home != ""
	c.forgetSignIn(room)
	server := session.NewServer(in.session.Server().Base(), pin.New(room.Key))
	server.SetToken(in.session.Server().Token())
	c.all.Go(func() {
		ctx, cancel := context.WithTimeout(c.ctx, askAtMost)
		defer cancel()
		if server.SignOut(ctx) == nil { // without a network a sign-in ends by its time, a browser's later
			c.left(room)
		}
	})
	c.meet(target{key: roomKey(room.ID, room.Key), base: room.Address, id: room.ID, pin: room.Key, sure: true, room: room}, "")
}
