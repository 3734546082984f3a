package votescreen

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// limits are the time limits that are offered, in seconds.
var limits = []int{0, 60, 180, 300, 600}

// voteForm is a vote being filled in.
type voteForm struct {
	desk     *Desk
	vote     meeting.VoteID
	form     controller.VoteForm
	question *widget.TextField
	options  []*widget.TextField
	seats    *widget.TextField
	number   *widget.TextField // page of the document
	all      bool              // the choices beyond the usual are in view
	rest     *pane.Part
	failure  *pane.Part
	page     fyne.CanvasObject
	built    int // counts how often the rest was built
}

func (d *Desk) form(vote meeting.VoteID, f controller.VoteForm) {
	if f.Choices == nil {
		choices := f.Template.Choices(f.Mode)
		f.Choices = &choices
	}
	v := &voteForm{desk: d, vote: vote, form: f, rest: pane.NewPart(), failure: pane.NewPart()}
	v.question = widget.NewTextArea(words.T("vote.desk.question"), words.T("vote.desk.question_hint"), 3)
	v.question.SetText(f.Question)
	v.question.OnCancelled = v.leave
	v.seats = widget.NewTextField(words.T("vote.desk.seats"), "")
	v.seats.SetText(strconv.Itoa(max(1, f.Seats)))
	v.number = widget.NewTextField(words.T("vote.desk.page"), "")
	if f.Page > 0 {
		v.number.SetText(strconv.Itoa(f.Page))
	}
	for _, o := range f.Options {
		v.addOption(o)
	}
	v.show()
	buttons := widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, v.leave), widget.NewButton(words.T("common.save"), widget.Filled, v.save))
	title := words.T("vote.desk.add")
	if vote != "" {
		title = words.T("vote.desk.edit")
	}
	v.page = pane.Sheet(title, v.leave, widget.Column(theme.Gap, v.failure.Object(), buttons), v.question, v.rest.Object())
	page := pane.Page{Object: v.page, Leave: v.leave}
	if !fyne.CurrentDevice().IsMobile() {
		page.Focus = v.question.Focusable()
	}
	d.stack.Push(page)
}

func (v *voteForm) leave() { v.desk.stack.Back() }

func (v *voteForm) addOption(text string) {
	f := widget.NewTextField(v.optionLabel(len(v.options)), "")
	f.SetText(text)
	v.options = append(v.options, f)
}

func (v *voteForm) optionLabel(i int) string {
	if v.form.Template.Persons() {
		return words.T("vote.desk.person", i+1)
	}
	return words.T("vote.desk.option", i+1)
}

// show builds what follows the question, as the template wants it.
func (v *voteForm) show() {
	v.built++
	for v.form.Template.Listed() && len(v.options) < 2 {
		v.addOption("")
	}
	v.rest.Show(v.built, func() fyne.CanvasObject {
		objects := append([]fyne.CanvasObject{v.template()}, v.rule()...)
		if v.form.Template.Listed() {
			objects = append(objects, widget.NewText(words.T("vote.desk.options"), widget.StyleStrong))
			for _, o := range v.options {
				objects = append(objects, o)
			}
			objects = append(objects, widget.Flow(8, widget.NewButton(words.T("vote.desk.more_options"), widget.Outlined, func() { v.addOption(""); v.show() }).WithIcon(icons.Plus)))
		}
		if v.form.Template.Elects() {
			objects = append(objects, v.seats)
		}
		if v.form.Template.Ahead() {
			objects = append(objects, v.deadline())
		} else {
			objects = append(objects, v.modes(), v.times())
		}
		objects = append(objects, v.about()...)
		objects = append(objects, v.more()...)
		return widget.Column(theme.Gap, objects...)
	})
	if v.page != nil {
		v.page.Refresh()
	}
}

// choices are a few words of which one is chosen.
func choiceOf(label string, labels []string, chosen int, pick func(i int)) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(labels))
	for i, l := range labels {
		icon := icons.Circle
		if i == chosen {
			icon = icons.CircleCheck
		}
		b := widget.NewButton(l, widget.Outlined, func() { pick(i) }).WithIcon(icon)
		objects[i] = b
	}
	return widget.Column(4, widget.NewText(label, widget.StyleStrong), widget.Flow(8, objects...))
}

