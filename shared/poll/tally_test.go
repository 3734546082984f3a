package poll_test

import (
	"fmt"
	"slices"
	"testing"

	"phonghop/shared/poll"
)

// rollOf is a roll of n members, the first of them the Chairman, of whom the
// last absent ones are not there. All members may vote.
func rollOf(n, absent int) poll.Roll {
	r := poll.Roll{Members: []poll.PersonID{}, Voters: []poll.PersonID{}}
	for i := range n {
		id := person(i)
		r.Members = append(r.Members, id)
		if i >= n-absent {
			r.Absent = append(r.Absent, id)
		}
	}
	r.Voters = slices.Clone(r.Members)
	if n > 0 {
		r.Chairman = person(0)
	}
	return r
}

func person(i int) poll.PersonID { return poll.PersonID(fmt.Sprintf("m%04d", i)) }

// tester is a test, or one try of a property.
type tester interface {
	Helper()
	Fatal(args ...any)
}

func rule(t tester, name string) poll.Rule {
	t.Helper()
	r, ok := poll.Set(name)
	if !ok {
		t.Fatal("no set " + name)
	}
	return r
}

func question(t tester, set string, mode poll.Mode) poll.Poll {
	t.Helper()
	p, what := poll.Poll{Method: poll.Approve, Mode: mode, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule(t, set)}.Clean()
	if what != "" {
		t.Fatal("poll: " + what)
	}
	return p
}

// marked makes named ballots: letters + - 0 for the members in order, a dot
// for no ballot.
func marked(s string) poll.Votes {
	v := poll.Votes{Named: map[poll.PersonID]poll.Ballot{}}
	for i, c := range s {
		switch c {
		case '+':
			v.Named[person(i)] = poll.Ballot{Marks: []int{0}}
		case '-':
			v.Named[person(i)] = poll.Ballot{Marks: []int{1}}
		case '0':
			v.Named[person(i)] = poll.Ballot{Marks: []int{2}}
		}
	}
	return v
}

func times(parts ...any) (s string) {
	for i := 0; i < len(parts); i += 2 {
		for range parts[i].(int) {
			s += parts[i+1].(string)
		}
	}
	return s
}

