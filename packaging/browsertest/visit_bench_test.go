package browsertest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// What a visit weighs and how long it takes until the client has drawn
// itself; how long until a page that the chair turns is on the screen.
// Each figure stands beside its ratio to what it should be at most. A slow
// device is this machine with a thread of a quarter of its pace. The times are
// the middle of some browsers, each at rest and alone before it is visited.
func BenchmarkVisits(b *testing.B) {
	h := open(b)
	h.chair()
	h.begin()
	all := h.pages()
	for b.Loop() {
		var took, slow [len(visitLimits)][]float64
		for range browsers {
			alone(b, h, func(browser context.Context) {
				for visit := range visitLimits {
					t := tab(b, browser, portrait)
					took[visit] = append(took[visit], t.visited(h))
					t.do("let the rest come", chromedp.Sleep(3*time.Second))
					report(b, t.wired()/1e3, "kB-"+visitNames[visit], visitLimits[visit].kB)
					t.leaves()
				}
			})
			alone(b, h, func(browser context.Context) {
				for visit := range visitLimits[:2] {
					t := tab(b, browser, portrait)
					send(t, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
					slow[visit] = append(slow[visit], t.visited(h))
					t.do("let the rest come", chromedp.Sleep(5*time.Second))
					t.leaves()
				}
			})
		}
		for visit, name := range visitNames {
			report(b, middle(took[visit]), "ms-"+name, visitLimits[visit].ms)
			if len(slow[visit]) > 0 {
				report(b, middle(slow[visit]), "ms-slow-device-"+name, 5000)
			}
		}
		alone(b, h, func(browser context.Context) {
			t := tab(b, browser, portrait)
			t.visit(h.front + "/")
			t.signIn(h.who("delegate"))
			t.goOn(all, 1)
			h.show(2)
			from := time.Now()
			t.reads(all, 2)
			report(b, float64(time.Since(from).Milliseconds()), "ms-turned", 1000)
			h.show(1)
		})
	}
}

// browsers is of how many browsers a time is the middle.
const browsers = 3

// alone starts a browser, waits until it has nothing to do, and ends it
// afterwards, so that it does not take its part of the next one's time.
func alone(b *testing.B, h *house, do func(browser context.Context)) {
	b.Helper()
	browser, end := started(b, chromium(b), chromedp.Flag("ignore-certificate-errors-spki-list", h.key()))
	defer end()
	time.Sleep(3 * time.Second)
	do(browser)
}

// visited is how many milliseconds the page takes to show the client.
func (b *tablet) visited(h *house) float64 {
	b.t.Helper()
	from := time.Now()
	b.visit(h.front + "/")
	return float64(time.Since(from).Milliseconds())
}

// middle is the median of some figures.
func middle(of []float64) float64 {
	of = slices.Sorted(slices.Values(of))
	return of[len(of)/2]
}

// leaves closes the tab: what one comes back to does not run beside it.
func (b *tablet) leaves() {
	b.t.Helper()
	if err := chromedp.Cancel(b.ctx); err != nil {
		b.t.Fatal(err)
	}
}

// report reports a figure, and how it stands to what it should be at most.
func report(b *testing.B, figure float64, unit string, limit float64) {
	b.Helper()
	b.ReportMetric(figure, unit)
	b.ReportMetric(figure/limit, unit+"/limit")
}

var visitNames = [len(visitLimits)]string{"first", "second", "third"}

// visitLimits are what a first, a second and a third visit may take.
var visitLimits = [3]struct{ ms, kB float64 }{{5000, 10_000}, {2000, 200}, {2000, 200}}

// wired is how many bytes have come over the wire.
func (b *tablet) wired() float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes
}
