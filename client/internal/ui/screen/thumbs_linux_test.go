package screen

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"golang.org/x/sys/unix"

	"phonghop/client/internal/ui/mainthread"
)

// frame is what the screen gives between two pictures at 60 Hz.
const frame = time.Second / 60

// cpuOfThread is the time that this thread has computed for so far. The caller stays on its thread.
func cpuOfThread(t testing.TB) time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &ts); err != nil {
		t.Fatal(err)
	}
	return time.Duration(ts.Nano())
}

// BenchmarkThumbsScroll scrolls through the small pictures of all pages, faster than a hand does: the CPU time of a step on the main
// goroutine as a share of a frame, how many steps take longer than one, and how many pictures are kept of those that are allowed.
func BenchmarkThumbsScroll(b *testing.B) {
	for _, pages := range []int{1000, 5000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			app := test.NewApp()
			b.Cleanup(app.Quit)
			queue := make(chan func(), 1<<16)
			b.Cleanup(mainthread.Replace(func(f func()) { queue <- f }))
			w := test.NewWindow(nil)
			w.Resize(tablet)
			f := inside()
			f.doc.pages, f.reader.Pages = pages, pages
			s := New(f, w, vi(1))
			b.Cleanup(s.Close)
			r := newReader(s, "m")
			s.push(r)
			r.open(pagesPanel)
			g := r.pages.grid
			var all []time.Duration
			kept := 0
			for b.Loop() {
				for offset := float32(0); offset < 40*float32(pages) && len(all) < 4000; offset += 60 {
					began := cpuOfThread(b)
					g.ScrollToOffset(offset)
					for done := false; !done; {
						select {
						case f := <-queue:
							f()
						default:
							done = true
						}
					}
					all = append(all, cpuOfThread(b)-began)
					kept = max(kept, len(g.kept))
				}
			}
			slices.Sort(all)
			late := 0
			for _, d := range all {
				if d > frame {
					late++
				}
			}
			b.ReportMetric(100*float64(all[len(all)/2])/float64(frame), "p50-%-of-frame")
			b.ReportMetric(100*float64(all[(len(all)-1)*99/100])/float64(frame), "p99-%-of-frame")
			b.ReportMetric(100*float64(late)/float64(len(all)), "%-dropped")
			b.ReportMetric(float64(kept)/thumbsKept, "kept/bound")
		})
	}
}
