package meeting_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// The votes that alpha is prepared with.
const (
	live   = meeting.VoteID("live")
	after  = meeting.VoteID("after") // may be changed, closes when all have voted
	secret = meeting.VoteID("secret")
	ahead  = meeting.VoteID("ahead") // opinions, before the meeting
)

func approving(mode poll.Mode) poll.Poll {
	r, _ := poll.Set(poll.SetCommittee)
	return poll.Poll{Method: poll.Approve, Mode: mode, Options: poll.Answers(poll.AnswersLaw, false), Rule: r}
}

func plan(mode poll.Mode) meeting.VotePlan {
	return meeting.VotePlan{Question: "Thông qua nội dung trình Hội đồng nhân dân", Poll: approving(mode), Electors: meeting.Members}
}

// plans are the votes of alpha by their ids.
func plans() map[meeting.VoteID]meeting.VotePlan {
	all := map[meeting.VoteID]meeting.VotePlan{live: plan(poll.Live), after: plan(poll.After), secret: plan(poll.Secret), ahead: plan(poll.Live)}
	p := all[after]
	p.Poll.Changes, p.AutoClose, p.Seconds = true, true, 60
	all[after] = p
	p = all[ahead]
	p.Ahead = true
	all[ahead] = p
	p = all[live]
	p.About = meeting.Place{Document: "report", Page: 2}
	all[live] = p
	return all
}

// prepareVotes prepares alpha's votes.
func prepareVotes(t testing.TB, w *world) {
	for _, id := range []meeting.VoteID{live, after, secret, ahead} {
		w.must(t, secretary, meeting.PrepareVote{Item: "alpha", Vote: id, Plan: plans()[id]})
	}
}

// mark makes a ballot of Approve.
func mark(m int) poll.Ballot { return poll.Ballot{Marks: []int{m}} }

// drawVote draws the parts of votes; most make sense.
func drawVote(t *rapid.T, typ reflect.Type, field string) (v any) {
	switch typ {
	case reflect.TypeFor[meeting.VoteID]():
		v = rapid.SampledFrom([]meeting.VoteID{"", live, live, after, after, secret, secret, ahead, "new", "newer"}).Draw(t, field)
	case reflect.TypeFor[meeting.VoteState]():
		v = rapid.SampledFrom([]meeting.VoteState{meeting.Prepared, meeting.Polling, "odd"}).Draw(t, field)
	case reflect.TypeFor[meeting.VotePlan]():
		if rapid.IntRange(0, 4).Draw(t, field) == 0 {
			return nil // nonsense, field by field
		}
		v = drawPlan(t)
	case reflect.TypeFor[poll.Ballot]():
		v = rapid.SampledFrom([]poll.Ballot{mark(0), mark(0), mark(1), mark(1), mark(2), mark(3), {}, {Marks: []int{0, 1}}, {Marks: []int{1}, Remark: "Lý do"}}).Draw(t, field)
	case reflect.TypeFor[poll.Figures]():
		v = rapid.SampledFrom([]poll.Figures{figures(2, 1, 0), figures(1, 2, 0), figures(3, 0, 0), figures(9, 9, 9), {}}).Draw(t, field)
	case reflect.TypeFor[meeting.Electors]():
		v = rapid.SampledFrom([]meeting.Electors{"", meeting.Members, meeting.Everybody, meeting.Named, "odd"}).Draw(t, field)
	case reflect.TypeFor[meeting.Cause]():
		v = rapid.SampledFrom([]meeting.Cause{meeting.ByHand, meeting.ByTime, "odd"}).Draw(t, field)
	case reflect.TypeFor[poll.Method]():
		v = rapid.SampledFrom([]poll.Method{poll.Approve, poll.One, poll.Some, poll.Grade, "odd"}).Draw(t, field)
	case reflect.TypeFor[poll.Mode]():
		v = rapid.SampledFrom([]poll.Mode{poll.Live, poll.After, poll.Secret, "odd"}).Draw(t, field)
	}
	return v
}

func drawPlan(t *rapid.T) meeting.VotePlan {
	p := plans()[rapid.SampledFrom([]meeting.VoteID{live, after, secret, ahead}).Draw(t, "like")]
	p.Electors = rapid.SampledFrom([]meeting.Electors{meeting.Members, meeting.Members, meeting.Everybody, meeting.Named}).Draw(t, "electors")
	if p.Electors == meeting.Named {
		p.Named = []meeting.PersonID{member, delegate}
	}
	p.Late = rapid.Bool().Draw(t, "late")
	p.Hold = rapid.Bool().Draw(t, "hold")
	return p
}

// figures are those of a show of hands in which everybody takes a side.
func figures(counts ...int) poll.Figures {
	f := poll.Figures{Counts: counts, Chairman: -1}
	for _, n := range counts {
		f.Cast += n
	}
	return f
}

// voteSamples has one sensible command of every kind on a vote of alpha.
func voteSamples(id meeting.VoteID) []meeting.Command {
	return []meeting.Command{
		meeting.PrepareVote{Item: "alpha", Vote: id, Plan: plan(poll.After)},
		meeting.RemoveVote{Item: "alpha", Vote: id},
		meeting.PoseVote{Item: "alpha", Vote: id},
		meeting.OpenVote{Item: "alpha", Vote: id},
		meeting.CastVote{Item: "alpha", Vote: id, Ballot: mark(0)},
		meeting.CastVote{Item: "alpha", Vote: id, Ballot: mark(0), Person: vice},
		meeting.TakeBallot{Item: "alpha", Vote: id},
		meeting.RemindVoters{Item: "alpha", Vote: id},
		meeting.ExtendVote{Item: "alpha", Vote: id, Until: start.Add(24 * time.Hour)},
		meeting.CloseVote{Item: "alpha", Vote: id},
		meeting.CancelVote{Item: "alpha", Vote: id, Reason: "Chưa đủ hồ sơ"},
		meeting.RepeatVote{Item: "alpha", Vote: id, As: "again"},
		meeting.AnnounceVote{Item: "alpha", Vote: id},
		meeting.EnterFigures{Item: "alpha", Vote: id, Figures: figures(2, 1, 0)},
		meeting.CorrectFigures{Item: "alpha", Vote: id, Figures: figures(1, 2, 0), Reason: "Đếm lại"},
	}
}
