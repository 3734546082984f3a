package room

import (
	"testing"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// A plan may become secret while the command to open it is on its way, after
// its key was asked for: it is not opened without one.
func TestSecretVoteIsNotOpenedWithoutKey(t *testing.T) {
	for _, c := range []struct {
		mode    poll.Mode
		state   meeting.VoteState
		wish    meeting.Command
		refused bool
	}{
		{poll.Secret, meeting.Prepared, meeting.OpenVote{Item: "i", Vote: "v"}, true},
		{poll.Secret, meeting.Posed, meeting.OpenVote{Item: "i", Vote: "v"}, true},
		{poll.Secret, meeting.Polling, meeting.OpenVote{Item: "i", Vote: "v"}, false}, // it has one: nothing to do
		{poll.Secret, meeting.Prepared, meeting.OpenVote{Item: "i", Vote: "v", Key: "key"}, false},
		{poll.After, meeting.Prepared, meeting.OpenVote{Item: "i", Vote: "v"}, false},
		{poll.Secret, meeting.Prepared, meeting.OpenVote{Item: "i", Vote: "none"}, false}, // for Decide to refuse
		{poll.Secret, meeting.Prepared, meeting.PoseVote{Item: "i", Vote: "v"}, false},
	} {
		l := &Live{}
		v := meeting.Voting{ID: "v", State: c.state, Plan: meeting.VotePlan{Poll: poll.Poll{Mode: c.mode}}}
		l.batch.state.Contents = map[meeting.ItemID]meeting.Content{"i": {Votes: []meeting.Voting{v}}}
		if got := l.withoutKey(c.wish); (got != nil) != c.refused {
			t.Errorf("%s of a vote that is %s and %s: %v", c.wish.Kind(), c.mode, c.state, got)
		}
	}
}
