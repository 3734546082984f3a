package votescreen

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
	"phonghop/shared/roster"
)

func committeeRules() controller.RulesView {
	return controller.RulesView{Own: []controller.RuleRow{controller.RuleRowOf(roster.Rule{ID: "r-1", Version: 1, Name: "Quy chế làm việc của Ủy ban nhân dân thành phố Hải Lam",
		Source: "Quyết định số 12/2026/QĐ-UBND", Date: "2026-09-05", Base: roster.OfMembers, Need: roster.Share{Num: 1, Den: 2, More: true}, Quorum: roster.Share{Num: 2, Den: 3}})}}
}

func TestTheRuleOfAVoteIsChosen(t *testing.T) {
	o := &office{view: votes(), rules: committeeRules()}
	d, canvas := showDesk(t, o, light, tablet)
	d.form("", controller.VoteForm{Template: meeting.TemplateResolution, Mode: poll.Live})
	found[*widget.TextField](canvas)[0].SetText("Thông qua?")
	tapCard(t, canvas, words.T("vote.desk.rule_of_kind"))
	tapCard(t, canvas, committeeRules().Own[0].Rule.Name)
	tap(t, canvas, "common.save")
	if len(o.forms) != 1 || o.forms[0].Rule != "r-1" {
		t.Errorf("saved %+v", o.forms)
	}
}

func TestAVoteWithoutDecisionAsksForNoRule(t *testing.T) {
	d, canvas := showDesk(t, &office{view: votes(), rules: committeeRules()}, light, tablet)
	d.form("", controller.VoteForm{Template: meeting.TemplateStraw, Mode: poll.After})
	if says(canvas, words.T("vote.desk.rule")) {
		t.Error("it asks")
	}
}

func TestARuleThatIsGoneStays(t *testing.T) {
	frozen := poll.OfRoom(committeeRules().Own[0].Rule)
	d, canvas := showDesk(t, &office{view: votes()}, light, tablet)
	d.form("v1", controller.VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live, Rule: "r-1", Frozen: frozen})
	tapCard(t, canvas, frozen.Source)
	tapCard(t, canvas, frozen.Source)
	tap(t, canvas, "common.save")
	if o := d.actions.(*office); len(o.forms) != 1 || o.forms[0].Rule != "r-1" {
		t.Errorf("saved %+v", o.forms)
	}
}

func TestRuleOfVotePictures(t *testing.T) {
	uitest.Pictures(t)
	form := controller.VoteForm{Question: question, Template: meeting.TemplateResolution, Mode: poll.Live, Rule: "r-1"}
	t.Run("form-rule", func(t *testing.T) {
		d, canvas := showDesk(t, &office{view: votes(), rules: committeeRules()}, light, upright)
		d.form("", form)
		canvas.Unfocus()
		test.AssertRendersToImage(t, "form-rule.png", canvas)
	})
	t.Run("form-rules-phone-en", func(t *testing.T) {
		words.Use(words.English)
		defer words.Use(words.Vietnamese)
		d, canvas := showDesk(t, &office{view: votes(), rules: committeeRules()}, dark, phone)
		d.form("", form)
		tapCard(t, canvas, committeeRules().Own[0].Rule.Name)
		test.AssertRendersToImage(t, "form-rules-phone-en.png", canvas)
	})
}
