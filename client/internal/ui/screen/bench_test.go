package screen

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/shared/meeting"
)

// overfull is a meeting of 40 items with long titles.
func overfull() *fake {
	f := inside()
	f.meeting.Items = nil
	for i := range 40 {
		id := meeting.ItemID(fmt.Sprint("i", i))
		f.meeting.Items = append(f.meeting.Items, controller.ItemRow{ID: id, Number: fmt.Sprint(i + 1), Title: strings.Repeat("Tờ trình dự thảo Nghị quyết ", 5),
			Unit: "Sở Tài chính", State: meeting.Waiting, StateKey: "agenda.planned", Readable: true, Documents: docs(id)})
	}
	return f
}

// How long it takes until a changed agenda of 40 items is built, and until an unchanged one is known to be so.
func BenchmarkAgenda(b *testing.B) {
	app := test.NewApp()
	b.Cleanup(app.Quit)
	b.Cleanup(mainthread.Replace(func(f func()) { f() }))
	w := test.NewWindow(nil)
	w.Resize(tablet)
	f := overfull()
	s := New(f, w, vi(1))
	b.Cleanup(s.Close)
	s.push(newAgenda(s, "m"))
	b.Run("changed", func(b *testing.B) {
		for b.Loop() {
			f.meeting.Status.Ready++
			s.Update()
		}
	})
	b.Run("unchanged", func(b *testing.B) {
		for b.Loop() {
			s.Update()
		}
	})
}

// Forty long titles all find room.
func TestOverfullAgendaScrolls(t *testing.T) {
	s := newStand(t, overfull(), vi(1), tablet)
	a := newAgenda(s.Shell, "m")
	s.push(a)
	if h := a.scroll.Content.MinSize().Height; h < 40*72 {
		t.Errorf("40 items take %.0f of height: some are cut", h)
	}
}
