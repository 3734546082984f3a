package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// BannerKind says what a banner is about.
type BannerKind int

// The kinds.
const (
	BannerOffline BannerKind = iota // no connection, nothing lost
	BannerNotice                    // something to know or do
	BannerWayBack                   // apart from the presenter
	BannerWrong                     // something failed
)

// Banner is a line across a screen that says in what state it is, with at most one thing to do about it. At least 56 high; the
// words wrap, the button goes below them where there is no room.
type Banner struct {
	fynewidget.BaseWidget
	kind   BannerKind
	text   *Text
	action *Button
}

// NewBanner makes a banner; without an action word there is no button.
func NewBanner(kind BannerKind, text, action string, onAction func()) *Banner {
	b := &Banner{kind: kind, text: NewText(text, StyleBody)}
	if action != "" {
		b.action = NewButton(action, Outlined, onAction)
		if kind == BannerWayBack {
			b.action.SetKind(Filled)
			b.action.SetIcon(icons.CornerUpLeft)
		}
	}
	b.ExtendBaseWidget(b)
	return b
}

// SetText changes the words.
func (b *Banner) SetText(text string) {
	b.text.SetText(text)
	b.Refresh()
}

// SetAction changes the button's words.
func (b *Banner) SetAction(word string) {
	if b.action != nil {
		b.action.SetLabel(word)
		b.Refresh()
	}
}

func (b *Banner) look() (fill, ink fyne.ThemeColorName, icon icons.Name) {
	switch b.kind {
	case BannerNotice:
		return theme.Amber, theme.Notice, icons.Info
	case BannerWayBack:
		return theme.Soft, theme.Accent, icons.BookOpen
	case BannerWrong:
		return theme.NoSoft, theme.No, icons.TriangleAlert
	default:
		return theme.GreySoft, theme.Abstain, icons.CloudOff
	}
}

type bannerPlan struct {
	textX, textW, textH float32
	actionW, actionH    float32
	below               bool
	height              float32
}

func (b *Banner) plan(width float32) bannerPlan {
	pad, gap := theme.Scaled(16), theme.Scaled(theme.Gap)
	p := bannerPlan{textX: pad + theme.Scaled(theme.IconSize) + gap}
	p.textW = width - p.textX - pad
	if b.action != nil {
		p.actionW = min(b.action.NaturalWidth(), p.textW)
		p.actionH = b.action.HeightFor(p.actionW)
		p.below = p.textW-p.actionW-gap < min(b.text.NaturalWidth(), width*0.4)
		if !p.below {
			p.textW -= p.actionW + gap
		}
	}
	p.textH = b.text.HeightFor(max(p.textW, 1))
	p.height = p.textH + theme.Scaled(24)
	if p.below {
		p.height += p.actionH + theme.Scaled(8)
	}
	p.height = max(p.height, theme.Scaled(56), p.actionH+theme.Scaled(16))
	return p
}

// HeightFor implements Wrapping.
func (b *Banner) HeightFor(width float32) float32 { return b.plan(width).height }

// CreateRenderer implements fyne.Widget.
func (b *Banner) CreateRenderer() fyne.WidgetRenderer {
	ground, icon := newBox(), newGlyph()
	objects := []fyne.CanvasObject{ground, icon.Raster, b.text}
	if b.action != nil {
		objects = append(objects, b.action)
	}
	layout := func(size fyne.Size) {
		p := b.plan(size.Width)
		pad, side := theme.Scaled(16), theme.Scaled(theme.IconSize)
		place(ground, 0, 0, size.Width, size.Height)
		top := (size.Height - p.textH) / 2
		if p.below {
			top = theme.Scaled(12)
		}
		place(icon, pad, top+(min(p.textH, theme.Scaled(24))-side)/2, side, side)
		place(b.text, p.textX, top, p.textW, p.textH)
		switch {
		case b.action == nil:
		case p.below:
			place(b.action, p.textX, top+p.textH+theme.Scaled(8), p.actionW, p.actionH)
		default:
			place(b.action, size.Width-pad-p.actionW, (size.Height-p.actionH)/2, p.actionW, p.actionH)
		}
	}
	refresh := func() {
		fill, ink, name := b.look()
		paintBox(ground, fill, "", 0, theme.Radius)
		icon.set(name, ink)
		b.text.SetStyle(StyleBody.Colored(ink))
	}
	minSize := func() fyne.Size {
		w := float32(narrowest)
		return fyne.NewSize(w, b.HeightFor(max(w, b.Size().Width)))
	}
	return draw(b, layout, minSize, refresh, objects...)
}

// EmptyState stands where a list has nothing in it yet: an icon, what is so, why, and what one can do.
func EmptyState(icon icons.Name, title, help string, action *Button) fyne.CanvasObject {
	objects := []fyne.CanvasObject{newPlate(icon), NewText(title, StyleHeading.Centered())}
	if help != "" {
		objects = append(objects, NewText(help, StyleSecondary.Centered()))
	}
	if action != nil {
		objects = append(objects, Narrow(320, action))
	}
	return Inset(24, 32, Narrow(520, Column(14, objects...)))
}

// plate is an icon in a soft circle.
type plate struct {
	fynewidget.BaseWidget
	icon icons.Name
	fill fyne.ThemeColorName
	ink  fyne.ThemeColorName
}

func newPlate(icon icons.Name) *plate {
	p := &plate{icon: icon, fill: theme.Soft, ink: theme.Accent}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *plate) CreateRenderer() fyne.WidgetRenderer {
	ground, icon := newBox(), newGlyph()
	layout := func(size fyne.Size) {
		side, inner := theme.Scaled(80), theme.Scaled(36)
		place(ground, (size.Width-side)/2, 0, side, side)
		place(icon, (size.Width-inner)/2, (side-inner)/2, inner, inner)
	}
	refresh := func() {
		paintBox(ground, p.fill, "", 0, 40)
		icon.set(p.icon, p.ink)
	}
	minSize := func() fyne.Size { return fyne.NewSquareSize(theme.Scaled(80)) }
	return draw(p, layout, minSize, refresh, ground, icon.Raster)
}
