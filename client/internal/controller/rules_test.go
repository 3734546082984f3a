package controller

import (
	"testing"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/roster"
)

func committeeRule() roster.Rule {
	return roster.Rule{ID: "r-1", Version: 1, Name: "Quy chế làm việc", Source: "Quyết định số 12/QĐ-UBND", Date: "2026-09-05", Base: roster.OfMembers,
		Need: roster.Share{Num: 2, Den: 3}, Tie: roster.TieLost, StandIns: true}
}

func TestAVoteKeepsACopyOfItsRule(t *testing.T) {
	f := VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live}
	plan, _ := f.plan()
	rules := map[roster.RuleID]roster.Rule{"r-1": committeeRule()}
	got, ok := withRule(plan, "r-1", rules, poll.Rule{})
	want := poll.Rule{Set: "r-1", Version: 1, Source: "Quy chế làm việc (Quyết định số 12/QĐ-UBND)", Date: "2026-09-05", Confirmed: true, Base: poll.OfMembers,
		Need: poll.Share{Num: 2, Den: 3}, Tie: poll.TieLost, StandIns: true}
	if !ok || !got.Poll.Rule.Equal(want) {
		t.Errorf("%t, %+v", ok, got.Poll.Rule)
	}
	if _, what := got.Poll.Clean(); what != "" {
		t.Errorf("the server refuses %s", what)
	}
	changed := committeeRule()
	changed.Version, changed.Need.Num = 2, 1
	if next, _ := withRule(plan, "r-1", map[roster.RuleID]roster.Rule{"r-1": changed}, want); next.Poll.Rule.Version != 2 {
		t.Error("a vote prepared again keeps the old rule")
	}
	if kept, ok := withRule(plan, "r-1", nil, want); !ok || !kept.Poll.Rule.Equal(want) {
		t.Errorf("without the rule in the room: %t, %+v", ok, kept.Poll.Rule)
	}
	if _, ok := withRule(plan, "r-2", nil, want); ok {
		t.Error("a rule that nobody has was taken")
	}
}

func TestARuleFitsElections(t *testing.T) {
	f := VoteForm{Question: "Bầu?", Template: meeting.TemplateElection, Mode: poll.Secret, Options: []string{"A", "B", "C"}, Seats: 2}
	plan, _ := f.plan()
	got, ok := withRule(plan, "r-1", map[roster.RuleID]roster.Rule{"r-1": committeeRule()}, poll.Rule{})
	r := got.Poll.Rule
	if _, what := got.Poll.Clean(); !ok || what != "" || !r.Most || r.Seats != 2 || r.Tie != poll.TieOpen {
		t.Errorf("%t, %q, %+v", ok, what, r)
	}
}

func TestRulesTravelToTheVote(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	rule := committeeRule()
	rule.ID, rule.Version = "", 0
	answered := make(chan string, 1)
	h.desk.SetRule(rule, func(code string) { answered <- code })
	h.desk.ok(<-answered)
	h.memb.until("everybody knows the rule", func() bool { return len(h.memb.Rules().Own) == 1 })
	h.desk.until("the desk, too", func() bool { return len(h.desk.Rules().Own) == 1 })
	own := h.desk.Rules().Own[0].Rule
	if !h.desk.Rules().CanEdit || h.memb.Rules().CanEdit || own.Version != 1 {
		t.Errorf("%+v", h.desk.Rules())
	}
	f, _ := h.desk.VoteForm(h.at)
	f.Rule = own.ID
	h.desk.ok(h.desk.PrepareVote(h.id, h.at.Item, h.at.Vote, f))
	h.desk.RemoveRule(own.ID, func(code string) { answered <- code })
	h.desk.ok(<-answered)
	h.desk.until("the rule is gone", func() bool { return len(h.desk.Rules().Own) == 0 })
	h.desk.until("the vote keeps it", func() bool { f, _ := h.desk.VoteForm(h.at); return f.Rule == own.ID && f.Frozen.Version == 1 })
	f, _ = h.desk.VoteForm(h.at)
	f.Question = "Thông qua nội dung?"
	h.desk.ok(h.desk.PrepareVote(h.id, h.at.Item, h.at.Vote, f))
	h.memb.until("also when it is changed", func() bool {
		v, _ := h.memb.seen().Meetings[h.id].Contents[h.at.Item].Voting(h.at.Vote)
		return v.Plan.Question == f.Question && v.Plan.Poll.Rule.Confirmed && v.Plan.Poll.Rule.Set == string(own.ID)
	})
}
