package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"

	"phonghop/server/internal/notebook"
	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// A socket that sends more than this waits: 60 messages a second, 200 at once,
// and as many streams asked for a second, after the first MaxStreams.
const (
	messagesPerSecond = 60
	messagesAtOnce    = 200
)

var upgrader = websocket.Upgrader{
	HandshakeTimeout: 10 * time.Second,
	ReadBufferSize:   4 << 10,
	WriteBufferSize:  4 << 10,
	// The default CheckOrigin lets only pages of this host in.
	Error: func(w http.ResponseWriter, _ *http.Request, status int, _ error) { w.WriteHeader(status) },
}

// socket opens a socket. Who has no session gets one all the same, and it is
// closed with CloseSignIn: a browser's page learns a close code, but never
// the status of an answer that was no upgrade.
func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	who, err := s.socketCaller(r)
	if err != nil && !s.isSignIn(r, err) {
		s.fail(w, r, err)
		return
	}
	limitTime(w, 0, 0)
	_ = http.NewResponseController(w).SetReadDeadline(time.Time{})
	_ = http.NewResponseController(w).SetWriteDeadline(time.Time{})
	ws, upgradeErr := upgrader.Upgrade(w, r, nil)
	if upgradeErr != nil {
		return // answered by the upgrader
	}
	if err != nil {
		closeNow(ws, protocol.CloseSignIn)
		return
	}
	c := newConn(ws, who, s.Now)
	if code := s.hub.join(c); code != 0 {
		closeNow(ws, code)
		return
	}
	defer s.hub.leave(c)
	go c.write()
	// Signed out, or taken off the room, between the check and the join: nobody
	// has told this socket.
	session, err := s.Accounts.Check(r.Context(), who.token)
	if err == nil {
		_, err = s.known(who.token, session)
	}
	if err != nil && s.isSignIn(r, err) {
		c.end(protocol.CloseSignIn)
	}
	s.converse(c)
	close(c.quiet)
	s.Hall.Leave(c)
	s.Notes.Leave(c)
	<-c.done
}

func (s *Server) isSignIn(r *http.Request, err error) bool {
	return s.problemOf(r, err).Code == protocol.CodeSignIn
}

func closeNow(ws *websocket.Conn, code int) {
	_ = ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(closeWithin))
	_ = ws.Close()
}

// socketCaller is who opens a socket: by a ticket where a page cannot set
// headers, or as in any request.
func (s *Server) socketCaller(r *http.Request) (caller, error) {
	if t := r.URL.Query().Get("ticket"); t != "" {
		token, ok := s.tickets.take(t)
		if !ok {
			return caller{}, errSignIn
		}
		session, err := s.Accounts.Check(r.Context(), token)
		if err != nil {
			return caller{}, err
		}
		return s.known(token, session)
	}
	return s.caller(r)
}

// converse reads from a socket until it ends.
func (s *Server) converse(c *conn) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { // so that nothing waits for a socket that ends
		select {
		case <-c.stop:
			cancel()
		case <-ctx.Done():
		}
	}()
	d := newDialogue(s, c)
	limit := rate.NewLimiter(messagesPerSecond, messagesAtOnce)
	c.ws.SetPongHandler(func(string) error { return c.listen() })
	_ = c.ws.SetReadDeadline(time.Now().Add(protocol.HelloWithin))
	for {
		m, err := c.next()
		if err == nil {
			err = limit.Wait(ctx)
		}
		if err == nil {
			err = d.hear(ctx, m)
		}
		if err != nil {
			c.end(closeCode(err))
			return
		}
	}
}

// listen gives the peer its time to be heard of again.
func (c *conn) listen() error { return c.ws.SetReadDeadline(time.Now().Add(silence)) }

// closing is an error that ends a socket with a code of the protocol.
type closing int

func (c closing) Error() string { return "socket ends" }

func closeCode(err error) int {
	var code closing
	switch {
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, room.ErrClosed):
		return protocol.CloseRestart
	}
	return websocket.CloseGoingAway
}

// next reads one message. Before the hello the deadline is not moved.
func (c *conn) next() (m protocol.Message, err error) {
	kind, r, err := c.ws.NextReader()
	if err != nil {
		return m, err
	}
	data, err := io.ReadAll(io.LimitReader(r, protocol.MaxClientMessage+1))
	switch {
	case err != nil:
		return m, err
	case kind != websocket.TextMessage || len(data) > protocol.MaxClientMessage || json.Unmarshal(data, &m) != nil:
		return m, closing(protocol.CloseInvalid)
	}
	return m, nil
}

// dialogue is what one socket has said so far.
type dialogue struct {
	server  *Server
	conn    *conn
	client  string // from the hello on
	greeted bool
	wanted  map[string]struct{}
	asked   *rate.Limiter // of streams: each answer may be a large one
}

func newDialogue(s *Server, c *conn) *dialogue {
	return &dialogue{server: s, conn: c, wanted: map[string]struct{}{}, asked: rate.NewLimiter(messagesPerSecond, protocol.MaxStreams)}
}

