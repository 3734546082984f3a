package session

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

// What a tab that has ended wanted sent is sent once, by one of the tabs that
// are there; what a living tab wants sent is left to it.
func TestOutboxesOfTabsThatEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		area := cache.Memory(1 << 20).Area("a")
		var mu sync.Mutex
		claimed := map[string]bool{}
		open := func(tab string) *Session {
			claimed["outbox/"+tab] = true
			server := NewServer("https://192.0.2.1:8443", pin.New(pin.Fingerprint{}))
			server.quick = &http.Client{Transport: f}
			s := Start(Options{Server: server, Me: f.roster.People[me], Area: area, Client: "device-1", Program: "test", Dial: f.dial, Outbox: "outbox/" + tab,
				Claim: func(name string) bool {
					mu.Lock()
					defer mu.Unlock()
					was := claimed[name]
					claimed[name] = true
					return !was
				}})
			t.Cleanup(s.Close)
			s.Open(theMeeting)
			synctest.Wait()
			return s
		}
		dead, alive := open("dead"), open("alive")
		f.set(func() { f.down = true })
		f.cut(0)
		synctest.Wait()
		for _, s := range []*Session{dead, alive} {
			if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		dead.Close()
		delete(claimed, "outbox/dead") // as the browser does
		one, two := open("one"), open("two")
		synctest.Wait()
		if n := one.View().Pending + two.View().Pending; n != 1 {
			t.Errorf("%d commands were taken over without a network", n)
		}
		if got := area.Records(RecordOutbox); len(got) != 2 || slices.Contains(got, "outbox/dead") || !slices.Contains(got, "outbox/alive") {
			t.Errorf("kept after that: %v", got)
		}
		alive.Close() // which keeps its own to itself
		f.set(func() { f.down = false })
		one.Wake()
		two.Wake()
		synctest.Wait()
		time.Sleep(longestWait)
		synctest.Wait()
		if n := one.View().Pending + two.View().Pending; n != 0 {
			t.Errorf("%d commands still wait", n)
		}
		if got := f.commands(); len(got) != 1 {
			t.Errorf("%d commands were sent", len(got))
		}
		if got := area.Records(RecordOutbox); !slices.Equal(got, []string{"outbox/alive"}) {
			t.Errorf("kept at the end: %v", got)
		}
	})
}

// A tab that goes on takes over what another left, when it is looked at again.
func TestATabThatGoesOnTakesOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		area := cache.Memory(1 << 20).Area("a")
		left := replica.New(replica.Options{Person: me, Client: "device-1"})
		if _, err := left.Submit(time.Now(), "command-1", protocol.MeetingStream(theMeeting), meeting.OpenSitting{}); err != nil {
			t.Fatal(err)
		}
		data, err := left.ExportOutbox()
		if err != nil {
			t.Fatal(err)
		}
		server := NewServer("https://192.0.2.1:8443", pin.New(pin.Fingerprint{}))
		server.quick = &http.Client{Transport: f}
		asked := 0
		s := Start(Options{Server: server, Me: f.roster.People[me], Area: area, Client: "device-1", Program: "test", Dial: f.dial, Outbox: "outbox/mine",
			Claim: func(string) bool { asked++; return asked == 1 }})
		t.Cleanup(s.Close)
		s.Open(theMeeting)
		synctest.Wait()
		if err := area.Keep("outbox/other", data); err != nil {
			t.Fatal(err)
		}
		s.Wake()
		synctest.Wait()
		if got := f.commands(); len(got) != 1 || got[0].Command != "command-1" {
			t.Errorf("sent: %v", got)
		}
		if got := area.Records(RecordOutbox); len(got) != 0 {
			t.Errorf("kept at the end: %v", got)
		}
	})
}

// After a sleep no time goes by with a connection that is long dead.
func TestRedialLeavesTheOldConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		s.Open(theMeeting)
		synctest.Wait()
		before := f.tries()
		s.Redial()
		synctest.Wait()
		if v := s.View(); v.Link != Live || f.tries() != before+1 {
			t.Errorf("%s after %d tries", v.Link, f.tries()-before)
		}
	})
}
