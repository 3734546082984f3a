package votescreen

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// ofItem puts a vote into another item.
func ofItem(r controller.VoteRow, item meeting.ItemID, number, title string, vote meeting.VoteID) controller.VoteRow {
	r.Item, r.ItemNumber, r.ItemTitle, r.Vote = item, number, title, vote
	return r
}

// day are the votes of a whole meeting, of which the second item runs.
func day() []controller.VoteRow {
	const budget, people = "Dự toán ngân sách địa phương năm 2027", "Công tác cán bộ"
	posed := row(func(r *controller.VoteRow) {
		r.State, r.CanOpen, r.Question = meeting.Posed, true, "Thông qua Quy chế làm việc của Ủy ban nhân dân"
	})
	other := prepared()
	other.CanOpen, other.Question = true, "Thông qua kế hoạch năm 2027"
	later := row(func(r *controller.VoteRow) { r.Question, r.CanEdit = "Giới thiệu nhân sự bổ nhiệm", true })
	return []controller.VoteRow{ofItem(public(), "i1", "1", "Báo cáo tình hình kinh tế - xã hội tháng 11", "v0"), ofItem(posed, "i2", "2", budget, "v1"), ofItem(other, "i2", "2", budget, "v2"),
		ofItem(later, "i7", "7a", people, "v3")}
}

func TestAllVotesAreOneTapAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := &office{view: votes(day()...)}
		c, canvas := showChair(t, o, light, tablet, nil)
		if says(canvas, "Giới thiệu nhân sự bổ nhiệm") {
			t.Error("another item's vote stands among those of the running one")
		}
		c.openAll()
		for _, r := range day() {
			if !slices.ContainsFunc(found[*widget.Card](canvas), func(x *widget.Card) bool { return x.Data().Title == r.Question }) || !says(canvas, r.ItemTitle) {
				t.Errorf("%s is not in the list", r.Question)
			}
		}
		if !says(canvas, words.T("vote.chair.away", names[0]+", "+names[1])) {
			t.Error("who is not ready is not told")
		}
		tap(t, canvas, "vote.chair.open")
		did(t, o.did) // a press that was meant for what stood there before
		time.Sleep(widget.DeadTime)
		tap(t, canvas, "vote.chair.open")
		tap(t, canvas, "vote.chair.pose")
		did(t, o.did, "open v1", "pose v2")
		o.code = "in_use"
		time.Sleep(widget.DeadTime)
		tap(t, canvas, "vote.chair.open")
		if !says(canvas, words.Refusal("in_use")) && c.failed == "" {
			t.Error("nothing says why it was not opened")
		}
		tapCard(t, canvas, "Giới thiệu nhân sự bổ nhiệm")
		c.stack.Back()
		if c.stack.Depth() != 1 {
			t.Error("a vote's page does not lead back to the list")
		}
	})
}

// The list is there between two items, too, and on the secretary's desk.
func TestTheListIsReachedFromEverywhere(t *testing.T) {
	o := &office{view: votes(day()...)}
	o.view.Current = ""
	c, canvas := showChair(t, o, light, tablet, nil)
	tapWords(t, canvas, words.T("vote.chair.all", 4))
	if c.stack.Depth() != 1 {
		t.Error("the chair does not reach it")
	}
	d, canvas := showDesk(t, o, light, tablet)
	tapWords(t, canvas, words.T("vote.chair.all", 4))
	if d.stack.Depth() != 1 {
		t.Error("the secretary does not reach it")
	}
	o.view = votes()
	_, canvas = showChair(t, o, light, tablet, nil)
	if len(found[*widget.Button](canvas)) != 0 {
		t.Error("a list of nothing is offered")
	}
}

func TestVoteListPictures(t *testing.T) {
	uitest.Pictures(t)
	for _, p := range []struct {
		name     string
		size     fyne.Size
		language words.Language
		options  theme.Options
	}{
		{"list-all", tablet, words.Vietnamese, light},
		{"list-all-upright-en-dark", upright, words.English, dark},
		{"list-all-phone", fyne.NewSize(360, 1400), words.Vietnamese, light},
		{"list-all-phone-200", phone, words.Vietnamese, large},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			c, canvas := showChair(t, &office{view: votes(day()...)}, o, size, nil)
			c.openAll()
			return canvas
		})
	}
}

// While another vote's ballots come, the list's buttons are not new ones that ignore presses.
func TestTheListIsUsedWhileBallotsCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		running := polling()
		running.Vote = "v0"
		o := &office{view: votes(running, prepared())}
		c, canvas := showChair(t, o, light, tablet, nil)
		c.openAll()
		for range 10 {
			time.Sleep(widget.DeadTime / 4)
			running.Taken++
			o.view = votes(running, prepared())
			c.Refresh()
			c.stack.Refresh()
		}
		tap(t, canvas, "vote.chair.pose")
		did(t, o.did, "pose v1")
	})
}
