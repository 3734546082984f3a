package widget

import (
	"context"
	"errors"
	"image"
	"image/color"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/pointer"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
)

// sheets is a document of coloured pages: each pixel tells page, and the place on the page, so that a test sees where it is.
type sheets struct {
	pages  int
	w, h   float32
	broken atomic.Bool
	gate   chan struct{} // when not nil every fetch waits for it or its context

	mu    sync.Mutex
	asked map[pictureKey]int
}

func (s *sheets) Pages() int                           { return s.pages }
func (s *sheets) PageSize(int) (width, height float32) { return s.w, s.h }

func (s *sheets) wait(ctx context.Context, k pictureKey) error {
	s.mu.Lock()
	if s.asked == nil {
		s.asked = map[pictureKey]int{}
	}
	s.asked[k]++
	s.mu.Unlock()
	if s.broken.Load() {
		return errors.New("no network")
	}
	if s.gate != nil {
		select {
		case <-s.gate:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (s *sheets) Picture(ctx context.Context, page, width int) (*image.RGBA, error) {
	if err := s.wait(ctx, pictureKey{page: page, width: width}); err != nil {
		return nil, err
	}
	return s.drawn(page, width, image.Rect(0, 0, width, s.height(width))), nil
}

func (s *sheets) Tile(ctx context.Context, page, width, x, y int) (*image.RGBA, error) {
	if err := s.wait(ctx, pictureKey{page, width, x, y}); err != nil {
		return nil, err
	}
	r := image.Rect(x*TileSide, y*TileSide, (x+1)*TileSide, (y+1)*TileSide).Intersect(image.Rect(0, 0, width, s.height(width)))
	return s.drawn(page, width, r), nil
}

func (s *sheets) height(width int) int { return round(float32(width) * s.h / s.w) }

func (s *sheets) drawn(page, width int, r image.Rectangle) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	for y := range r.Dy() {
		for x := range r.Dx() {
			img.SetRGBA(x, y, s.at(page, float64(r.Min.X+x)/float64(width), float64(r.Min.Y+y)/float64(s.height(width))))
		}
	}
	return img
}

// at is the colour at a place of a page, both from 0 to 1.
func (s *sheets) at(page int, fx, fy float64) color.RGBA {
	return color.RGBA{R: uint8(fx * 250), G: uint8(fy * 250), B: uint8(page * 40), A: 255}
}

func (s *sheets) times(k pictureKey) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[k]
}

// desk is a view in a window whose main goroutine is the test's own.
type desk struct {
	*PageView
	t     testing.TB
	queue chan func()
	w     fyne.Window
}

func newDesk(t testing.TB, source Source, size fyne.Size) *desk {
	t.Helper()
	app := test.NewApp()
	theme.Apply(app, theme.Options{Mode: theme.Light})
	d := &desk{t: t, queue: make(chan func(), 1024)}
	restore := mainthread.Replace(func(f func()) { d.queue <- f })
	d.PageView = NewPageView()
	d.w = test.NewWindow(d.PageView)
	d.w.SetPadded(false)
	d.w.Resize(size)
	t.Cleanup(func() {
		d.Close()
		d.w.Close()
		restore()
		app.Quit()
	})
	d.SetSource(source, 1)
	return d
}

// until runs the main goroutine's work until something is so.
func (d *desk) until(what string, done func() bool) {
	d.t.Helper()
	deadline := time.After(20 * time.Second)
	for !done() {
		select {
		case f := <-d.queue:
			f()
		case <-deadline:
			d.t.Fatalf("waited in vain until %s", what)
		}
	}
}

func (d *desk) sharpNow() bool {
	s := d.PageView.sharp
	return s.best && s.covers(d.geo.plan(d.page, d.scale()), d.geo.needed(d.scale())) && !d.parts.sharp.Hidden
}

func (d *desk) neighboursReady() bool {
	want := 0
	for _, n := range []int{d.page - 1, d.page + 1} {
		if n >= 1 && n <= d.Pages() {
			want++
			if d.ready[n].img == nil {
				return false
			}
		}
	}
	return want > 0
}

// looks compares what the canvas shows at a place of the view with what the page has there.
func (d *desk) looks(at fyne.Position) {
	d.t.Helper()
	x, y := d.PagePoint(at)
	s, _ := d.source.(*sheets)
	want := s.at(d.page, float64(x/s.w), float64(y/s.h))
	r, g, b, _ := d.w.Canvas().Capture().At(int(at.X), int(at.Y)).RGBA()
	near := func(a uint32, b uint8) bool { d := int(a>>8) - int(b); return d >= -4 && d <= 4 }
	if !near(r, want.R) || !near(g, want.G) || !near(b, want.B) {
		d.t.Errorf("at %v of page %d: %d %d %d, want %v", at, d.page, r>>8, g>>8, b>>8, want)
	}
}

func TestPageIsSharpAtEveryZoom(t *testing.T) {
	s := &sheets{pages: 3, w: 595, h: 842}
	d := newDesk(t, s, fyne.NewSize(700, 500))
	d.until("the page is sharp", d.sharpNow)
	d.looks(fyne.NewPos(350, 250))
	if s.times(pictureKey{page: 1, width: PictureLarge}) != 0 {
		t.Error("the large picture was fetched for a page that is 340 wide")
	}
	d.SetFit(FitWidth)
	d.until("the width is sharp", d.sharpNow)
	d.looks(fyne.NewPos(100, 400))
	for _, zoom := range []float32{2, 3, 5} {
		d.ZoomBy(zoom / d.Zoom())
		d.until("the zoomed page is sharp", d.sharpNow)
		if got := d.PageView.sharp.img.Bounds().Size(); got != d.PageView.sharp.region.Size() {
			t.Errorf("picture of %v for %v", got, d.PageView.sharp.region)
		}
		d.looks(fyne.NewPos(350, 250))
		d.looks(fyne.NewPos(30, 30))
	}
	if d.PageView.sharp.from != TilesLargest {
		t.Errorf("at 500 %% painted from %d", d.PageView.sharp.from)
	}
	if part := d.VisiblePart(); part.W > 110 || part.W < 100 {
		t.Errorf("visible %v", part)
	}
	d.ZoomBy(100)
	if z := d.Zoom(); z < 5.99 || z > 6.01 {
		t.Errorf("zoom %v, the bound is 6", z)
	}
}

func TestSmallPictureComesFirst(t *testing.T) {
	s := &sheets{pages: 1, w: 595, h: 842, gate: make(chan struct{})}
	d := newDesk(t, s, fyne.NewSize(1400, 900))
	d.SetFit(FitWidth)
	if d.parts.waiting.Hidden || !d.parts.sharp.Hidden {
		t.Error("an empty sheet has to say that it is loading")
	}
	s.gate <- struct{}{}
	d.until("something is shown", func() bool { return d.parts.waiting.Hidden && d.PageView.sharp.img != nil })
	if d.sharpNow() || d.PageView.sharp.from != PictureSmall {
		t.Errorf("first came %d", d.PageView.sharp.from)
	}
	s.gate <- struct{}{}
	d.until("the page is sharp", d.sharpNow)
	d.looks(fyne.NewPos(700, 450))
}

func TestTurnShowsNeighbourAtOnce(t *testing.T) {
	s := &sheets{pages: 5, w: 595, h: 842}
	d := newDesk(t, s, fyne.NewSize(900, 700))
	d.until("the neighbours are ready", func() bool { return d.sharpNow() && d.neighboursReady() })
	d.SetPage(2)
	if !d.sharpNow() {
		t.Fatal("page 2 was ready and is not there")
	}
	d.looks(fyne.NewPos(450, 350))
	d.SetPage(1)
	if !d.sharpNow() {
		t.Error("the page one came from is not there")
	}
	d.SetPage(99)
	if d.Page() != 5 {
		t.Errorf("page %d", d.Page())
	}
	d.until("the last page is sharp", d.sharpNow)
	d.looks(fyne.NewPos(450, 350))
}

func TestFailureIsSaidAndMended(t *testing.T) {
	s := &sheets{pages: 2, w: 595, h: 842}
	s.broken.Store(true)
	d := newDesk(t, s, fyne.NewSize(700, 500))
	failed := 0
	d.OnFailed = func(page int, err error) {
		if page != 1 || err == nil {
			t.Errorf("page %d: %v", page, err)
		}
		failed++
	}
	d.until("the failure is shown", func() bool { return !d.parts.failure.Hidden })
	if failed != 1 {
		t.Errorf("told %d times", failed)
	}
	if sheet := d.parts.sheet; !sheet.Visible() || sheet.FillColor != color.Transparent || sheet.StrokeWidth != 0 {
		t.Error("the sheet is seen, or hidden so that the window forgets it and is not told when the page comes")
	}
	s.broken.Store(false)
	d.Retry()
	d.until("the page is sharp", d.sharpNow)
	if !d.parts.failure.Hidden {
		t.Error("the failure is still shown")
	}
}

func TestCloseEndsTheWork(t *testing.T) {
	s := &sheets{pages: 2, w: 595, h: 842, gate: make(chan struct{})}
	d := newDesk(t, s, fyne.NewSize(700, 500))
	painter := d.painter
	ended := make(chan struct{})
	go func() { painter.close(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(5 * time.Second):
		t.Fatal("the painter waits for a picture that does not come")
	}
}

func TestReadingByHand(t *testing.T) {
	d := newDesk(t, &sheets{pages: 5, w: 595, h: 842}, fyne.NewSize(700, 500))
	var wishes []int
	taps, moves := 0, 0
	d.OnTurn = func(page int) { wishes = append(wishes, page); d.SetPage(page) }
	d.OnTapped = func() { taps++ }
	d.OnMoved = func(PagePart) { moves++ }
	key := func(n fyne.KeyName) { d.TypedKey(&fyne.KeyEvent{Name: n}) }
	key(fyne.KeyLeft) // there is no page before the first
	key(fyne.KeyRight)
	key(fyne.KeyEnd)
	key(fyne.KeyPageDown)
	key(fyne.KeyPageUp)
	key(fyne.KeyHome)
	d.gestured(pointer.Gesture{Kind: pointer.PanEnd, Swipe: pointer.Left})
	d.gestured(pointer.Gesture{Kind: pointer.PanEnd, Swipe: pointer.Right})
	if want := []int{2, 5, 4, 1, 2, 1}; len(wishes) != len(want) {
		t.Fatalf("wishes %v, want %v", wishes, want)
	}
	d.gestured(pointer.Gesture{Kind: pointer.Tap, X: 350, Y: 250})
	if taps != 1 {
		t.Errorf("%d taps", taps)
	}
	d.TypedRune('0')
	moves = 0
	x, y := d.PagePoint(fyne.NewPos(400, 200))
	d.gestured(pointer.Gesture{Kind: pointer.DoubleTap, X: 400, Y: 200})
	if nx, ny := d.PagePoint(fyne.NewPos(400, 200)); abs32(nx-x) > 1 || abs32(ny-y) > 1 || d.Fit() != FitFree || moves == 0 {
		t.Errorf("double tap at %v,%v went to %v,%v, %d moves", x, y, nx, ny, moves)
	}
	wishes = nil
	d.gestured(pointer.Gesture{Kind: pointer.PanEnd, Swipe: pointer.Left, VX: -900})
	if len(wishes) != 0 {
		t.Error("a swipe turned a page that can be moved sideways")
	}
	before := d.VisiblePart()
	d.gestured(pointer.Gesture{Kind: pointer.Pinch, X: 350, Y: 250, Scale: 1.5, DX: 10})
	if d.VisiblePart().W >= before.W {
		t.Errorf("pinching out shows %v after %v", d.VisiblePart(), before)
	}
}

func TestWheelMovesThenTurns(t *testing.T) {
	d := newDesk(t, &sheets{pages: 3, w: 595, h: 842}, fyne.NewSize(700, 500))
	var wishes []int
	d.OnTurn = func(page int) { wishes = append(wishes, page); d.SetPage(page) }
	d.SetFit(FitWidth)
	for range 40 {
		d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -20)})
		if len(wishes) > 0 {
			break
		}
	}
	if len(wishes) != 1 || wishes[0] != 2 || d.VisiblePart().Y > 1 {
		t.Errorf("wishes %v, top %v", wishes, d.VisiblePart().Y)
	}
	for range 5 {
		d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 20)})
	}
	if len(wishes) != 1 {
		t.Error("turned twice within the pause")
	}
	x, _ := d.PagePoint(fyne.NewPos(200, 100))
	before := d.Zoom()
	d.wheel(pointer.Wheel{X: 200, Y: 100, DY: 50, Zoom: true})
	if nx, _ := d.PagePoint(fyne.NewPos(200, 100)); abs32(nx-x) > 0.5 || d.Zoom() <= before {
		t.Errorf("zoom %v after %v, the point below the cursor went from %v to %v", d.Zoom(), before, x, nx)
	}
}

