package inkview

import (
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"golang.org/x/sys/unix"

	"phonghop/client/internal/pointer"
	"phonghop/shared/ink"
)

// frame is what the screen gives between two pictures at 60 Hz.
const frame = time.Second / 60

// cpu is the time that this thread has computed for so far. The caller stays on its thread.
func cpu(t testing.TB) time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &ts); err != nil {
		t.Fatal(err)
	}
	return time.Duration(ts.Nano())
}

// reportPoints tells the CPU time of points: the middle, one in a hundred, and that as a share of a frame.
func reportPoints(b *testing.B, all []time.Duration) {
	slices.Sort(all)
	p50, p99 := all[len(all)/2], all[(len(all)-1)*99/100]
	b.ReportMetric(float64(p50)/1e3, "p50-µs/point")
	b.ReportMetric(float64(p99)/1e3, "p99-µs/point")
	b.ReportMetric(100*float64(p99)/float64(frame), "p99-%-of-frame")
}

// BenchmarkPoint5000 is from a point of the pen to the objects of the canvas, on a page with 5,000 strokes; each stroke has 50
// points, the last of which puts it on the tiles.
func BenchmarkPoint5000(b *testing.B) {
	d := newDesk(b, fyne.NewSize(1180, 760))
	var all []time.Duration
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	i := 0
	for b.Loop() {
		if i%10_000 == 0 { // the page stays at 5,000 strokes and two hundred at most
			b.StopTimer()
			d.model.Private = ink.Layer{}
			for _, s := range many(b, 5000) {
				d.model.Private = d.model.Private.Apply(ink.StrokeAdded{Stroke: s}, "me", time.Time{})
			}
			d.Show(d.model)
			d.calm()
			d.until("tiles", func() bool { return !d.tiles.busy })
			b.StartTimer()
		}
		x, y := 100+float64(i%50)*6, 300+20*math.Sin(float64(i)/6)
		phase := pointer.Move
		switch i % 50 {
		case 0:
			phase = pointer.Down
		case 49:
			phase = pointer.Up
		}
		before := cpu(b)
		d.event(pointer.KindPen, phase, x, y)
		all = append(all, cpu(b)-before)
		i++
	}
	reportPoints(b, all)
}

// BenchmarkPointAfterTwoHours tells the CPU time of the points of the last minute of two hours of writing by ten people, and how
// it is to that of the first minute.
func BenchmarkPointAfterTwoHours(b *testing.B) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var first, last []time.Duration
	for b.Loop() {
		d := newDesk(b, fyne.NewSize(1180, 760))
		d.writeFor(0, longMinutes, func(minute int, feed func()) {
			before := cpu(b)
			feed()
			switch took := cpu(b) - before; minute {
			case 0:
				first = append(first, took)
			case longMinutes - 1:
				last = append(last, took)
			}
		})
	}
	b.ReportMetric(float64(part99(last))/float64(part99(first)), "last/first")
	reportPoints(b, last)
}
