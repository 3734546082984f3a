package servertest

import (
	"context"
	"net"
	"sync"
	"time"
)

// lines is a listener that can tear the connections it has accepted.
type lines struct {
	net.Listener
	mu  sync.Mutex
	all map[net.Conn]struct{}
}

// listen listens on an address, which a server that has just ended may still
// hold for a moment.
func listen(address string) (*lines, error) {
	var err error
	for range 100 {
		var l net.Listener
		var lc net.ListenConfig
		if l, err = lc.Listen(context.Background(), "tcp", address); err == nil {
			return &lines{Listener: l, all: map[net.Conn]struct{}{}}, nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return nil, err
}

// Accept implements net.Listener.
func (l *lines) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all[c] = struct{}{}
	return &line{c, l}, nil
}

// cut tears every connection as a failing network does.
func (l *lines) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for c := range l.all {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // no polite goodbye
		}
		_ = c.Close()
	}
}

type line struct {
	net.Conn
	of *lines
}

// Close implements net.Conn.
func (c *line) Close() error {
	c.of.mu.Lock()
	delete(c.of.all, c.Conn)
	c.of.mu.Unlock()
	return c.Conn.Close()
}