// Worked cases of the People's Committee's rule: more than half of all
// members; at equal votes the side of the Chairman's vote (he is the first);
// two thirds of the members must be there.
func TestCommittee(t *testing.T) {
	for _, c := range []struct {
		name            string
		members, absent int
		votes           string
		needed          int
		verdict         poll.Verdict
		reason          poll.Reason
	}{
		{"12 of 19", 19, 2, times(12, "+", 3, "-", 2, "0"), 10, poll.Passed, poll.Majority},
		{"10 of 19 is more than half", 19, 0, times(10, "+", 9, "-"), 10, poll.Passed, poll.Majority},
		{"9 of 19 is not, whatever the others do", 19, 6, times(9, "+", 4, "0"), 10, poll.Failed, poll.Short},
		{"11 of 20", 20, 0, times(11, "+", 9, "-"), 11, poll.Passed, poll.Majority},
		{"half of 20 with the Chairman", 20, 0, times(10, "+", 10, "-"), 11, poll.Passed, poll.ChairmanFor},
		{"half of 20 against the Chairman", 20, 0, times(10, "-", 10, "+"), 11, poll.Failed, poll.ChairmanAgainst},
		{"half of 20, none against", 20, 0, times(10, "+", 10, "0"), 11, poll.Failed, poll.Short},
		{"equal below half, with the Chairman", 19, 0, times(8, "+", 8, "-", 3, "0"), 10, poll.Passed, poll.ChairmanFor},
		{"equal, the Chairman takes no side", 19, 0, times(1, "0", 9, "+", 9, "-"), 10, poll.Undecided, poll.EqualNeutral},
		{"equal, the Chairman is silent", 19, 0, times(1, ".", 9, "+", 9, "-"), 10, poll.Undecided, poll.EqualSilent},
		{"all take no side", 19, 0, times(19, "0"), 10, poll.Failed, poll.Short},
		{"nobody votes", 19, 0, "", 10, poll.Failed, poll.Short},
		{"all against", 19, 0, times(19, "-"), 10, poll.Failed, poll.Short},
		{"13 of 19 are a quorum", 19, 6, times(13, "+"), 10, poll.Passed, poll.Majority},
		{"12 of 19 are none", 19, 7, times(12, "+"), 10, poll.Undecided, poll.NoQuorum},
		{"no members", 0, 0, "", 1, poll.Undecided, poll.Nobody},
		{"one member for", 1, 0, "+", 1, poll.Passed, poll.Majority},
		{"one member against", 1, 0, "-", 1, poll.Failed, poll.Short},
		{"one member takes no side", 1, 0, "0", 1, poll.Failed, poll.Short},
		{"two members agree", 2, 0, "++", 2, poll.Passed, poll.Majority},
		{"two members differ", 2, 0, "+-", 2, poll.Passed, poll.ChairmanFor},
		{"two members differ, the other way", 2, 0, "-+", 2, poll.Failed, poll.ChairmanAgainst},
		{"one of two", 2, 0, "+0", 2, poll.Failed, poll.Short},
		{"three members", 3, 1, "++", 2, poll.Passed, poll.Majority},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := poll.Tally(question(t, poll.SetCommittee, poll.Live), rollOf(c.members, c.absent), marked(c.votes))
			if r.Verdict != c.verdict || r.Reason != c.reason || r.Needed != c.needed || r.Base != c.members {
				t.Errorf("%s because of %s, %d of %d needed: %+v", r.Verdict, r.Reason, r.Needed, r.Base, r)
			}
			if want := c.reason == poll.ChairmanFor || c.reason == poll.ChairmanAgainst; r.Proposal != want {
				t.Errorf("a proposal to the chair: %v", r.Proposal)
			}
			if r.For+r.Against+r.Neutral != r.Cast || r.Cast+r.Silent+r.Absent != r.Voters {
				t.Errorf("the sums are wrong: %+v", r)
			}
		})
	}
}

func TestChairmanNotThere(t *testing.T) {
	p := question(t, poll.SetCommittee, poll.Live)
	away := rollOf(5, 0)
	away.Absent = []poll.PersonID{person(0)}
	none := rollOf(5, 0)
	none.Chairman = ""
	elsewhere := rollOf(5, 0)
	elsewhere.Voters = elsewhere.Voters[1:] // he may not see this item
	for name, roll := range map[string]poll.Roll{"away": away, "no Chairman": none, "no voter": elsewhere} {
		if r := poll.Tally(p, roll, marked(".++--")); r.Verdict != poll.Undecided || r.Reason != poll.EqualAbsent {
			t.Errorf("%s: %s, %s", name, r.Verdict, r.Reason)
		}
	}
}

func TestSecretTieAsksForAnOpenVote(t *testing.T) {
	p := question(t, poll.SetCommittee, poll.Secret)
	list := []poll.Ballot{{Marks: []int{0}}, {Marks: []int{1}}, {Marks: []int{0}}, {Marks: []int{1}}}
	r := poll.Tally(p, rollOf(4, 0), poll.Votes{Secret: list, Taken: 4})
	if r.Verdict != poll.Undecided || r.Reason != poll.EqualSecret {
		t.Errorf("%s, %s", r.Verdict, r.Reason)
	}
	r = poll.Tally(p, rollOf(4, 0), poll.Votes{Secret: list, Taken: 3})
	if r.Verdict != poll.Undecided || r.Reason != poll.TooManyBallots {
		t.Errorf("4 ballots of 3 people: %s, %s", r.Verdict, r.Reason)
	}
}

