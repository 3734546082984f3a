package controller

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/google/uuid"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// Names of the device's own records.
const (
	recordDevice = "device"
	recordRooms  = "rooms"
)

// maxRooms is how many rooms a device remembers.
const maxRooms = 50

// knownRoom is what a device remembers of a room.
type knownRoom struct {
	ID      string          `json:"id"` // the room's own
	Name    string          `json:"name"`
	Address string          `json:"address"` // https://host:port
	Key     pin.Fingerprint `json:"key"`
	// Person is who signed in last, Token his sign-in, "" for none.
	Person roster.Person `json:"person"`
	Token  string        `json:"token,omitempty"`
	// Cookie: the sign-in is a cookie of the browser. Leave: he has signed out,
	// and the server does not know it yet.
	Cookie bool `json:"cookie,omitempty"`
	Leave  bool `json:"leave,omitempty"`
	// Shared: the device is not this person's own.
	Shared bool `json:"shared,omitempty"`
	// People lists everybody of whom something may be on the device.
	People []meeting.PersonID `json:"people,omitempty"`
	Used   time.Time          `json:"used"`
}

// kept is the room as it is written to the device: without the sign-in of
// somebody whose device it is not.
func (r knownRoom) kept() knownRoom {
	if r.Shared {
		r.Token = ""
	}
	return r
}

func deviceID(a *cache.Area) string {
	if data, ok := a.Kept(recordDevice); ok && text.ValidID(string(data)) {
		return string(data)
	}
	id := uuid.NewString()
	_ = a.Keep(recordDevice, []byte(id)) // else this start has one of its own
	return id
}

// knownRooms reads the rooms the device remembers, the last one first.
func knownRooms(a *cache.Area) []knownRoom {
	data, ok := a.Kept(recordRooms)
	var out []knownRoom
	if !ok || json.Unmarshal(data, &out) != nil {
		return nil
	}
	return slices.DeleteFunc(out, func(r knownRoom) bool { return r.ID == "" || r.Address == "" })
}

// remember puts a room first on the list and keeps the list. The caller holds
// the lock.
func (c *Controller) remember(r knownRoom) {
	r.Used = c.now()
	if old, ok := c.known(r.ID, r.Key); ok {
		for _, p := range old.People {
			if !slices.Contains(r.People, p) {
				r.People = append(r.People, p)
			}
		}
	}
	c.rooms = slices.DeleteFunc(c.rooms, func(o knownRoom) bool { return same(o, r.ID, r.Key) })
	c.rooms = slices.Insert(c.rooms, 0, r)
	c.rooms = c.rooms[:min(len(c.rooms), maxRooms)]
	c.keepRooms()
}

// keepRooms writes the list. The caller holds the lock.
func (c *Controller) keepRooms() {
	kept := make([]knownRoom, len(c.rooms))
	for i, r := range c.rooms {
		kept[i] = r.kept()
	}
	data, err := json.Marshal(kept)
	if err == nil {
		_ = c.device.KeepSoon(recordRooms, data) // the session tells of a full disk
	}
}

// same: a room is its id and its key together. The id alone is hearsay.
func same(r knownRoom, id string, key pin.Fingerprint) bool { return r.ID == id && r.Key.Equal(key) }

// known finds a room of the list. The caller holds the lock.
func (c *Controller) known(id string, key pin.Fingerprint) (knownRoom, bool) {
	for _, r := range c.rooms {
		if same(r, id, key) {
			return r, true
		}
	}
	return knownRoom{}, false
}

// area is where the device keeps what one person reads in one room.
func (c *Controller) area(r knownRoom, who meeting.PersonID) *cache.Area {
	return c.store.Area("person", r.ID, r.Key.String(), string(who))
}

// wipeShared removes what is left of people whose device this is not. What
// they wished or chose and the server has not taken yet stays, unreadable to others, to
// be sent when they sign in here again: nobody else has it. A page that is
// loaded anew is no new start.
func (c *Controller) wipeShared() {
	c.mu.Lock()
	rooms := slices.Clone(c.rooms)
	c.mu.Unlock()
	for _, r := range rooms {
		if r.Shared && r.Person.ID != "" && !(r.Cookie && c.opt.Resumed) {
			_ = c.area(r, r.Person.ID).Wipe(c.rescue(r)...) // tried again at the next start
		}
	}
}
