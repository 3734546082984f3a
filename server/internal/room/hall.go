// Package room is the live room: the meetings that run in it, each owned by
// one goroutine, and the roster of its people. It keeps nothing itself: a Log
// makes events durable before anybody sees them.
package room

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// Files tells what is known of uploaded documents.
type Files interface {
	// File finds an uploaded file by the SHA-256 of its content in
	// lower-case hexadecimal; ok is false where there is none that can be read.
	File(ctx context.Context, hash string) (f File, ok bool, err error)
}

// File is an uploaded file.
type File struct {
	Pages int
	Bytes int64
	// Sizes are the pages' widths and heights in points, as shown; without
	// them nothing is known of where a page ends.
	Sizes [][2]float64
}

// Options are what a room needs. Log, Files and Now must be set.
type Options struct {
	Log   Log
	Files Files
	Now   func() time.Time
	// Box keeps secret ballots; without one there are no secret votes.
	Box Box
	// Prepare may turn an encoded message into a form that is cheap to send
	// many times.
	Prepare func([]byte) any
	// Stats counts what happens; it may be nil.
	Stats *Stats

	summarised func(Summary)
}

// Stats counts what happened since the start.
type Stats struct {
	Events  atomic.Int64 // events made durable
	Readers atomic.Int64 // readers connected now
}

// Hall is all of a room.
type Hall struct {
	opt   Options
	epoch string
	lobby *Lobby

	mu        sync.Mutex
	meetings  map[string]*entry
	summaries map[string]summaryEntry
	closed    bool
}

// entry is a meeting's goroutine, or its loading: live and err may be read
// once ready is closed.
type entry struct {
	ready chan struct{}
	live  *Live
	err   error
}

type summaryEntry struct {
	Summary
	body summaryBody
}

// Open reads what the log has and opens the room.
func Open(ctx context.Context, opt Options) (*Hall, error) {
	if opt.Stats == nil {
		opt.Stats = &Stats{}
	}
	h := &Hall{meetings: map[string]*entry{}, summaries: map[string]summaryEntry{}}
	opt.summarised = h.summarised
	h.opt = opt
	var err error
	if h.epoch, err = opt.Log.Epoch(ctx); err != nil {
		return nil, fmt.Errorf("epoch: %w", err)
	}
	all, err := opt.Log.Summaries(ctx)
	if err != nil {
		return nil, fmt.Errorf("summaries: %w", err)
	}
	for _, s := range all {
		if err := h.keepSummary(s); err != nil {
			return nil, err
		}
	}
	if h.lobby, err = openLobby(ctx, h.epoch, opt); err != nil {
		return nil, err
	}
	h.startDue(ctx)
	return h, nil
}

// startDue starts the meetings that have to run for their votes.
func (h *Hall) startDue(ctx context.Context) {
	var all []string
	h.mu.Lock()
	for id, s := range h.summaries {
		if s.body.Due {
			all = append(all, id)
		}
	}
	h.mu.Unlock()
	for _, id := range all {
		if _, err := h.live(ctx, id, false); err != nil {
			slog.Error("a meeting with a vote under way was not started", "meeting", id, "err", err)
		}
	}
}

// Close ends the room: what waits is still decided and answered. Closing
// again does nothing.
func (h *Hall) Close() {
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return
	}
	h.closed = true
	all := make([]*entry, 0, len(h.meetings))
	for _, e := range h.meetings {
		all = append(all, e)
	}
	h.mu.Unlock()
	for _, e := range all {
		<-e.ready
		if e.live != nil {
			e.live.close()
		}
	}
	h.lobby.close()
}

// Lobby is the room's roster.
func (h *Hall) Lobby() *Lobby { return h.lobby }

