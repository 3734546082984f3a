package votescreen

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// Widths of the paper at 100 %.
const (
	wide   = 1000
	narrow = 680
)

// remarkLines are the lines of a reason or another opinion that are in view while it is written.
const remarkLines = 4

// say makes the words of a phrase.
func say(p poll.Phrase) string {
	if p.Empty() {
		return ""
	}
	return p.Say(words.T)
}

func toneOf(s poll.Side) widget.Tone {
	switch s {
	case poll.For:
		return widget.ToneFor
	case poll.Against:
		return widget.ToneAgainst
	case poll.Neutral:
		return widget.ToneNeutral
	}
	return widget.TonePlain
}

// stillOpen reports whether ballots are taken, as far as this device knows.
func (b *Ballot) stillOpen() bool { return b.view.State == meeting.Polling }

func (b *Ballot) build() *page {
	v := b.view
	if b.small {
		return b.line()
	}
	switch {
	case v.State == meeting.Announced:
		return b.result()
	case v.State == meeting.Cancelled:
		return b.outcome(icons.X, theme.Secondary, words.T("vote.cancelled"), v.Reason)
	case b.step != sent && (v.MayVote || v.MayChange):
		if b.step == confirming {
			return b.confirm()
		}
		return b.choosePage()
	}
	return b.state()
}

// head is what every page begins with: that this is a vote, of which kind, how long it goes on, and the question in full.
func (b *Ballot) head() []fyne.CanvasObject {
	v := b.view
	kind := "vote.title"
	if v.Ahead {
		kind = "vote.ahead.answer"
	}
	chips := []fyne.CanvasObject{widget.NewText(strings.ToUpper(words.T(kind)), widget.StyleStrong.Colored(theme.Accent)), modeChip(v.Mode)}
	if v.Timed && b.stillOpen() && !v.Ahead {
		b.left = widget.NewChip(timeLeft(v.Left), widget.ChipNeutral).WithIcon(icons.Clock)
		chips = append(chips, b.left)
	}
	if v.Reminded > 0 && v.MayVote {
		chips = append(chips, widget.NewChip(words.T("vote.reminded"), widget.ChipNotice).WithIcon(icons.Bell))
	}
	style := widget.StyleTitle
	switch {
	case b.narrowerThan(420), b.low(), len([]rune(v.Question)) > 300:
		style = widget.StyleLead
	case b.narrowerThan(760), len([]rune(v.Question)) > 160, b.step == confirming:
		style = widget.StyleHeading
	}
	return []fyne.CanvasObject{widget.Flow(10, chips...), widget.NewText(v.Question, style)}
}

// narrowerThan tells whether the window is narrower than so much at 100 %.
func (b *Ballot) narrowerThan(limit float32) bool {
	w := b.layer.Size().Width
	return w > 0 && w < theme.Scaled(limit)
}

// low tells whether large type leaves so little height that the answers go before all that can wait.
func (b *Ballot) low() bool {
	h := b.layer.Size().Height
	return h > 0 && h < theme.Scaled(480)
}

func modeChip(m poll.Mode) fyne.CanvasObject {
	chip := widget.NewChip(words.T("vote.mode."+string(m)), widget.ChipNotice)
	if m == poll.Secret {
		return chip.WithIcon(icons.Lock)
	}
	return chip.WithIcon(icons.Users)
}

// facts are what a decision needs, and the way to the document.
func (b *Ballot) facts() []fyne.CanvasObject {
	v := b.view
	out := append(until(v.Ahead, v.Until), widget.NewText(say(v.Needs), widget.StyleSecondary.Colored(theme.Secondary)))
	if v.About.Item == "" {
		return out
	}
	label := words.T("vote.see_document")
	if v.About.Place.Page > 0 {
		label = words.T("vote.see_page", v.About.Place.Page)
	}
	return append(out, widget.Flow(8, widget.NewButton(label, widget.Outlined, b.see).WithIcon(icons.FileText)))
}

