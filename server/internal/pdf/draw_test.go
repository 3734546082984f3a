package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"path/filepath"
	"testing"

	_ "image/jpeg"

	"codeberg.org/go-pdf/fpdf"

	"phonghop/server/internal/document"
)

func decode(t testing.TB, p document.Picture) image.Image {
	t.Helper()
	img, format, err := image.Decode(bytes.NewReader(p.Data))
	if err != nil {
		t.Fatal(err)
	}
	if "image/"+format != p.ContentType {
		t.Errorf("%s called %s", format, p.ContentType)
	}
	if b := img.Bounds(); b.Dx() != p.Width || b.Dy() != p.Height {
		t.Errorf("picture is %v, said to be %dx%d", b, p.Width, p.Height)
	}
	return img
}

func drawPage(t testing.TB, p *Pool, file string, page, width int) (document.Picture, image.Image) {
	t.Helper()
	picture, err := p.Draw(background(t), file, page, width, document.Rect{})
	if err != nil {
		t.Fatal(err)
	}
	return picture, decode(t, picture)
}

func TestDrawTextPage(t *testing.T) {
	t.Parallel()
	p, file := newPool(t, nil), textPDF(t, 2)
	for _, c := range []struct{ width, most int }{{800, 80_000}, {1600, 260_000}} {
		picture, img := drawPage(t, p, file, 2, c.width)
		if picture.ContentType != "image/png" || picture.Width != c.width {
			t.Errorf("%s, %d px wide", picture.ContentType, picture.Width)
		}
		if pal, ok := img.(*image.Paletted); !ok || len(pal.Palette) != 16 {
			t.Errorf("not 16 levels: %T", img)
		}
		if len(picture.Data) > c.most {
			t.Errorf("%d bytes at %d px", len(picture.Data), c.width)
		}
		t.Logf("%d px: %d bytes", c.width, len(picture.Data))
	}
}

// A page cut into tiles shows the same as the page drawn whole.
func TestTilesMakeThePage(t *testing.T) {
	t.Parallel()
	p, file := newPool(t, nil), textPDF(t, 1)
	picture, whole := drawPage(t, p, file, 1, 1600)
	for y := 0; y < picture.Height; y += 512 {
		for x := 0; x < picture.Width; x += 512 {
			tile := document.Rect{X: x, Y: y, W: min(512, picture.Width-x), H: min(512, picture.Height-y)}
			part, err := p.Draw(background(t), file, 1, 1600, tile)
			if err != nil {
				t.Fatal(err)
			}
			if at, ok := differ(decode(t, part), whole, tile); ok {
				t.Fatalf("tile %+v differs at %v", tile, at)
			}
		}
	}
}

func differ(part, whole image.Image, tile document.Rect) (image.Point, bool) {
	for y := range tile.H {
		for x := range tile.W {
			a := color.GrayModel.Convert(part.At(x, y)).(color.Gray).Y
			b := color.GrayModel.Convert(whole.At(tile.X+x, tile.Y+y)).(color.Gray).Y
			if a != b {
				return image.Pt(x, y), true
			}
		}
	}
	return image.Point{}, false
}

func TestDrawColours(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	stamp := onePageFile(t, "/MediaBox[0 0 595 842]", "BT /F 20 Tf 50 700 Td (decided) Tj ET 0.8 0 0 RG 4 w 300 100 80 80 re S")
	picture, img := drawPage(t, p, stamp, 1, 800)
	if picture.ContentType != "image/png" {
		t.Errorf("writing with a stamp is %s", picture.ContentType)
	}
	if !has(img, func(r, g, b uint32) bool { return r > 0xb000 && g < 0x3000 && b < 0x3000 }) {
		t.Error("the stamp lost its red")
	}
	photo, _ := drawPage(t, p, photoPDF(t), 1, 800)
	if photo.ContentType != "image/jpeg" {
		t.Errorf("a photograph is %s", photo.ContentType)
	}
}

func has(img image.Image, want func(r, g, b uint32) bool) bool {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if r, g, bl, _ := img.At(x, y).RGBA(); want(r, g, bl) {
				return true
			}
		}
	}
	return false
}

