package deskscreen

import (
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// desk is one meeting being prepared: what it is and what still lacks, its agenda, and the item chosen from it.
type desk struct {
	screen *Screen
	id     string
	leave  func()
	view   controller.DeskView
	failed string // refusal code of the last wish that has no form of its own
	notice string // what a drop of files left to say

	history  history
	selected meeting.ItemID
	uploads  *uploads

	top      *pane.Part
	foot     *pane.Part
	overview *pane.Part
	agenda   *pane.Part
	item     *pane.Part
	tree     *sortable // the agenda's items
	papers   *sortable // the chosen item's documents
	// shownTree and shownPapers are what the rows of the two show.
	shownTree   treeModel
	shownPapers papersModel
	board       *pane.Columns
	content     *fyne.Container
}

func newDesk(s *Screen, id string, leave func()) *desk {
	d := &desk{screen: s, id: id, leave: leave, top: pane.NewPart(), foot: pane.NewPart(), overview: pane.NewPart(), agenda: pane.NewPart(), item: pane.NewPart()}
	d.uploads = newUploads(s)
	d.tree, d.papers = d.newTree(), d.newPapers()
	overview, agenda, item := d.overview.Object(), d.agenda.Object(), d.item.Object()
	d.board = pane.NewColumns(
		pane.Plan{From: 1180, Columns: [][]fyne.CanvasObject{{overview}, {agenda}, {item}}, Widths: []float32{320, 0, 420}},
		pane.Plan{From: 780, Columns: [][]fyne.CanvasObject{{overview, agenda}, {item}}, Widths: []float32{0, 400}},
		pane.Plan{Columns: [][]fyne.CanvasObject{{overview, agenda}}, Widths: []float32{0}},
	)
	for _, part := range []*pane.Part{d.overview, d.agenda, d.item} {
		part.Around = func() *widget.Scroll { return d.board.Around(part.Object()) }
	}
	d.board.OnPlan = d.refresh
	d.board.OnScrolled = func() {
		d.tree.seen()
		d.papers.seen()
	}
	d.content = widget.Frame(d.top.Object(), d.board, d.foot.Object())
	return d
}

func (d *desk) object() fyne.CanvasObject { return d.content }

// reload takes over what the controller knows now, without showing it.
func (d *desk) reload() { d.view = d.screen.actions.Desk(d.id) }

// refresh shows what the controller knows now.
func (d *desk) refresh() {
	d.reload()
	v := d.view
	if _, ok := d.find(d.selected); !ok {
		d.selected = ""
		if len(v.Items) > 0 {
			d.selected = v.Items[0].ID
		}
	}
	d.uploads.update(v.Uploads)
	changed := d.top.Show([]any{v.Exists, v.GoneCode, v.Title, v.Phase, v.CanPublish, v.CanEdit, v.Checks, v.Status.Link, v.Status.WhyCode, d.failed, d.notice, d.uploads.many(), d.history.canUndo(), d.history.canRedo(), d.beside()}, d.buildTop)
	changed = d.foot.Show([]any{d.history.told, d.history.canUndo(), d.history.canRedo(), v.CanEdit}, d.buildFoot) || changed
	changed = d.overview.Show([]any{v.Exists, v.Form, v.Checks, v.Phase, v.Members, v.Delegates, v.Guests, v.CanEdit, v.Documents, v.Minutes, len(v.Items), v.GoneCode, v.Due, v.Overdue, v.Answers}, d.buildOverview) || changed
	changed = d.agenda.Show([]any{v.Exists, len(v.Items) == 0, v.CanEdit}, d.buildAgenda) || changed
	changed = d.showTree() || changed
	changed = d.showPapers() || changed
	changed = d.item.Show(d.itemModel(), d.buildBeside) || changed
	changed = d.showVotes() || changed
	if changed {
		d.content.Refresh()
	}
}

// showVotes brings the chosen item's votes up to date.
func (d *desk) showVotes() bool {
	votes := d.screen.leads.Votes
	if votes == nil {
		return false
	}
	item, _ := d.find(d.selected)
	return votes.Refresh(d.id, item)
}

// votes is the part of the votes, to be put below the item.
func (d *desk) votes() []fyne.CanvasObject {
	if d.screen.leads.Votes == nil {
		return nil
	}
	return []fyne.CanvasObject{d.screen.leads.Votes.Object()}
}

func (d *desk) find(id meeting.ItemID) (controller.ItemRow, bool) {
	i := slices.IndexFunc(d.view.Items, func(i controller.ItemRow) bool { return i.ID == id })
	if i < 0 {
		return controller.ItemRow{}, false
	}
	return d.view.Items[i], true
}

// took notes the answer to a wish and shows what became of it.
func (d *desk) took(code string) {
	d.failed = code
	d.screen.Refresh()
}

// kept goes back from a form whose wish was accepted, and passes a refusal on to it.
func (d *desk) kept(code string) string {
	if code == "" {
		d.screen.back()
		d.took("")
	}
	return code
}

func (d *desk) buildTop() fyne.CanvasObject {
	v := d.view
	var trailing []fyne.CanvasObject
	if v.Exists {
		kind := widget.ChipNeutral
		if v.Phase == meeting.Draft {
			kind = widget.ChipNotice
		}
		add := func(icon icons.Name, word string, on bool, do func()) {
			if v.CanEdit && (d.beside() || on) { // on a phone it takes room only when it is of use
				b := widget.NewIconButton(icon, word, do)
				b.SetEnabled(on)
				trailing = append(trailing, b)
			}
		}
		add(icons.Undo2, words.T("common.undo"), d.history.canUndo(), d.undoLast)
		add(icons.Redo2, words.T("common.redo"), d.history.canRedo(), d.redoLast)
		trailing = append(trailing, widget.NewChip(words.T(v.PhaseKey), kind))
		if v.Phase == meeting.Draft && v.CanEdit {
			trailing = append(trailing, widget.NewButton(words.T("desk.publish"), widget.Filled, d.openPublish).WithIcon(icons.Send))
		}
	}
	objects := []fyne.CanvasObject{widget.NewTopBar(words.T("common.back"), d.leave, v.Title, trailing...)}
	add := func(b fyne.CanvasObject) { objects = append(objects, widget.Inset(16, 6, b)) }
	if d.failed != "" {
		add(widget.NewBanner(widget.BannerWrong, words.Refusal(d.failed), words.T("common.close"), func() { d.took("") }))
	}
	if d.notice != "" {
		add(widget.NewBanner(widget.BannerNotice, d.notice, words.T("common.close"), func() { d.say("") }))
	}
	if d.uploads.many() {
		add(d.uploads.all)
	}
	for _, b := range linkBanners(v.Status) {
		add(b)
	}
	return widget.Column(0, objects...)
}

// linkBanners tell what is out of the ordinary with the connection; nothing where all is well.
func linkBanners(st controller.Status) []fyne.CanvasObject {
	switch st.Link {
	case session.Offline:
		return []fyne.CanvasObject{widget.NewBanner(widget.BannerOffline, words.T("desk.offline"), "", nil)}
	case session.Ended:
		return []fyne.CanvasObject{widget.NewBanner(widget.BannerWrong, words.Refusal(st.WhyCode), "", nil)}
	case session.Connecting:
		return []fyne.CanvasObject{widget.Flow(8, widget.NewChip(words.T("state.connecting"), widget.ChipNeutral))}
	}
	return nil
}

// say tells something that is no refusal; "" takes it back.
func (d *desk) say(what string) {
	d.notice = what
	d.screen.Refresh()
}

// buildOverview shows what the meeting is, who takes part, and what still lacks.
func (d *desk) buildOverview() fyne.CanvasObject {
	v := d.view
	switch {
	case !v.Exists && v.GoneCode != "":
		return widget.EmptyState(icons.Info, words.Refusal(v.GoneCode), "", nil)
	case !v.Exists:
		return widget.EmptyState(icons.Clock, words.T("common.loading"), "", nil)
	}
	when := spanText(v.Form.Starts, v.Form.Ends)
	if when == "" {
		when = words.T("desk.no_time")
	}
	facts := []fyne.CanvasObject{widget.NewText(joined(v.Form.Kind, words.T("desk.summary", len(v.Items), v.Minutes, v.Documents)), widget.StyleSecondary),
		iconLine(icons.Clock, when)}
	if v.Form.Place != "" {
		facts = append(facts, iconLine(icons.MapPin, v.Form.Place))
	}
	if v.CanEdit {
		facts = append(facts, widget.NewButton(words.T("desk.edit_details"), widget.Outlined, d.editMeeting).WithIcon(icons.Pencil))
	}
	objects := []fyne.CanvasObject{widget.NewPanel(widget.Column(10, facts...)),
		widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.Users}, Title: words.T("desk.people"), Subtitle: d.whoText(), Chevron: true}, d.openPeople)}
	if v.Phase != meeting.Draft && v.Answers.Total() > 0 {
		objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.UserCheck}, Title: words.T("answer.list"), Subtitle: answersText(v.Answers), Chevron: true}, d.openAnswers))
	}
	if v.Phase == meeting.Draft && !v.Due.IsZero() {
		objects = append(objects, dueLine(v))
	}
	if v.Phase == meeting.Draft {
		objects = append(objects, d.checks(v.Checks)...)
	}
	row := func(title string, icon icons.Name, open func()) {
		objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icon}, Title: title, Chevron: true, Compact: true}, open))
	}
	if v.CanEdit {
		row(words.T("desk.invitation"), icons.Send, d.openInvitation)
	}
	if d.screen.actions.Meetings().CanCreate {
		row(words.T("desk.copy_this"), icons.Copy, d.copyThis)
	}
	return widget.Column(theme.Gap, objects...)
}

