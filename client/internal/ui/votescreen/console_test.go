package votescreen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// office plays the controller for the consoles.
type office struct {
	view  controller.VotesView
	form  controller.VoteForm
	rules controller.RulesView // of the committee
	// figures is the form for what people counted; none where nobody is there.
	figures controller.FiguresView
	until   time.Time // of the form that was saved last
	forms   []controller.VoteForm
	did     []string
	code    string
}

var (
	_ DeskActions   = (*office)(nil)
	_ DeskActions   = (*controller.Controller)(nil)
	_ BallotActions = (*controller.Controller)(nil)
)

func (o *office) note(format string, args ...any) string {
	o.did = append(o.did, fmt.Sprintf(format, args...))
	return o.code
}

func (o *office) Votes(string) controller.VotesView { return o.view }
func (o *office) LookAtVote(controller.VoteAt)      {}
func (o *office) MarkAbsent(_ controller.VoteAt, who meeting.PersonID, absent bool) {
	o.note("absent %s %t", who, absent)
}
func (o *office) PoseVote(at controller.VoteAt) string     { return o.note("pose %s", at.Vote) }
func (o *office) OpenVote(at controller.VoteAt) string     { return o.note("open %s", at.Vote) }
func (o *office) RemindVoters(at controller.VoteAt) string { return o.note("remind %s", at.Vote) }
func (o *office) ExtendVote(at controller.VoteAt, by time.Duration) string {
	return o.note("extend %s %s", at.Vote, by)
}
func (o *office) CloseVote(at controller.VoteAt) string { return o.note("close %s", at.Vote) }
func (o *office) CancelVote(at controller.VoteAt, reason string) string {
	return o.note("cancel %s: %s", at.Vote, reason)
}
func (o *office) RepeatVote(at controller.VoteAt, openly bool) string {
	return o.note("repeat %s %t", at.Vote, openly)
}
func (o *office) AnnounceVote(at controller.VoteAt) string { return o.note("announce %s", at.Vote) }
func (o *office) VotePaper(_ controller.VoteAt, form string, done func([]byte, string)) {
	o.note("paper %s", form)
	done([]byte("data"), o.code)
}
func (o *office) OpinionSummary(_ controller.VoteAt, done func([]byte, string)) {
	o.note("summary")
	done([]byte("data"), o.code)
}
func (o *office) OpinionForms(_ controller.VoteAt, done func([]byte, string)) {
	o.note("forms")
	done([]byte("data"), o.code)
}
func (o *office) OpinionForm(_ controller.VoteAt, who meeting.PersonID, done func([]byte, string)) {
	o.note("form %s", who)
	done([]byte("data"), o.code)
}
func (o *office) PrepareVote(_ string, item meeting.ItemID, vote meeting.VoteID, f controller.VoteForm) string {
	o.until, o.forms = f.Until, append(o.forms, f)
	return o.note("prepare %s %s %s %s %q %v %d %d", item, vote, f.Template, f.Mode, f.Question, f.Options, f.Seats, f.Seconds)
}
func (o *office) Rules() controller.RulesView                            { return o.rules }
func (o *office) VoteForm(controller.VoteAt) (controller.VoteForm, bool) { return o.form, true }
func (o *office) Electable(string, meeting.ItemID) controller.Electable  { return people() }
func (o *office) RemoveVote(at controller.VoteAt) string                 { return o.note("remove %s", at.Vote) }

func electors(voted, away int) (out []controller.VoterRow) {
	for i, n := range append(slices.Clone(names), "Hoàng Thị Lan Chi", "Vũ Đức Thành", "Bùi Thanh Hà") {
		out = append(out, controller.VoterRow{ID: meeting.PersonID(fmt.Sprint("p", i)), Name: n, Position: "Giám đốc Sở", Known: true, Here: i >= away, Absent: i < away, Voted: i < voted})
	}
	return out
}

func prepared() controller.VoteRow {
	return controller.VoteRow{VoteAt: controller.VoteAt{Meeting: "m", Item: "i2", Vote: "v1"}, ItemNumber: "2", Question: question, Mode: poll.Live, State: meeting.Prepared,
		Needs: committee(poll.Live).Needs(roll(19, 2)), Electors: electors(0, 2), Voters: 8, CanPose: true, CanEdit: true, CanRemove: true, CanCancel: true}
}

func row(f func(*controller.VoteRow)) controller.VoteRow {
	r := prepared()
	r.CanPose, r.CanEdit, r.CanRemove = false, false, false
	f(&r)
	return r
}

func polling() controller.VoteRow {
	return row(func(r *controller.VoteRow) {
		r.State, r.Timed, r.Left, r.Taken = meeting.Polling, true, 85*time.Second, 5
		r.Waiting = electors(0, 1)[:3]
		r.CanRemind, r.CanExtend, r.CanClose = true, true, true
	})
}

