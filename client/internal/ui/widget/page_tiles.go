package widget

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"maps"
	"slices"
	"sync"
	"time"

	ximage "golang.org/x/image/draw"
)

// Bounds of painting from tiles.
const (
	mostTiles   = 96 // of one picture; for more, only what is in view is painted
	mostFetches = 4  // tiles under way at a time
	// What has come is shown after firstShown, and then every nextShown, until all of it is there.
	firstShown = 120 * time.Millisecond
	nextShown  = 400 * time.Millisecond
)

// continues tells whether a plan is of the page and size that were painted.
func (p painted) continues(plan pagePlan) bool {
	return p.img != nil && p.page == plan.page && p.w == plan.w && p.h == plan.h
}

// tileWidth is the width of the tiles that serve a plan best: no coarser than the plan where there are such.
func (p *pagePainter) tileWidth(plan pagePlan) int {
	width, finest := TilesLarge, TilesLargest
	if f, ok := p.source.(Finer); ok {
		finest = max(f.Finest(plan.page), TilesLargest)
	}
	for !fits(plan.w, width) && width*2 <= finest {
		width *= 2
	}
	return width
}

// tiled paints a plan from tiles and shows it: at once where they are here, else as they come.
func (p *pagePainter) tiled(plan pagePlan) error {
	for {
		width := p.tileWidth(plan)
		err := p.newTileJob(plan, width).run()
		if err == nil || p.tileWidth(plan) >= width || p.superseded() {
			return err
		}
		// The source has learnt that there are coarser ones only.
	}
}

// tileJob paints one plan.
type tileJob struct {
	p     *pagePainter
	plan  pagePlan
	sheet tileSheet
	parts []image.Rectangle // of the plan, to be painted
	dst   *image.RGBA
	begun bool          // dst has a picture in all of its parts
	wait  []image.Point // tiles to be fetched, what is in view first
	stand bool          // some stand in for others
}

func (p *pagePainter) newTileJob(plan pagePlan, width int) *tileJob {
	pw, ph := p.source.PageSize(plan.page)
	j := &tileJob{p: p, plan: plan, sheet: tileSheet{w: width, h: max(round(float32(width)*ph/pw), 1), paper: p.paper, tiles: map[image.Point]*pageTile{}}}
	if g := j.sheet.grid(plan, plan.region); g.Dx()*g.Dy() > mostTiles && !plan.seen.Empty() {
		j.plan.region = plan.seen
	}
	j.reuse()
	for _, part := range j.parts {
		g := j.sheet.grid(plan, part)
		for y := g.Min.Y; y < g.Max.Y; y++ {
			for x := g.Min.X; x < g.Max.X; x++ {
				j.need(image.Pt(x, y))
			}
		}
	}
	middle := plan.seen.Min.Add(plan.seen.Max).Div(2)
	far := func(at image.Point) int {
		r := j.sheet.pixels(plan, at)
		d := r.Min.Add(r.Max).Div(2).Sub(middle)
		return d.X*d.X + d.Y*d.Y
	}
	slices.SortFunc(j.wait, func(a, b image.Point) int { return cmp.Compare(far(a), far(b)) })
	return j
}

// reuse takes over what was painted before and is part of the plan, too.
func (j *tileJob) reuse() {
	r := j.plan.region
	j.dst = image.NewRGBA(image.Rect(0, 0, r.Dx(), r.Dy()))
	last := j.p.last
	same := image.Rectangle{}
	if last.continues(j.plan) && last.from == j.sheet.w {
		same = last.region.Intersect(r)
	}
	if same.Empty() {
		j.parts = []image.Rectangle{r}
		return
	}
	ximage.Draw(j.dst, same.Sub(r.Min), last.img, same.Min.Sub(last.region.Min), ximage.Src)
	for _, part := range []image.Rectangle{
		image.Rect(r.Min.X, r.Min.Y, r.Max.X, same.Min.Y), image.Rect(r.Min.X, same.Max.Y, r.Max.X, r.Max.Y),
		image.Rect(r.Min.X, same.Min.Y, same.Min.X, same.Max.Y), image.Rect(same.Max.X, same.Min.Y, r.Max.X, same.Max.Y),
	} {
		if !part.Empty() {
			j.parts = append(j.parts, part)
		}
	}
}

func (j *tileJob) key(at image.Point) pictureKey {
	return pictureKey{page: j.plan.page, width: j.sheet.w, x: at.X, y: at.Y}
}

// need takes a tile from memory or puts it among those to be fetched.
func (j *tileJob) need(at image.Point) {
	if j.sheet.tiles[at] != nil || slices.Contains(j.wait, at) {
		return
	}
	if t, ok := j.p.images.getTile(j.key(at)); ok {
		j.sheet.tiles[at] = t
		return
	}
	j.wait = append(j.wait, at)
}