func TestPartCanBeSetAndRead(t *testing.T) {
	d := newDesk(t, &sheets{pages: 1, w: 595, h: 842}, fyne.NewSize(800, 600))
	d.SetMargin(0)
	d.ShowPart(PagePart{X: 100, Y: 300, W: 200, H: 150})
	if got := d.VisiblePart(); abs32(got.X-100) > 1 || abs32(got.Y-300) > 1 || abs32(got.W-200) > 1 || abs32(got.H-150) > 1 {
		t.Errorf("visible %v", got)
	}
	d.SetFit(FitWidth)
	d.ScrollTo(200)
	if got := d.VisiblePart(); abs32(got.Y-200) > 1 || abs32(got.W-595) > 1 {
		t.Errorf("visible %v", got)
	}
	d.ScrollTo(5000)
	if got := d.VisiblePart(); abs32(got.Y+got.H-842) > 1 {
		t.Errorf("scrolled out of the page: %v", got)
	}
}

func abs32(v float32) float32 { return max(v, -v) }

// A window that comes to a finer screen gets its page painted anew for that.
func TestFinerScreen(t *testing.T) {
	d := newDesk(t, &sheets{pages: 1, w: 595, h: 842}, fyne.NewSize(700, 500))
	d.until("the page is sharp", d.sharpNow)
	before := d.PageView.sharp.w
	canvas, ok := d.w.Canvas().(test.WindowlessCanvas)
	if !ok {
		t.Skip("this canvas has one scale only")
	}
	canvas.SetScale(2)
	d.Refresh()
	d.until("the page is sharp again", d.sharpNow)
	if got := d.PageView.sharp.w; got < 2*before-1 || got > 2*before+1 {
		t.Errorf("%d pixels wide after %d", got, before)
	}
}

// From the wish for the next page to its picture in the canvas, and to a frame painted with it (by the processor, slower than a
// graphics card), when the page is cached: the figure to reach is 50 ms.
func BenchmarkNextPage(b *testing.B) {
	for name, paint := range map[string]bool{"canvas": false, "frame": true} {
		b.Run(name, func(b *testing.B) {
			d := newDesk(b, &sheets{pages: 60, w: 595, h: 842}, fyne.NewSize(1280, 800))
			d.SetFit(FitWidth)
			for b.Loop() {
				b.StopTimer()
				if d.Page() == 60 {
					d.SetPage(1)
				}
				d.until("the neighbours are ready", func() bool { return d.sharpNow() && d.neighboursReady() })
				b.StartTimer()
				d.SetPage(d.Page() + 1)
				if !d.sharpNow() {
					b.Fatal("the next page is not in the canvas")
				}
				if paint {
					d.w.Canvas().Capture()
				}
			}
		})
	}
}
