package votescreen

import (
	"slices"
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

// ChairActions is the device as those need it who run votes. A string is a refusal code, "" when the wish was accepted.
type ChairActions interface {
	Votes(meeting string) controller.VotesView
	// LookAtVote asks the server who is ready; it is called while that is shown.
	LookAtVote(at controller.VoteAt)
	MarkAbsent(at controller.VoteAt, who meeting.PersonID, absent bool)
	PoseVote(at controller.VoteAt) string
	OpenVote(at controller.VoteAt) string
	RemindVoters(at controller.VoteAt) string
	ExtendVote(at controller.VoteAt, by time.Duration) string
	CloseVote(at controller.VoteAt) string
	CancelVote(at controller.VoteAt, reason string) string
	RepeatVote(at controller.VoteAt, openly bool) string
	AnnounceVote(at controller.VoteAt) string
	// Figures is the form for what people counted; ok is false where there is none for this person.
	Figures(at controller.VoteAt) (f controller.FiguresView, ok bool)
	EnterFigures(at controller.VoteAt, f poll.Figures) string
	CorrectFigures(at controller.VoteAt, f poll.Figures, reason string) string
	VotePaper(at controller.VoteAt, form string, done func(data []byte, code string))
	// The papers of opinions in writing: the table, the forms of all, and of one person.
	OpinionSummary(at controller.VoteAt, done func(data []byte, code string))
	OpinionForms(at controller.VoteAt, done func(data []byte, code string))
	OpinionForm(at controller.VoteAt, who meeting.PersonID, done func(data []byte, code string))
}

// extendBy is how much one tap extends a vote.
const extendBy = 2 * time.Minute

// Chair shows the running item's votes to whoever runs them. All methods are for the main goroutine.
type Chair struct {
	actions ChairActions
	id      string
	save    Saver // nil where nothing can be saved
	life    *pane.Life
	stack   *pane.Stack
	part    *pane.Part
	view    controller.VotesView
	failed  string
	said    string // key of what went well last
	// The lists of the vote's page that is open: of its ballots, of who may vote, and of whom it waits for.
	named, electors, waiting *nameList
	// big is that page's button of the next step, and left its time; both stay while the page is built anew around them.
	big  *widget.Button
	left *widget.Chip
	// steps are the buttons of the list of all votes, which stay likewise.
	steps map[stepAt]*widget.Button
}

// NewChair makes the part of a meeting's votes; save may be nil.
func NewChair(actions ChairActions, id string, save Saver) *Chair {
	return &Chair{actions: actions, id: id, save: save, life: pane.NewLife(), part: pane.NewPart(),
		named: newNameList(8), electors: newNameList(4), waiting: newNameList(4)}
}

// Attach gives the screen on which pages are shown.
func (c *Chair) Attach(stack *pane.Stack) { c.stack = stack }

// Object is what to put among the console's parts.
func (c *Chair) Object() fyne.CanvasObject { return c.part.Object() }

// Close ends it: answers that come later are dropped.
func (c *Chair) Close() { c.life.End() }

// rows are the votes of the running item.
func (c *Chair) rows() []controller.VoteRow {
	return slices.DeleteFunc(slices.Clone(c.view.Votes), func(r controller.VoteRow) bool { return r.Item != c.view.Current })
}

// Refresh shows what the controller knows now and reports whether anything was built anew.
func (c *Chair) Refresh() bool {
	c.view = c.actions.Votes(c.id)
	rows := c.rows()
	for _, r := range rows {
		if r.State == meeting.Posed || r.State == meeting.Polling || r.State == meeting.Tallied && r.Result == nil {
			c.actions.LookAtVote(r.VoteAt)
		}
	}
	still := make([]controller.VoteRow, len(rows))
	for i, r := range rows {
		still[i] = shownLeft(r)
	}
	return c.part.Show([]any{still, len(c.view.Votes), c.failed}, func() fyne.CanvasObject { return c.build(rows) })
}

// shownLeft keeps of the time that is left what a row of a list shows of it.
func shownLeft(r controller.VoteRow) controller.VoteRow {
	if r.Left = r.Left.Truncate(time.Second); r.Ahead {
		r.Left = 0 // it tells the deadline
	}
	return r
}

func (c *Chair) took(code string) {
	c.failed, c.said = code, ""
	c.Refresh()
	c.stack.Refresh()
}

func (c *Chair) ask(q widget.Question, yes func()) {
	if on := pane.Canvas(c.stack.Object()); on != nil {
		widget.NewConfirmSheet(q, yes).ShowOn(on)
	}
}

func (c *Chair) build(rows []controller.VoteRow) fyne.CanvasObject {
	if len(c.view.Votes) == 0 {
		return nil
	}
	objects := []fyne.CanvasObject{widget.NewText(words.T("vote.chair.votes"), widget.StyleStrong.Colored(theme.Secondary))}
	if c.failed != "" {
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(c.failed), words.T("common.close"), func() { c.took("") }))
	}
	for _, r := range rows {
		objects = append(objects, voteCard(r, func() { c.open(r.VoteAt) }))
	}
	if len(rows) < len(c.view.Votes) || len(rows) > 1 {
		objects = append(objects, c.allButton())
	}
	return widget.Column(theme.Gap, objects...)
}

