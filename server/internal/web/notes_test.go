package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/notes"
	"phonghop/shared/protocol"
)

const myNotes = "person/" + theMeeting

func inked(t testing.TB, item, document, id string, page int) meeting.AddStroke {
	t.Helper()
	packed, err := ink.Pack([]ink.Point{{X: 50, Y: 60}}, false)
	if err != nil {
		t.Fatal(err)
	}
	return meeting.AddStroke{Item: meeting.ItemID(item), Document: meeting.DocumentID(document), Stroke: ink.Stroke{
		ID: id, Page: page, Version: 1, Tool: ink.Note, Ink: packed, Text: "bí mật " + id,
	}}
}

// wish gives a command on a stream and waits for its answer.
func (s *socket) wish(stream, id string, c meeting.Command) protocol.Message {
	s.t.Helper()
	s.say(protocol.Message{Type: protocol.TypeCommand, Command: id, Stream: stream, Body: encoded(s.t, c)})
	for {
		if m := s.hear(); m.Command == id && (m.Type == protocol.TypeDone || m.Type == protocol.TypeRefused) {
			return m
		}
	}
}

func heard(t testing.TB, m protocol.Message) notes.State {
	t.Helper()
	if m.Code != "" || len(m.Snapshot) == 0 {
		t.Fatalf("no snapshot: %+v", m)
	}
	s, err := notes.Restore(m.Snapshot)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// One's notes come to all of one's own devices, at once and after a restart.
func TestNotesOnAllOnesDevices(t *testing.T) { // [W7]
	r := servertest.Durable(t)
	prepared(t, r)
	d := signedIn(t, r, servertest.Delegate)
	first, second := d.connect(protocol.Position{Stream: myNotes}), d.connect(protocol.Position{Stream: myNotes})
	heard(t, first.until(protocol.TypeStream))
	at := second.until(protocol.TypeStream)
	done := first.wish(myNotes, "k1", inked(t, "open", "d1", "s1", 2))
	if len(done.Positions) != 1 || done.Positions[0].Stream != myNotes || done.Positions[0].Seq != 1 {
		t.Fatalf("%+v", done)
	}
	if e := second.until(protocol.TypeEvent); e.Stream != myNotes || e.Seq != 1 || e.By != servertest.Delegate || !strings.Contains(string(e.Body), "bí mật s1") {
		t.Errorf("%+v", e)
	}
	first.wish(myNotes, "k2", inked(t, "open", "d1", "s2", 2))
	r.Stop()
	r.Start()
	again := d.connect(protocol.Position{Stream: myNotes, Epoch: at.Epoch, Seq: 1})
	m := again.until(protocol.TypeStream)
	if len(m.Events) != 1 && len(m.Snapshot) == 0 || m.Seq != 2 || m.Epoch != at.Epoch {
		t.Errorf("resumed: %+v", m)
	}
	if done := again.wish(myNotes, "k1", inked(t, "open", "d1", "s1", 2)); done.Type != protocol.TypeDone || len(done.Positions) != 0 {
		t.Errorf("the same stroke from another device: %+v", done)
	}
	fresh := d.connect(protocol.Position{Stream: myNotes})
	if s := heard(t, fresh.until(protocol.TypeStream)); s.Layer(meeting.Sheet{Item: "open", Document: "d1"}).Len() != 2 {
		t.Errorf("%v", s.Sheets())
	}
}

// No route of any other account shows what somebody wrote for himself: not the
// room's keeper's, not the chair's, under no name of a stream.
func TestNotesAreNobodyElses(t *testing.T) { // [W7]
	r := servertest.New(t)
	prepared(t, r)
	owner := signedIn(t, r, servertest.Delegate).connect(protocol.Position{Stream: myNotes})
	owner.until(protocol.TypeStream)
	if m := owner.wish(myNotes, "k1", inked(t, "open", "d1", "s1", 2)); m.Type != protocol.TypeDone {
		t.Fatalf("%+v", m)
	}
	for _, who := range []string{servertest.Secretary, servertest.Chair, servertest.Screen, servertest.Guest} {
		d := signedIn(t, r, who)
		var seen bytes.Buffer
		for _, path := range []string{"/v1/meetings/" + theMeeting, "/v1/meetings"} {
			var body json.RawMessage
			d.call("GET", path, nil, &body)
			seen.Write(body)
		}
		streams := []string{myNotes, "person/" + servertest.Delegate, "person/" + theMeeting + "/" + servertest.Delegate, "person",
			"room", "meeting/" + theMeeting, "item/" + theMeeting + "/open", "ink/" + theMeeting + "/open/d1"}
		var all []protocol.Position
		for _, s := range streams {
			all = append(all, protocol.Position{Stream: s})
		}
		s := d.connect(all...)
		for range streams {
			data, err := json.Marshal(s.until(protocol.TypeStream))
			if err != nil {
				t.Fatal(err)
			}
			seen.Write(data)
		}
		// Erasing under the same id touches one's own book only.
		s.wish(myNotes, "erase", meeting.EraseStrokes{Item: "open", Document: "d1", IDs: []string{"s1"}})
		s.wish(myNotes, "clear", meeting.ClearLayer{Item: "open", Document: "d1"})
		if strings.Contains(seen.String(), "bí mật") || strings.Contains(seen.String(), `s1`) {
			t.Errorf("%s sees the notes", who)
		}
	}
	fresh := signedIn(t, r, servertest.Delegate).connect(protocol.Position{Stream: myNotes})
	if s := heard(t, fresh.until(protocol.TypeStream)); len(s.Sheets()) != 1 {
		t.Error("somebody else changed the notes")
	}
}

func TestNotesAreRefused(t *testing.T) {
	r := servertest.New(t)
	secretary, _, _ := prepared(t, r)
	s := signedIn(t, r, servertest.Delegate).connect(protocol.Position{Stream: myNotes})
	s.until(protocol.TypeStream)
	for name, c := range map[string]struct {
		stream string
		wish   meeting.Command
		code   string
	}{
		"no such page":       {myNotes, inked(t, "open", "d1", "s1", 21), protocol.CodeInvalid},
		"another command":    {myNotes, meeting.Publish{}, string(meeting.UnknownKind)},
		"no such meeting":    {"person/none", inked(t, "open", "d1", "s1", 1), protocol.CodeNotFound},
		"a restricted item":  {myNotes, inked(t, "closed", "d2", "s1", 99), ""}, // nothing is told of how many pages it has
		"an unknown item":    {myNotes, inked(t, "none", "d2", "s2", 99), ""},
		"the shared layer":   {"ink/" + theMeeting + "/open/d1", inked(t, "open", "d1", "s1", 1), string(meeting.BadState)},
		"no name of an item": {myNotes, inked(t, "../x", "d2", "s1", 1), protocol.CodeInvalid},
	} {
		m := s.wish(c.stream, strings.ReplaceAll(name, " ", "-"), c.wish)
		if m.Code != c.code {
			t.Errorf("%s: %+v", name, m)
		}
	}
	stranger := secretary // keeps the room, and is in this meeting; not in another
	stranger.command("m2", meeting.Create{Description: meeting.Description{Title: "Phiên họp khác"}})
	s.say(protocol.Message{Type: protocol.TypeSubscribe, Streams: []protocol.Position{{Stream: "person/m2"}}})
	if m := s.until(protocol.TypeStream); m.Code != protocol.CodeNotFound {
		t.Errorf("notes in a meeting of others: %+v", m)
	}
}

// Whoever is taken off a meeting keeps what he wrote.
func TestNotesStayTheirOwners(t *testing.T) {
	r := servertest.New(t)
	secretary, _, _ := prepared(t, r)
	d := signedIn(t, r, servertest.Delegate)
	s := d.connect(protocol.Position{Stream: myNotes})
	s.until(protocol.TypeStream)
	s.wish(myNotes, "k1", inked(t, "open", "d1", "s1", 2))
	secretary.command(theMeeting, meeting.RemoveParticipant{Person: servertest.Delegate})
	if m := s.wish(myNotes, "k2", inked(t, "open", "d1", "s2", 2)); m.Type != protocol.TypeDone {
		t.Errorf("what was written offline meanwhile: %+v", m)
	}
	if s := heard(t, d.connect(protocol.Position{Stream: myNotes}).until(protocol.TypeStream)); s.Layer(meeting.Sheet{Item: "open", Document: "d1"}).Len() != 2 {
		t.Error("the notes are gone")
	}
	s.say(protocol.Message{Type: protocol.TypeUnsubscribe, Streams: []protocol.Position{{Stream: myNotes}}})
	for n := range 3 {
		if m := s.wish(myNotes, fmt.Sprint("late", n), inked(t, "open", "d1", fmt.Sprint("late", n), 2)); m.Type != protocol.TypeDone {
			t.Errorf("%+v", m)
		}
	}
}
