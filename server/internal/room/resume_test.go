package room_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// stream takes the one stream message that a subscription is answered by.
func stream(t tester, r *reader) protocol.Message {
	t.Helper()
	all := withoutPresence(r.take(t))
	if len(all) != 1 || all[0].Type != protocol.TypeStream {
		t.Fatalf("got %q", seen(all))
	}
	return all[0]
}

func TestAReaderGetsASnapshotThenEveryEvent(t *testing.T) { // [S3] [R3]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		r := p.joins("member", "item/m1/i1")
		m := stream(t, r)
		if m.Epoch != "epoch-1" || m.Seq == 0 || len(m.Events) != 0 {
			t.Fatalf("%+v", m)
		}
		s, err := meeting.State{}.RestoreItem("i1", m.Snapshot)
		must(t, err)
		for page := 2; page < 6; page++ {
			p.must("head", "m1", show(page))
		}
		for i, e := range withoutPresence(r.take(t)) {
			if e.Seq != m.Seq+uint64(i)+1 || e.By != "head" || e.Command == "" || e.At.IsZero() {
				t.Errorf("event %d: %+v", i, e)
			}
			s = meeting.Apply(s, event(t, e))
		}
		held, err := s.ItemSnapshot("i1")
		must(t, err)
		if now := p.view("member", "m1")["item/m1/i1"].Snapshot; string(held) != string(now) {
			t.Errorf("folded %s\nserver %s", held, now)
		}
	})
}

func event(t tester, m protocol.Message) meeting.Event {
	t.Helper()
	name, _ := protocol.ParseStream(m.Stream)
	body, err := meeting.DecodeBody(m.Body)
	must(t, err)
	return meeting.Event{Item: meeting.ItemID(name.Item), By: meeting.PersonID(m.By), For: meeting.PersonID(m.For), At: m.At, Body: body}
}

func TestResume(t *testing.T) { // [R2]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		start := p.view("member", "m1")["item/m1/i1"].Seq
		for i := range uint64(protocol.MaxResume) {
			p.must("head", "m1", show(2+int(i%2)))
		}
		last := start + protocol.MaxResume
		check := func(when string, cases map[string]resumed) {
			for name, c := range cases {
				r := &reader{who: "member"}
				c.at.Stream = "item/m1/i1"
				p.subscribe(r, c.at)
				m := stream(t, r)
				if m.Seq != last || m.Epoch != "epoch-1" || len(m.Events) != c.events || (m.Snapshot != nil) != c.snapshot {
					t.Errorf("%s, %s: at %s %d, %d events, snapshot %v", when, name, m.Epoch, m.Seq, len(m.Events), m.Snapshot != nil)
				}
				if n := len(m.Events); n > 0 && (m.Events[0].Seq != c.at.Seq+1 || m.Events[n-1].Seq != last) {
					t.Errorf("%s, %s: events %d to %d", when, name, m.Events[0].Seq, m.Events[n-1].Seq)
				}
			}
		}
		at := func(epoch string, seq uint64) protocol.Position { return protocol.Position{Epoch: epoch, Seq: seq} }
		all := map[string]resumed{
			"new":             {at("", 0), 0, true},
			"from the start":  {at("epoch-1", 0), 0, true},
			"up to date":      {at("epoch-1", last), 0, false},
			"one behind":      {at("epoch-1", last-1), 1, false},
			"far behind":      {at("epoch-1", start), protocol.MaxResume, false},
			"too far behind":  {at("epoch-1", start-1), 0, true},
			"another history": {at("epoch-0", last), 0, true},
			"ahead":           {at("epoch-1", last+1), 0, true},
		}
		check("live", all)
		// What a stored snapshot has is not read again: a killed server has
		// stored one on the way, one that ended by itself at the end.
		p.crash()
		all["far behind"] = resumed{all["far behind"].at, 0, true}
		check("after a crash", all)
		p.reopen()
		all["one behind"] = resumed{all["one behind"].at, 0, true}
		check("after a restart", all)
	})
}

type resumed struct {
	at       protocol.Position
	events   int
	snapshot bool
}

