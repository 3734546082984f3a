package controller

import (
	"slices"
	"testing"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/discovery"
)

// atHome starts a device whose only room is the one its page came from.
func atHome(t *testing.T, dir, home string, resumed bool) *tester {
	t.Helper()
	c := New(Options{Dir: dir, Program: "test", Home: home, Resumed: resumed, Find: func(discovery.Prober) Finder { return nil }})
	d := &tester{Controller: c, t: t, changed: make(chan struct{}, 1)}
	t.Cleanup(c.Close)
	c.Subscribe(func() {
		select {
		case d.changed <- struct{}{}:
		default:
		}
	})
	return d
}

func (d *tester) signInAtHome(shared bool) {
	d.t.Helper()
	d.until("sign-in", func() bool { return d.Stage() == StageSignIn && len(d.SignIn().People) > 0 })
	d.SignInAs(servertest.Delegate, servertest.PIN, shared)
	d.until("live", func() bool { return d.Meetings().Status.Link == session.Live && d.Meetings().Loaded })
}

// Loaded anew, the page is inside at once, also while nobody answers.
func TestTheOnlyRoomIsEnteredAtOnce(t *testing.T) {
	room, dir := servertest.New(t), t.TempDir()
	d := atHome(t, dir, room.URL, false)
	d.signInAtHome(false)
	d.Close()
	room.Stop()
	d = atHome(t, dir, room.URL, false)
	if d.Stage() != StageInside || d.Meetings().Me.ID != servertest.Delegate || !d.Meetings().Loaded {
		t.Errorf("without the network: %s, %+v", d.Stage(), d.Meetings().Me)
	}
	room.Start()
	d.until("live again", func() bool { return d.Meetings().Status.Link == session.Live })
}

// On a device that is nobody's own only the tab that goes on is inside; the
// next one finds nothing.
func TestASharedDeviceAtHome(t *testing.T) {
	room, dir := servertest.New(t), t.TempDir()
	d := atHome(t, dir, room.URL, false)
	d.signInAtHome(true)
	area := func(d *tester) []string {
		d.mu.Lock()
		defer d.mu.Unlock()
		for _, r := range knownRooms(d.device) {
			if r.Person.ID == servertest.Delegate {
				return d.area(r, servertest.Delegate).Records("")
			}
		}
		return nil
	}
	d.until("something is kept", func() bool { return len(area(d)) > 0 })
	// The page ends without a word.
	next := atHome(t, dir, room.URL, true)
	if next.Stage() != StageInside || len(area(next)) == 0 {
		t.Errorf("the same tab: %s, %d records", next.Stage(), len(area(next)))
	}
	other := atHome(t, dir, room.URL, false)
	if other.Stage() == StageInside || len(area(other)) != 0 {
		t.Errorf("another tab: %s, %v", other.Stage(), area(other))
	}
}

// Who signs out while nobody answers is signed out, also for the next start,
// and the server is told later.
func TestSigningOutAtHomeWithoutTheNetwork(t *testing.T) {
	room, dir := servertest.New(t), t.TempDir()
	d := atHome(t, dir, room.URL, false)
	d.signInAtHome(false)
	room.Stop()
	d.SignOut()
	if d.Stage() != StageSignIn {
		t.Errorf("signed out: %s", d.Stage())
	}
	d.Close()
	d = atHome(t, dir, room.URL, false)
	if d.Stage() != StageSignIn {
		t.Errorf("the next start: %s", d.Stage())
	}
	leaves := func() bool {
		for _, r := range knownRooms(d.device) {
			if r.Leave {
				return true
			}
		}
		return false
	}
	if !leaves() {
		t.Error("nobody will tell the server")
	}
	room.Start()
	d.until("the server was told", func() bool { return d.Stage() == StageSignIn && len(d.SignIn().People) > 0 && !leaves() })
	d.signInAtHome(false)
}

// Who signs out in one tab leaves on the device what another tab has not sent,
// and nothing else.
func TestSigningOutInAnotherTabKeepsWhatWasNotSent(t *testing.T) {
	room, dir := servertest.New(t), t.TempDir()
	one := atHome(t, dir, room.URL, false)
	one.signInAtHome(false)
	two := atHome(t, dir, room.URL, false)
	two.until("live", func() bool { return two.Meetings().Status.Link == session.Live })
	two.mu.Lock()
	area := two.inside.area
	two.mu.Unlock()
	unsent := session.RecordOutbox + "/two"
	done := `{"format":1,"person":"` + servertest.Delegate + `","pending":[{"id":"k","stream":"meeting/m","body":{},"acked":true,"settled":true}]}`
	for name, data := range map[string]string{unsent: "a wish", session.RecordOutbox + "/three": done} {
		if err := area.Keep(name, []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	one.SignOut()
	two.until("signed out, too", func() bool { return two.Stage() == StageSignIn && len(two.SignIn().People) > 0 })
	if got := area.Records(""); !slices.Equal(got, []string{unsent}) {
		t.Errorf("on the device: %v", got)
	}
}
