package ink

import (
	"math"
	"slices"
)

// cell is the side of the index's squares, in points: about three lines of
// writing.
const cell = 36

// maxCells bounds the squares one straight piece is put into; longer ones
// (beyond any real page) are looked at every time.
const maxCells = 4096

// Index finds the strokes of one page by place. It is not safe for concurrent
// use.
type Index struct {
	strokes map[string]*indexed
	cells   map[[2]int32][]*indexed
	large   []*indexed
	order   uint64
}

type indexed struct {
	id    string
	order uint64
	paths []Path
	box   Box
	cells [][2]int32
	seen  uint64 // the search that looked at it last
}

// NewIndex makes an index of the strokes of a page, in their order.
func NewIndex(strokes []Stroke) *Index {
	x := &Index{strokes: make(map[string]*indexed, len(strokes)), cells: map[[2]int32][]*indexed{}}
	for _, s := range strokes {
		x.Add(s)
	}
	return x
}

// Len is the number of strokes.
func (x *Index) Len() int { return len(x.strokes) }

// Add adds a stroke on top, or replaces the one of its id.
func (x *Index) Add(s Stroke) {
	x.Remove(s.ID)
	x.order++
	e := &indexed{id: s.ID, order: x.order, paths: s.Paths(rough)}
	if s.Tool == Note {
		e.box = s.Bounds()
		e.paths = []Path{rectangle(Point{X: e.box.MinX, Y: e.box.MinY}, Point{X: e.box.MaxX, Y: e.box.MaxY}, 0)}
		e.paths[0].Filled = true
	}
	x.strokes[s.ID] = e
	var cells squares
	for i, p := range e.paths {
		if b := hull(p.Vertices).Grow(rough); i == 0 {
			e.box = b
		} else {
			e.box = Box{min(e.box.MinX, b.MinX), min(e.box.MinY, b.MinY), max(e.box.MaxX, b.MaxX), max(e.box.MaxY, b.MaxY)}
		}
		if !p.cover(&cells) {
			x.large = append(x.large, e)
			return
		}
	}
	for _, c := range cells.list {
		e.cells = append(e.cells, c)
		x.cells[c] = append(x.cells[c], e)
	}
}

// rough is the tolerance in points that is fine enough for finding.
const rough = 0.25

// squares is a set of squares; most strokes touch a few.
type squares struct {
	list []([2]int32)
	set  map[[2]int32]struct{} // once there are many
}

func (s *squares) add(c [2]int32) {
	if s.set == nil {
		for i := len(s.list) - 1; i >= 0; i-- {
			if s.list[i] == c {
				return
			}
		}
		if s.list = append(s.list, c); len(s.list) > 24 {
			s.set = make(map[[2]int32]struct{}, 64)
			for _, c := range s.list {
				s.set[c] = struct{}{}
			}
		}
		return
	}
	if _, ok := s.set[c]; !ok {
		s.set[c] = struct{}{}
		s.list = append(s.list, c)
	}
}

// Remove takes a stroke out, if it is there.
func (x *Index) Remove(id string) {
	e, ok := x.strokes[id]
	if !ok {
		return
	}
	delete(x.strokes, id)
	is := func(o *indexed) bool { return o == e }
	x.large = slices.DeleteFunc(x.large, is)
	for _, c := range e.cells {
		if left := slices.DeleteFunc(x.cells[c], is); len(left) > 0 {
			x.cells[c] = left
		} else {
			delete(x.cells, c)
		}
	}
}

// cover notes the squares that a path touches; false when they are too many.
func (p Path) cover(cells *squares) bool {
	v := p.Vertices
	if p.Filled {
		b := hull(v)
		return b.cover(cells)
	}
	for i := range v {
		a, c := v[max(i-1, 0)], v[i]
		if i == 0 && p.Closed {
			a = v[len(v)-1]
		}
		// A long piece is covered in parts, or a diagonal would fill its box.
		n := max(1, int(math.Ceil(math.Hypot(c.X-a.X, c.Y-a.Y)/cell)))
		if n > maxCells {
			return false
		}
		for k := range n {
			u, w := float64(k)/float64(n), float64(k+1)/float64(n)
			part := []Vertex{
				{a.X + u*(c.X-a.X), a.Y + u*(c.Y-a.Y), max(a.R, c.R)},
				{a.X + w*(c.X-a.X), a.Y + w*(c.Y-a.Y), max(a.R, c.R)},
			}
			b := hull(part)
			if !b.cover(cells) {
				return false
			}
		}
	}
	return true
}

func hull(v []Vertex) Box {
	b := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, c := range v {
		b = Box{min(b.MinX, c.X-c.R), min(b.MinY, c.Y-c.R), max(b.MaxX, c.X+c.R), max(b.MaxY, c.Y+c.R)}
	}
	return b
}

