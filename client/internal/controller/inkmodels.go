package controller

import (
	"phonghop/client/internal/session"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
)

// Tool is what is in the hand.
type Tool string

// The tools. Those that draw have the names of package ink.
const (
	ToolPen              = Tool(ink.Pen)
	ToolHighlighter      = Tool(ink.Highlighter)
	ToolMark             = Tool(ink.Mark)
	ToolLine             = Tool(ink.Line)
	ToolArrow            = Tool(ink.Arrow)
	ToolRect             = Tool(ink.Rect)
	ToolEllipse          = Tool(ink.Ellipse)
	ToolNote             = Tool(ink.Note)
	ToolEraser      Tool = "eraser" // takes whole strokes
	ToolRubber      Tool = "rubber" // takes what it passes over
	ToolLasso       Tool = "lasso"  // moves or takes away what it catches
	ToolLaser       Tool = "laser"  // points, and leaves nothing
)

// Drawn is what a tool makes; ok is false for those that make nothing.
func (t Tool) Drawn() (tool ink.Tool, ok bool) {
	switch t {
	case ToolEraser, ToolRubber, ToolLasso, ToolLaser, "":
		return "", false
	}
	return ink.Tool(t), true
}

var tools = []Tool{ToolPen, ToolHighlighter, ToolMark, ToolLine, ToolArrow, ToolRect, ToolEllipse, ToolNote, ToolEraser, ToolRubber, ToolLasso, ToolLaser}

// Hand is how this device writes. It is kept over pages, meetings and starts.
type Hand struct {
	Tool Tool `json:"tool"`
	// Colour and Width are those of pens, shapes and notes; the others those
	// of highlighters.
	Colour     int `json:"colour"`
	Width      int `json:"width"`
	MarkColour int `json:"mark_colour"`
	MarkWidth  int `json:"mark_width"`
	// Pressure: a stylus that can tell it draws thinner and thicker.
	Pressure bool `json:"pressure,omitempty"`
}

// Look is the colour and width of what the tool in the hand makes.
func (h Hand) Look() (colour, width int) {
	if t, _ := h.Tool.Drawn(); t.Multiplied() {
		return h.MarkColour, h.MarkWidth
	}
	return h.Colour, h.Width
}

// WithColour and WithWidth change the look of the tool in the hand.
func (h Hand) WithColour(colour int) Hand {
	if t, _ := h.Tool.Drawn(); t.Multiplied() {
		h.MarkColour = colour
	} else {
		h.Colour = colour
	}
	return h
}

// WithWidth is told with WithColour.
func (h Hand) WithWidth(width int) Hand {
	if t, _ := h.Tool.Drawn(); t.Multiplied() {
		h.MarkWidth = width
	} else {
		h.Width = width
	}
	return h
}

// InkTarget is where strokes go. A screen takes it when the pen touches and
// hands it back with the stroke, so that a page that is turned meanwhile gets
// nothing that was not written on it.
type InkTarget struct {
	Sheet   meeting.Sheet
	Page    int
	Version int
	Shared  bool
}

// InkView is what is written on the page being read, and what one may do.
type InkView struct {
	// Target is where a stroke would go now; its Sheet is zero while nothing
	// is read.
	Target InkTarget
	Me     meeting.PersonID
	// Private and Shared are the layers of the document; Hidden ones come
	// empty.
	Private, Shared ink.Layer
	Living          []session.Living // on this page
	// Laser is where the presenter points on this page, nil when nowhere.
	Laser *session.Laser

	Hand Hand
	// MayShare: one may write on the shared layer now; WhyNot has the key of
	// the words that tell why not.
	MayShare bool
	WhyNot   string
	// Any: one may erase anybody's shared strokes.
	Any              bool
	CanUndo, CanRedo bool
	CanPoint         bool // the laser pointer is seen by others

	Common, Locked, Hidden bool
	// Actions of the chair that are live.
	CanCommon, CanLock, CanHide, CanClear bool
	// OldVersion is the least version of the document that strokes on this
	// page were written on, 0 when all were written on the one shown.
	OldVersion int
	// Written lists the pages of the document with strokes of one's own.
	Written []int
	// Writers are those whose strokes are on the shared layer of this page.
	Writers []Writer
	// Waiting counts strokes and all else that the server has not taken yet.
	Waiting int
}

// Mine is how many private strokes the page has, Ours how many shared ones.
func (v InkView) Mine() int { return v.Private.Count(v.Target.Page) }

// Ours is told with Mine.
func (v InkView) Ours() int { return v.Shared.Count(v.Target.Page) }

// Writer is somebody with strokes on a page.
type Writer struct {
	Name    string
	Strokes int
}

// NoteRow is a page with notes of one's own.
type NoteRow struct {
	Spot     Spot
	Number   string // of the item
	Item     string // its title
	Document string
	Strokes  int
	Text     string // the first text note on it
	Old      bool   // written on an earlier version than the newest
}