func tallied() controller.VoteRow {
	return row(func(r *controller.VoteRow) {
		r.State, r.Mode, r.Result = meeting.Tallied, poll.Secret, approval(8, 8, 1)
		r.CanAnnounce, r.CanRepeat = true, true
	})
}

func public() controller.VoteRow {
	return row(func(r *controller.VoteRow) {
		r.State, r.Result, r.Public, r.CanRepeat, r.CanCancel = meeting.Announced, approval(12, 3, 2), true, true, false
		for i, n := range names {
			r.Result.Voted = append(r.Result.Voted, controller.Voter{Name: n, Choice: []poll.Phrase{law()[i%3].Word}})
		}
		r.Result.Voted[1].Remark = "Đề nghị làm rõ nguồn vốn bố trí cho công trình chuyển tiếp."
	})
}

func votes(rows ...controller.VoteRow) controller.VotesView {
	return controller.VotesView{Current: "i2", Votes: rows, Prepares: true}
}

func showChair(t *testing.T, o *office, opt theme.Options, size fyne.Size, save Saver) (*Chair, fyne.Canvas) {
	t.Helper()
	theme.Apply(test.NewTempApp(t), opt)
	c := NewChair(o, "m", save)
	t.Cleanup(c.Close)
	w := chairWindow(t, c, size)
	return c, w.Canvas()
}

// chairWindow shows the part in a window.
func chairWindow(t testing.TB, c *Chair, size fyne.Size) fyne.Window {
	stack := pane.NewStack(widget.NewScroll(widget.Inset(16, 16, widget.Column(12, c.Object()))))
	c.Attach(stack)
	w := test.NewTempWindow(t, stack.Object())
	w.SetPadded(false)
	w.Resize(size)
	c.Refresh()
	return w
}

func showDesk(t *testing.T, o *office, opt theme.Options, size fyne.Size) (*Desk, fyne.Canvas) {
	t.Helper()
	theme.Apply(test.NewTempApp(t), opt)
	d := NewDesk(o, nil)
	t.Cleanup(d.Close)
	stack := pane.NewStack(widget.NewScroll(widget.Inset(16, 16, widget.Column(12, d.Object()))))
	d.Attach(stack)
	w := test.NewTempWindow(t, stack.Object())
	w.SetPadded(false)
	w.Resize(size)
	d.Refresh("m", item())
	return d, w.Canvas()
}

func TestConsolePictures(t *testing.T) {
	uitest.Pictures(t)
	at := prepared().VoteAt
	open := func(c *Chair) { c.open(at) }
	for _, p := range []struct {
		name     string
		rows     []controller.VoteRow
		size     fyne.Size
		language words.Language
		options  theme.Options
		then     func(*Chair)
	}{
		{"chair-list", []controller.VoteRow{prepared(), polling(), tallied(), public()}, upright, words.Vietnamese, light, nil},
		{"chair-list-phone-en", []controller.VoteRow{prepared(), polling(), tallied(), public()}, phone, words.English, light, nil},
		{"chair-ready", []controller.VoteRow{prepared()}, tablet, words.Vietnamese, light, open},
		{"chair-ready-phone-200", []controller.VoteRow{prepared()}, phone, words.Vietnamese, large, open},
		{"chair-polling", []controller.VoteRow{polling()}, tablet, words.Vietnamese, light, open},
		{"chair-polling-en-dark", []controller.VoteRow{polling()}, tablet, words.English, dark, open},
		{"chair-tallied", []controller.VoteRow{tallied()}, tablet, words.Vietnamese, light, open},
		{"chair-tallied-phone", []controller.VoteRow{tallied()}, phone, words.Vietnamese, light, open},
		{"chair-public", []controller.VoteRow{public()}, upright, words.Vietnamese, light, open},
		{"chair-cancel", []controller.VoteRow{polling()}, tablet, words.Vietnamese, light, func(c *Chair) { c.askCancel(polling()) }},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			c, canvas := showChair(t, &office{view: votes(p.rows...)}, o, size, func(string, []byte, func(string)) {})
			if p.then != nil {
				p.then(c)
			}
			return canvas
		})
	}
	election := controller.VoteForm{Question: "Bầu đại biểu dự Hội nghị", Template: meeting.TemplateElection, Mode: poll.Secret, Options: names[:3], Seats: 2, Seconds: 180}
	for _, p := range []struct {
		name     string
		size     fyne.Size
		language words.Language
		options  theme.Options
		then     func(*Desk)
	}{
		{"desk", fyne.NewSize(420, 800), words.Vietnamese, light, nil},
		{"desk-form", tablet, words.Vietnamese, light, func(d *Desk) {
			d.form("", controller.VoteForm{Template: meeting.TemplateResolution, Mode: poll.Live})
		}},
		{"desk-form-election", upright, words.Vietnamese, light, func(d *Desk) { d.form("v1", election) }},
		{"desk-form-phone-en", phone, words.English, light, func(d *Desk) { d.form("v1", election) }},
		{"desk-form-200", tablet, words.Vietnamese, large, func(d *Desk) { d.form("v1", election) }},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			d, canvas := showDesk(t, &office{view: votes(prepared(), public())}, o, size)
			if p.then != nil {
				p.then(d)
			}
			return canvas
		})
	}
}

