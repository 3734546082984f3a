// Package session is a device's connection to a room: it dials, resumes and
// backs off, keeps what waits to be sent, follows meetings, and brings their
// documents to the device. What it knows is a View at any moment.
package session

import (
	"context"
	"sync"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
	"phonghop/shared/roster"
)

// Options are what a session is made for.
type Options struct {
	Server *Server
	// Me is who is signed in, as last known.
	Me roster.Person
	// Area is where this person's part of the device's cache is.
	Area *cache.Area
	// Outbox is the record of what this program wants sent; "" means
	// RecordOutbox, the only one on the device.
	Outbox string
	// Claim reports whether the outbox of this name belongs to a program that
	// has ended, and keeps it from others as long as this one runs. With wait it
	// answers when that is so, or with false once ctx is done. nil: there are no
	// others.
	Claim func(ctx context.Context, outbox string, wait bool) bool
	// Client is the device's random id, Program the program and its version.
	Client  string
	Program string
	// Now is the device's clock; nil means time.Now.
	Now func() time.Time
	// Dial opens the socket; nil means Server.Dial.
	Dial Dialer
	// Changed is called after the View changed, from any goroutine, without
	// any lock held.
	Changed func()
	// Refused is called with each command that the server did not carry out.
	Refused func(replica.Refused)
}

// Session is one person's connection to a room. It is safe for concurrent use.
type Session struct {
	opt    Options
	ctx    context.Context
	cancel context.CancelFunc
	all    sync.WaitGroup

	// Signals, each of one place: they say that there may be something to do.
	wakeDial, wakeKeep, wakeFetch, wakeList, wakeLeft chan struct{}

	retaining, claiming sync.Mutex // each taken before mu

	mu      sync.Mutex
	replica *replica.Replica
	conn    *conn
	// giveUpDial ends the try to connect that is under way, nil for none.
	giveUpDial context.CancelFunc
	link       Link
	why        *Problem
	view       View
	list       []protocol.MeetingSummary
	listed     bool
	known      map[string]bool // meetings of which the replica may hold something
	open       map[string]bool
	follow     map[string]Followers
	parts      map[string]Part
	reading    map[string]bool // by item stream: what was last told
	keep       keeping
	fetching   fetching
	inking     inking
}

// Start begins a session with what the device kept of the last one, and
// connects. It must be closed.
func Start(o Options) *Session {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Outbox == "" {
		o.Outbox = RecordOutbox
	}
	if o.Dial == nil {
		o.Dial = o.Server.Dial
	}
	ctx, cancel := context.WithCancel(context.Background())
	signal := func() chan struct{} { return make(chan struct{}, 1) }
	s := &Session{
		opt: o, ctx: ctx, cancel: cancel, link: Connecting,
		wakeDial: signal(), wakeKeep: signal(), wakeFetch: signal(), wakeList: signal(), wakeLeft: signal(),
		replica: replica.New(replica.Options{Person: o.Me.ID, Client: o.Client, Program: o.Program}),
		known:   map[string]bool{}, open: map[string]bool{}, follow: map[string]Followers{}, parts: map[string]Part{},
		reading: map[string]bool{}, keep: newKeeping(), fetching: newFetching(), inking: newInking(),
	}
	s.restore()
	s.mu.Lock()
	s.look()
	s.mu.Unlock()
	s.all.Go(s.run)
	s.all.Go(s.keeper)
	s.all.Go(s.prefetch)
	s.all.Go(s.lister)
	s.all.Go(s.watchNetwork)
	if o.Claim != nil {
		s.all.Go(s.heir)
	}
	return s
}

// Close ends the session and waits until what waits to be sent is kept.
func (s *Session) Close() {
	s.cancel()
	s.mu.Lock()
	if s.conn != nil {
		s.conn.socket.Close()
	}
	s.mu.Unlock()
	s.all.Wait()
}

// View is what the session knows now.
func (s *Session) View() View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.view
}

// Server is whom the session talks to.
func (s *Session) Server() *Server { return s.opt.Server }

// Wake makes a session that waits try at once, and one that seems connected
// make sure that it is.
func (s *Session) Wake() {
	s.mu.Lock()
	if s.conn != nil {
		s.conn.socket.Probe()
	}
	s.mu.Unlock()
	poke(s.wakeDial)
	poke(s.wakeLeft)
}

// Redial is Wake for a device that slept: whatever connection there was, or
// was being tried, belongs to the past.
func (s *Session) Redial() {
	s.mu.Lock()
	if s.conn != nil {
		s.conn.socket.Close()
	}
	if s.giveUpDial != nil {
		s.giveUpDial()
	}
	s.mu.Unlock()
	poke(s.wakeDial)
}

// Open follows meetings, beside those that are followed already.
func (s *Session) Open(ids ...string) {
	s.change(func(e *effects) {
		for _, id := range ids {
			s.known[id], s.open[id] = true, true
			e.add(s.replica.Open(id))
			e.add(s.replica.OpenNotes(id))
		}
	})
}

