package widget

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"runtime"
	"sync"
	"time"

	ximage "golang.org/x/image/draw"

	"phonghop/client/internal/breath"
)

// painted is a part of a page at exactly the pixels it will cover. Its picture never changes.
type painted struct {
	pagePlan
	from int // width of the picture or tiles it was made of
	best bool
	img  *image.RGBA
	base *image.RGBA // the small whole page, to be shown while moving; may be nil
	// plain is img as the document has it, plainRegion its part of the page; nil where the page is not turned.
	plain       *image.RGBA
	plainRegion image.Rectangle
}

// covers tells whether it shows all of a part of that page at that size.
func (p painted) covers(plan pagePlan, need image.Rectangle) bool {
	return p.img != nil && p.page == plan.page && p.w == plan.w && p.h == plan.h && need.In(p.region)
}

// pageOrder is what the view wants painted: the page it shows, then its neighbours.
type pageOrder struct {
	now  pagePlan
	next []pagePlan
}

// pagePainter fetches and scales pictures in one goroutine of its own, the newest order first, until closed.
type pagePainter struct {
	source Source
	paper  Paper
	turn   quarter
	done   func(painted)           // called on the painter's goroutine
	failed func(page int, e error) // the same

	ctx   context.Context
	stop  context.CancelFunc
	ended chan struct{}
	wake  chan struct{}
	// The painter's goroutine only:
	images pictureCache
	last   painted // of tiles, as the document has it: what is in view next has much of it

	mu     sync.Mutex
	order  *pageOrder
	shows  int // page of the order that is carried out
	busy   int // page being fetched, 0 for none
	cancel context.CancelFunc
}

func newPagePainter(source Source, paper Paper, turn quarter, done func(painted), failed func(int, error)) *pagePainter {
	ctx, stop := context.WithCancel(context.Background())
	p := &pagePainter{source: source, paper: paper, turn: turn, done: func(p painted) { done(turn.turned(p)) }, failed: failed, ctx: ctx, stop: stop,
		ended: make(chan struct{}), wake: make(chan struct{}, 1)}
	go p.run()
	return p
}

// bound bounds the memory of the pictures. It is for before the first order.
func (p *pagePainter) bound(bytes int) { p.images.most = bytes }

// ask replaces what was asked before. A fetch under way goes on only if its page is still the one that counts most.
func (p *pagePainter) ask(o pageOrder) {
	p.mu.Lock()
	p.order = &o
	if p.busy != 0 && p.busy != o.now.page {
		p.cancel()
	}
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

// close ends the goroutine and waits for it.
func (p *pagePainter) close() {
	p.stop()
	<-p.ended
}

func (p *pagePainter) run() {
	defer close(p.ended)
	for {
		select {
		case <-p.ctx.Done():
			return
		case <-p.wake:
		}
		for {
			p.mu.Lock()
			o := p.order
			p.order = nil
			if o != nil {
				p.shows = o.now.page
			}
			p.mu.Unlock()
			if o == nil {
				break
			}
			p.serve(*o)
		}
	}
}

func (p *pagePainter) superseded() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.order != nil || p.ctx.Err() != nil
}

// atOnce is how long a browser's thread is taken at once: half of what a frame has.
const atOnce = 8 * time.Millisecond

// goesOn is for long work on a page to ask between its parts: false once somebody has turned to another page. In a browser it
// gives the thread back now and then, so that fingers are heard and frames are drawn.
func (p *pagePainter) goesOn(page int) func() bool {
	var from time.Time // the first part is a short one: what went before has taken its time already
	return func() bool {
		if time.Since(from) < atOnce {
			return true
		}
		breath.Take()
		from = time.Now()
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.ctx.Err() == nil && (p.order == nil || p.order.now.page == page || p.order.now.page == p.shows)
	}
}

func (p *pagePainter) serve(o pageOrder) {
	o.now = p.turn.plan(o.now)
	for i := range o.next {
		o.next[i] = p.turn.plan(o.next[i])
	}
	if err := p.paint(o.now); err != nil && !p.superseded() {
		p.failed(o.now.page, err)
		return
	}
	for _, plan := range o.next {
		if p.superseded() {
			return
		}
		if deep(plan) {
			if _, err := p.picture(pictureKey{page: plan.page, width: PictureSmall}); err == nil {
				p.done(p.coarse(plan))
			}
			continue
		}
		// A neighbour that cannot be had now is fetched, and its failure told, when somebody turns to it.
		if ready, err := p.whole(plan, p.bestWhole(plan)); err == nil {
			p.done(ready)
		}
	}
}

// bestWhole is the width of the whole-page picture that serves a plan best.
func (p *pagePainter) bestWhole(plan pagePlan) int {
	if fits(plan.w, PictureSmall) {
		return PictureSmall
	}
	return PictureLarge
}

// fits allows a picture to be enlarged by a twentieth, which nobody sees.
func fits(want, have int) bool { return want <= have+have/20 }

