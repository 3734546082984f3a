package room

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// ErrClosed is returned for a meeting whose server is going down.
var ErrClosed = errors.New("the room is closing")

const (
	inboxSize     = 1024
	batchSize     = 256              // requests decided and committed together
	snapshotEvery = 500              // events between two stored snapshots
	commitWithin  = 10 * time.Second // a disk slower than that is broken
)

// Live is a live meeting: one goroutine owns the order of its own stream and
// of its items' streams. What waits in the inbox is decided one after the
// other, committed once, and only then spoken of.
type Live struct {
	id    string
	owner string
	opt   Options
	make  maker

	inbox  chan request
	gate   sync.RWMutex // held while something is put into the inbox
	closed bool         // nothing is taken any more; guarded by gate
	quit   chan struct{}
	done   chan struct{}

	// Everything below belongs to the goroutine.
	epoch    string
	state    meeting.State
	lastAt   time.Time
	feeds    map[string]*feed
	receipts *receiptCache
	refusals *refusals
	unsaved  int // events since the stored snapshots
	summary  []byte
	presence presence
	teller   teller
	sizes    map[string][][2]float64 // of the pages of files, by hash
	batch    batch
}

// request is what waits in the inbox.
type request interface{ handle(*Live) }

// loadLive reads a meeting from the log and starts its goroutine. It is empty
// when the meeting does not exist yet.
func loadLive(ctx context.Context, id, epoch string, opt Options) (*Live, error) {
	l := &Live{
		id: id, owner: ownerOf(id), opt: opt, make: maker{opt.Prepare},
		inbox: make(chan request, inboxSize), quit: make(chan struct{}), done: make(chan struct{}),
		epoch: epoch, feeds: map[string]*feed{}, receipts: newReceiptCache(), refusals: newRefusals(),
	}
	l.presence.init()
	l.teller.init()
	saved, err := opt.Log.Load(ctx, l.owner, meeting.Reducer)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", l.owner, err)
	}
	if err := l.restore(saved); err != nil {
		return nil, fmt.Errorf("load %s: %w", l.owner, err)
	}
	go l.run()
	return l, nil
}

func ownerOf(id string) string { return protocol.MeetingStream(id) }

func (l *Live) restore(saved Saved) error {
	for _, s := range saved.Snapshots {
		name, sealed, ok := parseKept(s.Stream)
		if !ok {
			return fmt.Errorf("snapshot of unknown stream %q", s.Stream)
		}
		var err error
		if sealed {
			l.state, err = l.state.RestoreSealed(meeting.ItemID(name.Item), s.State)
		} else if name.Document != "" {
			l.state, err = l.state.RestoreLayer(sheetOf(name), s.State)
		} else if name.Item == "" {
			l.state, err = l.state.RestoreMeeting(s.State)
		} else {
			l.state, err = l.state.RestoreItem(meeting.ItemID(name.Item), s.State)
		}
		if err != nil {
			return fmt.Errorf("snapshot of %s: %w", s.Stream, err)
		}
		l.feeds[s.Stream] = newFeed(s.Stream, l.epoch, s.Seq)
	}
	for _, e := range saved.Entries {
		event, err := decodeEntry(e)
		if err != nil {
			return err
		}
		f := l.feed(e.Stream)
		if e.Seq != f.seq+1 {
			return fmt.Errorf("%s: number %d after %d", e.Stream, e.Seq, f.seq)
		}
		l.state = meeting.Apply(l.state, event)
		l.remember(f, e, event)
	}
	l.unsaved = len(saved.Entries)
	return nil
}

func decodeEntry(e Entry) (meeting.Event, error) {
	name, sealed, ok := parseKept(e.Stream)
	if !ok {
		return meeting.Event{}, fmt.Errorf("entry of unknown stream %q", e.Stream)
	}
	body, err := meeting.DecodeBody(e.Body)
	if err != nil {
		return meeting.Event{}, fmt.Errorf("%s %d: %w", e.Stream, e.Seq, err)
	}
	return meeting.Event{
		Item: meeting.ItemID(name.Item), Document: meeting.DocumentID(name.Document), Sealed: sealed,
		By: meeting.PersonID(e.By), For: meeting.PersonID(e.For), At: e.At, Body: body,
	}, nil
}

