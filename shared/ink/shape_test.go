package ink_test

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/ink"
)

// What Simplify leaves out is not seen: the curve drawn through the rest
// stays within the stated error.
func TestSimplifyStaysWithinItsError(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points := hand(rapid.Uint64().Draw(t, "seed"), rapid.IntRange(1, 5).Draw(t, "letters"), rapid.Float64Range(3, 40).Draw(t, "height"))
		if rapid.Bool().Draw(t, "hook") { // a fast straight line with a small hook at its end
			last := points[len(points)-1]
			for i := range 30 {
				points = append(points, ink.Point{X: last.X + float64(i)*9, Y: last.Y, Millis: last.Millis + i*8})
			}
			points = append(points, ink.Point{X: last.X + 262, Y: last.Y + 4, Millis: last.Millis + 250})
		}
		err := rapid.Float64Range(0.05, 2).Draw(t, "error")
		kept := ink.Simplify(points, err)
		if kept[0] != points[0] || kept[len(kept)-1] != points[len(points)-1] {
			t.Fatal("an end was moved")
		}
		drawn := ink.Curve(kept, err/4)
		for _, p := range points {
			if far := off(p, drawn); far > err*1.0001 {
				t.Fatalf("a point lies %.3f beside the curve, stated is %.3f (%d of %d points)", far, err, len(kept), len(points))
			}
		}
		if far := stray(drawn, ink.Curve(points, err/4)); far > 2*err {
			t.Fatalf("the curve strays by %.3f from the one through all points, stated is %.3f", far, err)
		}
	})
}

func TestSimplifyTakesMostPointsAway(t *testing.T) {
	points := hand(3, 6, 9)
	if kept := ink.Simplify(points, ink.Fidelity); len(kept)*2 > len(points)*2-len(points)/4 {
		t.Errorf("%d of %d points are left", len(kept), len(points))
	}
	line := make([]ink.Point, 500)
	for i := range line {
		line[i] = ink.Point{X: float64(i), Y: float64(i) / 2, Millis: i * 8}
	}
	if kept := ink.Simplify(line, ink.Fidelity); len(kept) != 2 {
		t.Errorf("a straight line of 500 points keeps %d", len(kept))
	}
	still := make([]ink.Point, 300)
	for i := range still {
		still[i] = ink.Point{X: 10, Y: 10, Millis: i * 8}
	}
	if kept := ink.Simplify(still, ink.Fidelity); len(kept) != 2 {
		t.Errorf("a pen that stood still keeps %d points", len(kept))
	}
}

// A letter of 2 mm keeps its shape through everything that is done to it: it
// ends within 0.15 mm of the hand's way, and stays as high and wide.
func TestSmallLetterKeepsItsShape(t *testing.T) {
	const mm = 72 / 25.4
	var letter []ink.Point // an "a": a round, and down at its right
	for i := range 40 {
		u := 2 * math.Pi * float64(i) / 39
		letter = append(letter, ink.Point{X: 100 + mm*math.Cos(u), Y: 100 - mm*math.Sin(u), Millis: i * 8})
	}
	for i := range 8 {
		letter = append(letter, ink.Point{X: 100 + mm, Y: 100 - mm*float64(i+1)/8, Millis: 320 + i*8})
	}
	for i := range 16 {
		letter = append(letter, ink.Point{X: 100 + mm, Y: 100 - mm + 2*mm*float64(i+1)/16, Millis: 384 + i*8})
	}
	kept := ink.Simplify(ink.Smooth(letter), ink.Fidelity)
	drawn := ink.Curve(kept, ink.Fine)
	if far := stray(letter, drawn); far > 0.15*mm {
		t.Errorf("the letter strays by %.2f mm", far/mm)
	}
	packed := stroke("a", ink.Pen, kept...)
	box, r := packed.Bounds(), packed.Thickness()/2
	for name, side := range map[string]float64{"width": box.MaxX - box.MinX, "height": box.MaxY - box.MinY} {
		if got := (side - 2*r) / mm; got < 1.85 || got > 2.1 {
			t.Errorf("its %s is %.2f mm, was 2", name, got)
		}
	}
}

func TestTapIsADot(t *testing.T) {
	for name, points := range map[string][]ink.Point{
		"one point":     {pt(50, 60)},
		"stood still":   {{X: 50, Y: 60}, {X: 50, Y: 60, Millis: 40}, {X: 50, Y: 60, Millis: 90}},
		"hardly moving": {{X: 50, Y: 60}, {X: 50.05, Y: 60, Millis: 40}},
	} {
		s := stroke("dot", ink.Pen, ink.Simplify(ink.Smooth(points), ink.Fidelity)...)
		paths := s.Paths(ink.Fine)
		if len(paths) != 1 {
			t.Fatalf("%s: %d paths", name, len(paths))
		}
		r := s.Thickness() / 2
		area := 0.0
		for _, edge := range paths[0].Outline(ink.Fine) {
			area += areaOf(edge)
		}
		if full := math.Pi * r * r; area < full*0.9 || area > full*1.2 {
			t.Errorf("%s: its area is %.2f, a dot's %.2f", name, area, full)
		}
		b := s.Bounds()
		if w := b.MaxX - b.MinX; w < 2*r-1e-9 || w > 2*r+0.2 {
			t.Errorf("%s: it is %.2f wide", name, w)
		}
	}
}

