package ink

import "math"

// Fine is the tolerance in points with which strokes are made of straight
// pieces for drawing: a seventh of a pixel at four times the size of paper.
const Fine = 0.03

// Vertex is a place of a line and half the line's width there, in points.
type Vertex struct{ X, Y, R float64 }

// Path is one line of a stroke, drawn with round ends and joins, or an area
// that is filled. A path with one vertex is a dot.
type Path struct {
	Vertices []Vertex
	Closed   bool // the last vertex joins the first
	Filled   bool // an area; the widths do not count
}

// Paths is everything that is drawn of a stroke, made of straight pieces that
// stay within tolerance of the curve. Of a note it is nothing: its text is
// drawn. A stroke that cannot be read is nothing, too.
func (s Stroke) Paths(tolerance float64) []Path {
	points, pressure, err := unpack(s.Ink)
	if err != nil || !s.Tool.takes(len(points)) {
		return nil
	}
	r := s.Thickness() / 2
	if s.Tool.Curved() {
		return []Path{{Vertices: vertices(flatten(points, tolerance), r, pressure)}}
	}
	a, b := points[0], points[min(1, len(points)-1)]
	switch s.Tool {
	case Mark:
		out := make([]Path, 0, len(points)/2)
		for i := 0; i+1 < len(points); i += 2 {
			p := rectangle(points[i], points[i+1], 0)
			p.Filled = true
			out = append(out, p)
		}
		return out
	case Line:
		return []Path{{Vertices: []Vertex{{a.X, a.Y, r}, {b.X, b.Y, r}}}}
	case Arrow:
		return arrow(a, b, r)
	case Rect:
		return []Path{rectangle(a, b, r)}
	case Ellipse:
		return []Path{ellipse(a, b, r, tolerance)}
	}
	return nil
}

// Curve is the line that is drawn through the points of a pen, as straight
// pieces within tolerance of it: for the stroke that is just being written.
func Curve(points []Point, tolerance float64) []Point {
	if len(points) == 0 {
		return nil
	}
	return flatten(points, tolerance)
}

func flatten(points []Point, tolerance float64) []Point {
	out, _ := curve(points, tolerance)
	return out
}

// vertices gives a line its width: the same all along, or from 0.4 to 1.6 of
// it by pressure.
func vertices(line []Point, r float64, pressure bool) []Vertex {
	out := make([]Vertex, 0, len(line))
	for i, p := range line {
		v := Vertex{p.X, p.Y, r}
		if pressure {
			v.R = r * (0.4 + 1.2*p.Pressure)
		}
		if i > 0 && v.X == out[len(out)-1].X && v.Y == out[len(out)-1].Y {
			out[len(out)-1].R = max(out[len(out)-1].R, v.R) // the pen stood still
			continue
		}
		out = append(out, v)
	}
	return out
}

func rectangle(a, b Point, r float64) Path {
	x0, x1 := min(a.X, b.X), max(a.X, b.X)
	y0, y1 := min(a.Y, b.Y), max(a.Y, b.Y)
	return Path{Closed: true, Vertices: []Vertex{{x0, y0, r}, {x1, y0, r}, {x1, y1, r}, {x0, y1, r}}}
}

func ellipse(a, b Point, r, tolerance float64) Path {
	cx, cy := (a.X+b.X)/2, (a.Y+b.Y)/2
	rx, ry := math.Abs(b.X-a.X)/2, math.Abs(b.Y-a.Y)/2
	n := corners(max(rx, ry), tolerance)
	p := Path{Closed: true, Vertices: make([]Vertex, 0, n)}
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		p.Vertices = append(p.Vertices, Vertex{cx + rx*cos, cy + ry*sin, r})
	}
	return p
}

// corners is how many corners a circle needs to stay within tolerance.
func corners(r, tolerance float64) int {
	if r <= tolerance {
		return 8
	}
	return min(max(int(math.Ceil(math.Pi/math.Acos(1-tolerance/r))), 8), 1024)
}

