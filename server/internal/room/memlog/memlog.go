// Package memlog keeps a room.Log in memory, for tests: it is as strict as
// the one on disk, and fails when it is told to.
package memlog

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"phonghop/server/internal/room"
	"phonghop/shared/protocol"
)

// Log implements room.Log in memory. Its methods may be called from any
// goroutine; the zero value is not usable.
type Log struct {
	mu        sync.Mutex
	epoch     string
	owners    map[string]*owner
	summaries map[string]room.Summary
	failures  []error
	appends   int
}

type owner struct {
	streams   []string // in the order they were made
	heads     map[string]uint64
	entries   []room.Entry
	receipts  map[room.Key]room.Receipt
	snapshots map[string]snapshot
}

type snapshot struct {
	room.Snapshot
	reducer int
}

// New returns an empty log with an epoch.
func New(epoch string) *Log {
	return &Log{epoch: epoch, owners: map[string]*owner{}, summaries: map[string]room.Summary{}}
}

// FailNext makes the next Append that is not yet spoken for return an error,
// wrapped, and write nothing. Called twice, it fails the next two.
func (l *Log) FailNext(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failures = append(l.failures, err)
}

// Appends returns how many batches were written.
func (l *Log) Appends() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.appends
}

// Append implements room.Log.
func (l *Log) Append(ctx context.Context, b room.Batch) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.failures) > 0 {
		err := l.failures[0]
		l.failures = l.failures[1:]
		return fmt.Errorf("append to %s: %w", b.Owner, err)
	}
	o := l.owners[b.Owner]
	if err := o.check(b); err != nil {
		return fmt.Errorf("append to %s: %w", b.Owner, err)
	}
	if o == nil {
		o = newOwner()
		l.owners[b.Owner] = o
	}
	for _, e := range b.Entries {
		o.meet(e.Stream)
		o.heads[e.Stream] = e.Seq
		e.At = stored(e.At)
		e.Body = bytes.Clone(e.Body)
		o.entries = append(o.entries, e)
	}
	for _, r := range b.Receipts {
		o.receipts[r.Key] = room.Receipt{Key: r.Key, Positions: slices.Clone(r.Positions)}
	}
	if s := b.Summary; s != nil {
		l.summaries[s.Meeting] = room.Summary{Meeting: s.Meeting, Changed: stored(s.Changed), Body: bytes.Clone(s.Body)}
	}
	l.appends++
	return nil
}

func newOwner() *owner {
	return &owner{heads: map[string]uint64{}, receipts: map[room.Key]room.Receipt{}, snapshots: map[string]snapshot{}}
}

// check says whether a batch fits what is there; o may be nil.
func (o *owner) check(b room.Batch) error {
	heads := map[string]uint64{}
	for _, e := range b.Entries {
		last, ok := heads[e.Stream]
		if !ok && o != nil {
			last = o.heads[e.Stream]
		}
		if e.Seq != last+1 {
			return fmt.Errorf("%w: %s has %d, then comes %d", room.ErrConflict, e.Stream, last, e.Seq)
		}
		heads[e.Stream] = e.Seq
	}
	seen := map[room.Key]bool{}
	for _, r := range b.Receipts {
		known := false
		if o != nil {
			_, known = o.receipts[r.Key]
		}
		if known || seen[r.Key] {
			return fmt.Errorf("%w: the command %s was carried out before", room.ErrConflict, r.Command)
		}
		seen[r.Key] = true
	}
	return nil
}

func (o *owner) meet(stream string) {
	if !slices.Contains(o.streams, stream) {
		o.streams = append(o.streams, stream)
	}
}

// Load implements room.Log.
func (l *Log) Load(ctx context.Context, name string, reducer int) (room.Saved, error) {
	if err := ctx.Err(); err != nil {
		return room.Saved{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var out room.Saved
	o := l.owners[name]
	if o == nil {
		return out, nil
	}
	from := map[string]uint64{}
	for _, stream := range o.streams {
		if s, ok := o.snapshots[stream]; ok && s.reducer == reducer {
			from[stream] = s.Seq
			s.State = bytes.Clone(s.State)
			out.Snapshots = append(out.Snapshots, s.Snapshot)
		}
	}
	for _, e := range o.entries {
		if e.Seq > from[e.Stream] {
			e.Body = bytes.Clone(e.Body)
			out.Entries = append(out.Entries, e)
		}
	}
	return out, nil
}

// Receipt implements room.Log.
func (l *Log) Receipt(ctx context.Context, name string, k room.Key) (room.Receipt, bool, error) {
	if err := ctx.Err(); err != nil {
		return room.Receipt{}, false, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	o := l.owners[name]
	if o == nil {
		return room.Receipt{}, false, nil
	}
	r, ok := o.receipts[k]
	r.Positions = append([]protocol.Position(nil), r.Positions...)
	return r, ok, nil
}

// SaveSnapshots implements room.Log.
func (l *Log) SaveSnapshots(ctx context.Context, name string, reducer int, all []room.Snapshot) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	o := l.owners[name]
	if o == nil {
		o = newOwner()
	}
	kept := map[string]snapshot{}
	for _, s := range all {
		if s.Seq > o.heads[s.Stream] {
			return fmt.Errorf("save snapshots of %s: %s has %d, the snapshot %d", name, s.Stream, o.heads[s.Stream], s.Seq)
		}
		s.State = bytes.Clone(s.State)
		kept[s.Stream] = snapshot{s, reducer}
	}
	for _, s := range all {
		o.meet(s.Stream)
	}
	o.snapshots = kept
	l.owners[name] = o
	return nil
}

// Summaries implements room.Log. They are ordered by the meetings' ids.
func (l *Log) Summaries(ctx context.Context) ([]room.Summary, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []room.Summary
	for _, s := range l.summaries {
		s.Body = bytes.Clone(s.Body)
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b room.Summary) int { return cmp.Compare(a.Meeting, b.Meeting) })
	return out, nil
}

// Epoch implements room.Log.
func (l *Log) Epoch(ctx context.Context) (string, error) {
	return l.epoch, ctx.Err()
}

// stored is a time as a log keeps it.
func stored(t time.Time) time.Time { return time.UnixMilli(t.UnixMilli()).UTC() }
