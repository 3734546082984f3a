package widget

import (
	"context"
	"errors"
	"image"
	"image/color"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"phonghop/shared/protocol"
)

// large is a document of drawings: its tiles have stripes of one pixel, so that a test sees whether they are shown as they are.
type large struct {
	w, h   float32
	finest atomic.Int32                            // what is drawn, 0 for what protocol.FinestTiles says
	here   atomic.Bool                             // false: tiles cannot be had, others stand in
	hold   func(context.Context, pictureKey) error // a tile comes once it lets it

	mu    sync.Mutex
	asked map[pictureKey]int
}

func newLarge(w, h float32) *large {
	l := &large{w: w, h: h, asked: map[pictureKey]int{}}
	l.here.Store(true)
	return l
}

func (l *large) Pages() int                           { return 1 }
func (l *large) PageSize(int) (width, height float32) { return l.w, l.h }
func (l *large) height(width int) int                 { return max(round(float32(width)*l.h/l.w), 1) }
func (l *large) Picture(_ context.Context, _, width int) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, width, l.height(width))), nil
}

func (l *large) Finest(int) int {
	finest := protocol.FinestTiles(float64(l.w), float64(l.h))
	if known := int(l.finest.Load()); known > 0 && known < finest && l.refusedOnce() {
		return known
	}
	return finest
}

// refusedOnce tells whether a tile was asked for that is too fine: a client does not know before.
func (l *large) refusedOnce() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for k := range l.asked {
		if k.width > int(l.finest.Load()) {
			return true
		}
	}
	return false
}

var errNotNow = errors.New("not now")

func (l *large) Tile(ctx context.Context, page, width, x, y int) (*image.RGBA, error) {
	if l.hold != nil {
		if err := l.hold(ctx, pictureKey{page, width, x, y}); err != nil {
			return nil, err
		}
	}
	l.mu.Lock()
	l.asked[pictureKey{page, width, x, y}]++
	l.mu.Unlock()
	if known := int(l.finest.Load()); known > 0 && width > known {
		return nil, errors.New("too fine")
	}
	r := image.Rect(x*TileSide, y*TileSide, (x+1)*TileSide, (y+1)*TileSide).Intersect(image.Rect(0, 0, width, l.height(width)))
	img := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	if !l.here.Load() {
		return img, errNotNow
	}
	for y := range r.Dy() {
		for x := range r.Dx() {
			img.SetRGBA(x, y, stripe(r.Min.X+x, r.Min.Y+y))
		}
	}
	return img, nil
}

// stripe is black in every second column, and in rows of its own.
func stripe(x, y int) color.RGBA {
	v := uint8(255)
	if x%2 == 0 || y%64 == 5 {
		v = 0
	}
	return color.RGBA{v, v, v, 255}
}

// times is how often the tile was asked for that was asked for most.
func (l *large) times() (most int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.asked {
		most = max(most, n)
	}
	return most
}

func (d *desk) fine(scale float32) {
	if c, ok := d.w.Canvas().(test.WindowlessCanvas); ok {
		c.SetScale(scale)
	}
	d.Refresh()
}

// Whatever the page, the view, the screen's density and the zoom up to 600 %: at rest each pixel of the screen has a pixel of a tile
// (but for a twentieth, which nobody sees), up to the finest tiles that the page has; and no finer tiles than that are taken.
func TestTilesAreAsFineAsTheScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.Float32Range(28, 14400)
		l := &large{w: side.Draw(t, "w"), h: side.Draw(t, "h")}
		g := pageGeometry{viewW: rapid.Float32Range(200, 2600).Draw(t, "vw"), viewH: rapid.Float32Range(200, 1600).Draw(t, "vh"), pageW: l.w, pageH: l.h,
			fit: FitFree, zoom: maxZoom * rapid.Float32Range(0, 1).Draw(t, "zoom")}
		g.settle()
		density := rapid.Float32Range(1, 3).Draw(t, "density")
		plan := g.plan(1, density)
		p := &pagePainter{source: l}
		if plan.w <= PictureLarge {
			return // whole pages
		}
		got, finest := p.tileWidth(plan), l.Finest(1)
		if float64(got) < float64(plan.w)/1.05-1 && got < finest {
			t.Fatalf("tiles of %d for %d pixels; there are some of %d", got, plan.w, finest)
		}
		if got > TilesLarge && fits(plan.w, got/2) {
			t.Fatalf("tiles of %d for %d pixels", got, plan.w)
		}
		if float64(plan.w)/float64(l.w) <= protocol.TileDensity && finest < protocol.TileWidthFinest && got < plan.w*100/106 &&
			float64(finest*2)*float64(l.h)/float64(l.w) <= protocol.TileSideMost {
			t.Fatalf("a page of %v x %v has tiles up to %d and is %d wide", l.w, l.h, finest, plan.w)
		}
	})
}

