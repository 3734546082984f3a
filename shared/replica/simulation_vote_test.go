package replica_test

import (
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// TestSimulationOfVotes is TestSimulation with votes: prepared, opened, cast
// by several devices over bad lines, extended, closed by hand and by time,
// counted, announced and corrected. Ballots that nobody may know yet are in a
// stream of the server's own, as in a room.
func TestSimulationOfVotes(t *testing.T) {
	n := 200
	if s, err := strconv.Atoi(os.Getenv("PHONGHOP_SEEDS")); err == nil {
		n = s
	}
	seen := map[string]int{}
	for seed := range uint64(n) {
		simulateWith(t, seed+1, func(w *world) { w.votes = seen })
		if t.Failed() {
			return
		}
	}
	for _, kind := range []string{"vote.opened", "vote.cast", "vote.taken", "vote.sealed", "vote.closed", "vote.counted", "vote.announced", "vote.corrected", "vote.cancelled"} {
		if seen[kind] == 0 {
			t.Errorf("no %s in %d runs: the simulation shows nothing of it", kind, n)
		}
	}
}

func FuzzSimulationOfVotes(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { simulateWith(t, seed, func(w *world) { w.votes = map[string]int{} }) })
}

// prepareVotes lets everybody in, and has votes to begin with.
func (w *world) prepareVotes() {
	if w.votes == nil {
		return
	}
	for _, d := range w.devices {
		w.open(d, "m1")
		w.connect(d)
	}
	for _, v := range []meeting.VoteID{"v1", "v2"} {
		w.submit(w.devices[2], "m1", meeting.PrepareVote{Item: "i1", Vote: v, Plan: w.plan()})
	}
	w.settle()
}

// plan draws a vote with names; a secret one is no matter of streams.
func (w *world) plan() meeting.VotePlan {
	rule, _ := poll.Set(pick(w, []string{poll.SetCommittee, poll.SetPresent, poll.SetStraw}))
	rule.StandIns = w.rnd.IntN(3) == 0
	p := meeting.VotePlan{Question: fmt.Sprint("Thông qua ", w.rnd.IntN(9), "?"), Electors: pick(w, []meeting.Electors{meeting.Members, meeting.Everybody}),
		Late: w.rnd.IntN(4) > 0, AutoClose: w.rnd.IntN(4) == 0, Ahead: w.rnd.IntN(4) == 0,
		Poll: poll.Poll{Method: poll.Approve, Mode: pick(w, []poll.Mode{poll.Live, poll.After}), Options: poll.Answers(poll.AnswersOpinion, true), Rule: rule}}
	p.Poll.Changes = p.Poll.Mode == poll.Live // a changed sealed ballot leaves no trace that a client could wait for
	if w.rnd.IntN(3) == 0 {
		p.Seconds = 1 + w.rnd.IntN(40)
	}
	return p
}