// dueLine tells by when documents are due. Holidays are not known, so it says what counts as a working day.
func dueLine(v controller.DeskView) fyne.CanvasObject {
	text := words.T("desk.due", words.ShortDate(v.Due), v.DueDays)
	if v.Overdue {
		text = words.T("desk.overdue", words.ShortDate(v.Due), v.DueDays)
	}
	return iconLine(icons.Clock, text)
}

func (d *desk) whoText() string {
	v := d.view
	return words.T("desk.who", v.Members, v.Delegates, v.Guests)
}

func iconLine(icon icons.Name, text string) fyne.CanvasObject {
	return widget.Row(10, 1, widget.NewIcon(icon, theme.Secondary, 22), widget.NewText(text, widget.StyleBody))
}

// checks lists what lacks before the meeting can be sent; pressing one leads to where it is mended.
func (d *desk) checks(list []controller.Check) []fyne.CanvasObject {
	if len(list) == 0 {
		return []fyne.CanvasObject{widget.NewCard(widget.CardData{Mark: widget.Mark{Done: true}, Title: words.T("desk.complete"), Compact: true}, nil)}
	}
	objects := []fyne.CanvasObject{labelText(words.T("desk.checks"))}
	for _, c := range list {
		sub := ""
		if c.Blocks {
			sub = words.T("desk.check_blocks")
		}
		objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.TriangleAlert}, Title: checkText(c), Subtitle: sub, Chevron: true, Compact: true}, func() { d.mend(c) }))
	}
	return objects
}

