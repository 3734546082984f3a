package room_test

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"phonghop/server/internal/room"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

const layer = "ink/m1/i1/d1"

func packed(t tester, points ...ink.Point) string {
	t.Helper()
	s, err := ink.Pack(points, false)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func write(t tester, id string) meeting.AddStroke {
	t.Helper()
	return meeting.AddStroke{Item: "i1", Document: "d1", Stroke: ink.Stroke{
		ID: id, Page: 3, Version: 1, Tool: ink.Pen, Ink: packed(t, ink.Point{X: 100, Y: 100}, ink.Point{X: 120, Y: 110, Millis: 60}),
	}}
}

// whole is the layer as a snapshot has it.
func whole(t tester, m protocol.Message) (l ink.Layer) {
	t.Helper()
	decode(t, m.Snapshot, &l)
	return l
}

func TestStrokesRideInTheLayersStreamOnly(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		member := p.joins("member", "meeting/m1", "item/m1/i1", layer)
		apart := p.joins("deputy", "meeting/m1", "item/m1/i1")
		member.take(t)
		apart.take(t)
		res := p.must("head", "m1", write(t, "s1"))
		same(t, "positions", res.Positions, []protocol.Position{{Stream: layer, Epoch: "epoch-1", Seq: 1}})
		expect(t, "who has the document open", withoutPresence(member.take(t)), "event "+layer+" stroke.added")
		expect(t, "who has not", withoutPresence(apart.take(t)))
		for stream, v := range p.view("member", "m1") {
			if strings.Contains(string(v.Snapshot), "s1") {
				t.Errorf("the stroke is in %s", stream)
			}
		}
		late := p.joins("guest", layer)
		if l := whole(t, late.take(t)[0]); l.Len() != 1 || l.Page(3)[0].Author != "head" || l.Page(3)[0].At == 0 {
			t.Errorf("a late reader has %v", l.Page(0))
		}
	})
}

func TestLayerIsForItsAudience(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		for stream, who := range map[string]string{
			"ink/m1/i2/d1": "member", "ink/m1/i1/none": "head", "ink/m1/none/d1": "head", "ink/m1/i3/d1": "head",
			"ink/none/i1/d1": "head", "person/m1": "head", layer: "outsider",
		} {
			expect(t, stream+" for "+who, p.joins(who, stream).take(t), "stream "+stream+" not_found")
		}
		expect(t, "the guest", p.joins("guest", layer).take(t), "stream "+layer)
		guest := p.joins("guest", layer)
		deputy := p.joins("deputy", "ink/m1/i2/d1")
		guest.take(t)
		expect(t, "the deputy", deputy.take(t), "stream ink/m1/i2/d1")
		p.must("head", "m1", meeting.SetItemState{Item: "i1", To: meeting.Done})
		expect(t, "when the item has ended", guest.take(t), "dropped "+layer+" not_found")
		p.must("clerk", "m1", meeting.AttachDocument{Item: "i3", Document: "d9", Hash: hash("a"), Name: "a.pdf"})
		open := p.joins("member", "ink/m1/i3/d9")
		open.take(t)
		p.must("clerk", "m1", meeting.RemoveDocument{Item: "i3", Document: "d9"})
		expect(t, "when the document has gone", open.take(t), "dropped ink/m1/i3/d9 not_found")
	})
}

// A stroke survives a restart with and without snapshots, and one that is
// sent again is there once.
func TestStrokesSurvive(t *testing.T) {
	for name, again := range map[string]func(*place){"restart": (*place).reopen, "crash": (*place).crash} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, func(t *testing.T, p *place) {
				p.opened()
				p.must("head", "m1", meeting.OpenInk{Item: "i1"})
				for n := range 30 {
					p.must("member", "m1", write(t, fmt.Sprint("s", n)))
				}
				key := p.key("head")
				first := <-p.send(key, "m1", write(t, "last"))
				at := protocol.Position{Stream: layer, Epoch: "epoch-1", Seq: 25}
				again(p)
				same(t, "sent again", <-p.send(key, "m1", write(t, "last")), first)
				same(t, "from somebody else", p.do("member", "m1", write(t, "last")).Code, string(meeting.Exists))
				r := &reader{who: "deputy"}
				p.subscribe(r, protocol.Position{Stream: layer})
				if l := whole(t, r.take(t)[0]); l.Len() != 31 {
					t.Errorf("%d strokes", l.Len())
				}
				resumed := &reader{who: "member"}
				p.subscribe(resumed, at)
				m := resumed.take(t)[0]
				if got := len(m.Events); m.Seq != 31 || got != 6 && len(m.Snapshot) == 0 {
					t.Errorf("resumed with %d events to %d", got, m.Seq)
				}
			})
		})
	}
}

