package browsertest

import (
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// before runs a script in the tab's pages before their own.
func (b *tablet) before(script string) {
	b.t.Helper()
	send(b, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
}

func (b *tablet) text(selector string) string {
	b.t.Helper()
	return value[string](b, `(document.querySelector("`+selector+`")||{}).textContent||""`)
}

// seen tells whether an element is shown.
func (b *tablet) seen(selector string) bool {
	b.t.Helper()
	return value[bool](b, `((e) => !!e && e.getClientRects().length > 0)(document.querySelector("`+selector+`"))`)
}

// A browser that cannot run the client says why, and leads to what works.
func TestABrowserThatCannotRunTheClient(t *testing.T) {
	h := open(t)
	browser := browse(t, h)
	wrongAnswer := `const real = window.fetch; window.fetch = (to, o) => String(to).includes(".wasm")
		? Promise.resolve(new Response("<html>sign in</html>", {headers: {"Content-Type": "text/html"}})) : real(to, o);`
	// The program is there before anybody has looked for graphics.
	lateWorker := `window.Worker = function () { this.terminate = () => {} }; HTMLCanvasElement.prototype.getContext = () => null`
	for name, x := range map[string]struct {
		script, says string
		ways         []string
	}{
		"no WebAssembly":           {`delete window.WebAssembly`, "quá cũ", []string{"#boot-plain", "#boot-help"}},
		"no WebGL":                 {`HTMLCanvasElement.prototype.getContext = () => null`, "WebGL", []string{"#boot-plain", "#boot-help"}},
		"no WebGL that comes late": {lateWorker, "WebGL", []string{"#boot-plain", "#boot-help"}},
		"no WebGL at all":          {`delete window.WebGLRenderingContext; HTMLCanvasElement.prototype.getContext = () => null`, "WebGL", []string{"#boot-plain", "#boot-help"}},
		"another answer":           {wrongAnswer, "đăng nhập mạng", []string{"#boot-again", "#boot-help"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := tab(t, browser, phone)
			b.before(x.script)
			b.do("visit", chromedp.Navigate(h.front+"/"))
			b.until("the page says why", func() bool { return strings.Contains(b.text("#boot-text"), x.says) })
			b.do("let what was under way come", chromedp.Sleep(2*time.Second))
			if said := b.text("#boot-text"); !strings.Contains(said, x.says) || !b.seen("#boot-text") {
				t.Errorf("the page says no longer why, but %q", said)
			}
			b.keep("cannot-" + strings.ReplaceAll(name, " ", "-"))
			for _, way := range x.ways {
				if b.text(way) == "" {
					t.Errorf("%s is not offered", way)
				}
			}
			if x.ways[0] != "#boot-plain" {
				return
			}
			b.console() // a program that came before the page had looked for graphics has ended for want of them
			b.do("read plainly", chromedp.Navigate(h.front+value[string](b, `document.querySelector("#boot-plain").getAttribute("href")`)))
			b.readsPlainly(h)
		})
	}
}

// A browser without graphics says so while the program is still on its way, and fetches no more of it.
func TestABrowserWithoutGraphics(t *testing.T) {
	h := open(t)
	browser, end := started(t, chromium(t), chromedp.Flag("ignore-certificate-errors-spki-list", h.key()), chromedp.Flag("disable-3d-apis", true))
	t.Cleanup(end)
	b := tab(t, browser, phone)
	h.wire.narrow(300_000)
	b.do("visit", chromedp.Navigate(h.front+"/"))
	b.until("the page says why", func() bool { return strings.Contains(b.text("#boot-text"), "WebGL") })
	h.wire.narrow(0)
	b.do("let what was under way come", chromedp.Sleep(2*time.Second))
	if b.text("#boot-plain") == "" || value[bool](b, `performance.getEntriesByName("phonghop-fetched").length > 0`) {
		t.Error("the program came all the same, or there is no way to read")
	}
	b.quiet()
}

// readsPlainly signs in and reads with forms and links alone.
func (b *tablet) readsPlainly(h *house) {
	b.t.Helper()
	p := h.who("delegate")
	b.until("names are there", func() bool { return value[int](b, `document.querySelectorAll("#person option").length`) > 3 })
	b.keep("plain-door")
	value[bool](b, `(() => { document.getElementById("person").value = "`+p.ID+`"; document.getElementById("pin").value = "`+p.PIN+`"; document.querySelector("form button").click(); return true })()`)
	b.until("meetings are listed", func() bool { return value[bool](b, `!!document.querySelector("li a[href^='/read/']")`) })
	b.keep("plain-meetings")
	for _, step := range []string{`document.querySelector("li a[href^='/read/']")`, `document.querySelector("li a[href*='/read/'][href*='/i']")||document.querySelector("li a")`} {
		value[bool](b, `(() => { (`+step+`).click(); return true })()`)
		b.do("let the page come", chromedp.Sleep(time.Second))
		b.keep("plain-step")
	}
	b.until("the page's picture is drawn", func() bool {
		return value[bool](b, `(i => !!i && i.complete && i.naturalWidth > 100)(document.querySelector("img.sheet"))`)
	})
	b.keep("plain-page")
	b.quiet()
	b.do("leave", chromedp.Navigate(h.front+"/read"))
	value[bool](b, `(() => { document.querySelector("form button").click(); return true })()`)
	b.until("signed out", func() bool { return value[bool](b, `!!document.getElementById("pin")`) })
}

// A download that breaks off says so and begins again by itself.
func TestADownloadThatBreaksOff(t *testing.T) {
	h := open(t)
	b := tab(t, browse(t, h), portrait)
	h.wire.narrow(600_000)
	b.do("visit", chromedp.Navigate(h.front+"/"))
	b.until("a part has come", func() bool { return value[float64](b, `document.getElementById("boot-progress").value`) > 0.2 })
	if said := b.text("#boot-text"); !strings.Contains(said, "%") || !strings.Contains(said, "MB") {
		t.Errorf("how far it has come is not said: %q", said)
	}
	b.keep("progress")
	h.wire.set(true)
	b.until("the page says that it tries again", func() bool { return strings.Contains(b.text("#boot-text"), "Đang tự tải lại") })
	b.keep("broken-off")
	h.wire.narrow(0)
	h.wire.set(false)
	b.shownUp()
	b.quiet()
}

// The room's authority, once installed, makes a browser trust the room
// without any switch.
func TestAnInstalledAuthorityIsTrusted(t *testing.T) {
	if _, err := exec.LookPath("certutil"); err != nil {
		t.Skip("there is no certutil here: apt-get install libnss3-tools")
	}
	h := open(t)
	name := h.roomName()
	for _, installed := range []bool{false, true} {
		home := t.TempDir()
		t.Setenv("HOME", home)
		t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
		t.Setenv("XDG_DATA_HOME", filepath.Join(home, "data"))
		if installed {
			install(t, home, h.fetch("/authority.pem"))
		}
		ctx, end := started(t, chromium(t))
		b := tab(t, ctx, laptop)
		opened, cancel := context.WithTimeout(b.ctx, time.Minute)
		err := chromedp.Do(opened, chromedp.Navigate(h.url+"/join"))
		cancel()
		trusted := err == nil && value[string](b, `document.title`) == name
		if trusted != installed {
			t.Errorf("authority installed: %v; the room is trusted: %v (%v)", installed, trusted, err)
		}
		if installed {
			b.keep("join")
			b.do("help", chromedp.Navigate(h.url+"/help"))
			b.keep("help")
			b.visit(h.url + "/")
			if !value[bool](b, `isSecureContext`) {
				t.Error("the page is not in a secure context")
			}
			b.quiet()
			helped := tab(t, ctx, portrait)
			helped.do("help on a tablet", chromedp.Navigate(h.url+"/help"))
			helped.keep("help-tablet")
		}
		end()
	}
}

// install does what the help page says for Linux.
func install(t *testing.T, home string, authority []byte) {
	t.Helper()
	file, db := filepath.Join(home, "phonghop.crt"), filepath.Join(home, ".pki", "nssdb")
	if err := os.MkdirAll(db, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, authority, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"-d", "sql:" + db, "-N", "--empty-password"}, {"-d", "sql:" + db, "-A", "-t", "C,,", "-n", "phonghop", "-i", file}} {
		if out, err := exec.Command("certutil", args...).CombinedOutput(); err != nil {
			t.Fatalf("certutil %v: %v\n%s", args, err, out)
		}
	}
}

func (h *house) fetch(path string) []byte {
	h.t.Helper()
	var data []byte
	h.call("GET", path, nil, &data)
	return data
}

func (h *house) roomName() string {
	h.t.Helper()
	var room struct{ Name string }
	h.call("GET", "/v1/room", nil, &room)
	return room.Name
}

// The keyboard of an iPad opens only for what happens while a finger is on the
// screen or lifts: the page's input gets the focus then.
func TestTheKeyboardIsAskedForWithinTheTouch(t *testing.T) {
	h := open(t)
	b := tab(t, browse(t, h), landscape)
	b.before(`window.asked = []; const focus = HTMLElement.prototype.focus;
		HTMLElement.prototype.focus = function (o) { if (this.id.startsWith("keyboard")) window.asked.push(window.event ? window.event.type : ""); return focus.call(this, o); }`)
	b.visit(h.front + "/")
	b.until("the field for the name is there", func() bool {
		y, ok := b.firstWhite(b.look())
		if !ok {
			return false
		}
		b.fingers(input.DispatchTouchEventTypeTouchStart, point{float64(b.wide) / 2, y + 20})
		b.do("let the toolkit hear of the finger", chromedp.Sleep(time.Second))
		b.fingers(input.DispatchTouchEventTypeTouchEnd)
		return value[bool](b, `document.getElementById("keyboard").className === "open"`)
	})
	if asked := value[string](b, `window.asked.join(" ")`); !strings.Contains(asked, "touchend") {
		t.Errorf("the focus was given at %q only", asked)
	}
	if !value[bool](b, `document.activeElement === document.getElementById("keyboard")`) {
		t.Error("the input has no focus")
	}
	b.write("Nguyễn")
	b.until("what was written stands in the field", func() bool { return value[string](b, `document.getElementById("keyboard").value`) == "Nguyễn" })
	b.quiet()
}

// Over a port without encryption a delegate signs in and reads; every screen
// says what the connection is.
func TestReadingInClear(t *testing.T) {
	h := open(t, "--http", "127.0.0.1:0")
	if h.clear == "" {
		t.Fatal("the server does not listen without encryption")
	}
	h.chair()
	h.begin()
	all := h.pages()
	b := tab(t, browse(t, h), portrait)
	b.visit(h.clear + "/")
	b.keep("clear-names")
	b.signIn(h.who("delegate"))
	b.goOn(all, 1)
	b.keep("clear-page")
	h.show(3)
	b.reads(all, 3)
	if value[string](b, `document.cookie`) != "" {
		t.Error("a script sees the cookie")
	}
	b.visit(h.clear + "/") // the cookie lasts
	b.goOn(all, 3)
	b.quiet()
	resp, err := http.Get(h.clear + "/healthz") //nolint:noctx // once, at the end
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if body, err := io.ReadAll(resp.Body); err != nil || len(body) == 0 {
		t.Errorf("%s %v", body, err)
	}
}
