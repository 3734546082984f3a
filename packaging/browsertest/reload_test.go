package browsertest

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"phonghop/shared/protocol"
)

// again loads the page of a tab anew and waits until the client shows itself.
func (b *tablet) again() {
	b.t.Helper()
	b.do("load the page anew", chromedp.Navigate(value[string](b, `location.href`)))
	b.shownUp()
}

// settled waits until the browser can start the client without the network.
func (b *tablet) settled() {
	b.t.Helper()
	value[int](b, `navigator.serviceWorker.ready.then(r => { window.startable = r.active && r.active.state; if (r.active) r.active.onstatechange = () => { window.startable = r.active.state } }), 0`)
	b.until("the client's files are kept", func() bool { return value[bool](b, `window.startable === "activated"`) })
}

// keeps tells how many files the browser's database has whose names match.
func (b *tablet) keeps(part, pattern string) int {
	b.t.Helper()
	return b.counts(part, "getAllKeys", "k => /"+pattern+"/.test(k)")
}

// finds tells how many of the small files have a text in them.
func (b *tablet) finds(text string) int {
	b.t.Helper()
	return b.counts("small", "getAll", "d => new TextDecoder().decode(d).includes("+strconv.Quote(text)+")")
}

// outboxes counts the outboxes that are kept. A record begins with its seal and its name.
func (b *tablet) outboxes() int {
	b.t.Helper()
	return b.counts("small", "getAll", `d => new TextDecoder().decode(d.slice(36, 43)) === "outbox/"`)
}

// wished tells how many outboxes have the wish that a page is shown, which no
// server has taken. Others may wait beside it, as where somebody has read to.
func (b *tablet) wished(number int) int {
	b.t.Helper()
	return b.counts("small", "getAll", `d => { const t = new TextDecoder().decode(d.slice(36)), at = t.indexOf("{");
		return t.startsWith("outbox/") && JSON.parse(t.slice(at)).pending.some(p => !p.acked && p.stream.startsWith("item/") && p.body.kind === "page.show" && p.body.data.page === `+strconv.Itoa(number)+`) }`)
}

// wishKept waits until the wish that a page is shown is on the device.
func (b *tablet) wishKept(number int) {
	b.t.Helper()
	b.until("the wish is kept", func() bool { return b.wished(number) == 1 })
}

func (b *tablet) counts(part, get, which string) int {
	b.t.Helper()
	value[int](b, `(() => { window.counted = -1; const open = indexedDB.open("phonghop", 1);
		open.onsuccess = () => { const db = open.result, all = db.transaction("`+part+`").objectStore("`+part+`").`+get+`();
		all.onsuccess = () => { window.counted = all.result.filter(`+which+`).length; db.close(); }; };
		return 0; })()`)
	b.until("the database answers", func() bool { return value[bool](b, `window.counted >= 0`) })
	return value[int](b, `window.counted`)
}