func (b *Ballot) choosePage() *page {
	objects, facts := b.head(), b.facts()
	if !b.low() {
		objects, facts = append(objects, facts...), nil
	}
	objects = append(objects, b.failure()...)
	var foot fyne.CanvasObject
	switch b.view.Method {
	case poll.Some:
		objects = append(objects, b.someOf()...)
		foot = widget.Flow(16, b.count, b.goOn)
	case poll.Grade:
		objects = append(objects, b.grades()...)
		foot = widget.Flow(16, b.count, b.goOn)
	case poll.Approve, poll.One:
		objects = append(objects, b.oneOf())
	}
	objects = append(objects, facts...)
	help := words.T("vote.will_confirm")
	if b.view.Mode == poll.Secret {
		help += " " + words.T("vote.secret_promise") + "."
	}
	objects = append(objects, widget.NewText(help, widget.StyleSecondary.Centered().Colored(theme.Secondary)))
	return &page{widget.Column(16, objects...), foot, wide}
}

func (b *Ballot) failure() []fyne.CanvasObject {
	if b.failed == "" {
		return nil
	}
	return []fyne.CanvasObject{widget.NewBanner(widget.BannerWrong, words.Refusal(b.failed), "", nil)}
}

// oneOf are the answers, one tap each; many of them, or long ones, are lines of a list.
func (b *Ballot) oneOf() fyne.CanvasObject {
	v := b.view
	long := len(v.Choices) > 5
	for _, c := range v.Choices {
		long = long || len([]rune(say(c.Word))) > 40
	}
	buttons := make([]fyne.CanvasObject, len(v.Choices))
	for i, c := range v.Choices {
		button := widget.NewBallotButton(toneOf(c.Side), say(c.Word), func() { b.choose([]int{i}) })
		if long && v.Method == poll.One {
			button.InRow(c.Position)
		} else if b.narrowerThan(600) || b.low() {
			button.Beside()
		}
		buttons[i] = button
	}
	if long {
		return widget.Column(10, buttons...)
	}
	return widget.Even(16, 180, buttons...)
}

// someOf lets one check several lines.
func (b *Ballot) someOf() []fyne.CanvasObject {
	v := b.view
	lines := make([]fyne.CanvasObject, len(v.Choices))
	for i, c := range v.Choices {
		button := widget.NewBallotButton(widget.TonePlain, say(c.Word), nil).InRow(c.Position)
		button.SetChosen(hasMark(b.marks, i))
		button.OnTapped = func() { b.toggle(i) }
		lines[i] = button
		b.picks = append(b.picks, button)
	}
	b.count = widget.NewText("", widget.StyleStrong)
	b.goOn = widget.NewButton(words.T("vote.go_on"), widget.Filled, func() { b.choose(b.marks) }).WithHeight(widget.Tall)
	b.countPicks()
	return []fyne.CanvasObject{widget.NewText(words.T("vote.pick_up_to", v.Most), widget.StyleStrong), widget.Column(8, lines...)}
}

func (b *Ballot) toggle(i int) {
	var next []int
	for j := range b.view.Choices {
		if hasMark(b.marks, j) != (j == i) {
			next = append(next, j)
		}
	}
	if len(next) > b.view.Most {
		return // one has to be taken back first: the line above says how many
	}
	b.marks = next
	b.picks[i].SetChosen(hasMark(b.marks, i))
	b.countPicks()
}

func (b *Ballot) countPicks() { b.count.SetText(words.T("vote.picked", len(b.marks), b.view.Most)) }

func hasMark(marks []int, i int) bool {
	for _, m := range marks {
		if m == i {
			return true
		}
	}
	return false
}

