package replica_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

var noon = time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)

// client is a replica with what it sent and was told.
type client struct {
	*replica.Replica
	t    testing.TB
	last replica.Effects
}

func newClient(t testing.TB, person string) *client {
	return &client{t: t, Replica: replica.New(replica.Options{Person: meeting.PersonID(person), Client: "c", Program: "test"})}
}

func (c *client) take(m protocol.Message) replica.Effects {
	c.t.Helper()
	e, err := c.Receive(noon, m)
	if err != nil {
		c.t.Fatalf("%s: %v", m.Type, err)
	}
	c.last = e
	return e
}

func (c *client) welcome() {
	c.Connected(noon)
	c.take(protocol.Message{Type: protocol.TypeWelcome, Now: noon, Person: "member", Room: "room-1"})
}

// onAir is a meeting with one running item and a document, as the member
// follows it.
func onAir(t testing.TB) *client {
	c := newClient(t, "member")
	c.Open("m1")
	c.welcome()
	c.take(standing("meeting/m1", "e", 5, onAirState()))
	c.take(standing("item/m1/i1", "e", 3, onAirContent()))
	if s, _ := c.Status("item/m1/i1"); s != replica.Live {
		t.Fatalf("the item is %v", s)
	}
	return c
}

func onAirState() meeting.State {
	return meeting.State{
		Description: meeting.Description{Title: "Phiên họp"}, Phase: meeting.Open, Presiding: "head", Current: "i1",
		People: map[meeting.PersonID]meeting.Participant{
			"head":   {Person: "head", Name: "Chủ tịch", Functions: []meeting.Function{meeting.Chair}},
			"member": {Person: "member", Name: "Ủy viên", Member: true},
		},
		Agenda:   []meeting.ItemID{"i1"},
		Items:    map[meeting.ItemID]meeting.AgendaItem{"i1": {ID: "i1", Kind: meeting.Report, Brief: meeting.Brief{Title: "Một"}, State: meeting.Running}},
		Sittings: []meeting.Sitting{{Started: noon, Presided: []meeting.PersonID{"head"}}},
	}
}

func onAirContent() meeting.Content {
	return meeting.Content{Brief: meeting.Brief{Title: "Một"}, Presenter: "member", Documents: []meeting.Document{
		{ID: "d1", Title: "Báo cáo", Versions: []meeting.Version{{Number: 1, Hash: hash("a"), Name: "a.pdf", Pages: 9, Bytes: 9}}},
	}}
}

func standing(stream, epoch string, seq uint64, state any) protocol.Message {
	data, err := json.Marshal(state)
	if err != nil {
		panic(err)
	}
	return protocol.Message{Type: protocol.TypeStream, Stream: stream, Epoch: epoch, Seq: seq, Snapshot: data}
}

func turned(seq uint64, page int, command, by string) protocol.Message {
	body, err := meeting.EncodeBody(meeting.PageShown{Place: meeting.Place{Document: "d1", Version: 1, Page: page}})
	if err != nil {
		panic(err)
	}
	return protocol.Message{Type: protocol.TypeEvent, Stream: "item/m1/i1", Seq: seq, Command: command, At: noon, By: by, Body: body}
}

func (c *client) page() int {
	s, _ := c.Meeting("m1")
	return s.Contents["i1"].Shown.Page
}

func show(page int) meeting.Command {
	return meeting.Show{Item: "i1", Place: meeting.Place{Document: "d1", Page: page}}
}

func TestResumeOverlapsWhatIsHeld(t *testing.T) { // [R5]
	c := onAir(t)
	c.Disconnected()
	c.welcome()
	body := func(page int) json.RawMessage { return turned(0, page, "", "member").Body }
	c.take(protocol.Message{Type: protocol.TypeStream, Stream: "item/m1/i1", Epoch: "e", Seq: 5, Events: []protocol.Event{
		{Seq: 3, At: noon, Body: body(2)}, {Seq: 4, At: noon, Body: body(4)}, {Seq: 5, At: noon, Body: body(5)},
	}})
	if at, _ := c.Position("item/m1/i1"); at.Seq != 5 || c.page() != 5 {
		t.Errorf("at %+v, page %d", at, c.page())
	}
}

