package screen

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// outlineStep is how many entries of a table of contents are listed at first, and how many more each time.
const outlineStep = 200

// pageTab is one of the ways to a page.
type pageTab int

const (
	thumbsTab pageTab = iota
	outlineTab
	marksTab
	documentsTab
)

// pageList leads to a page: by its number and small picture, by the document's own table of contents, by bookmarks; and to the
// item's other documents.
type pageList struct {
	reader *reader
	shown  Document // what the page view reads from
	tab    pageTab
	most   int // entries of the table of contents listed
	grid   *thumbGrid
}

func newPageList(r *reader) *pageList { return &pageList{reader: r, most: outlineStep} }

// close ends the fetching of small pictures.
func (l *pageList) close() {
	if l.grid != nil {
		l.grid.close()
		l.grid = nil
	}
}

// draw is the panel below its head.
func (l *pageList) draw() fyne.CanvasObject {
	if l.reader.doc == nil {
		l.close()
		return l.scrolled(l.documents())
	}
	if l.tab == documentsTab && len(l.reader.seen.ItemRow.Documents) < 2 || l.tab == outlineTab && len(l.reader.doc.Outline()) == 0 {
		l.tab = thumbsTab
	}
	top := []fyne.CanvasObject{widget.Flow(4, l.tabs()...)}
	switch l.tab {
	case thumbsTab:
		top = append(top, widget.Row(8, 0, l.number(), l.marker()))
	case outlineTab:
		top = append(top, l.reader.bookmarkButton())
	}
	// Where there is hardly room for the ways themselves, all of it scrolls, and there are no small pictures.
	if l.reader.tiny {
		l.close()
		return l.scrolled(append(top, l.listed()...))
	}
	head := widget.Inset(16, 8, widget.Column(theme.Gap, top...))
	if l.tab == thumbsTab {
		return widget.Frame(head, widget.Inset(16, 0, l.thumbs()), nil)
	}
	return widget.Frame(head, l.scrolled(l.listed()), nil)
}

// listed is what the way chosen lists below its head.
func (l *pageList) listed() []fyne.CanvasObject {
	switch l.tab {
	case outlineTab:
		return l.outline()
	case marksTab:
		return l.bookmarks()
	case documentsTab:
		return l.documents()
	}
	return nil
}

func (l *pageList) scrolled(objects []fyne.CanvasObject) fyne.CanvasObject {
	refill(l.reader.scroll, widget.Inset(16, 8, widget.Column(theme.Gap, objects...)))
	return l.reader.scroll
}

// tabs are the ways there are.
func (l *pageList) tabs() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, t := range []struct {
		tab  pageTab
		icon icons.Name
		key  string
		live bool
	}{
		{thumbsTab, icons.LayoutGrid, "reader.tab_pages", true},
		{outlineTab, icons.List, "reader.tab_outline", len(l.reader.doc.Outline()) > 0},
		{marksTab, icons.Bookmark, "reader.bookmarks", true},
		{documentsTab, icons.FileText, "reader.tab_documents", len(l.reader.seen.ItemRow.Documents) > 1},
	} {
		if !t.live {
			continue
		}
		b := widget.NewIconButton(t.icon, words.T(t.key), func() {
			l.tab = t.tab
			l.reader.scroll.Offset = fyne.NewPos(0, 0)
			l.reader.shell.redraw()
		})
		b.SetChosen(t.tab == l.tab)
		out = append(out, b)
	}
	return out
}

// narrow says that the panel stands in the page's place.
func (l *pageList) narrow() bool {
	return l.reader.shell.window.Canvas().Size().Width < theme.Scaled(wideFrom)
}

func (l *pageList) goTo(page int) {
	r := l.reader
	if l.narrow() {
		r.panel = noPanel
		l.close()
	}
	r.shell.refused(r.shell.act.ShowPage(r.id, page))
	r.shell.redraw()
}

func (l *pageList) number() fyne.CanvasObject {
	pages := l.reader.seen.Pages
	f := widget.NewTextField("", words.T("reader.go_to_hint", words.Number(pages)))
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

// marker marks the page at hand with one tap, or takes its mark away.
func (l *pageList) marker() fyne.CanvasObject {
	b := widget.NewIconButton(icons.Bookmark, "", l.reader.bookmark)
	b.SetChosen(l.reader.seen.Bookmarked)
	return b
}

// thumbs are the small pictures, which stay where they were scrolled to unless the page at hand is another one.
func (l *pageList) thumbs() fyne.CanvasObject {
	r := l.reader
	if l.grid == nil || l.grid.doc != r.doc {
		l.close()
		l.grid = newThumbGrid(r.doc, r.seen.Page, l.goTo)
		l.grid.mark(r.pen.seen.Written, r.seen.Marked)
		return l.grid.GridWrap
	}
	l.grid.mark(r.pen.seen.Written, r.seen.Marked)
	l.grid.show(r.seen.Page, l.grid.current != r.seen.Page)
	return l.grid.GridWrap
}

func (l *pageList) outline() []fyne.CanvasObject {
	entries := l.reader.doc.Outline()
	var out []fyne.CanvasObject
	at := -1 // the part that the page at hand belongs to
	for i, e := range entries {
		if e.Page > 0 && e.Page <= l.reader.seen.Page {
			at = i
		}
	}
	for i, e := range entries[:min(len(entries), l.most)] {
		data := widget.CardData{Title: e.Title, Compact: true, Selected: i == at}
		var tap func()
		if e.Page > 0 {
			data.Mark, tap = widget.Mark{Text: strconv.Itoa(e.Page)}, func() { l.goTo(e.Page) }
		}
		out = append(out, indented(float32(min(e.Level, 4)*14), widget.NewCard(data, tap)))
	}
	if left := len(entries) - l.most; left > 0 {
		out = append(out, widget.NewButton(words.T("search.more", left), widget.Outlined, func() {
			l.most += outlineStep
			l.reader.shell.redraw()
		}))
	}
	return out
}

// indented moves an object to the right.
func indented(by float32, o fyne.CanvasObject) fyne.CanvasObject {
	if by == 0 {
		return o
	}
	return widget.Row(0, 1, widget.NewIcon("", theme.Ink, by), o)
}

// bookmarks are the pages this person marked in the meeting.
func (l *pageList) bookmarks() []fyne.CanvasObject {
	r := l.reader
	out := []fyne.CanvasObject{r.bookmarkButton()}
	all := r.shell.act.Bookmarks(r.id)
	if len(all) == 0 {
		return append(out, widget.NewText(words.T("reader.no_bookmarks"), widget.StyleSecondary))
	}
	for _, b := range all {
		at := b.Spot.Place
		data := widget.CardData{Mark: widget.Mark{Text: strconv.Itoa(at.Page)}, Title: b.Title, Subtitle: markedIn(b), Compact: true,
			Selected: b.Spot == r.seen.Spot}
		out = append(out, widget.NewCard(data, func() {
			if l.narrow() {
				r.panel = noPanel
			}
			r.shell.refused(r.shell.act.OpenDocument(r.id, b.Spot.Item, at.Document, 0, at.Page))
			r.shell.redraw()
		}))
	}
	return out
}

// markedIn tells of which item a marked page is, and that it was another version's.
func markedIn(b controller.Bookmark) string {
	if b.Old {
		return dotted(words.T("agenda.item", b.Number), words.T("reader.marked_old"))
	}
	return words.T("agenda.item", b.Number)
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
		r.shell.refused(r.shell.act.OpenDocument(r.id, d.Item, d.ID, 0, r.shell.act.LastPage(r.id, d.Item, d.ID)))
	}
}
