package browsertest

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// wire is the network between browsers and the server: it can be cut.
type wire struct {
	net.Listener
	wait sync.WaitGroup

	mu   sync.Mutex
	to   string // where it leads
	cut  bool
	slow int           // bytes a second; 0: as fast as it goes
	late time.Duration // how long each byte is under way
	all  map[net.Conn]bool
}

// strung strings a wire to an address.
func strung(t testing.TB, to string) *wire {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{Listener: l, to: to, all: map[net.Conn]bool{}}
	w.wait.Go(w.serve)
	t.Cleanup(func() {
		_ = l.Close()
		w.set(true)
		w.wait.Wait()
	})
	return w
}

func (w *wire) serve() {
	for {
		c, err := w.Accept()
		if err != nil {
			return
		}
		w.wait.Go(func() { w.carry(c) })
	}
}

func (w *wire) carry(c net.Conn) {
	defer func() { _ = c.Close() }()
	var d net.Dialer
	w.mu.Lock()
	to := w.to
	w.mu.Unlock()
	s, err := d.DialContext(context.Background(), "tcp", to)
	if err != nil {
		return
	}
	defer func() { _ = s.Close() }()
	w.mu.Lock()
	if w.cut {
		w.mu.Unlock()
		return
	}
	w.all[c], w.all[s] = true, true
	w.mu.Unlock()
	var both sync.WaitGroup
	for _, way := range [][2]net.Conn{{s, c}, {c, s}} {
		both.Go(func() {
			w.relay(way[0], &paced{w, way[1]})
			_ = way[0].Close()
			_ = way[1].Close()
		})
	}
	both.Wait()
	w.mu.Lock()
	delete(w.all, c)
	delete(w.all, s)
	w.mu.Unlock()
}

// set cuts the wire, or mends it. Whoever uses it then is torn off.
func (w *wire) set(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
	if !cut {
		return
	}
	for c := range w.all {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // no polite goodbye
		}
		_ = c.Close()
	}
}

// lead has the wire lead to another address from now on.
func (w *wire) lead(to string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.to = to
}

// leadTo has the browsers' wire lead to the server at an address.
func (h *house) leadTo(url string) { h.wire.lead(strings.TrimPrefix(url, "https://")) }

// narrow lets so many bytes a second through each connection.
func (w *wire) narrow(bytes int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.slow = bytes
}

// distance makes everything arrive so much later.
func (w *wire) distance(late time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.late = late
}

// relay carries what is read over the wire's length, until one end is gone.
func (w *wire) relay(to io.Writer, from io.Reader) {
	type parcel struct {
		data []byte
		due  time.Time
	}
	under := make(chan parcel, 64) // what is on its way; more waits where it comes from
	var writer sync.WaitGroup
	writer.Go(func() {
		for p := range under {
			time.Sleep(time.Until(p.due))
			if _, err := to.Write(p.data); err != nil {
				for range under { // the other end has gone: nothing arrives any more
				}
			}
		}
	})
	for {
		data := make([]byte, 16<<10)
		n, err := from.Read(data)
		w.mu.Lock()
		due := time.Now().Add(w.late)
		w.mu.Unlock()
		if n > 0 {
			under <- parcel{data[:n], due}
		}
		if err != nil {
			break
		}
	}
	close(under)
	writer.Wait()
}

// paced reads no faster than the wire is.
type paced struct {
	w    *wire
	from io.Reader
}

func (p *paced) Read(b []byte) (int, error) {
	p.w.mu.Lock()
	slow := p.w.slow
	p.w.mu.Unlock()
	if slow == 0 {
		return p.from.Read(b)
	}
	n, err := p.from.Read(b[:min(len(b), 16<<10)])
	time.Sleep(time.Duration(n) * time.Second / time.Duration(slow))
	return n, err
}