// Each majority of each base, around its edge.
func TestShares(t *testing.T) {
	half, thirds := poll.Share{Num: 1, Den: 2, More: true}, poll.Share{Num: 2, Den: 3}
	for _, c := range []struct {
		share  poll.Share
		of     int
		needed int
	}{
		{half, 0, 1}, {half, 1, 1}, {half, 2, 2}, {half, 3, 2}, {half, 19, 10}, {half, 20, 11}, {half, 1000, 501},
		{thirds, 0, 0}, {thirds, 1, 1}, {thirds, 2, 2}, {thirds, 3, 2}, {thirds, 4, 3}, {thirds, 19, 13}, {thirds, 20, 14}, {thirds, 21, 14},
		{poll.Share{Num: 2, Den: 3, More: true}, 21, 15},
		{poll.Share{Num: 3, Den: 4}, 20, 15}, {poll.Share{Num: 3, Den: 4}, 21, 16}, {poll.Share{Num: 1, Den: 1}, 7, 7},
		{poll.Share{Num: 1, Den: 3}, 19, 7}, {poll.Share{}, 19, 0},
	} {
		if got := c.share.Of(c.of); got != c.needed {
			t.Errorf("%+v of %d is %d, want %d", c.share, c.of, got, c.needed)
		}
	}
}

func TestBases(t *testing.T) {
	// 20 members, 4 of them absent; 9 for, 5 against, 1 neutral, 1 silent.
	votes := marked(times(9, "+", 5, "-", 1, "0", 1, "."))
	for _, c := range []struct {
		base    poll.Base
		of      int
		verdict poll.Verdict
	}{
		{poll.OfMembers, 20, poll.Failed}, {poll.OfPresent, 16, poll.Passed}, {poll.OfCast, 15, poll.Passed},
	} {
		p := question(t, poll.SetPresent, poll.Live)
		p.Rule.Base = c.base
		r := poll.Tally(p, rollOf(20, 4), votes)
		if r.Base != c.of || r.Verdict != c.verdict || r.Silent != 1 || r.Absent != 4 {
			t.Errorf("%s: %+v", c.base, r)
		}
	}
	p := question(t, poll.SetPresent, poll.Live)
	p.Rule.Base = poll.OfCast
	if r := poll.Tally(p, rollOf(3, 0), poll.Votes{}); r.Reason != poll.Nobody {
		t.Errorf("more than half of no ballots: %+v", r)
	}
}

func TestPluralityAndStraw(t *testing.T) {
	p := question(t, poll.SetStraw, poll.Live)
	if r := poll.Tally(p, rollOf(3, 0), marked("++-")); r.Verdict != poll.Noted || r.For != 2 {
		t.Errorf("straw poll: %+v", r)
	}
	p.Rule.Most = true
	for votes, want := range map[string]poll.Verdict{"+00": poll.Passed, "--+": poll.Failed, "+-0": poll.Undecided, "000": poll.Failed} {
		if r := poll.Tally(p, rollOf(3, 0), marked(votes)); r.Verdict != want {
			t.Errorf("plurality of %s: %s", votes, r.Verdict)
		}
	}
	p.Rule.Tie = poll.TieLost
	if r := poll.Tally(p, rollOf(3, 0), marked("+-0")); r.Verdict != poll.Failed {
		t.Errorf("lost at equal votes: %s", r.Verdict)
	}
}

func TestLateVotersChangeNoBase(t *testing.T) {
	p := question(t, poll.SetPresent, poll.Live)
	roll := rollOf(4, 0)
	roll.Late = []poll.PersonID{"zlate"}
	v := marked("++--")
	v.Named["zlate"] = poll.Ballot{Marks: []int{0}}
	r := poll.Tally(p, roll, v)
	if r.Base != 4 || r.Needed != 3 || r.For != 3 || r.Verdict != poll.Passed || r.Late != 1 {
		t.Errorf("%+v", r)
	}
}

func TestAbsentMemberWhoVotesIsNotAbsent(t *testing.T) {
	r := poll.Tally(question(t, poll.SetCommittee, poll.Live), rollOf(3, 1), marked("+-+"))
	if r.Absent != 0 || r.Silent != 0 || r.Cast != 3 || r.Present != 2 {
		t.Errorf("%+v", r)
	}
}

