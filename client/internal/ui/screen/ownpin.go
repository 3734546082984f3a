package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// ownPIN is where a person changes the PIN he signs in with.
type ownPIN struct {
	still
	shell           *Shell
	me              controller.PersonRow
	scroll          *widget.Scroll
	old, pin, again *widget.TextField
	language        words.Language // of the fields
	busy            bool
	code            string // why it was refused, "" for none
}

func newOwnPIN(s *Shell) *ownPIN {
	return &ownPIN{shell: s, scroll: newScroll(), me: s.act.Meetings().Me}
}

type ownPINModel struct {
	Busy     bool
	Code     string
	Language words.Language
}

func (v *ownPIN) model() any { return ownPINModel{v.busy, v.code, words.Current()} }

func (v *ownPIN) name() string { return words.T("signin.change_pin") }

// fields are made once for a language: what is typed is not lost when the screen is drawn anew.
func (v *ownPIN) fields() {
	if v.old != nil && v.language == words.Current() {
		return
	}
	v.language = words.Current()
	field := func(label, hint string, before *widget.TextField) *widget.TextField {
		f := widget.NewPasswordField(label, hint)
		if before != nil {
			f.SetText(before.Text())
		}
		f.OnSubmitted = func(string) { v.change() }
		f.OnCancelled = v.shell.pop
		return f
	}
	v.old = field(words.T("signin.old_pin"), "", v.old)
	v.pin = field(words.T("signin.new_pin"), words.T("signin.pin_hint"), v.pin)
	v.again = field(words.T("signin.new_pin_again"), "", v.again)
}

func (v *ownPIN) draw() fyne.CanvasObject {
	v.fields()
	top := widget.NewTopBar(words.T("common.back"), v.shell.pop, v.name())
	objects := []fyne.CanvasObject{widget.NewText(v.me.Name, widget.StyleHeading)}
	if v.code != "" {
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(v.code), "", nil))
	}
	save := widget.NewButton(words.T("common.save"), widget.Filled, v.change)
	save.SetEnabled(!v.busy)
	objects = append(objects, v.old, v.pin, v.again,
		widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, v.shell.pop), save))
	return widget.Frame(top, body(v.scroll, 640, objects...), nil)
}

// change asks for the new PIN, when what was typed can be right.
func (v *ownPIN) change() {
	if v.busy {
		return
	}
	v.old.SetError("")
	v.pin.SetError("")
	v.again.SetError("")
	switch {
	case v.old.Text() == "":
		v.old.SetError(words.T("desk.needed"))
	case len(v.pin.Text()) < widget.MinPIN:
		v.pin.SetError(words.T("signin.pin_hint"))
	case v.again.Text() != v.pin.Text():
		v.again.SetError(words.T("signin.pins_differ"))
	default:
		v.busy, v.code = true, ""
		v.shell.act.SetPIN(v.me.ID, v.old.Text(), v.pin.Text(), func(code string) {
			mainthread.Do(func() { v.answered(code) })
		})
	}
	v.shell.Update()
	v.scroll.Refresh() // the words under a field take room
}

func (v *ownPIN) answered(code string) {
	if v.shell.ctx.Err() != nil {
		return
	}
	v.busy, v.code = false, code
	if v.shell.top() != view(v) {
		return // left meanwhile
	}
	if code != "" {
		v.shell.Update()
		return
	}
	v.shell.pop()
	v.shell.note.show(words.T("signin.pin_changed"))
}