// rowFacts is how a vote stands in one line.
func rowFacts(r controller.VoteRow) string {
	parts := []string{words.T("vote.mode." + string(r.Mode))}
	switch {
	case r.State == meeting.Prepared || r.State == meeting.Posed:
		if n, known := ready(r); known && !r.Ahead {
			parts = append(parts, words.T("vote.chair.ready", n, len(r.Electors)))
		}
	case r.State == meeting.Polling:
		parts = append(parts, words.T("vote.turnout", r.Taken, r.Voters))
		switch {
		case r.Ahead && !r.Until.IsZero():
			parts = append(parts, words.T("vote.ahead.until", moment(r.Until)))
		case r.Timed:
			parts = append(parts, timeLeft(r.Left))
		}
	case r.State == meeting.Cancelled:
		parts = append(parts, r.Reason)
	case r.Result != nil:
		parts = append(parts, say(r.Result.Sentence))
	}
	return strings.Join(parts, " · ")
}

func rowChips(r controller.VoteRow) []*widget.Chip {
	kind := widget.ChipNeutral
	switch r.State {
	case meeting.Polling:
		kind = widget.ChipLive
	case meeting.Posed, meeting.Polled, meeting.Tallied:
		kind = widget.ChipNotice
	}
	return []*widget.Chip{widget.NewChip(words.T("vote.state."+string(r.State)), kind)}
}

// ready counts the voters with a device; known says whether that is known.
func ready(r controller.VoteRow) (n int, known bool) {
	for _, e := range r.Electors {
		known = known || e.Known
		if e.Here {
			n++
		}
	}
	return n, known
}

func (c *Chair) row(at controller.VoteAt) (controller.VoteRow, bool) {
	i := slices.IndexFunc(c.view.Votes, func(r controller.VoteRow) bool { return r.VoteAt == at })
	if i < 0 {
		return controller.VoteRow{}, false
	}
	return c.view.Votes[i], true
}

// open puts the page of one vote over the console.
func (c *Chair) open(at controller.VoteAt) {
	part := pane.NewFilling()
	refresh := func() bool {
		c.actions.LookAtVote(at)
		r, ok := c.row(at)
		if ok {
			c.left.Set(timeLeft(r.Left), widget.ChipNeutral)
			r.Left = 0 // the time passes without the page being built anew: a press half done would be lost with each second
			part.Show([]any{r, c.failed, c.said}, func() fyne.CanvasObject { return c.page(r) })
		}
		return ok
	}
	c.failed, c.said = "", ""
	c.big = widget.NewButton("", widget.Filled, nil).WithHeight(widget.Tallest).Guarded()
	c.left = widget.NewChip("", widget.ChipNeutral).WithIcon(icons.Clock)
	c.named, c.electors, c.waiting = newNameList(8), newNameList(4), newNameList(4)
	if refresh() {
		c.stack.Push(pane.Page{Object: part.Object(), Refresh: refresh})
	}
}