// At 600 % on a fine screen a page is shown pixel for pixel; what was in view before is not painted or fetched again, and fits what
// comes beside it.
func TestLargeDrawingIsCrispAndStaysSoWhilePanned(t *testing.T) {
	const w, h = 800, 600 // 600 % at 2 is 12,800 wide: exactly the finer tiles
	l := newLarge(w, h)
	d := newDesk(t, l, fyne.NewSize(400, 300))
	d.fine(2)
	d.SetMargin(0)
	d.geo.fit, d.geo.zoom, d.geo.x, d.geo.y = FitFree, maxZoom, 1000, 900
	d.moved(true)
	d.until("it is sharp", d.sharpNow)
	check := func() {
		t.Helper()
		s := d.PageView.sharp
		if s.from != protocol.TileWidthFine || s.w != protocol.TileWidthFine {
			t.Fatalf("%d pixels made of tiles of %d", s.w, s.from)
		}
		for y := range s.region.Dy() {
			for x := range s.region.Dx() {
				if got, want := s.img.RGBAAt(x, y), stripe(s.region.Min.X+x, s.region.Min.Y+y); got != want {
					t.Fatalf("at %d,%d of %v: %v, want %v", x, y, s.region, got, want)
				}
			}
		}
	}
	check()
	for range 6 {
		d.geo.pan(-140, 90)
		d.moved(true)
		d.until("it is sharp again", d.sharpNow)
		check()
	}
	if most := l.times(); most > 1 {
		t.Errorf("a tile was fetched %d times", most)
	}
}

// A server from before there were finer tiles: the page is painted from those that there are, and nothing is said to have failed.
func TestServerWithoutFinerTiles(t *testing.T) {
	l := newLarge(800, 600)
	l.finest.Store(TilesLargest)
	d := newDesk(t, l, fyne.NewSize(400, 300))
	d.fine(2)
	d.OnFailed = func(_ int, err error) { t.Errorf("failed: %v", err) }
	d.geo.fit, d.geo.zoom, d.geo.x, d.geo.y = FitFree, maxZoom, 1000, 900
	d.moved(true)
	d.until("it is as sharp as it can be", d.sharpNow)
	if got := d.PageView.sharp.from; got != TilesLargest {
		t.Errorf("painted from %d", got)
	}
}

// What stands in for a tile is shown, and gives way to the tile as soon as that can be had.
func TestStandInsAreNotKept(t *testing.T) {
	l := newLarge(800, 600)
	l.here.Store(false)
	d := newDesk(t, l, fyne.NewSize(400, 300))
	d.fine(2)
	d.geo.fit, d.geo.zoom, d.geo.x, d.geo.y = FitFree, maxZoom, 1000, 900
	d.moved(true)
	d.until("something stands in", func() bool { return d.PageView.sharp.from == protocol.TileWidthFine })
	if d.PageView.sharp.best || d.failed != nil {
		t.Errorf("taken for the best; failure %v", d.failed)
	}
	l.here.Store(true)
	d.geo.pan(1, 1)
	d.moved(true)
	d.until("the tiles are there", d.sharpNow)
	if s := d.PageView.sharp; s.img.RGBAAt(0, 0) != stripe(s.region.Min.X, s.region.Min.Y) {
		t.Error("not the page's own pixels")
	}
}

// While tiles come slowly what is there is shown. What is in the middle is among those that are asked for first.
func TestTilesAreShownAsTheyCome(t *testing.T) {
	l := newLarge(800, 600)
	d := newDesk(t, l, fyne.NewSize(400, 300))
	d.fine(2)
	d.geo.fit, d.geo.zoom, d.geo.x, d.geo.y = FitFree, maxZoom, 1000, 900
	seen := d.geo.plan(1, d.scale()).seen
	middle := seen.Min.Add(seen.Max).Div(2)
	first := pictureKey{page: 1, width: protocol.TileWidthFine, x: middle.X / TileSide, y: middle.Y / TileSide}
	rest, asked := make(chan struct{}), make(chan pictureKey, mostTiles)
	l.hold = func(ctx context.Context, tile pictureKey) error {
		asked <- tile
		if tile == first {
			return nil
		}
		select {
		case <-rest:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	d.moved(true)
	d.until("a part is shown", func() bool { s := d.PageView.sharp; return s.img != nil && s.from == protocol.TileWidthFine })
	s := d.PageView.sharp
	if s.best {
		t.Error("taken for all")
	}
	at := middle.Sub(s.region.Min)
	if got, want := s.img.RGBAAt(at.X, at.Y), stripe(middle.X, middle.Y); got != want {
		t.Errorf("in the middle %v, want %v", got, want)
	}
	early := []pictureKey{<-asked, <-asked, <-asked, <-asked}
	if len(early) != mostFetches || !slices.Contains(early, first) {
		t.Errorf("%v is not among %v", first, early)
	}
	close(rest)
	d.until("all is there", d.sharpNow)
}
