package votescreen

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/roster"
)

// rule shows by which rule the vote is decided and leads to the others; a vote that decides nothing by a rule asks nothing.
func (v *voteForm) rule() []fyne.CanvasObject {
	if !v.form.Template.Decides() {
		return nil
	}
	card := v.ruleCard(v.form.Rule)
	card.Chevron = true
	return []fyne.CanvasObject{widget.Column(4, widget.NewText(words.T("vote.desk.rule"), widget.StyleStrong), widget.NewCard(card, v.pickRule))}
}

// ruleCard tells a rule: the committee's own with its paper, or the one that the kind of vote brings.
func (v *voteForm) ruleCard(id roster.RuleID) widget.CardData {
	card := widget.CardData{Mark: widget.Mark{Icon: icons.FileText, Done: id == v.form.Rule}}
	if id == "" {
		card.Title, card.Subtitle = words.T("vote.desk.rule_of_kind"), lines(say(v.form.Template.Needs()), say(v.form.Template.Source()))
		return card
	}
	own := v.desk.actions.Rules().Own
	if i := slices.IndexFunc(own, func(r controller.RuleRow) bool { return r.Rule.ID == id }); i >= 0 {
		r := own[i]
		parts := make([]string, len(r.Examples))
		for i, e := range r.Examples {
			parts[i] = say(e)
		}
		card.Title, card.Subtitle = r.Rule.Name, lines(say(r.Source), upperFirst(say(r.Needs)), upperFirst(strings.Join(parts, "; ")))
		return card
	}
	// The room has it no more, and the vote keeps its copy.
	f := v.form.Frozen
	card.Title, card.Subtitle = f.Source, lines(upperFirst(say(f.Need.Phrase(f.Base))), words.T("vote.desk.rule_gone"))
	return card
}

// standIns says what becomes of those who stand in for somebody: they vote only where the rule says so.
func (v *voteForm) standIns(all []controller.StandIn) fyne.CanvasObject {
	votes := v.form.Frozen.StandIns && v.form.Rule == roster.RuleID(v.form.Frozen.Set)
	for _, r := range v.desk.actions.Rules().Own {
		if r.Rule.ID == v.form.Rule {
			votes = r.Rule.StandIns
		}
	}
	if votes && v.form.Rule != "" && v.form.Template.Decides() {
		return widget.NewText(words.T("rules.stand_ins"), widget.StyleSecondary)
	}
	return standIns(all)
}

// lines puts texts below each other, without the empty ones.
func lines(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), "\n")
}

func (v *voteForm) pickRule() {
	stack := v.desk.stack
	leave := func() { stack.Back() }
	ids := []roster.RuleID{""}
	for _, r := range v.desk.actions.Rules().Own {
		ids = append(ids, r.Rule.ID)
	}
	if !slices.Contains(ids, v.form.Rule) {
		ids = append(ids, v.form.Rule)
	}
	var cards []fyne.CanvasObject
	for _, id := range ids {
		cards = append(cards, widget.NewCard(v.ruleCard(id), func() {
			leave()
			v.form.Rule = id
			v.show()
		}))
	}
	objects := []fyne.CanvasObject{widget.Column(8, cards...)}
	if len(ids) == 1 {
		objects = append(objects, widget.NewText(words.T("vote.desk.no_rules"), widget.StyleSecondary))
	}
	stack.Push(pane.Page{Object: pane.Sheet(words.T("vote.desk.rule"), leave, nil, objects...), Leave: leave})
}
