package screen

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/client/internal/ui/theme"
)

// leftHand is the screens of somebody who writes with the left hand.
func leftHand() Options {
	o := vi(1)
	o.Preferences.LeftHand = true
	return o
}

// The side column and the page buttons go to the other hand and back, without a new start; the choice is kept.
func TestLeftHand(t *testing.T) {
	var kept Preferences
	s := newStand(t, inside(), Options{Preferences: vi(1).Preferences, Keep: func(p Preferences) { kept = p }}, tablet)
	main, side := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	pair := beside(main, side, 300)
	row := handed(main, side)
	place := func() (columns, turns float32) {
		pair.Resize(fyne.NewSize(1000, 500))
		pair.Refresh()
		columns = side.Position().X - main.Position().X
		row = handed(main, side)
		row.Resize(fyne.NewSize(1000, 48))
		return columns, main.Position().X - side.Position().X
	}
	if c, turn := place(); c <= 0 || turn <= 0 {
		t.Fatalf("right hand: column %v, buttons %v", c, turn)
	}
	p := s.chosen
	p.LeftHand, p.Still = true, true
	s.prefer(p)
	if c, turn := place(); c >= 0 || turn >= 0 {
		t.Errorf("left hand: column %v, buttons %v", c, turn)
	}
	if !theme.Still() || !kept.LeftHand || !kept.Still {
		t.Errorf("still %t, kept %+v", theme.Still(), kept)
	}
	p.LeftHand = false
	s.prefer(p)
	if c, turn := place(); c <= 0 || turn <= 0 {
		t.Errorf("right hand again: column %v, buttons %v", c, turn)
	}
}
