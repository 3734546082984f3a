package screen

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// panel is what lies beside the page, or over it where there is no room beside.
type panel int

const (
	noPanel panel = iota
	pagesPanel
	presentPanel
	morePanel
	searchPanel
	inkPanel
	notesPanel
)

// lowBelow is the height at 100 % below which the bars leave out what can be left out.
const lowBelow = 480

// reader is where a page is read: the page first, the bars out of the way after a tap.
type reader struct {
	shell *Shell
	id    string
	seen  controller.ReaderView
	page  *widget.PageView
	pen   *pen
	text  *textView
	words *pageWords
	tabs  *tabStrip

	doc     Document
	hash    string // of doc
	failed  string // why there is no doc, with failedHash
	failure string // hash of the document that failed
	part    session.Part
	course  course

	bare   bool // the bars are hidden
	low    bool // little height: the bars are kept small
	tiny   bool // very little width, as on a phone with type of 200 %
	panel  panel
	pages  *pageList
	find   *finder
	fitted bool // how the page fits was decided
	others others
	// Of the part of the page that the presenter looks at: this person moved the page himself, it is offered, the presenter keeps
	// his own to himself.
	own, offered, alone bool
	scroll              *widget.Scroll
	drawn               readerModel // the last model: what the bars are drawn for
	bars                bars
}

func newReader(s *Shell, id string) *reader {
	r := &reader{shell: s, id: id, page: widget.NewPageView(), scroll: newScroll()}
	r.pages = newPageList(r)
	r.find = newFinder(s, id, func() string { return r.seen.Hash }, r.openHit)
	r.pen = newPen(r)
	r.text, r.words = newTextView(r), newPageWords(r)
	r.tabs = newTabStrip(r)
	r.page.SetPaper(s.chosen.Paper)
	r.beginLeaves()
	r.page.OnTurn = func(page int) { s.refused(s.act.ShowPage(id, page)) }
	r.page.OnTapped = func() {
		s.window.Canvas().Unfocus()
		r.bare = !r.bare
		s.refresh()
	}
	r.page.OnMoved = func(widget.PagePart) { r.movedOwn() }
	return r
}

// readerModel is what of the view can be seen.
type readerModel struct {
	View      controller.ReaderView
	Documents int
	Failed    string
	Doc       string
	Bare      bool
	Panel     panel
	Fit       widget.FitMode
	Offered   bool
	Marks     []controller.Bookmark
	Low, Tiny bool
	Narrow    bool // of the window: see narrowBar
	Phone     bool
	Covered   bool
	Found     controller.SearchView
	Hit, Most int
	Pen       penLook
	Text      textLook
	Words     wordsLook
	Tabs      []tabLook
	Short     bool // while the tools are listed: some have no room in the row
}

func (r *reader) model() any {
	if r.shell.shown == nil {
		r.bars = bars{} // drawn in another language, size or colour
	}
	r.seen = r.shell.act.Reader(r.id)
	r.low, r.tiny = r.shell.window.Canvas().Size().Height < theme.Scaled(lowBelow), r.shell.tiny()
	r.course.hear(r)
	r.fetch()
	m := r.seen
	m.Status = controller.Status{Link: m.Status.Link, Pending: m.Status.Pending}
	m.ItemRow.Used, m.ItemRow.Over = 0, false
	m.Part = nil
	if r.panel != pagesPanel {
		m.ItemRow.Documents = nil
	}
	m.ItemRow.Documents = coarse(m.ItemRow.Documents)
	m.Document.Loading = session.Loading{}
	r.followPart()
	r.drawn = readerModel{m, len(r.seen.ItemRow.Documents), r.failed, r.hash, r.bare, r.panel, r.page.Fit(), r.offered, r.bookmarks(), r.low, r.tiny, r.shell.narrowBar(), r.phone(), r.covered(), r.find.look(), r.find.at, r.find.most, r.pen.model(), r.text.look(), r.words.look(), r.tabs.look(), r.panel == morePanel && r.shortRow()}
	return r.drawn
}

// fetch has the document at hand whose page is to be shown.
func (r *reader) fetch() {
	want := r.seen.Hash
	switch {
	case want == "":
		r.doc, r.hash, r.failed, r.failure = nil, "", "", ""
		return
	case want == r.hash, want == r.failure && r.failed != "":
		return
	}
	r.doc, r.failed = nil, ""
	doc, code := r.shell.act.Document(r.id, r.seen.Spot.Item, want)
	switch {
	case doc != nil:
		r.doc, r.hash, r.failure = doc, want, ""
	case code != "":
		r.hash, r.failed, r.failure = "", code, want
	default:
		r.hash = ""
	}
}

func (r *reader) retry() {
	r.failed, r.failure = "", ""
	r.shell.redraw()
}

func (r *reader) name() string { return r.seen.Document.Title }

func (r *reader) close() {
	r.shell.act.LeaveReader(r.id)
	r.pages.close()
	r.find.close()
	r.tabs.leave()
	r.text.close()
	r.words.close()
	r.pen.close()
	r.closeLeaves()
	r.page.Close()
}

func (r *reader) typed(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyF3 {
		r.find.step(1)
		return
	}
	if !r.text.typed(e) {
		r.page.TypedKey(e)
	}
}

// bookmarks are those of the meeting, while they are listed.
func (r *reader) bookmarks() []controller.Bookmark {
	if r.panel != pagesPanel {
		return nil
	}
	return r.shell.act.Bookmarks(r.id)
}

