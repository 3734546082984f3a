package replica_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// desk is the server of these tests: one meeting with a running item and its
// document, its shared layer, and the notes of one person.
type desk struct {
	t     *testing.T
	state meeting.State
	notes notes.State
	log   map[string][]protocol.Event
	done  map[string][]protocol.Position
}

var (
	sheet  = meeting.Sheet{Item: "i1", Document: "d1"}
	midday = time.Date(2026, 11, 24, 5, 0, 0, 0, time.UTC)
)

const (
	layerStream = "ink/m1/i1/d1"
	noteStream  = "person/m1"
	epoch       = "e1"
)

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, log: map[string][]protocol.Event{}, done: map[string][]protocol.Position{}}
	for i, c := range []meeting.Command{
		meeting.Create{Description: meeting.Description{Title: "Phiên họp"}, Creator: meeting.Participant{Name: "Thư ký"}},
		meeting.SetParticipant{Participant: meeting.Participant{Person: "an", Name: "An", Functions: []meeting.Function{meeting.Chair}}},
		meeting.SetParticipant{Participant: meeting.Participant{Person: "binh", Name: "Bình"}},
		meeting.AddItem{ID: "i1", Type: meeting.Report, Brief: meeting.Brief{Title: "Một"}},
		meeting.AttachDocument{Item: "i1", Document: "d1", Hash: string(slices.Repeat([]byte("a"), 64)), Name: "a.pdf", Pages: 5, Bytes: 9},
		meeting.Publish{},
	} {
		if code := d.give("desk", string(rune('a'+i)), c); code != "" {
			t.Fatal(c.Kind(), code)
		}
	}
	for id, c := range map[string]meeting.Command{"open": meeting.OpenSitting{}} {
		if code := d.give("an", id, c); code != "" {
			t.Fatal(c.Kind(), code)
		}
	}
	if code := d.give("an", "run", meeting.SetItemState{Item: "i1", To: meeting.Running}); code != "" {
		t.Fatal(code)
	}
	return d
}

func (d *desk) keep(stream, by, id string, body []byte) {
	seq := uint64(len(d.log[stream]) + 1)
	d.log[stream] = append(d.log[stream], protocol.Event{Seq: seq, Command: id, At: midday, By: by, Body: body})
	d.done[id] = append(slices.DeleteFunc(d.done[id], func(p protocol.Position) bool { return p.Stream == stream }),
		protocol.Position{Stream: stream, Epoch: epoch, Seq: seq})
}

// give carries out a command on the meeting.
func (d *desk) give(by, id string, c meeting.Command) string {
	events, err := meeting.Decide(d.state, meeting.Actor{Person: meeting.PersonID(by), Desk: by == "desk"}, c, midday)
	var r *meeting.Refusal
	if errors.As(err, &r) {
		return string(r.Code)
	}
	for _, e := range events {
		body, err := meeting.EncodeBody(e.Body)
		if err != nil {
			d.t.Fatal(err)
		}
		stream := protocol.StreamName{Meeting: "m1", Item: string(e.Item), Document: string(e.Document)}
		d.keep(stream.String(), string(e.By), id, body)
		d.state = meeting.Apply(d.state, e)
	}
	return ""
}

// hear answers one message of a client.
func (d *desk) hear(person string, m protocol.Message) (out []protocol.Message) {
	switch m.Type {
	case protocol.TypeHello, protocol.TypeSubscribe:
		if m.Type == protocol.TypeHello {
			out = append(out, protocol.Message{Type: protocol.TypeWelcome, Person: person, Room: "r", Now: midday})
		}
		for _, at := range m.Streams {
			out = append(out, d.standing(at))
		}
	case protocol.TypeCommand:
		if at, ok := d.done[m.Command]; ok {
			return []protocol.Message{{Type: protocol.TypeDone, Command: m.Command, Positions: at}}
		}
		c, err := meeting.DecodeCommand(m.Body)
		if err != nil {
			d.t.Fatal(err)
		}
		before := map[string]int{}
		for s, l := range d.log {
			before[s] = len(l)
		}
		var code string
		if name, _ := protocol.ParseStream(m.Stream); name.Private {
			code = d.note(person, m.Command, c)
		} else {
			code = d.give(person, m.Command, c)
		}
		if code != "" {
			return []protocol.Message{{Type: protocol.TypeRefused, Command: m.Command, Stream: m.Stream, Code: code}}
		}
		for s, l := range d.log {
			for _, e := range l[before[s]:] {
				out = append(out, protocol.Message{Type: protocol.TypeEvent, Stream: s, Seq: e.Seq, Command: e.Command, At: e.At, By: e.By, Body: e.Body})
			}
		}
		out = append(out, protocol.Message{Type: protocol.TypeDone, Command: m.Command, Positions: d.done[m.Command]})
	}
	return out
}

