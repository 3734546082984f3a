package widget

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"phonghop/client/internal/pointer"
)

// Turning a picture, a plan and a point agree with each other, and there is a way back from all of them.
func TestQuarterTurns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := quarter(rapid.IntRange(0, 3).Draw(t, "q"))
		w, h := rapid.IntRange(1, 9).Draw(t, "w"), rapid.IntRange(1, 9).Draw(t, "h")
		x, y := rapid.IntRange(0, w-1).Draw(t, "x"), rapid.IntRange(0, h-1).Draw(t, "y")
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		img.SetRGBA(x, y, color.RGBA{1, 2, 3, 255})
		out := q.picture(img)
		u, v := q.point(float32(x)+0.5, float32(y)+0.5, float32(w), float32(h))
		if out.RGBAAt(int(u), int(v)) != (color.RGBA{1, 2, 3, 255}) {
			t.Fatalf("%d: the pixel is not at %v %v of %v", q, u, v, out.Rect)
		}
		if bx, by := q.back(u, v, float32(w), float32(h)); bx != float32(x)+0.5 || by != float32(y)+0.5 {
			t.Fatalf("%d: back at %v %v", q, bx, by)
		}
		plan := pagePlan{page: 1, w: out.Rect.Dx(), h: out.Rect.Dy(), region: image.Rect(int(u), int(v), int(u)+1, int(v)+1)}
		plain := q.plan(plan)
		if plain.w != w || plain.h != h || plain.region != image.Rect(x, y, x+1, y+1) {
			t.Fatalf("%d: %v is of the page %v, want %d %d", q, plan, plain, x, y)
		}
		if q.planBack(plain) != plan {
			t.Fatalf("%d: there is no way back from %v", q, plan)
		}
	})
}

// However a page is turned: what is at a place of the screen is what the document has at that point, marks lie there, and what the
// overlay is told fits.
func TestTurnedPages(t *testing.T) {
	for turn := range 4 {
		src := &sheets{pages: 3, w: 600, h: 800}
		d := newDesk(t, src, fyne.NewSize(700, 500))
		over := &placed{}
		d.SetOverlay(over)
		d.SetTurn(turn)
		d.until("it is sharp", d.sharpNow)
		if d.Turn() != turn || d.Page() != 1 {
			t.Fatalf("turned %d, page %d", d.Turn(), d.Page())
		}
		for _, zoom := range []float32{1, 3, 4} {
			d.ZoomBy(zoom)
			d.until("it is sharp", d.sharpNow)
			d.Reveal(PagePart{X: 450, Y: 100, W: 40, H: 10})
			d.until("it is sharp", d.sharpNow)
			at := d.ViewPoint(470, 105)
			if at.X < 0 || at.Y < 0 || at.X > 700 || at.Y > 500 {
				t.Fatalf("turn %d, zoom %v: what was revealed is at %v", turn, zoom, at)
			}
			if x, y := d.PagePoint(at); abs32(x-470) > 0.1 || abs32(y-105) > 0.1 {
				t.Errorf("turn %d: %v is %v %v", turn, at, x, y)
			}
			seen := d.VisiblePart()
			if seen.X > 470 || seen.X+seen.W < 470 || seen.Y > 105 || seen.Y+seen.H < 105 {
				t.Errorf("turn %d: in view is %v", turn, seen)
			}
			p := over.at
			if got := p.Where(470, 105); abs32(got.X-at.X) > 1 || abs32(got.Y-at.Y) > 1 {
				t.Errorf("turn %d: the overlay has it at %v, the view at %v", turn, got, at)
			}
			if x, y := p.Point(p.Where(123, 456)); x < 122.9 || x > 123.1 || y < 455.9 || y > 456.1 {
				t.Errorf("turn %d: there is no way back: %v %v", turn, x, y)
			}
			d.checkPixels(t, src, turn)
		}
	}
}

// placed is an overlay that remembers where the page is.
type placed struct {
	at Placement
}

func (*placed) Object() fyne.CanvasObject             { return leavesBelow() }
func (p *placed) Placed(at Placement)                 { p.at = at }
func (*placed) Point(e pointer.Event) []pointer.Event { return []pointer.Event{e} }

