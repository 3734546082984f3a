package votescreen

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// document is the one that the vote is about; ok is false where there is none, or it was taken away.
func (v *voteForm) document() (d controller.DocumentRow, ok bool) {
	all := v.desk.item.Documents
	i := slices.IndexFunc(all, func(d controller.DocumentRow) bool { return d.ID == v.form.Document })
	if i < 0 {
		return d, false
	}
	return all[i], true
}

// about shows the document that the vote is about and leads to the others; an item without documents asks nothing.
func (v *voteForm) about() []fyne.CanvasObject {
	if len(v.desk.item.Documents) == 0 {
		return nil
	}
	card := widget.CardData{Mark: widget.Mark{Icon: icons.FileText}, Title: words.T("vote.desk.no_document"), Chevron: true}
	d, ok := v.document()
	if ok {
		card.Title, card.Subtitle = d.Title, words.N("agenda.pages", d.Pages)
	}
	out := []fyne.CanvasObject{widget.Column(4, widget.NewText(words.T("vote.desk.about"), widget.StyleStrong), widget.NewCard(card, v.pickDocument))}
	if ok {
		v.number.SetHelp(words.T("vote.desk.page_help", d.Pages))
		out = append(out, v.number)
	}
	return out
}

func (v *voteForm) pickDocument() {
	stack := v.desk.stack
	leave := func() { stack.Back() }
	take := func(id meeting.DocumentID) func() {
		return func() {
			leave()
			if id != v.form.Document {
				v.form.Document = id
				v.number.SetText("")
			}
			v.show()
		}
	}
	cards := []fyne.CanvasObject{widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.X, Done: v.form.Document == ""}, Title: words.T("vote.desk.no_document")}, take(""))}
	for _, d := range v.desk.item.Documents {
		cards = append(cards, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.FileText, Done: d.ID == v.form.Document}, Title: d.Title,
			Subtitle: words.N("agenda.pages", d.Pages)}, take(d.ID)))
	}
	stack.Push(pane.Page{Object: pane.Sheet(words.T("vote.desk.about"), leave, nil, widget.Column(8, cards...)), Leave: leave})
}

// more has the choices beyond the usual: in one line what was chosen, and all of them where they were asked for.
func (v *voteForm) more() []fyne.CanvasObject {
	if !v.all {
		open := widget.NewButton(words.T("vote.desk.more"), widget.Outlined, func() { v.all = true; v.show() }).WithIcon(icons.ChevronDown)
		return []fyne.CanvasObject{widget.NewText(v.summary(), widget.StyleSecondary), widget.Flow(8, open)}
	}
	out := []fyne.CanvasObject{widget.Divider()}
	if v.form.Choices.Answers != "" {
		out = append(out, v.answers())
	}
	out = append(out, v.electors()...)
	return append(out, v.switches())
}

// summary says who votes, and how, in one line.
func (v *voteForm) summary() string {
	c := v.form.Choices
	parts := []string{words.T("vote.electors."+string(c.Electors)) + " (" + strconv.Itoa(v.electable().Count(*c)) + ")"}
	for _, s := range v.allSwitches() {
		if *s.on && s.fits {
			parts = append(parts, words.T(s.key))
		}
	}
	return strings.Join(parts, " · ")
}

func (v *voteForm) electable() controller.Electable {
	return v.desk.actions.Electable(v.desk.id, v.desk.item.ID)
}

// answers are the sets of answers in use, each told by its words.
func (v *voteForm) answers() fyne.CanvasObject {
	sets := controller.AnswerSets()
	labels := make([]string, len(sets))
	for i, set := range sets {
		var parts []string
		for _, o := range poll.Answers(set, false) {
			parts = append(parts, say(o.Phrase()))
		}
		labels[i] = strings.Join(parts, " / ")
	}
	return choiceOf(words.T("vote.desk.answers"), labels, slices.Index(sets, v.form.Choices.Answers), func(i int) {
		v.form.Choices.Answers = sets[i]
		v.show()
	})
}

