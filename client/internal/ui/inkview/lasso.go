package inkview

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/shared/ink"
)

func inOrder(all []ink.Stroke) []ink.Stroke {
	slices.SortFunc(all, func(a, b ink.Stroke) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// lassoing draws the line around what is to be caught.
type lassoing struct {
	view *View
	to   controller.InkTarget
	way  [][2]float64
}

// carrying moves what was caught.
type carrying struct {
	view     *View
	to       controller.InkTarget
	from, at ink.Point
}

// beginLasso begins another catch, or takes hold of what is caught.
func (v *View) beginLasso(to controller.InkTarget, p ink.Point) deed {
	if b := v.box.Grow(8); len(v.caught) > 0 && p.X >= b.MinX && p.X <= b.MaxX && p.Y >= b.MinY && p.Y <= b.MaxY {
		return &carrying{v, to, p, p}
	}
	v.Release()
	return &lassoing{view: v, to: to, way: [][2]float64{{p.X, p.Y}}}
}

func (l *lassoing) move(p ink.Point) {
	if len(l.way) >= ink.MaxPoints {
		return
	}
	l.way = append(l.way, [2]float64{p.X, p.Y})
	n := len(l.way)
	v := l.view
	v.line(lassoMark, v.spot(l.way[n-2]), v.spot(l.way[n-1]), theme.Color(theme.Accent), 2)
}

func (v *View) spot(p [2]float64) fyne.Position {
	return v.at.Where(p[0], p[1])
}

func (l *lassoing) end(p ink.Point) {
	l.move(p)
	v := l.view
	v.unmark(lassoMark)
	all := v.mine(l.to, false)
	inside := ink.NewIndex(all).Inside(l.way)
	v.catch(slices.DeleteFunc(all, func(s ink.Stroke) bool { return !slices.Contains(inside, s.ID) }))
}

func (l *lassoing) void() { l.view.unmark(lassoMark) }

func (l *lassoing) placed() {
	v := l.view
	v.unmark(lassoMark)
	for i := 1; i < len(l.way); i++ {
		v.line(lassoMark, v.spot(l.way[i-1]), v.spot(l.way[i]), theme.Color(theme.Accent), 2)
	}
}

// catch holds strokes.
func (v *View) catch(all []ink.Stroke) {
	v.caught = all
	for i, s := range all {
		b := boxOf(s)
		if i == 0 {
			v.box = b
		}
		v.box = ink.Box{MinX: min(v.box.MinX, b.MinX), MinY: min(v.box.MinY, b.MinY), MaxX: max(v.box.MaxX, b.MaxX), MaxY: max(v.box.MaxY, b.MaxY)}
	}
	v.frame()
	if v.wishes.Caught != nil {
		v.wishes.Caught()
	}
}

// frame shows the box of what is caught.
func (v *View) frame() {
	v.unmark(lassoMark)
	if len(v.caught) > 0 {
		v.frameAt(0, 0)
	}
}

func (v *View) frameAt(dx, dy float64) {
	b := v.box.Grow(4)
	corners := [][2]float64{{b.MinX + dx, b.MinY + dy}, {b.MaxX + dx, b.MinY + dy}, {b.MaxX + dx, b.MaxY + dy}, {b.MinX + dx, b.MaxY + dy}}
	for i := range corners {
		v.line(lassoMark, v.spot(corners[i]), v.spot(corners[(i+1)%4]), theme.Color(theme.Accent), 2)
	}
}

// Caught is how many strokes the lasso holds.
func (v *View) Caught() int { return len(v.caught) }

// Release lets go what the lasso holds.
func (v *View) Release() {
	v.unmark(tipMark)
	if len(v.caught) == 0 {
		return
	}
	v.caught = nil
	v.frame()
	if v.wishes.Caught != nil {
		v.wishes.Caught()
	}
}

// DeleteCaught takes away what the lasso holds.
func (v *View) DeleteCaught() {
	all := make([]controller.Rubbed, len(v.caught))
	for i, s := range v.caught {
		all[i].Stroke = s
	}
	if len(all) > 0 && v.wishes.Rub != nil {
		v.wishes.Rub(v.shown.Target, all)
	}
	v.Release()
}

func (c *carrying) move(p ink.Point) {
	c.at = p
	c.placed()
}

func (c *carrying) placed() {
	c.view.unmark(lassoMark)
	c.view.frameAt(c.at.X-c.from.X, c.at.Y-c.from.Y)
}

func (c *carrying) void() { c.view.frame() }

func (c *carrying) end(p ink.Point) {
	v := c.view
	dx, dy := p.X-c.from.X, p.Y-c.from.Y
	var all []controller.Rubbed
	var moved []ink.Stroke
	for _, s := range v.caught {
		m, err := s.Moved(controller.NewStroke(), dx, dy)
		if err != nil || !m.OnPage(float64(v.at.W), float64(v.at.H)) {
			v.frame() // it would leave the page: it stays
			return
		}
		all = append(all, controller.Rubbed{Stroke: s, Left: []ink.Stroke{m}})
		moved = append(moved, m)
	}
	if v.wishes.Rub != nil {
		v.wishes.Rub(c.to, all)
	}
	v.catch(moved)
}
