package screen

import (
	"context"
	"image"
	"strconv"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

const (
	blockPages  = 12  // thumbnails shown at once
	mostOutline = 200 // entries of a table of contents shown
	thumbWidth  = 92
)

// pageList leads to a page: by its number, by the document's own table of contents, by its small picture; and to the item's
// other documents.
type pageList struct {
	reader *reader
	shown  Document // what the page view reads from
	block  int      // which block of pages is shown, -1: the one of the page at hand
	cancel context.CancelFunc
	work   sync.WaitGroup
}

func newPageList(r *reader) *pageList { return &pageList{reader: r, block: -1} }

// close ends the fetching of small pictures.
func (l *pageList) close() {
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
	l.work.Wait()
}

func (l *pageList) draw() []fyne.CanvasObject {
	l.close()
	if l.reader.doc == nil {
		return l.documents()
	}
	out := []fyne.CanvasObject{l.field()}
	out = append(out, l.thumbs()...)
	out = append(out, l.outline()...)
	return append(out, l.documents()...)
}

func (l *pageList) goTo(page int) {
	r := l.reader
	if r.shell.window.Canvas().Size().Width < theme.Scaled(wideFrom) {
		r.panel = noPanel
		l.close()
	}
	r.shell.refused(r.shell.act.ShowPage(r.id, page))
	r.shell.redraw()
}

func (l *pageList) field() fyne.CanvasObject {
	pages := l.reader.seen.Pages
	f := widget.NewTextField(words.T("reader.go_to"), words.T("reader.go_to_hint", words.Number(pages)))
	f.OnCancelled = func() { l.reader.open(pagesPanel) }
	f.OnSubmitted = func(text string) {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < 1 || n > pages {
			f.SetError(words.T("reader.go_to_hint", words.Number(pages)))
			return
		}
		l.goTo(n)
	}
	return f
}

// thumbs are small pictures of a block of pages, with the ways to the block before and after.
func (l *pageList) thumbs() []fyne.CanvasObject {
	r := l.reader
	blocks := (r.seen.Pages + blockPages - 1) / blockPages
	at := l.block
	if at < 0 || at >= blocks {
		at = (r.seen.Page - 1) / blockPages
	}
	first, last := at*blockPages+1, min((at+1)*blockPages, r.seen.Pages)
	small := make([]*thumb, 0, blockPages)
	objects := make([]fyne.CanvasObject, 0, blockPages)
	for p := first; p <= last; p++ {
		w, h := r.doc.PageSize(p)
		t := newThumb(p, p == r.seen.Page, h/w, func() { l.goTo(p) })
		small, objects = append(small, t), append(objects, t)
	}
	l.fetch(r.doc, small)
	out := []fyne.CanvasObject{widget.Flow(10, objects...)}
	if blocks > 1 {
		back := widget.NewIconButton(icons.ChevronLeft, "", func() { l.turn(at - 1) })
		back.SetEnabled(at > 0)
		on := widget.NewIconButton(icons.ChevronRight, "", func() { l.turn(at + 1) })
		on.SetEnabled(at < blocks-1)
		span := widget.NewText(words.T("reader.page_span", first, last, r.seen.Pages), widget.StyleSecondary.Centered())
		out = append(out, widget.Row(4, 1, back, span, on))
	}
	return out
}

func (l *pageList) turn(block int) {
	l.block = block
	l.reader.shell.redraw()
}

// fetch brings the small pictures, two at a time.
func (l *pageList) fetch(doc Document, small []*thumb) {
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	queue := make(chan *thumb, len(small))
	for _, t := range small {
		queue <- t
	}
	close(queue)
	for range 2 {
		l.work.Go(func() {
			for t := range queue {
				if ctx.Err() != nil {
					return
				}
				if img, err := doc.Picture(ctx, t.page, protocol.WidthThumb); err == nil {
					mainthread.Do(func() { t.set(img) })
				}
			}
		})
	}
}

func (l *pageList) outline() []fyne.CanvasObject {
	entries := l.reader.doc.Outline()
	if len(entries) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{widget.NewText(words.T("reader.outline"), widget.StyleHeading)}
	for _, e := range entries[:min(len(entries), mostOutline)] {
		card := widget.NewCard(widget.CardData{Title: e.Title, Subtitle: words.T("projector.page", e.Page, l.reader.seen.Pages), Compact: true,
			Mark: widget.Mark{Text: strconv.Itoa(e.Page)}}, func() { l.goTo(e.Page) })
		out = append(out, widget.Inset(float32(min(e.Level, 3)*12), 0, card))
	}
	return out
}

// documents are the item's other documents.
func (l *pageList) documents() []fyne.CanvasObject {
	r := l.reader
	docs := r.seen.ItemRow.Documents
	if len(docs) < 2 {
		return nil
	}
	out := []fyne.CanvasObject{widget.NewText(words.T("reader.documents_of", r.seen.ItemRow.Number), widget.StyleHeading)}
	for _, d := range docs {
		data := widget.CardData{Mark: widget.Mark{Icon: icons.FileText}, Title: d.Title, Subtitle: dotted(d.Kind, words.N("agenda.pages", d.Pages)),
			Compact: true, Selected: d.ID == r.seen.Document.ID}
		out = append(out, widget.NewCard(data, func() { l.openDocument(d.ID) }))
	}
	return out
}

func (l *pageList) openDocument(id meeting.DocumentID) {
	r := l.reader
	if id == r.seen.Document.ID {
		return
	}
	for _, d := range r.seen.ItemRow.Documents {
		if d.ID != id {
			continue
		}
		r.panel = noPanel
		if d.PresentedPage > 0 {
			r.shell.act.BackToPresenter(r.id)
			r.shell.Update()
			return
		}
		r.shell.refused(r.shell.act.OpenDocument(r.id, d.Item, d.ID, 0, 1))
	}
}

// thumb is the small picture of a page with its number.
type thumb struct {
	fynewidget.BaseWidget
	page    int
	current bool
	ratio   float32 // height by width
	press   func()
	picture *canvas.Image
}

func newThumb(page int, current bool, ratio float32, press func()) *thumb {
	t := &thumb{page: page, current: current, ratio: min(max(ratio, 0.3), 3), press: press, picture: &canvas.Image{}}
	t.picture.FillMode = canvas.ImageFillContain
	t.ExtendBaseWidget(t)
	return t
}

func (t *thumb) set(img *image.RGBA) {
	t.picture.Image = img
	t.picture.Refresh()
}

// Tapped implements fyne.Tappable.
func (t *thumb) Tapped(*fyne.PointEvent) { t.press() }

// CreateRenderer implements fyne.Widget.
func (t *thumb) CreateRenderer() fyne.WidgetRenderer {
	sheet := canvas.NewRectangle(theme.Color(theme.White))
	edge, stroke := theme.Line, float32(1)
	style := widget.StyleSecondary.Centered()
	if t.current {
		edge, stroke, style = theme.Accent, 3, widget.StyleStrong.Centered()
	}
	sheet.StrokeColor, sheet.StrokeWidth = theme.Color(edge), stroke
	number := widget.NewText(strconv.Itoa(t.page), style)
	return &thumbRenderer{t, sheet, number}
}

type thumbRenderer struct {
	*thumb
	sheet  *canvas.Rectangle
	number *widget.Text
}

func (r *thumbRenderer) Destroy() {}
func (r *thumbRenderer) Refresh() {}

func (r *thumbRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.sheet, r.picture, r.number}
}

func (r *thumbRenderer) MinSize() fyne.Size {
	w := theme.Scaled(thumbWidth)
	return fyne.NewSize(w, w*r.ratio+theme.Scaled(30))
}

func (r *thumbRenderer) Layout(size fyne.Size) {
	h := size.Width * r.ratio
	r.sheet.Resize(fyne.NewSize(size.Width, h))
	r.picture.Move(fyne.NewPos(3, 3))
	r.picture.Resize(fyne.NewSize(size.Width-6, h-6))
	r.number.Move(fyne.NewPos(0, h+theme.Scaled(2)))
	r.number.Resize(fyne.NewSize(size.Width, theme.Scaled(26)))
}