func TestStrokesOffTheirPageAreRefused(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		sizes := make([][2]float64, 9)
		for i := range sizes {
			sizes[i] = [2]float64{595, 842}
		}
		p.files[hash("a")] = room.File{Pages: 9, Bytes: 900, Sizes: sizes}
		p.opened()
		far := write(t, "far")
		far.Stroke.Ink = packed(t, ink.Point{X: 700, Y: 10})
		same(t, "beside the page", p.do("head", "m1", far), p.do("head", "m1", far))
		same(t, "beside the page", p.do("head", "m1", far).Code, protocol.CodeInvalid)
		same(t, "in pieces", p.do("head", "m1", meeting.ReplaceStrokes{Item: "i1", Document: "d1", IDs: []string{"x"}, Strokes: []ink.Stroke{far.Stroke}}).Code, protocol.CodeInvalid)
		far.Stroke.Page = 10
		same(t, "on no page", p.do("head", "m1", far).Code, protocol.CodeInvalid)
		p.must("head", "m1", write(t, "near"))
	})
}

func live(t tester, id string, from int, points ...ink.Point) protocol.Presence {
	t.Helper()
	return protocol.Presence{Kind: protocol.PresenceInk, Strokes: []protocol.LiveStroke{{
		ID: id, By: "head", Page: 3, Version: 1, Tool: "pen", From: from, Ink: packed(t, points...),
	}}}
}

// What is being written reaches all who have the document open, gathered, and
// is in no history.
func TestLiveStrokes(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		head, member, apart := p.joins("head", layer), p.joins("member", layer, "item/m1/i1"), p.joins("deputy", "item/m1/i1")
		time.Sleep(time.Second)
		for _, r := range []*reader{head, member, apart} {
			r.take(t)
		}
		for n := range 30 { // 30 a second
			p.tell(head, layer, live(t, "s", n, ink.Point{X: float64(n), Y: 5}))
			time.Sleep(time.Second / 30)
		}
		time.Sleep(time.Second)
		got := presences(t, member, protocol.PresenceInk)
		parts := 0
		for _, g := range got {
			parts += len(g.Strokes)
			if g.Strokes[0].By != "head" {
				t.Errorf("by %s", g.Strokes[0].By)
			}
		}
		if parts != 30 || len(got) > 21 {
			t.Errorf("%d parts in %d frames", parts, len(got))
		}
		same(t, "who has it not open", presences(t, apart, protocol.PresenceInk), []protocol.Presence(nil))
		p.settled("m1")
		late := p.joins("member", layer)
		if l := whole(t, late.take(t)[0]); l.Len() != 0 {
			t.Error("what was not finished is history")
		}
	})
}

