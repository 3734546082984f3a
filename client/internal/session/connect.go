package session

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// Times of reconnecting. The server's whole room may do this at once, on the
// room's own network: waits are short, and spread.
const (
	firstWait   = 200 * time.Millisecond
	longestWait = 2 * time.Second // without a network
	busiestWait = 5 * time.Second // while the server asks for patience
	// steadyAfter is how long a connection lasts before the next one is a
	// first try again.
	steadyAfter = 3 * time.Second
)

// backoff says how long to wait before the next try.
type backoff struct{ tries int }

// next is the wait after a connection or a try ended; the first is none,
// unless the server asks for patience.
func (b *backoff) next(retry protocol.Retry) time.Duration {
	b.tries++
	most := longestWait
	if retry == retryBusy {
		most = busiestWait
	} else if b.tries == 1 {
		return 0
	}
	wait := min(firstWait<<min(max(b.tries-2, 0), 10), most)
	return wait/2 + rand.N(wait/2+1) //nolint:gosec // so that devices do not come back all at once; no secret
}

// lived notes how a connection went. After one that served, the next try is a
// first one again. After a short one it is soon all the same where the network
// tore it, but not where the server closes what it just took.
func (b *backoff) lived(welcome bool, long time.Duration, err error) {
	var closed *CloseError
	switch {
	case !welcome:
	case long >= steadyAfter:
		b.tries = 0
	case !errors.As(err, &closed):
		b.tries = min(b.tries, 1)
	}
}

// errLeft ends a connection that is to begin with commands that were found
// while it was made.
var errLeft = errors.New("session: another program's commands are to be taken over first")

// retryBusy is for a server that cannot take this device now.
const retryBusy protocol.Retry = -1

// run connects again and again until the session is closed.
func (s *Session) run() {
	var wait backoff
	broken := 0
	for s.ctx.Err() == nil {
		began := time.Now()
		welcome, err := s.connect()
		if s.ctx.Err() != nil {
			return
		}
		wait.lived(welcome, time.Since(began), err)
		if errors.Is(err, replica.ErrProtocol) {
			// What is held may be what makes it fail: begin anew with nothing
			// but the commands that wait.
			if broken++; broken >= 3 {
				s.forgetStates()
				broken = 0
			}
		} else if welcome {
			broken = 0
		}
		retry, problem := verdict(err)
		if problem != nil {
			s.end(problem)
			if !s.pause(-1) {
				return
			}
			s.resume()
			continue
		}
		s.offline()
		if !s.pause(wait.next(retry)) {
			return
		}
	}
}

// verdict says what to do after a connection ended: a problem says not to try
// again before Wake.
func verdict(err error) (protocol.Retry, *Problem) {
	var closed *CloseError
	var p *Problem
	switch {
	case errors.As(err, &closed):
		retry := protocol.AfterClose(closed.Code)
		if retry == protocol.RetryNever {
			return retry, fromClose(closed.Code)
		}
		if closed.Code == protocol.CloseBusy {
			retry = retryBusy
		}
		return retry, nil
	case errors.Is(err, replica.ErrOtherRoom):
		return protocol.RetryNever, &Problem{Code: otherPerson, What: "another room or person", Err: err}
	case errors.As(err, &p):
		switch p.Code {
		case CodeKeyChanged, protocol.CodeSignIn, protocol.CodeVersion, CodeDeviceOld, CodeServerOld, protocol.CodeNotAllowed:
			return protocol.RetryNever, p
		case protocol.CodeUnavailable, protocol.CodeSlowDown:
			return retryBusy, nil
		}
	}
	return protocol.RetryLater, nil
}

// pause waits (below 0: until Wake) and reports whether to go on.
func (s *Session) pause(wait time.Duration) bool {
	if wait == 0 {
		return s.ctx.Err() == nil
	}
	var timer <-chan time.Time
	if wait > 0 {
		t := time.NewTimer(wait)
		defer t.Stop()
		timer = t.C
	}
	select {
	case <-s.ctx.Done():
		return false
	case <-timer:
	case <-s.wakeDial:
	}
	return true
}

func (s *Session) offline() {
	s.mu.Lock()
	if s.link != Ended {
		s.link = Offline
	}
	s.look()
	s.mu.Unlock()
	s.opt.Server.dropIdle()
	s.changed()
}

// end says that it goes on only when somebody wants it to.
func (s *Session) end(p *Problem) {
	s.mu.Lock()
	s.link, s.why = Ended, p
	s.look()
	s.mu.Unlock()
	s.changed()
}

func (s *Session) resume() {
	s.mu.Lock()
	s.link, s.why = Offline, nil
	s.look()
	s.mu.Unlock()
	s.changed()
}

// signedOut is told by requests beside the socket that the sign-in has ended:
// the socket finds out for itself.
func (s *Session) signedOut() {
	s.mu.Lock()
	if s.conn != nil {
		s.conn.socket.Close()
	}
	s.mu.Unlock()
	poke(s.wakeDial)
}

// connect makes one connection and stays with it until it ends. welcome
// reports whether the server took it.
func (s *Session) connect() (welcome bool, err error) {
	if s.opt.Claim != nil {
		s.claim()
		s.takeLeft()
	}
	socket, err := s.dial()
	if err != nil {
		return false, err
	}
	c := newConn(socket)
	s.mu.Lock()
	if s.ctx.Err() != nil { // closed meanwhile: nobody else closes this socket
		s.mu.Unlock()
		socket.Close()
		return false, s.ctx.Err()
	}
	if len(s.keep.lefts(leftClaimed)) > 0 { // meanwhile: Redial had nothing to close
		s.mu.Unlock()
		socket.Close()
		return false, errLeft
	}
	s.conn = c
	for _, m := range s.replica.Connected(s.opt.Now()) {
		c.queue = append(c.queue, outgoing{message: m})
	}
	s.mu.Unlock()
	s.all.Go(func() { s.writer(c) })
	for err == nil {
		err = s.readOne(c)
	}
	s.mu.Lock()
	welcome = s.replica.Ready()
	s.conn = nil
	s.replica.Disconnected()
	s.follow = map[string]Followers{}
	clear(s.inking.out)
	close(c.done)
	s.mu.Unlock()
	socket.Close()
	return welcome, err
}

// dial opens a socket, unless Redial has no patience for that.
func (s *Session) dial() (Socket, error) {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	s.mu.Lock()
	s.giveUpDial = cancel
	s.mu.Unlock()
	socket, err := s.opt.Dial(ctx)
	s.mu.Lock()
	s.giveUpDial = nil
	s.mu.Unlock()
	return socket, err
}

func (s *Session) readOne(c *conn) error {
	data, err := c.socket.Read()
	if err != nil {
		return err
	}
	c.heard.Add(1)
	var m protocol.Message
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("%w: %w", replica.ErrProtocol, err)
	}
	s.change(func(e *effects) {
		var got replica.Effects
		got, err = s.replica.Receive(s.opt.Now(), m)
		e.add(got)
		if err == nil && m.Type == protocol.TypeWelcome {
			s.fetching.afresh() // what could not be had may be there now
			poke(s.wakeList)
			poke(s.wakeFetch)
		}
	})
	return err
}
