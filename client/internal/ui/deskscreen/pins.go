package deskscreen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// choosePINs lets people be chosen who are to get new PINs, handed out on paper.
func (s *Screen) choosePINs() {
	me := s.actions.Meetings().Me.ID
	var people []controller.PersonRow
	for _, p := range s.actions.People().People {
		if p.ID != me { // one's own is changed in the settings
			people = append(people, p)
		}
	}
	p := newPicker(people, nil)
	p.many = true
	give := widget.NewButton(words.T("pins.choose"), widget.Filled, nil)
	give.SetEnabled(false)
	give.OnTapped = func() {
		who := p.picked()
		s.ask(widget.Question{Title: words.N("pins.ask", len(who)), Help: words.T("pins.ask_help"), Yes: words.T("pins.give"), No: words.T("common.cancel"), Destroys: true},
			func() {
				s.back()
				s.givePINs(who)
			})
	}
	p.onChange = func(n int) {
		give.SetLabel(words.N("pins.give_to", n))
		if n == 0 {
			give.SetLabel(words.T("pins.choose"))
		}
		give.SetEnabled(n > 0)
	}
	all := widget.NewButton(words.T("pins.all"), widget.Outlined, func() {
		on := len(p.picked()) < len(people)
		for _, r := range people {
			p.chosen[r.ID] = on
		}
		p.list.Show(nil, func() fyne.CanvasObject { return nil }) // the same search shows other marks
		p.show(words.T("desk.roster_empty"))
		p.onChange(len(p.picked()))
	})
	p.top = widget.Column(8, widget.NewText(words.T("pins.help"), widget.StyleSecondary), widget.Flow(theme.Gap, all))
	s.stack.Push(p.page(words.T("pins.title"), s.back, give, words.T("desk.roster_empty")))
}

// givePINs shows how far it has come, and keeps the paper until it was saved.
func (s *Screen) givePINs(who []meeting.PersonID) {
	at := controller.PINs{All: len(who)}
	saved, failed := false, ""
	told := func(p controller.PINs) {
		s.life.Report(func() {
			at = p
			s.stack.Refresh()
		})
	}
	part := pane.NewFilling()
	leave := func() {
		if at.Ended && (saved || at.Done == 0) {
			s.back()
			return
		}
		s.ask(widget.Question{Title: words.T("pins.leave_ask"), Help: words.T("pins.leave_help"), Yes: words.T("desk.leave"), No: words.T("desk.stay"), Destroys: true}, s.back)
	}
	save := func() {
		s.leads.Save(words.T("pins.file"), at.Paper, s.life.Answer(func(code string) {
			saved, failed = saved || code == "", code
			s.stack.Refresh()
		}))
	}
	build := func() fyne.CanvasObject {
		objects := []fyne.CanvasObject{widget.NewText(words.T("pins.done", at.Done, at.All), widget.StyleHeading)}
		if len(at.Failed) > 0 {
			objects = append(objects, widget.NewBanner(widget.BannerWrong, words.N("pins.failed", len(at.Failed), s.namesOf(at.Failed), words.Refusal(at.Code)), "", nil))
		}
		var foot fyne.CanvasObject
		switch {
		case !at.Ended:
			objects = append(objects, widget.NewText(words.T("pins.wait"), widget.StyleSecondary))
		case at.Paper != nil && s.leads.Save != nil:
			objects = append(objects, widget.NewText(words.T("pins.once"), widget.StyleBody))
			foot = widget.Flow(theme.Gap, widget.NewButton(words.T("pins.save"), widget.Filled, save).WithIcon(icons.Download).WithHeight(widget.Tall))
		case at.Done > 0:
			objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(at.Code), "", nil))
			foot = widget.Flow(theme.Gap, widget.NewButton(words.T("common.retry"), widget.Filled, func() { s.actions.PrintPINs(at, told) }).WithHeight(widget.Tall))
		}
		switch {
		case failed != "":
			objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(failed), "", nil))
		case saved:
			objects = append(objects, widget.NewBanner(widget.BannerNotice, words.T("pins.saved"), "", nil))
		}
		return pane.Sheet(words.T("pins.title"), leave, foot, objects...)
	}
	refresh := func() bool {
		part.Show([]any{at.Done, len(at.Failed), at.Code, at.Ended, len(at.Paper), saved, failed, words.Current()}, build)
		return true
	}
	refresh()
	s.stack.Push(pane.Page{Object: part.Object(), Leave: leave, Refresh: refresh})
	s.actions.SetPINs(who, suggestPIN, told)
}

// namesOf lists people by their names.
func (s *Screen) namesOf(who []meeting.PersonID) string {
	out := ""
	for _, id := range who {
		if p, ok := s.rosterPerson(id); ok {
			out = joinedBy(", ", out, p.Name)
		}
	}
	return out
}
