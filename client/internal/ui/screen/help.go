package screen

import (
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// help says in few words what a person of each role can do, and lists the keys.
type help struct {
	still
	shell  *Shell
	scroll *widget.Scroll
}

// openHelp shows the help over any screen but the room's.
func (s *Shell) openHelp() {
	if len(s.stack) == 0 {
		return
	}
	switch s.top().(type) {
	case *help, *projector:
		return
	}
	s.push(&help{shell: s, scroll: newScroll()})
}

// helpLines are the keys of the words for each role.
var helpLines = map[string][]string{
	"role.delegate":  {"help.delegate_follow", "help.delegate_apart", "help.delegate_search", "help.delegate_offline", "help.delegate_answer", "help.delegate_new", "help.delegate_comfort"},
	"role.presenter": {"help.presenter_ask", "help.presenter_turn", "help.presenter_present"},
	"role.chair":     {"help.chair_next", "help.chair_give", "help.chair_back"},
	"role.secretary": {"help.secretary_drop", "help.secretary_publish", "help.secretary_answers", "help.secretary_stand_in", "help.secretary_lists", "help.secretary_pin", "help.secretary_pins"},
	"role.projector": {"help.projector_start", "help.projector_alone"},
}

// helpKeys are what the keyboard does, each with the words for it.
var helpKeys = [][2]string{
	{"← →", "help.key_turn"}, {"PgUp PgDn", "help.key_leaf"}, {"↑ ↓", "help.key_move"}, {"Home End", "help.key_ends"},
	{"+ − 0", "help.key_zoom"}, {"W", "help.key_fit"}, {"Ctrl+F /", "help.key_search"}, {"F3", "help.key_hit"},
	{"Alt+← Alt+→", "help.key_back"}, {"B", "help.key_bookmark"}, {"T", "help.key_text"}, {"G", "help.key_pages"}, {"Esc", "help.key_escape"}, {"F1 ?", "help.key_help"},
}

type helpModel struct {
	Roles    []string
	Language words.Language
}

func (v *help) model() any { return helpModel{v.roles(), words.Current()} }

// roles are those the person has in any meeting, everybody's first.
func (v *help) roles() []string {
	out := []string{"role.delegate", "role.presenter"}
	if v.shell.stage != controller.StageInside {
		return out[:1]
	}
	m := v.shell.act.Meetings()
	has := func(f meeting.Function) bool {
		return slices.ContainsFunc(slices.Concat(m.Running, m.Coming, m.Past), func(r controller.MeetingRow) bool { return slices.Contains(r.Functions, f) })
	}
	if has(meeting.Chair) {
		out = append(out, "role.chair")
	}
	if m.Me.Desk || has(meeting.Secretary) {
		out = append(out, "role.secretary", "role.projector")
	}
	return out
}

func (v *help) name() string { return words.T("help.inside") }

func (v *help) draw() fyne.CanvasObject {
	top := widget.NewTopBar(words.T("common.back"), v.shell.pop, words.T("help.inside"))
	return widget.Frame(top, newAdaptive(func(wide bool) fyne.CanvasObject {
		if wide {
			keys := widget.NewScroll(widget.Inset(16, 20, widget.Column(theme.Gap, v.keys()...)))
			return beside(body(v.scroll, listWidth, v.parts()...), keys, 440)
		}
		return body(v.scroll, listWidth, append(v.parts(), v.keys()...)...)
	}), nil)
}

func (v *help) parts() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, role := range v.roles() {
		out = append(out, widget.Inset(0, 4, widget.NewText(words.T(role), widget.StyleHeading)))
		for _, line := range helpLines[role] {
			out = append(out, widget.Row(10, 1, widget.NewIcon(icons.Check, theme.Accent, 24), widget.NewText(words.T(line), widget.StyleBody)))
		}
	}
	return out
}

func (v *help) keys() []fyne.CanvasObject {
	out := []fyne.CanvasObject{widget.NewText(words.T("help.keys"), widget.StyleHeading)}
	for _, k := range helpKeys {
		out = append(out, widget.Row(12, 1, widget.NewChip(k[0], widget.ChipNeutral), widget.NewText(words.T(k[1]), widget.StyleSecondary)))
	}
	return out
}
