package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/vector"

	"phonghop/server/internal/document"
	"phonghop/server/internal/export"
	"phonghop/shared/ink"
)

// bare makes a PDF of one empty page whose dictionary has these entries.
func bare(t testing.TB, entries string) string {
	t.Helper()
	var b bytes.Buffer
	var at []int
	object := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.7\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R " + entries + " >>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return write(t, "bare.pdf", b.Bytes())
}

var written = time.Date(2026, 11, 24, 2, 30, 0, 0, time.UTC)

func put(t testing.TB, id string, tool ink.Tool, pressure bool, points ...ink.Point) export.Stroke {
	t.Helper()
	packed, err := ink.Pack(points, pressure)
	if err != nil {
		t.Fatal(err)
	}
	return export.Stroke{Name: "Lưu Thị Hoài Ngân", Stroke: ink.Stroke{
		ID: id, Page: 1, Version: 1, Tool: tool, Width: 1, Ink: packed, Author: "ngan", At: written.UnixMilli(),
	}}
}

// everyTool writes with each tool within 280 x 200 points.
func everyTool(t testing.TB) []export.Stroke {
	t.Helper()
	var wave, pressed, high []ink.Point
	for i := range 40 {
		u := float64(i) / 39
		wave = append(wave, ink.Point{X: 20 + 120*u, Y: 30 + 12*math.Sin(u*14), Millis: i * 8})
		pressed = append(pressed, ink.Point{X: 160 + 100*u, Y: 30 + 10*math.Cos(u*9), Millis: i * 8, Pressure: u})
		high = append(high, ink.Point{X: 20 + 120*u, Y: 60 + 2*math.Sin(u*5), Millis: i * 8})
	}
	at := func(x, y float64) ink.Point { return ink.Point{X: x, Y: y} }
	all := []export.Stroke{
		put(t, "pen", ink.Pen, false, wave...), put(t, "pressed", ink.Pen, true, pressed...), put(t, "dot", ink.Pen, false, at(10, 10)),
		put(t, "high", ink.Highlighter, false, high...), put(t, "mark", ink.Mark, false, at(160, 55), at(260, 67), at(160, 70), at(220, 82)),
		put(t, "line", ink.Line, false, at(20, 90), at(120, 110)), put(t, "arrow", ink.Arrow, false, at(160, 110), at(250, 90)),
		put(t, "rect", ink.Rect, false, at(20, 120), at(90, 160)), put(t, "ellipse", ink.Ellipse, false, at(110, 120), at(180, 165)),
	}
	for i := range all {
		all[i].Colour = i % ink.Colours
	}
	return all
}

func noted(t testing.TB) export.Stroke {
	t.Helper()
	s := put(t, "note", ink.Note, false, ink.Point{X: 20, Y: 170})
	s.Text = "Đề nghị làm rõ số liệu,\nường ở ự ễ ặ (quý III)"
	return s
}

// annotated exports and returns where the file is.
func annotated(t testing.TB, p *Pool, file string, strokes []export.Stroke) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out.pdf")
	if err := p.Annotate(background(t), file, out, strokes); err != nil {
		t.Fatal(err)
	}
	return out
}

func reread(t testing.TB, path string) []export.Stroke {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	got, err := export.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// pages are those on which the mapping can go wrong, with the size shown.
var pages = map[string]struct {
	entries string
	w, h    float64
}{
	"plain":             {"/MediaBox [0 0 300 220]", 300, 220},
	"turned 90":         {"/MediaBox [0 0 220 300] /Rotate 90", 300, 220},
	"turned 180":        {"/MediaBox [0 0 300 220] /Rotate 180", 300, 220},
	"turned 270":        {"/MediaBox [0 0 220 300] /Rotate 270", 300, 220},
	"turned -90":        {"/MediaBox [0 0 220 300] /Rotate -90", 300, 220},
	"cropped":           {"/MediaBox [0 0 500 500] /CropBox [100 150 400 370]", 300, 220},
	"cropped, turned":   {"/MediaBox [0 0 500 500] /CropBox [100 150 320 450] /Rotate 90", 300, 220},
	"below zero":        {"/MediaBox [-150 -110 150 110]", 300, 220},
	"corners exchanged": {"/MediaBox [300 220 0 0]", 300, 220},
	"crop beyond":       {"/MediaBox [0 0 300 220] /CropBox [-50 -50 900 900]", 300, 220},
	"user units":        {"/MediaBox [0 0 300 220] /UserUnit 2", 300, 220},
}

// What is exported reads back as it was, with author and date, and other
// programs accept the file.
func TestExportReadsBack(t *testing.T) {
	p := newPool(t, nil)
	want := append(everyTool(t), noted(t))
	want[0].Subject = "phiên bản 1"
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			out := annotated(t, p, bare(t, page.entries), want)
			if got := reread(t, out); !reflect.DeepEqual(got, want) {
				t.Errorf("read back:\n got %+v\nwant %+v", got, want)
			}
			check(t, out)
			// And once more on top: both are there.
			again := annotated(t, p, out, want[:1])
			if got := reread(t, again); len(got) != len(want)+1 {
				t.Errorf("%d strokes after a second export", len(got))
			}
		})
	}
}

