package controller

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"time"
)

// A link as a crowded access point gives it: 10 Mbit/s in each direction for
// all connections together, 20 ms each way, and every twentieth segment lost.
const (
	linkRate    = 10e6 / 8 // bytes in a second
	linkDelay   = 20 * time.Millisecond
	linkLoss    = 0.05
	linkSegment = 1448 // bytes of a TCP segment in a frame of Ethernet
	linkWindow  = 64   // segments on their way; more waits at the sender
	// linkRTO is what a lost segment costs when nothing behind it tells the
	// sender: the least timeout that Linux takes, however short the way is.
	linkRTO = 200 * time.Millisecond
	// linkTold is how many segments behind a lost one tell of it. Then it
	// costs one way there and back (fast retransmit).
	linkTold = 3
)

// link is a model of such a link between devices and a server. It needs no
// rights on the machine, and what is lost is the same in every run with the
// same order of sending. A lost segment holds up its own connection only, as
// in TCP, but what is sent again takes its place on the link as well. The model
// has no congestion window: TCP that slows down after a loss would be slower,
// both for the client and for the bare transfer it is measured against.
type link struct {
	net.Listener
	to       string
	up, down lane
	all      sync.WaitGroup
	mu       sync.Mutex
	open     map[net.Conn]struct{} // nil after the end
}

// newLink starts a link to an address. It ends with the test.
func newLink(t testing.TB, to string) *link {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	k := &link{Listener: l, to: to, open: map[net.Conn]struct{}{}}
	k.up.rand, k.down.rand = rand.New(rand.NewPCG(1, 1)), rand.New(rand.NewPCG(2, 2)) //nolint:gosec // the same in every run
	k.all.Go(k.accept)
	t.Cleanup(k.end)
	return k
}

func (k *link) accept() {
	for {
		near, err := k.Accept()
		if err != nil {
			return
		}
		var d net.Dialer
		far, err := d.DialContext(context.Background(), "tcp", k.to)
		if err != nil {
			_ = near.Close()
			continue
		}
		k.mu.Lock()
		ended := k.open == nil
		if !ended {
			k.open[near], k.open[far] = struct{}{}, struct{}{}
		}
		k.mu.Unlock()
		if ended {
			_, _ = near.Close(), far.Close()
			return
		}
		k.all.Go(func() { k.carry(&k.up, near, far) })
		k.all.Go(func() { k.carry(&k.down, far, near) })
	}
}

// end tears what is open and waits for it.
func (k *link) end() {
	_ = k.Close()
	k.mu.Lock()
	for c := range k.open {
		_ = c.Close()
	}
	k.open = nil
	k.mu.Unlock()
	k.all.Wait()
}

// segment is a part of what was sent, and when it is there.
type segment struct {
	data []byte
	at   time.Time
}

// carry brings one direction of a connection over the link.
func (k *link) carry(p *lane, from, to net.Conn) {
	way := make(chan segment, linkWindow)
	k.all.Go(func() {
		defer func() { _ = to.Close() }()
		broken := false
		for s := range way {
			time.Sleep(time.Until(s.at))
			if !broken {
				_, err := to.Write(s.data)
				broken = err != nil
			}
		}
	})
	defer close(way)
	defer func() { _ = from.Close() }()
	var last time.Time
	buf := make([]byte, linkWindow*linkSegment)
	for {
		n, err := from.Read(buf)
		for rest := buf[:n]; len(rest) > 0; {
			one := rest[:min(linkSegment, len(rest))]
			rest = rest[len(one):]
			at := p.send(len(one), (len(rest)+linkSegment-1)/linkSegment)
			if at.Before(last) {
				at = last // in order, as TCP gives it out
			}
			last = at
			way <- segment{append([]byte(nil), one...), at}
		}
		if err != nil {
			return
		}
	}
}

// lane is one direction of a link: a bucket that gives out linkRate.
type lane struct {
	mu   sync.Mutex
	rand *rand.Rand
	free time.Time // when all that was sent is on its way
}

// send tells when a segment is there that is sent now, with so many behind it.
func (p *lane) send(bytes, behind int) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	takes := time.Duration(float64(bytes) / linkRate * float64(time.Second))
	if now := time.Now(); p.free.Before(now) {
		p.free = now
	}
	p.free = p.free.Add(takes)
	at := p.free.Add(linkDelay)
	for lost := p.rand.Float64() < linkLoss; lost; lost = p.rand.Float64() < linkLoss {
		wait := linkRTO
		if behind >= linkTold {
			wait = 2 * linkDelay
		}
		behind = 0 // lost again, only time tells
		p.free = p.free.Add(takes)
		at = at.Add(wait + takes)
	}
	return at
}

// plainLine is a server that gives as many bytes as it is asked for, and a
// connection to it over a link of its own: the limit for whatever is fetched.
type plainLine struct{ net.Conn }

func newPlainLine(t testing.TB) plainLine {
	t.Helper()
	var lc net.ListenConfig
	l, err := lc.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		var ask [4]byte
		for {
			if _, err := io.ReadFull(c, ask[:]); err != nil {
				return
			}
			n := int(ask[0])<<24 | int(ask[1])<<16 | int(ask[2])<<8 | int(ask[3])
			if _, err := c.Write(make([]byte, n)); err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = l.Close()
		<-done
	})
	var d net.Dialer
	c, err := d.DialContext(t.Context(), "tcp", newLink(t, l.Addr().String()).Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return plainLine{c}
}

// fetch asks for so many bytes and waits for all of them.
func (b plainLine) fetch(t testing.TB, n int) time.Duration {
	t.Helper()
	from := time.Now()
	if _, err := b.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}); err != nil {
		t.Fatal(err)
	}
	if _, err := io.CopyN(io.Discard, b, int64(n)); err != nil {
		t.Fatal(err)
	}
	return time.Since(from)
}

// What the model promises is so: nothing is there before the link can have
// brought it, and every byte is.
func TestTheLinkIsAsSlowAsItSays(t *testing.T) {
	const n = 100_000
	if took, least := newPlainLine(t).fetch(t, n), time.Duration(n/linkRate*float64(time.Second))+2*linkDelay; took < least {
		t.Errorf("%d bytes in %v, which takes %v at least", n, took, least)
	}
}
