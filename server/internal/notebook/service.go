package notebook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
)

const (
	keepWithin    = 10 * time.Second // a disk slower than that is broken
	snapshotEvery = 500              // entries between two stored snapshots
	booksHeld     = 300              // books in memory that nobody reads
)

// Meetings tells what a book's owner may know of the meeting.
type Meetings interface {
	// Sheet says whether the person takes part in the meeting, and what is
	// known of a document that he may see: nothing of any other.
	Sheet(ctx context.Context, person, meeting, item, document string) (on ink.Sheet, takesPart bool, err error)
}

// Reader is a connection. Send never blocks.
type Reader interface {
	Person() string
	Send(protocol.Message)
}

// Config says what a Service works with. All of it must be set, but for Log.
type Config struct {
	Store    Store
	Meetings Meetings
	Epoch    string // of the history, as that of the room
	Now      func() time.Time
	Log      *slog.Logger
}

// Service keeps the books. Its methods may be called from any goroutine.
type Service struct {
	config Config

	mu    sync.Mutex
	books map[Book]*book
}

// book is one person's notes in one meeting, in memory.
type book struct {
	id    Book
	users int // calls that hold it; guarded by Service.mu

	mu      sync.Mutex
	loaded  bool
	state   notes.State
	seq     uint64
	lastAt  time.Time
	recent  []protocol.Event
	unsaved int
	readers map[Reader]struct{}
	// placed has by document the number of the last place that was kept since
	// the book was loaded, passed those before it, which are of no use.
	placed map[meeting.Sheet]uint64
	passed []uint64
}

// New makes a Service.
func New(config Config) *Service {
	if config.Log == nil {
		config.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{config: config, books: map[Book]*book{}}
}

// use runs f on a book that is loaded, alone.
func (s *Service) use(ctx context.Context, id Book, f func(*book) error) error {
	s.mu.Lock()
	b, ok := s.books[id]
	if !ok {
		s.evict()
		b = &book{id: id, readers: map[Reader]struct{}{}, placed: map[meeting.Sheet]uint64{}}
		s.books[id] = b
	}
	b.users++
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		b.users--
		s.mu.Unlock()
	}()
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.loaded {
		if err := s.load(ctx, b); err != nil {
			return err
		}
	}
	return f(b)
}

// evict forgets books that nobody uses, when there are many. The store has
// all of them.
func (s *Service) evict() {
	if len(s.books) < booksHeld {
		return
	}
	for id, b := range s.books {
		if b.users > 0 || !b.mu.TryLock() {
			continue
		}
		if len(b.readers) == 0 {
			s.save(b)
			delete(s.books, id)
		}
		b.mu.Unlock()
		if len(s.books) < booksHeld {
			return
		}
	}
}

func (s *Service) load(ctx context.Context, b *book) error {
	saved, err := s.config.Store.Load(ctx, b.id, notes.Reducer)
	if err != nil {
		return fmt.Errorf("load notes: %w", err)
	}
	state, seq := notes.State{}, uint64(0)
	if saved.Snapshot != nil {
		if state, err = notes.Restore(saved.Snapshot.State); err != nil {
			return err
		}
		seq = saved.Snapshot.Seq
	}
	b.recent, b.placed, b.passed = nil, map[meeting.Sheet]uint64{}, nil
	for _, e := range saved.Entries {
		event, err := notes.Decode(e.Body, e.At)
		if err != nil {
			return fmt.Errorf("note %d: %w", e.Seq, err)
		}
		if e.Seq <= seq {
			return fmt.Errorf("notes: number %d after %d", e.Seq, seq)
		}
		if e.Seq != seq+1 {
			b.recent = nil // places were dropped here: nobody is resumed across that
		}
		seq = e.Seq
		state = notes.Apply(state, event)
		b.remember(e)
		b.pass(event, e.Seq)
	}
	b.state, b.seq, b.unsaved, b.loaded = state, seq, len(saved.Entries), true
	return nil
}