// live finds a meeting's goroutine, starting it when needed. A meeting that
// does not exist is started only to be created.
func (h *Hall) live(ctx context.Context, id string, create bool) (*Live, error) {
	if !text.ValidID(id) {
		return nil, errNotFound
	}
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		return nil, ErrClosed
	}
	if _, exists := h.summaries[id]; !exists && !create && h.meetings[id] == nil {
		h.mu.Unlock()
		return nil, errNotFound
	}
	e, ok := h.meetings[id]
	if !ok {
		e = &entry{ready: make(chan struct{})}
		h.meetings[id] = e
	}
	h.mu.Unlock()
	if ok {
		select {
		case <-e.ready:
			return e.live, e.err
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	e.live, e.err = loadLive(context.WithoutCancel(ctx), id, h.epoch, h.opt)
	if e.err != nil {
		h.mu.Lock()
		delete(h.meetings, id) // the next one tries again
		h.mu.Unlock()
	}
	close(e.ready)
	return e.live, e.err
}

var errNotFound = &meeting.Refusal{Code: meeting.NotFound, What: "meeting"}

// read asks a meeting something, in its goroutine. One that is not there is
// asked nothing, and that is no error: it reads as one that is not for the
// person. After an error f may still run, and what it writes is not to be
// looked at.
func (h *Hall) read(ctx context.Context, id string, f func(*Live)) error {
	l, err := h.live(ctx, id, false)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return l.ask(ctx, func() { f(l) })
}

// Submit hands a command to its meeting. The answer comes through c.Answer; an
// error means that the command was not taken and may be sent again.
func (h *Hall) Submit(ctx context.Context, id string, c Command) error {
	who := h.lobby.State().People[c.Actor.Person]
	if who.ID == "" {
		c.Answer(Result{Code: protocol.CodeNotAllowed, What: "person"})
		return nil
	}
	c.Actor.Desk, c.Actor.Server = who.Desk, false
	_, create := c.Wish.(meeting.Create)
	l, err := h.live(ctx, id, create && who.Desk)
	if err == error(errNotFound) { //nolint:errorlint // made here, never wrapped
		res := Result{Code: protocol.CodeNotFound, What: errNotFound.What}
		if create && text.ValidID(id) {
			res = Result{Code: protocol.CodeNotAllowed, What: c.Wish.Kind()}
		}
		c.Answer(res)
		return nil
	}
	if err != nil {
		return err
	}
	wish, err := h.withFacts(ctx, c.Wish, who)
	if open, ok := wish.(meeting.OpenVote); ok {
		wish, err = h.withKey(ctx, l, open, who.ID)
	}
	if errors.As(err, &c.refusal) {
		// It may have been carried out before, when the facts were others:
		// the meeting looks for the receipt first.
		return l.send(ctx, &c)
	}
	if err != nil {
		return err
	}
	c.Wish = wish
	return l.send(ctx, &c)
}

// withFacts fills in what a client is not believed: people's names come from
// the roster, pages and bytes from the uploaded file.
func (h *Hall) withFacts(ctx context.Context, c meeting.Command, by roster.Person) (meeting.Command, error) {
	switch c := c.(type) {
	case meeting.Create:
		c.Creator = named(c.Creator, by)
		return c, nil
	case meeting.SetParticipant:
		p, ok := h.lobby.State().People[c.Participant.Person]
		if !ok {
			return nil, &meeting.Refusal{Code: meeting.NotFound, What: "person"}
		}
		c.Participant = named(c.Participant, p)
		return c, nil
	case meeting.AttachDocument:
		f, err := h.file(ctx, c.Hash)
		c.Pages, c.Bytes = f.Pages, f.Bytes
		return c, err
	case meeting.ReplaceDocument:
		f, err := h.file(ctx, c.Hash)
		c.Pages, c.Bytes = f.Pages, f.Bytes
		return c, err
	}
	return c, nil
}

func (h *Hall) file(ctx context.Context, hash string) (File, error) {
	f, ok, err := h.opt.Files.File(ctx, hash)
	if err == nil && !ok {
		err = &meeting.Refusal{Code: meeting.NotFound, What: "hash"}
	}
	return f, err
}

func named(p meeting.Participant, r roster.Person) meeting.Participant {
	p.Person, p.Name, p.Position, p.Unit, p.Order = r.ID, r.Name, r.Position, r.Unit, r.Order
	return p
}

// Subscribe adds a reader to a stream. The reader gets one stream message,
// then every event after it.
func (h *Hall) Subscribe(ctx context.Context, r Reader, at protocol.Position) error {
	name, ok := protocol.ParseStream(at.Stream)
	ok = ok && !name.Private
	if ok && name.Meeting == "" {
		return h.lobby.subscribe(ctx, r, at)
	}
	if ok {
		l, err := h.live(ctx, name.Meeting, false)
		if err == nil {
			return l.send(ctx, &subscribe{r, name, at})
		}
		if err != error(errNotFound) { //nolint:errorlint // made here, never wrapped
			return err
		}
	}
	fr, err := maker{}.frame(refusedStream(at.Stream, protocol.CodeNotFound))
	if err == nil {
		r.Deliver(fr)
	}
	return err
}

// Unsubscribe takes a reader off a stream.
func (h *Hall) Unsubscribe(ctx context.Context, r Reader, stream string) error {
	name, ok := protocol.ParseStream(stream)
	if !ok {
		return nil
	}
	if name.Meeting == "" {
		return h.lobby.unsubscribe(ctx, r)
	}
	if l := h.running(name.Meeting); l != nil {
		return l.send(ctx, &unsubscribe{r, stream})
	}
	return nil
}

// Leave takes a reader off everything, when its connection has ended. It
// returns when no further frame will be delivered to it.
func (h *Hall) Leave(r Reader) {
	ctx := context.Background()
	h.mu.Lock()
	ids := slices.Collect(maps.Keys(h.meetings))
	h.mu.Unlock()
	for _, id := range ids {
		if l := h.running(id); l != nil {
			if err := l.ask(ctx, func() { (&unsubscribe{r, ""}).handle(l) }); err != nil {
				<-l.done // it is ending: after its last words there are none
			}
		}
	}
	_ = h.lobby.unsubscribe(ctx, r)
}

// Tell passes presence on.
func (h *Hall) Tell(ctx context.Context, r Reader, stream string, p protocol.Presence) error {
	name, ok := protocol.ParseStream(stream)
	if !ok || name.Item == "" {
		return nil
	}
	if l := h.running(name.Meeting); l != nil {
		return l.send(ctx, &tell{r, name, p})
	}
	return nil
}

// running finds a meeting's goroutine if it was started.
func (h *Hall) running(id string) *Live {
	h.mu.Lock()
	e := h.meetings[id]
	h.mu.Unlock()
	if e == nil {
		return nil
	}
	select {
	case <-e.ready:
		return e.live
	default:
		return nil
	}
}

// View gives the snapshots of all streams of a meeting that a person may
// read; none when he may not read the meeting.
func (h *Hall) View(ctx context.Context, person, id string) ([]protocol.StreamView, error) {
	var out []protocol.StreamView
	var failed error
	if err := h.read(ctx, id, func(l *Live) { out, failed = l.view(person) }); err != nil {
		return nil, err
	}
	return out, failed
}

func (l *Live) view(person string) ([]protocol.StreamView, error) {
	var out []protocol.StreamView
	names := []protocol.StreamName{{Meeting: l.id}}
	for _, item := range l.state.Agenda {
		names = append(names, protocol.StreamName{Meeting: l.id, Item: string(item)})
	}
	for _, n := range names {
		if !l.mayRead(meeting.PersonID(person), n) {
			continue
		}
		snapshot, err := l.snapshotOf(n.String())
		if err != nil {
			return nil, err
		}
		out = append(out, protocol.StreamView{Stream: n.String(), Epoch: l.epoch, Seq: l.feed(n.String()).seq, Snapshot: snapshot})
	}
	return out, nil
}

// MayRead reports whether a person may read a document's content: it is a
// version of a document of an item whose audience he is in.
func (h *Hall) MayRead(ctx context.Context, person, id, item, hash string) (name string, ok bool, err error) {
	var found meeting.Version
	err = h.read(ctx, id, func(l *Live) {
		if l.state.MaySee(meeting.PersonID(person), meeting.ItemID(item)) {
			found = versionOf(l.state.Contents[meeting.ItemID(item)], hash)
		}
	})
	if err != nil {
		return "", false, err
	}
	return found.Name, found.Hash != "", nil
}

// versionOf finds the newest version with a content, by its hash.
func versionOf(c meeting.Content, hash string) (out meeting.Version) {
	for _, d := range c.Documents {
		for _, v := range d.Versions {
			if v.Hash == hash {
				out = v
			}
		}
	}
	return out
}

// MayUpload reports whether a person prepares any meeting.
func (h *Hall) MayUpload(person string) bool {
	if h.lobby.State().People[roster.PersonID(person)].Desk {
		return true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.summaries {
		if slices.Contains(s.body.People[person], string(meeting.Secretary)) {
			return true
		}
	}
	return false
}

// Meetings lists the meetings a person takes part in, the latest first.
func (h *Hall) Meetings(person string) []protocol.MeetingSummary {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := []protocol.MeetingSummary{}
	for _, s := range h.summaries {
		if line, ok := s.body.seenBy(person, s.Summary); ok {
			out = append(out, line)
		}
	}
	slices.SortFunc(out, func(a, b protocol.MeetingSummary) int {
		return cmp.Or(b.Starts.Compare(a.Starts), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// summarised is called by a meeting's goroutine after a commit that changed
// what the list shows.
func (h *Hall) summarised(s Summary) {
	if err := h.keepSummary(s); err == nil {
		h.lobby.meetingsChanged()
	}
}

func (h *Hall) keepSummary(s Summary) error {
	e := summaryEntry{Summary: s}
	if err := json.Unmarshal(s.Body, &e.body); err != nil {
		return fmt.Errorf("summary of %s: %w", s.Meeting, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.summaries[s.Meeting] = e
	return nil
}
