package discovery

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// world is a network without packets: which rooms announce themselves, and which addresses answer.
type world struct {
	mu      sync.Mutex
	rooms   map[string]advert
	answers map[string]bool
	probes  int
}

func (w *world) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

// source sees all rooms there are every 15 s.
func (w *world) source(ctx context.Context, found func(advert), report func(error)) {
	for {
		w.mu.Lock()
		var all []advert
		for _, a := range w.rooms {
			all = append(all, a)
		}
		w.mu.Unlock()
		report(nil)
		for _, a := range all {
			found(a)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(15 * time.Second):
		}
	}
}

func (w *world) probe(ctx context.Context, _ Room, addr netip.AddrPort) error {
	w.mu.Lock()
	ok := w.answers[addr.Addr().String()]
	w.probes++
	w.mu.Unlock()
	if ok {
		time.Sleep(10 * time.Millisecond)
		return nil
	}
	<-ctx.Done() // a host that is away does not even refuse
	return ctx.Err()
}

func announced(id, name string, addrs ...string) advert {
	a := advert{Service: testService(id, name)}
	for _, s := range addrs {
		a.addrs = append(a.addrs, netip.MustParseAddr(s))
	}
	return a
}

var home = network{
	zones:    []string{"eth0", "wlan0"},
	prefixes: []netip.Prefix{netip.MustParsePrefix("192.168.1.0/24"), netip.MustParsePrefix("fd00:1::/64")},
}

func (w *world) browse(t *testing.T) *Browser {
	o := Options{Probe: w.probe}.withDefaults()
	return browse(t.Context(), o, w.source, func() network { return home })
}

// wait lets time pass until the list is as wanted, and returns how long that took.
func wait(t *testing.T, b *Browser, most time.Duration, what string, ok func([]Room) bool) time.Duration {
	t.Helper()
	begin := time.Now()
	for !ok(b.Rooms()) {
		if time.Since(begin) > most {
			t.Fatalf("not after %v: %s; the list is %+v", most, what, b.Rooms())
		}
		time.Sleep(100 * time.Millisecond)
	}
	return time.Since(begin)
}

func TestRoomsComeAndGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{
			rooms:   map[string]advert{"a": announced("a", "Phòng họp A", "192.168.1.10")},
			answers: map[string]bool{"192.168.1.10": true},
		}
		b := w.browse(t)
		defer b.Stop()
		wait(t, b, 2*time.Second, "A answers", func(r []Room) bool { return len(r) == 1 && r[0].Status == Answering })
		if got := b.Rooms()[0].URL(); got != "https://192.168.1.10:8443/" {
			t.Errorf("URL %s", got)
		}

		time.Sleep(40 * time.Minute) // longer than the library would listen
		w.set(func() {
			w.rooms["b"] = announced("b", "Phòng họp B", "192.168.1.11")
			w.answers["192.168.1.11"] = true
		})
		wait(t, b, 20*time.Second, "B appears", func(r []Room) bool { return len(r) == 2 && r[1].Status == Answering })

		w.set(func() { delete(w.rooms, "a"); w.answers["192.168.1.10"] = false })
		wait(t, b, 15*time.Second, "A is silent", func(r []Room) bool { return len(r) == 2 && r[0].Status == Silent })
		wait(t, b, 45*time.Second, "A leaves", func(r []Room) bool { return len(r) == 1 && r[0].ID == "b" })
	})
}

func TestVanishWithin60Seconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		// Whatever moment it goes away at, between two questions and two probes.
		for offset := range 20 {
			w := &world{rooms: map[string]advert{"a": announced("a", "A", "192.168.1.10")}, answers: map[string]bool{"192.168.1.10": true}}
			b := w.browse(t)
			time.Sleep(30*time.Second + time.Duration(offset)*777*time.Millisecond)
			w.set(func() { clear(w.rooms); clear(w.answers) })
			if took := wait(t, b, time.Minute, "A leaves", func(r []Room) bool { return len(r) == 0 }); took > 45*time.Second {
				t.Errorf("it took %v", took)
			}
			b.Stop()
		}
	})
}

func TestAnsweringRoomStaysWhenAnnouncementsAreLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{rooms: map[string]advert{"a": announced("a", "A", "192.168.1.10")}, answers: map[string]bool{"192.168.1.10": true}}
		b := w.browse(t)
		defer b.Stop()
		time.Sleep(5 * time.Second)
		w.set(func() { clear(w.rooms) })
		time.Sleep(10 * time.Minute)
		if r := b.Rooms(); len(r) != 1 || r[0].Status != Answering {
			t.Fatalf("%+v", r)
		}
	})
}

func TestAnnouncedRoomThatDoesNotAnswerIsShownSilent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{rooms: map[string]advert{"a": announced("a", "A", "192.168.1.10")}}
		b := w.browse(t)
		defer b.Stop()
		time.Sleep(time.Second)
		if r := b.Rooms(); len(r) != 1 || r[0].Status != Checking {
			t.Fatalf("at first: %+v", r)
		}
		time.Sleep(10 * time.Minute)
		if r := b.Rooms(); len(r) != 1 || r[0].Status != Silent || !r[0].Addr.IsValid() {
			t.Fatalf("%+v", r)
		}
	})
}

func TestOneRoomOnManyAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{
			rooms:   map[string]advert{"a": announced("a", "A", "10.0.0.5", "fe80::1", "2001:db8::1", "192.168.1.10", "fd00:1::9")},
			answers: map[string]bool{"2001:db8::1": true, "fe80::1%wlan0": true},
		}
		b := w.browse(t)
		defer b.Stop()
		time.Sleep(time.Second)
		r := b.Rooms()
		if len(r) != 1 {
			t.Fatalf("%+v", r)
		}
		want := []string{"192.168.1.10:8443", "[fd00:1::9]:8443", "10.0.0.5:8443", "[2001:db8::1]:8443",
			"[fe80::1%eth0]:8443", "[fe80::1%wlan0]:8443"}
		var got []string
		for _, a := range r[0].Addrs {
			got = append(got, a.String())
		}
		if !slices.Equal(got, want) {
			t.Errorf("order %v, want %v", got, want)
		}
		if r[0].Addr.String() != "[2001:db8::1]:8443" && r[0].Addr.String() != "[fe80::1%wlan0]:8443" {
			t.Errorf("chose %v, which does not answer", r[0].Addr)
		}
		kept := r[0].Addr

		// A better address begins to answer: the place does not change while the old one does.
		w.set(func() { w.answers["192.168.1.10"] = true })
		time.Sleep(15 * time.Second)
		if r := b.Rooms(); r[0].Addr != kept {
			t.Errorf("changed from %v to %v", kept, r[0].Addr)
		}
		w.set(func() { w.answers = map[string]bool{"192.168.1.10": true} })
		time.Sleep(15 * time.Second)
		if r := b.Rooms(); r[0].Addr.String() != "192.168.1.10:8443" || r[0].Status != Answering {
			t.Errorf("still %v, %v", r[0].Addr, r[0].Status)
		}
	})
}

func TestAddressesOfARoomThatMoved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{rooms: map[string]advert{"a": announced("a", "A", "192.168.1.10")}, answers: map[string]bool{"192.168.1.10": true}}
		b := w.browse(t)
		defer b.Stop()
		time.Sleep(5 * time.Second)
		moved := announced("a", "Phòng mới", "192.168.1.77")
		w.set(func() { w.rooms["a"] = moved; w.answers = map[string]bool{"192.168.1.77": true} })
		time.Sleep(75 * time.Second)
		r := b.Rooms()
		if len(r) != 1 || r[0].Name != "Phòng mới" || len(r[0].Addrs) != 1 || r[0].Addr.String() != "192.168.1.77:8443" {
			t.Fatalf("%+v", r)
		}
	})
}

func TestForeignKeyUnderOurIDIsAnotherLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		real, fake := announced("a", "A", "192.168.1.10"), announced("a", "A", "192.168.1.66")
		fake.Fingerprint[0] ^= 1
		w := &world{rooms: map[string]advert{"real": real, "fake": fake}, answers: map[string]bool{"192.168.1.10": true}}
		b := w.browse(t)
		defer b.Stop()
		time.Sleep(5 * time.Second)
		r := b.Rooms()
		if len(r) != 2 || r[0].Fingerprint == r[1].Fingerprint || len(r[0].Addrs) != 1 || len(r[1].Addrs) != 1 {
			t.Fatalf("%+v", r)
		}
	})
}

func TestFloodIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &world{rooms: map[string]advert{}}
		for i := range 1000 {
			a := announced(fmt.Sprintf("r%d", i), "x")
			for j := range 40 {
				a.addrs = append(a.addrs, netip.AddrFrom4([4]byte{10, byte(i), byte(i >> 8), byte(j)}))
			}
			w.rooms[a.ID] = a
		}
		b := w.browse(t)
		time.Sleep(30 * time.Second)
		r := b.Rooms()
		if len(r) != maxRooms || len(r[0].Addrs) != maxAddrs {
			t.Errorf("%d rooms, the first with %d addresses", len(r), len(r[0].Addrs))
		}
		b.Stop()
		b.Stop()
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.probes > 12*maxProbes {
			t.Errorf("%d probes in 30 s", w.probes)
		}
	})
}

func TestErrTellsThatNothingCanBeFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("no network")
		src := func(ctx context.Context, _ func(advert), report func(error)) {
			report(broken)
			time.Sleep(time.Minute)
			report(nil)
			<-ctx.Done()
		}
		b := browse(t.Context(), Options{Probe: (&world{}).probe}.withDefaults(), src, func() network { return home })
		defer b.Stop()
		<-b.Updates()
		if !errors.Is(b.Err(), broken) {
			t.Errorf("Err() = %v", b.Err())
		}
		<-b.Updates()
		if b.Err() != nil {
			t.Errorf("Err() = %v", b.Err())
		}
	})
}
