package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// wideBar is the width from which on the reader has room for more than the page: open documents in a row, the palette beside.
const wideBar = 760

func scaledBar() float32 { return theme.Scaled(wideBar) }

// wayBackHeight is between the usual and the tall button: it takes room from the page.
const wayBackHeight = 56

// phoneBelow is the width at 100 % below which the title has one line, of so many letters: the page needs the room. The tools have
// the whole of it.
const (
	phoneBelow = 480
	phoneTitle = 34
)

func (r *reader) phone() bool {
	return r.shell.window.Canvas().Size().Width < theme.Scaled(phoneBelow)
}

// title names item and document.
func (r *reader) title() string {
	title := r.seen.Document.Title
	if n := r.seen.ItemRow.Number; n != "" && title != "" {
		return dotted(words.T("agenda.item", n), title)
	}
	return title
}

func (r *reader) topBar() fyne.CanvasObject {
	title := r.title()
	if r.pen.narrow() {
		return widget.NewTopBar(words.T("agenda.title"), r.leave, "", r.pen.chip())
	}
	if r.low && r.tiny {
		return widget.NewTopBar(words.T("agenda.title"), r.leave, "")
	}
	switch {
	case r.phone():
		title = ellipsis(title, phoneTitle)
	case r.covered():
		title = ellipsis(title, barTitle)
	}
	return widget.NewTopBar(words.T("agenda.title"), r.leave, title, r.chips()...)
}

// covered tells whether a panel lies in the page's place, and needs the room.
func (r *reader) covered() bool {
	return r.panel != noPanel && r.shell.window.Canvas().Size().Width < theme.Scaled(wideFrom)
}

// lowPanel is the height at 100 % below which a panel in the page's place has the way back's room too.
const lowPanel = 600

// barTitle is how many letters of a title there are in a bar over a panel, and in the way back.
const barTitle = 80

func (r *reader) leave() {
	r.panel = noPanel
	r.shell.pop()
}

// chips say how the page on the screen stands to what is presented.
func (r *reader) chips() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	v := r.seen
	switch {
	case v.CanTurnForAll:
		out = append(out, widget.NewChip(words.T("state.presenting"), widget.ChipShared).WithIcon(icons.Presentation))
	case v.Presenting.Spot.IsZero():
	case v.Following:
		out = append(out, widget.NewChip(words.T("state.following_short"), widget.ChipAccent).WithIcon(icons.Eye))
	default:
		out = append(out, widget.NewChip(words.T("state.reading_alone"), widget.ChipNeutral).WithIcon(icons.BookOpen))
	}
	if offer := r.partOffer(); offer != nil {
		out = append(out, offer)
	}
	if v.KnowsFollowers && !r.pen.view.Writing() && v.Followers.Follow+v.Followers.Apart > 0 {
		out = append(out, widget.NewChip(words.T("presenter.followers", v.Followers.Follow, v.Followers.Apart), widget.ChipNeutral).WithIcon(icons.Users))
	}
	if chip := r.pen.chip(); chip != nil {
		out = append(out, chip)
	}
	if b := r.text.switcher(); b != nil {
		out = append(out, b)
	}
	if r.covered() {
		return out
	}
	if v.CanDropAsk {
		out = append(out, widget.NewChip(words.T("presenter.ask_waits"), widget.ChipAccent).WithIcon(icons.Hand))
	}
	if chip := linkChip(v.Status); chip != nil {
		out = append(out, chip)
	}
	if wishes := r.wishes(); wishes != nil {
		out = append(out, wishes)
	}
	return out
}

// foot is the way back to the presenter, which stays when the bars go, and the tools.
func (r *reader) foot() fyne.CanvasObject {
	var rows []fyne.CanvasObject
	over := r.covered() // what is said about the page is not said over a panel
	if r.course.ended(r.seen.Phase) && !r.bare && !r.seen.Spot.IsZero() {
		rows = append(rows, widget.Inset(12, 4, widget.NewBanner(widget.BannerNotice, endedWords(r.seen.Phase), words.T("agenda.title"), r.leave)))
	}
	if r.seen.Replaced && !r.bare && !over {
		rows = append(rows, widget.Inset(12, 4, widget.NewBanner(widget.BannerNotice, words.T("reader.replaced"), words.T("reader.open_new"), r.openNew)))
	}
	if r.seen.Together && r.seen.Last > 0 && r.saysTogether() && !over {
		rows = append(rows, widget.Inset(12, 4, widget.NewBanner(widget.BannerNotice, words.T("presenter.together"), "", nil)))
	}
	low := r.tiny || r.shell.window.Canvas().Size().Height < theme.Scaled(lowPanel)
	if r.seen.Apart && !(over && low) {
		back := widget.NewButton(r.wayBack(), widget.Filled, func() {
			r.shell.act.BackToPresenter(r.id)
			r.shell.Update()
		}).WithHeight(wayBackHeight)
		if !r.tiny {
			back.SetIcon(icons.CornerUpLeft)
		}
		rows = append(rows, widget.Inset(12, 6, widget.Narrow(560, back)))
	}
	if bar := r.find.bar(r.shell.window.Canvas().Size().Width < theme.Scaled(wideBar)); bar != nil {
		rows = append(rows, widget.Divider(), widget.Inset(12, 0, widget.Narrow(760, bar)))
	}
	switch {
	case r.bare:
	case r.pen.narrow():
		rows = append(rows, widget.Divider(), r.pen.narrowRow())
	default:
		rows = append(rows, widget.Divider(), r.tools())
	}
	if len(rows) == 0 {
		return nil
	}
	return widget.Column(0, rows...)
}

