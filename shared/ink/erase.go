package ink

import "math"

// Erase rubs out what the tip of an eraser passes over on a stroke of a pen
// or highlighter, and gives what is left as strokes of their own, in their
// order: the line between is cut where the tip's edge crosses it. name gives
// each piece its id. touched is false when the tip does not meet the stroke.
// All other tools' strokes are erased whole: nothing is left of them.
func (s Stroke) Erase(fromX, fromY, toX, toY, radius float64, name func(i int) string) (left []Stroke, touched bool) {
	points, pressure, err := unpack(s.Ink)
	if err != nil || !finite(fromX, fromY, toX, toY, radius) || radius < 0 {
		return nil, false
	}
	tip := Path{Vertices: []Vertex{{fromX, fromY, radius}, {toX, toY, radius}}}
	paths := s.Paths(Fine)
	if s.Tool == Note {
		box := s.Bounds()
		p := rectangle(Point{X: box.MinX, Y: box.MinY}, Point{X: box.MaxX, Y: box.MaxY}, 0)
		p.Filled = true
		paths = []Path{p}
	}
	if !touches(paths, tip) {
		return nil, false
	}
	if !s.Tool.Curved() {
		return nil, true
	}
	// The pieces follow the curve as it is drawn, so that nothing moves when a
	// part of it goes.
	reach := radius + s.Thickness()/2
	away := func(p Point) float64 {
		return offSegment(p, Point{X: fromX, Y: fromY}, Point{X: toX, Y: toY}) - reach
	}
	for _, run := range cut(dense(flatten(points, Fine), tip, reach), away) {
		piece := s
		piece.ID = name(len(left))
		if piece.Ink, err = Pack(shortened(run), pressure); err == nil {
			left = append(left, piece)
		}
	}
	return left, true
}

// dense adds places to the pieces that the eraser comes near, so that it
// cannot pass between two of them unseen.
func dense(line []Point, tip Path, reach float64) []Point {
	step := max(reach/4, 0.05)
	out := line[:1:1]
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if apart(Vertex{X: a.X, Y: a.Y}, Vertex{X: b.X, Y: b.Y}, tip.Vertices[0], tip.Vertices[1]) <= reach {
			n := int(min(math.Hypot(b.X-a.X, b.Y-a.Y)/step, 20_000))
			for k := 1; k < n; k++ {
				u := float64(k) / float64(n)
				out = append(out, Point{a.X + u*(b.X-a.X), a.Y + u*(b.Y-a.Y), a.Millis + int(u*float64(b.Millis-a.Millis)), a.Pressure + u*(b.Pressure-a.Pressure)})
			}
		}
		out = append(out, b)
	}
	return out
}

// shortened simplifies a piece and starts its clock anew.
func shortened(run []Point) []Point {
	out := append([]Point{}, Simplify(run, Fidelity/2)...)
	for i := len(out) - 1; i >= 0; i-- {
		out[i].Millis -= out[0].Millis
	}
	if len(out) > MaxPoints {
		out = out[:MaxPoints]
	}
	return out
}

// cut gives the parts of a line where away is positive, up to the place where
// it becomes zero.
func cut(line []Point, away func(Point) float64) [][]Point {
	var out [][]Point
	var run []Point
	end := func() {
		if len(run) > 1 {
			out = append(out, run)
		}
		run = nil
	}
	for i, p := range line {
		in := away(p) > 0
		if i > 0 {
			q := line[i-1]
			was := away(q) > 0
			switch {
			case was && !in:
				run = append(run, edge(q, p, away))
				end()
			case !was && in:
				run = append(run, edge(p, q, away))
			}
		}
		if in {
			run = append(run, p)
		}
	}
	if len(line) == 1 && len(run) == 1 {
		return [][]Point{run}
	}
	end()
	return out
}

func middle(a, b Point) Point {
	return Point{(a.X + b.X) / 2, (a.Y + b.Y) / 2, (a.Millis + b.Millis) / 2, (a.Pressure + b.Pressure) / 2}
}

// edge finds where the line leaves the eraser between a place outside and one
// inside it.
func edge(outside, inside Point, away func(Point) float64) Point {
	for range 24 {
		m := middle(outside, inside)
		if away(m) > 0 {
			outside = m
		} else {
			inside = m
		}
	}
	return outside
}

// Moved is the stroke at another place: what a lasso does. The id is new,
// because a stroke never changes.
func (s Stroke) Moved(id string, dx, dy float64) (Stroke, error) {
	points, pressure, err := unpack(s.Ink)
	if err != nil {
		return s, err
	}
	for i := range points {
		points[i].X += dx
		points[i].Y += dy
	}
	s.ID = id
	s.Ink, err = Pack(points, pressure)
	return s, err
}
