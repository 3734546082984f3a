package room_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

var everybody = []string{"desk", "clerk", "head", "deputy", "member", "guest", "wall", "outsider", "nobody"}

// readable lists who is let into a stream.
func (p *place) readable(stream string) (who []string) {
	p.t.Helper()
	for _, w := range everybody {
		r := p.joins(w, stream)
		m := r.take(p.t)[0]
		if m.Code == "" {
			who = append(who, w)
		} else if m.Code != protocol.CodeNotFound || m.Snapshot != nil || m.Events != nil || m.Seq != 0 {
			p.t.Errorf("%s is refused with %+v", w, m)
		}
		p.hall.Leave(r)
	}
	return who
}

func TestADraftIsSeenByItsSecretaries(t *testing.T) { // [A2]
	inRoom(t, func(t *testing.T, p *place) {
		p.drafted()
		same(t, "the meeting", p.readable("meeting/m1"), []string{"desk", "clerk"})
		same(t, "an item", p.readable("item/m1/i1"), []string{"desk", "clerk"})
		if v := p.view("head", "m1"); len(v) != 0 {
			t.Errorf("the head's view of a draft: %v", v)
		}
		if _, ok, err := p.hall.MayRead(context.Background(), "head", "m1", "i1", hash("a")); ok || err != nil {
			t.Errorf("the head may read a draft's document: %v %v", ok, err)
		}
		p.must("desk", "m1", meeting.Publish{})
		same(t, "published", p.readable("meeting/m1"), []string{"desk", "clerk", "head", "deputy", "member", "guest", "wall"})
	})
}

func TestWhoReadsWhat(t *testing.T) { // [A3] [A4] [S5]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		all := []string{"desk", "clerk", "head", "deputy", "member", "guest", "wall"}
		for stream, want := range map[string][]string{
			"meeting/m1": all, "item/m1/i1": all, "item/m1/i2": {"desk", "deputy"}, "item/m1/i3": slices.DeleteFunc(slices.Clone(all), func(w string) bool { return w == "guest" }),
			"item/m1/i9": nil, "meeting/m9": nil, "item/m9/i1": nil, "meeting/": nil, "document/m1": nil, "": nil,
		} {
			same(t, stream, p.readable(stream), want)
		}
		for who, want := range map[string]bool{"deputy": true, "desk": true, "head": false, "guest": false, "nobody": false} {
			name, ok, err := p.hall.MayRead(context.Background(), who, "m1", "i2", hash("b"))
			if ok != want || err != nil || ok && name != "kin.pdf" {
				t.Errorf("%s may read: %q %v %v", who, name, ok, err)
			}
		}
		for _, c := range [][3]string{{"m1", "i1", hash("b")}, {"m1", "i9", hash("a")}} {
			if _, ok, err := p.hall.MayRead(context.Background(), "desk", c[0], c[1], c[2]); ok || err != nil {
				t.Errorf("%v: %v %v", c, ok, err)
			}
		}
		// Nothing of the restricted item is in what the meeting may read.
		if s := string(p.view("head", "m1")["meeting/m1"].Snapshot); strings.Contains(s, "Kín") || strings.Contains(s, "kin.pdf") {
			t.Errorf("the meeting reads %s", s)
		}
	})
}

func TestWhoLeavesTheAudienceIsDroppedFirst(t *testing.T) { // [A6]
	for name, c := range map[string]struct {
		wish    meeting.Command
		by      string
		dropped []string // of the readers below
	}{
		"restricted":         {meeting.SetAudience{ID: "i1", Restricted: true, Audience: []meeting.PersonID{"deputy"}}, "desk", []string{"member", "guest", "wall", "head"}},
		"no longer invited":  {meeting.SetAudience{ID: "i1"}, "desk", []string{"guest"}},
		"the item has ended": {meeting.SetItemState{Item: "i1", To: meeting.Done}, "head", []string{"guest"}},
		"between sittings":   {meeting.EndSitting{}, "head", []string{"guest"}},
		"the meeting closed": {meeting.Close{}, "head", []string{"guest"}},
		"taken off":          {meeting.RemoveParticipant{Person: "member"}, "desk", []string{"member"}},
		"now a guest":        {meeting.SetParticipant{Participant: meeting.Participant{Person: "member", Functions: []meeting.Function{meeting.Guest}}}, "desk", []string{"member"}},
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, func(t *testing.T, p *place) {
				p.opened()
				readers := map[string]*reader{}
				for _, who := range []string{"head", "deputy", "member", "guest", "wall"} {
					readers[who] = p.joins(who, "item/m1/i1")
					readers[who].take(t)
				}
				p.must(c.by, "m1", c.wish)
				p.do("desk", "m1", meeting.RetitleDocument{Item: "i1", Document: "d1", Title: "Sau đó"}) // refused where it is closed
				for who, r := range readers {
					got := withoutPresence(r.take(t))
					if slices.Contains(c.dropped, who) {
						expect(t, who, got, "dropped item/m1/i1 "+protocol.CodeNotFound)
						continue
					}
					if _, last := c.wish.(meeting.Close); !last {
						expect(t, who, got[max(0, len(got)-1):], "event item/m1/i1 document.retitled")
					} else {
						expect(t, who, got)
					}
				}
			})
		})
	}
}

// What is decided together with the exclusion is not told to who is out.
func TestTheExcludedGetNothingOfTheSameBatch(t *testing.T) { // [A6]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		r := p.joins("member", "meeting/m1", "item/m1/i3")
		r.take(t)
		release := p.log.hold()
		p.send(p.key("head"), "m1", show(2))
		synctest.Wait()
		p.send(p.key("desk"), "m1", meeting.SetAudience{ID: "i3", Restricted: true})
		p.send(p.key("desk"), "m1", meeting.AttachDocument{Item: "i3", Document: "d7", Hash: hash("a"), Name: "mật.pdf"})
		last := p.send(p.key("desk"), "m1", meeting.RemoveParticipant{Person: "member"})
		release()
		<-last
		got := seen(withoutPresence(r.take(t)))
		slices.Sort(got)
		same(t, "the member", got, []string{"dropped item/m1/i3 not_found", "dropped meeting/m1 not_found"})
	})
}
