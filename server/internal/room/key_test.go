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

// The key of a vote comes from its box: one that a client sends along is not
// passed on, also where the vote is none of secret ballots, for it may become
// one before the command is decided.
func TestAClientsKeyIsNotBelieved(t *testing.T) {
	v := meeting.Voting{ID: "v", State: meeting.Prepared, Plan: meeting.VotePlan{Poll: poll.Poll{Mode: poll.After}}}
	l := &Live{id: "m", inbox: make(chan request)}
	l.state.Items = map[meeting.ItemID]meeting.AgendaItem{"i": {ID: "i"}}
	l.state.Contents = map[meeting.ItemID]meeting.Content{"i": {Votes: []meeting.Voting{v}}}
	go func() { (<-l.inbox).handle(l) }()
	h := &Hall{}
	got, err := h.withKey(t.Context(), l, meeting.OpenVote{Item: "i", Vote: "v", Key: "forged"}, "head")
	if err != nil || got.Key != "" || got.Vote != "v" {
		t.Errorf("%+v, %v", got, err)
	}
}
