package votescreen

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/widget"
)

// middle puts a column into the middle of the height there is; one that is higher is scrolled.
type middle struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	scroll  *widget.Scroll
}

func newMiddle(content fyne.CanvasObject) *middle {
	m := &middle{content: content, scroll: widget.NewScroll(content)}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *middle) CreateRenderer() fyne.WidgetRenderer { return &middleRenderer{m} }

type middleRenderer struct{ *middle }

func (r *middleRenderer) Destroy()                     {}
func (r *middleRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.scroll} }
func (r *middleRenderer) MinSize() fyne.Size           { return fyne.NewSize(280, 120) }
func (r *middleRenderer) Refresh()                     { r.scroll.Refresh() }

func (r *middleRenderer) Layout(size fyne.Size) {
	r.content.Resize(size) // the first pass tells the width
	h := min(r.content.MinSize().Height, size.Height)
	put(r.scroll, 0, (size.Height-h)/2, size.Width, h)
}
