// Package chairscreen is the chair's console: what runs now, what comes next, who asks to present, and the agenda. A secretary
// who acts for the chair sees the same under a line that says for whom he acts.
package chairscreen

import (
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// Actions is what the console asks of the controller. Every string returned is a refusal code, "" when the wish was accepted.
type Actions interface {
	Chair(meeting string) controller.ChairView
	Do(meeting string, step controller.Step) string
	Pause(meeting string) string
	EndSitting(meeting string) string
	CloseMeeting(meeting string) string
	PassChair(meeting string, to meeting.PersonID) string
	AllowActing(meeting string, who meeting.PersonID, on bool) string
	StartItem(meeting string, item meeting.ItemID) string
	EndItem(meeting string, item meeting.ItemID) string
	SuspendItem(meeting string, item meeting.ItemID) string
	PostponeItem(meeting string, item meeting.ItemID, reason string) string
	WithdrawItem(meeting string, item meeting.ItemID, reason string) string
	PresentPlace(meeting string, at controller.Spot) string
	GivePresenter(meeting string, to meeting.PersonID) string
	DeclineAsk(meeting string, who meeting.PersonID) string
	Recall(meeting string) string
	HoldTogether(meeting string, on bool) string
}

// Leads are the ways out of the console. OnRead is called with the item whose documents shall be read.
type Leads struct {
	OnLeave func()
	OnRead  func(item meeting.ItemID)
	// Votes is the part with the running item's votes; nil means there is none.
	Votes Section
}

// Section is a part of the console that keeps itself up to date.
type Section interface {
	// Attach gives the screen on which its pages are shown.
	Attach(stack *pane.Stack)
	Object() fyne.CanvasObject
	// Refresh reports whether anything was built anew.
	Refresh() bool
	Close()
}

// Screen is the console of one meeting. All methods are for the main goroutine.
type Screen struct {
	actions Actions
	id      string
	leads   Leads
	view    controller.ChairView
	failed  string // refusal code of the last wish
	// revealed is the item the agenda was scrolled to last; from then on scrolling it is the person's own business.
	revealed meeting.ItemID
	running  fyne.CanvasObject

	stack   *pane.Stack
	board   *pane.Columns
	top     *pane.Part
	now     *pane.Part
	shows   *pane.Part
	wishes  *pane.Part
	agenda  *pane.Part
	foot    *footer
	content *fyne.Container
}

// New makes the console of a meeting that the controller follows.
func New(actions Actions, id string, leads Leads) *Screen {
	s := &Screen{actions: actions, id: id, leads: leads, top: pane.NewPart(), now: pane.NewPart(),
		shows: pane.NewPart(), wishes: pane.NewPart(), agenda: pane.NewPart()}
	now, shows, wishes, agenda := s.now.Object(), s.shows.Object(), s.wishes.Object(), s.agenda.Object()
	middle := []fyne.CanvasObject{now, shows}
	if leads.Votes != nil {
		middle = []fyne.CanvasObject{now, leads.Votes.Object(), shows}
	}
	s.board = pane.NewColumns(
		pane.Plan{From: 1120, Columns: [][]fyne.CanvasObject{{agenda}, middle, {wishes}}, Widths: []float32{320, 0, 360}},
		pane.Plan{From: 760, Columns: [][]fyne.CanvasObject{{agenda}, append(slices.Clip(middle), wishes)}, Widths: []float32{330, 0}},
		pane.Plan{Columns: [][]fyne.CanvasObject{append(slices.Clip(middle), wishes, agenda)}, Widths: []float32{0}},
	)
	s.foot = newFooter(s)
	s.content = widget.Frame(s.top.Object(), s.board, s.foot)
	s.stack = pane.NewStack(s.content)
	if leads.Votes != nil {
		leads.Votes.Attach(s.stack)
	}
	s.Refresh()
	return s
}

// Object is what to put on the window.
func (s *Screen) Object() fyne.CanvasObject { return s.stack.Object() }

// Close ends the console.
func (s *Screen) Close() {
	if s.leads.Votes != nil {
		s.leads.Votes.Close()
	}
}

// Back leaves the page that lies over the console and reports whether there was one: for the Escape key and a device's own
// way back.
func (s *Screen) Back() bool { return s.stack.Escape() }

// Refresh shows what the controller knows now. Call it after every change of models, of the language and of the theme, and every
// few seconds, so that the times go on. It builds only what has changed.
func (s *Screen) Refresh() {
	s.view = s.actions.Chair(s.id)
	v := s.view
	changed := s.top.Show(s.topModel(), s.buildTop)
	changed = s.now.Show(s.nowModel(), s.buildNow) || changed
	changed = s.shows.Show(s.showsModel(), s.buildShows) || changed
	changed = s.wishes.Show([]any{v.Wishes, v.Current, v.Exists}, s.buildWishes) || changed
	changed = s.agenda.Show(s.agendaModel(), s.buildAgenda) || changed
	if s.leads.Votes != nil {
		changed = s.leads.Votes.Refresh() || changed
	}
	s.foot.update(v)
	s.stack.Refresh()
	if changed {
		s.content.Refresh()
	}
	s.revealCurrent()
}

// took notes the answer to a wish and shows what became of it.
func (s *Screen) took(code string) {
	s.failed = code
	s.Refresh()
}

// ask puts a question over the console; yes is what to do.
func (s *Screen) ask(q widget.Question, yes func()) {
	if c := pane.Canvas(s.stack.Object()); c != nil {
		widget.NewConfirmSheet(q, yes).ShowOn(c)
	}
}

// topModel is all that the head shows; times in minutes, so that it is not built anew every second.
func (s *Screen) topModel() any {
	v := s.view
	return []any{v.Title, v.Exists, v.GoneCode, v.Phase, minutes(sinceOpened(v)), v.Status, v.OnBehalf, s.failed}
}

func (s *Screen) buildTop() fyne.CanvasObject {
	v := s.view
	var chips []fyne.CanvasObject
	if v.Exists {
		chips = append(chips, phaseChip(v))
	}
	objects := []fyne.CanvasObject{widget.NewTopBar(words.T("common.back"), s.leave, v.Title, chips...)}
	if s.failed != "" {
		objects = append(objects, widget.Inset(16, 6, widget.NewBanner(widget.BannerWrong, words.Refusal(s.failed), words.T("common.close"), func() { s.took("") })))
	}
	if v.Status.Link == session.Offline {
		objects = append(objects, widget.Inset(16, 6, widget.NewBanner(widget.BannerOffline, words.T("chair.offline"), "", nil)))
	}
	if v.OnBehalf != "" {
		objects = append(objects, widget.Inset(16, 6, widget.NewBanner(widget.BannerNotice, words.T("chair.acting_for", v.OnBehalf), words.T("chair.stop_acting"), s.stopActing)))
	}
	return widget.Column(0, objects...)
}

func (s *Screen) leave() {
	if s.leads.OnLeave != nil {
		s.leads.OnLeave()
	}
}

func (s *Screen) read(item meeting.ItemID) {
	if s.leads.OnRead != nil {
		s.leads.OnRead(item)
	}
}

func (s *Screen) stopActing() { s.took(s.actions.AllowActing(s.id, s.view.Me.Person, false)) }

func phaseChip(v controller.ChairView) *widget.Chip {
	switch v.Phase {
	case meeting.Open:
		return widget.NewChip(words.T("state.live_for", hours(sinceOpened(v))), widget.ChipLive)
	case meeting.Paused:
		return widget.NewChip(words.T(v.PhaseKey), widget.ChipNotice).WithIcon(icons.Pause)
	}
	return widget.NewChip(words.T(v.PhaseKey), widget.ChipNeutral)
}

func sinceOpened(v controller.ChairView) time.Duration {
	if v.OpenedAt.IsZero() {
		return 0
	}
	return max(v.Now.Sub(v.OpenedAt), 0)
}

// minutes are the full minutes of a duration.
func minutes(d time.Duration) int { return int(d / time.Minute) }

// hours writes a long time as "1:12": hours and minutes.
func hours(d time.Duration) string {
	m := minutes(d)
	return fmt.Sprintf("%d:%02d", m/60, m%60)
}
