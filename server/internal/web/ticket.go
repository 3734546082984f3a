package web

import (
	"crypto/rand"
	"net/http"
	"sync"
	"time"
)

const (
	ticketLife = 30 * time.Second
	maxTickets = 10_000
)

// tickets let a browser's page open a socket, where it can set no header:
// each is good for one socket, and not for long, because addresses end up in
// logs.
type tickets struct {
	now func() time.Time
	mu  sync.Mutex
	all map[string]ticket
}

type ticket struct {
	token   string
	expires time.Time
}

func newTickets(now func() time.Time) *tickets {
	return &tickets{now: now, all: map[string]ticket{}}
}

// issue makes a ticket; ok is false while too many wait.
func (t *tickets) issue(token string) (name string, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	if len(t.all) >= maxTickets {
		for name, k := range t.all {
			if now.After(k.expires) {
				delete(t.all, name)
			}
		}
		if len(t.all) >= maxTickets {
			return "", false
		}
	}
	name = rand.Text()
	t.all[name] = ticket{token, now.Add(ticketLife)}
	return name, true
}

// take uses a ticket up.
func (t *tickets) take(name string) (token string, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	k, ok := t.all[name]
	delete(t.all, name)
	if !ok || t.now().After(k.expires) {
		return "", false
	}
	return k.token, true
}

func (s *Server) socketTicket(_ http.ResponseWriter, _ *http.Request, who caller) (int, any, error) {
	name, ok := s.tickets.issue(who.token)
	if !ok {
		p := *errBroken
		p.RetryAfter = wholeSeconds(ticketLife)
		return 0, nil, &p
	}
	return http.StatusCreated, map[string]string{"ticket": name}, nil
}