// check has qpdf look at a file, where there is one.
func check(t testing.TB, path string) {
	t.Helper()
	qpdf, err := exec.LookPath("qpdf")
	if err != nil {
		return
	}
	if out, err := exec.CommandContext(t.Context(), qpdf, "--check", path).CombinedOutput(); err != nil {
		t.Errorf("qpdf: %v\n%s", err, out)
	}
}

const scale = 3 // pixels a point

// canvas draws strokes as a client does, on white.
func canvas(w, h float64, strokes []export.Stroke) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, int(w*scale), int(h*scale)))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	for _, s := range strokes {
		for _, path := range s.Paths(ink.Fine) {
			r := vector.NewRasterizer(out.Rect.Dx(), out.Rect.Dy())
			for _, edge := range path.Outline(ink.Fine) {
				for i, c := range edge {
					if x, y := float32(c[0]*scale), float32(c[1]*scale); i == 0 {
						r.MoveTo(x, y)
					} else {
						r.LineTo(x, y)
					}
				}
				r.ClosePath()
			}
			c := s.RGB()
			r.Draw(out, out.Rect, image.NewUniform(color.RGBA{c.R, c.G, c.B, 255}), image.Point{})
		}
	}
	return out
}

func byPdfium(t testing.TB, p *Pool, path string, w float64) image.Image {
	t.Helper()
	got, err := p.Draw(background(t), path, 1, int(w*scale), document.Rect{})
	if err != nil {
		t.Fatal(err)
	}
	img, _, err := image.Decode(bytes.NewReader(got.Data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func byPoppler(t testing.TB, path string) image.Image {
	t.Helper()
	tool, err := exec.LookPath("pdftoppm")
	if err != nil {
		t.Skip("no pdftoppm")
	}
	to := filepath.Join(t.TempDir(), "page")
	if out, err := exec.CommandContext(t.Context(), tool, "-png", "-cropbox", "-singlefile", "-r", fmt.Sprint(72*scale), path, to).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	f, err := os.Open(to + ".png")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// unlike is the share of the inked pixels that differ by more than a quarter
// in any colour from every pixel next to their place in the other picture:
// edges may be softened differently, and lie up to a pixel apart; nothing may
// be missing, moved or of another colour.
func unlike(a, b image.Image) float64 {
	inked, bad := 0, 0
	bounds := a.Bounds().Intersect(b.Bounds())
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			c := at(a, x, y)
			if c == [3]int{255, 255, 255} {
				continue
			}
			inked++
			if !somewhere(b, bounds, x, y, c) {
				bad++
			}
		}
	}
	if inked == 0 {
		return 1
	}
	return float64(bad) / float64(inked)
}

func at(m image.Image, x, y int) [3]int {
	r, g, b, _ := m.At(x, y).RGBA()
	return [3]int{int(r >> 8), int(g >> 8), int(b >> 8)}
}

func somewhere(m image.Image, bounds image.Rectangle, x, y int, c [3]int) bool {
	var low, high [3]int
	low = [3]int{255, 255, 255}
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if !(image.Point{x + dx, y + dy}).In(bounds) {
				continue
			}
			o := at(m, x+dx, y+dy)
			for i := range o {
				low[i], high[i] = min(low[i], o[i]), max(high[i], o[i])
			}
		}
	}
	for i := range c {
		if c[i] < low[i]-64 || c[i] > high[i]+64 {
			return false
		}
	}
	return true
}

