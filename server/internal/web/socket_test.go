package web_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/server/internal/room"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

func TestSocketFollowsPages(t *testing.T) {
	r := servertest.New(t)
	prepared(t, r)
	chair, delegate := signedIn(t, r, servertest.Chair), signedIn(t, r, servertest.Delegate)
	open, mine := protocol.ItemStream("m1", "open"), protocol.MeetingStream("m1")
	s := delegate.connect(protocol.Position{Stream: mine}, protocol.Position{Stream: open},
		protocol.Position{Stream: protocol.ItemStream("m1", "closed")}, protocol.Position{Stream: "nonsense/x"})
	seq := map[string]uint64{}
	var epoch string
	for range 4 {
		m := s.until(protocol.TypeStream)
		switch m.Stream {
		case mine, open:
			if m.Code != "" || len(m.Snapshot) == 0 || m.Seq == 0 {
				t.Errorf("%s: %+v", m.Stream, m)
			}
			seq[m.Stream], epoch = m.Seq, m.Epoch
		default:
			if m.Code != protocol.CodeNotFound || m.Snapshot != nil {
				t.Errorf("%s: %+v", m.Stream, m)
			}
		}
	}
	// The chair turns pages on a socket of his own.
	c := chair.connect()
	for n, wish := range []meeting.Command{meeting.OpenSitting{}, meeting.SetItemState{Item: "open", To: meeting.Running},
		meeting.Show{Item: "open", Place: meeting.Place{Document: "d1", Page: 7}}} {
		stream := mine
		if n == 2 {
			stream = open
		}
		c.say(protocol.Message{Type: protocol.TypeCommand, Command: fmt.Sprintf("c%d", n), Stream: stream, Body: encoded(t, wish)})
		if m := c.until(protocol.TypeDone); m.Command != fmt.Sprintf("c%d", n) || len(m.Positions) == 0 {
			t.Errorf("done: %+v", m)
		}
	}
	for {
		m := s.until(protocol.TypeEvent)
		seq[m.Stream]++
		if m.Seq != seq[m.Stream] {
			t.Fatalf("%s: %d after %d", m.Stream, m.Seq, seq[m.Stream]-1)
		}
		if m.Stream == open && strings.Contains(string(m.Body), `"page":7`) {
			break
		}
	}
	// Back after an absence: only what was missed.
	again := delegate.connect(protocol.Position{Stream: open, Epoch: epoch, Seq: seq[open] - 1}, protocol.Position{Stream: open, Epoch: "another", Seq: seq[open]})
	if m := again.until(protocol.TypeStream); m.Snapshot != nil || len(m.Events) != 1 || m.Events[0].Seq != seq[open] {
		t.Errorf("resumed with %+v", m)
	}
	if m := again.until(protocol.TypeStream); m.Snapshot == nil {
		t.Errorf("resumed in another history with %+v", m)
	}
}

func TestSocketRefusesFromEveryWrongRole(t *testing.T) {
	r := servertest.New(t)
	prepared(t, r)
	chair := signedIn(t, r, servertest.Chair)
	chair.command("m1", meeting.OpenSitting{})
	chair.command("m1", meeting.SetItemState{Item: "open", To: meeting.Running})
	for _, who := range []string{servertest.Delegate, servertest.Guest, servertest.Screen} {
		s := signedIn(t, r, who).connect()
		for n, wish := range []meeting.Command{meeting.EndSitting{}, meeting.Close{}, meeting.Publish{},
			meeting.Show{Item: "open", Place: meeting.Place{Document: "d1", Page: 2}}, meeting.Recall{Item: "open"},
			meeting.AddItem{ID: "x", Type: meeting.Report, Brief: meeting.Brief{Title: "x"}}, meeting.SetItemState{Item: "open", To: meeting.Done},
			meeting.GivePresenter{Item: "open", To: meeting.PersonID(who)}, meeting.AllowActing{Person: meeting.PersonID(who), On: true},
			meeting.AttachDocument{Item: "open", Document: "x", Title: "x", Hash: strings.Repeat("a", 64), Name: "x.pdf"}} {
			s.say(protocol.Message{Type: protocol.TypeCommand, Command: fmt.Sprintf("r%d", n), Stream: "meeting/m1", Body: encoded(t, wish)})
			if m := s.until(protocol.TypeRefused); m.Code != protocol.CodeNotAllowed && m.Code != protocol.CodeNotFound {
				t.Errorf("%s by %s: %+v", wish.Kind(), who, m)
			}
		}
		s.say(protocol.Message{Type: protocol.TypeCommand, Command: "r", Stream: "meeting/new", Body: encoded(t, meeting.Create{Description: meeting.Description{Title: "x"}})})
		if m := s.until(protocol.TypeRefused); m.Code != protocol.CodeNotAllowed {
			t.Errorf("create by %s: %+v", who, m)
		}
	}
}

