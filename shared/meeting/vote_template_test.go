package meeting_test

import (
	"fmt"
	"testing"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// A template becomes a vote with a question, and options where it has none.
func TestTemplatesBecomeVotes(t *testing.T) {
	w := opened(t)
	for _, p := range meeting.VoteTemplates() {
		p.Question = "Câu hỏi"
		if len(p.Poll.Options) == 0 {
			p.Poll.Options = []poll.Option{{Words: "Một"}, {Words: "Hai"}, {Words: "Ba"}}
		}
		if p.Template == meeting.TemplateElection {
			p.Poll.Most, p.Poll.Rule.Seats = 2, 2
		}
		w.must(t, secretary, meeting.PrepareVote{Item: "alpha", Vote: meeting.VoteID(p.Template), Plan: p})
		if again, ok := meeting.VoteTemplate(p.Template); !ok || again.Template != p.Template {
			t.Errorf("%s is not found by its name", p.Template)
		}
	}
	if _, ok := meeting.VoteTemplate("none"); ok {
		t.Error("a template of no name")
	}
}

// BenchmarkThousandVote has a thousand members vote one after the other, and
// closes: what the server's goroutine does for a large assembly, without disk
// and network.
func BenchmarkThousandVote(b *testing.B) {
	w := opened(b)
	for i := range 1000 {
		p := meeting.Participant{Person: meeting.PersonID(fmt.Sprintf("m%04d", i)), Name: "Đại biểu", Member: true}
		w.must(b, secretary, meeting.SetParticipant{Participant: p})
	}
	w.must(b, chair, meeting.OpenVote{Item: "alpha", Vote: live})
	for b.Loop() {
		again := *w
		for i := range 1000 {
			again.must(b, meeting.PersonID(fmt.Sprintf("m%04d", i)), meeting.CastVote{Item: "alpha", Vote: live, Ballot: mark(i % 3)})
		}
		again.must(b, chair, meeting.CloseVote{Item: "alpha", Vote: live})
		again.must(b, chair, meeting.AnnounceVote{Item: "alpha", Vote: live})
	}
}
