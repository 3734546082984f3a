package room_test

import (
	"strings"
	"testing"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// What a person voted is read by nobody before the announcement, also not by
// who chairs; and what cannot be kept sealed is not kept at all.
func TestNobodyReadsWhatIsSealed(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		r := p.joins("head", "meeting/m1", "item/m1/i1")
		plan := meeting.VotePlan{Question: "Thông qua?", Electors: meeting.Members, Poll: poll.Poll{
			Method: poll.Approve, Mode: poll.After, Rule: poll.Rule{Set: "own", Base: poll.OfMembers, Need: poll.Share{Num: 1, Den: 2, More: true}},
			Options: []poll.Option{{Key: "agree", Side: poll.For}, {Key: "disagree", Side: poll.Against}},
			Remarks: true,
		}}
		p.must("desk", "m1", meeting.PrepareVote{Item: "i1", Vote: "v1", Plan: plan})
		p.must("head", "m1", meeting.OpenVote{Item: "i1", Vote: "v1"})
		p.do("member", "m1", meeting.CastVote{Item: "i1", Vote: "v1", Ballot: poll.Ballot{Marks: []int{1}, Remark: "chưa đồng tình"}})
		p.do("head", "m1", meeting.CloseVote{Item: "i1", Vote: "v1"})
		for _, m := range r.take(t) {
			if s := string(m.Body) + string(m.Snapshot); strings.Contains(s, "chưa đồng tình") || strings.Contains(s, "vote.sealed") || strings.Contains(s, "vote.counted") {
				t.Errorf("%s %s %s", m.Type, m.Stream, s)
			}
		}
		p.sameAfterRestart(p.crash)
		for stream, v := range p.view("head", "m1") {
			if strings.Contains(string(v.Snapshot), "chưa đồng tình") {
				t.Errorf("%s: %s", stream, v.Snapshot)
			}
		}
		p.must("head", "m1", show(2)) // and the meeting goes on
	})
}