func TestSocketEndsOnNonsense(t *testing.T) {
	r := servertest.New(t)
	prepared(t, r)
	d := signedIn(t, r, servertest.Delegate)
	hello := protocol.Message{Type: protocol.TypeHello, Version: protocol.Version, Client: "c"}
	for name, c := range map[string]struct {
		say  func(s *socket)
		code int
	}{
		"not JSON":         {func(s *socket) { _ = s.ws.WriteMessage(websocket.TextMessage, []byte("{")) }, protocol.CloseInvalid},
		"binary":           {func(s *socket) { _ = s.ws.WriteMessage(websocket.BinaryMessage, []byte("{}")) }, protocol.CloseInvalid},
		"10 MB":            {func(s *socket) { _ = s.ws.WriteMessage(websocket.TextMessage, make([]byte, 10<<20)) }, protocol.CloseInvalid},
		"no hello":         {func(s *socket) { s.say(protocol.Message{Type: protocol.TypeSubscribe}) }, protocol.CloseInvalid},
		"another version":  {func(s *socket) { h := hello; h.Version = 99; s.say(h) }, protocol.CloseVersion},
		"client is no id":  {func(s *socket) { h := hello; h.Client = "a b"; s.say(h) }, protocol.CloseInvalid},
		"unknown kind":     {func(s *socket) { s.say(hello); s.say(protocol.Message{Type: "surprise"}) }, protocol.CloseInvalid},
		"hello twice":      {func(s *socket) { s.say(hello); s.say(hello) }, protocol.CloseInvalid},
		"command is no id": {func(s *socket) { s.say(hello); s.say(protocol.Message{Type: protocol.TypeCommand, Command: "a/b"}) }, protocol.CloseInvalid},
		"presence":         {func(s *socket) { s.say(hello); s.say(protocol.Message{Type: protocol.TypePresence, Body: []byte("3")}) }, protocol.CloseInvalid},
	} {
		s := d.dial()
		c.say(s)
		if code := s.closed(); code != c.code {
			t.Errorf("%s: closed with %d, want %d", name, code, c.code)
		}
	}
	// A frame that is cut off.
	s := d.dial()
	if _, err := s.ws.NetConn().Write([]byte{0x81, 0xfe, 0x10}); err != nil {
		t.Fatal(err)
	}
	_ = s.ws.NetConn().Close()
	// The others do not notice.
	if m := d.connect(protocol.Position{Stream: "meeting/m1"}).until(protocol.TypeStream); m.Code != "" {
		t.Errorf("%+v", m)
	}
}

func TestSocketTickets(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Delegate)
	var ticket struct{ Ticket string }
	if d.call("POST", "/v1/socket-ticket", nil, &ticket) != http.StatusCreated || ticket.Ticket == "" {
		t.Fatal("no ticket")
	}
	s, err := d.tryDial("?ticket=" + ticket.Ticket)
	if err != nil {
		t.Fatal(err)
	}
	s.say(protocol.Message{Type: protocol.TypeHello, Version: protocol.Version, Client: "c"})
	if m := s.hear(); m.Type != protocol.TypeWelcome || m.Person != servertest.Delegate {
		t.Errorf("%+v", m)
	}
	for _, used := range []string{ticket.Ticket, "nonsense"} {
		s, err := d.tryDial("?ticket=" + used)
		if err != nil {
			t.Fatal(err)
		}
		if code := s.closed(); code != protocol.CloseSignIn {
			t.Errorf("ticket %q: %d", used, code)
		}
	}
	dialer := websocket.Dialer{TLSClientConfig: pin.ClientConfig(pin.New(r.Fingerprint))}
	_, resp, err := dialer.Dial("wss"+r.URL[5:]+"/v1/socket", http.Header{"Authorization": {"Bearer " + d.token}, "Origin": {"https://evil.example"}})
	if err == nil || resp == nil || resp.StatusCode != http.StatusForbidden {
		t.Errorf("a foreign page opened a socket: %v", err)
	}
	if resp != nil {
		_ = resp.Body.Close()
	}
}

func TestRestrictionDropsReaders(t *testing.T) {
	r := servertest.New(t)
	secretary, open, _ := prepared(t, r)
	delegate := signedIn(t, r, servertest.Delegate)
	s := delegate.connect(protocol.Position{Stream: protocol.ItemStream("m1", "open")})
	s.until(protocol.TypeStream)
	secretary.command("m1", meeting.SetAudience{ID: "open", Restricted: true, Audience: []meeting.PersonID{servertest.Chair, servertest.Secretary}})
	if m := s.until(protocol.TypeDropped); m.Stream != protocol.ItemStream("m1", "open") {
		t.Errorf("%+v", m)
	}
	delegate.refused("GET", "/v1/meetings/m1/items/open/documents/"+open, nil, 404, protocol.CodeNotFound)
}

