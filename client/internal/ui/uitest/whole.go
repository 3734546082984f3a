package uitest

import (
	"fmt"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/widget"
)

// The least that a finger and an eye need, in pixels of any size of type.
const (
	leastTarget = 40 // either side of what can be pressed
	leastView   = 60 // the height in which a scrolled column is seen, where it is higher
)

// Whole lists what on a canvas a person could not read or press: words that do not fit into their place, their button or the
// window; words over words; what can be pressed but is too small, out of the window, or partly below something else; a column of
// which too little is in sight to be scrolled; a screen that asks for more than the window is. What lies in a scroll may be out of
// sight in the direction in which it scrolls. Below an overlay nothing is looked at. It must be called where screens are changed.
func Whole(c fyne.Canvas) []string {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	l := &look{window: rect{to: fyne.NewPos(c.Size().Width, c.Size().Height)}}
	if m := root.MinSize(); m.Width > c.Size().Width+0.5 {
		l.say("the screen asks for a width of %.0f", m.Width)
	}
	l.walk(root, fyne.Position{}, place{open: l.window})
	l.overlaps()
	return l.faults
}

// look is one look at a window.
type look struct {
	window rect
	faults []string
	words  []painted // lines of words that are in sight, in the order of painting
	press  []painted // what can be pressed and is in sight
	covers []painted // grounds through which nothing is seen
	order  int
}

// painted is something in sight.
type painted struct {
	what  string
	at    rect
	order int
	until int // the order after its last part
}

// place is where in the tree an object lies.
type place struct {
	open         rect // what no scroll hides
	freeX, freeY bool // whether it lies in something that scrolls in that direction
	button       *painted
	entry        bool // within a field to write in, which scrolls its own words
}

func (l *look) say(format string, args ...any) {
	l.faults = append(l.faults, fmt.Sprintf(format, args...))
}

func rectOf(at fyne.Position, size fyne.Size) rect {
	return rect{from: at, to: at.AddXY(size.Width, size.Height)}
}

func (r rect) String() string {
	return fmt.Sprintf("(%.0f,%.0f)-(%.0f,%.0f)", r.from.X, r.from.Y, r.to.X, r.to.Y)
}

func (r rect) cut(o rect) rect {
	return r.within(o.from, fyne.NewSize(o.to.X-o.from.X, o.to.Y-o.from.Y))
}

// holds tells whether another lies in it, but for so much.
func (r rect) holds(o rect, slack float32) bool {
	return o.from.X >= r.from.X-slack && o.from.Y >= r.from.Y-slack && o.to.X <= r.to.X+slack && o.to.Y <= r.to.Y+slack
}

func (l *look) walk(o fyne.CanvasObject, at fyne.Position, in place) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	box := rectOf(at, o.Size())
	l.order++
	switch o := o.(type) {
	case *canvas.Text:
		l.line(o, box, in)
	case *canvas.Rectangle:
		if solid(o.FillColor) {
			l.covers = append(l.covers, painted{at: box.cut(in.open), order: l.order})
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			l.walk(child, at, in)
		}
	case fyne.Widget:
		l.widget(o, at, box, in)
	}
}

func solid(c color.Color) bool {
	if c == nil {
		return false
	}
	_, _, _, a := c.RGBA()
	return a == 0xffff
}

func (l *look) widget(o fyne.Widget, at fyne.Position, box rect, in place) {
	switch o := o.(type) {
	case *widget.PageView: // a page is moved about by hand, and covers what is below it
		l.covers = append(l.covers, painted{at: box.cut(in.open), order: l.order})
		return
	case *widget.Scroll:
		l.scroll(&o.Scroll, box, &in)
	case *container.Scroll:
		l.scroll(o, box, &in)
	case *container.Clip: // what it hides is hidden on purpose
		in.open, in.freeX, in.freeY = in.open.cut(box), true, true
	case *fynewidget.Entry:
		in.entry = true
	default:
		if strings.HasSuffix(fmt.Sprintf("%T", o), ".line") {
			in.entry = true
		}
	}
	var pressed *painted
	if _, ok := o.(fyne.Tappable); ok && !l.whole(o) && !in.entry {
		pressed = l.pressed(o, box, in)
		in.button = pressed
	}
	for _, child := range test.WidgetRenderer(o).Objects() {
		l.walk(child, at, in)
	}
	if pressed != nil && !pressed.at.cut(in.open).empty() {
		seen := *pressed
		seen.at, seen.until = seen.at.cut(in.open), l.order
		l.press = append(l.press, seen)
	}
}

// whole tells what takes presses over all of its place: a sheet's veil, and the parts of the toolkit.
func (l *look) whole(o fyne.Widget) bool {
	if _, ok := o.(*widget.Sheet); ok {
		return true
	}
	return strings.HasPrefix(fmt.Sprintf("%T", o), "*internal") || strings.HasPrefix(fmt.Sprintf("%T", o), "*widget.scroll")
}

