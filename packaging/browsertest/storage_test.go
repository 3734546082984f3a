package browsertest

import (
	"bytes"
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
go.argv = ["test", "-test.v", "-test.timeout=2m", "-rapid.nofailfile", "-rapid.checks=20"];
go.exit = code => { window.ended = code; };
WebAssembly.instantiateStreaming(fetch("test.wasm"), go.importObject).then(made => go.run(made.instance)).catch(e => { console.log(String(e)); window.ended = -1; });
</script>`

// What the client keeps in a browser passes the same tests as what it keeps on
// a disk: here they run in the browser.
func TestTheStoreInABrowser(t *testing.T) {
	program := chromium(t)
	folder := t.TempDir()
	build := exec.Command("go", "test", "-c", "-o", filepath.Join(folder, "test.wasm"), "phonghop/client/internal/cache")
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
	for name, data := range map[string][]byte{"wasm_exec.js": run, "index.html": []byte(testPage)} {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(http.FileServer(http.Dir(folder)))
	defer server.Close()
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
	if code := value[int](b, `window.ended`); code != 0 || passed < 10 {
		t.Errorf("ended with %d, %d tests passed:\n%s", code, passed, said.String())
	}
}