func (d *desk) note(person, id string, c meeting.Command) string {
	e, err := notes.Decide(d.notes, c, ink.Sheet{}, midday)
	var r *meeting.Refusal
	if errors.As(err, &r) {
		return string(r.Code)
	}
	if e == nil {
		return ""
	}
	body, err := notes.Encode(*e)
	if err != nil {
		d.t.Fatal(err)
	}
	d.keep(noteStream, person, id, body)
	d.notes = notes.Apply(d.notes, *e)
	return ""
}

func (d *desk) standing(at protocol.Position) protocol.Message {
	m := protocol.Message{Type: protocol.TypeStream, Stream: at.Stream, Epoch: epoch, Seq: uint64(len(d.log[at.Stream]))}
	if at.Epoch == epoch && at.Seq > 0 {
		m.Events = d.log[at.Stream][at.Seq:]
		return m
	}
	name, _ := protocol.ParseStream(at.Stream)
	var err error
	switch {
	case name.Private:
		m.Snapshot, err = d.notes.Snapshot()
	case name.Meeting == "":
		m.Snapshot = json.RawMessage(`{}`)
	case name.Document != "":
		m.Snapshot, err = d.state.LayerSnapshot(sheet)
	case name.Item != "":
		m.Snapshot, err = d.state.ItemSnapshot("i1")
	default:
		m.Snapshot, err = d.state.Snapshot()
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

// tablet is a replica on a line to the desk.
type tablet struct {
	*replica.Replica
	t               *testing.T
	d               *desk
	person          string
	online, sending bool
	out             []protocol.Message
	done, lost      []string
	refused         []replica.Refused
}

func newTablet(t *testing.T, d *desk, person string) *tablet {
	return &tablet{t: t, d: d, person: person, Replica: replica.New(replica.Options{Person: meeting.PersonID(person), Client: "c"})}
}

func (x *tablet) do(e replica.Effects) {
	x.t.Helper()
	x.done = append(x.done, e.Done...)
	x.refused = append(x.refused, e.Refused...)
	for _, l := range e.Lost {
		x.lost = append(x.lost, l.Stream)
	}
	if x.online {
		x.send(e.Send)
	}
}

func (x *tablet) send(all []protocol.Message) {
	x.t.Helper()
	x.out = append(x.out, all...)
	if x.sending {
		return // what comes of an answer is sent after the answers before it
	}
	x.sending = true
	for len(x.out) > 0 {
		m := x.out[0]
		x.out = x.out[1:]
		for _, answer := range x.d.hear(x.person, m) {
			x.receive(answer)
		}
	}
	x.sending = false
}

func (x *tablet) receive(m protocol.Message) {
	x.t.Helper()
	e, err := x.Receive(midday, m)
	if err != nil {
		x.t.Fatal(err)
	}
	x.do(e)
}

func (x *tablet) connect() {
	x.t.Helper()
	x.online = true
	x.send(x.Connected(midday))
}

func (x *tablet) cut() {
	x.online = false
	x.Disconnected()
}

func (x *tablet) write(stream, id string) {
	x.t.Helper()
	packed, err := ink.Pack([]ink.Point{{X: 1, Y: 2}}, false)
	if err != nil {
		x.t.Fatal(err)
	}
	e, err := x.Submit(midday, "k-"+id, stream, meeting.AddStroke{Item: "i1", Document: "d1",
		Stroke: ink.Stroke{ID: id, Page: 1, Version: 1, Tool: ink.Pen, Ink: packed}})
	if err != nil {
		x.t.Fatal(err)
	}
	if !slices.Contains(e.Changed, stream) {
		x.t.Errorf("%s does not show at once: %v", id, e.Changed)
	}
	x.do(e)
}

func ids(l ink.Layer) (out []string) {
	for _, s := range l.Page(0) {
		out = append(out, s.ID)
	}
	return out
}

func (x *tablet) sees(want ...string) {
	x.t.Helper()
	l, _ := x.Layer("m1", sheet)
	if got := ids(l); !slices.Equal(got, want) {
		x.t.Errorf("the layer has %v, want %v", got, want)
	}
}

func (x *tablet) keeps(want ...string) {
	x.t.Helper()
	s, _ := x.Notes("m1")
	if got := ids(s.Layer(sheet)); !slices.Equal(got, want) {
		x.t.Errorf("the notes have %v, want %v", got, want)
	}
}

// One's own stroke shows at once, on line and off; on return all is merged,
// nothing twice and nothing lost.
func TestSharedLayerOverALostNetwork(t *testing.T) {
	d := newDesk(t)
	x := newTablet(t, d, "an")
	x.do(x.Open("m1"))
	x.connect()
	x.do(x.OpenLayer("m1", sheet))
	if s, _ := x.Status(layerStream); s != replica.Live {
		t.Fatalf("the layer is %v", s)
	}
	x.write(layerStream, "s1")
	x.sees("s1")
	x.cut()
	x.write(layerStream, "s2")
	x.sees("s1", "s2")
	x.write(layerStream, "s3")
	if code := d.give("an", "other", meeting.OpenInk{Item: "i1"}); code != "" {
		t.Fatal(code)
	}
	if code := d.give("binh", "other2", meeting.AddStroke{Item: "i1", Document: "d1", Stroke: d.state.Layers[sheet].Page(0)[0]}); code != string(meeting.Exists) {
		t.Fatal(code)
	}
	other := d.state.Layers[sheet].Page(0)[0]
	other.ID = "b1"
	if code := d.give("binh", "other3", meeting.AddStroke{Item: "i1", Document: "d1", Stroke: other}); code != "" {
		t.Fatal(code)
	}
	// The first of the two had arrived before the line was cut.
	x.d.hear("an", protocol.Message{Type: protocol.TypeCommand, Command: "k-s2", Stream: layerStream, Body: body(t, x, 0)})
	x.connect()
	x.sees("s1", "b1", "s2", "s3")
	if got := ids(d.state.Layers[sheet]); !slices.Equal(got, []string{"s1", "b1", "s2", "s3"}) || x.PendingCount() != 0 {
		t.Errorf("the server has %v, %d wait", got, x.PendingCount())
	}
	if !slices.Equal(x.done, []string{"k-s1", "k-s2", "k-s3"}) {
		t.Errorf("done: %v", x.done)
	}
}

// body is that of a command that waits.
func body(t *testing.T, x *tablet, i int) json.RawMessage {
	t.Helper()
	data, err := meeting.EncodeCommand(x.Pending()[i].Command)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestLayerIsForgottenWithItsAudience(t *testing.T) {
	d := newDesk(t)
	x := newTablet(t, d, "binh")
	x.do(x.Open("m1"))
	x.do(x.OpenLayer("m1", sheet)) // before anything is known
	x.connect()
	if s, _ := x.Status(layerStream); s != replica.Live {
		t.Fatalf("the layer is %v", s)
	}
	y := newTablet(t, d, "an")
	y.do(y.Open("m1"))
	y.do(y.OpenLayer("m1", sheet))
	y.connect()
	y.write(layerStream, "s1")
	e := d.log[layerStream][0]
	x.receive(protocol.Message{Type: protocol.TypeEvent, Stream: layerStream, Seq: 1, Command: e.Command, At: e.At, By: e.By, Body: e.Body})
	x.sees("s1")
	// Refused, and given back to whoever wrote it.
	_, err := x.Submit(midday, "k-no", layerStream, meeting.AddStroke{Item: "i1", Document: "d1", Stroke: d.state.Layers[sheet].Page(0)[0]})
	if err != nil {
		t.Fatal(err)
	}
	x.receive(protocol.Message{Type: protocol.TypeRefused, Command: "k-no", Stream: layerStream, Code: string(meeting.NotAllowed)})
	if len(x.refused) != 1 || x.refused[0].Command.(meeting.AddStroke).Stroke.ID != "s1" {
		t.Errorf("refused: %+v", x.refused)
	}
	before := len(d.log["meeting/m1"])
	if code := d.give("desk", "shut", meeting.SetAudience{ID: "i1", Restricted: true, Audience: []meeting.PersonID{"an"}}); code != "" {
		t.Fatal(code)
	}
	for _, e := range d.log["meeting/m1"][before:] {
		x.receive(protocol.Message{Type: protocol.TypeEvent, Stream: "meeting/m1", Seq: e.Seq, Command: e.Command, At: e.At, By: e.By, Body: e.Body})
	}
	x.sees()
	if _, held := x.Position(layerStream); held {
		t.Error("the layer is still held")
	}
	y.do(y.CloseLayer("m1", sheet))
	if _, held := y.Position(layerStream); held {
		t.Error("a closed layer is still held")
	}
	y.do(y.CloseLayer("m1", sheet))
	y.do(y.CloseLayer("none", sheet))
}

// Notes written without a network survive the end of the program, and are
// merged with those of the person's other device.
func TestNotesOverTheEndOfTheProgram(t *testing.T) {
	d := newDesk(t)
	x := newTablet(t, d, "an")
	x.do(x.Open("m1"))
	x.do(x.OpenNotes("m1"))
	x.connect()
	x.write(noteStream, "n1")
	x.cut()
	x.write(noteStream, "n2")
	x.keeps("n1", "n2")
	outbox, err := x.ExportOutbox()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := x.ExportMeeting("m1")
	if err != nil {
		t.Fatal(err)
	}

	again := newTablet(t, d, "an")
	for name, load := range map[string]func() (replica.Effects, error){
		"outbox": func() (replica.Effects, error) { return again.ImportOutbox(outbox) },
		"state":  func() (replica.Effects, error) { return again.Import(kept) },
	} {
		if _, err := load(); err != nil {
			t.Fatal(name, err)
		}
	}
	again.keeps("n1", "n2")
	again.write(noteStream, "n3")

	second := newTablet(t, d, "an")
	second.do(second.OpenNotes("m1"))
	second.connect()
	second.write(noteStream, "other")

	again.do(again.Open("m1"))
	again.do(again.OpenNotes("m1"))
	again.connect()
	again.keeps("n1", "other", "n2", "n3")
	if got := ids(d.notes.Layer(sheet)); !slices.Equal(got, []string{"n1", "other", "n2", "n3"}) || again.PendingCount() != 0 {
		t.Errorf("the server has %v, %d wait", got, again.PendingCount())
	}
	for _, s := range []string{"meeting/m1", layerStream} {
		for _, e := range d.log[s] {
			if slices.Contains([]string{"k-n1", "k-n2", "k-n3"}, e.Command) {
				t.Errorf("a note is in %s", s)
			}
		}
	}
	if err := again.TryNotes(midday, "m1", meeting.Publish{}); err == nil {
		t.Error("a meeting's command on notes would be carried out")
	}
	again.do(again.CloseNotes("m1"))
	again.keeps("n1", "other", "n2", "n3")
	again.do(again.Forget("m1"))
	again.keeps()
}

func TestDamagedInkIsNotTaken(t *testing.T) {
	d := newDesk(t)
	x := newTablet(t, d, "an")
	x.do(x.Open("m1"))
	x.do(x.OpenNotes("m1"))
	x.connect()
	x.do(x.OpenLayer("m1", sheet))
	x.write(layerStream, "s1")
	x.write(noteStream, "n1")
	for _, stream := range []string{layerStream, noteStream} {
		for name, m := range map[string]protocol.Message{
			"event":    {Type: protocol.TypeEvent, Stream: stream, Seq: 2, Body: json.RawMessage(`{"kind":"stroke.added","v":1,"data":7}`)},
			"no event": {Type: protocol.TypeEvent, Stream: stream, Seq: 2, Body: json.RawMessage(`[`)},
		} {
			if _, err := x.Receive(midday, m); !errors.Is(err, replica.ErrProtocol) {
				t.Errorf("%s of %s: %v", name, stream, err)
			}
		}
	}
	x.sees("s1")
	x.keeps("n1")
}

// Of the places that wait unanswered only the last one of a document is sent;
// what is dropped counts as done, and other wishes stay.
func TestPlacesThatWait(t *testing.T) {
	r := replica.New(replica.Options{Person: "an"})
	r.Open("m1")
	submit := func(id string, c meeting.Command) replica.Effects {
		t.Helper()
		e, err := r.Submit(midday, id, noteStream, c)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	at := func(document string, page int) meeting.KeepPlace {
		return meeting.KeepPlace{Item: "i1", Place: meeting.Place{Document: meeting.DocumentID(document), Version: 1, Page: page}}
	}
	submit("a", at("d1", 3))
	submit("b", at("d2", 5))
	submit("c", meeting.MarkPage{Item: "i1", Place: at("d1", 3).Place, On: true})
	if e := submit("d", at("d1", 9)); !slices.Equal(e.Done, []string{"a"}) {
		t.Errorf("done: %v", e.Done)
	}
	var ids []string
	for _, p := range r.Pending() {
		ids = append(ids, p.ID)
	}
	if !slices.Equal(ids, []string{"b", "c", "d"}) {
		t.Errorf("waiting: %v", ids)
	}
	s, _ := r.Notes("m1")
	if p, _ := s.Place(sheet); p.Page != 9 || !s.Marked(sheet, 3) {
		t.Errorf("at %+v, marks %v", p, s.Marks(sheet))
	}
	for n := range replica.MaxPending * 2 {
		submit(fmt.Sprint("more-", n), at("d1", n%9+1))
	}
	if n := r.PendingCount(); n != 3 {
		t.Errorf("%d wait", n)
	}
}
