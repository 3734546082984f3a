package controller

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Template is what a vote is prepared from; its words are the key
// "vote.template." + name.
type Template string

// Templates lists those that are offered, in their order.
func Templates() []Template {
	return []Template{meeting.TemplateResolution, meeting.TemplatePresent, meeting.TemplateTwoThirds, meeting.TemplatePersonnel,
		meeting.TemplateConfidence, meeting.TemplateElection, meeting.TemplateChoice, meeting.TemplateStraw, meeting.TemplateOpinion}
}

// Persons reports whether the template votes on people.
func (t Template) Persons() bool {
	return t == meeting.TemplateConfidence || t == meeting.TemplateElection
}

// Listed reports whether the template needs a list of things to choose.
func (t Template) Listed() bool { return t.Persons() || t == meeting.TemplateChoice }

// Elects reports whether the template fills a number of seats.
func (t Template) Elects() bool { return t == meeting.TemplateElection }

// Ahead reports whether the template asks for opinions in writing before the
// meeting: it has a deadline in place of a time limit, and always names.
func (t Template) Ahead() bool { return t == meeting.TemplateOpinion }

// Needs says what the template decides by, as far as that is known without
// the people.
func (t Template) Needs() poll.Phrase {
	p, _ := meeting.VoteTemplate(string(t))
	return p.Poll.Needs(poll.Roll{})
}

// Mode is how the template is usually voted on.
func (t Template) Mode() poll.Mode {
	p, _ := meeting.VoteTemplate(string(t))
	return p.Poll.Mode
}

// VoteForm is what a secretary fills in for a vote.
type VoteForm struct {
	Question string
	Template Template
	Mode     poll.Mode
	// Options are what can be chosen, where the template lists it: names or
	// proposals, one each.
	Options []string
	// Seats is how many can be elected, where the template Elects.
	Seats int
	// Seconds is the time limit; 0: closed by hand.
	Seconds int
	// Until is the deadline, where the template is Ahead.
	Until time.Time
	// Document is what it is about, "" for nothing, Page its page.
	Document meeting.DocumentID
	Page     int
	// Rule is the committee's rule that decides, "" for the template's own.
	Rule roster.RuleID
	// Frozen is the rule of a vote that was prepared: it keeps it where the
	// room has that rule no more.
	Frozen poll.Rule
	// Choices are those beyond the usual; nil: as the template proposes.
	Choices *VoteChoices
}

// PrepareVote adds a vote to an item, or changes one that was not shown yet;
// vote is "" for a new one.
func (c *Controller) PrepareVote(id string, item meeting.ItemID, vote meeting.VoteID, f VoteForm) (code string) {
	plan, ok := f.plan()
	if ok && f.Rule != "" && f.Template.Decides() {
		plan, ok = withRule(plan, f.Rule, c.seen().Roster.Rules, f.Frozen)
	}
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
	f = VoteForm{Question: v.Plan.Question, Template: Template(v.Plan.Template), Mode: p.Mode, Seats: p.Most, Seconds: v.Plan.Seconds, Until: v.Plan.Until,
		Document: v.Plan.About.Document, Page: v.Plan.About.Page}
	if f.Template.Listed() {
		for _, o := range p.Options {
			f.Options = append(f.Options, o.Words)
		}
	}
	if p.Rule.Version > 0 {
		f.Rule, f.Frozen = roster.RuleID(p.Rule.Set), p.Rule
	}
	choices := choicesOf(v.Plan)
	f.Choices = &choices
	return f, true
}

// plan fills a template in.
func (f VoteForm) plan() (meeting.VotePlan, bool) {
	p, ok := meeting.VoteTemplate(string(f.Template))
	if !ok || !slices.Contains(Templates(), f.Template) {
		return p, false
	}
	p.Question, p.Seconds = f.Question, f.Seconds
	if f.Document != "" {
		p.About = meeting.Place{Document: f.Document, Page: f.Page}
	}
	if f.Template.Listed() {
		p.Poll.Options = f.options()
	}
	if f.Template.Elects() {
		p.Poll.Most, p.Poll.Rule.Seats = max(1, f.Seats), max(1, f.Seats)
	}
	if f.Template.Ahead() {
		// The deadline ends it, whoever has no device on then.
		p.Seconds, p.Until = 0, f.Until
	} else {
		p.Poll.Mode = f.Mode
	}
	choices := f.Template.Choices(p.Poll.Mode)
	if f.Choices != nil {
		choices = *f.Choices
	}
	choices.apply(&p)
	return p, !f.Template.Ahead() || f.Mode != poll.Secret
}

func (f VoteForm) options() []poll.Option {
	out := make([]poll.Option, len(f.Options))
	for i, words := range f.Options {
		out[i] = poll.Option{Words: words}
	}
	return out
}
