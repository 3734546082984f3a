package ink_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/ink"
)

// near is what Hit promises, without an index: the tip meets the drawn line.
func near(s ink.Stroke, x0, y0, x1, y1, radius, slop float64) bool {
	for _, p := range s.Paths(0.25) {
		for i := range p.Vertices {
			if i == 0 && len(p.Vertices) > 1 && !p.Closed {
				continue
			}
			b := p.Vertices[i]
			a := p.Vertices[(i+len(p.Vertices)-1)%len(p.Vertices)]
			for k := range 101 {
				u := float64(k) / 100
				q := ink.Point{X: x0 + u*(x1-x0), Y: y0 + u*(y1-y0)}
				if off(q, []ink.Point{pt(a.X, a.Y), pt(b.X, b.Y)}) <= radius+b.R+slop {
					return true
				}
			}
		}
	}
	return false
}

func TestHitFindsWhatIsThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64Range(0, 1000).Draw(t, "seed")
		all := page(12, seed)
		x := ink.NewIndex(all)
		gone := all[rapid.IntRange(0, len(all)-1).Draw(t, "gone")].ID
		x.Remove(gone)
		at := func(name string) float64 { return rapid.Float64Range(0, 800).Draw(t, name) }
		x0, y0 := at("x"), at("y")
		x1, y1 := x0+rapid.Float64Range(-60, 60).Draw(t, "dx"), y0+rapid.Float64Range(-60, 60).Draw(t, "dy")
		radius := rapid.Float64Range(0.5, 30).Draw(t, "r")
		got := x.Hit(x0, y0, x1, y1, radius)
		for _, s := range all {
			found := slices.Contains(got, s.ID)
			switch {
			case s.ID == gone && found:
				t.Fatalf("%s was taken out and is found", s.ID)
			case s.ID == gone:
			case !found && near(s, x0, y0, x1, y1, radius, -0.05):
				t.Fatalf("%s is not found", s.ID)
			case found && !near(s, x0, y0, x1, y1, radius, 0.7):
				t.Fatalf("%s is found and far", s.ID)
			}
		}
	})
}

func page(n int, seed uint64) []ink.Stroke {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]ink.Stroke, n)
	for i := range out {
		switch i % 6 {
		case 4:
			x, y := 500*r.Float64(), 700*r.Float64()
			out[i] = stroke("", ink.Rect, pt(x, y), pt(x+80*r.Float64(), y+80*r.Float64()))
		case 5:
			out[i] = stroke("", ink.Arrow, pt(600*r.Float64(), 800*r.Float64()), pt(600*r.Float64(), 800*r.Float64()))
		default:
			out[i] = written(seed*100_003+uint64(i), 1+i%3)
		}
		out[i].ID = fmt.Sprintf("s%d", i)
	}
	return out
}

func TestHitOnAreasNotesAndNonsense(t *testing.T) {
	mark := stroke("mark", ink.Mark, pt(100, 100), pt(300, 115), pt(100, 120), pt(200, 135))
	note := stroke("note", ink.Note, pt(100, 300))
	x := ink.NewIndex([]ink.Stroke{mark, note})
	for _, c := range []struct {
		x, y float64
		want []string
	}{{200, 108, []string{"mark"}}, {150, 128, []string{"mark"}}, {250, 128, nil}, {110, 308, []string{"note"}}, {400, 400, nil}} {
		if got := x.Hit(c.x, c.y, c.x, c.y, 1); !slices.Equal(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("at %v,%v: %v, want %v", c.x, c.y, got, c.want)
		}
	}
	if got := x.Hit(math.NaN(), 1, 2, 3, 4); got != nil {
		t.Errorf("nowhere: %v", got)
	}
	if got := x.Hit(-1e6, -1e6, 1e6, 1e6, 1e6); len(got) != 2 {
		t.Errorf("everywhere: %v", got)
	}
	x.Add(note)
	if x.Len() != 2 {
		t.Errorf("a stroke added twice counts %d", x.Len())
	}
	x.Remove("unknown")
}

func TestLassoTakesWhatLiesInside(t *testing.T) {
	in := stroke("in", ink.Pen, pt(50, 50), pt(60, 60))
	across := stroke("across", ink.Pen, pt(60, 60), pt(200, 60))
	x := ink.NewIndex([]ink.Stroke{in, across})
	if got := x.Inside([][2]float64{{40, 40}, {100, 40}, {100, 100}, {40, 100}}); !slices.Equal(got, []string{"in"}) {
		t.Errorf("caught %v", got)
	}
	if got := x.Inside([][2]float64{{0, 0}, {1, 1}}); got != nil {
		t.Errorf("a line caught %v", got)
	}
}

