package room_test

import (
	"context"
	"maps"
	"slices"
	"testing"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// When somebody voted is told with what he voted, and sooner to himself alone:
// the order in which ballots came must not say whose is whose.
func TestTimesOfBallotsAreToldWithTheChoices(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		p.ask(poll.After, nil)
		p.cast("member", 0)
		p.cast("deputy", 1)
		told := func(when string, want map[string][]meeting.PersonID) {
			t.Helper()
			for who, people := range want {
				s, ok, err := p.hall.VoteSheet(context.Background(), who, "m1", "i1", "v1")
				if err != nil || !ok {
					t.Fatalf("%s, %s: %t, %v", when, who, ok, err)
				}
				if got := slices.Sorted(maps.Keys(s.Times)); !slices.Equal(got, people) {
					t.Errorf("%s, %s is told when %q voted, want %q", when, who, got, people)
				}
			}
		}
		hidden := map[string][]meeting.PersonID{"head": nil, "member": {"member"}, "deputy": {"deputy"}, "guest": nil}
		told("while the vote runs", hidden)
		p.must("head", "m1", meeting.CloseVote{Item: "i1", Vote: "v1"})
		told("before the announcement", hidden)
		p.must("head", "m1", meeting.AnnounceVote{Item: "i1", Vote: "v1"})
		all := []meeting.PersonID{"deputy", "member"}
		told("after it", map[string][]meeting.PersonID{"head": all, "member": all, "guest": all})
	})
}
