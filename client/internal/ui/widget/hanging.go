package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/theme"
)

// Hanging puts a mark beside the first line of what it belongs to: a list's number beside its item. gap is at 100 %.
func Hanging(gap float32, mark, of fyne.CanvasObject) *fyne.Container {
	return container.New(&hangingLayout{gap: gap}, mark, of)
}

type hangingLayout struct {
	gap   float32
	width float32
}

func (l *hangingLayout) split(objects []fyne.CanvasObject, width float32) (mark, left, rest float32) {
	mark = min(naturalWidth(objects[0]), width/2)
	left = mark + theme.Scaled(l.gap)
	return mark, left, max(width-left, 0)
}

func (l *hangingLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	mark, _, rest := l.split(objects, width)
	return max(heightFor(objects[0], mark), heightFor(objects[1], rest))
}

func (l *hangingLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	a, b := objects[0].MinSize(), objects[1].MinSize()
	m := fyne.NewSize(min(a.Width+theme.Scaled(l.gap)+b.Width, narrowest), max(a.Height, b.Height))
	if l.width > 0 {
		m.Height = l.heightFor(objects, l.width)
	}
	return m
}

func (l *hangingLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	mark, left, rest := l.split(objects, size.Width)
	place(objects[0], 0, 0, mark, heightFor(objects[0], mark))
	place(objects[1], left, 0, rest, heightFor(objects[1], rest))
}
