package controller

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

func TestPlacesRead(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 30)
	attach(desk, m, "Phụ lục", 9)
	dir := t.TempDir()
	d := start(t, dir)
	d.enter(r, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	d.until("the documents", func() bool { v := d.Meeting(m.id); return len(v.Items) == 1 && len(v.Items[0].Documents) == 2 })
	other := d.Meeting(m.id).Items[0].Documents[1].ID
	at := func(want string) {
		t.Helper()
		v := d.Reader(m.id)
		got := fmt.Sprintf("%s/%d %t %t", map[meeting.DocumentID]string{m.doc: "a", other: "b"}[v.Spot.Place.Document], v.Page, v.CanGoBack, v.CanGoForward)
		if got != want {
			t.Errorf("at %s, want %s", got, want)
		}
	}
	d.ok(d.OpenDocument(m.id, m.item, m.doc, 0, 3))
	d.ok(d.TurnPage(m.id, 1))
	d.ok(d.TurnPage(m.id, 1))
	at("a/5 false false") // turning is no jump
	d.ok(d.ShowPage(m.id, 20))
	d.ok(d.OpenDocument(m.id, m.item, other, 0, 7))
	at("b/7 true false")
	d.ok(d.GoBack(m.id))
	at("a/20 true true")
	d.ok(d.GoBack(m.id))
	at("a/5 false true")
	d.ok(d.GoBack(m.id))
	at("a/5 false true")
	d.ok(d.GoForward(m.id))
	d.ok(d.GoForward(m.id))
	at("b/7 true false")
	d.ok(d.GoBack(m.id))
	d.ok(d.ShowPage(m.id, 10))
	at("a/10 true false") // another jump forgets the way forward

	for _, page := range []int{10, 2, 4} {
		d.ok(d.ShowPage(m.id, page))
		d.ok(d.ToggleBookmark(m.id))
	}
	if !d.Reader(m.id).Bookmarked {
		t.Error("the page is not marked")
	}
	d.ok(d.ToggleBookmark(m.id))
	marks := func() (out string) {
		for _, b := range d.Bookmarks(m.id) {
			out += fmt.Sprintf("%s %s %d;", b.Number, b.Title, b.Spot.Place.Page)
		}
		return out
	}
	const want = "1 Báo cáo 2;1 Báo cáo 10;"
	if got := marks(); got != want {
		t.Errorf("bookmarks %q, want %q", got, want)
	}
	for range maxTrail + 20 {
		d.ok(d.ShowPage(m.id, 1))
		d.ok(d.ShowPage(m.id, 25))
	}
	if n := len(d.reading(m.id).back); n != maxTrail {
		t.Errorf("%d places to go back to", n)
	}

	// Bookmarks and positions are on his other device, too.
	d.LeaveReader(m.id)
	second := start(t, t.TempDir())
	second.enter(r, servertest.Delegate, false)
	second.OpenMeeting(m.id)
	second.until("the other device's places", func() bool {
		return len(second.Bookmarks(m.id)) == 2 && second.LastPage(m.id, m.item, m.doc) == 25 && second.LastPage(m.id, m.item, other) == 7
	})
	second.ok(second.OpenDocument(m.id, m.item, m.doc, 0, 12))
	second.ok(second.ToggleBookmark(m.id))
	second.LeaveReader(m.id)
	d.until("the second device's place", func() bool {
		return len(d.Bookmarks(m.id)) == 3 && d.LastPage(m.id, m.item, m.doc) == 12
	})
	second.ok(second.ToggleBookmark(m.id))
	d.ok(d.ShowPage(m.id, 24))
	d.until("the mark taken away", func() bool { return len(d.Bookmarks(m.id)) == 2 })

	// They are still there after a restart without the server.
	d.Close()
	r.Stop()
	d = start(t, dir)
	d.OpenMeeting(m.id)
	d.until("offline", func() bool { return d.Meeting(m.id).Status.Link == session.Offline && d.Meeting(m.id).Exists })
	if got := marks(); got != want {
		t.Errorf("after a restart: bookmarks %q, want %q", got, want)
	}
	if a, b, none := d.LastPage(m.id, m.item, m.doc), d.LastPage(m.id, m.item, other), d.LastPage(m.id, "x", "y"); a != 24 || b != 7 || none != 1 {
		t.Errorf("after a restart: last pages %d %d %d", a, b, none)
	}
}

