package discovery

import (
	"bytes"
	"errors"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"rsc.io/qr"

	"phonghop/shared/pin"
)

var link = Address{Host: "192.168.100.100", Port: 8443, Fingerprint: pin.Fingerprint{7}, Room: "0198f0d2-5a51-7c3e-9d8e-0a6c1f2b3c4d"}.JoinURL()

// dark reads the drawing back: which modules are darker than the light ones, quiet zone included.
func dark(t *testing.T, drawing string, style Style) [][]bool {
	t.Helper()
	var rows [][]bool
	for _, line := range strings.Split(strings.TrimSuffix(drawing, "\n"), "\n") {
		if style == Colored {
			var ok1, ok2 bool
			line, ok1 = strings.CutPrefix(line, "\x1b[30;107m")
			line, ok2 = strings.CutSuffix(line, "\x1b[0m")
			if !ok1 || !ok2 {
				t.Fatal("a line does not set and reset its colours")
			}
		}
		var top, bottom []bool
		for _, r := range line {
			ink := map[rune][2]bool{'█': {true, true}, '▀': {true, false}, '▄': {false, true}, ' ': {false, false}}
			halves, ok := ink[r]
			if !ok {
				t.Fatalf("character %q", r)
			}
			inked := style != OnDark
			top, bottom = append(top, halves[0] == inked), append(bottom, halves[1] == inked)
		}
		rows = append(rows, top, bottom)
	}
	return rows
}

func TestTerminalQR(t *testing.T) {
	code, err := qr.Encode(link, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	for _, style := range []Style{Colored, OnDark, OnLight} {
		drawing, err := TerminalQR(link, style)
		if err != nil {
			t.Fatal(err)
		}
		rows := dark(t, drawing, style)
		if len(rows) != code.Size+9 {
			t.Fatalf("%d rows for a code of %d", len(rows), code.Size)
		}
		for y, row := range rows {
			if len(row) != code.Size+8 {
				t.Fatalf("row %d has %d modules", y, len(row))
			}
			for x := range row {
				if row[x] != code.Black(x-4, y-4) {
					t.Fatalf("style %d: module %d,%d is wrong", style, x, y)
				}
			}
		}
		// Quiet zone of four, then the finder pattern in the corner.
		if rows[3][4] || rows[4][3] || !rows[4][4] || !rows[4][10] || rows[5][5] || !rows[6][6] {
			t.Errorf("style %d: no finder pattern in the corner", style)
		}
	}
	lines := strings.Count(mustQR(t, OnDark), "\n")
	if lines > 25 {
		t.Errorf("a join address takes %d lines", lines)
	}
}

func mustQR(t *testing.T, style Style) string {
	t.Helper()
	s, err := TerminalQR(link, style)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestQRPNG(t *testing.T) {
	const scale = 3
	b, err := QRPNG(link, scale)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	code, err := qr.Encode(link, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	if side := (code.Size + 8) * scale; img.Bounds().Dx() != side || img.Bounds().Dy() != side {
		t.Fatalf("bounds %v, want a side of %d", img.Bounds(), side)
	}
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			gray := color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y
			if (gray < 128) != code.Black(x/scale-4, y/scale-4) {
				t.Fatalf("pixel %d,%d", x, y)
			}
		}
	}
}

func TestQRRefuses(t *testing.T) {
	long := strings.Repeat("x", 3000)
	if _, err := TerminalQR(long, OnDark); err == nil {
		t.Error("3000 bytes fit in a code")
	}
	if _, err := QRPNG(long, 4); err == nil {
		t.Error("3000 bytes fit in a code")
	}
	for _, scale := range []int{-1, 0, 65} {
		if _, err := QRPNG(link, scale); !errors.Is(err, ErrQRScale) {
			t.Errorf("scale %d: %v", scale, err)
		}
	}
}
