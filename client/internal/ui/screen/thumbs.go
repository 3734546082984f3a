package screen

import (
	"context"
	"image"
	"slices"
	"strconv"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/protocol"
)

const (
	thumbWidth = 92
	// thumbsKept bounds the small pictures in memory: about 230 kB each.
	thumbsKept = 120
	// thumbsWanted bounds those that are waited for: what was scrolled past is not fetched any more.
	thumbsWanted = 96
	// placesMost bounds the places that are remembered: several times what fits on the largest screen.
	placesMost = 400
)

// thumbGrid shows the small pictures of all pages of a document. Only those in view are there; pictures are fetched in the
// background, those asked for last first.
type thumbGrid struct {
	*fynewidget.GridWrap
	doc     Document
	current int
	written []int // pages with notes of one's own, in order
	marked  []int // bookmarks, in order
	goTo    func(page int)
	ratio   float32 // height by width of a place

	// Of the main goroutine.
	bound  map[int]*thumb // by page
	kept   map[int]*image.RGBA
	recent []int // pages of kept, those used last at the end

	cancel context.CancelFunc
	work   sync.WaitGroup
	wake   chan struct{}
	mu     sync.Mutex
	wanted []int // pages, the most urgent at the end
}

func newThumbGrid(doc Document, current int, goTo func(int)) *thumbGrid {
	g := &thumbGrid{doc: doc, current: current, goTo: goTo, bound: map[int]*thumb{}, kept: map[int]*image.RGBA{}, wake: make(chan struct{}, 1)}
	w, h := doc.PageSize(1)
	g.ratio = min(max(h/w, 0.6), 1.42)
	g.GridWrap = fynewidget.NewGridWrap(doc.Pages, func() fyne.CanvasObject { return newThumb(g) }, func(i int, o fyne.CanvasObject) {
		if t, ok := o.(*thumb); ok {
			g.bind(t, i+1)
		}
	})
	var ctx context.Context
	ctx, g.cancel = context.WithCancel(context.Background())
	for range 2 {
		g.work.Go(func() { g.fetch(ctx) })
	}
	return g
}

// close ends the fetching of pictures and waits for it.
func (g *thumbGrid) close() {
	g.cancel()
	g.work.Wait()
}

// mark says on which pages one has notes of one's own, and which one has marked; pages are in order.
func (g *thumbGrid) mark(written, marked []int) {
	if slices.Equal(written, g.written) && slices.Equal(marked, g.marked) {
		return
	}
	g.written, g.marked = slices.Clone(written), slices.Clone(marked)
	for page, t := range g.bound {
		if t.page == page {
			t.paint(page == g.current)
		}
	}
}

// show marks the page at hand; with follow it is brought into view.
func (g *thumbGrid) show(page int, follow bool) {
	if before := g.bound[g.current]; before != nil && before.page == g.current {
		before.paint(false)
	}
	g.current = page
	if now := g.bound[page]; now != nil && now.page == page {
		now.paint(true)
	}
	if follow {
		g.ScrollTo(page - 1)
	}
}

// bind shows a page in a place.
func (g *thumbGrid) bind(t *thumb, page int) {
	if g.bound[t.page] == t {
		delete(g.bound, t.page)
	}
	t.page = page
	g.bound[page] = t
	if len(g.bound) > placesMost {
		// The toolkit may have thrown away places that were scrolled out of view.
		for far := range g.bound {
			if far < page-placesMost/3 || far > page+placesMost/3 {
				delete(g.bound, far)
			}
		}
	}
	t.set(g.picture(page))
	t.paint(page == g.current)
}

// picture is what is at hand of a page, else it is fetched.
func (g *thumbGrid) picture(page int) *image.RGBA {
	img := g.kept[page]
	if img != nil {
		g.use(page)
		return img
	}
	g.mu.Lock()
	for i, p := range g.wanted {
		if p == page {
			g.wanted = append(g.wanted[:i], g.wanted[i+1:]...)
			break
		}
	}
	g.wanted = append(g.wanted, page)
	g.wanted = g.wanted[max(len(g.wanted)-thumbsWanted, 0):]
	g.mu.Unlock()
	g.poke()
	return nil
}

func (g *thumbGrid) poke() {
	select {
	case g.wake <- struct{}{}:
	default:
	}
}

// use notes that a page's picture was needed.
func (g *thumbGrid) use(page int) {
	for i, p := range g.recent {
		if p == page {
			g.recent = append(g.recent[:i], g.recent[i+1:]...)
			break
		}
	}
	g.recent = append(g.recent, page)
}

// take receives a picture on the main goroutine.
func (g *thumbGrid) take(page int, img *image.RGBA) {
	g.kept[page] = img
	g.use(page)
	for len(g.recent) > thumbsKept {
		delete(g.kept, g.recent[0])
		g.recent = g.recent[1:]
	}
	if t := g.bound[page]; t != nil && t.page == page {
		t.set(img)
	}
}

func (g *thumbGrid) next() (page int, more bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	last := len(g.wanted) - 1
	if last < 0 {
		return 0, false
	}
	page = g.wanted[last]
	g.wanted = g.wanted[:last]
	return page, true
}

// fetch brings pictures until the grid is closed.
func (g *thumbGrid) fetch(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-g.wake:
		}
		for ctx.Err() == nil {
			page, ok := g.next()
			if !ok {
				break
			}
			g.poke() // the other goroutine helps
			img, err := g.doc.Picture(ctx, page, protocol.WidthThumb)
			if err == nil {
				mainthread.Do(func() { g.take(page, img) })
			}
		}
	}
}

