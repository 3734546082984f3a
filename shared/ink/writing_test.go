package ink_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"phonghop/shared/ink"
)

// hand makes the points of a written word the way a tablet tells them: 120 a
// second, letters of the given height in points, with the tremble of a hand
// and the rounding of a digitiser (0.01 mm).
func hand(seed uint64, letters int, height float64) []ink.Point {
	r := rand.New(rand.NewPCG(seed, 7))
	x, y := 60+400*r.Float64(), 60+700*r.Float64()
	a := height / 2
	var out []ink.Point
	t := 0.0
	for range letters {
		speed := 4 + 3*r.Float64() // loops a second
		lean, wide := 0.3*r.Float64(), 0.5+0.4*r.Float64()
		tall := a * (0.8 + 0.9*r.Float64())
		n := int(120 / speed)
		for k := range n {
			u := 2 * math.Pi * float64(k) / float64(n)
			px := x + a*wide*(1-math.Cos(u)) + lean*tall*math.Sin(u) + a*1.1*float64(k)/float64(n)
			py := y - tall*math.Sin(u)
			px += 0.06 * r.NormFloat64()
			py += 0.06 * r.NormFloat64()
			const grid = 72 / 25.4 / 100
			out = append(out, ink.Point{X: math.Round(px/grid) * grid, Y: math.Round(py/grid) * grid,
				Millis: int(t), Pressure: 0.4 + 0.2*math.Sin(u)})
			t += 1000.0 / 120
		}
		x += a * 1.1
	}
	return out
}

// written is a stroke of handwriting as a client keeps it.
func written(seed uint64, letters int) ink.Stroke {
	points := ink.Simplify(ink.Smooth(hand(seed, letters, 8.5)), ink.Fidelity)
	return stroke(fmt.Sprintf("s%d", seed), ink.Pen, points...)
}

func stroke(id string, tool ink.Tool, points ...ink.Point) ink.Stroke {
	packed, err := ink.Pack(points, false)
	if err != nil {
		panic(err)
	}
	s := ink.Stroke{ID: id, Page: 1, Version: 1, Tool: tool, Width: 1, Ink: packed}
	if tool == ink.Note {
		s.Text = "Đề nghị làm rõ số liệu"
	}
	return s
}

func pt(x, y float64) ink.Point { return ink.Point{X: x, Y: y} }

// off is the distance of a place to a line of straight pieces.
func off(p ink.Point, line []ink.Point) float64 {
	least := math.Inf(1)
	for i, b := range line {
		a := line[max(i-1, 0)]
		dx, dy := b.X-a.X, b.Y-a.Y
		u := 0.0
		if l := dx*dx + dy*dy; l > 0 {
			u = min(max(((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l, 0), 1)
		}
		least = min(least, math.Hypot(p.X-a.X-u*dx, p.Y-a.Y-u*dy))
	}
	return least
}

// stray is the larger of the two lines' distances (Hausdorff).
func stray(a, b []ink.Point) float64 {
	far := 0.0
	for _, p := range a {
		far = max(far, off(p, b))
	}
	for _, p := range b {
		far = max(far, off(p, a))
	}
	return far
}
