package controller

import (
	"slices"

	"github.com/google/uuid"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
)

// Template is what a vote is prepared from.
type Template string

// The templates. Their words are the keys "vote.template." + name.
const (
	TemplateCommittee  Template = "committee"  // a resolution of the People's Committee
	TemplatePresent    Template = "present"    // more than half of those present
	TemplateThirds     Template = "two_thirds" // two thirds of all members
	TemplateConfidence Template = "confidence" // over persons, in grades
	TemplateElection   Template = "election"   // k of n
	TemplateProposals  Template = "proposals"  // one of several
	TemplateStraw      Template = "straw"      // decides nothing
)

// Templates lists them in the order in which they are offered.
func Templates() []Template {
	return []Template{TemplateCommittee, TemplatePresent, TemplateThirds, TemplateConfidence, TemplateElection, TemplateProposals, TemplateStraw}
}

// Persons reports whether the template votes on people of the meeting.
func (t Template) Persons() bool { return t == TemplateConfidence || t == TemplateElection }

// Listed reports whether the template needs a list of things to choose.
func (t Template) Listed() bool { return t.Persons() || t == TemplateProposals }

// Secret reports whether the template is usually secret.
func (t Template) Secret() bool { return t.Persons() }

// VoteForm is what a secretary fills in for a vote.
type VoteForm struct {
	Question string
	Template Template
	Mode     poll.Mode
	// Options are what can be chosen, where the template lists it: names or
	// proposals, one each.
	Options []string
	// Seats is how many can be elected, with TemplateElection.
	Seats int
	// Seconds is the time limit; 0: closed by hand.
	Seconds int
	// Document is what it is about, "" for nothing, Page its page.
	Document meeting.DocumentID
	Page     int
}

// PrepareVote adds a vote to an item, or changes one that was not shown yet;
// vote is "" for a new one.
func (c *Controller) PrepareVote(id string, item meeting.ItemID, vote meeting.VoteID, f VoteForm) (code string) {
	plan, ok := c.plan(f)
	if !ok {
		return protocol.CodeInvalid
	}
	if vote == "" {
		vote = meeting.VoteID(uuid.NewString())
	}
	return c.submit(id, item, meeting.PrepareVote{Item: item, Vote: vote, Plan: plan})
}

// VoteForm is the form of a vote that was prepared.
func (c *Controller) VoteForm(at VoteAt) (f VoteForm, ok bool) {
	sc := sceneOf(c.seen(), at.Meeting, c.now())
	v, ok := sc.vote(at)
	if !ok {
		return f, false
	}
	p := v.Plan.Poll
	f = VoteForm{Question: v.Plan.Question, Template: Template(v.Plan.Template), Mode: p.Mode, Seats: p.Most, Seconds: v.Plan.Seconds,
		Document: v.Plan.About.Document, Page: v.Plan.About.Page}
	if f.Template.Listed() {
		for _, o := range p.Options {
			f.Options = append(f.Options, o.Words)
		}
	}
	return f, true
}

func (c *Controller) plan(f VoteForm) (meeting.VotePlan, bool) {
	if !slices.Contains(Templates(), f.Template) {
		return meeting.VotePlan{}, false
	}
	p := meeting.VotePlan{Question: f.Question, Template: string(f.Template), Electors: meeting.Members, Seconds: f.Seconds, Late: true, Hold: true}
	if f.Document != "" {
		p.About = meeting.Place{Document: f.Document, Page: f.Page}
	}
	p.Poll = f.poll()
	p.Poll.Mode = f.Mode
	p.Poll.Changes = f.Mode != poll.Secret
	if f.Template == TemplateStraw {
		p.Electors = meeting.Everybody
	}
	return p, true
}

// poll is what the template makes of the form: method, choices and rule.
func (f VoteForm) poll() poll.Poll {
	half := poll.Share{Num: 1, Den: 2, More: true}
	set := func(name string) poll.Rule {
		r, _ := poll.Set(name)
		return r
	}
	law := poll.Answers(poll.AnswersLaw, false)
	switch f.Template {
	case TemplatePresent:
		return poll.Poll{Method: poll.Approve, Options: law, Rule: set(poll.SetPresent)}
	case TemplateThirds:
		rule := poll.Rule{Set: "two_thirds", Base: poll.OfMembers, Need: poll.Share{Num: 2, Den: 3}, Quorum: poll.Share{Num: 2, Den: 3}}
		return poll.Poll{Method: poll.Approve, Options: law, Rule: rule}
	case TemplateConfidence:
		return poll.Poll{Method: poll.Grade, Options: f.options(), Grades: poll.Confidence(), Rule: set(poll.SetConfidence)}
	case TemplateElection:
		seats := max(1, f.Seats)
		rule := poll.Rule{Set: "election", Base: poll.OfMembers, Need: half, Most: true, Seats: seats}
		return poll.Poll{Method: poll.Some, Options: f.options(), Most: seats, Rule: rule}
	case TemplateProposals:
		return poll.Poll{Method: poll.One, Options: f.options(), Rule: poll.Rule{Set: "proposals", Most: true}}
	case TemplateStraw:
		return poll.Poll{Method: poll.Approve, Options: poll.Answers(poll.AnswersOpinion, f.Mode != poll.Secret), Rule: set(poll.SetStraw)}
	case TemplateCommittee:
	}
	return poll.Poll{Method: poll.Approve, Options: law, Rule: set(poll.SetCommittee)}
}

func (f VoteForm) options() []poll.Option {
	out := make([]poll.Option, len(f.Options))
	for i, words := range f.Options {
		out[i] = poll.Option{Words: words}
	}
	return out
}
