package document

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"phonghop/shared/text"
)

// MemoryStore is a Store without a disk, for tests.
type MemoryStore struct {
	mu      sync.Mutex
	records map[string]Record
	texts   map[string]map[int]Text
}

// NewMemoryStore returns an empty store.
func NewMemoryStore() *MemoryStore {
	return &MemoryStore{records: map[string]Record{}, texts: map[string]map[int]Text{}}
}

// PutDocument implements Store.
func (m *MemoryStore) PutDocument(_ context.Context, r Record) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.records[r.Hash] = r
	if m.texts[r.Hash] == nil {
		m.texts[r.Hash] = map[int]Text{}
	}
	return nil
}

// Document implements Store.
func (m *MemoryStore) Document(_ context.Context, hash string) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, ok := m.records[hash]
	if !ok {
		return Record{}, ErrUnknown
	}
	return r, nil
}

// DeleteDocument implements Store.
func (m *MemoryStore) DeleteDocument(_ context.Context, hash string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.records, hash)
	delete(m.texts, hash)
	return nil
}

// PutText implements Store.
func (m *MemoryStore) PutText(_ context.Context, hash string, page int, text Text) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.records[hash]; !ok {
		return ErrUnknown
	}
	m.texts[hash][page] = text
	return nil
}

// Text implements Store.
func (m *MemoryStore) Text(_ context.Context, hash string, page int) (Text, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	text, ok := m.texts[hash][page]
	if !ok {
		return Text{}, ErrUnknown
	}
	return text, nil
}

// Unread implements Store.
func (m *MemoryStore) Unread(context.Context) ([]Unread, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Unread
	for hash, r := range m.records {
		for page := 1; page <= r.Info.Pages(); page++ {
			if _, ok := m.texts[hash][page]; !ok {
				out = append(out, Unread{Hash: hash, Next: page})
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b Unread) int { return cmp.Compare(a.Hash, b.Hash) })
	return out, nil
}

// Search implements Store.
func (m *MemoryStore) Search(_ context.Context, hashes []string, q text.Query, skip int, found func(hash string, page int, text Text) bool) error {
	for _, hash := range hashes {
		m.mu.Lock()
		pages := maps.Clone(m.texts[hash])
		m.mu.Unlock()
		for _, page := range slices.Sorted(maps.Keys(pages)) {
			if len(q.Find(pages[page].Strings(), 1)) == 0 {
				continue
			}
			if skip--; skip < 0 && !found(hash, page, pages[page]) {
				return nil
			}
		}
	}
	return nil
}

// Coverage implements Store.
func (m *MemoryStore) Coverage(_ context.Context, hashes []string) (map[string]Coverage, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[string]Coverage{}
	for _, hash := range hashes {
		r, ok := m.records[hash]
		if !ok {
			continue
		}
		c := Coverage{Pages: r.Info.Pages(), Read: len(m.texts[hash])}
		for _, t := range m.texts[hash] {
			if len(t.Lines) == 0 {
				c.Blank++
			}
		}
		out[hash] = c
	}
	return out, nil
}
