package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math"
	"math/rand/v2"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"

	"phonghop/assets/paper"
)

const (
	scanDPI     = 200
	scanW       = 1654 // A4 at 200 dpi
	scanH       = 2339
	scanQuality = 68
)

// makeScan makes pictures of a letter's pages as a scanner sees them: a little
// turned, on paper that is not quite white, with noise.
func makeScan(w io.Writer) error {
	opt := options("Công văn số 317/UBND-KTHTĐT của UBND phường Vọng Hải (bản chụp)", on(time.November, 17))
	opt.Unnumbered = true
	d := paper.New(opt)
	pages, err := letterPages()
	if err != nil {
		return fmt.Errorf("scan: %w", err)
	}
	r := random(200)
	// Every page is a few pixels wider than the one before: the PDF writer
	// orders pictures by width, and equal ones would change places.
	for i, page := range pages {
		if i > 0 {
			d.NewPage()
		}
		degrees := []float64{0.7, -0.9, 0.45}[i%3]
		shot := photograph(page, degrees, scanW+2*i, r)
		var jpg bytes.Buffer
		if err := jpeg.Encode(&jpg, shot, &jpeg.Options{Quality: scanQuality}); err != nil {
			return fmt.Errorf("scan page %d: %w", i+1, err)
		}
		name := "page" + twoDigits(i+1)
		o := fpdf.ImageOptions{ImageType: "JPG"}
		d.Canvas().RegisterImageOptionsReader(name, o, &jpg)
		d.Canvas().ImageOptions(name, 0, 0, paper.A4.Width, paper.A4.Height, false, o, 0, "")
	}
	return d.Write(w)
}

// photograph turns a clean page and adds what paper, lamp and sensor add.
func photograph(page *image.Gray, degrees float64, width int, r *rand.Rand) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, width, scanH))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.Gray{Y: 238}), image.Point{}, draw.Src)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(scanW)/2, float64(scanH)/2
	m := f64.Aff3{cos, -sin, cx - cos*cx + sin*cy + 3, sin, cos, cy - sin*cx - cos*cy - 2}
	draw.BiLinear.Transform(out, m, page, page.Bounds(), draw.Src, nil)
	for y := range scanH {
		row := out.Pix[y*out.Stride : y*out.Stride+width]
		for x := range row {
			shade := 7 * float64(x) / float64(width) // the lamp is weaker on the right
			v := float64(row[x])*0.93 + 12 - shade + float64(r.Uint32()&7) - 3.5
			row[x] = uint8(min(max(v, 0), 255))
		}
	}
	for range 90 { // specks of dust
		x, y := 4+r.IntN(width-8), 4+r.IntN(scanH-8)
		tone := color.Gray{Y: uint8(70 + r.IntN(110))}
		for range 1 + r.IntN(5) {
			out.SetGray(x+r.IntN(3), y+r.IntN(3), tone)
		}
	}
	return out
}
