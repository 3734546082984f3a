package controller

import (
	"bytes"
	"slices"
	"testing"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// A shared device whose person signs out with a ballot that could not be sent tells so, keeps it and nothing else, and sends it when
// the same person signs in there again.
func TestUnsentBallotOutlivesTheSignOut(t *testing.T) {
	for _, mode := range []poll.Mode{poll.Live, poll.After, poll.Secret} {
		for _, restarted := range []bool{false, true} {
			name := string(mode)
			if restarted {
				name += ", switched off"
			}
			t.Run(name, func(t *testing.T) {
				h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplatePersonnel, Mode: mode})
				dir := t.TempDir()
				shared := voter(t, dir, 0)
				shared.enter(h.room, servertest.Delegate, true)
				h.memb = shared
				h.open()
				if u := shared.Unsent(); u != (Unsent{}) {
					t.Errorf("unsent %+v before the vote", u)
				}
				h.room.Stop()
				shared.until("offline", func() bool { return shared.seen().Link == session.Offline })
				shared.ok(shared.Cast(h.at, poll.Ballot{Marks: []int{1}}))
				shared.ok(shared.AskPresenter(h.id))
				if u := shared.Unsent(); u != (Unsent{Ballots: 1, Wishes: 1}) {
					t.Errorf("unsent %+v", u)
				}
				if restarted {
					shared.Close()
					shared = voter(t, dir, 0) // signs itself out: the device is not his
				} else {
					shared.SignOut()
				}
				h.room.Start()
				other := shared
				other.until("sign-in", func() bool { return other.Stage() != StageInside })
				if u := other.Unsent(); u != (Unsent{}) {
					t.Errorf("somebody else is told of %+v", u)
				}
				other.enter(h.room, servertest.Delegate, true)
				h.desk.until("it counts", func() bool { return h.row().Taken == 1 })
				other.until("sent", func() bool { return other.Unsent() == (Unsent{}) })
				h.desk.until("back", func() bool { return h.desk.seen().Link == session.Live })
				if mode == poll.Secret {
					other.until("counted", func() bool { b, ok := other.Ballot(h.at); return ok && b.Ballot == BallotCounted })
				}
				h.announce()
				if r := h.seen(other); r.Cast != 1 || r.Outcomes[1].Count != 1 {
					t.Errorf("result %+v", r)
				}
			})
		}
	}
}

// Of a ballot that was cast nothing is left when its person signs out.
func TestCastBallotsLeaveTheDevice(t *testing.T) {
	h := vote(t, VoteForm{Question: "Nhân sự?", Template: meeting.TemplatePersonnel, Mode: poll.Secret})
	h.open()
	h.cast(h.memb, 1)
	h.memb.Controller.mu.Lock()
	area := h.memb.inside.area
	h.memb.Controller.mu.Unlock()
	h.memb.SignOut()
	if left := area.Records(recordBallot); len(left) > 0 {
		t.Errorf("what was chosen is still on the device: %v", left)
	}
}

// Two tabs of one person draw one secret ballot: the second one shows what the
// first has kept, whose seed is not lost.
func TestTwoTabsDrawOneBallot(t *testing.T) {
	h := vote(t, VoteForm{Question: "Nhân sự?", Template: meeting.TemplatePersonnel, Mode: poll.Secret})
	other := voter(t, h.dir, 0)
	other.until("in by the same sign-in", func() bool { return other.Stage() == StageInside && other.seen().Link == session.Live })
	h.open()
	other.until("the vote is open", func() bool { b, ok := other.Ballot(h.at); return ok && b.MayVote })
	h.room.Stop()
	for _, d := range []*tester{h.memb, other} {
		d.until("offline", func() bool { return d.seen().Link == session.Offline })
	}
	h.memb.ok(h.memb.Cast(h.at, poll.Ballot{Marks: []int{1}}))
	if code := other.Cast(h.at, poll.Ballot{Marks: []int{0}}); code != "conflict" {
		t.Errorf("the second ballot: %q", code)
	}
	one, two := h.memb.records()[h.at], other.records()[h.at]
	if len(one.Seed) == 0 || !bytes.Equal(one.Seed, two.Seed) || !slices.Equal(two.Ballot.Marks, []int{1}) {
		t.Errorf("drawn: %v and %v", one.Ballot, two.Ballot)
	}
}
