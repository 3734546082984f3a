package widget

import (
	"context"
	"errors"
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/words"
)

// PageView shows one page of a document, sharp at every zoom, and takes the gestures, keys and wheel of reading. It never turns by
// itself: it wishes for a page through OnTurn and the owner answers with SetPage. Pictures are fetched and scaled in
// the background; meanwhile the small picture, enlarged, or an empty sheet stands in their place. While something moves, the
// picture that is there is stretched, and the sharp one follows when it rests. The neighbours are kept ready at the
// size at hand, so that turning to them shows them at once.
//
// Close ends its background work; a view that is closed shows nothing and stays so.
type PageView struct {
	fynewidget.BaseWidget
	// OnTurn is the wish to see a page, always one that exists and is not the present one.
	OnTurn func(page int)
	// OnTapped is a single tap: the moment to show or hide what lies over the page.
	OnTapped func()
	// OnTappedAt takes a single tap before OnTapped, with its place on the page in points; true ends it there.
	OnTappedAt func(x, y float32) bool
	// OnMoved is called when a person, not the owner, has changed which part of the page is visible.
	OnMoved func(visible PagePart)
	// OnChosen is called when other words are chosen, or none any more.
	OnChosen func()
	// OnFailed is called when a page could not be fetched and nothing of it can be shown. The view says so itself and
	// offers to try again.
	OnFailed func(page int, err error)

	source  Source
	painter *pagePainter
	closed  bool
	page    int
	geo     pageGeometry

	sharp  painted             // of the page shown; img nil while there is none
	ready  map[int]painted     // neighbours, best only
	small  map[int]*image.RGBA // small whole pages of page and neighbours
	failed error

	paper   Paper
	quarter quarter
	marked  int // page of the marks
	marks   []PageMark
	reveal  *PagePart // to be brought into view as soon as the view has a size

	choice  wordChoice
	links   pageLinks
	input   pageInput
	ordered float32     // pixels a canvas unit when it was last ordered
	settled *time.Timer // until what was zoomed is painted sharp
	seen    time.Time   // of the last wheel turn of pages
	rest    float32     // wheel beyond the page's edge so far

	overlay Overlay
	parts   pageParts

	// OnLeaf is called with the view of another page before it is drawn first, OnLeaves when other pages than before are shown.
	OnLeaf   func(*PageView)
	OnLeaves func()
	layout   Layout
	last     int         // page, 0 for no bound
	host     *PageView   // of a leaf
	leaves   []*PageView // views of the other pages
	handed   map[int]painted
	heights  []float64
	rolled   int // page that was scrolled to and wished for
	telling  bool
}

// pageParts is what is drawn, from below: the sheet, its words while it is empty, the stretched picture, the sharp one,
// the marks, and what is said when it failed.
type pageParts struct {
	made    bool
	sheet   *canvas.Rectangle
	waiting *Text
	base    *canvas.Image
	sharp   *canvas.Image
	marks   *fyne.Container
	choice  *fyne.Container
	links   *fyne.Container
	failure *fyne.Container
	holder  *fyne.Container
	clip    *container.Clip
	leaves  *fyne.Container // the other pages' clips
}

// NewPageView makes a view without a document, fitting whole pages with 12 of space around.
func NewPageView() *PageView {
	v := &PageView{page: 1, ready: map[int]painted{}, small: map[int]*image.RGBA{}}
	v.geo = pageGeometry{margin: theme.Scaled(theme.Gap), fit: FitPage}
	v.choice.clear()
	v.input.init(v)
	v.ExtendBaseWidget(v)
	return v
}

// SetSource shows a page of another document, nil for none. A page out of range becomes the nearest.
func (v *PageView) SetSource(source Source, page int) {
	if v.closed {
		return
	}
	v.release()
	v.source, v.failed, v.sharp, v.reveal = source, nil, painted{}, nil
	v.heights, v.handed, v.rolled = nil, nil, 0
	v.ready, v.small = map[int]painted{}, map[int]*image.RGBA{}
	if source == nil {
		v.Refresh()
		return
	}
	v.startPainter()
	v.page = v.inRange(page)
	v.geo = v.geoOf(v.page)
	v.order()
	v.Refresh()
}

// startPainter makes a painter whose results reach this view on the main goroutine, as long as it is the view's painter.
func (v *PageView) startPainter() {
	var p *pagePainter
	p = newPagePainter(v.source, v.paper, v.quarter,
		func(done painted) { mainthread.Do(func() { v.take(p, done) }) },
		func(page int, err error) { mainthread.Do(func() { v.fail(p, page, err) }) })
	if v.host != nil {
		p.bound(leafBudget)
	}
	v.painter = p
}

func (v *PageView) release() {
	if v.painter != nil {
		v.painter.close()
		v.painter = nil
	}
	if v.settled != nil {
		v.settled.Stop()
	}
	v.input.release()
	v.closeLeaves()
}

