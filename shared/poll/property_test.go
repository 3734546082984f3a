package poll_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/poll"
)

// drawPoll draws a poll that Clean accepts.
func drawPoll(t *rapid.T, modes ...poll.Mode) poll.Poll {
	p := poll.Poll{
		Method: rapid.SampledFrom([]poll.Method{poll.Approve, poll.One, poll.Some, poll.Grade}).Draw(t, "method"),
		Mode:   rapid.SampledFrom(modes).Draw(t, "mode"),
	}
	share := func(name string) poll.Share {
		den := rapid.IntRange(2, 7).Draw(t, name)
		return poll.Share{Num: rapid.IntRange(1, den-1).Draw(t, name), Den: den, More: rapid.Bool().Draw(t, name)}
	}
	p.Rule = poll.Rule{Set: poll.SetOwn, Most: rapid.Bool().Draw(t, "most")}
	if rapid.Bool().Draw(t, "need") {
		p.Rule.Need, p.Rule.Base = share("need"), rapid.SampledFrom([]poll.Base{poll.OfMembers, poll.OfPresent, poll.OfCast}).Draw(t, "base")
	}
	if rapid.Bool().Draw(t, "quorum") {
		p.Rule.Quorum = share("quorum")
	}
	n := rapid.IntRange(2, 6).Draw(t, "options")
	for i := range n {
		p.Options = append(p.Options, poll.Option{Words: fmt.Sprint("Phương án ", i)})
	}
	switch p.Method {
	case poll.Approve:
		p.Options = poll.Answers(poll.AnswersLaw, false)
		p.Rule.Tie = rapid.SampledFrom([]poll.Tie{poll.TieOpen, poll.TieChairman, poll.TieLost}).Draw(t, "tie")
	case poll.Some:
		p.Most = rapid.IntRange(1, n).Draw(t, "picks")
		p.Rule.Seats = rapid.IntRange(1, n).Draw(t, "seats")
	case poll.Grade:
		p.Grades = poll.Confidence()
	}
	p, what := p.Clean()
	if what != "" {
		t.Fatalf("%s of %+v", what, p)
	}
	return p
}

func drawBallot(t *rapid.T, p poll.Poll) poll.Ballot {
	b := poll.Ballot{Marks: []int{}}
	switch p.Method {
	case poll.Some:
		all := rapid.Permutation(slices.Collect(maps.Keys(indexed(len(p.Options))))).Draw(t, "picks")
		b.Marks = append(b.Marks, all[:rapid.IntRange(0, p.Most).Draw(t, "n")]...)
		slices.Sort(b.Marks)
	case poll.Grade:
		for range p.Options {
			b.Marks = append(b.Marks, rapid.IntRange(0, len(p.Grades)-1).Draw(t, "grade"))
		}
	default:
		b.Marks = append(b.Marks, rapid.IntRange(0, len(p.Options)-1).Draw(t, "mark"))
	}
	return b
}

func indexed(n int) map[int]bool {
	m := map[int]bool{}
	for i := range n {
		m[i] = true
	}
	return m
}

// drawVotes draws who of the roll votes what, and what strangers try.
func drawVotes(t *rapid.T, p poll.Poll, roll poll.Roll) poll.Votes {
	v := poll.Votes{Named: map[poll.PersonID]poll.Ballot{}}
	for _, who := range append(slices.Clone(roll.Voters), "stranger") {
		if !rapid.Bool().Draw(t, "votes") {
			continue
		}
		b := drawBallot(t, p)
		if p.Mode == poll.Secret {
			if who != "stranger" {
				v.Secret = append(v.Secret, b)
				v.Taken++
			}
			continue
		}
		v.Named[who] = b
	}
	return v
}

func drawRoll(t *rapid.T) poll.Roll {
	n := rapid.IntRange(0, 9).Draw(t, "members")
	return rollOf(n, rapid.IntRange(0, n).Draw(t, "absent"))
}

var modes = []poll.Mode{poll.Live, poll.After, poll.Secret}

// Every legal ballot counts once: marks in, marks out.
func TestEveryBallotCountsOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, roll := drawPoll(rt, modes...), drawRoll(rt)
		votes := drawVotes(rt, p, roll)
		r := poll.Tally(p, roll, votes)
		legal := slices.Clone(votes.Secret)
		for who, b := range votes.Named {
			if roll.May(who) {
				legal = append(legal, b)
			}
		}
		if r.Cast != len(legal) || r.Cast+r.Refused != len(votes.Secret)+len(votes.Named) {
			rt.Fatalf("%d ballots, counted %d, refused %d", len(legal), r.Cast, r.Refused)
		}
		if r.Cast+r.Silent+r.Absent != r.Voters {
			rt.Fatalf("%d cast, %d silent, %d absent of %d", r.Cast, r.Silent, r.Absent, r.Voters)
		}
		for i, o := range r.Options {
			want, grades := 0, make([]int, len(p.Grades))
			for _, b := range legal {
				if p.Method == poll.Grade {
					grades[b.Marks[i]]++
				} else if slices.Contains(b.Marks, i) {
					want++
				}
			}
			if o.Count != want || p.Method == poll.Grade && !slices.Equal(o.Grades, grades) {
				rt.Fatalf("option %d: %+v, want %d %v", i, o, want, grades)
			}
		}
	})
}

