package session

import (
	"encoding/json"
	"slices"
	"sync/atomic"
	"time"

	"phonghop/shared/protocol"
)

// presenceEvery is the least time between two messages of presence.
const presenceEvery = 40 * time.Millisecond

// answerWithin is how long a wish waits for any sign of the server before the
// line is tested: a network that is lost without a word is noticed by whoever
// wishes something within answerWithin and the time of a probe.
const answerWithin = 2 * time.Second

// conn is one connection and what is to be sent on it.
type conn struct {
	socket Socket
	done   chan struct{}
	wake   chan struct{}
	heard  atomic.Int64 // messages that came in
	// Under the session's lock:
	queue    []outgoing
	presence []protocol.Message // the newest of each kind and stream
}

// outgoing is a message that may leave as soon as the wishes up to a number
// are kept on the device.
type outgoing struct {
	message protocol.Message
	after   uint64
}

func newConn(socket Socket) *conn {
	return &conn{socket: socket, done: make(chan struct{}), wake: make(chan struct{}, 1)}
}

// send queues messages. Commands leave only once they are kept, so that none
// is forgotten of which the server may know. The caller holds the lock.
func (s *Session) send(messages ...protocol.Message) {
	if s.conn == nil || len(messages) == 0 {
		return
	}
	for _, m := range messages {
		out := outgoing{message: m}
		if m.Type == protocol.TypeCommand {
			out.after = s.keep.wished
		}
		s.conn.queue = append(s.conn.queue, out)
	}
	poke(s.conn.wake)
}

// presence queues what only counts while it is new. The caller holds the lock.
func (s *Session) presence(stream string, p protocol.Presence) {
	if s.conn == nil || !s.replica.Ready() {
		return
	}
	body, err := json.Marshal(p)
	if err != nil {
		return // not a number: nothing to show
	}
	m := protocol.Message{Type: protocol.TypePresence, Stream: stream, Body: body}
	kind := func(o protocol.Message) bool {
		var other protocol.Presence
		return o.Stream == stream && json.Unmarshal(o.Body, &other) == nil && other.Kind == p.Kind
	}
	s.conn.presence = append(slices.DeleteFunc(s.conn.presence, kind), m)
	poke(s.conn.wake)
}

// writer sends what is queued until the connection ends.
func (s *Session) writer(c *conn) {
	var rest <-chan time.Time // set while presence has to wait
	for {
		m, presence, ok := s.nextOut(c, rest == nil)
		if !ok {
			select {
			case <-c.done:
				return
			case <-c.wake:
			case <-rest:
				rest = nil
			}
			continue
		}
		data, err := json.Marshal(m)
		if err == nil {
			err = c.socket.Write(data)
		}
		if err != nil {
			c.socket.Close() // the reader tells the rest
			return
		}
		if presence {
			rest = time.After(presenceEvery)
		}
		if m.Type == protocol.TypeCommand {
			c.expectAnswer()
		}
	}
}

// expectAnswer tests the line when nothing at all comes in for a while.
func (c *conn) expectAnswer() {
	heard := c.heard.Load()
	time.AfterFunc(answerWithin, func() {
		if c.heard.Load() == heard {
			c.socket.Probe()
		}
	})
}

// nextOut takes what is to be sent next.
func (s *Session) nextOut(c *conn, presenceToo bool) (m protocol.Message, presence, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(c.queue) > 0 && c.queue[0].after <= s.keep.kept {
		m = c.queue[0].message
		c.queue = c.queue[1:]
		return m, false, true
	}
	if presenceToo {
		if stream, p, ok := s.liveOut(); ok {
			if body, err := json.Marshal(p); err == nil {
				return protocol.Message{Type: protocol.TypePresence, Stream: stream, Body: body}, true, true
			}
		}
	}
	if presenceToo && len(c.presence) > 0 {
		m = c.presence[0]
		c.presence = c.presence[1:]
		return m, true, true
	}
	return m, false, false
}
