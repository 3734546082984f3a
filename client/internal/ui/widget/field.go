package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/mobile"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
)

// TextField is one line to write in, 56 high, with its name above and, below, help or what is wrong.
type TextField struct {
	fynewidget.BaseWidget
	// OnChanged is called with the text at each change, OnSubmitted at Enter, OnCancelled at the Escape key.
	OnChanged   func(string)
	OnSubmitted func(string)
	OnCancelled func()

	label, message *Text
	hint, help     string
	wrong          bool
	entry          *line
	wheel          *wheel
}

// wheel lies over an entry and takes nothing but the mouse wheel, which the toolkit's entry keeps to itself otherwise: a form
// scrolls wherever the pointer is.
type wheel struct {
	fynewidget.BaseWidget
	scroll func(*fyne.ScrollEvent)
}

func newWheel() *wheel {
	w := &wheel{}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(e *fyne.ScrollEvent) {
	if w.scroll != nil {
		w.scroll(e)
	}
}

// CreateRenderer implements fyne.Widget.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return draw(w, func(fyne.Size) {}, func() fyne.Size { return fyne.Size{} }, func() {})
}

// line is the toolkit's entry that tells of the Escape key too: while it has the focus, nobody else hears of that key.
type line struct {
	fynewidget.Entry
	escape func()
	gained func()
	// stopKeyboard ends what a browser's keyboard keeps while the entry has it.
	stopKeyboard func() //nolint:unused // only a browser has one
}

func newLine() *line {
	l := &line{}
	l.Wrapping = fyne.TextWrapOff
	l.ExtendBaseWidget(l)
	return l
}

// FocusGained implements fyne.Focusable.
func (l *line) FocusGained() {
	l.Entry.FocusGained()
	call(l.gained)
	openKeyboard(l)
}

// FocusLost implements fyne.Focusable.
func (l *line) FocusLost() {
	closeKeyboard(l)
	l.Entry.FocusLost()
}

// TypedKey implements fyne.Focusable.
func (l *line) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape:
		call(l.escape)
	case functionKey(e.Name) || e.Name == mobile.KeyBack:
		passKey(l, e)
	default:
		l.Entry.TypedKey(e)
	}
}

func (l *line) holds(x any) bool { return l == x }

// functionKey tells F1 to F12, which write nothing.
func functionKey(name fyne.KeyName) bool {
	return len(name) >= 2 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9'
}

// NewTextField makes a field. hint stands in it while it is empty; label may be empty.
func NewTextField(label, hint string) *TextField {
	return newField(newLine(), label, hint)
}

// NewTextArea makes a field for several lines, of which so many are in view. Enter begins a line; with the shift key it submits.
func NewTextArea(label, hint string, lines int) *TextField {
	l := newLine()
	f := newField(l, label, hint)
	l.MultiLine, l.Wrapping, l.Scroll = true, fyne.TextWrapWord, fyne.ScrollVerticalOnly
	l.SetMinRowsVisible(lines)
	f.wheel.Hide() // it scrolls what is written
	return f
}

// NewPasswordField makes a field whose letters are hidden, with a button that shows them.
func NewPasswordField(label, hint string) *TextField {
	l := newLine()
	l.Password = true
	return newField(l, label, hint)
}

func newField(entry *line, label, hint string) *TextField {
	f := &TextField{entry: entry, wheel: newWheel(), hint: hint, label: NewText(label, Style{Size: theme.SubText, Bold: true}), message: NewText("", StyleSecondary)}
	entry.PlaceHolder = hint
	entry.Scroll = fyne.ScrollHorizontalOnly
	entry.OnChanged = func(s string) {
		f.SetError("")
		if f.OnChanged != nil {
			f.OnChanged(s)
		}
	}
	entry.OnSubmitted = func(s string) {
		if f.OnSubmitted != nil {
			f.OnSubmitted(s)
		}
	}
	entry.escape = func() { call(f.OnCancelled) }
	f.ExtendBaseWidget(f)
	return f
}

// Text returns what is written.
func (f *TextField) Text() string { return f.entry.Text }

// SetText writes; OnChanged is called when that changes something.
func (f *TextField) SetText(text string) { f.entry.SetText(text) }

