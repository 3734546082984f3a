// Package poll is the arithmetic of deciding: what may be voted on and how,
// which ballots are legal, and what a rule makes of the numbers.
//
// Nothing here has a clock, randomness or I/O, and nothing is computed with
// fractions: the same ballots under the same rule give the same Result on
// every device and on paper. A Result says numbers and keys; the words are
// made by whoever shows it.
package poll

import (
	"slices"

	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// PersonID names a person of the room.
type PersonID = roster.PersonID

// Method is what one ballot says.
type Method string

// The methods.
const (
	Approve Method = "approve" // one of the answers, each for, against or neutral
	One     Method = "one"     // one of the options
	Some    Method = "some"    // up to Most of the options
	Grade   Method = "grade"   // one of the grades for each of the options
)

// Mode is who learns what of the single ballots, and when.
type Mode string

// The modes.
const (
	Live   Mode = "live"   // with names, seen while it runs
	After  Mode = "after"  // with names, seen when the result is shown
	Secret Mode = "secret" // never with names
)

// Side is what an answer of the method Approve means.
type Side string

// The sides. An answer of no side is counted and shown as itself.
const (
	For     Side = "for"
	Against Side = "against"
	Neutral Side = "neutral"
)

// Bounds of a poll.
const (
	MaxOptions = 500 // of One and Some
	MaxAnswers = 5   // of Approve
	MaxGraded  = 100 // options of Grade
	MaxGrades  = 10
	MaxPicks   = 100 // that one ballot of Some may have
	MaxMembers = 2000
	MaxKey     = 40   // bytes
	MaxWords   = 300  // runes of an option's own words
	MaxRemark  = 2000 // runes of a ballot's reason or other opinion
	maxShare   = 1000 // of a numerator or denominator
)

// Option is one thing to choose: an answer, a proposal, a person, or a grade.
// Words or Key must be set: Key names words that every client has.
type Option struct {
	Key    string   `json:"key,omitempty"`
	Words  string   `json:"words,omitempty"`
	Person PersonID `json:"person,omitempty"`
	// Side is for the answers of Approve.
	Side Side `json:"side,omitempty"`
	// Remark asks for a text with this answer, e.g. "ý kiến khác".
	Remark bool `json:"remark,omitempty"`
}

// Poll is what is put to the vote, apart from the question's words.
type Poll struct {
	Method  Method   `json:"method"`
	Mode    Mode     `json:"mode"`
	Options []Option `json:"options"`
	// Grades are of the method Grade, the best first.
	Grades []Option `json:"grades,omitempty"`
	// Most is how many options a ballot of Some may have.
	Most int `json:"most,omitempty"`
	// Remarks lets every ballot carry a text; never in a secret poll, where
	// the words would tell the writer.
	Remarks bool `json:"remarks,omitempty"`
	// Changes lets a person vote again until the close; never in a secret poll.
	Changes bool `json:"changes,omitempty"`
	Rule    Rule `json:"rule"`
}

// Ballot is what one person says.
type Ballot struct {
	// Marks: Approve and One have one, the option's index; Some has up to
	// Most indices in rising order, or none for a blank ballot; Grade has for
	// each option the index of its grade.
	Marks []int `json:"marks"`
	// Remark is a reason, or another opinion.
	Remark string `json:"remark,omitempty"`
}

// Equal reports whether two ballots say the same.
func (b Ballot) Equal(c Ballot) bool { return b.Remark == c.Remark && slices.Equal(b.Marks, c.Marks) }

// Roll is who counts, frozen when the vote opens. All lists are sorted.
type Roll struct {
	// Members are all on the committee's roll; they are the base of rules
	// that ask for a share of all members.
	Members []PersonID `json:"members"`
	// Absent are those of Members and Voters who were not there.
	Absent []PersonID `json:"absent,omitempty"`
	// Voters may vote.
	Voters []PersonID `json:"voters"`
	// Late came after the opening and may vote; they change no base.
	Late []PersonID `json:"late,omitempty"`
	// Chairman is the one whose side may decide at equal votes.
	Chairman PersonID `json:"chairman,omitempty"`
}

// May reports whether somebody may vote.
func (r Roll) May(who PersonID) bool {
	return has(r.Voters, who) || has(r.Late, who)
}

// There counts the voters who were there, or came late.
func (r Roll) There() int { return len(r.Voters) + len(r.Late) - shared(r.Voters, r.Absent) }

// Present counts the members who were there.
func (r Roll) Present() int { return len(r.Members) - shared(r.Members, r.Absent) }

func has(sorted []PersonID, who PersonID) bool {
	_, ok := slices.BinarySearch(sorted, who)
	return ok
}

// shared counts what two sorted lists have in common.
func shared(a, b []PersonID) (n int) {
	for _, x := range a {
		if has(b, x) {
			n++
		}
	}
	return n
}

// Equal reports whether two polls are the same.
func (p Poll) Equal(q Poll) bool {
	return p.Method == q.Method && p.Mode == q.Mode && p.Most == q.Most && p.Remarks == q.Remarks && p.Changes == q.Changes &&
		slices.Equal(p.Options, q.Options) && slices.Equal(p.Grades, q.Grades) && p.Rule.Equal(q.Rule)
}

// Clean checks a poll and puts its texts in order. What names the first field
// that is wrong.
func (p Poll) Clean() (out Poll, what string) {
	p.Options, p.Grades = slices.Clone(p.Options), slices.Clone(p.Grades)
	least, most := 1, MaxOptions
	switch p.Method {
	case Approve:
		least, most = 2, MaxAnswers
	case One, Some:
	case Grade:
		most = MaxGraded
	default:
		return p, "method"
	}
	if n := len(p.Options); n < least || n > most {
		return p, "options"
	}
	if p.Mode != Live && p.Mode != After && p.Mode != Secret {
		return p, "mode"
	}
	if p.Mode == Secret && (p.Remarks || p.Changes) {
		return p, "mode"
	}
	for _, list := range [][]Option{p.Options, p.Grades} {
		for i := range list {
			if !list[i].clean(p) {
				return p, "options"
			}
		}
	}
	if what := p.checkMethod(); what != "" {
		return p, what
	}
	return p.cleanRule()
}

func (o *Option) clean(p Poll) bool {
	var ok bool
	if o.Words, ok = text.Line(o.Words, 0, MaxWords); !ok {
		return false
	}
	if o.Key != "" && (!text.ValidID(o.Key) || len(o.Key) > MaxKey) {
		return false
	}
	if o.Person != "" && !text.ValidID(string(o.Person)) {
		return false
	}
	if o.Key == "" && o.Words == "" {
		return false
	}
	if o.Remark && p.Mode == Secret {
		return false
	}
	switch o.Side {
	case "":
		return true
	case For, Against, Neutral:
		return p.Method == Approve
	}
	return false
}

func (p Poll) checkMethod() string {
	if (p.Method == Grade) != (len(p.Grades) > 0) || len(p.Grades) == 1 || len(p.Grades) > MaxGrades {
		return "grades"
	}
	if p.Method != Some && p.Most != 0 {
		return "most"
	}
	if p.Method == Some && (p.Most < 1 || p.Most > min(len(p.Options), MaxPicks)) {
		return "most"
	}
	if p.Method == Approve && !slices.ContainsFunc(p.Options, func(o Option) bool { return o.Side == For }) {
		return "options"
	}
	return ""
}

// CleanBallot checks a ballot against the poll. What names what is wrong.
func (p Poll) CleanBallot(b Ballot) (out Ballot, what string) {
	b.Marks = slices.Clone(b.Marks)
	if b.Marks == nil {
		b.Marks = []int{}
	}
	if !p.legal(b.Marks) {
		return b, "marks"
	}
	var ok bool
	if b.Remark, ok = text.Paragraphs(b.Remark, 0, MaxRemark); !ok {
		return b, "remark"
	}
	if b.Remark != "" && !p.takesRemark(b.Marks) {
		return b, "remark"
	}
	return b, ""
}

func (p Poll) takesRemark(marks []int) bool {
	if p.Mode == Secret {
		return false
	}
	asked := (p.Method == Approve || p.Method == One) && p.Options[marks[0]].Remark
	return p.Remarks || asked
}

// legal reports whether the marks of a ballot are as the method wants them.
func (p Poll) legal(marks []int) bool {
	below := len(p.Options)
	switch p.Method {
	case Approve, One:
		if len(marks) != 1 {
			return false
		}
	case Some:
		if len(marks) > p.Most {
			return false
		}
		for i := 1; i < len(marks); i++ {
			if marks[i] <= marks[i-1] {
				return false
			}
		}
	case Grade:
		if len(marks) != len(p.Options) {
			return false
		}
		below = len(p.Grades)
	default:
		return false
	}
	return !slices.ContainsFunc(marks, func(m int) bool { return m < 0 || m >= below })
}