// found lists the visible objects of one type, of the uppermost sheet where there is one.
func found[T fyne.CanvasObject](c fyne.Canvas) []T {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	var out []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		if t, ok := o.(T); ok {
			out = append(out, t)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(root)
	return out
}

// tap presses the button with these words, once its dead time is over.
func tap(t *testing.T, c fyne.Canvas, key string) {
	t.Helper()
	for _, b := range found[*widget.Button](c) {
		if b.Label() == words.T(key) {
			b.Tapped(nil)
			return
		}
	}
	for _, b := range found[*widget.BallotButton](c) {
		if b.Word() == words.T(key) {
			b.Tapped(nil)
			return
		}
	}
	t.Fatalf("no button %q", words.T(key))
}

func says(c fyne.Canvas, text string) bool {
	return slices.ContainsFunc(found[*widget.Text](c), func(x *widget.Text) bool { return strings.Contains(x.Text(), text) })
}

func did(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("wished %q, want %q", got, want)
	}
}

func TestChairRunsAVote(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &office{view: votes(prepared())}
		c, canvas := showChair(t, o, light, tablet, nil)
		c.open(prepared().VoteAt)
		step := func(key string, next controller.VoteRow) {
			t.Helper()
			time.Sleep(widget.DeadTime)
			tap(t, canvas, key)
			if top := canvas.Overlays().Top(); top != nil {
				time.Sleep(widget.DeadTime)
				tap(t, canvas, key)
			}
			o.view = votes(next)
			c.Refresh()
			c.stack.Refresh()
		}
		step("vote.chair.pose", row(func(r *controller.VoteRow) { r.State, r.CanOpen = meeting.Posed, true }))
		found[*widget.Card](canvas)[2].OnTapped()
		step("vote.chair.open", polling())
		if says(canvas, words.T("vote.option.approve")) {
			t.Error("what was voted is told while it runs")
		}
		if !says(canvas, names[0]) {
			t.Error("who has not voted is not told")
		}
		tap(t, canvas, "vote.chair.remind")
		tap(t, canvas, "vote.chair.extend")
		step("vote.chair.close", tallied())
		if !says(canvas, words.T("vote.chair.only_you")) {
			t.Error("nothing says that only the chair sees the result")
		}
		tap(t, canvas, "vote.chair.repeat_openly")
		step("vote.chair.announce", public())
		did(t, o.did, "pose v1", "absent p2 true", "open v1", "remind v1", "extend v1 2m0s", "close v1", "repeat v1 true", "announce v1")
	})
}

func TestChairCancelsWithAReason(t *testing.T) {
	o := &office{view: votes(polling())}
	c, canvas := showChair(t, o, light, tablet, nil)
	c.open(polling().VoteAt)
	tap(t, canvas, "vote.chair.cancel")
	tap(t, canvas, "vote.chair.cancel")
	did(t, o.did)
	found[*widget.TextField](canvas)[0].SetText(" Nhầm nội dung ")
	tap(t, canvas, "vote.chair.cancel")
	did(t, o.did, "cancel v1: Nhầm nội dung")
}

func TestChairSavesTheProtocol(t *testing.T) {
	o := &office{view: votes(public())}
	var saved []string
	c, canvas := showChair(t, o, light, tablet, func(name string, data []byte, done func(string)) {
		saved = append(saved, name+" "+string(data))
		done("")
	})
	c.open(public().VoteAt)
	tap(t, canvas, "vote.chair.paper")
	did(t, saved, "bieu-quyet-2.pdf data")
	if !slices.ContainsFunc(found[*widget.Chip](canvas), func(*widget.Chip) bool { return true }) {
		t.Error("nothing tells that it was saved")
	}
	o.code = "network"
	tap(t, canvas, "vote.chair.table")
	did(t, saved, "bieu-quyet-2.pdf data")
}