func areaOf(p ink.Polygon) float64 {
	sum := 0.0
	for i, a := range p {
		b := p[(i+1)%len(p)]
		sum += a[0]*b[1] - a[1]*b[0]
	}
	return math.Abs(sum) / 2
}

// Fast writing is trimmed neither at its start nor at its end.
func TestFastStrokeKeepsItsEnds(t *testing.T) {
	for _, speed := range []float64{5, 30, 120} { // points between two of 120 a second: up to 5 m/s
		var points []ink.Point
		for i := range 12 {
			points = append(points, ink.Point{X: 50 + speed*float64(i), Y: 300 - speed*float64(i)/3, Millis: i * 8})
		}
		got := ink.Simplify(ink.Smooth(points), ink.Fidelity)
		if got[0] != points[0] || got[len(got)-1] != points[len(points)-1] {
			t.Errorf("at %.0f: from %v to %v, the hand went from %v to %v", speed, got[0], got[len(got)-1], points[0], points[len(points)-1])
		}
	}
}

// The filter calms a trembling hand, and lags less than a pen's width behind
// a fast one.
func TestOneEuroCalmsWithoutLag(t *testing.T) {
	shake := func(smooth bool) (rough float64) {
		var f ink.OneEuro
		last := ink.Point{}
		for i := range 400 {
			p := ink.Point{X: 100 + 0.05*float64(i), Y: 100 + 0.6*math.Sin(float64(i)*2.1), Millis: i * 8}
			if smooth {
				p = f.Next(p)
			}
			if i > 20 {
				rough += math.Abs(p.Y - last.Y)
			}
			last = p
		}
		return rough
	}
	if before, after := shake(false), shake(true); after > before/3 {
		t.Errorf("the tremble of %.1f became %.1f", before, after)
	}
	var f ink.OneEuro
	for i := range 60 {
		p := ink.Point{X: 12 * float64(i), Millis: i * 8} // half a metre a second
		if got := f.Next(p); i > 5 && p.X-got.X > 12 {
			t.Fatalf("the line is %.1f points behind the hand", p.X-got.X)
		}
	}
}

func TestPointsOfOneMomentAreSmoothed(t *testing.T) {
	var points []ink.Point
	for i := range 20 {
		points = append(points, ink.Point{X: float64(i), Y: 2, Millis: 5})
	}
	for _, p := range ink.Smooth(points) {
		if math.IsNaN(p.X) || p.X < 0 || p.X > 19 {
			t.Fatalf("smoothed to %v", p)
		}
	}
}

// Clean refuses what no client of ours makes.
func TestCleanRefuses(t *testing.T) {
	good := stroke("id", ink.Pen, pt(1, 1), pt(2, 2))
	if _, err := good.Clean(); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*ink.Stroke){
		"no id":           func(s *ink.Stroke) { s.ID = "" },
		"a path as id":    func(s *ink.Stroke) { s.ID = "../x" },
		"page 0":          func(s *ink.Stroke) { s.Page = 0 },
		"page too high":   func(s *ink.Stroke) { s.Page = ink.MaxPage + 1 },
		"version 0":       func(s *ink.Stroke) { s.Version = 0 },
		"unknown tool":    func(s *ink.Stroke) { s.Tool = "spray" },
		"sixth colour":    func(s *ink.Stroke) { s.Colour = 5 },
		"colour below":    func(s *ink.Stroke) { s.Colour = -1 },
		"fourth width":    func(s *ink.Stroke) { s.Width = 3 },
		"no ink":          func(s *ink.Stroke) { s.Ink = "" },
		"damaged ink":     func(s *ink.Stroke) { s.Ink = s.Ink[:len(s.Ink)-1] + "!" },
		"text with a pen": func(s *ink.Stroke) { s.Text = "x" },
		"a line of one":   func(s *ink.Stroke) { *s = stroke("id", ink.Line, pt(1, 1)) },
		"a rect of three": func(s *ink.Stroke) { *s = stroke("id", ink.Rect, pt(1, 1), pt(2, 2), pt(3, 3)) },
		"an odd mark":     func(s *ink.Stroke) { *s = stroke("id", ink.Mark, pt(1, 1), pt(2, 2), pt(3, 3)) },
		"an empty note":   func(s *ink.Stroke) { *s = stroke("id", ink.Note, pt(1, 1)); s.Text = " \n" },
	} {
		s := good
		change(&s)
		if _, err := s.Clean(); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	s := good
	s.Author, s.At = "somebody else", 5
	if got, err := s.Clean(); err != nil || got.Author != "" || got.At != 0 {
		t.Errorf("what only the server says was kept: %v, %v", got, err)
	}
	note := stroke("n", ink.Note, pt(1, 1))
	note.Text = "  Đề nghị\u0301  \r\nlàm rõ " // decomposed, with blanks
	if got, err := note.Clean(); err != nil || got.Text != "Đề nghị\u0301\nlàm rõ" && got.Text != "Đề nghị́\nlàm rõ" {
		t.Errorf("note: %q, %v", got.Text, err)
	}
}

