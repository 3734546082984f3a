package uitest

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/words"
)

// Device is how a person has set a device, and the windows in which a screen is looked at there.
type Device struct {
	Language words.Language
	Scale    float32
	Sizes    []fyne.Size
}

var (
	smallest = fyne.NewSize(320, 568)
	phone    = fyne.NewSize(360, 640)
	upright  = fyne.NewSize(800, 1280)
	tablet   = fyne.NewSize(1280, 800)
	desk     = fyne.NewSize(5120, 1440)
)

// Devices are those on which least room is left, and the widest. Where letters are small, one language stands for both.
var Devices = []Device{
	{words.Vietnamese, 1, []fyne.Size{smallest, desk}},
	{words.Vietnamese, 2, []fyne.Size{smallest, phone, upright, tablet}},
	{words.English, 2, []fyne.Size{phone, upright, tablet}},
}

// String says what is set, for the name of a test.
func (d Device) String() string { return fmt.Sprintf("%s %.0f", d.Language, 100*d.Scale) }

// Look gives the window of a canvas each size of the device and reports what is not seen whole there. then has a screen that does
// not lay itself out anew do so; it may be nil. It must be called where screens are changed.
func (d Device) Look(t *testing.T, c fyne.Canvas, then func()) {
	t.Helper()
	w := windowOf(c)
	for _, size := range d.Sizes {
		w.Resize(size)
		if then != nil {
			then()
		}
		for _, what := range Whole(c) {
			t.Errorf("%.0f x %.0f: %s", size.Width, size.Height, what)
		}
	}
}

func windowOf(c fyne.Canvas) fyne.Window {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if w.Canvas() == c {
			return w
		}
	}
	panic("uitest: a canvas without a window")
}
