package browsertest

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// tablet is a browser with one tab, as a device of a certain size.
type tablet struct {
	device
	t   testing.TB
	ctx context.Context

	mu    sync.Mutex
	said  []string
	bytes float64 // over the wire
}

// device is the size of a device's screen in CSS pixels, and its pixels for
// each of them.
type device struct {
	wide, high int64
	scale      float64
	agent      string // "" for a laptop, which has a mouse
	platform   string
}

// The devices of the tests. A Mac with fingers is what an iPad says it is.
var (
	landscape = device{1180, 820, 2, "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15", "MacIntel"}
	portrait  = device{800, 1280, 1, "Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36", "Linux armv8l"}
	phone     = device{360, 780, 3, "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36", "Linux armv8l"}
	laptop    = device{1366, 768, 1, "", ""}
)

// chromium finds the browser or skips the test.
func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("there is no Chromium here: apt-get install chromium")
	return ""
}

// browse starts a browser of its own, which trusts the house's key and ends
// with the test.
func browse(t testing.TB, h *house) context.Context {
	t.Helper()
	ctx, end := started(t, chromium(t), chromedp.Flag("ignore-certificate-errors-spki-list", h.key()))
	t.Cleanup(end)
	return ctx
}

// started starts a browser in a folder of its own.
func started(t testing.TB, program string, more ...chromedp.ExecAllocatorOption) (ctx context.Context, end func()) {
	t.Helper()
	return startedIn(t, program, t.TempDir(), more...)
}

// startedIn starts a browser in a folder, where it finds what it kept before.
func startedIn(t testing.TB, program, folder string, more ...chromedp.ExecAllocatorOption) (ctx context.Context, end func()) {
	t.Helper()
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append([]chromedp.ExecAllocatorOption{
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.Headless, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("use-gl", "angle"), chromedp.Flag("use-angle", "swiftshader"), chromedp.Flag("enable-unsafe-swiftshader", true),
		chromedp.Flag("hide-scrollbars", true), chromedp.Flag("disable-background-timer-throttling", true),
		chromedp.Flag("disable-backgrounding-occluded-windows", true), chromedp.Flag("disable-renderer-backgrounding", true),
		chromedp.UserDataDir(folder), chromedp.WSURLReadTimeout(2 * time.Minute),
	}, more...)...)
	ctx, cancel := chromedp.NewContext(allocator)
	end = sync.OnceFunc(func() {
		if err := chromedp.Cancel(ctx); err != nil { // asks the browser to end and waits for it
			t.Logf("end the browser: %v", err)
		}
		cancel()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		end()
		t.Fatalf("start the browser: %v", err)
	}
	return ctx, end
}

// tab opens a tab of the browser as a device.
func tab(t testing.TB, browser context.Context, d device) *tablet {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	b := &tablet{t: t, ctx: ctx, device: d}
	b.do("open a tab")
	if err := chromedp.Listen(ctx, b.listen); err != nil {
		t.Fatal(err)
	}
	send(b, network.Enable, network.EnableParams{})
	send(b, log.Enable, cdp.Empty{})
	send(b, runtime.Enable, cdp.Empty{})
	send(b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: d.wide, Height: d.high, DeviceScaleFactor: d.scale, Mobile: d.agent != ""})
	if d.agent != "" {
		send(b, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 10})
		send(b, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: d.agent, AcceptLanguage: "vi", Platform: d.platform})
	}
	return b
}

// send sends a command of the debugging protocol.
func send[P, R any](b *tablet, command cdp.Command[P, R], params P) R {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 3*time.Minute)
	defer cancel()
	out, err := chromedp.Call(ctx, command, params)
	if err != nil {
		b.t.Fatalf("%s: %v; the page said %q", command.Method, err, b.console())
	}
	return out
}

func (b *tablet) listen(e any) {
	var text string
	switch e := e.(type) {
	case *runtime.EventConsoleAPICalled:
		text = string(e.Type) + ":"
		for _, a := range e.Args {
			text += " " + string(a.Value) + a.Description
		}
	case *runtime.EventExceptionThrown:
		text = "exception: " + e.ExceptionDetails.Text
	case *log.EventEntryAdded:
		text = string(e.Entry.Level) + " of the browser: " + e.Entry.Text + " " + e.Entry.URL
	case *network.EventLoadingFinished:
		b.mu.Lock()
		b.bytes += e.EncodedDataLength
		b.mu.Unlock()
		return
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.said = append(b.said, text)
}

// console is what the page has said since the last call.
func (b *tablet) console() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := b.said
	b.said = nil
	return said
}

func (b *tablet) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if what == "open a tab" { // the tab lives as long as this context
		if err := chromedp.Do(b.ctx); err != nil {
			b.t.Fatal(err)
		}
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, 3*time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("%s: %v; the page said %q", what, err, b.console())
	}
}

// value is what an expression of the page says.
func value[T any](b *tablet, expression string) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 3*time.Minute)
	defer cancel()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.t.Fatalf("%s: %v; the page said %q", expression, err, b.console())
	}
	return out
}