// Close ends the background work and waits for it, no longer than the source takes to notice.
func (v *PageView) Close() {
	if v.closed {
		return
	}
	v.release()
	v.closed, v.source, v.sharp = true, nil, painted{}
	v.Refresh()
}

func (v *PageView) inRange(page int) int { return min(max(page, 1), v.source.Pages()) }

// Page returns the page shown, from 1.
func (v *PageView) Page() int { return v.page }

// Pages returns how many pages the document has, 0 without one.
func (v *PageView) Pages() int {
	if v.source == nil {
		return 0
	}
	return v.source.Pages()
}

// SetPage shows a page from its top; one out of range becomes the nearest. The fit, or the zoom, stays.
func (v *PageView) SetPage(page int) {
	if v.source == nil {
		return
	}
	page = v.inRange(page)
	if page == v.page {
		return
	}
	if v.sharp.best && v.sharp.page == v.page {
		v.ready[v.page] = v.sharp
	}
	v.hand()
	g, stays := v.beside(page)
	if v.layout == Rolling && page != v.rolled || !stays {
		g = v.geoOf(page)
	}
	v.page, v.failed, v.rest, v.rolled = page, nil, 0, 0
	v.geo = g
	v.geo.settle()
	v.sharp = v.held(page)
	v.forget()
	v.order()
	v.place()
	v.handed = nil
}

// forget drops what is no longer beside the page.
func (v *PageView) forget() {
	for n := range v.ready {
		if n < v.page-1 || n > v.page+1 {
			delete(v.ready, n)
		}
	}
	for n := range v.small {
		if n < v.page-1 || n > v.page+1 {
			delete(v.small, n)
		}
	}
}

// Retry fetches again what failed.
func (v *PageView) Retry() {
	v.failed = nil
	v.order()
	v.place()
}

// Fit returns how the page is fitted.
func (v *PageView) Fit() FitMode { return v.geo.fit }

// SetFit shows the whole page or fits its width; FitFree keeps the size it has. A width that is fitted anew begins at the
// top.
func (v *PageView) SetFit(mode FitMode) {
	changed := v.geo.fit != mode
	v.geo.fit = mode
	if changed && mode == FitWidth {
		v.geo.y = -v.geo.margin
	}
	v.moved(true)
}

// SetMargin sets the space around the page at 100 %; the room's screen has none.
func (v *PageView) SetMargin(margin float32) {
	v.geo.margin = theme.Scaled(margin)
	v.moved(true)
}

// moved takes on a changed geometry: the picture that is there moves at once; what is missing is painted now, or when the
// hand rests.
func (v *PageView) moved(rested bool) {
	v.geo.settle()
	if part := v.reveal; part != nil && v.geo.valid() {
		v.reveal = nil
		v.Reveal(*part)
		return
	}
	v.place()
	if v.lacks() {
		v.orderSoon(rested)
	}
}

func (v *PageView) orderLater() { mainthread.Do(v.order) }

// order asks for what the view shows and its neighbours.
func (v *PageView) order() {
	if v.painter == nil || !v.geo.valid() {
		return
	}
	scale := v.scale()
	v.ordered = scale
	o := pageOrder{now: v.geo.plan(v.page, scale)}
	if o.now.region.Empty() {
		return
	}
	for _, n := range []int{v.page + 1, v.page - 1} {
		if n < 1 || n > v.source.Pages() || v.host != nil || v.layout != OnePage {
			continue
		}
		g := v.geoOf(n)
		plan := g.plan(n, scale)
		if r, ok := v.ready[n]; !ok || !r.covers(plan, g.needed(scale)) {
			o.next = append(o.next, plan)
		}
	}
	v.painter.ask(o)
}

