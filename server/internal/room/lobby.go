package room

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

const (
	lobbyOwner   = protocol.RoomStream
	lobbyReducer = 2
	// meetingsEvery bounds how often devices are told to ask for the list of
	// meetings again.
	meetingsEvery = 300 * time.Millisecond
)

// Lobby owns the order of the room's stream: its name and its people.
type Lobby struct {
	opt   Options
	make  maker
	inbox chan func()
	quit  chan struct{}
	done  chan struct{}
	now   atomic.Pointer[roster.State] // what is durable
	dirty chan struct{}

	// Everything below belongs to the goroutine.
	state roster.State
	feed  *feed
}

func openLobby(ctx context.Context, epoch string, opt Options) (*Lobby, error) {
	b := &Lobby{
		opt: opt, make: maker{opt.Prepare}, inbox: make(chan func(), inboxSize),
		quit: make(chan struct{}), done: make(chan struct{}), dirty: make(chan struct{}, 1),
		feed: newFeed(protocol.RoomStream, epoch, 0),
	}
	saved, err := opt.Log.Load(ctx, lobbyOwner, lobbyReducer)
	if err != nil {
		return nil, fmt.Errorf("load the roster: %w", err)
	}
	for _, s := range saved.Snapshots {
		if b.state, err = roster.Restore(s.State); err != nil {
			return nil, fmt.Errorf("roster's snapshot: %w", err)
		}
		b.feed.seq = s.Seq
	}
	for _, e := range saved.Entries {
		event, err := roster.DecodeEvent(e.Body)
		if err != nil {
			return nil, fmt.Errorf("roster's entry %d: %w", e.Seq, err)
		}
		b.state = roster.Apply(b.state, event)
		b.feed.remember(protocol.Event{Seq: e.Seq, Command: e.Command, At: e.At, By: e.By, Body: e.Body})
	}
	b.publishState()
	go b.run()
	return b, nil
}

func (b *Lobby) publishState() {
	s := b.state
	b.now.Store(&s)
}

// State is the durable roster. The caller must not change its map.
func (b *Lobby) State() roster.State { return *b.now.Load() }

func (b *Lobby) run() {
	defer close(b.done)
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	defer timer.Stop()
	dirty := b.dirty
	for {
		select {
		case f := <-b.inbox:
			f()
		case <-dirty:
			dirty = nil
			timer.Reset(meetingsEvery)
		case <-timer.C:
			dirty = b.dirty
			select {
			case <-dirty: // what changed while the timer ran is told now
			default:
			}
			b.speakMeetings()
		case <-b.quit:
			for {
				select {
				case f := <-b.inbox:
					f()
					continue
				default:
				}
				return
			}
		}
	}
}

func (b *Lobby) close() {
	close(b.quit)
	<-b.done
}

// ask runs f in the lobby's goroutine and waits for it.
func (b *Lobby) ask(ctx context.Context, f func()) error {
	answered := make(chan struct{})
	select {
	case <-b.done:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	case b.inbox <- func() { f(); close(answered) }:
	}
	select {
	case <-answered:
		return nil
	case <-b.done:
		select {
		case <-answered:
			return nil
		default:
			return ErrClosed
		}
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Do carries out a command on the roster: when it returns nil, the change is
// durable and visible. A refusal is a *roster.Refusal. After the error of the
// context, or ErrClosed, nothing is known; the same command may be given again.
func (b *Lobby) Do(ctx context.Context, a roster.Actor, c roster.Command) error {
	var failed error
	if err := b.ask(ctx, func() { failed = b.do(a, c) }); err != nil {
		return err // it may still be carried out; failed is not to be looked at
	}
	return failed
}

func (b *Lobby) do(a roster.Actor, c roster.Command) error {
	events, err := roster.Decide(b.state, a, c)
	if err != nil || len(events) == 0 {
		return err
	}
	at := b.opt.Now().UTC().Truncate(time.Millisecond)
	batch := Batch{Owner: lobbyOwner}
	next := b.state
	for i, e := range events {
		body, err := roster.EncodeEvent(e)
		if err != nil {
			return err
		}
		batch.Entries = append(batch.Entries, Entry{
			Stream: protocol.RoomStream, Seq: b.feed.seq + 1 + uint64(i), At: at, By: string(a.Person), Body: body,
		})
		next = roster.Apply(next, e)
	}
	ctx, cancel := context.WithTimeout(context.Background(), commitWithin)
	defer cancel()
	if err := b.opt.Log.Append(ctx, batch); err != nil {
		return fmt.Errorf("keep the roster: %w", err)
	}
	b.state = next
	b.publishState()
	b.opt.Stats.Events.Add(int64(len(events)))
	for _, e := range batch.Entries {
		b.speak(e)
	}
	return nil
}

func (b *Lobby) speak(e Entry) {
	b.feed.remember(protocol.Event{Seq: e.Seq, At: e.At, By: e.By, Body: e.Body})
	fr, err := b.make.frame(protocol.Message{
		Type: protocol.TypeEvent, Stream: e.Stream, Seq: e.Seq, At: e.At, By: e.By, Body: e.Body,
	})
	if err != nil {
		slog.Error("event not sent", "stream", e.Stream, "err", err)
		return
	}
	b.feed.deliver(fr)
}

func (b *Lobby) subscribe(ctx context.Context, r Reader, at protocol.Position) error {
	return b.ask(ctx, func() {
		msg, err := b.feed.standing(at, b.state.Snapshot)
		if err != nil {
			slog.Error("stream not sent", "stream", at.Stream, "err", err)
			msg = refusedStream(at.Stream, protocol.CodeUnavailable)
		} else {
			b.feed.readers[r] = struct{}{}
		}
		if fr, err := (maker{}).frame(msg); err == nil {
			r.Deliver(fr)
		}
	})
}

func (b *Lobby) unsubscribe(ctx context.Context, r Reader) error {
	return b.ask(ctx, func() { delete(b.feed.readers, r) })
}

// meetingsChanged lets the devices know that the list of meetings has
// changed. Which meetings, and for whom, stays with the list.
func (b *Lobby) meetingsChanged() {
	select {
	case b.dirty <- struct{}{}:
	default:
	}
}

func (b *Lobby) speakMeetings() {
	fr, err := b.make.frame(protocol.Message{
		Type: protocol.TypePresence, Stream: protocol.RoomStream,
		Body: []byte(`{"kind":"` + protocol.PresenceMeetings + `"}`),
	})
	if err != nil {
		slog.Error("presence not sent", "err", err)
		return
	}
	b.feed.deliver(fr)
}