func TestPresenterGoesBackForAll(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 30)
	desk.ok(desk.TakePresenter(m.id))
	desk.ok(desk.PresentPlace(m.id, Spot{m.item, meeting.Place{Document: m.doc, Page: 3}}))
	desk.ok(desk.ShowPage(m.id, 20))
	desk.until("turned", func() bool { v := desk.Reader(m.id); return v.Page == 20 && v.CanGoBack && v.Status.Pending == 0 })
	desk.ok(desk.GoBack(m.id))
	if v := desk.Reader(m.id); v.Page != 3 || !v.CanTurnForAll || v.Presenting.Spot.Place.Page != 3 {
		t.Errorf("page %d of %+v", v.Page, v.Presenting)
	}
}

// A page is kept once somebody rests on it, and not more often than every ten
// seconds; opening another document keeps the one that is left at once.
func TestAPlaceIsKeptAtRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &Controller{now: time.Now, places: map[string]*places{}}
		at := func(doc string, page int) Spot {
			return Spot{"i", meeting.Place{Document: meeting.DocumentID(doc), Version: 1, Page: page}}
		}
		waits := func() int {
			c.mu.Lock()
			defer c.mu.Unlock()
			return len(c.reading("m").turned)
		}
		turn := func(to Spot) {
			c.mu.Lock()
			c.went("m", Spot{}, to)
			c.mu.Unlock()
		}
		for page := range 30 {
			turn(at("a", page+1))
			time.Sleep(restBefore - time.Millisecond)
			synctest.Wait()
			if waits() != 1 {
				t.Fatal("kept while turning")
			}
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if waits() != 0 {
			t.Fatal("not kept at rest")
		}
		turn(at("a", 40))
		time.Sleep(keepEvery - time.Millisecond)
		synctest.Wait()
		if waits() != 1 {
			t.Error("kept again too soon")
		}
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if waits() != 0 {
			t.Error("not kept at last")
		}
		turn(at("a", 41))
		turn(at("b", 1))
		synctest.Wait()
		if waits() != 0 {
			t.Error("a document that was left is not kept at once")
		}
	})
}

// Of a long time without the server one place of each document waits to be
// sent, and the person is not told that anything does.
func TestPlacesWithoutTheServer(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 30)
	attach(desk, m, "Phụ lục", 9)
	d := start(t, t.TempDir())
	d.enter(r, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	d.until("the documents", func() bool { v := d.Meeting(m.id); return len(v.Items) == 1 && len(v.Items[0].Documents) == 2 })
	other := d.Meeting(m.id).Items[0].Documents[1].ID
	r.Stop()
	d.until("offline", func() bool { return d.Meeting(m.id).Status.Link == session.Offline })
	for n := range 40 {
		d.ok(d.OpenDocument(m.id, m.item, []meeting.DocumentID{m.doc, other}[n%2], 0, n%9+1))
		d.LeaveReader(m.id)
	}
	d.ok(d.ToggleBookmark(m.id))
	v := d.seen()
	if v.Pending != 1 || len(v.Outbox) != 3 {
		t.Errorf("%d wishes are told to wait, %d wait", v.Pending, len(v.Outbox))
	}
	r.Start()
	second := start(t, t.TempDir())
	second.enter(r, servertest.Delegate, false)
	second.OpenMeeting(m.id)
	second.until("what was read without the server", func() bool {
		return second.LastPage(m.id, m.item, m.doc) == 38%9+1 && second.LastPage(m.id, m.item, other) == 39%9+1 && len(second.Bookmarks(m.id)) == 1
	})
}

// What an earlier program kept on the device alone goes to the person's own
// stream; what is damaged counts as nothing.
func TestPlacesOfAnEarlierProgram(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 30)
	for _, kept := range []string{"{", `{"pages":[]}`, `null`, `{"marks":[{"page":-4}]}`,
		fmt.Sprintf(`{"pages":{"%s/%s":11,"x/y":3},"marks":[{"item":%q,"document":%q,"page":6},{"item":"x","document":"y","page":2},{"item":%q,"document":%q,"page":900}]}`,
			m.item, m.doc, m.item, m.doc, m.item, m.doc)} {
		dir := t.TempDir()
		d := start(t, dir)
		d.enter(r, servertest.Delegate, false)
		if err := d.inside.area.Keep(recordPlaces+m.id, []byte(kept)); err != nil {
			t.Fatal(err)
		}
		d.Close()
		d = start(t, dir)
		d.OpenMeeting(m.id)
		d.until("taken over", func() bool { _, there := d.inside.area.Kept(recordPlaces + m.id); return !there })
		if len(kept) < 80 {
			if len(d.Bookmarks(m.id)) != 0 || d.LastPage(m.id, m.item, m.doc) != 1 {
				t.Errorf("%q is taken for something", kept)
			}
			continue
		}
		d.until("the marks", func() bool { return len(d.Bookmarks(m.id)) == 1 && d.LastPage(m.id, m.item, m.doc) == 11 })
	}
}