// election holds one with a ballot for each count of each option.
func election(t *testing.T, seats int, need poll.Share, counts ...int) poll.Result {
	t.Helper()
	p := poll.Poll{Method: poll.Some, Mode: poll.Secret, Most: seats, Rule: poll.Rule{Set: poll.SetOwn, Most: true, Seats: seats, Need: need}}
	if need != (poll.Share{}) {
		p.Rule.Base = poll.OfMembers
	}
	voters := 0
	var list []poll.Ballot
	for i, n := range counts {
		p.Options = append(p.Options, poll.Option{Words: fmt.Sprint("Ứng viên ", i+1)})
		for range n {
			list = append(list, poll.Ballot{Marks: []int{i}})
		}
		voters += n
	}
	p, what := p.Clean()
	if what != "" {
		t.Fatal(what)
	}
	return poll.Tally(p, rollOf(voters, 0), poll.Votes{Secret: list, Taken: voters})
}

func TestElections(t *testing.T) {
	for _, c := range []struct {
		seats   int
		need    poll.Share
		counts  []int
		won     []int
		verdict poll.Verdict
		reason  poll.Reason
	}{
		{1, poll.Share{}, []int{3, 5, 2}, []int{1}, poll.Passed, poll.Majority},
		{1, poll.Share{}, []int{5, 5, 2}, nil, poll.Undecided, poll.EqualLast},
		{2, poll.Share{}, []int{5, 5, 2}, []int{0, 1}, poll.Passed, poll.Majority},
		{2, poll.Share{}, []int{6, 3, 3}, []int{0}, poll.Undecided, poll.EqualLast},
		{2, poll.Share{}, []int{0, 0, 4}, []int{2}, poll.Failed, poll.Short},
		{1, poll.Share{Num: 1, Den: 2, More: true}, []int{5, 3, 2}, nil, poll.Failed, poll.Short},
		{1, poll.Share{Num: 1, Den: 2, More: true}, []int{6, 2, 2}, []int{0}, poll.Passed, poll.Majority},
		{1, poll.Share{}, []int{0}, nil, poll.Failed, poll.Short},
	} {
		r := election(t, c.seats, c.need, c.counts...)
		var won []int
		for i, o := range r.Options {
			if o.Won {
				won = append(won, i)
			}
			if o.Count != c.counts[i] {
				t.Errorf("%v: option %d has %d", c.counts, i, o.Count)
			}
		}
		if !slices.Equal(won, c.won) || r.Verdict != c.verdict || r.Reason != c.reason {
			t.Errorf("%d seats, %v: %v won, %s, %s", c.seats, c.counts, won, r.Verdict, r.Reason)
		}
	}
}

func TestConfidence(t *testing.T) {
	p, what := poll.Poll{Method: poll.Grade, Mode: poll.Secret, Grades: poll.Confidence(), Rule: rule(t, poll.SetConfidence),
		Options: []poll.Option{{Words: "A"}, {Words: "B"}, {Words: "C"}, {Words: "D"}}}.Clean()
	if what != "" {
		t.Fatal(what)
	}
	// 6 ballots: A is low on 3, B on 4, C on all, D on none.
	list := []poll.Ballot{{Marks: []int{2, 2, 2, 0}}, {Marks: []int{2, 2, 2, 0}}, {Marks: []int{2, 2, 2, 1}},
		{Marks: []int{1, 2, 2, 1}}, {Marks: []int{0, 1, 2, 1}}, {Marks: []int{0, 0, 2, 0}}}
	r := poll.Tally(p, rollOf(7, 1), poll.Votes{Secret: list, Taken: 6})
	for i, want := range []string{"", "removal_vote", "removal_vote", ""} {
		if r.Options[i].Mark != want {
			t.Errorf("option %d of %d ballots: %+v", i, r.Base, r.Options[i])
		}
	}
	if !slices.Equal(r.Options[0].Grades, []int{2, 1, 3}) || r.Verdict != poll.Noted || r.Cast != 6 || r.Absent != 1 {
		t.Errorf("%+v", r)
	}
	r = poll.Tally(p, rollOf(7, 0), poll.Votes{Secret: append(list, poll.Ballot{Marks: []int{2, 0, 0, 0}}), Taken: 7})
	if r.Options[0].Mark != "may_resign" { // 4 of 7: more than half, not two thirds
		t.Errorf("%+v", r.Options[0])
	}
}

