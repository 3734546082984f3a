package poll

import (
	"cmp"
	"slices"
)

// Votes are the ballots of one vote: with names, or without.
type Votes struct {
	// Named are the ballots of an open vote.
	Named map[PersonID]Ballot
	// Secret are the ballots of a secret one, in any order, and Taken how
	// many people were given the right to cast one.
	Secret []Ballot
	Taken  int
	// Figures are what people counted, of hands or paper ballots; where they
	// are set, nothing else counts.
	Figures *Figures
}

// Figures are counted by people.
type Figures struct {
	// Counts is how many were for each option. The method Grade has none, and
	// Grades instead: for each option how many gave each grade.
	Counts []int   `json:"counts"`
	Grades [][]int `json:"grades,omitempty"`
	// Cast is how many voted, with those whose ballots are blank or spoilt.
	Cast int `json:"cast"`
	// Chairman is the mark of the Chairman's own vote, where it is known and
	// may be needed at equal votes; -1: it is not.
	Chairman int `json:"chairman"`
}

// Check returns what is wrong with figures: they must fit together, and fit
// those who were there.
func (f Figures) Check(p Poll, roll Roll) (what string) {
	if f.Cast < 0 || f.Cast > roll.There() {
		return "cast"
	}
	if p.Method == Grade {
		return f.checkGrades(p)
	}
	if len(f.Counts) != len(p.Options) {
		return "counts"
	}
	if len(f.Grades) > 0 {
		return "grades"
	}
	sum, ok := total(f.Counts, f.Cast)
	// Of raised hands each is for an answer; of paper ballots some are blank
	// or spoilt.
	if most := max(1, p.Most) * f.Cast; !ok || sum > most || p.Method == Approve && p.Mode != Secret && sum != f.Cast {
		return "counts"
	}
	if f.Chairman < -1 || f.Chairman >= len(p.Options) || f.Chairman >= 0 && (p.Mode == Secret || f.Counts[f.Chairman] == 0) {
		return "chairman"
	}
	return ""
}

// checkGrades wants for each option no more grades than ballots: a line can be
// left blank.
func (f Figures) checkGrades(p Poll) (what string) {
	if len(f.Counts) > 0 {
		return "counts"
	}
	if len(f.Grades) != len(p.Options) {
		return "grades"
	}
	for _, counts := range f.Grades {
		if sum, ok := total(counts, f.Cast); !ok || len(counts) != len(p.Grades) || sum > f.Cast {
			return "grades"
		}
	}
	if f.Chairman != -1 {
		return "chairman"
	}
	return ""
}

// total adds counts up; ok is false where one is below zero or above most.
func total(counts []int, most int) (sum int, ok bool) {
	for _, n := range counts {
		if n < 0 || n > most {
			return 0, false
		}
		sum += n
	}
	return sum, true
}

// Verdict is what the numbers mean under the rule.
type Verdict string

// The verdicts.
const (
	Passed    Verdict = "passed"
	Failed    Verdict = "failed"
	Undecided Verdict = "undecided" // the rule gives no answer; Reason says why
	Noted     Verdict = "noted"     // the rule decides nothing
)

// Reason says why the verdict is what it is.
type Reason string

// The reasons.
const (
	Majority        Reason = "majority"         // enough
	Short           Reason = "short"            // not enough
	Equal           Reason = "equal"            // as many for as against
	EqualSecret     Reason = "equal_secret"     // so, and the Chairman's side is not known: repeat it openly
	EqualAbsent     Reason = "equal_absent"     // so, and the Chairman is not there
	EqualSilent     Reason = "equal_silent"     // so, and the Chairman did not vote
	EqualNeutral    Reason = "equal_neutral"    // so, and the Chairman took no side
	ChairmanFor     Reason = "chairman_for"     // at equal votes the Chairman's side decides
	ChairmanAgainst Reason = "chairman_against" // the same
	NoQuorum        Reason = "no_quorum"        // too few members are there
	Nobody          Reason = "nobody"           // the base is empty
	TooManyBallots  Reason = "too_many_ballots" // more secret ballots than people who took part
	EqualLast       Reason = "equal_last"       // more options tie for the last seats than there are
)

// Outcome is what one option got. Count is of all methods but Grade, Grades
// of Grade only.
type Outcome struct {
	Count  int   `json:"count"`
	Grades []int `json:"grades,omitempty"`
	// Reached says that Count is what the rule needs; Won that it wins; Tied
	// that it shares the last seats with more options than there are.
	Reached bool `json:"reached,omitempty"`
	Won     bool `json:"won,omitempty"`
	Tied    bool `json:"tied,omitempty"`
	// Mark is the gravest mark of the rule that was reached.
	Mark string `json:"mark,omitempty"`
}

