package session

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
	"phonghop/shared/roster"
)

const (
	theRoom    = "room-1"
	theMeeting = "meeting-1"
	me         = meeting.PersonID("ngan")
)

// fake is a room's server without a network, so that time can be the test's.
type fake struct {
	mu      sync.Mutex
	down    bool // nobody answers
	dialErr error
	dials   []time.Time
	sockets []*fakeSocket
	state   meeting.State
	roster  roster.State
	seq     map[string]uint64
	epoch   string
	room    string
	asked   []protocol.Position // of the last hello
	paths   []string
	got     []protocol.Message // commands, in order
	silent  bool               // commands are not answered
	refuse  string             // code for every command
	broken  map[string][]byte  // by path: what is answered instead
	gate    chan struct{}      // pages are drawn once it is open
}

func newFake(documents ...int) *fake {
	people := map[roster.PersonID]roster.Person{
		me:    {ID: me, Kind: roster.KindPerson, Name: "Lưu Thị Hoài Ngân"},
		"van": {ID: "van", Kind: roster.KindPerson, Name: "Trần Thu Vân", Desk: true},
	}
	f := &fake{epoch: "e1", room: theRoom, seq: map[string]uint64{}, roster: roster.State{Name: "Phòng 1", People: people}, broken: map[string][]byte{}}
	van := meeting.Actor{Person: "van", Desk: true}
	f.do(van, meeting.Create{Description: meeting.Description{Title: "Họp"}, Creator: meeting.Participant{Person: "van", Name: "Trần Thu Vân"}})
	f.do(van, meeting.SetParticipant{Participant: meeting.Participant{Person: me, Name: "Lưu Thị Hoài Ngân", Functions: []meeting.Function{meeting.Chair}}})
	for i, pages := range documents {
		item := meeting.ItemID(fmt.Sprint("item-", i+1))
		f.do(van, meeting.AddItem{ID: item, Type: meeting.Report, Brief: meeting.Brief{Title: "Mục"}})
		f.do(van, meeting.AttachDocument{Item: item, Document: "doc", Title: "Báo cáo", Hash: hash(i + 1), Name: "a.pdf", Pages: pages, Bytes: 1})
	}
	f.do(van, meeting.Publish{})
	return f
}

func hash(n int) string { return fmt.Sprintf("%064x", n) }

// do carries a command out, without telling anybody.
func (f *fake) do(a meeting.Actor, c meeting.Command) []meeting.Event {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.doLocked(a, c)
}

func (f *fake) doLocked(a meeting.Actor, c meeting.Command) []meeting.Event {
	events, err := meeting.Decide(f.state, a, c, time.Now())
	if err != nil {
		panic(fmt.Sprintf("%s: %v", c.Kind(), err))
	}
	for _, e := range events {
		f.state = meeting.Apply(f.state, e)
		f.seq[stream(e.Item)]++
	}
	return events
}

func stream(item meeting.ItemID) string {
	if item == "" {
		return protocol.MeetingStream(theMeeting)
	}
	return protocol.ItemStream(theMeeting, string(item))
}

// dial is a Dialer.
func (f *fake) dial(context.Context) (Socket, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.dials = append(f.dials, time.Now())
	if f.dialErr != nil {
		return nil, f.dialErr
	}
	if f.down {
		return nil, &Problem{Code: CodeNetwork, Err: errors.New("no route")}
	}
	s := &fakeSocket{f: f, in: make(chan []byte, 4*replica.MaxPending), done: make(chan struct{})}
	f.sockets = append(f.sockets, s)
	return s, nil
}

// set changes how the server behaves.
func (f *fake) set(step func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	step()
}

// tries counts the times somebody dialled.
func (f *fake) tries() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.dials)
}

// requested lists what was fetched of documents.
func (f *fake) requested() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.paths)
}

// commands lists those that came.
func (f *fake) commands() []protocol.Message {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.got)
}

// cut ends all sockets with a code, 0 as a network does.
func (f *fake) cut(code int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.sockets {
		s.end(code)
	}
	f.sockets = nil
}

// fakeSocket is one connection, both ends of it.
type fakeSocket struct {
	f    *fake
	in   chan []byte // to the client
	once sync.Once
	done chan struct{}
	err  error
}

func (s *fakeSocket) end(code int) {
	s.once.Do(func() {
		s.err = errors.New("cut")
		if code != 0 {
			s.err = &CloseError{code}
		}
		close(s.done)
	})
}

func (s *fakeSocket) Read() ([]byte, error) {
	select {
	case <-s.done:
		return nil, s.err
	case data := <-s.in:
		return data, nil
	}
}

// Probe finds a line dead whose other end has gone silent.
func (s *fakeSocket) Probe() {
	s.f.mu.Lock()
	silent := s.f.silent
	s.f.mu.Unlock()
	if silent {
		time.AfterFunc(3*time.Second, func() { s.end(0) })
	}
}
func (s *fakeSocket) Close() { s.end(0) }

func (s *fakeSocket) Write(data []byte) error {
	select {
	case <-s.done:
		return s.err
	default:
	}
	var m protocol.Message
	if err := json.Unmarshal(data, &m); err != nil {
		return err
	}
	s.f.mu.Lock()
	defer s.f.mu.Unlock()
	s.f.receive(s, m)
	return nil
}

func (s *fakeSocket) tell(m protocol.Message) {
	data, err := json.Marshal(m)
	if err != nil {
		panic(err)
	}
	select {
	case s.in <- data:
	case <-s.done:
	}
}