// scale is how many pixels a canvas unit has.
func (v *PageView) scale() float32 {
	if v.host != nil {
		return v.host.scale()
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if c == nil {
		return 1
	}
	const far = 1000
	x, _ := c.PixelCoordinateForPosition(fyne.NewPos(far, 0))
	return max(float32(x)/far, 0.1)
}

// take receives a picture from a painter.
func (v *PageView) take(from *pagePainter, done painted) {
	if from != v.painter || v.closed {
		return
	}
	if done.page < v.page-1 || done.page > v.page+1 {
		return
	}
	if done.base != nil {
		v.small[done.page] = done.base
	}
	if done.page != v.page {
		if done.best || done.from == PictureLarge {
			v.ready[done.page] = done
		}
		return
	}
	if done.img == nil {
		v.failed = nil
		v.place()
		return
	}
	plan := v.geo.plan(v.page, v.scale())
	if done.w != plan.w || done.h != plan.h {
		v.place()
		return
	}
	v.sharp, v.failed = done, nil
	v.place()
}

func (v *PageView) fail(from *pagePainter, page int, err error) {
	if from != v.painter || page != v.page || errors.Is(err, context.Canceled) {
		return
	}
	if v.sharp.page != page && v.small[page] == nil {
		v.failed = err
		v.place()
		if v.OnFailed != nil {
			v.OnFailed(page, err)
		}
	}
}

// MinSize implements fyne.CanvasObject: the page takes what it is given.
func (v *PageView) MinSize() fyne.Size { return fyne.NewSize(120, 120) }

// CreateRenderer implements fyne.Widget.
func (v *PageView) CreateRenderer() fyne.WidgetRenderer {
	v.make()
	layout := func(size fyne.Size) {
		place(v.parts.clip, 0, 0, size.Width, size.Height)
		if v.geo.viewW == size.Width && v.geo.viewH == size.Height {
			v.place()
			return
		}
		v.geo.viewW, v.geo.viewH = size.Width, size.Height
		v.moved(true)
	}
	return draw(v, layout, v.MinSize, v.place, v.parts.clip)
}

// place puts everything where the geometry says.
func (v *PageView) place() {
	p := &v.parts
	if !p.made {
		return
	}
	scale := v.scale()
	if v.ordered != 0 && v.ordered != scale {
		v.order() // the window came to a screen, or went to another one
	}
	shown := v.source != nil && v.geo.valid() && v.page > 0
	x, y := snap(-v.geo.x, scale), snap(-v.geo.y, scale)
	plan := v.geo.plan(v.page, scale)
	w, h := float32(plan.w)/scale, float32(plan.h)/scale
	// The sheet is never hidden, only without colours: the window forgets where a hidden object belongs, and by the sheet it is told
	// of all that has changed.
	paintBox(p.sheet, "", "", 0, 0)
	if shown && v.failed == nil {
		paintBox(p.sheet, theme.White, theme.Line, 1, 0)
		v.colourSheet()
	}
	place(p.sheet, x-1, y-1, w+2, h+2)
	fits := shown && v.sharp.page == v.page && v.sharp.img != nil && v.sharp.w == plan.w && v.sharp.h == plan.h
	v.placeSharp(fits, x, y, scale)
	v.placeBase(shown && !(fits && v.sharp.covers(plan, v.geo.needed(scale))), x, y, w, h)
	v.placeMarks(shown && v.failed == nil)
	v.placeChoice(shown && v.failed == nil)
	v.placeLinks(shown && v.failed == nil)
	v.placeWords(shown, x, y, w, h)
	if v.overlay != nil {
		v.overlay.Placed(v.placement(shown && v.failed == nil, x, y, scale))
	}
	Repaint(p.sheet)
	v.placeLeaves()
}

// placeWords says that a page is on its way, or why it does not come.
func (v *PageView) placeWords(shown bool, x, y, w, h float32) {
	p := &v.parts
	p.waiting.Hidden = !shown || !p.base.Hidden || !p.sharp.Hidden || v.failed != nil
	if !p.waiting.Hidden {
		p.waiting.SetText(words.T("reader.loading"))
		ww := min(w, v.geo.viewW)
		wh := p.waiting.HeightFor(ww)
		place(p.waiting, max(x, 0), max(y, 0)+(min(h, v.geo.viewH)-wh)/2, ww, wh)
	}
	p.failure.Hidden = v.failed == nil || v.source == nil
	if !p.failure.Hidden {
		fw := min(v.geo.viewW-24, theme.Scaled(560))
		fh := heightFor(p.failure.Objects[0], fw)
		place(p.failure, (v.geo.viewW-fw)/2, max((v.geo.viewH-fh)/2, 0), fw, fh)
	}
}

func snap(at, scale float32) float32 { return float32(round(at*scale)) / scale }

func (v *PageView) placeSharp(fits bool, x, y, scale float32) {
	img := v.parts.sharp
	img.Hidden = !fits
	if !fits {
		img.Image = nil
		return
	}
	r := v.sharp.region
	at := fyne.NewPos(x+float32(r.Min.X)/scale, y+float32(r.Min.Y)/scale)
	size := fyne.NewSize(float32(r.Dx())/scale, float32(r.Dy())/scale)
	fresh := img.Image != image.Image(v.sharp.img)
	img.Image = v.sharp.img
	img.Move(at)
	img.Resize(size)
	if fresh {
		img.Refresh()
	}
}

// placeBase stretches over the page what there is of it: the whole of it painted for another size, else the small picture.
func (v *PageView) placeBase(wanted bool, x, y, w, h float32) {
	img := v.parts.base
	var picture *image.RGBA
	if wanted {
		picture = v.small[v.page]
		if s := v.sharp; picture == nil && s.page == v.page && s.img != nil && s.region == image.Rect(0, 0, s.w, s.h) {
			picture = s.img
		}
	}
	img.Hidden = picture == nil
	if picture == nil {
		img.Image = nil
		return
	}
	fresh := img.Image != image.Image(picture)
	img.Image = picture
	img.Move(fyne.NewPos(x, y))
	img.Resize(fyne.NewSize(w, h))
	if fresh {
		img.Refresh()
	}
}
