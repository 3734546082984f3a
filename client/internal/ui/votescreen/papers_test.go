package votescreen

import (
	"fmt"
	"slices"
	"testing"
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
)

// opinionsIn is an opinion in writing whose count the desk sees.
func opinionsIn() controller.VoteRow {
	r := sentOut()
	r.State, r.Runs, r.CanClose, r.CanExtend, r.CanRemind, r.CanCancel, r.Question = meeting.Tallied, true, false, false, false, false, opinion().Question
	r.CanAnnounce, r.ItemNumber = true, "7a"
	p := committee(poll.After)
	p.Options = poll.Answers(poll.AnswersOpinion, true)
	all := map[poll.PersonID]poll.Ballot{}
	for i, mark := range []int{0, 1, 2, 0, 0} {
		all[poll.PersonID(fmt.Sprintf("p%02d", i))] = poll.Ballot{Marks: []int{mark}, Remark: []string{"", "Chưa rõ nguồn vốn.\nĐề nghị giải trình.", "Bổ sung quy định về họp trực tuyến"}[mark]}
	}
	r.Result = result(p, roll(19, 0), poll.Votes{Named: all})
	r.Result.Ahead = true
	for i, name := range names {
		b := all[poll.PersonID(fmt.Sprintf("p%02d", i))]
		r.Result.Voted = append(r.Result.Voted, controller.Voter{ID: meeting.PersonID(fmt.Sprintf("p%02d", i)), Name: name, Choice: p.Marked(b), Remark: b.Remark})
	}
	return r
}

// sink keeps the names of the files that were saved.
type sink []string

func (s *sink) save(name string, data []byte, done func(string)) {
	*s = append(*s, fmt.Sprintf("%s (%d)", name, len(data)))
	done("")
}

func TestTheDeskTakesThePapersOfOpinions(t *testing.T) {
	o, kept := &office{view: votes(opinionsIn())}, &sink{}
	c, canvas := showChair(t, o, light, tablet, kept.save)
	c.open(opinionsIn().VoteAt)
	tap(t, canvas, "vote.ahead.summary")
	tap(t, canvas, "vote.ahead.forms")
	for _, card := range found[*widget.Card](canvas) {
		if card.Data().Title == names[1] {
			card.OnTapped()
		}
	}
	did(t, o.did, "summary", "forms", "form p01")
	want := []string{"tong-hop-y-kien-7a.pdf (4)", "phieu-lay-y-kien-7a.pdf (4)", "phieu-lay-y-kien-7a-p01.pdf (4)"}
	if !slices.Equal(*kept, want) {
		t.Errorf("kept %q", *kept)
	}
	if offers(canvas, "vote.chair.paper") {
		t.Error("an opinion has the protocol of a vote")
	}
	o.code = "not_found"
	tap(t, canvas, "vote.ahead.forms")
	if !says(canvas, words.Refusal("not_found")) || len(*kept) != 3 {
		t.Error("the refusal is not told")
	}
}

func TestWhoDoesNotRunTheVoteHasNoFormsOfOthers(t *testing.T) {
	r := opinionsIn()
	r.Runs, r.Public, r.State = false, true, meeting.Announced
	c, canvas := showChair(t, &office{view: votes(r)}, light, tablet, (&sink{}).save)
	c.open(r.VoteAt)
	if offers(canvas, "vote.ahead.forms") || says(canvas, words.T("vote.ahead.tap_form")) {
		t.Error("forms of others are offered")
	}
}

// answered is an opinion that was given.
func answered() controller.BallotView {
	return with(opinion(), func(v *controller.BallotView) {
		v.Ballot, v.MayVote, v.MayChange, v.Mine, v.At = controller.BallotCounted, false, true, &poll.Ballot{Marks: []int{1}, Remark: "Chưa rõ"}, counted
		v.Item.Number = "3"
	})
}

func TestEverybodyTakesHisOwnForm(t *testing.T) {
	d, kept := &device{views: []controller.BallotView{answered()}}, &sink{}
	b, canvas := showBallot(t, d, light, tablet)
	b.Open(answered().VoteAt)
	if offers(canvas, "vote.ahead.form") {
		t.Error("it is offered where nothing can be saved")
	}
	b.Save = kept.save
	b.Open(answered().VoteAt)
	b.shown = nil
	b.Refresh()
	tap(t, canvas, "vote.ahead.form")
	did(t, d.did, `form o1 ""`)
	if len(*kept) != 1 || (*kept)[0] != "phieu-lay-y-kien-3.pdf (4)" || !says(canvas, words.T("vote.chair.saved")) {
		t.Errorf("kept %q", *kept)
	}
	d.code = "bad_state"
	tap(t, canvas, "vote.ahead.form")
	if !says(canvas, words.Refusal("bad_state")) || says(canvas, words.T("vote.chair.saved")) {
		t.Error("the refusal is not told")
	}
}