func TestEventsThatDoNotFitAreAskedForAfresh(t *testing.T) { // [R6]
	body := turned(0, 2, "", "member").Body
	for name, m := range map[string]protocol.Message{
		"of another history": {Epoch: "other", Seq: 4, Events: []protocol.Event{{Seq: 4, At: noon, Body: body}}},
		"after a gap":        {Epoch: "e", Seq: 5, Events: []protocol.Event{{Seq: 5, At: noon, Body: body}}},
		"with a gap":         {Epoch: "e", Seq: 6, Events: []protocol.Event{{Seq: 4, At: noon, Body: body}, {Seq: 6, At: noon, Body: body}}},
		"fewer than told":    {Epoch: "e", Seq: 9, Events: []protocol.Event{{Seq: 4, At: noon, Body: body}}},
		"older than held":    {Epoch: "e", Seq: 2},
	} {
		t.Run(name, func(t *testing.T) {
			c := onAir(t)
			c.Disconnected()
			c.welcome()
			m.Type, m.Stream = protocol.TypeStream, "item/m1/i1"
			e := c.take(m)
			want := protocol.Position{Stream: "item/m1/i1"}
			if len(e.Send) != 1 || e.Send[0].Type != protocol.TypeSubscribe || len(e.Send[0].Streams) != 1 || e.Send[0].Streams[0] != want {
				t.Fatalf("sent %+v", e.Send)
			}
			if at, _ := c.Position("item/m1/i1"); at.Seq != 3 || c.page() != 0 {
				t.Errorf("part of it was taken: %+v, page %d", at, c.page())
			}
			if _, err := c.Receive(noon, m); !errors.Is(err, replica.ErrProtocol) {
				t.Errorf("asked afresh, the server sends that again: %v", err)
			}
		})
	}
}

func TestAnEventThatComesTwiceCountsOnce(t *testing.T) { // [R3]
	c := onAir(t)
	recalled := protocol.Message{Type: protocol.TypeEvent, Stream: "item/m1/i1", Seq: 4, At: noon, Body: []byte(`{"kind":"followers.recalled","v":1}`)}
	c.take(recalled)
	c.take(recalled)
	if s, _ := c.Confirmed("m1"); s.Contents["i1"].Recalls != 1 {
		t.Errorf("recalled %d times", s.Contents["i1"].Recalls)
	}
}

func TestADroppedStreamIsForgottenAtOnce(t *testing.T) { // [A6]
	c := onAir(t)
	e := c.take(protocol.Message{Type: protocol.TypeDropped, Stream: "item/m1/i1", Code: protocol.CodeNotFound})
	s, _ := c.Meeting("m1")
	if _, held := s.Contents["i1"]; held || len(e.Lost) != 1 {
		t.Errorf("held %v, lost %+v", held, e.Lost)
	}
	if _, ok := c.Position("item/m1/i1"); ok {
		t.Error("a position is left")
	}
	// "unavailable" says nothing about the audience.
	c = onAir(t)
	c.take(protocol.Message{Type: protocol.TypeDropped, Stream: "item/m1/i1", Code: protocol.CodeUnavailable})
	if s, _ := c.Meeting("m1"); len(s.Contents["i1"].Documents) != 1 {
		t.Error("the documents are gone")
	}
}

func TestADropOfTheTimeBeforeIsPassedOver(t *testing.T) { // [A6]
	c := onAir(t)
	c.Disconnected()
	c.welcome()
	e := c.take(protocol.Message{Type: protocol.TypeDropped, Stream: "item/m1/i1", Code: protocol.CodeNotFound})
	if len(e.Lost) != 0 {
		t.Errorf("lost %+v, while the answer is under way", e.Lost)
	}
}

