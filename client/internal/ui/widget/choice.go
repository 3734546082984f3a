package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
)

// Choice lets one pick one of a few words that stand side by side: a language, a layer, a look. 48 high; where the words have no
// room beside each other they stand below each other.
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

// widths are those of the parts at a width: the same for all where the longest word fits so, else each as its word needs; nil
// where the words do not fit beside each other.
func (c *Choice) widths(width float32) []float32 {
	out := make([]float32, len(c.parts))
	widest, sum := float32(0), float32(0)
	for i, p := range c.parts {
		out[i] = p.NaturalWidth()
		widest, sum = max(widest, out[i]), sum+out[i]
	}
	n := float32(max(len(c.parts), 1))
	spare := (width - sum) / n
	switch {
	case widest*n <= width+0.5:
		for i := range out {
			out[i] = width / n
		}
	case spare > -0.5:
		for i := range out {
			out[i] += spare
		}
	default:
		return nil
	}
	return out
}

// NaturalWidth is the width at which all words stand beside each other in parts of the same width.
func (c *Choice) NaturalWidth() float32 {
	widest := float32(0)
	for _, p := range c.parts {
		widest = max(widest, p.NaturalWidth())
	}
	return widest * float32(len(c.parts))
}

// HeightFor implements Wrapping.
func (c *Choice) HeightFor(width float32) float32 {
	if c.widths(width) != nil {
		return theme.Scaled(theme.Target)
	}
	height := float32(0)
	for _, p := range c.parts {
		height += p.HeightFor(width)
	}
	return height
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
		widths := c.widths(size.Width)
		x, y := float32(0), float32(0)
		for i, p := range c.parts {
			if widths == nil {
				h := p.HeightFor(size.Width)
				place(p, 0, y, size.Width, h)
				y += h
				continue
			}
			place(p, x, 0, widths[i], size.Height)
			x += widths[i]
		}
	}
	refresh := func() { paintBox(ground, theme.Card, theme.Edge, 1.5, theme.Radius) }
	minSize := func() fyne.Size {
		w := min(c.NaturalWidth(), narrowest)
		return fyne.NewSize(w, c.HeightFor(max(w, c.Size().Width)))
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

// NaturalWidth is the width at which the word stands on one line.
func (p *choicePart) NaturalWidth() float32 {
	return p.style().measure(p.word).Width + theme.Scaled(36)
}

// HeightFor implements Wrapping.
func (p *choicePart) HeightFor(width float32) float32 {
	return max(theme.Scaled(theme.Target), NewText(p.word, p.style()).HeightFor(width)+theme.Scaled(12))
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
		return fyne.NewSize(min(p.NaturalWidth(), narrowest), theme.Scaled(theme.Target))
	}
	return draw(p, layout, minSize, refresh, ring, ground, word)
}
