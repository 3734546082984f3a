package widget

import "image"

// What tells a column of text from the white between two of them, as shares of the page.
const (
	columnBand   = 0.12  // of the height, above and below the place that is asked for
	columnGutter = 0.022 // of the width: narrower white is between words
	columnLeast  = 0.12  // of the width: what is narrower is no column
	columnInk    = 30    // a pixel that differs so much from the paper is ink
)

// columnAt finds the column of text at a place of a picture of a whole page: its left and right edge. Places and edges are shares
// of width and height; ok is false where there is none.
func columnAt(img *image.RGBA, x, y float32) (left, right float32, ok bool) {
	if img == nil || img.Bounds().Empty() {
		return 0, 0, false
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	ink := inkedColumns(img, max(int((y-columnBand)*float32(h)), 0), min(int((y+columnBand)*float32(h)), h))
	at := min(max(int(x*float32(w)), 0), w-1)
	gap := max(int(columnGutter*float32(w)), 2)
	from, to := edgeOf(ink, at, -1, gap), edgeOf(ink, at, 1, gap)
	left, right = float32(from)/float32(w), float32(to+1)/float32(w)
	return left, right, right-left >= columnLeast
}

// inkedColumns tells which columns of pixels have ink between two rows.
func inkedColumns(img *image.RGBA, top, bottom int) []bool {
	w := img.Bounds().Dx()
	out := make([]bool, w)
	paper := int(img.Pix[1]) // green of the corner
	for row := top; row < bottom; row++ {
		line := img.Pix[row*img.Stride:]
		for x := range w {
			if d := int(line[4*x+1]) - paper; d > columnInk || d < -columnInk {
				out[x] = true
			}
		}
	}
	return out
}

// edgeOf goes from a column of pixels to a side until so much white follows, and gives the last one with ink.
func edgeOf(ink []bool, at, step, gap int) int {
	last, white := at, 0
	for x := at; x >= 0 && x < len(ink) && white < gap; x += step {
		if white++; ink[x] {
			last, white = x, 0
		}
	}
	return last
}

// showColumn makes the column of text at a place of the view as wide as the view, and leaves the place where it is in height. It
// reports whether there is a column, and it is worth it.
func (v *PageView) showColumn(x, y float32) bool {
	const margin, least = 0.012, 1.15 // of the page's width; how much larger it must become
	g := &v.geo
	px, py := (x+g.x)/g.zoom, (y+g.y)/g.zoom
	left, right, ok := columnAt(v.small[v.page], px/g.pageW, py/g.pageH)
	if !ok {
		return false
	}
	left, right = max(left-margin, 0), min(right+margin, 1)
	zoom := min(g.viewW/((right-left)*g.pageW), maxZoom)
	if zoom < g.zoom*least {
		return false
	}
	g.fit, g.zoom = FitFree, zoom
	g.x, g.y = left*g.pageW*zoom-(g.viewW-(right-left)*g.pageW*zoom)/2, py*zoom-y
	return true
}
