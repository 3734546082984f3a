package poll

import "strings"

// Phrase is something to be said in whatever language: a key of the words and
// what they are filled with: numbers, texts and further phrases. Without a key
// its arguments are said as they are, one after the other with commas.
type Phrase struct {
	Key  string `json:"key,omitempty"`
	Args []any  `json:"args,omitempty"`
}

func phrase(key string, args ...any) Phrase { return Phrase{key, args} }

// Said is a text that needs no words of ours.
func Said(text string) Phrase { return phrase("", text) }

// Empty reports whether there is nothing to say.
func (p Phrase) Empty() bool { return p.Key == "" && len(p.Args) == 0 }

// Say makes the phrase's words; t fills a key's words with values.
func (p Phrase) Say(t func(key string, values ...any) string) string {
	args := make([]any, len(p.Args))
	for i, a := range p.Args {
		args[i] = a
		if inner, ok := a.(Phrase); ok {
			args[i] = inner.Say(t)
		}
	}
	if p.Key != "" {
		return t(p.Key, args...)
	}
	parts := make([]string, 0, len(args))
	for _, a := range args {
		if s, ok := a.(string); ok {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// Phrase names an option.
func (o Option) Phrase() Phrase {
	if o.Words != "" {
		return Said(o.Words)
	}
	return phrase("vote.option." + o.Key)
}

// withinFor names the poll's option in favour inside a sentence.
func (p Poll) withinFor() Phrase {
	for _, o := range p.Options {
		if o.Side != For {
			continue
		}
		if o.Words != "" {
			return Said(o.Words)
		}
		return phrase("vote.within." + o.Key)
	}
	return phrase("vote.within.approve")
}

func (b Base) phrase() Phrase { return phrase("vote.base." + string(b)) }
func (b Base) unit() Phrase   { return phrase("vote.unit." + string(b)) }

// Phrase says a share of a base: "quá nửa tổng số thành viên".
func (s Share) Phrase(b Base) Phrase {
	kind := "least"
	if s.More {
		kind = "more"
	}
	switch {
	case s.zero():
		return Phrase{}
	case s.Num == 1 && s.Den == 2:
		return phrase("vote.share."+kind+"_half", b.phrase())
	case s.Num == 2 && s.Den == 3:
		return phrase("vote.share."+kind+"_thirds", b.phrase())
	}
	return phrase("vote.share."+kind, s.Num, s.Den, b.phrase())
}

// Needs says what a ballot of this kind decides by, of a roll: "Cần ít nhất
// 10/19 thành viên tán thành (quá nửa tổng số thành viên)". A base that is not
// known before the count is not named in numbers.
func (p Poll) Needs(roll Roll) Phrase {
	r := p.Rule
	switch {
	case p.Method == Grade:
		return phrase("vote.needs.grade")
	case !r.Decides():
		return phrase("vote.needs.nothing")
	case r.Need.zero():
		return phrase("vote.needs.most")
	case p.Method != Approve:
		return phrase("vote.needs.elect", r.Need.Phrase(r.Base))
	}
	base := 0
	switch r.Base {
	case OfMembers:
		base = len(roll.Members)
	case OfPresent:
		base = roll.Present()
	case OfCast:
	}
	if base == 0 {
		return phrase("vote.needs.share", p.withinFor(), r.Need.Phrase(r.Base))
	}
	return phrase("vote.needs.count", r.Need.Of(base), base, r.Base.unit(), p.withinFor(), r.Need.Phrase(r.Base))
}

// Head is the verdict in one or two words.
func (r Result) Head(p Poll) Phrase {
	if r.Verdict == Passed && p.Method != Approve {
		return phrase("vote.head.elected")
	}
	if r.Verdict == Failed && p.Method != Approve {
		return phrase("vote.head.not_elected")
	}
	return phrase("vote.head." + string(r.Verdict))
}

// Sentence is the verdict with its reason and arithmetic: "Thông qua: 12/19
// thành viên tán thành (quá nửa tổng số thành viên)".
func (r Result) Sentence(p Poll) Phrase {
	if r.Verdict == Undecided && r.Reason != Equal {
		return r.undecided(p)
	}
	switch p.Method {
	case Approve:
		return r.ofApproval(p)
	case One, Some:
		return r.ofElection(p)
	case Grade:
	}
	return phrase("vote.result.grades", len(p.Options), r.Cast)
}

func (r Result) undecided(p Poll) Phrase {
	switch r.Reason {
	case NoQuorum:
		return phrase("vote.result.no_quorum", r.Present, r.Members, r.Quorum)
	case TooManyBallots:
		return phrase("vote.result.too_many_ballots", r.Cast+r.Refused)
	case EqualLast:
		return phrase("vote.result.equal_last", r.names(p, func(o Outcome) bool { return o.Tied }))
	}
	return phrase("vote.result."+string(r.Reason), r.For, r.Against)
}

func (r Result) ofApproval(p Poll) Phrase {
	share := r.Rule.Need.Phrase(r.Rule.Base)
	switch {
	case r.Verdict == Noted:
		return phrase("vote.result.noted", r.For, p.withinFor(), r.Against, r.Cast)
	case r.Reason == ChairmanFor, r.Reason == ChairmanAgainst, r.Reason == Equal && (r.Verdict == Undecided || share.Empty()):
		return phrase("vote.result."+string(r.Reason), r.For, r.Against)
	case share.Empty() && r.Verdict == Passed:
		return phrase("vote.result.passed_most", r.For, r.Against, p.withinFor())
	case share.Empty():
		return phrase("vote.result.failed_most", r.For, r.Against, p.withinFor())
	case r.Verdict == Passed:
		return phrase("vote.result.passed", r.For, r.Base, r.Rule.Base.unit(), p.withinFor(), share)
	}
	return phrase("vote.result.failed", r.For, r.Base, r.Rule.Base.unit(), p.withinFor(), r.Needed, share)
}

func (r Result) ofElection(p Poll) Phrase {
	won := r.names(p, func(o Outcome) bool { return o.Won })
	switch {
	case r.Verdict == Noted:
		return phrase("vote.result.noted_options", r.Cast)
	case r.Verdict == Passed:
		return phrase("vote.result.elected", won)
	case len(won.Args) > 0:
		return phrase("vote.result.elected_some", won, max(1, r.Rule.Seats))
	case r.Rule.Need.zero():
		return phrase("vote.result.elected_none")
	}
	return phrase("vote.result.elected_short", r.Needed, r.Rule.Need.Phrase(r.Rule.Base))
}

// names lists options with what they got.
func (r Result) names(p Poll, which func(Outcome) bool) Phrase {
	out := Phrase{}
	for i, o := range r.Options {
		if i < len(p.Options) && which(o) {
			out.Args = append(out.Args, phrase("vote.result.got", p.Options[i].Phrase(), o.Count))
		}
	}
	return out
}

// Phrase says where the rule stands: a law or a committee's own; "" where
// that was not said. A rule that the committee has not confirmed says so.
func (r Rule) Phrase() Phrase {
	where := Said(r.Source)
	if r.Source == "" {
		where = phrase("vote.set." + r.Set)
	}
	if r.Confirmed && r.Version > 0 && r.Date != "" {
		return phrase("vote.source.dated", where, day(r.Date))
	}
	if r.Confirmed || r.Set == SetStraw {
		return phrase("vote.source.named", where)
	}
	return phrase("vote.source.unconfirmed", where)
}

// Marked says what a legal ballot chose, option by option.
func (p Poll) Marked(b Ballot) []Phrase {
	if !p.legal(b.Marks) {
		return nil
	}
	out := make([]Phrase, 0, len(b.Marks))
	for i, m := range b.Marks {
		if p.Method == Grade {
			out = append(out, phrase("vote.graded", p.Options[i].Phrase(), p.Grades[m].Phrase()))
			continue
		}
		out = append(out, p.Options[m].Phrase())
	}
	if len(out) == 0 {
		out = append(out, phrase("vote.option.blank"))
	}
	return out
}

// day writes 2026-09-05 as 05/09/2026, as papers have it.
func day(date string) string {
	if !validDate(date) {
		return date
	}
	return date[8:] + "/" + date[5:7] + "/" + date[:4]
}
