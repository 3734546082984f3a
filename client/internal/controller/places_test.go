package controller

import (
	"fmt"
	"testing"

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

	// Bookmarks and positions are still there after a restart without the server.
	d.Close()
	r.Stop()
	d = start(t, dir)
	d.OpenMeeting(m.id)
	d.until("offline", func() bool { return d.Meeting(m.id).Status.Link == session.Offline && d.Meeting(m.id).Exists })
	if got := marks(); got != want {
		t.Errorf("after a restart: bookmarks %q, want %q", got, want)
	}
	if a, b, none := d.LastPage(m.id, m.item, m.doc), d.LastPage(m.id, m.item, other), d.LastPage(m.id, "x", "y"); a != 25 || b != 7 || none != 1 {
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

// What is damaged on the device counts as nothing.
func TestDamagedPlaces(t *testing.T) {
	r := servertest.New(t)
	d := start(t, t.TempDir())
	d.enter(r, servertest.Secretary, false)
	for _, kept := range []string{"", "{", `{"pages":[]}`, `null`, `{"marks":[{"page":-4}]}`} {
		if err := d.inside.area.Keep(recordPlaces+kept, []byte(kept)); err != nil {
			t.Fatal(err)
		}
		if got := d.Bookmarks(kept); len(got) != 0 || d.LastPage(kept, "i", "d") != 1 {
			t.Errorf("%q: %v", kept, got)
		}
	}
}
