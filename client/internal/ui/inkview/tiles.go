package inkview

import (
	"image"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/client/internal/ui/mainthread"
	"phonghop/shared/ink"
)

// tiles is what is dry on the page: pictures of its parts, for one size. All of it lives on the main goroutine but the baker.
type tiles struct {
	baker  *baker
	tip    brush
	holder *fyne.Container // of the pictures
	number int             // of the last order
	busy   bool            // it is not done yet
	scale  float64         // pixels a point of those that are shown
	next   float64         // of those that are being baked
	fresh  map[image.Point]*tile
	all    map[image.Point]*tile
	waits  *time.Timer

	strokes []ink.Stroke
	under   *image.RGBA
	drying  []drying
	changed func()                        // something else is to be seen
	turned  func(*image.RGBA) *image.RGBA // pictures as they are seen
}

// tile is a part of the page; pixels are nil where nothing lies on it.
type tile struct {
	pixels  *image.RGBA
	picture *canvas.Image
	stale   bool
}

// drying is what is shown of a stroke until the tiles have it.
type drying struct {
	number int
	remove func()
}

func newTiles(holder *fyne.Container, changed func()) *tiles {
	t := &tiles{holder: holder, all: map[image.Point]*tile{}, changed: changed, turned: func(img *image.RGBA) *image.RGBA { return img }}
	t.baker = newBaker(func(b baked) { mainthread.Do(func() { t.take(b) }) })
	return t
}

func (t *tiles) close() {
	if t.waits != nil {
		t.waits.Stop()
	}
	t.baker.close()
	t.clear()
	t.strokes = nil
}

// clear forgets all pictures.
func (t *tiles) clear() {
	t.all, t.fresh, t.scale, t.next = map[image.Point]*tile{}, nil, 0, 0
	t.holder.Objects = nil
	t.number++
	t.busy = false
	t.dry(t.number)
}

// dry removes what the tiles have now.
func (t *tiles) dry(number int) {
	left := t.drying[:0]
	for _, d := range t.drying {
		if d.number <= number {
			d.remove()
		} else {
			left = append(left, d)
		}
	}
	t.drying = left
}

// show changes what lies on the page. after is called once it is drawn.
func (t *tiles) show(strokes []ink.Stroke, after func()) {
	old := t.strokes
	t.strokes = strokes
	added, touched := changes(old, strokes)
	t.change(added, touched, after)
}

// grow is show with strokes more, on top of those that are there.
func (t *tiles) grow(added []ink.Stroke, after func()) {
	t.strokes = append(t.strokes, added...)
	t.change(added, nil, after)
}

func (t *tiles) change(added, touched []ink.Stroke, after func()) {
	if !t.busy && touched == nil && t.scale > 0 && len(added) <= 64 {
		for _, s := range added {
			t.add(s)
		}
		after()
		return
	}
	for _, s := range append(touched, added...) {
		t.spoil(s)
	}
	t.drying = append(t.drying, drying{t.number + 1, after})
}

// changes lists the strokes that were put on top, and, where more than that has changed, all others that came or went.
func changes(old, fresh []ink.Stroke) (added, touched []ink.Stroke) {
	same := 0
	for same < len(old) && same < len(fresh) && old[same].ID == fresh[same].ID {
		same++
	}
	if same == len(old) {
		return fresh[same:], nil
	}
	was := make(map[string]bool, len(old)-same)
	for _, s := range old[same:] {
		was[s.ID] = true
	}
	is := make(map[string]bool, len(fresh)-same)
	for _, s := range fresh[same:] {
		is[s.ID] = true
		if !was[s.ID] {
			touched = append(touched, s)
		}
	}
	for _, s := range old[same:] {
		if !is[s.ID] {
			touched = append(touched, s)
		}
	}
	return nil, touched
}

// add draws a stroke on top of the tiles that are there.
func (t *tiles) add(s ink.Stroke) {
	box := bounds(t.baker.box(s), t.scale)
	for _, at := range tilesOver(box) {
		tl := t.all[at]
		if tl == nil {
			continue
		}
		area := tileArea(at)
		if tl.pixels == nil {
			tl.pixels = image.NewRGBA(area)
		}
		t.tip.draw(tl.pixels, t.scale, s, t.under)
		t.put(tl)
	}
}

// spoil says that tiles have to be drawn again where a stroke came or went.
func (t *tiles) spoil(s ink.Stroke) {
	box := t.baker.box(s)
	for at, tl := range t.all {
		if bounds(box, t.scale).Overlaps(tileArea(at)) {
			tl.stale = true
		}
	}
	for at := range t.fresh {
		if bounds(box, t.next).Overlaps(tileArea(at)) {
			delete(t.fresh, at)
		}
	}
}

