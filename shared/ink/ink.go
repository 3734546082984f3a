// Package ink is writing on pages: strokes and what can be done with them,
// and the layer of strokes that several people share.
//
// A stroke lies in page points (1/72 inch) from the upper left corner of the
// page as it is shown, y downwards, whatever the page's rotation or boxes are
// in its file; pixels appear nowhere. A stroke that is finished never changes:
// it is added, and it is erased. Nothing here has a clock, randomness or I/O.
package ink

import (
	"fmt"
	"math"
	"time"

	"phonghop/shared/text"
)

// Tool is what a stroke was made with.
type Tool string

// The tools.
const (
	Pen         Tool = "pen"         // 1 to MaxPoints points, drawn as a curve
	Highlighter Tool = "highlighter" // like Pen, wide and seen through
	Mark        Tool = "mark"        // over lines of text: 2 points a line, its box's upper left and lower right
	Line        Tool = "line"        // 2 points
	Arrow       Tool = "arrow"       // 2 points; the head is at the second
	Rect        Tool = "rect"        // 2 points: opposite corners
	Ellipse     Tool = "ellipse"     // 2 points: opposite corners of its box
	Note        Tool = "note"        // 1 point: the upper left corner of its text
)

// Bounds of ink. Beyond them is a refusal, never a loss of what is there.
const (
	MaxPoints = 4000        // of one stroke
	MaxMarks  = 200         // lines of text under one mark
	MaxText   = 1000        // runes of one note
	MaxLines  = 40          // lines of one note
	MaxMillis = 10 * 60_000 // from a stroke's first point to its last
	// MaxPage is the highest number of a page.
	MaxPage = 5000
	// Slack is how far a stroke may go over a page's edge, in points: a hand
	// that slips is no error.
	Slack = 72
	// MaxReach bounds coordinates where the page's size is not known.
	MaxReach = 100_000 + Slack

	MaxPageStrokes   = 10_000 // on one page of a layer
	MaxPersonStrokes = 10_000 // of one person in a layer
	MaxStrokes       = 15_000 // of a layer
	MaxWeight        = 4 << 20
	// MaxBatch is how many strokes one command erases or puts in place of
	// others at most.
	MaxBatch = 500
)

// The numbers of colours and widths.
const (
	Colours = 5
	Widths  = 3
)

// Point is one place of the pen.
type Point struct {
	X, Y float64 // page points
	// Millis since the stroke's first point.
	Millis int
	// Pressure from 0 to 1, of strokes that have it.
	Pressure float64
}

// Stroke is one movement of a tool, or one note. Ink holds its points: see
// Pack. Author and At are the server's to say.
type Stroke struct {
	ID string `json:"id"` // the client's choice, random
	// Page counts from 1; Version is that of the document it was written on.
	Page    int    `json:"page"`
	Version int    `json:"version"`
	Tool    Tool   `json:"tool"`
	Colour  int    `json:"colour"`
	Width   int    `json:"width"`
	Ink     string `json:"ink"`
	Text    string `json:"text,omitempty"`
	Author  string `json:"author,omitempty"`
	// At is when it was kept, in milliseconds since 1970, UTC.
	At int64 `json:"at,omitempty"`
}

// Time is when the stroke was kept.
func (s Stroke) Time() time.Time { return time.UnixMilli(s.At).UTC() }

// Curved says whether the points are drawn as a smooth curve.
func (t Tool) Curved() bool { return t == Pen || t == Highlighter }

// Error says which part of a stroke is out of its bounds.
type Error struct{ What string }

func (e *Error) Error() string { return "ink: " + e.What + " is out of its bounds" }

func outOfBounds(what string) error { return &Error{what} }

// Clean checks everything about a stroke that can be checked without its
// page, and gives the text its one form. The error is an *Error. What the
// server says of a stroke is dropped.
func (s Stroke) Clean() (Stroke, error) {
	s.Author, s.At = "", 0
	switch {
	case !text.ValidID(s.ID):
		return s, outOfBounds("id")
	case s.Page < 1 || s.Page > MaxPage:
		return s, outOfBounds("page")
	case s.Version < 1 || s.Version > 1000:
		return s, outOfBounds("version")
	case s.Colour < 0 || s.Colour >= Colours:
		return s, outOfBounds("colour")
	case s.Width < 0 || s.Width >= Widths:
		return s, outOfBounds("width")
	}
	points, err := Unpack(s.Ink)
	if err != nil {
		return s, err
	}
	if !s.Tool.takes(len(points)) {
		return s, outOfBounds("tool or points")
	}
	if s.Tool != Note {
		if s.Text != "" {
			return s, outOfBounds("text")
		}
		return s, nil
	}
	var ok bool
	if s.Text, ok = text.Paragraphs(s.Text, 1, MaxText); !ok || lines(s.Text) > MaxLines {
		return s, outOfBounds("text")
	}
	return s, nil
}

