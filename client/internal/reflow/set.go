package reflow

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// set makes the blocks.
func (p *page) set() []Block {
	order := make([]int, len(p.regions))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return byFirst(p.regions[a], p.regions[b]) })
	var out []Block
	var open *paragraph
	end := func() {
		if open != nil {
			out = append(out, open.block(p))
			open = nil
		}
	}
	for i, l := range p.lines {
		for len(order) > 0 && p.regions[order[0]].first <= i {
			end()
			out = append(out, p.cut(order[0]))
			order = order[1:]
		}
		if l.region > 0 {
			continue
		}
		if open == nil || !p.continues(*open, l) {
			end()
			open = &paragraph{}
		}
		open.lines = append(open.lines, l)
	}
	end()
	for _, n := range order {
		out = append(out, p.cut(n))
	}
	return out
}

// cut is a part of the page with some room around it.
func (p *page) cut(n int) Block {
	const room = 3 // points
	r := p.regions[n].box
	b := Block{Kind: Cut}
	for _, l := range p.lines {
		if l.region == n+1 {
			b.Lines = append(b.Lines, l.of...)
			r = union(r, l.box)
		}
	}
	b.Box = common(Box{r[0] - room, r[1] - room, r[2] + room, r[3] + room}, Box{0, 0, p.width, p.height})
	return b
}

// paragraph is what has been read of one so far.
type paragraph struct{ lines []line }

func (g paragraph) last() line { return g.lines[len(g.lines)-1] }

// continues reports whether a line goes on with a paragraph: it stands below, is set alike, and its first word had no room on the line
// before.
func (p *page) continues(g paragraph, l line) bool {
	last := g.last()
	d := l.box[1] - last.box[1]
	most := max(1.35*p.pitch, 1.35) * max(l.high, last.high)
	if len(g.lines) > 1 { // what it has been so far
		most = max(g.lines[1].box[1]-g.lines[0].box[1], 0.9*l.high) * 1.3
	}
	switch {
	case last.margin || l.margin:
		return false
	case l.box[2] < last.box[0]-4*l.high, l.box[0] > last.box[2], d < 0.5*l.high, d > most: // what is set in may end left of where the first line began
		return false
	case l.bold != last.bold, l.high > 1.15*last.high, last.high > 1.15*l.high:
		return false
	case p.room(g, l):
		return false
	}
	switch marks(l.words[0]) {
	case sure:
		return false
	case perhaps: // a number at the begin of a line that is as far to the left as the one before
		return abs(l.box[0]-last.box[0]) < 0.5*l.high
	}
	// A first line that is set in more than those before begins a paragraph.
	return l.box[0] <= last.box[0]+1.2*l.high || centred(last.box, l.box, l.high)
}

func centred(a, b Box, high float64) bool {
	return abs(a[0]+a[2]-b[0]-b[2]) < high
}

// room reports whether the first word of the next line would have had room on the last one: its author began a new line.
func (p *page) room(g paragraph, next line) bool {
	right := next.box[2]
	for _, l := range g.lines {
		right = max(right, l.box[2])
	}
	for _, l := range p.lines { // the column, as far as it goes on in the neighbourhood
		if l.region == 0 && !l.margin && l.column && above(l.box, g.last().box) && abs(l.box[1]-g.last().box[1]) < 40*p.body && l.box[0] < g.last().box[2] {
			right = max(right, l.box[2])
		}
	}
	const slack = 1.2 // heights
	last := g.last()
	return last.box[2]+0.3*last.high+next.widths[0]+slack*last.high < right
}

func abs(v float64) float64 { return max(v, -v) }

// block is the paragraph as it is set.
func (g paragraph) block(p *page) Block {
	first := g.lines[0]
	out := Block{Box: first.box}
	var b strings.Builder
	for i, l := range g.lines {
		words := l.words
		if i == 0 {
			if m, rest := splitMarker(words); m != "" && !first.margin {
				out.Kind, out.Marker, out.Level = Item, m, p.depth(first)
				words = strings.Split(rest, " ")
			}
		}
		said := strings.Join(words, " ")
		if before := b.String(); before != "" && !broken(before) {
			b.WriteByte(' ')
		}
		b.WriteString(said)
		out.Box, out.Lines = union(out.Box, l.box), append(out.Lines, l.of...)
	}
	out.Text = b.String()
	switch {
	case first.margin:
		out.Kind = Margin
	case p.heads(g, out.Text):
		// A heading keeps its number in front: it is a part of its name.
		if out.Kind == Item {
			out.Text, out.Marker = strings.TrimSpace(out.Marker+" "+out.Text), ""
		}
		out.Kind, out.Level = Heading, 2
		if first.high > 1.45*p.body {
			out.Level = 1
		}
	}
	return out
}

