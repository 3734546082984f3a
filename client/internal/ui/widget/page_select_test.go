package widget

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/pointer"
)

// hand points at places of the page, in points, on a desk of words: three lines of four words.
type hand struct {
	*desk
	at time.Duration
}

func newHand(t *testing.T) *hand {
	t.Helper()
	h := &hand{desk: newDesk(t, &sheets{pages: 3, w: 600, h: 800}, fyne.NewSize(800, 800))}
	var words []PageWord
	for line := range 3 {
		for i := range 4 {
			words = append(words, PageWord{Part: PagePart{X: 100 + float32(i)*100, Y: 100 + float32(line)*100, W: 80, H: 20}, Line: line})
		}
	}
	h.SetWords(1, words)
	return h
}

func (h *hand) event(kind pointer.Kind, phase pointer.Phase, x, y float32) {
	h.at += 20 * time.Millisecond
	p := h.ViewPoint(x, y)
	h.input.feed([]pointer.Event{{ID: 1, Kind: kind, Phase: phase, X: p.X, Y: p.Y, At: h.at}})
}

// come moves the mouse to a place as a mouse does.
func (h *hand) come(x, y float32) {
	for i := range 5 {
		h.event(pointer.KindMouse, pointer.Hover, x-float32(4-i), y)
	}
}

func (h *hand) drag(kind pointer.Kind, x0, y0, x1, y1 float32) {
	h.event(kind, pointer.Down, x0, y0)
	for i := range 10 {
		h.event(kind, pointer.Move, x0+(x1-x0)*float32(i+1)/10, y0+(y1-y0)*float32(i+1)/10)
	}
	h.event(kind, pointer.Up, x1, y1)
}

func (h *hand) hold(kind pointer.Kind, x, y float32) {
	h.event(kind, pointer.Down, x, y)
	h.at += time.Second
	for _, g := range h.input.reader.Tick(h.at) {
		h.gestured(g)
	}
}

func (h *hand) want(what string, first, last int) {
	h.t.Helper()
	a, b, ok := h.Chosen()
	if first < 0 {
		if ok {
			h.t.Errorf("%s: words %d to %d are chosen", what, a, b)
		}
		return
	}
	if !ok || a != first || b != last {
		h.t.Errorf("%s: words %d to %d (%t), want %d to %d", what, a, b, ok, first, last)
	}
}

func TestChooseWithTheMouse(t *testing.T) {
	h := newHand(t)
	told := 0
	h.OnChosen = func() { told++ }
	h.come(110, 110)
	h.drag(pointer.KindMouse, 110, 110, 250, 215)
	h.want("dragged from a word on", 0, 5)
	if told == 0 {
		t.Error("nobody is told")
	}
	before := h.geo
	h.come(510, 340)
	h.drag(pointer.KindMouse, 440, 310, 210, 110)
	h.want("dragged backwards", 1, 11)
	if h.geo.x != before.x || h.geo.y != before.y {
		t.Error("the page has moved")
	}
	h.come(300, 500)
	h.event(pointer.KindMouse, pointer.Down, 300, 500)
	h.event(pointer.KindMouse, pointer.Up, 300, 500)
	h.at += time.Second
	for _, g := range h.input.reader.Tick(h.at) {
		h.gestured(g)
	}
	h.want("after a tap beside", -1, -1)
	zoom := h.Zoom()
	h.come(320, 210)
	for range 2 {
		h.event(pointer.KindMouse, pointer.Down, 320, 210)
		h.event(pointer.KindMouse, pointer.Up, 320, 210)
	}
	h.want("a double click", 6, 6)
	if h.Zoom() != zoom {
		t.Error("a double click on a word changes the size")
	}
}

// Fingers go on turning, moving and magnifying the page, also those that the system passes on as a mouse.
func TestFingersDoNotChooseByMoving(t *testing.T) {
	h := newHand(t)
	turned := 0
	h.OnTurn = func(int) { turned++ }
	for _, kind := range []pointer.Kind{pointer.KindFinger, pointer.KindMouse} {
		turned = 0
		if kind == pointer.KindMouse { // a finger's places are far from one another
			h.event(kind, pointer.Hover, 500, 700)
			h.event(kind, pointer.Hover, 410, 110)
		}
		h.drag(kind, 410, 110, 110, 110)
		h.want("after a swipe", -1, -1)
		if turned != 1 {
			t.Errorf("a swipe of kind %d turned %d times", kind, turned)
		}
	}
	zoom := h.Zoom()
	h.at += time.Second
	for range 2 {
		h.event(pointer.KindFinger, pointer.Down, 120, 110)
		h.event(pointer.KindFinger, pointer.Up, 120, 110)
	}
	h.want("after a double tap", -1, -1)
	if h.Zoom() == zoom {
		t.Error("a double tap does not magnify any more")
	}
}

func TestChooseWithAFinger(t *testing.T) {
	h := newHand(t)
	h.hold(pointer.KindFinger, 210, 110)
	h.want("held", 1, 1)
	h.event(pointer.KindFinger, pointer.Move, 330, 210)
	h.want("and moved on", 1, 6)
	h.event(pointer.KindFinger, pointer.Up, 330, 210)
	h.event(pointer.KindFinger, pointer.Move, 110, 110)
	h.want("let go", 1, 6)

	end := h.handlePlaces()[1]
	x, y := h.PagePoint(end)
	h.drag(pointer.KindFinger, x, y, 180+(x-380), y+100)
	h.want("the end's handle", 1, 8)
	end = h.handlePlaces()[0]
	x, y = h.PagePoint(end)
	h.drag(pointer.KindFinger, x, y, x+100, y)
	h.want("the beginning's handle", 2, 8)

	h.hold(pointer.KindFinger, 300, 600)
	h.want("held beside words: as before", 2, 8)
	h.event(pointer.KindFinger, pointer.Up, 300, 600)
	h.SetPage(2)
	h.SetWords(2, nil)
	h.want("another page", -1, -1)
	h.hold(pointer.KindFinger, 210, 110)
	h.want("no words", -1, -1)
}

// A press on a handle that is called off, and words that go while a finger chooses, leave nothing in hand.
func TestChoiceIsLetGo(t *testing.T) {
	h := newHand(t)
	h.hold(pointer.KindFinger, 210, 110)
	h.SetWords(1, nil)
	h.event(pointer.KindFinger, pointer.Move, 330, 210)
	h.event(pointer.KindFinger, pointer.Up, 330, 210)
	h.want("words that are gone", -1, -1)
	if h.choice.grip != noGrip {
		t.Error("the finger still chooses")
	}
}
