package pane

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
)

// Columns lays scrolled columns side by side with a quiet line between, as many as the width has room for. The main one takes
// what is left by the others.
type Columns struct {
	fynewidget.BaseWidget
	// OnPlan is called during the layout when another plan came into use; may be nil.
	OnPlan func()
	// OnScrolled is called after a column was scrolled; may be nil.
	OnScrolled func()

	plans   []Plan
	scrolls []*widget.Scroll
	lines   []*canvas.Line
	plan    int // index of the plan in use, -1 before the first layout
}

// Plan says how the columns are from a width on.
type Plan struct {
	// From is the least width of the whole for this plan, at 100 %.
	From float32
	// Columns has each column's parts, from above to below.
	Columns [][]fyne.CanvasObject
	// Widths has each column's width at 100 %; 0 takes what is left.
	Widths []float32
}

// NewColumns makes them; plans go from wide to narrow, the last has From 0.
func NewColumns(plans ...Plan) *Columns {
	c := &Columns{plans: plans, plan: -1}
	c.ExtendBaseWidget(c)
	return c
}

func (c *Columns) choose(width float32) int {
	for i, p := range c.plans {
		if width >= theme.Scaled(p.From) {
			return i
		}
	}
	return len(c.plans) - 1
}

func (c *Columns) arrange(plan int) {
	c.plan = plan
	// The old columns let go of the parts before the new ones take them.
	for _, s := range c.scrolls {
		s.SetColumn(widget.Column(0))
	}
	c.scrolls, c.lines = nil, nil
	for i, parts := range c.plans[plan].Columns {
		s := widget.NewScroll(widget.Inset(16, 16, widget.Column(16, parts...)))
		s.OnScrolled = func(fyne.Position) { c.scrolled() }
		c.scrolls = append(c.scrolls, s)
		if i > 0 {
			c.lines = append(c.lines, canvas.NewLine(nil))
		}
	}
}

func (c *Columns) scrolled() {
	if c.OnScrolled != nil {
		c.OnScrolled()
	}
}

// Around is the scroll that a part lies in by the plan in use, nil where it lies in none.
func (c *Columns) Around(part fyne.CanvasObject) *widget.Scroll {
	if c.plan < 0 {
		return nil
	}
	for i, parts := range c.plans[c.plan].Columns {
		if slices.Contains(parts, part) {
			return c.scrolls[i]
		}
	}
	return nil
}

// Narrowest tells whether the last plan is in use: one column for all. Before the first layout it is not.
func (c *Columns) Narrowest() bool { return c.plan == len(c.plans)-1 }

// filled tells whether a column has anything to show; one without takes no room.
func (c *Columns) filled(column int) bool {
	return slices.ContainsFunc(c.plans[c.plan].Columns[column], fyne.CanvasObject.Visible)
}

// Reveal scrolls a column so that what lies at y in it is in its upper part. With one column for all it does nothing.
func (c *Columns) Reveal(column int, y float32) {
	if c.plan < 0 || c.Narrowest() {
		return
	}
	s := c.scrolls[column]
	most := max(s.Content.MinSize().Height-s.Size().Height, 0)
	s.Offset.Y = min(max(y-s.Size().Height/4, 0), most)
	s.Refresh()
	c.scrolled()
}

// Parts are the columns.
func (c *Columns) Parts() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(c.scrolls))
	for i, s := range c.scrolls {
		out[i] = s
	}
	return out
}

// CreateRenderer implements fyne.Widget.
func (c *Columns) CreateRenderer() fyne.WidgetRenderer { return &columnsRenderer{c} }

type columnsRenderer struct{ *Columns }

func (r *columnsRenderer) Destroy()           {}
func (r *columnsRenderer) MinSize() fyne.Size { return fyne.NewSize(280, 120) }

func (r *columnsRenderer) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, 0, len(r.scrolls)+len(r.lines))
	for i, s := range r.scrolls {
		if !r.filled(i) {
			continue
		}
		objects = append(objects, s)
		if i > 0 {
			objects = append(objects, r.lines[i-1])
		}
	}
	return objects
}

// Layout waits for a width: the columns would lay out all that is in them at one that nobody sees.
func (r *columnsRenderer) Layout(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	if plan := r.choose(size.Width); plan != r.plan {
		r.arrange(plan)
		if r.OnPlan != nil {
			r.OnPlan()
			size = r.Size() // what it showed may have left less of the screen
		}
	}
	widths := r.plans[r.plan].Widths
	rest := size.Width
	for i, w := range widths {
		if r.filled(i) {
			rest -= theme.Scaled(w)
		}
	}
	x := float32(0)
	for i, s := range r.scrolls {
		if !r.filled(i) {
			continue
		}
		w := theme.Scaled(widths[i])
		if w == 0 {
			w = rest
		}
		left, edge := x, x
		if theme.LeftHand() { // the first column is at the right then
			left, edge = size.Width-x-w, size.Width-x
		}
		s.Move(fyne.NewPos(left, 0))
		s.Resize(fyne.NewSize(w, size.Height))
		if i > 0 {
			l := r.lines[i-1]
			l.Position1, l.Position2 = fyne.NewPos(edge, 0), fyne.NewPos(edge, size.Height)
			l.StrokeColor, l.StrokeWidth = theme.Color(theme.Line), 1
		}
		x += w
	}
}

func (r *columnsRenderer) Refresh() {
	r.Layout(r.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