func checkText(c controller.Check) string {
	if c.N > 0 {
		return words.N(c.Key, c.N)
	}
	return words.T(c.Key)
}

// mend leads to where a check is satisfied.
func (d *desk) mend(c controller.Check) {
	switch {
	case c.Key == "desk.lacking_audience" && len(c.Items) > 0:
		d.chooseAudience(c.Items[0])
	case c.Key == "desk.lacking_invitation":
		d.openInvitations()
	case len(c.Items) > 0:
		d.choose(c.Items[0])
	case c.Key == "desk.lacking_items":
		d.addItem()
	case c.Key == "desk.lacking_time":
		d.editMeeting()
	default:
		d.openPeople()
	}
}

// beside tells whether the chosen item is shown beside the agenda.
func (d *desk) beside() bool { return !d.board.Narrowest() }

// buildBeside is the chosen item's part beside the agenda; an item on a page of its own is not built twice.
func (d *desk) buildBeside() fyne.CanvasObject {
	if !d.beside() {
		return nil
	}
	return d.buildItem()
}

// choose shows an item: beside the agenda, or on a page of its own where the screen is narrow.
func (d *desk) choose(id meeting.ItemID) {
	d.selected = id
	if d.beside() {
		d.screen.Refresh()
		return
	}
	d.showPapers()
	d.screen.push(func() (any, bool) {
		_, ok := d.find(id)
		d.showPapers()
		return d.itemModel(), ok && d.selected == id
	}, func() fyne.CanvasObject {
		i, _ := d.find(id)
		return pane.Sheet(words.T("agenda.item", i.Number), d.screen.back, nil, d.buildItem())
	})
}
