package widget

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"

	ximage "golang.org/x/image/draw"
)

// speckled is a picture that no filter leaves as it is.
func speckled(r image.Rectangle) *image.RGBA {
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
	img := image.NewRGBA(r)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if random.IntN(3) == 0 {
				img.SetRGBA(x, y, color.RGBA{uint8(random.IntN(256)), uint8(x), uint8(y), 255}) //nolint:gosec // any colour will do
			} else {
				img.SetRGBA(x, y, color.RGBA{255, 255, 255, 255})
			}
		}
	}
	return img
}

func always() bool { return true }

// Scaled with whole numbers a picture looks as the library scales it, in every size and at every edge.
func TestScaleLines(t *testing.T) {
	src := speckled(image.Rect(10, 20, 170, 240))
	for _, x := range []struct {
		from image.Rectangle
		to   image.Rectangle
	}{
		{src.Bounds(), image.Rect(0, 0, 160, 220)},
		{src.Bounds(), image.Rect(0, 0, 76, 105)},
		{src.Bounds(), image.Rect(0, 0, 80, 110)},
		{src.Bounds(), image.Rect(0, 0, 20, 28)},
		{src.Bounds(), image.Rect(0, 0, 3, 5)},
		{src.Bounds(), image.Rect(0, 0, 1, 1)},
		{src.Bounds(), image.Rect(0, 0, 250, 344)},
		{image.Rect(40, 50, 90, 101), image.Rect(-7, -9, 70, 81)},
		{image.Rect(40, 50, 41, 51), image.Rect(0, 0, 30, 30)},
		{image.Rect(11, 21, 169, 239), image.Rect(5, 6, 90, 400)},
	} {
		bounds := image.Rect(0, 0, 100, 130)
		want, got := image.NewRGBA(bounds), image.NewRGBA(bounds)
		ximage.BiLinear.Scale(want, x.to, src, x.from, ximage.Src, nil)
		if !scaleLines(got, x.to, src, x.from, always) {
			t.Fatal("it was told to go on")
		}
		worst := 0
		for i := range want.Pix {
			worst = max(worst, int(want.Pix[i])-int(got.Pix[i]), int(got.Pix[i])-int(want.Pix[i]))
		}
		if worst > 3 {
			t.Errorf("%v to %v: a colour differs by %d of 255", x.from, x.to, worst)
		}
	}
}

// White paper stays white, and black letters black.
func TestScaleLinesKeepsPlainColours(t *testing.T) {
	for _, c := range []color.RGBA{{255, 255, 255, 255}, {0, 0, 0, 255}, {7, 74, 117, 255}} {
		src := image.NewRGBA(image.Rect(0, 0, 160, 226))
		ximage.Draw(src, src.Bounds(), image.NewUniform(c), image.Point{}, ximage.Src)
		for w := 1; w < 330; w += 3 {
			dst := image.NewRGBA(image.Rect(0, 0, w, w*226/160+1))
			scaleLines(dst, dst.Bounds(), src, src.Bounds(), always)
			for i := 0; i < len(dst.Pix); i += 4 {
				if got := (color.RGBA{dst.Pix[i], dst.Pix[i+1], dst.Pix[i+2], dst.Pix[i+3]}); got != c {
					t.Fatalf("%d wide: %v became %v", w, c, got)
				}
			}
		}
	}
}

// What nobody wants any more is not finished.
func TestScaleLinesStops(t *testing.T) {
	src, dst := speckled(image.Rect(0, 0, 40, 40)), image.NewRGBA(image.Rect(0, 0, 20, 20))
	lines := 0
	if scaleLines(dst, dst.Bounds(), src, src.Bounds(), func() bool { lines++; return lines < 5 }) {
		t.Error("it was told to stop")
	}
	if lines != 5 {
		t.Errorf("%d lines were made", lines)
	}
}

// BenchmarkScaleLines scales a page as a tablet shows it, against the library's way in the same run.
func BenchmarkScaleLines(b *testing.B) {
	src, dst := speckled(image.Rect(0, 0, 1600, 2263)), image.NewRGBA(image.Rect(0, 0, 760, 1075))
	var library float64
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			ximage.BiLinear.Scale(dst, dst.Bounds(), src, src.Bounds(), ximage.Src, nil)
		}
		library = float64(b.Elapsed()) / float64(b.N)
	})
	b.Run("lines", func(b *testing.B) {
		for b.Loop() {
			scaleLines(dst, dst.Bounds(), src, src.Bounds(), always)
		}
		if library > 0 {
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/library, "of-library")
		}
	})
}
