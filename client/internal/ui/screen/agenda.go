package screen

import (
	"reflect"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// agenda is a participant's start in a meeting.
type agenda struct {
	still
	shell  *Shell
	id     string
	seen   controller.MeetingView
	scroll *widget.Scroll
	side   *widget.Scroll
	// answering: what was said about coming is being changed.
	answering bool
	// cards are the items' as they were drawn last: of two hundred items one changes at a time, and it alone is drawn anew.
	cards map[meeting.ItemID]agendaCard
}

// agendaCard is an item's card, and what it shows.
type agendaCard struct {
	row  controller.ItemRow
	card fyne.CanvasObject
}

func newAgenda(s *Shell, id string) *agenda {
	s.act.OpenMeeting(id)
	return &agenda{shell: s, id: id, scroll: newScroll(), side: newScroll()}
}

func (v *agenda) close() {
	v.shell.act.Saw(v.id)
	v.shell.act.LeaveMeeting(v.id)
}

// model leaves out what changes without being seen, or too often: the running clock below a minute, every single page that comes in.
func (v *agenda) model() any {
	if v.shell.shown == nil {
		v.cards = nil // drawn in another language, size or colour
	}
	v.seen = v.shell.act.Meeting(v.id)
	m := v.seen
	m.Now = m.Now.Truncate(time.Minute)
	m.Items = make([]controller.ItemRow, len(v.seen.Items))
	for i, row := range v.seen.Items {
		m.Items[i] = coarseItem(row)
	}
	return agendaModel{m, v.answering}
}

// coarseItem is what of an item is seen.
func coarseItem(i controller.ItemRow) controller.ItemRow {
	i.Used = i.Used.Truncate(time.Minute)
	i.Documents = coarse(i.Documents)
	return i
}

type agendaModel struct {
	Meeting   controller.MeetingView
	Answering bool
}

// coarse brings what is loaded of documents to quarters: drawing a screen for every page would cost more than the page.
func coarse(docs []controller.DocumentRow) []controller.DocumentRow {
	out := make([]controller.DocumentRow, len(docs))
	copy(out, docs)
	for i := range out {
		if l := out[i].Loading; l.Pages > 0 {
			out[i].Loading = session.Loading{Ready: l.Ready * 4 / l.Pages, Pages: 4}
		}
	}
	return out
}

func (v *agenda) name() string { return dotted(v.role(), v.seen.Title) }

// role is the person's part in the meeting, by its weightiest function.
func (v *agenda) role() string {
	switch {
	case !v.seen.Exists:
		return ""
	case v.seen.Me.Has(meeting.Projector):
		return words.T("role.projector")
	case v.seen.Me.Has(meeting.Chair):
		return words.T("role.chair")
	case v.seen.Me.Has(meeting.Secretary):
		return words.T("role.secretary")
	case v.seen.Me.Has(meeting.Guest):
		return words.T("role.guest")
	case v.seen.Me.Member:
		return words.T("role.member")
	}
	return words.T("role.delegate")
}

func (v *agenda) draw() fyne.CanvasObject {
	top := widget.NewTopBar(words.T("meetings.title"), v.shell.pop, "", v.trailing()...)
	if !v.seen.Exists {
		return widget.Frame(top, body(v.scroll, listWidth, v.missing()...), nil)
	}
	return widget.Frame(top, newAdaptive(func(wide bool) fyne.CanvasObject {
		if wide {
			return beside(body(v.scroll, 1200, v.list(24)...), v.sidePart(), sideWidth)
		}
		list, foot := append(v.list(0), v.panels()...), v.enter()
		for _, b := range v.consoles() {
			if b.Kind() == widget.Filled {
				foot = append(foot, b)
			} else {
				list = append(list, b)
			}
		}
		if v.shell.tiny() {
			// A foot would leave nothing of the list.
			return body(v.scroll, 1200, append(foot, list...)...)
		}
		return widget.Frame(nil, body(v.scroll, 1200, list...), inFoot(foot))
	}), nil)
}

// trailing is the search over all documents, where there are any, and who is signed in.
func (v *agenda) trailing() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if v.seen.Status.Documents > 0 {
		word := words.T("common.search")
		if v.shell.tiny() {
			word = ""
		}
		out = append(out, widget.NewIconButton(icons.Search, word, v.search).Beside())
	}
	return append(out, v.shell.meButton())
}

func (v *agenda) search() {
	f := newSearch(v.shell, v.id)
	v.shell.push(f)
	f.finder.focus()
}

