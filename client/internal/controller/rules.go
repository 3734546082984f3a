package controller

import (
	"context"

	"github.com/google/uuid"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/roster"
)

// RuleRow is a rule of deciding in words.
type RuleRow struct {
	// Rule is the committee's own rule, zero for one that the program brings.
	Rule roster.Rule
	// Name is what the program's own rules are called; Source says where the
	// rule stands.
	Name, Source poll.Phrase
	// Needs is the share it asks for, Examples what that means in numbers.
	Needs    poll.Phrase
	Examples []poll.Phrase
}

// RulesView has the rules by which the room's committee decides.
type RulesView struct {
	Status Status
	Own    []RuleRow // the committee's, by name
	Built  []RuleRow // those that the program brings, with their sources
	// CanEdit: the person keeps the rules.
	CanEdit bool
}

// exampleSizes are the numbers for which a rule is worked out: an odd and an
// even one, for they differ where it is about more than half.
var exampleSizes = []int{19, 20}

// Rules are the rules that votes can be decided by.
func (c *Controller) Rules() RulesView {
	v := c.seen()
	out := RulesView{Status: statusOf(v), CanEdit: v.Me.Desk}
	for _, r := range v.Roster.SortedRules() {
		out.Own = append(out.Own, RuleRowOf(r))
	}
	for _, r := range poll.Sets() {
		if r.Need != (poll.Share{}) {
			out.Built = append(out.Built, RuleRow{Name: poll.Phrase{Key: "vote.set." + r.Set}, Source: r.Phrase(), Needs: r.Need.Phrase(r.Base), Examples: r.Examples(exampleSizes...)})
		}
	}
	return out
}

// RuleRowOf puts a rule into words, also one that is being entered.
func RuleRowOf(r roster.Rule) RuleRow {
	p := poll.OfRoom(r)
	return RuleRow{Rule: r, Name: poll.Said(r.Name), Source: p.Phrase(), Needs: p.Need.Phrase(p.Base), Examples: p.Examples(exampleSizes...)}
}

// SetRule enters a rule, where its id is "", or changes one.
func (c *Controller) SetRule(r roster.Rule, done func(code string)) {
	if r.ID == "" {
		r.ID = roster.RuleID(uuid.NewString())
	}
	c.request(done, func(ctx context.Context, s *session.Server) error { return s.SetRule(ctx, r) })
}

// RemoveRule takes a rule off the list. Votes keep theirs.
func (c *Controller) RemoveRule(id roster.RuleID, done func(code string)) {
	c.request(done, func(ctx context.Context, s *session.Server) error { return s.RemoveRule(ctx, id) })
}

// Decides reports whether the template is decided by a rule that can be
// chosen: opinions asked for without effect and grades have their own.
func (t Template) Decides() bool {
	return t != meeting.TemplateStraw && t != meeting.TemplateConfidence
}

// Source says where the rule stands that the template brings, empty where it
// decides nothing.
func (t Template) Source() poll.Phrase {
	p, _ := meeting.VoteTemplate(string(t))
	if !p.Poll.Rule.Decides() {
		return poll.Phrase{}
	}
	return p.Poll.Rule.Phrase()
}

// withRule gives a plan one of the committee's rules; frozen is what the plan
// had before, which it keeps where the room has that rule no more. ok is false
// where there is no such rule.
func withRule(p meeting.VotePlan, id roster.RuleID, rules map[roster.RuleID]roster.Rule, frozen poll.Rule) (out meeting.VotePlan, ok bool) {
	rule, known := rules[id]
	own := poll.OfRoom(rule)
	if !known {
		if own = frozen; frozen.Version == 0 || frozen.Set != string(id) {
			return p, false
		}
	}
	p.Poll.Rule = own.For(p.Poll.Method, p.Poll.Rule.Seats)
	return p, true
}
