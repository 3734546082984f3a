package browsertest

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/serviceworker"
	"github.com/chromedp/chromedp"
)

// swap says which files of the sources are others in a build, by their places.
type swap map[string]string

// put has a file of the project be another one.
func (s swap) put(t *testing.T, place, other string) {
	t.Helper()
	from, err := filepath.Abs(filepath.Join("..", "..", place))
	if err != nil {
		t.Fatal(err)
	}
	s[from] = other
}

// flag is what tells the compiler of it.
func (s swap) flag(t *testing.T) string {
	t.Helper()
	data, err := json.Marshal(map[string]swap{"Replace": s})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "swap.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return "-overlay=" + file
}

// server builds a server of the swapped sources.
func (s swap) server(t *testing.T) (program string) {
	t.Helper()
	program = filepath.Join(t.TempDir(), "phonghop-server")
	cmd := exec.Command("go", "build", "-trimpath", s.flag(t), "-o", program, "phonghop/server") //nolint:gosec // a fixed program
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build another server: %v\n%s", err, out)
	}
	return program
}

// clientFrom takes the client for browsers from a folder.
func (s swap) clientFrom(t *testing.T, folder string) {
	t.Helper()
	for _, name := range []string{"phonghop.wasm.br", "phonghop.wasm.gz", "wasm_exec.js", "built.json"} {
		s.put(t, "server/internal/browser/files/"+name, filepath.Join(folder, name))
	}
}

