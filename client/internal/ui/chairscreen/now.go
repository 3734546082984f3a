package chairscreen

import (
	"strconv"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// current finds the running item.
func (s *Screen) current() (controller.ItemRow, bool) {
	for _, i := range s.view.Items {
		if i.ID == s.view.Current {
			return i, s.view.Current != ""
		}
	}
	return controller.ItemRow{}, false
}

func (s *Screen) nowModel() any {
	item, ok := s.current()
	return []any{ok, item.Number, item.Title, item.TitleKey, item.Reporter, item.Unit, item.Restricted, item.State, minutes(item.Used), item.Planned,
		s.view.Phase, s.view.Exists, s.view.GoneCode, len(s.view.Items), s.view.Starts, s.view.Place}
}

// buildNow tells in one glance what runs: which item, what it is about, and how its time stands.
func (s *Screen) buildNow() fyne.CanvasObject {
	item, ok := s.current()
	if !ok {
		return s.buildIdle()
	}
	head := []fyne.CanvasObject{widget.NewText(words.T("agenda.item", item.Number), widget.StyleStrong.Colored(theme.Accent))}
	if item.Restricted {
		head = append(head, widget.NewChip(words.T("state.restricted"), widget.ChipNotice).WithIcon(icons.Lock))
	}
	objects := []fyne.CanvasObject{widget.Flow(theme.Gap, head...), widget.NewText(titleOf(item), widget.StyleHeading)}
	if by := reportedBy(item); by != "" {
		objects = append(objects, widget.NewText(by, widget.StyleSecondary))
	}
	return widget.NewPanel(widget.Column(8, append(objects, s.timeOf(item)...)...)).Colored(theme.Card, theme.Accent)
}

// timeOf shows the used time large, and the planned one beside and as a bar.
func (s *Screen) timeOf(item controller.ItemRow) []fyne.CanvasObject {
	used, planned := minutes(item.Used), minutes(item.Planned)
	color := theme.Accent
	if used > planned {
		color = theme.Notice
	}
	if planned == 0 {
		return []fyne.CanvasObject{widget.Flow(10, widget.NewText(strconv.Itoa(used), widget.StyleFigure),
			widget.NewText(words.T("chair.minutes_no_plan"), widget.StyleLead.Colored(theme.Secondary)))}
	}
	line := []fyne.CanvasObject{widget.NewText(strconv.Itoa(used), widget.StyleFigure.Colored(map[bool]fyne.ThemeColorName{true: theme.Notice}[used > planned])),
		widget.NewText(words.T("chair.of_minutes", planned), widget.StyleLead.Colored(theme.Secondary))}
	if used > planned {
		line = append(line, widget.NewChip(words.T("chair.over_by", used-planned), widget.ChipNotice).WithIcon(icons.Clock))
	}
	bar := widget.NewBar()
	bar.Set(float32(used)/float32(planned), color)
	return []fyne.CanvasObject{widget.Flow(10, line...), bar}
}

// buildIdle says why nothing runs.
func (s *Screen) buildIdle() fyne.CanvasObject {
	v := s.view
	var title, help string
	icon := icons.Clock
	switch {
	case !v.Exists && v.GoneCode != "":
		return widget.EmptyState(icons.Info, words.Refusal(v.GoneCode), "", nil)
	case !v.Exists:
		return widget.EmptyState(icons.Clock, words.T("common.loading"), "", nil)
	case v.Phase == meeting.Draft:
		title, help, icon = words.T("chair.not_published"), words.T("chair.not_published_help"), icons.Send
	case v.Phase == meeting.Published:
		title, help = words.T("chair.not_opened"), s.whenAndWhere()
	case v.Phase == meeting.Paused:
		title, icon = words.T("projector.paused"), icons.Pause
	case v.Phase == meeting.Adjourned:
		title, help = words.T("chair.adjourned"), words.T("chair.adjourned_help")
	case v.Phase == meeting.Closed:
		title, help, icon = words.T("projector.closed"), words.T("chair.close_help"), icons.CircleCheck
	case len(v.Items) == 0:
		title, icon = words.T("agenda.empty"), icons.List
	default:
		title, help, icon = words.T("chair.between_items"), words.T("chair.between_items_help"), icons.List
	}
	return widget.NewPanel(widget.EmptyState(icon, title, help, nil))
}

func (s *Screen) whenAndWhere() string {
	v := s.view
	out := ""
	if !v.Starts.IsZero() {
		at := v.Starts.Local()
		out = words.Clock(at) + " · " + words.Date(at)
	}
	if v.Place != "" && out != "" {
		out += "\n"
	}
	return out + v.Place
}

// titleOf is an item's title, or the words that stand for it where it is not for this person.
func titleOf(i controller.ItemRow) string {
	if i.Title == "" && i.TitleKey != "" {
		return words.T(i.TitleKey)
	}
	return i.Title
}

func reportedBy(i controller.ItemRow) string {
	if i.Reporter != "" && i.Unit != "" {
		return i.Reporter + " · " + i.Unit
	}
	return i.Reporter + i.Unit
}

func (s *Screen) showsModel() any {
	v := s.view
	return []any{v.Current, v.Phase, v.RestrictedNow, v.Presenting, v.Followers, v.CanRecall, v.Together, v.CanTogether, v.Presenters, v.Me.Person, v.ScreenHides, v.HadRole}
}

// buildShows tells what is on everybody's screen, who turns its pages and who reads elsewhere.
func (s *Screen) buildShows() fyne.CanvasObject {
	v := s.view
	if v.Current == "" {
		return nil
	}
	p := v.Presenting
	who := words.T("presenter.nobody")
	if p.Presenter != "" {
		who = words.T("presenter.is", p.Presenter)
	}
	if p.IsMe && v.OnBehalf == "" {
		who = words.T("presenter.you_turn")
	}
	objects := []fyne.CanvasObject{
		widget.NewText(words.T("chair.screen_shows"), widget.StyleStrong.Colored(theme.Secondary)),
		widget.NewText(s.shown(), widget.StyleLead)}
	if seen := s.seenInside(); seen != "" {
		objects = append(objects, widget.NewText(seen, widget.StyleBody))
	}
	objects = append(objects, widget.Flow(8, widget.NewChip(who, widget.ChipAccent).WithIcon(icons.Presentation),
		widget.NewChip(words.T("presenter.followers", v.Followers.Follow, v.Followers.Apart), widget.ChipNeutral).WithIcon(icons.Users)))
	if turn := s.turnRow(); turn != nil {
		objects = append(objects, turn)
	}
	return widget.NewPanel(widget.Column(theme.Gap, append(objects, s.showButtons())...))
}

// shown is what stands on the room's screen; of an item that is not for everybody it has neutral words only.
func (s *Screen) shown() string {
	p := s.view.Presenting
	switch {
	case s.view.RestrictedNow || s.view.ScreenHides:
		return words.T("state.restricted_now")
	case p.Document == "":
		return words.T("projector.no_page")
	}
	return words.T("agenda.presenting_what", p.Document, p.Spot.Place.Page, p.Pages)
}

// seenInside is what those who may see the running item have before them while the room's screen hides it; "" otherwise.
func (s *Screen) seenInside() string {
	p := s.view.Presenting
	if !s.view.ScreenHides || s.view.RestrictedNow || p.Document == "" {
		return ""
	}
	return words.T("chair.audience_sees", words.T("agenda.presenting_what", p.Document, p.Spot.Place.Page, p.Pages))
}

// turnRow turns the pages, where this person does.
func (s *Screen) turnRow() fyne.CanvasObject {
	p := s.view.Presenting
	if !p.IsMe || p.Document == "" {
		return nil
	}
	turn := func(to int) func() {
		return func() {
			at := p.Spot
			at.Place.Page = to
			s.took(s.actions.PresentPlace(s.id, at))
		}
	}
	page := p.Spot.Place.Page
	back := widget.NewButton(words.T("reader.previous"), widget.Outlined, turn(page-1)).WithIcon(icons.ChevronLeft)
	on := widget.NewButton(words.T("reader.next"), widget.Outlined, turn(page+1)).WithIcon(icons.ChevronRight)
	back.SetEnabled(page > 1)
	on.SetEnabled(page < p.Pages)
	return widget.Flow(10, back, on)
}

func (s *Screen) showButtons() fyne.CanvasObject {
	v := s.view
	item := v.Current
	var buttons []fyne.CanvasObject
	if v.CanRecall {
		buttons = append(buttons, widget.NewButton(words.T("presenter.bring_back"), widget.Outlined, func() { s.took(s.actions.Recall(s.id)) }).WithIcon(icons.CornerUpLeft))
	}
	if v.CanTogether {
		key := "presenter.hold"
		if v.Together {
			key = "presenter.let_go"
		}
		buttons = append(buttons, widget.NewButton(words.T(key), widget.Outlined, func() { s.took(s.actions.HoldTogether(s.id, !v.Together)) }).WithIcon(icons.Users))
	}
	if !v.RestrictedNow {
		buttons = append(buttons, widget.NewButton(words.T("chair.read"), widget.Outlined, func() { s.read(item) }).WithIcon(icons.BookOpen))
	}
	if slicesHas(v.Presenters, v.Me.Person) {
		take := words.T("presenter.take")
		if v.HadRole {
			take = words.T("presenter.take_back")
		}
		buttons = append(buttons, widget.NewButton(take, widget.Outlined, func() { s.took(s.actions.GivePresenter(s.id, s.view.Me.Person)) }).WithIcon(icons.Presentation))
	}
	if len(v.Presenters) > 0 {
		buttons = append(buttons, widget.NewButton(words.T("presenter.give"), widget.Outlined, s.pickPresenter).WithIcon(icons.Users))
	}
	return widget.Flow(10, buttons...)
}

func slicesHas(people []controller.PersonRow, id meeting.PersonID) bool {
	for _, p := range people {
		if p.ID == id {
			return true
		}
	}
	return false
}

// buildWishes lists who asks to present; giving the role is one tap.
func (s *Screen) buildWishes() fyne.CanvasObject {
	v := s.view
	if !v.Exists || v.Current == "" {
		return nil
	}
	objects := []fyne.CanvasObject{widget.NewText(words.T("chair.wishes", len(v.Wishes)), widget.StyleStrong.Colored(theme.Secondary))}
	if len(v.Wishes) == 0 {
		objects = append(objects, widget.NewText(words.T("chair.no_wishes"), widget.StyleSecondary))
	}
	for i, w := range v.Wishes {
		if i > 0 {
			objects = append(objects, widget.Divider())
		}
		give := widget.NewButton(words.T("chair.invite"), widget.Outlined, func() { s.took(s.actions.GivePresenter(s.id, w.Person)) })
		decline := widget.NewButton(words.T("chair.decline"), widget.Plain, func() { s.took(s.actions.DeclineAsk(s.id, w.Person)) })
		objects = append(objects, widget.Column(8, widget.Row(theme.Gap, 1, widget.NewIcon(icons.Hand, theme.Accent, 24),
			widget.Column(0, widget.NewText(w.Name, widget.StyleStrong), widget.NewText(w.Position, widget.StyleSecondary))),
			widget.Flow(8, give, decline)))
	}
	return widget.NewPanel(widget.Column(theme.Gap, objects...))
}
