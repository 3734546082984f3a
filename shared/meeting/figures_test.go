package meeting_test

import (
	"testing"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

func TestShowOfHands(t *testing.T) {
	w := opened(t)
	enter := func(f poll.Figures, absent ...meeting.PersonID) error {
		_, err := w.do(secretary, meeting.EnterFigures{Item: "alpha", Vote: live, Figures: f, Absent: absent})
		return err
	}
	for name, f := range map[string]poll.Figures{
		"more hands than people": figures(3, 1, 0), "two rows": figures(2, 1), "fewer than none": figures(2, -1, 0),
		"sums": {Counts: []int{1, 1, 0}, Cast: 3, Chairman: -1}, "the Chairman nowhere": {Counts: []int{1, 1, 0}, Cast: 2, Chairman: 2},
	} {
		if err := enter(f); code(err) != meeting.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := enter(figures(3, 0, 0), member); code(err) != meeting.Invalid {
		t.Errorf("three hands of two who are there: %v", err)
	}
	if err := enter(figures(1, 1, 0), member); err != nil {
		t.Fatal(err)
	}
	v := w.voting(live)
	if v.State != meeting.Tallied || v.Cause != meeting.ByCount || v.Plan.About.Version != 1 || v.Result.Verdict != "" {
		t.Fatalf("%+v", v)
	}
	if r := w.s.Sealed["alpha"].Votes[live].Result; r.Reason != poll.EqualSilent || r.Absent != 1 || r.Silent != 0 {
		t.Errorf("%+v", r)
	}
	if err := enter(poll.Figures{Counts: []int{1, 1, 0}, Cast: 2, Chairman: 0}, member); err != nil { // entered again, before the announcement
		t.Fatal(err)
	}
	w.must(t, chair, meeting.AnnounceVote{Item: "alpha", Vote: live})
	if r := w.voting(live).Result; r.Reason != poll.ChairmanFor || !r.Proposal {
		t.Errorf("%+v", r)
	}
	if err := enter(figures(2, 0, 0)); code(err) != meeting.BadState {
		t.Errorf("entered after the announcement: %v", err)
	}
	correct := meeting.CorrectFigures{Item: "alpha", Vote: live, Figures: figures(2, 0, 0), Reason: "Đếm lại"}
	if _, err := w.do(secretary, correct); code(err) != meeting.NotAllowed {
		t.Errorf("corrected by the secretary alone: %v", err)
	}
	w.must(t, typist, correct) // on the chair's instruction
	v = w.voting(live)
	if v.Result.For != 2 || v.Result.Reason != poll.Majority || len(v.Corrected) != 1 || v.Corrected[0].Result.For != 1 || v.Corrected[0].Reason != "Đếm lại" {
		t.Errorf("%+v", v)
	}
	silent := correct
	silent.Reason = " "
	if _, err := w.do(chair, silent); code(err) != meeting.NeedsReason {
		t.Errorf("without a reason: %v", err)
	}
}

// What was cast on devices is never overwritten by hand.
func TestBallotsAreNotCorrectedByHand(t *testing.T) {
	w := asked(t, live)
	w.cast(t, chair, live, 0)
	enter := meeting.EnterFigures{Item: "alpha", Vote: live, Figures: figures(0, 3, 0)}
	if _, err := w.do(secretary, enter); code(err) != meeting.BadState {
		t.Errorf("while it is open: %v", err)
	}
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: live})
	if _, err := w.do(secretary, enter); code(err) != meeting.BadState {
		t.Errorf("when it is counted: %v", err)
	}
	w.must(t, chair, meeting.AnnounceVote{Item: "alpha", Vote: live})
	if _, err := w.do(chair, meeting.CorrectFigures{Item: "alpha", Vote: live, Figures: figures(0, 3, 0), Reason: "Khác"}); code(err) != meeting.BadState {
		t.Errorf("when it is announced: %v", err)
	}
}

// A secret vote on paper: the figures, and no list.
func TestPaperBallots(t *testing.T) {
	w := opened(t)
	w.must(t, secretary, meeting.EnterFigures{Item: "alpha", Vote: secret, Figures: figures(2, 1, 0)})
	w.must(t, chair, meeting.AnnounceVote{Item: "alpha", Vote: secret})
	if v := w.voting(secret); v.Result.Verdict != poll.Passed || v.Digest != "" || v.Key != "" {
		t.Errorf("%+v", v)
	}
}

// Paper ballots of confidence are counted grade by grade, and corrected so.
func TestConfidenceOnPaper(t *testing.T) {
	w := opened(t)
	plan, _ := meeting.VoteTemplate(meeting.TemplateConfidence)
	plan.Question, plan.Poll.Options = "Lấy phiếu tín nhiệm", []poll.Option{{Words: "A"}, {Words: "B"}}
	w.must(t, secretary, meeting.PrepareVote{Item: "alpha", Vote: "paper", Plan: plan})
	figures := func(rows ...[]int) poll.Figures { return poll.Figures{Grades: rows, Cast: 3, Chairman: -1} }
	enter := func(f poll.Figures) error {
		_, err := w.do(secretary, meeting.EnterFigures{Item: "alpha", Vote: "paper", Figures: f})
		return err
	}
	if err := enter(figures([]int{3, 0, 0}, []int{2, 1, 1})); code(err) != meeting.Invalid {
		t.Errorf("four grades of three ballots: %v", err)
	}
	if err := enter(figures([]int{3, 0, 0}, []int{0, 1, 2})); err != nil {
		t.Fatal(err)
	}
	w.must(t, chair, meeting.AnnounceVote{Item: "alpha", Vote: "paper"})
	correct := meeting.CorrectFigures{Item: "alpha", Vote: "paper", Figures: figures([]int{3, 0, 0}, []int{1, 1, 1}), Reason: "Đếm lại"}
	w.must(t, chair, correct)
	w.must(t, chair, correct) // a second time changes nothing
	v := w.voting("paper")
	if len(v.Corrected) != 1 || v.Corrected[0].Result.Options[1].Mark != "removal_vote" || v.Result.Options[1].Mark != "" || v.Result.Options[1].Grades[2] != 1 {
		t.Errorf("%+v", v)
	}
}
