package notebook

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// MemoryStore is a Store in memory, for tests.
type MemoryStore struct {
	mu    sync.Mutex
	books map[Book]*memoryBook
	fail  []error
}

type memoryBook struct {
	entries  []Entry
	snapshot *Snapshot
	reducer  int
}

// NewMemoryStore makes an empty one.
func NewMemoryStore() *MemoryStore { return &MemoryStore{books: map[Book]*memoryBook{}} }

// FailNext makes the next Append return an error, wrapped, and keep nothing.
func (m *MemoryStore) FailNext(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = append(m.fail, err)
}

// Load implements Store.
func (m *MemoryStore) Load(ctx context.Context, b Book, reducer int) (Saved, error) {
	if err := ctx.Err(); err != nil {
		return Saved{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.books[b]
	if !ok {
		return Saved{}, nil
	}
	if k.snapshot == nil || k.reducer != reducer {
		return Saved{Entries: slices.Clone(k.entries)}, nil
	}
	s := *k.snapshot
	after := slices.IndexFunc(k.entries, func(e Entry) bool { return e.Seq > s.Seq })
	if after < 0 {
		return Saved{Snapshot: &s}, nil
	}
	return Saved{Snapshot: &s, Entries: slices.Clone(k.entries[after:])}, nil
}

// Append implements Store.
func (m *MemoryStore) Append(ctx context.Context, b Book, e Entry) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.fail) > 0 {
		err := m.fail[0]
		m.fail = m.fail[1:]
		return fmt.Errorf("append: %w", err)
	}
	k := m.books[b]
	if k == nil {
		k = &memoryBook{}
	}
	same := func(o Entry) bool { return o.Client == e.Client && o.Command == e.Command }
	if e.Seq != k.last()+1 || slices.ContainsFunc(k.entries, same) {
		return ErrConflict
	}
	e.At, e.Body = e.At.UTC(), slices.Clone(e.Body)
	k.entries = append(k.entries, e)
	m.books[b] = k
	return nil
}

// Find implements Store.
func (m *MemoryStore) Find(ctx context.Context, b Book, client, command string) (uint64, bool, error) {
	if err := ctx.Err(); err != nil {
		return 0, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if k, ok := m.books[b]; ok {
		for _, e := range k.entries {
			if e.Client == client && e.Command == command {
				return e.Seq, true, nil
			}
		}
	}
	return 0, false, nil
}

// SaveSnapshot implements Store.
func (m *MemoryStore) SaveSnapshot(ctx context.Context, b Book, reducer int, s Snapshot) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	k, ok := m.books[b]
	if !ok || s.Seq > k.last() {
		return fmt.Errorf("the snapshot is ahead of its book")
	}
	s.State = slices.Clone(s.State)
	k.snapshot, k.reducer = &s, reducer
	return nil
}

// last is the number of the newest entry.
func (k *memoryBook) last() uint64 {
	if len(k.entries) == 0 {
		return 0
	}
	return k.entries[len(k.entries)-1].Seq
}

// Drop implements Store.
func (m *MemoryStore) Drop(ctx context.Context, b Book, seqs []uint64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if k, ok := m.books[b]; ok {
		last := k.last()
		k.entries = slices.DeleteFunc(k.entries, func(e Entry) bool { return e.Seq != last && slices.Contains(seqs, e.Seq) })
	}
	return nil
}