func TestBallotsThatCountNowhere(t *testing.T) {
	v := marked("++-")
	v.Named["stranger"] = poll.Ballot{Marks: []int{0}}
	v.Named[person(3)] = poll.Ballot{Marks: []int{3}}
	v.Named[person(4)] = poll.Ballot{Marks: []int{0, 1}}
	r := poll.Tally(question(t, poll.SetCommittee, poll.Live), rollOf(5, 0), v)
	if r.Cast != 3 || r.Refused != 3 || r.For != 2 || r.Silent != 2 {
		t.Errorf("%+v", r)
	}
}

func TestDigest(t *testing.T) {
	list := []poll.Listed{{Token: [32]byte{2}, Marks: []int{1, 2}}, {Token: [32]byte{1}}, {Token: [32]byte{3}, Marks: []int{0}}}
	poll.SortList(list)
	if list[0].Token[0] != 1 || list[2].Token[0] != 3 {
		t.Fatal("not sorted")
	}
	// printf 'phonghop ballots 1 m/i/v\n01000… \n0200… 1,2\n0300… 0\n' | sha256sum
	if got := poll.Digest("m/i/v", list); got != "59a945779e5053dcf43c816aafbd41cf5610bd9af83f76a605e05d8d062fd602" {
		t.Error(got)
	}
	other := poll.Digest("m/i/w", list)
	list[2].Marks = []int{1}
	if a := poll.Digest("m/i/v", list); a == other || a == poll.Digest("m/i/v", list[:2]) {
		t.Error("different lists have one digest")
	}
}

func TestFiguresOfEveryMethod(t *testing.T) {
	people := []poll.Option{{Words: "A"}, {Words: "B"}}
	clean := func(p poll.Poll) poll.Poll {
		p, what := p.Clean()
		if what != "" {
			t.Fatal(what)
		}
		return p
	}
	own := poll.Rule{Set: poll.SetOwn, Most: true}
	graded := clean(poll.Poll{Method: poll.Grade, Mode: poll.Secret, Options: people, Grades: poll.Confidence(), Rule: rule(t, poll.SetConfidence)})
	one := clean(poll.Poll{Method: poll.One, Mode: poll.Live, Options: people, Rule: own})
	some := clean(poll.Poll{Method: poll.Some, Mode: poll.Secret, Options: people, Most: 2, Rule: own})
	paper, hands := question(t, poll.SetCommittee, poll.Secret), question(t, poll.SetCommittee, poll.After)
	grades := func(cast int, rows ...[]int) poll.Figures {
		return poll.Figures{Grades: rows, Cast: cast, Chairman: -1}
	}
	counts := func(cast int, n ...int) poll.Figures { return poll.Figures{Counts: n, Cast: cast, Chairman: -1} }
	both, told := grades(9, []int{9, 0, 0}, []int{0, 0, 9}), grades(9, []int{9, 0, 0}, []int{0, 0, 9})
	both.Counts, told.Chairman = []int{9, 9}, 0
	mixed := counts(9, 9, 9)
	mixed.Grades = [][]int{{9}}
	for name, c := range map[string]struct {
		p     poll.Poll
		f     poll.Figures
		wrong string
	}{
		"grades":                    {graded, grades(9, []int{3, 3, 3}, []int{0, 0, 9}), ""},
		"blank lines":               {graded, grades(9, []int{3, 3, 2}, []int{0, 0, 0}), ""},
		"more grades than ballots":  {graded, grades(9, []int{3, 3, 3}, []int{1, 0, 9}), "grades"},
		"a person without":          {graded, grades(9, []int{3, 3, 3}), "grades"},
		"a grade without":           {graded, grades(9, []int{3, 3}, []int{0, 9}), "grades"},
		"fewer than none":           {graded, grades(9, []int{3, -1, 3}, []int{0, 0, 9}), "grades"},
		"more ballots than people":  {graded, grades(19, []int{3, 3, 3}, []int{0, 0, 9}), "cast"},
		"counts of grades":          {graded, both, "counts"},
		"the Chairman's grade":      {graded, told, "chairman"},
		"one":                       {one, counts(9, 5, 4), ""},
		"one, some spoilt":          {one, counts(9, 5, 1), ""},
		"one, too many":             {one, counts(9, 5, 5), "counts"},
		"some":                      {some, counts(9, 9, 9), ""},
		"some, too many for one":    {some, counts(9, 10, 1), "counts"},
		"grades of counts":          {some, mixed, "grades"},
		"paper":                     {paper, counts(9, 5, 2, 1), ""},
		"paper, too many":           {paper, counts(9, 5, 4, 1), "counts"},
		"hands that are for nobody": {hands, counts(9, 5, 2, 1), "counts"},
	} {
		if what := c.f.Check(c.p, rollOf(20, 2)); what != c.wrong {
			t.Errorf("%s: %q is wrong", name, what)
		}
		if c.wrong != "" {
			continue
		}
		r := poll.Tally(c.p, rollOf(20, 2), poll.Votes{Figures: &c.f})
		if r.Cast != 9 || r.Cast+r.Silent+r.Absent != r.Voters {
			t.Errorf("%s: %+v", name, r)
		}
	}
	f := grades(9, []int{9, 0, 0}, []int{0, 3, 6})
	r := poll.Tally(graded, rollOf(20, 2), poll.Votes{Figures: &f})
	if !slices.Equal(r.Options[1].Grades, []int{0, 3, 6}) || r.Options[0].Mark != "" || r.Options[1].Mark != "removal_vote" || r.Verdict != poll.Noted {
		t.Errorf("%+v", r)
	}
}

