package deskscreen

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
)

// pair puts two fields beside each other, and below each other where there is no room: less than 440.
type pair struct {
	fynewidget.BaseWidget
	first, second widget.Wrapping
}

func newPair(first, second widget.Wrapping) *pair {
	p := &pair{first: first, second: second}
	p.ExtendBaseWidget(p)
	return p
}

// Parts are the two fields.
func (p *pair) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.first, p.second} }

func (p *pair) halves(width float32) (half float32, beside bool) {
	if width < theme.Scaled(440) {
		return width, false
	}
	return (width - theme.Scaled(theme.Gap)) / 2, true
}

// HeightFor implements widget.Wrapping.
func (p *pair) HeightFor(width float32) float32 {
	half, beside := p.halves(width)
	if beside {
		return max(p.first.HeightFor(half), p.second.HeightFor(half))
	}
	return p.first.HeightFor(half) + theme.Scaled(theme.Gap) + p.second.HeightFor(half)
}

// CreateRenderer implements fyne.Widget.
func (p *pair) CreateRenderer() fyne.WidgetRenderer { return pairRenderer{p} }

type pairRenderer struct{ *pair }

func (r pairRenderer) Destroy() {}

func (r pairRenderer) MinSize() fyne.Size {
	return fyne.NewSize(theme.Scaled(200), r.HeightFor(max(r.Size().Width, theme.Scaled(200))))
}

func (r pairRenderer) Objects() []fyne.CanvasObject { return r.Parts() }

func (r pairRenderer) Layout(size fyne.Size) {
	half, beside := r.halves(size.Width)
	x, y := half+theme.Scaled(theme.Gap), float32(0)
	if !beside {
		x, y = 0, r.first.HeightFor(half)+theme.Scaled(theme.Gap)
	}
	r.first.Move(fyne.NewPos(0, 0))
	r.first.Resize(fyne.NewSize(half, r.first.HeightFor(half)))
	r.second.Move(fyne.NewPos(x, y))
	r.second.Resize(fyne.NewSize(half, r.second.HeightFor(half)))
}

func (r pairRenderer) Refresh() {
	r.Layout(r.Size())
	r.first.Refresh()
	r.second.Refresh()
}
