package room_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// seat is a device with its replica, on this room.
type seat struct {
	p       *place
	who     string
	replica *replica.Replica
	conn    *reader
	answers map[string]string // by command, empty while it waits
}

func (p *place) seat(who string) *seat {
	return &seat{p: p, who: who, answers: map[string]string{},
		replica: replica.New(replica.Options{Person: meeting.PersonID(who), Client: "c-" + who})}
}

func (s *seat) connect() {
	s.conn = &reader{who: s.who}
	s.serve(s.replica.Connected(time.Now())...)
}

func (s *seat) disconnect() {
	if s.conn != nil {
		s.p.hall.Leave(s.conn)
		s.replica.Disconnected()
		s.conn = nil
	}
}

// say sends a message to one connection.
func say(t tester, to *reader, m protocol.Message) {
	data, err := json.Marshal(m)
	if err != nil {
		t.Error(err)
	}
	to.Deliver(&room.Frame{Data: data})
}

// serve does what the door does with a client's messages.
func (s *seat) serve(all ...protocol.Message) {
	ctx := context.Background()
	for _, m := range all {
		switch m.Type {
		case protocol.TypeHello, protocol.TypeSubscribe:
			if m.Type == protocol.TypeHello {
				say(s.p.t, s.conn, protocol.Message{Type: protocol.TypeWelcome, Now: time.Now(), Person: s.who, Room: "room-1"})
			}
			for _, at := range m.Streams {
				s.check(s.p.hall.Subscribe(ctx, s.conn, at))
			}
		case protocol.TypeUnsubscribe:
			for _, at := range m.Streams {
				s.check(s.p.hall.Unsubscribe(ctx, s.conn, at.Stream))
			}
		case protocol.TypeCommand:
			s.command(m)
		}
	}
}

func (s *seat) command(m protocol.Message) {
	wish, err := meeting.DecodeCommand(m.Body)
	s.check(err)
	name, _ := protocol.ParseStream(m.Stream)
	to := s.conn
	s.check(s.p.hall.Submit(context.Background(), name.Meeting, room.Command{
		Key: room.Key{Person: s.who, Client: "c-" + s.who, Command: m.Command}, Actor: meeting.Actor{Person: meeting.PersonID(s.who)}, Wish: wish,
		Answer: func(r room.Result) {
			a := protocol.Message{Type: protocol.TypeDone, Command: m.Command, Positions: r.Positions}
			if r.Code != "" {
				a = protocol.Message{Type: protocol.TypeRefused, Command: m.Command, Code: r.Code, What: r.What}
			}
			say(s.p.t, to, a)
		},
	}))
}

func (s *seat) check(err error) {
	s.p.t.Helper()
	if err != nil {
		s.p.t.Fatal(s.who, ": ", err)
	}
}

// hear takes up to n messages, and reports how many there were.
func (s *seat) hear(n int) (heard int) {
	for ; s.conn != nil && heard < n; heard++ {
		s.conn.mu.Lock()
		if len(s.conn.frames) == 0 {
			s.conn.mu.Unlock()
			break
		}
		f := s.conn.frames[0]
		s.conn.frames = s.conn.frames[1:]
		s.conn.mu.Unlock()
		var m protocol.Message
		decode(s.p.t, f.Data, &m)
		e, err := s.replica.Receive(time.Now(), m)
		s.check(err)
		s.effects(e)
	}
	return heard
}

func (s *seat) effects(e replica.Effects) {
	if s.conn != nil {
		s.serve(e.Send...)
	}
	for _, id := range e.Done {
		s.answered(id, "done")
	}
	for _, r := range e.Refused {
		s.answered(r.ID, r.Code)
	}
}

func (s *seat) answered(id, how string) {
	if was := s.answers[id]; was != "" {
		s.p.t.Errorf("%s: %s is answered %s after %s", s.who, id, how, was)
	}
	s.answers[id] = how
}

func (s *seat) submit(id string, n int, c meeting.Command) {
	name := fmt.Sprintf("%s-%d", s.who, n)
	s.answers[name] = ""
	e, err := s.replica.Submit(time.Now(), name, protocol.MeetingStream(id), c)
	s.check(err)
	s.effects(e)
}

