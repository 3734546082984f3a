package browsertest

import (
	"errors"
	"flag"
	"image"
	"image/color"
	"image/color/palette"
	"image/draw"
	"image/png"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

var update = flag.Bool("update", false, "write the pictures anew: look at them in full size before they are kept")

const (
	pictureWide = 720   // pixels of a kept picture
	clearly     = 60    // of 255, in one colour: a pixel that differs from all around its place
	mayDiffer   = 0.005 // share of the pixels: what another version of the browser or of a driver draws otherwise
	least       = 0.015 // share of the pixels by which two pictures of different screens differ at least
)

// plain is a picture whose pixels are read fast.
func plain(img image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

// small is a picture in the size in which pictures are kept: each pixel the
// mean of what lies below it.
func small(img image.Image) *image.RGBA {
	in := plain(img)
	size := in.Rect.Size()
	out := image.NewRGBA(image.Rect(0, 0, pictureWide, int(math.Round(float64(size.Y)*pictureWide/float64(size.X)))))
	for y := range out.Rect.Dy() {
		top, below := y*size.Y/out.Rect.Dy(), (y+1)*size.Y/out.Rect.Dy()
		for x := range out.Rect.Dx() {
			left, right := x*size.X/out.Rect.Dx(), (x+1)*size.X/out.Rect.Dx()
			var r, g, b, n int
			for v := top; v < below; v++ {
				for at := in.PixOffset(left, v); at < in.PixOffset(right, v); at += 4 {
					r, g, b, n = r+int(in.Pix[at]), g+int(in.Pix[at+1]), b+int(in.Pix[at+2]), n+1
				}
			}
			out.SetRGBA(x, y, color.RGBA{byte(r / n), byte(g / n), byte(b / n), 255}) //nolint:gosec // means of bytes
		}
	}
	return out
}

// differing is the share of pixels in which two pictures clearly differ; 1 for
// pictures of different sizes. A pixel may have moved by one.
func differing(kept, seen *image.RGBA) float64 {
	if kept.Bounds() != seen.Bounds() {
		return 1
	}
	near := func(x, y int) bool {
		for _, d := range [...]image.Point{{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}, {-1, -1}, {1, -1}, {-1, 1}, {1, 1}} {
			at := image.Pt(x, y).Add(d)
			if at.In(kept.Rect) && alike(kept.RGBAAt(at.X, at.Y), seen.RGBAAt(x, y)) {
				return true
			}
		}
		return false
	}
	n, size := 0, seen.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			if !near(x, y) {
				n++
			}
		}
	}
	return float64(n) / float64(size.X*size.Y)
}

func alike(a, b color.RGBA) bool {
	for _, d := range [...]int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		if d > clearly || d < -clearly {
			return false
		}
	}
	return true
}

func pictureOf(name string) string { return filepath.Join("testdata", name+".png") }