// pass notes that a place which is kept makes the one before it of no use.
func (b *book) pass(e notes.Event, seq uint64) {
	if _, ok := e.Body.(notes.PlaceKept); !ok {
		return
	}
	if before, ok := b.placed[e.Sheet]; ok {
		b.passed = append(b.passed, before)
	}
	b.placed[e.Sheet] = seq
}

// remember keeps an entry for those who resume.
func (b *book) remember(e Entry) protocol.Event {
	if len(b.recent) >= 2*protocol.MaxResume {
		b.recent = append(b.recent[:0:0], b.recent[len(b.recent)-protocol.MaxResume:]...)
	}
	event := protocol.Event{Seq: e.Seq, Command: e.Command, At: e.At, By: b.id.Person, Body: e.Body}
	b.recent = append(b.recent, event)
	if e.At.After(b.lastAt) {
		b.lastAt = e.At
	}
	return event
}

// Subscribe tells a reader where its person's book of a meeting stands, and
// from then on every event.
func (s *Service) Subscribe(ctx context.Context, r Reader, at protocol.Position) error {
	name, ok := protocol.ParseStream(at.Stream)
	refuse := func(code string) { r.Send(protocol.Message{Type: protocol.TypeStream, Stream: at.Stream, Code: code}) }
	if !ok || !name.Private {
		refuse(protocol.CodeNotFound)
		return nil
	}
	_, takesPart, err := s.config.Meetings.Sheet(ctx, r.Person(), name.Meeting, "", "")
	if err != nil {
		return err
	}
	err = s.use(ctx, Book{r.Person(), name.Meeting}, func(b *book) error {
		if !takesPart && b.seq == 0 {
			refuse(protocol.CodeNotFound) // whoever left the meeting keeps what he wrote
			return nil
		}
		m, err := s.standing(b, at)
		if err != nil {
			return err
		}
		b.readers[r] = struct{}{}
		r.Send(m)
		return nil
	})
	if err != nil && ctx.Err() == nil {
		s.config.Log.Error("notes not sent", "err", err)
		refuse(protocol.CodeUnavailable)
		return nil
	}
	return err
}

func (s *Service) standing(b *book, at protocol.Position) (protocol.Message, error) {
	m := protocol.Message{Type: protocol.TypeStream, Stream: at.Stream, Epoch: s.config.Epoch, Seq: b.seq}
	if n := b.seq - at.Seq; at.Epoch == s.config.Epoch && at.Seq > 0 && at.Seq <= b.seq && n <= min(uint64(len(b.recent)), protocol.MaxResume) {
		m.Events = slices.Clone(b.recent[uint64(len(b.recent))-n:])
		return m, nil
	}
	var err error
	m.Snapshot, err = b.state.Snapshot()
	return m, err
}

// Unsubscribe takes a reader off its person's book of a meeting.
func (s *Service) Unsubscribe(r Reader, meeting string) {
	s.mu.Lock()
	b, ok := s.books[Book{r.Person(), meeting}]
	s.mu.Unlock()
	if ok {
		b.mu.Lock()
		delete(b.readers, r)
		b.mu.Unlock()
	}
}

// Leave takes a reader off everything, when its connection has ended.
func (s *Service) Leave(r Reader) {
	s.mu.Lock()
	var mine []*book
	for id, b := range s.books {
		if id.Person == r.Person() {
			mine = append(mine, b)
		}
	}
	s.mu.Unlock()
	for _, b := range mine {
		b.mu.Lock()
		delete(b.readers, r)
		b.mu.Unlock()
	}
}

// Command is a wish of a book's owner.
type Command struct {
	Book
	Client, Command string
	Wish            meeting.Command
}

