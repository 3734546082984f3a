package cache

import (
	"io/fs"
	"slices"
	"sync"
	"time"
)

// memory is a medium that ends with the program.
type memory struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Memory opens a store that keeps up to so many bytes of pages as long as the
// program runs.
func Memory(most int64) *Store {
	return newStore(&memory{files: map[string][]byte{}}, most, time.Now)
}

func (m *memory) list() ([]entry, error) { return nil, nil }

func (m *memory) read(name string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return data, nil
}

func (m *memory) write(name string, data []byte, _ bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.files[name] = slices.Clip(data)
	return nil
}

func (m *memory) create(name string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, there := m.files[name]; there {
		return fs.ErrExist
	}
	m.files[name] = slices.Clip(data)
	return nil
}

func (m *memory) touch(string, time.Time) {}

func (m *memory) remove(name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.files, name)
	return nil
}
