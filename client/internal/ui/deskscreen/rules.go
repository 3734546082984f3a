package deskscreen

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/poll"
	"phonghop/shared/roster"
)

// openRules lists the rules by which the committee decides, and those that the program brings.
func (s *Screen) openRules() {
	model := func() (any, bool) {
		v := s.actions.Rules()
		v.Status = controller.Status{Link: v.Status.Link, WhyCode: v.Status.WhyCode}
		return v, true
	}
	s.push(model, func() fyne.CanvasObject {
		v := s.actions.Rules()
		objects := append(linkBanners(controller.Status{Link: v.Status.Link, WhyCode: v.Status.WhyCode}), widget.NewText(words.T("rules.help"), widget.StyleSecondary))
		if v.CanEdit {
			objects = append(objects, widget.Flow(theme.Gap, widget.NewButton(words.T("rules.add"), widget.Filled, func() { s.editRule(usualRule()) }).WithIcon(icons.Plus)))
		}
		objects = append(objects, widget.NewText(words.T("rules.own"), widget.StyleStrong.Colored(theme.Secondary)))
		if len(v.Own) == 0 {
			objects = append(objects, widget.NewText(words.T("rules.none"), widget.StyleBody))
		}
		for _, r := range v.Own {
			var open func()
			if v.CanEdit {
				open = func() { s.openRule(r.Rule.ID) }
			}
			objects = append(objects, widget.NewCard(ruleCard(r, v.CanEdit), open))
		}
		objects = append(objects, widget.Divider(), widget.NewText(words.T("rules.built"), widget.StyleStrong.Colored(theme.Secondary)))
		for _, r := range v.Built {
			objects = append(objects, widget.NewCard(ruleCard(r, false), nil))
		}
		return pane.Sheet(words.T("rules.title"), s.back, nil, objects...)
	})
}

func ruleCard(r controller.RuleRow, opens bool) widget.CardData {
	return widget.CardData{Mark: widget.Mark{Icon: icons.FileText}, Title: upperFirst(say(r.Name)), Subtitle: joinedBy("\n", say(r.Source), upperFirst(say(r.Needs)), examples(r)), Chevron: opens}
}

// examples says in numbers what a rule asks for.
func examples(r controller.RuleRow) string {
	out := ""
	for _, e := range r.Examples {
		out = joinedBy("; ", out, say(e))
	}
	return upperFirst(out)
}

// say makes the words of a phrase.
func say(p poll.Phrase) string { return p.Say(words.T) }

// usualRule is what a new rule begins with: what the law had, to be confirmed by the committee's own paper.
func usualRule() roster.Rule {
	return roster.Rule{Base: roster.OfMembers, Need: roster.Share{Num: 1, Den: 2, More: true}, Tie: roster.TieChairman, Quorum: roster.Share{Num: 2, Den: 3}}
}

func (s *Screen) rule(id roster.RuleID) (controller.RuleRow, bool) {
	all := s.actions.Rules().Own
	at := slices.IndexFunc(all, func(r controller.RuleRow) bool { return r.Rule.ID == id })
	if at < 0 {
		return controller.RuleRow{}, false
	}
	return all[at], true
}

