package inkview

import (
	"image/color"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/shared/ink"
)

// tipRadius are the eraser's sizes in canvas units, by the width chosen.
var tipRadius = [ink.Widths]float32{8, 14, 26}

func (v *View) tipSize() float32 {
	_, width := v.shown.Hand.Look()
	return theme.Scaled(tipRadius[min(max(width, 0), ink.Widths-1)])
}

func (v *View) showTip(at fyne.Position) {
	v.unmark(tipMark)
	v.circle(tipMark, at, v.tipSize(), color.NRGBA{255, 255, 255, 90}, theme.Color(theme.Secondary), 1.5)
}

// mine lists the strokes of the layer in the hand that one may take away; whole ones of everybody for the chair.
func (v *View) mine(to controller.InkTarget, whole bool) []ink.Stroke {
	if !to.Shared {
		return v.shown.Private.Page(to.Page)
	}
	all := v.shown.Shared.Page(to.Page)
	if whole && v.shown.Any {
		return all
	}
	kept := all[:0]
	for _, s := range all {
		if s.Author == string(v.shown.Me) {
			kept = append(kept, s)
		}
	}
	return kept
}

// rubbing is an eraser on its way. What it took is gone from the screen at once, and from the layer when it lifts.
type rubbing struct {
	view   *View
	to     controller.InkTarget
	partly bool
	last   ink.Point
	index  *ink.Index
	// there are strokes and pieces as they are now, roots the stroke that each piece is of.
	there map[string]ink.Stroke
	roots map[string]string
	first map[string]ink.Stroke // strokes that were touched
}

func newRubbing(v *View, to controller.InkTarget, p ink.Point, partly bool) *rubbing {
	r := &rubbing{view: v, to: to, partly: partly, last: p, there: map[string]ink.Stroke{}, roots: map[string]string{}, first: map[string]ink.Stroke{}}
	all := v.mine(to, !partly)
	r.index = ink.NewIndex(all)
	for _, s := range all {
		r.there[s.ID], r.roots[s.ID] = s, s.ID
	}
	r.move(p)
	return r
}

func (r *rubbing) move(p ink.Point) {
	v := r.view
	v.showTip(v.at.Where(p.X, p.Y))
	radius := float64(v.tipSize() / v.at.Zoom)
	hit := r.index.Hit(r.last.X, r.last.Y, p.X, p.Y, radius)
	changed := false
	for _, id := range hit {
		changed = r.rub(id, p, radius) || changed
	}
	r.last = p
	if changed {
		r.show()
	}
}

// rub takes a stroke or piece away, or what of it lies on the eraser's way.
func (r *rubbing) rub(id string, p ink.Point, radius float64) bool {
	s := r.there[id]
	var left []ink.Stroke
	if r.partly {
		var touched bool
		if left, touched = s.Erase(r.last.X, r.last.Y, p.X, p.Y, radius, func(int) string { return controller.NewStroke() }); !touched {
			return false
		}
	}
	root := r.roots[id]
	if root == id {
		r.first[id] = s
	}
	delete(r.there, id)
	delete(r.roots, id)
	r.index.Remove(id)
	for _, piece := range left {
		r.there[piece.ID], r.roots[piece.ID] = piece, root
		r.index.Add(piece)
	}
	return true
}

// show has the page without what is gone, and with what is left.
func (r *rubbing) show() {
	v := r.view
	v.gone, v.pieces = map[string]bool{}, nil
	for id := range r.first {
		v.gone[id] = true
	}
	for _, all := range r.rubbed() {
		v.pieces = append(v.pieces, all.Left...)
	}
	v.compose(func() {})
	v.plan()
}

// rubbed is what became of each stroke that was touched.
func (r *rubbing) rubbed() []controller.Rubbed {
	left := map[string][]ink.Stroke{}
	for id, root := range r.roots {
		if id != root {
			left[root] = append(left[root], r.there[id])
		}
	}
	out := make([]controller.Rubbed, 0, len(r.first))
	for id, s := range r.first {
		out = append(out, controller.Rubbed{Stroke: s, Left: inOrder(left[id])})
	}
	return out
}

func (r *rubbing) end(p ink.Point) {
	r.move(p)
	r.view.unmark(tipMark)
	all := r.rubbed()
	if len(all) > 0 && r.view.wishes.Rub != nil {
		r.view.wishes.Rub(r.to, all)
	}
	r.restore()
}

func (r *rubbing) void() {
	r.view.unmark(tipMark)
	r.restore()
}

// restore shows what the layers say.
func (r *rubbing) restore() {
	v := r.view
	v.gone, v.pieces = map[string]bool{}, nil
	v.layers = [2]ink.Layer{v.shown.Shared, v.shown.Private}
	v.compose(v.swap())
	v.plan()
}

func (r *rubbing) placed() {}
