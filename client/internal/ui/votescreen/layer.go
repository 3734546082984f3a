package votescreen

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

func scaleNow() float32 { return theme.Scale() }

func timeLeft(d time.Duration) string { return words.T("vote.left", words.Span(d)) }

// layer covers a window: a veil with a paper in the middle, or one line at the lower edge with all above it free. While it has
// nothing to show it is empty, never hidden: the toolkit forgets within a minute where a hidden object belongs, and a window
// at rest would then not be painted when the vote comes.
type layer struct {
	fynewidget.BaseWidget
	veil    *veil
	paper   *canvas.Rectangle
	scroll  *widget.Scroll
	content fyne.CanvasObject
	foot    *fyne.Container // stays in sight below what is scrolled
	width   float32
	small   bool
}

func newLayer() *layer {
	l := &layer{veil: newVeil(), paper: canvas.NewRectangle(nil), scroll: widget.NewScroll(widget.Column(0)), foot: widget.Column(0)}
	l.ExtendBaseWidget(l)
	return l
}

// page is what a layer shows: at most that wide. The foot may be nil; it stays in sight where it leaves room for the rest.
type page struct {
	content fyne.CanvasObject
	foot    fyne.CanvasObject
	width   float32
}

// ring is the room that the ring of the keyboard's focus and heavier borders need inside of what is clipped.
const ring = 5

// show puts a page on the layer; nil empties it.
func (l *layer) show(p *page, small bool) {
	if p == nil {
		if l.content == nil {
			return // nothing is painted anew
		}
		l.content = nil
		l.scroll.SetColumn(widget.Column(0))
		l.Refresh()
		return
	}
	l.foot.Objects = nil
	if p.foot != nil {
		l.foot.Objects = []fyne.CanvasObject{p.foot}
	}
	l.content, l.width, l.small = widget.Inset(ring, ring, p.content), p.width, small
	l.scroll.SetColumn(l.content)
	l.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (l *layer) CreateRenderer() fyne.WidgetRenderer { return &layerRenderer{l} }

type layerRenderer struct{ *layer }

func (r *layerRenderer) Destroy()           {}
func (r *layerRenderer) MinSize() fyne.Size { return fyne.NewSize(0, 0) }

func (r *layerRenderer) Objects() []fyne.CanvasObject {
	if r.content == nil {
		return nil
	}
	if r.small {
		return []fyne.CanvasObject{r.paper, r.scroll, r.foot}
	}
	return []fyne.CanvasObject{r.veil, r.paper, r.scroll, r.foot}
}

func (r *layerRenderer) Layout(size fyne.Size) {
	if r.content == nil {
		return
	}
	edge, pad := theme.Scaled(24), theme.Scaled(28)
	if size.Width < theme.Scaled(560) {
		edge, pad = theme.Scaled(8), theme.Scaled(16)
	}
	if r.small {
		edge, pad = 0, theme.Scaled(12)
	}
	w := size.Width - 2*edge
	if !r.small {
		w = min(w, theme.Scaled(r.width))
	}
	// The first pass tells the contents their width, the second their height.
	r.content.Resize(fyne.NewSize(w-2*pad, size.Height))
	r.foot.Resize(fyne.NewSize(w-2*pad, size.Height))
	foot := r.foot.MinSize().Height
	if foot > 0 {
		foot += theme.Scaled(12)
	}
	h := min(r.content.MinSize().Height+foot+2*pad, size.Height-2*edge)
	x, y := (size.Width-w)/2, (size.Height-h)/2
	if r.small {
		h = min(h, size.Height/2)
		y = size.Height - h
	}
	r.veil.Resize(size)
	r.paper.FillColor, r.paper.StrokeColor, r.paper.StrokeWidth = theme.Color(theme.Paper), theme.Color(theme.Line), 1
	r.paper.CornerRadius = theme.Scaled(theme.Radius)
	if r.small {
		r.paper.FillColor, r.paper.CornerRadius = theme.Color(theme.Soft), 0
	}
	put(r.paper, x, y, w, h)
	put(r.scroll, x+pad, y+pad, w-2*pad, h-2*pad-foot)
	put(r.foot, x+pad, y+h-pad-foot+theme.Scaled(12), w-2*pad, max(foot-theme.Scaled(12), 0))
}

func (r *layerRenderer) Refresh() {
	r.Layout(r.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
	widget.Repaint(r.layer) // of the objects, the window knows nothing yet
}

func put(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// veil takes every press, so that nothing below can be pressed by accident.
type veil struct{ fynewidget.BaseWidget }

func newVeil() *veil {
	v := &veil{}
	v.ExtendBaseWidget(v)
	return v
}

// Tapped implements fyne.Tappable: a press beside the paper does nothing.
func (*veil) Tapped(*fyne.PointEvent) {}

// Scrolled implements fyne.Scrollable.
func (*veil) Scrolled(*fyne.ScrollEvent) {}

// Dragged implements fyne.Draggable.
func (*veil) Dragged(*fyne.DragEvent) {}

// DragEnd implements fyne.Draggable.
func (*veil) DragEnd() {}

// CreateRenderer implements fyne.Widget.
func (v *veil) CreateRenderer() fyne.WidgetRenderer {
	r := canvas.NewRectangle(theme.Color(theme.Scrim))
	return &veilRenderer{r, fynewidget.NewSimpleRenderer(r)}
}

type veilRenderer struct {
	ground *canvas.Rectangle
	fyne.WidgetRenderer
}

func (r *veilRenderer) Refresh() {
	r.ground.FillColor = theme.Color(theme.Scrim)
	r.WidgetRenderer.Refresh()
}
