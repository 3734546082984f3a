package reflow

import (
	"unicode"

	"phonghop/shared/protocol"
)

// Picture is a drawn page: rows of red, green, blue and alpha bytes.
type Picture struct {
	Pix    []uint8
	Stride int // bytes of a row
	W, H   int // pixels
}

func (c Picture) valid() bool {
	return c.W > 0 && c.H > 0 && c.Stride >= 4*c.W && len(c.Pix) >= c.Stride*(c.H-1)+4*c.W
}

// Measures, in points.
const (
	cell       = 4   // of the grid in which ink is looked for
	leastSide  = 12  // of what is a figure by itself
	signSide   = 6   // of a sign that belongs to a line, such as a box to tick
	looked     = 800 // pixels of a row that are looked at, at most
	mostCells  = 400 // of a side of the grid
	differs    = 40  // by which ink differs from paper, of 255
	throughout = 0.97

	mostFigures = 500 // a page with more is one
)

// Figures finds what is drawn on a page besides its words: pictures, tables with their lines, stamps, boxes around words, words
// struck through. Single rules are none. What it gives is within the page.
func Figures(c Picture, t protocol.PageText, width, height float64) []Box {
	if !c.valid() || !(width > 0 && height > 0) {
		return nil
	}
	g := newGrid(c, width, height)
	g.ink(c)
	for _, l := range t.Lines {
		for _, w := range l.Words {
			g.wipe(w.Box)
		}
	}
	var out []Box
	for _, s := range g.spots() {
		w, h := s.box[2]-s.box[0], s.box[3]-s.box[1]
		switch {
		case g.frame(s):
		case w >= leastSide && h >= leastSide:
			out = append(out, s.box)
		case w >= signSide && h >= signSide:
			if box, ok := onLine(s.box, t); ok {
				out = append(out, box)
			}
		}
	}
	out = append(out, unlike(c, g.paper, t, width, height)...)
	if len(out) > mostFigures {
		return []Box{{0, 0, width, height}}
	}
	return out
}

// onLine is the line that a small sign stands on, with the sign.
func onLine(sign Box, t protocol.PageText) (Box, bool) {
	for _, l := range t.Lines {
		if len(l.Words) == 0 {
			continue
		}
		box := l.Words[0].Box
		for _, w := range l.Words[1:] {
			box = union(box, w.Box)
		}
		if beside(sign, box) {
			return union(sign, box), true
		}
	}
	return Box{}, false
}

// grid is a page in cells: which have ink.
type grid struct {
	w, h          int
	width, height float64 // of the page, in points
	inked         []bool
	extent        []Box // of the ink in a cell, in points
	paper         [3]uint8
}

func newGrid(c Picture, width, height float64) *grid {
	g := &grid{width: width, height: height, w: min(int(width/cell)+1, mostCells), h: min(int(height/cell)+1, mostCells)}
	g.inked, g.extent = make([]bool, g.w*g.h), make([]Box, g.w*g.h)
	g.paper = paperOf(c)
	return g
}

// step is by how many pixels the picture is walked.
func (c Picture) step() int { return max(c.W/looked, 1) }

// paperOf is the most frequent colour.
func paperOf(c Picture) [3]uint8 {
	const coarse = 4 // bits that are left out
	var count [1 << 12]int
	best := 0
	var out [3]uint8
	for y := 0; y < c.H; y += 4 {
		for x := 0; x < c.W; x += 4 {
			p := c.Pix[y*c.Stride+4*x:]
			key := int(p[0]>>coarse)<<8 | int(p[1]>>coarse)<<4 | int(p[2]>>coarse)
			if count[key]++; count[key] > best {
				best, out = count[key], [3]uint8{p[0], p[1], p[2]}
			}
		}
	}
	return out
}

func isInk(p []uint8, paper [3]uint8) bool {
	for i, v := range paper {
		if d := int(p[i]) - int(v); d > differs || d < -differs {
			return true
		}
	}
	return false
}

func (g *grid) ink(c Picture) {
	step := c.step()
	for y := 0; y < c.H; y += step {
		py := float64(y) * g.height / float64(c.H)
		row := min(y*g.h/c.H, g.h-1) * g.w
		for x := 0; x < c.W; x += step {
			if !isInk(c.Pix[y*c.Stride+4*x:], g.paper) {
				continue
			}
			px := float64(x) * g.width / float64(c.W)
			at := row + min(x*g.w/c.W, g.w-1)
			dot := Box{px, py, px + float64(step)*g.width/float64(c.W), py + float64(step)*g.height/float64(c.H)}
			if g.inked[at] {
				dot = union(dot, g.extent[at])
			}
			g.inked[at], g.extent[at] = true, dot
		}
	}
}

