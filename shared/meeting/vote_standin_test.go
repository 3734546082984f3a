package meeting

import (
	"slices"
	"testing"

	"phonghop/shared/poll"
)

// standIns is the state of a meeting with members a, b and c, where sb and tb
// stand in for b.
func standIns() State {
	s := State{People: map[PersonID]Participant{}, Items: map[ItemID]AgendaItem{"i": {}}, Agenda: []ItemID{"i"}}
	for _, id := range []PersonID{"a", "b", "c"} {
		s.People[id] = Participant{Person: id, Member: true, Chairman: id == "a"}
	}
	s.People["sb"] = Participant{Person: "sb", StandInFor: "b"}
	s.People["tb"] = Participant{Person: "tb", StandInFor: "b"}
	return s
}

func planWith(standIns bool) VotePlan {
	p, _ := VoteTemplate(TemplateResolution)
	p.Poll.Rule.StandIns = standIns
	return p
}

func TestStandInsVoteOnlyWhereTheRuleSaysSo(t *testing.T) {
	s := standIns()
	r := s.RollWithout("i", planWith(false), []PersonID{"b"})
	if !slices.Equal(r.Voters, []PersonID{"a", "b", "c"}) || r.Present() != 2 {
		t.Errorf("without: %+v", r)
	}
	r = s.RollWithout("i", planWith(true), []PersonID{"b"})
	if !slices.Equal(r.Voters, []PersonID{"a", "c", "sb"}) || !slices.Equal(r.Members, []PersonID{"a", "b", "c"}) || r.Present() != 3 || len(r.Absent) > 0 {
		t.Errorf("the stand-in is there: %+v", r)
	}
	r = s.RollWithout("i", planWith(true), []PersonID{"b", "sb"})
	if r.Present() != 2 || !slices.Equal(r.Absent, []PersonID{"b", "sb"}) || r.There() != 2 {
		t.Errorf("the stand-in is away: %+v", r)
	}
}

func TestNobodyHasTwoVotesByAStandIn(t *testing.T) {
	s, p := standIns(), planWith(true)
	v := Voting{Plan: p, State: Polling, Roll: s.RollNow("i", p)}
	may := func(want bool, who PersonID) {
		t.Helper()
		if got := s.MayVote(who, "i", v); got != want {
			t.Errorf("%s may vote: %t", who, got)
		}
	}
	may(true, "sb")
	may(false, "b")
	may(false, "tb")
	delete(s.People, "sb") // and the member is back
	delete(s.People, "tb")
	may(false, "b")
	s.People["x"] = Participant{Person: "x", StandInFor: "a"}
	may(false, "x")
	may(true, "a") // he is on the roll
	s.People["d"] = Participant{Person: "d", Member: true}
	may(true, "d") // he came new
	s.People["sd"] = Participant{Person: "sd", StandInFor: "d"}
	s.People["td"] = Participant{Person: "td", StandInFor: "d"}
	may(true, "td")
	may(false, "d")
	v.Roll.Late = []PersonID{"sd"}
	may(true, "sd")
	may(false, "td") // the place of a member who came new is one
	s.People["sd"], v.Roll.Late = Participant{Person: "sd"}, []PersonID{"d"}
	may(false, "td") // who came new has voted himself
}

func TestARollIsTheSameWhateverTheOrder(t *testing.T) {
	s, p := standIns(), planWith(true)
	first := s.RollWithout("i", p, []PersonID{"tb", "b"})
	for range 50 {
		if again := s.RollWithout("i", p, []PersonID{"tb", "b"}); !slices.Equal(again.Voters, first.Voters) || !slices.Equal(again.Absent, first.Absent) {
			t.Fatalf("%+v, then %+v", first, again)
		}
	}
	if (poll.Tally(p.Poll, first, poll.Votes{Named: map[PersonID]poll.Ballot{"sb": {Marks: []int{0}}, "a": {Marks: []int{0}}, "b": {Marks: []int{0}}}})).For != 2 {
		t.Error("the member votes beside his stand-in")
	}
}
