//go:build !js

package session

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// Times of a connection. Dialing is short, so that a device whose network
// comes back does not hang in a try that began before.
const (
	dialTimeout      = 2500 * time.Millisecond // two packets of a TCP connection may be lost
	handshakeTimeout = 15 * time.Second
	writeTimeout     = 10 * time.Second
	pingEvery        = 5 * time.Second
	silence          = 2*pingEvery + 2*time.Second // then the server is gone
	probeTimeout     = 3 * time.Second
)

func dialTCP(ctx context.Context, network, address string) (net.Conn, error) {
	d := net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}
	return d.DialContext(ctx, network, address)
}

// newHTTPClient makes a client that talks to the pinned server and nobody
// else, also not by a redirection. HTTP/1.1 only: one lost packet on a bad
// network must not hold up the page that is waited for behind those that are
// not. Header is how long an answer may take to begin.
func newHTTPClient(p *pin.Pin, header time.Duration) requester {
	return &http.Client{
		Transport: &http.Transport{
			DialContext:           dialTCP,
			TLSClientConfig:       pin.ClientConfig(p),
			TLSHandshakeTimeout:   handshakeTimeout,
			TLSNextProto:          map[string]func(string, *tls.Conn) http.RoundTripper{},
			MaxIdleConnsPerHost:   4,
			IdleConnTimeout:       time.Minute,
			ResponseHeaderTimeout: header,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Dial opens the socket of the server.
func (s *Server) Dial(ctx context.Context) (Socket, error) {
	d := websocket.Dialer{
		NetDialContext:   dialTCP,
		TLSClientConfig:  pin.ClientConfig(s.pin),
		HandshakeTimeout: handshakeTimeout,
	}
	header := http.Header{}
	if token := s.Token(); token != "" {
		header.Set("Authorization", "Bearer "+token)
	}
	url := "wss" + strings.TrimPrefix(s.Base(), "https") + "/v1/socket"
	conn, resp, err := d.DialContext(ctx, url, header)
	if err != nil {
		if resp != nil && errors.Is(err, websocket.ErrBadHandshake) {
			return nil, problemOf(resp)
		}
		return nil, fromTransport(ctx, err)
	}
	_ = resp.Body.Close() // empty: what follows is the socket's
	return newWebSocket(conn), nil
}

// webSocket is a Socket over gorilla's connection.
type webSocket struct {
	conn    *websocket.Conn
	done    chan struct{}
	closed  atomic.Bool
	probing atomic.Bool
}

func newWebSocket(conn *websocket.Conn) *webSocket {
	w := &webSocket{conn: conn, done: make(chan struct{})}
	conn.SetReadLimit(protocol.MaxServerMessage)
	w.alive()
	conn.SetPongHandler(func(string) error { w.alive(); return nil })
	conn.SetPingHandler(func(data string) error {
		w.alive()
		_ = conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeTimeout))
		return nil // a connection that cannot be written to ends by its silence
	})
	go w.ping()
	return w
}

// alive notes a sign of life.
func (w *webSocket) alive() {
	w.probing.Store(false)
	_ = w.conn.SetReadDeadline(time.Now().Add(silence))
}

func (w *webSocket) ping() {
	t := time.NewTicker(pingEvery)
	defer t.Stop()
	for {
		select {
		case <-w.done:
			return
		case <-t.C:
			_ = w.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTimeout))
		}
	}
}

// Read implements Socket.
func (w *webSocket) Read() ([]byte, error) {
	kind, data, err := w.conn.ReadMessage()
	var closed *websocket.CloseError
	switch {
	case errors.As(err, &closed):
		return nil, &CloseError{closed.Code}
	case err != nil:
		return nil, err
	case kind != websocket.TextMessage:
		return nil, errors.New("a binary message")
	}
	w.alive()
	return data, nil
}

// Write implements Socket.
func (w *webSocket) Write(data []byte) error {
	_ = w.conn.SetWriteDeadline(time.Now().Add(writeTimeout))
	return w.conn.WriteMessage(websocket.TextMessage, data)
}

// Probe implements Socket.
func (w *webSocket) Probe() {
	if w.probing.Swap(true) {
		return
	}
	_ = w.conn.SetReadDeadline(time.Now().Add(probeTimeout))
	_ = w.conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(probeTimeout))
}

// Close implements Socket.
func (w *webSocket) Close() {
	if w.closed.Swap(true) {
		return
	}
	close(w.done)
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	_ = w.conn.WriteControl(websocket.CloseMessage, bye, time.Now().Add(time.Second))
	_ = w.conn.Close()
}
