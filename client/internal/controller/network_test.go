package controller

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

func TestATornConnectionLosesNothing(t *testing.T) {
	r := servertest.New(t)
	desk, reader := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 4)
	reader.enter(r, servertest.Delegate, false)
	reader.OpenMeeting(m.id)
	desk.ok(desk.TakePresenter(m.id))
	for page := 1; page <= 4; page++ {
		r.Cut()
		desk.ok(desk.PresentPlace(m.id, Spot{m.item, meeting.Place{Document: m.doc, Page: page}}))
		reader.until("the page", func() bool { return reader.Reader(m.id).Page == page })
	}
	desk.until("all carried out", func() bool { return desk.Meeting(m.id).Status.Pending == 0 })
	if len(desk.codes) != 0 {
		t.Errorf("told: %v", desk.codes)
	}
}

func TestARestrictedItemLeavesTheDevice(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 2)
	dir := t.TempDir()
	d := start(t, dir)
	d.enter(r, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	d.until("on the device", func() bool { return d.Meeting(m.id).Status.Ready == 1 })
	d.ok(d.OpenDocument(m.id, m.item, m.doc, 0, 1))
	if pages(t, dir) == 0 {
		t.Fatal("no pages in the directory")
	}
	desk.ok(desk.SetAudience(m.id, m.item, true, []meeting.PersonID{servertest.Chair}, false))
	d.until("taken away", func() bool {
		v := d.Meeting(m.id)
		return v.RestrictedNow && v.Items[0].Title == "" && pages(t, dir) == 0
	})
	if v := d.Reader(m.id); !v.Spot.IsZero() {
		t.Errorf("still read: %+v", v.Spot)
	}
	if doc, code := d.Document(m.id, m.item, m.hash); doc != nil || code != "not_found" {
		t.Errorf("document: %v %q", doc, code)
	}
	if code := d.OpenDocument(m.id, m.item, m.doc, 0, 1); code != "not_found" {
		t.Errorf("opened: %q", code)
	}
}

// pages counts the files of pages in a device's directory.
func pages(t *testing.T, dir string) int {
	n := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.Contains(filepath.ToSlash(path), "/page/") {
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestASharedDeviceKeepsNothingOfThePerson(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 2)
	dir := t.TempDir()
	d := start(t, dir)
	d.enter(r, servertest.Delegate, true)
	d.OpenMeeting(m.id)
	d.until("on the device", func() bool { return d.Meeting(m.id).Status.Ready == 1 })
	d.Close()
	if n := pages(t, dir); n != 0 {
		t.Errorf("%d pages stay", n)
	}
	d = start(t, dir)
	if d.Stage() != StageRooms {
		t.Errorf("stage %s", d.Stage())
	}
	rows := d.Rooms().Rooms
	if len(rows) != 1 || !rows[0].Known || rows[0].LastPerson != "" {
		t.Errorf("rooms: %+v", rows)
	}
	d.until("the room answers", func() bool { return d.Rooms().Rooms[0].Answer == Ready })
	d.Choose(rows[0].Key)
	d.until("sign-in", func() bool { return d.Stage() == StageSignIn })
	if v := d.SignIn(); v.FirstTime || v.Last != "" {
		t.Errorf("sign-in: %+v", v)
	}
}

func TestSeveralRoomsAreKnownAndForgotten(t *testing.T) {
	one, two := servertest.New(t), servertest.New(t)
	d := start(t, t.TempDir())
	d.enter(one, servertest.Delegate, false)
	d.LeaveRoom()
	if d.Stage() != StageRooms {
		t.Fatalf("stage %s", d.Stage())
	}
	d.enter(two, servertest.Delegate, false)
	d.LeaveRoom()
	rows := d.Rooms().Rooms
	if len(rows) != 2 {
		t.Fatalf("rooms: %+v", rows)
	}
	d.ok(d.EnterAddress(one.URL))
	if d.Stage() != StageInside {
		t.Error("a room that was left signed in asks again")
	}
	d.until("live", func() bool { return d.Meetings().Status.Link == session.Live })
	d.LeaveRoom()
	for _, row := range rows {
		d.ForgetRoom(row.Key)
	}
	if len(d.Rooms().Rooms) != 0 {
		t.Error("forgotten, and listed")
	}
	d.ok(d.EnterAddress(one.URL))
	d.until("like the first time", func() bool { return d.Stage() == StageSignIn && d.SignIn().FirstTime })
}

func TestWhoIsTakenOffTheRosterIsSignedOut(t *testing.T) {
	r := servertest.New(t)
	desk, d := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	d.enter(r, servertest.Delegate, false)
	desk.RemovePerson(servertest.Delegate, nil)
	d.until("back at the sign-in", func() bool { return d.Stage() == StageSignIn && d.SignIn().Code == "signed_out" })
}

func TestSomebodyWasQuicker(t *testing.T) {
	r := servertest.New(t)
	desk, d := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 2)
	d.enter(r, servertest.Chair, false)
	d.OpenMeeting(m.id)
	d.until("running", func() bool { return d.Meeting(m.id).Current == m.item })
	step := d.Chair(m.id).Next
	if step.Kind != StepEnd || !step.Live {
		t.Fatalf("next step: %+v", step)
	}
	r.Stop()
	d.until("offline", func() bool { return d.Meeting(m.id).Status.Link == session.Offline })
	desk.until("offline", func() bool { return desk.Meeting(m.id).Status.Link == session.Offline })
	desk.ok(desk.CloseMeeting(m.id))
	d.ok(d.SuspendItem(m.id, m.item))
	d.LeaveRoom()
	r.Start()
	desk.until("closed", func() bool { v := desk.Meeting(m.id); return v.Phase == meeting.Closed && v.Status.Pending == 0 })
	d.ok(d.EnterAddress(r.URL))
	d.until("told", func() bool { return d.told("bad_state") })
	d.OpenMeeting(m.id)
	d.until("what is so", func() bool { v := d.Meeting(m.id); return v.Phase == meeting.Closed && v.Status.Pending == 0 })
	if code := d.Do(m.id, step); code != "bad_state" {
		t.Errorf("a step of a screen that is old: %q", code)
	}
}

