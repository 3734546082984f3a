package votescreen

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// device plays the controller: it gives the views it holds and notes what was wished.
type device struct {
	views []controller.BallotView
	did   []string
	code  string
}

func (d *device) Ballots() []controller.BallotView {
	return slices.DeleteFunc(slices.Clone(d.views), func(v controller.BallotView) bool {
		return !v.MayVote && v.Ballot != controller.BallotWaiting && v.Ballot != controller.BallotSending
	})
}

func (d *device) Ballot(at controller.VoteAt) (controller.BallotView, bool) {
	i := slices.IndexFunc(d.views, func(v controller.BallotView) bool { return v.VoteAt == at })
	if i < 0 {
		return controller.BallotView{}, false
	}
	return d.views[i], true
}

func (d *device) Cast(at controller.VoteAt, b poll.Ballot) string {
	d.did = append(d.did, fmt.Sprintf("cast %s %v %q", at.Vote, b.Marks, b.Remark))
	return d.code
}

func (d *device) OpinionForm(at controller.VoteAt, who meeting.PersonID, done func([]byte, string)) {
	d.did = append(d.did, fmt.Sprintf("form %s %q", at.Vote, who))
	done([]byte("form"), d.code)
}

var counted = time.Date(2026, 11, 25, 9, 41, 0, 0, time.Local)

const question = "Thông qua nội dung trình Hội đồng nhân dân thành phố về dự toán ngân sách địa phương và phương án phân bổ ngân sách cấp thành phố năm 2027"

func law() []controller.Choice {
	var out []controller.Choice
	for _, o := range poll.Answers(poll.AnswersLaw, false) {
		out = append(out, controller.Choice{Word: o.Phrase(), Side: o.Side})
	}
	return out
}

// roll is one of that many members, named p0 and so on.
func roll(members, absent int) poll.Roll {
	r := poll.Roll{}
	for i := range members {
		id := poll.PersonID(fmt.Sprintf("p%02d", i))
		r.Members, r.Voters = append(r.Members, id), append(r.Voters, id)
		if i >= members-absent {
			r.Absent = append(r.Absent, id)
		}
	}
	return r
}

func committee(mode poll.Mode) poll.Poll {
	rule, _ := poll.Set(poll.SetCommittee)
	return poll.Poll{Method: poll.Approve, Mode: mode, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule}
}

// open is a vote that has just been opened.
func open() controller.BallotView {
	return controller.BallotView{VoteAt: controller.VoteAt{Meeting: "m", Item: "i2", Vote: "v1"}, Status: controller.Status{Link: session.Live}, Question: question,
		About: controller.Spot{Item: "i2", Place: meeting.Place{Document: "d1", Page: 4}}, Method: poll.Approve, Mode: poll.Live, Choices: law(),
		Needs: committee(poll.Live).Needs(roll(19, 2)), State: meeting.Polling, Timed: true, Left: 85 * time.Second, Taken: 3, Voters: 19, MayVote: true, Changes: true}
}

func with(v controller.BallotView, change func(*controller.BallotView)) controller.BallotView {
	change(&v)
	return v
}

func voted(state controller.BallotState, mode poll.Mode) controller.BallotView {
	return with(open(), func(v *controller.BallotView) {
		v.Mode, v.Ballot, v.MayVote, v.Taken = mode, state, false, 14
		v.MayChange = mode != poll.Secret
		v.Mine = &poll.Ballot{Marks: []int{0}}
		if state == controller.BallotCounted {
			v.At = counted
		}
	})
}