// grades lets one give each line a grade.
func (b *Ballot) grades() []fyne.CanvasObject {
	v := b.view
	if len(b.marks) != len(v.Choices) {
		b.marks = make([]int, len(v.Choices))
		for i := range b.marks {
			b.marks[i] = -1
		}
	}
	b.count = widget.NewText("", widget.StyleStrong)
	b.goOn = widget.NewButton(words.T("vote.go_on"), widget.Filled, func() { b.choose(b.marks) }).WithHeight(widget.Tall)
	var out []fyne.CanvasObject
	for i, c := range v.Choices {
		name := []fyne.CanvasObject{widget.NewText(say(c.Word), widget.StyleLead)}
		if c.Position != "" {
			name = append(name, widget.NewText(c.Position, widget.StyleSecondary.Colored(theme.Secondary)))
		}
		row := make([]*widget.BallotButton, len(v.Grades))
		objects := make([]fyne.CanvasObject, len(v.Grades))
		for g, grade := range v.Grades {
			row[g] = widget.NewBallotButton(widget.TonePlain, say(grade.Word), nil).InRow("")
			row[g].SetChosen(b.marks[i] == g)
			row[g].OnTapped = func() {
				b.marks[i] = g
				for other, button := range row {
					button.SetChosen(other == g)
				}
				b.countGrades()
			}
			objects[g] = row[g]
		}
		out = append(out, widget.Column(8, widget.Column(0, name...), widget.Even(8, 180, objects...)))
	}
	b.countGrades()
	return out
}

func (b *Ballot) countGrades() {
	lacking := 0
	for _, m := range b.marks {
		if m < 0 {
			lacking++
		}
	}
	text := ""
	if lacking > 0 {
		text = words.T("vote.grade_all", lacking)
	}
	b.count.SetText(text)
	b.goOn.SetEnabled(lacking == 0)
}

// chosen says what was chosen, line by line.
func (b *Ballot) chosen(marks []int) []fyne.CanvasObject {
	v := b.view
	var out []fyne.CanvasObject
	line := func(tone widget.Tone, text string) {
		strong, soft := tone.Colors()
		row := widget.Row(14, 1, widget.NewIcon(tone.Mark(), strong, 32), widget.NewText(text, widget.StyleHeading.Colored(strong)))
		out = append(out, widget.NewPanel(row).Colored(soft, strong))
	}
	for i, m := range marks {
		switch {
		case v.Method == poll.Grade && i < len(v.Choices) && m >= 0 && m < len(v.Grades):
			line(widget.TonePlain, fmt.Sprintf("%s: %s", say(v.Choices[i].Word), say(v.Grades[m].Word)))
		case v.Method != poll.Grade && m >= 0 && m < len(v.Choices):
			line(toneOf(v.Choices[m].Side), say(v.Choices[m].Word))
		}
	}
	if len(out) == 0 {
		line(widget.ToneNeutral, words.T("vote.option.blank"))
	}
	return out
}

// confirm asks once more before the ballot goes out.
func (b *Ballot) confirm() *page {
	v := b.view
	objects := append(b.head(), widget.NewText(words.T("vote.your_choice"), widget.StyleStrong.Colored(theme.Secondary)))
	objects = append(objects, widget.Column(8, b.chosen(b.marks)...))
	if b.wantsRemark() {
		if b.remark == nil {
			b.remark = widget.NewTextArea(b.remarkLabel(), "", remarkLines)
		}
		b.remark.SetLabel(b.remarkLabel()) // it keeps its words when another answer is chosen
		objects = append(objects, b.remark)
	}
	help := words.T("vote.may_change")
	switch {
	case v.Mode == poll.Secret:
		help = words.T("vote.no_change_later")
	case !v.Changes:
		help = words.T("vote.final")
	}
	objects = append(objects, widget.NewText(help, widget.StyleSecondary.Colored(theme.Secondary)))
	objects = append(objects, b.failure()...)
	send := widget.NewButton("", widget.Filled, b.cast).WithHeight(widget.Tallest).WithIcon(icons.Send).Guarded()
	send.SetLabel(words.T("vote.send"))
	again := widget.NewButton(words.T("vote.choose_again"), widget.Outlined, func() { b.Back() }).WithHeight(widget.Tallest)
	return &page{widget.Column(16, objects...), widget.Even(12, 130, again, send), narrow}
}

