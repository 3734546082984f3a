package web

import (
	"context"
	"sync"
	"sync/atomic"

	"phonghop/shared/protocol"
)

// Bounds of one person, over all sockets. They are far above what anybody has
// in hand, and low enough that one account cannot take the room's places, nor
// the server's memory by asking for much and reading nothing.
const (
	maxSocketsPerPerson = 50
	maxWaiting          = 8 * protocol.MaxServerMessage // bytes of messages for this person alone that wait to be sent
)

// share is what a person takes of the server.
type share struct {
	sockets int // guarded by the hub
	waiting atomic.Int64
}

// hub knows the open sockets.
type hub struct {
	most int
	wait sync.WaitGroup

	mu       sync.Mutex
	closed   bool
	conns    map[*conn]struct{}
	byPerson map[string]*share
	byClient map[clientKey]*conn
}

// clientKey names a client program that somebody has signed in with.
type clientKey struct{ person, client string }

func newHub(most int) *hub {
	return &hub{most: most, conns: map[*conn]struct{}{}, byPerson: map[string]*share{}, byClient: map[clientKey]*conn{}}
}

// join adds a socket. code is 0, or the close code that it gets instead.
func (h *hub) join(c *conn) (code int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	mine := h.byPerson[c.person]
	switch {
	case h.closed:
		return protocol.CloseRestart
	case len(h.conns) >= h.most || mine != nil && mine.sockets >= maxSocketsPerPerson:
		return protocol.CloseBusy
	case mine == nil:
		mine = &share{}
		h.byPerson[c.person] = mine
	}
	h.conns[c] = struct{}{}
	mine.sockets++
	c.share = mine
	h.wait.Add(1)
	return 0
}

// leave takes a socket off when nothing is delivered to it any more.
func (h *hub) leave(c *conn) {
	h.mu.Lock()
	delete(h.conns, c)
	c.share.waiting.Add(-c.waiting.Swap(0))
	if c.share.sockets--; c.share.sockets == 0 {
		delete(h.byPerson, c.person)
	}
	if k := (clientKey{c.person, c.client}); h.byClient[k] == c {
		delete(h.byClient, k)
	}
	h.mu.Unlock()
	close(c.gone)
	h.wait.Done()
}

// greet notes which client a socket is of. An older socket of the same client
// is torn already, though nobody has told us: it is ended, and when greet
// returns nothing that was sent over it will be carried out any more, so that
// the client's commands have one order.
func (h *hub) greet(ctx context.Context, c *conn, client string) error {
	h.mu.Lock()
	k := clientKey{c.person, client}
	older := h.byClient[k]
	c.client, h.byClient[k] = client, c
	h.mu.Unlock()
	if older == nil {
		return nil
	}
	older.end(protocol.CloseReplaced)
	select {
	case <-older.gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (h *hub) open() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.conns)
}

// revoke ends the sockets of a session that has ended.
func (h *hub) revoke(session string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.conns {
		if c.session == session {
			c.end(protocol.CloseSignIn)
		}
	}
}

// expel ends the sockets of somebody who is not of the room any more.
func (h *hub) expel(person string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.conns {
		if c.person == person {
			c.end(protocol.CloseSignIn)
		}
	}
}

func (h *hub) close(ctx context.Context) error {
	h.mu.Lock()
	h.closed = true
	for c := range h.conns {
		c.end(protocol.CloseRestart)
	}
	h.mu.Unlock()
	done := make(chan struct{})
	go func() { h.wait.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
