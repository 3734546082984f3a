package export

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"phonghop/shared/ink"
)

// view maps a page as it is shown (from its upper left corner, y downwards)
// to the file's coordinates: x' = a*x + c*y + e, y' = b*x + d*y + f.
type view struct{ a, b, c, d, e, f float64 }

// viewOf is that of a page with its boxes and rotation.
func viewOf(p *model.InheritedPageAttrs) view {
	x0, y0, x1, y1 := 0.0, 0.0, 612.0, 792.0 // what every viewer takes where nothing is said
	if m := p.MediaBox; m != nil {
		x0, y0, x1, y1 = sorted(m)
	}
	if c := p.CropBox; c != nil {
		cx0, cy0, cx1, cy1 := sorted(c)
		if cx0, cy0, cx1, cy1 = max(cx0, x0), max(cy0, y0), min(cx1, x1), min(cy1, y1); cx0 < cx1 && cy0 < cy1 {
			x0, y0, x1, y1 = cx0, cy0, cx1, cy1
		}
	}
	switch ((p.Rotate%360 + 360) % 360) / 90 {
	case 1:
		return view{0, 1, 1, 0, x0, y0}
	case 2:
		return view{-1, 0, 0, 1, x1, y0}
	case 3:
		return view{0, -1, -1, 0, x1, y1}
	}
	return view{1, 0, 0, -1, x0, y1}
}

func sorted(r *types.Rectangle) (x0, y0, x1, y1 float64) {
	return min(r.LL.X, r.UR.X), min(r.LL.Y, r.UR.Y), max(r.LL.X, r.UR.X), max(r.LL.Y, r.UR.Y)
}

func (v view) place(x, y float64) (px, py float64) { return v.a*x + v.c*y + v.e, v.b*x + v.d*y + v.f }

// matrix is the view as an operand of cm.
func (v view) matrix() string {
	return fmt.Sprintf("%s %s %s %s %s %s", decimal(v.a), decimal(v.b), decimal(v.c), decimal(v.d), decimal(v.e), decimal(v.f))
}

// box is a box in the file's coordinates.
func (v view) box(b ink.Box) ink.Box {
	ax, ay := v.place(b.MinX, b.MinY)
	bx, by := v.place(b.MaxX, b.MaxY)
	return ink.Box{MinX: min(ax, bx), MinY: min(ay, by), MaxX: max(ax, bx), MaxY: max(ay, by)}
}

func (v view) rect(b ink.Box) types.Array {
	b = v.box(b)
	return types.Array{number(b.MinX), number(b.MinY), number(b.MaxX), number(b.MaxY)}
}

func (v view) places(points ...ink.Point) types.Array {
	out := make(types.Array, 0, 2*len(points))
	for _, p := range points {
		x, y := v.place(p.X, p.Y)
		out = append(out, number(x), number(y))
	}
	return out
}

// quads are the boxes of a mark in the order that viewers expect: upper left,
// upper right, lower left, lower right, as shown.
func quads(points []ink.Point, v view) types.Array {
	var out types.Array
	for i := 0; i+1 < len(points); i += 2 {
		x0, x1 := min(points[i].X, points[i+1].X), max(points[i].X, points[i+1].X)
		y0, y1 := min(points[i].Y, points[i+1].Y), max(points[i].Y, points[i+1].Y)
		out = append(out, v.places(ink.Point{X: x0, Y: y0}, ink.Point{X: x1, Y: y0}, ink.Point{X: x0, Y: y1}, ink.Point{X: x1, Y: y1})...)
	}
	return out
}

func decimal(x float64) string {
	s := strconv.FormatFloat(x, 'f', 4, 64)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	if s == "-0" {
		return "0"
	}
	return s
}

func number(x float64) types.Float {
	f, _ := strconv.ParseFloat(decimal(x), 64) // it was made a number by us
	return types.Float(f)
}

// text is a string as PDF takes any language: UTF-16 with its mark.
func text(s string) types.HexLiteral {
	out := []byte{0xfe, 0xff}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u>>8), byte(u))
	}
	return types.HexLiteral(hex.EncodeToString(out))
}

func rgb(c ink.RGB) string {
	return decimal(float64(c.R)/255) + " " + decimal(float64(c.G)/255) + " " + decimal(float64(c.B)/255)
}