func TestNobodyIsResumedAcrossAPublicTitle(t *testing.T) { // [R4]
	inRoom(t, func(t *testing.T, p *place) {
		p.drafted()
		p.must("desk", "m1", meeting.Publish{})
		p.must("desk", "m1", meeting.AddItem{ID: "i9", Type: meeting.Other, Brief: meeting.Brief{Title: "Nhân sự chủ chốt"}})
		before := p.view("member", "m1")["meeting/m1"]
		p.must("desk", "m1", meeting.ChangeItem{ID: "i9", Type: meeting.Other, Brief: meeting.Brief{Title: "Nhân sự chủ chốt"}, Minutes: 5})
		p.must("desk", "m1", meeting.SetAudience{ID: "i9", Restricted: true})
		p.must("desk", "m1", meeting.MoveItem{ID: "i1"})
		for _, when := range []string{"live", "after a crash"} {
			r := &reader{who: "member"}
			p.subscribe(r, protocol.Position{Stream: "meeting/m1", Epoch: before.Epoch, Seq: before.Seq})
			m := stream(t, r)
			if data, _ := json.Marshal(m); m.Snapshot == nil || strings.Contains(string(data), "chủ chốt") {
				t.Errorf("%s: %s", when, data)
			}
			p.crash()
		}
	})
}

func TestASlowReaderHoldsUpNobody(t *testing.T) { // [R7]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		slow, quick := p.joins("member", "item/m1/i1"), p.joins("deputy", "item/m1/i1")
		at := stream(t, slow)
		quick.take(t)
		p.must("head", "m1", show(2))
		withoutPresence(slow.take(t))
		slow.mu.Lock()
		slow.closed = true // its queue is full: it is cut off, and will come again
		slow.mu.Unlock()
		for page := 3; page < 9; page++ {
			p.must("head", "m1", show(page))
		}
		if n := len(withoutPresence(quick.take(t))); n != 7 {
			t.Errorf("the other one got %d events", n)
		}
		p.hall.Leave(slow)
		again := &reader{who: "member"}
		p.subscribe(again, protocol.Position{Stream: at.Stream, Epoch: at.Epoch, Seq: at.Seq + 1})
		if m := stream(t, again); len(m.Events) != 6 || m.Snapshot != nil {
			t.Errorf("resumed with %d events", len(m.Events))
		}
	})
}

func TestOneEncodingForManyReaders(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		var all []*reader
		for range 50 {
			all = append(all, p.joins("member", "item/m1/i1"))
		}
		for _, r := range all {
			r.take(t)
		}
		p.must("head", "m1", show(2))
		synctest.Wait()
		first := all[0].frames
		if len(first) == 0 {
			t.Fatal("no event")
		}
		for _, r := range all {
			if r.frames[0] != first[0] {
				t.Fatal("two readers got two encodings of one event")
			}
		}
		if n := p.prepared[string(first[0].Data)]; n != 1 || first[0].Prepared != len(first[0].Data) {
			t.Errorf("prepared %d times, as %v", n, first[0].Prepared)
		}
	})
}

func TestUnsubscribeAndLeave(t *testing.T) { // [S4]
	inRoom(t, func(t *testing.T, p *place) {
		ctx := context.Background()
		p.opened()
		r := p.joins("member", "room", "meeting/m1", "item/m1/i1")
		r.take(t)
		must(t, p.hall.Unsubscribe(ctx, r, "item/m1/i1"))
		must(t, p.hall.Unsubscribe(ctx, r, "item/m9/i1"))
		must(t, p.hall.Unsubscribe(ctx, r, "no such stream"))
		p.must("head", "m1", show(2))
		p.must("head", "m1", meeting.PauseSitting{})
		expect(t, "after unsubscribe", withoutPresence(r.take(t)), "event meeting/m1 sitting.paused")
		p.hall.Leave(r)
		p.must("head", "m1", meeting.ResumeSitting{})
		must(t, p.hall.Lobby().Do(ctx, owner, person("new", false)))
		expect(t, "after leaving", r.take(t))
		must(t, p.hall.Unsubscribe(ctx, r, "room"))
	})
}