// Result is the outcome of a vote: the numbers, the base, the rule, the
// verdict. The arithmetic can be done again by hand from it.
type Result struct {
	Rule Rule `json:"rule"`

	Members int `json:"members"`
	Present int `json:"present"` // members
	Voters  int `json:"voters"`  // who could vote, with Late
	Late    int `json:"late,omitempty"`
	Cast    int `json:"cast"`
	Silent  int `json:"silent"`            // there, and sent no ballot
	Absent  int `json:"absent"`            // of the voters
	Refused int `json:"refused,omitempty"` // ballots that were not legal and count nowhere

	For     int       `json:"for,omitempty"`
	Against int       `json:"against,omitempty"`
	Neutral int       `json:"neutral,omitempty"`
	Options []Outcome `json:"options"`

	// Base is the number that the share is of, Needed what Need makes of it,
	// Quorum the least number of members present.
	Base   int `json:"base,omitempty"`
	Needed int `json:"needed,omitempty"`
	Quorum int `json:"quorum,omitempty"`

	Verdict Verdict `json:"verdict"`
	Reason  Reason  `json:"reason,omitempty"`
	// Proposal says that the chair has to confirm the verdict.
	Proposal bool `json:"proposal,omitempty"`
}

// Equal reports whether two results are the same.
func (r Result) Equal(q Result) bool {
	same := slices.EqualFunc(r.Options, q.Options, func(a, b Outcome) bool {
		return a.Count == b.Count && slices.Equal(a.Grades, b.Grades) && a.Reached == b.Reached && a.Won == b.Won && a.Tied == b.Tied && a.Mark == b.Mark
	})
	numbers := func(r Result) [15]int {
		return [15]int{r.Members, r.Present, r.Voters, r.Late, r.Cast, r.Silent, r.Absent, r.Refused,
			r.For, r.Against, r.Neutral, r.Base, r.Needed, r.Quorum, len(r.Options)}
	}
	return same && r.Rule.Equal(q.Rule) && numbers(r) == numbers(q) && r.Verdict == q.Verdict && r.Reason == q.Reason && r.Proposal == q.Proposal
}

// Tally counts. Every legal ballot of somebody on the roll counts once; the
// order does not matter. The poll must be one that Clean accepts.
func Tally(p Poll, roll Roll, votes Votes) Result {
	r := Result{
		Rule: p.Rule, Members: len(roll.Members), Present: roll.Present(),
		Voters: len(roll.Voters) + len(roll.Late), Late: len(roll.Late), Options: make([]Outcome, len(p.Options)),
	}
	if p.Method == Grade {
		for i := range r.Options {
			r.Options[i].Grades = make([]int, len(p.Grades))
		}
	}
	absent := shared(roll.Absent, roll.Voters)
	if votes.Figures != nil {
		r.figures(p, *votes.Figures)
		r.Absent = absent
	} else if p.Mode == Secret {
		for _, b := range votes.Secret {
			r.count(p, b)
		}
		r.Absent = min(absent, max(0, r.Voters-r.Cast))
	} else {
		r.Absent = absent
		for who, b := range votes.Named {
			if !roll.May(who) {
				r.Refused++
			} else if r.count(p, b) && has(roll.Absent, who) && has(roll.Voters, who) {
				r.Absent-- // he came, or sent his ballot from elsewhere
			}
		}
	}
	r.Silent = max(0, r.Voters-r.Cast-r.Absent)
	r.measure()
	r.decide(p, roll, votes)
	return r
}

// count adds a ballot where it belongs, if it is legal.
func (r *Result) count(p Poll, b Ballot) bool {
	if !p.legal(b.Marks) {
		r.Refused++
		return false
	}
	r.Cast++
	for i, m := range b.Marks {
		if p.Method == Grade {
			r.Options[i].Grades[m]++
			continue
		}
		r.Options[m].Count++
		r.side(p.Options[m].Side, 1)
	}
	return true
}

// figures takes what people counted.
func (r *Result) figures(p Poll, f Figures) {
	r.Cast = f.Cast
	for i := range min(len(f.Counts), len(r.Options)) {
		r.Options[i].Count = f.Counts[i]
		r.side(p.Options[i].Side, f.Counts[i])
	}
	for i := range min(len(f.Grades), len(r.Options)) {
		copy(r.Options[i].Grades, f.Grades[i])
	}
}

// side adds n to what is for, against or neutral.
func (r *Result) side(s Side, n int) {
	switch s {
	case For:
		r.For += n
	case Against:
		r.Against += n
	case Neutral:
		r.Neutral += n
	}
}

