package chairscreen

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// push puts a page over the console that is built anew when its model changes. model tells also whether the page has still a
// reason to be there.
func (s *Screen) push(model func() (any, bool), build func() fyne.CanvasObject) {
	part := pane.NewFilling()
	refresh := func() bool {
		m, there := model()
		if there {
			part.Show(m, build)
		}
		return there
	}
	if refresh() {
		s.stack.Push(pane.Page{Object: part.Object(), Refresh: refresh})
	}
}

func (s *Screen) back() { s.stack.Back() }

// settle closes all pages and notes the answer: the console shows what came of it.
func (s *Screen) settle(code string) {
	s.stack.Clear()
	s.took(code)
}

func (s *Screen) item(id meeting.ItemID) (controller.ItemRow, bool) {
	i := slices.IndexFunc(s.view.Items, func(i controller.ItemRow) bool { return i.ID == id })
	if i < 0 {
		return controller.ItemRow{}, false
	}
	return s.view.Items[i], true
}

// openItem shows what can be done with an item of the agenda.
func (s *Screen) openItem(id meeting.ItemID) {
	s.push(func() (any, bool) {
		i, ok := s.item(id)
		return []any{rowOf(i), i.State, i.Readable, i.Reporter, i.Unit, s.view.Phase, s.view.Current, len(i.Documents), s.mayRun()}, ok
	}, func() fyne.CanvasObject {
		i, _ := s.item(id)
		r := rowOf(i)
		objects := []fyne.CanvasObject{widget.NewText(r.Title, widget.StyleHeading)}
		if i.Restricted && i.Title != "" {
			objects = append(objects, widget.Flow(8, widget.NewChip(words.T("state.restricted"), widget.ChipNotice).WithIcon(icons.Lock)))
		}
		for _, line := range []string{reportedBy(i), r.Subtitle} {
			if line != "" {
				objects = append(objects, widget.NewText(line, widget.StyleSecondary))
			}
		}
		objects = append(objects, s.itemButtons(i)...)
		return pane.Sheet(words.T("agenda.item", i.Number), s.back, nil, objects...)
	})
}

// mayRun reports whether this person moves the meeting on, now.
func (s *Screen) mayRun() bool {
	v := s.view
	return v.CanPause || v.CanResume || v.CanEndSitting || v.CanClose
}

// itemButtons are the ways an item can go on from its state.
func (s *Screen) itemButtons(i controller.ItemRow) []fyne.CanvasObject {
	v := s.view
	var out []fyne.CanvasObject
	add := func(label string, kind widget.ButtonKind, icon icons.Name, do func()) {
		out = append(out, widget.NewButton(label, kind, do).WithIcon(icon))
	}
	if i.Readable && len(i.Documents) > 0 {
		add(words.T("chair.read"), widget.Outlined, icons.BookOpen, func() { s.read(i.ID) })
	}
	if !s.mayRun() && v.Phase != meeting.Published {
		return out
	}
	inSitting := v.Phase == meeting.Open
	if inSitting && !i.Current {
		start := widget.NewButton(words.T("chair.start_item", i.Number), widget.Filled, func() { s.settle(s.actions.StartItem(s.id, i.ID)) }).WithHeight(widget.Tall)
		out = slices.Insert(out, 0, fyne.CanvasObject(start))
	}
	if inSitting && i.Current {
		add(words.T("chair.suspend_item"), widget.Outlined, icons.Pause, func() { s.settle(s.actions.SuspendItem(s.id, i.ID)) })
	}
	if i.State == meeting.Running || i.State == meeting.Suspended {
		add(words.T("chair.end_item", i.Number), widget.Outlined, icons.Check, func() { s.settle(s.actions.EndItem(s.id, i.ID)) })
	}
	if v.Phase != meeting.Closed && i.State != meeting.Done {
		if i.State != meeting.Postponed {
			add(words.T("chair.postpone"), widget.Outlined, icons.Calendar, func() { s.askReason(i, words.T("chair.postpone"), s.actions.PostponeItem) })
		}
		if i.State != meeting.Withdrawn {
			add(words.T("chair.withdraw"), widget.Danger, icons.X, func() { s.askReason(i, words.T("chair.withdraw"), s.actions.WithdrawItem) })
		}
	}
	return out
}

// askReason takes the reason that postponing and withdrawing need. What was typed stays when the wish is refused.
func (s *Screen) askReason(i controller.ItemRow, word string, drop func(string, meeting.ItemID, string) string) {
	field := widget.NewTextField(words.T("chair.reason"), words.T("chair.reason_hint"))
	submit := func() {
		reason := strings.TrimSpace(field.Text())
		if reason == "" {
			field.SetError(words.T("chair.reason_needed"))
			return
		}
		if len([]rune(reason)) > meeting.MaxReason {
			field.SetError(words.Refusal("too_long"))
			return
		}
		if code := drop(s.id, i.ID, reason); code != "" {
			field.SetError(words.Refusal(code))
			return
		}
		s.settle("")
	}
	field.OnSubmitted = func(string) { submit() }
	foot := widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, s.back), widget.NewButton(word, widget.Filled, submit))
	page := pane.Sheet(word, s.back, foot, widget.NewText(words.T("agenda.item", i.Number)+". "+titleOf(i), widget.StyleHeading),
		widget.NewText(words.T("chair.drop_help"), widget.StyleSecondary), field)
	s.stack.Push(pane.Page{Object: page, Focus: field.Focusable()})
}

