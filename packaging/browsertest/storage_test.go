package browsertest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// testPage runs a program of tests in a page and tells how it ended.
const testPage = `<!DOCTYPE html><meta charset="utf-8"><script src="wasm_exec.js"></script><script>
const go = new Go();
go.argv = ["test", "-test.v", "-test.timeout=2m"].concat(ARGUMENTS);
go.exit = code => { window.ended = code; };
WebAssembly.instantiateStreaming(fetch("test.wasm"), go.importObject).then(made => go.run(made.instance)).catch(e => { console.log(String(e)); window.ended = -1; });
</script>`

// What the client keeps in a browser passes the same tests as what it keeps on
// a disk: here they run in the browser.
func TestTheStoreInABrowser(t *testing.T) {
	testedInAPage(t, "phonghop/client/internal/cache", http.NotFoundHandler(), 10, "-rapid.nofailfile", "-rapid.checks=20")
}

// The client's requests go through the browser.
func TestRequestsInABrowser(t *testing.T) {
	testedInAPage(t, "phonghop/client/internal/session", answers(), 5, "-test.run=^TestBrowserFetch")
}

// Long work lets the browser hear fingers and draw.
func TestBreathsInABrowser(t *testing.T) {
	testedInAPage(t, "phonghop/client/internal/breath", http.NotFoundHandler(), 1)
}

// answers are what a server says to the tests of requests.
func answers() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/heard", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		cookie := ""
		if c, err := r.Cookie("who"); err == nil {
			cookie = c.Value
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"Method": r.Method, "Header": r.Header.Get("X-Header"), "Cookie": cookie, "Body": string(body)})
	})
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "5000000")
		_, _ = w.Write(bytes.Repeat([]byte("0123456789"), 500_000))
	})
	mux.HandleFunc("/missing", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		http.Error(w, "{}", http.StatusNotFound)
	})
	mux.HandleFunc("/nothing", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("/stalls", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "the beginning")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done() // until the browser has given up
	})
	mux.Handle("/elsewhere", http.RedirectHandler("/large", http.StatusFound))
	return mux
}

// testedInAPage runs a package's tests in a page, of which at least some have
// to pass. What is no file of the page is asked of the server's other part.
func testedInAPage(t *testing.T, tested string, other http.Handler, least int, arguments ...string) {
	t.Helper()
	program := chromium(t)
	folder := t.TempDir()
	build := exec.Command("go", "test", "-c", "-o", filepath.Join(folder, "test.wasm"), tested)
	build.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build the tests: %v\n%s", err, out)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	run, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		t.Fatal(err)
	}
	said, err := json.Marshal(arguments)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"wasm_exec.js": run, "index.html": []byte(strings.Replace(testPage, "ARGUMENTS", string(said), 1))} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mux := http.NewServeMux()
	mux.Handle("/", other)
	files := http.FileServer(http.Dir(folder))
	for _, name := range []string{"/{$}", "/wasm_exec.js", "/test.wasm"} {
		mux.Handle(name, files)
	}
	inAPage(t, program, mux, least)
}

// inAPage opens a page of tests and waits for their end.
func inAPage(t *testing.T, program string, page http.Handler, least int) {
	t.Helper()
	server := httptest.NewServer(page)
	t.Cleanup(server.Close)
	ctx, end := started(t, program)
	t.Cleanup(end)
	tab, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &tablet{t: t, ctx: tab, device: laptop}
	b.do("open a tab")
	if err := chromedp.Listen(tab, b.listen); err != nil {
		t.Fatal(err)
	}
	send(b, runtime.Enable, cdp.Empty{})
	b.do("run the tests", chromedp.Navigate(strings.Replace(server.URL, "127.0.0.1", "localhost", 1)+"/"))
	b.until("the tests have ended", func() bool { return value[bool](b, `window.ended !== undefined`) })
	var said bytes.Buffer
	passed := 0
	for _, line := range b.console() {
		said.WriteString(line + "\n")
		passed += strings.Count(line, "--- PASS")
	}
	if code := value[int](b, `window.ended`); code != 0 || passed < least {
		t.Errorf("ended with %d, %d tests passed:\n%s", code, passed, said.String())
	}
}