func TestAConfirmedCommandIsNotShownOverWhatCameLater(t *testing.T) { // [C9]
	c := onAir(t)
	if _, err := c.Submit(noon, "k1", "meeting/m1", show(3)); err != nil {
		t.Fatal(err)
	}
	if c.page() != 3 {
		t.Fatalf("page %d is shown, before any answer", c.page())
	}
	c.take(turned(4, 3, "k1", "member"))
	c.take(turned(5, 7, "k2", "member")) // from this person's other device
	if c.page() != 7 {
		t.Errorf("page %d", c.page())
	}
	e := c.take(protocol.Message{Type: protocol.TypeDone, Command: "k1", Positions: []protocol.Position{{Stream: "item/m1/i1", Epoch: "e", Seq: 4}}})
	if len(e.Done) != 1 || c.page() != 7 {
		t.Errorf("done %v, page %d", e.Done, c.page())
	}
}

func TestDoneWaitsForTheEvents(t *testing.T) { // [C9]
	c := onAir(t)
	if _, err := c.Submit(noon, "k1", "meeting/m1", show(3)); err != nil {
		t.Fatal(err)
	}
	e := c.take(protocol.Message{Type: protocol.TypeDone, Command: "k1", Positions: []protocol.Position{{Stream: "item/m1/i1", Epoch: "e", Seq: 4}}})
	if len(e.Done) != 0 || c.page() != 3 || !c.Pending()[0].Acknowledged {
		t.Fatalf("done %v, page %d, %+v", e.Done, c.page(), c.Pending())
	}
	if e = c.take(turned(4, 3, "k1", "member")); len(e.Done) != 1 || c.page() != 3 || c.PendingCount() != 0 {
		t.Errorf("done %v, page %d", e.Done, c.page())
	}
}

func TestACreatedMeetingIsAskedForAgain(t *testing.T) { // [S6]
	c := newClient(t, "member")
	c.Open("m9")
	c.welcome()
	c.take(protocol.Message{Type: protocol.TypeStream, Stream: "meeting/m9", Code: protocol.CodeNotFound})
	if s, code := c.Status("meeting/m9"); s != replica.Denied || code != protocol.CodeNotFound {
		t.Fatalf("%v %s", s, code)
	}
	if _, err := c.Submit(noon, "k1", "meeting/m9", meeting.Create{Description: meeting.Description{Title: "Họp"}}); err != nil {
		t.Fatal(err)
	}
	e := c.take(protocol.Message{Type: protocol.TypeDone, Command: "k1", Positions: []protocol.Position{{Stream: "meeting/m9", Epoch: "e", Seq: 2}}})
	if len(e.Send) != 1 || e.Send[0].Type != protocol.TypeSubscribe || len(e.Done) != 0 {
		t.Fatalf("sent %+v, done %v", e.Send, e.Done)
	}
	if e = c.take(standing("meeting/m9", "e", 2, meeting.State{Phase: meeting.Published})); len(e.Done) != 1 {
		t.Errorf("done %v", e.Done)
	}
}

func TestAnItemThatWasNotToBeHadIsAskedForAfterASnapshot(t *testing.T) { // [A5]
	c := onAir(t)
	c.take(protocol.Message{Type: protocol.TypeDropped, Stream: "item/m1/i1", Code: protocol.CodeNotFound})
	c.take(protocol.Message{Type: protocol.TypeEvent, Stream: "meeting/m1", Seq: 9, At: noon, Body: []byte(`{"kind":"sitting.paused","v":1}`)})
	e := c.take(standing("meeting/m1", "e", 9, onAirState()))
	if len(e.Send) != 1 || len(e.Send[0].Streams) != 1 || e.Send[0].Streams[0].Stream != "item/m1/i1" {
		t.Errorf("sent %+v", e.Send)
	}
}