func TestNothingIsAcknowledgedThatIsNotKept(t *testing.T) {
	r := servertest.New(t)
	prepared(t, r)
	chair, delegate := signedIn(t, r, servertest.Chair), signedIn(t, r, servertest.Delegate)
	s := delegate.connect(protocol.Position{Stream: "meeting/m1"})
	s.until(protocol.TypeStream)
	c := chair.connect()
	for want, failure := range map[string]error{protocol.CodeStorageFull: room.ErrFull, protocol.CodeUnavailable: errors.New("the cable is out")} {
		r.Log().FailNext(failure)
		c.say(protocol.Message{Type: protocol.TypeCommand, Command: "x" + want, Stream: "meeting/m1", Body: encoded(t, meeting.OpenSitting{})})
		if m := c.until(protocol.TypeRefused); m.Code != want {
			t.Errorf("%v: %+v", failure, m)
		}
	}
	c.say(protocol.Message{Type: protocol.TypeCommand, Command: "y", Stream: "meeting/m1", Body: encoded(t, meeting.OpenSitting{})})
	c.until(protocol.TypeDone)
	if m := s.until(protocol.TypeEvent); !strings.Contains(string(m.Body), "sitting.started") {
		t.Errorf("the first that others see: %+v", m)
	}
}

func TestRestart(t *testing.T) {
	r := servertest.New(t)
	prepared(t, r)
	d := signedIn(t, r, servertest.Delegate)
	s := d.connect(protocol.Position{Stream: "meeting/m1"})
	at := s.until(protocol.TypeStream)
	r.Stop()
	if code := s.closed(); code != protocol.CloseRestart {
		t.Errorf("closed with %d", code)
	}
	r.Start()
	d.http.CloseIdleConnections()
	s = d.connect(protocol.Position{Stream: "meeting/m1", Epoch: at.Epoch, Seq: at.Seq})
	if m := s.until(protocol.TypeStream); m.Seq != at.Seq || m.Snapshot != nil || len(m.Events) != 0 {
		t.Errorf("after the restart: %+v", m)
	}
}

// TestSameClientAgain: a client that is back before its old socket was missed
// goes on over the new one alone. [R8]
func TestSameClientAgain(t *testing.T) {
	r := servertest.New(t)
	prepared(t, r)
	d := signedIn(t, r, servertest.Delegate)
	old := d.connectAs("tablet")
	other := signedIn(t, r, servertest.Delegate).connectAs("phone")
	again := d.connectAs("tablet", protocol.Position{Stream: "meeting/m1"})
	if m := again.until(protocol.TypeStream); m.Code != "" {
		t.Errorf("%+v", m)
	}
	if code := old.closed(); code != protocol.CloseReplaced {
		t.Errorf("the old socket was closed with %d", code)
	}
	other.say(protocol.Message{Type: protocol.TypeSubscribe, Streams: []protocol.Position{{Stream: "meeting/m1"}}})
	other.until(protocol.TypeStream)
}

// TestSlowReader: neither the presenter nor the others wait for somebody who
// asks much and reads nothing. That he is cut off is the socket's own test.
func TestSlowReader(t *testing.T) {
	r := servertest.New(t)
	prepared(t, r)
	chair := signedIn(t, r, servertest.Chair)
	chair.command("m1", meeting.OpenSitting{})
	chair.command("m1", meeting.SetItemState{Item: "open", To: meeting.Running})
	open := protocol.ItemStream("m1", "open")
	slow := signedIn(t, r, servertest.Delegate).dial()
	if c, ok := slow.ws.NetConn().(interface{ NetConn() net.Conn }); ok {
		if tcp, ok := c.NetConn().(*net.TCPConn); ok {
			_ = tcp.SetReadBuffer(4 << 10)
		}
	}
	slow.say(protocol.Message{Type: protocol.TypeHello, Version: 1, Client: "slow", Streams: []protocol.Position{{Stream: open}}})
	quick := signedIn(t, r, servertest.Screen).connect(protocol.Position{Stream: open})
	quick.until(protocol.TypeStream)
	c := chair.connect(protocol.Position{Stream: open})
	c.until(protocol.TypeStream)
	// Refusals are answered to the slow one alone, and he never reads them.
	long, err := json.Marshal(protocol.Message{Type: protocol.TypeSubscribe, Streams: []protocol.Position{{Stream: open}}})
	if err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for {
			_ = slow.ws.SetWriteDeadline(time.Now().Add(20 * time.Second))
			if slow.ws.WriteMessage(websocket.TextMessage, long) != nil {
				return
			}
		}
	}()
	for n := range 40 {
		c.say(protocol.Message{Type: protocol.TypeCommand, Command: fmt.Sprintf("p%d", n), Stream: open,
			Body: encoded(t, meeting.Show{Item: "open", Place: meeting.Place{Document: "d1", Page: n%20 + 1}})})
		c.until(protocol.TypeDone)
	}
	for quick.until(protocol.TypeEvent).Command != "p39" { // every page reaches the wall
	}
	_ = slow.ws.NetConn().Close()
	<-gone
}
