package votescreen

import (
	"fmt"
	"strings"
	"testing"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

func TestOfflineSaysThatItWaits(t *testing.T) {
	d := &device{views: []controller.BallotView{open()}}
	b, canvas := showBallot(t, d, light, tablet)
	become(voted(controller.BallotWaiting, poll.Live))(b)
	if !says(canvas, words.T("vote.waiting")) {
		t.Error("not told that it waits")
	}
	become(with(voted(controller.BallotLate, poll.Live), func(v *controller.BallotView) { v.State = meeting.Polled }))(b)
	if !says(canvas, words.T("vote.late")) {
		t.Error("not told that it came too late")
	}
}

func TestRefusedByTheDevice(t *testing.T) {
	d := &device{views: []controller.BallotView{open()}, code: "bad_state"}
	b, canvas := showBallot(t, d, light, tablet)
	b.choose([]int{0})
	b.cast()
	if !says(canvas, words.T("vote.your_choice")) || b.failed == "" {
		t.Error("the choice is gone, or nothing says why")
	}
}

func TestFiveHundredOptionsAndALongQuestion(t *testing.T) {
	v := election()
	v.Choices = nil
	for i := range 500 {
		v.Choices = append(v.Choices, controller.Choice{Word: poll.Said(fmt.Sprint("Phương án ", i))})
	}
	v.Question = strings.Repeat("Thông qua nội dung. ", 500)
	d := &device{views: []controller.BallotView{v}}
	b, _ := showBallot(t, d, light, phone)
	b.toggle(499)
	if !b.picks[499].Chosen() {
		t.Error("the last option cannot be chosen")
	}
}