// thousand is the open result of so many voters.
func thousand(n int) controller.VoteRow {
	r := polling()
	r.State, r.Runs, r.Public, r.Taken, r.Voters, r.Question = meeting.Announced, true, true, n, n, "Thông qua chương trình phiên họp"
	r.CanClose, r.CanExtend, r.CanRemind, r.CanCancel = false, false, false, false
	p, all := committee(poll.Live), map[poll.PersonID]poll.Ballot{}
	roll := poll.Roll{}
	for i := range n {
		roll.Members = append(roll.Members, poll.PersonID(fmt.Sprintf("p%04d", i)))
	}
	roll.Voters = roll.Members
	for i, who := range roll.Voters {
		all[who] = poll.Ballot{Marks: []int{i % 3}}
	}
	r.Result = result(p, roll, poll.Votes{Named: all})
	for i := range n {
		r.Result.Voted = append(r.Result.Voted, controller.Voter{ID: roll.Voters[i], Name: fmt.Sprintf("%s %d", names[i%len(names)], i+1), Choice: p.Marked(all[roll.Voters[i]])})
	}
	return r
}

func TestALongListIsShownInParts(t *testing.T) {
	c, canvas := showChair(t, &office{view: votes(thousand(1000))}, light, tablet, nil)
	c.open(thousand(1).VoteAt)
	shows := func(want, not string) {
		t.Helper()
		if !says(canvas, want) || says(canvas, not) {
			t.Errorf("%q is not shown, or %q is", want, not)
		}
	}
	first, later, last := names[0]+" 1", names[0]+" 51", names[4]+" 1000"
	shows(first, later)
	tap(t, canvas, "list.next")
	shows(later, first)
	tap(t, canvas, "list.before")
	shows(first, later)
	found[*widget.TextField](canvas)[0].SetText("do van hung 1000")
	shows(last, first)
	c.stack.Refresh()
	c.said = "vote.chair.saved" // the page is built anew, and what is looked for stays
	c.stack.Refresh()
	shows(last, first)
	found[*widget.TextField](canvas)[0].SetText("không có ai")
	shows(words.T("signin.no_name"), last)
}

// offers reports whether a button with these words is there.
func offers(canvas fyne.Canvas, key string) bool {
	return slices.ContainsFunc(found[*widget.Button](canvas), func(b *widget.Button) bool { return b.Label() == words.T(key) })
}

func TestPaperPictures(t *testing.T) {
	uitest.Pictures(t)
	for _, p := range []struct {
		name     string
		row      controller.VoteRow
		size     fyne.Size
		language words.Language
		options  theme.Options
		down     float32
	}{
		{"opinions-in", opinionsIn(), upright, words.Vietnamese, light, 420},
		{"opinions-in-phone-en", opinionsIn(), phone, words.English, dark, 420},
		{"names-thousand", thousand(1000), tablet, words.Vietnamese, light, 480},
		{"names-thousand-phone-200", thousand(1000), phone, words.Vietnamese, large, 2350},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			c, canvas := showChair(t, &office{view: votes(p.row)}, o, size, (&sink{}).save)
			c.open(p.row.VoteAt)
			down(canvas, p.down)
			return canvas
		})
	}
	t.Run("opinion-own-form", func(t *testing.T) {
		b, canvas := showBallot(t, &device{views: []controller.BallotView{answered()}}, light, phone)
		b.Save = (&sink{}).save
		b.Open(answered().VoteAt)
		test.AssertRendersToImage(t, "opinion-own-form.png", canvas)
	})
}

// down scrolls the page.
func down(canvas fyne.Canvas, by float32) {
	for _, s := range found[*widget.Scroll](canvas) {
		s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -by)})
	}
}

// BenchmarkThousandNames shows the result of a vote of a thousand with all names, and turns to the next part of the list: each
// is to keep the screen waiting for less than 50 ms. "show-ms" and "turn-ms" are medians, "show-max-ms" and "turn-max-ms" the
// worst, "show/limit" and "turn/limit" the medians by the limit.
func BenchmarkThousandNames(b *testing.B) {
	row := thousand(1000)
	theme.Apply(test.NewTempApp(b), light)
	var show, turn []time.Duration
	for b.Loop() {
		c := NewChair(&office{view: votes(row)}, "m", nil)
		w := chairWindow(b, c, tablet)
		w.Canvas().Capture() // nothing of the console itself is counted
		at := time.Now()
		c.open(row.VoteAt)
		show = append(show, time.Since(at))
		for range 5 {
			at = time.Now()
			c.named.from += perPart
			c.named.show()
			turn = append(turn, time.Since(at))
		}
		c.Close()
	}
	for name, all := range map[string][]time.Duration{"show": show, "turn": turn} {
		slices.Sort(all)
		median := float64(all[len(all)/2].Microseconds()) / 1000
		b.ReportMetric(median, name+"-ms")
		b.ReportMetric(median/50, name+"/limit")
		b.ReportMetric(float64(all[len(all)-1].Microseconds())/1000, name+"-max-ms")
	}
}
