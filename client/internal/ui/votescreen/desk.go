package votescreen

import (
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
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
	// Rules are those by which the committee decides.
	Rules() controller.RulesView
	// Electable lists who can be let vote on an item.
	Electable(meeting string, item meeting.ItemID) controller.Electable
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
	model := make([]any, 0, 5*len(rows)+5)
	for _, r := range rows {
		model = append(model, rowFacts(r), r.Question, r.State, r.CanEdit, r.CanRemove)
	}
	return d.part.Show(append(model, len(d.view.Votes), item.ID, item.Readable, d.view.Prepares, d.failed), func() fyne.CanvasObject { return d.build(rows) })
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
	if len(rows) < len(d.view.Votes) {
		objects = append(objects, d.chair.allButton())
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
