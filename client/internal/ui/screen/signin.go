package screen

import (
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// mostNames bounds how many names stand in the list at once; further ones are found by writing.
const mostNames = 80

// signIn is where a person picks his name and enters the PIN; in a room that is new to the device the room's code comes
// first.
type signIn struct {
	shell  *Shell
	seen   controller.SignInView
	chosen meeting.PersonID
	began  bool // the person of the last time was offered
	shared bool
	typedN string // what was written to find a name
	scroll *widget.Scroll
	names  *widget.Scroll
	search *widget.TextField
	pad    *widget.PINPad
	words  words.Language
	// cleared is the failed try whose digits were taken away.
	cleared bool
}

func newSignIn(s *Shell) *signIn {
	return &signIn{shell: s, scroll: newScroll(), names: newScroll(), shared: true}
}

type signInModel struct {
	View   controller.SignInView
	Chosen meeting.PersonID
	Typed  string
	Left   string // what is left of the waiting time, in words
	Shared bool
}

func (v *signIn) model() any {
	v.seen = v.shell.act.SignIn()
	if !v.began && len(v.seen.People) > 0 {
		v.began = true
		if v.seen.Last != "" {
			v.chosen, v.shared = v.seen.Last, false
		}
	}
	if _, ok := v.person(); !ok && len(v.seen.People) > 0 {
		v.chosen = ""
	}
	return signInModel{v.seen, v.chosen, v.typedN, v.left(), v.shared}
}

// left is how long to wait until the next try, in words; "" when there is nothing to wait for.
func (v *signIn) left() string {
	d := time.Until(v.seen.WaitUntil)
	if v.seen.WaitUntil.IsZero() || d <= 0 {
		return ""
	}
	if d = max(d.Round(time.Second), time.Second); d < time.Minute {
		return words.N("signin.seconds", int(d/time.Second))
	}
	return words.Span(d)
}

func (v *signIn) name() string { return words.T("signin.title") }

func (v *signIn) close() {}

// person is who was chosen.
func (v *signIn) person() (controller.PersonRow, bool) {
	for _, p := range v.seen.People {
		if p.ID == v.chosen {
			return p, true
		}
	}
	return controller.PersonRow{}, false
}

func (v *signIn) back() bool {
	if v.chosen != "" && !v.seen.FirstTime {
		v.choose("")
		return true
	}
	if leave := v.shell.leaveRoom(); leave != nil {
		leave()
	}
	return true
}

func (v *signIn) choose(who meeting.PersonID) {
	v.chosen, v.pad = who, nil
	v.shell.window.Canvas().Unfocus()
	v.shell.redraw()
}

// typed gives the keyboard's digits to the PIN pad without taking the focus from the ways back.
func (v *signIn) typed(e *fyne.KeyEvent) {
	if v.pad != nil {
		v.pad.TypedKey(e)
	}
}

// typedRune gives digits to the PIN pad; over the names it begins to search.
func (v *signIn) typedRune(r rune) {
	switch {
	case v.pad != nil:
		v.pad.TypedRune(r)
	case v.search != nil && !v.seen.FirstTime:
		v.shell.window.Canvas().Focus(v.search.Focusable())
		v.search.Focusable().TypedRune(r)
	}
}

func (v *signIn) draw() fyne.CanvasObject {
	settings := v.shell.settingsButton()
	if v.seen.FirstTime {
		top := widget.NewTopBar(words.T("join.rooms"), v.shell.leaveRoom(), "", settings)
		return widget.Frame(top, v.drawCode(), nil)
	}
	if p, ok := v.person(); ok {
		top := widget.NewTopBar(words.T("signin.not_me"), func() { v.choose("") }, "", settings)
		return widget.Frame(top, v.drawPIN(p), nil)
	}
	v.pad = nil
	top := widget.NewTopBar(words.T("join.rooms"), v.shell.leaveRoom(), "", settings)
	return widget.Frame(top, v.drawNames(), nil)
}

// drawCode asks to compare the room's code.
func (v *signIn) drawCode() fyne.CanvasObject {
	same := widget.NewButton(words.T("join.fingerprint_same"), widget.Filled, func() {
		v.shell.act.ConfirmCode()
		v.shell.Update()
	}).WithHeight(widget.Tall).WithIcon(icons.ShieldCheck)
	differs := widget.NewButton(words.T("join.fingerprint_differs"), widget.Outlined, func() { v.back() }).WithHeight(widget.Tall)
	objects := []fyne.CanvasObject{widget.NewText(v.seen.Room, widget.StyleTitle), widget.NewText(words.T("join.secure_first"), widget.StyleBody),
		widget.NewPanel(widget.NewText(v.seen.KeyCode, widget.StyleTitle.Centered())), same, differs, widget.NewText(words.T("join.secure_why"), widget.StyleSecondary.Colored(theme.Secondary))}
	return body(v.scroll, 560, objects...)
}

func (v *signIn) drawNames() fyne.CanvasObject {
	if v.search == nil || v.words != words.Current() {
		v.words = words.Current()
		v.search = widget.NewTextField("", words.T("signin.search_name"))
		v.search.SetText(v.typedN)
		v.search.OnCancelled = func() {
			v.search.SetText("")
			v.shell.window.Canvas().Unfocus()
		}
		v.search.OnChanged = func(text string) {
			v.typedN = text
			v.names.Offset = fyne.NewPos(0, 0)
			v.shell.refresh()
		}
	}
	head := []fyne.CanvasObject{widget.NewText(words.T("signin.choose_name"), widget.StyleTitle), widget.NewText(v.seen.Room, widget.StyleSecondary.Colored(theme.Secondary))}
	head = append(head, v.trouble()...)
	head = append(head, v.search)
	refill(v.names, widget.Narrow(listWidth, widget.Inset(16, 12, widget.Column(theme.Gap, v.nameCards()...))))
	return widget.Frame(widget.Narrow(listWidth, widget.Inset(16, 16, widget.Column(theme.Gap, head...))), v.names, nil)
}

// trouble says why the last try failed, where that does not belong to the PIN.
func (v *signIn) trouble() []fyne.CanvasObject {
	switch {
	case v.seen.Code == "", v.seen.Code == "wrong_pin", v.seen.Code == "slow_down", len(v.seen.People) == 0:
		return nil
	}
	return []fyne.CanvasObject{widget.NewBanner(widget.BannerWrong, words.Refusal(v.seen.Code), "", nil)}
}

func (v *signIn) nameCards() []fyne.CanvasObject {
	var people, screens []fyne.CanvasObject
	hidden := 0
	for _, p := range v.seen.People {
		if !matches(p, v.typedN) {
			continue
		}
		if len(people)+len(screens) == mostNames {
			hidden++
			continue
		}
		mark := widget.Mark{Text: initials(p.Name)}
		if p.Screen {
			mark = widget.Mark{Icon: icons.Tv}
		}
		card := widget.NewCard(widget.CardData{Mark: mark, Title: p.Name, Subtitle: dotted(p.Position, p.Unit), Chevron: true}, func() { v.choose(p.ID) })
		if p.Screen {
			screens = append(screens, card)
		} else {
			people = append(people, card)
		}
	}
	out := append(people, screens...)
	switch {
	case len(v.seen.People) == 0 && v.seen.Code == "":
		out = append(out, widget.EmptyState(icons.Users, words.T("common.loading"), "", nil))
	case len(v.seen.People) == 0:
		out = append(out, widget.EmptyState(icons.CloudOff, words.Refusal(v.seen.Code), words.T("signin.retrying"), nil))
	case len(out) == 0:
		out = append(out, widget.EmptyState(icons.Search, words.T("signin.no_name"), words.T("signin.no_name_help"), nil))
	case hidden > 0:
		out = append(out, widget.NewText(words.N("signin.more_names", hidden), widget.StyleSecondary.Centered().Colored(theme.Secondary)))
	}
	return out
}

func (v *signIn) drawPIN(p controller.PersonRow) fyne.CanvasObject {
	if v.pad == nil || v.words != words.Current() {
		v.words = words.Current()
		v.pad = widget.NewPINPad(func(pin string) {
			v.cleared = false
			v.shell.act.SignInAs(v.chosen, pin, v.shared)
			v.shell.Update()
		})
		v.search = nil
	}
	v.sayPIN()
	objects := []fyne.CanvasObject{widget.NewText(p.Name, widget.StyleHeading.Centered())}
	if sub := dotted(p.Position, p.Unit); sub != "" {
		objects = append(objects, widget.NewText(sub, widget.StyleSecondary.Centered().Colored(theme.Secondary)))
	}
	objects = append(objects, v.trouble()...)
	objects = append(objects, widget.Narrow(340, v.pad), v.drawShared())
	return body(v.scroll, formWidth, objects...)
}

// sayPIN tells below the digits what became of the last try.
func (v *signIn) sayPIN() {
	left := v.left()
	// What was wrong is over when the keys are back after a time of waiting.
	over := left == "" && !v.seen.WaitUntil.IsZero()
	wrong := (v.seen.Code == "wrong_pin" || v.seen.Code == "slow_down") && !over
	if !v.seen.Busy && v.seen.Code != "" && !v.cleared {
		v.cleared = true
		v.pad.Clear()
	}
	v.pad.SetBusy(v.seen.Busy || left != "")
	switch {
	case v.seen.Busy:
		v.pad.SetMessage(words.T("signin.checking"), false)
	case v.seen.Code == "slow_down" && left != "":
		v.pad.SetMessage(words.T("signin.too_often", left), true)
	case wrong && left != "":
		v.pad.SetMessage(words.Refusal(v.seen.Code)+" "+words.T("signin.wait", left), true)
	case left != "":
		v.pad.SetMessage(words.T("signin.wait", left), true)
	case wrong:
		v.pad.SetMessage(words.Refusal(v.seen.Code), true)
	default:
		v.pad.SetMessage(words.T("signin.pin_hint"), false)
	}
}

// drawShared asks whose device this is: on a shared one nothing outlives the sign-in.
func (v *signIn) drawShared() fyne.CanvasObject {
	at, help := 0, "signin.own_help"
	if v.shared {
		at, help = 1, "signin.shared_help"
	}
	choice := widget.NewChoice([]string{words.T("signin.own"), words.T("signin.shared")}, at, func(i int) {
		v.shared = i == 1
		v.shell.refresh()
	})
	return widget.Column(8, choice, widget.NewText(words.T(help), widget.StyleSecondary.Centered().Colored(theme.Secondary)))
}