// wipe takes the ink of a word away, with its accents.
func (g *grid) wipe(b Box) {
	up := 0.25 * (b[3] - b[1])
	x0, x1 := g.column(b[0]-2), g.column(b[2]+2)
	for y := g.row(b[1] - up); y <= g.row(b[3]+up/2); y++ {
		for x := x0; x <= x1; x++ {
			g.inked[y*g.w+x] = false
		}
	}
}

func (g *grid) column(x float64) int { return within(x*float64(g.w)/g.width, g.w) }
func (g *grid) row(y float64) int    { return within(y*float64(g.h)/g.height, g.h) }

// within is a place in so many cells; what is no number is the first.
func within(v float64, n int) int {
	if !(v > 0) {
		return 0
	}
	return int(min(v, float64(n-1)))
}

// spot is ink that hangs together.
type spot struct {
	box   Box
	cells []int
}

// spots finds what hangs together; a gap of one cell does not part it.
func (g *grid) spots() []spot {
	seen := make([]bool, len(g.inked))
	var out []spot
	for i, inked := range g.inked {
		if !inked || seen[i] {
			continue
		}
		s := spot{box: g.extent[i], cells: []int{i}}
		seen[i] = true
		for n := 0; n < len(s.cells); n++ {
			at := s.cells[n]
			s.box = union(s.box, g.extent[at])
			x, y := at%g.w, at/g.w
			for ny := max(y-2, 0); ny <= min(y+2, g.h-1); ny++ {
				for nx := max(x-2, 0); nx <= min(x+2, g.w-1); nx++ {
					if to := ny*g.w + nx; g.inked[to] && !seen[to] {
						seen[to] = true
						s.cells = append(s.cells, to)
					}
				}
			}
		}
		out = append(out, s)
	}
	return out
}

// frame reports whether ink is but a line around the whole page.
func (g *grid) frame(s spot) bool {
	if s.box[2]-s.box[0] < 0.8*g.width || s.box[3]-s.box[1] < 0.8*g.height {
		return false
	}
	inner := Box{s.box[0] + 0.1*g.width, s.box[1] + 0.1*g.height, s.box[2] - 0.1*g.width, s.box[3] - 0.1*g.height}
	in := 0
	for _, at := range s.cells {
		if e := g.extent[at]; e[0] > inner[0] && e[2] < inner[2] && e[1] > inner[1] && e[3] < inner[3] {
			in++
		}
	}
	return in*200 < len(g.inked)
}

// unlike gives the words that are not on the page as they are read: with a line drawn through them, or not to be seen.
func unlike(c Picture, paper [3]uint8, t protocol.PageText, width, height float64) []Box {
	var out []Box
	for _, l := range t.Lines {
		for _, w := range l.Words {
			n := letters(w.Text)
			if n >= 3 && throughLine(c, paper, w.Box, width, height) || n > 0 && unseen(c, paper, w.Box, width, height) {
				out = append(out, w.Box)
			}
		}
	}
	return out
}

// unseen reports whether there is no ink at all where a word is.
func unseen(c Picture, paper [3]uint8, b Box, width, height float64) bool {
	sx, sy := float64(c.W)/width, float64(c.H)/height
	for y := within(b[1]*sy, c.H); y <= within(b[3]*sy, c.H); y++ {
		for x := within(b[0]*sx, c.W); x <= within(b[2]*sx, c.W); x++ {
			if isInk(c.Pix[y*c.Stride+4*x:], paper) {
				return false
			}
		}
	}
	return true
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// throughLine looks for a row of ink from end to end in the middle of a word.
func throughLine(c Picture, paper [3]uint8, b Box, width, height float64) bool {
	sx, sy := float64(c.W)/width, float64(c.H)/height
	x0, x1 := within(b[0]*sx+1, c.W), within(b[2]*sx-1, c.W)
	high := b[3] - b[1]
	for y := within((b[1]+0.4*high)*sy, c.H); y <= within((b[1]+0.7*high)*sy, c.H); y++ {
		inked := 0
		for x := x0; x < x1; x++ {
			if isInk(c.Pix[y*c.Stride+4*x:], paper) {
				inked++
			}
		}
		if n := x1 - x0; n > 8 && float64(inked) >= throughout*float64(n) {
			return true
		}
	}
	return false
}