func TestAnotherRoomIsNotBelieved(t *testing.T) { // [M6]
	for name, m := range map[string]protocol.Message{
		"person": {Type: protocol.TypeWelcome, Person: "head", Room: "room-1"},
		"room":   {Type: protocol.TypeWelcome, Person: "member", Room: "room-2"},
	} {
		c := onAir(t)
		c.Disconnected()
		c.Connected(noon)
		if _, err := c.Receive(noon, m); !errors.Is(err, replica.ErrOtherRoom) {
			t.Errorf("%s: %v", name, err)
		}
		if c.Ready() || c.Room() != "room-1" {
			t.Errorf("%s: taken over", name)
		}
	}
}

func TestSubmitRefusesWhatCannotBeSent(t *testing.T) { // [C2]
	c := onAir(t)
	for name, err := range map[string]error{
		"stream": second(c.Submit(noon, "k1", "room", show(1))),
		"id":     second(c.Submit(noon, "not an id", "meeting/m1", show(1))),
		"length": second(c.Submit(noon, "k1", "meeting/m1", meeting.Describe{Description: meeting.Description{Title: strings.Repeat("x", replica.MaxCommand)}})),
	} {
		if !errors.Is(err, replica.ErrCommand) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range replica.MaxPending {
		if _, err := c.Submit(noon, fmt.Sprint("k", i), "meeting/m1", meeting.AskPresenter{Item: "i1"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := second(c.Submit(noon, "k0", "meeting/m1", show(1))); !errors.Is(err, replica.ErrCommand) {
		t.Errorf("taken id: %v", err)
	}
	if err := second(c.Submit(noon, "more", "meeting/m1", show(1))); !errors.Is(err, replica.ErrFull) {
		t.Errorf("too many: %v", err)
	}
}

func second(_ replica.Effects, err error) error { return err }

func TestTheClockOfTheServer(t *testing.T) { // [M5]
	c := newClient(t, "member")
	c.Connected(noon)
	m := protocol.Message{Type: protocol.TypeWelcome, Now: noon.Add(time.Hour), Person: "member", Room: "room-1"}
	if _, err := c.Receive(noon.Add(2*time.Second), m); err != nil {
		t.Fatal(err)
	}
	if d, ok := c.Offset(); !ok || d != time.Hour-time.Second {
		t.Errorf("offset %v %v", d, ok)
	}
}

func TestHelloFitsIntoAMessage(t *testing.T) { // [L1]
	c := newClient(t, "member")
	long := func(c string, i int) string { return fmt.Sprintf("%s%04d", strings.Repeat(c, 60), i) }
	s := onAirState()
	s.Agenda, s.Items, s.Current = nil, map[meeting.ItemID]meeting.AgendaItem{}, ""
	for i := range meeting.MaxItems {
		id := meeting.ItemID(long("i", i))
		s.Agenda = append(s.Agenda, id)
		s.Items[id] = meeting.AgendaItem{ID: id, State: meeting.Waiting}
	}
	for i := range 3 {
		c.Open(long("m", i))
	}
	c.welcome()
	for i := range 3 {
		stream := protocol.MeetingStream(long("m", i))
		c.take(standing(stream, strings.Repeat("e", 64), 1<<62, s))
		for _, id := range s.Agenda {
			c.take(standing(protocol.ItemStream(long("m", i), string(id)), strings.Repeat("e", 64), 1<<62, onAirContent()))
		}
	}
	c.Disconnected()
	streams := 0
	for _, m := range c.Connected(noon) {
		data, err := json.Marshal(m)
		if err != nil || len(data) > protocol.MaxClientMessage {
			t.Errorf("%s of %d bytes, %v", m.Type, len(data), err)
		}
		streams += len(m.Streams)
	}
	if streams != protocol.MaxStreams {
		t.Errorf("%d streams are asked for", streams)
	}
}
