package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
)

// pressable is what can be pressed by finger, mouse, and by Enter or the space bar while it has the focus.
// A widget embeds it, sets press, and extends the base widget with itself.
type pressable struct {
	fynewidget.BaseWidget
	press    func() // nil: cannot be pressed and takes no focus ring
	disabled bool
	focused  bool
	hovered  bool
	gained   func()
}

// OnFocus has f called whenever the keyboard comes to this widget.
func (p *pressable) OnFocus(f func()) { p.gained = f }

var (
	_ fyne.Tappable      = (*pressable)(nil)
	_ fyne.Focusable     = (*pressable)(nil)
	_ desktop.Hoverable  = (*pressable)(nil)
	_ desktop.Cursorable = (*pressable)(nil)
	_ fyne.Disableable   = (*pressable)(nil)
)

func (p *pressable) active() bool { return p.press != nil && !p.disabled }

// Tapped implements fyne.Tappable.
func (p *pressable) Tapped(*fyne.PointEvent) {
	if p.active() {
		p.press()
	}
}

// FocusGained implements fyne.Focusable.
func (p *pressable) FocusGained() {
	p.focused = true
	p.Refresh()
	call(p.gained)
}

// FocusLost implements fyne.Focusable.
func (p *pressable) FocusLost() {
	p.focused = false
	p.Refresh()
}

// TypedRune implements fyne.Focusable.
func (p *pressable) TypedRune(rune) {}

// TypedKey implements fyne.Focusable: Enter and space press. Every other key means the screen.
func (p *pressable) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.Tapped(nil)
	default:
		passKey(p, e)
	}
}

func (p *pressable) holds(x any) bool { return p == x }

// passKey gives a key that means nothing to what has the keyboard to the canvas it is on: the toolkit itself tells nobody else.
func passKey(focused any, e *fyne.KeyEvent) {
	if c := canvasOf(focused); c != nil {
		if typed := c.OnTypedKey(); typed != nil {
			typed(e)
		}
	}
}

// passShortcut does the same with a shortcut.
func passShortcut(focused any, s fyne.Shortcut) {
	if c, ok := canvasOf(focused).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

// canvasOf finds the canvas on which a part of a widget has the keyboard.
func canvasOf(part any) fyne.Canvas {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if f, ok := w.Canvas().Focused().(interface{ holds(any) bool }); ok && f.holds(part) {
			return w.Canvas()
		}
	}
	return nil
}

// MouseIn implements desktop.Hoverable.
func (p *pressable) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (p *pressable) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *pressable) MouseOut() {
	p.hovered = false
	p.Refresh()
}

// Cursor implements desktop.Cursorable.
func (p *pressable) Cursor() desktop.Cursor {
	if p.active() {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// SetEnabled says whether it can be pressed now. Disabled is told by a flat ground and grey words, still readable.
func (p *pressable) SetEnabled(on bool) {
	if p.disabled == !on {
		return
	}
	p.disabled = !on
	p.Refresh()
}

// Enabled tells whether it can be pressed.
func (p *pressable) Enabled() bool { return !p.disabled }

// Enable implements fyne.Disableable.
func (p *pressable) Enable() { p.SetEnabled(true) }

// Disable implements fyne.Disableable.
func (p *pressable) Disable() { p.SetEnabled(false) }

// Disabled implements fyne.Disableable: the Tab key leads past what cannot be pressed.
func (p *pressable) Disabled() bool { return !p.active() }

// paintFocus draws the ring that shows where the keyboard is.
func (p *pressable) paintFocus(ring *canvas.Rectangle, radius float32) {
	if p.focused && p.active() {
		paintBox(ring, "", theme.Accent, 3, radius)
		ring.Show()
		return
	}
	ring.Hide()
}

// placeRing puts the ring just outside an object of that size.
func placeRing(ring *canvas.Rectangle, size fyne.Size) {
	const out = 3
	place(ring, -out, -out, size.Width+2*out, size.Height+2*out)
}
