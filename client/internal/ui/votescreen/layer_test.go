package votescreen

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
)

// A window forgets where a hidden object belongs, so that the ballot is
// never hidden, only empty; what is empty stays as it is.
func TestTheEmptyLayerIsNotHidden(t *testing.T) {
	d := &device{}
	b := NewBallot(d)
	empty := func(when string) {
		t.Helper()
		b.Refresh()
		if !b.Object().Visible() {
			t.Errorf("%s, the window forgets the layer", when)
		}
		if n := len(test.WidgetRenderer(b.layer).Objects()); n != 0 {
			t.Errorf("%s, %d things are in the way", when, n)
		}
	}
	test.NewTempApp(t)
	empty("before the first vote")
	d.views = []controller.BallotView{open()}
	b.Refresh()
	if !b.Asks() || len(test.WidgetRenderer(b.layer).Objects()) == 0 {
		t.Error("the vote does not show")
	}
	d.views = nil
	empty("after it")
}
