package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/theme"
)

// Scroll shows a column that is higher than its place. The column gets the whole width and the height it needs at that width. A
// finger or mouse drags it on every device; the toolkit alone does that on phones and tablets only.
type Scroll struct {
	container.Scroll
	column fyne.CanvasObject
	// followed is kept in sight as long as keyed has the keyboard.
	followed fyne.CanvasObject
	keyed    fyne.Focusable
}

// NewScroll makes a scrolled column; the content is best a Column.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{column: content}
	s.Direction = container.ScrollVerticalOnly
	s.Content = container.New(&scrolledLayout{}, content)
	s.ExtendBaseWidget(s)
	return s
}

// SetColumn changes what is scrolled and goes back to its top.
func (s *Scroll) SetColumn(content fyne.CanvasObject) {
	restOf(s)
	s.column = content
	s.Content = container.New(&scrolledLayout{width: s.Size().Width}, content)
	s.Offset = fyne.NewPos(0, 0)
	s.Refresh()
}

// Reveal scrolls as little as it takes to bring an object of the column into sight, with some room around it.
func (s *Scroll) Reveal(o fyne.CanvasObject) {
	restOf(s)
	above, below := s.outside(o)
	switch {
	case above > 0:
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, above)})
	case below > 0:
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -min(below, -above))})
	}
}

// outside is how far an object of the column, with some room around it, is above what is in sight, and how far below.
func (s *Scroll) outside(o fyne.CanvasObject) (above, below float32) {
	d := fyne.CurrentApp().Driver()
	room := theme.Scaled(theme.Gap)
	above = d.AbsolutePositionForObject(s).Y - d.AbsolutePositionForObject(o).Y + room
	return above, o.Size().Height + 2*room - above - s.Size().Height
}

// Follow brings an object of the column that has just got the keyboard into sight. It stays there when the place becomes smaller: a
// tablet's keyboard takes the lower half of the screen a moment after the field was touched.
func (s *Scroll) Follow(o fyne.CanvasObject) {
	s.followed, s.keyed = o, nil
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		s.keyed = c.Focused()
	}
	s.Reveal(o)
}

// follows tells whether what was followed still has the keyboard and is in sight: what was scrolled away is left where it is.
func (s *Scroll) follows() bool {
	if s.keyed == nil {
		return false
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c == nil || c.Focused() != s.keyed {
		return false
	}
	above, below := s.outside(s.followed)
	high := s.followed.Size().Height
	return above < high && below < high
}

// Resize implements fyne.CanvasObject.
func (s *Scroll) Resize(size fyne.Size) {
	reveal := size.Height < s.Size().Height && s.follows()
	if c, ok := s.Content.(*fyne.Container); ok {
		if l, ok := c.Layout.(*scrolledLayout); ok {
			l.width = size.Width
		}
	}
	s.Scroll.Resize(size)
	if reveal {
		s.Reveal(s.followed)
	}
}

// Dragged implements fyne.Draggable.
func (s *Scroll) Dragged(e *fyne.DragEvent) {
	if fyne.CurrentDevice().IsMobile() {
		s.Scroll.Dragged(e)
		return
	}
	s.Scrolled(&fyne.ScrollEvent{Scrolled: e.Dragged})
}

// DragEnd implements fyne.Draggable: what was thrown glides on.
func (s *Scroll) DragEnd() {
	Glide(s, func(by float32) bool {
		before := s.Offset.Y
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, by)})
		return s.Offset.Y != before
	})
}

// MinSize implements fyne.CanvasObject: a scrolled column can be small.
func (s *Scroll) MinSize() fyne.Size {
	return fyne.NewSize(min(s.column.MinSize().Width, narrowest), 64)
}

// scrolledLayout says the height its one object needs at the width the scroll has, before that width is given to it.
type scrolledLayout struct{ width float32 }

func (l *scrolledLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.width <= 0 {
		return objects[0].MinSize()
	}
	// The column is never wider than its place, whatever its parts would like: there is no way to scroll sideways.
	return fyne.NewSize(min(narrowest, l.width), heightFor(objects[0], l.width))
}

func (l *scrolledLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	place(objects[0], 0, 0, size.Width, max(size.Height, heightFor(objects[0], size.Width)))
}
