package deskscreen

import (
	"reflect"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/text"
)

// form is a page of fields that a person fills in: it keeps what was typed until it is saved or left on purpose.
type form struct {
	screen  *Screen
	inputs  []*input
	failure *pane.Part
	// rest gives what is chosen without a keyboard, so that a change of it counts as one; may be nil.
	rest func() any
	// save is called when every field is right; it returns the refusal code of what it asked for.
	save   func() string
	before []any
	button *widget.Button
	// secret is the field of a PIN, nil where there is none.
	secret *input
	// writing is the field that has, or had last, the keyboard.
	writing *input
	// watch is called when models have changed; left when the form is gone from the screen; both may be nil.
	watch, left func()
	// refresh lays the page out anew when the refusal comes or goes.
	refresh func()
	// live is set where every field saves itself: it saves what was changed and can be saved, and returns the refusal code.
	live func() string
	// send is live where only the server can save: it reports whether there was something to save, and then gives the refusal code to
	// done, on the main goroutine.
	send func(done func(code string)) bool
	// under: the answer to send is still to come. late: something was changed since, and is sent after it. then is what waits for all
	// to be saved.
	under, late bool
	then        func(saved bool)
	// fits tells whether fields that are right by themselves fit together, and says under one what is wrong; may be nil.
	fits func() bool
	// pauses counts the changes, so that only the last one's pause saves.
	pauses int
	gone   bool
}

// savePause is how long a person pauses before what was written is saved.
const savePause = 800 * time.Millisecond

// input is one line of a form with what it must hold.
type input struct {
	field       *widget.TextField
	least, most int // in letters
	// check says what is wrong with a text that is neither missing nor too long, "" if nothing; may be nil.
	check func(string) string
	// offers are the suggestions below the field, show brings them up to date; nil where there are none.
	offers *pane.Part
	show   func()
}

func newForm(s *Screen) *form { return &form{screen: s, failure: pane.NewPart()} }

// line adds a field of at most most letters; a needed one must not be empty.
func (f *form) line(label, hint, value string, needed bool, most int) *input {
	in := &input{field: widget.NewTextField(label, hint), most: most}
	if needed {
		in.least = 1
	}
	in.field.SetText(value)
	in.field.OnSubmitted = func(string) { f.submit() }
	in.field.OnCancelled = f.leave
	in.field.OnChanged = func(string) { f.changed() }
	in.field.OnFocus(func() { f.wrote(in) })
	f.inputs = append(f.inputs, in)
	return in
}

// kept is the text where it can be saved, and otherwise what stood there before.
func (in *input) kept(before string) string {
	if in.problem() != "" {
		return before
	}
	return in.value()
}

// follow shows what somebody else has written into the field meanwhile, unless this person has changed it: then his words stay.
func (in *input) follow(base, now string) {
	if now != base && in.value() == base {
		in.field.SetText(now)
	}
}

// value is the text without blanks around it.
func (in *input) value() string {
	out, _ := text.Line(in.field.Text(), 0, in.most)
	return out
}

// problem says what is wrong with the text, "" if nothing.
func (in *input) problem() string {
	out, ok := text.Line(in.field.Text(), 0, in.most)
	switch {
	case !ok && len([]rune(in.field.Text())) > in.most:
		return words.Refusal("too_long")
	case !ok:
		return words.Refusal("invalid")
	case len(out) < in.least:
		return words.T("desk.needed")
	case in.check != nil && out != "":
		return in.check(out)
	}
	return ""
}

func (f *form) state() []any {
	out := make([]any, 0, len(f.inputs)+1)
	for _, in := range f.inputs {
		out = append(out, in.field.Text())
	}
	if f.rest != nil {
		out = append(out, f.rest())
	}
	return out
}

// valid checks every field, tells under each what is wrong, and leads to the first.
func (f *form) valid() bool {
	var first *input
	for _, in := range f.inputs {
		what := in.problem()
		in.field.SetError(what)
		if what != "" && first == nil {
			first = in
		}
	}
	f.refresh() // the words under the fields take room
	if first != nil {
		pane.Focus(first.field, first.field.Focusable())
	}
	return first == nil
}

// wrong says under a field what is wrong with it and leads there.
func (f *form) wrong(in *input, what string) {
	in.field.SetError(what)
	f.refresh()
	pane.Focus(in.field, in.field.Focusable())
}

// savesItself tells whether every field is saved as it is written.
func (f *form) savesItself() bool { return f.live != nil || f.send != nil }

// changed has a live form save what was changed, once the person pauses.
func (f *form) changed() {
	if !f.savesItself() {
		return
	}
	f.pauses++
	now := f.pauses
	time.AfterFunc(savePause, func() {
		f.screen.life.Report(func() {
			if f.pauses == now && !f.gone {
				f.keep()
			}
		})
	})
}

// keep saves what a live form has now, and tells a refusal.
func (f *form) keep() bool {
	if f.send != nil {
		f.sendNow()
		return true
	}
	if f.live == nil {
		return true
	}
	f.pauses++
	code := f.live()
	f.fail(code)
	return code == ""
}

// sendNow has the server save what was changed; one request at a time.
func (f *form) sendNow() {
	f.pauses++
	if f.under {
		f.late = true
		return
	}
	f.under, f.late = true, false
	if !f.send(f.answered) {
		f.under = false
		f.settle(true)
	}
}

// answered takes the server's answer.
func (f *form) answered(code string) {
	f.under = false
	if f.gone {
		return
	}
	f.fail(code)
	if code == "" && f.late {
		f.sendNow()
		return
	}
	f.settle(code == "")
	f.screen.Refresh()
}

// settle goes on with what waited for all to be saved.
func (f *form) settle(saved bool) {
	then := f.then
	f.then = nil
	f.button.SetEnabled(true)
	if then != nil {
		then(saved)
	}
}