// chips say in what state the meeting and its documents are.
func (v *agenda) chips() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	st := v.seen.Status
	if v.seen.Exists {
		kind := widget.ChipNeutral
		switch v.seen.Phase {
		case meeting.Open:
			kind = widget.ChipLive
		case meeting.Draft, meeting.Paused, meeting.Adjourned:
			kind = widget.ChipNotice
		}
		out = append(out, widget.NewChip(words.T(v.seen.PhaseKey), kind))
	}
	switch {
	case st.Documents > 0 && st.Ready >= st.Documents:
		out = append(out, widget.NewChip(words.N("state.loaded", st.Documents), widget.ChipNeutral).WithIcon(icons.Check))
	case st.Documents > 0 && st.Link == session.Live:
		out = append(out, widget.NewChip(words.T("state.loading_of", st.Ready+1, st.Documents), widget.ChipNeutral).WithIcon(icons.Download))
	}
	if chip := linkChip(st); chip != nil && st.Link == session.Connecting {
		out = append(out, chip)
	}
	return out
}

// missing stands where the meeting has not come, or is not to be had.
func (v *agenda) missing() []fyne.CanvasObject {
	out := v.shell.stateBanners(v.seen.Status)
	switch {
	case v.seen.GoneCode != "":
		leave := widget.NewButton(words.T("meetings.title"), widget.Outlined, v.shell.pop)
		return append(out, widget.EmptyState(icons.Calendar, words.T("agenda.gone"), words.Refusal(v.seen.GoneCode), leave))
	case v.seen.Status.Link == session.Offline:
		return append(out, widget.EmptyState(icons.CloudOff, words.T("state.offline_short"), words.T("meetings.offline_help"), nil))
	}
	return append(out, widget.EmptyState(icons.Calendar, words.T("common.loading"), "", nil))
}

// list is the head and the items; the documents of the running one stand below it, indented.
func (v *agenda) list(indent float32) []fyne.CanvasObject {
	m := v.seen
	chair := ""
	if m.Presiding != "" {
		chair = words.T("meetings.chair", m.Presiding)
	}
	out := []fyne.CanvasObject{widget.NewText(m.Title, widget.StyleTitle)}
	if sub := dotted(when(m.Starts, m.Ends), m.Place, chair); sub != "" {
		out = append(out, widget.NewText(sub, widget.StyleSecondary.Colored(theme.Secondary)))
	}
	out = append(out, widget.Inset(0, 4, widget.Flow(8, v.chips()...)))
	out = append(out, v.shell.stateBanners(m.Status)...)
	if m.RestrictedNow {
		out = append(out, widget.NewBanner(widget.BannerNotice, words.T("state.restricted_now"), "", nil))
	}
	if p := v.answerPanel(); p != nil {
		out = append(out, p)
	}
	if len(m.Items) == 0 {
		out = append(out, widget.EmptyState(icons.List, words.T("agenda.empty"), "", nil))
	}
	cards := make(map[meeting.ItemID]agendaCard, len(m.Items))
	for _, i := range m.Items {
		c := v.cards[i.ID]
		if row := coarseItem(i); c.card == nil || !reflect.DeepEqual(c.row, row) {
			c = agendaCard{row, v.itemCard(i)}
		}
		cards[i.ID] = c
		if i.Parent == "" {
			out = append(out, c.card)
		} else {
			out = append(out, widget.Shift(subItem, c.card))
		}
		for _, vote := range i.Votes {
			out = append(out, widget.Inset(indent, 0, voteLine(vote, func() { v.shell.openVote(vote.VoteAt) })))
		}
		if i.Current && len(i.Documents) > 1 {
			for _, d := range i.Documents {
				out = append(out, widget.Inset(indent, 0, documentCard(d, func() { v.read(d) })))
			}
		}
	}
	v.cards = cards
	return out
}

// subItem is how far a sub-item stands behind its item.
const subItem = 28

func (v *agenda) itemCard(i controller.ItemRow) fyne.CanvasObject {
	var tap func()
	if i.Readable && len(i.Documents) > 0 {
		tap = func() { v.open(i) }
	}
	return widget.NewCard(widget.CardData{
		Mark: widget.Mark{Text: i.Number, Done: i.State == meeting.Done, Current: i.Current}, Title: itemTitle(i), Subtitle: itemFacts(i),
		Chips: itemChips(i), Selected: i.Current, Chevron: tap != nil}, tap)
}

