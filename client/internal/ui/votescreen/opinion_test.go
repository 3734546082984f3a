package votescreen

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/workday"
)

var due = time.Date(2026, 11, 30, 17, 0, 0, 0, workday.Zone)

// opinion is an opinion in writing that is asked for.
func opinion() controller.BallotView {
	return with(open(), func(v *controller.BallotView) {
		v.Vote, v.Ahead, v.Until, v.Timed, v.Left, v.Mode = "o1", true, due, true, 72*time.Hour, poll.After
		v.Question, v.Choices = "Cho ý kiến dự thảo Quyết định ban hành Quy chế làm việc", nil
		for _, o := range poll.Answers(poll.AnswersOpinion, true) {
			v.Choices = append(v.Choices, controller.Choice{Word: o.Phrase(), Side: o.Side, Remark: o.Remark})
		}
	})
}

func sentOut() controller.VoteRow {
	r := polling()
	r.Ahead, r.Until, r.Mode, r.CanCancel = true, due, poll.After, true
	return r
}

func TestAnOpinionInterruptsNobody(t *testing.T) {
	d := &device{views: []controller.BallotView{opinion()}}
	b, canvas := showBallot(t, d, light, tablet)
	if b.Asks() || !says(canvas, words.T("vote.ahead.asked")) {
		t.Error("it is in the way, or not told at all")
	}
	tap(t, canvas, "vote.ahead.later")
	b.Refresh()
	if b.on {
		t.Error("it comes back by itself")
	}
	d.views[0].Reminded = 1
	b.Refresh()
	if !b.on || b.Asks() {
		t.Error("the reminder is not told in a line")
	}
	d.views = append(d.views, open())
	b.Refresh()
	if !b.Asks() || b.view.Vote != "v1" {
		t.Error("it hides the vote that the room waits for")
	}
}

func TestAnOpinionAgainstSaysWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &device{views: []controller.BallotView{opinion()}}
		b, canvas := showBallot(t, d, light, tablet)
		tap(t, canvas, "vote.ahead.answer")
		tap(t, canvas, "vote.option.disagree")
		time.Sleep(widget.DeadTime)
		tap(t, canvas, "vote.send")
		did(t, d.did)
		if !says(canvas, words.T("vote.ahead.words_needed")) {
			t.Error("nothing says what lacks")
		}
		b.remark.SetText(" Chưa rõ nguồn vốn ")
		tap(t, canvas, "vote.send")
		did(t, d.did, `cast o1 [1] "Chưa rõ nguồn vốn"`)
	})
}

func TestAgreeingNeedsNoWords(t *testing.T) {
	d := &device{views: []controller.BallotView{opinion()}}
	b, _ := showBallot(t, d, light, tablet)
	b.Open(opinion().VoteAt)
	b.choose([]int{0})
	b.cast()
	did(t, d.did, `cast o1 [0] ""`)
}

func TestAResultIsOpenedAndMakesRoom(t *testing.T) {
	past := announced(approval(12, 3, 2), controller.ListUnchecked)
	past.Vote, past.Result.Voted = "past", []controller.Voter{{Name: names[0], Choice: []poll.Phrase{law()[0].Word}}}
	d := &device{views: []controller.BallotView{past}}
	b, canvas := showBallot(t, d, light, tablet)
	b.Open(controller.VoteAt{Vote: "none"})
	if b.on {
		t.Error("a vote that is not there was opened")
	}
	b.Open(past.VoteAt)
	if !b.Asks() || !says(canvas, names[0]) {
		t.Error("the figures are not shown")
	}
	d.views = append(d.views, open())
	b.Refresh()
	if b.view.Vote != "v1" || !b.Asks() {
		t.Error("the result hides a vote that was opened")
	}
	b.Open(past.VoteAt)
	if b.view.Vote != "v1" {
		t.Error("what is being filled in is gone")
	}
}

func TestTheSecretarySendsOutAndExtendsByADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		before := row(func(r *controller.VoteRow) { r.Ahead, r.Until, r.CanOpen = true, due, true })
		o := &office{view: votes(before)}
		c, canvas := showChair(t, o, light, tablet, nil)
		c.open(before.VoteAt)
		if says(canvas, words.T("vote.chair.tap_absent")) {
			t.Error("it asks who is there")
		}
		time.Sleep(widget.DeadTime)
		tap(t, canvas, "vote.ahead.send")
		o.view = votes(sentOut())
		c.Refresh()
		c.stack.Refresh()
		tap(t, canvas, "vote.ahead.extend")
		tap(t, canvas, "vote.ahead.close")
		time.Sleep(widget.DeadTime)
		tap(t, canvas, "vote.ahead.close")
		did(t, o.did, "open v1", "extend v1 24h0m0s", "close v1")
	})
}

func TestDeadlinesAreEndsOfWorkingDays(t *testing.T) {
	now := time.Date(2026, 12, 30, 22, 15, 0, 0, workday.Zone)
	all := deadlines(now, time.Time{})
	if want := time.Date(2026, 12, 31, 17, 0, 0, 0, workday.Zone); len(all) != len(deadlineDays) || !all[0].Equal(want) {
		t.Errorf("offered %v", all)
	}
	if want := time.Date(2027, 1, 4, 17, 0, 0, 0, workday.Zone); !all[1].Equal(want) {
		t.Errorf("after a holiday and a weekend: %s", all[1])
	}
	if with := deadlines(now, due); len(with) != len(all)+1 || !with[0].Equal(due) {
		t.Errorf("the one that was set is gone: %v", with)
	}
	if with := deadlines(now, all[3]); !slices.Equal(with, all) {
		t.Errorf("one is offered twice: %v", with)
	}
}

func TestDeskPreparesAnOpinion(t *testing.T) {
	o := &office{view: votes()}
	o.view.Now = time.Date(2026, 11, 25, 9, 0, 0, 0, workday.Zone)
	_, canvas := showDesk(t, o, light, tablet)
	tap(t, canvas, "vote.desk.add")
	found[*widget.TextField](canvas)[0].SetText("Cho ý kiến")
	pick(t, canvas, "vote.template.resolution", "vote.template.opinion")
	if says(canvas, words.T("vote.desk.mode")) || says(canvas, words.T("vote.desk.limit")) {
		t.Error("it asks for what an opinion does not have")
	}
	tap(t, canvas, "common.save")
	did(t, o.did, `prepare i2  opinion after "Cho ý kiến" [] 0 0`)
	if !o.until.Equal(due) {
		t.Errorf("due %s", o.until)
	}
}

func TestOpinionPictures(t *testing.T) {
	uitest.Pictures(t)
	for _, p := range []struct {
		name     string
		size     fyne.Size
		language words.Language
		options  theme.Options
		then     func(*Ballot)
	}{
		{"opinion-line", tablet, words.Vietnamese, light, nil},
		{"opinion-phone", phone, words.Vietnamese, light, func(b *Ballot) { b.Open(opinion().VoteAt) }},
		{"opinion-reason", tablet, words.Vietnamese, light, func(b *Ballot) { b.Open(opinion().VoteAt); b.choose([]int{1}) }},
		{"opinion-other-en-dark", tablet, words.English, dark, func(b *Ballot) { b.Open(opinion().VoteAt); b.choose([]int{2}) }},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			b, canvas := showBallot(t, &device{views: []controller.BallotView{opinion()}}, o, size)
			if p.then != nil {
				p.then(b)
			}
			return canvas
		})
	}
	t.Run("opinion-sent-out", func(t *testing.T) {
		c, canvas := showChair(t, &office{view: votes(sentOut())}, light, tablet, nil)
		c.open(sentOut().VoteAt)
		test.AssertRendersToImage(t, "opinion-sent-out.png", canvas)
	})
	t.Run("opinion-form", func(t *testing.T) {
		o := &office{view: votes()}
		o.view.Now = time.Date(2026, 11, 25, 9, 0, 0, 0, workday.Zone)
		d, canvas := showDesk(t, o, light, tablet)
		d.form("", controller.VoteForm{Question: opinion().Question, Template: meeting.TemplateOpinion, Mode: poll.After})
		canvas.Unfocus()
		test.AssertRendersToImage(t, "opinion-form.png", canvas)
	})
}