// Submit carries out a wish: when it returns positions, the change is durable
// and its owner's devices were told. The error is a *meeting.Refusal, or wraps
// room.ErrFull, or is another one after which nothing has changed; the same
// wish may be given again.
func (s *Service) Submit(ctx context.Context, c Command) ([]protocol.Position, error) {
	sheet := meeting.SheetOf(c.Wish)
	on, takesPart, err := s.config.Meetings.Sheet(ctx, c.Person, c.Meeting, string(sheet.Item), string(sheet.Document))
	if err != nil {
		return nil, err
	}
	var out []protocol.Position
	err = s.use(ctx, c.Book, func(b *book) error {
		if !takesPart && b.seq == 0 {
			return &meeting.Refusal{Code: meeting.NotFound, What: "meeting"}
		}
		seq, done, err := s.config.Store.Find(ctx, b.id, c.Client, c.Command)
		if err != nil {
			return fmt.Errorf("look for a wish: %w", err)
		}
		if !done {
			if seq, err = s.carryOut(ctx, b, c, on); err != nil {
				return err
			}
		}
		if seq > 0 {
			out = []protocol.Position{{Stream: protocol.PersonStream(b.id.Meeting), Epoch: s.config.Epoch, Seq: seq}}
		}
		return nil
	})
	return out, err
}

// carryOut decides a wish, keeps what it means, and tells the devices.
func (s *Service) carryOut(ctx context.Context, b *book, c Command, on ink.Sheet) (uint64, error) {
	at := s.config.Now().UTC().Truncate(time.Millisecond)
	if at.Before(b.lastAt) {
		at = b.lastAt
	}
	event, err := notes.Decide(b.state, c.Wish, on, at)
	if err != nil || event == nil {
		return 0, err
	}
	body, err := notes.Encode(*event)
	if err != nil {
		return 0, err
	}
	e := Entry{Seq: b.seq + 1, Client: c.Client, Command: c.Command, At: at, Body: body}
	keep, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepWithin)
	defer cancel()
	if err := s.config.Store.Append(keep, b.id, e); err != nil {
		// What is known here may be wrong now: it is read again next time.
		b.loaded = !errors.Is(err, ErrConflict)
		return 0, fmt.Errorf("keep a note: %w", err)
	}
	b.state, b.seq = notes.Apply(b.state, *event), e.Seq
	sent := b.remember(e)
	b.pass(*event, e.Seq)
	for r := range b.readers {
		r.Send(protocol.Message{
			Type: protocol.TypeEvent, Stream: protocol.PersonStream(b.id.Meeting), Seq: sent.Seq,
			Command: sent.Command, At: sent.At, By: sent.By, Body: sent.Body,
		})
	}
	if b.unsaved++; b.unsaved >= snapshotEvery {
		s.save(b)
	}
	return e.Seq, nil
}

func (s *Service) save(b *book) {
	if b.unsaved == 0 || !b.loaded {
		return
	}
	state, err := b.state.Snapshot()
	if err == nil {
		ctx, cancel := context.WithTimeout(context.Background(), keepWithin)
		defer cancel()
		err = s.config.Store.SaveSnapshot(ctx, b.id, notes.Reducer, Snapshot{Seq: b.seq, State: state})
		if err == nil && len(b.passed) > 0 {
			err = s.config.Store.Drop(ctx, b.id, b.passed)
			b.passed = nil // else they stay in the log, where they do no harm
		}
	}
	if err != nil {
		s.config.Log.Warn("snapshot of notes not stored", "err", err) // the entries have everything
	}
	b.unsaved = 0
}

// Notes are a person's own notes in a meeting, for taking them home.
func (s *Service) Notes(ctx context.Context, person, meeting string) (notes.State, error) {
	var out notes.State
	err := s.use(ctx, Book{person, meeting}, func(b *book) error {
		out = b.state
		return nil
	})
	return out, err
}

// Close stores the snapshots that are due. No other method is called after it.
func (s *Service) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.books {
		b.mu.Lock()
		s.save(b)
		b.mu.Unlock()
	}
}
