package deskscreen

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
	"phonghop/shared/roster"
)

// answersText counts who comes, in one line.
func answersText(v controller.AnswersView) string {
	return words.T("answer.counts", v.Coming, v.Absent, v.StandIns, v.None)
}

// replyOrder is in which order the answers are listed: what needs the secretary first.
var replyOrder = []meeting.Reply{"", meeting.StandsIn, meeting.Absent, meeting.Coming}

func replyLook(r meeting.Reply) (word string, icon icons.Name) {
	switch r {
	case meeting.Coming:
		return words.T("answer.coming"), icons.Check
	case meeting.Absent:
		return words.T("answer.absent"), icons.X
	case meeting.StandsIn:
		return words.T("answer.standing_in"), icons.Users
	}
	return words.T("answer.none"), icons.Clock
}

// openAnswers lists who comes and who does not, with the reasons, and reminds those who have not said it.
func (d *desk) openAnswers() {
	s := d.screen
	done := ""
	s.push(func() (any, bool) { return []any{d.view.Answers, d.failed, done}, d.view.Exists }, func() fyne.CanvasObject {
		v := d.view.Answers
		objects := []fyne.CanvasObject{widget.NewText(answersText(v), widget.StyleHeading)}
		switch {
		case d.failed != "":
			objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(d.failed), words.T("common.close"), func() { d.took("") }))
		case done != "":
			objects = append(objects, widget.NewBanner(widget.BannerNotice, done, "", nil))
		case !v.Reminded.IsZero() && v.None > 0:
			objects = append(objects, widget.NewText(words.T("answer.reminded_at", words.ShortDate(v.Reminded.Local()), words.Clock(v.Reminded.Local())), widget.StyleSecondary))
		}
		for _, r := range replyOrder {
			objects = append(objects, d.answersOf(v, r)...)
		}
		var foot fyne.CanvasObject
		if v.CanNote && v.None > 0 {
			foot = widget.Flow(theme.Gap,
				widget.NewButton(words.T("answer.copy_names"), widget.Outlined, func() {
					fyne.CurrentApp().Clipboard().SetContent(unanswered(v))
					done = words.T("desk.copied")
					s.Refresh()
				}).WithIcon(icons.Copy),
				widget.NewButton(words.N("answer.remind", v.None), widget.Filled, func() {
					code := s.actions.RemindInvited(d.id)
					if code == "" {
						done = words.T("answer.remind_done")
					}
					d.took(code)
				}).WithIcon(icons.Bell))
		}
		return pane.Sheet(words.T("answer.list"), s.back, foot, objects...)
	})
}

// answersOf are the people with one reply, under its heading.
func (d *desk) answersOf(v controller.AnswersView, r meeting.Reply) []fyne.CanvasObject {
	word, icon := replyLook(r)
	var out []fyne.CanvasObject
	for _, row := range v.Rows {
		if row.Answer.Reply != r {
			continue
		}
		var open func()
		if v.CanNote {
			open = func() { d.openAnswer(row.ID) }
		}
		out = append(out, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icon}, Title: row.Name, Subtitle: answerFacts(row), Chips: answerChips(row), Chevron: v.CanNote, Compact: true}, open))
	}
	if len(out) == 0 {
		return nil
	}
	return append([]fyne.CanvasObject{labelText(joined(word, words.Number(len(out))))}, out...)
}

// answerFacts is who a person is, and what he said.
func answerFacts(row controller.AnswerRow) string {
	a, said := row.Answer, ""
	if a.Reply == meeting.StandsIn {
		said = words.T("answer.said_stand_in", joinedBy(", ", a.Name, a.Position))
	}
	if a.Reason != "" {
		said = joinedBy("\n", said, words.T("answer.because", a.Reason))
	}
	if row.NotedBy != "" {
		said = joinedBy("\n", said, words.T("answer.noted_by", row.NotedBy))
	}
	return joinedBy("\n", joined(row.Position, row.Unit), said)
}

func answerChips(row controller.AnswerRow) (out []*widget.Chip) {
	if row.Member {
		out = append(out, widget.NewChip(words.T("role.member"), widget.ChipNeutral))
	}
	if row.Answer.Reply == meeting.StandsIn && row.StandIn == "" {
		out = append(out, widget.NewChip(words.T("answer.no_account"), widget.ChipNotice))
	}
	return out
}

// unanswered names those who have not answered, one a line, to be written to by other ways.
func unanswered(v controller.AnswersView) string {
	var b strings.Builder
	for _, row := range v.Rows {
		if row.Answer.Reply == "" {
			b.WriteString(joinedBy(", ", row.Name, row.Position, row.Unit) + "\n")
		}
	}
	return b.String()
}

func (d *desk) answerRow(id meeting.PersonID) (controller.AnswerRow, bool) {
	rows := d.view.Answers.Rows
	at := slices.IndexFunc(rows, func(r controller.AnswerRow) bool { return r.ID == id })
	if at < 0 {
		return controller.AnswerRow{}, false
	}
	return rows[at], true
}