// broken reports whether a word goes on in the next line: it ends with a hyphen that has a letter before it. The hyphen stays, since
// nobody can tell whether it belongs to the word.
func broken(s string) bool {
	for _, hyphen := range []string{"-", "\u2010", "\u00ad"} {
		if before, ok := strings.CutSuffix(s, hyphen); ok {
			r, _ := utf8.DecodeLastRuneInString(before)
			return unicode.IsLetter(r)
		}
	}
	return false
}

// depth is how far an item is set in, from 0 to 3, against the text of the page.
func (p *page) depth(first line) int {
	left := first.box[0]
	for _, l := range p.lines {
		if l.region == 0 && !l.margin && above(l.box, first.box) {
			left = min(left, l.box[0])
		}
	}
	return min(int((first.box[0]-left)/(2*p.body)+0.4), 3)
}

// heads reports whether a paragraph is a heading: larger than the text, or short and bold or in capitals.
func (p *page) heads(g paragraph, said string) bool {
	const longest = 200
	runes := utf8.RuneCountInString(said)
	first := g.lines[0]
	if runes > longest || !strings.ContainsFunc(said, unicode.IsLetter) {
		return false
	}
	return first.high > 1.18*p.body && runes > 1 || first.bold && !p.boldBody || len(g.lines) <= 3 && capitals(said)
}

func capitals(s string) bool {
	upper := 0
	for _, r := range s {
		switch {
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r):
			upper++
		}
	}
	return upper >= 5
}

// certainty is how sure it is that a word is the marker of a list.
type certainty int

const (
	none certainty = iota
	perhaps
	sure
)

// bullets are signs that stand before a point of a list; fonts of symbols have more of them in a range of their own.
const bullets = "-–—+*•●▪◦○■□▫‣·➢✓❖"

// marks tells whether a word stands before a point of a list: a sign, a number or a letter with a point or bracket after it, or a
// number of several parts.
func marks(word string) certainty {
	r, size := utf8.DecodeRuneInString(word)
	switch {
	case size > 0 && size == len(word) && (strings.ContainsRune(bullets, r) || r >= 0xF000 && r <= 0xF0FF), numbered(word):
		return sure
	case decimal(word):
		return perhaps
	}
	return none
}

// numbered is "1.", "12)", "(a)", "Đ)", "iv." and the like.
func numbered(word string) bool {
	word = strings.TrimPrefix(word, "(")
	if !strings.HasSuffix(word, ".") && !strings.HasSuffix(word, ")") {
		return false
	}
	word = word[:len(word)-1]
	_, size := utf8.DecodeRuneInString(word)
	switch {
	case made(word, 3, isDigit), made(word, 5, func(r rune) bool { return strings.ContainsRune("ivxIVX", r) }):
		return true
	case size > 0 && size == len(word):
		return made(word, 2, func(r rune) bool { return r == 'đ' || r == 'Đ' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' })
	}
	return false
}

// decimal is "1.2", "3.1.4." and the like: two to four parts of one or two digits.
func decimal(word string) bool {
	parts := strings.Split(strings.TrimSuffix(word, "."), ".")
	for _, p := range parts {
		if !made(p, 2, isDigit) {
			return false
		}
	}
	return len(parts) >= 2 && len(parts) <= 4
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// made tells whether a text is not empty, has at most so many bytes, and runes of a kind only.
func made(text string, most int, of func(rune) bool) bool {
	return text != "" && len(text) <= most && !strings.ContainsFunc(text, func(r rune) bool { return !of(r) })
}

// splitMarker gives a line's marker and what follows it; "" where it has none.
func splitMarker(words []string) (marker, rest string) {
	if len(words) < 2 || marks(words[0]) == none {
		return "", strings.Join(words, " ")
	}
	return words[0], strings.Join(words[1:], " ")
}
