package pdf

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"phonghop/server/internal/document"
)

// Distances in heights of a line (a font's height from its lowest to its
// highest point, about 1.15 times the font's size).
const (
	wordGap    = 0.18 // a wider gap separates words
	hintedGap  = 0.06 // as does this one where pdfium sees a space
	lineGap    = 2.0  // a wider gap separates lines, such as columns and cells
	joinGap    = 0.5  // pieces that far apart on a baseline are one line, whatever their order
	overlap    = 0.6  // of the smaller height must be shared by what stands on one baseline
	kerning    = 0.5  // how far a character may reach back over the one before
	joinWithin = 32   // pieces that far apart in the file may be joined
)

type kind int

const (
	isNothing kind = iota
	isSpace
	isGlyph
)

// classify sorts a UTF-16 or UTF-32 unit. high keeps the first half of a
// surrogate pair between two calls.
func classify(r rune, high *rune) (kind, rune) {
	before := *high
	*high = 0
	switch {
	case r >= 0xD800 && r < 0xDC00:
		*high = r
		return isNothing, 0
	case r >= 0xDC00 && r < 0xE000:
		if before == 0 {
			return isNothing, 0
		}
		return isGlyph, (before-0xD800)<<10 + (r - 0xDC00) + 0x10000
	case r == 2: // pdfium's mark for a hyphen at the end of a line
		return isGlyph, '-'
	case unicode.IsSpace(r):
		return isSpace, ' '
	case !utf8.ValidRune(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r), r&0xFFFE == 0xFFFE, r == unicode.ReplacementChar:
		return isNothing, 0
	}
	return isGlyph, r
}

// placed is a glyph in its line's own frame: u along the line, v across it,
// both growing in reading direction.
type placed struct {
	glyph
	u0, v0, u1, v1 float64
}

func (g glyph) place() placed {
	b := g.box
	switch g.direction {
	case 1:
		return placed{g, b.y0, -b.x1, b.y1, -b.x0}
	case 2:
		return placed{g, -b.x1, -b.y1, -b.x0, -b.y0}
	case 3:
		return placed{g, -b.y1, b.x0, -b.y0, b.x1}
	}
	return placed{g, b.x0, b.y0, b.x1, b.y1}
}

// piece is a run of glyphs that follow one another on a baseline.
type piece struct {
	glyphs         []placed
	u0, v0, u1, v1 float64
}

func (p *piece) add(g placed) {
	if len(p.glyphs) == 0 {
		p.u0, p.v0, p.u1, p.v1 = g.u0, g.v0, g.u1, g.v1
	} else {
		p.u0, p.v0, p.u1, p.v1 = min(p.u0, g.u0), min(p.v0, g.v0), max(p.u1, g.u1), max(p.v1, g.v1)
	}
	p.glyphs = append(p.glyphs, g)
}

func (p *piece) last() placed { return p.glyphs[len(p.glyphs)-1] }

// layOut builds lines and words from glyphs in the order of the file. Lines
// keep that order, because it is the one the author's program wrote.
// samples are the glyphs of each line by which its font is told.
func layOut(glyphs []glyph) (text document.Text, samples [][]int) {
	pieces := join(split(glyphs))
	words, runes := 0, 0
	for _, p := range pieces {
		line := p.line()
		for i, w := range line.Words {
			words++
			runes += utf8.RuneCountInString(w.Text)
			if words > document.MaxWordsPerPage || runes > document.MaxRunesPerPage {
				line.Words = line.Words[:i]
				text.Cut = true
				break
			}
		}
		if len(line.Words) > 0 {
			text.Lines = append(text.Lines, line)
			samples = append(samples, p.samples())
		}
		if text.Cut {
			break
		}
	}
	return text, samples
}

// samples are the first glyph, one in the middle and the last one, by their
// index.
func (p *piece) samples() []int {
	n := len(p.glyphs)
	return []int{p.glyphs[0].index, p.glyphs[n/2].index, p.glyphs[n-1].index}
}

// split cuts the glyphs where one does not continue the baseline of the one
// before.
func split(glyphs []glyph) []*piece {
	var pieces []*piece
	var current *piece
	for _, g := range glyphs {
		p := g.place()
		if current == nil || !continues(current.last(), p) {
			current = &piece{}
			pieces = append(pieces, current)
		}
		current.add(p)
	}
	return pieces
}

