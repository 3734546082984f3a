package controller

import (
	"reflect"
	"slices"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// What a form chose comes back as it was, and becomes a vote that is run so.
func TestChoicesComeBackAsTheyWere(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	for name, c := range map[string]VoteChoices{
		"opinion": {Answers: poll.AnswersOpinion, Electors: meeting.Everybody, Changes: true, Remarks: true, Hold: true},
		"council": {Answers: poll.AnswersCouncil, Electors: meeting.Members, Late: true, AutoClose: true},
		"named":   {Answers: poll.AnswersLaw, Electors: meeting.Named, Named: []meeting.PersonID{servertest.Delegate}},
	} {
		at := VoteAt{Meeting: h.id, Item: h.item, Vote: meeting.VoteID(name)}
		f := VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.After, Seconds: 90, Document: h.doc, Page: 1, Choices: &c}
		h.desk.ok(h.desk.PrepareVote(h.id, h.item, at.Vote, f))
		got, ok := h.desk.VoteForm(at)
		if !ok || got.Choices == nil || !reflect.DeepEqual(*got.Choices, c) || got.Document != h.doc || got.Page != 1 || got.Seconds != 90 {
			t.Errorf("%s came back as %+v with %+v", name, got, got.Choices)
		}
	}
	for _, template := range Templates() {
		for _, mode := range []poll.Mode{poll.Live, poll.After, poll.Secret} {
			f := VoteForm{Question: "?", Template: template, Mode: mode, Options: []string{"A", "B"}, Seats: 1}
			c := VoteChoices{Answers: poll.AnswersOpinion, Electors: meeting.Members, Changes: true, Remarks: true, Hold: true}
			f.Choices = &c
			if code := h.desk.PrepareVote(h.id, h.item, "", f); (code != "") != (template.Ahead() && mode == poll.Secret) {
				t.Errorf("%s %s: %q", template, mode, code)
			}
		}
	}
	f := VoteForm{Question: "?", Template: meeting.TemplateResolution, Mode: poll.Live, Choices: &VoteChoices{Electors: meeting.Named}}
	if code := h.desk.PrepareVote(h.id, h.item, "", f); code == "" {
		t.Error("a vote of nobody was taken")
	}
}

func TestElectableAreThoseWhoMaySeeTheItem(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	e := h.desk.Electable(h.id, h.item)
	has := func(who meeting.PersonID) bool {
		return slices.ContainsFunc(e.People, func(p ElectableRow) bool { return p.ID == who })
	}
	if !has(servertest.Chair) || !has(servertest.Delegate) || has(servertest.Screen) || len(e.StandIns) != 0 {
		t.Errorf("electable %+v", e)
	}
	if n := e.Count(VoteChoices{Electors: meeting.Members}); n != 2 {
		t.Errorf("%d members", n)
	}
	h.desk.ok(h.desk.SetParticipant(h.id, meeting.Participant{Person: servertest.Delegate, StandInFor: servertest.Chair}))
	e = h.desk.Electable(h.id, h.item)
	if has(servertest.Delegate) || len(e.StandIns) != 1 || e.StandIns[0].For == "" {
		t.Errorf("with a stand-in: %+v", e)
	}
	if got := h.row().StandIns; len(got) != 1 {
		t.Errorf("who runs the vote sees %+v", got)
	}
}

// Only those who were named are asked, the vote closes with the last of them, and nobody changes what he sent.
func TestNamedElectorsAndClosingByItself(t *testing.T) {
	choices := VoteChoices{Answers: poll.AnswersCouncil, Electors: meeting.Named, Named: []meeting.PersonID{servertest.Delegate}, AutoClose: true}
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live, Document: "", Choices: &choices})
	h.desk.until("he is there", func() bool {
		h.desk.LookAtVote(h.at)
		r := h.row()
		return len(r.Electors) == 1 && r.Electors[0].Here
	})
	h.desk.ok(h.desk.OpenVote(h.at))
	h.memb.until("asked", func() bool { return len(h.memb.Ballots()) == 1 && h.memb.Ballots()[0].MayVote })
	if b := h.memb.Ballots()[0]; b.Changes || words(b.Choices[2].Word) != "vote.option.blank" {
		t.Errorf("asked %+v", b)
	}
	h.chair.until("the vote is known", func() bool { b, ok := h.chair.Ballot(h.at); return ok && b.State == meeting.Polling })
	if len(h.chair.Ballots()) != 0 {
		t.Error("who was not named is asked")
	}
	h.memb.ok(h.memb.Cast(h.at, poll.Ballot{Marks: []int{2}}))
	h.desk.until("closed by itself", func() bool { r := h.row(); return r.State == meeting.Tallied && r.Cause == meeting.ByAll })
}

// A vote about a page shows the version that was the newest when it opened, also when a newer one has come since.
func TestVoteIsAboutTheVersionThatWasShown(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	h.desk.ok(h.desk.PrepareVote(h.id, h.item, "v1", VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live, Document: h.doc, Page: 1}))
	h.open()
	h.desk.ReplaceFile(h.id, h.item, h.doc, pdf("Bản mới", 1))
	newest := func(d *tester) int { return d.Meeting(h.id).Items[0].Documents[0].Version }
	for _, d := range []*tester{h.memb, h.chair} {
		d.until("the newer version", func() bool { return newest(d) == 2 })
		b, _ := d.Ballot(h.at)
		if b.About.Item != h.item || b.About.Place.Document != h.doc || b.About.Place.Page != 1 || b.About.Place.Version != 1 || b.AboutTitle == "" {
			t.Errorf("about %+v %q", b.About, b.AboutTitle)
		}
	}
}
