package room_test

import (
	"context"
	"math"
	"testing"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// presences lists what was told, of one kind.
func presences(t tester, r *reader, kind string) (out []protocol.Presence) {
	t.Helper()
	for _, m := range r.take(t) {
		if m.Type != protocol.TypePresence {
			continue
		}
		var p protocol.Presence
		decode(t, m.Body, &p)
		if p.Kind == kind {
			out = append(out, p)
		}
	}
	return out
}

func (p *place) tell(r *reader, stream string, what protocol.Presence) {
	p.t.Helper()
	must(p.t, p.hall.Tell(context.Background(), r, stream, what))
}

func reading(following bool) protocol.Presence {
	return protocol.Presence{Kind: protocol.PresenceReading, Following: following}
}

func TestFollowersAreCountedOnceATime(t *testing.T) { // [N5] [N6]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		head, member, phone := p.joins("head", "item/m1/i1"), p.joins("member", "item/m1/i1"), p.joins("member", "item/m1/i1")
		deputy, wall := p.joins("deputy", "item/m1/i1"), p.joins("wall", "item/m1/i1")
		time.Sleep(time.Second)
		for _, r := range []*reader{head, member, phone, deputy, wall} {
			r.take(t)
		}
		p.tell(head, "item/m1/i1", reading(true)) // the presenter follows nobody
		p.tell(wall, "item/m1/i1", reading(true)) // and a screen is nobody
		p.tell(member, "item/m1/i1", reading(false))
		p.tell(phone, "item/m1/i1", reading(true)) // one person with two devices
		p.tell(deputy, "item/m1/i1", reading(false))
		time.Sleep(time.Second)
		same(t, "the presenter", presences(t, head, protocol.PresenceFollowers), []protocol.Presence{{Kind: protocol.PresenceFollowers, Follow: 1, Apart: 1}})
		for name, r := range map[string]*reader{"member": member, "deputy": deputy, "wall": wall} {
			same(t, name, presences(t, r, protocol.PresenceFollowers), []protocol.Presence(nil))
		}
		p.hall.Leave(phone)
		time.Sleep(time.Second)
		same(t, "without the phone", presences(t, head, protocol.PresenceFollowers), []protocol.Presence{{Kind: protocol.PresenceFollowers, Apart: 2}})
		p.tell(deputy, "item/m1/i1", reading(false)) // nothing new
		time.Sleep(time.Second)
		same(t, "nothing new", presences(t, head, protocol.PresenceFollowers), []protocol.Presence(nil))
	})
}

func TestAViewIsThePresentersOwn(t *testing.T) { // [N7]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		head, member := p.joins("head", "item/m1/i1"), p.joins("member", "item/m1/i1")
		time.Sleep(time.Second)
		member.take(t)
		view := protocol.Presence{Kind: protocol.PresenceView, Document: "d1", Version: 1, Page: 1, Top: 0.25, Height: 0.5}
		with := func(change func(*protocol.Presence)) protocol.Presence { v := view; change(&v); return v }
		p.tell(member, "item/m1/i1", view)
		for _, bad := range []protocol.Presence{
			with(func(v *protocol.Presence) { v.Page = 2 }), with(func(v *protocol.Presence) { v.Document = "d2" }),
			with(func(v *protocol.Presence) { v.Top = -0.1 }), with(func(v *protocol.Presence) { v.Height = 1.1 }),
			with(func(v *protocol.Presence) { v.Top = math.NaN() }), {Kind: "other"}, {},
		} {
			p.tell(head, "item/m1/i1", bad)
		}
		p.tell(head, "room", view)
		p.tell(head, "meeting/m1", view)
		p.tell(head, "item/m1/i3", view)                 // not followed
		p.tell(&reader{who: "head"}, "item/m1/i1", view) // nor here
		p.tell(head, "item/m9/i1", view)                 // no such meeting
		time.Sleep(time.Second)
		same(t, "what is not to be believed", presences(t, member, protocol.PresenceView), []protocol.Presence(nil))
		for i := range 100 { // a finger on the page
			p.tell(head, "item/m1/i1", with(func(v *protocol.Presence) { v.Top = float64(i) / 100; v.Follow = 99 }))
		}
		time.Sleep(time.Second)
		last := with(func(v *protocol.Presence) { v.Top = 0.99 })
		same(t, "only the newest counts", presences(t, member, protocol.PresenceView), []protocol.Presence{last})
		late := p.joins("deputy", "item/m1/i1")
		time.Sleep(time.Second)
		same(t, "who comes late", presences(t, late, protocol.PresenceView), []protocol.Presence{last})
		p.must("head", "m1", show(2))
		later := p.joins("clerk", "item/m1/i1")
		time.Sleep(time.Second)
		same(t, "of a page that was turned", presences(t, later, protocol.PresenceView), []protocol.Presence(nil))
	})
}

func TestPresenceStaysInTheAudience(t *testing.T) { // [N2]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		head, guest := p.joins("head", "item/m1/i1"), p.joins("guest", "item/m1/i1")
		p.tell(guest, "item/m1/i1", reading(true))
		time.Sleep(time.Second)
		same(t, "with the guest", presences(t, head, protocol.PresenceFollowers), []protocol.Presence{{Kind: protocol.PresenceFollowers, Follow: 1}})
		p.must("desk", "m1", meeting.SetAudience{ID: "i1"})
		time.Sleep(time.Second)
		guest.take(t)
		same(t, "without the guest", presences(t, head, protocol.PresenceFollowers), []protocol.Presence{{Kind: protocol.PresenceFollowers}})
		p.tell(guest, "item/m1/i1", reading(true))
		p.tell(head, "item/m1/i1", protocol.Presence{Kind: protocol.PresenceView, Document: "d1", Version: 1, Page: 1, Height: 1})
		time.Sleep(time.Second)
		expect(t, "the guest", guest.take(t))
		same(t, "the guest's word", presences(t, head, protocol.PresenceFollowers), []protocol.Presence(nil))
	})
}
