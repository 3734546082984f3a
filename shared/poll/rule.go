package poll

import (
	"slices"

	"phonghop/shared/text"
)

// Base is what a share is a share of.
type Base string

// The bases.
const (
	OfMembers Base = "members" // all on the committee's roll
	OfPresent Base = "present" // the members who were there when the vote opened
	OfCast    Base = "cast"    // the ballots that were cast, blank and neutral ones too
)

// Share is a fraction in whole numbers. The zero Share asks for nothing.
type Share struct {
	Num  int  `json:"num,omitempty"`
	Den  int  `json:"den,omitempty"`
	More bool `json:"more,omitempty"` // more than the fraction; else at least
}

// Of is the smallest whole number that is the share of n.
func (s Share) Of(n int) int {
	if s.Den == 0 {
		return 0
	}
	if s.More {
		return n*s.Num/s.Den + 1
	}
	return (n*s.Num + s.Den - 1) / s.Den
}

func (s Share) zero() bool { return s == Share{} }

// sane accepts fractions from above 0 to 1; more than the whole is no share.
func (s Share) sane() bool {
	return s.zero() || s.Num > 0 && s.Den > 0 && s.Num <= s.Den && s.Den <= maxShare && (!s.More || s.Num < s.Den)
}

// Tie says what decides when as many are for as against.
type Tie string

// The rules at equal votes.
const (
	TieOpen     Tie = ""         // nothing: it is not decided, unless Need says so
	TieChairman Tie = "chairman" // the side of the Chairman's own vote
	TieLost     Tie = "lost"     // it is not passed
)

// Mark is a share of the worst grades that has consequences.
type Mark struct {
	Key   string `json:"key"`
	Grade int    `json:"grade"` // index
	Share Share  `json:"share"`
}

// Rule is what makes a decision of numbers. It is data with a source, never a
// constant of the program.
type Rule struct {
	// Set names the set of rules, one of Sets or a committee's own.
	Set string `json:"set"`
	// Source is where the rule stands, Date when that was issued
	// (2006-01-02). Confirmed says that the committee has confirmed it.
	Source    string `json:"source,omitempty"`
	Date      string `json:"date,omitempty"`
	Confirmed bool   `json:"confirmed,omitempty"`
	// Version is that of a committee's own rule, from 1.
	Version int `json:"version,omitempty"`

	// Need of Base is what passes. Without Need and Most nothing is decided:
	// a straw poll, or opinions.
	Base Base  `json:"base,omitempty"`
	Need Share `json:"need,omitzero"`
	// Most: whoever has most wins. With Need, of those who reach it.
	Most bool `json:"most,omitempty"`
	// Seats is how many of the options can win, 1 for One. 0 means 1.
	Seats int `json:"seats,omitempty"`
	// Quorum of the members must be there.
	Quorum Share `json:"quorum,omitzero"`
	Tie    Tie   `json:"tie,omitempty"`
	// StandIns lets stand-ins vote in the place of their members.
	StandIns bool `json:"stand_ins,omitempty"`
	// Marks are for the method Grade, the graver after the lighter.
	Marks []Mark `json:"marks,omitempty"`
}

// Equal reports whether two rules are the same.
func (r Rule) Equal(q Rule) bool {
	return r.Set == q.Set && r.Source == q.Source && r.Date == q.Date && r.Confirmed == q.Confirmed && r.Version == q.Version && r.StandIns == q.StandIns && r.Base == q.Base &&
		r.Need == q.Need && r.Most == q.Most && r.Seats == q.Seats && r.Quorum == q.Quorum && r.Tie == q.Tie &&
		slices.Equal(r.Marks, q.Marks)
}

// Decides reports whether the rule ends in a verdict.
func (r Rule) Decides() bool { return !r.Need.zero() || r.Most }

func (p Poll) cleanRule() (Poll, string) {
	r := &p.Rule
	var ok bool
	if !text.ValidID(r.Set) || len(r.Set) > MaxKey {
		return p, "rule.set"
	}
	if r.Source, ok = text.Line(r.Source, 0, MaxWords); !ok {
		return p, "rule.source"
	}
	if r.Date != "" && !validDate(r.Date) {
		return p, "rule.date"
	}
	if r.Version < 0 {
		return p, "rule.version"
	}
	needsBase := !r.Need.zero() || len(r.Marks) > 0
	if needsBase != (r.Base != "") || !slices.Contains([]Base{"", OfMembers, OfPresent, OfCast}, r.Base) {
		return p, "rule.base"
	}
	if !r.Need.sane() || !r.Quorum.sane() {
		return p, "rule.need"
	}
	if !slices.Contains([]Tie{TieOpen, TieChairman, TieLost}, r.Tie) || (r.Tie != TieOpen && p.Method != Approve) {
		return p, "rule.tie"
	}
	if r.Seats < 0 || r.Seats > len(p.Options) || (r.Seats > 1 && p.Method != Some) {
		return p, "rule.seats"
	}
	return p, p.checkMarks()
}

