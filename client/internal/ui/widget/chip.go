package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// ChipKind says what state a chip tells of.
type ChipKind int

// The kinds. Each has a colour of its own and, where it is a state, a dot or icon as well.
const (
	ChipNeutral ChipKind = iota
	ChipLive             // in session: green with a dot
	ChipAccent           // the current one
	ChipNotice           // restricted, secret, lacking
	ChipOffline          // no connection: grey with a cloud
	ChipShared           // everybody sees it
)

// Chip is a small word on a rounded ground that tells a state; it cannot be pressed. 34 high.
type Chip struct {
	fynewidget.BaseWidget
	text string
	kind ChipKind
	icon icons.Name
}

// NewChip makes a chip; a live one gets its dot, an offline one its cloud.
func NewChip(text string, kind ChipKind) *Chip {
	c := &Chip{text: text, kind: kind}
	c.ExtendBaseWidget(c)
	return c
}

// WithIcon puts an icon before the word and returns the chip.
func (c *Chip) WithIcon(name icons.Name) *Chip {
	c.icon = name
	c.Refresh()
	return c
}

// Set changes word and kind.
func (c *Chip) Set(text string, kind ChipKind) {
	if c.text != text || c.kind != kind {
		c.text, c.kind = text, kind
		c.Refresh()
	}
}

// Same tells whether another chip looks the same.
func (c *Chip) Same(o *Chip) bool { return c.text == o.text && c.kind == o.kind && c.icon == o.icon }

func (c *Chip) colors() (fill, border, ink fyne.ThemeColorName) {
	switch c.kind {
	case ChipLive:
		return theme.YesSoft, "", theme.Yes
	case ChipAccent:
		return theme.Soft, "", theme.Accent
	case ChipNotice:
		return theme.Amber, "", theme.Notice
	case ChipOffline:
		return theme.GreySoft, "", theme.Abstain
	case ChipShared:
		return theme.Peach, "", theme.Shared
	default:
		return theme.Card, theme.Line, theme.Ink
	}
}

func (c *Chip) style() Style {
	_, _, ink := c.colors()
	return Style{Size: theme.SubText, Bold: c.kind != ChipNeutral, Color: ink}
}

func (c *Chip) glyph() icons.Name {
	if c.icon == "" && c.kind == ChipOffline {
		return icons.CloudOff
	}
	return c.icon
}

// lead is the width taken before the word.
func (c *Chip) lead() float32 {
	switch {
	case c.glyph() != "":
		return theme.Scaled(20 + 8)
	case c.kind == ChipLive:
		return theme.Scaled(10 + 8)
	default:
		return 0
	}
}

// NaturalWidth is the width at which the word stands on one line.
func (c *Chip) NaturalWidth() float32 {
	return c.style().measure(c.text).Width + 1 + c.lead() + theme.Scaled(28)
}

// HeightFor implements Wrapping.
func (c *Chip) HeightFor(width float32) float32 {
	words := NewText(c.text, c.style()).HeightFor(width - c.lead() - theme.Scaled(28))
	return max(theme.Scaled(34), words+theme.Scaled(10))
}

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	ground, icon := newBox(), newGlyph()
	dot := canvas.NewCircle(nil)
	words := NewText(c.text, c.style())
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		pad := theme.Scaled(14)
		side, small := theme.Scaled(20), theme.Scaled(10)
		place(icon, pad, (size.Height-side)/2, side, side)
		place(dot, pad, (size.Height-small)/2, small, small)
		w := size.Width - 2*pad - c.lead()
		h := words.HeightFor(w)
		place(words, pad+c.lead(), (size.Height-h)/2, w, h)
	}
	refresh := func() {
		fill, border, ink := c.colors()
		paintBox(ground, fill, border, 1, 17)
		icon.set(c.glyph(), ink)
		dot.FillColor = theme.Color(ink)
		dot.Hidden = c.kind != ChipLive || c.glyph() != ""
		words.SetStyle(c.style())
		words.SetText(c.text)
	}
	minSize := func() fyne.Size {
		w := c.NaturalWidth()
		return fyne.NewSize(min(w, narrowest), c.HeightFor(max(c.Size().Width, min(w, narrowest))))
	}
	return draw(c, layout, minSize, refresh, ground, icon.Raster, dot, words)
}
