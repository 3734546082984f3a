package widget

import (
	"fmt"
	"image/color"
	"strings"
	"syscall/js"
	"unicode/utf16"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/ui/mainthread"
)

// In a browser the toolkit's entry loses composed letters, and no keyboard of a tablet opens for it. So an input of the page lies
// over the entry that has the focus: the person writes there, with the browser's own caret, input methods and menu, and the
// entry follows.

// keyboardID is the input of the page. It must not be the one that the toolkit looks for, which it gives the focus for every
// button too, so that the keyboard of a tablet would open for them.
const keyboardID = "keyboard"

// linesID is the same for entries of several lines.
const linesID = "keyboard-lines"

// keyboardEvery is how often the input is laid over its entry anew, in milliseconds: what is around the entry may move.
const keyboardEvery = 80

// keyboard is an input of the page, and whose it is now.
type keyboard struct {
	input     js.Value
	of        *line
	timer     js.Value
	composing bool
	coming    int // changes that the entry does not know yet
	placed    string
	asking    bool // the focus is taken away and given back within one touch
	touched   bool // the keyboard was asked for within a touch since it is this entry's
}

// theKeyboards are made with the first field that is written in; there is one of each kind in a page.
var theKeyboards = map[string]*keyboard{}

// pageKeyboard returns the page's keyboard for an entry, nil where the page has no input for it.
func pageKeyboard(l *line) *keyboard {
	id := keyboardID
	if l.MultiLine {
		id = linesID
	}
	if k := theKeyboards[id]; k != nil {
		return k
	}
	input := js.Global().Get("document").Call("getElementById", id)
	if !input.Truthy() {
		return nil
	}
	k := &keyboard{input: input}
	k.on("input", func(js.Value) { k.changed() })
	k.on("compositionstart", func(js.Value) { k.composing = true })
	k.on("compositionend", func(js.Value) {
		k.composing = false
		k.changed()
	})
	k.on("keydown", k.pressed)
	k.on("blur", func(js.Value) { k.left() })
	for _, name := range []string{"keyup", "keypress", "mousedown", "mouseup", "mousemove", "click", "wheel", "contextmenu", "paste", "copy", "cut"} {
		k.on(name, func(e js.Value) { e.Call("stopPropagation") }) // the toolkit would take them from the input
	}
	js.Global().Get("document").Call("addEventListener", "touchend", js.FuncOf(func(_ js.Value, args []js.Value) any {
		k.lifted(args[0])
		return nil
	}), map[string]any{"capture": true, "passive": true})
	theKeyboards[id] = k
	return k
}

// lifted asks for the keyboard once more while the finger lifts that has given the entry its focus. The toolkit hears of a
// finger a frame later, and an iPad opens its keyboard only for what happens within the touch itself.
func (k *keyboard) lifted(touch js.Value) {
	if k.of == nil || k.touched || touch.Get("target").Equal(k.input) {
		return
	}
	fingers := touch.Get("changedTouches")
	if fingers.Length() != 1 || !k.under(fingers.Index(0)) {
		return
	}
	k.touched, k.asking = true, true
	k.input.Call("blur")
	k.input.Call("focus", map[string]any{"preventScroll": true})
	k.asking = false
}

// under tells whether a finger is over the input.
func (k *keyboard) under(finger js.Value) bool {
	at, x, y := k.input.Call("getBoundingClientRect"), finger.Get("clientX").Float(), finger.Get("clientY").Float()
	return x >= at.Get("left").Float() && x <= at.Get("right").Float() && y >= at.Get("top").Float() && y <= at.Get("bottom").Float()
}

func (k *keyboard) on(name string, f func(event js.Value)) {
	k.input.Call("addEventListener", name, js.FuncOf(func(_ js.Value, args []js.Value) any {
		f(args[0])
		return nil
	}))
}

// openKeyboard lays the input over an entry that has got the focus. It is called on the main goroutine.
func openKeyboard(l *line) {
	k := pageKeyboard(l)
	if k == nil || l.Disabled() {
		return
	}
	k.stop()
	k.of, k.composing, k.coming, k.touched = l, false, 0, false
	if !l.MultiLine {
		kind := "text"
		if l.Password {
			kind = "password"
		}
		k.input.Set("type", kind)
	}
	k.input.Set("value", l.Text)
	k.place()
	k.input.Call("focus", map[string]any{"preventScroll": true})
	end := len(utf16.Encode([]rune(l.Text))) // as a page counts
	k.input.Call("setSelectionRange", end, end)
	tick := js.FuncOf(func(js.Value, []js.Value) any {
		mainthread.Do(func() { k.follow(l) })
		return nil
	})
	k.timer = js.Global().Call("setInterval", tick, keyboardEvery)
	l.stopKeyboard = tick.Release
}

