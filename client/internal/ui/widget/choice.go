package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
)

// Choice lets one pick one of a few words that stand side by side: a language, a layer, a look. 48 high.
type Choice struct {
	fynewidget.BaseWidget
	// OnChosen is called with the index of another word when a person picks it.
	OnChosen func(index int)

	words  []string
	chosen int
	parts  []*choicePart
}

// NewChoice makes one with the word of that index chosen.
func NewChoice(words []string, chosen int, onChosen func(index int)) *Choice {
	c := &Choice{words: words, chosen: chosen, OnChosen: onChosen}
	for i, w := range words {
		c.parts = append(c.parts, newChoicePart(w, i == chosen, func() { c.pick(i) }))
	}
	c.ExtendBaseWidget(c)
	return c
}

// Chosen returns the index of the chosen word.
func (c *Choice) Chosen() int { return c.chosen }

// Choose marks another word without calling OnChosen.
func (c *Choice) Choose(index int) {
	c.chosen = index
	for i, p := range c.parts {
		p.chosen = i == index
		p.Refresh()
	}
}

func (c *Choice) pick(index int) {
	if index == c.chosen {
		return
	}
	c.Choose(index)
	if c.OnChosen != nil {
		c.OnChosen(index)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Choice) CreateRenderer() fyne.WidgetRenderer {
	ground := newBox()
	objects := []fyne.CanvasObject{ground}
	for _, p := range c.parts {
		objects = append(objects, p)
	}
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		w := size.Width / float32(max(len(c.parts), 1))
		for i, p := range c.parts {
			place(p, float32(i)*w, 0, w, size.Height)
		}
	}
	refresh := func() { paintBox(ground, theme.Card, theme.Edge, 1.5, theme.Radius) }
	minSize := func() fyne.Size {
		widest := float32(0)
		for _, p := range c.parts {
			widest = max(widest, p.MinSize().Width)
		}
		return fyne.NewSize(widest*float32(len(c.parts)), theme.Scaled(theme.Target))
	}
	return draw(c, layout, minSize, refresh, objects...)
}

type choicePart struct {
	pressable
	word   string
	chosen bool
}

func newChoicePart(word string, chosen bool, press func()) *choicePart {
	p := &choicePart{word: word, chosen: chosen}
	p.press = press
	p.ExtendBaseWidget(p)
	return p
}

func (p *choicePart) style() Style {
	s := Style{Size: theme.SubText, Bold: true, Align: fyne.TextAlignCenter}
	if p.chosen {
		return s.Colored(theme.OnAccent)
	}
	return s
}

// CreateRenderer implements fyne.Widget.
func (p *choicePart) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, word := newBox(), newBox(), NewText(p.word, p.style())
	layout := func(size fyne.Size) {
		const edge = 4
		place(ground, edge, edge, size.Width-2*edge, size.Height-2*edge)
		place(ring, 1, 1, size.Width-2, size.Height-2)
		h := word.HeightFor(size.Width)
		place(word, 0, (size.Height-h)/2, size.Width, h)
	}
	refresh := func() {
		fill := fyne.ThemeColorName("")
		if p.chosen {
			fill = theme.Accent
		}
		paintBox(ground, fill, "", 0, theme.RadiusS)
		p.paintFocus(ring, theme.Radius)
		word.SetStyle(p.style())
	}
	minSize := func() fyne.Size {
		return fyne.NewSize(p.style().measure(p.word).Width+theme.Scaled(36), theme.Scaled(theme.Target))
	}
	return draw(p, layout, minSize, refresh, ring, ground, word)
}
