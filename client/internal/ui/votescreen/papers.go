package votescreen

import (
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// Saver puts a file where the person wants it; done gets a refusal code, "" when it is there or was given up.
type Saver func(name string, data []byte, done func(code string))

// fetcher brings a file from the server; done is called once, on any goroutine.
type fetcher func(done func(data []byte, code string))

// paper fetches a file and lets the person put it somewhere.
func (c *Chair) paper(name string, fetch fetcher) {
	fetch(func(data []byte, code string) {
		c.life.Report(func() {
			if code != "" {
				c.took(code)
				return
			}
			c.save(name, data, c.life.Answer(func(code string) {
				c.took(code)
				if code == "" {
					c.said = "vote.chair.saved"
				}
				c.stack.Refresh()
			}))
		})
	})
}

// papers are the buttons for what of a result can be taken along.
func (c *Chair) papers(r controller.VoteRow, add func(can bool, key string, kind widget.ButtonKind, icon icons.Name, do func())) {
	saves := r.Result != nil && c.save != nil
	get := func(name string, fetch fetcher) func() { return func() { c.paper(name, fetch) } }
	protocolOf := func(form string) fetcher {
		return func(done func([]byte, string)) { c.actions.VotePaper(r.VoteAt, form, done) }
	}
	add(saves && r.Ahead, "vote.ahead.summary", widget.Outlined, icons.Download, get("tong-hop-y-kien-"+simple(r.ItemNumber)+".pdf",
		func(done func([]byte, string)) { c.actions.OpinionSummary(r.VoteAt, done) }))
	add(saves && r.Ahead && r.Runs && len(r.Result.Voted) > 0, "vote.ahead.forms", widget.Outlined, icons.Download, get("phieu-lay-y-kien-"+simple(r.ItemNumber)+".pdf",
		func(done func([]byte, string)) { c.actions.OpinionForms(r.VoteAt, done) }))
	add(saves && !r.Ahead, "vote.chair.paper", widget.Outlined, icons.Download, get(fileName(r, "pdf"), protocolOf("pdf")))
	add(saves, "vote.chair.table", widget.Outlined, icons.Download, get(fileName(r, "csv"), protocolOf("csv")))
}

// simple keeps what every file system takes.
func simple(text string) string {
	return strings.Map(func(x rune) rune {
		if x >= '0' && x <= '9' || x >= 'a' && x <= 'z' {
			return x
		}
		return -1
	}, text)
}

func fileName(r controller.VoteRow, form string) string {
	return "bieu-quyet-" + simple(r.ItemNumber) + "." + form
}

// named lists open ballots with their names. form, where it is set, fetches somebody's form of an opinion at a tap.
func named(list *nameList, r controller.VoteResult, form func(controller.Voter)) []fyne.CanvasObject {
	if len(r.Voted) == 0 {
		return nil
	}
	rows := make([]listed, len(r.Voted))
	for i, v := range r.Voted {
		rows[i] = listed{v.Name, func() []fyne.CanvasObject { return voterLines(v, form) }}
	}
	head := []fyne.CanvasObject{widget.Divider(), widget.NewText(words.T("vote.names"), widget.StyleStrong.Colored(theme.Secondary))}
	if form != nil {
		head = append(head, widget.NewText(words.T("vote.ahead.tap_form"), widget.StyleSecondary))
	}
	return append(head, list.object(rows))
}

// voterLines are somebody's ballot: a line, or a card that leads to his form.
func voterLines(v controller.Voter, form func(controller.Voter)) []fyne.CanvasObject {
	parts := make([]string, len(v.Choice))
	for i, p := range v.Choice {
		parts[i] = say(p)
	}
	choice := strings.Join(parts, "; ")
	if form != nil {
		below := choice
		if v.Remark != "" {
			below += "\n" + v.Remark
		}
		return []fyne.CanvasObject{widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.Download}, Title: v.Name, Subtitle: below, Compact: true}, func() { form(v) })}
	}
	lines := []fyne.CanvasObject{widget.Row(12, 0, widget.NewText(v.Name, widget.StyleBody), widget.NewText(choice, widget.StyleStrong))}
	if v.Remark != "" {
		lines = append(lines, widget.Inset(16, 0, widget.NewText(v.Remark, widget.StyleSecondary)))
	}
	return lines
}

// formOf fetches the form of one person's opinion; nil where this person may not have it.
func (c *Chair) formOf(r controller.VoteRow) func(controller.Voter) {
	if !r.Ahead || !r.Runs || c.save == nil {
		return nil
	}
	return func(v controller.Voter) {
		c.paper("phieu-lay-y-kien-"+simple(r.ItemNumber)+"-"+simple(string(v.ID))+".pdf", func(done func([]byte, string)) { c.actions.OpinionForm(r.VoteAt, v.ID, done) })
	}
}

// ownForm is the way to the form of one's own opinion, as it was sent.
func (b *Ballot) ownForm() []fyne.CanvasObject {
	v := b.view
	if !v.Ahead || b.Save == nil || v.Ballot != controller.BallotCounted || v.State == meeting.Cancelled {
		return nil
	}
	out := []fyne.CanvasObject{widget.NewButton(words.T("vote.ahead.form"), widget.Outlined, b.fetchForm).WithIcon(icons.Download)}
	if b.saved {
		out = append(out, widget.NewChip(words.T("vote.chair.saved"), widget.ChipLive).WithIcon(icons.Check))
	}
	return append(b.failure(), widget.Narrow(520, widget.Flow(10, out...)))
}

func (b *Ballot) fetchForm() {
	at := b.view.VoteAt
	told := b.life.Answer(func(code string) {
		if b.view.VoteAt == at {
			b.failed, b.saved = code, code == ""
			b.Refresh()
		}
	})
	b.actions.OpinionForm(at, "", func(data []byte, code string) {
		if code != "" {
			told(code)
			return
		}
		b.life.Report(func() { b.Save("phieu-lay-y-kien-"+simple(b.view.Item.Number)+".pdf", data, told) })
	})
}