// itemTitle is the item's own title, or the neutral words where it is not for this person.
func itemTitle(i controller.ItemRow) string {
	if i.Title == "" {
		return words.T(i.TitleKey)
	}
	return i.Title
}

// itemFacts are unit, reporter, time and documents of an item in one line.
func itemFacts(i controller.ItemRow) string {
	var docs, minutes string
	if i.Readable && len(i.Documents) > 0 {
		docs = words.N("agenda.documents", len(i.Documents))
	}
	planned, used := int(i.Planned/time.Minute), int(i.Used/time.Minute)
	switch {
	case planned > 0 && used > 0:
		minutes = words.T("agenda.minutes_used", used, planned)
	case planned > 0:
		minutes = words.T("agenda.minutes", planned)
	}
	return dotted(i.Unit, i.Reporter, minutes, docs, i.Reason)
}

func itemChips(i controller.ItemRow) []*widget.Chip {
	var out []*widget.Chip
	if i.Restricted && i.Title != "" {
		out = append(out, widget.NewChip(words.T("state.restricted"), widget.ChipNotice).WithIcon(icons.Lock))
	}
	switch {
	case i.New:
		out = append(out, widget.NewChip(words.T("toread.new"), widget.ChipNotice))
	case i.Late:
		out = append(out, widget.NewChip(words.T("toread.late"), widget.ChipNeutral))
	}
	renewed := slices.IndexFunc(i.Documents, controller.DocumentRow.Renewed)
	if renewed >= 0 && !(i.Current && len(i.Documents) > 1) {
		out = append(out, progressChips(i.Documents[renewed], false)...)
	}
	switch i.State {
	case meeting.Running:
		out = append(out, widget.NewChip(words.T(i.StateKey), widget.ChipAccent))
		if i.Over {
			out = append(out, widget.NewChip(words.T("agenda.late", max(int((i.Used-i.Planned)/time.Minute), 1)), widget.ChipNotice).WithIcon(icons.Clock))
		}
	case meeting.Suspended, meeting.Postponed, meeting.Withdrawn:
		out = append(out, widget.NewChip(words.T(i.StateKey), widget.ChipNeutral))
	}
	ready := 0
	for _, d := range i.Documents {
		if d.Loading.Complete() {
			ready++
		}
	}
	if n := len(i.Documents); i.Readable && n > 0 && ready < n && !(i.Current && n > 1) {
		out = append(out, widget.NewChip(words.T("agenda.loaded_of", ready, n), widget.ChipNeutral).WithIcon(icons.Download))
	}
	return out
}

// documentCard is a document with how much of it is on the device.
func documentCard(d controller.DocumentRow, tap func()) fyne.CanvasObject {
	data := widget.CardData{Mark: widget.Mark{Icon: icons.FileText}, Title: d.Title, Subtitle: dotted(d.Kind, words.N("agenda.pages", d.Pages), progressText(d)), Chevron: true}
	data.Chips = progressChips(d, false)
	if d.PresentedPage > 0 {
		data.Chips = append(data.Chips, widget.NewChip(words.T("reader.presenter_on", d.PresentedPage), widget.ChipAccent))
		data.Selected = true
	}
	switch {
	case d.Loading.Complete():
		data.Chips = append(data.Chips, widget.NewChip(words.T("agenda.on_device"), widget.ChipNeutral).WithIcon(icons.Check))
	case d.Loading.Ready > 0:
		data.Chips = append(data.Chips, widget.NewChip(words.T("agenda.loading_pages", strconv.Itoa(d.Loading.Ready), strconv.Itoa(d.Loading.Pages)), widget.ChipNeutral).WithIcon(icons.Download))
	}
	return widget.NewCard(data, tap)
}

// open reads an item's only document at once, and shows several to choose from.
func (v *agenda) open(i controller.ItemRow) {
	if len(i.Documents) == 1 {
		v.read(i.Documents[0])
		return
	}
	v.shell.push(newItem(v.shell, v.id, i.ID))
}

func (v *agenda) read(d controller.DocumentRow) { v.shell.read(v.id, d) }

// read opens a document where the presenter is in it, else where it was read last.
func (s *Shell) read(id string, d controller.DocumentRow) {
	if d.PresentedPage > 0 {
		s.act.BackToPresenter(id)
	} else if code := s.act.OpenDocument(id, d.Item, d.ID, 0, s.act.LastPage(id, d.Item, d.ID)); code != "" {
		s.refused(code)
		return
	}
	s.push(newReader(s, id))
	if d.Renewed() {
		s.note.show(words.T("toread.opened_new", d.ReadPage))
	}
}