// electors chooses who may vote, and shows who has no vote although he attends for somebody.
func (v *voteForm) electors() []fyne.CanvasObject {
	c, people := v.form.Choices, v.electable()
	kinds := []meeting.Electors{meeting.Members, meeting.Everybody, meeting.Named}
	labels := make([]string, len(kinds))
	for i, k := range kinds {
		labels[i] = words.T("vote.electors." + string(k))
	}
	out := []fyne.CanvasObject{choiceOf(words.T("vote.desk.electors"), labels, slices.Index(kinds, c.Electors), func(i int) {
		c.Electors = kinds[i]
		v.show()
	})}
	if c.Electors == meeting.Named {
		cards := make([]fyne.CanvasObject, len(people.People))
		for i, p := range people.People {
			cards[i] = v.electorCard(p)
		}
		out = append(out, widget.Column(4, cards...))
	}
	return append(out, widget.NewText(words.T("vote.desk.electors_count", people.Count(*c)), widget.StyleSecondary), v.standIns(people.StandIns))
}

// electorCard is one person who can be let vote; a tap takes him in or out.
func (v *voteForm) electorCard(p controller.ElectableRow) fyne.CanvasObject {
	c := v.form.Choices
	has := slices.Contains(c.Named, p.ID)
	return widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.User, Done: has}, Title: p.Name, Subtitle: p.Position, Compact: true, Selected: has}, func() {
		if has {
			c.Named = slices.DeleteFunc(slices.Clone(c.Named), func(id meeting.PersonID) bool { return id == p.ID })
		} else {
			c.Named = append(slices.Clone(c.Named), p.ID)
		}
		v.show()
	})
}

// standIns says who attends for somebody and has no vote.
func standIns(all []controller.StandIn) fyne.CanvasObject {
	if len(all) == 0 {
		return widget.NewText(words.T("vote.no_stand_ins"), widget.StyleSecondary)
	}
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = words.T("vote.stand_in", s.Name, s.For)
	}
	return widget.NewText(words.T("vote.stand_ins", strings.Join(names, "; ")), widget.StyleSecondary)
}

// formSwitch is a choice that is on or off; fits tells whether this kind of vote has it.
type formSwitch struct {
	key  string
	on   *bool
	fits bool
}

func (v *voteForm) allSwitches() []formSwitch {
	c, open := v.form.Choices, v.form.Mode != poll.Secret
	return []formSwitch{
		{"vote.desk.changes", &c.Changes, open},
		{"vote.desk.remarks", &c.Remarks, open},
		{"vote.desk.late", &c.Late, true},
		{"vote.desk.auto_close", &c.AutoClose, true},
		{"vote.desk.hold", &c.Hold, !v.form.Template.Ahead() && v.form.Seconds > 0},
	}
}

func (v *voteForm) switches() fyne.CanvasObject {
	var buttons []fyne.CanvasObject
	for _, s := range v.allSwitches() {
		if !s.fits {
			continue
		}
		icon := icons.Square
		if *s.on {
			icon = icons.Check
		}
		buttons = append(buttons, widget.NewButton(words.T(s.key), widget.Outlined, func() {
			*s.on = !*s.on
			v.show()
		}).WithIcon(icon))
	}
	return widget.Column(4, widget.NewText(words.T("vote.desk.switches"), widget.StyleStrong), widget.Flow(8, buttons...))
}

// readMore takes the page and the voters out of the form and reports whether they fit; else it says what does not.
func (v *voteForm) readMore(f *controller.VoteForm) bool {
	d, ok := v.document()
	if !ok {
		f.Document, f.Page = "", 0
	} else if page, fits := pageOf(v.number.Text(), d.Pages); fits {
		f.Page = page
	} else {
		v.number.SetError(words.T("vote.desk.page_range", d.Pages))
		pane.Focus(v.number, v.number.Focusable())
		v.page.Refresh()
		return false
	}
	if c := f.Choices; c.Electors == meeting.Named && v.electable().Count(*c) == 0 {
		v.all = true
		v.show()
		v.refuse(words.T("vote.desk.need_elector"))
		return false
	}
	return true
}

// pageOf reads a page's number; nothing means the document as a whole.
func pageOf(text string, pages int) (page int, ok bool) {
	if text = strings.TrimSpace(text); text == "" {
		return 0, true
	}
	page, err := strconv.Atoi(text)
	return page, err == nil && page >= 1 && page <= pages
}

// refuse says above the buttons why the form was not taken.
func (v *voteForm) refuse(text string) {
	v.failure.Show(text, func() fyne.CanvasObject { return widget.NewBanner(widget.BannerWrong, text, "", nil) })
	v.page.Refresh()
}