// The same picture on the client's canvas, from pdfium and from poppler, on
// every kind of page: at most 1 in 200 of the inked pixels differs.
func TestExportLooksTheSameEverywhere(t *testing.T) {
	p := newPool(t, nil)
	const tolerance = 0.005
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			strokes := everyTool(t)
			out := annotated(t, p, bare(t, page.entries), strokes)
			info, err := p.Inspect(background(t), out)
			if err != nil || math.Abs(float64(info.Sizes[0].W)-page.w) > 0.01 || math.Abs(float64(info.Sizes[0].H)-page.h) > 0.01 {
				t.Fatalf("the page is %v, %v", info.Sizes, err)
			}
			pictures := map[string]image.Image{
				"canvas": canvas(page.w, page.h, strokes), "pdfium": byPdfium(t, p, out, page.w), "poppler": byPoppler(t, out),
			}
			for a, one := range pictures {
				for b, other := range pictures {
					if a == b || name == "user units" && (a == "poppler" || b == "poppler") {
						continue // poppler shows such a page larger
					}
					if share := unlike(one, other); share > tolerance {
						t.Errorf("%.2f %% of the ink in %s is not in %s", share*100, a, b)
					}
				}
			}
			// Text is drawn by the font's own outlines: less alike in detail.
			words := annotated(t, p, bare(t, page.entries), []export.Stroke{noted(t)})
			if name != "user units" {
				if share := unlike(byPdfium(t, p, words, page.w), byPoppler(t, words)); share > 0.02 {
					t.Errorf("%.2f %% of the note differs", share*100)
				}
			}
		})
	}
}

// Vietnamese notes are text in the file: other programs find it.
func TestExportedNoteIsText(t *testing.T) {
	p := newPool(t, nil)
	out := annotated(t, p, bare(t, pages["turned 90"].entries), []export.Stroke{noted(t)})
	info, err := os.Stat(out)
	if err != nil || info.Size() > 40_000 {
		t.Errorf("%d bytes, %v: the font is not cut down", info.Size(), err)
	}
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("no pdftotext")
	}
	got, err := exec.CommandContext(t.Context(), tool, out, "-").Output()
	if err != nil || !strings.Contains(string(got), "Đề nghị làm rõ số liệu") {
		t.Errorf("pdftotext: %q, %v", got, err)
	}
}

// A real document keeps its pages and its text under the ink.
func TestExportOfADocument(t *testing.T) {
	p := newPool(t, nil)
	file := textPDF(t, 3)
	strokes := everyTool(t)
	for i := range strokes {
		strokes[i].Page = 1 + i%4 // the fourth page is not there
	}
	out := annotated(t, p, file, strokes)
	before, err := p.Inspect(background(t), file)
	if err != nil {
		t.Fatal(err)
	}
	after, err := p.Inspect(background(t), out)
	if err != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("%+v became %+v, %v", before, after, err)
	}
	was, err := p.Text(background(t), file, 2)
	if err != nil {
		t.Fatal(err)
	}
	if is, err := p.Text(background(t), out, 2); err != nil || !reflect.DeepEqual(was, is) {
		t.Errorf("the text has changed, %v", err)
	}
	if got := reread(t, out); len(got) != len(strokes)-2 {
		t.Errorf("%d strokes", len(got))
	}
	check(t, out)
}

// A file whose page tree is damaged, which pdfium mends when it reads it, is
// exported all the same.
func TestExportOfADamagedFile(t *testing.T) {
	p := newPool(t, nil)
	data, err := os.ReadFile(bare(t, "/MediaBox [0 0 300 220]"))
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, "damaged.pdf", bytes.Replace(data, []byte("/Count 1"), []byte("        "), 1))
	if _, err := p.Inspect(background(t), file); err != nil {
		t.Skip("pdfium does not read it either")
	}
	strokes := everyTool(t)
	out := annotated(t, p, file, strokes)
	if got := reread(t, out); !reflect.DeepEqual(got, strokes) {
		t.Errorf("read back: %+v", got)
	}
	check(t, out)
	if share := unlike(canvas(300, 220, strokes), byPdfium(t, p, out, 300)); share > 0.005 {
		t.Errorf("%.2f %% of the ink differs", share*100)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(out), "*")); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestExportRefusesWhatIsNoFile(t *testing.T) {
	p := newPool(t, nil)
	for name, data := range map[string]string{"no PDF": "hello", "empty": "", "cut off": "%PDF-1.7\n1 0 obj\n<<"} {
		err := p.Annotate(background(t), write(t, "x.pdf", []byte(data)), filepath.Join(t.TempDir(), "out.pdf"), everyTool(t))
		if !errors.Is(err, &document.Refusal{Code: document.CodeNoExport}) {
			t.Errorf("%s: %v", name, err)
		}
	}
	odd := everyTool(t)
	odd[0].Ink, odd[1].Tool = "!", "spray"
	out := annotated(t, p, bare(t, "/MediaBox [0 0 300 220]"), odd)
	if got := reread(t, out); len(got) != len(odd)-2 {
		t.Errorf("%d strokes", len(got))
	}
}
