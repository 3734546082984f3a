package pdf

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"phonghop/server/internal/document"
)

func readText(t testing.TB, p *Pool, file string, page int) document.Text {
	t.Helper()
	text, err := p.Text(background(t), file, page)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTextLines(t *testing.T) {
	t.Parallel()
	text := readText(t, newPool(t, nil), textPDF(t, 2), 2)
	if len(text.Lines) != 45 {
		t.Fatalf("%d lines:\n%s", len(text.Lines), text)
	}
	want := "Page 2 line 7: the committee considered the budget estimate for the year."
	if got := strings.Split(text.String(), "\n")[7]; got != want {
		t.Errorf("got %q", got)
	}
}

const a4Box = "/MediaBox[0 0 595 842]"

func TestTextContent(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	for _, c := range []struct {
		name, content string
		meaning       []rune
		want          string
	}{
		{"accents are composed", "BT /F 12 Tf 50 700 Td (ABCA) Tj ET", []rune{'t', 'ê', 0x0301}, "tết"},
		{"Vietnamese letters", "BT /F 12 Tf 50 700 Td (ABC) Tj 0 -20 Td (DEF) Tj ET", []rune("đồngườ"), "đồn\ngườ"},
		{"every character on its own", "BT /F 12 Tf 1 0 0 1 50 700 Tm (w) Tj 1 0 0 1 58.7 700 Tm (o) Tj 1 0 0 1 65.3 700 Tm (r) Tj 1 0 0 1 69.3 700 Tm (d) Tj ET", nil, "word"},
		{"out of order", "BT /F 12 Tf 1 0 0 1 50 700 Tm (bud) Tj 1 0 0 1 50 600 Tm (other) Tj 1 0 0 1 70.1 700 Tm (get) Tj ET", nil, "budget\nother"},
		{"gaps without spaces", "BT /F 12 Tf 50 700 Td [(two) -300 (words)] TJ ET", nil, "two words"},
		{"kerning is no gap", "BT /F 12 Tf 50 700 Td [(A) 80 (V) 80 (A) -40 (B)] TJ ET", nil, "AVAB"},
		{"columns are lines", "BT /F 12 Tf 50 700 Td (left) Tj 200 0 Td (right) Tj ET", nil, "left\nright"},
		{"upright and sideways", "BT /F 12 Tf 50 700 Td (flat) Tj 0 1 -1 0 300 300 Tm (up the side) Tj ET", nil, "flat\nup the side"},
		{"sideways down", "BT /F 12 Tf 0 -1 1 0 300 300 Tm (down the side) Tj ET", nil, "down the side"},
		{"upside down", "BT /F 12 Tf -1 0 0 -1 300 300 Tm (turned over) Tj ET", nil, "turned over"},
		{"right to left", "BT /F 12 Tf 50 700 Td (CBA) Tj ET", []rune{'א', 'ב', 'ג'}, "אבג"},
		{"nothing", "", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := readText(t, p, onePageFile(t, a4Box, c.content, c.meaning...), 1)
			if got := strings.TrimSpace(text.String()); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// The boxes of words lie where their ink is drawn, whatever the page's
// rotation and crop.
func TestTextBoxesLieOnTheInk(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	for _, box := range []string{"/MediaBox[0 0 400 300]", "/MediaBox[-100 50 500 450]/CropBox[20 80 420 380]"} {
		for _, rotate := range []int{0, 90, 180, 270} {
			for name, matrix := range map[string]string{"flat": "1 0 0 1 150 200", "up": "0 1 -1 0 150 200", "down": "0 -1 1 0 150 200", "over": "-1 0 0 -1 250 200"} {
				t.Run(fmt.Sprintf("%s %d %s", box, rotate, name), func(t *testing.T) {
					file := onePageFile(t, fmt.Sprintf("%s/Rotate %d", box, rotate), "BT /F 20 Tf "+matrix+" Tm (Hgwxpq) Tj ET")
					text := readText(t, p, file, 1)
					if len(text.Lines) != 1 || len(text.Lines[0].Words) != 1 || text.Lines[0].Words[0].Text != "Hgwxpq" {
						t.Fatalf("got %+v", text)
					}
					info, err := p.Inspect(background(t), file)
					if err != nil {
						t.Fatal(err)
					}
					width := int(math.Round(float64(info.Sizes[0].W)))
					_, img := drawPage(t, p, file, 1, width)
					checkInk(t, text.Lines[0].Words[0].Box, inkBox(img))
				})
			}
		}
	}
}

func inkBox(img image.Image) image.Rectangle {
	var ink image.Rectangle
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 128 {
				ink = ink.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	return ink
}

// checkInk wants the ink within the box, and the box not much larger.
func checkInk(t *testing.T, box document.Box, ink image.Rectangle) {
	t.Helper()
	const slack = 8 // a loose box is as high as the font
	left, top := float64(ink.Min.X)-float64(box.X), float64(ink.Min.Y)-float64(box.Y)
	right, bottom := float64(box.X+box.W)-float64(ink.Max.X), float64(box.Y+box.H)-float64(ink.Max.Y)
	for _, d := range []float64{left, top, right, bottom} {
		if d < -1.5 || d > slack {
			t.Fatalf("box %+v, ink %v", box, ink)
		}
	}
}

func TestClassify(t *testing.T) {
	t.Parallel()
	var high rune
	var got []rune
	for _, r := range []rune{0, 0xD83D, 0xDE00, 0xDC00, 'a', 2, 0x200B, 0xFFFE, 0x1FFFF, 0x110000, -5, 0xA0, 0xAD} {
		if kind, c := classify(r, &high); kind == isGlyph {
			got = append(got, c)
		}
	}
	if string(got) != "😀a-" {
		t.Errorf("got %q", string(got))
	}
}

// Any heap of glyphs becomes a text within its bounds.
func FuzzLayOut(f *testing.F) {
	f.Add([]byte("some bytes that stand for places"), uint8(3))
	f.Fuzz(func(t *testing.T, data []byte, step uint8) {
		var glyphs []glyph
		for i := 0; i+4 < len(data); i += 5 {
			x, y := float64(data[i])*float64(step), float64(data[i+1])
			glyphs = append(glyphs, glyph{
				char: rune(data[i+2]) + 'a', direction: int(data[i+3] & 3), spaced: data[i+3]&4 != 0, hinted: data[i+3]&8 != 0,
				box: rect{x, y, x + float64(data[i+4]&15), y + float64(data[i+4]>>4)},
			})
		}
		text, samples := layOut(glyphs)
		if len(samples) != len(text.Lines) {
			t.Fatalf("%d samples of %d lines", len(samples), len(text.Lines))
		}
		letters := 0
		for _, line := range text.Lines {
			for _, w := range line.Words {
				letters += len([]rune(w.Text))
				if w.Box.W < 0 || w.Box.H < 0 {
					t.Fatalf("box %+v", w.Box)
				}
			}
		}
		if letters > len(glyphs) || len(glyphs) > 0 && letters == 0 {
			t.Fatalf("%d letters of %d glyphs", letters, len(glyphs))
		}
	})
}