func (c *Chair) page(r controller.VoteRow) fyne.CanvasObject {
	chips := []fyne.CanvasObject{rowChips(r)[0], modeChip(r.Mode)}
	if r.Timed && !r.Ahead {
		chips = append(chips, c.left)
	}
	if r.Corrected > 0 {
		chips = append(chips, widget.NewChip(upperFirst(words.T("vote.corrected")), widget.ChipNotice))
	}
	objects := []fyne.CanvasObject{widget.Flow(8, chips...), widget.NewText(r.Question, widget.StyleHeading), widget.NewText(say(r.Needs), widget.StyleSecondary)}
	objects = append(objects, until(r.Ahead, r.Until)...)
	if c.failed != "" {
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(c.failed), words.T("common.close"), func() { c.took("") }))
	}
	if c.said != "" {
		objects = append(objects, widget.Flow(8, widget.NewChip(words.T(c.said), widget.ChipLive).WithIcon(icons.Check)))
	}
	if r.State == meeting.Polling || r.State == meeting.Prepared || r.State == meeting.Posed {
		objects = append(objects, c.buttons(r)) // above a list that may be long
		objects = append(objects, c.middle(r)...)
	} else {
		objects = append(objects, c.middle(r)...)
		objects = append(objects, c.buttons(r))
	}
	return pane.Sheet(words.T("vote.title"), func() { c.stack.Back() }, c.next(r), objects...)
}

// middle is what matters in the vote's state: who is ready, who has voted, or the result.
func (c *Chair) middle(r controller.VoteRow) []fyne.CanvasObject {
	switch r.State {
	case meeting.Prepared, meeting.Posed:
		return c.readiness(r)
	case meeting.Polling:
		return c.running(r)
	case meeting.Polled:
		return []fyne.CanvasObject{widget.NewText(words.T("vote.chair.counting"), widget.StyleLead)}
	case meeting.Cancelled:
		return []fyne.CanvasObject{widget.NewText(words.T("chair.reason")+": "+r.Reason, widget.StyleBody)}
	}
	if r.Result == nil {
		key := "vote.chair.wait_result"
		if !r.Runs {
			key = "vote.wait_announce"
		}
		return []fyne.CanvasObject{widget.NewText(words.T(key), widget.StyleLead)}
	}
	var out []fyne.CanvasObject
	if !r.Public {
		key := "vote.chair.only_you"
		if r.Ahead {
			key = "vote.ahead.only_you"
		}
		out = append(out, widget.NewBanner(widget.BannerNotice, words.T(key), "", nil))
	}
	out = append(out, resultObjects(*r.Result, false, false)...)
	return append(out, named(c.named, *r.Result, c.formOf(r))...)
}

// readiness lists the voters with their devices; a tap says that somebody is absent after all, or present.
func (c *Chair) readiness(r controller.VoteRow) []fyne.CanvasObject {
	if r.Ahead {
		return addressees(c.electors, r)
	}
	n, known := ready(r)
	title := words.T("vote.chair.ready_title")
	if known {
		title = words.T("vote.chair.ready", n, len(r.Electors))
	}
	out := []fyne.CanvasObject{widget.NewText(title, widget.StyleLead)}
	if r.CanOpen || r.CanPose {
		out = append(out, widget.NewText(words.T("vote.chair.tap_absent"), widget.StyleSecondary))
	}
	rows := make([]listed, len(r.Electors))
	for i, e := range r.Electors {
		rows[i] = listed{e.Name, func() []fyne.CanvasObject {
			return []fyne.CanvasObject{widget.NewCard(c.elector(e), func() {
				c.actions.MarkAbsent(r.VoteAt, e.ID, !e.Absent)
				c.took("")
			})}
		}}
	}
	out = append(out, c.electors.object(rows))
	if len(r.StandIns) > 0 {
		out = append(out, standIns(r.StandIns))
	}
	return out
}

