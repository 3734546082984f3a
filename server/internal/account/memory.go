package account

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"phonghop/shared/roster"
)

// errToken says that two sessions have the same token.
var errToken = errors.New("there is a session with this token")

// MemoryStore is a Store without a disk, for tests.
type MemoryStore struct {
	mu       sync.Mutex
	secrets  map[roster.PersonID]string
	sessions []Record // the oldest first
	fail     error    // of the next RemoveSecret
}

// NewMemoryStore returns an empty store.
func NewMemoryStore() *MemoryStore {
	return &MemoryStore{secrets: map[roster.PersonID]string{}}
}

// FailNext makes the next RemoveSecret return an error, wrapped, and change
// nothing.
func (m *MemoryStore) FailNext(err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fail = err
}

// Secret implements Store.
func (m *MemoryStore) Secret(_ context.Context, person roster.PersonID) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.secrets[person]
	if !ok {
		return "", ErrNoSecret
	}
	return s, nil
}

// SetSecret implements Store.
func (m *MemoryStore) SetSecret(_ context.Context, person roster.PersonID, secret string) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.secrets[person] = secret
	return m.end(person, Hash{}), nil
}

// ChangeSecret implements Store.
func (m *MemoryStore) ChangeSecret(_ context.Context, person roster.PersonID, old, secret string, keep Hash) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.is(person, old) {
		return nil, ErrChanged
	}
	m.secrets[person] = secret
	return m.end(person, keep), nil
}

// RenewSecret implements Store.
func (m *MemoryStore) RenewSecret(_ context.Context, person roster.PersonID, old, secret string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.is(person, old) {
		return ErrChanged
	}
	m.secrets[person] = secret
	return nil
}

// RemoveSecret implements Store.
func (m *MemoryStore) RemoveSecret(_ context.Context, person roster.PersonID) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := m.fail; err != nil {
		m.fail = nil
		return nil, fmt.Errorf("remove: %w", err)
	}
	delete(m.secrets, person)
	return m.end(person, Hash{}), nil
}

// AddSession implements Store.
func (m *MemoryStore) AddSession(_ context.Context, r Record, secret string, most int) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.is(r.Person, secret) {
		return nil, ErrChanged
	}
	if slices.ContainsFunc(m.sessions, func(s Record) bool { return s.Hash == r.Hash }) {
		return nil, errToken
	}
	m.sessions = slices.DeleteFunc(m.sessions, func(s Record) bool { return !s.Expires.After(r.Started) })
	m.sessions = append(m.sessions, r)
	over := -most
	for _, s := range m.sessions {
		if s.Person == r.Person {
			over++
		}
	}
	return m.drop(func(s Record) bool {
		if s.Person != r.Person || over <= 0 {
			return false
		}
		over--
		return true
	}), nil
}

// Session implements Store.
func (m *MemoryStore) Session(_ context.Context, token Hash) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.sessions {
		if s.Hash == token {
			return s, nil
		}
	}
	return Record{}, ErrNoSession
}

// EndSession implements Store.
func (m *MemoryStore) EndSession(_ context.Context, token Hash) (Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	ended := m.drop(func(s Record) bool { return s.Hash == token })
	if len(ended) == 0 {
		return Record{}, ErrNoSession
	}
	return ended[0], nil
}

// EndSessions implements Store.
func (m *MemoryStore) EndSessions(_ context.Context, person roster.PersonID, keep Hash) ([]Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.end(person, keep), nil
}

func (m *MemoryStore) is(person roster.PersonID, secret string) bool {
	have, ok := m.secrets[person]
	return ok && have == secret
}

func (m *MemoryStore) end(person roster.PersonID, keep Hash) []Record {
	return m.drop(func(s Record) bool { return s.Person == person && s.Hash != keep })
}

// drop removes the sessions that f names and returns them.
func (m *MemoryStore) drop(f func(Record) bool) (dropped []Record) {
	m.sessions = slices.DeleteFunc(m.sessions, func(s Record) bool {
		if !f(s) {
			return false
		}
		dropped = append(dropped, s)
		return true
	})
	return dropped
}