func TestLiveStrokesOfWhoMayNotWrite(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		head, member := p.joins("head", layer), p.joins("member", layer)
		stranger := &reader{who: "deputy"}
		bad := live(t, "s", 0, ink.Point{X: 1})
		told := func(what string, r *reader, body protocol.Presence, want int) {
			t.Helper()
			time.Sleep(time.Second)
			head.take(t)
			p.tell(r, layer, body)
			time.Sleep(time.Second)
			if got := len(presences(t, head, protocol.PresenceInk)); got != want {
				t.Errorf("%s: %d frames, want %d", what, got, want)
			}
		}
		told("the presenter", head, bad, 1)
		told("who does not present", member, bad, 0)
		told("who does not follow the layer", stranger, bad, 0)
		for what, change := range map[string]func(*protocol.LiveStroke){
			"no ink": func(s *protocol.LiveStroke) { s.Ink = "" }, "no id": func(s *protocol.LiveStroke) { s.ID = "" },
			"odd tool": func(s *protocol.LiveStroke) { s.Tool = "spray" }, "from": func(s *protocol.LiveStroke) { s.From = -1 },
			"too many": func(s *protocol.LiveStroke) { s.Ink = packed(t, make([]ink.Point, protocol.MaxLivePoints+1)...) },
		} {
			b := live(t, "s", 0, ink.Point{X: 1})
			change(&b.Strokes[0])
			told(what, head, b, 0)
		}
		told("two at once", head, protocol.Presence{Kind: protocol.PresenceInk, Strokes: append(bad.Strokes, bad.Strokes...)}, 0)
		p.must("head", "m1", meeting.OpenInk{Item: "i1"})
		told("common work", member, bad, 1)
		p.must("head", "m1", meeting.LockLayer{Item: "i1", Document: "d1", On: true})
		told("locked", member, bad, 0)
		told("locked, the chair", head, bad, 1)
		// A writer who floods keeps only the newest parts.
		head.take(t)
		for n := range 50 {
			p.tell(head, layer, live(t, "s", n, ink.Point{X: 1}))
		}
		time.Sleep(time.Second)
		got := presences(t, head, protocol.PresenceInk)
		if len(got) == 0 || len(got[0].Strokes) > 4 || got[len(got)-1].Strokes[len(got[len(got)-1].Strokes)-1].From != 49 {
			t.Errorf("after a flood: %d frames", len(got))
		}
	})
}

func TestLaserPointer(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		head, wall, member := p.joins("head", "item/m1/i1"), p.joins("wall", "item/m1/i1"), p.joins("member", "item/m1/i1")
		at := func(x float64, page int) protocol.Presence {
			return protocol.Presence{Kind: protocol.PresenceLaser, Document: "d1", Version: 1, Page: page, X: x, Y: 40, Follow: 7}
		}
		take := func(r *reader, body protocol.Presence) []protocol.Presence {
			t.Helper()
			time.Sleep(time.Second)
			wall.take(t)
			p.tell(r, "item/m1/i1", body)
			time.Sleep(time.Second)
			return presences(t, wall, protocol.PresenceLaser)
		}
		want := at(12.5, 1)
		want.Follow = 0
		same(t, "the presenter's", take(head, at(12.5, 1)), []protocol.Presence{want})
		same(t, "somebody else's", take(member, at(12.5, 1)), []protocol.Presence(nil))
		same(t, "on another page", take(head, at(12.5, 2)), []protocol.Presence(nil))
		same(t, "nowhere", take(head, at(1e9, 1)), []protocol.Presence(nil))
		off := at(0, 1)
		off.Off, off.Follow = true, 0
		same(t, "taken away", take(head, off), []protocol.Presence{off})
		later := p.joins("deputy", "item/m1/i1")
		time.Sleep(time.Second)
		same(t, "kept for nobody", presences(t, later, protocol.PresenceLaser), []protocol.Presence(nil))
	})
}

func TestReachableIsANumber(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		head := p.joins("head", "item/m1/i1")
		p.tell(head, "item/m1/i1", protocol.Presence{Kind: protocol.PresenceLaser, Document: "d1", Version: 1, Page: 1, X: math.NaN()})
		time.Sleep(time.Second)
		same(t, "no place at all", presences(t, head, protocol.PresenceLaser), []protocol.Presence(nil))
	})
}

// Ten people who write for a while: what their layer takes to send to a late
// reader stays far below a message's bound.
func TestLayerOfTenWritersIsSmall(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.must("head", "m1", meeting.OpenInk{Item: "i1"})
		for n := range 1000 {
			p.must([]string{"head", "deputy", "member", "clerk"}[n%4], "m1", write(t, fmt.Sprint("s", n)))
		}
		m := p.joins("guest", layer).take(t)[0]
		data, err := json.Marshal(m)
		if err != nil || len(data) > 200_000 {
			t.Errorf("%d bytes, %v", len(data), err)
		}
	})
}
