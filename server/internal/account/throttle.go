package account

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"phonghop/shared/roster"
)

// How wrong guesses are slowed down.
const (
	freeTries  = 5                // wrong ones in a row before a wait
	firstWait  = time.Second      // doubled after each wrong one
	longest    = 60 * time.Second // and so never longer than this
	forgetRuns = 24 * time.Hour   // a run without a try for so long is over

	// One address may be a whole room behind one access point.
	addressBurst = 300             // wrong guesses at once
	addressEvery = time.Second / 4 // one more after each

	// A device on which a person has signed in counts for itself, so that
	// nobody's guesses elsewhere keep the person from coming back.
	devicesKnown = 4  // of one person
	deviceIDLong = 16 // bytes; a shorter id may be guessed

	maxRuns      = 10_000
	maxAddresses = 10_000
	maxKnown     = 10_000 // people
)

// source is what a run of wrong guesses is counted for: a person, on one
// device that the person has signed in on, or on all others ("").
type source struct {
	person roster.PersonID
	device string
}

type run struct {
	wrong int
	next  time.Time // no guess before this
	last  time.Time // the latest guess
}

// throttle counts wrong guesses. A guess is counted as wrong before it is
// looked at, and taken back if it was right, so that many at once are not
// more than one after the other.
type throttle struct {
	mu        sync.Mutex
	runs      map[source]*run
	addresses map[string]time.Time // when the address owes nothing any more
	known     map[roster.PersonID][]string
}

func newThrottle() *throttle {
	return &throttle{runs: map[source]*run{}, addresses: map[string]time.Time{}, known: map[roster.PersonID][]string{}}
}

// guess is one that was counted.
type guess struct {
	source  source
	address string // "" where addresses are not counted
}

// begin counts a guess. person may be "" where the id is none, and address
// where there is none. The error is a *SlowDownError; then nothing is counted.
func (t *throttle) begin(person roster.PersonID, device, address string, now time.Time) (guess, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	g := guess{source: source{person: person}, address: address}
	for _, d := range t.known[person] {
		if d == device {
			g.source.device, g.address = device, ""
		}
	}
	if wait := t.waitOf(g.source, now); wait > 0 {
		return guess{}, &SlowDownError{wait}
	}
	if wait := t.waitAt(g.address, now); wait > 0 {
		return guess{}, &SlowDownError{min(wait, longest)}
	}
	t.count(g, now)
	return g, nil
}

func (t *throttle) waitOf(s source, now time.Time) time.Duration {
	r := t.runs[s]
	if r == nil {
		return 0
	}
	if now.Sub(r.last) > forgetRuns {
		delete(t.runs, s)
		return 0
	}
	wait := r.next.Sub(now)
	if most := waitAfter(r.wrong); wait > most {
		// The clock was set back. Nobody waits longer for that.
		r.next, wait = now.Add(most), most
	}
	return wait
}

func (t *throttle) waitAt(address string, now time.Time) time.Duration {
	const most = addressBurst * addressEvery
	free, ok := t.addresses[address]
	if !ok {
		return 0
	}
	if free.Sub(now) > most { // the clock was set back
		delete(t.addresses, address)
		return 0
	}
	return free.Add(addressEvery).Sub(now) - most
}

func (t *throttle) count(g guess, now time.Time) {
	if g.source.person != "" {
		r := t.runs[g.source]
		if r == nil {
			t.makeRoom(now)
			r = &run{}
			t.runs[g.source] = r
		}
		r.wrong++
		r.last, r.next = now, now.Add(waitAfter(r.wrong))
	}
	if g.address == "" {
		return
	}
	free := t.addresses[g.address]
	if free.Before(now) {
		t.makeRoomAt(now)
		free = now
	}
	t.addresses[g.address] = free.Add(addressEvery)
}

// waitAfter is the wait after so many wrong guesses in a row.
func waitAfter(wrong int) time.Duration {
	if wrong < freeTries {
		return 0
	}
	wait := firstWait
	for range wrong - freeTries {
		if wait *= 2; wait >= longest {
			return longest
		}
	}
	return wait
}

// right takes back a guess, ends the person's run, and remembers the device.
func (t *throttle) right(g guess, device string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.runs, g.source)
	delete(t.runs, source{person: g.source.person})
	t.takeBackAt(g.address)
	if len(device) < deviceIDLong {
		return
	}
	t.remember(g.source.person, device)
}

// remember puts the device last in the person's list, which the oldest leaves.
func (t *throttle) remember(person roster.PersonID, device string) {
	if _, ok := t.known[person]; !ok && len(t.known) >= maxKnown {
		for other := range t.known {
			delete(t.known, other)
			break
		}
	}
	list := []string{}
	for _, d := range t.known[person] {
		if d != device {
			list = append(list, d)
		}
	}
	if len(list) == devicesKnown {
		list = list[1:]
	}
	t.known[person] = append(list, device)
}

// untried takes back a guess that was never looked at.
func (t *throttle) untried(g guess) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r := t.runs[g.source]; r != nil {
		if r.wrong--; r.wrong <= 0 {
			delete(t.runs, g.source)
		}
	}
	t.takeBackAt(g.address)
}

func (t *throttle) takeBackAt(address string) {
	if free, ok := t.addresses[address]; ok {
		t.addresses[address] = free.Add(-addressEvery)
	}
}

// forget ends all runs of a person and forgets the person's devices: the
// secret is another one now.
func (t *throttle) forget(person roster.PersonID) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, d := range append(t.known[person], "") {
		delete(t.runs, source{person, d})
	}
	delete(t.known, person)
}

// makeRoom lets the shortest runs go, so that guesses at many names do not
// wash out the count of one.
func (t *throttle) makeRoom(now time.Time) {
	if len(t.runs) < maxRuns {
		return
	}
	var least source
	var shortest *run
	for s, r := range t.runs {
		if now.Sub(r.last) > forgetRuns {
			delete(t.runs, s)
			continue
		}
		if shortest == nil || r.wrong < shortest.wrong || r.wrong == shortest.wrong && r.last.Before(shortest.last) {
			least, shortest = s, r
		}
	}
	if len(t.runs) >= maxRuns {
		delete(t.runs, least)
	}
}

// makeRoomAt lets the addresses go that owe nothing, or else the one that
// owes least.
func (t *throttle) makeRoomAt(now time.Time) {
	if len(t.addresses) < maxAddresses {
		return
	}
	var least string
	var soonest time.Time
	for a, free := range t.addresses {
		if !free.After(now) {
			delete(t.addresses, a)
			continue
		}
		if least == "" || free.Before(soonest) {
			least, soonest = a, free
		}
	}
	if len(t.addresses) >= maxAddresses {
		delete(t.addresses, least)
	}
}

// network brings an address into the form that is counted: an IPv4 address,
// or the /64 of an IPv6 one, of which a device may take any number. What is
// no address counts as one and the same.
func network(from string) string {
	if host, _, err := net.SplitHostPort(from); err == nil {
		from = host
	}
	ip, err := netip.ParseAddr(from)
	if err != nil {
		return "unknown"
	}
	if ip = ip.Unmap().WithZone(""); ip.Is4() {
		return ip.String()
	}
	return netip.PrefixFrom(ip, 64).Masked().String()
}