// template shows the kind of vote and leads to the others.
func (v *voteForm) template() fyne.CanvasObject {
	t := v.form.Template
	return widget.Column(4, widget.NewText(words.T("vote.desk.template"), widget.StyleStrong),
		widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.Vote}, Title: words.T("vote.template." + string(t)), Subtitle: say(t.Needs()), Chevron: true}, v.pickTemplate))
}

func (v *voteForm) pickTemplate() {
	stack := v.desk.stack
	leave := func() { stack.Back() }
	var cards []fyne.CanvasObject
	for _, t := range controller.Templates() {
		cards = append(cards, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.Vote, Done: t == v.form.Template}, Title: words.T("vote.template." + string(t)), Subtitle: say(t.Needs())},
			func() {
				leave()
				v.choose(t)
			}))
	}
	stack.Push(pane.Page{Object: pane.Sheet(words.T("vote.desk.template"), leave, nil, widget.Column(8, cards...)), Leave: leave})
}

// choose takes another kind of vote, with what it proposes. Who is to vote was chosen for this item and stays.
func (v *voteForm) choose(t controller.Template) {
	if t == v.form.Template {
		return
	}
	choices := t.Choices(t.Mode())
	if v.form.Choices.Electors == meeting.Named {
		choices.Electors, choices.Named = meeting.Named, v.form.Choices.Named
	}
	v.form.Template, v.form.Mode, v.form.Choices = t, t.Mode(), &choices
	for i, o := range v.options {
		o.SetLabel(v.optionLabel(i))
	}
	v.show()
}

func (v *voteForm) modes() fyne.CanvasObject {
	all := []poll.Mode{poll.Live, poll.After, poll.Secret}
	labels := make([]string, len(all))
	for i, m := range all {
		labels[i] = words.T("vote.mode." + string(m))
	}
	choice := choiceOf(words.T("vote.desk.mode"), labels, slices.Index(all, v.form.Mode), func(i int) {
		choices := v.form.Choices.In(all[i], v.form.Mode)
		v.form.Mode, v.form.Choices = all[i], &choices
		v.show()
	})
	return widget.Column(4, choice, widget.NewText(words.T("vote.desk.mode_help."+string(v.form.Mode)), widget.StyleSecondary))
}

// times offers the usual limits; one that was set otherwise stays among them.
func (v *voteForm) times() fyne.CanvasObject {
	all := limits
	if !slices.Contains(all, v.form.Seconds) {
		all = append(slices.Clone(all), v.form.Seconds)
	}
	labels := []string{words.T("vote.desk.no_limit")}
	for _, s := range all[1:] {
		if s%60 == 0 {
			labels = append(labels, words.T("vote.desk.minutes", s/60))
		} else {
			labels = append(labels, words.Span(time.Duration(s)*time.Second))
		}
	}
	return choiceOf(words.T("vote.desk.limit"), labels, slices.Index(all, v.form.Seconds), func(i int) {
		v.form.Seconds = all[i]
		v.show()
	})
}

// save checks what was filled in and prepares the vote.
func (v *voteForm) save() {
	f := v.form
	f.Question = strings.TrimSpace(v.question.Text())
	if f.Question == "" {
		v.question.SetError(words.T("desk.needed"))
		pane.Focus(v.question, v.question.Focusable())
		v.page.Refresh()
		return
	}
	f.Options = nil
	if f.Template.Listed() {
		for _, o := range v.options {
			if text := strings.TrimSpace(o.Text()); text != "" {
				f.Options = append(f.Options, text)
			}
		}
		if what := lacking(f); what != "" {
			v.options[0].SetError(what)
			v.page.Refresh()
			return
		}
	}
	if f.Template.Elects() {
		n, err := strconv.Atoi(strings.TrimSpace(v.seats.Text()))
		if err != nil || n < 1 || n > len(f.Options) {
			v.seats.SetError(words.T("vote.desk.seats_range"))
			v.page.Refresh()
			return
		}
		f.Seats = n
	}
	if !v.readMore(&f) {
		return
	}
	code := v.desk.actions.PrepareVote(v.desk.id, v.desk.item.ID, v.vote, f)
	if code != "" {
		v.refuse(words.Refusal(code))
		return
	}
	v.leave()
	v.desk.took("")
}

// lacking says which choices are still to come, "" where there are enough.
func lacking(f controller.VoteForm) string {
	switch {
	case len(f.Options) == 0:
		return words.T("vote.desk.need_option")
	case len(f.Options) < 2 && f.Template != meeting.TemplateConfidence:
		return words.T("vote.desk.need_options")
	}
	return ""
}