func (c *Chair) elector(e controller.VoterRow) widget.CardData {
	data := widget.CardData{Mark: widget.Mark{Icon: icons.User, Done: !e.Absent}, Title: e.Name, Subtitle: e.Position, Compact: true}
	presence := widget.NewChip(words.T("vote.chair.present"), widget.ChipLive)
	if e.Absent {
		presence = widget.NewChip(words.T("vote.chair.absent"), widget.ChipNeutral)
	}
	data.Chips = []*widget.Chip{presence}
	if e.Known {
		device := widget.NewChip(words.T("vote.chair.here"), widget.ChipNeutral).WithIcon(icons.Wifi)
		if !e.Here {
			device = widget.NewChip(words.T("vote.chair.not_here"), widget.ChipOffline)
		}
		data.Chips = append(data.Chips, device)
	}
	return data
}

// running shows how many have voted and who has not; never what.
func (c *Chair) running(r controller.VoteRow) []fyne.CanvasObject {
	bar := widget.NewResultBar(44, widget.Segment{Count: r.Taken, Tone: widget.TonePlain}, widget.Segment{Count: max(r.Voters-r.Taken, 0), Empty: true})
	out := []fyne.CanvasObject{widget.NewText(words.T("vote.turnout", r.Taken, r.Voters), widget.StyleTitle), bar}
	if r.Mode == poll.Secret {
		out = append(out, widget.NewText(words.T("vote.chair.in_box", r.InBox), widget.StyleSecondary))
	}
	if len(r.Held) > 0 {
		out = append(out, widget.NewBanner(widget.BannerNotice, words.T("vote.chair.held", strings.Join(r.Held, ", ")), words.T("vote.chair.extend"), func() { c.extend(r) }))
	}
	if len(r.Waiting) == 0 {
		return append(out, widget.Flow(8, widget.NewChip(words.T("vote.chair.all_voted"), widget.ChipLive).WithIcon(icons.Check)))
	}
	out = append(out, widget.NewText(words.T("vote.chair.not_yet", len(r.Waiting)), widget.StyleLead))
	rows := make([]listed, len(r.Waiting))
	for i, e := range r.Waiting {
		rows[i] = listed{e.Name, func() []fyne.CanvasObject {
			data := widget.CardData{Mark: widget.Mark{Icon: icons.User}, Title: e.Name, Subtitle: e.Position, Compact: true}
			if e.Known && !e.Here {
				data.Chips = []*widget.Chip{widget.NewChip(words.T("vote.chair.not_here"), widget.ChipOffline)}
			}
			return []fyne.CanvasObject{widget.NewCard(data, nil)}
		}}
	}
	return append(out, c.waiting.object(rows))
}

func (c *Chair) extend(r controller.VoteRow) {
	by := extendBy
	if r.Ahead {
		by = extendOpinionBy
	}
	c.took(c.actions.ExtendVote(r.VoteAt, by))
}

// next is the one step that comes next with a vote, as a large button; nil where there is none. It is the same button all the time:
// one made anew with every ballot that comes would ignore presses for a moment each time, and so for as long as people vote.
func (c *Chair) next(r controller.VoteRow) fyne.CanvasObject {
	step := func(key string, icon icons.Name, do func()) fyne.CanvasObject {
		c.big.OnTapped = do
		c.big.SetIcon(icon)
		c.big.SetLabel(words.T(key))
		return c.big
	}
	switch {
	case r.CanPose:
		return step("vote.chair.pose", icons.Presentation, func() { c.took(c.actions.PoseVote(r.VoteAt)) })
	case r.CanOpen && r.Ahead:
		return step("vote.ahead.send", icons.Send, func() { c.took(c.actions.OpenVote(r.VoteAt)) })
	case r.CanOpen:
		return step("vote.chair.open", icons.Play, func() { c.took(c.actions.OpenVote(r.VoteAt)) })
	case r.CanClose && !r.Ahead:
		return step("vote.chair.close", icons.Check, func() { c.askClose(r) })
	case r.CanAnnounce && r.Result != nil:
		return step("vote.chair.announce", icons.Tv, func() { c.took(c.actions.AnnounceVote(r.VoteAt)) })
	}
	return nil
}