// checkPixels compares what is painted with what the document has there.
func (d *desk) checkPixels(t *testing.T, src *sheets, turn int) {
	t.Helper()
	s := d.sharp
	if s.img == nil {
		t.Fatalf("turn %d: nothing is painted", turn)
	}
	img := d.parts.sharp
	for _, share := range []float32{0.2, 0.5, 0.8} {
		px, py := int(share*float32(s.img.Rect.Dx())), int(share*float32(s.img.Rect.Dy()))
		at := img.Position().AddXY((float32(px)+0.5)/d.scale(), (float32(py)+0.5)/d.scale())
		x, y := d.PagePoint(at)
		got := s.img.RGBAAt(s.img.Rect.Min.X+px, s.img.Rect.Min.Y+py)
		if want := src.at(1, float64(x/600), float64(y/800)); !close8(got, want) {
			t.Errorf("turn %d: at %v %v of the page is %v, want %v", turn, x, y, got, want)
		}
	}
}

func close8(a, b color.RGBA) bool {
	near := func(x, y uint8) bool { return max(x, y)-min(x, y) <= 6 }
	return near(a.R, b.R) && near(a.G, b.G) && near(a.B, b.B)
}

// The column that was tapped becomes as wide as the view; white between words ends none, and an empty page has none.
func TestColumns(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 800, 1130))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	line := func(x0, x1, y int) {
		for x := x0; x < x1; x++ {
			if x%40 < 30 { // words
				for dy := range 8 {
					img.SetRGBA(x, y+dy, color.RGBA{A: 255})
				}
			}
		}
	}
	for y := 300; y < 1000; y += 20 {
		line(80, 380, y)
		line(430, 720, y)
	}
	line(80, 720, 100)
	for _, c := range []struct {
		name        string
		x, y        float32
		left, right float32
		ok          bool
	}{
		{"left", 0.3, 0.6, 0.1, 0.475, true}, {"right", 0.7, 0.6, 0.54, 0.89, true}, {"title", 0.5, 0.09, 0.1, 0.89, true},
		{"below all", 0.5, 0.99, 0, 0, false},
	} {
		left, right, ok := columnAt(img, c.x, c.y)
		if ok != c.ok || ok && (abs32(left-c.left) > 0.02 || abs32(right-c.right) > 0.02) {
			t.Errorf("%s: %.3f to %.3f, %t", c.name, left, right, ok)
		}
	}
	if _, _, ok := columnAt(nil, 0.5, 0.5); ok {
		t.Error("no picture has a column")
	}
}

// Pages of every size can be shown whole, by their width and at 600 %, and what is painted stays within bounds of memory.
func TestSizesOfPages(t *testing.T) {
	const mm = 72 / 25.4
	for name, size := range map[string][2]float32{
		"10 x 10 mm": {10 * mm, 10 * mm}, "A4": {595, 842}, "A0": {2384, 3370}, "5 x 5 m": {5000 * mm, 5000 * mm},
		"10 mm x 5 m": {10 * mm, 5000 * mm}, "5 m x 10 mm": {5000 * mm, 10 * mm},
	} {
		for _, layout := range []Layout{OnePage, TwoPages, Rolling} {
			d := newDesk(t, &mixed{sheets: sheets{pages: 3}, sizes: [][2]float32{size}}, fyne.NewSize(1280, 800))
			d.SetLayout(layout)
			for _, do := range []func(){func() { d.SetFit(FitPage) }, func() { d.SetFit(FitWidth) }, func() { d.ZoomBy(1000) }, func() { d.ZoomBy(0.0001) }, func() { d.ZoomBy(40) }} {
				do()
				seen, plan := d.VisiblePart(), d.geo.plan(1, 2)
				if layout == OnePage && (seen.W <= 0 || seen.H <= 0) {
					t.Errorf("%s, layout %d: nothing is in view", name, layout)
				}
				if px := plan.region.Dx() * plan.region.Dy(); px > 1280*800*4*3 {
					t.Errorf("%s, layout %d: %d pixels are painted at once", name, layout, px)
				}
				if d.geo.fit == FitFree && d.geo.zoom > maxZoom+0.01 {
					t.Errorf("%s: zoom %v", name, d.geo.zoom)
				}
			}
			d.geo.pan(-1e9, -1e9) // edges hold
			if d.geo.x > d.geo.wholeWidth() || d.geo.y > d.geo.height()+d.geo.below*d.geo.zoom {
				t.Errorf("%s: pushed out to %v %v", name, d.geo.x, d.geo.y)
			}
		}
	}
}
