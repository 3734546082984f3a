package widget

import (
	"image"
	"math"
)

// maxZoom is 600 %: 100 % is a page as large as on paper at 96 canvas units an inch.
const maxZoom = 6 * 96.0 / 72.0

// pageGeometry knows where a page lies in the view: all of it in canvas units but the page's own size in points. It is a
// value; changing a copy changes nothing.
type pageGeometry struct {
	viewW, viewH float32
	pageW, pageH float32
	margin       float32 // free space around the page
	// What lies around the page at hand, in its points: of a page beside it, or of the pages before and after it.
	left, right, above, below float32
	rolling                   bool // pages lie below each other
	fit                       FitMode
	zoom                      float32 // canvas units a point
	x, y                      float32 // of the view's corner, from the page's corner
}

func (g pageGeometry) valid() bool { return g.viewW > 0 && g.viewH > 0 && g.pageW > 0 && g.pageH > 0 }

func (g pageGeometry) width() float32  { return g.pageW * g.zoom }
func (g pageGeometry) height() float32 { return g.pageH * g.zoom }

func (g pageGeometry) fitted(mode FitMode) float32 {
	w, h := g.left+g.pageW+g.right, g.pageH+g.below
	if g.rolling {
		h = g.pageH
	}
	byWidth := (g.viewW - 2*g.edge(g.viewW)) / w
	whole := min(byWidth, (g.viewH-2*g.edge(g.viewH))/h)
	if mode != FitWidth {
		return whole
	}
	wide := min(byWidth, mostWidth*g.viewH/w)
	if g.rolling {
		return wide // the same for pages of every shape
	}
	return max(whole, wide)
}

// mostWidth is how much wider than the view is high a fitted width becomes: on wide screens half of an upright page stays in
// view, and its letters do not become a poster's.
const mostWidth = 1.6

// edge is the free space at each end of a view that is so wide or high: the margin, less in a very small view.
func (g pageGeometry) edge(view float32) float32 { return min(g.margin, view/8) }

func (g pageGeometry) minZoom() float32 { return min(g.fitted(FitPage), maxZoom) / 2 }

// settle brings zoom and place back into their bounds.
func (g *pageGeometry) settle() {
	if !g.valid() {
		return
	}
	if g.fit != FitFree || g.zoom <= 0 {
		g.zoom = g.fitted(g.fit)
	} else {
		g.zoom = min(max(g.zoom, g.minZoom()), maxZoom)
	}
	left, above := g.left*g.zoom, g.above*g.zoom
	g.x = clampPlace(g.x+left, g.width()+left+g.right*g.zoom, g.viewW, g.edge(g.viewW)) - left
	g.y = clampPlace(g.y+above, g.height()+above+g.below*g.zoom, g.viewH, g.edge(g.viewH)) - above
}

// clampPlace centres what is smaller than the view and keeps the rest from being pushed out of it.
func clampPlace(at, page, view, margin float32) float32 {
	if page+2*margin <= view+0.5 {
		return (page - view) / 2
	}
	return min(max(at, -margin), page-view+margin)
}

// toTop shows the page's upper end.
func (g *pageGeometry) toTop() {
	g.y = -g.margin
	g.settle()
}

// pan moves what is shown by a distance of the hand and returns how far it went.
func (g *pageGeometry) pan(dx, dy float32) (movedX, movedY float32) {
	x, y := g.x, g.y
	g.x, g.y = g.x-dx, g.y-dy
	g.settle()
	return x - g.x, y - g.y
}

// magnify changes the zoom by a factor and keeps the point of the page below (atX, atY) of the view where it is.
func (g *pageGeometry) magnify(factor, atX, atY float32) {
	if !g.valid() || factor <= 0 {
		return
	}
	px, py := (g.x+atX)/g.zoom, (g.y+atY)/g.zoom
	g.fit = FitFree
	g.zoom = min(max(g.zoom*factor, g.minZoom()), maxZoom)
	g.x, g.y = px*g.zoom-atX, py*g.zoom-atY
	g.settle()
}

// visible is the part of the page that is in view, within the page's edges.
func (g pageGeometry) visible() PagePart {
	if !g.valid() || g.zoom <= 0 {
		return PagePart{}
	}
	left, top := max(g.x, 0), max(g.y, 0)
	right, bottom := min(g.x+g.viewW, g.width()), min(g.y+g.viewH, g.height())
	return PagePart{left / g.zoom, top / g.zoom, max(right-left, 0) / g.zoom, max(bottom-top, 0) / g.zoom}
}

// show puts a part of the page into the view, as wide as there is room.
func (g *pageGeometry) show(p PagePart) {
	if !g.valid() || p.W <= 0 {
		return
	}
	g.fit = FitFree
	g.zoom = min(max(g.viewW/p.W, g.minZoom()), maxZoom)
	g.x, g.y = p.X*g.zoom, p.Y*g.zoom
	g.settle()
}

// wholeWidth is how wide all that lies side by side is.
func (g pageGeometry) wholeWidth() float32 { return (g.left + g.pageW + g.right) * g.zoom }

// pagePlan is a piece of work for the painter: a page so many pixels large, and the part of it to paint.
type pagePlan struct {
	page   int
	w, h   int
	region image.Rectangle // within w x h
	seen   image.Rectangle // what of it is in view, painted first
}

// plan says what to paint at so many pixels a canvas unit: what is visible with a quarter of the view around it, or the whole page
// where that is not much more.
func (g pageGeometry) plan(page int, scale float32) pagePlan {
	if !g.valid() || g.zoom <= 0 {
		return pagePlan{}
	}
	p := pagePlan{page: page, w: max(round(g.width()*scale), 1), h: max(round(g.height()*scale), 1)}
	all := image.Rect(0, 0, p.w, p.h)
	view := image.Rect(floor(g.x*scale), floor(g.y*scale), ceil((g.x+g.viewW)*scale), ceil((g.y+g.viewH)*scale))
	p.region, p.seen = view.Inset(-min(view.Dx(), view.Dy())/4).Intersect(all), view.Intersect(all)
	if visible := view.Dx() * view.Dy(); p.w*p.h <= visible*3/2 {
		p.region = all
	}
	return p
}

// needed is the part of a plan's page that is visible.
func (g pageGeometry) needed(scale float32) image.Rectangle {
	return image.Rect(floor(g.x*scale), floor(g.y*scale), ceil((g.x+g.viewW)*scale), ceil((g.y+g.viewH)*scale)).
		Intersect(image.Rect(0, 0, round(g.width()*scale), round(g.height()*scale)))
}

func round(v float32) int { return int(math.Round(float64(v))) }
func floor(v float32) int { return int(math.Floor(float64(v))) }
func ceil(v float32) int  { return int(math.Ceil(float64(v))) }
