package screen

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
)

var update = flag.Bool("update", false, "write the pictures anew: look at them before they are kept")

// stand is a shell in a window whose main goroutine is the test's own.
type stand struct {
	*Shell
	t     *testing.T
	fake  *fake
	queue chan func()
}

func newStand(t *testing.T, f *fake, o Options, size fyne.Size) *stand {
	t.Helper()
	app := test.NewTempApp(t)
	s := &stand{t: t, fake: f, queue: make(chan func(), 4096)}
	restore := mainthread.Replace(func(f func()) { s.queue <- f })
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	w.Resize(size)
	s.Shell = New(f, w, o)
	t.Cleanup(func() {
		s.Close()
		restore()
		words.Use(words.Vietnamese)
		theme.Apply(app, theme.Options{})
	})
	return s
}

// run does what waits for the main goroutine, and reports whether anything did.
func (s *stand) run(wait time.Duration) bool {
	select {
	case f := <-s.queue:
		f()
		return true
	default:
	}
	select {
	case f := <-s.queue:
		f()
		return true
	case <-time.After(wait):
		return false
	}
}

// loading reports whether a page on the window is waited for: a picture of that would be of no page.
func (s *stand) loading() bool {
	return slices.ContainsFunc(uitest.Seen(s.window.Canvas()), func(t uitest.Thing) bool { return t.Text == words.T("reader.loading") })
}

// looksLike compares the window with the picture. Pages are painted in the background: it waits until they are.
// Where no pictures are compared, what is painted is not looked at.
func (s *stand) looksLike(name string) {
	s.t.Helper()
	if !uitest.ComparesPictures {
		for s.run(30 * time.Millisecond) {
		}
		return
	}
	file := filepath.Join("testdata", name+".png")
	if *update {
		for end := time.Now().Add(20 * time.Second); s.run(700*time.Millisecond) || s.loading() && time.Now().Before(end); {
		}
		var b bytes.Buffer
		if err := png.Encode(&b, s.window.Canvas().Capture()); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			s.t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(file)
	if err != nil {
		s.t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	want := plain(decoded)
	for deadline := time.Now().Add(20 * time.Second); s.loading() || !same(s.window.Canvas().Capture(), want); {
		if time.Now().After(deadline) {
			test.AssertImageMatches(s.t, name+".png", s.window.Canvas().Capture())
			if s.loading() {
				s.t.Error("a page is still waited for")
			}
			return
		}
		for s.run(30 * time.Millisecond) {
		}
	}
}

// same compares the bytes of both as the toolkit's software painter gives them.
func same(a, b image.Image) bool {
	return a.Bounds() == b.Bounds() && bytes.Equal(plain(a).Pix, plain(b).Pix)
}

func plain(img image.Image) *image.NRGBA {
	if n, ok := img.(*image.NRGBA); ok {
		return n
	}
	out := image.NewNRGBA(img.Bounds())
	draw.Draw(out, out.Rect, img, img.Bounds().Min, draw.Src)
	return out
}

var (
	tablet = fyne.NewSize(1280, 800)
	phone  = fyne.NewSize(360, 740)
	hall   = fyne.NewSize(1280, 720)
)

func vi(scale float32) Options {
	return Options{Preferences: Preferences{Language: words.Vietnamese, Mode: theme.Light, Scale: scale}, Consoles: bothConsoles}
}

func en(mode theme.Mode) Options {
	return Options{Preferences: Preferences{Language: words.English, Mode: mode, Scale: 1}, Consoles: bothConsoles}
}

// The pictures in testdata are what a person looked at and found good.
func TestPictures(t *testing.T) {
	for _, p := range states(t) {
		t.Run(p.name, func(t *testing.T) {
			s := newStand(t, p.fake(), p.options, p.size)
			if p.then != nil {
				p.then(s)
			}
			s.looksLike(p.name)
		})
	}
}

// bothConsoles are there; what they show is their own package's business.
var bothConsoles = Consoles{
	Chair: func(string, fyne.Window, Leads) Console { return nil },
	Desk:  func(string, fyne.Window, Leads) Console { return nil },
}
