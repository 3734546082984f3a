package browsertest

import (
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// What a visit weighs and how long it takes until the client has drawn
// itself; how long until a page that the chair turns is on the screen.
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
			b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms-"+name)
			t.do("let the rest come", chromedp.Sleep(3*time.Second))
			b.ReportMetric(t.wired()/1e3, "kB-"+name)
			if visit < 2 {
				continue
			}
			t.signIn(h.who("delegate"))
			t.goOn(all, 1)
			h.show(2)
			from = time.Now()
			t.reads(all, 2)
			b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms-turned")
			h.show(1)
		}
		slow := tab(b, browser, portrait)
		send(slow, emulation.SetCPUThrottlingRate, emulation.SetCPUThrottlingRateParams{Rate: 4})
		from := time.Now()
		slow.visit(h.front + "/")
		b.ReportMetric(float64(time.Since(from).Milliseconds()), "ms-slow-device")
	}
}

// wired is how many bytes have come over the wire.
func (b *tablet) wired() float64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes
}
