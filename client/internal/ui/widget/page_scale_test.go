package widget

import (
	"bytes"
	"image"
	"image/color"
	"runtime"
	"sync/atomic"
	"testing"

	ximage "golang.org/x/image/draw"
	"pgregory.net/rapid"
)

// noise is a page of black and white and some colour, which no filter can guess.
func noise(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	seed := uint32(7)
	for y := range h {
		for x := range w {
			seed = seed*1664525 + 1013904223
			c := color.RGBA{255, 255, 255, 255}
			switch {
			case y%37 < 9: // white rows, as between lines of writing
			case seed>>28 < 4:
				c = color.RGBA{A: 255}
			case seed>>28 == 5:
				c = color.RGBA{200, 30, 40, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// tilesOf cuts a page.
func tilesOf(img *image.RGBA) tileSheet {
	s := tileSheet{w: img.Rect.Dx(), h: img.Rect.Dy(), tiles: map[image.Point]*pageTile{}}
	for y := 0; y < s.h; y += TileSide {
		for x := 0; x < s.w; x += TileSide {
			r := image.Rect(x, y, x+TileSide, y+TileSide).Intersect(img.Rect)
			cut := image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
			ximage.Draw(cut, cut.Rect, img, r.Min, ximage.Src)
			s.tiles[image.Pt(x/TileSide, y/TileSide)] = newPageTile(cut)
		}
	}
	return s
}

// A page painted part by part from tiles, at whatever size, is to the pixel the page painted at once from one picture; the tiles
// that a part says it needs are enough for it; and it is what a filter that does not round between makes, as far as anybody sees.
func TestPaintingInParts(t *testing.T) {
	page := noise(700, 620)
	tiles := tilesOf(page)
	rapid.Check(t, func(t *rapid.T) {
		plan := pagePlan{page: 1, w: rapid.IntRange(330, 900).Draw(t, "w")}
		plan.h = max(plan.w*620/700, 1)
		plan.region = image.Rect(0, 0, plan.w, plan.h)
		whole := image.NewRGBA(plan.region)
		paintFrom(wholeSheet{page}, plan, plan.region, whole, image.Point{}, ever)
		x, y := rapid.IntRange(0, plan.w-1).Draw(t, "x"), rapid.IntRange(0, plan.h-1).Draw(t, "y")
		part := image.Rect(x, y, rapid.IntRange(x+1, plan.w).Draw(t, "right"), rapid.IntRange(y+1, plan.h).Draw(t, "bottom"))
		need := tileSheet{w: tiles.w, h: tiles.h, tiles: map[image.Point]*pageTile{}}
		g := need.grid(plan, part)
		for at, tile := range tiles.tiles {
			if at.In(g) {
				need.tiles[at] = tile
			}
		}
		got := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
		paintFrom(need, plan, part, got, part.Min, ever)
		for y := range part.Dy() {
			at := whole.PixOffset(part.Min.X, part.Min.Y+y)
			if !bytes.Equal(got.Pix[y*got.Stride:][:4*part.Dx()], whole.Pix[at:][:4*part.Dx()]) {
				t.Fatalf("%v of %dx%d differs in row %d", part, plan.w, plan.h, y)
			}
		}
	})
	for _, w := range []int{400, 700, 1100} {
		plan := pagePlan{w: w, h: w * 620 / 700}
		plan.region = image.Rect(0, 0, plan.w, plan.h)
		got, want := image.NewRGBA(plan.region), image.NewRGBA(plan.region)
		paintFrom(tiles, plan, plan.region, got, image.Point{}, ever)
		ximage.CatmullRom.Scale(want, want.Rect, page, page.Rect, ximage.Src, nil)
		sum := 0
		for i := range got.Pix {
			d := max(int(got.Pix[i])-int(want.Pix[i]), int(want.Pix[i])-int(got.Pix[i]))
			sum += d
			if d > 60 { // beyond black and white both cut off, one of them twice
				t.Fatalf("%d wide: %d, want %d, at byte %d", w, got.Pix[i], want.Pix[i], i)
			}
		}
		if mean := float64(sum) / float64(len(got.Pix)); mean > 1.5 {
			t.Errorf("%d wide: other by %.2f on average", w, mean)
		}
	}
}

func TestTilesTakeLittleMemory(t *testing.T) {
	white := image.NewRGBA(image.Rect(0, 0, TileSide, TileSide))
	ximage.Draw(white, white.Rect, image.White, image.Point{}, ximage.Src)
	writing := image.NewRGBA(white.Rect)
	copy(writing.Pix, white.Pix)
	writing.SetRGBA(9, 8, color.RGBA{17, 17, 17, 255})
	stamp := image.NewRGBA(white.Rect)
	copy(stamp.Pix, white.Pix)
	stamp.SetRGBA(9, 8, color.RGBA{200, 17, 17, 255})
	for _, c := range []struct {
		img  *image.RGBA
		most int
	}{{white, 100}, {writing, len(white.Pix)/4 + 100}, {stamp, len(white.Pix)}} {
		tile := newPageTile(c.img)
		if tile.bytes() > c.most {
			t.Errorf("%d bytes, at most %d", tile.bytes(), c.most)
		}
		row := make([]uint32, 20)
		tile.row(8, 0, row)
		for x, c2 := range row {
			got := color.RGBA{byte(c2), byte(c2 >> 8), byte(c2 >> 16), byte(c2 >> 24)}
			if want := c.img.RGBAAt(x, 8); got != want {
				t.Errorf("at %d: %x, want %v", x, c2, want)
			}
		}
	}
}

// ever goes on.
func ever() func() bool { return always }

// Painting asks after each line, and ends where it is told to.
func TestPaintingEndsWhenItIsTold(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 40, 400))
	plan := pagePlan{page: 1, w: 40, h: 400, region: image.Rect(0, 0, 40, 400)}
	var asked atomic.Int32
	some := func() func() bool { return func() bool { return asked.Add(1) < 10 } }
	if paintFrom(wholeSheet{src}, plan, plan.region, image.NewRGBA(plan.region), image.Point{}, some) {
		t.Error("it went on to the end")
	}
	if n := int(asked.Load()); n > 10+runtime.GOMAXPROCS(0) {
		t.Errorf("it asked %d times", n)
	}
	asked.Store(-1000)
	if !paintFrom(wholeSheet{src}, plan, plan.region, image.NewRGBA(plan.region), image.Point{}, some) {
		t.Error("it ended without being told")
	}
	if n := asked.Load() + 1000; n != 400 {
		t.Errorf("it asked after %d of 400 lines", n)
	}
}
