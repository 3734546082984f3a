// Package controller turns what a person means into what a session does, and
// what a session knows into plain models for the screens. It knows no toolkit.
//
// One Controller is one device. It stands at one of three stages: choosing a
// room, signing in, being inside. Methods that give a model (Rooms, SignIn,
// Meetings, Meeting, Reader, Chair, Projector, Desk, People) compute it from
// what is known and return at once. Methods that act never wait for the
// network either: a wish on a meeting is decided here, shown at once, kept on
// the device and sent when the server can be reached.
//
// Methods that act return a refusal code the screens have words for
// ("refusal." + code), "" when the wish was accepted here. Should the server
// refuse it after all (somebody else was quicker), a Notice says so and the
// models fall back by themselves. Wishes that only the server can fulfil take
// a function instead, which is called once with the code, on any goroutine.
//
// All methods may be called from any goroutine.
package controller

import (
	"sync"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/discovery"
)

// Stage is where a device stands on its way into a room.
type Stage string

// The stages.
const (
	StageRooms  Stage = "rooms"   // show Rooms
	StageSignIn Stage = "sign_in" // show SignIn
	StageInside Stage = "inside"  // show Meetings and what is behind it
)

// Finder lists the rooms on the network; *discovery.Browser is one.
type Finder interface {
	Rooms() []discovery.Room
	Updates() <-chan struct{}
	Stop()
}

// Options are what a Controller is made with.
type Options struct {
	// Dir is where the device keeps what it read and what waits to be sent.
	// Empty: in memory only, as in a browser.
	Dir string
	// CacheBytes bounds what is kept in Dir; 0 means 2 GB.
	CacheBytes int64
	// Program names the client program and its version.
	Program string
	// DeviceName is what the server notes of this device, e.g. "Tablet 12".
	DeviceName string
	// Home is the address of the only room there is, as a browser knows it
	// from its own page; "" to choose one. It skips StageRooms.
	Home string
	// Now is the device's clock; nil means time.Now.
	Now func() time.Time
	// Find starts to look for rooms; nil means by multicast DNS, where the
	// platform has it.
	Find func(probe discovery.Prober) Finder
}

// Notice is something to tell the person, once: a wish the server refused, or
// something that did not work behind the scenes.
type Notice struct {
	// Code is a refusal code the screens have words for.
	Code string
	// Args are for the words.
	Args []string
	// Meeting is the meeting concerned, "" for none.
	Meeting string
}

// Controller is one device.
type Controller struct {
	opt Options
	now func() time.Time

	mu      sync.Mutex
	view    session.View
	follows map[string]Follow
}

// New starts a controller. It goes into the last room by itself where this
// device was left signed in. It must be closed.
func New(opt Options) *Controller {
	c := &Controller{opt: opt, now: opt.Now, follows: map[string]Follow{}}
	if c.now == nil {
		c.now = time.Now
	}
	return c
}

// Close ends everything, waits for it, and keeps what waits to be sent.
func (c *Controller) Close() {}

// Subscribe has f called whenever models may have changed: on a goroutine of
// the controller's own, many changes in one call, never two calls at a time.
// f may call every method of the controller but Close. cancel ends it.
func (c *Controller) Subscribe(f func()) (cancel func()) { return func() {} }

// OnNotice has f called with what the person is to be told, on a goroutine of
// the controller's own.
func (c *Controller) OnNotice(f func(Notice)) (cancel func()) { return func() {} }

// Stage tells which screens to show.
func (c *Controller) Stage() Stage { return StageRooms }

// Wake is to be called when the device comes back from sleep, the program to
// the foreground, or the network is said to be back: the connection is tried
// at once.
func (c *Controller) Wake() {}