func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, roll := drawPoll(rt, poll.Secret), drawRoll(rt)
		votes := drawVotes(rt, p, roll)
		want := fmt.Sprintf("%+v", poll.Tally(p, roll, votes))
		votes.Secret = slices.Clone(votes.Secret)
		rand.Shuffle(len(votes.Secret), func(i, j int) { votes.Secret[i], votes.Secret[j] = votes.Secret[j], votes.Secret[i] })
		if got := fmt.Sprintf("%+v", poll.Tally(p, roll, votes)); got != want {
			rt.Fatalf("%s\n%s", want, got)
		}
	})
}

// Whoever changes his ballot moves his own marks and nobody else's.
func TestChangingOneBallotChangesNobodyElses(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, roll := drawPoll(rt, poll.Live, poll.After), drawRoll(rt)
		votes := drawVotes(rt, p, roll)
		if len(roll.Voters) == 0 {
			return
		}
		who := rapid.SampledFrom(roll.Voters).Draw(rt, "who")
		before := poll.Tally(p, roll, votes)
		old, had := votes.Named[who]
		next := drawBallot(rt, p)
		votes.Named = maps.Clone(votes.Named)
		votes.Named[who] = next
		after := poll.Tally(p, roll, votes)
		for i := range p.Options {
			diff := after.Options[i].Count - before.Options[i].Count
			want := 0
			if p.Method != poll.Grade {
				want = ones(slices.Contains(next.Marks, i)) - ones(had && slices.Contains(old.Marks, i))
			}
			if diff != want {
				rt.Fatalf("option %d moved by %d, want %d", i, diff, want)
			}
		}
		if after.Cast-before.Cast != ones(!had) {
			rt.Fatalf("%d ballots, then %d", before.Cast, after.Cast)
		}
	})
}

func ones(b bool) int {
	if b {
		return 1
	}
	return 0
}

// One more vote for never turns passed into failed, as long as the base stays.
// (Where the Chairman's side decides at equal votes it can: the law has it so.)
func TestMoreForIsNeverWorse(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, roll := question(rt, poll.SetCouncil, poll.Live), drawRoll(rt)
		votes := drawVotes(rt, p, roll)
		if len(roll.Voters) == 0 || poll.Tally(p, roll, votes).Verdict != poll.Passed {
			return
		}
		votes.Named[rapid.SampledFrom(roll.Voters).Draw(rt, "who")] = poll.Ballot{Marks: []int{0}}
		if r := poll.Tally(p, roll, votes); r.Verdict != poll.Passed {
			rt.Fatalf("%+v", r)
		}
	})
}

func TestResultSurvivesJSON(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p, roll := drawPoll(rt, modes...), drawRoll(rt)
		r := poll.Tally(p, roll, drawVotes(rt, p, roll))
		data, err := json.Marshal(r)
		if err != nil {
			rt.Fatal(err)
		}
		var back poll.Result
		if err := json.Unmarshal(data, &back); err != nil || fmt.Sprintf("%+v", back) != fmt.Sprintf("%+v", r) {
			rt.Fatalf("%v\n%+v\n%+v", err, r, back)
		}
	})
}

func TestBallotsRefused(t *testing.T) {
	option := func(n int) (out []poll.Option) {
		for range n {
			out = append(out, poll.Option{Words: "X"})
		}
		return out
	}
	own := poll.Rule{Set: poll.SetOwn, Most: true}
	approve := poll.Poll{Method: poll.Approve, Mode: poll.Live, Options: poll.Answers(poll.AnswersOpinion, true), Rule: own}
	some := poll.Poll{Method: poll.Some, Mode: poll.Live, Options: option(5), Most: 2, Rule: own}
	grade := poll.Poll{Method: poll.Grade, Mode: poll.Live, Options: option(2), Grades: poll.Confidence(), Rule: poll.Rule{Set: poll.SetOwn}}
	for _, c := range []struct {
		p     poll.Poll
		b     poll.Ballot
		wrong string
	}{
		{approve, poll.Ballot{Marks: []int{0}}, ""},
		{approve, poll.Ballot{}, "marks"},
		{approve, poll.Ballot{Marks: []int{3}}, "marks"},
		{approve, poll.Ballot{Marks: []int{-1}}, "marks"},
		{approve, poll.Ballot{Marks: []int{0, 1}}, "marks"},
		{approve, poll.Ballot{Marks: []int{1}, Remark: "Chưa rõ nguồn vốn"}, ""},
		{approve, poll.Ballot{Marks: []int{0}, Remark: "Đồng ý"}, "remark"},
		{approve, poll.Ballot{Marks: []int{2}, Remark: strings.Repeat("x", poll.MaxRemark+1)}, "remark"},
		{some, poll.Ballot{}, ""},
		{some, poll.Ballot{Marks: []int{1, 4}}, ""},
		{some, poll.Ballot{Marks: []int{1, 2, 4}}, "marks"}, // k+1 of k
		{some, poll.Ballot{Marks: []int{1, 1}}, "marks"},
		{some, poll.Ballot{Marks: []int{4, 1}}, "marks"},
		{some, poll.Ballot{Marks: []int{5}}, "marks"},
		{grade, poll.Ballot{Marks: []int{0, 2}}, ""},
		{grade, poll.Ballot{Marks: []int{0}}, "marks"},
		{grade, poll.Ballot{Marks: []int{0, 3}}, "marks"},
	} {
		p, what := c.p.Clean()
		if what != "" {
			t.Fatal(what)
		}
		if _, wrong := p.CleanBallot(c.b); wrong != c.wrong {
			t.Errorf("%s %+v: %q, want %q", p.Method, c.b, wrong, c.wrong)
		}
	}
}