func (b *Ballot) wantsRemark() bool {
	v := b.view
	if v.Mode == poll.Secret || len(b.marks) == 0 {
		return false
	}
	one := (v.Method == poll.Approve || v.Method == poll.One) && b.marks[0] < len(v.Choices)
	return v.Remarks || one && v.Choices[b.marks[0]].Remark
}

// state tells what became of the ballot: the one thing the person must be sure of.
func (b *Ballot) state() *page {
	v := b.view
	switch v.Ballot {
	case controller.BallotSending:
		return b.outcome(icons.Send, theme.Accent, words.T("vote.sending"), words.T("vote.sending_help"))
	case controller.BallotWaiting:
		return b.outcome(icons.CloudOff, theme.Notice, words.T("vote.waiting"), words.T("vote.waiting_help"))
	case controller.BallotCounted:
		title := words.T("vote.counted")
		help := ""
		if !v.At.IsZero() {
			help = words.T("vote.counted_at", words.Clock(v.At.Local()))
		}
		return b.outcome(icons.Check, theme.Yes, title, help)
	case controller.BallotLate:
		return b.outcome(icons.Clock, theme.No, words.T("vote.late"), words.T("vote.late_help"))
	case controller.BallotRefused:
		return b.outcome(icons.TriangleAlert, theme.No, words.T("vote.refused"), words.Refusal(v.Code))
	case controller.BallotAway:
		return b.outcome(icons.Info, theme.Notice, words.T("vote.away"), words.T("vote.away_help"))
	case controller.BallotNone:
	}
	return b.outcome(icons.Clock, theme.Secondary, words.T("vote.ended"), words.T("vote.ended_none"))
}

var softOf = map[fyne.ThemeColorName]fyne.ThemeColorName{theme.Yes: theme.YesSoft, theme.No: theme.NoSoft, theme.Accent: theme.Soft, theme.Notice: theme.Amber,
	theme.Secondary: theme.GreySoft}

// outcome is a large sign with a word, a line of help, and the ways on.
func (b *Ballot) outcome(icon icons.Name, color fyne.ThemeColorName, title, help string) *page {
	v := b.view
	objects := []fyne.CanvasObject{sign(icon, color), widget.NewText(title, widget.StyleTitle.Centered().Colored(color))}
	if help != "" {
		objects = append(objects, widget.NewText(help, widget.StyleBody.Centered()))
	}
	objects = append(objects, widget.NewText(v.Question, widget.StyleSecondary.Centered().Colored(theme.Secondary)))
	if v.Mine != nil && v.Ballot != controller.BallotAway && (v.Mode != poll.Secret || v.Ballot != controller.BallotCounted) {
		objects = append(objects, widget.NewText(words.T("vote.yours", b.shortly(v.Mine.Marks)), widget.StyleStrong.Centered()))
	}
	if v.State == meeting.Polling && v.Voters > 0 {
		b.turnout = widget.NewText(words.T("vote.turnout", v.Taken, v.Voters), widget.StyleSecondary.Centered().Colored(theme.Secondary))
		objects = append(objects, b.turnout)
	}
	objects = append(objects, b.ownForm()...)
	back := widget.NewButton(words.T("vote.to_document"), widget.Filled, b.done).WithHeight(widget.Tall)
	buttons := []fyne.CanvasObject{back}
	if v.MayChange {
		buttons = []fyne.CanvasObject{widget.NewButton(words.T("vote.change"), widget.Outlined, b.change).WithHeight(widget.Tall), back}
	}
	return &page{widget.Column(14, objects...), widget.Narrow(520, widget.Even(12, 130, buttons...)), narrow}
}

