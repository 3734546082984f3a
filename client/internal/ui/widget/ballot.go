package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// Tone is what an answer means, told by colour and by its icon as well.
type Tone int

// The tones.
const (
	TonePlain   Tone = iota // one of several choices
	ToneFor                 // for
	ToneAgainst             // against
	ToneNeutral             // neither
)

// Mark returns the icon that stands for a tone.
func (t Tone) Mark() icons.Name {
	return [...]icons.Name{icons.Vote, icons.Check, icons.X, icons.Circle}[t]
}

// Colors returns the strong colour of a tone and its soft ground.
func (t Tone) Colors() (strong, soft fyne.ThemeColorName) {
	switch t {
	case ToneFor:
		return theme.Yes, theme.YesSoft
	case ToneAgainst:
		return theme.No, theme.NoSoft
	case ToneNeutral:
		return theme.Abstain, theme.GreySoft
	case TonePlain:
	}
	return theme.Accent, theme.Soft
}

// BallotButton is one answer of a ballot, much larger than any other button: the icon above the word where there is width for
// it, else beside. It is at least 150 high, 88 with the icon beside.
type BallotButton struct {
	pressable
	// OnTapped is called on a press.
	OnTapped func()

	tone   Tone
	icon   icons.Name
	word   string
	below  string
	chosen bool
	row    bool
	beside bool
}

// NewBallotButton makes an answer with the icon of its tone.
func NewBallotButton(tone Tone, word string, onTapped func()) *BallotButton {
	b := &BallotButton{tone: tone, icon: tone.Mark(), word: word, OnTapped: onTapped}
	b.press = func() { call(b.OnTapped) }
	b.ExtendBaseWidget(b)
	return b
}

// InRow makes it a line of a list, with a smaller second line: at least 72 high, with a circle that is checked when it is chosen.
func (b *BallotButton) InRow(below string) *BallotButton {
	b.row, b.below, b.icon = true, below, icons.Circle
	b.Refresh()
	return b
}

// Beside puts the icon at the word's side whatever the width: at least 88 high.
func (b *BallotButton) Beside() *BallotButton {
	b.beside = true
	b.Refresh()
	return b
}

// SetChosen says whether it is among the chosen.
func (b *BallotButton) SetChosen(on bool) {
	b.chosen = on
	if b.row {
		b.icon = map[bool]icons.Name{true: icons.CircleCheck, false: icons.Circle}[on]
	}
	b.Refresh()
}

// Chosen tells whether it is.
func (b *BallotButton) Chosen() bool { return b.chosen }

// Word returns the answer's word.
func (b *BallotButton) Word() string { return b.word }

const ballotTall = 220 // from this width on the icon is above the word

type ballotPlan struct {
	beside            bool
	pad, icon         float32
	textX, textW      float32
	wordH, belowH     float32
	height, textTotal float32
}

func (b *BallotButton) styles() (word, below Style) {
	strong, _ := b.tone.Colors()
	word = Style{Size: theme.Heading, Bold: true, Color: strong, Align: fyne.TextAlignCenter}
	if b.row {
		word.Size = theme.Lead
		if !b.chosen {
			word.Color = theme.Ink
		}
	}
	return word, StyleSecondary.Colored(theme.Secondary)
}

func (b *BallotButton) plan(width float32, word, below *Text) ballotPlan {
	p := ballotPlan{beside: b.row || b.beside || width < theme.Scaled(ballotTall), pad: theme.Scaled(16), icon: theme.Scaled(52)}
	least := float32(150)
	switch {
	case b.row:
		p.icon, least = theme.Scaled(28), 72
	case p.beside:
		p.icon, least = theme.Scaled(36), 88
	}
	p.textX, p.textW = p.pad, width-2*p.pad
	if p.beside {
		p.textX += p.icon + p.pad
		p.textW -= p.icon + p.pad
	}
	p.textW = max(p.textW, 1)
	p.wordH = word.HeightFor(p.textW)
	if b.below != "" {
		p.belowH = below.HeightFor(p.textW)
	}
	p.textTotal = p.wordH + p.belowH
	content := p.textTotal
	if !p.beside {
		content += p.icon + theme.Scaled(12)
	}
	p.height = max(theme.Scaled(least), content+theme.Scaled(28))
	return p
}

