package pdf

import (
	"fmt"
	"image"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"phonghop/server/internal/document"
)

// A0 in points, lying.
const a0Wide, a0High = 3370.0, 2384.0

// drawing makes a page as a surveyor's drawing: so many parcels of land with their numbers, letters of 1.8 mm and lines of 0.13 mm.
func drawing(t testing.TB, wide, high float64, parcels int) string {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 7))
	var out strings.Builder
	out.WriteString("0.37 w 0 0 0 RG\n")
	for n := range parcels {
		x, y := random.Float64()*(wide-30), random.Float64()*(high-20)
		fmt.Fprintf(&out, "%.2f %.2f m ", x, y)
		for range 7 {
			fmt.Fprintf(&out, "%.2f %.2f l ", x+random.Float64()*30, y+random.Float64()*20)
		}
		out.WriteString("s\n")
		fmt.Fprintf(&out, "BT /F 5 Tf %.2f %.2f Td (%d/%d) Tj ET\n", x+4, y+6, n, random.IntN(900))
	}
	return onePageFile(t, fmt.Sprintf("/MediaBox[0 0 %g %g]", wide, high), out.String())
}

// A tile of the finest widths has the pixels of the page drawn whole: here a strip as wide as an A0 drawing, which can be.
func TestFineTilesMakeThePage(t *testing.T) {
	t.Parallel()
	p, file := newPool(t, nil), drawing(t, a0Wide, 60, 400)
	for _, width := range []int{12_800, 25_600} {
		picture, whole := drawPage(t, p, file, 1, width)
		if picture.Width != width {
			t.Fatalf("the whole page came %d wide", picture.Width)
		}
		last := (width - 1) / document.TileSize * document.TileSize
		for _, x := range []int{0, 2 * document.TileSize, width / 2 / document.TileSize * document.TileSize, last} {
			tile := document.Rect{X: x, W: min(document.TileSize, width-x), H: min(document.TileSize, picture.Height)}
			part, err := p.Draw(background(t), file, 1, width, tile)
			if err != nil {
				t.Fatal(err)
			}
			if most, share := difference(decode(t, part), whole, tile); most > 17 || share > 0.01 {
				t.Errorf("at %d, tile %+v differs by up to %d in %.2f %% of its pixels", width, tile, most, 100*share)
			}
		}
	}
}

// difference tells by how much a tile differs from the whole, of 255, and in which share of its pixels. pdfium rounds the places of
// lines to 1/256 pixel from the picture's corner, and so a pixel at an edge may become the next of 16 grays.
func difference(part, whole image.Image, tile document.Rect) (most int, share float64) {
	other := 0
	for y := range tile.H {
		for x := range tile.W {
			a := color.GrayModel.Convert(part.At(x, y)).(color.Gray).Y
			b := color.GrayModel.Convert(whole.At(tile.X+x, tile.Y+y)).(color.Gray).Y
			if a != b {
				other++
				most = max(most, int(a)-int(b), int(b)-int(a))
			}
		}
	}
	return most, float64(other) / float64(tile.W*tile.H)
}

// scan makes a page of wide x high points with a picture of so many pixels across it, and what is given beside it.
func scan(t testing.TB, wide, high float64, pixels int, beside string) string {
	t.Helper()
	rows := int(float64(pixels) * high / wide)
	picture := stream(fmt.Sprintf("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1", pixels, rows),
		strings.Repeat("\xaa", (pixels+7)/8*rows))
	content := fmt.Sprintf("q %g 0 0 %g 0 0 cm /I Do Q %s", wide, high, beside)
	return write(t, "scan.pdf", assemble(
		"<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		fmt.Sprintf("<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 %g %g]/Resources<</Font<</F 5 0 R>>/XObject<</I 6 0 R>>>>>>", wide, high),
		stream("", content),
		"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
		picture,
	))
}

// A scan is not drawn at more than twice its own pixels; with letters or lines on it, it is.
func TestScansAreWorthTheirPixels(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	const words = "BT %s /F 12 Tf 20 20 Td (words) Tj ET"
	for _, c := range []struct {
		name   string
		pixels int
		beside string
		finest int
	}{
		{"200 to the inch", 1654, "", 6_400},
		{"with words for the search", 1654, fmt.Sprintf(words, "3 Tr"), 6_400},
		{"fine", 6_500, "", 12_800},
		{"with a word", 1654, fmt.Sprintf(words, ""), 25_600},
		{"with a line", 1654, "0 0 m 100 100 l S", 25_600},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := scan(t, 595, 100, c.pixels, c.beside)
			for _, width := range document.TileWidths {
				_, err := p.Draw(background(t), file, 1, width, document.Rect{X: 512, W: 512, H: 512})
				if width <= c.finest && err != nil {
					t.Errorf("%d: %v", width, err)
				}
				if width > c.finest {
					wantCode(t, err, document.CodeBadRequest)
				}
			}
		})
	}
}

// BenchmarkDrawingTile draws tiles of a dense A0 drawing, each another one. The time at the coarsest width of the same run is the
// measure: a finer tile shows less of the page, and must not take longer.
func BenchmarkDrawingTile(b *testing.B) {
	p, file := newPool(b, func(c *Config) { c.Workers = 1 }), drawing(b, a0Wide, a0High, 20_000)
	per := func(width, tiles int) time.Duration {
		w, h := document.Grid(document.Size{W: a0Wide, H: a0High}, width)
		began := time.Now()
		for n := range tiles {
			x, y := w*(n%5+1)/7, h*(n%3+1)/5
			if _, err := p.Draw(b.Context(), file, 1, width, document.Rect{X: x, Y: y, W: document.TileSize, H: document.TileSize}); err != nil {
				b.Fatal(err)
			}
		}
		return time.Since(began) / time.Duration(tiles)
	}
	per(3_200, 1) // reads the page
	for b.Loop() {
		coarse := per(3_200, 5)
		b.ReportMetric(float64(per(12_800, 15))/float64(coarse), "12800/3200")
		b.ReportMetric(float64(per(25_600, 15))/float64(coarse), "25600/3200")
		b.ReportMetric(float64(coarse.Microseconds())/1000, "ms-3200")
	}
}