func (c *Chair) askClose(r controller.VoteRow) {
	help, key := "", "vote.chair.close"
	if r.Ahead {
		key = "vote.ahead.close"
	}
	if n := len(r.Waiting); n > 0 {
		help = words.T("vote.chair.close_help", n)
	}
	c.ask(widget.Question{Title: words.T(key) + "?", Help: help, Yes: words.T(key), No: words.T("common.cancel")},
		func() { c.took(c.actions.CloseVote(r.VoteAt)) })
}

// buttons are the other things that can be done with a vote.
func (c *Chair) buttons(r controller.VoteRow) fyne.CanvasObject {
	var out []fyne.CanvasObject
	add := func(can bool, key string, kind widget.ButtonKind, icon icons.Name, do func()) {
		if can {
			out = append(out, widget.NewButton(words.T(key), kind, do).WithIcon(icon))
		}
	}
	add(r.CanRemind, "vote.chair.remind", widget.Outlined, icons.Bell, func() { c.took(c.actions.RemindVoters(r.VoteAt)) })
	add(r.CanClose && r.Ahead, "vote.ahead.close", widget.Outlined, icons.Check, func() { c.askClose(r) })
	add(r.CanExtend && r.Ahead, "vote.ahead.extend", widget.Outlined, icons.Clock, func() { c.extend(r) })
	add(r.CanExtend && !r.Ahead, "vote.chair.extend", widget.Outlined, icons.Clock, func() { c.extend(r) })
	add(r.CanEnter, "vote.figures.enter", widget.Outlined, icons.Pencil, func() { c.figures(r.VoteAt) })
	add(r.CanCorrect, "vote.figures.correct", widget.Outlined, icons.Pencil, func() { c.figures(r.VoteAt) })
	add(r.CanRepeat, "vote.chair.repeat", widget.Outlined, icons.RefreshCw, func() { c.took(c.actions.RepeatVote(r.VoteAt, false)) })
	add(r.CanRepeat && r.Result != nil && r.Result.Repeatable, "vote.chair.repeat_openly", widget.Outlined, icons.Users, func() { c.took(c.actions.RepeatVote(r.VoteAt, true)) })
	c.papers(r, add)
	add(r.CanCancel, "vote.chair.cancel", widget.Danger, icons.X, func() { c.askCancel(r) })
	return widget.Flow(10, out...)
}

// askCancel takes the reason that cancelling needs.
func (c *Chair) askCancel(r controller.VoteRow) {
	field := widget.NewTextArea(words.T("vote.chair.cancel_reason"), words.T("chair.reason_hint"), 3)
	leave := func() { c.stack.Back() }
	submit := func() {
		reason := strings.TrimSpace(field.Text())
		if reason == "" {
			field.SetError(words.T("chair.reason_needed"))
			return
		}
		if code := c.actions.CancelVote(r.VoteAt, reason); code != "" {
			field.SetError(words.Refusal(code))
			return
		}
		leave()
		c.took("")
	}
	field.OnSubmitted = func(string) { submit() }
	field.OnCancelled = leave
	buttons := widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, leave), widget.NewButton(words.T("vote.chair.cancel"), widget.Danger, submit))
	sheet := pane.Sheet(words.T("vote.chair.cancel"), leave, buttons, widget.NewText(r.Question, widget.StyleLead), field)
	c.stack.Push(pane.Page{Object: sheet, Focus: field.Focusable()})
}
