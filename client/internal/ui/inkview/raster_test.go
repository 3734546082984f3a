package inkview

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"phonghop/shared/ink"
)

func stroke(t testing.TB, tool ink.Tool, colour, width int, points ...ink.Point) ink.Stroke {
	t.Helper()
	packed, err := ink.Pack(points, false)
	if err != nil {
		t.Fatal(err)
	}
	return ink.Stroke{ID: randomID(), Page: 1, Version: 1, Tool: tool, Colour: colour, Width: width, Ink: packed}
}

var ids = rand.New(rand.NewPCG(1, 1))

func randomID() string {
	b := make([]byte, 12)
	for i := range b {
		b[i] = byte('a' + ids.IntN(26))
	}
	return string(b)
}

func pt(x, y float64) ink.Point { return ink.Point{X: x, Y: y} }

// handwriting is a line of letters.
func handwriting(t testing.TB, r *rand.Rand, x, y float64) ink.Stroke {
	t.Helper()
	var points []ink.Point
	for i := range 30 {
		u := float64(i)
		points = append(points, ink.Point{X: x + u*1.4 + 2*math.Sin(u), Y: y + 6*math.Sin(u*0.9) + r.Float64(), Millis: i * 12})
	}
	return stroke(t, ink.Pen, r.IntN(ink.Colours), r.IntN(ink.Widths), ink.Simplify(points, ink.Fidelity)...)
}

// A part of a page is drawn to the pixel like the same part of the whole.
func TestPartsAreLikeTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	var strokes []ink.Stroke
	for range 40 {
		strokes = append(strokes, handwriting(t, r, 20+400*r.Float64(), 20+400*r.Float64()))
	}
	note := stroke(t, ink.Note, 1, 1, pt(40, 60))
	note.Text = "Đề nghị thẩm định lại số liệu"
	strokes = append(strokes, stroke(t, ink.Highlighter, 0, 1, pt(30, 100), pt(300, 104)), note)
	const scale = 2.3
	whole := image.NewRGBA(image.Rect(0, 0, 1100, 1100))
	under := paper(whole.Rect)
	var tip brush
	for _, s := range strokes {
		tip.draw(whole, scale, s, under)
	}
	for _, at := range tilesOver(whole.Rect) {
		part := image.NewRGBA(tileArea(at).Intersect(whole.Rect))
		for _, s := range strokes {
			if bounds(boxOf(s), scale).Overlaps(part.Rect) {
				tip.draw(part, scale, s, under)
			}
		}
		for y := part.Rect.Min.Y; y < part.Rect.Max.Y; y++ {
			for x := part.Rect.Min.X; x < part.Rect.Max.X; x++ {
				if a, b := on(under, part, x, y), on(under, whole, x, y); far(a, b) > 3 {
					t.Fatalf("pixel %d,%d: %v in the part, %v in the whole", x, y, a, b)
				}
			}
		}
	}
}

func far(a, b color.RGBA) int {
	d := func(x, y uint8) int { return max(int(x)-int(y), int(y)-int(x)) }
	return max(d(a.R, b.R), d(a.G, b.G), d(a.B, b.B), d(a.A, b.A))
}

// on is a pixel as one sees it, over the page.
func on(under, img *image.RGBA, x, y int) color.RGBA {
	a, p := img.RGBAAt(x, y), under.RGBAAt(x, y)
	rest := 255 - int(a.A)
	mixed := func(v, below uint8) uint8 { return uint8(int(v) + int(below)*rest/255) }
	return color.RGBA{mixed(a.R, p.R), mixed(a.G, p.G), mixed(a.B, p.B), 255}
}

func paper(r image.Rectangle) *image.RGBA {
	img := image.NewRGBA(r)
	draw.Draw(img, r, image.White, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(100, 220, 400, 240), image.NewUniform(color.Gray{40}), image.Point{}, draw.Src)
	return img
}