func (l *Live) feed(name string) *feed {
	f, ok := l.feeds[name]
	if !ok {
		f = newFeed(name, l.epoch, 0)
		l.feeds[name] = f
	}
	return f
}

// remember keeps an entry for resuming readers. Once an item is restricted,
// nobody is resumed across the time when its title was still public.
func (l *Live) remember(f *feed, e Entry, event meeting.Event) {
	if event.Sealed {
		f.seq = e.Seq // nobody resumes it
	} else {
		f.remember(protocol.Event{Seq: e.Seq, Command: e.Command, At: e.At, By: e.By, For: e.For, Body: e.Body})
	}
	l.teller.stale = l.teller.stale || ofVote(event.Body)
	if a, ok := event.Body.(meeting.AudienceSet); ok && a.Restricted {
		f.horizon = e.Seq
	}
	if e.At.After(l.lastAt) {
		l.lastAt = e.At
	}
}

func (l *Live) run() {
	defer close(l.done)
	for {
		if l.teller.stale {
			l.tend()
		}
		select {
		case r := <-l.inbox:
			l.drain(r)
		case <-l.teller.due():
			l.tend()
		case <-l.presence.due():
			l.speakPresence()
		case <-l.quit:
			l.finish()
			return
		}
	}
}

// drain handles what waits now, as one group.
func (l *Live) drain(first request) {
	first.handle(l)
	for range batchSize - 1 {
		select {
		case r := <-l.inbox:
			r.handle(l)
			continue
		default:
		}
		break
	}
	l.commit()
	l.saveSnapshots(snapshotEvery)
}

// finish answers what still waits and stores the snapshots.
func (l *Live) finish() {
	for {
		select {
		case r := <-l.inbox:
			r.handle(l)
			continue
		default:
		}
		break
	}
	l.commit()
	l.saveSnapshots(1)
	l.presence.stop()
}

// close stops the goroutine and waits for it. What is in the inbox by then is
// still handled; nothing comes in after it.
func (l *Live) close() {
	l.gate.Lock()
	l.closed = true
	l.gate.Unlock()
	close(l.quit)
	<-l.done
	l.teller.stop()
}

// send puts a request into the inbox. With nil it will be handled.
func (l *Live) send(ctx context.Context, r request) error {
	l.gate.RLock()
	defer l.gate.RUnlock()
	if l.closed {
		return ErrClosed
	}
	select {
	case l.inbox <- r:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ask runs f in the meeting's goroutine, after everything decided before it
// is durable, and waits for it.
func (l *Live) ask(ctx context.Context, f func()) error {
	answered := make(chan struct{})
	err := l.send(ctx, question(func() { f(); close(answered) }))
	if err != nil {
		return err
	}
	select {
	case <-answered:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

type question func()

func (q question) handle(l *Live) {
	l.commit()
	q()
}

func (l *Live) saveSnapshots(every int) {
	if l.unsaved < every {
		return
	}
	all := make([]Snapshot, 0, len(l.feeds))
	for name, f := range l.feeds {
		s, err := f.kept(func() ([]byte, error) { return l.snapshotOf(name) })
		if err != nil {
			slog.Error("snapshot not made", "stream", name, "err", err)
			return
		}
		all = append(all, Snapshot{Stream: name, Seq: f.seq, State: s})
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	if err := l.opt.Log.SaveSnapshots(ctx, l.owner, meeting.Reducer, all); err != nil {
		// A snapshot is a cache: the log has everything.
		slog.Warn("snapshots not stored", "owner", l.owner, "err", err)
	}
	l.unsaved = 0
}

func (l *Live) snapshotOf(stream string) ([]byte, error) {
	name, sealed, _ := parseKept(stream)
	if sealed {
		return l.state.SealedSnapshot(meeting.ItemID(name.Item))
	}
	if name.Document != "" {
		return l.state.LayerSnapshot(sheetOf(name))
	}
	if name.Item == "" {
		return l.state.Snapshot()
	}
	return l.state.ItemSnapshot(meeting.ItemID(name.Item))
}