func (b Box) cover(cells *squares) bool {
	x0, y0, x1, y1 := square(b.MinX), square(b.MinY), square(b.MaxX), square(b.MaxY)
	if (int64(x1-x0)+1)*(int64(y1-y0)+1) > maxCells {
		return false
	}
	for x := x0; x <= x1; x++ {
		for y := y0; y <= y1; y++ {
			cells.add([2]int32{x, y})
		}
	}
	return true
}

func square(v float64) int32 { return int32(math.Floor(min(max(v/cell, -1e6), 1e6))) }

// Hit lists the strokes that the tip of a tool touches on its way from one
// place to another; radius is the tip's. The lowest comes first.
func (x *Index) Hit(fromX, fromY, toX, toY, radius float64) []string {
	if !finite(fromX, fromY, toX, toY, radius) || radius < 0 {
		return nil
	}
	tip := Path{Vertices: []Vertex{{fromX, fromY, radius}, {toX, toY, radius}}}
	return x.search(tip, func(e *indexed) bool { return touches(e.paths, tip) })
}

// Inside lists the strokes of which every point lies within the closed line:
// what a lasso catches. The lowest comes first.
func (x *Index) Inside(lasso [][2]float64) []string {
	if len(lasso) < 3 || len(lasso) > MaxPoints {
		return nil
	}
	v := make([]Vertex, len(lasso))
	for i, p := range lasso {
		if !finite(p[0], p[1]) {
			return nil
		}
		v[i] = Vertex{p[0], p[1], 0}
	}
	return x.search(Path{Vertices: v, Filled: true}, func(e *indexed) bool {
		for _, p := range e.paths {
			for _, c := range p.Vertices {
				if !Polygon(lasso).contains(c.X, c.Y) {
					return false
				}
			}
		}
		return len(e.paths) > 0
	})
}

func finite(all ...float64) bool {
	for _, x := range all {
		if math.IsNaN(x) || math.Abs(x) > 1e7 {
			return false
		}
	}
	return true
}

func (x *Index) search(where Path, takes func(*indexed) bool) []string {
	x.order++ // marks what this search has seen
	box := hull(where.Vertices)
	var found []*indexed
	look := func(e *indexed) {
		if e.seen != x.order {
			e.seen = x.order
			if e.box.Overlaps(box) && takes(e) {
				found = append(found, e)
			}
		}
	}
	var cells squares
	if where.cover(&cells) && len(cells.list) < len(x.strokes) {
		for _, c := range cells.list {
			for _, e := range x.cells[c] {
				look(e)
			}
		}
		for _, e := range x.large {
			look(e)
		}
	} else {
		for _, e := range x.strokes {
			look(e)
		}
	}
	slices.SortFunc(found, func(a, b *indexed) int {
		if a.order < b.order {
			return -1
		}
		return 1
	})
	out := make([]string, len(found))
	for i, e := range found {
		out[i] = e.id
	}
	return out
}

// contains is the rule of odd crossings.
func (p Polygon) contains(x, y float64) bool {
	in := false
	for i, a := range p {
		b := p[(i+1)%len(p)]
		if (a[1] > y) != (b[1] > y) && x < a[0]+(y-a[1])/(b[1]-a[1])*(b[0]-a[0]) {
			in = !in
		}
	}
	return in
}

// touches reports whether a tip's way meets any of the paths.
func touches(paths []Path, tip Path) bool {
	a, b := tip.Vertices[0], tip.Vertices[1]
	for _, p := range paths {
		v := p.Vertices
		if p.Filled {
			edge := p.Outline(Fine)[0]
			if edge.contains(a.X, a.Y) || edge.contains(b.X, b.Y) {
				return true
			}
		}
		for i := range v {
			c := v[max(i-1, 0)]
			if i == 0 && (p.Closed || p.Filled) {
				c = v[len(v)-1]
			}
			if apart(a, b, c, v[i]) <= a.R+max(c.R, v[i].R) {
				return true
			}
		}
	}
	return false
}

// apart is the distance of two straight pieces.
func apart(a, b, c, d Vertex) float64 {
	if crosses(a, b, c, d) {
		return 0
	}
	pa, pb, pc, pd := Point{X: a.X, Y: a.Y}, Point{X: b.X, Y: b.Y}, Point{X: c.X, Y: c.Y}, Point{X: d.X, Y: d.Y}
	return min(offSegment(pa, pc, pd), offSegment(pb, pc, pd), offSegment(pc, pa, pb), offSegment(pd, pa, pb))
}

func crosses(a, b, c, d Vertex) bool {
	turn := func(p, q, r Vertex) float64 { return (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X) }
	return turn(a, b, c)*turn(a, b, d) < 0 && turn(c, d, a)*turn(c, d, b) < 0
}
