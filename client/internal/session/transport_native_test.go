//go:build !js

package session

import (
	"errors"
	"net"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/shared/protocol"
)

// once is a listener with one connection.
type once struct {
	conn chan net.Conn
	done chan struct{}
}

func (o *once) Accept() (net.Conn, error) {
	select {
	case c := <-o.conn:
		return c, nil
	case <-o.done:
		return nil, net.ErrClosed
	}
}

func (o *once) Close() error   { close(o.done); return nil }
func (o *once) Addr() net.Addr { return &net.TCPAddr{} }

// pair opens a socket over a pipe; serve has its other end.
func pair(t *testing.T, serve func(*websocket.Conn)) *webSocket {
	t.Helper()
	near, far := net.Pipe()
	l := &once{conn: make(chan net.Conn, 1), done: make(chan struct{})}
	l.conn <- far
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		serve(c)
	})}
	go func() { _ = server.Serve(l) }()
	t.Cleanup(func() { _ = server.Close() })
	conn, _, err := websocket.NewClient(near, &url.URL{Scheme: "ws", Host: "room"}, nil, 0, 0) //nolint:bodyclose,staticcheck // the socket is the body; a Dialer wants a network
	if err != nil {
		t.Fatal(err)
	}
	s := newWebSocket(conn)
	t.Cleanup(s.Close)
	return s
}

// deaf takes everything and says nothing.
func deaf(c *websocket.Conn) {
	c.SetPingHandler(func(string) error { return nil })
	for {
		if _, _, err := c.ReadMessage(); err != nil {
			return
		}
	}
}

func TestASilentServerIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pair(t, deaf)
		began := time.Now()
		if _, err := s.Read(); err == nil {
			t.Fatal("something was read")
		}
		if took := time.Since(began); took != silence {
			t.Errorf("given up after %s, want %s", took, silence)
		}
	})
}

func TestAProbeEndsADeadConnectionSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pair(t, deaf)
		began := time.Now()
		s.Probe()
		if _, err := s.Read(); err == nil {
			t.Fatal("something was read")
		}
		if took := time.Since(began); took != probeTimeout {
			t.Errorf("given up after %s, want %s", took, probeTimeout)
		}
	})
}

func TestALivingConnectionStandsProbesAndHours(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pair(t, func(c *websocket.Conn) {
			timer := time.AfterFunc(time.Hour, func() { _ = c.WriteMessage(websocket.TextMessage, []byte("hello")) })
			defer timer.Stop()
			for {
				if _, _, err := c.ReadMessage(); err != nil {
					return
				}
			}
		})
		go func() {
			for range 10 {
				time.Sleep(5 * time.Minute)
				s.Probe()
				s.Probe()
			}
		}()
		data, err := s.Read()
		if err != nil || string(data) != "hello" {
			t.Errorf("after an hour: %q %v", data, err)
		}
	})
}

func TestCodesAndStrangeMessages(t *testing.T) {
	for name, c := range map[string]struct {
		serve func(*websocket.Conn)
		code  int
	}{
		"code": {func(c *websocket.Conn) {
			_ = c.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(protocol.CloseSignIn, ""), time.Now().Add(time.Second))
		}, protocol.CloseSignIn},
		"binary": {func(c *websocket.Conn) { _ = c.WriteMessage(websocket.BinaryMessage, []byte{1}) }, 0},
		"long": {func(c *websocket.Conn) {
			_ = c.WriteMessage(websocket.TextMessage, make([]byte, protocol.MaxServerMessage+1))
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := pair(t, c.serve)
			_, err := s.Read()
			var closed *CloseError
			if err == nil || errors.As(err, &closed) != (c.code != 0) || closed != nil && closed.Code != c.code {
				t.Errorf("read: %v", err)
			}
		})
	}
}