// photoPDF makes a page that is a noisy picture.
func photoPDF(t testing.TB) string {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	img := image.NewRGBA(image.Rect(0, 0, 400, 566))
	for i := range img.Pix {
		img.Pix[i] = uint8(i/400 + random.IntN(60))
		if i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	var data bytes.Buffer
	if err := png.Encode(&data, img); err != nil {
		t.Fatal(err)
	}
	doc := fpdf.New("P", "mm", "A4", "")
	doc.AddPage()
	doc.RegisterImageOptionsReader("photo", fpdf.ImageOptions{ImageType: "PNG"}, &data)
	doc.ImageOptions("photo", 0, 0, 210, 297, false, fpdf.ImageOptions{}, 0, "")
	path := filepath.Join(t.TempDir(), "photo.pdf")
	if err := doc.OutputFileAndClose(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDrawAnnotations(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	file := onePageFile(t, "/MediaBox[0 0 200 200]/Annots[<</Type/Annot/Subtype/Square/Rect[50 50 150 150]/C[0 0 1]/IC[0 0 1]/F 4>>]", "")
	_, img := drawPage(t, p, file, 1, 200)
	if r, g, b, _ := img.At(100, 100).RGBA(); b < 0xc000 || r > 0x4000 || g > 0x4000 {
		t.Errorf("no annotation at its place: %x %x %x", r, g, b)
	}
}

func TestDrawSizes(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	const mm = 72 / 25.4
	for _, c := range []struct{ w, h float64 }{
		{10 * mm, 10 * mm}, {5000 * mm, 5000 * mm}, {10 * mm, 5000 * mm}, {5000 * mm, 10 * mm},
		{1, 1}, {1, 14400}, {14400, 1}, {0.001, 0.001}, {1e9, 1e9}, {3, 1e9},
	} {
		t.Run(fmt.Sprintf("%.5gx%.5g", c.w, c.h), func(t *testing.T) {
			file := onePageFile(t, fmt.Sprintf("/MediaBox[0 0 %f %f]", c.w, c.h), "0 0 1 1 re f")
			info, err := p.Inspect(background(t), file)
			if err != nil {
				t.Fatal(err)
			}
			if s := info.Sizes[0]; s.W < document.MinSidePoints || s.H > document.MaxSidePoints {
				t.Errorf("size %+v", s)
			}
			for _, width := range []int{200, 800, 1600} {
				picture, _ := drawPage(t, p, file, 1, width)
				if picture.Width > width || picture.Width*picture.Height > maxPixels {
					t.Errorf("%dx%d px", picture.Width, picture.Height)
				}
			}
			w, h := document.Grid(info.Sizes[0], 6400)
			tile := document.Rect{X: max(0, w-512), Y: max(0, h-512), W: min(512, w), H: min(512, h)}
			if _, err := p.Draw(background(t), file, 1, 6400, tile); err != nil {
				t.Errorf("last tile of %dx%d: %v", w, h, err)
			}
		})
	}
}

func TestDrawRefusals(t *testing.T) {
	t.Parallel()
	p, file := newPool(t, nil), textPDF(t, 1)
	for _, c := range []struct {
		name        string
		page, width int
		tile        document.Rect
		code        document.Code
	}{
		{"page 0", 0, 800, document.Rect{}, document.CodeNoSuchPage},
		{"page 2", 2, 800, document.Rect{}, document.CodeNoSuchPage},
		{"width 0", 1, 0, document.Rect{}, document.CodeBadRequest},
		{"width huge", 1, 1 << 30, document.Rect{}, document.CodeBadRequest},
		{"tile outside", 1, 800, document.Rect{X: 700, W: 512, H: 512}, document.CodeBadRequest},
		{"tile negative", 1, 800, document.Rect{X: -1, W: 512, H: 512}, document.CodeBadRequest},
		{"tile overflowing", 1, 800, document.Rect{X: 1 << 62, Y: 1 << 62, W: 512, H: 512}, document.CodeBadRequest},
		{"tile huge", 1, 12_800, document.Rect{W: 12_800, H: 12_800}, document.CodeBadRequest},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := p.Draw(background(t), file, c.page, c.width, c.tile)
			wantCode(t, err, c.code)
		})
	}
}
