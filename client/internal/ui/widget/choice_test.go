package widget

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/ui/theme"
)

// Where the words have no room beside each other, they stand below each other, and none is cut.
func TestAChoiceFitsItsPlace(t *testing.T) {
	app := test.NewTempApp(t)
	for _, scale := range []float32{1, 2} {
		theme.Apply(app, theme.Options{Mode: theme.Light, Scale: scale})
		c := NewChoice([]string{"Theo thiết bị", "Sáng", "Tối"}, 0, nil)
		w := test.NewTempWindow(t, c)
		w.SetPadded(false)
		for _, width := range []float32{320, 700} {
			c.Resize(fyne.NewSize(width, c.HeightFor(width)))
			for _, p := range c.parts {
				need := p.style().measure(p.word).Width
				at := p.Position().Add(p.Size())
				if p.Size().Width < need || at.X > width+0.5 || at.Y > c.Size().Height+0.5 {
					t.Errorf("at %.0f %% in %.0f: %q needs %.0f, has %v at %v", 100*scale, width, p.word, need, p.Size(), p.Position())
				}
			}
		}
		if m := c.MinSize().Width; m > 320 {
			t.Errorf("asks for %.0f", m)
		}
	}
}

// The mouse wheel over a field is the form's.
func TestTheWheelOverAFieldIsTheForms(t *testing.T) {
	test.NewTempApp(t)
	f := NewTextField("Tên", "")
	s := NewScroll(Column(0, f, NewPanel(Column(900, NewText("1", StyleBody), NewText("2", StyleBody)))))
	f.OnWheel(s.Scrolled)
	w := test.NewTempWindow(t, s)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	test.Scroll(w.Canvas(), fyne.NewPos(100, 50), 0, -40)
	if s.Offset.Y != 40 {
		t.Errorf("scrolled to %.0f", s.Offset.Y)
	}
}