// arrow is the line and its head, whose sides are long enough to be seen and
// no longer than the line.
func arrow(a, b Point, r float64) []Path {
	shaft := Path{Vertices: []Vertex{{a.X, a.Y, r}, {b.X, b.Y, r}}}
	length := math.Hypot(b.X-a.X, b.Y-a.Y)
	if length == 0 {
		return []Path{shaft}
	}
	side := min(6+8*r, length)
	ux, uy := (a.X-b.X)/length, (a.Y-b.Y)/length
	const cos, sin = 0.8660254037844387, 0.5 // 30 degrees
	left := Vertex{b.X + side*(ux*cos-uy*sin), b.Y + side*(ux*sin+uy*cos), r}
	right := Vertex{b.X + side*(ux*cos+uy*sin), b.Y + side*(-ux*sin+uy*cos), r}
	return []Path{shaft, {Vertices: []Vertex{left, {b.X, b.Y, r}, right}}}
}

// Polygon is the edge of an area, to be filled by the rule that counts
// windings (nonzero).
type Polygon [][2]float64

// Outline is the area that a path covers, with round ends and joins that stay
// within tolerance of a circle. A closed line has two edges.
func (p Path) Outline(tolerance float64) []Polygon {
	v := p.Vertices
	switch {
	case len(v) == 0:
		return nil
	case p.Filled:
		out := make(Polygon, len(v))
		for i, c := range v {
			out[i] = [2]float64{c.X, c.Y}
		}
		return []Polygon{out}
	case len(v) == 1:
		return []Polygon{arc(nil, v[0], 0, 2*math.Pi, tolerance)}
	case p.Closed:
		ring := append(append([]Vertex{}, v...), v[0], v[1])
		back := make([]Vertex, len(ring))
		for i, c := range ring {
			back[len(ring)-1-i] = c
		}
		return []Polygon{side(nil, ring, tolerance), side(nil, back, tolerance)}
	}
	back := make([]Vertex, len(v))
	for i, c := range v {
		back[len(v)-1-i] = c
	}
	out := side(make(Polygon, 0, 6*len(v)+32), v, tolerance)
	out = roundEnd(out, v, tolerance)
	out = side(out, back, tolerance)
	return []Polygon{roundEnd(out, back, tolerance)}
}

func heading(a, b Vertex) float64 { return math.Atan2(b.Y-a.Y, b.X-a.X) }

// side walks along the left edge of a line: at each vertex it turns with an
// arc outside, and through the vertex inside.
func side(out Polygon, v []Vertex, tolerance float64) Polygon {
	if len(v) < 2 {
		return out
	}
	next := heading(v[0], v[1]) - math.Pi/2
	for i := range len(v) - 1 {
		h, a, b := next, v[i], v[i+1]
		sin, cos := math.Sincos(h)
		out = append(out, [2]float64{a.X + a.R*cos, a.Y + a.R*sin}, [2]float64{b.X + b.R*cos, b.Y + b.R*sin})
		if i+2 >= len(v) {
			break
		}
		next = heading(b, v[i+2]) - math.Pi/2
		turn := math.Remainder(next-h, 2*math.Pi)
		if turn > 0 {
			out = arc(out, v[i+1], h, turn, tolerance)
		} else if turn < 0 {
			out = append(out, [2]float64{v[i+1].X, v[i+1].Y})
		}
	}
	return out
}

// roundEnd is the round end of a line.
func roundEnd(out Polygon, v []Vertex, tolerance float64) Polygon {
	n := len(v)
	return arc(out, v[n-1], heading(v[n-2], v[n-1])-math.Pi/2, math.Pi, tolerance)
}

func at(v Vertex, angle float64) [2]float64 {
	sin, cos := math.Sincos(angle)
	return [2]float64{v.X + v.R*cos, v.Y + v.R*sin}
}

// arc appends an arc around a vertex, without its beginning.
func arc(out Polygon, v Vertex, from, turn, tolerance float64) Polygon {
	n := max(1, int(math.Ceil(float64(corners(v.R, tolerance))*math.Abs(turn)/(2*math.Pi))))
	for i := 1; i <= n; i++ {
		out = append(out, at(v, from+turn*float64(i)/float64(n)))
	}
	return out
}
