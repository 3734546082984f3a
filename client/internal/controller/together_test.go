package controller

import (
	"testing"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

// While the chair holds the room together a delegate is not ahead of the
// presenter, whatever he does; behind is free, and without the server all of
// it is.
func TestHeldTogether(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 30)
	desk.ok(desk.TakePresenter(m.id))
	desk.ok(desk.PresentPlace(m.id, Spot{m.item, meeting.Place{Document: m.doc, Page: 5}}))
	d := start(t, t.TempDir())
	d.enter(r, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	d.until("the presented page", func() bool { return d.Reader(m.id).Page == 5 })
	d.ok(d.ShowPage(m.id, 20))
	if v := desk.Reader(m.id); !v.CanTogether || v.Together {
		t.Fatalf("the chair sees %+v", v)
	}
	if d.Reader(m.id).CanTogether {
		t.Error("a delegate may hold the room")
	}
	desk.ok(desk.HoldTogether(m.id, true))
	d.until("back at the presented page", func() bool {
		v := d.Reader(m.id)
		return v.Together && v.Last == 5 && v.Page == 5 && v.Following && !v.Apart
	})
	if v := desk.Reader(m.id); v.Last != 0 {
		t.Errorf("the presenter is held at %d", v.Last)
	}
	for _, code := range []string{d.TurnPage(m.id, 1), d.ShowPage(m.id, 30)} {
		if code != codeTogether || d.Reader(m.id).Page != 5 {
			t.Errorf("ahead: %q, page %d", code, d.Reader(m.id).Page)
		}
	}
	d.ok(d.ShowPage(m.id, 2))
	d.ok(d.OpenDocument(m.id, m.item, m.doc, 0, 28))
	if v := d.Reader(m.id); v.Page != 5 {
		t.Errorf("opened at %d", v.Page)
	}
	d.ok(d.ShowPage(m.id, 2))
	desk.ok(desk.ShowPage(m.id, 9))
	desk.ok(desk.ShowPage(m.id, 7))
	d.until("as far as the presenter was", func() bool { return d.Reader(m.id).Last == 9 })
	if v := d.Reader(m.id); v.Page != 2 || v.Following {
		t.Errorf("who was behind is at %d", v.Page)
	}
	d.ok(d.ShowPage(m.id, 9))

	r.Stop()
	d.until("offline", func() bool { return d.Reader(m.id).Status.Link == session.Offline })
	d.ok(d.ShowPage(m.id, 25))
	if v := d.Reader(m.id); v.Page != 25 || v.Last != 0 {
		t.Errorf("without the server at %d, held at %d", v.Page, v.Last)
	}
	r.Start()
	d.until("held again", func() bool { v := d.Reader(m.id); return v.Last == 9 && v.Page == 9 })
	desk.until("back", func() bool { return desk.Reader(m.id).Status.Link == session.Live })
	desk.ok(desk.HoldTogether(m.id, false))
	d.until("free", func() bool { v := d.Reader(m.id); return !v.Together && v.Last == 0 })
	d.ok(d.ShowPage(m.id, 25))
}
