package votescreen

import (
	"slices"
	"strconv"
	"strings"

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

// DeskActions is the device as the secretary's desk needs it for votes.
type DeskActions interface {
	ChairActions
	PrepareVote(meeting string, item meeting.ItemID, vote meeting.VoteID, f controller.VoteForm) string
	VoteForm(at controller.VoteAt) (controller.VoteForm, bool)
	RemoveVote(at controller.VoteAt) string
}

// Desk is the part of an item's votes on the secretary's desk. All methods are for the main goroutine.
type Desk struct {
	actions DeskActions
	chair   *Chair // the pages of a vote are the same
	part    *pane.Part
	stack   *pane.Stack
	id      string
	item    controller.ItemRow
	view    controller.VotesView
	failed  string
}

// NewDesk makes the part; save may be nil.
func NewDesk(actions DeskActions, save Saver) *Desk {
	return &Desk{actions: actions, chair: NewChair(actions, "", save), part: pane.NewPart()}
}

// Attach gives the screen on which pages are shown.
func (d *Desk) Attach(stack *pane.Stack) {
	d.stack = stack
	d.chair.Attach(stack)
}

// Object is what to put below the item.
func (d *Desk) Object() fyne.CanvasObject { return d.part.Object() }

// Close ends it.
func (d *Desk) Close() { d.chair.Close() }

// Refresh shows the votes of an item and reports whether anything was built anew.
func (d *Desk) Refresh(id string, item controller.ItemRow) bool {
	d.id, d.item = id, item
	d.chair.id = id
	d.view = d.actions.Votes(id)
	d.chair.view = d.view
	rows := slices.DeleteFunc(slices.Clone(d.view.Votes), func(r controller.VoteRow) bool { return r.Item != item.ID })
	model := make([]any, 0, 2*len(rows)+3)
	for _, r := range rows {
		model = append(model, rowFacts(r), r.Question, r.State, r.CanEdit, r.CanRemove)
	}
	return d.part.Show(append(model, item.ID, item.Readable, d.view.Prepares, d.failed), func() fyne.CanvasObject { return d.build(rows) })
}

func (d *Desk) took(code string) {
	d.failed = code
	d.Refresh(d.id, d.item)
}

func (d *Desk) build(rows []controller.VoteRow) fyne.CanvasObject {
	if d.item.ID == "" || !d.item.Readable || !d.view.Prepares && len(rows) == 0 {
		return nil
	}
	objects := []fyne.CanvasObject{widget.Divider(), widget.NewText(words.T("vote.chair.votes"), widget.StyleLead)}
	if d.failed != "" {
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(d.failed), words.T("common.close"), func() { d.took("") }))
	}
	if len(rows) == 0 {
		objects = append(objects, widget.NewText(words.T("vote.desk.none"), widget.StyleSecondary))
	}
	for _, r := range rows {
		objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.Vote}, Title: r.Question, Subtitle: rowFacts(r), Chips: rowChips(r), Chevron: true},
			func() { d.open(r) }))
		var buttons []fyne.CanvasObject
		if r.CanEdit {
			buttons = append(buttons, widget.NewIconButton(icons.Pencil, words.T("common.edit"), func() { d.edit(r.VoteAt) }).Beside())
		}
		if r.CanRemove {
			buttons = append(buttons, widget.NewIconButton(icons.Trash2, words.T("common.delete"), func() { d.askRemove(r) }).Beside())
		}
		if len(buttons) > 0 {
			objects = append(objects, widget.Flow(8, buttons...))
		}
	}
	if d.view.Prepares {
		objects = append(objects, widget.NewButton(words.T("vote.desk.add"), widget.Outlined, func() { d.form("", controller.VoteForm{Template: meeting.TemplateResolution, Mode: poll.Live}) }).WithIcon(icons.Plus))
	}
	return widget.Column(10, objects...)
}

func (d *Desk) open(r controller.VoteRow) { d.chair.open(r.VoteAt) }

func (d *Desk) askRemove(r controller.VoteRow) {
	d.chair.ask(widget.Question{Title: words.T("vote.desk.remove_ask"), Help: r.Question, Yes: words.T("common.delete"), No: words.T("common.cancel"), Destroys: true},
		func() { d.took(d.actions.RemoveVote(r.VoteAt)) })
}

func (d *Desk) edit(at controller.VoteAt) {
	if f, ok := d.actions.VoteForm(at); ok {
		d.form(at.Vote, f)
	}
}

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
	rest     *pane.Part
	failure  *pane.Part
	page     fyne.CanvasObject
	built    int // counts how often the rest was built
}

func (d *Desk) form(vote meeting.VoteID, f controller.VoteForm) {
	v := &voteForm{desk: d, vote: vote, form: f, rest: pane.NewPart(), failure: pane.NewPart()}
	v.question = widget.NewTextField(words.T("vote.desk.question"), words.T("vote.desk.question_hint"))
	v.question.SetText(f.Question)
	v.question.OnCancelled = v.leave
	v.seats = widget.NewTextField(words.T("vote.desk.seats"), "")
	v.seats.SetText(strconv.Itoa(max(1, f.Seats)))
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
	label := "vote.desk.option"
	if v.form.Template.Persons() {
		label = "vote.desk.person"
	}
	f := widget.NewTextField(words.T(label, len(v.options)+1), "")
	f.SetText(text)
	v.options = append(v.options, f)
}

// show builds what follows the question, as the template wants it.
func (v *voteForm) show() {
	v.built++
	for v.form.Template.Listed() && len(v.options) < 2 {
		v.addOption("")
	}
	v.rest.Show(v.built, func() fyne.CanvasObject {
		objects := []fyne.CanvasObject{v.templates()}
		if v.form.Template.Ahead() {
			objects = append(objects, v.deadline())
		} else {
			objects = append(objects, v.modes(), v.times())
		}
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

func (v *voteForm) templates() fyne.CanvasObject {
	all := controller.Templates()
	labels := make([]string, len(all))
	for i, t := range all {
		labels[i] = words.T("vote.template." + string(t))
	}
	return choiceOf(words.T("vote.desk.template"), labels, slices.Index(all, v.form.Template), func(i int) {
		v.form.Template, v.form.Mode = all[i], all[i].Mode()
		v.show()
	})
}

func (v *voteForm) modes() fyne.CanvasObject {
	all := []poll.Mode{poll.Live, poll.After, poll.Secret}
	labels := make([]string, len(all))
	for i, m := range all {
		labels[i] = words.T("vote.mode." + string(m))
	}
	return choiceOf(words.T("vote.desk.mode"), labels, slices.Index(all, v.form.Mode), func(i int) {
		v.form.Mode = all[i]
		v.show()
	})
}

func (v *voteForm) times() fyne.CanvasObject {
	labels := []string{words.T("vote.desk.no_limit")}
	for _, s := range limits[1:] {
		labels = append(labels, words.T("vote.desk.minutes", s/60))
	}
	return choiceOf(words.T("vote.desk.limit"), labels, slices.Index(limits, v.form.Seconds), func(i int) {
		v.form.Seconds = limits[i]
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
	code := v.desk.actions.PrepareVote(v.desk.id, v.desk.item.ID, v.vote, f)
	if code != "" {
		v.failure.Show(code, func() fyne.CanvasObject { return widget.NewBanner(widget.BannerWrong, words.Refusal(code), "", nil) })
		v.page.Refresh()
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
