package controller

import (
	"cmp"
	"context"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/discovery"
	"phonghop/shared/pin"
)

// Times of asking remembered rooms whether they answer.
const (
	askEvery  = 5 * time.Second
	askAtMost = 3 * time.Second
)

// find starts to look for rooms.
func (c *Controller) find() {
	c.all.Go(c.ask)
	if c.opt.Home != "" {
		return
	}
	find := c.opt.Find
	if find == nil {
		find = browse
	}
	c.finder = find(probe)
	if c.finder != nil {
		c.all.Go(c.hear)
	}
}

func browse(p discovery.Prober) Finder {
	return discovery.Browse(context.Background(), discovery.Options{Probe: p})
}

func base(r discovery.Room) string { return strings.TrimSuffix(r.URL(), "/") }

// hear passes on what the finder finds; a room that moved is followed.
func (c *Controller) hear() {
	for {
		select {
		case <-c.ctx.Done():
			return
		case <-c.finder.Updates():
		}
		c.moved()
		c.touch()
	}
}

// moved tells a session that cannot reach its room where the room is now.
func (c *Controller) moved() {
	c.mu.Lock()
	in, link := c.inside, c.view.Link
	c.mu.Unlock()
	if in == nil || in.session == nil || link == session.Live {
		return
	}
	for _, r := range c.finder.Rooms() {
		server := in.session.Server()
		if same(in.room, r.ID, r.Fingerprint) && r.Status == discovery.Answering && base(r) != server.Base() {
			server.SetBase(base(r))
			in.session.Wake()
		}
	}
}

// ask asks remembered rooms now and then whether they answer: many networks
// let no multicast through. A browser's only room is entered once it does.
func (c *Controller) ask() {
	t := time.NewTicker(askEvery)
	defer t.Stop()
	for {
		c.mu.Lock()
		lost := c.opt.Home != "" && c.inside == nil && !c.entry.met && c.entry.joining == "" && c.entry.server != nil
		c.mu.Unlock()
		if lost {
			c.enterHome()
		}
		if c.Stage() == StageRooms {
			c.mu.Lock()
			rooms := slices.Clone(c.rooms)
			c.mu.Unlock()
			for _, r := range rooms {
				c.all.Go(func() { c.askOne(r) })
			}
		}
		select {
		case <-c.ctx.Done():
			return
		case <-t.C:
		}
	}
}

func (c *Controller) askOne(r knownRoom) {
	ctx, cancel := context.WithTimeout(c.ctx, askAtMost)
	defer cancel()
	answer := Ready
	if err := session.Probe(ctx, r.Address, r.Key, r.ID); err != nil {
		answer = Silent
		if session.CodeOf(err) == session.CodeKeyChanged {
			answer = Changed
		}
	}
	c.mu.Lock()
	news := c.answers[r.Address] != answer
	c.answers[r.Address] = answer
	c.mu.Unlock()
	if news {
		c.touch()
	}
}