// Label returns the field's name.
func (f *TextField) Label() string { return f.label.Text() }

// SetLabel changes the field's name.
func (f *TextField) SetLabel(label string) {
	f.label.SetText(label)
	f.Refresh()
}

// SetHelp sets the words below the field that stand there while nothing is wrong.
func (f *TextField) SetHelp(text string) {
	f.help = text
	f.Refresh()
}

// SetError says what is wrong with the text: red border and words. Empty takes it back, and so does the next change.
func (f *TextField) SetError(text string) {
	wrong := text != ""
	if wrong == f.wrong && !wrong {
		return
	}
	f.wrong = wrong
	if wrong {
		f.message.SetText(text)
	}
	f.Refresh()
}

// SetEnabled says whether it can be written in.
func (f *TextField) SetEnabled(on bool) {
	if on {
		f.entry.Enable()
	} else {
		f.entry.Disable()
	}
}

// OnFocus has callback called whenever the keyboard comes to this field, after those that were given before.
func (f *TextField) OnFocus(callback func()) {
	before := f.entry.gained
	f.entry.gained = func() {
		call(before)
		callback()
	}
}

// OnWheel has the mouse wheel over the field scroll what the field stands in.
func (f *TextField) OnWheel(scroll func(*fyne.ScrollEvent)) { f.wheel.scroll = scroll }

// Focusable returns what canvas.Focus takes to put the cursor into the field.
func (f *TextField) Focusable() fyne.Focusable { return f.entry }

func (f *TextField) fieldHeight() float32 {
	return max(theme.Scaled(theme.Field), f.entry.MinSize().Height)
}

// HeightFor implements Wrapping.
func (f *TextField) HeightFor(width float32) float32 {
	h := f.fieldHeight()
	if f.label.Text() != "" {
		h += f.label.HeightFor(width) + theme.Scaled(4)
	}
	message := f.message.Text()
	if !f.wrong {
		message = f.below(width)
	}
	if message != "" {
		h += NewText(message, StyleSecondary).HeightFor(width) + theme.Scaled(4)
	}
	return h
}

// hintFits tells whether the hint can stand in the empty field without being cut.
func (f *TextField) hintFits(width float32) bool {
	return StyleBody.measure(f.hint).Width+theme.Scaled(56) <= width
}

// below is what stands under the field while nothing is wrong: the help, or the hint where the field is too narrow for it.
func (f *TextField) below(width float32) string {
	if f.help == "" && !f.hintFits(width) {
		return f.hint
	}
	return f.help
}

func (f *TextField) placeHint(width float32) {
	hint := f.hint
	if !f.hintFits(width) {
		hint = ""
	}
	if f.entry.PlaceHolder != hint {
		f.entry.SetPlaceHolder(hint)
	}
	if !f.wrong {
		f.message.SetText(f.below(width))
	}
}

// CreateRenderer implements fyne.Widget.
func (f *TextField) CreateRenderer() fyne.WidgetRenderer {
	border := newBox()
	layout := func(size fyne.Size) {
		f.placeHint(size.Width)
		y := float32(0)
		if f.label.Text() != "" {
			h := f.label.HeightFor(size.Width)
			place(f.label, 0, 0, size.Width, h)
			y = h + theme.Scaled(4)
		}
		place(f.entry, 0, y, size.Width, f.fieldHeight())
		place(border, 0, y, size.Width, f.fieldHeight())
		place(f.wheel, 0, y, size.Width, f.fieldHeight())
		place(f.message, 0, y+f.fieldHeight()+theme.Scaled(4), size.Width, f.message.HeightFor(size.Width))
	}
	refresh := func() {
		paintBox(border, "", theme.No, 2.5, 10)
		border.Hidden = !f.wrong
		if f.wrong {
			f.message.SetStyle(StyleSecondary.Colored(theme.No))
			return
		}
		f.message.SetStyle(StyleSecondary)
		f.message.SetText(f.below(f.Size().Width))
	}
	minSize := func() fyne.Size {
		w := float32(narrowest)
		return fyne.NewSize(w, f.HeightFor(max(w, f.Size().Width)))
	}
	return draw(f, layout, minSize, refresh, f.label, f.entry, border, f.wheel, f.message)
}
