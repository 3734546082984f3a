package ink

import "math"

// OneEuro is the one-euro filter (Casiez, Roussel, Vogel 2012): it takes the
// tremble out of a slow hand and follows a fast one without lag. The zero
// value is ready. It is fed the points of one stroke in their order.
type OneEuro struct {
	last    Point
	raw     Point
	vx, vy  float64
	started bool
}

// The filter's settings for a hand: in Hz, and Hz per point a second.
const (
	minCutoff  = 3.0
	speedGain  = 0.5
	rateCutoff = 4.0
)

// Next smooths one point. The first comes out as it is.
func (f *OneEuro) Next(p Point) Point {
	if !f.started {
		f.started, f.last, f.raw = true, p, p
		return p
	}
	dt := float64(p.Millis-f.raw.Millis) / 1000
	if dt <= 0 {
		dt = 0.001 // several points of one moment
	}
	a := alpha(rateCutoff, dt)
	f.vx += a * ((p.X-f.raw.X)/dt - f.vx)
	f.vy += a * ((p.Y-f.raw.Y)/dt - f.vy)
	b := alpha(minCutoff+speedGain*math.Hypot(f.vx, f.vy), dt)
	f.raw = p
	p.X = f.last.X + b*(p.X-f.last.X)
	p.Y = f.last.Y + b*(p.Y-f.last.Y)
	f.last = p
	return p
}

func alpha(cutoff, dt float64) float64 {
	r := 2 * math.Pi * cutoff * dt
	return r / (r + 1)
}

// Smooth runs the filter over a whole stroke, forwards and backwards, and
// takes the middle: what lags one way lags the other way back, so that small
// letters keep their shape. The ends stay where they are.
func Smooth(points []Point) []Point {
	n := len(points)
	if n < 3 {
		return points
	}
	var there, back OneEuro
	out := make([]Point, n)
	for i, p := range points {
		out[i] = there.Next(p)
	}
	end := points[n-1].Millis
	for i := n - 1; i >= 0; i-- {
		p := points[i]
		p.Millis = end - p.Millis
		q := back.Next(p)
		out[i].X, out[i].Y = (out[i].X+q.X)/2, (out[i].Y+q.Y)/2
	}
	out[0], out[n-1] = points[0], points[n-1]
	return out
}

// curve is the centripetal Catmull-Rom spline (Barry and Goldman, alpha 0.5)
// through the points, as straight pieces that stay within tolerance of it:
// it makes neither loops nor cusps between points. The pieces of the span
// from point i to i+1 are out[starts[i]:starts[i+1]+1].
func curve(points []Point, tolerance float64) (out []Point, starts []int) {
	out = append(out, points[0])
	starts = append(starts, 0)
	for i := range len(points) - 1 {
		out = span(out, points, i, tolerance)
		starts = append(starts, len(out)-1)
	}
	return out, starts
}

// span appends the curve from point i to i+1, without its beginning.
func span(out, points []Point, i int, tolerance float64) []Point {
	a, b := points[i], points[i+1]
	c1, c2 := controls(points, i)
	n := pieces(a, c1, c2, b, tolerance)
	for k := 1; k < n; k++ {
		u := float64(k) / float64(n)
		v := 1 - u
		w0, w1, w2, w3 := v*v*v, 3*v*v*u, 3*v*u*u, u*u*u
		out = append(out, Point{
			X:        w0*a.X + w1*c1.X + w2*c2.X + w3*b.X,
			Y:        w0*a.Y + w1*c1.Y + w2*c2.Y + w3*b.Y,
			Millis:   a.Millis + int(u*float64(b.Millis-a.Millis)),
			Pressure: a.Pressure + u*(b.Pressure-a.Pressure),
		})
	}
	return append(out, b)
}

// controls are the inner points of the Bézier curve that equals the span.
func controls(points []Point, i int) (c1, c2 Point) {
	a, b := points[i], points[i+1]
	before, after := a, b
	if i > 0 {
		before = points[i-1]
	}
	if i+2 < len(points) {
		after = points[i+2]
	}
	d1, d2, d3 := root(before, a), root(a, b), root(b, after)
	c1, c2 = a, b
	if d1 > 0 && d2 > 0 {
		m := 3 * d1 * (d1 + d2)
		k := 2*d1*d1 + 3*d1*d2 + d2*d2
		c1.X = (d1*d1*b.X - d2*d2*before.X + k*a.X) / m
		c1.Y = (d1*d1*b.Y - d2*d2*before.Y + k*a.Y) / m
	}
	if d3 > 0 && d2 > 0 {
		m := 3 * d3 * (d3 + d2)
		k := 2*d3*d3 + 3*d3*d2 + d2*d2
		c2.X = (d3*d3*a.X - d2*d2*after.X + k*b.X) / m
		c2.Y = (d3*d3*a.Y - d2*d2*after.Y + k*b.Y) / m
	}
	return c1, c2
}

// root is the centripetal distance: the square root of the real one.
func root(a, b Point) float64 { return math.Sqrt(math.Hypot(a.X-b.X, a.Y-b.Y)) }

// pieces is how many straight pieces keep within tolerance of a Bézier curve
// (Wang's bound).
func pieces(a, c1, c2, b Point, tolerance float64) int {
	bend := max(math.Hypot(a.X-2*c1.X+c2.X, a.Y-2*c1.Y+c2.Y), math.Hypot(c1.X-2*c2.X+b.X, c1.Y-2*c2.Y+b.Y))
	return min(max(int(math.Ceil(math.Sqrt(0.75*bend/tolerance))), 1), 256)
}
