package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/words"
)

// ProgressState says where a piece of work is.
type ProgressState int

// The states.
const (
	Running ProgressState = iota
	Done
	Failed
)

// Bar is a plain bar that shows a part of a whole.
type Bar struct {
	fynewidget.BaseWidget
	fraction float32
	color    fyne.ThemeColorName
}

// NewBar makes a bar, 8 high, in the accent.
func NewBar() *Bar {
	b := &Bar{color: theme.Accent}
	b.ExtendBaseWidget(b)
	return b
}

// Set shows a fraction from 0 to 1 (brought into that range) in one of the theme's colours.
func (b *Bar) Set(fraction float32, color fyne.ThemeColorName) {
	fraction = min(max(fraction, 0), 1)
	if b.fraction == fraction && b.color == color {
		return
	}
	b.fraction, b.color = fraction, color
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	ground, part := newBox(), newBox()
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		place(part, 0, 0, size.Width*b.fraction, size.Height)
	}
	refresh := func() {
		paintBox(ground, theme.Line, "", 0, 4)
		paintBox(part, b.color, "", 0, 4)
		part.Hidden = b.fraction == 0
	}
	minSize := func() fyne.Size { return fyne.NewSize(theme.Scaled(40), theme.Scaled(8)) }
	return draw(b, layout, minSize, refresh, ground, part)
}

// ProgressRow is a row about a piece of work, a file on its way up for one: what it is, how far it is or what went
// wrong, and the button that stops it, or tries again after a failure.
type ProgressRow struct {
	fynewidget.BaseWidget
	// OnCancel is called when a running work shall stop, OnRetry when a failed one shall be tried again. While one is nil,
	// its button is not shown.
	OnCancel func()
	OnRetry  func()

	icon          icons.Name
	title, detail *Text
	bar           *Bar
	state         ProgressState
	stop, retry   *IconButton
	drawn         *IconButton // the one that is shown
}

// NewProgressRow makes a row at its beginning.
func NewProgressRow(icon icons.Name, title string) *ProgressRow {
	r := &ProgressRow{icon: icon, title: NewText(title, StyleStrong), detail: NewText("", StyleSecondary), bar: NewBar()}
	r.stop = NewIconButton(icons.X, words.T("common.cancel"), func() { call(r.OnCancel) })
	r.retry = NewIconButton(icons.RefreshCw, words.T("common.retry"), func() { call(r.OnRetry) })
	r.ExtendBaseWidget(r)
	return r
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// Set shows how far it is (0 to 1), in what state, and in words.
func (r *ProgressRow) Set(state ProgressState, fraction float32, detail string) {
	same := r.state == state && r.bar.fraction == min(max(fraction, 0), 1) && r.detail.text == detail
	if r.state = state; same && r.button() == r.drawn {
		return
	}
	color := map[ProgressState]fyne.ThemeColorName{Running: theme.Accent, Done: theme.Yes, Failed: theme.No}[state]
	r.bar.Set(fraction, color)
	r.detail.SetText(detail)
	r.drawn = r.button()
	r.Refresh()
}

func (r *ProgressRow) button() *IconButton {
	switch {
	case r.state == Running && r.OnCancel != nil:
		return r.stop
	case r.state == Failed && r.OnRetry != nil:
		return r.retry
	default:
		return nil
	}
}

// progressPlan is where the words of a row go at a width.
type progressPlan struct {
	x, w           float32
	titleH, detail float32
	band           float32 // height of icon and button where they stand above the words, with the gap below; 0 where they stand at the sides
	height         float32
}

func (r *ProgressRow) plan(width float32) progressPlan {
	p := progressPlan{x: theme.Scaled(16 + 28 + 14)}
	p.w = width - p.x - theme.Scaled(16)
	high := theme.Scaled(28)
	if b := r.button(); b != nil {
		p.w -= b.MinSize().Width
		high = max(high, b.MinSize().Height)
	}
	if p.w < leastText {
		p.x, p.w, p.band = theme.Scaled(16), width-2*theme.Scaled(16), high+theme.Scaled(8)
	}
	p.w = max(p.w, 1)
	p.titleH, p.detail = r.title.HeightFor(p.w), r.detail.HeightFor(p.w)
	p.height = p.band + p.titleH + p.detail + theme.Scaled(24)
	if r.state == Running {
		p.height += theme.Scaled(8 + 8)
	}
	p.height = max(p.height, theme.Scaled(72))
	return p
}

// HeightFor implements Wrapping.
func (r *ProgressRow) HeightFor(width float32) float32 { return r.plan(width).height }

// CreateRenderer implements fyne.Widget.
func (r *ProgressRow) CreateRenderer() fyne.WidgetRenderer {
	ground, icon := newBox(), newGlyph()
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		p := r.plan(size.Width)
		side, middle := theme.Scaled(28), size.Height/2
		y := (size.Height + p.band - p.titleH - p.detail) / 2
		if p.band > 0 {
			middle = theme.Scaled(8) + (p.band-theme.Scaled(8))/2
		}
		if r.state == Running {
			y -= theme.Scaled(8)
		}
		place(icon, theme.Scaled(16), middle-side/2, side, side)
		place(r.title, p.x, y, p.w, p.titleH)
		place(r.detail, p.x, y+p.titleH, p.w, p.detail)
		place(r.bar, p.x, y+p.titleH+p.detail+theme.Scaled(6), p.w, theme.Scaled(8))
		for _, b := range []*IconButton{r.stop, r.retry} {
			m := b.MinSize()
			place(b, size.Width-m.Width-theme.Scaled(8), middle-m.Height/2, m.Width, m.Height)
		}
	}
	refresh := func() {
		border, ink, name := theme.Line, theme.Accent, r.icon
		detail := StyleSecondary
		switch r.state {
		case Done:
			ink, name = theme.Yes, icons.CircleCheck
		case Failed:
			border, ink, name = theme.No, theme.No, icons.TriangleAlert
			detail = detail.Colored(theme.No)
		}
		paintBox(ground, theme.Card, border, 1.5, theme.Radius)
		icon.set(name, ink)
		r.detail.SetStyle(detail)
		r.bar.Hidden = r.state != Running
		r.stop.Hidden, r.retry.Hidden = r.button() != r.stop, r.button() != r.retry
	}
	minSize := func() fyne.Size {
		w := float32(narrowest)
		return fyne.NewSize(w, r.HeightFor(max(w, r.Size().Width)))
	}
	return draw(r, layout, minSize, refresh, ground, icon.Raster, r.title, r.detail, r.bar, r.stop, r.retry)
}
