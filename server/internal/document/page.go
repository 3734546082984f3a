package document

import "math"

// Bounds on what a document may say about itself. A renderer cuts what is
// longer, so that no file can fill the store.
const (
	MaxTitleRunes   = 500   // of the document's title and of every outline title
	MaxOutline      = 2_000 // entries of an outline
	MaxOutlineLevel = 16    // nesting of an outline; deeper entries are left out
	MaxWordsPerPage = 20_000
	MaxRunesPerPage = 200_000
	MaxSidePoints   = 100_000 // longest side of a page that is reported; longer ones are cut to it
	MinSidePoints   = 1
	MaxLinks        = 500   // of a page; further ones are left out
	MaxURIRunes     = 2_000 // of a link; one with a longer address is left out
)

// Size is a page as displayed (the page's own rotation applied), in points:
// 1/72 inch.
type Size struct {
	W float32 `json:"w"`
	H float32 `json:"h"`
}

// OutlineEntry is one line of a document's table of contents, in reading
// order.
type OutlineEntry struct {
	Title string `json:"title"` // NFC, at most MaxTitleRunes
	Page  int    `json:"page"`  // 1-based; 0 when the entry leads to no page
	Level int    `json:"level"` // 0 is the top
}

// Info is what opening a document tells.
type Info struct {
	Title   string         `json:"title,omitempty"` // from the file's metadata, NFC; often empty or wrong
	Sizes   []Size         `json:"sizes"`           // one per page, in order
	Outline []OutlineEntry `json:"outline,omitempty"`
	// NoCopy: the author does not allow to copy text out of the document.
	NoCopy bool `json:"noCopy,omitempty"`
}

// Pages returns the number of pages.
func (i Info) Pages() int { return len(i.Sizes) }

// Box is a rectangle on a page in points as displayed; the origin is the
// page's top left corner.
type Box struct {
	X float32 `json:"x"`
	Y float32 `json:"y"`
	W float32 `json:"w"`
	H float32 `json:"h"`
}

// Union returns the smallest box that covers both.
func (b Box) Union(o Box) Box {
	x0, y0 := min(b.X, o.X), min(b.Y, o.Y)
	x1, y1 := max(b.X+b.W, o.X+o.W), max(b.Y+b.H, o.Y+o.H)
	return Box{X: x0, Y: y0, W: x1 - x0, H: y1 - y0}
}

// Word is a run of characters without a space between them, in NFC.
type Word struct {
	Text string `json:"t"`
	Box  Box    `json:"b"`
}

// Line is a row of words that stand on the same baseline, in reading order.
type Line struct {
	Words []Word `json:"words"`
	Bold  bool   `json:"bold,omitempty"` // all of it
	// Coded: its font has an alphabet of its own, as the Vietnamese ones before
	// Unicode have: what the words say is not what is seen.
	Coded bool `json:"coded,omitempty"`
}

// Link is a place of a page that leads to another page or out of the document.
type Link struct {
	Box  Box    `json:"b"`
	Page int    `json:"page,omitempty"` // from 1; 0 where it leads out
	URI  string `json:"uri,omitempty"`  // http, https or mailto, at most MaxURIRunes
}

// Box returns the box around all words of the line.
func (l Line) Box() Box {
	if len(l.Words) == 0 {
		return Box{}
	}
	box := l.Words[0].Box
	for _, w := range l.Words[1:] {
		box = box.Union(w.Box)
	}
	return box
}

// Text is the text of one page, at most MaxWordsPerPage words and
// MaxRunesPerPage runes.
type Text struct {
	Lines []Line `json:"lines"`
	Cut   bool   `json:"cut,omitempty"`   // the page had more than fits the bounds
	Links []Link `json:"links,omitempty"` // at most MaxLinks
}

// String returns the words with a space between them, one line of the page
// per line.
func (t Text) String() string {
	var out []byte
	for _, line := range t.Lines {
		for i, w := range line.Words {
			if i > 0 {
				out = append(out, ' ')
			}
			out = append(out, w.Text...)
		}
		out = append(out, '\n')
	}
	return string(out)
}

// Strings gives the words in reading order.
func (t Text) Strings() []string {
	var out []string
	for _, line := range t.Lines {
		for _, w := range line.Words {
			out = append(out, w.Text)
		}
	}
	return out
}

// Rect is a rectangle in pixels of the whole drawn page.
type Rect struct {
	X int `json:"x"`
	Y int `json:"y"`
	W int `json:"w"`
	H int `json:"h"`
}

// Empty says whether the rectangle has no area.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Picture is an encoded picture of a page or of a part of it.
type Picture struct {
	ContentType string // "image/png" or "image/jpeg"
	Width       int    // pixels; of a whole page that is extremely tall, less than was asked for
	Height      int
	Data        []byte
}

// maxGridSide bounds the height of a page from which tiles are cut.
const maxGridSide = 4_000_000

// Grid returns the size in pixels of a whole page drawn at a width, from
// which tiles are cut.
func Grid(size Size, width int) (w, h int) {
	height := math.Round(float64(width) * float64(size.H) / float64(size.W))
	return width, int(min(max(height, 1), maxGridSide))
}
