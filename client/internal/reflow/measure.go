package reflow

import (
	"cmp"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// measure takes the page's lines in.
func (p *page) measure(t protocol.PageText) {
	for i, l := range t.Lines {
		if got, ok := newLine(i, l, Box{0, 0, p.width, p.height}); ok {
			p.lines = append(p.lines, got)
		}
	}
	p.joinMarkers()
	var heights, pitches []float64
	bold, all := 0, 0
	for i, l := range p.lines {
		all += l.runes
		if l.bold {
			bold += l.runes
		}
		for range min(l.runes, 200) / 8 {
			heights = append(heights, l.high)
		}
		if i > 0 {
			if d := l.box[1] - p.lines[i-1].box[1]; above(l.box, p.lines[i-1].box) && d > 0.5*l.high && d < 3*l.high {
				pitches = append(pitches, d/l.high)
			}
		}
	}
	p.body, p.pitch, p.boldBody = median(heights, 14), median(pitches, 1.2), 2*bold > all
}

func median(of []float64, otherwise float64) float64 {
	if len(of) == 0 {
		return otherwise
	}
	slices.Sort(of)
	return of[len(of)/2]
}

// newLine measures a line; one without words on the page is none. Boxes that are no boxes make it doubtful, and so does the page's
// edge where it runs through it: of such a line is to be seen what is on the page, and no more.
func newLine(i int, l protocol.TextLine, page Box) (line, bool) {
	out := line{of: []int{i}, bold: l.Bold, doubt: l.Coded}
	seen := 0
	var heights []float64
	for n, w := range l.Words {
		b := w.Box
		for k, v := range b {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				b[k], out.doubt = 0, true
			}
		}
		b = Box{min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3])}
		if n == 0 {
			out.box = b
		}
		if share(b, page) >= 0.5 {
			seen++
		}
		out.box = union(out.box, b)
		out.words, out.widths = append(out.words, w.Text), append(out.widths, b[2]-b[0])
		heights = append(heights, b[3]-b[1])
		out.runes += utf8.RuneCountInString(w.Text)
	}
	out.high = max(median(heights, 1), 1)
	out.doubt = out.doubt || seen < len(l.Words)
	return out, seen > 0
}

// joinMarkers brings together a list's marker and the words behind it where the blank between is wide.
func (p *page) joinMarkers() {
	const reach = 6 // heights
	out := p.lines[:0]
	for _, l := range p.lines {
		if n := len(out); n > 0 && len(out[n-1].of) == 1 && len(out[n-1].words) == 1 && marks(out[n-1].words[0]) == sure {
			m := &out[n-1]
			if gap := l.box[0] - m.box[2]; beside(m.box, l.box) && gap >= 0 && gap < reach*l.high && !m.doubt && !l.doubt {
				m.of, m.words, m.widths = append(m.of, l.of...), append(m.words, l.words...), append(m.widths, l.widths...)
				m.box, m.high, m.bold, m.runes = union(m.box, l.box), l.high, l.bold, m.runes+l.runes
				continue
			}
		}
		out = append(out, l)
	}
	p.lines = out
}

// doubt marks the lines that may not say what is seen.
func (p *page) doubt() {
	for i := range p.lines {
		l := &p.lines[i]
		l.doubt = l.doubt || doubtful(*l)
		for k := range i {
			o := &p.lines[k]
			if small := min(area(l.box), area(o.box)); small > 0 && positive(common(l.box, o.box)) > 0.4*small {
				l.doubt, o.doubt = true, true // one over the other
			}
		}
	}
}

func positive(b Box) float64 {
	if b[2] <= b[0] || b[3] <= b[1] {
		return 0
	}
	return area(b)
}

// doubtful looks at a line by itself: characters that mean nothing, signs in place of words, and writing that does not run from left
// to right.
func doubtful(l line) bool {
	s := l.text()
	marker, rest := splitMarker(l.words)
	if marker != "" {
		s = rest
	}
	if !text.Legible(s) {
		return true
	}
	letters, all := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			continue
		case unicode.Is(unicode.Co, r), r == unicode.ReplacementChar:
			return true
		case unicode.In(r, unicode.Hebrew, unicode.Arabic):
			return true // set from right to left
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.Is(unicode.Mn, r):
			letters++
		}
		all++
	}
	if all >= 4 && 3*letters < all {
		return true
	}
	w, h := l.box[2]-l.box[0], l.box[3]-l.box[1]
	return all >= 3 && h > 1.5*w
}

// findMargins marks what stands above and below the page's text.
func (p *page) findMargins() {
	const zone = 0.08 // of the page's height
	top, bottom := math.Inf(1), math.Inf(-1)
	inside := func(l line) bool { return l.box[3] > zone*p.height && l.box[1] < (1-zone)*p.height }
	for _, l := range p.lines {
		if inside(l) {
			top, bottom = min(top, l.box[1]), max(bottom, l.box[3])
		}
	}
	if top > bottom {
		return // nothing but margins: then they are the text
	}
	for i := range p.lines {
		l := &p.lines[i]
		if inside(*l) || l.doubt {
			continue
		}
		gap := max(top-l.box[3], l.box[1]-bottom)
		l.margin = gap > 0.8*l.high || gap > -0.2*l.high && number(l.text())
	}
}

// number reports whether a text is but a page's number, with signs around it.
func number(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			return false
		}
	}
	return digits > 0 && digits <= 8
}

func byFirst(a, b region) int { return cmp.Compare(a.first, b.first) }