// result is a real count put into words.
func result(p poll.Poll, r poll.Roll, votes poll.Votes) *controller.VoteResult {
	t := poll.Tally(p, r, votes)
	out := &controller.VoteResult{Verdict: t.Verdict, Reason: t.Reason, Head: t.Head(p), Sentence: t.Sentence(p), Source: t.Rule.Phrase(),
		Members: t.Members, Present: t.Present, Voters: t.Voters, Cast: t.Cast, Silent: t.Silent, Absent: t.Absent, Repeatable: t.Reason == poll.EqualSecret}
	for i, o := range p.Options {
		out.Outcomes = append(out.Outcomes, controller.Outcome{Choice: controller.Choice{Word: o.Phrase(), Side: o.Side}, Count: t.Options[i].Count,
			Grades: t.Options[i].Grades, Won: t.Options[i].Won, Tied: t.Options[i].Tied, Mark: t.Options[i].Mark})
	}
	for _, g := range p.Grades {
		out.Grades = append(out.Grades, controller.Choice{Word: g.Phrase()})
	}
	return out
}

// ballots makes that many secret ballots of each option.
func ballots(counts ...int) (out []poll.Ballot) {
	for i, n := range counts {
		for range n {
			out = append(out, poll.Ballot{Marks: []int{i}})
		}
	}
	return out
}

func approval(yes, no, abstain int) *controller.VoteResult {
	all := ballots(yes, no, abstain)
	r := result(committee(poll.Secret), roll(19, 2), poll.Votes{Secret: all, Taken: len(all)})
	r.Digest = strings.Repeat("7f3a90c2", 8)
	return r
}

var names = []string{"Nguyễn Thị Minh Phương", "Trần Quốc Bảo", "Lê Hoàng Anh Tuấn", "Phạm Thị Ngọc Ánh", "Đỗ Văn Hưng"}

func persons() (out []poll.Option) {
	for _, n := range names {
		out = append(out, poll.Option{Words: n})
	}
	return out
}

func choices(options []poll.Option) (out []controller.Choice) {
	for _, o := range options {
		out = append(out, controller.Choice{Word: o.Phrase(), Position: "Phó Giám đốc Sở Tài chính"})
	}
	return out
}

func election() controller.BallotView {
	return with(open(), func(v *controller.BallotView) {
		v.Method, v.Mode, v.Most, v.Choices = poll.Some, poll.Secret, 3, choices(persons())
		v.Question = "Bầu 3 đại biểu dự Hội nghị toàn quốc"
		v.Needs = poll.Poll{Method: poll.Some, Rule: poll.Rule{Base: poll.OfMembers, Need: poll.Share{Num: 1, Den: 2, More: true}, Most: true}}.Needs(poll.Roll{})
	})
}

func confidence() controller.BallotView {
	return with(open(), func(v *controller.BallotView) {
		v.Method, v.Mode, v.Choices = poll.Grade, poll.Secret, choices(persons())[:3]
		v.Grades = nil
		for _, g := range poll.Confidence() {
			v.Grades = append(v.Grades, controller.Choice{Word: g.Phrase()})
		}
		v.Question = "Lấy phiếu tín nhiệm đối với các chức danh do Ủy ban nhân dân bổ nhiệm"
		v.Needs = poll.Poll{Method: poll.Grade}.Needs(poll.Roll{})
	})
}

func graded() *controller.VoteResult {
	rule, _ := poll.Set(poll.SetConfidence)
	p := poll.Poll{Method: poll.Grade, Mode: poll.Secret, Options: persons()[:3], Grades: poll.Confidence(), Rule: rule}
	var all []poll.Ballot
	for i := range 17 {
		all = append(all, poll.Ballot{Marks: []int{i % 3 / 2, 1 + i%2, min(2, i/3)}})
	}
	return result(p, roll(19, 2), poll.Votes{Secret: all, Taken: len(all)})
}

func elected() *controller.VoteResult {
	p := poll.Poll{Method: poll.Some, Mode: poll.Secret, Options: persons(), Most: 3,
		Rule: poll.Rule{Set: "own", Base: poll.OfMembers, Need: poll.Share{Num: 1, Den: 2, More: true}, Most: true, Seats: 3}}
	var all []poll.Ballot
	for i := range 17 {
		marks := []int{0, 1, 2}
		if i%4 == 0 {
			marks = []int{0, 2, 3}
		}
		all = append(all, poll.Ballot{Marks: marks})
	}
	return result(p, roll(19, 2), poll.Votes{Secret: all, Taken: len(all)})
}