// openRule shows a rule of the committee and what can be done about it.
func (s *Screen) openRule(id roster.RuleID) {
	failure := pane.NewPart()
	s.push(func() (any, bool) { r, ok := s.rule(id); return r, ok }, func() fyne.CanvasObject {
		r, _ := s.rule(id)
		told := s.life.Answer(func(code string) {
			failure.Show(code, func() fyne.CanvasObject {
				if code == "" {
					return nil
				}
				return widget.NewBanner(widget.BannerWrong, words.Refusal(code), "", nil)
			})
			s.stack.Object().Refresh()
			s.Refresh()
		})
		lines := []fyne.CanvasObject{widget.NewText(r.Rule.Name, widget.StyleHeading), widget.NewText(say(r.Source), widget.StyleBody),
			widget.NewText(upperFirst(say(r.Needs)), widget.StyleStrong), widget.NewText(examples(r), widget.StyleBody), widget.NewText(words.T("rules.tie")+": "+words.T("rules.tie."+tieKey(r.Rule.Tie)), widget.StyleBody)}
		if r.Rule.StandIns {
			lines = append(lines, widget.NewText(words.T("rules.stand_ins"), widget.StyleBody))
		}
		lines = append(lines, widget.NewText(words.T("rules.version", r.Rule.Version), widget.StyleSecondary), failure.Object(),
			widget.NewButton(words.T("common.edit"), widget.Outlined, func() { s.editRule(r.Rule) }).WithIcon(icons.Pencil),
			widget.NewButton(words.T("rules.remove"), widget.Danger, func() {
				s.ask(widget.Question{Title: words.T("rules.remove_ask", r.Rule.Name), Help: words.T("rules.remove_help"), Yes: words.T("common.remove"), No: words.T("common.cancel"), Destroys: true},
					func() { s.actions.RemoveRule(id, told) })
			}).WithIcon(icons.Trash2))
		return pane.Sheet(words.T("rules.title"), s.back, nil, lines...)
	})
}

// The shares that are offered; another one is entered as a fraction.
var (
	shares  = []roster.Share{{Num: 1, Den: 2, More: true}, {Num: 2, Den: 3}, {Num: 3, Den: 4}}
	bases   = []string{roster.OfMembers, roster.OfPresent, roster.OfCast}
	ties    = []string{roster.TieChairman, roster.TieLost, roster.TieOpen}
	noShare = roster.Share{}
)

func tieKey(tie string) string {
	if tie == roster.TieOpen {
		return "open"
	}
	return tie
}

// shareField is a choice among the usual shares, or a fraction of its own.
type shareField struct {
	form     *form
	label    string
	offered  []roster.Share
	choice   *options
	num, den *input
	more     *options
	other    *fyne.Container
}

func (f *form) share(label string, offered []roster.Share, names []string, value roster.Share, changed func()) *shareField {
	x := &shareField{form: f, label: label, offered: offered}
	at := slices.Index(offered, value)
	num, den := "", ""
	if at < 0 {
		at, num, den = len(offered), strconv.Itoa(value.Num), strconv.Itoa(value.Den)
	}
	x.choice = newOptions(false, append(names, words.T("rules.other_share")), at)
	x.num, x.den = f.line(words.T("rules.num"), "1", num, false, 4), f.line(words.T("rules.den"), "2", den, false, 4)
	x.more = newOptions(false, []string{words.T("rules.more"), words.T("rules.least")}, map[bool]int{true: 0, false: 1}[value.More])
	x.other = widget.Column(theme.Gap, newPair(x.num.field, x.den.field), x.more.object(words.T("rules.strict")))
	x.other.Hidden = at < len(offered)
	x.num.field.OnChanged, x.den.field.OnChanged = func(string) { changed() }, func(string) { changed() }
	x.more.onChange = changed
	x.choice.onChange = func() {
		x.other.Hidden = x.choice.index() < len(offered)
		changed()
	}
	return x
}

func (x *shareField) object() fyne.CanvasObject {
	return widget.Column(theme.Gap, x.choice.object(x.label), x.other)
}

// read takes the share; ok is false where the fraction is none from above 0 to 1.
func (x *shareField) read() (s roster.Share, ok bool) {
	if at := x.choice.index(); at >= 0 && at < len(x.offered) {
		return x.offered[at], true
	}
	num, wrong := strconv.Atoi(x.num.value())
	den, bad := strconv.Atoi(x.den.value())
	s = roster.Share{Num: num, Den: den, More: x.more.index() == 0}
	return s, wrong == nil && bad == nil && num > 0 && num <= den && den <= 1000 && (!s.More || num < den)
}

// ruleFields are the fields of a rule.
type ruleFields struct {
	form               *form
	name, source, date *input
	base, tie, stands  *options
	need, quorum       *shareField
	example            *widget.Text
}

