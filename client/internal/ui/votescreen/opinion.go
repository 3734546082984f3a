package votescreen

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/workday"
)

// deadlineDays are the deadlines of an opinion in writing that are offered, in working days from now; each is the end of that day.
var deadlineDays = []int{1, 2, 3, 5, 7, 10}

// endOfWork is the hour at which a deadline ends.
const endOfWork = 17

// extendOpinionBy is how much one tap extends an opinion in writing.
const extendOpinionBy = 24 * time.Hour

// deadlines are those that are offered now. One that was set before stays among them.
func deadlines(now, set time.Time) []time.Time {
	now = now.In(workday.Zone)
	end := time.Date(now.Year(), now.Month(), now.Day(), endOfWork, 0, 0, 0, workday.Zone)
	var out []time.Time
	for _, n := range deadlineDays {
		out = append(out, workday.Add(end, n))
	}
	if !set.IsZero() && !slices.ContainsFunc(out, set.Equal) {
		out = append([]time.Time{set.In(workday.Zone)}, out...)
	}
	return out
}

// moment is a deadline in words, in Vietnam's time, by which it was counted.
func moment(t time.Time) string {
	t = t.In(workday.Zone)
	return words.Clock(t) + ", " + words.Date(t)
}

// deadline lets the secretary choose when the opinions are due.
func (v *voteForm) deadline() fyne.CanvasObject {
	all := deadlines(v.desk.view.Now, v.form.Until)
	if v.form.Until.IsZero() {
		v.form.Until = all[2]
	}
	labels := make([]string, len(all))
	for i, t := range all {
		labels[i] = moment(t)
	}
	choice := choiceOf(words.T("vote.ahead.deadline"), labels, slices.IndexFunc(all, v.form.Until.Equal), func(i int) {
		v.form.Until = all[i]
		v.show()
	})
	help := "vote.ahead.deadline_help"
	if !workday.Known(all[len(all)-1].Year()) {
		help = "vote.ahead.deadline_lunar"
	}
	return widget.Column(4, choice, widget.NewText(words.T(help), widget.StyleSecondary))
}

// addressees lists who is asked for an opinion; nobody has to be there for it.
func addressees(list *nameList, r controller.VoteRow) []fyne.CanvasObject {
	rows := make([]listed, len(r.Electors))
	for i, e := range r.Electors {
		rows[i] = listed{e.Name, func() []fyne.CanvasObject {
			return []fyne.CanvasObject{widget.NewCard(widget.CardData{Title: e.Name, Subtitle: e.Position, Compact: true}, nil)}
		}}
	}
	return []fyne.CanvasObject{widget.NewText(words.T("vote.ahead.to", len(r.Electors)), widget.StyleLead), list.object(rows)}
}

// until says when a vote of days ends, nil where nothing is to be said.
func until(ahead bool, end time.Time) []fyne.CanvasObject {
	if !ahead || end.IsZero() {
		return nil
	}
	return []fyne.CanvasObject{widget.NewText(words.T("vote.ahead.until", moment(end)), widget.StyleStrong.Colored(theme.Accent))}
}

// Open shows a vote that the person asks for: an opinion to give or to change, or a result.
func (b *Ballot) Open(at controller.VoteAt) {
	v, ok := b.actions.Ballot(at)
	if !ok || b.Asks() && b.asksStill() && b.view.VoteAt != at {
		return // what is being filled in stays
	}
	if b.on {
		b.setAside()
	}
	b.on, b.small, b.failed = true, false, ""
	b.takeUp(v)
	b.saved, b.named = false, newNameList(8)
	if !v.MayVote {
		b.step = sent
	}
	b.reminded = v.Reminded
	b.take(v)
	b.Refresh()
}

// laidAside reports whether the person has put an opinion off since he was last reminded: it interrupts nobody, and is found on the agenda.
func (b *Ballot) laidAside(v controller.BallotView) bool {
	seen, ok := b.aside[v.VoteAt]
	return v.Ahead && ok && v.Reminded <= seen
}

// layAside puts an opinion off until the next reminder.
func (b *Ballot) layAside() {
	b.aside[b.view.VoteAt] = b.view.Reminded
	b.setAside()
	kept, ok := b.drafts[b.view.VoteAt]
	b.done()
	if ok {
		b.drafts[b.view.VoteAt] = kept
	}
}

// lacksReason reports whether the answer needs words that are not there: an opinion against says why, another one says what.
func (b *Ballot) lacksReason() bool {
	v := b.view
	if !v.Ahead || b.remark == nil || len(b.marks) != 1 || b.marks[0] >= len(v.Choices) || !v.Choices[b.marks[0]].Remark {
		return false
	}
	return strings.TrimSpace(b.remark.Text()) == ""
}

// remarkLabel names the field for words.
func (b *Ballot) remarkLabel() string {
	v := b.view
	if !v.Ahead || len(b.marks) != 1 || b.marks[0] >= len(v.Choices) {
		return words.T("vote.remark")
	}
	if v.Choices[b.marks[0]].Side == poll.Against {
		return words.T("vote.ahead.reason")
	}
	return words.T("vote.remark_of")
}

// inOrder lists the votes that ask for this person; those that the room waits for come before opinions in writing.
func (b *Ballot) inOrder() []controller.BallotView {
	all := slices.Clone(b.actions.Ballots())
	slices.SortStableFunc(all, func(x, y controller.BallotView) int {
		switch {
		case x.Ahead == y.Ahead:
			return 0
		case y.Ahead:
			return -1
		}
		return 1
	})
	return all
}

// yields reports whether what is shown makes room for a vote that the room waits for: the line of an opinion, or a result.
func (b *Ballot) yields() bool {
	over := b.view.State == meeting.Announced || b.view.State == meeting.Cancelled
	if !over && !(b.view.Ahead && b.small) {
		return false
	}
	return slices.ContainsFunc(b.actions.Ballots(), func(v controller.BallotView) bool { return v.MayVote && !v.Ahead && v.VoteAt != b.view.VoteAt })
}
