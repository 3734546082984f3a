package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// device is a client of the tests: nothing but what SPEC.md says.
type device struct {
	t     testing.TB
	room  *servertest.Room
	token string
	http  *http.Client
	count int
}

func signedIn(t testing.TB, r *servertest.Room, person string) *device {
	t.Helper()
	tr := &http.Transport{TLSClientConfig: pin.ClientConfig(pin.New(r.Fingerprint))}
	t.Cleanup(tr.CloseIdleConnections)
	d := &device{t: t, room: r, http: &http.Client{Transport: tr, Timeout: 20 * time.Second}}
	if person == "" {
		return d
	}
	var s protocol.Session
	status := d.call("POST", "/v1/sessions", protocol.SignIn{Person: person, PIN: servertest.PIN, Device: protocol.Device{ID: "d-" + person}}, &s)
	if status != http.StatusCreated || s.Token == "" || string(s.Person.ID) != person {
		t.Fatalf("sign in %s: %d %+v", person, status, s)
	}
	d.token = s.Token
	return d
}

// do makes a request; a nil body sends none.
func (d *device) do(method, path string, body io.Reader, header map[string]string) *http.Response {
	d.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, d.room.URL+path, body)
	if err != nil {
		d.t.Fatal(err)
	}
	if d.token != "" {
		req.Header.Set("Authorization", "Bearer "+d.token)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := d.http.Do(req)
	if err != nil {
		d.t.Fatal(err)
	}
	return resp
}

// call sends JSON and reads JSON.
func (d *device) call(method, path string, in, out any) int {
	d.t.Helper()
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			d.t.Fatal(err)
		}
		body = bytes.NewReader(data)
	}
	resp := d.do(method, path, body, nil)
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if out != nil && len(data) > 0 {
		if err := json.Unmarshal(data, out); err != nil {
			d.t.Fatalf("%s %s: %d %v: %s", method, path, resp.StatusCode, err, data)
		}
	}
	return resp.StatusCode
}

// refused makes a call that must fail with a status and a code.
func (d *device) refused(method, path string, in any, status int, code string) {
	d.t.Helper()
	var p protocol.Problem
	if got := d.call(method, path, in, &p); got != status || p.Code != code || p.Message == "" {
		d.t.Errorf("%s %s: %d %q (%s; %q), want %d %q", method, path, got, p.Code, p.What, p.Message, status, code)
	}
}