func TestOnPage(t *testing.T) {
	for _, c := range []struct {
		x, y float64
		on   bool
	}{{0, 0, true}, {595, 842, true}, {-70, 10, true}, {660, 900, true}, {700, 10, false}, {10, 950, false}} {
		if got := stroke("s", ink.Pen, pt(c.x, c.y)).OnPage(595, 842); got != c.on {
			t.Errorf("%v,%v: %t", c.x, c.y, got)
		}
	}
}

// The outline of a line covers the line's own area: every vertex with its
// round, and little more.
func TestOutlineCoversTheLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := written(rapid.Uint64().Draw(t, "seed"), 1)
		s.Width = rapid.IntRange(0, 2).Draw(t, "width")
		for _, p := range s.Paths(ink.Fine) {
			edges := p.Outline(ink.Fine)
			for i, v := range p.Vertices {
				if !inside(edges, v.X, v.Y) {
					t.Fatalf("vertex %d lies outside its own line", i)
				}
			}
		}
	})
}

// inside counts windings.
func inside(edges []ink.Polygon, x, y float64) bool {
	n := 0
	for _, e := range edges {
		for i, a := range e {
			b := e[(i+1)%len(e)]
			side := (b[0]-a[0])*(y-a[1]) - (x-a[0])*(b[1]-a[1])
			if a[1] <= y && b[1] > y && side > 0 {
				n++
			} else if a[1] > y && b[1] <= y && side < 0 {
				n--
			}
		}
	}
	return n != 0
}

func TestShapes(t *testing.T) {
	r := stroke("", ink.Rect, pt(10, 10), pt(50, 30))
	if p := r.Paths(ink.Fine); len(p) != 1 || !p[0].Closed || len(p[0].Vertices) != 4 {
		t.Errorf("rect: %v", p)
	}
	e := stroke("", ink.Ellipse, pt(50, 30), pt(10, 10))
	b, half := e.Bounds(), e.Thickness()/2
	if math.Abs(b.MinX-(10-half)) > 0.1 || math.Abs(b.MaxY-(30+half)) > 0.1 {
		t.Errorf("ellipse: %v", b)
	}
	for name, p := range map[string][]ink.Path{
		"arrow to itself":   stroke("", ink.Arrow, pt(5, 5), pt(5, 5)).Paths(ink.Fine),
		"rect of nothing":   stroke("", ink.Rect, pt(5, 5), pt(5, 5)).Paths(ink.Fine),
		"ellipse, a point":  stroke("", ink.Ellipse, pt(5, 5), pt(5, 5)).Paths(ink.Fine),
		"mark of nothing":   stroke("", ink.Mark, pt(5, 5), pt(5, 5)).Paths(ink.Fine),
		"line to its start": stroke("", ink.Line, pt(5, 5), pt(5, 5)).Paths(ink.Fine),
	} {
		for _, path := range p {
			for _, edge := range path.Outline(ink.Fine) {
				for _, c := range edge {
					if math.IsNaN(c[0]) || math.IsNaN(c[1]) {
						t.Fatalf("%s is drawn at no place", name)
					}
				}
			}
		}
	}
	if n := len(stroke("", ink.Arrow, pt(5, 5), pt(80, 5)).Paths(ink.Fine)); n != 2 {
		t.Errorf("an arrow has %d parts", n)
	}
	if n := len((ink.Stroke{Tool: ink.Pen, Ink: "x"}).Paths(1)); n != 0 {
		t.Errorf("damaged ink is drawn as %d paths", n)
	}
}

func BenchmarkSimplify(b *testing.B) {
	points := ink.Smooth(hand(1, 5, 9))
	for b.Loop() {
		ink.Simplify(points, ink.Fidelity)
	}
	b.ReportMetric(float64(len(points)), "points")
}

// Own point to drawn pieces: what a client does for every point of the pen.
func BenchmarkPoint(b *testing.B) {
	points := hand(1, 40, 9)
	var f ink.OneEuro
	tail := make([]ink.Point, 0, 4)
	i := 0
	for b.Loop() {
		p := points[i%len(points)]
		p.Millis = i * 8
		i++
		tail = append(tail, f.Next(p))
		if len(tail) > 4 {
			tail = append(tail[:0], tail[1:]...)
		}
		ink.Curve(tail, ink.Fine)
	}
}

var names = func(i int) string { return fmt.Sprintf("piece-%d", i) }
