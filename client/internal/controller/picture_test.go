package controller

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"testing"

	"phonghop/server/servertest"
)

// textPage draws what a page of text in a few grays is like.
func textPage(w, h int) *image.Paletted {
	grays := make(color.Palette, 16)
	for i := range grays {
		grays[i] = color.Gray{Y: uint8(i * 17)} //nolint:gosec // below 256
	}
	img := image.NewPaletted(image.Rect(0, 0, w, h), grays)
	for y := range h {
		for x := range w {
			img.Pix[y*img.Stride+x] = 15
			if y%48 < 16 && x > w/10 && x < w*9/10 && (x/6+y/48)%3 == 0 {
				img.Pix[y*img.Stride+x] = uint8((x + y) % 16) //nolint:gosec // below 16
			}
		}
	}
	return img
}

func encoded(t testing.TB, img image.Image, asJPEG bool) []byte {
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if asJPEG {
		b.Reset()
		err = jpeg.Encode(&b, img, &jpeg.Options{Quality: 80})
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryKindOfPictureKeepsItsColours(t *testing.T) {
	base := textPage(64, 90)
	rgba, gray := image.NewRGBA(base.Bounds()), image.NewGray(base.Bounds())
	for y := range 90 {
		for x := range 64 {
			rgba.Set(x, y, base.At(x, y))
			gray.Set(x, y, base.At(x, y))
		}
	}
	for name, img := range map[string]image.Image{"palette": base, "rgba": rgba, "gray": gray} {
		got, err := decode(encoded(t, img, false))
		if err != nil || got.Bounds() != base.Bounds() || !bytes.Equal(got.Pix, rgba.Pix) {
			t.Errorf("%s: %v", name, err)
		}
	}
	flat := image.NewRGBA(base.Bounds())
	draw.Draw(flat, flat.Bounds(), image.NewUniform(color.RGBA{200, 100, 50, 255}), image.Point{}, draw.Src)
	got, err := decode(encoded(t, flat, true))
	if err != nil {
		t.Fatal(err)
	}
	if c := got.RGBAAt(30, 30); max(diff(c.R, 200), diff(c.G, 100), diff(c.B, 50)) > 4 || c.A != 255 {
		t.Errorf("jpeg: %v", c)
	}
	if _, err := decode([]byte("no picture")); err == nil {
		t.Error("no picture is decoded")
	}
}

func diff(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }

func TestTilesOfASmallerPictureCoverThePage(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 160, 226))
	covered := 0
	for y := 0; ; y++ {
		any := false
		for x := 0; ; x++ {
			tile, ok := enlarge(img, 3200, x, y)
			if !ok {
				break
			}
			any = true
			covered += tile.Bounds().Dx() * tile.Bounds().Dy()
		}
		if !any {
			break
		}
	}
	if want := 3200 * 4520; covered != want {
		t.Errorf("%d pixels, want %d", covered, want)
	}
	if got := shrink(img, 200); got != img {
		t.Error("a small picture is made larger")
	}
	if got := shrink(img, 80).Bounds(); got.Dx() != 80 || got.Dy() != 113 {
		t.Errorf("shrunk to %v", got)
	}
}

// BenchmarkNextPage is what a reader waits for on the next page that the
// device has: read, checked and decoded.
func BenchmarkNextPage(b *testing.B) {
	for name, c := range map[string]struct {
		width int
		jpeg  bool
	}{"text800": {800, false}, "text1600": {1600, false}, "scan1600": {1600, true}} {
		b.Run(name, func(b *testing.B) {
			r := servertest.New(b)
			desk := start(b, b.TempDir())
			desk.enter(r, servertest.Secretary, false)
			m := prepare(desk, 1)
			desk.until("on the device", func() bool { return desk.Meeting(m.id).Status.Ready == 1 })
			v, _ := desk.Document(m.id, m.item, m.hash)
			data := encoded(b, textPage(c.width, c.width*842/595), c.jpeg)
			area := desk.area(desk.inside.room, servertest.Secretary)
			desk.until("settled", func() bool { _, ok := v.session.KeptPicture(v.ref, 1, 1600); return ok })
			name := "p1-800"
			if c.width == 1600 {
				name = "p1-1600"
			}
			if err := area.Put(m.hash, name, data); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if img, err := v.Picture(context.Background(), 1, c.width); err != nil || img.Bounds().Dx() != c.width {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(data)), "file-bytes")
		})
	}
}