// enterPresented goes to the page the room is on.
func (s *Shell) enterPresented(id string) {
	s.act.BackToPresenter(id)
	s.push(newReader(s, id))
}

// panels tell what runs now.
func (v *agenda) panels() []fyne.CanvasObject {
	p := v.seen.Presenting
	var objects []fyne.CanvasObject
	switch {
	case v.seen.RestrictedNow:
		return nil
	case p.Presenter != "" || p.Document != "":
		objects = append(objects, widget.NewText(words.T("agenda.presenting_now"), widget.StyleSecondary.Colored(theme.Secondary)))
		if p.Presenter != "" {
			objects = append(objects, widget.NewText(p.Presenter, widget.StyleStrong))
		}
		if p.Document != "" {
			objects = append(objects, widget.NewText(words.T("agenda.presenting_what", p.Document, p.Spot.Place.Page, p.Pages), widget.StyleSecondary))
		}
	case v.seen.Phase == meeting.Open:
		objects = append(objects, widget.NewText(words.T("presenter.nobody"), widget.StyleSecondary.Colored(theme.Secondary)))
	case v.seen.Phase == meeting.Published:
		objects = append(objects, widget.NewText(words.T("projector.waiting"), widget.StyleSecondary.Colored(theme.Secondary)))
	}
	if len(objects) == 0 {
		return nil
	}
	return []fyne.CanvasObject{widget.NewPanel(widget.Column(6, objects...))}
}

// enter leads to the presented page, if there is one.
func (v *agenda) enter() []fyne.CanvasObject {
	if v.seen.Presenting.Spot.IsZero() || v.seen.RestrictedNow {
		return nil
	}
	b := widget.NewButton(words.T("agenda.enter_presented"), widget.Filled, func() { v.shell.enterPresented(v.id) }).WithHeight(widget.Tall)
	if !v.shell.tiny() {
		b.SetIcon(icons.BookOpen)
	}
	return []fyne.CanvasObject{b}
}

// mainConsole is the console that is this person's next step: before a sitting is opened there is no presented page to go to, the
// chair opens it and the secretary prepares it. "" where there is none.
func (v *agenda) mainConsole() meeting.Function {
	c := v.shell.options.Consoles
	switch {
	case v.seen.Phase != meeting.Draft && v.seen.Phase != meeting.Published && v.seen.Phase != meeting.Adjourned:
		return ""
	case v.seen.IsSecretary && c.Desk != nil && v.seen.Phase == meeting.Draft:
		return meeting.Secretary
	case v.seen.IsChair && c.Chair != nil:
		return meeting.Chair
	case v.seen.IsSecretary && c.Desk != nil && v.seen.Phase == meeting.Published:
		return meeting.Secretary
	}
	return ""
}

// consoles lead to the screens of those who run or prepare the meeting.
func (v *agenda) consoles() []*widget.Button {
	var out []*widget.Button
	c := v.shell.options.Consoles
	main := v.mainConsole()
	kind := func(of meeting.Function) widget.ButtonKind {
		if of == main {
			return widget.Filled
		}
		return widget.Outlined
	}
	if v.seen.IsChair && c.Chair != nil {
		out = append(out, widget.NewButton(words.T("chair.title"), kind(meeting.Chair), func() { v.shell.openChair(v.id) }).WithHeight(widget.Tall).WithIcon(icons.LayoutGrid))
	}
	if v.seen.IsSecretary && c.Desk != nil {
		out = append(out, widget.NewButton(words.T("desk.title"), kind(meeting.Secretary), func() { v.shell.openDesk(v.id) }).WithHeight(widget.Tall).WithIcon(icons.Pencil))
	}
	return out
}

func (v *agenda) sidePart() fyne.CanvasObject {
	buttons := v.enter()
	for _, b := range v.consoles() {
		buttons = append(buttons, b)
	}
	refill(v.side, widget.Inset(16, 20, widget.Column(theme.Gap, v.panels()...)))
	return widget.Frame(nil, v.side, inFoot(buttons))
}

// inFoot puts buttons below each other at the lower edge.
func inFoot(buttons []fyne.CanvasObject) fyne.CanvasObject {
	if len(buttons) == 0 {
		return nil
	}
	return widget.Inset(16, 12, widget.Column(10, buttons...))
}
