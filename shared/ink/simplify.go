package ink

import "math"

// Fidelity is the error in points that Simplify is used with for writing:
// 0.04 mm, a twentieth of the thinnest line's width and less than anybody sees.
const Fidelity = 0.12

// Simplify leaves out points so that the curve drawn through the rest (made of
// straight pieces to a quarter of err) stays within err points of every point,
// and does not stray further than that from the way between points that were
// left out. The ends stay. Points of a stroke that stood still become two.
func Simplify(points []Point, err float64) []Point {
	if len(points) < 3 || !(err > 0) {
		return points
	}
	keep := make([]bool, len(points))
	keep[0], keep[len(points)-1] = true, true
	peucker(points, keep, err)
	// The polyline is good; the curve may leave it on long spans beside short
	// ones. Each round puts back the worst point of every bad span.
	for range len(points) {
		if !refine(points, keep, err) {
			break
		}
	}
	out := make([]Point, 0, len(points))
	for i, k := range keep {
		if k {
			out = append(out, points[i])
		}
	}
	return out
}

// peucker marks the points that the Ramer-Douglas-Peucker method keeps.
func peucker(points []Point, keep []bool, err float64) {
	stack := [][2]int{{0, len(points) - 1}}
	for len(stack) > 0 {
		from, to := stack[len(stack)-1][0], stack[len(stack)-1][1]
		stack = stack[:len(stack)-1]
		worst, far := 0, err
		for i := from + 1; i < to; i++ {
			if d := offSegment(points[i], points[from], points[to]); d > far {
				worst, far = i, d
			}
		}
		if worst > 0 {
			keep[worst] = true
			stack = append(stack, [2]int{from, worst}, [2]int{worst, to})
		}
	}
}

// refine keeps one more point in every span that strays, and reports whether
// there was any.
func refine(points []Point, keep []bool, err float64) bool {
	var kept []Point
	var index []int
	for i, k := range keep {
		if k {
			kept, index = append(kept, points[i]), append(index, i)
		}
	}
	changed := false
	var pieces []Point
	for s := range len(kept) - 1 {
		from, to := index[s], index[s+1]
		if to-from < 2 {
			continue
		}
		pieces = span(append(pieces[:0], kept[s]), kept, s, err/4)
		if worst := strays(points[from:to+1], pieces, err); worst > 0 {
			keep[from+worst] = true
			changed = true
		}
	}
	return changed
}

// strays compares the points of a span with the curve drawn for it: 0, or the
// index of the point to put back.
func strays(original, drawn []Point, err float64) int {
	worst, far := 0, err
	for i := 1; i < len(original)-1; i++ {
		if d := offLine(original[i], drawn); d > far {
			worst, far = i, d
		}
	}
	if worst > 0 {
		return worst
	}
	for _, p := range drawn {
		if d := offLine(p, original); d > far {
			far, worst = d, nearest(original, p)
		}
	}
	return worst
}

// nearest is the inner point of a span that lies next to p.
func nearest(points []Point, p Point) int {
	best, least := 1, math.Inf(1)
	for i := 1; i < len(points)-1; i++ {
		if d := math.Hypot(points[i].X-p.X, points[i].Y-p.Y); d < least {
			best, least = i, d
		}
	}
	return best
}

// offLine is the distance of p to a line of straight pieces.
func offLine(p Point, line []Point) float64 {
	if len(line) == 1 {
		return math.Hypot(p.X-line[0].X, p.Y-line[0].Y)
	}
	least := math.Inf(1)
	for i := range len(line) - 1 {
		least = min(least, offSegment(p, line[i], line[i+1]))
	}
	return least
}

// offSegment is the distance of p to the straight piece from a to b.
func offSegment(p, a, b Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	along := 0.0
	if l := dx*dx + dy*dy; l > 0 {
		along = min(max(((p.X-a.X)*dx+(p.Y-a.Y)*dy)/l, 0), 1)
	}
	return math.Hypot(p.X-a.X-along*dx, p.Y-a.Y-along*dy)
}
