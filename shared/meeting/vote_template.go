package meeting

import (
	"slices"

	"phonghop/shared/poll"
)

// The templates of votes.
const (
	TemplateResolution = "resolution" // of the People's Committee
	TemplatePresent    = "present"    // more than half of those present
	TemplateTwoThirds  = "two_thirds" // of all members
	TemplatePersonnel  = "personnel"  // the committee's, in secret
	TemplateConfidence = "confidence" // over several persons, in secret
	TemplateElection   = "election"   // of some of several persons, in secret
	TemplateChoice     = "choice"     // among proposals
	TemplateStraw      = "straw"      // decides nothing
	TemplateOpinion    = "opinion"    // in writing, before the meeting
)

// VoteTemplates are the plans to begin with; each lacks its question, and
// those over persons or proposals lack their options, too (an election also
// its Most and its Seats). They are defaults that a committee changes.
func VoteTemplates() []VotePlan {
	rule := func(set string) poll.Rule {
		r, _ := poll.Set(set)
		return r
	}
	approve := func(template string, mode poll.Mode, answers string, r poll.Rule) VotePlan {
		return VotePlan{Template: template, Electors: Members, Late: true, Hold: true,
			Poll: poll.Poll{Method: poll.Approve, Mode: mode, Options: poll.Answers(answers, mode != poll.Secret), Changes: mode != poll.Secret, Rule: r}}
	}
	over := func(template string, method poll.Method, mode poll.Mode, r poll.Rule) VotePlan {
		return VotePlan{Template: template, Electors: Members, Late: true, Hold: true,
			Poll: poll.Poll{Method: method, Mode: mode, Changes: mode != poll.Secret, Rule: r}}
	}
	thirds := rule(poll.SetCommittee)
	thirds.Set, thirds.Need, thirds.Tie = poll.SetOwn, poll.Share{Num: 2, Den: 3}, poll.TieOpen
	elects := rule(poll.SetCommittee)
	elects.Set, elects.Most, elects.Tie = poll.SetOwn, true, poll.TieOpen
	confidence := over(TemplateConfidence, poll.Grade, poll.Secret, rule(poll.SetConfidence))
	confidence.Poll.Grades = poll.Confidence()
	opinion := approve(TemplateOpinion, poll.After, poll.AnswersOpinion, rule(poll.SetCommittee))
	opinion.Ahead, opinion.Hold = true, false // the deadline ends it, whoever has no device on then
	straw := approve(TemplateStraw, poll.After, poll.AnswersLaw, rule(poll.SetStraw))
	straw.Electors = Everybody
	return []VotePlan{
		approve(TemplateResolution, poll.Live, poll.AnswersLaw, rule(poll.SetCommittee)),
		approve(TemplatePresent, poll.Live, poll.AnswersLaw, rule(poll.SetPresent)),
		approve(TemplateTwoThirds, poll.Live, poll.AnswersLaw, thirds),
		approve(TemplatePersonnel, poll.Secret, poll.AnswersLaw, rule(poll.SetCommittee)),
		confidence,
		over(TemplateElection, poll.Some, poll.Secret, elects),
		over(TemplateChoice, poll.One, poll.Live, elects),
		straw,
		opinion,
	}
}

// VoteTemplate finds one of VoteTemplates by its name.
func VoteTemplate(name string) (VotePlan, bool) {
	all := VoteTemplates()
	i := slices.IndexFunc(all, func(p VotePlan) bool { return p.Template == name })
	if i < 0 {
		return VotePlan{}, false
	}
	return all[i], true
}