// openAnswer shows one person's answer, notes it down for him, and makes the account of his stand-in.
func (d *desk) openAnswer(id meeting.PersonID) {
	s := d.screen
	s.push(func() (any, bool) { row, ok := d.answerRow(id); return []any{row, d.failed}, ok }, func() fyne.CanvasObject {
		row, _ := d.answerRow(id)
		word, icon := replyLook(row.Answer.Reply)
		objects := []fyne.CanvasObject{widget.NewText(row.Name, widget.StyleHeading), widget.NewText(joinedBy("\n", answerFacts(row)), widget.StyleSecondary)}
		if d.failed != "" {
			objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(d.failed), words.T("common.close"), func() { d.took("") }))
		}
		objects = append(objects, widget.Flow(8, widget.NewChip(word, widget.ChipAccent).WithIcon(icon)))
		if row.Answer.Reply == meeting.StandsIn {
			if row.StandIn != "" {
				objects = append(objects, widget.NewText(words.T("role.stand_in_for", row.StandIn, row.Name), widget.StyleBody))
			} else if s.actions.Meetings().CanCreate {
				objects = append(objects, widget.Flow(theme.Gap, widget.NewButton(words.T("answer.make_account"), widget.Filled, func() { d.makeStandIn(row) }).WithIcon(icons.Plus)))
			} else {
				objects = append(objects, widget.NewText(words.T("answer.account_by_desk"), widget.StyleSecondary))
			}
		}
		note := func(a meeting.GiveAnswer) { d.noteAnswer(row, a) }
		objects = append(objects, labelText(words.T("answer.note_down")), widget.Flow(theme.Gap,
			widget.NewButton(words.T("answer.coming"), widget.Outlined, func() { note(meeting.GiveAnswer{Reply: meeting.Coming}) }).WithIcon(icons.Check),
			widget.NewButton(words.T("answer.absent"), widget.Outlined, func() { d.writeAnswer(row, meeting.Absent) }).WithIcon(icons.X),
			widget.NewButton(words.T("answer.stand_in"), widget.Outlined, func() { d.writeAnswer(row, meeting.StandsIn) }).WithIcon(icons.Users)))
		return pane.Sheet(words.T("answer.list"), s.back, nil, objects...)
	})
}

// noteAnswer notes an answer down for a person; what he had said before can be put back.
func (d *desk) noteAnswer(row controller.AnswerRow, a meeting.GiveAnswer) string {
	a.Person = row.ID
	code := d.screen.actions.GiveAnswer(d.id, a)
	if code == "" && row.Answer.Reply != "" {
		before := meeting.GiveAnswer{Person: row.ID, Reply: row.Answer.Reply, Reason: row.Answer.Reason, Name: row.Answer.Name, Position: row.Answer.Position}
		give := func(a meeting.GiveAnswer) func() string {
			return func() string { return d.screen.actions.GiveAnswer(d.id, a) }
		}
		d.did(step{what: words.T("desk.did_answer", row.Name), undo: give(before), redo: give(a)})
	}
	d.took(code)
	return code
}

// writeAnswer asks for the words of an answer that is noted down for somebody.
func (d *desk) writeAnswer(row controller.AnswerRow, r meeting.Reply) {
	f := newForm(d.screen)
	var name, position *input
	objects := []fyne.CanvasObject{widget.NewText(row.Name, widget.StyleHeading)}
	if r == meeting.StandsIn {
		name = f.line(words.T("answer.stand_in_name"), "", row.Answer.Name, true, meeting.MaxName)
		position = f.line(words.T("answer.stand_in_position"), "", row.Answer.Position, false, roster.MaxPosition)
		objects = append(objects, name.field, position.field)
	}
	reason := f.line(words.T("answer.reason_if_any"), "", row.Answer.Reason, false, meeting.MaxAnswerReason)
	f.suggest(reason, []string{words.T("answer.away"), words.T("answer.other_meeting"), words.T("answer.ill"), words.T("answer.private")})
	f.save = func() string {
		a := meeting.GiveAnswer{Reply: r, Reason: reason.value()}
		if name != nil {
			a.Name, a.Position = name.value(), position.value()
		}
		return d.kept(d.noteAnswer(row, a))
	}
	word, _ := replyLook(r)
	f.open(word, words.T("common.save"), append(objects, reason.object())...)
}

// makeStandIn makes the account of a stand-in in two fields, takes it into the meeting, and shows its PIN once.
func (d *desk) makeStandIn(row controller.AnswerRow) {
	s := d.screen
	f := newForm(s)
	name := f.line(words.T("answer.stand_in_name"), "", row.Answer.Name, true, roster.MaxName)
	position := f.line(words.T("answer.stand_in_position"), "", row.Answer.Position, false, roster.MaxPosition)
	pin := suggestPIN()
	f.save = func() string {
		p := roster.Person{Kind: roster.KindPerson, Name: name.value(), Position: position.value(), Unit: row.Unit, Order: row.Order}
		p.ID = s.actions.AddPerson(p, pin, s.answer(f, func() {
			d.took(s.actions.AddStandIn(d.id, row.ID, p))
			s.showPIN(p.Name, pin)
		}))
		return ""
	}
	f.open(words.T("answer.make_account"), words.T("common.add"), widget.NewText(words.T("answer.account_for", row.Name), widget.StyleHeading),
		name.field, position.field, widget.NewText(words.T("answer.stand_in_help"), widget.StyleSecondary))
}
