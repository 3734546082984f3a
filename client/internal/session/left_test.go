package session

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
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

// locks are those of a browser: each is one tab's until the tab ends.
type locks struct {
	mu   sync.Mutex
	held map[string]chan struct{} // closed when it is given back
}

func (l *locks) claim(ctx context.Context, name string, wait bool) bool {
	for {
		l.mu.Lock()
		free, held := l.held[name]
		if !held {
			l.held[name] = make(chan struct{})
		}
		l.mu.Unlock()
		if !held || !wait {
			return !held
		}
		select {
		case <-free:
		case <-ctx.Done():
			return false
		}
	}
}

func (l *locks) giveBack(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	close(l.held[name])
	delete(l.held, name)
}

// tab starts the program in one more tab, which follows the meeting.
func (l *locks) tab(t *testing.T, f *fake, area *cache.Area, dial Dialer, name string) *Session {
	t.Helper()
	l.claim(t.Context(), "outbox/"+name, false)
	server := NewServer("https://192.0.2.1:8443", pin.New(pin.Fingerprint{}))
	server.quick = &http.Client{Transport: f}
	s := Start(Options{Server: server, Me: f.roster.People[me], Area: area, Client: "device-1", Program: "test",
		Dial: dial, Outbox: "outbox/" + name, Claim: l.claim})
	t.Cleanup(s.Close)
	s.Open(theMeeting)
	synctest.Wait()
	return s
}

// leftByATab is an outbox with one command.
func leftByATab(t *testing.T) []byte {
	t.Helper()
	return leftWith(t, "command-1")
}

func leftWith(t *testing.T, ids ...string) []byte {
	t.Helper()
	left := replica.New(replica.Options{Person: me, Client: "device-1"})
	for _, id := range ids {
		if _, err := left.Submit(time.Now(), id, protocol.MeetingStream(theMeeting), meeting.OpenSitting{}); err != nil {
			t.Fatal(err)
		}
	}
	data, err := left.ExportOutbox()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// What a tab that has ended wanted sent is sent once, by one of the tabs that
// are there; what a living tab wants sent is left to it.
func TestOutboxesOfTabsThatEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		area := cache.Memory(1 << 20).Area("a")
		l := locks{held: map[string]chan struct{}{}}
		open := func(name string) *Session { return l.tab(t, f, area, f.dial, name) }
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
		l.giveBack("outbox/dead") // as the browser does
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
		l := locks{held: map[string]chan struct{}{}}
		s := l.tab(t, f, area, f.dial, "mine")
		if err := area.Keep("outbox/other", leftByATab(t)); err != nil {
			t.Fatal(err)
		}
		s.Wake()
		synctest.Wait()
		sentOnce(t, f, area)
	})
}

// A tab that has as much to send as one may leaves another's outbox where it is, and sends it afterwards.
func TestATabThatIsFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		area := cache.Memory(8 << 20).Area("a")
		l := locks{held: map[string]chan struct{}{}}
		var ids []string
		for i := range replica.MaxPending {
			ids = append(ids, fmt.Sprint("mine-", i))
		}
		for name, data := range map[string][]byte{"outbox/mine": leftWith(t, ids...), "outbox/other": leftByATab(t)} {
			if err := area.Keep(name, data); err != nil {
				t.Fatal(err)
			}
		}
		s := l.tab(t, f, area, f.dial, "mine")
		time.Sleep(2 * keepEvery)
		synctest.Wait()
		if n := s.View().Pending; n != 0 {
			t.Errorf("%d commands still wait", n)
		}
		if got := area.Records(RecordOutbox); !slices.Contains(got, "outbox/other") {
			t.Errorf("what had no room is gone: kept are %v", got)
		}
		s.Redial()
		time.Sleep(longestWait)
		synctest.Wait()
		if got := f.commands(); len(got) != replica.MaxPending+1 || got[len(got)-1].Command != "command-1" {
			t.Errorf("%d commands were sent", len(got))
		}
		if got := area.Records(RecordOutbox); len(got) != 0 {
			t.Errorf("kept at the end: %v", got)
		}
	})
}

func sentOnce(t *testing.T, f *fake, area *cache.Area) {
	t.Helper()
	time.Sleep(2 * keepEvery) // commands that are done go with the next keeping
	synctest.Wait()
	if got := f.commands(); len(got) != 1 || got[0].Command != "command-1" {
		t.Errorf("sent: %v", got)
	}
	if got := area.Records(RecordOutbox); len(got) != 0 {
		t.Errorf("kept at the end: %v", got)
	}
}

// A browser may give back the lock of a tab only after the others have looked:
// they take over then, connected or not.
func TestATabThatEndsLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		area := cache.Memory(1 << 20).Area("a")
		l := locks{held: map[string]chan struct{}{}}
		s := l.tab(t, f, area, f.dial, "mine")
		l.claim(t.Context(), "outbox/other", false)
		l.claim(t.Context(), "outbox/idle", false)
		for name, data := range map[string][]byte{"outbox/other": leftByATab(t), "outbox/idle": leftByATab(t)} {
			if err := area.Keep(name, data); err != nil {
				t.Fatal(err)
			}
		}
		s.Wake()
		synctest.Wait()
		if n := len(f.commands()); n != 0 {
			t.Errorf("%d commands of tabs that live were sent", n)
		}
		before := f.tries()
		if err := area.Drop("outbox/idle"); err != nil { // it has sent them
			t.Fatal(err)
		}
		l.giveBack("outbox/idle")
		synctest.Wait()
		if n := f.tries() - before; n != 0 {
			t.Errorf("connected anew %d times for nothing", n)
		}
		l.giveBack("outbox/other")
		synctest.Wait()
		sentOnce(t, f, area)
	})
}

