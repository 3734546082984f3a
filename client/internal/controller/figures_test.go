package controller

import (
	"reflect"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

func TestFiguresOfHandsAndTheirCorrection(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	if _, ok := h.memb.Figures(h.at); ok {
		t.Error("a delegate may enter figures")
	}
	h.desk.until("who is there", func() bool {
		h.desk.LookAtVote(h.at)
		r := h.row()
		return len(r.Electors) == 2 && r.Electors[0].Here && r.Electors[1].Here && r.CanEnter
	})
	f, ok := h.desk.Figures(h.at)
	if !ok || f.There != 2 || f.Each != 1 || !f.AsksChairman || f.Correcting || f.Before != nil || len(f.Choices) != 3 {
		t.Fatalf("the form is %+v, %t", f, ok)
	}
	h.desk.MarkAbsent(h.at, servertest.Delegate, true)
	if f, _ = h.desk.Figures(h.at); f.There != 1 {
		t.Errorf("%d are there with one marked as absent", f.There)
	}
	h.desk.MarkAbsent(h.at, servertest.Delegate, false)
	h.desk.ok(h.desk.EnterFigures(h.at, poll.Figures{Counts: []int{1, 1, 0}, Cast: 2, Chairman: 0}))
	h.desk.until("the result", func() bool { return h.row().Result != nil && h.row().CanAnnounce })
	if r := h.row(); r.Cause != meeting.ByCount || r.Result.Reason != poll.ChairmanFor || !r.CanEnter || r.Public {
		t.Errorf("entered: %+v", r)
	}
	if f, ok = h.desk.Figures(h.at); !ok || f.Before == nil || f.Before.Counts[1] != 1 || f.Before.Cast != 2 {
		t.Errorf("the form again is %+v, %t", f, ok)
	}
	h.desk.ok(h.desk.AnnounceVote(h.at))
	if got := h.seen(h.memb); got.Outcomes[0].Count != 1 || got.Cast != 2 {
		t.Errorf("the delegate sees %+v", got)
	}
	h.desk.until("it can be corrected", func() bool { return h.row().CanCorrect })
	if f, ok = h.desk.Figures(h.at); !ok || !f.Correcting || f.Before == nil || f.Before.Counts[0] != 1 {
		t.Fatalf("the form of a correction is %+v, %t", f, ok)
	}
	if code := h.desk.CorrectFigures(h.at, poll.Figures{Counts: []int{2, 0, 0}, Cast: 2, Chairman: -1}, " "); code != string(meeting.NeedsReason) {
		t.Errorf("without a reason: %q", code)
	}
	if code := h.desk.CorrectFigures(h.at, poll.Figures{Counts: []int{3, 0, 0}, Cast: 3, Chairman: -1}, "Đếm lại"); code != string(meeting.Invalid) {
		t.Errorf("more hands than people: %q", code)
	}
	h.desk.ok(h.desk.CorrectFigures(h.at, poll.Figures{Counts: []int{2, 0, 0}, Cast: 2, Chairman: -1}, "Đếm lại"))
	h.memb.until("the correction", func() bool { b, _ := h.memb.Ballot(h.at); return b.Result.Outcomes[0].Count == 2 })
	if r := h.row(); r.Corrected != 1 || r.Result.Verdict != poll.Passed {
		t.Errorf("corrected: %+v", r)
	}
}

func TestFiguresOfNothing(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	none := VoteAt{Meeting: h.id, Item: h.item, Vote: "none"}
	if _, ok := h.desk.Figures(none); ok {
		t.Error("there is a form for no vote")
	}
	if code := h.desk.EnterFigures(none, poll.Figures{Chairman: -1}); code == "" {
		t.Error("figures of no vote were taken")
	}
	if code := h.desk.EnterFigures(h.at, poll.Figures{Counts: []int{1}, Cast: 1, Chairman: -1}); code != string(meeting.Invalid) {
		t.Errorf("figures of another number of options: %q", code)
	}
}

// Every method can be counted by people: the form fits, the figures are taken, announced and corrected.
func TestFiguresOfEveryMethod(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	options := []string{"Nguyễn Văn A", "Trần Thị B"}
	for _, c := range []struct {
		form           VoteForm
		first, correct poll.Figures
	}{
		{VoteForm{Template: meeting.TemplateConfidence, Mode: poll.Secret, Options: options},
			poll.Figures{Grades: [][]int{{2, 0, 0}, {0, 1, 1}}, Cast: 2, Chairman: -1}, poll.Figures{Grades: [][]int{{1, 1, 0}, {0, 1, 1}}, Cast: 2, Chairman: -1}},
		{VoteForm{Template: meeting.TemplateElection, Mode: poll.Secret, Options: options, Seats: 1},
			poll.Figures{Counts: []int{2, 0}, Cast: 2, Chairman: -1}, poll.Figures{Counts: []int{1, 0}, Cast: 2, Chairman: -1}},
		{VoteForm{Template: meeting.TemplateChoice, Mode: poll.Live, Options: options},
			poll.Figures{Counts: []int{2, 0}, Cast: 2, Chairman: -1}, poll.Figures{Counts: []int{1, 1}, Cast: 2, Chairman: -1}},
		{VoteForm{Template: meeting.TemplatePersonnel, Mode: poll.Secret},
			poll.Figures{Counts: []int{1, 0, 0}, Cast: 2, Chairman: -1}, poll.Figures{Counts: []int{2, 0, 0}, Cast: 2, Chairman: -1}},
	} {
		name := string(c.form.Template)
		at := VoteAt{Meeting: h.id, Item: h.item, Vote: meeting.VoteID(name)}
		c.form.Question = "Đếm?"
		h.desk.ok(h.desk.PrepareVote(h.id, h.item, at.Vote, c.form))
		row := func() VoteRow { return rowOf(t, h.desk, at) }
		h.desk.until("both are there", func() bool {
			h.desk.LookAtVote(at)
			r := row()
			return len(r.Electors) == 2 && r.Electors[0].Here && r.Electors[1].Here
		})
		if f, ok := h.desk.Figures(at); !ok || !row().CanEnter || f.There != 2 || f.Before != nil || (f.Method == poll.Grade) != (len(f.Grades) == 3) {
			t.Errorf("%s: the form is %+v", name, f)
		}
		h.desk.ok(h.desk.EnterFigures(at, c.first))
		h.desk.until("counted", func() bool { return row().Result != nil })
		h.desk.ok(h.desk.AnnounceVote(at))
		h.desk.until("announced, and it can be corrected", func() bool { return row().CanCorrect })
		f, ok := h.desk.Figures(at)
		if !ok || !f.Correcting || f.Before == nil || !reflect.DeepEqual(*f.Before, c.first) {
			t.Errorf("%s: the form comes back with %+v", name, f.Before)
		}
		h.desk.ok(h.desk.CorrectFigures(at, c.correct, "Đếm lại"))
		h.memb.until("corrected", func() bool { return rowOf(t, h.memb, at).Corrected == 1 })
	}
}
