// Package reflow makes running text of a page's lines, for screens on which the page itself is too small to read: paragraphs,
// headings and lists, in the order of the page. It says nothing that the page does not say: every character of the page's text
// stands in exactly one block, in its order, or lies in a part of the page that is shown as it is. Tables, figures, and lines that
// cannot be trusted are such parts.
//
// What lies outside of the page's edges is no text of the page: nobody sees it there.
//
// It is pure: the same page gives the same blocks.
package reflow

import (
	"strings"

	"phonghop/shared/protocol"
)

// Box is a part of a page: left, top, right, bottom in points from its upper left corner.
type Box = [4]float64

// Kind is what a block is.
type Kind int

// The kinds.
const (
	Paragraph Kind = iota
	Heading        // Level 1 is larger than 2
	Item           // of a list: Marker and Level, from 0
	Margin         // what stands above or below the page's text: a running head, the page's number
	Cut            // a part of the page that is shown as it is; it has no text
)

// Block is a part of the running text.
type Block struct {
	Kind   Kind
	Text   string // one paragraph, words with single blanks between
	Marker string // of an item, as it stands on the page
	Level  int
	Box    Box   // where it is on the page, in its bounds
	Lines  []int // the page's lines in it, from 0, rising; a figure has none
}

// MaxLines is how many lines of a page are set anew. A page with more is one part to be shown as it is: a plan, a page of single
// characters.
const MaxLines = 1500

// Page sets a page anew. width and height are its size in points; figures are what Figures found on its picture, nil where there
// is no picture.
func Page(t protocol.PageText, width, height float64, figures []Box) []Block {
	p := &page{width: width, height: height, figures: figures}
	p.measure(t)
	if len(p.lines) == 0 {
		return nil
	}
	if len(t.Lines) > MaxLines {
		return []Block{p.whole()}
	}
	p.doubt()
	p.findMargins()
	p.findTables()
	p.gather()
	return p.set()
}

// Plain reports whether a page has text that can be set anew at all.
func Plain(t protocol.PageText) bool {
	for _, l := range t.Lines {
		if len(l.Words) > 0 && !l.Coded {
			return true
		}
	}
	return false
}

// page is a page at work.
type page struct {
	width, height float64
	figures       []Box
	lines         []line
	body          float64 // usual height of a line
	pitch         float64 // usual distance of lines
	boldBody      bool    // most of the text is bold
	regions       []region
}

// line is a line of the page, or two of them: a marker and what stands behind it.
type line struct {
	of     []int // the page's lines
	words  []string
	widths []float64 // of words
	box    Box
	high   float64 // usual height of its words
	bold   bool
	runes  int
	doubt  bool // not to be trusted as text
	margin bool
	column bool // one of many lines that fill a column
	table  bool
	region int // its number from 1, 0 where it is text
}

func (l line) text() string { return strings.Join(l.words, " ") }

// region is a part of the page that is shown as it is.
type region struct {
	box    Box
	figure bool
	first  int // the line, of page.lines, before which it comes
}

// whole is the page as one part.
func (p *page) whole() Block {
	b := Block{Kind: Cut, Box: Box{0, 0, p.width, p.height}}
	for _, l := range p.lines {
		b.Lines = append(b.Lines, l.of...)
	}
	return b
}

func union(a, b Box) Box {
	return Box{min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])}
}

func area(b Box) float64 { return max(b[2]-b[0], 0) * max(b[3]-b[1], 0) }

func common(a, b Box) Box {
	return Box{max(a[0], b[0]), max(a[1], b[1]), min(a[2], b[2]), min(a[3], b[3])}
}

// share is how much of a lies in b, from 0 to 1.
func share(a, b Box) float64 {
	c := common(a, b)
	if c[2] < c[0] || c[3] < c[1] {
		return 0
	}
	if area(a) <= 0 {
		return 1
	}
	return area(c) / area(a)
}

// beside reports whether two stand on one baseline.
func beside(a, b Box) bool {
	return min(a[3], b[3])-max(a[1], b[1]) > 0.5*min(a[3]-a[1], b[3]-b[1])
}

// above reports whether two share a part of their width.
func above(a, b Box) bool { return min(a[2], b[2]) > max(a[0], b[0]) }
