package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/pointer"
)

// tall is a list of so many cards in a window.
func tall(t *testing.T, cards int) *Scroll {
	t.Helper()
	var all []fyne.CanvasObject
	for range cards {
		all = append(all, NewCard(CardData{Title: "Báo cáo"}, func() {}))
	}
	s := NewScroll(Column(4, all...))
	w := test.NewWindow(s)
	t.Cleanup(w.Close)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	return s
}

func (s *Scroll) drag(by float32) bool {
	before := s.Offset.Y
	s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, by)})
	return s.Offset.Y != before
}

func TestAThrownListGlides(t *testing.T) {
	s := tall(t, 60)
	glide(s, -60, s.drag)
	if s.Offset.Y != 0 {
		t.Errorf("what was put down went on by %v", s.Offset.Y)
	}
	glide(s, -1500, s.drag)
	g, _ := pointer.Throw(-1500)
	if want := -g.Way(g.Lasts()); s.Offset.Y < want-1 || s.Offset.Y > want+1 {
		t.Errorf("it went on by %v, want %v", s.Offset.Y, want)
	}
	if gliding.Load() != nil {
		t.Error("it glides on for ever")
	}
	glide(s, 6000, s.drag)
	if s.Offset.Y != 0 || gliding.Load() != nil {
		t.Errorf("thrown to its top it is at %v", s.Offset.Y)
	}
}

// A finger stops the list it is set down on, and no other; a list that shows something else rests.
func TestAFingerStopsWhatGlides(t *testing.T) {
	s := tall(t, 20)
	begin := func() *glider {
		g := &glider{list: s, at: fyne.NewPos(10, 20), size: fyne.NewSize(100, 200)}
		gliding.Store(g)
		t.Cleanup(func() { gliding.Store(nil) })
		return g
	}
	g := begin()
	for _, beside := range []fyne.Position{{X: 5, Y: 100}, {X: 50, Y: 10}, {X: 110, Y: 100}, {X: 50, Y: 220}} {
		if stopGliding(beside.X, beside.Y) || g.stopped.Load() {
			t.Errorf("a finger at %v stopped it", beside)
		}
	}
	if !stopGliding(50, 100) || !g.stopped.Load() {
		t.Error("a finger on it did not stop it")
	}
	if stopGliding(50, 100) {
		t.Error("what rests was stopped again: the next finger would press nothing")
	}
	g = begin()
	s.SetColumn(Column(0))
	if !g.stopped.Load() || stopGliding(50, 100) {
		t.Error("another content glides on")
	}
}