func TestFigures(t *testing.T) {
	p := question(t, poll.SetCommittee, poll.Live)
	roll := rollOf(20, 2)
	for _, c := range []struct {
		f       poll.Figures
		wrong   string
		verdict poll.Verdict
		reason  poll.Reason
	}{
		{poll.Figures{Counts: []int{11, 5, 2}, Cast: 18, Chairman: -1}, "", poll.Passed, poll.Majority},
		{poll.Figures{Counts: []int{9, 9, 0}, Cast: 18, Chairman: -1}, "", poll.Undecided, poll.EqualSilent},
		{poll.Figures{Counts: []int{9, 9, 0}, Cast: 18, Chairman: 1}, "", poll.Failed, poll.ChairmanAgainst},
		{poll.Figures{Counts: []int{9, 3, 0}, Cast: 12, Chairman: -1}, "", poll.Failed, poll.Short},
		{poll.Figures{Counts: []int{11, 5, 3}, Cast: 19, Chairman: -1}, "cast", "", ""}, // 18 are there
		{poll.Figures{Counts: []int{11, 5, 1}, Cast: 18, Chairman: -1}, "counts", "", ""},
		{poll.Figures{Counts: []int{11, 7}, Cast: 18, Chairman: -1}, "counts", "", ""},
		{poll.Figures{Counts: []int{18, 0, 0}, Cast: 18, Chairman: 1}, "chairman", "", ""},
		{poll.Figures{Counts: []int{18, 0, 0}, Cast: 18, Chairman: 3}, "chairman", "", ""},
	} {
		what := c.f.Check(p, roll)
		if what != c.wrong {
			t.Errorf("%+v: %q is wrong", c.f, what)
		}
		if c.wrong != "" {
			continue
		}
		r := poll.Tally(p, roll, poll.Votes{Figures: &c.f})
		if r.Verdict != c.verdict || r.Reason != c.reason || r.Cast+r.Silent+r.Absent != r.Voters || !r.Equal(r) {
			t.Errorf("%+v: %+v", c.f, r)
		}
	}
}