func (b *BallotButton) texts() (word, below *Text) {
	ws, bs := b.styles()
	return NewText(b.word, ws), NewText(b.below, bs)
}

// HeightFor implements Wrapping.
func (b *BallotButton) HeightFor(width float32) float32 {
	word, below := b.texts()
	return b.plan(width, word, below).height
}

// CreateRenderer implements fyne.Widget.
func (b *BallotButton) CreateRenderer() fyne.WidgetRenderer {
	ground, ring, icon := newBox(), newBox(), newGlyph()
	word, below := b.texts()
	layout := func(size fyne.Size) {
		p := b.plan(size.Width, word, below)
		place(ground, 0, 0, size.Width, size.Height)
		placeRing(ring, size)
		align := fyne.TextAlignCenter
		top := (size.Height - p.textTotal) / 2
		if p.beside {
			align = fyne.TextAlignLeading
			place(icon, p.pad, (size.Height-p.icon)/2, p.icon, p.icon)
		} else {
			total := p.icon + theme.Scaled(12) + p.textTotal
			place(icon, (size.Width-p.icon)/2, (size.Height-total)/2, p.icon, p.icon)
			top = (size.Height-total)/2 + p.icon + theme.Scaled(12)
		}
		ws, bs := b.styles()
		ws.Align, bs.Align = align, align
		word.SetStyle(ws)
		below.SetStyle(bs)
		place(word, p.textX, top, p.textW, p.wordH)
		place(below, p.textX, top+p.wordH, p.textW, p.belowH)
	}
	refresh := func() {
		strong, soft := b.tone.Colors()
		edge, stroke := strong, float32(2)
		if b.row {
			edge, soft = theme.Edge, theme.Card
			if b.chosen {
				_, soft = b.tone.Colors()
				edge, stroke = strong, 3
			}
		}
		if b.hovered && b.active() {
			stroke = 3
		}
		paintBox(ground, soft, edge, stroke, theme.Radius)
		b.paintFocus(ring, theme.Radius+3)
		icon.set(b.icon, strong)
	}
	least := func() fyne.Size {
		return fyne.NewSize(theme.Scaled(120), b.HeightFor(max(b.Size().Width, theme.Scaled(120))))
	}
	return draw(b, layout, least, refresh, ring, ground, icon.Raster, word, below)
}

// Even puts objects of equal width beside each other where each can have at least that width (at 100 %), else below each other.
// Beside each other they are equally high.
func Even(gap, least float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&evenLayout{gap: gap, least: least}, objects...)
}

type evenLayout struct {
	gap, least float32
	width      float32
}

func (l *evenLayout) share(n int, width float32) (each float32, beside bool) {
	gap := theme.Scaled(l.gap)
	each = (width - gap*float32(n-1)) / float32(max(n, 1))
	if each >= theme.Scaled(l.least) {
		return each, true
	}
	return width, false
}

func (l *evenLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	each, beside := l.share(len(objects), width)
	total, highest := theme.Scaled(l.gap)*float32(max(len(objects)-1, 0)), float32(0)
	for _, o := range objects {
		h := heightFor(o, each)
		total, highest = total+h, max(highest, h)
	}
	if beside {
		return highest
	}
	return total
}

func (l *evenLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := l.width
	if width == 0 {
		width = narrowest
	}
	return fyne.NewSize(theme.Scaled(120), l.heightFor(objects, width))
}

func (l *evenLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	each, beside := l.share(len(objects), size.Width)
	x, y := float32(0), float32(0)
	for _, o := range objects {
		h := heightFor(o, each)
		if beside {
			h = l.heightFor(objects, size.Width)
		}
		place(o, x, y, each, h)
		if beside {
			x += each + theme.Scaled(l.gap)
		} else {
			y += h + theme.Scaled(l.gap)
		}
	}
}
