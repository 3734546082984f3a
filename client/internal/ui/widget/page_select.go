package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/client/internal/pointer"
	"phonghop/client/internal/ui/theme"
)

// PageWord is a word of a page for choosing words: where it is, and the number of its line.
type PageWord struct {
	Part PagePart
	Line int
}

// wordChoice is the choice of words on a page: by a long press of a finger or the mouse, by dragging the mouse from a word on, by
// a double click, and by its handles. Words are in reading order; those from first to last are chosen.
type wordChoice struct {
	page        int
	words       []PageWord
	first, last int // -1, -1: nothing is chosen
	anchor      int // the word where the choice began
	grip        grip
	by          int // the pointer that moves a handle or goes on after a long press

	hover   hovering
	boxes   []*canvas.Rectangle
	handles [2]*canvas.Circle
}

// grip is what moves the end of the choice.
type grip int

const (
	noGrip   grip = iota
	handGrip      // a pointer that is down since a long press, or on a handle
	panGrip       // the mouse since it was dragged from a word
)

// hovering tells a mouse from a finger that the system passes on as one: a mouse comes to where it presses in small steps, a finger is
// there at once.
type hovering struct {
	steps   int
	x, y    float32
	placed  bool
	clicked bool // by a mouse, without a move since
}

const mouseSteps = 3

// follow takes an event of any pointer.
func (h *hovering) follow(e pointer.Event) {
	switch e.Phase {
	case pointer.Hover:
		const nearby = 80
		dx, dy := e.X-h.x, e.Y-h.y
		switch {
		case !h.placed || dx*dx+dy*dy > nearby*nearby:
			h.steps = 1
		case dx != 0 || dy != 0:
			h.steps++
		}
		if dx != 0 || dy != 0 {
			h.clicked = false
		}
		h.x, h.y, h.placed = e.X, e.Y, true
	case pointer.Up, pointer.Cancel:
		h.clicked = h.mouse()
		h.steps = 0
	}
}

func (h *hovering) mouse() bool { return h.steps >= mouseSteps }

// SetWords gives the words of a page that may be chosen, in reading order, in place of those before; nil is none.
func (v *PageView) SetWords(page int, words []PageWord) {
	c := &v.choice
	if c.page == page && len(c.words) == len(words) && (len(words) == 0 || &c.words[0] == &words[0]) {
		return
	}
	had := c.chosen()
	c.page, c.words = page, words
	c.clear()
	if had {
		v.choiceChanged()
	}
	v.place()
}

// Chosen gives the first and the last of the words that are chosen; ok is false where none are.
func (v *PageView) Chosen() (first, last int, ok bool) {
	return v.choice.first, v.choice.last, v.choice.chosen()
}

// Unchoose takes the choice back.
func (v *PageView) Unchoose() {
	if v.choice.chosen() {
		v.choice.clear()
		v.choiceChanged()
	}
}

func (c *wordChoice) chosen() bool { return c.first >= 0 && c.last < len(c.words) && len(c.words) > 0 }

func (c *wordChoice) clear() { c.first, c.last, c.anchor, c.grip, c.by = -1, -1, -1, noGrip, noPointer }

func (v *PageView) choiceChanged() {
	v.place()
	v.Repaint()
	call(v.OnChosen)
}

// choosable reports whether there are words to choose on the page at hand.
func (v *PageView) choosable() bool { return v.choice.page == v.page && len(v.choice.words) > 0 }

// wordAt is the word below a place of the view, -1 where there is none within reach units.
func (v *PageView) wordAt(x, y, reach float32) int {
	px, py := v.PagePoint(fyne.NewPos(x, y))
	best, at := float32(-1), -1
	for i, w := range v.choice.words {
		dx := max(w.Part.X-px, px-w.Part.X-w.Part.W, 0)
		dy := max(w.Part.Y-py, py-w.Part.Y-w.Part.H, 0)
		d := dx*dx + 16*dy*dy // the line at hand goes before a nearer word of another
		if reach >= 0 && max(dx, dy)*v.geo.zoom > reach {
			continue
		}
		if at < 0 || d < best {
			best, at = d, i
		}
	}
	return at
}

// choose takes the words from where the choice began to one.
func (v *PageView) choose(to int) {
	c := &v.choice
	if to < 0 || c.anchor < 0 {
		return
	}
	first, last := min(c.anchor, to), max(c.anchor, to)
	if first == c.first && last == c.last {
		return
	}
	c.first, c.last = first, last
	v.choiceChanged()
}

func (v *PageView) begin(at int) {
	v.choice.anchor, v.choice.first, v.choice.last = at, -1, -1
	v.choose(at)
}

// wordReach is how far from a word a press still means it, in canvas units.
const wordReach = 6

// choosing takes a gesture that chooses words; what it gives back false for is for the page.
func (v *PageView) choosing(g pointer.Gesture) bool {
	c := &v.choice
	if c.grip == panGrip {
		if g.Kind == pointer.Pan {
			v.choose(v.wordAt(g.X, g.Y, -1))
			return true
		}
		c.grip = noGrip
		return g.Kind == pointer.PanEnd
	}
	if !v.choosable() {
		return false
	}
	mouse := g.By == pointer.KindMouse && c.hover.mouse()
	switch g.Kind {
	case pointer.Tap:
		had := c.chosen()
		v.Unchoose()
		return had
	case pointer.LongPress:
		return v.hold(g)
	case pointer.DoubleTap:
		at := v.wordAt(g.X, g.Y, wordReach)
		if !mouse && !c.hover.clicked || at < 0 {
			return false
		}
		v.begin(at)
		v.focus()
		return true
	case pointer.PanStart:
		at := v.wordAt(g.X, g.Y, wordReach)
		if !mouse || at < 0 {
			return false
		}
		v.begin(at)
		v.focus()
		c.grip = panGrip
		return true
	}
	return false
}

