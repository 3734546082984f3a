// Package votescreen shows votes: the delegate's ballot over whatever is being read, the list for those who run and prepare
// votes, and the question and result on the room's big screen.
package votescreen

import (
	"reflect"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// BallotActions is the device as a ballot needs it.
type BallotActions interface {
	// Ballots lists the votes that ask for this person now.
	Ballots() []controller.BallotView
	// Ballot is one of them, or one that was.
	Ballot(at controller.VoteAt) (controller.BallotView, bool)
	// Cast casts a ballot and returns a refusal code, "" when it was taken.
	Cast(at controller.VoteAt, b poll.Ballot) string
	// OpinionForm fetches the form of an opinion in writing; "" is that of this person.
	OpinionForm(at controller.VoteAt, who meeting.PersonID, done func(data []byte, code string))
}

// step is what the person is doing with a ballot.
type step int

const (
	choosing step = iota
	confirming
	sent // and looking at what became of it
)

// Ballot lies over all screens while a vote asks for this person. It keeps what is being filled in whatever else happens: other
// votes wait, and what is below keeps its place. All methods are for the main goroutine.
type Ballot struct {
	actions BallotActions
	// OnSee is called when the document that the vote is about shall be read; the ballot has made itself small by then.
	OnSee func(at controller.BallotView)
	// Save lets the person keep the form of his opinion; nil where that cannot be done.
	Save Saver

	life  *pane.Life
	layer *layer
	view  controller.BallotView
	on    bool // there is a vote
	small bool // only a line at the lower edge
	step  step
	marks []int
	// remark keeps its words while the page is built anew.
	remark *widget.TextField
	failed string // refusal code of the last try
	// over has the votes this person is done with, in the state they had; mine those that he took part in here.
	over map[controller.VoteAt]meeting.VoteState
	mine map[controller.VoteAt]bool
	// aside has the opinions in writing that were put off, with the reminders there had been.
	aside    map[controller.VoteAt]int
	drafts   drafts
	reminded int
	named    *nameList // of the result that is shown
	saved    bool      // the form of the own opinion

	shown   any
	left    *widget.Chip
	turnout *widget.Text
	picks   []*widget.BallotButton
	goOn    *widget.Button
	count   *widget.Text
}

// NewBallot makes one; nothing is shown until Refresh finds a vote.
func NewBallot(actions BallotActions) *Ballot {
	b := &Ballot{actions: actions, over: map[controller.VoteAt]meeting.VoteState{}, mine: map[controller.VoteAt]bool{}, aside: map[controller.VoteAt]int{},
		drafts: drafts{}, life: pane.NewLife(), named: newNameList(8)}
	b.layer = newLayer()
	return b
}

// Object is what to put over all screens, once.
func (b *Ballot) Object() fyne.CanvasObject { return b.layer }

// Asks reports whether a ballot lies over the screens and takes the keys.
func (b *Ballot) Asks() bool { return b.on && !b.small }

// Back does what the Escape key does: back to choosing, then small. It reports whether there was something to go back from.
func (b *Ballot) Back() bool {
	switch {
	case !b.Asks():
		return false
	case b.step == confirming:
		b.step, b.failed = choosing, ""
		b.Refresh()
	case b.asksStill():
		b.minimize()
	default:
		b.done()
	}
	return true
}

// Close forgets what is shown, as when the person leaves the room.
func (b *Ballot) Close() {
	b.on = false
	b.over, b.mine = map[controller.VoteAt]meeting.VoteState{}, map[controller.VoteAt]bool{}
	b.aside, b.drafts = map[controller.VoteAt]int{}, drafts{}
	b.layer.show(nil, false)
}

// asksStill reports whether the person can still vote in what is shown.
func (b *Ballot) asksStill() bool { return b.view.MayVote }

func (b *Ballot) minimize() {
	b.small = true
	b.Refresh()
}

// done leaves the vote as it is now; it comes back when something new is to be said.
func (b *Ballot) done() {
	b.over[b.view.VoteAt] = b.view.State
	delete(b.drafts, b.view.VoteAt)
	b.on, b.step, b.marks, b.remark, b.failed, b.small, b.saved = false, choosing, nil, nil, "", false, false
	b.Refresh()
}

// Refresh shows what the controller knows now. What has not changed is not built anew.
func (b *Ballot) Refresh() {
	if b.on {
		v, ok := b.actions.Ballot(b.view.VoteAt)
		if b.on = ok; ok {
			b.take(v)
		}
	}
	if b.on && b.yields() {
		b.setAside()
		b.on, b.small = false, false
	}
	if !b.on {
		b.find()
	}
	if !b.on {
		b.shown = nil
		b.layer.show(nil, false)
		return
	}
	if m := b.model(); !reflect.DeepEqual(m, b.shown) {
		b.shown = m
		b.left, b.turnout, b.picks, b.goOn, b.count = nil, nil, nil, nil, nil
		b.layer.show(b.build(), b.small)
	}
	b.tick()
}

// find takes up the first vote that asks for this person, or has news for him.
func (b *Ballot) find() {
	for _, v := range b.inOrder() {
		if state, over := b.over[v.VoteAt]; over && state == v.State && !v.MayVote {
			continue
		}
		if b.laidAside(v) {
			continue
		}
		b.on, b.small, b.reminded = true, v.Ahead, v.Reminded
		b.takeUp(v)
		b.take(v)
		return
	}
	for at := range b.mine {
		v, ok := b.actions.Ballot(at)
		news := v.State == meeting.Announced || v.State == meeting.Cancelled || v.Check == controller.ListMissing || v.Check == controller.ListWrong
		if ok && news && b.over[at] != v.State {
			b.on, b.step, b.small = true, sent, true // the result waits in a line: it interrupts nobody
			b.take(v)
			return
		}
	}
}

// take takes over the vote's newest view.
func (b *Ballot) take(v controller.BallotView) {
	before := b.view
	b.view = v
	b.mine[v.VoteAt] = true
	if v.Ballot != controller.BallotNone && b.step != sent && before.Ballot != v.Ballot {
		b.step = sent
	}
	if v.Reminded > b.reminded && v.MayVote {
		b.reminded, b.small = v.Reminded, b.small && v.Ahead
	}
	b.reminded = v.Reminded
}

// model is all that the page shows but the time and the turnout, which keep themselves up to date.
func (b *Ballot) model() any {
	v := b.view
	v.Left, v.Taken, v.Voters = 0, 0, 0
	v.Status = controller.Status{Link: v.Status.Link}
	if v.Status.Link != session.Offline {
		v.Status.Link = session.Live
	}
	return []any{v, b.step, b.small, b.failed, b.saved, b.stillOpen(), words.Current(), scaleNow(), b.narrowerThan(420), b.narrowerThan(600), b.narrowerThan(760), b.low()}
}

// tick brings time and turnout up to date.
func (b *Ballot) tick() {
	if b.left != nil {
		b.left.Set(timeLeft(b.view.Left), widget.ChipNeutral)
	}
	if b.turnout != nil {
		b.turnout.SetText(words.T("vote.turnout", b.view.Taken, b.view.Voters))
	}
}

// choose takes an answer and asks to confirm it.
func (b *Ballot) choose(marks []int) {
	b.marks, b.step, b.failed = marks, confirming, ""
	b.Refresh()
}

// cast sends what was confirmed.
func (b *Ballot) cast() {
	ballot := poll.Ballot{Marks: b.marks}
	if ballot.Marks == nil {
		ballot.Marks = []int{}
	}
	if b.remark != nil && b.wantsRemark() {
		ballot.Remark = strings.TrimSpace(b.remark.Text())
	}
	wrong := ""
	switch {
	case b.lacksReason():
		wrong = words.T("vote.ahead.words_needed")
	case utf8.RuneCountInString(ballot.Remark) > poll.MaxRemark:
		wrong = words.T("vote.remark_long", poll.MaxRemark, utf8.RuneCountInString(ballot.Remark))
	}
	if wrong != "" {
		b.remark.SetError(wrong)
		b.layer.Refresh()
		return
	}
	b.failed = b.actions.Cast(b.view.VoteAt, ballot)
	if b.failed == "" {
		b.step = sent
		delete(b.drafts, b.view.VoteAt)
	}
	b.Refresh()
}

// change begins anew, where that is allowed.
func (b *Ballot) change() {
	b.step, b.marks, b.remark = choosing, nil, nil
	b.Refresh()
}

// see makes the ballot small and leads to the page it is about.
func (b *Ballot) see() {
	b.minimize()
	if b.OnSee != nil {
		b.OnSee(b.view)
	}
}
