package controller

import (
	"testing"

	"phonghop/shared/poll"
)

func TestTheChairmansSideIsReadFromAResult(t *testing.T) {
	rule, _ := poll.Set(poll.SetCommittee)
	p := poll.Poll{Method: poll.Approve, Mode: poll.Live, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule}
	roll := poll.Roll{Members: []poll.PersonID{"a", "b", "c", "d", "e"}, Voters: []poll.PersonID{"a", "b", "c", "d", "e"}, Chairman: "a"}
	for _, c := range []struct {
		counts   []int
		chairman int
		want     int
	}{{[]int{2, 2, 1}, 0, 0}, {[]int{2, 2, 1}, 1, 1}, {[]int{2, 2, 1}, 2, 2}, {[]int{2, 2, 1}, -1, -1}, {[]int{3, 1, 1}, -1, -1}} {
		r := poll.Tally(p, roll, poll.Votes{Figures: &poll.Figures{Counts: c.counts, Cast: 5, Chairman: c.chairman}})
		if got := figuresOf(p, r); got.Chairman != c.want {
			t.Errorf("%v with the Chairman's %d (%s): read %d", c.counts, c.chairman, r.Reason, got.Chairman)
		}
	}
}