func (r *reader) wayBack() string {
	at := r.seen.Presenting
	if r.tiny {
		return words.T("reader.back_short", at.Spot.Place.Page)
	}
	if r.seen.SameDocument {
		return words.T("reader.back_to_presenter", at.Spot.Place.Page)
	}
	return words.T("reader.back_to_document", ellipsis(at.Document, barTitle), at.Spot.Place.Page)
}

func (r *reader) openNew() {
	v := r.seen
	r.shell.refused(r.shell.act.OpenDocument(r.id, v.Spot.Item, v.Document.ID, 0, v.Page))
}

// tools is the row at the lower edge, with as much in it as there is room for.
func (r *reader) tools() fyne.CanvasObject {
	if r.tiny { // three targets are all there is room for; the pen is among the tools
		row := func() fyne.CanvasObject { return handed(r.turner(false, false), r.moreTool().Wordless()) }
		return newFitting(roomy(row()), tight(row()))
	}
	return newFitting(r.toolRows()...)
}

// roomy and tight leave much and little free at both ends of the row of tools.
func roomy(row fyne.CanvasObject) fyne.CanvasObject { return widget.Inset(12, 4, row) }
func tight(row fyne.CanvasObject) fyne.CanvasObject { return widget.Inset(2, 4, row) }

// wholeRows is how many of toolRows have all tools.
const wholeRows = 2

// toolRows are the tools in rows of less and less width: first the words at the arrows go, then the tools that are in the panel
// as well, then the words below icons, then the page number.
func (r *reader) toolRows() []fyne.CanvasObject {
	whole := func() fyne.CanvasObject { return widget.Row(8, -1, append(r.wideTools(), r.moreTool())...) }
	few := func() fyne.CanvasObject { return handed(r.turner(false, true), r.pen.switcher(), r.moreTool()) }
	plain := func(withNumber bool) fyne.CanvasObject {
		return handed(r.turner(false, withNumber), r.pen.switcher().Wordless(), r.moreTool().Wordless())
	}
	return []fyne.CanvasObject{
		roomy(handed(r.turner(true, true), whole())),
		roomy(handed(r.turner(false, true), whole())),
		roomy(few()),
		tight(few()),
		roomy(plain(true)),
		roomy(plain(false)),
	}
}

// shortRow says that some tools have no room in the row and must be in the panel.
func (r *reader) shortRow() bool {
	return firstFitting(measured(r.toolRows()), r.shell.window.Canvas().Size().Width) >= wholeRows
}

func (r *reader) moreTool() *widget.IconButton {
	return r.tool(icons.Ellipsis, "reader.tools", morePanel)
}

func (r *reader) wideTools() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.pen.switcher(), r.tool(icons.LayoutGrid, "reader.pages", pagesPanel), r.findTool(), r.fitTool(), r.tool(icons.Presentation, "reader.presenting", presentPanel)}
}

func (r *reader) tool(icon icons.Name, key string, p panel) *widget.IconButton {
	b := widget.NewIconButton(icon, words.T(key), func() { r.open(p) })
	b.SetChosen(r.panel == p)
	return b
}

func (r *reader) findTool() *widget.IconButton {
	b := widget.NewIconButton(icons.Search, words.T("reader.find"), func() {
		if r.panel == searchPanel {
			r.open(noPanel)
			return
		}
		r.openSearch()
	})
	b.SetChosen(r.panel == searchPanel)
	return b
}

func (r *reader) fitTool() *widget.IconButton {
	if r.page.Fit() == widget.FitWidth {
		return widget.NewIconButton(icons.Minimize, words.T("reader.fit_page"), func() { r.fit(widget.FitPage) })
	}
	return widget.NewIconButton(icons.MoveHorizontal, words.T("reader.fit_width"), func() { r.fit(widget.FitWidth) })
}

func (r *reader) fit(mode widget.FitMode) {
	r.page.SetFit(mode)
	r.tellPart()
	r.shell.redraw()
}