func lines(s string) int {
	n := 1
	for i := range len(s) {
		if s[i] == '\n' {
			n++
		}
	}
	return n
}

// takes reports whether a stroke of this tool can have so many points.
func (t Tool) takes(points int) bool {
	switch t {
	case Pen, Highlighter:
		return points >= 1 && points <= MaxPoints
	case Mark:
		return points >= 2 && points%2 == 0 && points <= 2*MaxMarks
	case Line, Arrow, Rect, Ellipse:
		return points == 2
	case Note:
		return points == 1
	}
	return false
}

// OnPage reports whether all points lie on a page of this size, in points,
// or not further than Slack from it.
func (s Stroke) OnPage(width, height float64) bool {
	points, err := Unpack(s.Ink)
	if err != nil {
		return false
	}
	for _, p := range points {
		if p.X < -Slack || p.Y < -Slack || p.X > width+Slack || p.Y > height+Slack {
			return false
		}
	}
	return true
}

// RGB is a colour of ink.
type RGB struct{ R, G, B uint8 }

var (
	penColours  = [Colours]RGB{{0x1a, 0x3f, 0xa8}, {0xc6, 0x1a, 0x1a}, {0x12, 0x12, 0x12}, {0x0f, 0x6b, 0x2f}, {0x7a, 0x1f, 0x8f}}
	markColours = [Colours]RGB{{0xff, 0xe9, 0x4d}, {0xff, 0xb3, 0xc7}, {0xd0, 0xd0, 0xd0}, {0xa8, 0xea, 0xa0}, {0xff, 0xcc, 0x80}}
	penWidths   = [Widths]float64{0.8, 1.6, 3.2}
	markWidths  = [Widths]float64{8, 13, 20}
	textSizes   = [Widths]float64{10, 13, 18}
)

// Multiplied says whether the tool's colour is laid over the page as a
// highlighter's: what is dark stays dark.
func (t Tool) Multiplied() bool { return t == Highlighter || t == Mark }

// RGB is the stroke's colour.
func (s Stroke) RGB() RGB {
	i := min(max(s.Colour, 0), Colours-1)
	if s.Tool.Multiplied() {
		return markColours[i]
	}
	return penColours[i]
}

// Thickness is the stroke's width in points; of a note, its type's size.
func (s Stroke) Thickness() float64 {
	i := min(max(s.Width, 0), Widths-1)
	switch s.Tool {
	case Highlighter:
		return markWidths[i]
	case Note:
		return textSizes[i]
	}
	return penWidths[i]
}

// The lines of a note, in type sizes: their distance, and how far the first
// one's baseline lies below the note's upper edge.
const (
	LineHeight = 1.3
	Baseline   = 1.0
)

// Box is a rectangle in page points, MinX <= MaxX and MinY <= MaxY.
type Box struct{ MinX, MinY, MaxX, MaxY float64 }

// Overlaps reports whether two boxes have a point in common.
func (b Box) Overlaps(o Box) bool {
	return b.MinX <= o.MaxX && o.MinX <= b.MaxX && b.MinY <= o.MaxY && o.MinY <= b.MaxY
}

// Grow makes the box larger on every side.
func (b Box) Grow(by float64) Box { return Box{b.MinX - by, b.MinY - by, b.MaxX + by, b.MaxY + by} }

// Bounds is the box of everything that is drawn of a stroke. Of a note it is
// a guess from the number of its letters, which is never too small by more
// than a letter.
func (s Stroke) Bounds() Box {
	if s.Tool == Note {
		points, err := Unpack(s.Ink)
		if err != nil || len(points) == 0 {
			return Box{}
		}
		return s.noteBox(points[0])
	}
	box := Box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, path := range s.Paths(Fine) {
		for _, v := range path.Vertices {
			box = Box{min(box.MinX, v.X-v.R), min(box.MinY, v.Y-v.R), max(box.MaxX, v.X+v.R), max(box.MaxY, v.Y+v.R)}
		}
	}
	if box.MinX > box.MaxX {
		return Box{}
	}
	return box
}

func (s Stroke) noteBox(at Point) Box {
	longest, n, count := 0, 1, 0
	for _, r := range s.Text {
		if r == '\n' {
			n++
			count = 0
			continue
		}
		count++
		longest = max(longest, count)
	}
	size := s.Thickness()
	return Box{at.X, at.Y, at.X + float64(longest)*size*0.62, at.Y + float64(n)*size*LineHeight}
}

// String names a stroke for a log; it tells nothing of what was written.
func (s Stroke) String() string { return fmt.Sprintf("%s %s on page %d", s.Tool, s.ID, s.Page) }