func (r *reader) typedRune(k rune) {
	switch unicode.ToLower(k) {
	case '/':
		r.openSearch()
	case 'p':
		r.pen.toggle()
	case 't':
		r.text.toggle()
	case 'b':
		r.bookmark()
	case 'g':
		r.open(pagesPanel)
	case 'w':
		if r.page.Fit() == widget.FitWidth {
			r.fit(widget.FitPage)
		} else {
			r.fit(widget.FitWidth)
		}
	default:
		r.page.TypedRune(k)
	}
}

// back closes the panel, then brings the bars back, then leaves.
func (r *reader) back() bool {
	switch _, _, chosen := r.page.Chosen(); {
	case chosen:
		r.page.Unchoose()
	case r.panel != noPanel:
		r.open(noPanel)
	case r.bare:
		r.bare = false
		r.shell.refresh()
	case r.pen.view.Writing():
		r.pen.set(false)
	case r.text.on:
		r.text.leave()
	default:
		return false
	}
	return true
}

// open shows a panel, or closes it where it is open.
func (r *reader) open(p panel) {
	if r.panel == p {
		p = noPanel
	}
	r.shell.window.Canvas().Unfocus() // a field that goes takes no more keys
	r.panel = p
	r.scroll.Offset = fyne.NewPos(0, 0)
	if p != pagesPanel {
		r.pages.close()
	}
	r.shell.redraw()
}

func (r *reader) draw() fyne.CanvasObject {
	r.showPage()
	middle := r.words.over(r.pen.over(r.page))
	switch {
	case r.seen.Spot.IsZero():
		middle = r.nothing()
	case r.failed != "":
		again := widget.NewButton(words.T("common.retry"), widget.Outlined, r.retry).WithIcon(icons.RefreshCw)
		middle = body(r.scroll, listWidth, widget.EmptyState(icons.CloudOff, words.T("reader.failed"), words.Refusal(r.failed), again))
	case r.doc == nil:
		middle = body(r.scroll, listWidth, widget.EmptyState(icons.FileText, words.T("reader.loading"), "", nil))
	case r.text.on:
		middle = r.text.draw(middle)
	}
	if r.panel != noPanel {
		middle = r.besidePanel(middle)
	} else if r.pen.view.Writing() && !r.shell.narrowBar() {
		middle = beside(middle, r.pen.palette(), paletteWidth)
	} else if r.bare {
		middle = container.NewStack(middle, container.New(cornerLayout{}, r.marks()...))
	}
	top, bottom := r.drawBars()
	return widget.Frame(top, middle, bottom)
}

// showPage brings the page view to what is to be seen.
func (r *reader) showPage() {
	if r.doc == nil {
		r.page.SetSource(nil, 1)
		r.pages.shown = nil
		return
	}
	r.lay()
	switch {
	case r.pages.shown != r.doc:
		r.tabs.leave()
		r.pages.shown = r.doc
		r.chooseFit()
		r.page.SetSource(r.doc, r.seen.Page)
		r.tabs.enter()
		if hits := r.find.seen.Hits(); r.find.at >= 0 && r.find.at < len(hits) {
			r.reveal(hits[r.find.at])
		}
	case r.page.Page() != r.seen.Page:
		r.page.SetPage(r.seen.Page)
		r.own, r.offered = false, false
		r.tellPart()
	}
	r.mark()
	r.words.show()
}

// chooseFit shows an upright page on a wide window by its width, with its upper part in view: whole, its letters are too small.
func (r *reader) chooseFit() {
	if r.fitted {
		return
	}
	r.fitted = true
	w, h := r.doc.PageSize(r.seen.Page)
	if window := r.shell.window.Canvas().Size(); window.Width > window.Height && h > w {
		r.page.SetFit(widget.FitWidth)
	}
}

func (r *reader) nothing() fyne.CanvasObject {
	if ended := endedWords(r.seen.Phase); ended != "" {
		agenda := widget.NewButton(words.T("agenda.title"), widget.Filled, r.leave).WithIcon(icons.List)
		return body(r.scroll, listWidth, widget.EmptyState(icons.CircleCheck, ended, "", agenda))
	}
	title, help := words.T("reader.no_document"), ""
	if r.seen.Presenting.Spot.IsZero() {
		title = words.T("projector.no_page")
	}
	return body(r.scroll, listWidth, widget.EmptyState(icons.BookOpen, title, help, nil))
}

// marks are what has to be seen although the bars are hidden.
func (r *reader) marks() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if chip := linkChip(r.seen.Status); chip != nil {
		out = append(out, chip)
	}
	if r.seen.CanTurnForAll {
		out = append(out, widget.NewChip(words.T("state.presenting"), widget.ChipShared))
	}
	if r.course.ended(r.seen.Phase) {
		out = append(out, widget.NewChip(endedWords(r.seen.Phase), widget.ChipNeutral))
	}
	if wishes := r.wishes(); wishes != nil {
		out = append(out, wishes)
	}
	return out
}

// cornerLayout puts things into the upper trailing corner, one below the other.
type cornerLayout struct{}

func (cornerLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (cornerLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap := theme.Scaled(8)
	y := gap
	for _, o := range objects {
		m := o.MinSize()
		if c, ok := o.(*widget.Chip); ok {
			m.Width = c.NaturalWidth()
		}
		o.Resize(m)
		o.Move(fyne.NewPos(size.Width-m.Width-gap, y))
		y += m.Height + gap
	}
}

// tellPart lets the others see the part of the page the presenter looks at.
func (r *reader) tellPart() {
	if !r.seen.CanTurnForAll || r.doc == nil || r.text.showing() || r.alone {
		return
	}
	_, h := r.doc.PageSize(r.seen.Page)
	part := r.page.VisiblePart()
	top, bottom := min(max(part.Y/h, 0), 1), min(max((part.Y+part.H)/h, 0), 1)
	r.shell.act.ShowPart(r.id, float64(top), float64(bottom-top))
}