// put shows a tile's pixels.
func (t *tiles) put(tl *tile) {
	if tl.pixels == nil {
		if tl.picture != nil {
			tl.picture.Hide()
		}
		return
	}
	r := tl.pixels.Rect
	whole := t.turned(&image.RGBA{Pix: tl.pixels.Pix, Stride: tl.pixels.Stride, Rect: r.Sub(r.Min)})
	if tl.picture == nil {
		tl.picture = canvas.NewImageFromImage(whole)
		tl.picture.ScaleMode = quick()
		t.holder.Objects = append(t.holder.Objects, tl.picture)
	}
	tl.picture.Image, tl.picture.Hidden = whole, false
	tl.picture.Refresh()
}

// quick lets the graphics processor stretch pictures where its driver can.
func quick() canvas.ImageScale {
	if d := fyne.CurrentDevice(); d.IsMobile() || d.IsBrowser() {
		return canvas.ImageScalePixels
	}
	return canvas.ImageScaleFastest
}

// take receives a tile.
func (t *tiles) take(b baked) {
	if b.number != t.number {
		return
	}
	tl := &tile{pixels: b.img}
	if t.fresh != nil {
		t.fresh[b.at] = tl
	} else {
		if old := t.all[b.at]; old != nil {
			tl.picture = old.picture
		}
		t.all[b.at] = tl
		t.put(tl)
	}
	if b.last {
		t.finish()
	}
	t.changed()
}

func (t *tiles) finish() {
	t.busy = false
	if t.fresh != nil {
		t.holder.Objects = nil
		t.all, t.fresh, t.scale = t.fresh, nil, t.next
		for _, tl := range t.all {
			t.put(tl)
		}
	}
	t.dry(t.number)
}

// want has drawn what is missing: at so many pixels a point, the part of the page that is seen.
func (t *tiles) want(scale float64, page, seen image.Rectangle) {
	if t.scale == 0 && t.fresh == nil {
		t.scale, t.next = scale, scale // nothing is shown that could stay until all of it is there: each tile is shown as it comes
	} else if scale != t.scale && scale != t.next {
		t.fresh, t.next = map[image.Point]*tile{}, scale
	} else if scale == t.scale && t.fresh != nil {
		t.fresh = nil // back to the size before
	}
	have := t.all
	if t.fresh != nil {
		have = t.fresh
	}
	inView := tilesOver(seen.Intersect(page))
	t.trim(inView)
	var missing []image.Point
	for _, at := range inView {
		if tl := have[at]; tl == nil || tl.stale {
			missing = append(missing, at)
		}
	}
	if len(missing) == 0 {
		if t.fresh != nil {
			t.finish()
		}
		if !t.busy {
			t.dry(t.number + 1)
		}
		return
	}
	t.number++
	t.busy = true
	t.baker.ask(order{number: t.number, scale: scale, strokes: t.strokes, under: t.under, paper: t.tip.paper, page: page, tiles: missing})
}

// tilesKept is how many tiles out of view are kept for coming back to them: a megabyte each.
const tilesKept = 48

// trim forgets the tiles that are farthest from the view, once there are many. A large page much enlarged has hundreds.
func (t *tiles) trim(inView []image.Point) {
	if t.fresh != nil || len(inView) == 0 || len(t.all) <= tilesKept+len(inView) {
		return
	}
	middle := inView[0] // it is the first
	far := func(p image.Point) int {
		d := p.Sub(middle)
		return d.X*d.X + d.Y*d.Y
	}
	var out []image.Point
	for at := range t.all {
		if !slices.Contains(inView, at) {
			out = append(out, at)
		}
	}
	slices.SortFunc(out, func(a, b image.Point) int { return far(b) - far(a) })
	for _, at := range out[:max(len(out)-tilesKept, 0)] {
		if p := t.all[at].picture; p != nil {
			t.holder.Objects = slices.DeleteFunc(t.holder.Objects, func(o fyne.CanvasObject) bool { return o == fyne.CanvasObject(p) })
		}
		delete(t.all, at)
	}
}

// samePicture reports whether two pictures are of the same pixels.
func samePicture(a, b *image.RGBA) bool {
	if a == nil || b == nil {
		return a == b
	}
	return &a.Pix[0] == &b.Pix[0] && a.Rect == b.Rect
}

// ground takes the page's own picture; highlighters are drawn again on it.
func (t *tiles) ground(under *image.RGBA) {
	if samePicture(t.under, under) {
		return
	}
	t.under = under
	if under == nil {
		return
	}
	for _, s := range t.strokes {
		if s.Tool.Multiplied() {
			t.spoil(s)
		}
	}
}
