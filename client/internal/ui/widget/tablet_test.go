package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/mobile"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/pointer"
)

// A tablet's back key leads back also while a field has the keyboard, and answers a question with No.
func TestBackKeyOfATablet(t *testing.T) {
	test.NewTempApp(t)
	back := &fyne.KeyEvent{Name: mobile.KeyBack}
	button, field := NewButton("Lưu", Filled, func() {}), NewTextField("Tên", "")
	w := test.NewWindow(Column(0, button, field))
	defer w.Close()
	heard := 0
	w.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { heard++ })
	for i, f := range []fyne.Focusable{button, field.Focusable()} {
		w.Canvas().Focus(f)
		f.TypedKey(back)
		if heard != i+1 {
			t.Errorf("the screen does not hear of the back key from %T", f)
		}
	}
	w.Canvas().Unfocus()
	dismissed := false
	sheet := NewConfirmSheet(Question{Title: "Bế mạc?", Yes: "Bế mạc", No: "Hủy"}, func() { t.Error("the back key says Yes") })
	sheet.OnDismissed = func() { dismissed = true }
	sheet.ShowOn(w.Canvas())
	w.Canvas().OnTypedKey()(back)
	if sheet.Shown() || !dismissed {
		t.Error("the question stays")
	}
}

// What is written in stays in sight when the keyboard of a tablet takes the lower half, and not once another thing has the keyboard.
func TestFieldStaysAboveTheKeyboard(t *testing.T) {
	test.NewTempApp(t)
	space := canvas.NewRectangle(nil)
	space.SetMinSize(fyne.NewSize(100, 500))
	field, other := NewTextField("Tên", ""), NewTextField("", "")
	s := NewScroll(Column(0, space, field))
	field.OnFocus(func() { s.Follow(field) })
	w := test.NewWindow(Frame(other, s, nil))
	defer w.Close()
	w.SetPadded(false)
	w.Resize(fyne.NewSize(360, 720))
	w.Canvas().Focus(field.Focusable())
	seen := func() bool {
		d := fyne.CurrentApp().Driver()
		top := d.AbsolutePositionForObject(field).Y
		return top >= d.AbsolutePositionForObject(s).Y && top+field.Size().Height <= w.Canvas().Size().Height
	}
	if !seen() || s.Offset.Y != 0 {
		t.Fatalf("the field is not in sight at first, or it was scrolled by %v", s.Offset.Y)
	}
	w.Resize(fyne.NewSize(360, 340))
	if !seen() {
		t.Error("the keyboard hides the field")
	}
	w.Resize(fyne.NewSize(360, 720))
	w.Canvas().Focus(other.Focusable())
	w.Resize(fyne.NewSize(360, 340))
	if s.Offset.Y != 0 {
		t.Errorf("scrolled by %v for a field that has no keyboard", s.Offset.Y)
	}
}

// A tap on the page has its keys lead through it, but on a tablet, where the keyboard of the screen would come up over the page.
func TestTapOnThePageRaisesNoKeyboard(t *testing.T) {
	d := newDesk(t, &sheets{pages: 3, w: 600, h: 800}, fyne.NewSize(800, 800))
	d.gestured(pointer.Gesture{Kind: pointer.Tap, X: 400, Y: 400})
	if focused := d.w.Canvas().Focused() != nil; focused == onTablet() {
		t.Errorf("on a tablet %t, the keyboard %t", onTablet(), focused)
	}
}
