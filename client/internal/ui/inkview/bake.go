package inkview

import (
	"image"
	"slices"
	"sync"

	"phonghop/client/internal/ui/widget"
	"phonghop/shared/ink"
)

// side is the side of a tile in pixels.
const side = 512

// order says what to draw: tiles of a page at so many pixels a point.
type order struct {
	number  int // results of an order that is no longer wanted are dropped by it
	scale   float64
	strokes []ink.Stroke
	under   *image.RGBA
	paper   widget.Paper
	page    image.Rectangle // nothing is drawn beyond the page
	tiles   []image.Point   // columns and rows, the most wanted first
}

// baked is a tile that was drawn; img is nil where nothing lies on it.
type baked struct {
	number int
	at     image.Point
	img    *image.RGBA
	last   bool // of its order
}

// baker draws tiles in the background, the newest order only.
type baker struct {
	done func(baked)
	wake chan struct{}
	quit chan struct{}
	all  sync.WaitGroup

	mu    sync.Mutex
	next  *order
	boxes map[string]ink.Box
}

func newBaker(done func(baked)) *baker {
	b := &baker{done: done, wake: make(chan struct{}, 1), quit: make(chan struct{}), boxes: map[string]ink.Box{}}
	b.all.Go(b.run)
	return b
}

func (b *baker) close() {
	close(b.quit)
	b.all.Wait()
}

func (b *baker) ask(o order) {
	b.mu.Lock()
	b.next = &o
	b.mu.Unlock()
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// box is a stroke's box, which never changes.
func (b *baker) box(s ink.Stroke) ink.Box {
	b.mu.Lock()
	box, ok := b.boxes[s.ID]
	b.mu.Unlock()
	if ok {
		return box
	}
	box = boxOf(s)
	b.mu.Lock()
	defer b.mu.Unlock()
	const most = 40_000 // a full page of both layers, twice
	if len(b.boxes) >= most {
		clear(b.boxes)
	}
	b.boxes[s.ID] = box
	return box
}

func (b *baker) run() {
	var tip brush
	for {
		select {
		case <-b.quit:
			return
		case <-b.wake:
		}
		b.mu.Lock()
		o := b.next
		b.next = nil
		b.mu.Unlock()
		if o != nil {
			b.bake(&tip, o)
		}
	}
}

// stale reports whether there is something newer to do.
func (b *baker) stale() bool {
	select {
	case <-b.quit:
		return true
	default:
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.next != nil
}

func (b *baker) bake(tip *brush, o *order) {
	tip.paper = o.paper
	boxes := make([]image.Rectangle, len(o.strokes))
	for i, s := range o.strokes {
		if i%256 == 0 && b.stale() {
			return
		}
		boxes[i] = bounds(b.box(s), o.scale)
	}
	for n, at := range o.tiles {
		if b.stale() {
			return
		}
		area := tileArea(at).Intersect(o.page)
		var img *image.RGBA
		for i, s := range o.strokes {
			if !boxes[i].Overlaps(area) {
				continue
			}
			if img == nil {
				img = image.NewRGBA(area)
			}
			tip.draw(img, o.scale, s, o.under)
		}
		b.done(baked{o.number, at, img, n == len(o.tiles)-1})
	}
}

func tileArea(at image.Point) image.Rectangle {
	return image.Rect(at.X*side, at.Y*side, (at.X+1)*side, (at.Y+1)*side)
}

// tilesOver lists the tiles that an area touches, those around its middle first.
func tilesOver(area image.Rectangle) []image.Point {
	if area.Empty() {
		return nil
	}
	var out []image.Point
	for y := floorDiv(area.Min.Y); y <= floorDiv(area.Max.Y-1); y++ {
		for x := floorDiv(area.Min.X); x <= floorDiv(area.Max.X-1); x++ {
			out = append(out, image.Pt(x, y))
		}
	}
	middle := area.Min.Add(area.Max).Div(2)
	far := func(p image.Point) int {
		d := p.Mul(side).Add(image.Pt(side/2, side/2)).Sub(middle)
		return d.X*d.X + d.Y*d.Y
	}
	slices.SortStableFunc(out, func(a, b image.Point) int { return far(a) - far(b) })
	return out
}

func floorDiv(v int) int {
	if v < 0 {
		return (v - side + 1) / side
	}
	return v / side
}
