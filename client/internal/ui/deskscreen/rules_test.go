package deskscreen

import (
	"testing"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/poll"
	"phonghop/shared/roster"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// ownRules are one rule of the committee and those that the program brings.
func ownRules() controller.RulesView {
	r := usualRule()
	r.ID, r.Version, r.Name, r.Source, r.Date, r.StandIns = "r-1", 2, "Quy chế làm việc của Ủy ban nhân dân thành phố Hải Lam", "Quyết định số 12/2026/QĐ-UBND", "2026-09-05", true
	v := controller.RulesView{CanEdit: true, Own: []controller.RuleRow{controller.RuleRowOf(r)}}
	for _, p := range poll.Sets() {
		if p.Need != (poll.Share{}) {
			v.Built = append(v.Built, controller.RuleRow{Name: poll.Phrase{Key: "vote.set." + p.Set}, Source: p.Phrase(), Needs: p.Need.Phrase(p.Base), Examples: p.Examples(19, 20)})
		}
	}
	return v
}

func TestARuleIsWorkedOutWhileItIsEntered(t *testing.T) {
	r := newRoom(draft())
	s, c := show(t, r, "", theme.Options{Mode: theme.Light}, fyne.NewSize(1280, 800))
	x := newRuleFields(s, usualRule())
	told := func(want string) {
		t.Helper()
		if got := x.example.Text(); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	told("Ví dụ: 19 thành viên: cần ít nhất 10; 20 thành viên: cần ít nhất 11; 19 thành viên: phiên họp cần ít nhất 13 người có mặt")
	x.need.choice.pick(1)
	x.base.pick(1)
	x.quorum.choice.pick(0)
	told("Ví dụ: 19 thành viên có mặt: cần ít nhất 13; 20 thành viên có mặt: cần ít nhất 14")
	x.need.choice.pick(3)
	x.need.num.field.SetText("5")
	x.need.den.field.SetText("4")
	told(words.T("rules.share_bad"))
	x.need.den.field.SetText("7")
	x.need.more.pick(1)
	told("Ví dụ: 19 thành viên có mặt: cần ít nhất 14; 20 thành viên có mặt: cần ít nhất 15")
	_ = c
}

func TestTheDeskEntersAndChangesRules(t *testing.T) {
	r := newRoom(draft())
	r.rules = ownRules()
	s, _ := show(t, r, "", theme.Options{Mode: theme.Light}, fyne.NewSize(1280, 800))
	s.openRules()
	s.editRule(usualRule())
	x := newRuleFields(s, r.rules.Own[0].Rule)
	got, wrong, _ := x.read(r.rules.Own[0].Rule)
	if wrong != nil || got != r.rules.Own[0].Rule {
		t.Errorf("unchanged it reads as %+v", got)
	}
	x.name.field.SetText("Quy chế mới")
	x.date.field.SetText("1/10/2026")
	x.tie.pick(1)
	x.stands.pick(0)
	x.form.save = func() string {
		next, _, _ := x.read(r.rules.Own[0].Rule)
		s.actions.SetRule(next, s.answer(x.form, nil))
		return ""
	}
	x.form.open("", "save", x.objects()...)
	x.form.submit()
	want := `rule "r-1" 2 Quy chế mới|Quyết định số 12/2026/QĐ-UBND|2026-10-01|members {1 2 true} {2 3 false} "lost" false`
	if n := len(r.asked); n == 0 || r.asked[n-1] != want {
		t.Errorf("asked %q", r.asked)
	}
}

func TestARuleNeedsItsPaper(t *testing.T) {
	r := newRoom(draft())
	s, c := show(t, r, "", theme.Options{Mode: theme.Light}, fyne.NewSize(1280, 800))
	before := len(r.asked)
	s.editRule(usualRule())
	for _, b := range found[*widget.Button](c) {
		if b.Label() == words.T("common.save") {
			b.Tapped(nil)
		}
	}
	if len(r.asked) != before {
		t.Error("a rule without a name was sent")
	}
}

func TestRulePictures(t *testing.T) {
	uitest.Pictures(t)
	light, dark, large := theme.Options{Mode: theme.Light}, theme.Options{Mode: theme.Dark}, theme.Options{Mode: theme.Light, Scale: 2}
	wide, upright, phone := fyne.NewSize(1280, 800), fyne.NewSize(800, 1280), fyne.NewSize(360, 640)
	for _, p := range []struct {
		name     string
		size     fyne.Size
		language words.Language
		options  theme.Options
		then     func(*Screen)
	}{
		{"rules", upright, words.Vietnamese, light, (*Screen).openRules},
		{"rules-phone-en-dark", phone, words.English, dark, (*Screen).openRules},
		{"rule", wide, words.Vietnamese, light, func(s *Screen) { s.openRule("r-1") }},
		{"rule-form", upright, words.Vietnamese, light, func(s *Screen) { s.editRule(ownRules().Own[0].Rule) }},
		{"rule-form-phone-200-en", phone, words.English, large, func(s *Screen) { s.editRule(roster.Rule{Base: roster.OfCast, Need: roster.Share{Num: 3, Den: 5}}) }},
	} {
		t.Run(p.name, func(t *testing.T) {
			words.Use(p.language)
			defer words.Use(words.Vietnamese)
			r := newRoom(draft())
			r.rules = ownRules()
			s, c := show(t, r, "", p.options, p.size)
			p.then(s)
			c.Unfocus()
			test.AssertRendersToImage(t, p.name+".png", c)
		})
	}
}