// turner goes to the page before and after, with words at the arrows and the page number between them, or without.
func (r *reader) turner(withWords, withNumber bool) fyne.CanvasObject {
	previous, next := "", ""
	if withWords {
		previous, next = words.T("reader.previous"), words.T("reader.next")
	}
	t := turner{back: widget.NewIconButton(icons.ChevronLeft, previous, func() { r.turn(-1) }), on: widget.NewIconButton(icons.ChevronRight, next, func() { r.turn(1) })}
	row := []fyne.CanvasObject{t.back, t.on}
	if withNumber && r.seen.Pages > 0 {
		t.number = widget.NewButton("", widget.Outlined, func() { r.open(pagesPanel) })
		row = []fyne.CanvasObject{t.back, t.number, t.on}
	}
	t.show(r)
	r.bars.turners = append(r.bars.turners, t)
	return widget.Row(4, -1, row...)
}

// besidePanel puts the open panel at the page's side, or in its place where the window is narrow.
func (r *reader) besidePanel(page fyne.CanvasObject) fyne.CanvasObject {
	side := widget.Frame(r.panelHead(), r.panelBody(), nil)
	return newAdaptive(func(wide bool) fyne.CanvasObject {
		if wide {
			return beside(page, side, sideWidth)
		}
		return side
	})
}

func (r *reader) panelHead() fyne.CanvasObject {
	key := map[panel]string{pagesPanel: "reader.pages", presentPanel: "reader.presenting", morePanel: "reader.tools", searchPanel: "reader.search", inkPanel: "ink.write", notesPanel: "ink.my_notes"}[r.panel]
	if r.tiny {
		return widget.Inset(12, 6, widget.NewButton(words.T("common.close"), widget.Outlined, func() { r.open(noPanel) }))
	}
	shut := widget.NewIconButton(icons.X, words.T("common.close"), func() { r.open(noPanel) }).Beside()
	return widget.Inset(12, 6, widget.Row(8, 0, widget.NewText(words.T(key), widget.StyleHeading), shut))
}

func (r *reader) panelBody() fyne.CanvasObject {
	var objects []fyne.CanvasObject
	switch r.panel {
	case pagesPanel:
		return r.pages.draw()
	case searchPanel:
		objects = r.find.draw()
	case inkPanel:
		objects = r.pen.panel()
	case notesPanel:
		objects = r.pen.notes()
	case presentPanel:
		objects = r.presentParts()
	case morePanel:
		objects = r.moreParts()
	}
	refill(r.scroll, widget.Inset(16, 8, widget.Column(theme.Gap, objects...)))
	return r.scroll
}

// presentParts say who presents, and what this person can do about it.
func (r *reader) presentParts() []fyne.CanvasObject {
	v, act, id := r.seen, r.shell.act, r.id
	var out []fyne.CanvasObject
	switch {
	case v.Presenting.IsMe:
		out = append(out, widget.NewBanner(widget.BannerNotice, words.T("presenter.you"), "", nil))
	case v.Presenting.Presenter != "":
		out = append(out, widget.NewText(words.T("presenter.is", v.Presenting.Presenter), widget.StyleStrong))
	default:
		out = append(out, widget.NewText(words.T("presenter.nobody"), widget.StyleStrong))
	}
	if v.KnowsFollowers {
		out = append(out, widget.NewText(words.T("presenter.followers", v.Followers.Follow, v.Followers.Apart), widget.StyleSecondary))
	}
	if v.CanTurnForAll {
		out = append(out, r.partButton())
	}
	take := "presenter.take"
	if v.HadRole {
		take = "presenter.take_back"
	}
	for _, w := range []struct {
		live bool
		key  string
		icon icons.Name
		do   func(string) string
	}{
		{v.CanPresentThis && !v.CanTurnForAll, "presenter.present_page", icons.Presentation, act.PresentThis},
		{v.CanTake && !v.Presenting.IsMe, take, icons.UserCheck, act.TakePresenter},
		{v.CanRecall, "presenter.bring_back", icons.CornerUpLeft, act.Recall},
		{v.CanTogether && !v.Together, "presenter.hold", icons.Users, func(id string) string { return act.HoldTogether(id, true) }},
		{v.CanTogether && v.Together, "presenter.let_go", icons.Users, func(id string) string { return act.HoldTogether(id, false) }},
		{v.CanAsk, "presenter.ask", icons.Hand, act.AskPresenter},
		{v.CanDropAsk, "presenter.drop_ask", icons.X, act.DropAsk},
	} {
		if w.live {
			out = append(out, widget.NewButton(words.T(w.key), widget.Outlined, func() {
				r.panel = noPanel
				code := w.do(id)
				r.shell.refused(code)
				if code == "" && w.key == "presenter.ask" {
					r.shell.note.show(words.T("presenter.asked"))
				}
				r.shell.redraw()
			}).WithIcon(w.icon))
		}
	}
	return out
}
