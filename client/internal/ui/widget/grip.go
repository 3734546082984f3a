package widget

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// Grip is what a row is dragged by, with the mouse or a finger: 40 wide, as high as its row. Whoever holds it gets the keyboard, so
// that the Escape key gives the drag up.
type Grip struct {
	pressable
	// OnDrag is called with the pointer's place on the canvas while it is dragged, OnDrop when it is let go, OnCancel when the
	// drag is given up; OnDrop is not called then.
	OnDrag   func(at fyne.Position)
	OnDrop   func()
	OnCancel func()
	// OnShortcut is asked for a shortcut that is typed while the grip has the keyboard and tells whether it took it; may be nil.
	OnShortcut func(fyne.Shortcut) bool

	dragged, given bool
	// origin is where the grip began, less its place in what it lies in, since the drag began.
	origin fyne.Position
}

// NewGrip makes one.
func NewGrip() *Grip {
	g := &Grip{}
	g.press = func() {}
	g.ExtendBaseWidget(g)
	return g
}

// Dragged implements fyne.Draggable.
func (g *Grip) Dragged(e *fyne.DragEvent) {
	if g.given {
		return
	}
	if !g.dragged {
		g.dragged = true
		g.origin = fyne.CurrentApp().Driver().AbsolutePositionForObject(g).Subtract(g.Position())
		g.takeKeys()
		g.Refresh()
	}
	if g.OnDrag != nil {
		g.OnDrag(g.pointer(e))
	}
}

// takeKeys gives the grip the keyboard, for Escape; on a tablet it would raise that of the screen over the list.
func (g *Grip) takeKeys() {
	if onTablet() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		c.Focus(g)
	}
}

// pointer is the place on the canvas that a drag has come to. The toolkit's driver of tablets tells only where that is from the grip,
// as the grip lay when the drag began: what has scrolled since does not count.
func (g *Grip) pointer(e *fyne.DragEvent) fyne.Position {
	if onTablet() {
		return g.origin.Add(g.Position()).Add(e.Position)
	}
	return e.AbsolutePosition
}

// DragEnd implements fyne.Draggable.
func (g *Grip) DragEnd() {
	dropped := g.dragged
	g.dragged, g.given = false, false
	g.Refresh()
	if dropped {
		call(g.OnDrop)
	}
}

// TypedKey implements fyne.Focusable.
func (g *Grip) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape && g.dragged {
		g.dragged, g.given = false, true
		g.Refresh()
		call(g.OnCancel)
		return
	}
	g.pressable.TypedKey(e)
}

// TypedShortcut implements fyne.Shortcutable.
func (g *Grip) TypedShortcut(s fyne.Shortcut) {
	if g.OnShortcut == nil || !g.OnShortcut(s) {
		passShortcut(&g.pressable, s)
	}
}

// CreateRenderer implements fyne.Widget.
func (g *Grip) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, icon := newBox(), newBox(), newGlyph()
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		placeRing(ring, size)
		side := theme.Scaled(theme.IconSize)
		place(icon, (size.Width-side)/2, (size.Height-side)/2, side, side)
	}
	refresh := func() {
		fill := fyne.ThemeColorName("")
		switch {
		case g.dragged:
			fill = theme.Soft
		case g.hovered:
			fill = theme.Quiet
		}
		paintBox(ground, fill, "", 0, theme.RadiusS)
		g.paintFocus(ring, theme.RadiusS+3)
		icon.set(icons.GripVertical, theme.Secondary)
	}
	return draw(g, layout, func() fyne.Size { return fyne.NewSize(theme.Scaled(40), theme.Scaled(theme.Target)) }, refresh, ring, ground, icon.Raster)
}
