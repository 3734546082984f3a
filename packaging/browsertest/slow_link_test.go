package browsertest

import (
	"testing"
	"time"
)

// A link like that of an old mobile network: 50 kB a second, and 300 ms there
// and back.
const (
	slowBytes = 50_000
	slowDelay = 150 * time.Millisecond
)

// Over a slow link the page that is presented comes before the rest of the
// documents, however far away it is, and the newest one before those that the
// presenter has left.
func TestASlowLink(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	b := tab(t, browse(t, h), phone)
	b.visit(h.front + "/")
	h.wire.narrow(slowBytes)
	h.wire.distance(slowDelay)
	b.signIn(h.who("delegate"))
	b.goOn(all, 1)
	for _, way := range [][]int{{9}, {3, 4, 5, 6, 10}} {
		from := time.Now()
		for _, to := range way {
			h.show(to)
		}
		b.reads(all, way[len(way)-1])
		t.Logf("%d turned at once: the last was shown after %v", len(way), time.Since(from).Round(100*time.Millisecond))
	}
	if n := b.keeps("pages", `-800$`); n >= 77 {
		t.Errorf("%d pages were fetched before the presented one", n)
	}
	b.keep("slow-link")
	h.wire.narrow(0)
	h.wire.distance(0)
	h.show(1)
	b.reads(all, 1)
	b.quiet()
}