// measure finds the base and what is needed of it.
func (r *Result) measure() {
	switch r.Rule.Base {
	case OfMembers:
		r.Base = r.Members
	case OfPresent:
		r.Base = r.Present
	case OfCast:
		r.Base = r.Cast
	}
	r.Needed = r.Rule.Need.Of(r.Base)
	r.Quorum = r.Rule.Quorum.Of(r.Members)
}

func (r *Result) decide(p Poll, roll Roll, votes Votes) {
	if p.Mode == Secret && votes.Figures == nil && r.Cast+r.Refused > votes.Taken {
		r.say(Undecided, TooManyBallots)
		return
	}
	if r.Present < r.Quorum {
		r.say(Undecided, NoQuorum)
		return
	}
	if r.Rule.Base != "" && r.Base == 0 {
		r.say(Undecided, Nobody)
		return
	}
	r.mark(p)
	if !r.Rule.Decides() {
		r.say(Noted, "")
		return
	}
	switch p.Method {
	case Approve:
		r.approve(p, roll, votes)
	case One, Some:
		r.elect()
	case Grade:
		r.say(Noted, "")
	}
}

func (r *Result) say(v Verdict, why Reason) { r.Verdict, r.Reason = v, why }

// mark finds for each graded option the gravest mark.
func (r *Result) mark(p Poll) {
	if p.Method != Grade {
		return
	}
	for i := range r.Options {
		for _, m := range r.Rule.Marks {
			if r.Options[i].Grades[m.Grade] >= max(1, m.Share.Of(r.Base)) {
				r.Options[i].Mark = m.Key
			}
		}
	}
}

// approve is the verdict on one question.
func (r *Result) approve(p Poll, roll Roll, votes Votes) {
	enough := r.For >= r.Needed && r.For > 0
	if r.Rule.Need.zero() {
		enough = r.For > r.Against
	} else if r.Rule.Most {
		enough = enough && r.For > r.Against
	}
	switch {
	case enough:
		r.say(Passed, Majority)
	case r.For != r.Against || r.For == 0:
		// Where nobody took a side, there is none that could decide.
		r.say(Failed, Short)
	case r.Rule.Tie == TieChairman:
		r.chairmansSide(p, roll, votes)
	case r.Rule.Tie == TieLost || !r.Rule.Need.zero() && !r.Rule.Most:
		r.say(Failed, Equal)
	default:
		r.say(Undecided, Equal)
	}
}

// chairmansSide decides equal votes by the Chairman's own, also when both
// together are fewer than half: the law names no least number there. That is a
// proposal which the chair confirms.
func (r *Result) chairmansSide(p Poll, roll Roll, votes Votes) {
	b, voted := votes.Named[roll.Chairman]
	if f := votes.Figures; f != nil && f.Chairman >= 0 {
		b, voted = Ballot{Marks: []int{f.Chairman}}, true
	}
	voted = voted && roll.May(roll.Chairman) && p.legal(b.Marks)
	switch {
	case p.Mode == Secret:
		r.say(Undecided, EqualSecret)
	case !voted && (roll.Chairman == "" || has(roll.Absent, roll.Chairman) || !roll.May(roll.Chairman)):
		r.say(Undecided, EqualAbsent)
	case !voted:
		r.say(Undecided, EqualSilent)
	case p.Options[b.Marks[0]].Side == For:
		r.say(Passed, ChairmanFor)
		r.Proposal = true
	case p.Options[b.Marks[0]].Side == Against:
		r.say(Failed, ChairmanAgainst)
		r.Proposal = true
	default:
		r.say(Undecided, EqualNeutral)
	}
}

// elect gives the seats to those with most of those who reached what is
// needed. Where more tie for the last seats than there are, none of them has
// won: that is for another ballot.
func (r *Result) elect() {
	seats := max(1, r.Rule.Seats)
	var in []int
	for i := range r.Options {
		o := &r.Options[i]
		o.Reached = o.Count > 0 && o.Count >= r.Needed
		if o.Reached {
			in = append(in, i)
		}
	}
	slices.SortFunc(in, func(a, b int) int {
		return cmp.Or(cmp.Compare(r.Options[b].Count, r.Options[a].Count), cmp.Compare(a, b))
	})
	tied := false
	if len(in) > seats {
		if last := r.Options[in[seats]].Count; r.Options[in[seats-1]].Count == last {
			tied = true
			for _, i := range in {
				r.Options[i].Tied = r.Options[i].Count == last
			}
		}
	}
	won := 0
	for _, i := range in[:min(seats, len(in))] {
		if !r.Options[i].Tied {
			r.Options[i].Won = true
			won++
		}
	}
	switch {
	case won == seats:
		r.say(Passed, Majority)
	case tied:
		r.say(Undecided, EqualLast)
	default:
		r.say(Failed, Short)
	}
}
