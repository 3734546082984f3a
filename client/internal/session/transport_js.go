package session

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"syscall/js"
	"time"

	"phonghop/shared/protocol"
)

// Times of a connection in a browser, which shows no pings: a request beside
// the socket tells whether the server is still there.
const (
	handshakeTimeout = 15 * time.Second
	pingEvery        = protocol.PingEvery
	probeTimeout     = 5 * time.Second
)

// Dial opens the browser's socket, with a ticket: it sends no headers.
func (s *Server) Dial(ctx context.Context) (Socket, error) {
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	ticket, err := s.socketTicket(ctx)
	if err != nil {
		return nil, err
	}
	b := &browserSocket{server: s, ready: make(chan struct{}, 1), opened: make(chan struct{}), done: make(chan struct{})}
	url := "ws" + strings.TrimPrefix(s.Base(), "http") + "/v1/socket?ticket=" + ticket
	if err := b.open(url); err != nil {
		return nil, fromTransport(ctx, err)
	}
	select {
	case <-b.opened:
		go b.watch()
		return b, nil
	case <-b.done:
		err = errors.New("the socket did not open")
	case <-ctx.Done():
		err = ctx.Err()
	}
	b.Close()
	return nil, fromTransport(ctx, err)
}

// browserSocket is a Socket over the browser's WebSocket.
type browserSocket struct {
	server *Server
	value  js.Value
	forget []func() // take back what was asked of the browser
	opened chan struct{}
	done   chan struct{}
	ready  chan struct{} // something to read

	mu       sync.Mutex
	messages [][]byte
	err      error // why it ended
}

// open makes the WebSocket; the browser throws where the address is none.
func (b *browserSocket) open(url string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = errors.New("the browser opens no socket")
		}
	}()
	b.value = js.Global().Get("WebSocket").New(url)
	b.on("open", func(js.Value) { close(b.opened) })
	b.on("message", func(e js.Value) {
		data := e.Get("data")
		if data.Type() != js.TypeString {
			b.end(errors.New("a binary message"))
			return
		}
		b.mu.Lock()
		b.messages = append(b.messages, []byte(data.String()))
		b.mu.Unlock()
		b.poke()
	})
	b.on("close", func(e js.Value) { b.end(&CloseError{e.Get("code").Int()}) })
	return nil
}

func (b *browserSocket) on(name string, f func(js.Value)) {
	fn := js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	})
	b.value.Call("addEventListener", name, fn)
	b.forget = append(b.forget, func() {
		b.value.Call("removeEventListener", name, fn) // the browser tells of the end later
		fn.Release()
	})
}

func (b *browserSocket) poke() {
	select {
	case b.ready <- struct{}{}:
	default:
	}
}

func (b *browserSocket) end(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
		close(b.done)
	}
}

// watch asks the server now and then whether it is there.
func (b *browserSocket) watch() {
	t := time.NewTicker(pingEvery)
	defer t.Stop()
	for {
		select {
		case <-b.done:
			return
		case <-t.C:
			b.check()
		}
	}
}

func (b *browserSocket) check() {
	ctx, cancel := context.WithTimeout(context.Background(), probeTimeout)
	defer cancel()
	if _, err := b.server.Health(ctx); err != nil && CodeOf(err) == CodeNetwork {
		b.end(err)
		b.value.Call("close")
	}
}

// Read implements Socket.
func (b *browserSocket) Read() ([]byte, error) {
	for {
		b.mu.Lock()
		if len(b.messages) > 0 {
			m := b.messages[0]
			b.messages = b.messages[1:]
			b.mu.Unlock()
			return m, nil
		}
		err := b.err
		b.mu.Unlock()
		if err != nil {
			return nil, err
		}
		select {
		case <-b.ready:
		case <-b.done:
		}
	}
}

// Write implements Socket.
func (b *browserSocket) Write(data []byte) error {
	b.mu.Lock()
	err := b.err
	b.mu.Unlock()
	if err != nil {
		return err
	}
	b.value.Call("send", string(data))
	return nil
}

// Probe implements Socket.
func (b *browserSocket) Probe() { go b.check() }

// Close implements Socket.
func (b *browserSocket) Close() {
	b.end(errors.New("closed"))
	b.value.Call("close")
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, forget := range b.forget {
		forget()
	}
	b.forget = nil
}

// socketTicket lets the page open a socket, where it can set no header.
func (s *Server) socketTicket(ctx context.Context) (string, error) {
	var out struct {
		Ticket string `json:"ticket"`
	}
	err := s.call(ctx, http.MethodPost, "/v1/socket-ticket", nil, &out)
	return url.QueryEscape(out.Ticket), err
}