// otherClient is the client for browsers with other bytes, which do the same.
func otherClient(t *testing.T) (folder string) {
	t.Helper()
	packed, err := os.Open(filepath.Join(embedded, "phonghop.wasm.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = packed.Close() }()
	unpacked, err := gzip.NewReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	program, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	program = append(program, "\x00\x06\x05other"...) // a part of a program that nobody reads
	runtime, err := os.ReadFile(filepath.Join(embedded, "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	var br, gz bytes.Buffer
	quick, err := gzip.NewWriterLevel(&gz, gzip.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []io.WriteCloser{brotli.NewWriterLevel(&br, 1), quick} {
		if _, err := w.Write(program); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	sum := sha256.Sum256(program)
	folder = t.TempDir()
	for name, data := range map[string][]byte{
		"phonghop.wasm.br": br.Bytes(), "phonghop.wasm.gz": gz.Bytes(), "wasm_exec.js": runtime,
		"built.json": []byte(`{"hash":"` + hex.EncodeToString(sum[:]) + `","bytes":` + strconv.Itoa(len(program)) + `}`),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// program is the address of the client that a tab runs.
func (b *tablet) program() string {
	b.t.Helper()
	return value[string](b, `document.body.dataset.program`)
}

// sets lists the complete sets of files that the browser keeps, one of each version.
func (b *tablet) sets() []string {
	b.t.Helper()
	value[int](b, `(() => { window.kept = null; caches.keys().then(all => { window.kept = all.filter(n => n.startsWith("phonghop-client-")) }); return 0 })()`)
	b.until("the caches answer", func() bool { return value[bool](b, `!!window.kept`) })
	return value[[]string](b, `window.kept`)
}

// replace stops the server, has the chair's tablet wish for a page meanwhile,
// and starts another server in the same place.
func (h *house) replace(b *tablet, all pages, page int, program string) {
	h.t.Helper()
	h.stop()
	b.turns(all, page)
	b.wishKept(page)
	h.serve(program, nil)
	h.leadTo(h.url)
}

// sent waits until the server shows the page that was wished for, and nothing waits.
func (h *house) sent(b *tablet, all pages, page int) {
	h.t.Helper()
	h.shownPage(b, page)
	b.reads(all, page)
	b.until("nothing waits any more", func() bool { return b.outboxes() == 0 })
}

// loads counts how often a tab loads its page, from now on.
func (b *tablet) loads() *atomic.Int32 {
	b.t.Helper()
	var n atomic.Int32
	send(b, page.Enable, page.EnableParams{})
	if err := chromedp.Listen(b.ctx, func(e any) {
		if at, ok := e.(*page.EventFrameNavigated); ok && at.Frame.ParentID == "" {
			n.Add(1)
		}
	}); err != nil {
		b.t.Fatal(err)
	}
	return &n
}

// presents opens a meeting whose chair presents with a browser that can start
// the client without the network.
func presents(t *testing.T) (*house, *tablet, pages) {
	t.Helper()
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	b := tab(t, browse(t, h), portrait)
	b.visit(h.front + "/")
	b.signIn(h.who("chair"))
	b.goOn(all, 1)
	b.settled()
	b.again() // with the worker
	b.reads(all, 1)
	return h, b, all
}

// renewed waits until the browser keeps the set of files of the client that
// runs, and no other, and starts with it without the network.
func (h *house) renewed(b *tablet, all pages, page int, before, old string) {
	h.t.Helper()
	var now string
	// A worker must not be stopped while it is about to take the place: it waits, or is done.
	b.until("the new client's files are there", func() bool {
		value[int](b, `navigator.serviceWorker.getRegistration().then(r => { window.waiting = !!r.waiting }), 0`)
		sets := b.sets()
		return len(sets) > 1 && value[bool](b, `!!window.waiting`) || !slices.Contains(sets, before)
	})
	// A browser that is looked into does not stop a worker that has nothing to do, and the next one waits for that.
	send(b, serviceworker.Enable, cdp.Empty{})
	send(b, serviceworker.StopAllWorkers, cdp.Empty{})
	b.until("one set of files is kept, a new one", func() bool {
		sets := b.sets()
		if len(sets) == 1 {
			now = sets[0]
		}
		return now != "" && now != before
	})
	running := b.program()
	if running == old {
		h.t.Errorf("the client that runs is still %s", old)
	}
	h.wire.set(true)
	b.again()
	b.reads(all, page)
	if is := b.program(); is != running {
		h.t.Errorf("without the network %s runs, not %s", is, running)
	}
	h.wire.set(false)
}

// A server with another client takes the old one's place: the tab that was
// open goes on and sends what waited; the page that is loaded next is the new
// client's, and nothing of the old one is kept.
func TestANewServerBringsANewClient(t *testing.T) {
	h, b, all := presents(t)
	other := swap{}
	other.clientFrom(t, otherClient(t))
	program := other.server(t)
	before, old, loads := b.sets(), b.program(), b.loads()
	if len(before) != 1 {
		t.Fatalf("the browser keeps %v", before)
	}
	h.replace(b, all, 2, program)
	h.sent(b, all, 2)
	if n := loads.Load(); n != 0 {
		t.Errorf("the page was loaded anew %d times in a reader's hands", n)
	}
	if b.program() != old {
		t.Error("the open page is another one")
	}
	b.again()
	b.reads(all, 2)
	b.turns(all, 3)
	h.sent(b, all, 3)
	h.renewed(b, all, 3, before[0], old)
	b.quiet()
}

// Where the network breaks off just as the client's files are to be kept, they
// are kept once it is back, without the page being loaded anew.
func TestTheFilesAreKeptOnABadNetwork(t *testing.T) {
	h := open(t)
	b := tab(t, browse(t, h), portrait)
	b.do("open the page", chromedp.Navigate(h.front+"/"))
	b.until("the program has come", func() bool {
		return value[bool](b, `performance.getEntriesByName("phonghop-fetched").length > 0`)
	})
	h.wire.set(true)
	b.shownUp()
	b.do("let the browser try", chromedp.Sleep(2*time.Second))
	if value[bool](b, `!!navigator.serviceWorker.controller`) {
		t.Error("the files were kept without the network")
	}
	h.wire.set(false)
	b.settled()
	if sets := b.sets(); len(sets) != 1 {
		t.Errorf("the browser keeps %v", sets)
	}
	b.quiet()
}

// A worker that the browser ended as it took another's place has left the
// other's files: they go when the page is loaded the next time.
func TestFilesThatWereLeftBehindGo(t *testing.T) {
	h := open(t)
	b := tab(t, browse(t, h), portrait)
	b.visit(h.front + "/")
	b.settled()
	b.again() // with the worker
	value[int](b, `(() => { window.planted = false; caches.open("phonghop-client-earlier").then(() => { window.planted = true }); return 0 })()`)
	b.until("the old files are there", func() bool { return value[bool](b, `window.planted`) })
	if sets := b.sets(); len(sets) != 2 {
		t.Fatalf("the browser keeps %v", sets)
	}
	b.again()
	b.until("the old files are gone", func() bool { return len(b.sets()) == 1 })
	if sets := b.sets(); sets[0] == "phonghop-client-earlier" {
		t.Errorf("the browser keeps %v", sets)
	}
	b.quiet()
}
