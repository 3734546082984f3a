package screen

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// settings says who is signed in and holds what a person sets about the screens.
type settings struct {
	still
	shell  *Shell
	scroll *widget.Scroll
	me     controller.PersonRow
	room   string
}

func newSettings(s *Shell) *settings { return &settings{shell: s, scroll: newScroll()} }

type settingsModel struct {
	Me     controller.PersonRow
	Room   string
	Chosen Preferences
}

func (v *settings) model() any {
	v.me, v.room = controller.PersonRow{}, ""
	switch v.shell.stage {
	case controller.StageInside:
		v.me, v.room = v.shell.act.Meetings().Me, v.shell.act.Projector().Room
	case controller.StageSignIn:
		v.room = v.shell.act.SignIn().Room
	}
	return settingsModel{v.me, v.room, v.shell.chosen}
}

func (v *settings) name() string { return words.T("common.settings") }

func (v *settings) draw() fyne.CanvasObject {
	top := widget.NewTopBar(words.T("common.back"), v.shell.pop, words.T("common.settings"))
	var objects []fyne.CanvasObject
	if v.me.ID != "" {
		objects = append(objects, widget.NewText(v.me.Name, widget.StyleHeading),
			widget.NewText(dotted(v.me.Position, v.me.Unit, v.room), widget.StyleSecondary.Colored(theme.Secondary)))
	}
	objects = append(objects,
		labelled("language.label", v.languages()),
		labelled("common.text_size", v.sizes()),
		labelled("common.appearance", v.modes()),
		labelled("settings.contrast", v.either("settings.contrast_usual", "settings.contrast_high", v.shell.chosen.Contrast, func(p *Preferences, on bool) { p.Contrast = on })),
		labelled("settings.hand", v.either("settings.right_hand", "settings.left_hand", v.shell.chosen.LeftHand, func(p *Preferences, on bool) { p.LeftHand = on })),
		labelled("settings.motion", v.either("settings.motion_on", "settings.motion_off", v.shell.chosen.Still, func(p *Preferences, on bool) { p.Still = on })))
	if v.shell.options.FullScreen != nil {
		objects = append(objects, widget.Flow(theme.Gap, widget.NewButton(words.T("settings.full_screen"), widget.Outlined, v.shell.options.FullScreen).WithIcon(icons.Maximize)))
	}
	if v.me.ID != "" {
		objects = append(objects, widget.Flow(theme.Gap, widget.NewButton(words.T("help.inside"), widget.Outlined, v.shell.openHelp).WithIcon(icons.Info),
			widget.NewButton(words.T("signin.change_pin"), widget.Outlined, func() { v.shell.push(newOwnPIN(v.shell)) }).WithIcon(icons.KeyRound)))
		out := widget.NewButton(words.T("signin.sign_out"), widget.Danger, v.askSignOut).WithIcon(icons.LogOut)
		objects = append(objects, widget.Inset(0, 8, widget.Divider()), widget.Flow(theme.Gap, out))
	}
	return widget.Frame(top, body(v.scroll, 640, objects...), nil)
}

func labelled(key string, o fyne.CanvasObject) fyne.CanvasObject {
	return widget.Inset(0, 6, widget.Column(8, widget.NewText(words.T(key), widget.StyleStrong), o))
}

// either is a choice of two words, of which the second is on.
func (v *settings) either(off, on string, chosen bool, set func(*Preferences, bool)) fyne.CanvasObject {
	at := 0
	if chosen {
		at = 1
	}
	return widget.NewChoice([]string{words.T(off), words.T(on)}, at, func(i int) {
		p := v.shell.chosen
		set(&p, i == 1)
		v.shell.prefer(p)
	})
}

func (v *settings) languages() fyne.CanvasObject {
	here, other := words.T("language.name"), words.T("language.switch")
	names, at := []string{here, other}, 0
	if words.Current() == words.English {
		names, at = []string{other, here}, 1
	}
	return widget.NewChoice(names, at, func(i int) {
		p := v.shell.chosen
		p.Language = []words.Language{words.Vietnamese, words.English}[i]
		v.shell.prefer(p)
	})
}

// scales are the sizes of type to choose from.
var scales = []float32{1, 1.25, 1.5, 1.75, 2}

func (v *settings) sizes() fyne.CanvasObject {
	names, at := make([]string, len(scales)), 0
	for i, s := range scales {
		names[i] = fmt.Sprintf("%d%%", int(s*100))
		if v.shell.chosen.Scale >= s {
			at = i
		}
	}
	return widget.NewChoice(names, at, func(i int) {
		p := v.shell.chosen
		p.Scale = scales[i]
		v.shell.prefer(p)
	})
}

func (v *settings) modes() fyne.CanvasObject {
	names := []string{words.T("common.as_device"), words.T("common.light"), words.T("common.dark")}
	return widget.NewChoice(names, int(v.shell.chosen.Mode), func(i int) {
		p := v.shell.chosen
		p.Mode = theme.Mode(i)
		v.shell.prefer(p)
	})
}

func (v *settings) askSignOut() {
	q := widget.Question{Title: words.T("signin.sign_out_ask"), Help: words.T("signin.sign_out_help"),
		Yes: words.T("signin.sign_out"), No: words.T("common.cancel"), Destroys: true}
	if lines := v.shell.unsent(); len(lines) > 0 {
		q.Title, q.Help = words.T("signin.unsent_ask"), strings.Join(lines, "\n")
		q.Yes, q.No = words.T("signin.unsent_out"), words.T("signin.unsent_stay")
	}
	v.shell.confirm(q, func() {
		v.shell.act.SignOut()
		v.shell.Update()
	})
}

// unsent says what the server does not have yet from this person, and what becomes of it when he signs out; nothing where it has all.
func (s *Shell) unsent() (lines []string) {
	u := s.act.Unsent()
	if u.Ballots > 0 {
		lines = append(lines, words.N("signin.unsent_ballots", u.Ballots))
	}
	if u.Wishes > 0 {
		lines = append(lines, words.N("signin.unsent_wishes", u.Wishes))
	}
	if len(lines) > 0 {
		lines = append(lines, words.T("signin.unsent_help"))
	}
	if s.ballot != nil && s.ballot.Unsent() {
		lines = append(lines, words.T("signin.unsent_draft"))
	}
	return lines
}