func encoded(t testing.TB, c meeting.Command) json.RawMessage {
	t.Helper()
	body, err := meeting.EncodeCommand(c)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// command carries a command out over HTTP.
func (d *device) command(id string, c meeting.Command) {
	d.t.Helper()
	d.count++
	var p protocol.Problem
	status := d.call("POST", "/v1/meetings/"+id+"/commands",
		protocol.CommandRequest{Client: "http", Command: protocolID(d.count), Body: encoded(d.t, c)}, &p)
	if status != http.StatusOK {
		d.t.Fatalf("%s: %d %s %s", c.Kind(), status, p.Code, p.What)
	}
}

func protocolID(n int) string { return "c" + strconv.Itoa(n) }

// upload sends a file and returns its hash.
func (d *device) upload(name string, data []byte) protocol.Uploaded {
	d.t.Helper()
	resp := d.do("POST", "/v1/documents?name="+name, bytes.NewReader(data), map[string]string{"Content-Type": "application/pdf"})
	defer func() { _ = resp.Body.Close() }()
	var out protocol.Uploaded
	if resp.StatusCode != http.StatusCreated || json.NewDecoder(resp.Body).Decode(&out) != nil {
		d.t.Fatalf("upload: %d", resp.StatusCode)
	}
	return out
}

const theMeeting = "m1"

// prepared makes a published meeting: item "open" with a document of 20
// pages, and item "closed" for the chair and the secretary only.
func prepared(t testing.TB, r *servertest.Room) (secretary *device, open, closed string) {
	t.Helper()
	s := signedIn(t, r, servertest.Secretary)
	s.command(theMeeting, meeting.Create{Description: meeting.Description{Title: "Phiên họp thường kỳ"}})
	for person, f := range map[string]meeting.Function{servertest.Chair: meeting.Chair, servertest.Delegate: "", servertest.Guest: meeting.Guest, servertest.Screen: meeting.Projector} {
		p := meeting.Participant{Person: meeting.PersonID(person)}
		if f != "" {
			p.Functions = []meeting.Function{f}
		}
		s.command(theMeeting, meeting.SetParticipant{Participant: p})
	}
	s.command(theMeeting, meeting.AddItem{ID: "open", Type: meeting.Report, Brief: meeting.Brief{Title: "Báo cáo"}})
	s.command(theMeeting, meeting.AddItem{ID: "closed", Type: meeting.Settle, Brief: meeting.Brief{Title: "Nhân sự"},
		Restricted: true, Audience: []meeting.PersonID{servertest.Chair, servertest.Secretary}})
	open = s.upload("bao-cao.pdf", servertest.PDF("report", 20)).Hash
	closed = s.upload("nhan-su.pdf", servertest.PDF("personnel", 3)).Hash
	s.command(theMeeting, meeting.AttachDocument{Item: "open", Document: "d1", Title: "Báo cáo", Hash: open, Name: "bao-cao.pdf"})
	s.command(theMeeting, meeting.AttachDocument{Item: "closed", Document: "d2", Title: "Tờ trình", Hash: closed, Name: "nhan-su.pdf"})
	s.command(theMeeting, meeting.Publish{})
	return s, open, closed
}

// socket is an open socket.
type socket struct {
	t  testing.TB
	ws *websocket.Conn
}

// dial opens a socket and says nothing.
func (d *device) dial() *socket {
	d.t.Helper()
	s, err := d.tryDial("")
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

func (d *device) tryDial(query string) (*socket, error) {
	dialer := websocket.Dialer{TLSClientConfig: pin.ClientConfig(pin.New(d.room.Fingerprint)), HandshakeTimeout: 10 * time.Second}
	header := http.Header{}
	if d.token != "" && query == "" {
		header.Set("Authorization", "Bearer "+d.token)
	}
	ws, resp, err := dialer.Dial("wss"+d.room.URL[len("https"):]+"/v1/socket"+query, header)
	if err != nil {
		return nil, err
	}
	_ = resp.Body.Close()
	d.t.Cleanup(func() { _ = ws.Close() })
	return &socket{d.t, ws}, nil
}

// connect opens a socket, says hello, and takes the welcome.
func (d *device) connect(streams ...protocol.Position) *socket {
	d.t.Helper()
	return d.connectAs("client-"+strconv.FormatInt(sockets.Add(1), 10), streams...)
}

// sockets counts the test's sockets: each is of a client of its own.
var sockets atomic.Int64

func (d *device) connectAs(client string, streams ...protocol.Position) *socket {
	d.t.Helper()
	s := d.dial()
	s.say(protocol.Message{Type: protocol.TypeHello, Version: protocol.Version, Client: client, Program: "test", Streams: streams})
	if m := s.hear(); m.Type != protocol.TypeWelcome || m.Room != d.room.ID || m.Now.IsZero() {
		d.t.Fatalf("welcome: %+v", m)
	}
	return s
}

func (s *socket) say(m protocol.Message) {
	s.t.Helper()
	if err := s.ws.WriteJSON(m); err != nil {
		s.t.Fatal(err)
	}
}

func (s *socket) hear() (m protocol.Message) {
	s.t.Helper()
	_ = s.ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	if err := s.ws.ReadJSON(&m); err != nil {
		s.t.Fatal(err)
	}
	return m
}

// until hears messages until one is of a type, and returns that.
func (s *socket) until(kind string) protocol.Message {
	s.t.Helper()
	for {
		if m := s.hear(); m.Type == kind {
			return m
		}
	}
}

// closed waits for the end and returns its close code.
func (s *socket) closed() int {
	s.t.Helper()
	_ = s.ws.SetReadDeadline(time.Now().Add(20 * time.Second))
	for {
		_, _, err := s.ws.ReadMessage()
		if err == nil {
			continue
		}
		if c, ok := err.(*websocket.CloseError); ok { //nolint:errorlint // gorilla never wraps it
			return c.Code
		}
		s.t.Fatalf("ended without a close code: %v", err)
	}
}
