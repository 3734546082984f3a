package roster

import (
	"maps"
	"slices"
	"strings"

	"phonghop/shared/text"
)

// RuleID names a rule of the committee: 1 to 40 characters of [A-Za-z0-9_-].
type RuleID string

// Bounds of the committee's rules, in runes unless said otherwise.
const (
	MaxRules      = 50  // of one room
	MaxRuleName   = 120 // e.g. "Quy chế làm việc của Ủy ban nhân dân"
	MaxRuleSource = 120 // number, e.g. "Quyết định số 12/2026/QĐ-UBND"
	maxRuleID     = 40  // bytes
	maxRuleShare  = 1000
)

// The bases of a rule and what decides at equal votes, as votes have them.
const (
	OfMembers   = "members" // all on the committee's roll
	OfPresent   = "present" // the members who are there
	OfCast      = "cast"    // the ballots that were cast
	TieOpen     = ""        // it is not decided
	TieChairman = "chairman"
	TieLost     = "lost"
)

// Share is a fraction in whole numbers, from above 0 to 1; of a quorum, the
// zero Share asks for nobody.
type Share struct {
	Num  int  `json:"num,omitempty"`
	Den  int  `json:"den,omitempty"`
	More bool `json:"more,omitempty"` // more than the fraction; else at least
}

// Rule is a rule by which the committee decides, as its own papers have it.
// Who enters it has confirmed it. Votes keep a copy: a change counts for those
// that are prepared later.
type Rule struct {
	ID RuleID `json:"id"`
	// Version counts the changes from 1. A wish to change has the version that
	// it changes, 0 for a new rule.
	Version int    `json:"version"`
	Name    string `json:"name"`
	// Source is the number of the paper with the rule, Date when that was
	// issued (2006-01-02), "" where it is not known.
	Source string `json:"source"`
	Date   string `json:"date,omitempty"`
	Base   string `json:"base"`
	Need   Share  `json:"need"`
	Tie    string `json:"tie,omitempty"`
	Quorum Share  `json:"quorum,omitzero"`
	// StandIns lets stand-ins vote in the place of their members.
	StandIns bool `json:"stand_ins,omitempty"`
}

// SetRule enters a rule or changes one.
type SetRule struct {
	Rule Rule `json:"rule"`
}

// RemoveRule takes a rule off the list. Votes keep theirs.
type RemoveRule struct {
	Rule RuleID `json:"rule"`
}

func (SetRule) isCommand()    {}
func (RemoveRule) isCommand() {}

// The events of rules, version 1 each.
type (
	// RuleSet adds or replaces a rule.
	RuleSet struct {
		Rule Rule `json:"rule"`
	}
	// RuleRemoved takes it off the list.
	RuleRemoved struct {
		Rule RuleID `json:"rule"`
	}
)

// Kind implements Event.
func (RuleSet) Kind() string { return "rule.set" }

// Kind implements Event.
func (RuleRemoved) Kind() string { return "rule.removed" }

// SortedRules lists the committee's rules by name, then by id.
func (s State) SortedRules() []Rule {
	return slices.SortedFunc(maps.Values(s.Rules), func(a, b Rule) int {
		return strings.Compare(a.Name+"\x00"+string(a.ID), b.Name+"\x00"+string(b.ID))
	})
}

func decideRule(s State, r Rule) ([]Event, error) {
	old, exists := s.Rules[r.ID]
	given := r.Version
	r, err := r.clean()
	if err != nil {
		return nil, err
	}
	if r.Version = old.Version; exists && r == old {
		return nil, nil
	}
	switch {
	case given != old.Version:
		return nil, &Refusal{"exists", "rule.version"} // somebody else was quicker
	case !exists && len(s.Rules) >= MaxRules:
		return nil, &Refusal{"too_many", "rules"}
	}
	r.Version++
	return []Event{RuleSet{r}}, nil
}

func (r Rule) clean() (Rule, error) {
	if !text.ValidID(string(r.ID)) || len(r.ID) > maxRuleID {
		return r, &Refusal{"invalid", "rule.id"}
	}
	var err error
	if r.Name, err = clean("rule.name", r.Name, 1, MaxRuleName); err != nil {
		return r, err
	}
	if r.Source, err = clean("rule.source", r.Source, 1, MaxRuleSource); err != nil {
		return r, err
	}
	switch {
	case r.Date != "" && !validDay(r.Date):
		return r, &Refusal{"invalid", "rule.date"}
	case !slices.Contains([]string{OfMembers, OfPresent, OfCast}, r.Base):
		return r, &Refusal{"invalid", "rule.base"}
	case !r.Need.sane():
		return r, &Refusal{"invalid", "rule.need"}
	case r.Quorum != (Share{}) && !r.Quorum.sane():
		return r, &Refusal{"invalid", "rule.quorum"}
	case !slices.Contains([]string{TieOpen, TieChairman, TieLost}, r.Tie):
		return r, &Refusal{"invalid", "rule.tie"}
	}
	return r, nil
}

// sane accepts fractions from above 0 to 1; more than the whole is no share.
func (s Share) sane() bool {
	return s.Num > 0 && s.Num <= s.Den && s.Den <= maxRuleShare && (!s.More || s.Num < s.Den)
}

// validDay reports whether s is a day such as 2026-11-24. Which months have 31
// days is the calendar's business.
func validDay(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	for i := range len(s) {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return s[5:7] >= "01" && s[5:7] <= "12" && s[8:] >= "01" && s[8:] <= "31" && s[:4] > "0000"
}

func (s State) withRule(r Rule) State {
	s.Rules = maps.Clone(s.Rules)
	if s.Rules == nil {
		s.Rules = map[RuleID]Rule{}
	}
	s.Rules[r.ID] = r
	return s
}

func (s State) withoutRule(id RuleID) State {
	s.Rules = maps.Clone(s.Rules)
	delete(s.Rules, id)
	return s
}