func TestDeskPreparesAVote(t *testing.T) {
	o := &office{view: votes()}
	_, canvas := showDesk(t, o, light, tablet)
	tap(t, canvas, "vote.desk.add")
	tap(t, canvas, "common.save")
	did(t, o.did) // without a question
	fields := found[*widget.TextField](canvas)
	fields[0].SetText("Bầu đại biểu")
	pick(t, canvas, "vote.template.resolution", "vote.template.election")
	tap(t, canvas, "common.save")
	did(t, o.did) // without people
	fields = found[*widget.TextField](canvas)
	fields[1].SetText("An")
	fields[2].SetText("Bình")
	fields[3].SetText("3")
	tap(t, canvas, "common.save")
	did(t, o.did) // more seats than people
	found[*widget.TextField](canvas)[3].SetText("1")
	tap(t, canvas, "common.save")
	did(t, o.did, `prepare i2  election secret "Bầu đại biểu" [An Bình] 1 0`)
}

func TestBallotIsConfirmedAndCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &device{views: []controller.BallotView{open()}}
		b, canvas := showBallot(t, d, light, tablet)
		tap(t, canvas, "vote.option.disapprove")
		did(t, d.did)
		tap(t, canvas, "vote.send")
		did(t, d.did) // the button is dead for a moment
		time.Sleep(widget.DeadTime)
		tap(t, canvas, "vote.send")
		did(t, d.did, `cast v1 [1] ""`)
		become(voted(controller.BallotSending, poll.Live))(b)
		if !says(canvas, words.T("vote.sending")) {
			t.Error("nothing says that it is on its way")
		}
		become(voted(controller.BallotCounted, poll.Live))(b)
		if !says(canvas, words.T("vote.counted")) {
			t.Error("nothing says that it was counted")
		}
		tap(t, canvas, "vote.to_document")
		if b.Asks() {
			t.Error("it stays in the way")
		}
		b.Refresh()
		if b.on {
			t.Error("it comes back by itself")
		}
		become(announced(approval(12, 3, 2), controller.ListFound))(b)
		if !b.on || b.Asks() {
			t.Error("the result is not told in a line")
		}
		tap(t, canvas, "common.close")
		b.Refresh()
		if b.on {
			t.Error("the result comes back")
		}
	})
}

func TestOtherVotesDisturbNothing(t *testing.T) {
	d := &device{views: []controller.BallotView{election()}}
	b, _ := showBallot(t, d, light, tablet)
	b.toggle(1)
	shown := b.layer.content
	other := with(open(), func(v *controller.BallotView) { v.Vote = "other" })
	d.views = append(d.views, other)
	d.views[0].Left -= time.Second
	d.views[0].Taken++
	b.Refresh()
	if b.layer.content != shown || b.view.Vote != "v1" || !hasMark(b.marks, 1) {
		t.Error("what was filled in is gone")
	}
	if b.toggle(0); len(b.marks) != 2 {
		t.Errorf("marks %v", b.marks)
	}
	b.toggle(2)
	if b.toggle(3); len(b.marks) != 3 {
		t.Errorf("more than allowed: %v", b.marks)
	}
}

func TestSmallWhileReadingAndBackWhenReminded(t *testing.T) {
	d := &device{views: []controller.BallotView{open()}}
	b, canvas := showBallot(t, d, light, tablet)
	seen := ""
	b.OnSee = func(v controller.BallotView) { seen = string(v.About.Place.Document) }
	b.see()
	if seen != "d1" || b.Asks() {
		t.Errorf("read %q, in the way %t", seen, b.Asks())
	}
	d.views[0].Reminded = 1
	b.Refresh()
	if !b.Asks() {
		t.Error("the reminder is not seen")
	}
	if !b.Back() || b.Asks() {
		t.Error("Escape does not make it small")
	}
	tap(t, canvas, "vote.return")
	if !b.Asks() {
		t.Error("the line does not lead back")
	}
}

// However many ballots come and whatever time passes, the vote is closed by the first press: the page is built anew around its button.
func TestAVoteIsClosedWhileBallotsCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &office{view: votes(polling())}
		c, canvas := showChair(t, o, light, tablet, nil)
		c.open(polling().VoteAt)
		for range 10 {
			time.Sleep(widget.DeadTime / 4)
			o.view = votes(row(func(r *controller.VoteRow) {
				*r = o.view.Votes[0]
				r.Left -= time.Second
				r.Taken++
			}))
			c.Refresh()
			c.stack.Refresh()
		}
		if !says(canvas, timeLeft(75*time.Second)) || !says(canvas, words.T("vote.turnout", 15, 8)) {
			t.Error("time and turnout are not brought up to date")
		}
		tap(t, canvas, "vote.chair.close")
		if canvas.Overlays().Top() == nil {
			t.Error("the press is ignored")
		}
	})
}
