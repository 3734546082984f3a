package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Halves puts two objects beside each other, each with half of the place.
func Halves(left, right fyne.CanvasObject) *fyne.Container {
	return container.New(halvesLayout{}, left, right)
}

type halvesLayout struct{}

func (halvesLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(narrowest, max(a.Height, b.Height))
}

func (halvesLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const gap = 2
	w := (size.Width - gap) / 2
	place(objects[0], 0, 0, w, size.Height)
	place(objects[1], w+gap, 0, w, size.Height)
}
