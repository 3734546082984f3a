package discovery

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"
	"time"

	"phonghop/shared/pin"
)

// Bounds of the list, so that a flood of announcements costs little.
const (
	maxRooms = 128
	maxAddrs = 16
)

// key tells rooms apart. The fingerprint is part of it: who announces a foreign id gets a line of
// their own in the list and does not change the line of the room whose id it is.
type key struct {
	id string
	fp pin.Fingerprint
}

// table is the list of rooms and what was observed of them. It has no clock and does no I/O.
type table struct {
	vanish time.Duration
	rooms  map[key]*entry
	net    network
}

type entry struct {
	service Service
	heard   time.Time // of the last sighting or answer
	addrs   map[netip.AddrPort]*observed
	chosen  netip.AddrPort
}

// observed is what is known of one address of a room.
type observed struct {
	heard   time.Time // of the last sighting or answer
	probed  bool      // at least one probe has ended
	answers bool      // at the last probe
	due     time.Time // of the next probe
	busy    bool      // a probe is under way
}

func newTable(vanish time.Duration) *table {
	return &table{vanish: vanish, rooms: make(map[key]*entry)}
}

// saw notes a sighting. It reports whether the list changed.
func (t *table) saw(a advert, now time.Time) bool {
	k := key{a.ID, a.Fingerprint}
	e, known := t.rooms[k]
	candidates := t.net.candidates(a.addrs, a.Port)
	if !known {
		if len(t.rooms) >= maxRooms || len(candidates) == 0 {
			return false
		}
		e = &entry{addrs: make(map[netip.AddrPort]*observed)}
		t.rooms[k] = e
	}
	changed := !known || e.service != a.Service
	e.service, e.heard = a.Service, now
	for _, ap := range candidates {
		o, ok := e.addrs[ap]
		if !ok {
			if len(e.addrs) >= maxAddrs {
				continue
			}
			o = &observed{due: now}
			e.addrs[ap] = o
			changed = true
		}
		o.heard = now
	}
	t.choose(e)
	return changed
}

// answered notes the end of a probe. It reports whether the list changed.
func (t *table) answered(k key, ap netip.AddrPort, ok bool, now, next time.Time) bool {
	e := t.rooms[k]
	if e == nil || e.addrs[ap] == nil {
		return false
	}
	o := e.addrs[ap]
	before, chosen := e.status(), e.chosen
	o.busy, o.probed, o.answers, o.due = false, true, ok, next
	if ok {
		o.heard, e.heard = now, now
	}
	t.choose(e)
	return e.status() != before || e.chosen != chosen
}

// expire drops the addresses and rooms of which nothing was heard for so long. It reports whether the
// list changed.
func (t *table) expire(now time.Time) bool {
	changed := false
	for k, e := range t.rooms {
		if now.Sub(e.heard) >= t.vanish {
			delete(t.rooms, k)
			changed = true
			continue
		}
		for ap, o := range e.addrs {
			if now.Sub(o.heard) >= t.vanish {
				delete(e.addrs, ap)
				changed = true
			}
		}
		t.choose(e)
	}
	return changed
}

// due returns what is to be probed now, and marks it as under way. At most most probes are under way.
func (t *table) due(now time.Time, most int) []probe {
	var out []probe
	for _, e := range t.rooms {
		for _, o := range e.addrs {
			if o.busy {
				most--
			}
		}
	}
	for k, e := range t.rooms {
		for ap, o := range e.addrs {
			if o.busy || o.due.After(now) || len(out) >= most {
				continue
			}
			o.busy = true
			out = append(out, probe{key: k, room: t.room(e), addr: ap})
		}
	}
	return out
}

// choose settles where to connect. An address that answers is kept, so that the place does not change
// under somebody's finger.
func (t *table) choose(e *entry) {
	if o := e.addrs[e.chosen]; o != nil && o.answers {
		return
	}
	e.chosen = netip.AddrPort{}
	for _, ap := range t.sorted(e) {
		if !e.chosen.IsValid() {
			e.chosen = ap
		}
		if e.addrs[ap].answers {
			e.chosen = ap
			return
		}
	}
}

func (t *table) sorted(e *entry) []netip.AddrPort {
	out := make([]netip.AddrPort, 0, len(e.addrs))
	for ap := range e.addrs {
		out = append(out, ap)
	}
	slices.SortFunc(out, func(a, b netip.AddrPort) int {
		return cmp.Or(cmp.Compare(t.net.rank(a.Addr()), t.net.rank(b.Addr())), a.Compare(b))
	})
	return out
}

func (e *entry) status() Status {
	status := Checking
	for _, o := range e.addrs {
		if o.answers {
			return Answering
		}
		if o.probed {
			status = Silent
		}
	}
	return status
}

func (t *table) room(e *entry) Room {
	return Room{Service: e.service, Status: e.status(), Addr: e.chosen, Addrs: t.sorted(e)}
}

// list returns the rooms by name, those of one name by id.
func (t *table) list() []Room {
	out := make([]Room, 0, len(t.rooms))
	for _, e := range t.rooms {
		out = append(out, t.room(e))
	}
	slices.SortFunc(out, func(a, b Room) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID),
			strings.Compare(a.Fingerprint.String(), b.Fingerprint.String()))
	})
	return out
}