// An eraser takes what it passes over, and nothing else: what is left lies on
// the old line, outside the eraser, and reaches up to it.
func TestErasePartly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := written(rapid.Uint64Range(0, 5000).Draw(t, "seed"), rapid.IntRange(1, 4).Draw(t, "letters"))
		points, _ := ink.Unpack(s.Ink)
		whole := ink.Curve(points, ink.Fine)
		over := whole[rapid.IntRange(0, len(whole)-1).Draw(t, "where")]
		radius := rapid.Float64Range(0.5, 6).Draw(t, "radius")
		to := pt(over.X+rapid.Float64Range(-8, 8).Draw(t, "dx"), over.Y+rapid.Float64Range(-8, 8).Draw(t, "dy"))
		left, touched := s.Erase(over.X, over.Y, to.X, to.Y, radius, names)
		if !touched {
			t.Fatal("not touched")
		}
		way := []ink.Point{over, to}
		var rest []ink.Point
		ids := map[string]bool{}
		for _, piece := range left {
			if _, err := piece.Clean(); err != nil {
				t.Fatal(err)
			}
			if ids[piece.ID] || piece.ID == s.ID || piece.Page != s.Page || piece.Tool != s.Tool || piece.Colour != s.Colour {
				t.Fatalf("piece %v", piece)
			}
			ids[piece.ID] = true
			p, _ := ink.Unpack(piece.Ink)
			for _, q := range ink.Curve(p, ink.Fine) {
				if far := off(q, whole); far > 0.3 {
					t.Fatalf("a piece left the line by %.2f", far)
				}
				if d := off(q, way); d < radius+s.Thickness()/2-0.3 {
					t.Fatalf("a piece lies %.2f inside the eraser", radius+s.Thickness()/2-d)
				}
				rest = append(rest, q)
			}
		}
		for _, q := range whole {
			if off(q, way) > radius+s.Thickness()/2+0.3 && nearestTo(q, rest) > 1.5 {
				t.Fatalf("%v was not touched and is gone", q)
			}
		}
	})
}

func nearestTo(p ink.Point, all []ink.Point) float64 {
	least := math.Inf(1)
	for _, q := range all {
		least = min(least, math.Hypot(p.X-q.X, p.Y-q.Y))
	}
	return least
}

func TestEraseOneLongLineInTheMiddle(t *testing.T) {
	s := stroke("s", ink.Pen, pt(0, 100), pt(500, 100))
	left, touched := s.Erase(130, 90, 130, 110, 2, names)
	if !touched || len(left) != 2 {
		t.Fatalf("%d pieces", len(left))
	}
	a, _ := ink.Unpack(left[0].Ink)
	b, _ := ink.Unpack(left[1].Ink)
	if gap := b[0].X - a[len(a)-1].X; math.Abs(gap-(4+s.Thickness())) > 0.2 {
		t.Errorf("the gap is %.2f", gap)
	}
	if _, touched := s.Erase(130, 300, 200, 300, 2, names); touched {
		t.Error("touched from afar")
	}
	for _, tool := range []ink.Tool{ink.Line, ink.Rect, ink.Ellipse, ink.Arrow} {
		if left, touched := stroke("s", tool, pt(0, 0), pt(100, 100)).Erase(100, 100, 100, 100, 30, names); tool != ink.Ellipse && (!touched || left != nil) {
			t.Errorf("%s: %v, %t", tool, left, touched)
		}
	}
	dot := stroke("s", ink.Pen, pt(5, 5))
	if left, touched := dot.Erase(5, 5, 5, 5, 1, names); !touched || len(left) != 0 {
		t.Errorf("a dot leaves %v", left)
	}
}

func TestMoved(t *testing.T) {
	s := written(4, 2)
	m, err := s.Moved("new", 12.5, -3)
	if err != nil || m.ID != "new" {
		t.Fatal(m, err)
	}
	a, _ := ink.Unpack(s.Ink)
	b, _ := ink.Unpack(m.Ink)
	for i := range a {
		if b[i].X-a[i].X != 12.5 || b[i].Y-a[i].Y != -3 || a[i].Millis != b[i].Millis {
			t.Fatalf("%v became %v", a[i], b[i])
		}
	}
	if _, err := s.Moved("new", 1e9, 0); err == nil {
		t.Error("moved off the earth")
	}
}

func BenchmarkIndex10000(b *testing.B) {
	all := page(10_000, 1)
	b.ResetTimer()
	for b.Loop() {
		ink.NewIndex(all)
	}
}

func BenchmarkHit10000(b *testing.B) {
	x := ink.NewIndex(page(10_000, 1))
	r := rand.New(rand.NewPCG(2, 2))
	b.ResetTimer()
	for b.Loop() {
		px, py := 60+500*r.Float64(), 60+700*r.Float64()
		x.Hit(px, py, px+4, py+2, 6)
	}
}

func BenchmarkErase10000(b *testing.B) {
	all := page(10_000, 1)
	byID := map[string]ink.Stroke{}
	for _, s := range all {
		byID[s.ID] = s
	}
	x := ink.NewIndex(all)
	r := rand.New(rand.NewPCG(2, 2))
	b.ResetTimer()
	for b.Loop() {
		px, py := 60+500*r.Float64(), 60+700*r.Float64()
		for _, id := range x.Hit(px, py, px+4, py+2, 6) {
			byID[id].Erase(px, py, px+4, py+2, 6, names)
		}
	}
}
