package browsertest

import (
	"context"
	"testing"
	"time"

	"phonghop/shared/meeting"
)

// insistTo presses a button of the chair's window until other words are there.
func (s *sitting) insistTo(words, then string) {
	s.t.Helper()
	s.sees(words)
	s.must(s.chairs.Until(s.t.Context(), "the chair sees "+then, func(ctx context.Context) (bool, error) {
		if s.chair.Shows(ctx, then) {
			return true, nil
		}
		err := s.chair.Tap(ctx, words, "widget.Button")
		time.Sleep(300 * time.Millisecond) // the window's own time
		return err == nil && s.chair.Shows(ctx, then), err
	}))
}

// One vote: the chair presents and asks at a window of the app, two delegates
// answer with their fingers in browsers, and all see the result that the chair
// announces.
func TestTheChairsVoteAtAWindow(t *testing.T) {
	s := sit(t)
	electors := s.all("delegate")[:2]
	s.gather()
	s.turn(1, 3)
	s.both(3)
	s.do(meeting.PrepareVote{Item: s.item, Vote: "v1", Plan: s.resolution(electors)})

	s.insist(s.word("vote.chair.pose"))
	s.insist(s.word("vote.chair.open"))
	s.upright.casts("chairvote-upright", func() bool { return s.taken("v1") == 1 })
	s.broad.casts("chairvote-broad", func() bool { return s.taken("v1") == 2 })
	closes, says := s.word("vote.chair.close"), s.word("vote.chair.announce")
	s.insistTo(closes, says)
	s.insistTo(says, says+"?")
	upright, broad := s.upright.look(), s.broad.look()
	s.insist(says)

	s.upright.until("the result is announced", func() bool {
		v, _ := s.state().Contents[s.item].Voting("v1")
		return v.State == meeting.Announced
	})
	v, _ := s.state().Contents[s.item].Voting("v1")
	if v.Result.Cast != 2 || v.Result.For != 2 {
		t.Errorf("the result is %+v", v.Result)
	}
	s.sees(s.word("vote.state.announced"))
	s.upright.until("the delegates see it", func() bool {
		return changed(upright, s.upright.look()) > 0.01 && changed(broad, s.broad.look()) > 0.01
	})
	s.upright.keep("chairvote-result-upright")
	s.broad.keep("chairvote-result-broad")
	s.photograph("-vote-result")
	s.upright.quiet()
	s.broad.quiet()
}