func (d *dialogue) hear(ctx context.Context, m protocol.Message) error {
	if !d.greeted {
		return d.hello(ctx, m)
	}
	if err := d.conn.listen(); err != nil {
		return err
	}
	switch m.Type {
	case protocol.TypeSubscribe:
		return d.subscribe(ctx, m.Streams)
	case protocol.TypeUnsubscribe:
		for _, at := range m.Streams {
			delete(d.wanted, at.Stream)
			if name, ok := protocol.ParseStream(at.Stream); ok && name.Private {
				d.server.Notes.Unsubscribe(d.conn, name.Meeting)
				continue
			}
			if err := d.server.Hall.Unsubscribe(ctx, d.conn, at.Stream); err != nil {
				return err
			}
		}
		return nil
	case protocol.TypeCommand:
		return d.command(ctx, m)
	case protocol.TypePresence:
		var p protocol.Presence
		if json.Unmarshal(m.Body, &p) != nil {
			return closing(protocol.CloseInvalid)
		}
		return d.server.Hall.Tell(ctx, d.conn, m.Stream, p)
	}
	return closing(protocol.CloseInvalid)
}

func (d *dialogue) hello(ctx context.Context, m protocol.Message) error {
	switch {
	case m.Type != protocol.TypeHello:
		return closing(protocol.CloseInvalid)
	case m.Version != protocol.Version:
		return closing(protocol.CloseVersion)
	case !text.ValidID(m.Client):
		return closing(protocol.CloseInvalid)
	}
	if err := d.server.hub.greet(ctx, d.conn, m.Client); err != nil {
		return err
	}
	d.greeted, d.client = true, m.Client
	if err := d.conn.listen(); err != nil {
		return err
	}
	d.say(protocol.Message{Type: protocol.TypeWelcome, Version: protocol.Version, Now: d.server.Now(),
		Person: d.conn.person, Room: d.server.Room, Program: d.server.Program})
	return d.subscribe(ctx, m.Streams)
}

func (d *dialogue) subscribe(ctx context.Context, all []protocol.Position) error {
	for _, at := range all {
		if err := d.asked.Wait(ctx); err != nil {
			return err
		}
		if _, ok := d.wanted[at.Stream]; !ok && len(d.wanted) >= protocol.MaxStreams {
			d.say(protocol.Message{Type: protocol.TypeStream, Stream: at.Stream, Code: protocol.CodeTooMany})
			continue
		}
		d.wanted[at.Stream] = struct{}{}
		if err := d.follow(ctx, at); err != nil {
			return err
		}
	}
	return nil
}

// follow subscribes to one stream where it is kept.
func (d *dialogue) follow(ctx context.Context, at protocol.Position) error {
	if name, ok := protocol.ParseStream(at.Stream); ok && name.Private {
		return d.server.Notes.Subscribe(ctx, d.conn, at)
	}
	return d.server.Hall.Subscribe(ctx, d.conn, at)
}

func (d *dialogue) command(ctx context.Context, m protocol.Message) error {
	refuse := func(code, what string) {
		d.say(protocol.Message{Type: protocol.TypeRefused, Command: m.Command, Stream: m.Stream, Code: code, What: what})
	}
	if !text.ValidID(m.Command) {
		return closing(protocol.CloseInvalid)
	}
	name, ok := protocol.ParseStream(m.Stream)
	if !ok || name.Meeting == "" {
		refuse(protocol.CodeInvalid, "stream")
		return nil
	}
	wish, err := meeting.DecodeCommand(m.Body)
	if err != nil {
		var refused *meeting.Refusal
		if errors.As(err, &refused) {
			refuse(string(refused.Code), refused.What)
		} else {
			refuse(protocol.CodeInvalid, "body")
		}
		return nil
	}
	if name.Private {
		return d.note(ctx, m, name.Meeting, wish, refuse)
	}
	err = d.server.Hall.Submit(ctx, name.Meeting, room.Command{
		Key:   room.Key{Person: d.conn.person, Client: d.client, Command: m.Command},
		Actor: meeting.Actor{Person: meeting.PersonID(d.conn.person)},
		Wish:  wish,
		Answer: func(res room.Result) {
			if res.Code != "" {
				refuse(res.Code, res.What)
				return
			}
			d.say(protocol.Message{Type: protocol.TypeDone, Command: m.Command, Stream: m.Stream, Positions: res.Positions})
		},
	})
	if err == nil || errors.Is(err, room.ErrClosed) || ctx.Err() != nil {
		return err
	}
	d.server.Log.Error("command not taken", "err", err)
	refuse(protocol.CodeUnavailable, "")
	return nil
}

// note carries out a command on the person's own notes.
func (d *dialogue) note(ctx context.Context, m protocol.Message, id string, wish meeting.Command, refuse func(code, what string)) error {
	positions, err := d.server.Notes.Submit(ctx, notebook.Command{
		Book: notebook.Book{Person: d.conn.person, Meeting: id}, Client: d.client, Command: m.Command, Wish: wish,
	})
	var refused *meeting.Refusal
	switch {
	case err == nil:
		d.say(protocol.Message{Type: protocol.TypeDone, Command: m.Command, Stream: m.Stream, Positions: positions})
	case errors.As(err, &refused):
		refuse(string(refused.Code), refused.What)
	case errors.Is(err, room.ErrFull):
		refuse(protocol.CodeStorageFull, "")
	case errors.Is(err, room.ErrClosed), ctx.Err() != nil:
		return err
	default:
		d.server.Log.Error("note not kept", "err", err)
		refuse(protocol.CodeUnavailable, "")
	}
	return nil
}

// say sends a message to this socket alone.
func (d *dialogue) say(m protocol.Message) { d.conn.Send(m) }
