package widget

import (
	"image"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Layout says how the pages of a document lie in a view.
type Layout int

// The layouts: one page at a time; two side by side, beginning with the first two or with the first one alone, as a book's cover;
// all of them below each other, as wide as each other, to be scrolled.
const (
	OnePage Layout = iota
	TwoPages
	TwoPagesCover
	Rolling
)

// two reports whether pages lie side by side.
func (l Layout) two() bool { return l == TwoPages || l == TwoPagesCover }

const (
	pairGap    = 0.02 // between two pages, of the page's width
	mostLeaves = 6    // pages beside the one at hand that are shown at once
	leafBudget = 24 << 20
)

// Leaves are the views of the other pages that are shown beside the one at hand. They take no input.
func (v *PageView) Leaves() []*PageView {
	return slices.DeleteFunc(slices.Clone(v.leaves), func(l *PageView) bool { return l.parts.clip.Hidden })
}

// SetLayout changes how pages lie beside each other. The page at hand stays.
func (v *PageView) SetLayout(l Layout) {
	if v.layout == l {
		return
	}
	v.layout = l
	v.closeLeaves() // another layout has other ones, or none
	v.geo.rolling = l == Rolling
	if v.geo.rolling && v.geo.fit == FitPage {
		v.geo.fit = FitWidth
	}
	if v.source != nil {
		v.geo = v.geoOf(v.page)
	}
	v.moved(true)
}

// Layout returns how pages lie beside each other.
func (v *PageView) Layout() Layout { return v.layout }

// SetLast bounds the pages that are shown beside the one at hand and that can be scrolled to: none after page is, 0 for no bound.
func (v *PageView) SetLast(page int) {
	if v.last == page {
		return
	}
	v.last = page
	if v.source != nil {
		v.geo = v.spread(v.geo, v.page)
		v.moved(true)
	}
}

// lastPage is the last one that is shown.
func (v *PageView) lastPage() int {
	n := v.source.Pages()
	if v.last > 0 && v.last < n {
		return max(v.last, v.page)
	}
	return n
}

// pair gives the pages that lie side by side with a page; right is 0 where nothing does.
func (v *PageView) pair(page int) (left, right int) {
	left = page
	switch {
	case v.layout == TwoPages && page%2 == 0, v.layout == TwoPagesCover && page%2 == 1 && page > 1:
		left = page - 1
	case v.layout == TwoPagesCover && page == 1:
		return 1, 0
	}
	if left+1 > v.lastPage() {
		return left, 0
	}
	return left, left + 1
}

// partner is the page that lies beside a page, 0 for none.
func (v *PageView) partner(page int) int {
	if !v.layout.two() {
		return 0
	}
	left, right := v.pair(page)
	if page == left {
		return right
	}
	return left
}

// after is the page to turn to from the one at hand: pages that lie side by side are turned together.
func (v *PageView) after(step int) int {
	if v.source == nil || !v.layout.two() {
		return v.page + step
	}
	left, right := v.pair(v.page)
	if step < 0 {
		before, _ := v.pair(max(left-1, 1))
		if left == 1 {
			return left
		}
		return before
	}
	return max(left, right) + 1
}

// After is the page that a step leads to from the one at hand: pages that lie side by side are turned together.
func (v *PageView) After(step int) int { return v.after(step) }

// Turned gives the first and last of the pages that are turned together.
func (v *PageView) Turned() (first, last int) {
	if v.source == nil || !v.layout.two() {
		return v.page, v.page
	}
	first, last = v.pair(v.page)
	return first, max(first, last)
}

// geoOf is the geometry of a page that is turned to: from its top, at the size at hand.
func (v *PageView) geoOf(page int) pageGeometry {
	g := v.spread(v.geo, page)
	g.toTop()
	return g
}

// spread gives a geometry the size of a page and of what lies around it.
func (v *PageView) spread(g pageGeometry, page int) pageGeometry {
	g.pageW, g.pageH = v.pageSize(page)
	g.left, g.right, g.above, g.below = 0, 0, 0, 0
	switch {
	case v.layout == Rolling:
		c := v.column()
		g.above = g.pageW * float32(c[page-1])
		g.below = g.pageW * float32(c[max(v.lastPage(), page)]-c[page])
	case v.layout.two():
		other := v.partner(page)
		if other == 0 {
			break
		}
		w, h := v.pageSize(other)
		gap := pairGap * g.pageW
		if other > page {
			g.right = gap + w
		} else {
			gap = pairGap * w
			g.left = gap + w
		}
		g.below = max(h-g.pageH, 0)
	}
	return g
}

// column has where the pages of a rolling document begin, for pages of width 1: page n lies between n-1 and n.
func (v *PageView) column() []float64 {
	if len(v.heights) == v.source.Pages()+1 {
		return v.heights
	}
	v.heights = make([]float64, v.source.Pages()+1)
	for n := 1; n < len(v.heights); n++ {
		w, h := v.pageSize(n)
		v.heights[n] = v.heights[n-1] + float64(h/w) + pairGap
	}
	return v.heights
}

// pageSize is a page's size in points as it lies in the view.
func (v *PageView) pageSize(page int) (w, h float32) {
	w, h = v.source.PageSize(page)
	if v.quarter.sideways() {
		return h, w
	}
	return w, h
}

// beside is the geometry with another page of those in view at hand, so that nothing moves on the screen; ok is false where the
// page does not lie beside the one at hand.
func (v *PageView) beside(page int) (g pageGeometry, ok bool) {
	switch {
	case !v.geo.valid() || v.geo.zoom <= 0:
		return g, false
	case v.layout == Rolling:
		g = v.spread(v.geo, page)
		g.zoom = v.geo.width() / g.pageW
		g.y -= v.geo.width() * float32(v.column()[page-1]-v.column()[v.page-1])
		return g, true
	case v.partner(v.page) == page && page > 0:
		g = v.spread(v.geo, page)
		if page > v.page {
			g.x -= (v.geo.pageW * (1 + pairGap)) * g.zoom
		} else {
			g.x += v.geo.left * g.zoom
		}
		return g, true
	}
	return g, false
}

// around lists the pages to be shown beside the one at hand: those in view first, then what comes into view next.
func (v *PageView) around() []int {
	if v.source == nil || !v.geo.valid() || v.geo.zoom <= 0 {
		return nil
	}
	if other := v.partner(v.page); other > 0 {
		return []int{other}
	}
	if v.layout != Rolling {
		return nil
	}
	var out []int
	c, last := v.column(), v.lastPage()
	top := func(n int) float32 { return v.geo.width()*float32(c[n-1]-c[v.page-1]) - v.geo.y }
	down, up := v.page+1, v.page-1
	for before := -1; len(out) != before && len(out) < mostLeaves; { // one to each side in turn, so that neither is left white
		before = len(out)
		if down <= last && top(down) < v.geo.viewH {
			out, down = append(out, down), down+1
		}
		if up >= 1 && top(up+1) > 0 {
			out, up = append(out, up), up-1
		}
	}
	if down <= last {
		out = append(out, down)
	}
	if up >= 1 {
		out = append(out, up)
	}
	return out[:min(len(out), mostLeaves)]
}

// placeLeaves shows the other pages where they lie.
func (v *PageView) placeLeaves() {
	if v.host != nil || !v.parts.made {
		return
	}
	pages := v.around()
	changed := false
	var free []*PageView
	at := map[int]*PageView{}
	for _, l := range v.leaves {
		if slices.Contains(pages, l.page) && !l.parts.clip.Hidden {
			at[l.page] = l
		} else {
			free = append(free, l)
		}
	}
	for _, page := range pages {
		l := at[page]
		if l == nil {
			changed = true
			if len(free) == 0 {
				free = append(free, v.newLeaf())
			}
			l, free = free[0], free[1:]
		}
		v.placeLeaf(l, page)
	}
	for _, l := range free {
		if !l.parts.clip.Hidden {
			changed = true
			l.parts.clip.Hide()
			l.page = 0
			l.place()
		}
	}
	if changed && v.OnLeaves != nil && !v.telling {
		v.telling = true
		v.OnLeaves()
		v.telling = false
	}
}

// newLeaf makes a view for another page. Its parts lie among those of its host: it is no widget of its own, so that every event
// reaches the host.
func (v *PageView) newLeaf() *PageView {
	l := NewPageView()
	l.host, l.paper, l.quarter, l.source = v, v.paper, v.quarter, v.source
	l.page = 0
	if v.OnLeaf != nil {
		v.OnLeaf(l)
	}
	l.make()
	l.parts.clip.Hide()
	v.leaves = append(v.leaves, l)
	v.parts.leaves.Add(l.parts.clip)
	return l
}

func (v *PageView) placeLeaf(l *PageView, page int) {
	fresh := l.page != page || l.parts.clip.Hidden
	if l.painter == nil {
		l.source = v.source
		l.startPainter()
	}
	if fresh {
		l.page, l.failed, l.sharp = page, nil, v.held(page)
		l.ready, l.small = map[int]painted{}, map[int]*image.RGBA{}
		if small := v.small[page]; small != nil {
			l.small[page] = small
		}
	}
	l.geo, _ = v.beside(page)
	place(l.parts.clip, 0, 0, v.geo.viewW, v.geo.viewH)
	l.parts.clip.Hidden = false
	l.place()
	if l.lacks() {
		l.orderSoon(fresh || l.sharp.page != page)
	}
}

// held is the picture of a page that is at hand already, because it was painted as a neighbour or by another view.
func (v *PageView) held(page int) painted {
	if p, ok := v.ready[page]; ok {
		return p
	}
	return v.handed[page]
}

// hand keeps what is painted of the pages in view for when they change places.
func (v *PageView) hand() {
	v.handed = map[int]painted{}
	for _, l := range append(v.Leaves(), v) {
		if l.sharp.img != nil && l.sharp.page == l.page {
			v.handed[l.page] = l.sharp
		}
		if s := l.small[l.page]; s != nil {
			v.small[l.page] = s
		}
	}
}

// lacks reports whether something of what is in view, or will be next, is not painted sharp.
func (v *PageView) lacks() bool {
	return v.source != nil && !(v.sharp.covers(v.geo.plan(v.page, v.scale()), v.geo.needed(v.scale())) && v.sharp.best)
}

// orderSoon has painted what is missing: now, or when the hand rests.
func (v *PageView) orderSoon(now bool) {
	if now {
		v.order()
		return
	}
	const pause = 120 * time.Millisecond
	if v.settled != nil {
		v.settled.Stop()
	}
	v.settled = time.AfterFunc(pause, v.orderLater)
}

// roll has the page at hand be the one that is read, while the pages are scrolled.
func (v *PageView) roll() {
	if v.layout != Rolling || v.source == nil || !v.geo.valid() || v.OnTurn == nil {
		return
	}
	c, last := v.column(), v.lastPage()
	line := float64(v.geo.y+0.4*v.geo.viewH)/float64(v.geo.width()) + c[v.page-1]
	page := v.page
	for page < last && c[page] <= line {
		page++
	}
	for page > 1 && c[page-1] > line {
		page--
	}
	if page != v.page && page != v.rolled {
		v.rolled = page
		v.OnTurn(page)
	}
}

// leafAt is the page beside the one at hand that lies below a place of the view, 0 for none.
func (v *PageView) leafAt(at fyne.Position) int {
	within := func(g pageGeometry) bool {
		return at.X >= -g.x && at.Y >= -g.y && at.X < -g.x+g.width() && at.Y < -g.y+g.height()
	}
	if v.source == nil || within(v.geo) {
		return 0
	}
	for _, l := range v.Leaves() {
		if within(l.geo) {
			return l.page
		}
	}
	return 0
}

// closeLeaves ends the background work of the other pages' views and lets their pictures go. They may be shown again.
func (v *PageView) closeLeaves() {
	for _, l := range v.leaves {
		l.release()
		l.source, l.sharp, l.page, l.ready, l.small = nil, painted{}, 0, nil, nil
		l.parts.clip.Hide()
		l.place()
	}
}

// leavesBelow is where the parts of the other pages' views lie.
func leavesBelow() *fyne.Container { return container.NewWithoutLayout() }