func (l *look) scroll(s *container.Scroll, box rect, in *place) {
	if s.Content == nil {
		return
	}
	hidden := s.Content.MinSize().Height > box.to.Y-box.from.Y+0.5
	if seen := box.cut(l.window); !in.freeY && hidden && s.Direction != container.ScrollHorizontalOnly && seen.to.Y-seen.from.Y < leastView {
		l.say("a scrolled column of %.0f has %.0f to be seen in", s.Content.MinSize().Height, seen.to.Y-seen.from.Y)
	}
	if !in.freeY && box.to.Y > l.window.to.Y+0.5 && hidden {
		l.say("a scrolled column ends at %.0f, below the window's %.0f", box.to.Y, l.window.to.Y)
	}
	in.open = in.open.cut(box)
	in.freeX = in.freeX || s.Direction == container.ScrollHorizontalOnly || s.Direction == container.ScrollBoth
	in.freeY = in.freeY || s.Direction != container.ScrollHorizontalOnly
}

// line looks at one line of words.
func (l *look) line(t *canvas.Text, box rect, in place) {
	if strings.TrimSpace(t.Text) == "" || in.entry {
		return
	}
	wide := t.MinSize().Width
	what := fmt.Sprintf("%q", t.Text)
	ink := box
	switch spare := box.to.X - box.from.X - wide; t.Alignment {
	case fyne.TextAlignCenter:
		ink.from.X, ink.to.X = box.from.X+spare/2, box.to.X-spare/2
	case fyne.TextAlignTrailing:
		ink.from.X = box.from.X + spare
	default:
		ink.to.X = box.to.X - spare
	}
	if box.to.X-box.from.X+1 < wide {
		l.say("%s needs %.0f and has %.0f", what, wide, box.to.X-box.from.X)
	}
	// The box of a line has room above and below its letters.
	rim := (box.to.Y - box.from.Y) * 0.2
	letters := rect{from: ink.from.AddXY(0, rim), to: ink.to.AddXY(0, -rim)}
	switch {
	case in.button != nil && !in.button.at.holds(letters, 1):
		l.say("%s at %v is not within %s at %v", what, letters, in.button.what, in.button.at)
	case !in.freeX && (letters.from.X < -0.5 || letters.to.X > l.window.to.X+0.5):
		l.say("%s at %v is out of the window's %.0f", what, letters, l.window.to.X)
	case !in.freeY && (letters.from.Y < -0.5 || letters.to.Y > l.window.to.Y+0.5):
		l.say("%s at %v is out of the window's height %.0f", what, letters, l.window.to.Y)
	}
	if seen := letters.cut(in.open); !seen.empty() {
		l.words = append(l.words, painted{what: what, at: seen, order: l.order})
	}
}

// pressed looks at something that can be pressed.
func (l *look) pressed(o fyne.Widget, box rect, in place) *painted {
	p := &painted{what: pressName(o), at: box, order: l.order}
	w, h := box.to.X-box.from.X, box.to.Y-box.from.Y
	switch {
	case w < leastTarget-0.5 || h < leastTarget-0.5:
		l.say("%s is only %.0f x %.0f at %v", p.what, w, h, box)
	case !in.freeX && (box.from.X < -0.5 || box.to.X > l.window.to.X+0.5):
		l.say("%s at %v is out of the window's %.0f", p.what, box, l.window.to.X)
	case !in.freeY && (box.from.Y < -0.5 || box.to.Y > l.window.to.Y+0.5):
		l.say("%s at %v is out of the window's height %.0f", p.what, box, l.window.to.Y)
	}
	return p
}

// pressName tells of what is pressed by its kind and its words.
func pressName(o fyne.Widget) string {
	var all []string
	var collect func(o fyne.CanvasObject)
	collect = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *canvas.Text:
			all = append(all, o.Text)
		case *fyne.Container:
			for _, child := range o.Objects {
				collect(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				collect(child)
			}
		}
	}
	collect(o)
	text := []rune(strings.Join(all, " "))
	if len(text) > 60 {
		text = append(text[:60], '…')
	}
	return fmt.Sprintf("%s %q", strings.TrimPrefix(fmt.Sprintf("%T", o), "*"), string(text))
}

// overlaps finds words over words, and what can be pressed over something else that can be.
func (l *look) overlaps() {
	each(l.words, 2, func(a, b painted, both rect) {
		if !l.covered(a, b.order, both) {
			l.say("%s lies over %s at %v", b.what, a.what, both)
		}
	})
	each(l.press, 4, func(a, b painted, both rect) {
		if b.order > a.until && !l.covered(a, b.order, both) || a.order < b.order && b.order <= a.until && !a.at.holds(both, 1) {
			l.say("%s lies over %s at %v", b.what, a.what, both)
		}
	})
}

// each calls f with the pairs that overlap by more than so much, the one painted first as the first.
func each(all []painted, slack float32, f func(a, b painted, both rect)) {
	for i, a := range all {
		for _, b := range all[i+1:] {
			first, second := a, b
			if second.order < first.order {
				first, second = second, first
			}
			both := first.at.cut(second.at)
			if both.to.X-both.from.X > slack && both.to.Y-both.from.Y > slack {
				f(first, second, both)
			}
		}
	}
}

// covered tells whether a ground that is painted after one thing and before so much hides that part of it: it is not to be seen there.
func (l *look) covered(a painted, before int, part rect) bool {
	for _, c := range l.covers {
		if c.order > max(a.order, a.until) && c.order < before && c.at.holds(part, 1) {
			return true
		}
	}
	return false
}