func newRuleFields(s *Screen, r roster.Rule) *ruleFields {
	f := newForm(s)
	x := &ruleFields{form: f, example: widget.NewText("", widget.StyleStrong.Colored(theme.Accent)),
		name:   f.line(words.T("rules.name"), words.T("rules.name_hint"), r.Name, true, roster.MaxRuleName),
		source: f.line(words.T("rules.source"), words.T("rules.source_hint"), r.Source, true, roster.MaxRuleSource),
		date:   f.line(words.T("rules.date"), words.T("desk.date_hint"), dayOfRule(r.Date), false, 20),
	}
	x.date.check = checkDay
	labels := func(prefix string, keys []string) (out []string) {
		for _, k := range keys {
			out = append(out, words.T(prefix+k))
		}
		return out
	}
	x.base = newOptions(false, []string{words.T("rules.base.members"), words.T("rules.base.present"), words.T("rules.base.cast")}, slices.Index(bases, r.Base))
	x.need = f.share(words.T("rules.need"), shares, labels("rules.share.", []string{"half", "thirds", "quarters"}), r.Need, x.tell)
	x.quorum = f.share(words.T("rules.quorum"), append([]roster.Share{noShare}, shares...), labels("rules.share.", []string{"none", "half", "thirds", "quarters"}), r.Quorum, x.tell)
	x.tie = newOptions(false, []string{words.T("rules.tie.chairman"), words.T("rules.tie.lost"), words.T("rules.tie.open")}, slices.Index(ties, r.Tie))
	x.stands = newOptions(true, []string{words.T("rules.stand_ins")}, map[bool]int{true: 0, false: -1}[r.StandIns])
	x.base.onChange = x.tell
	f.rest = func() any {
		return []any{x.base.index(), x.tie.index(), x.stands.index(), x.need.choice.index(), x.need.more.index(), x.quorum.choice.index(), x.quorum.more.index()}
	}
	x.tell()
	return x
}

// tell works the rule out in numbers while it is entered.
func (x *ruleFields) tell() {
	if x.need == nil || x.quorum == nil {
		return
	}
	r, _, what := x.read(roster.Rule{})
	text := what
	if what == "" {
		text = words.T("rules.example", examples(controller.RuleRowOf(r)))
	}
	x.example.SetText(text)
	if x.form.refresh != nil {
		x.form.refresh()
	}
}

func (x *ruleFields) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.name.field, x.source.field, x.date.field, x.base.object(words.T("rules.base")), x.need.object(), x.quorum.object(),
		widget.NewPanel(x.example), x.tie.object(words.T("rules.tie")), x.stands.object(words.T("rules.stand_ins_title")), widget.NewText(words.T("rules.stand_ins_help"), widget.StyleSecondary)}
}

// read takes the form's values; what says what is wrong, in the field wrong.
func (x *ruleFields) read(old roster.Rule) (r roster.Rule, wrong *input, what string) {
	r = old
	r.Name, r.Source, r.Date = x.name.value(), x.source.value(), ""
	if day, ok := parseDay(x.date.value()); ok {
		r.Date = day.at(0).Format(time.DateOnly)
	}
	r.Base, r.Tie, r.StandIns = bases[max(0, x.base.index())], ties[max(0, x.tie.index())], x.stands.index() >= 0
	var ok bool
	if r.Need, ok = x.need.read(); !ok {
		return r, x.need.num, words.T("rules.share_bad")
	}
	if r.Quorum, ok = x.quorum.read(); !ok {
		return r, x.quorum.num, words.T("rules.share_bad")
	}
	return r, nil, ""
}

// editRule enters a rule, where it has no id, or changes one.
func (s *Screen) editRule(r roster.Rule) {
	x := newRuleFields(s, r)
	x.form.save = func() string {
		next, wrong, what := x.read(r)
		if wrong != nil {
			x.form.wrong(wrong, what)
			return ""
		}
		s.actions.SetRule(next, s.answer(x.form, nil))
		return ""
	}
	title := "rules.add"
	if r.ID != "" {
		title = "rules.edit"
	}
	x.form.open(words.T(title), words.T("common.save"), x.objects()...)
}

// dayOfRule writes a rule's date as it is typed.
func dayOfRule(date string) string {
	t, err := time.ParseInLocation(time.DateOnly, date, time.Local)
	if err != nil {
		return ""
	}
	return dayText(t)
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