// shortly names what was chosen in one line; secret choices are not left on the screen.
func (b *Ballot) shortly(marks []int) string {
	v := b.view
	var parts []string
	for i, m := range marks {
		switch {
		case v.Method == poll.Grade && i < len(v.Choices) && m >= 0 && m < len(v.Grades):
			parts = append(parts, say(v.Choices[i].Word)+": "+say(v.Grades[m].Word))
		case v.Method != poll.Grade && m >= 0 && m < len(v.Choices):
			parts = append(parts, say(v.Choices[m].Word))
		}
	}
	if len(parts) == 0 {
		return words.T("vote.option.blank")
	}
	return strings.Join(parts, "; ")
}

// sign is a large icon on a soft circle.
func sign(icon icons.Name, color fyne.ThemeColorName) fyne.CanvasObject {
	return newSign(icon, color, softOf[color])
}

// result is the announced result, and whether the own secret ballot is in the list.
func (b *Ballot) result() *page {
	v := b.view
	objects := []fyne.CanvasObject{widget.NewText(words.T("vote.result"), widget.StyleStrong.Colored(theme.Accent)), widget.NewText(v.Question, widget.StyleLead)}
	objects = append(objects, resultObjects(*v.Result, false, false)...)
	objects = append(objects, named(b.named, *v.Result, nil)...)
	objects = append(objects, b.ownForm()...)
	switch v.Check {
	case controller.ListFound:
		objects = append(objects, widget.Row(10, 1, widget.NewIcon(icons.ShieldCheck, theme.Yes, 24), widget.NewText(words.T("vote.check.found"), widget.StyleSecondary.Colored(theme.Yes))))
	case controller.ListMissing, controller.ListWrong:
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.T("vote.check."+string(v.Check)), "", nil))
	case controller.ListUnchecked:
	}
	foot := widget.NewButton(words.T("vote.to_document"), widget.Filled, b.done).WithHeight(widget.Tall)
	return &page{widget.Column(14, objects...), widget.Narrow(520, foot), wide}
}

// line is what is left at the lower edge while the person reads: the vote that still waits for him, or a result.
func (b *Ballot) line() *page {
	v := b.view
	open := func() { b.small = false; b.Refresh() }
	var text, action string
	icon, color := icons.Vote, theme.Accent
	switch {
	case v.State == meeting.Announced:
		text, action = say(v.Result.Sentence), words.T("vote.result")
	case v.MayVote && v.Ahead:
		text, action = words.T("vote.ahead.asked")+": "+v.Question, words.T("vote.ahead.answer")
	case v.MayVote:
		text, action = words.T("vote.pending_banner")+": "+v.Question, words.T("vote.return")
	default:
		text, action = v.Question, words.T("common.open")
	}
	most := 160
	if b.narrowerThan(420) {
		most = 60
	}
	if b.narrowerThan(240) && v.MayVote && !v.Ahead {
		text = words.T("vote.pending_banner")
	}
	if r := []rune(text); len(r) > most {
		text = string(r[:most-1]) + "…"
	}
	buttons := []fyne.CanvasObject{widget.NewButton(action, widget.Filled, open)}
	if v.Timed && b.stillOpen() && !v.Ahead {
		b.left = widget.NewChip(timeLeft(v.Left), widget.ChipNeutral).WithIcon(icons.Clock)
		buttons = append([]fyne.CanvasObject{b.left}, buttons...)
	}
	if v.MayVote && v.Ahead {
		buttons = append(buttons, widget.NewButton(words.T("vote.ahead.later"), widget.Outlined, b.layAside))
	}
	if !v.MayVote {
		buttons = append(buttons, widget.NewButton(words.T("common.close"), widget.Outlined, b.done))
	}
	line := widget.Row(12, 1, widget.NewIcon(icon, color, 28), widget.NewText(text, widget.StyleStrong))
	return &page{widget.Column(8, line, widget.Flow(10, buttons...)), nil, wide}
}
