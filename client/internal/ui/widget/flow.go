package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/theme"
)

// Wrapping is implemented by objects whose height depends on the width they are given. The layouts of this package ask for
// it, so that a wrapped title makes its row, its column and the scrolled height grow in one pass.
type Wrapping interface {
	fyne.CanvasObject
	// HeightFor returns the height needed at a width, without changing anything.
	HeightFor(width float32) float32
}

// natural is implemented by objects that know the width they would like to have.
type natural interface {
	NaturalWidth() float32
}

// narrowest is the least width, in pixels of any size of type, that parts which wrap ask for: no screen may need more than the
// width of a small phone.
const narrowest = 200

type wrappingLayout interface {
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// heightFor returns the height an object needs at a width.
func heightFor(o fyne.CanvasObject, width float32) float32 {
	if w, ok := o.(Wrapping); ok {
		return w.HeightFor(width)
	}
	if c, ok := o.(*fyne.Container); ok {
		if l, ok := c.Layout.(wrappingLayout); ok {
			return l.heightFor(c.Objects, width)
		}
	}
	return o.MinSize().Height
}

func naturalWidth(o fyne.CanvasObject) float32 {
	if n, ok := o.(natural); ok {
		return n.NaturalWidth()
	}
	return o.MinSize().Width
}

// Column puts objects below each other, each as wide as the column, with gap (at 100 %) between.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&columnLayout{gap: gap}, objects...)
}

type columnLayout struct {
	gap   float32
	width float32
}

func (l *columnLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	total, n := float32(0), 0
	for _, o := range objects {
		if o.Visible() {
			total += heightFor(o, width)
			n++
		}
	}
	return total + theme.Scaled(l.gap)*float32(max(n-1, 0))
}

func (l *columnLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width, height, n := float32(0), float32(0), 0
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		width, height, n = max(width, m.Width), height+m.Height, n+1
	}
	if l.width > 0 {
		return fyne.NewSize(width, l.heightFor(objects, l.width))
	}
	return fyne.NewSize(width, height+theme.Scaled(l.gap)*float32(max(n-1, 0)))
}

func (l *columnLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 { // it is not on the screen yet
		return
	}
	l.width = size.Width
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := heightFor(o, size.Width)
		place(o, 0, y, size.Width, h)
		y += h + theme.Scaled(l.gap)
	}
}

// Flow puts objects beside each other and begins a new line where the width ends: chips, buttons of a tool row.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap}, objects...)
}

type flowLayout struct {
	gap   float32
	width float32
}

// arrange calls put for each visible object and returns the height used.
func (l *flowLayout) arrange(objects []fyne.CanvasObject, width float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	gap := theme.Scaled(l.gap)
	x, y := float32(0), float32(0)
	var line []flowed
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		w := min(naturalWidth(o), width)
		if x > 0 && x+w > width+0.5 {
			y += putLine(line, y, put) + gap
			x, line = 0, line[:0]
		}
		line = append(line, flowed{o, x, w, heightFor(o, w)})
		x += w + gap
	}
	return y + putLine(line, y, put)
}

type flowed struct {
	object  fyne.CanvasObject
	x, w, h float32
}

// putLine centres the objects of a line on its middle and returns its height.
func putLine(line []flowed, y float32, put func(o fyne.CanvasObject, x, y, w, h float32)) float32 {
	height := float32(0)
	for _, f := range line {
		height = max(height, f.h)
	}
	for _, f := range line {
		put(f.object, f.x, y+(height-f.h)/2, f.w, f.h)
	}
	return height
}

func (l *flowLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return l.arrange(objects, width, func(fyne.CanvasObject, float32, float32, float32, float32) {})
}

func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, o := range objects {
		if o.Visible() {
			widest = max(widest, o.MinSize().Width)
		}
	}
	width := l.width
	if width == 0 {
		width = naturalFlow(objects, theme.Scaled(l.gap))
	}
	return fyne.NewSize(widest, l.heightFor(objects, width))
}

func naturalFlow(objects []fyne.CanvasObject, gap float32) float32 {
	width := float32(0)
	for _, o := range objects {
		if o.Visible() {
			width += naturalWidth(o) + gap
		}
	}
	return max(width-gap, 0)
}

func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.arrange(objects, size.Width, place)
}

// Shift keeps space to the left of an object, at 100 %: rows that belong to the one above them.
func Shift(left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&shiftLayout{left: left}, o)
}

type shiftLayout struct{ left float32 }

func (l *shiftLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return heightFor(objects[0], width-theme.Scaled(l.left))
}

func (l *shiftLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(theme.Scaled(l.left), 0)
}

func (l *shiftLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	left := theme.Scaled(l.left)
	place(objects[0], left, 0, size.Width-left, size.Height)
}

// Inset keeps space around an object: horizontally x, vertically y, at 100 %.
func Inset(x, y float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&insetLayout{x: x, y: y}, o)
}

type insetLayout struct{ x, y float32 }

func (l *insetLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, heightFor(o, width-2*theme.Scaled(l.x)))
	}
	return height + 2*theme.Scaled(l.y)
}

func (l *insetLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return m.AddWidthHeight(2*theme.Scaled(l.x), 2*theme.Scaled(l.y))
}

func (l *insetLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, y := theme.Scaled(l.x), theme.Scaled(l.y)
	for _, o := range objects {
		place(o, x, y, size.Width-2*x, size.Height-2*y)
	}
}

// Narrow keeps an object no wider than limit (at 100 %), centred: forms and lists on wide screens.
func Narrow(limit float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(&narrowLayout{limit: limit}, o)
}

type narrowLayout struct{ limit float32 }

func (l *narrowLayout) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	height := float32(0)
	for _, o := range objects {
		height = max(height, heightFor(o, min(width, theme.Scaled(l.limit))))
	}
	return height
}

func (l *narrowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var m fyne.Size
	for _, o := range objects {
		m = m.Max(o.MinSize())
	}
	return m
}

func (l *narrowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w := min(size.Width, theme.Scaled(l.limit))
	for _, o := range objects {
		place(o, (size.Width-w)/2, 0, w, size.Height)
	}
}
