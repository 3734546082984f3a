package web

import (
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/server/internal/room"
	"phonghop/shared/protocol"
)

// Times of a socket.
const (
	writeWithin = 10 * time.Second // for one message to leave
	closeWithin = time.Second      // for the last words to leave
	silence     = 3 * protocol.PingEvery
)

// conn is one socket: what is to be sent waits in its queue, and a goroutine
// writes it. It implements room.Reader.
type conn struct {
	ws      *websocket.Conn
	person  string
	session string
	expires time.Time
	now     func() time.Time
	client  string        // from the hello on; guarded by the hub
	quiet   chan struct{} // closed when nothing more is read
	gone    chan struct{} // closed when nothing of the socket is left
	share   *share        // of the person; from the join on

	queue   chan *room.Frame
	waiting atomic.Int64 // bytes in the queue that are for this socket alone

	once sync.Once
	code int           // the close code; set before stop is closed
	stop chan struct{} // closed when the socket is to end
	done chan struct{} // closed when the writer has ended
}

func newConn(ws *websocket.Conn, who caller, now func() time.Time) *conn {
	return &conn{
		ws: ws, person: who.id(), session: who.session.ID, expires: who.session.Expires, now: now,
		queue: make(chan *room.Frame, protocol.Queue), stop: make(chan struct{}), done: make(chan struct{}), gone: make(chan struct{}), quiet: make(chan struct{}),
	}
}

// Person implements room.Reader.
func (c *conn) Person() string { return c.person }

// Deliver implements room.Reader. A socket whose queue is full, or whose person
// has too much waiting, is closed: the client connects again and goes on from
// where it is. What waits first is taken whatever its size.
func (c *conn) Deliver(f *room.Frame) {
	select {
	case <-c.stop:
		return // it would never be sent
	default:
	}
	n := weight(f)
	c.waiting.Add(n)
	if c.share.waiting.Add(n) > maxWaiting && n > 0 && len(c.queue) > 0 {
		c.sent(f)
		c.end(protocol.CloseSlow)
		return
	}
	select {
	case c.queue <- f:
	default:
		c.sent(f)
		c.end(protocol.CloseSlow)
	}
}

// weight is the memory that a frame takes for one socket: none, where it is
// there once for all.
func weight(f *room.Frame) int64 {
	if f.Prepared != nil {
		return 0
	}
	return int64(len(f.Data))
}

// sent gives back what a frame took of the person's share.
func (c *conn) sent(f *room.Frame) {
	n := weight(f)
	c.waiting.Add(-n)
	c.share.waiting.Add(-n)
}

// Send implements notebook.Reader: a message for this socket.
func (c *conn) Send(m protocol.Message) {
	data, err := json.Marshal(m)
	if err != nil {
		c.end(websocket.CloseInternalServerErr) // of a body that is no JSON, which nothing here makes
		return
	}
	c.Deliver(&room.Frame{Data: data})
}

// end lets the socket end with a close code, soon. The first code counts.
func (c *conn) end(code int) {
	c.once.Do(func() {
		c.code = code
		close(c.stop)
		// A write that hangs on a full line ends now.
		_ = c.ws.NetConn().SetWriteDeadline(time.Now().Add(closeWithin))
	})
}

// write sends what is delivered until the socket ends.
func (c *conn) write() {
	defer close(c.done)
	defer func() { _ = c.ws.Close() }()
	ping := time.NewTicker(protocol.PingEvery)
	defer ping.Stop()
	for {
		select {
		case <-c.stop:
			c.bye()
			return
		case f := <-c.queue:
			err := c.send(f)
			c.sent(f)
			if err != nil {
				c.end(websocket.CloseGoingAway)
				return
			}
		case <-ping.C:
			if c.now().After(c.expires) {
				c.end(protocol.CloseSignIn)
				continue
			}
			if c.ws.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeWithin)) != nil {
				c.end(websocket.CloseGoingAway)
				return
			}
		}
	}
}

func (c *conn) send(f *room.Frame) error {
	if err := c.ws.SetWriteDeadline(time.Now().Add(writeWithin)); err != nil {
		return err
	}
	if p, ok := f.Prepared.(*websocket.PreparedMessage); ok {
		return c.ws.WritePreparedMessage(p)
	}
	return c.ws.WriteMessage(websocket.TextMessage, f.Data)
}

// bye sends the close code. What is still queued is left: the client asks for
// it when it is back.
func (c *conn) bye() {
	data := websocket.FormatCloseMessage(c.code, "")
	err := c.ws.WriteControl(websocket.CloseMessage, data, time.Now().Add(closeWithin))
	if err != nil || c.code == protocol.CloseSlow || c.code == protocol.CloseReplaced {
		return // nobody is there who reads
	}
	// The other side answers the close. Until it has read so far, closing the
	// line could tear away the code before it is seen.
	select {
	case <-c.quiet:
	case <-time.After(closeWithin):
	}
}

// Prepare encodes a frame once for all sockets; it is room.Options.Prepare.
func Prepare(data []byte) any {
	p, err := websocket.NewPreparedMessage(websocket.TextMessage, data)
	if err != nil {
		return nil // sent as it is
	}
	return p
}
