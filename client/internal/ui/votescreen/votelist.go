package votescreen

import (
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

// mostNames is how many people without a device are told by name in a list; the vote's own page has them all.
const mostNames = 6

// allButton leads to the votes of the whole meeting; nil where there are none.
func (c *Chair) allButton() fyne.CanvasObject {
	if len(c.view.Votes) == 0 {
		return nil
	}
	return widget.Flow(8, widget.NewButton(words.T("vote.chair.all", len(c.view.Votes)), widget.Outlined, c.openAll).WithIcon(icons.List))
}

// openAll puts the list of all votes of the meeting over the console.
func (c *Chair) openAll() {
	part := pane.NewFilling()
	refresh := func() bool {
		rows := make([]controller.VoteRow, len(c.view.Votes))
		for i, r := range c.view.Votes {
			if startable(r) || r.State == meeting.Polling {
				c.actions.LookAtVote(r.VoteAt)
			}
			rows[i] = shownLeft(r)
		}
		part.Show([]any{rows, c.failed}, func() fyne.CanvasObject { return c.list(rows) })
		return true
	}
	c.failed, c.said = "", ""
	c.steps = map[stepAt]*widget.Button{}
	refresh()
	c.stack.Push(pane.Page{Object: part.Object(), Refresh: refresh})
}

// startable reports whether this person can put a vote to the room now.
func startable(r controller.VoteRow) bool { return (r.CanPose || r.CanOpen) && !r.Ahead }

// list shows the votes in the agenda's order, under their items.
func (c *Chair) list(rows []controller.VoteRow) fyne.CanvasObject {
	var objects []fyne.CanvasObject
	if c.failed != "" {
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(c.failed), words.T("common.close"), func() { c.took("") }))
	}
	item := meeting.ItemID("")
	for _, r := range rows {
		if r.Item != item {
			item = r.Item
			objects = append(objects, itemHead(r, r.Item == c.view.Current))
		}
		objects = append(objects, c.listed(r))
	}
	if len(rows) == 0 {
		objects = append(objects, widget.NewText(words.T("vote.desk.none"), widget.StyleSecondary))
	}
	return pane.Sheet(words.T("vote.chair.all", len(rows)), func() { c.stack.Back() }, nil, objects...)
}

// itemHead names the item above its votes, and says that it runs.
func itemHead(r controller.VoteRow, runs bool) fyne.CanvasObject {
	head := []fyne.CanvasObject{widget.NewText(words.T("agenda.item", r.ItemNumber), widget.StyleStrong.Colored(theme.Accent))}
	if runs {
		head = append(head, widget.NewChip(words.T("agenda.running"), widget.ChipLive))
	}
	return widget.Inset(0, 6, widget.Column(2, widget.Flow(8, head...), widget.NewText(r.ItemTitle, widget.StyleSecondary)))
}

// listed is a vote of the list; one that can be put to the room says who has no device yet, and is opened with one tap.
func (c *Chair) listed(r controller.VoteRow) fyne.CanvasObject {
	card := voteCard(r, func() { c.open(r.VoteAt) })
	if !startable(r) {
		return card
	}
	objects := []fyne.CanvasObject{card}
	if away := notReady(r); away != "" {
		objects = append(objects, widget.NewText(away, widget.StyleSecondary.Colored(theme.Notice)))
	}
	var buttons []fyne.CanvasObject
	add := func(key string, kind widget.ButtonKind, icon icons.Name, do func()) {
		buttons = append(buttons, c.step(stepAt{r.VoteAt, key, kind}, icon, do))
	}
	if r.CanPose {
		add("vote.chair.pose", widget.Outlined, icons.Presentation, func() { c.took(c.actions.PoseVote(r.VoteAt)) })
	}
	if r.CanOpen {
		kind := widget.Outlined
		if r.State == meeting.Posed {
			kind = widget.Filled // the question is before the room: this comes next
		}
		add("vote.chair.open", kind, icons.Play, func() { c.took(c.actions.OpenVote(r.VoteAt)) })
	}
	return widget.Column(8, append(objects, widget.Flow(8, buttons...))...)
}

// stepAt is a button of the list: what it does with which vote, and how much it stands out.
type stepAt struct {
	vote controller.VoteAt
	key  string
	kind widget.ButtonKind
}

// step is a guarded button of the list, the same one whenever the list is built anew.
func (c *Chair) step(at stepAt, icon icons.Name, do func()) *widget.Button {
	b, ok := c.steps[at]
	if !ok {
		b = widget.NewButton("", at.kind, nil).WithIcon(icon).Guarded()
		c.steps[at] = b
	}
	b.OnTapped = do
	b.SetLabel(words.T(at.key))
	return b
}

// notReady names the voters who have no device connected, "" where that is not known or nobody is missing.
func notReady(r controller.VoteRow) string {
	var names []string
	for _, e := range r.Electors {
		if e.Known && !e.Here {
			names = append(names, e.Name)
		}
	}
	switch n := len(names); {
	case n == 0:
		return ""
	case n > mostNames:
		return words.T("vote.chair.away_more", strings.Join(names[:mostNames], ", "), n-mostNames)
	}
	return words.T("vote.chair.away", strings.Join(names, ", "))
}

// voteCard is a vote in a list, with how it stands.
func voteCard(r controller.VoteRow, open func()) *widget.Card {
	return widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.Vote, Done: r.State == meeting.Announced}, Title: r.Question,
		Subtitle: rowFacts(r), Chips: rowChips(r), Selected: r.State == meeting.Polling || r.State == meeting.Tallied, Chevron: true}, open)
}
