package meeting_test

import (
	"strings"
	"testing"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

func TestPlansRefused(t *testing.T) {
	w := opened(t)
	for name, change := range map[string]func(*meeting.VotePlan){
		"no question":    func(p *meeting.VotePlan) { p.Question = " " },
		"10,001 letters": func(p *meeting.VotePlan) { p.Question = strings.Repeat("ă", meeting.MaxQuestion+1) },
		"no document":    func(p *meeting.VotePlan) { p.About.Document = "none" },
		"no version":     func(p *meeting.VotePlan) { p.About = meeting.Place{Document: "report", Version: 7} },
		"no page":        func(p *meeting.VotePlan) { p.About = meeting.Place{Document: "report", Page: 6} },
		"electors":       func(p *meeting.VotePlan) { p.Electors = "friends" },
		"named nobody":   func(p *meeting.VotePlan) { p.Electors = meeting.Named },
		"named stranger": func(p *meeting.VotePlan) { p.Electors, p.Named = meeting.Named, []meeting.PersonID{outsider} },
		"backwards":      func(p *meeting.VotePlan) { p.Seconds = -1 },
		"a year":         func(p *meeting.VotePlan) { p.Seconds = 365 * 24 * 3600 },
		"two ends":       func(p *meeting.VotePlan) { p.Seconds, p.Until = 60, start },
		"year 1":         func(p *meeting.VotePlan) { p.Until = time.Date(1, 2, 3, 0, 0, 0, 0, time.UTC) },
		"poll":           func(p *meeting.VotePlan) { p.Poll.Options = nil },
		"template":       func(p *meeting.VotePlan) { p.Template = "a b" },
	} {
		p := plan(poll.Live)
		change(&p)
		if _, err := w.do(secretary, meeting.PrepareVote{Item: "alpha", Vote: "new", Plan: p}); code(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	long := plan(poll.Live)
	long.Question = strings.Repeat("ă", meeting.MaxQuestion)
	w.must(t, secretary, meeting.PrepareVote{Item: "alpha", Vote: "long", Plan: long})
	w.must(t, secretary, meeting.RemoveVote{Item: "alpha", Vote: "long"})
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Withdrawn, Reason: "Rút"})
	if v := w.voting(live); v.State != meeting.Cancelled || v.Reason != "Rút" {
		t.Errorf("a withdrawn item's vote is %s", v.State)
	}
}

// Who may do what to a vote in each of its states.
func TestWhoMayRunAVote(t *testing.T) {
	w := opened(t)
	states := map[string]meeting.State{}
	var names []string
	note := func(name string) { names = append(names, name); states[name] = w.s }
	note("prepared")
	w.must(t, chair, meeting.PoseVote{Item: "alpha", Vote: live})
	note("posed")
	w.must(t, chair, meeting.OpenVote{Item: "alpha", Vote: live})
	note("polling")
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: live})
	note("tallied")
	w.must(t, chair, meeting.AnnounceVote{Item: "alpha", Vote: live})
	note("announced")
	var out strings.Builder
	for i, c := range voteSamples(live) {
		title := c.Kind()
		if i == 5 {
			title += " for another"
		}
		table(&out, title, names, func(who meeting.PersonID, state string) string { return outcome(states[state], who, c) })
	}
	golden(t, "votes.txt", out.String())
}
