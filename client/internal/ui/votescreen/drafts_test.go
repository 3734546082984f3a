package votescreen

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// happen lets all that a meeting has go on around a ballot that is being filled in.
func happen(b *Ballot, d *device) {
	other := with(open(), func(v *controller.BallotView) { v.Vote, v.VoteAt.Item = "other", "i9" })
	change := func(f func(v *controller.BallotView)) {
		f(&d.views[0])
		b.Refresh()
	}
	change(func(v *controller.BallotView) { v.Taken++; v.Left -= time.Second })
	change(func(v *controller.BallotView) { v.Status = controller.Status{Link: session.Offline} })
	change(func(v *controller.BallotView) { v.Status = controller.Status{Link: session.Live, Pending: 3} })
	change(func(v *controller.BallotView) { v.Reminded++ })
	change(func(v *controller.BallotView) { v.Left += 2 * time.Minute; v.Voters++ })
	d.views = slices.Insert(d.views, 0, other)
	b.Refresh()
	d.views[0].State, d.views[0].MayVote = meeting.Polled, false
	b.Refresh()
	d.views[0].State, d.views[0].Result = meeting.Announced, approval(12, 3, 2)
	b.Refresh()
	words.Use(words.English)
	b.Refresh()
	words.Use(words.Vietnamese)
	b.Refresh()
	d.views = d.views[1:]
	b.Refresh()
}

// Whatever others do and whatever the network does, what I fill in stays.
func TestNothingResetsWhatIFillIn(t *testing.T) {
	for name, c := range map[string]struct {
		view controller.BallotView
		fill func(b *Ballot)
		want string
	}{
		"some of several": {election(), func(b *Ballot) { b.toggle(0); b.toggle(2) }, `cast v1 [0 2] ""`},
		"grades": {confidence(), func(b *Ballot) {
			for i := range 3 {
				b.marks[i] = 2 - i
			}
		}, `cast v1 [2 1 0] ""`},
		"an answer before it is confirmed": {open(), func(b *Ballot) { b.choose([]int{1}) }, `cast v1 [1] ""`},
		"words": {with(open(), func(v *controller.BallotView) { v.Remarks = true }), func(b *Ballot) {
			b.choose([]int{2})
			b.remark.SetText("Đề nghị làm rõ\nnguồn vốn")
		}, `cast v1 [2] "Đề nghị làm rõ\nnguồn vốn"`},
	} {
		t.Run(name, func(t *testing.T) {
			d := &device{views: []controller.BallotView{c.view}}
			b, _ := showBallot(t, d, light, tablet)
			c.fill(b)
			happen(b, d)
			if b.view.Vote != "v1" || !b.Asks() {
				t.Fatalf("%s is shown, asks %t", b.view.Vote, b.Asks())
			}
			b.see() // reads the page, and comes back
			happen(b, d)
			b.small = false
			b.Refresh()
			b.cast()
			did(t, d.did, c.want)
		})
	}
}

// An opinion that is half written makes room for a vote of the room, and is there again afterwards.
func TestAHalfWrittenOpinionComesBack(t *testing.T) {
	d := &device{views: []controller.BallotView{opinion()}}
	b, canvas := showBallot(t, d, light, tablet)
	b.Open(opinion().VoteAt)
	b.choose([]int{1})
	b.remark.SetText("Chưa rõ nguồn vốn")
	b.see()
	d.views = append(d.views, open())
	b.Refresh()
	if b.view.Vote != "v1" || !b.Asks() || !b.Unsent() {
		t.Fatal("the room's vote waits for an opinion")
	}
	b.choose([]int{0})
	b.cast()
	d.views[1] = voted(controller.BallotCounted, poll.Live)
	b.Refresh()
	b.done()
	tap(t, canvas, "vote.ahead.answer")
	if b.view.Vote != "o1" || b.step != confirming || b.remark == nil || b.remark.Text() != "Chưa rõ nguồn vốn" {
		t.Errorf("what was written is gone: %s, step %d", b.view.Vote, b.step)
	}
	b.minimize()
	tap(t, canvas, "vote.ahead.later")
	b.Open(opinion().VoteAt) // from the agenda
	if b.remark == nil || b.remark.Text() != "Chưa rõ nguồn vốn" {
		t.Error("what was written is gone when it was put off")
	}
	b.cast()
	did(t, d.did, `cast v1 [0] ""`, `cast o1 [1] "Chưa rõ nguồn vốn"`)
	if b.Unsent() {
		t.Error("it counts as unsent when it was sent")
	}
}

// Words belong to the answer that asks for them.
func TestWordsGoOnlyWithTheAnswerThatAsksForThem(t *testing.T) {
	d := &device{views: []controller.BallotView{opinion()}}
	b, canvas := showBallot(t, d, light, tablet)
	b.Open(opinion().VoteAt)
	b.choose([]int{1})
	b.remark.SetText("Chưa rõ nguồn vốn")
	b.Back()
	b.choose([]int{2})
	if b.remark.Label() != words.T("vote.remark_of") || b.remark.Text() != "Chưa rõ nguồn vốn" {
		t.Errorf("%q has %q", b.remark.Label(), b.remark.Text())
	}
	b.remark.SetText(strings.Repeat("dài ", poll.MaxRemark))
	b.cast()
	did(t, d.did)
	if !says(canvas, words.T("vote.remark_long", poll.MaxRemark, 4*poll.MaxRemark-1)) {
		t.Error("nothing says that it is too long")
	}
	b.Back()
	b.choose([]int{0})
	b.cast()
	did(t, d.did, `cast o1 [0] ""`)
}

// The field for words has several lines: Enter begins one and sends nothing.
func TestWordsHaveLines(t *testing.T) {
	d := &device{views: []controller.BallotView{opinion()}}
	b, canvas := showBallot(t, d, light, tablet)
	b.Open(opinion().VoteAt)
	b.choose([]int{1})
	canvas.Focus(b.remark.Focusable())
	for _, line := range []string{"Một", "Hai"} {
		for _, r := range line {
			canvas.Focused().TypedRune(r)
		}
		canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	if b.remark.Text() != "Một\nHai\n" {
		t.Errorf("written %q", b.remark.Text())
	}
	did(t, d.did)
	if h := b.remark.Size().Height; h < 3*widget.Low {
		t.Errorf("%v high", h)
	}
	b.cast()
	did(t, d.did, `cast o1 [1] "Một\nHai"`)
}