// voteCommand draws a command about the votes of an item.
func (w *world) voteCommand(d *device, item meeting.ItemID) meeting.Command {
	vote := pick(w, []meeting.VoteID{"v1", "v2"})
	if c := w.nextOfVote(d); c != nil && w.rnd.IntN(3) > 0 {
		return c
	}
	figures := poll.Figures{Counts: []int{w.rnd.IntN(2), w.rnd.IntN(2), 0}, Chairman: -1}
	figures.Cast = figures.Counts[0] + figures.Counts[1]
	switch w.rnd.IntN(20) {
	case 0, 1, 2:
		return meeting.PrepareVote{Item: item, Vote: vote, Plan: w.plan()}
	case 3, 4, 5:
		return meeting.OpenVote{Item: item, Vote: vote, Absent: []meeting.PersonID{pick(w, people)}}
	case 6:
		return pick(w, []meeting.Command{meeting.PoseVote{Item: item, Vote: vote}, meeting.RemoveVote{Item: item, Vote: vote}})
	case 7:
		return meeting.CastVote{Item: item, Vote: vote, Person: pick(w, people), Ballot: poll.Ballot{Marks: []int{w.rnd.IntN(3)}}}
	case 8:
		return meeting.RemindVoters{Item: item, Vote: vote}
	case 17, 18: // who comes late, and who stands in
		return meeting.SetParticipant{Participant: pick(w, []meeting.Participant{{Person: "deputy", Member: true}, {Person: "guest", Member: true}, {Person: "deputy", StandInFor: "member"}, {Person: "wall", Member: true}})}
	case 9:
		return meeting.ExtendVote{Item: item, Vote: vote, Until: w.server.now.Add(time.Duration(w.rnd.IntN(60)) * time.Second)}
	case 10, 11:
		return meeting.CloseVote{Item: item, Vote: vote}
	case 12:
		return meeting.CancelVote{Item: item, Vote: vote, Reason: "vì"}
	case 13:
		return meeting.RepeatVote{Item: item, Vote: vote, As: pick(w, []meeting.VoteID{"v1", "v2", "v3"})}
	case 14, 15:
		return meeting.AnnounceVote{Item: item, Vote: vote}
	case 16:
		return pick(w, []meeting.Command{meeting.EnterFigures{Item: item, Vote: vote, Figures: figures}, meeting.CorrectFigures{Item: item, Vote: vote, Figures: figures, Reason: "đếm lại"}})
	default:
		return meeting.CastVote{Item: item, Vote: vote, Ballot: poll.Ballot{Marks: []int{w.rnd.IntN(3)}, Remark: ""}}
	}
}

// nextOfVote is what brings a vote on that the device knows of; nil where
// there is none.
func (w *world) nextOfVote(d *device) meeting.Command {
	s, _ := d.replica.Meeting("m1")
	for _, item := range items {
		for _, v := range s.Contents[item].Votes {
			switch v.State {
			case meeting.Polling:
				if d.person == "desk" && w.rnd.IntN(2) == 0 { // somebody comes late
					return meeting.SetParticipant{Participant: meeting.Participant{Person: pick(w, []meeting.PersonID{"deputy", "guest"}), Member: true}}
				}
				if w.rnd.IntN(6) == 0 {
					return meeting.CloseVote{Item: item, Vote: v.ID}
				}
				return meeting.CastVote{Item: item, Vote: v.ID, Ballot: poll.Ballot{Marks: []int{w.rnd.IntN(3)}}}
			case meeting.Tallied:
				return meeting.AnnounceVote{Item: item, Vote: v.ID}
			case meeting.Announced:
				if v.Cause == meeting.ByCount && w.rnd.IntN(2) == 0 {
					return meeting.CorrectFigures{Item: item, Vote: v.ID, Figures: poll.Figures{Counts: []int{0, 0, 0}, Chairman: -1}, Reason: "đếm lại"}
				}
			case meeting.Prepared, meeting.Posed:
				if w.rnd.IntN(2) == 0 {
					return pick(w, []meeting.Command{meeting.OpenVote{Item: item, Vote: v.ID}, meeting.OpenVote{Item: item, Vote: v.ID},
						meeting.EnterFigures{Item: item, Vote: v.ID, Figures: poll.Figures{Counts: []int{1, 0, 0}, Cast: 1, Chairman: -1}}})
				}
			case meeting.Polled, meeting.Cancelled:
			}
		}
	}
	return nil
}

// endVotes ends the votes whose time is over, as a room does by itself.
func (w *world) endVotes() {
	var b spoken
	for _, id := range meetings {
		for _, item := range items {
			v, ok := w.server.meetings[id].Contents[item].Polling()
			if !ok || v.Deadline.IsZero() || w.server.now.Before(v.Deadline) {
				continue
			}
			events, err := meeting.Decide(w.server.meetings[id], meeting.Actor{Server: true}, meeting.EndVote{Item: item, Vote: v.ID}, w.server.now)
			if err != nil {
				w.failf("the end of %s: %v", v.ID, err)
			}
			w.server.carryOut(id, "", events, &b)
		}
	}
	w.server.speak(&b)
}