func hasMore(v controller.ChairView) bool {
	return v.Exists && (v.CanPassChair || v.CanEndSitting || v.CanClose || mayAllow(v))
}

// mayAllow reports whether the person says which secretaries act for the chair.
func mayAllow(v controller.ChairView) bool {
	return v.IsChair && v.OnBehalf == "" && len(v.Secretaries) > 0 && v.Phase != meeting.Closed
}

// openMore shows what is wanted now and then only.
func (s *Screen) openMore() {
	s.push(func() (any, bool) {
		v := s.view
		return []any{v.CanPassChair, v.CanEndSitting, v.CanClose, v.Secretaries, v.Acting, v.OnBehalf, v.Phase, v.Presiding}, hasMore(v)
	}, func() fyne.CanvasObject {
		v := s.view
		var objects []fyne.CanvasObject
		if v.Presiding != "" {
			objects = append(objects, widget.NewText(words.T("meetings.chair", v.Presiding), widget.StyleHeading))
		}
		if v.CanPassChair {
			objects = append(objects, widget.NewButton(words.T("chair.hand_over"), widget.Outlined, s.pickChair).WithIcon(icons.UserCheck))
		}
		if mayAllow(v) {
			objects = append(objects, s.secretaries())
		}
		if v.CanEndSitting {
			objects = append(objects, widget.NewButton(words.T("chair.end_sitting"), widget.Outlined, s.askEndSitting).WithIcon(icons.Clock))
		}
		if v.CanClose {
			objects = append(objects, widget.NewButton(words.T("chair.close_meeting"), widget.Danger, s.askClose).WithIcon(icons.Square))
		}
		if v.CanEndSitting && v.CanClose {
			objects = append(objects, widget.NewText(words.T("chair.end_or_close"), widget.StyleSecondary))
		}
		return pane.Sheet(words.T("chair.title"), s.back, nil, objects...)
	})
}

// secretaries lists who may act for the chair, each with a switch.
func (s *Screen) secretaries() fyne.CanvasObject {
	objects := []fyne.CanvasObject{widget.NewText(words.T("chair.secretaries"), widget.StyleStrong),
		widget.NewText(words.T("chair.secretaries_help"), widget.StyleSecondary)}
	for _, p := range s.view.Secretaries {
		on := slices.Contains(s.view.Acting, p.ID)
		choice := widget.NewChoice([]string{words.T("chair.acting_off"), words.T("chair.acting_on")}, map[bool]int{true: 1}[on], func(i int) {
			s.took(s.actions.AllowActing(s.id, p.ID, i == 1))
		})
		objects = append(objects, widget.Divider(), widget.Flow(theme.Gap,
			widget.NewText(joined(p.Name, p.Position), widget.StyleBody), choice))
	}
	return widget.NewPanel(widget.Column(10, objects...))
}

func (s *Screen) askEndSitting() {
	s.ask(widget.Question{Title: words.T("chair.end_sitting_ask"), Help: words.T("chair.end_sitting_help"), Yes: words.T("chair.end_sitting"), No: words.T("common.cancel")},
		func() { s.settle(s.actions.EndSitting(s.id)) })
}

func (s *Screen) askClose() {
	s.ask(closeQuestion(), func() { s.settle(s.actions.CloseMeeting(s.id)) })
}

func (s *Screen) pickPresenter() {
	reporter := meeting.PersonID("")
	if i, ok := s.current(); ok {
		reporter = i.ReporterID
	}
	s.pickPerson(words.T("presenter.give"), reporter, func() []controller.PersonRow { return s.view.Presenters },
		func(id meeting.PersonID) { s.settle(s.actions.GivePresenter(s.id, id)) })
}

func (s *Screen) pickChair() {
	s.pickPerson(words.T("chair.hand_over"), "", func() []controller.PersonRow { return s.view.Chairs }, func(id meeting.PersonID) {
		at := slices.IndexFunc(s.view.Chairs, func(p controller.PersonRow) bool { return p.ID == id })
		if at < 0 {
			return
		}
		s.ask(widget.Question{Title: words.T("chair.hand_over_ask", s.view.Chairs[at].Name), Yes: words.T("chair.hand_over"), No: words.T("common.cancel")},
			func() { s.settle(s.actions.PassChair(s.id, id)) })
	})
}

// pickPerson lists people, one tap each; reporter is who the agenda names to report, "" for nobody.
func (s *Screen) pickPerson(title string, reporter meeting.PersonID, people func() []controller.PersonRow, picked func(meeting.PersonID)) {
	s.push(func() (any, bool) { return people(), len(people()) > 0 }, func() fyne.CanvasObject {
		var objects []fyne.CanvasObject
		for _, p := range people() {
			data := widget.CardData{Mark: widget.Mark{Icon: icons.User}, Title: p.Name, Subtitle: joined(p.Position, p.Unit), Chevron: true}
			if p.ID == reporter {
				data.Chips = []*widget.Chip{widget.NewChip(words.T("desk.item_presenter"), widget.ChipAccent)}
			}
			objects = append(objects, widget.NewCard(data, func() { picked(p.ID) }))
		}
		return pane.Sheet(title, s.back, nil, objects...)
	})
}
