package export

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/image/font/sfnt"

	"phonghop/assets/fonts"
	"phonghop/shared/ink"
)

// The corners of the page as shown are where the boxes and the rotation put
// them: upper left, upper right, lower right.
func TestViewOfRotatedAndCroppedPages(t *testing.T) {
	box := func(x0, y0, x1, y1 float64) *types.Rectangle { return types.NewRectangle(x0, y0, x1, y1) }
	for name, c := range map[string]struct {
		page    model.InheritedPageAttrs
		w, h    float64
		corners [3][2]float64
	}{
		"nothing said": {model.InheritedPageAttrs{}, 612, 792, [3][2]float64{{0, 792}, {612, 792}, {612, 0}}},
		"plain":        {model.InheritedPageAttrs{MediaBox: box(0, 0, 300, 200)}, 300, 200, [3][2]float64{{0, 200}, {300, 200}, {300, 0}}},
		"turned 90":    {model.InheritedPageAttrs{MediaBox: box(0, 0, 200, 300), Rotate: 90}, 300, 200, [3][2]float64{{0, 0}, {0, 300}, {200, 300}}},
		"turned 180":   {model.InheritedPageAttrs{MediaBox: box(0, 0, 300, 200), Rotate: 180}, 300, 200, [3][2]float64{{300, 0}, {0, 0}, {0, 200}}},
		"turned -90":   {model.InheritedPageAttrs{MediaBox: box(0, 0, 200, 300), Rotate: -90}, 300, 200, [3][2]float64{{200, 300}, {200, 0}, {0, 0}}},
		"cropped": {model.InheritedPageAttrs{MediaBox: box(0, 0, 500, 500), CropBox: box(100, 150, 400, 350)}, 300, 200,
			[3][2]float64{{100, 350}, {400, 350}, {400, 150}}},
		"cropped to nothing": {model.InheritedPageAttrs{MediaBox: box(0, 0, 300, 200), CropBox: box(900, 900, 950, 950)}, 300, 200,
			[3][2]float64{{0, 200}, {300, 200}, {300, 0}}},
	} {
		v := viewOf(&c.page)
		for i, at := range [3][2]float64{{0, 0}, {c.w, 0}, {c.w, c.h}} {
			if x, y := v.place(at[0], at[1]); math.Abs(x-c.corners[i][0]) > 1e-9 || math.Abs(y-c.corners[i][1]) > 1e-9 {
				t.Errorf("%s: corner %d is at %v,%v, want %v", name, i, x, y, c.corners[i])
			}
		}
	}
}

// The cut-down font still has the outlines of every letter of a note, also of
// those that are put together from others, and no other.
func TestSubsetHasItsLetters(t *testing.T) {
	const words = "Đề nghị làm rõ số liệu ường ở ự ễ ặ ậ ỗ"
	f, err := newFace([]Stroke{{Stroke: ink.Stroke{Tool: ink.Note, Text: words}}})
	if err != nil {
		t.Fatal(err)
	}
	if len(f.data) > 200_000 {
		t.Errorf("%d bytes", len(f.data))
	}
	whole, err := sfnt.Parse(fonts.NotoSansRegular)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := tablesOf(f.data)
	if err != nil || len(tables["glyf"]) == 0 {
		t.Fatalf("%d tables, %v", len(tables), err)
	}
	old, err := tablesOf(fonts.NotoSansRegular)
	if err != nil {
		t.Fatal(err)
	}
	at := func(loca []byte, g int) (from, to uint32) {
		n := func(i int) uint32 {
			return uint32(loca[i])<<24 | uint32(loca[i+1])<<16 | uint32(loca[i+2])<<8 | uint32(loca[i+3])
		}
		return n(4 * g), n(4*g + 4)
	}
	var buf sfnt.Buffer
	for _, r := range words {
		g, err := whole.GlyphIndex(&buf, r)
		if err != nil || g == 0 {
			t.Fatalf("the font has no %c", r)
		}
		a, b := at(tables["loca"], int(g))
		c, d := at(old["loca"], int(g))
		if b-a < d-c || !bytes.Equal(tables["glyf"][a:a+d-c], old["glyf"][c:d]) {
			t.Errorf("the outline of %c has changed", r)
		}
	}
	if a, b := at(tables["loca"], int(f.glyphs['Đ'])+40); b > a && b-a > 4000 {
		t.Errorf("another glyph has an outline of %d bytes", b-a)
	}
	for _, bad := range [][]byte{nil, []byte("OTTO"), fonts.NotoSansRegular[:400]} {
		if _, err := subset(bad, map[uint16]bool{1: true}); err == nil {
			t.Error("a damaged font was taken")
		}
	}
}

// Damaged files are refused, not crashed on. (Some keep the library busy for
// ever: that is why a worker process with a bound on its time does this.)
func TestDamagedFilesAreRefused(t *testing.T) {
	for name, data := range map[string]string{
		"no pages": "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF",
		"a header": "%PDF-1.4", "nothing": "", "words": "Đề nghị", "no root": "%PDF-1.4\ntrailer\n<< /Size 1 >>\nstartxref\n9\n%%EOF",
	} {
		if _, err := Read(strings.NewReader(data)); !errors.Is(err, ErrFile) {
			t.Errorf("read %s: %v", name, err)
		}
		if err := Annotate(strings.NewReader(data), io.Discard, nil); !errors.Is(err, ErrFile) {
			t.Errorf("annotate %s: %v", name, err)
		}
	}
	if err := Annotate(strings.NewReader(""), io.Discard, make([]Stroke, MaxStrokes+1)); err == nil || errors.Is(err, ErrFile) {
		t.Errorf("too many strokes: %v", err)
	}
}