func TestTheProjectorShowsTheRunningMeeting(t *testing.T) {
	r := servertest.New(t)
	desk, screen := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	screen.enter(r, servertest.Screen, false)
	v := screen.Projector()
	if v.Meeting != "" || v.Code != r.Fingerprint.Code() || !strings.HasPrefix(r.URL, "https://"+v.Join) ||
		!strings.Contains(v.JoinLink, r.Fingerprint.String()) {
		t.Errorf("before a meeting: %+v", v)
	}
	m := prepare(desk, 3)
	desk.ok(desk.TakePresenter(m.id))
	desk.ok(desk.PresentPlace(m.id, Spot{m.item, meeting.Place{Document: m.doc, Page: 3}}))
	screen.until("page 3", func() bool { v := screen.Projector(); return v.Meeting == m.id && v.Page == 3 })
	desk.ShowPart(m.id, 0.25, 0.5)
	screen.until("the part", func() bool {
		p := screen.Projector().Part
		return p != nil && p.Top == 0.25 && p.Height == 0.5
	})
}

func TestTheProjectorTellsTheEnd(t *testing.T) {
	r := servertest.New(t)
	desk, screen := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	screen.enter(r, servertest.Screen, false)
	m := prepare(desk, 3)
	screen.until("the meeting", func() bool { return screen.Projector().Meeting == m.id })
	desk.ok(desk.CloseMeeting(m.id))
	screen.until("the end", func() bool {
		v := screen.Projector()
		return v.Meeting == m.id && v.Phase == meeting.Closed && v.Title != ""
	})
}

// A room that has another key than before says so in the list, and the way to forget the old one is there.
func TestAChangedKeyIsToldInTheList(t *testing.T) {
	first, second := servertest.New(t), servertest.New(t)
	dir := t.TempDir()
	d := start(t, dir)
	d.enter(first, servertest.Delegate, false)
	d.LeaveRoom()
	d.mu.Lock()
	d.rooms[0].Address = second.URL // now another server answers there
	old := roomKey(d.rooms[0].ID, d.rooms[0].Key)
	d.mu.Unlock()
	d.until("the other key", func() bool {
		rooms := d.Rooms().Rooms
		return len(rooms) == 1 && rooms[0].OtherKey && rooms[0].Answer == Changed
	})
	d.Choose(old)
	d.until("refused", func() bool {
		v := d.Meetings().Status
		return v.Link == session.Ended && v.WhyCode == session.CodeKeyChanged
	})
	d.LeaveRoom()
	if v := d.Rooms(); v.Code != session.CodeKeyChanged || v.Refused != old {
		t.Errorf("after leaving it: code %q, refused %q", v.Code, v.Refused)
	}
	d.ForgetRoom(old)
	if v := d.Rooms(); len(v.Rooms) != 0 {
		t.Errorf("forgotten: %+v", v.Rooms)
	}
}

// BenchmarkPageTurn is from the presenter's wish to the page on another
// device's model, each wish kept on the presenter's disk before it is sent.
func BenchmarkPageTurn(b *testing.B) {
	r := servertest.New(b)
	desk, reader := start(b, b.TempDir()), start(b, b.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 500)
	reader.enter(r, servertest.Delegate, false)
	reader.OpenMeeting(m.id)
	desk.ok(desk.TakePresenter(m.id))
	desk.ok(desk.PresentPlace(m.id, Spot{m.item, meeting.Place{Document: m.doc, Page: 1}}))
	page := 1
	reader.until("page 1", func() bool { return reader.Reader(m.id).Page == page })
	reader.until("all fetched ahead", func() bool {
		return reader.Meeting(m.id).Status.Ready == 1 && desk.Meeting(m.id).Status.Ready == 1
	})
	for b.Loop() {
		page = page%500 + 1
		desk.ok(desk.ShowPage(m.id, page))
		reader.until("the page", func() bool { return reader.Reader(m.id).Page == page })
	}
}