// TestReplicasOnARealRoom lets people on bad connections work in a room whose
// disk fails at times and which starts again. In the end all hold what the
// room has for them, every command is answered, and none that was refused has
// left a trace.
func TestReplicasOnARealRoom(t *testing.T) { // [R3] [C3] [C4] [C6] [A5]
	wishes := rapid.Custom(draw)
	for seed := range 60 {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			inRoom(t, func(t *testing.T, p *place) {
				rnd := rand.New(rand.NewPCG(uint64(seed), 5))
				p.opened()
				var all []*seat
				for _, who := range []string{"desk", "clerk", "head", "deputy", "member", "guest", "wall"} {
					all = append(all, p.seat(who))
				}
				for n := range 300 {
					step(p, rnd, all, n, wishes.Example(seed*1000+n))
				}
				quieten(p, all)
				compare(p, all)
			})
		})
	}
}

func step(p *place, rnd *rand.Rand, all []*seat, n int, g given) {
	s := all[rnd.IntN(len(all))]
	switch x := rnd.IntN(100); {
	case x < 40:
		s.hear(1 + rnd.IntN(5))
	case x < 75:
		if i := slices.IndexFunc(all, func(s *seat) bool { return s.who == g.key.Person }); i >= 0 {
			all[i].submit(g.meeting, n, g.wish)
		}
	case x < 88:
		if s.conn == nil {
			s.connect()
		}
	case x < 92:
		s.disconnect()
	case x < 96:
		s.effects(s.replica.Open([]string{"m1", "m2"}[rnd.IntN(2)]))
	case x < 97:
		for _, s := range all {
			s.disconnect()
		}
		[]func(){p.reopen, p.crash}[rnd.IntN(2)]()
	case x < 99:
		time.Sleep(time.Duration(rnd.IntN(400)) * time.Millisecond)
	default:
		p.log.FailNext(errors.New("broken"))
	}
}

func quieten(p *place, all []*seat) {
	for _, s := range all {
		if s.conn == nil {
			s.connect()
		}
		s.effects(s.replica.Open("m1"))
		s.effects(s.replica.Open("m2"))
	}
	for range 100 {
		time.Sleep(time.Second) // whatever the room does is done by then
		heard := 0
		for _, s := range all {
			heard += s.hear(1 << 20)
		}
		if heard == 0 {
			return
		}
	}
	p.t.Error("it does not come to rest")
}

func compare(p *place, all []*seat) {
	traces := map[string]bool{}
	for _, id := range []string{"m1", "m2"} {
		saved, err := p.log.Load(context.Background(), protocol.MeetingStream(id), -1)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, e := range saved.Entries {
			traces[e.Command] = true
		}
	}
	for _, s := range all {
		if n := s.replica.PendingCount(); n > 0 {
			p.t.Errorf("%s: %d commands wait", s.who, n)
		}
		for id, how := range s.answers {
			if how == "" || how != "done" && traces[id] {
				p.t.Errorf("%s: %s was answered %q, and left a trace: %v", s.who, id, how, traces[id])
			}
		}
		same(p.t, s.who+": roster", s.replica.Roster(), p.hall.Lobby().State())
		for _, id := range []string{"m1", "m2"} {
			s.compare(id)
		}
	}
}

func (s *seat) compare(id string) {
	views, err := s.p.hall.View(context.Background(), s.who, id)
	if err != nil && !errors.As(err, new(*meeting.Refusal)) {
		s.p.t.Fatal(err)
	}
	confirmed, _ := s.replica.Confirmed(id)
	predicted, _ := s.replica.Meeting(id)
	held := len(confirmed.Contents)
	if confirmed.Exists() {
		held++
	}
	if held != len(views) {
		s.p.t.Errorf("%s: %d streams of %s are held, %d are for him", s.who, held, id, len(views))
	}
	for _, v := range views {
		name, _ := protocol.ParseStream(v.Stream)
		for _, state := range []meeting.State{confirmed, predicted} {
			data, err := state.Snapshot()
			if name.Item != "" {
				data, err = state.ItemSnapshot(meeting.ItemID(name.Item))
			}
			if err != nil || string(data) != string(v.Snapshot) {
				s.p.t.Errorf("%s: %s\nheld %s\nroom %s", s.who, v.Stream, data, v.Snapshot)
			}
		}
	}
}