// A tab that ends while another connects is not forgotten once that is
// connected.
func TestATabThatEndsWhileAnotherConnects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		area := cache.Memory(1 << 20).Area("a")
		l := locks{held: map[string]chan struct{}{}}
		l.claim(t.Context(), "outbox/other", false)
		if err := area.Keep("outbox/other", leftByATab(t)); err != nil {
			t.Fatal(err)
		}
		ended := false
		l.tab(t, f, area, func(context.Context) (Socket, error) {
			socket, err := f.dial(context.Background()) // which nobody gives up any more
			if !ended {
				ended = true
				l.giveBack("outbox/other")
				time.Sleep(time.Millisecond)
			}
			return socket, err
		}, "mine")
		time.Sleep(longestWait)
		synctest.Wait()
		sentOnce(t, f, area)
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

// firstTab is a tab of which everything is kept that was there before.
func firstTab(t *testing.T) (*fake, *cache.Area, *locks, *Session) {
	t.Helper()
	f, area := newFake(2), cache.Memory(1<<20).Area("a")
	l := &locks{held: map[string]chan struct{}{}}
	s := l.tab(t, f, area, f.dial, "mine")
	time.Sleep(2 * keepEvery)
	return f, area, l, s
}

// oneDoneOneUnanswered submits a command that the server carries out, and one
// that it says nothing to.
func oneDoneOneUnanswered(t *testing.T, f *fake, s *Session) {
	t.Helper()
	if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
	f.set(func() { f.silent = true })
	if err := s.Submit(theMeeting, "item-1", meeting.SetItemState{Item: "item-1", To: meeting.Running}); err != nil {
		t.Fatal(err)
	}
	synctest.Wait()
}

// A device that ends just after a command was acknowledged, and starts without
// the server, shows what the command did.
func TestWhatWasAcknowledgedIsShownAfterAnEnd(t *testing.T) {
	for _, after := range []time.Duration{0, keepEvery / 2, 2 * keepEvery} {
		synctest.Test(t, func(t *testing.T) {
			f, area, l, s := firstTab(t)
			if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if n := s.View().Pending; n != 0 {
				t.Fatalf("%d commands wait", n)
			}
			time.Sleep(after)
			f.set(func() { f.down = true })
			next := l.tab(t, f, area, f.dial, "next")
			l.giveBack("outbox/mine")
			next.Redial()
			synctest.Wait()
			if m := next.View().Meetings[theMeeting]; m.Phase != s.View().Meetings[theMeeting].Phase {
				t.Errorf("%v after the answer: %q, not %q", after, m.Phase, s.View().Meetings[theMeeting].Phase)
			}
		})
	}
}

// The same where another wish, which no server answers, is kept in between.
func TestWhatWasAcknowledgedIsShownAfterAnEndWithAnotherWish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, area, l, s := firstTab(t)
		oneDoneOneUnanswered(t, f, s)
		if n := s.View().Pending; n != 1 {
			t.Fatalf("%d commands wait", n)
		}
		f.set(func() { f.down = true })
		before, _ := area.Kept("outbox/mine")
		next := l.tab(t, f, area, f.dial, "next")
		l.giveBack("outbox/mine")
		next.Redial()
		synctest.Wait()
		v := next.View()
		if m := v.Meetings[theMeeting]; m.Phase != meeting.Open {
			t.Errorf("what was acknowledged is not shown: %q", m.Phase)
		}
		if v.Pending != 1 {
			t.Errorf("%d commands wait, not the one that nobody answered", v.Pending)
		}
		f.set(func() { f.down, f.silent = false, false })
		next.Redial()
		time.Sleep(2 * keepEvery)
		if n := next.View().Pending; n != 0 {
			t.Errorf("with the network %d commands wait", n)
		}
		if got := area.Records(RecordOutbox); len(got) != 0 {
			t.Errorf("%v is kept, though all is done", got)
		}
		if !strings.Contains(string(before), "sitting.open") {
			t.Errorf("what was acknowledged was not kept before the states: %s", before)
		}
	})
}

// What was done leaves the device once the states are kept, though something
// else still waits, and also where the program ends.
func TestWhatIsDoneLeavesTheDevice(t *testing.T) {
	for name, after := range map[string]func(s *Session){
		"in time":    func(*Session) { time.Sleep(keepEvery + keepEvery/2); synctest.Wait() },
		"at the end": func(s *Session) { s.Close() },
	} {
		synctest.Test(t, func(t *testing.T) {
			f, area, _, s := firstTab(t)
			oneDoneOneUnanswered(t, f, s)
			after(s)
			data, _ := area.Kept("outbox/mine")
			if kept := string(data); strings.Contains(kept, "sitting.open") || !strings.Contains(kept, "item.set_state") {
				t.Errorf("%s: %s", name, kept)
			}
		})
	}
}

// A refusal leaves the device at once: told and sent again, it could be carried
// out by a server that has started anew.
func TestARefusalLeavesTheDeviceAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, area, l, s := firstTab(t)
		f.set(func() { f.refuse = "bad_state" })
		if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		f.set(func() { f.refuse = "" })
		next := l.tab(t, f, area, f.dial, "next")
		l.giveBack("outbox/mine")
		next.Redial()
		synctest.Wait()
		if n := len(f.commands()); n != 1 {
			t.Errorf("%d commands came", n)
		}
	})
}
