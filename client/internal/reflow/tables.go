package reflow

import "slices"

// findTables marks lines that have others beside them on their baseline: cells. Columns of running text have that too; they are told
// by their many full lines, one below the other.
func (p *page) findTables() {
	p.findColumns()
	for i := range p.lines {
		for k := range i {
			a, b := &p.lines[i], &p.lines[k]
			if a.margin || b.margin || !beside(a.box, b.box) || a.column && b.column && !above(a.box, b.box) {
				continue
			}
			a.table, b.table = true, true
		}
	}
	p.wrappedCells()
}

// wrappedCells marks the lines on which the words of a table's cell go on: short, and close below the line before.
func (p *page) wrappedCells() {
	for i := range p.lines {
		l := &p.lines[i]
		if l.table || l.margin || l.column || l.box[2]-l.box[0] > 0.4*p.width {
			continue
		}
		l.table = slices.ContainsFunc(p.lines[:i], func(o line) bool {
			gap := l.box[1] - o.box[3]
			return o.table && abs(o.box[0]-l.box[0]) < 0.5*l.high && gap > -0.5*l.high && gap < 0.35*l.high
		})
	}
}

// findColumns marks the lines of running text: four or more, one below the other, most of which fill their column.
func (p *page) findColumns() {
	const least = 4
	for from := 0; from < len(p.lines); {
		to := from + 1
		for to < len(p.lines) && follows(p.lines[to-1], p.lines[to]) {
			to++
		}
		run := p.lines[from:to]
		from = to
		if len(run) < least {
			continue
		}
		box, words := run[0].box, 0
		for _, l := range run {
			box, words = union(box, l.box), words+len(l.words)
		}
		full := 0
		for _, l := range run {
			if l.box[2]-l.box[0] > 0.6*(box[2]-box[0]) {
				full++
			}
		}
		if 5*full < 3*len(run) || words < 3*len(run) || box[2]-box[0] < 0.2*p.width {
			continue
		}
		for i := range run {
			run[i].column = true
		}
	}
}

// follows reports whether b is the next line of a column.
func follows(a, b line) bool {
	d := b.box[1] - a.box[1]
	return above(a.box, b.box) && d > 0.5*min(a.high, b.high) && d < 3*max(a.high, b.high)
}

// gather brings what is to be shown as it is into parts: figures, with what is in them; tables with all their cells; lines by
// themselves.
func (p *page) gather() {
	for _, f := range p.figures {
		if f = common(f, Box{0, 0, p.width, p.height}); positive(f) > 0 {
			p.regions = append(p.regions, region{box: f, first: -1, figure: true})
		}
	}
	for _, l := range p.lines {
		if l.doubt || l.table {
			p.regions = append(p.regions, region{box: l.box, first: -1})
		}
	}
	for changed := true; changed; {
		changed = p.absorb()
		changed = p.merge() || changed
	}
	for i := range p.regions {
		p.regions[i].first = p.placeOf(i)
	}
}

// absorb takes lines into the parts that they lie in; it reports whether a part grew.
func (p *page) absorb() bool {
	grew := false
	for i := range p.lines {
		l := &p.lines[i]
		for n := range p.regions {
			r := &p.regions[n]
			if share(l.box, r.box) < 0.5 && !p.label(*l, *r) {
				continue
			}
			if u := union(r.box, l.box); u != r.box {
				r.box, grew = u, true
			}
			l.region = n + 1
			break
		}
	}
	return grew
}

// label reports whether a line is but what is written at a figure: small, and close to it.
func (p *page) label(l line, r region) bool {
	return r.figure && !l.margin && l.high < 0.9*p.body && above(l.box, r.box) && max(r.box[1]-l.box[3], l.box[1]-r.box[3]) < p.body
}

// merge makes one of parts that overlap, or of which one follows closely on the other; it reports whether there were any.
func (p *page) merge() bool {
	var out []region
	for _, r := range p.regions {
		for {
			n := slices.IndexFunc(out, func(o region) bool { return p.together(o.box, r.box) })
			if n < 0 {
				break
			}
			r.box, r.figure = union(r.box, out[n].box), r.figure || out[n].figure
			out = slices.Delete(out, n, n+1)
		}
		out = append(out, r)
	}
	merged := len(out) < len(p.regions)
	p.regions = out
	return merged
}

func (p *page) together(a, b Box) bool {
	near := 1.5 * p.body
	if a[1]-b[3] > near || b[1]-a[3] > near {
		return false
	}
	return above(a, b) || beside(a, b)
}

// placeOf is the line before which a part comes: the first of its own, else the first below its middle.
func (p *page) placeOf(n int) int {
	box, below := p.regions[n].box, -1
	for i, l := range p.lines {
		if l.region == n+1 {
			return i
		}
		if below < 0 && !l.margin && l.box[1] >= (box[1]+box[3])/2 {
			below = i
		}
	}
	if below >= 0 {
		return below
	}
	last := len(p.lines)
	for last > 0 && p.lines[last-1].margin && p.lines[last-1].box[1] > box[3] {
		last-- // before what stands at the foot
	}
	return last
}
