package widget

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/ui/theme"
)

func screen(t *testing.T, o fyne.CanvasObject, size fyne.Size) fyne.Window {
	t.Helper()
	app := test.NewTempApp(t)
	theme.Apply(app, theme.Options{Mode: theme.Light})
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(size)
	return w
}

func TestGuardedButtonIgnoresThePressMeantForItsOldWords(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Options{})
	synctest.Test(t, func(t *testing.T) {
		pressed := 0
		b := NewButton("Bắt đầu biểu quyết", Filled, func() { pressed++ }).Guarded()
		b.Tapped(nil)
		b.SetLabel("Kết thúc biểu quyết")
		b.Tapped(nil)
		time.Sleep(DeadTime - time.Millisecond)
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if pressed != 1 {
			t.Errorf("pressed %d times within the dead time", pressed)
		}
		time.Sleep(time.Millisecond)
		b.Tapped(nil)
		b.SetEnabled(false)
		b.Tapped(nil)
		if pressed != 2 {
			t.Errorf("pressed %d times", pressed)
		}
	})
}

func TestPINPadByKeyboardAndFinger(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Options{})
	var entered []string
	p := NewPINPad(func(pin string) { entered = append(entered, pin) })
	w := screen(t, p, fyne.NewSize(340, 520))
	w.Canvas().Focus(p)
	type_ := func(s string) {
		for _, r := range s {
			p.TypedRune(r)
		}
	}
	key := func(n fyne.KeyName) { p.TypedKey(&fyne.KeyEvent{Name: n}) }
	type_("12a34 5")
	key(fyne.KeyReturn) // five digits are too few
	test.Tap(p.keys[5]) // 6
	key(fyne.KeyReturn)
	p.SetBusy(true)
	type_("7")
	key(fyne.KeyReturn)
	p.SetBusy(false)
	key(fyne.KeyBackspace)
	test.Tap(p.keys[10]) // 0
	test.Tap(p.enter)
	p.Clear()
	type_("12345678901234567890")
	key(fyne.KeyEnter)
	want := []string{"123456", "123450", "123456789012"}
	if len(entered) != len(want) || entered[0] != want[0] || entered[1] != want[1] || entered[2] != want[2] {
		t.Errorf("entered %q, want %q", entered, want)
	}
}

func TestSheetHoldsEverythingBack(t *testing.T) {
	below, yes, gone := 0, 0, 0
	w := screen(t, NewButton("dưới", Outlined, func() { below++ }), fyne.NewSize(800, 600))
	s := NewConfirmSheet(Question{Title: "Bế mạc?", Yes: "Bế mạc", No: "Hủy"}, func() { yes++ })
	s.OnDismissed = func() { gone++ }
	s.ShowOn(w.Canvas())
	test.TapCanvas(w.Canvas(), fyne.NewPos(400, 300)) // on the paper
	if !s.Shown() || below != 0 {
		t.Errorf("shown %v, pressed below %d", s.Shown(), below)
	}
	test.TapCanvas(w.Canvas(), fyne.NewPos(10, 10)) // on the veil
	if s.Shown() || gone != 1 || below != 0 || yes != 0 {
		t.Errorf("shown %v, dismissed %d, below %d, yes %d", s.Shown(), gone, below, yes)
	}
	s.ShowOn(w.Canvas())
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if s.Shown() || gone != 2 {
		t.Error("Escape does not leave the sheet")
	}
}

// Nothing that can be pressed is smaller than a finger, at any scale.
func TestTargets(t *testing.T) {
	app := test.NewTempApp(t)
	for _, scale := range []float32{1, 1.5, 2} {
		theme.Apply(app, theme.Options{Scale: scale})
		for name, o := range map[string]fyne.CanvasObject{
			"button": NewButton("A", Outlined, nil), "icon": NewIconButton("x", "", nil), "icon with word": NewIconButton("x", "Xóa", nil),
			"card": NewCard(CardData{Title: "A"}, nil), "compact card": NewCard(CardData{Title: "A", Compact: true}, nil),
			"choice": NewChoice([]string{"A", "B"}, 0, nil), "field": NewTextField("", ""),
		} {
			if m := o.MinSize(); m.Height < theme.Target*scale || m.Width < theme.Target*scale {
				t.Errorf("%s at %g: %v", name, scale, m)
			}
		}
	}
}

// Text is never cut: every letter of it is in some line, and no line is wider than the place.
func TestWrapLosesNothing(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Options{})
	const text = "Quyết định số 1234567/QĐ-UBND-rất-dài-không-có-chỗ-ngắt-nào-cả ngày 23 tháng 11"
	for width := float32(30); width < 600; width += 17 {
		total := 0
		for _, line := range wrap(text, StyleBody, width) {
			if w := StyleBody.measure(line).Width; w > width+1 {
				t.Errorf("at %v a line of %v: %q", width, w, line)
			}
			for _, r := range line {
				if r != ' ' {
					total++
				}
			}
		}
		want := 0
		for _, r := range text {
			if r != ' ' {
				want++
			}
		}
		if total != want {
			t.Errorf("at %v %d letters of %d", width, total, want)
		}
	}
}

func TestScrolledColumnKnowsItsHeight(t *testing.T) {
	long := NewText("một hai ba bốn năm sáu bảy tám chín mười mười một mười hai", StyleBody)
	s := NewScroll(Column(0, long, NewButton("cuối", Filled, nil)))
	screen(t, s, fyne.NewSize(120, 100))
	want := long.HeightFor(120) + Low
	if got := s.Content.Size().Height; abs32(got-want) > 1 {
		t.Errorf("scrolled height %v, want %v", got, want)
	}
	s.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(0, -40)})
	if s.Offset.Y != 40 {
		t.Errorf("dragged to %v", s.Offset.Y)
	}
}