func (p Poll) checkMarks() string {
	if len(p.Rule.Marks) > MaxGrades {
		return "rule.marks"
	}
	for _, m := range p.Rule.Marks {
		if p.Method != Grade || m.Grade < 0 || m.Grade >= len(p.Grades) || m.Share.zero() || !m.Share.sane() ||
			!text.ValidID(m.Key) || len(m.Key) > MaxKey {
			return "rule.marks"
		}
	}
	return ""
}

// validDate reports whether s is like 2026-11-24; the calendar is not asked.
func validDate(s string) bool {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return false
	}
	for i := range len(s) {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// The named sets of rules.
const (
	SetCommittee  = "committee"  // Ủy ban nhân dân
	SetPresent    = "present"    // more than half of those present
	SetCouncil    = "council"    // Hội đồng nhân dân
	SetRemoval    = "removal"    // removing a deputy of the Council
	SetConfidence = "confidence" // lấy phiếu tín nhiệm
	SetStraw      = "straw"      // nothing is decided
	SetOwn        = "own"        // the committee's own
)

// Sets are the rules that the program brings, none of them confirmed: the
// first vote asks the committee for its own (number, date, majority, tie,
// quorum). A law that is no longer in force is never named as a source; what
// it ruled is a default until then.
func Sets() []Rule {
	const law, council = "Luật Tổ chức chính quyền địa phương số 72/2025/QH15", "Nghị quyết số 96/2023/QH15"
	half := Share{Num: 1, Den: 2, More: true}
	thirds := Share{Num: 2, Den: 3}
	return []Rule{
		{Set: SetCommittee, Source: law, Date: "2025-06-16", Base: OfMembers, Need: half, Quorum: thirds, Tie: TieChairman},
		{Set: SetPresent, Base: OfPresent, Need: half},
		{Set: SetCouncil, Source: law, Date: "2025-06-16", Base: OfMembers, Need: half, Quorum: thirds},
		{Set: SetRemoval, Source: law, Date: "2025-06-16", Base: OfMembers, Need: thirds, Quorum: thirds},
		{Set: SetConfidence, Source: council, Date: "2023-06-23", Base: OfCast, Marks: []Mark{
			{Key: "may_resign", Grade: 2, Share: half}, {Key: "removal_vote", Grade: 2, Share: thirds}}},
		{Set: SetStraw},
	}
}

// Set finds one of Sets by its name.
func Set(name string) (Rule, bool) {
	for _, r := range Sets() {
		if r.Set == name {
			return r, true
		}
	}
	return Rule{}, false
}

// The sets of answers in use.
const (
	AnswersLaw     = "law"     // tán thành / không tán thành / không biểu quyết
	AnswersOpinion = "opinion" // đồng ý / không đồng ý / ý kiến khác, with a text
	AnswersCouncil = "council" // đồng ý / không đồng ý / phiếu trắng
)

// Answers are the options of a set of answers; nil where there is none.
// Without remarks, "ý kiến khác" has no text of its own.
func Answers(set string, remarks bool) []Option {
	switch set {
	case AnswersLaw:
		return []Option{{Key: "approve", Side: For}, {Key: "disapprove", Side: Against}, {Key: "no_vote", Side: Neutral}}
	case AnswersOpinion:
		return []Option{{Key: "agree", Side: For}, {Key: "disagree", Side: Against, Remark: remarks},
			{Key: "other_opinion", Side: Neutral, Remark: remarks}}
	case AnswersCouncil:
		return []Option{{Key: "agree", Side: For}, {Key: "disagree", Side: Against}, {Key: "blank", Side: Neutral}}
	}
	return nil
}

// Confidence are the grades of a vote of confidence, the best first.
func Confidence() []Option {
	return []Option{{Key: "high_confidence"}, {Key: "confidence"}, {Key: "low_confidence"}}
}
