package browsertest

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// What a visit weighs and how long it takes until the client has drawn
// itself; how long until a page that the chair turns is on the screen.
// Each figure stands beside its ratio to what it should be at most. A slow
// device is this machine with a thread of a quarter of its pace.
func BenchmarkVisits(b *testing.B) {
	h := open(b)
	h.chair()
	h.begin()
	all := h.pages()
	for b.Loop() {
		browser := browse(b, h)
		for visit, name := range []string{"first", "second", "third"} {
			t := tab(b, browser, portrait)
			from := time.Now()
			t.visit(h.front + "/")
			limit := visitLimits[visit]
			report(b, float64(time.Since(from).Milliseconds()), "ms-"+name, limit.ms)
			t.do("let the rest come", chromedp.Sleep(3*time.Second))
			report(b, t.wired()/1e3, "kB-"+name, limit.kB)
			if visit < 2 {
				t.leaves()
				continue
			}
			t.signIn(h.who("delegate"))
			t.goOn(all, 1)
			h.show(2)
			from = time.Now()
			t.reads(all, 2)
			report(b, float64(time.Since(from).Milliseconds()), "ms-turned", 1000)
			h.show(1)
		}
		slow := browse(b, h)
		for _, name := range []string{"first", "second"} {
			t := tab(b, slow, portrait)
			send(t, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
			from := time.Now()
			t.visit(h.front + "/")
			report(b, float64(time.Since(from).Milliseconds()), "ms-slow-device-"+name, 5000)
			t.do("let the rest come", chromedp.Sleep(5*time.Second))
			t.leaves()
		}
	}
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

// visitLimits are what a first, a second and a third visit may take.
var visitLimits = [3]struct{ ms, kB float64 }{{5000, 10_000}, {2000, 200}, {2000, 200}}

// wired is how many bytes have come over the wire.
func (b *tablet) wired() float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes
}