// thumb is a place for the small picture of a page with its number.
type thumb struct {
	fynewidget.BaseWidget
	grid    *thumbGrid
	page    int
	sheet   *canvas.Rectangle
	picture *canvas.Image
	number  *canvas.Text
	// What shows that one wrote on the page: a pencil on its corner.
	ground *canvas.Circle
	pencil *widget.Icon
	// What shows that one has marked it: a ribbon on its other corner.
	strip  *canvas.Rectangle
	ribbon *widget.Icon
}

// markSide is the size of the mark on pages that were written on, at 100 %.
const markSide = 26

func newThumb(g *thumbGrid) *thumb {
	t := &thumb{grid: g, sheet: canvas.NewRectangle(theme.Color(theme.White)), picture: &canvas.Image{}, number: &canvas.Text{},
		ground: canvas.NewCircle(theme.Color(theme.Accent)), pencil: widget.NewIcon(icons.Pencil, theme.OnAccent, markSide*0.6),
		strip: canvas.NewRectangle(theme.Color(theme.Accent)), ribbon: widget.NewIcon(icons.Bookmark, theme.OnAccent, markSide*0.6)}
	t.picture.FillMode = canvas.ImageFillContain
	t.number.Alignment = fyne.TextAlignCenter
	t.ExtendBaseWidget(t)
	return t
}

func (t *thumb) set(img *image.RGBA) {
	if img == nil {
		t.picture.Hide()
		return
	}
	t.picture.Image = img
	t.picture.Show()
	t.picture.Refresh()
	t.sheet.Refresh() // of a picture that was hidden the window knows nothing
}

// paint shows the number, whether it is the page at hand, and whether one wrote on it.
func (t *thumb) paint(current bool) {
	edge, stroke, ink := theme.Line, float32(1), theme.Secondary
	if current {
		edge, stroke, ink = theme.Accent, 3, theme.Ink
	}
	t.sheet.FillColor, t.sheet.StrokeColor, t.sheet.StrokeWidth = theme.Color(theme.White), theme.Color(edge), stroke
	t.number.Text, t.number.Color, t.number.TextSize = strconv.Itoa(t.page), theme.Color(ink), theme.Size(theme.SubText)
	t.number.TextStyle.Bold = current
	_, wrote := slices.BinarySearch(t.grid.written, t.page)
	t.ground.Hidden, t.pencil.Hidden = !wrote, !wrote
	t.ground.FillColor = theme.Color(theme.Accent)
	_, marked := slices.BinarySearch(t.grid.marked, t.page)
	t.strip.Hidden, t.ribbon.Hidden = !marked, !marked
	t.strip.FillColor = theme.Color(theme.Accent)
	t.strip.Refresh()
	t.ribbon.Refresh()
	t.sheet.Refresh()
	t.number.Refresh()
	t.ground.Refresh()
	t.pencil.Refresh()
}

// Tapped implements fyne.Tappable.
func (t *thumb) Tapped(*fyne.PointEvent) { t.grid.goTo(t.page) }

// Dragged implements fyne.Draggable: a finger or mouse drags the grid on every device.
func (t *thumb) Dragged(e *fyne.DragEvent) { t.grid.drag(e.Dragged.DY) }

// DragEnd implements fyne.Draggable: what was thrown glides on.
func (t *thumb) DragEnd() { widget.Glide(t.grid, t.grid.drag) }

// drag moves the grid, and reports whether it went anywhere.
func (g *thumbGrid) drag(by float32) (moved bool) {
	before := g.GetScrollOffset()
	g.ScrollToOffset(max(before-by, 0))
	return g.GetScrollOffset() != before
}

// MinSize implements fyne.CanvasObject.
func (t *thumb) MinSize() fyne.Size {
	w := theme.Scaled(thumbWidth)
	return fyne.NewSize(w, w*t.grid.ratio+theme.Scaled(30))
}

// CreateRenderer implements fyne.Widget.
func (t *thumb) CreateRenderer() fyne.WidgetRenderer { return &thumbRenderer{t} }

type thumbRenderer struct{ *thumb }

func (r *thumbRenderer) Destroy() {}
func (r *thumbRenderer) Refresh() {}

func (r *thumbRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.sheet, r.picture, r.number, r.ground, r.pencil, r.strip, r.ribbon}
}

func (r *thumbRenderer) Layout(size fyne.Size) {
	h := size.Width * r.grid.ratio
	const edge = 3 // as wide as the frame of the page at hand
	r.sheet.Move(fyne.NewPos(edge, edge))
	r.sheet.Resize(fyne.NewSize(size.Width-2*edge, h-2*edge))
	r.picture.Move(fyne.NewPos(2*edge, 2*edge))
	r.picture.Resize(fyne.NewSize(size.Width-4*edge, h-4*edge))
	r.number.Move(fyne.NewPos(0, h+theme.Scaled(2)))
	r.number.Resize(fyne.NewSize(size.Width, theme.Scaled(26)))
	side := theme.Scaled(markSide)
	corner := fyne.NewPos(size.Width-side-2*edge, 2*edge)
	r.ground.Move(corner)
	r.ground.Resize(fyne.NewSquareSize(side))
	r.pencil.Move(corner.AddXY(side*0.2, side*0.2))
	r.pencil.Resize(fyne.NewSquareSize(side * 0.6))
	r.strip.Move(fyne.NewPos(3*edge, edge))
	r.strip.Resize(fyne.NewSize(side, side*1.2))
	r.ribbon.Move(fyne.NewPos(3*edge+side*0.2, edge+side*0.3))
	r.ribbon.Resize(fyne.NewSquareSize(side * 0.6))
}
