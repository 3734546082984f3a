package widget

import (
	"strings"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/words"
)

// The bounds of a PIN in digits.
const (
	MinPIN = 6
	MaxPIN = 12
)

// PINPad takes a PIN: a field of dots over twelve keys of 72. Digits, Backspace and Enter of a keyboard do the same while it has
// the focus. The key for entering is live from MinPIN digits on.
type PINPad struct {
	fynewidget.BaseWidget
	// OnSubmit is called with the digits when they are entered; the pad keeps them until Clear.
	OnSubmit func(pin string)

	digits  string
	shown   bool
	busy    bool
	focused bool

	field   *Text
	message *Text
	show    *IconButton
	keys    []*Button
	enter   *Button
}

var _ fyne.Focusable = (*PINPad)(nil)

// NewPINPad makes an empty pad. Give it the focus (canvas.Focus) when its screen appears, for keyboards.
func NewPINPad(onSubmit func(pin string)) *PINPad {
	p := &PINPad{OnSubmit: onSubmit}
	p.field = NewText("", Style{Size: theme.Title, Bold: true, Align: fyne.TextAlignCenter})
	p.message = NewText("", StyleSecondary.Centered())
	p.show = NewIconButton(icons.Eye, words.T("pin.show"), p.toggle)
	for _, d := range "123456789" {
		p.keys = append(p.keys, p.key(string(d)))
	}
	del := NewButton("", Outlined, p.back).WithIcon(icons.Delete).WithHeight(Tallest)
	p.enter = NewButton(words.T("pin.enter"), Filled, p.submit).WithHeight(Tallest)
	p.keys = append(p.keys, del, p.key("0"), p.enter)
	p.ExtendBaseWidget(p)
	p.update()
	return p
}

func (p *PINPad) key(digit string) *Button {
	return NewButton(digit, Outlined, func() { p.add(digit) }).WithHeight(Tallest)
}

func (p *PINPad) add(digit string) {
	if !p.busy && len(p.digits) < MaxPIN {
		p.digits += digit
		p.update()
	}
}

func (p *PINPad) back() {
	if !p.busy && p.digits != "" {
		p.digits = p.digits[:len(p.digits)-1]
		p.update()
	}
}

func (p *PINPad) submit() {
	if !p.busy && len(p.digits) >= MinPIN && p.OnSubmit != nil {
		p.OnSubmit(p.digits)
	}
}

func (p *PINPad) toggle() {
	p.shown = !p.shown
	p.update()
}

// Clear takes the digits away: after a wrong PIN, and when the screen is left.
func (p *PINPad) Clear() {
	p.digits = ""
	p.update()
}

// SetMessage puts words below the field: what is wrong (in red), or help. Empty takes them away.
func (p *PINPad) SetMessage(text string, wrong bool) {
	s := StyleSecondary.Centered()
	if wrong {
		s = s.Colored(theme.No)
	}
	p.message.SetStyle(s)
	p.message.SetText(text)
	p.Refresh()
}

// SetBusy stops the keys while the PIN is being checked or has to wait.
func (p *PINPad) SetBusy(busy bool) {
	p.busy = busy
	p.update()
}

func (p *PINPad) update() {
	dots := strings.Repeat("•", len(p.digits))
	icon, word := icons.Eye, words.T("pin.show")
	if p.shown {
		dots, icon, word = p.digits, icons.EyeOff, words.T("pin.hide")
	}
	p.field.SetText(dots)
	p.show.Set(icon, word)
	for _, k := range p.keys {
		k.SetEnabled(!p.busy)
	}
	p.enter.SetEnabled(!p.busy && len(p.digits) >= MinPIN)
	p.Refresh()
}

// FocusGained implements fyne.Focusable.
func (p *PINPad) FocusGained() { p.focused = true; p.Refresh() }

// FocusLost implements fyne.Focusable.
func (p *PINPad) FocusLost() { p.focused = false; p.Refresh() }

// TypedRune implements fyne.Focusable.
func (p *PINPad) TypedRune(r rune) {
	if r >= '0' && r <= '9' {
		p.add(string(r))
	}
}

// TypedKey implements fyne.Focusable.
func (p *PINPad) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyBackspace, fyne.KeyDelete:
		p.back()
	case fyne.KeyReturn, fyne.KeyEnter:
		p.submit()
	}
}

const pinKeyGap = 10

// NaturalWidth is the width the keys are made for.
func (p *PINPad) NaturalWidth() float32 { return theme.Scaled(300) }

// HeightFor implements Wrapping.
func (p *PINPad) HeightFor(width float32) float32 {
	h := theme.Scaled(72) + p.messageHeight(width) + 4*theme.Scaled(Tallest) + 3*theme.Scaled(pinKeyGap) + theme.Scaled(12)
	return h
}

// messageHeight keeps one line free, so that the keys do not jump when something is said.
func (p *PINPad) messageHeight(width float32) float32 {
	return max(p.message.HeightFor(width), p.message.style.measure("Ặg").Height) + theme.Scaled(8)
}

// CreateRenderer implements fyne.Widget.
func (p *PINPad) CreateRenderer() fyne.WidgetRenderer {
	box := newBox()
	objects := []fyne.CanvasObject{box, p.field, p.show, p.message}
	for _, k := range p.keys {
		objects = append(objects, k)
	}
	layout := func(size fyne.Size) {
		h, showW := theme.Scaled(64), p.show.MinSize().Width
		place(box, 0, 0, size.Width, h)
		inner := size.Width - showW - theme.Scaled(8+6)
		fh := p.field.HeightFor(inner)
		place(p.field, theme.Scaled(8), (h-fh)/2, inner, fh)
		place(p.show, size.Width-showW-theme.Scaled(2), (h-p.show.MinSize().Height)/2, showW, p.show.MinSize().Height)
		mh := p.messageHeight(size.Width)
		place(p.message, 0, h+theme.Scaled(8), size.Width, mh)
		p.placeKeys(size.Width, h+theme.Scaled(12)+mh)
	}
	refresh := func() {
		border, stroke := theme.Edge, float32(1.5)
		if p.focused {
			border, stroke = theme.Accent, 2.5
		}
		paintBox(box, theme.Card, border, stroke, theme.Radius)
	}
	minSize := func() fyne.Size {
		w := p.NaturalWidth()
		return fyne.NewSize(w, p.HeightFor(max(w, p.Size().Width)))
	}
	return draw(p, layout, minSize, refresh, objects...)
}

func (p *PINPad) placeKeys(width, top float32) {
	gap := theme.Scaled(pinKeyGap)
	w, h := (width-2*gap)/3, theme.Scaled(Tallest)
	// Where the word for entering has no room, its key has a sign as the others have.
	label, icon := words.T("pin.enter"), icons.Name("")
	if NewButton(label, Filled, nil).WithHeight(Tallest).NaturalWidth() > w {
		label, icon = "", icons.Check
	}
	p.enter.SetLabel(label)
	p.enter.SetIcon(icon)
	for i, k := range p.keys {
		place(k, float32(i%3)*(w+gap), top+float32(i/3)*(h+gap), w, h)
	}
}
