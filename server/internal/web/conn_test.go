package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/server/internal/account"
	"phonghop/server/internal/room"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// unread is a socket of a hub whose queue nobody empties.
func unread(t *testing.T, h *hub, person string) *conn {
	t.Helper()
	got := make(chan *websocket.Conn, 1)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			t.Error(err)
		}
		got <- ws
	}))
	t.Cleanup(s.Close)
	peer, resp, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(s.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	ws := <-got
	t.Cleanup(func() { _, _ = peer.Close(), ws.Close() })
	c := newConn(ws, caller{person: roster.Person{ID: roster.PersonID(person)}, session: account.Session{Expires: time.Now().Add(time.Hour)}}, time.Now)
	if code := h.join(c); code != 0 {
		t.Fatal(code)
	}
	return c
}

func (c *conn) ended() bool {
	select {
	case <-c.stop:
		return true
	default:
		return false
	}
}

// Whoever asks for much and reads nothing costs the server a bounded memory,
// over all his sockets together, and nobody else anything.
func TestWhatWaitsIsBounded(t *testing.T) {
	h := newHub(100)
	large := &room.Frame{Data: make([]byte, protocol.MaxServerMessage)}
	fill := func(c *conn, most int) (taken int) {
		for ; taken < most && !c.ended(); taken++ {
			c.Deliver(large)
		}
		return taken
	}
	one, two, other := unread(t, h, "one"), unread(t, h, "one"), unread(t, h, "other")
	const fits = maxWaiting / protocol.MaxServerMessage
	if n := fill(one, fits); n != fits || one.ended() {
		t.Fatalf("ended after %d of %d messages", n, fits)
	}
	two.Deliver(large) // the first is always taken
	if two.ended() {
		t.Fatal("ended by its first message")
	}
	if fill(two, 1); !two.ended() || two.code != protocol.CloseSlow {
		t.Errorf("a second socket has more: ended %v with %d", two.ended(), two.code)
	}
	if n := fill(other, fits); n != fits || other.ended() {
		t.Errorf("somebody else has no room after %d messages", n)
	}
	for range protocol.Queue - fits {
		one.Deliver(&room.Frame{Data: large.Data, Prepared: "of all"}) // is there once for everybody
	}
	if one.ended() {
		t.Error("ended by messages that are there for all")
	}
	h.leave(two)
	for range fits {
		one.sent(<-one.queue)
	}
	if fill(one, 1); one.ended() {
		t.Error("what was sent and what has gone still counts")
	}
}

// Whoever asks for the same streams again and again is answered slowly, so
// that the meeting has time for the others.
func TestStreamsAreAskedForSlowly(t *testing.T) { // [L2]
	synctest.Test(t, func(t *testing.T) {
		c := newConn(nil, caller{}, time.Now)
		c.share = &share{}
		answered, all := 0, make(chan struct{})
		go func() {
			defer close(all)
			for range c.queue {
				answered++
			}
		}()
		d, began := newDialogue(&Server{}, c), time.Now()
		if err := d.subscribe(t.Context(), make([]protocol.Position, protocol.MaxStreams)); err != nil || time.Since(began) > 0 {
			t.Errorf("the first streams took %s: %v", time.Since(began), err)
		}
		if err := d.subscribe(t.Context(), make([]protocol.Position, 10*messagesPerSecond)); err != nil || time.Since(began) < 9*time.Second {
			t.Errorf("more took %s: %v", time.Since(began), err)
		}
		close(c.queue)
		if <-all; answered != protocol.MaxStreams+10*messagesPerSecond {
			t.Errorf("%d answers", answered)
		}
	})
}
