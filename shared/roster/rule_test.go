package roster

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func ownRule() Rule {
	return Rule{ID: "r-1", Name: "Quy chế làm việc", Source: "Quyết định số 12/2026/QĐ-UBND", Date: "2026-09-05", Base: OfMembers,
		Need: Share{Num: 1, Den: 2, More: true}, Tie: TieChairman, Quorum: Share{Num: 2, Den: 3}}
}

// desk is a room with one secretary.
func desk() State {
	return State{People: map[PersonID]Person{"s": {ID: "s", Desk: true}, "p": {ID: "p"}}}
}

func decided(t *testing.T, s State, c Command) State {
	t.Helper()
	events, err := Decide(s, Actor{Person: "s"}, c)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		raw, err := EncodeEvent(e)
		if err != nil {
			t.Fatal(err)
		}
		if e, err = DecodeEvent(raw); err != nil {
			t.Fatal(err)
		}
		s = Apply(s, e)
	}
	return s
}

func codeOf(err error) string {
	var r *Refusal
	if errors.As(err, &r) {
		return r.Code + " " + r.What
	}
	return ""
}

func TestRulesAreVersionedAndMayBeSentTwice(t *testing.T) {
	s := decided(t, desk(), SetRule{ownRule()})
	if s.Rules["r-1"].Version != 1 {
		t.Fatalf("%+v", s.Rules)
	}
	if events, err := Decide(s, Actor{Person: "s"}, SetRule{ownRule()}); err != nil || len(events) > 0 {
		t.Errorf("the second time: %v, %v", events, err)
	}
	next := s.Rules["r-1"]
	next.Name = "Quy chế làm việc (sửa đổi)"
	later := decided(t, s, SetRule{next})
	if later.Rules["r-1"].Version != 2 || s.Rules["r-1"].Version != 1 {
		t.Errorf("%+v, %+v", later.Rules, s.Rules)
	}
	old := ownRule()
	old.Name, old.Version = "Khác", 1
	if _, err := Decide(later, Actor{Person: "s"}, SetRule{old}); codeOf(err) != "exists rule.version" {
		t.Errorf("a change of what was changed meanwhile: %v", err)
	}
	gone := decided(t, later, RemoveRule{"r-1"})
	if len(gone.Rules) > 0 || len(later.Rules) != 1 {
		t.Error("it is still there, or the state of before is changed")
	}
	if events, err := Decide(gone, Actor{Person: "s"}, RemoveRule{"r-1"}); err != nil || len(events) > 0 {
		t.Errorf("removed twice: %v, %v", events, err)
	}
	raw, err := later.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := Restore(raw); err != nil || again.Rules["r-1"] != later.Rules["r-1"] {
		t.Errorf("restored %+v, %v", again, err)
	}
}

func TestOnlyTheDeskKeepsRules(t *testing.T) {
	for _, c := range []Command{SetRule{ownRule()}, RemoveRule{"r-1"}} {
		if _, err := Decide(desk(), Actor{Person: "p"}, c); codeOf(err) == "" {
			t.Errorf("%T by anybody", c)
		}
	}
}

func TestBoundsOfRules(t *testing.T) {
	for what, change := range map[string]func(*Rule){
		"rule.id":     func(r *Rule) { r.ID = RuleID(strings.Repeat("a", 41)) },
		"rule.name":   func(r *Rule) { r.Name = " " },
		"rule.source": func(r *Rule) { r.Source = strings.Repeat("a", MaxRuleSource+1) },
		"rule.date":   func(r *Rule) { r.Date = "2026-13-01" },
		"rule.base":   func(r *Rule) { r.Base = "all" },
		"rule.need":   func(r *Rule) { r.Need = Share{Num: 3, Den: 2} },
		"rule.quorum": func(r *Rule) { r.Quorum = Share{Num: -1, Den: 3} },
		"rule.tie":    func(r *Rule) { r.Tie = "coin" },
	} {
		r := ownRule()
		change(&r)
		if _, err := Decide(desk(), Actor{Person: "s"}, SetRule{r}); codeOf(err) != "invalid "+what {
			t.Errorf("%s: %v", what, err)
		}
	}
	for _, share := range []Share{{}, {Num: 1}, {Num: 1, Den: 1, More: true}, {Num: 1, Den: 1001}} {
		r := ownRule()
		r.Need = share
		if _, err := Decide(desk(), Actor{Person: "s"}, SetRule{r}); codeOf(err) != "invalid rule.need" {
			t.Errorf("%+v: %v", share, err)
		}
	}
	s := desk()
	for i := range MaxRules {
		r := ownRule()
		r.ID = RuleID(fmt.Sprint("r", i))
		s = decided(t, s, SetRule{r})
	}
	if _, err := Decide(s, Actor{Person: "s"}, SetRule{ownRule()}); codeOf(err) != "too_many rules" {
		t.Errorf("one too many: %v", err)
	}
}
