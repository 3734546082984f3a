package account

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"

	"phonghop/shared/roster"
)

// Check returns the session of a token. The error is ErrNoSession. It is
// quick: the store is asked only for tokens not seen lately.
func (s *Service) Check(ctx context.Context, token string) (Session, error) {
	if len(token) != base64.RawURLEncoding.EncodedLen(tokenBytes) {
		return Session{}, ErrNoSession
	}
	h := Hash(sha256.Sum256([]byte(token)))
	session, ok, asOf := s.cache.get(h)
	if !ok {
		r, err := s.store.Session(ctx, h)
		if errors.Is(err, ErrNoSession) {
			return Session{}, ErrNoSession
		}
		if err != nil {
			return Session{}, fmt.Errorf("look for a session: %w", err)
		}
		session = r.Session
		s.cache.put(r, asOf)
	}
	if !s.now().Before(session.Expires) {
		s.cache.drop(h)
		return Session{}, ErrNoSession
	}
	return session, nil
}

// SignOut ends the session of a token. The error is ErrNoSession.
func (s *Service) SignOut(ctx context.Context, token string) error {
	r, err := s.store.EndSession(ctx, sha256.Sum256([]byte(token)))
	if errors.Is(err, ErrNoSession) {
		return ErrNoSession
	}
	if err != nil {
		return fmt.Errorf("sign out: %w", err)
	}
	s.end(r)
	return nil
}

// Revoke ends a person's sessions, but for the one of exceptToken, which may
// be "".
func (s *Service) Revoke(ctx context.Context, person roster.PersonID, exceptToken string) error {
	var keep Hash
	if exceptToken != "" {
		keep = sha256.Sum256([]byte(exceptToken))
	}
	ended, err := s.store.EndSessions(ctx, person, keep)
	if err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	s.end(ended...)
	return nil
}

// end makes known that sessions are gone from the store.
func (s *Service) end(ended ...Record) {
	for _, r := range ended {
		s.cache.drop(r.Hash)
	}
	s.mu.RLock()
	told := s.revoked
	s.mu.RUnlock()
	for _, r := range ended {
		for _, f := range told {
			f(r.ID)
		}
	}
}

// maxCached bounds the sessions in memory: about 5 MB of them.
const maxCached = 20_000

// cache holds sessions that were asked for.
type cache struct {
	mu       sync.RWMutex
	sessions map[Hash]Session
	drops    uint64
}

func newCache() *cache { return &cache{sessions: map[Hash]Session{}} }

// get returns a session; asOf is for put.
func (c *cache) get(h Hash) (s Session, ok bool, asOf uint64) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	s, ok = c.sessions[h]
	return s, ok, c.drops
}

// put keeps a session that was read from the store after get. It is not kept
// if any was dropped meanwhile: it may have been this one.
func (c *cache) put(r Record, asOf uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.drops != asOf {
		return
	}
	if len(c.sessions) >= maxCached {
		for h := range c.sessions { // any
			delete(c.sessions, h)
			break
		}
	}
	c.sessions[r.Hash] = r.Session
}

func (c *cache) drop(h Hash) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drops++
	delete(c.sessions, h)
}
