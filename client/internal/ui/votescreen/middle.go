package votescreen

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/widget"
)

// middle puts a column into the middle of the height there is, in the largest of some sizes that fits; one that is still higher
// is scrolled.
type middle struct {
	fynewidget.BaseWidget
	build  func(size int) fyne.CanvasObject
	sizes  int
	scroll *widget.Scroll
	fitted fyne.Size // for which the size was chosen
	height float32   // of what is shown
}

// newMiddle makes one of so many sizes, 0 being the largest.
func newMiddle(sizes int, build func(size int) fyne.CanvasObject) *middle {
	m := &middle{build: build, sizes: sizes, scroll: widget.NewScroll(widget.Column(0))}
	m.ExtendBaseWidget(m)
	return m
}

// fit chooses what to show for a place.
func (m *middle) fit(place fyne.Size) {
	if m.fitted == place {
		return
	}
	m.fitted = place
	for size := range m.sizes {
		content := m.build(size)
		content.Resize(place) // the first pass tells the width
		m.height = content.MinSize().Height
		if m.height <= place.Height || size == m.sizes-1 {
			m.scroll.SetColumn(content)
			return
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (m *middle) CreateRenderer() fyne.WidgetRenderer { return &middleRenderer{m} }

type middleRenderer struct{ *middle }

func (r *middleRenderer) Destroy()                     {}
func (r *middleRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.scroll} }
func (r *middleRenderer) MinSize() fyne.Size           { return fyne.NewSize(280, 120) }
func (r *middleRenderer) Refresh()                     { r.scroll.Refresh() }

func (r *middleRenderer) Layout(size fyne.Size) {
	r.fit(size)
	h := min(r.height, size.Height)
	put(r.scroll, 0, (size.Height-h)/2, size.Width, h)
}