// CloseMeeting stops following a meeting. What is known of it stays on the
// device.
func (s *Session) CloseMeeting(id string) {
	s.change(func(e *effects) {
		delete(s.open, id)
		delete(s.inking.layers, id)
		e.add(s.replica.CloseNotes(id))
		e.add(s.replica.Close(id))
	})
}

// Held lists the meetings of which something is on the device, with their
// phase as it is known here.
func (s *Session) Held() map[string]meeting.Phase {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := map[string]meeting.Phase{}
	for id := range s.known {
		if m, ok := s.replica.Confirmed(id); ok {
			out[id] = m.Phase
		}
	}
	return out
}

// Submit decides a command on a meeting here, and has it sent. An item's
// commands go to the item's stream, all others to the meeting's (item ""). The
// error is the *meeting.Refusal of the decision, or a *Problem.
func (s *Session) Submit(id string, item meeting.ItemID, c meeting.Command) error {
	stream := protocol.MeetingStream(id)
	if item != "" {
		stream = protocol.ItemStream(id, string(item))
	}
	var failed error
	s.change(func(e *effects) {
		now := s.opt.Now()
		if failed = s.replica.Try(now, id, c); failed != nil {
			return
		}
		failed = s.take(e, id, stream, c)
	})
	return failed
}

// Reading tells the others of an item whether this person follows the
// presenter. It is told again after each reconnection.
func (s *Session) Reading(id string, item meeting.ItemID, following bool) {
	stream := protocol.ItemStream(id, string(item))
	s.mu.Lock()
	defer s.mu.Unlock()
	if was, told := s.reading[stream]; told && was == following {
		return
	}
	clear(s.reading) // one reads in one place
	s.reading[stream] = following
	s.tellReading()
}

func (s *Session) tellReading() {
	for stream, following := range s.reading {
		s.presence(stream, protocol.Presence{Kind: protocol.PresenceReading, Following: following})
	}
}

// ShowPart tells the others of an item which part of the page the presenter
// looks at. Only the newest is sent.
func (s *Session) ShowPart(id string, item meeting.ItemID, p Part) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.presence(protocol.ItemStream(id, string(item)), protocol.Presence{Kind: protocol.PresenceView, Document: string(p.Place.Document),
		Version: p.Place.Version, Page: p.Place.Page, Top: p.Top, Height: p.Height})
}

// effects gathers what has to be done after the lock is released.
type effects struct {
	replica.Effects
}

func (e *effects) add(o replica.Effects) {
	e.Send = append(e.Send, o.Send...)
	e.Changed = append(e.Changed, o.Changed...)
	e.Refused = append(e.Refused, o.Refused...)
	e.Over = e.Over || o.Over
	e.Done = append(e.Done, o.Done...)
	e.Lost = append(e.Lost, o.Lost...)
	e.Presence = append(e.Presence, o.Presence...)
}

// change runs a step under the lock and does what follows from it.
func (s *Session) change(step func(e *effects)) {
	var e effects
	s.mu.Lock()
	step(&e)
	s.apply(e.Effects)
	s.look()
	s.mu.Unlock()
	if s.opt.Refused != nil {
		for _, r := range e.Refused {
			s.opt.Refused(r)
		}
	}
	s.changed()
}

func (s *Session) changed() {
	if s.opt.Changed != nil {
		s.opt.Changed()
	}
}

// apply does what the replica asks for.
func (s *Session) apply(e replica.Effects) {
	s.send(e.Send...)
	for _, stream := range e.Changed {
		s.keep.touch(stream)
		if _, held := s.replica.Position(stream); !held {
			s.keep.urgent = true // it may be for others only now
		}
	}
	for _, l := range e.Lost {
		s.keep.touch(l.Stream)
		s.keep.urgent = true
	}
	for _, p := range e.Presence {
		s.present(p)
	}
	if len(e.Done)+len(e.Refused) > 0 || s.replica.Settled() > 0 {
		s.keep.over = true
	}
	if e.Over {
		s.keep.outbox()
	}
	if len(e.Changed)+len(e.Lost)+len(e.Done)+len(e.Refused) > 0 {
		poke(s.wakeKeep)
		poke(s.wakeFetch)
	}
}

func (s *Session) present(p replica.Presence) {
	switch p.Kind {
	case protocol.PresenceFollowers:
		s.follow = with(s.follow, p.Stream, Followers{max(p.Follow, 0), max(p.Apart, 0)})
	case protocol.PresenceView:
		top := min(max(p.Top, 0), 1)
		s.parts = with(s.parts, p.Stream, Part{
			Place: meeting.Place{Document: meeting.DocumentID(p.Document), Version: p.Version, Page: p.Page},
			Top:   top, Height: min(max(p.Height, 0), 1-top),
		})
	case protocol.PresenceInk:
		s.presentInk(p.Stream, p.Strokes)
	case protocol.PresenceLaser:
		s.inking.lasers = with(s.inking.lasers, p.Stream, Laser{
			Place: meeting.Place{Document: meeting.DocumentID(p.Document), Version: p.Version, Page: p.Page},
			X:     p.X, Y: p.Y, Off: p.Off, Seen: s.opt.Now(),
		})
	case protocol.PresenceMeetings:
		poke(s.wakeList)
	}
}

func poke(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}