func (f *fake) receive(s *fakeSocket, m protocol.Message) {
	switch m.Type {
	case protocol.TypeHello:
		f.asked = m.Streams
		s.tell(protocol.Message{Type: protocol.TypeWelcome, Now: time.Now().Add(time.Hour), Person: string(me), Room: f.room})
		f.stand(s, m.Streams)
	case protocol.TypeSubscribe:
		f.stand(s, m.Streams)
	case protocol.TypeCommand:
		f.got = append(f.got, m)
		f.answer(m)
	}
}

// stand answers with snapshots, or with nothing new.
func (f *fake) stand(s *fakeSocket, asks []protocol.Position) {
	for _, p := range asks {
		out := protocol.Message{Type: protocol.TypeStream, Stream: p.Stream, Epoch: f.epoch, Seq: f.seq[p.Stream]}
		name, _ := protocol.ParseStream(p.Stream)
		var err error
		switch {
		case p.Epoch == f.epoch && p.Seq == out.Seq:
		case name.Meeting == "":
			out.Snapshot, err = f.roster.Snapshot()
		case name.Meeting != theMeeting || !f.state.MaySeeMeeting(me):
			out.Code = protocol.CodeNotFound
		case name.Item == "":
			out.Snapshot, err = f.state.Snapshot()
		case !f.state.MaySee(me, meeting.ItemID(name.Item)):
			out.Code = protocol.CodeNotAllowed
		default:
			out.Snapshot, err = f.state.ItemSnapshot(meeting.ItemID(name.Item))
		}
		if err != nil {
			panic(err)
		}
		s.tell(out)
	}
}

func (f *fake) answer(m protocol.Message) {
	switch {
	case f.silent:
		return
	case f.refuse != "":
		f.tellAll(protocol.Message{Type: protocol.TypeRefused, Command: m.Command, Code: f.refuse})
		return
	}
	c, err := meeting.DecodeCommand(m.Body)
	if err != nil {
		panic(err)
	}
	at := f.tellEvents(f.doLocked(meeting.Actor{Person: me}, c), string(me), m.Command)
	f.tellAll(protocol.Message{Type: protocol.TypeDone, Command: m.Command, Positions: at})
}

func (f *fake) tellAll(m protocol.Message) {
	for _, s := range f.sockets {
		s.tell(m)
	}
}

func (f *fake) tellEvents(events []meeting.Event, by, command string) (at []protocol.Position) {
	first := map[string]uint64{}
	for _, e := range events {
		name := stream(e.Item)
		first[name]++
	}
	for name, n := range first {
		first[name] = f.seq[name] - n
	}
	for _, e := range events {
		name := stream(e.Item)
		first[name]++
		body, err := meeting.EncodeBody(e.Body)
		if err != nil {
			panic(err)
		}
		f.tellAll(protocol.Message{Type: protocol.TypeEvent, Stream: name, Seq: first[name], At: e.At, By: by, For: string(e.For), Command: command, Body: body})
		at = append(at, protocol.Position{Stream: name, Epoch: f.epoch, Seq: first[name]})
	}
	return at
}

// say carries a command of the secretary out and tells everybody.
func (f *fake) say(c meeting.Command) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tellEvents(f.doLocked(meeting.Actor{Person: "van", Desk: true}, c), "van", "")
}

// RoundTrip implements http.RoundTripper.
func (f *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	if f.gate != nil && strings.Contains(r.URL.RequestURI(), "width=") {
		select {
		case <-f.gate:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.down {
		return nil, errors.New("no route")
	}
	path := strings.TrimPrefix(r.URL.RequestURI(), "/v1/meetings/"+theMeeting+"/items/")
	var body []byte
	status := http.StatusOK
	switch {
	case r.URL.Path == "/v1/meetings":
		body = must(json.Marshal(protocol.Meetings{Meetings: []protocol.MeetingSummary{{ID: theMeeting, Title: "Họp", Phase: string(f.state.Phase)}}}))
	case f.broken[path] != nil:
		f.paths = append(f.paths, path)
		body = f.broken[path]
		delete(f.broken, path)
	case strings.HasSuffix(path, "/info"):
		f.paths = append(f.paths, path)
		body = f.info(path)
	case strings.Contains(path, "width="):
		f.paths = append(f.paths, path)
		body = pagePNG(40, 56)
	default:
		status = http.StatusNotFound
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: r}, nil
}

func (f *fake) info(path string) []byte {
	for _, c := range f.state.Contents {
		for _, d := range c.Documents {
			if v := d.Latest(); strings.Contains(path, v.Hash) {
				info := protocol.DocumentInfo{Hash: v.Hash, Pages: v.Pages}
				for range v.Pages {
					info.Sizes = append(info.Sizes, [2]float64{595, 842})
				}
				return must(json.Marshal(info))
			}
		}
	}
	return []byte("{}")
}

func pagePNG(w, h int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// device starts a session with the fake.
func device(t *testing.T, f *fake, area *cache.Area, refused func(replica.Refused)) *Session {
	t.Helper()
	server := NewServer("https://192.0.2.1:8443", pin.New(pin.Fingerprint{}))
	server.quick = &http.Client{Transport: f}
	s := Start(Options{Server: server, Me: f.roster.People[me], Area: area, Client: "device-1", Program: "test", Dial: f.dial, Refused: refused})
	t.Cleanup(s.Close)
	return s
}
