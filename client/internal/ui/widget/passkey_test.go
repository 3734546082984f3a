package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// Keys that mean nothing to what has the keyboard are the screen's: F1 opens the help wherever the focus is.
func TestKeysGoOnToTheScreen(t *testing.T) {
	test.NewTempApp(t)
	button, field, card := NewButton("Lưu", Filled, func() {}), NewTextField("Tên", ""), NewCard(CardData{Title: "Nội dung"}, func() {})
	w := test.NewWindow(Column(0, button, field, card))
	defer w.Close()
	var typed []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { typed = append(typed, e.Name) })
	for _, f := range []fyne.Focusable{button, field.Focusable(), card} {
		w.Canvas().Focus(f)
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	}
	if len(typed) != 3 {
		t.Errorf("the screen heard %v", typed)
	}
	typed = nil
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.Canvas().Focus(field.Focusable())
	field.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if len(typed) != 0 {
		t.Errorf("the screen heard %v, which was not for it", typed)
	}
	heard := 0
	w.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) { heard++ })
	card.OnShortcut = func(s fyne.Shortcut) bool { _, own := s.(*desktop.CustomShortcut); return own }
	w.Canvas().Focus(card)
	card.TypedShortcut(&fyne.ShortcutUndo{})
	card.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyUp, Modifier: fyne.KeyModifierAlt})
	if heard != 1 {
		t.Errorf("the screen heard %d shortcuts", heard)
	}
}
