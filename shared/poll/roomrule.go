package poll

import "phonghop/shared/roster"

// OfRoom is a committee's own rule as a vote keeps it. Elections take the
// same share; whoever has most of those who reach it wins.
func OfRoom(r roster.Rule) Rule {
	return Rule{Set: string(r.ID), Version: r.Version, Source: r.Name + " (" + r.Source + ")", Date: r.Date, Confirmed: true,
		Base: Base(r.Base), Need: Share(r.Need), Quorum: Share(r.Quorum), Tie: Tie(r.Tie), StandIns: r.StandIns}
}

// For fits a rule to a method: only the answers of Approve can be equal, and
// the options of the others compete. A vote of grades keeps the rule it has.
func (r Rule) For(method Method, seats int) Rule {
	r.Most, r.Seats = false, 0
	if method == One || method == Some {
		r.Most, r.Seats, r.Tie = true, seats, TieOpen
	}
	return r
}

// Examples says what the rule needs of some numbers, so that a person sees
// whether it was entered as it is meant: "19 thành viên: cần ít nhất 10".
func (r Rule) Examples(of ...int) []Phrase {
	out := make([]Phrase, 0, len(of)+1)
	for _, n := range of {
		out = append(out, phrase("vote.rule.example", n, r.Base.unit(), r.Need.Of(n)))
	}
	if !r.Quorum.zero() && len(of) > 0 {
		out = append(out, phrase("vote.rule.quorum_example", of[0], r.Quorum.Of(of[0])))
	}
	return out
}
