package widget

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// IconButton is an icon with its word, for bars and tool rows: 64 x 64 with the word below, 48 high with it beside. A
// chosen one (a tool in the hand, a fold that is open) stands on a soft ground.
type IconButton struct {
	pressable
	// OnTapped is called on a press.
	OnTapped func()

	icon   icons.Name
	word   string
	beside bool
	chosen bool
}

// NewIconButton makes one with the word below the icon; without a word it is a plain target of 48.
func NewIconButton(icon icons.Name, word string, onTapped func()) *IconButton {
	b := &IconButton{icon: icon, word: word, OnTapped: onTapped}
	b.press = func() {
		if b.OnTapped != nil {
			b.OnTapped()
		}
	}
	b.ExtendBaseWidget(b)
	return b
}

// Beside puts the word at the icon's side and returns the button.
func (b *IconButton) Beside() *IconButton {
	b.beside = true
	b.Refresh()
	return b
}

// Wordless leaves the word out, where there is no room for it, and returns the button.
func (b *IconButton) Wordless() *IconButton {
	b.Set(b.icon, "")
	return b
}

// SetChosen says whether it is the chosen one.
func (b *IconButton) SetChosen(on bool) {
	if b.chosen != on {
		b.chosen = on
		b.Refresh()
	}
}

// Chosen tells whether it is the chosen one.
func (b *IconButton) Chosen() bool { return b.chosen }

// Set changes icon and word.
func (b *IconButton) Set(icon icons.Name, word string) {
	if b.icon != icon || b.word != word {
		b.icon, b.word = icon, word
		b.Refresh()
	}
}

// Word returns the word of the button.
func (b *IconButton) Word() string { return b.word }

func (b *IconButton) style() Style {
	s := Style{Size: theme.Small, Bold: b.chosen, Align: fyne.TextAlignCenter}
	if b.beside {
		s = Style{Bold: true}
	}
	return s.Colored(b.ink())
}

func (b *IconButton) ink() fyne.ThemeColorName {
	switch {
	case b.disabled:
		return theme.Secondary
	case b.chosen:
		return theme.Accent
	default:
		return theme.Ink
	}
}

func (b *IconButton) ground() fyne.ThemeColorName {
	switch {
	case b.chosen:
		return theme.Soft
	case b.hovered && b.active():
		return theme.Quiet
	default:
		return ""
	}
}

func (b *IconButton) size() fyne.Size {
	side, icon := theme.Scaled(theme.Target), theme.Scaled(theme.IconSize)
	if b.word == "" {
		return fyne.NewSize(side, side)
	}
	word := b.style().measure(b.word)
	if b.beside {
		return fyne.NewSize(icon+word.Width+theme.Scaled(8+24), max(side, word.Height+theme.Scaled(12)))
	}
	return fyne.NewSize(max(theme.Scaled(64), word.Width+theme.Scaled(16)), max(theme.Scaled(64), icon+word.Height+theme.Scaled(16)))
}

// NaturalWidth is the width at which the word stands on one line.
func (b *IconButton) NaturalWidth() float32 { return b.size().Width }

// wordWidth is what a word beside the icon has at a width of the button.
func (b *IconButton) wordWidth(width float32) float32 {
	return min(b.style().measure(b.word).Width+1, max(width-theme.Scaled(theme.IconSize+12+8+4), 1))
}

// HeightFor implements Wrapping: a word beside the icon wraps where there is no room for it.
func (b *IconButton) HeightFor(width float32) float32 {
	m := b.size()
	if !b.beside || b.word == "" || width >= m.Width-0.5 {
		return m.Height
	}
	return max(m.Height, NewText(b.word, b.style()).HeightFor(b.wordWidth(width))+theme.Scaled(12))
}

// CreateRenderer implements fyne.Widget.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, icon := newBox(), newBox(), newGlyph()
	word := NewText(b.word, b.style())
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		placeRing(ring, size)
		side := theme.Scaled(theme.IconSize)
		w := b.style().measure(b.word)
		switch {
		case b.word == "":
			place(icon, (size.Width-side)/2, (size.Height-side)/2, side, side)
		case b.beside:
			place(icon, theme.Scaled(12), (size.Height-side)/2, side, side)
			wide := b.wordWidth(size.Width)
			h := w.Height
			if wide < w.Width {
				h = word.HeightFor(wide)
			}
			place(word, theme.Scaled(12+8)+side, (size.Height-h)/2, wide, h)
		default:
			top := (size.Height - side - w.Height - theme.Scaled(2)) / 2
			place(icon, (size.Width-side)/2, top, side, side)
			place(word, 0, top+side+theme.Scaled(2), size.Width, w.Height)
		}
	}
	refresh := func() {
		paintBox(ground, b.ground(), "", 0, theme.RadiusS)
		b.paintFocus(ring, theme.RadiusS+3)
		icon.set(b.icon, b.ink())
		word.SetStyle(b.style())
		word.SetText(b.word)
	}
	return draw(b, layout, b.size, refresh, ring, ground, icon.Raster, word)
}
