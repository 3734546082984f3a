package widget

import (
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// ButtonKind says how much a button matters. A screen has one Filled button at most.
type ButtonKind int

// The kinds.
const (
	Outlined ButtonKind = iota // everything that is not the next step
	Filled                     // the next step
	Plain                      // without a border: the way out of a sheet
	Danger                     // outlined in red: what destroys
)

// The heights of a button at 100 %: Low in rows and bars, Tall for the one that matters, Tallest for the chair's.
const (
	Low     = 48
	Tall    = 64
	Tallest = 72
)

// DeadTime is how long a button that changed its words ignores presses, where that is asked for: a second press
// meant for the old words must not do what the new words say.
const DeadTime = time.Second

// Button is a pressable surface with words and perhaps an icon before them. Long words wrap.
type Button struct {
	pressable
	// OnTapped is called on a press while the button is enabled and not in its dead time.
	OnTapped func()

	label     string
	icon      icons.Name
	kind      ButtonKind
	height    float32
	guarded   bool
	deadUntil time.Time
	words     *Text
}

// NewButton makes a button 48 high.
func NewButton(label string, kind ButtonKind, onTapped func()) *Button {
	b := &Button{label: label, kind: kind, height: Low, OnTapped: onTapped}
	b.press = b.tapped
	b.ExtendBaseWidget(b)
	return b
}

// WithIcon puts an icon before the words and returns the button.
func (b *Button) WithIcon(name icons.Name) *Button {
	b.icon = name
	b.Refresh()
	return b
}

// WithHeight makes the button Low, Tall or Tallest and returns it.
func (b *Button) WithHeight(height float32) *Button {
	b.height = height
	b.Refresh()
	return b
}

// Guarded gives the button its DeadTime after each change of its words and returns it.
func (b *Button) Guarded() *Button {
	b.guarded = true
	return b
}

// SetLabel changes the words; on a guarded button that begins the dead time.
func (b *Button) SetLabel(label string) {
	if b.label == label {
		return
	}
	b.label = label
	if b.guarded {
		b.deadUntil = time.Now().Add(DeadTime)
	}
	b.Refresh()
}

// SetIcon changes the icon; empty takes it away.
func (b *Button) SetIcon(name icons.Name) {
	if b.icon != name {
		b.icon = name
		b.Refresh()
	}
}

// Kind is how much the button matters.
func (b *Button) Kind() ButtonKind { return b.kind }

// SetKind changes how much the button matters.
func (b *Button) SetKind(kind ButtonKind) {
	if b.kind != kind {
		b.kind = kind
		b.Refresh()
	}
}

// Label returns the words.
func (b *Button) Label() string { return b.label }

func (b *Button) tapped() {
	if b.OnTapped == nil || time.Now().Before(b.deadUntil) {
		return
	}
	b.OnTapped()
}

func (b *Button) style() Style {
	s := Style{Bold: true, Align: fyne.TextAlignCenter}
	if b.height >= Tall {
		s.Size = theme.Lead
	}
	_, _, ink := b.colors()
	return s.Colored(ink)
}

// colors returns ground, border and ink.
func (b *Button) colors() (fill, border, ink fyne.ThemeColorName) {
	switch {
	case b.disabled:
		return theme.Quiet, "", theme.Secondary
	case b.kind == Filled:
		return theme.Accent, "", theme.OnAccent
	case b.kind == Danger:
		return theme.Card, theme.No, theme.No
	case b.kind == Plain && b.hovered:
		return theme.Quiet, "", theme.Accent
	case b.kind == Plain:
		return "", "", theme.Accent
	case b.hovered:
		return theme.Soft, theme.Edge, theme.Ink
	default:
		return theme.Card, theme.Edge, theme.Ink
	}
}

func (b *Button) padding() float32 { return theme.Scaled(20) }

// iconAt is the icon's width within so much: it gives way where the words would break beside it.
func (b *Button) iconAt(width float32) float32 {
	if icon := b.iconWidth(); b.label == "" || width >= b.NaturalWidth() || width-icon-2*b.padding() >= leastText {
		return icon
	}
	return 0
}

// paddingAt is the space at either end within so much: it gives way before a word breaks.
func (b *Button) paddingAt(width float32) float32 {
	room := width - b.iconAt(width) - NewText(b.label, b.style()).longestWord() - 1
	return max(min(b.padding(), room/2), theme.Scaled(6))
}

func (b *Button) iconWidth() float32 {
	if b.icon == "" {
		return 0
	}
	if b.label == "" {
		return theme.Scaled(theme.IconSize)
	}
	return theme.Scaled(theme.IconSize + 12)
}

// NaturalWidth is the width at which the words stand on one line.
func (b *Button) NaturalWidth() float32 {
	w := b.iconWidth() + 2*b.padding()
	if b.label != "" {
		w += NewText(b.label, b.style()).NaturalWidth() + 1
	}
	return max(w, theme.Scaled(theme.Target))
}

// HeightFor implements Wrapping.
func (b *Button) HeightFor(width float32) float32 {
	text := NewText(b.label, b.style()).HeightFor(width - b.iconAt(width) - 2*b.paddingAt(width))
	return max(theme.Scaled(b.height), text+theme.Scaled(16))
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, icon := newBox(), newBox(), newGlyph()
	b.words = NewText(b.label, b.style())
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		placeRing(ring, size)
		iconWidth := b.iconAt(size.Width)
		icon.Hidden = iconWidth == 0
		room := max(size.Width-iconWidth-2*b.paddingAt(size.Width), 1)
		w := min(b.words.NaturalWidth()+1, room)
		h := b.words.HeightFor(w)
		x := (size.Width - w - iconWidth) / 2
		if b.label == "" {
			x = (size.Width - iconWidth) / 2
		}
		side := theme.Scaled(theme.IconSize)
		place(icon, x, (size.Height-side)/2, side, side)
		place(b.words, x+iconWidth, (size.Height-h)/2, w, h)
	}
	refresh := func() {
		fill, border, ink := b.colors()
		paintBox(ground, fill, border, 1.5, theme.Radius)
		b.paintFocus(ring, theme.Radius+3)
		icon.set(b.icon, ink)
		icon.Hidden = b.iconAt(b.Size().Width) == 0
		b.words.SetStyle(b.style())
		b.words.SetText(b.label)
	}
	minSize := func() fyne.Size {
		w := min(b.NaturalWidth(), narrowest)
		if at := b.Size().Width; at > 0 {
			return fyne.NewSize(w, b.HeightFor(at))
		}
		return fyne.NewSize(w, b.HeightFor(w))
	}
	return draw(b, layout, minSize, refresh, ring, ground, icon.Raster, b.words)
}