// Rooms is the screen where a room is chosen.
func (c *Controller) Rooms() RoomsView {
	var found []discovery.Room
	if c.finder != nil {
		found = c.finder.Rooms()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	out := RoomsView{Searching: c.finder != nil, Joining: c.entry.joining, Code: c.entry.code, Refused: c.entry.refused}
	listed := map[string]bool{}
	for _, r := range found {
		key := roomKey(r.ID, r.Fingerprint)
		listed[key] = true
		row := RoomRow{Key: key, Name: r.Name, Address: r.Addr.String(), Answer: foundAnswers[r.Status], OnNetwork: true}
		if k, ok := c.known(r.ID, r.Fingerprint); ok {
			row.Known, row.LastPerson = true, lastPerson(k)
		} else {
			row.OtherKey = slices.ContainsFunc(c.rooms, func(k knownRoom) bool { return k.ID == r.ID || k.Address == base(r) })
		}
		out.Rooms = append(out.Rooms, row)
	}
	for _, r := range c.rooms {
		key := roomKey(r.ID, r.Key)
		if listed[key] {
			continue
		}
		host := strings.TrimPrefix(r.Address, "https://")
		out.Rooms = append(out.Rooms, RoomRow{Key: key, Name: cmp.Or(r.Name, host), Address: host, Known: true, LastPerson: lastPerson(r),
			Answer: cmp.Or(c.answers[r.Address], Asking), OtherKey: c.answers[r.Address] == Changed})
	}
	slices.SortStableFunc(out.Rooms, func(a, b RoomRow) int {
		if a.OnNetwork != b.OnNetwork {
			if a.OnNetwork {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	return out
}

var foundAnswers = map[discovery.Status]Answer{discovery.Checking: Asking, discovery.Answering: Ready, discovery.Silent: Silent}

func roomKey(id string, key pin.Fingerprint) string { return id + " " + key.String() }

func lastPerson(r knownRoom) string {
	if r.Shared {
		return ""
	}
	return r.Person.Name
}

// Choose goes to a room of the list. What comes of it is seen in Rooms
// (Joining, Code) and Stage.
func (c *Controller) Choose(key string) {
	t := target{key: key}
	if c.finder != nil {
		for _, r := range c.finder.Rooms() {
			if roomKey(r.ID, r.Fingerprint) == key {
				t.base, t.id, t.pin = base(r), r.ID, r.Fingerprint
			}
		}
	}
	c.mu.Lock()
	for _, r := range c.rooms {
		if roomKey(r.ID, r.Key) == key {
			if t.base != "" {
				r.Address = t.base
			}
			t = target{key: key, base: r.Address, id: r.ID, pin: r.Key, sure: true, room: r}
		}
	}
	c.mu.Unlock()
	if t.base != "" {
		c.enter(t)
	}
}

// EnterAddress goes to a room whose address was typed or whose QR code was
// read. It returns "address" at once where the text is no address, with the
// words of join.address_bad; else it goes on as Choose does.
func (c *Controller) EnterAddress(text string) (code string) {
	a, err := discovery.ParseAddress(text)
	if err != nil {
		return codeAddress
	}
	// Blanks between numbers are a slip; between words they make a sentence, not a name.
	if _, err := netip.ParseAddr(a.Host); err != nil && len(strings.Fields(text)) > 1 {
		return codeAddress
	}
	t := target{key: a.URL(), base: a.URL(), id: a.Room, pin: a.Fingerprint, sure: !a.Fingerprint.IsZero()}
	c.mu.Lock()
	for _, r := range c.rooms {
		// A remembered address stands for the remembered room: another one
		// that answers there is told of, not entered unawares.
		if r.Address == t.base && (t.pin.IsZero() || t.pin.Equal(r.Key)) || t.sure && t.pin.Equal(r.Key) && (t.id == "" || t.id == r.ID) {
			r.Address = t.base
			t.id, t.pin, t.sure, t.room = r.ID, r.Key, true, r
			break
		}
	}
	c.mu.Unlock()
	c.enter(t)
	return ""
}

const codeAddress = "address"

// ForgetRoom takes a room off the list of known rooms, with everything the
// device kept of it. The next visit is like the first one.
func (c *Controller) ForgetRoom(key string) {
	c.mu.Lock()
	var doomed []knownRoom
	c.rooms = slices.DeleteFunc(c.rooms, func(r knownRoom) bool {
		if roomKey(r.ID, r.Key) == key {
			doomed = append(doomed, r)
			return true
		}
		return false
	})
	c.keepRooms()
	c.mu.Unlock()
	for _, r := range doomed {
		for _, who := range append(r.People, r.Person.ID) {
			if err := c.area(r, who).Wipe(); err != nil {
				c.tell(Notice{Code: session.CodeOther})
			}
		}
	}
	c.touch()
}

// LeaveRoom goes back to the choice of a room, staying signed in: what is
// kept remains, and choosing the room again enters it without a PIN. Leaving
// a room in whose place another key answers leads to the words about that.
func (c *Controller) LeaveRoom() {
	c.mu.Lock()
	in := c.inside
	c.entry.cancelIfAny()
	c.entry = entry{}
	if in != nil && c.view.Link == session.Ended && c.view.Why != nil && c.view.Why.Code == session.CodeKeyChanged {
		c.entry = entry{code: session.CodeKeyChanged, refused: roomKey(in.room.ID, in.room.Key)}
	}
	c.mu.Unlock()
	c.leave(in)
	c.touch()
}

// address splits an address for showing and for the code that others scan.
func address(base string) discovery.Address {
	u, err := url.Parse(base)
	if err != nil {
		return discovery.Address{}
	}
	a, err := discovery.ParseAddress(u.Host)
	if err != nil {
		return discovery.Address{}
	}
	return a
}