// Small letters keep their ink, whatever the zoom: the area that is covered grows with the square of it.
func TestTheSamePictureAtEveryZoom(t *testing.T) {
	letter := stroke(t, ink.Pen, 2, 0, pt(100, 100), pt(103, 97), pt(105, 100), pt(103, 103), pt(100, 101))
	dot := stroke(t, ink.Pen, 2, 1, pt(120, 100))
	for name, s := range map[string]ink.Stroke{"a letter of 2 mm": letter, "a dot": dot} {
		var first float64
		for _, scale := range []float64{1, 1.5, 2.4, 4, 8} {
			img := image.NewRGBA(image.Rect(0, 0, 1200, 1200))
			new(brush).draw(img, scale, s, nil)
			sum := 0.0
			for i := 3; i < len(img.Pix); i += 4 {
				sum += float64(img.Pix[i]) / 255
			}
			area := sum / scale / scale
			if first == 0 {
				first = area
			}
			if area < first*0.9 || area > first*1.1 {
				t.Errorf("%s covers %.2f square points at %v, %.2f at 1", name, area, scale, first)
			}
		}
	}
}

// A highlighter darkens as one does on paper: white becomes its colour, black stays black.
func TestHighlighterMultiplies(t *testing.T) {
	s := stroke(t, ink.Highlighter, 0, 2, pt(50, 115), pt(180, 115))
	img := image.NewRGBA(image.Rect(0, 0, 420, 300))
	under := paper(img.Rect)
	new(brush).draw(img, 2, s, under)
	if got, c := img.RGBAAt(200, 215), s.RGB(); got.A != 255 || far(got, color.RGBA{c.R, c.G, c.B, 255}) > 1 {
		t.Errorf("on white: %v", got)
	}
	if got := img.RGBAAt(200, 230); got.R > 41 || got.G > 41 || got.B > 41 {
		t.Errorf("on text: %v", got)
	}
	if got := img.RGBAAt(10, 10); got.A != 0 {
		t.Errorf("beside it: %v", got)
	}
	veiled := image.NewRGBA(img.Rect)
	new(brush).draw(veiled, 2, s, nil)
	if got := veiled.RGBAAt(200, 215); got.A == 0 || got.A > 140 {
		t.Errorf("where the page is not known: %v", got)
	}
}

func TestNonsenseIsNotDrawn(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 100, 100))
	var tip brush
	far := stroke(t, ink.Line, 1, 1, pt(90_000, 90_000), pt(99_000, 99_000))
	for _, s := range []ink.Stroke{{Tool: ink.Pen, Ink: "###"}, {Tool: "chainsaw", Ink: far.Ink}, {Tool: ink.Note, Ink: "?", Text: "x"}, far} {
		tip.draw(img, 2, s, nil)
	}
	for i, v := range img.Pix {
		if v != 0 {
			t.Fatalf("byte %d is %d", i, v)
		}
	}
}

// BenchmarkOpenPage10000 draws a page with 10,000 strokes of handwriting; first-ms is until the first part of it can be seen.
func BenchmarkOpenPage10000(b *testing.B) {
	var first time.Duration
	strokes := many(b, 10_000)
	const scale = 1.6
	page := image.Rect(0, 0, 952, 1347)
	for b.Loop() {
		done, begun, n := make(chan struct{}), time.Now(), 0
		bk := newBaker(func(got baked) {
			if n++; n == 1 {
				first += time.Since(begun)
			}
			if got.last {
				close(done)
			}
		})
		bk.ask(order{number: 1, scale: scale, strokes: strokes, page: page, tiles: tilesOver(page)})
		<-done
		bk.close()
	}
	b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "first-ms")
}

func many(t testing.TB, n int) []ink.Stroke {
	r := rand.New(rand.NewPCG(9, 9))
	out := make([]ink.Stroke, n)
	for i := range out {
		out[i] = handwriting(t, r, 500*r.Float64(), 800*r.Float64())
	}
	return out
}