// deep tells whether so little of the page is in view that painting it from a picture of the whole page is no help: while tiles
// come, that picture is shown as it is.
func deep(plan pagePlan) bool { return !fits(plan.w, TilesLarge) }

// coarse is the whole page as it is here, to be stretched, and nothing painted.
func (p *pagePainter) coarse(plan pagePlan) painted {
	out := painted{pagePlan: plan, from: PictureSmall}
	out.base, _ = p.images.get(pictureKey{page: plan.page, width: PictureSmall})
	return out
}

// paintDeep shows what there is of the whole page, and paints from tiles.
func (p *pagePainter) paintDeep(plan pagePlan) error {
	now := p.coarse(plan)
	if now.base == nil {
		if _, err := p.picture(pictureKey{page: plan.page, width: PictureSmall}); err != nil {
			return err
		}
		now = p.coarse(plan)
	}
	p.done(now)
	if p.superseded() {
		return nil
	}
	return p.tiled(plan)
}

// paint goes from the small picture to the best one and shows each.
func (p *pagePainter) paint(plan pagePlan) error {
	best := p.bestWhole(plan)
	switch {
	case fits(plan.w, PictureLarge):
		p.last = painted{}
	case p.last.continues(plan):
		return p.tiled(plan)
	case deep(plan):
		return p.paintDeep(plan)
	}
	if best != PictureSmall && !p.images.has(pictureKey{page: plan.page, width: best}) {
		small, err := p.whole(plan, PictureSmall)
		if err != nil {
			return err
		}
		p.done(small)
		if p.superseded() {
			return nil
		}
	}
	ready, err := p.whole(plan, best)
	if err != nil {
		return err
	}
	p.done(ready)
	if fits(plan.w, PictureLarge) || p.superseded() {
		return nil
	}
	return p.tiled(plan)
}

// whole paints a plan from a picture of the whole page.
func (p *pagePainter) whole(plan pagePlan, width int) (painted, error) {
	img, err := p.picture(pictureKey{page: plan.page, width: width})
	if err != nil {
		return painted{}, err
	}
	b := img.Bounds()
	kx, ky := float64(b.Dx())/float64(plan.w), float64(b.Dy())/float64(plan.h)
	scaled, ok := scaleRegion(img, plan.region, kx, ky, b.Min, p.goesOn(plan.page))
	if !ok {
		return painted{}, context.Canceled
	}
	out := painted{pagePlan: plan, from: width, best: fits(plan.w, width), img: scaled}
	if small, ok := p.images.get(pictureKey{page: plan.page, width: PictureSmall}); ok {
		out.base = small
	}
	return out, nil
}

// errNoPicture is a source that gives neither picture nor error.
var errNoPicture = errors.New("no picture")

func (p *pagePainter) picture(k pictureKey) (*image.RGBA, error) {
	if img, ok := p.images.get(k); ok {
		return img, nil
	}
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	if !p.begin(k.page, cancel) {
		return nil, context.Canceled
	}
	defer p.end()
	img, err := p.source.Picture(ctx, k.page, k.width)
	if err == nil && (img == nil || img.Bounds().Empty()) {
		err = errNoPicture
	}
	if err != nil {
		return nil, fmt.Errorf("page %d at %d: %w", k.page, k.width, err)
	}
	img, ok := p.paper.onto(img, p.goesOn(k.page))
	if !ok {
		return nil, context.Canceled
	}
	p.images.put(k, img)
	return img, nil
}

// scaleRegion paints the part of a page from a picture that is kx, ky times as large as the page in the plan and whose page
// begins at origin. It is false where goOn said no.
func scaleRegion(src *image.RGBA, region image.Rectangle, kx, ky float64, origin image.Point, goOn func() bool) (*image.RGBA, bool) {
	dst := image.NewRGBA(image.Rect(0, 0, region.Dx(), region.Dy()))
	if kx == 1 && ky == 1 {
		ximage.Draw(dst, dst.Bounds(), src, region.Min.Add(origin), ximage.Src)
		return dst, true
	}
	// Whole pixels of the picture go to whole pixels of dst: at most half a pixel of stretching over the whole region.
	from := image.Rect(int(float64(region.Min.X)*kx), int(float64(region.Min.Y)*ky),
		int(math.Ceil(float64(region.Max.X)*kx)), int(math.Ceil(float64(region.Max.Y)*ky))).Add(origin).Intersect(src.Bounds())
	local := from.Sub(origin)
	to := image.Rect(nearestInt(float64(local.Min.X)/kx), nearestInt(float64(local.Min.Y)/ky),
		nearestInt(float64(local.Max.X)/kx), nearestInt(float64(local.Max.Y)/ky)).Sub(region.Min)
	if runtime.GOOS == "js" {
		return dst, scaleLines(dst, to, src, from, goOn)
	}
	ximage.CatmullRom.Scale(dst, to, src, from, ximage.Src, nil)
	return dst, true
}

func nearestInt(v float64) int { return int(math.Round(v)) }