// whenSaved calls then once the server has saved what was changed, or has not.
func (f *form) whenSaved(then func(saved bool)) {
	f.then = then
	f.button.SetEnabled(false)
	f.sendNow()
}

// right tells whether every field can be saved.
func (f *form) right() bool {
	return !slices.ContainsFunc(f.inputs, func(in *input) bool { return in.problem() != "" }) && (f.fits == nil || f.fits())
}

// done leaves a live form when all of it is saved.
func (f *form) done() {
	if !f.valid() || f.fits != nil && !f.fits() {
		return
	}
	if f.send != nil {
		f.whenSaved(func(saved bool) {
			if saved {
				f.away()
			}
		})
		return
	}
	if f.keep() {
		f.away()
	}
}

func (f *form) submit() {
	if f.savesItself() {
		f.done()
		return
	}
	if !f.button.Enabled() || !f.valid() {
		return
	}
	f.fail("")
	f.fail(f.save())
}

// fail shows a refusal above the buttons; "" takes it back.
func (f *form) fail(code string) {
	built := f.failure.Show(code, func() fyne.CanvasObject {
		if code == "" {
			return nil
		}
		return widget.NewBanner(widget.BannerWrong, words.Refusal(code), "", nil)
	})
	if built && f.refresh != nil {
		f.refresh()
	}
}

// busy says that the answer is still to come: nothing is sent twice.
func (f *form) busy(on bool) { f.button.SetEnabled(!on) }

// leave goes back, and asks first if that would lose something.
func (f *form) leave() {
	switch {
	case f.send != nil:
		f.whenSaved(func(saved bool) { f.leaveOr(saved) })
	case f.live != nil:
		f.leaveOr(f.keep())
	default:
		f.leaveOr(false)
	}
}

// leaveOr goes back where nothing is lost by it, and asks else.
func (f *form) leaveOr(saved bool) {
	if saved && f.right() || reflect.DeepEqual(f.before, f.state()) {
		f.away()
		return
	}
	f.screen.ask(widget.Question{Title: words.T("desk.leave_ask"), Help: words.T("desk.leave_help"), Yes: words.T("desk.leave"), No: words.T("desk.stay"), Destroys: true},
		f.away)
}

// away takes the form off the screen.
func (f *form) away() {
	f.gone = true
	if f.screen.writing == f {
		f.screen.writing = nil
	}
	f.screen.back()
	if f.savesItself() {
		f.screen.Refresh()
	}
	if f.left != nil {
		f.left()
	}
}

// open puts the form over the screen with the cursor in its first field.
func (f *form) open(title, saveWord string, objects ...fyne.CanvasObject) {
	f.before = f.state()
	f.button = widget.NewButton(saveWord, widget.Filled, f.submit)
	f.fail("")
	buttons := widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, f.leave), f.button)
	if f.savesItself() {
		buttons = widget.Flow(theme.Gap, f.button, widget.NewText(words.T("desk.saves_itself"), widget.StyleSecondary))
	}
	page := pane.Page{Leave: f.leave}
	page.Object = pane.Sheet(title, f.leave, widget.Column(theme.Gap, f.failure.Object(), buttons), objects...)
	f.refresh = page.Object.Refresh
	if f.watch != nil {
		page.Refresh = func() bool { f.watch(); return true }
	}
	if len(f.inputs) > 0 && !fyne.CurrentDevice().IsMobile() {
		page.Focus = f.inputs[0].field.Focusable()
	}
	f.screen.stack.Push(page)
	if f.savesItself() {
		f.screen.writing = f
	}
}

// options are a few words of which one, or any number, is chosen. Each is a target of 48 with a sign besides its colour.
type options struct {
	buttons []*widget.IconButton
	labels  []string
	chosen  []bool
	many    bool
	// onChange is called after a person changed the choice; may be nil.
	onChange func()
}

func newOptions(many bool, labels []string, chosen ...int) *options {
	o := &options{labels: labels, chosen: make([]bool, len(labels)), many: many}
	for i, label := range labels {
		o.buttons = append(o.buttons, widget.NewIconButton(icons.Circle, label, func() { o.pick(i) }).Beside())
	}
	for _, i := range chosen {
		if i >= 0 && i < len(labels) {
			o.chosen[i] = true
		}
	}
	o.paint()
	return o
}

func (o *options) pick(i int) {
	if o.many {
		o.chosen[i] = !o.chosen[i]
	} else {
		clear(o.chosen)
		o.chosen[i] = true
	}
	o.paint()
	if o.onChange != nil {
		o.onChange()
	}
}

// choose chooses a word, or, of those of which any number can be, takes it back. Nobody is told.
func (o *options) choose(i int, on bool) {
	if o.chosen[i] == on {
		return
	}
	if !o.many {
		clear(o.chosen)
	}
	o.chosen[i] = on
	o.paint()
}

func (o *options) paint() {
	off, on := icons.Circle, icons.CircleCheck
	if o.many {
		off, on = icons.Square, icons.Check
	}
	for i, b := range o.buttons {
		b.Set(map[bool]icons.Name{false: off, true: on}[o.chosen[i]], o.labels[i])
		b.SetChosen(o.chosen[i])
	}
}

// index is the chosen one, -1 for none.
func (o *options) index() int {
	for i, on := range o.chosen {
		if on {
			return i
		}
	}
	return -1
}

// object shows the words under a label.
func (o *options) object(label string) fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(o.buttons))
	for i, b := range o.buttons {
		objects[i] = b
	}
	return widget.Column(4, labelText(label), widget.Flow(6, objects...))
}

func labelText(label string) fyne.CanvasObject {
	return widget.NewText(label, widget.Style{Size: theme.SubText, Bold: true})
}
