package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/theme"
)

// Row puts objects beside each other, centred on one line, each as wide as it likes; the one with index stretch takes the rest
// of the width (-1: nobody does). Where that leaves it too little to be read, or where the others have no room themselves, they
// stand below each other. gap is at 100 %.
func Row(gap float32, stretch int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap, stretch: stretch}, objects...)
}

type rowLayout struct {
	gap     float32
	stretch int
	width   float32
}

// takes is the index of what takes the rest of a width: where nothing was chosen for it and there is no room for all, the widest words.
func (l *rowLayout) takes(objects []fyne.CanvasObject, width float32) int {
	if l.stretch >= 0 && l.stretch < len(objects) && objects[l.stretch].Visible() {
		return l.stretch
	}
	at, widest := -1, float32(0)
	if naturalFlow(objects, theme.Scaled(l.gap)) <= width+0.5 {
		return at
	}
	for i, o := range objects {
		if t, ok := o.(*Text); ok && t.Visible() && t.NaturalWidth() > widest {
			at, widest = i, t.NaturalWidth()
		}
	}
	return at
}

func (l *rowLayout) widths(objects []fyne.CanvasObject, width float32) []float32 {
	stretch := l.takes(objects, width)
	ws := make([]float32, len(objects))
	rest, visible := width, 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		visible++
		if i != stretch {
			ws[i] = min(naturalWidth(o), width)
			rest -= ws[i]
		}
	}
	if stretch >= 0 {
		ws[stretch] = max(rest-theme.Scaled(l.gap)*float32(max(visible-1, 0)), 0)
	}
	return ws
}

// broken tells whether the objects have no room beside each other at a width.
func (l *rowLayout) broken(objects []fyne.CanvasObject, width float32) bool {
	if naturalFlow(objects, theme.Scaled(l.gap)) <= width+0.5 {
		return false
	}
	stretch := l.takes(objects, width)
	if stretch < 0 {
		return true
	}
	least := min(naturalWidth(objects[stretch]), leastStretch+leastStretch*theme.Scale())
	return l.widths(objects, width)[stretch] < min(least, width-1)
}

// leastStretch is half of the width at 100 % below which what takes the rest of a row gets a line of its own.
const leastStretch = 60

// fold gives the objects lines: what takes the rest of the width has one of its own, the others flow before and after it.
func (l *rowLayout) fold(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	gap, y := theme.Scaled(min(l.gap, 8)), float32(0)
	below := func(part []fyne.CanvasObject) {
		if naturalFlow(part, 0) == 0 {
			return
		}
		flow, top := &flowLayout{gap: l.gap}, y
		y += gap + flow.arrange(part, width, func(o fyne.CanvasObject, x, dy, w, h float32) { put(o, x, top+dy, w, h) })
	}
	stretch := l.takes(objects, width)
	if stretch < 0 {
		below(objects)
		return y - gap
	}
	below(objects[:stretch])
	o := objects[stretch]
	h := heightFor(o, width)
	put(o, 0, y, width, h)
	y += h + gap
	below(objects[stretch+1:])
	return y - gap
}

func (l *rowLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if l.broken(objects, width) {
		return l.fold(objects, width, func(fyne.CanvasObject, float32, float32, float32, float32) {})
	}
	height := float32(0)
	for i, w := range l.widths(objects, width) {
		if objects[i].Visible() {
			height = max(height, heightFor(objects[i], w))
		}
	}
	return height
}

func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, height, n := float32(0), float32(0), 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		w := o.MinSize().Width
		if i != l.stretch {
			w = naturalWidth(o)
		}
		width, height, n = width+w, max(height, o.MinSize().Height), n+1
	}
	if l.width > 0 {
		height = l.heightFor(objects, l.width)
	}
	return fyne.NewSize(width+theme.Scaled(l.gap)*float32(max(n-1, 0)), height)
}

func (l *rowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	if l.broken(objects, size.Width) {
		l.fold(objects, size.Width, place)
		return
	}
	x := float32(0)
	for i, w := range l.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		h := min(heightFor(o, w), size.Height)
		place(o, x, (size.Height-h)/2, w, h)
		x += w + theme.Scaled(l.gap)
	}
}