func (j *tileJob) run() error {
	if err := j.fetch(); err != nil || j.p.superseded() {
		return err
	}
	for _, part := range j.parts {
		if !paintFrom(j.sheet, j.plan, part, j.dst, j.plan.region.Min, j.goesOn) {
			return nil
		}
	}
	out := j.painted(j.dst)
	out.best = !j.stand
	j.p.last = painted{}
	if out.best {
		j.p.last = out
	}
	j.p.done(out)
	return nil
}

func (j *tileJob) painted(img *image.RGBA) painted {
	out := j.p.coarse(j.plan)
	out.from, out.img = j.sheet.w, img
	return out
}

// arrival is a tile that came.
type arrival struct {
	at  image.Point
	img *image.RGBA
	err error
}

// fetch brings the tiles that are missing, some at a time, and shows between what is there. It stops early when something else is
// wanted.
func (j *tileJob) fetch() error {
	if len(j.wait) == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(j.p.ctx)
	defer cancel()
	if !j.p.begin(j.plan.page, cancel) {
		return context.Canceled
	}
	defer j.p.end()
	todo, came := make(chan image.Point), make(chan arrival, len(j.wait))
	var all sync.WaitGroup
	for range min(mostFetches, len(j.wait)) {
		all.Go(func() {
			for at := range todo {
				img, err := j.p.source.Tile(ctx, j.plan.page, j.sheet.w, at.X, at.Y)
				came <- arrival{at, img, err}
			}
		})
	}
	err := j.gather(todo, came)
	if err != nil {
		cancel()
	}
	close(todo)
	all.Wait()
	close(came)
	for a := range came { // what was under way when something else was wanted may be of that
		_ = j.take(a)
	}
	return err
}

// gather hands out the tiles to be fetched and takes what comes, until all is there or something else is wanted.
func (j *tileJob) gather(todo chan<- image.Point, came <-chan arrival) error {
	show := time.NewTimer(firstShown)
	defer show.Stop()
	var fresh []image.Point
	for next, missing := 0, len(j.wait); missing > 0 && !j.p.superseded(); {
		var give chan<- image.Point
		var at image.Point
		if next < len(j.wait) {
			give, at = todo, j.wait[next]
		}
		select {
		case give <- at:
			next++
		case a := <-came:
			missing--
			if err := j.take(a); err != nil {
				return err
			}
			fresh = append(fresh, a.at)
		case <-show.C:
			if len(fresh) > 0 && missing > 0 {
				j.showSome(fresh)
				fresh = nil
			}
			show.Reset(nextShown)
		}
	}
	return nil
}

func (j *tileJob) take(a arrival) error {
	if a.img == nil || a.img.Bounds().Empty() {
		if a.err == nil {
			a.err = errNoPicture
		}
		return fmt.Errorf("page %d at %d: %w", j.plan.page, j.sheet.w, a.err)
	}
	t := newPageTile(a.img)
	j.sheet.tiles[a.at] = t
	j.stand = j.stand || a.err != nil
	if a.err == nil {
		j.p.images.putTile(j.key(a.at), t)
	}
	return nil
}

// showSome shows the tiles that are there, and where they are not the picture of the whole page.
func (j *tileJob) showSome(fresh []image.Point) {
	base, ok := j.p.images.get(pictureKey{page: j.plan.page, width: PictureLarge})
	if !ok {
		base, ok = j.p.images.get(pictureKey{page: j.plan.page, width: PictureSmall})
	}
	if !ok {
		return
	}
	if !j.begun {
		j.begun = true
		fresh = slices.Collect(maps.Keys(j.sheet.tiles))
		for _, at := range j.wait {
			if j.sheet.tiles[at] == nil && !j.paint(wholeSheet{base}, at) {
				return
			}
		}
	}
	for _, at := range fresh {
		if !j.paint(j.sheet, at) {
			return
		}
	}
	now := image.NewRGBA(j.dst.Rect)
	copy(now.Pix, j.dst.Pix)
	j.p.done(j.painted(now))
}

// paint paints what a tile covers; false where another page is wanted.
func (j *tileJob) paint(from sheet, at image.Point) bool {
	for _, part := range j.parts {
		if !paintFrom(from, j.plan, j.sheet.pixels(j.plan, at).Intersect(part), j.dst, j.plan.region.Min, j.goesOn) {
			return false
		}
	}
	return true
}

func (j *tileJob) goesOn() func() bool { return j.p.goesOn(j.plan.page) }

// begin notes that a page is being fetched; false where another one is wanted already.
func (p *pagePainter) begin(page int, cancel context.CancelFunc) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.order != nil && p.order.now.page != page {
		return false
	}
	p.busy, p.cancel = page, cancel
	return true
}

func (p *pagePainter) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.busy, p.cancel = 0, nil
}
