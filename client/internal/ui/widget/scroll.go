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
	d := fyne.CurrentApp().Driver()
	room := theme.Scaled(theme.Gap)
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(s).Y - room
	below := top + o.Size().Height + 2*room - s.Size().Height
	switch {
	case top < 0:
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -top)})
	case below > 0:
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -min(below, top))})
	}
}

// Resize implements fyne.CanvasObject.
func (s *Scroll) Resize(size fyne.Size) {
	if c, ok := s.Content.(*fyne.Container); ok {
		if l, ok := c.Layout.(*scrolledLayout); ok {
			l.width = size.Width
		}
	}
	s.Scroll.Resize(size)
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
	m := objects[0].MinSize()
	if l.width > 0 {
		// The column is never wider than its place, whatever its parts would like: there is no way to scroll sideways.
		m = fyne.NewSize(min(m.Width, l.width), heightFor(objects[0], l.width))
	}
	return m
}

func (l *scrolledLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	place(objects[0], 0, 0, size.Width, max(size.Height, heightFor(objects[0], size.Width)))
}