// keptPicture reads a picture that is kept.
func keptPicture(t testing.TB, name string) *image.RGBA {
	t.Helper()
	f, err := os.Open(pictureOf(name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("there is no picture %s: look at the screen, then -update", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return plain(img)
}

// looksLike waits until the screen looks like the picture that is kept of it.
func (b *tablet) looksLike(name string) {
	b.t.Helper()
	if *update {
		b.rests()
		b.keep(name)
		writePicture(b.t, pictureOf(name), small(b.look()))
		return
	}
	kept := keptPicture(b.t, name)
	for deadline := time.Now().Add(patience / 2); ; {
		share := differing(kept, small(b.look()))
		if share <= mayDiffer {
			b.t.Logf("%s: %.2f %% of the picture differs", name, share*100)
			b.keep(name)
			return
		}
		if time.Now().After(deadline) {
			b.keep("differs-" + name)
			b.t.Errorf("%s: %.2f %% of the picture differs, at most %.2f may", name, share*100, mayDiffer*100)
			return
		}
		b.do("let it be drawn", chromedp.Sleep(300*time.Millisecond))
	}
}

// rests waits until the screen has stood still for some seconds.
func (b *tablet) rests() {
	b.t.Helper()
	b.until("the screen rests", func() bool {
		before := b.calm()
		b.do("let it be drawn", chromedp.Sleep(3*time.Second))
		return changed(before, b.look()) == 0
	})
}

// writePicture keeps a picture in few colours.
func writePicture(t testing.TB, path string, img *image.RGBA) {
	t.Helper()
	few := image.NewPaletted(img.Bounds(), palette.Plan9)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			few.Set(x, y, img.At(x, y))
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path) //nolint:gosec // a name of this test
	if err != nil {
		t.Fatal(err)
	}
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, few)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestDiffering(t *testing.T) {
	a, b := image.NewRGBA(image.Rect(0, 0, 100, 100)), image.NewRGBA(image.Rect(0, 0, 100, 100))
	for y := 40; y < 50; y++ {
		for x := 40; x < 50; x++ {
			b.SetRGBA(x, y, color.RGBA{200, 200, 200, 255})
		}
	}
	if d := differing(a, a); d != 0 {
		t.Errorf("equal pictures differ by %v", d)
	}
	if d := differing(a, b); d != 0.01 {
		t.Errorf("a hundredth differs by %v", d)
	}
	if d := differing(a, image.NewRGBA(image.Rect(0, 0, 100, 99))); d != 1 {
		t.Errorf("another size differs by %v", d)
	}
}

// shots are the devices of which pictures are kept.
var shots = []struct {
	name string
	device
}{{"portrait", portrait}, {"landscape", landscape}, {"phone", phone}, {"laptop", laptop}}

// screens are the pictures of each of them.
var screens = []string{"join", "names", "reader", "ballot"}

// No screen passes for another: what is allowed to differ is far less than
// what does, between the screens of a device.
func TestPicturesTellScreensApart(t *testing.T) {
	for _, s := range shots {
		for i, one := range screens {
			for _, other := range screens[:i] {
				if d := differing(keptPicture(t, s.name+"-"+one), keptPicture(t, s.name+"-"+other)); d < least {
					t.Errorf("%s: %s and %s differ by %.1f %% only", s.name, one, other, d*100)
				}
			}
		}
	}
}

// vietnamese makes a browser ask for Vietnamese, whatever the machine speaks.
func (b *tablet) vietnamese() {
	b.t.Helper()
	send(b, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: value[string](b, `navigator.userAgent`), AcceptLanguage: "vi", Platform: b.platform})
}

// What a delegate sees on his way into a meeting and when he votes, on every
// kind of device.
func TestPictures(t *testing.T) {
	h := open(t)
	h.chair()
	h.begin()
	all := h.pages()
	delegates := h.all("delegate")[:len(shots)]
	tabs := make([]*tablet, len(shots))
	for i, x := range shots {
		h.show(1)
		b := tab(t, browse(t, h), x.device) // nobody has signed in there
		tabs[i] = b
		b.vietnamese()
		b.do("open the join page", chromedp.Navigate(h.front+"/join"))
		value[int](b, `(document.querySelectorAll("code").forEach((c, i) => { c.textContent = ["192.168.1.10:8443", "AAAA BBBB CCCC"][i % 2] }), 0)`)
		b.looksLike(x.name + "-join")
		b.visit(h.front + "/")
		b.looksLike(x.name + "-names")
		b.signIn(delegates[i])
		b.goOn(all, 1)
		h.show(8)
		b.reads(all, 8)
		b.looksLike(x.name + "-reader")
	}
	h.pose("v1", delegates)
	for i, x := range shots {
		send(tabs[i], page.BringToFront, cdp.Empty{})
		tabs[i].until("the ballot asks", func() bool { _, ok := tabs[i].green(); return ok })
		tabs[i].looksLike(x.name + "-ballot")
		tabs[i].quiet()
	}
}