// wishes counts the commands on agenda items that a tab sends, by their ids.
func (b *tablet) wishes() func() map[string]int {
	b.t.Helper()
	sent := map[string]int{}
	err := chromedp.Listen(b.ctx, func(e any) {
		frame, ok := e.(*network.EventWebSocketFrameSent)
		var m protocol.Message
		if !ok || json.Unmarshal(frame.Response.PayloadData, &m) != nil || m.Type != protocol.TypeCommand || !strings.HasPrefix(m.Stream, "item/") {
			return
		}
		b.mu.Lock()
		defer b.mu.Unlock()
		sent[m.Command]++
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return func() map[string]int {
		b.mu.Lock()
		defer b.mu.Unlock()
		out := map[string]int{}
		for id, n := range sent {
			out[id] = n
		}
		return out
	}
}

// turns goes to the next page by a key, and waits until it is there.
func (b *tablet) turns(all pages, number int) {
	b.t.Helper()
	b.until("a key turns the page", func() bool {
		n, _ := b.shown(all)
		if n != number-1 {
			return n == number
		}
		b.press(kb.ArrowRight)
		return b.led(func() bool { n, _ = b.shown(all); return n == number })
	})
}

// shownPage waits until the server knows that a page is presented.
func (h *house) shownPage(b *tablet, number int) {
	b.t.Helper()
	b.until("the server shows the page", func() bool { return h.state().Contents[h.item].Shown.Page == number })
}

// The presenter's tablet loses the network, turns the page, and loses its page
// in the browser, too: without the network it starts again at the same page;
// with it, the wish goes out once.
func TestATabletThatIsLoadedAnew(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	b := tab(t, browse(t, h), portrait)
	b.visit(h.front + "/")
	b.signIn(h.who("chair"))
	b.goOn(all, 1)
	b.settled()

	from := time.Now()
	b.again()
	b.reads(all, 1)
	t.Logf("loaded anew: at the page after %v", time.Since(from).Round(10*time.Millisecond))
	b.turns(all, 2)
	h.shownPage(b, 2)
	b.until("the documents are kept", func() bool { return b.keeps("pages", `-800$`) >= known })

	h.wire.set(true)
	b.turns(all, 3)
	b.wishKept(3)
	sent := b.wishes()
	from = time.Now()
	b.again()
	b.reads(all, 3)
	t.Logf("without the network: at the page after %v", time.Since(from).Round(10*time.Millisecond))
	b.keep("without-network")
	b.turns(all, 4)
	b.wishKept(4)
	if n := b.wished(3); n != 1 {
		t.Errorf("the first wish is kept %d times", n)
	}
	if n := len(sent()); n != 0 {
		t.Errorf("%d commands were sent to nobody", n)
	}
	h.wire.set(false)
	h.shownPage(b, 4)
	b.until("nothing waits any more", func() bool { return b.outboxes() == 0 })
	for id, n := range sent() {
		if n != 1 {
			t.Errorf("command %s was sent %d times", id, n)
		}
	}
	if n := len(sent()); n != 2 {
		t.Errorf("%d commands were sent, want 2", n)
	}
	b.quiet()
}

// full leaves an origin room for a few pages only.
func (b *tablet) full(origin string) {
	b.t.Helper()
	quota := 600_000.0
	send(b, storage.OverrideQuotaForOrigin, storage.OverrideQuotaForOriginParams{Origin: origin, QuotaSize: &quota})
}

// Two tabs of one person: what one of them wanted sent before it was closed
// is sent by the other.
func TestTwoTabs(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	browser := browse(t, h)
	one, two := tab(t, browser, portrait), tab(t, browser, portrait)
	front := func(b *tablet) { send(b, page.BringToFront, cdp.Empty{}) }
	front(one)
	one.visit(h.front + "/")
	one.signIn(h.who("chair"))
	one.goOn(all, 1)
	front(two)
	two.visit(h.front + "/")
	two.goOn(all, 1)
	two.until("the documents are kept", func() bool { return two.keeps("pages", `-800$`) >= known })
	sent := two.wishes()
	front(one)
	one.turns(all, 2)
	front(two)
	two.reads(all, 2)

	h.wire.set(true)
	front(one)
	one.turns(all, 3)
	one.wishKept(3)
	if err := chromedp.Cancel(one.ctx); err != nil {
		t.Fatal(err)
	}
	front(two)
	h.wire.set(false)
	h.shownPage(two, 3)
	two.reads(all, 3)
	two.until("nothing waits any more", func() bool { return two.outboxes() == 0 })
	if got := sent(); len(got) != 1 {
		t.Errorf("the other tab sent %v", got)
	}
	two.quiet()
}

// Browsers that keep little or nothing show the meeting all the same.
func TestBrowsersThatKeepLittle(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	try := func(t *testing.T, b *tablet) {
		t.Helper()
		h.t = t
		h.show(1)
		b.visit(h.front + "/")
		b.signIn(h.who("delegate"))
		b.goOn(all, 1)
		h.show(2)
		b.reads(all, 2)
		b.do("let the documents come", chromedp.Sleep(3*time.Second))
		b.keep(strings.ReplaceAll(t.Name(), "/", "-"))
		h.show(3)
		b.reads(all, 3)
		b.again()
		b.goOn(all, 3)
		b.quiet()
	}
	t.Run("refused", func(t *testing.T) {
		b := tab(t, browse(t, h), portrait)
		send(b, page.Enable, page.EnableParams{})
		send(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError") }; ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException("no", "SecurityError"))`})
		try(t, b)
	})
	t.Run("full", func(t *testing.T) {
		b := tab(t, browse(t, h), portrait)
		b.full(h.front)
		try(t, b)
	})
	t.Run("private", func(t *testing.T) {
		ctx, end := started(t, chromium(t), chromedp.Flag("ignore-certificate-errors-spki-list", h.key()), chromedp.Flag("incognito", true))
		t.Cleanup(end)
		try(t, tab(t, ctx, portrait))
	})
}
