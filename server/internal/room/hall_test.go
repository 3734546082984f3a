package room_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/server/internal/room"
	"phonghop/server/internal/room/memlog"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// tester is a test, or one try of a property.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Error(args ...any)
	Fatalf(format string, args ...any)
	Fatal(args ...any)
}

// disk is a log whose writes can be held up.
type disk struct {
	*memlog.Log
	mu     sync.Mutex
	held   chan struct{}
	killed bool // no snapshots are stored any more
}

func (d *disk) SaveSnapshots(ctx context.Context, owner string, reducer int, all []room.Snapshot) error {
	d.mu.Lock()
	killed := d.killed
	d.mu.Unlock()
	if killed {
		return errors.New("killed")
	}
	return d.Log.SaveSnapshots(ctx, owner, reducer, all)
}

func (d *disk) kill(on bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.killed = on
}

// hold lets every Append wait until release is called, or its context ends.
func (d *disk) hold() (release func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	held := make(chan struct{})
	d.held = held
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.held = nil
		close(held)
	}
}

func (d *disk) Append(ctx context.Context, b room.Batch) error {
	d.mu.Lock()
	held := d.held
	d.mu.Unlock()
	if held != nil {
		select {
		case <-held:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return d.Log.Append(ctx, b)
}

// archive is what was uploaded: the hashes of one letter 64 times.
type archive map[string]room.File

func (a archive) File(_ context.Context, hash string) (room.File, bool, error) {
	f, ok := a[hash]
	return f, ok, nil
}

func hash(c string) string { return strings.Repeat(c, 64) }

// place is a room under test: what survives, and the hall that runs on it.
type place struct {
	t     tester
	log   *disk
	files archive
	stats room.Stats
	box   *box
	set   atomic.Int64 // how far the clock was set, in nanoseconds
	hall  *room.Hall
	ids   int
	// prepared counts the messages that were encoded for many readers.
	prepared map[string]int
	mu       sync.Mutex
}

// The room's people: desk and clerk are secretaries of the meeting, head and
// deputy may preside, guest is invited to single items.
var roll = []roster.Person{
	{ID: "desk", Name: "Văn phòng", Desk: true}, {ID: "clerk", Name: "Thư ký", Order: 9}, {ID: "head", Name: "Chủ tịch", Order: 1},
	{ID: "deputy", Name: "Phó Chủ tịch", Order: 2}, {ID: "member", Name: "Ủy viên", Order: 3}, {ID: "guest", Name: "Khách mời", Order: 4},
	{ID: "wall", Name: "Màn hình", Kind: roster.KindProjector}, {ID: "outsider", Name: "Người ngoài", Order: 8},
}

func newPlace(t tester) *place {
	p := &place{t: t, log: &disk{Log: memlog.New("epoch-1")}, box: &box{}, prepared: map[string]int{}, files: archive{
		hash("a"): {Pages: 9, Bytes: 900}, hash("b"): {Pages: 4, Bytes: 400},
	}}
	p.open()
	for _, who := range roll {
		if err := p.hall.Lobby().Do(context.Background(), roster.Actor{Owner: true}, roster.SetPerson{Person: who}); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func (p *place) open() {
	p.t.Helper()
	hall, err := room.Open(context.Background(), room.Options{
		Log: p.log, Files: p.files, Box: p.box, Now: func() time.Time { return time.Now().Add(time.Duration(p.set.Load())) }, Stats: &p.stats,
		Prepare: func(data []byte) any {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.prepared[string(data)]++
			return len(data)
		},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	p.hall = hall
}

// reopen is a restart of the server.
func (p *place) reopen() {
	p.t.Helper()
	p.hall.Close()
	p.open()
}

// crash is a restart of a server that was killed: the stored snapshots are
// old, or there are none.
func (p *place) crash() {
	p.t.Helper()
	p.log.kill(true)
	p.hall.Close()
	p.log.kill(false)
	p.open()
}

// send hands a command in and returns where its answer will be.
func (p *place) send(key room.Key, id string, c meeting.Command) <-chan room.Result {
	p.t.Helper()
	answer := make(chan room.Result, 2)
	err := p.hall.Submit(context.Background(), id, room.Command{
		Key: key, Actor: meeting.Actor{Person: meeting.PersonID(key.Person)}, Wish: c,
		Answer: func(r room.Result) { answer <- r },
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return answer
}

func (p *place) key(who string) room.Key {
	p.ids++
	return room.Key{Person: who, Client: "c-" + who, Command: fmt.Sprint("k", p.ids)}
}

// do gives a command and waits for its answer.
func (p *place) do(who, id string, c meeting.Command) room.Result {
	p.t.Helper()
	return <-p.send(p.key(who), id, c)
}

// must is do for commands that the test relies on.
func (p *place) must(who, id string, c meeting.Command) room.Result {
	p.t.Helper()
	r := p.do(who, id, c)
	if r.Code != "" {
		p.t.Fatalf("%s by %s: %s %s", c.Kind(), who, r.Code, r.What)
	}
	return r
}

// drafted prepares the meeting "m1": i1 is open and the guest is invited, i2
// is restricted to the deputy, i3 is open to all but guests.
func (p *place) drafted() {
	p.t.Helper()
	in := func(who string, member bool, f ...meeting.Function) meeting.Command {
		return meeting.SetParticipant{Participant: meeting.Participant{Person: meeting.PersonID(who), Member: member, Functions: f}}
	}
	for _, c := range []meeting.Command{
		meeting.Create{Description: meeting.Description{Title: "Phiên họp thường kỳ"}},
		in("clerk", false, meeting.Secretary), in("head", true, meeting.Chair), in("deputy", true, meeting.Chair),
		in("member", true), in("guest", false, meeting.Guest), in("wall", false, meeting.Projector),
		meeting.AddItem{ID: "i1", Type: meeting.Report, Brief: meeting.Brief{Title: "Một"}, Audience: []meeting.PersonID{"guest"}},
		meeting.AddItem{ID: "i2", Type: meeting.Settle, Brief: meeting.Brief{Title: "Kín"}, Restricted: true, Audience: []meeting.PersonID{"deputy"}},
		meeting.AddItem{ID: "i3", Type: meeting.Other, Brief: meeting.Brief{Title: "Ba"}},
		meeting.AttachDocument{Item: "i1", Document: "d1", Hash: hash("a"), Name: "bao-cao.pdf"},
		meeting.AttachDocument{Item: "i2", Document: "d1", Hash: hash("b"), Name: "kin.pdf"},
	} {
		p.must("desk", "m1", c)
	}
}

// opened is the meeting in its first sitting, with i1 running and presented
// by the head.
func (p *place) opened() {
	p.t.Helper()
	p.drafted()
	p.must("desk", "m1", meeting.Publish{})
	p.must("head", "m1", meeting.OpenSitting{})
	p.must("head", "m1", meeting.SetItemState{Item: "i1", To: meeting.Running})
}

func show(page int) meeting.Command {
	return meeting.Show{Item: "i1", Place: meeting.Place{Document: "d1", Page: page}}
}

// reader is a connection that takes everything.
type reader struct {
	who    string
	mu     sync.Mutex
	frames []*room.Frame
	closed bool // a reader that could not keep up takes nothing more
}

func (r *reader) Person() string { return r.who }

func (r *reader) Deliver(f *room.Frame) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.closed {
		r.frames = append(r.frames, f)
	}
}

// take returns what came since the last call.
func (r *reader) take(t tester) []protocol.Message {
	t.Helper()
	r.mu.Lock()
	frames := r.frames
	r.frames = nil
	r.mu.Unlock()
	var out []protocol.Message
	for _, f := range frames {
		var m protocol.Message
		if err := json.Unmarshal(f.Data, &m); err != nil {
			t.Fatalf("frame %s: %v", f.Data, err)
		}
		out = append(out, m)
	}
	return out
}

// joins subscribes a new reader to streams.
func (p *place) joins(who string, streams ...string) *reader {
	p.t.Helper()
	r := &reader{who: who}
	for _, s := range streams {
		p.subscribe(r, protocol.Position{Stream: s})
	}
	return r
}

func (p *place) subscribe(r *reader, at protocol.Position) {
	p.t.Helper()
	if err := p.hall.Subscribe(context.Background(), r, at); err != nil {
		p.t.Fatal(err)
	}
	if name, ok := protocol.ParseStream(at.Stream); ok && name.Meeting != "" {
		p.settled(name.Meeting)
	}
}

// seen lists messages shortly: the type, and the event's kind, code or
// presence.
func seen(all []protocol.Message) []string {
	out := []string{}
	for _, m := range all {
		var body struct {
			Kind string `json:"kind"`
		}
		_ = json.Unmarshal(m.Body, &body) // not every message has one
		out = append(out, strings.TrimSpace(m.Type+" "+m.Stream+" "+body.Kind+m.Code))
	}
	return out
}

func expect(t tester, what string, got []protocol.Message, want ...string) {
	t.Helper()
	if s := seen(got); !slices.Equal(s, want) {
		t.Errorf("%s:\ngot  %q\nwant %q", what, s, want)
	}
}

// withoutPresence leaves out what is not history.
func withoutPresence(all []protocol.Message) []protocol.Message {
	return slices.DeleteFunc(all, func(m protocol.Message) bool { return m.Type == protocol.TypePresence })
}

func (p *place) view(who, id string) map[string]protocol.StreamView {
	p.t.Helper()
	all, err := p.hall.View(context.Background(), who, id)
	if err != nil {
		p.t.Fatal(err)
	}
	out := map[string]protocol.StreamView{}
	for _, v := range all {
		out[v.Stream] = v
	}
	return out
}

// inRoom runs a test on a room in a bubble: time goes on when all wait, and a
// goroutine that is left over fails the test.
func inRoom(t *testing.T, test func(t *testing.T, p *place)) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlace(t)
		defer func() { p.hall.Close() }()
		test(t, p)
	})
}

func same(t tester, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", what, got, want)
	}
}

// settled waits until a meeting has handled what came in.
func (p *place) settled(id string) {
	p.t.Helper()
	if _, err := p.hall.View(context.Background(), "desk", id); err != nil && !errors.As(err, new(*meeting.Refusal)) {
		p.t.Fatal(err)
	}
}
