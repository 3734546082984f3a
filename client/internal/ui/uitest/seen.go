package uitest

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/ui/widget"
)

// Thing is something on a canvas that a person sees and reads: a line of words, or a widget with all words in it. Places are in
// pixels of the canvas, of the part that no scroll hides.
type Thing struct {
	Kind string `json:"kind"` // the widget's type; "line" for a line of words
	Text string `json:"text"` // its words, side by side; may be empty for a widget
	X    int    `json:"x"`
	Y    int    `json:"y"`
	W    int    `json:"w"`
	H    int    `json:"h"`
	// Held says that it, or something in it, has the keyboard.
	Held bool `json:"held,omitempty"`
}

// Seen lists what is to be seen on a canvas, in the order in which it is painted; below an overlay nothing is. It must be called
// where screens are changed.
func Seen(c fyne.Canvas) []Thing {
	s := &sight{scale: c.Scale(), keyboard: c.Focused()}
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	s.walk(root, fyne.Position{}, rect{to: fyne.NewPos(c.Size().Width, c.Size().Height)})
	return s.things
}

type sight struct {
	scale    float32
	keyboard fyne.Focusable
	held     bool // what has the keyboard was passed
	things   []Thing
}

// rect is the part of a canvas in which something can be seen.
type rect struct{ from, to fyne.Position }

func (r rect) within(at fyne.Position, size fyne.Size) rect {
	return rect{
		from: fyne.NewPos(max(r.from.X, at.X), max(r.from.Y, at.Y)),
		to:   fyne.NewPos(min(r.to.X, at.X+size.Width), min(r.to.Y, at.Y+size.Height)),
	}
}

func (r rect) empty() bool { return r.to.X-r.from.X < 1 || r.to.Y-r.from.Y < 1 }

// walk lists an object and what is in it, and returns the words.
func (s *sight) walk(o fyne.CanvasObject, at fyne.Position, open rect) string {
	if o == nil || !o.Visible() {
		return ""
	}
	at = at.Add(o.Position())
	seen := open.within(at, o.Size())
	switch o := o.(type) {
	case *canvas.Text:
		if seen.empty() || strings.TrimSpace(o.Text) == "" {
			return ""
		}
		s.add("line", o.Text, seen)
		return o.Text
	case *fyne.Container:
		return s.all(o.Objects, at, open)
	case fyne.Widget:
		switch o.(type) {
		case *container.Scroll, *widget.Scroll:
			open = seen
		}
		i := len(s.things)
		s.things = append(s.things, Thing{})
		before := s.held
		keyboard, _ := s.keyboard.(fyne.CanvasObject)
		s.held = keyboard != nil && fyne.CanvasObject(o) == keyboard
		words := s.all(test.WidgetRenderer(o).Objects(), at, open)
		held := s.held && !seen.empty() // the keyboard at what is out of sight is nowhere
		s.held = before || held
		if seen.empty() {
			s.things = append(s.things[:i], s.things[i+1:]...)
			return words
		}
		s.things[i] = s.thing(strings.TrimPrefix(fmt.Sprintf("%T", o), "*"), words, seen)
		s.things[i].Held = held
		return words
	}
	return ""
}

func (s *sight) all(objects []fyne.CanvasObject, at fyne.Position, open rect) string {
	var words []string
	for _, o := range objects {
		if w := s.walk(o, at, open); w != "" {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}

func (s *sight) add(kind, text string, seen rect) {
	s.things = append(s.things, s.thing(kind, text, seen))
}

func (s *sight) thing(kind, text string, seen rect) Thing {
	px := func(v float32) int { return int(v * s.scale) }
	return Thing{
		Kind: kind, Text: strings.Join(strings.Fields(text), " "),
		X: px(seen.from.X), Y: px(seen.from.Y), W: px(seen.to.X - seen.from.X), H: px(seen.to.Y - seen.from.Y),
	}
}
