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
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/client/internal/session"
	"phonghop/shared/discovery"
	"phonghop/shared/meeting"
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
	// Resumed says that this start goes on with the one before, as a tab does
	// whose page is loaded anew: nobody else had the device in between.
	Resumed bool
	// Now is the device's clock; nil means time.Now.
	Now func() time.Time
	// Delay is how long a secret ballot waits before it is cast; nil means a
	// random time of up to three seconds.
	Delay func() time.Duration
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
	opt    Options
	now    func() time.Time
	store  *cache.Store
	device *cache.Area
	id     string // the device's, random, kept across starts
	outbox string // this program's, see session.Options
	fickle bool   // it was told that nothing can be kept here
	finder Finder
	ctx    context.Context
	cancel context.CancelFunc
	all    sync.WaitGroup

	// dirty says that something may have changed, told that there is
	// something to tell.
	dirty, told chan struct{}

	mu      sync.Mutex
	closed  bool
	rooms   []knownRoom
	answers map[string]Answer // of known rooms, by address
	entry   entry
	inside  *inside
	view    session.View
	shown   string // the meeting chosen for the big screen
	// ran is the meeting the big screen showed last, ranUntil when.
	ran      string
	ranUntil time.Time
	opened   map[string]bool
	follows  map[string]Follow
	docs     map[string]*opening
	uploads  []*sending
	looking  map[string]*looking // searches, by meeting
	places   map[string]*places  // where the person read, by meeting
	hand     Hand
	turns    map[string]int // how documents are turned, by hash; nil until they were read
	// sharing has by meeting the page on which one chose the shared layer.
	sharing   map[string]Spot
	histories map[historyKey]*history
	notices   []Notice
	hearers   map[int]func()
	readers   map[int]func(Notice)
	next      int // number of the next hearer
}

// inside is being in a room, as one person.
type inside struct {
	// presented is by meeting the item in which the person presented last.
	presented map[string]meeting.ItemID
	session   *session.Session
	room      knownRoom
	area      *cache.Area
	ctx       context.Context
	cancel    context.CancelFunc
	// followed has the meetings the session was told to follow.
	followed map[string]bool
	// layers has by meeting the shared layer the session was told to follow.
	layers map[string]meeting.Sheet
	// carried has the meetings of which nothing is left of what earlier
	// programs kept; of settle alone.
	carried map[string]bool
	voting
}

// New starts a controller. It goes into the last room by itself where this
// device was left signed in. It must be closed.
func New(opt Options) *Controller {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := &Controller{
		opt: opt, now: opt.Now, ctx: ctx, cancel: cancel,
		dirty: make(chan struct{}, 1), told: make(chan struct{}, 1),
		answers: map[string]Answer{}, opened: map[string]bool{}, follows: map[string]Follow{}, docs: map[string]*opening{}, looking: map[string]*looking{}, places: map[string]*places{},
		hearers: map[int]func(){}, readers: map[int]func(Notice){},
	}
	c.store = cache.Open(opt.Dir, opt.CacheBytes)
	c.device = c.store.Area()
	c.id = deviceID(c.device)
	c.outbox = ownOutbox()
	c.rooms = knownRooms(c.device)
	c.hand = keptHand(c.device)
	c.wipeShared()
	c.all.Go(c.notify)
	c.find()
	switch {
	case opt.Home != "":
		c.comeHome()
	case len(c.rooms) > 0 && c.rooms[0].Token != "":
		c.goInside(c.rooms[0], nil)
	}
	return c
}

// Close ends everything, waits for it, and keeps what waits to be sent.
func (c *Controller) Close() {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return
	}
	c.closed = true
	in := c.inside
	c.mu.Unlock()
	c.cancel()
	c.leave(in)
	c.wipeShared()
	if c.finder != nil {
		c.finder.Stop()
	}
	c.all.Wait()
}

// Subscribe has f called whenever models may have changed: on a goroutine of
// the controller's own, many changes in one call, never two calls at a time.
// f may call every method of the controller but Close. cancel ends it.
func (c *Controller) Subscribe(f func()) (cancel func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.next
	c.next++
	c.hearers[n] = f
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.hearers, n)
	}
}

// OnNotice has f called with what the person is to be told, on a goroutine of
// the controller's own.
func (c *Controller) OnNotice(f func(Notice)) (cancel func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.next
	c.next++
	c.readers[n] = f
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.readers, n)
	}
}

// Stage tells which screens to show.
func (c *Controller) Stage() Stage {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.inside != nil:
		return StageInside
	case c.entry.met || c.opt.Home != "":
		return StageSignIn
	}
	return StageRooms
}

// Wake is to be called when the device comes back from sleep, the program to
// the foreground, or the network is said to be back: the connection is tried
// at once.
func (c *Controller) Wake() {
	if s := c.session(); s != nil {
		s.Wake()
	}
}

// session is the one of being inside, or nil.
func (c *Controller) session() *session.Session {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.inside == nil {
		return nil
	}
	return c.inside.session
}

// touch says that models may have changed.
func (c *Controller) touch() {
	select {
	case c.dirty <- struct{}{}:
	default:
	}
}

// tell gives the person a notice.
func (c *Controller) tell(n Notice) {
	c.mu.Lock()
	c.notices = append(c.notices, n)
	c.mu.Unlock()
	select {
	case c.told <- struct{}{}:
	default:
	}
}

// notify calls those who want to hear, and does what follows from a change.
func (c *Controller) notify() {
	for {
		select {
		case <-c.ctx.Done():
			return
		case <-c.dirty:
			c.settle()
			for _, f := range values(&c.mu, c.hearers) {
				f()
			}
		case <-c.told:
			c.mu.Lock()
			all := c.notices
			c.notices = nil
			c.mu.Unlock()
			for _, n := range all {
				for _, f := range values(&c.mu, c.readers) {
					f(n)
				}
			}
		}
	}
}

// values copies a map's values, so that they can be called without the lock.
func values[F any](mu *sync.Mutex, m map[int]F) []F {
	mu.Lock()
	defer mu.Unlock()
	var out []F
	for _, n := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[n])
	}
	return out
}