// closeKeyboard takes the input away from an entry that has lost the focus. It is called on the main goroutine.
func closeKeyboard(l *line) {
	for _, k := range theKeyboards {
		if k.of == l {
			k.stop()
			k.input.Call("blur")
		}
	}
}

func (k *keyboard) stop() {
	if k.of == nil {
		return
	}
	js.Global().Call("clearInterval", k.timer)
	call(k.of.stopKeyboard)
	k.of.stopKeyboard = nil
	k.of, k.placed = nil, ""
	k.input.Call("removeAttribute", "class")
}

// changed brings what was written to the entry.
func (k *keyboard) changed() {
	l, text := k.of, k.input.Get("value").String()
	if l == nil {
		return
	}
	k.coming++
	mainthread.Do(func() {
		k.coming--
		if k.of == l {
			l.SetText(writable(text))
		}
	})
}

// writable is a text as it is kept: in one spelling of each letter, and without the pictures that a tablet's keyboard offers.
func writable(text string) string {
	return norm.NFC.String(strings.Map(func(r rune) rune {
		if r >= 0x1F000 || r == 0xFE0F || r == 0x200D || r >= 0x2600 && r <= 0x27BF {
			return -1
		}
		return r
	}, text))
}

// pressed passes on the keys that mean something to the entry's owner; all others are the input's.
func (k *keyboard) pressed(e js.Value) {
	key := e.Get("key").String()
	if key == "Tab" && !k.composing {
		return // goes to the next part of the screen, as everywhere
	}
	e.Call("stopPropagation")
	if k.composing || e.Get("isComposing").Truthy() || k.of == nil {
		return
	}
	name := map[string]fyne.KeyName{"Enter": fyne.KeyReturn, "Escape": fyne.KeyEscape}[key]
	l := k.of
	if name == "" || l.MultiLine && name == fyne.KeyReturn && !e.Get("shiftKey").Bool() {
		return // Enter begins a line
	}
	e.Call("preventDefault")
	if l.MultiLine && name == fyne.KeyReturn {
		mainthread.Do(func() { l.OnSubmitted(l.Text) })
		return
	}
	mainthread.Do(func() { l.TypedKey(&fyne.KeyEvent{Name: name}) })
}

// left gives the entry's focus back where the person has put the keyboard away; not where only another window has come to the
// front.
func (k *keyboard) left() {
	l := k.of
	if l == nil || k.asking || !js.Global().Get("document").Call("hasFocus").Bool() {
		return
	}
	mainthread.Do(func() {
		if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil && k.of == l && c.Focused() == fyne.Focusable(l) {
			c.Unfocus()
		}
	})
}

// follow keeps the input where its entry is, and says what the entry says where its owner changed that.
func (k *keyboard) follow(l *line) {
	if k.of != l {
		return
	}
	if k.coming == 0 && !k.composing && k.input.Get("value").String() != l.Text {
		k.input.Set("value", l.Text)
	}
	k.place()
}

// place lays the input over the entry, within its border and beside its button.
func (k *keyboard) place() {
	const border = 3
	l := k.of
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(l)
	size := l.Size()
	button := float32(0)
	if l.Password || l.ActionItem != nil {
		button = size.Height
	}
	above := float32(0)
	if l.MultiLine {
		above = fynetheme.SizeForWidget(fynetheme.SizeNameInnerPadding, l) - border
	}
	text := fynetheme.SizeForWidget(fynetheme.SizeNameText, l)
	where := fmt.Sprintf("left:%.1fpx;top:%.1fpx;width:%.1fpx;height:%.1fpx;padding:%.1fpx %.1fpx;font-size:%.1fpx;background:%s;color:%s",
		at.X+border, at.Y+border, max(size.Width-2*border-button, 1), max(size.Height-2*border, 1),
		max(above, 0), fynetheme.SizeForWidget(fynetheme.SizeNameInnerPadding, l), max(text, 16),
		css(fynetheme.ColorForWidget(fynetheme.ColorNameInputBackground, l)), css(fynetheme.ColorForWidget(fynetheme.ColorNameForeground, l)))
	if where == k.placed {
		return
	}
	k.placed = where
	style := k.input.Get("style")
	for rule := range strings.SplitSeq(where, ";") {
		name, value, _ := strings.Cut(rule, ":")
		style.Call("setProperty", name, value)
	}
	k.input.Set("className", "open")
}

func css(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("rgb(%d,%d,%d)", r>>8, g>>8, b>>8)
}