func TestPollsRefused(t *testing.T) {
	for name, change := range map[string]func(*poll.Poll){
		"method":       func(p *poll.Poll) { p.Method = "shout" },
		"mode":         func(p *poll.Poll) { p.Mode = "hidden" },
		"options":      func(p *poll.Poll) { p.Options = p.Options[:1] },
		"no side":      func(p *poll.Poll) { p.Options[0].Side = "" },
		"odd side":     func(p *poll.Poll) { p.Options[0].Side = "up" },
		"nameless":     func(p *poll.Poll) { p.Options[0] = poll.Option{Side: poll.For} },
		"501 options":  func(p *poll.Poll) { p.Method, p.Options = poll.One, slices.Repeat([]poll.Option{{Words: "x"}}, 501) },
		"grades":       func(p *poll.Poll) { p.Grades = poll.Confidence() },
		"most":         func(p *poll.Poll) { p.Most = 1 },
		"remark":       func(p *poll.Poll) { p.Mode, p.Remarks = poll.Secret, true },
		"changes":      func(p *poll.Poll) { p.Mode, p.Changes = poll.Secret, true },
		"asked remark": func(p *poll.Poll) { p.Mode = poll.Secret; p.Options[0].Remark = true },
		"no rule":      func(p *poll.Poll) { p.Rule = poll.Rule{} },
		"no base":      func(p *poll.Poll) { p.Rule.Base = "" },
		"odd base":     func(p *poll.Poll) { p.Rule.Base = "wishes" },
		"3 halves":     func(p *poll.Poll) { p.Rule.Need = poll.Share{Num: 3, Den: 2} },
		"more than 1":  func(p *poll.Poll) { p.Rule.Need = poll.Share{Num: 1, Den: 1, More: true} },
		"zero of":      func(p *poll.Poll) { p.Rule.Need = poll.Share{Num: 1} },
		"negative":     func(p *poll.Poll) { p.Rule.Need = poll.Share{Num: -1, Den: 2} },
		"huge":         func(p *poll.Poll) { p.Rule.Need = poll.Share{Num: 1, Den: 1 << 40} },
		"quorum":       func(p *poll.Poll) { p.Rule.Quorum = poll.Share{More: true} },
		"tie":          func(p *poll.Poll) { p.Rule.Tie = "coin" },
		"seats":        func(p *poll.Poll) { p.Rule.Seats = 2 },
		"marks":        func(p *poll.Poll) { p.Rule.Marks = []poll.Mark{{Key: "x", Share: poll.Share{Num: 1, Den: 2}}} },
		"date":         func(p *poll.Poll) { p.Rule.Date = "hôm qua" },
	} {
		p := question(t, poll.SetCommittee, poll.Live)
		change(&p)
		if _, what := p.Clean(); what == "" {
			t.Errorf("%s: accepted %+v", name, p)
		}
	}
	for _, r := range poll.Sets() {
		if r.Confirmed {
			t.Errorf("%s is confirmed by nobody", r.Set)
		}
	}
}

// Tally takes any ballots, also such as a damaged file may bring.
func FuzzTally(f *testing.F) {
	f.Add([]byte(`{"method":"grade","options":[{},{}],"grades":[{}]}`), []byte(`{"Named":{"a":{"marks":[9,-4]}},"Secret":[{"marks":null}]}`))
	f.Fuzz(func(t *testing.T, of, with []byte) {
		var p poll.Poll
		var v poll.Votes
		if json.Unmarshal(of, &p) != nil || json.Unmarshal(with, &v) != nil {
			return
		}
		clean, what := p.Clean()
		if what != "" {
			return
		}
		if v.Figures != nil && v.Figures.Check(clean, rollOf(4, 1)) != "" {
			return
		}
		r := poll.Tally(clean, rollOf(4, 1), v)
		if v.Figures != nil {
			return
		}
		if r.Cast+r.Refused != len(v.Named) && r.Cast+r.Refused != len(v.Secret) {
			t.Fatalf("%+v", r)
		}
	})
}
