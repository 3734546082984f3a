package browser

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

var program = bytes.Repeat([]byte("\x00asm a program "), 20_000)

// files is what the build makes of the program.
func files(t *testing.T) fstest.MapFS {
	t.Helper()
	var br, gz bytes.Buffer
	for _, w := range []io.WriteCloser{brotli.NewWriterLevel(&br, 4), gzip.NewWriter(&gz)} {
		if _, err := w.Write(program); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return fstest.MapFS{
		"built.json":       {Data: []byte(`{"hash":"` + strings.Repeat("ab", 32) + `","bytes":` + itoa(len(program)) + `}`)},
		"phonghop.wasm.br": {Data: br.Bytes()}, "phonghop.wasm.gz": {Data: gz.Bytes()},
		"wasm_exec.js": {Data: []byte("// runtime")},
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func opened(t *testing.T) *Client {
	t.Helper()
	c, err := read(files(t))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func get(c *Client, address string, header map[string]string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", address, nil)
	for k, v := range header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	if name, ok := strings.CutPrefix(address, Folder); ok {
		r.SetPathValue("file", name)
		if !c.File(w, r) {
			w.WriteHeader(http.StatusNotFound)
		}
	} else {
		c.Page(w, r, `Phòng "1" <b>`, map[string]string{"language.code": "vi", "browser.loading": "Đang tải"})
	}
	return w
}

func TestProgramComesAsTheBrowserTakesIt(t *testing.T) {
	c := opened(t)
	for accept, want := range map[string]string{
		"gzip, deflate, br, zstd": "br", "gzip, deflate": "gzip", "br;q=0, gzip;q=0.5": "gzip", "": "", "identity": "", "GZIP": "gzip",
		"br;q=x, gzip": "gzip", strings.Repeat("br,", 500): "",
	} {
		resp := get(c, c.program.address, map[string]string{"Accept-Encoding": accept})
		var body io.Reader = resp.Body
		switch resp.Header().Get("Content-Encoding") {
		case "br":
			body = brotli.NewReader(body)
		case "gzip":
			z, err := gzip.NewReader(body)
			if err != nil {
				t.Fatal(err)
			}
			body = z
		}
		data, err := io.ReadAll(body)
		if err != nil || !bytes.Equal(data, program) {
			t.Errorf("%.30q: %d bytes, %v", accept, len(data), err)
		}
		h := resp.Header()
		if got := h.Get("Content-Encoding"); got != want {
			t.Errorf("%.30q: encoding %q, want %q", accept, got, want)
		}
		if h.Get("Content-Type") != "application/wasm" || !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%.30q: %v", accept, h)
		}
		again := get(c, c.program.address, map[string]string{"Accept-Encoding": accept, "If-None-Match": h.Get("ETag")})
		if again.Code != http.StatusNotModified {
			t.Errorf("%.30q: asked again: %d", accept, again.Code)
		}
	}
}

// A download that broke off goes on where it was, in the same form, and only there.
func TestBrokenDownloadsGoOn(t *testing.T) {
	c := opened(t)
	whole := get(c, c.program.address, map[string]string{"Accept-Encoding": "br"})
	all, etag := whole.Body.Bytes(), whole.Header().Get("ETag")
	half := len(all) / 2
	for name, x := range map[string]struct {
		rang, same string
		status     int
		from, to   int
	}{
		"the rest":           {"bytes=" + itoa(half) + "-", etag, http.StatusPartialContent, half, len(all)},
		"without condition":  {"bytes=" + itoa(half) + "-", "", http.StatusPartialContent, half, len(all)},
		"a part":             {"bytes=3-9", etag, http.StatusPartialContent, 3, 10},
		"more than there is": {"bytes=3-999999999", etag, http.StatusPartialContent, 3, len(all)},
		"of another form":    {"bytes=3-", `"another"`, http.StatusOK, 0, len(all)},
		"beyond the end":     {"bytes=" + itoa(len(all)) + "-", etag, http.StatusOK, 0, len(all)},
		"from the end":       {"bytes=-5", etag, http.StatusOK, 0, len(all)},
		"backwards":          {"bytes=9-3", etag, http.StatusOK, 0, len(all)},
		"several":            {"bytes=0-1,5-6", etag, http.StatusOK, 0, len(all)},
		"nonsense":           {"bytes=x-y", etag, http.StatusOK, 0, len(all)},
	} {
		got := get(c, c.program.address, map[string]string{"Accept-Encoding": "br", "Range": x.rang, "If-Range": x.same})
		if got.Code != x.status || !bytes.Equal(got.Body.Bytes(), all[x.from:x.to]) || got.Header().Get("Content-Encoding") != "br" || got.Header().Get("ETag") != etag {
			t.Errorf("%s: %d, %d bytes, %v", name, got.Code, got.Body.Len(), got.Header())
		}
		if want := "bytes " + itoa(x.from) + "-" + itoa(x.to-1) + "/" + itoa(len(all)); x.status == http.StatusPartialContent && got.Header().Get("Content-Range") != want {
			t.Errorf("%s: %s, want %s", name, got.Header().Get("Content-Range"), want)
		}
	}
}

// Every address on the page leads to a file that is there, and so does every
// address in the manifest.
func TestPageNamesItsFiles(t *testing.T) {
	c := opened(t)
	page, err := io.ReadAll(get(c, "/", nil).Body)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := io.ReadAll(get(c, c.links, nil).Body)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`"(/client/[^"]+)"`).FindAllSubmatch(append(page, manifest...), -1)
	if len(found) < 9 {
		t.Fatalf("%d addresses in %s", len(found), page)
	}
	for _, f := range found {
		if resp := get(c, string(f[1]), nil); resp.Code != http.StatusOK {
			t.Errorf("%s: %d", f[1], resp.Code)
		}
	}
	if bytes.Contains(page, []byte("<b>")) || bytes.Contains(page, []byte("<style")) || regexp.MustCompile(`<script[^>]*>[^<]`).Match(page) {
		t.Errorf("the page has what is not its own:\n%s", page)
	}
}

func TestPageIsClosed(t *testing.T) {
	c := opened(t)
	resp := get(c, "/", map[string]string{"Host": "x"})
	h := resp.Header()
	policy := h.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "object-src 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	if strings.Contains(policy, "unsafe-inline") || strings.Contains(policy, "'unsafe-eval'") {
		t.Errorf("the policy lets strange scripts in: %s", policy)
	}
	if h.Get("Cross-Origin-Opener-Policy") != "same-origin" || h.Get("Cache-Control") != "no-cache" {
		t.Errorf("headers: %v", h)
	}
	if again := get(c, "/", map[string]string{"If-None-Match": h.Get("ETag")}); again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
}

func TestPolicyTakesPlainHostsOnly(t *testing.T) {
	for host, named := range map[string]bool{
		"phonghop.local": true, "192.168.1.10:8443": true, "[fe80::1]:8443": true,
		"": false, "a;script-src *": false, "a b": false, "a:123456": false, "*": false, "a,b": false,
	} {
		if got := strings.Contains(policy(host), "wss://"); got != named {
			t.Errorf("%q in the policy: %v", host, got)
		}
	}
}

func TestUnknownFiles(t *testing.T) {
	c := opened(t)
	for _, name := range []string{"", "phonghop.wasm", "../built.json", "phonghop-0000000000000000.wasm"} {
		r := httptest.NewRequest("GET", "/client/x", nil)
		r.SetPathValue("file", name)
		if c.File(httptest.NewRecorder(), r) {
			t.Errorf("%q is there", name)
		}
	}
}

func TestIncompleteBuilds(t *testing.T) {
	if _, err := read(fstest.MapFS{"README.md": {}}); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("not built: %v", err)
	}
	for name := range files(t) {
		f := files(t)
		f[name] = &fstest.MapFile{Data: []byte("{}")}
		if name == "built.json" {
			if _, err := read(f); err == nil {
				t.Error("a description of nothing was taken")
			}
		}
		delete(f, name)
		if _, err := read(f); err == nil || errors.Is(err, ErrNotBuilt) != (name == "built.json") {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// The worker keeps every file of the client and the page, and another client
// has another worker.
func TestTheWorkerKeepsOneWholeSet(t *testing.T) {
	c := opened(t)
	resp := get(c, Folder+worker, nil)
	script := resp.Body.String()
	h := resp.Header()
	if h.Get("Service-Worker-Allowed") != "/" || h.Get("Cache-Control") != "no-cache" || !strings.HasPrefix(h.Get("Content-Type"), "text/javascript") {
		t.Errorf("headers: %v", h)
	}
	for name := range c.files {
		if !strings.Contains(script, `"`+Folder+name+`"`) {
			t.Errorf("%s is not kept", name)
		}
	}
	if strings.Contains(script, "{{") || !strings.Contains(script, `"`+c.version+`"`) {
		t.Error("the script is not filled in")
	}
	page := get(c, "/", nil)
	if page.Header().Get("X-Phonghop-Client") != c.version || !strings.Contains(page.Body.String(), Folder+worker) {
		t.Error("the page does not say which version it is of, or names no worker")
	}
	if again := get(c, Folder+worker, map[string]string{"If-None-Match": h.Get("ETag")}); again.Code != http.StatusNotModified {
		t.Errorf("asked again: %d", again.Code)
	}
	for name, data := range map[string]string{"wasm_exec.js": "// another", "built.json": `{"hash":"` + strings.Repeat("cd", 32) + `","bytes":5}`} {
		f := files(t)
		f[name] = &fstest.MapFile{Data: []byte(data)}
		other, err := read(f)
		if err != nil {
			t.Fatal(err)
		}
		if other.version == c.version || bytes.Equal(other.worker, c.worker) {
			t.Errorf("another %s makes no other version", name)
		}
	}
}
