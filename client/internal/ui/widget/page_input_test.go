package widget

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/pointer"
)

// On a device that stood still the second tap is heard late: it makes a double
// tap all the same. Where nothing comes, the single one counts a moment later.
func TestADoubleTapOnABusyDevice(t *testing.T) {
	for _, second := range []bool{true, false} {
		d := newDesk(t, newLarge(800, 600), fyne.NewSize(400, 300))
		in := &d.input
		tapped := 0
		d.OnTapped = func() { tapped++ }
		touch := func(phase pointer.Phase, at time.Duration) {
			in.feed([]pointer.Event{{ID: 1, Kind: pointer.KindFinger, Phase: phase, X: 200, Y: 150, At: at}})
		}
		from := in.now()
		touch(pointer.Down, from)
		touch(pointer.Up, from+40*time.Millisecond)
		in.timer.Stop()
		in.begin = in.begin.Add(-time.Second) // a second passes in which nothing is heard
		in.tick()
		if tapped != 0 {
			t.Fatal("taken for a single tap before what came meanwhile was heard")
		}
		if second {
			touch(pointer.Down, from+80*time.Millisecond)
			touch(pointer.Up, from+120*time.Millisecond)
			if tapped != 0 || d.geo.fit != FitFree {
				t.Errorf("%d taps, fit %v", tapped, d.geo.fit)
			}
			continue
		}
		d.until("the single tap is told", func() bool { return tapped == 1 })
	}
}
