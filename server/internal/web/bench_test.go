package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/server/internal/pki"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// BenchmarkPageTurn turns pages before many sockets, through the whole server
// and durably, and in the same run sends a message of the same length to as
// many sockets through nothing but gorilla and TLS. A turn takes from the
// presenter's message until the last socket has it. "p99/bare" is to be at
// most 2.
func BenchmarkPageTurn(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { pageTurns(b, n) })
	}
}

func pageTurns(b *testing.B, n int) {
	r := servertest.Durable(b)
	prepared(b, r)
	chair := signedIn(b, r, servertest.Chair)
	chair.command("m1", meeting.OpenSitting{})
	chair.command("m1", meeting.SetItemState{Item: "open", To: meeting.Running})
	open := protocol.ItemStream("m1", "open")
	var got gate
	tokens := crowd(b, r, n/40+1) // one person has 50 sockets at most
	for i := range n {
		d := tokens[i%len(tokens)]
		s := d.connect(protocol.Position{Stream: open})
		s.until(protocol.TypeStream)
		go readAll(s.ws, `"type":"event"`, &got)
	}
	c := chair.connect()
	bare := newBare(b)
	var gotBare gate
	for range n {
		go readAll(bare.dial(b, "/"), "", &gotBare)
	}
	presenter := bare.dial(b, "/presenter")
	payload, err := json.Marshal(protocol.Message{Type: protocol.TypeEvent, Stream: open, Seq: 1000, Command: "p1000", At: time.Now().UTC(),
		By: servertest.Chair, Body: []byte(`{"kind":"page.shown","v":1,"data":{"document":"d1","version":1,"page":7}}`)})
	if err != nil {
		b.Fatal(err)
	}
	bare.ready(b, n)
	var real, without []time.Duration
	b.ResetTimer()
	for i := range b.N {
		at := got.expect(n)
		c.say(protocol.Message{Type: protocol.TypeCommand, Command: fmt.Sprintf("p%d", i), Stream: open,
			Body: encoded(b, meeting.Show{Item: "open", Place: meeting.Place{Document: "d1", Page: (i+1)%20 + 1}})})
		real = append(real, at())
		at = gotBare.expect(n)
		if err := presenter.WriteMessage(websocket.TextMessage, payload); err != nil {
			b.Fatal(err)
		}
		without = append(without, at())
	}
	b.StopTimer()
	_, turned := reportTimes(b, real, "turn")
	_, sent := reportTimes(b, without, "bare")
	b.ReportMetric(turned/sent, "p99/bare")
}

// crowd adds people to the meeting and signs them in.
func crowd(b *testing.B, r *servertest.Room, n int) []*device {
	b.Helper()
	secretary := signedIn(b, r, servertest.Secretary)
	secretary.count = 1000
	var out []*device
	for i := range n {
		p := roster.Person{ID: roster.PersonID(fmt.Sprintf("p%d", i)), Kind: roster.KindPerson, Name: fmt.Sprintf("Đại biểu %d", i)}
		if err := r.Stack().AddPerson(context.Background(), p, servertest.PIN); err != nil {
			b.Fatal(err)
		}
		secretary.command("m1", meeting.SetParticipant{Participant: meeting.Participant{Person: p.ID}})
		out = append(out, signedIn(b, r, string(p.ID)))
	}
	return out
}

// gate counts arrivals.
type gate struct {
	left  atomic.Int64
	since atomic.Pointer[time.Time]
	done  chan time.Duration
}

// expect begins to count; what it returns waits for the last.
func (g *gate) expect(n int) func() time.Duration {
	now := time.Now()
	g.done = make(chan time.Duration, 1)
	g.since.Store(&now)
	g.left.Store(int64(n))
	return func() time.Duration { return <-g.done }
}

func (g *gate) arrived() {
	if g.left.Add(-1) == 0 {
		g.done <- time.Since(*g.since.Load())
	}
}

func readAll(ws *websocket.Conn, mark string, g *gate) {
	_ = ws.SetReadDeadline(time.Time{})
	for {
		_, data, err := ws.ReadMessage()
		if err != nil {
			return
		}
		if mark == "" || len(data) > len(mark)+1 && string(data[1:len(mark)+1]) == mark {
			g.arrived()
		}
	}
}

// bare is a fan-out without anything.
type bare struct {
	url  string
	pin  pin.Fingerprint
	mu   sync.Mutex
	outs []chan *websocket.PreparedMessage
}

func newBare(b *testing.B) *bare {
	b.Helper()
	identity, err := pki.Open(filepath.Join(b.TempDir(), "tls"), time.Now(), []string{"127.0.0.1"})
	if err != nil {
		b.Fatal(err)
	}
	f, err := pin.Parse(identity.Fingerprint())
	if err != nil {
		b.Fatal(err)
	}
	var lc net.ListenConfig
	l, err := lc.Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	s := &bare{url: "wss://" + l.Addr().String(), pin: f}
	server := &http.Server{Handler: s, TLSConfig: identity.TLS(time.Now), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := server.ServeTLS(l, "", ""); !errors.Is(err, http.ErrServerClosed) {
			b.Error(err)
		}
	}()
	b.Cleanup(func() { _ = server.Close() })
	return s
}

// ServeHTTP implements http.Handler.
func (s *bare) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{ReadBufferSize: 4 << 10, WriteBufferSize: 4 << 10}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	if r.URL.Path == "/presenter" {
		for {
			kind, data, err := ws.ReadMessage()
			if err != nil {
				return
			}
			m, err := websocket.NewPreparedMessage(kind, data)
			if err != nil {
				return
			}
			s.mu.Lock()
			for _, out := range s.outs {
				out <- m
			}
			s.mu.Unlock()
		}
	}
	out := make(chan *websocket.PreparedMessage, 512)
	s.mu.Lock()
	s.outs = append(s.outs, out)
	s.mu.Unlock()
	go func() {
		for m := range out {
			if ws.WritePreparedMessage(m) != nil {
				return
			}
		}
	}()
	_, _, _ = ws.ReadMessage() // until it ends
}

func (s *bare) dial(b *testing.B, path string) *websocket.Conn {
	b.Helper()
	d := websocket.Dialer{TLSClientConfig: pin.ClientConfig(pin.New(s.pin)), HandshakeTimeout: 10 * time.Second}
	ws, resp, err := d.Dial(s.url+path, nil)
	if err != nil {
		b.Fatal(err)
	}
	_ = resp.Body.Close()
	b.Cleanup(func() { _ = ws.Close() })
	return ws
}

// ready waits until all sockets are registered.
func (s *bare) ready(b *testing.B, n int) {
	b.Helper()
	for range 1000 {
		s.mu.Lock()
		have := len(s.outs)
		s.mu.Unlock()
		if have == n {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.Fatal("not all sockets are there")
}
