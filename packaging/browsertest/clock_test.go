package browsertest

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// wrongBy has the clock of a tab's pages go wrong.
func (b *tablet) wrongBy(by time.Duration) {
	b.t.Helper()
	b.before(`(() => { const Right = Date, by = ` + strconv.FormatInt(by.Milliseconds(), 10) + `;
		window.Date = class extends Right {
			constructor(...given) { if (given.length) super(...given); else super(Right.now() + by); }
			static now() { return Right.now() + by; }
		}; })()`)
}

// A tablet whose clock is wrong by a year takes part like any other: it signs
// in, reads along, comes back after the network was away, and votes.
func TestAClockThatIsWrongByAYear(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	electors := h.all("delegate")[:2]
	const year = 365 * 24 * time.Hour
	late, early := tab(t, browse(t, h), portrait), tab(t, browse(t, h), landscape)
	for i, b := range []*tablet{late, early} {
		b.wrongBy([]time.Duration{-year, year}[i])
		b.visit(h.front + "/")
		if at := value[int64](b, `new Date().getFullYear()`) - int64(time.Now().Year()); at == 0 {
			t.Fatal("the clock is right")
		}
		b.signIn(electors[i])
		b.goOn(all, 1)
	}
	h.wire.set(true)
	h.show(2)
	late.do("let the browsers see it", chromedp.Sleep(time.Second))
	h.wire.set(false)
	late.reads(all, 2)
	early.reads(all, 2)
	h.pose("v1", electors)
	late.casts("clock-late", func() bool { return h.taken("v1") == 1 })
	early.casts("clock-early", func() bool { return h.taken("v1") == 2 })
	late.quiet()
	early.quiet()
}

// A server with another key, which the browser does not trust, takes the place
// of the room's while a tab is open: it gets nothing, the tab keeps what it has
// and what waits, and goes on as soon as the room's own server answers.
func TestAServerWithAnotherKey(t *testing.T) {
	h, b, all := presents(t)
	other := open(t)
	if other.key() == h.key() {
		t.Fatal("both servers have one key")
	}
	own := h.url
	h.wire.set(true)
	b.turns(all, 2)
	b.wishKept(2)
	h.leadTo(other.url)
	h.wire.set(false)
	b.do("let the tab try", chromedp.Sleep(5*time.Second))
	b.calm()
	b.keep("another-key")
	b.again() // what the browser keeps starts all the same
	b.reads(all, 2)
	b.keep("another-key-again")
	if n := b.wished(2); n != 1 {
		t.Errorf("%d outboxes have the wish, want one", n)
	}
	if said := strings.Join(b.console(), "\n"); !strings.Contains(said, "ERR_CERT") {
		t.Errorf("the browser did not refuse the other server: %s", said)
	}
	h.wire.set(true) // whoever held on to the other server
	h.leadTo(own)
	h.wire.set(false)
	h.sent(b, all, 2)
}