func continues(last, next placed) bool {
	if last.direction != next.direction {
		return false
	}
	if unicode.Is(unicode.Mn, next.char) {
		return true
	}
	if !sameBaseline(last.v0, last.v1, next.v0, next.v1) {
		return false
	}
	gap, height := distance(last, next), max(last.v1-last.v0, next.v1-next.v0)
	return gap >= -kerning*height && gap <= lineGap*height
}

// distance is the gap between two glyphs in reading direction, which is
// mirrored for scripts written from right to left.
func distance(last, next placed) float64 {
	if unicode.In(next.char, unicode.Hebrew, unicode.Arabic) && unicode.In(last.char, unicode.Hebrew, unicode.Arabic) {
		return last.u0 - next.u1
	}
	return next.u0 - last.u1
}

func sameBaseline(a0, a1, b0, b1 float64) bool {
	shared := min(a1, b1) - max(a0, b0)
	return shared >= overlap*min(a1-a0, b1-b0)
}

// join puts a piece behind an earlier one that ends where it begins: some
// programs write the characters of a table's cell, or accented letters, in an
// order of their own.
func join(pieces []*piece) []*piece {
	out := pieces[:0:0]
	for _, p := range pieces {
		if to := target(out, p); to != nil {
			for _, g := range p.glyphs {
				to.add(g)
			}
			continue
		}
		out = append(out, p)
	}
	return out
}

func target(earlier []*piece, p *piece) *piece {
	best, bestGap := (*piece)(nil), math.Inf(1)
	for i := len(earlier) - 1; i >= 0 && i >= len(earlier)-joinWithin; i-- {
		e := earlier[i]
		if e.glyphs[0].direction != p.glyphs[0].direction || !sameBaseline(e.v0, e.v1, p.v0, p.v1) {
			continue
		}
		gap, height := p.u0-e.u1, max(e.v1-e.v0, p.v1-p.v0)
		if gap >= -wordGap*height && gap <= joinGap*height && math.Abs(gap) < bestGap {
			best, bestGap = e, math.Abs(gap)
		}
	}
	return best
}

// line cuts a piece into words.
func (p *piece) line() document.Line {
	var line document.Line
	var word []placed
	height := p.v1 - p.v0
	for i, g := range p.glyphs {
		if i > 0 && separates(p.glyphs[i-1], g, height) {
			line.Words = appendWord(line.Words, word)
			word = word[:0]
		}
		word = append(word, g)
	}
	line.Words = appendWord(line.Words, word)
	return line
}

func separates(last, next placed, height float64) bool {
	if unicode.Is(unicode.Mn, next.char) {
		return false
	}
	height = min(height, max(last.v1-last.v0, next.v1-next.v0))
	gap := distance(last, next)
	return next.spaced || gap > wordGap*height || next.hinted && gap > hintedGap*height
}

func appendWord(words []document.Word, glyphs []placed) []document.Word {
	if len(glyphs) == 0 {
		return words
	}
	var text strings.Builder
	box := glyphs[0].box
	for _, g := range glyphs {
		if g.char >= 0xFB00 && g.char <= 0xFB06 { // Latin ligatures: nobody searches for them
			text.WriteString(norm.NFKC.String(string(g.char)))
		} else {
			text.WriteRune(g.char)
		}
		box = rect{min(box.x0, g.box.x0), min(box.y0, g.box.y0), max(box.x1, g.box.x1), max(box.y1, g.box.y1)}
	}
	return append(words, document.Word{Text: norm.NFC.String(text.String()), Box: box.box()})
}

// box rounds to hundredths of a point and keeps what is not finite out.
func (r rect) box() document.Box {
	return document.Box{X: hundredths(r.x0), Y: hundredths(r.y0), W: hundredths(r.x1 - r.x0), H: hundredths(r.y1 - r.y0)}
}

func hundredths(v float64) float32 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	v = min(max(v, -document.MaxSidePoints), document.MaxSidePoints)
	return float32(math.Round(v*100) / 100)
}
