package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/theme"
)

// Equal puts objects beside each other, equally wide but no wider than most (at 100 %), and as high as the highest needs to be.
func Equal(most float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&equalLayout{most: most}, objects...)
}

type equalLayout struct{ most, width float32 }

func (l *equalLayout) each(objects []fyne.CanvasObject, width float32) float32 {
	return min(width/float32(max(len(objects), 1)), theme.Scaled(l.most))
}

func (l *equalLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, heightFor(o, l.each(objects, width)))
	}
	return height
}

func (l *equalLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.width > 0 {
		return fyne.NewSize(narrowest, l.heightFor(objects, l.width))
	}
	height := float32(0)
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return fyne.NewSize(narrowest, height)
}

func (l *equalLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	w := l.each(objects, size.Width)
	for i, o := range objects {
		place(o, float32(i)*w, 0, w, size.Height)
	}
}