// hold begins a choice below a pointer that rests, and lets it go on with that pointer.
func (v *PageView) hold(g pointer.Gesture) bool {
	const fingertip = 16
	at := v.wordAt(g.X, g.Y, fingertip)
	if at < 0 {
		return false
	}
	v.begin(at)
	v.choice.grip, v.choice.by = handGrip, noPointer
	return true
}

// gripped takes the events of a pointer that moves an end of the choice; false leaves them to the gestures.
func (v *PageView) gripped(e pointer.Event) bool {
	c := &v.choice
	c.hover.follow(e)
	if !v.choosable() {
		c.grip = noGrip
		return false
	}
	switch e.Phase {
	case pointer.Down:
		if c.grip != noGrip || !c.chosen() {
			return false
		}
		if !v.onHandle(e.X, e.Y) {
			return false
		}
		c.grip, c.by = handGrip, e.ID
		return true
	case pointer.Move:
		if c.grip != handGrip {
			return false
		}
		v.choose(v.wordAt(e.X, e.Y-c.lift(e, v), -1))
		return c.by == e.ID
	case pointer.Up, pointer.Cancel:
		if c.grip != handGrip {
			return false
		}
		mine := c.by == e.ID
		c.grip, c.by = noGrip, noPointer
		return mine
	}
	return false
}

// noPointer is nobody's: the gestures see the events of the pointer that pressed long to its end.
const noPointer = -1 << 31

// lift is how far above a finger on a handle the word is that it means: the handle hangs below its word.
func (c *wordChoice) lift(e pointer.Event, v *PageView) float32 {
	if c.by != e.ID || len(c.words) == 0 {
		return 0
	}
	return theme.Scaled(handleSide)/2 + c.words[c.first].Part.H*v.geo.zoom/2
}

const handleSide = 20 // of a handle, at 100 %

// onHandle takes the handle at a place of the view in hand, if there is one.
func (v *PageView) onHandle(x, y float32) bool {
	c := &v.choice
	reach := theme.Scaled(24)
	ends := v.handlePlaces()
	for i, end := range ends {
		if dx, dy := x-end.X, y-end.Y; dx*dx+dy*dy <= reach*reach {
			c.anchor = c.last
			if i == 1 {
				c.anchor = c.first
			}
			return true
		}
	}
	return false
}

// handlePlaces are the middles of the handles in the view: below the begin of the first word, and the end of the last.
func (v *PageView) handlePlaces() [2]fyne.Position {
	c := &v.choice
	a, b := c.words[c.first].Part, c.words[c.last].Part
	half := theme.Scaled(handleSide) / 2
	from, to := v.ViewPoint(a.X, a.Y+a.H), v.ViewPoint(b.X+b.W, b.Y+b.H)
	return [2]fyne.Position{fyne.NewPos(from.X-half/2, from.Y+half), fyne.NewPos(to.X+half/2, to.Y+half)}
}

// chosenParts are the chosen words, those of a line as one.
func (c *wordChoice) chosenParts() (out []PagePart) {
	if !c.chosen() {
		return nil
	}
	line := -1
	for _, w := range c.words[c.first : c.last+1] {
		if w.Line != line {
			out, line = append(out, w.Part), w.Line
			continue
		}
		p := &out[len(out)-1]
		right, bottom := max(p.X+p.W, w.Part.X+w.Part.W), max(p.Y+p.H, w.Part.Y+w.Part.H)
		p.X, p.Y = min(p.X, w.Part.X), min(p.Y, w.Part.Y)
		p.W, p.H = right-p.X, bottom-p.Y
	}
	return out
}

var chosenColour = color.NRGBA{R: 0x2B, G: 0x7A, B: 0xD1, A: 0x50}

// placeChoice draws the choice where the page lies.
func (v *PageView) placeChoice(shown bool) {
	c, layer := &v.choice, v.parts.choice
	var parts []PagePart
	if shown && c.page == v.page {
		parts = c.chosenParts()
	}
	for len(c.boxes) < len(parts) {
		box := canvas.NewRectangle(chosenColour)
		c.boxes = append(c.boxes, box)
		layer.Objects = append([]fyne.CanvasObject{box}, layer.Objects...)
	}
	for i, box := range c.boxes {
		if box.Hidden = i >= len(parts); box.Hidden {
			continue
		}
		at, size := v.viewPart(parts[i])
		box.Move(at)
		box.Resize(size)
	}
	for i := range c.handles {
		if c.handles[i] == nil {
			c.handles[i] = canvas.NewCircle(theme.Color(theme.Accent))
			layer.Objects = append(layer.Objects, c.handles[i])
		}
		h := c.handles[i]
		h.Hidden = len(parts) == 0
		if !h.Hidden {
			h.FillColor, h.StrokeColor, h.StrokeWidth = theme.Color(theme.Accent), color.White, 2
			at, side := v.handlePlaces()[i], theme.Scaled(handleSide)
			h.Move(at.SubtractXY(side/2, side/2))
			h.Resize(fyne.NewSquareSize(side))
		}
	}
}