// visit opens an address and waits until the client has drawn itself.
func (b *tablet) visit(url string) {
	b.t.Helper()
	b.do("open "+url, chromedp.Navigate(url))
	b.until("the client shows itself", func() bool {
		return value[bool](b, `!!document.querySelector("#boot.gone")`)
	})
}

// patience is how long something may take that a person waits for: far longer
// than it does, for a machine that has other things to do.
var patience = 2 * time.Minute

// until waits for a condition of the page, which each frame may bring about.
func (b *tablet) until(what string, is func() bool) {
	b.t.Helper()
	deadline := time.Now().Add(patience)
	for !is() {
		if time.Now().After(deadline) {
			b.keep("not-" + what)
			b.t.Fatalf("%s: not within %v; the page said %q", what, patience, b.console())
		}
		b.do("let time pass", chromedp.Sleep(100*time.Millisecond))
	}
}

// look is a picture of the screen, one pixel for each CSS pixel or more.
func (b *tablet) look() image.Image {
	b.t.Helper()
	shot := send(b, page.CaptureScreenshot, page.CaptureScreenshotParams{Format: page.CaptureScreenshotFormatPng})
	img, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		b.t.Fatal(err)
	}
	return img
}

// keep keeps a picture for a person to look at, where one is wanted.
func (b *tablet) keep(name string) {
	b.t.Helper()
	folder := os.Getenv("PHONGHOP_PICTURES")
	if folder == "" {
		return
	}
	var out bytes.Buffer
	if err := png.Encode(&out, b.look()); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name+".png"), out.Bytes(), 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// point is a place in CSS pixels.
type point struct{ x, y float64 }

// press types keys as a keyboard does.
func (b *tablet) press(keys string) {
	b.t.Helper()
	b.do("press keys", chromedp.KeyEvent(keys))
}

// fingers sends a touch event with all fingers that are down.
func (b *tablet) fingers(kind input.DispatchTouchEventType, at ...point) {
	b.t.Helper()
	points := []*input.TouchPoint{}
	for i, p := range at {
		id := float64(i)
		points = append(points, &input.TouchPoint{X: p.x, Y: p.y, ID: &id})
	}
	send(b, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: points})
}

// tap touches a place for a moment.
func (b *tablet) tap(x, y float64) {
	b.t.Helper()
	b.fingers(input.DispatchTouchEventTypeTouchStart, point{x, y})
	b.do("hold", chromedp.Sleep(60*time.Millisecond))
	b.fingers(input.DispatchTouchEventTypeTouchEnd)
}

// arrived lets the client take in what was done: it draws some frames, however
// long a busy machine needs for them.
func (b *tablet) arrived() {
	b.t.Helper()
	value[int](b, `(() => { window.toDraw = 12; const drawn = () => { if (--window.toDraw > 0) requestAnimationFrame(drawn) }; requestAnimationFrame(drawn); return 0 })()`)
	b.do("let it arrive", chromedp.Sleep(400*time.Millisecond))
	b.until("frames are drawn", func() bool { return value[int](b, `window.toDraw`) <= 0 })
}

// again is after how long something is done once more that nothing came of. A
// busy machine is slow, but it seldom loses a key: what is done anew too early
// is done twice.
const again = 20 * time.Second

// led waits for what is to come of something that was just done, and reports
// whether it came before it should be done again.
func (b *tablet) led(to func() bool) bool {
	b.t.Helper()
	for deadline := time.Now().Add(again); time.Now().Before(deadline); {
		if to() {
			return true
		}
		b.do("let time pass", chromedp.Sleep(100*time.Millisecond))
	}
	return false
}

// doubleTap touches a place twice, as fast as a finger does: the second touch
// does not wait for a busy page to have taken in the first.
func (b *tablet) doubleTap(x, y float64) {
	b.t.Helper()
	id := 0.0
	down := input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: x, Y: y, ID: &id}}}
	up := input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}}
	ctx, cancel := context.WithTimeout(b.ctx, 3*time.Minute)
	defer cancel()
	errs := make(chan error, 4)
	from := time.Now()
	for i, p := range []input.DispatchTouchEventParams{down, up, down, up} {
		p.Timestamp = input.TimeSinceEpoch(from.Add(time.Duration(i)*40*time.Millisecond).UnixMicro()) / 1e6
		go func() {
			_, err := chromedp.Call(ctx, input.DispatchTouchEvent, p)
			errs <- err
		}()
		time.Sleep(40 * time.Millisecond)
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			b.t.Fatalf("tap twice: %v", err)
		}
	}
}

// drag moves fingers, each on a straight line, in so many steps of a frame.
func (b *tablet) drag(steps int, lines ...[2]point) {
	b.t.Helper()
	at := func(part float64) (all []point) {
		for _, l := range lines {
			all = append(all, point{l[0].x + (l[1].x-l[0].x)*part, l[0].y + (l[1].y-l[0].y)*part})
		}
		return all
	}
	b.fingers(input.DispatchTouchEventTypeTouchStart, at(0)...)
	for i := 1; i <= steps; i++ {
		b.fingers(input.DispatchTouchEventTypeTouchMove, at(float64(i)/float64(steps))...)
		b.do("a frame", chromedp.Sleep(16*time.Millisecond))
	}
	b.fingers(input.DispatchTouchEventTypeTouchEnd)
}
