package uitest_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/uitest"
)

// What a person sees is listed, and nothing else: no hidden thing, nothing that
// a scroll has turned away, and nothing below an overlay.
func TestSeen(t *testing.T) {
	test.NewTempApp(t)
	hidden := canvas.NewText("hidden", nil)
	hidden.Hide()
	rows := container.NewVBox()
	for _, name := range []string{"first", "second", "third", "fourth", "fifth", "sixth", "last"} {
		rows.Add(widget.NewButton(name+"  row", nil))
	}
	scroll := container.NewVScroll(rows)
	below := canvas.NewRectangle(nil) // rows that the scroll hides have places in it
	below.SetMinSize(fyne.NewSize(300, 400))
	w := test.NewTempWindow(t, container.NewBorder(container.NewVBox(canvas.NewText(" ", nil), hidden), below, nil, nil, scroll))
	w.Resize(fyne.NewSize(300, 520))

	seen := uitest.Seen(w.Canvas())
	has := func(kind, text string) bool {
		return slices.ContainsFunc(seen, func(s uitest.Thing) bool { return s.Kind == kind && s.Text == text })
	}
	if !has("widget.Button", "first row") || !has("line", "first row") {
		t.Errorf("the first row is not seen: %+v", seen)
	}
	for _, text := range []string{"hidden", "last row", ""} {
		if has("line", text) {
			t.Errorf("%q is seen", text)
		}
	}
	for _, s := range seen {
		if s.X < 0 || s.Y < 0 || s.X+s.W > 300 || s.Y+s.H > 520 {
			t.Errorf("%+v is outside of the window", s)
		}
	}
	button := rows.Objects[1].(*widget.Button)
	w.Canvas().Focus(button)
	for _, s := range uitest.Seen(w.Canvas()) {
		if s.Kind == "widget.Button" && s.Held != (s.Text == "second row") {
			t.Errorf("the keyboard is said to be elsewhere: %+v", s)
		}
	}
	scroll.ScrollToBottom()
	if seen = uitest.Seen(w.Canvas()); !has("line", "last row") || has("line", "first row") {
		t.Errorf("after the scroll: %+v", seen)
	}
	over := widget.NewModalPopUp(widget.NewLabel("over"), w.Canvas())
	over.Show()
	if seen = uitest.Seen(w.Canvas()); !has("line", "over") || has("line", "last row") {
		t.Errorf("below an overlay: %+v", seen)
	}
}
