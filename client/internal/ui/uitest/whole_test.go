package uitest_test

import (
	"image/color"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/uitest"
)

// at puts an object at a place of a window without a layout.
func at(o fyne.CanvasObject, x, y, w, h float32) fyne.CanvasObject {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
	return o
}

// What a person could not read or press is found, and what he can is left alone.
func TestWhole(t *testing.T) {
	words := func(s string) *canvas.Text { return canvas.NewText(s, color.Black) }
	button := func() *widget.Button { return widget.NewButton("Gửi", nil) }
	ground := func() *canvas.Rectangle { return canvas.NewRectangle(color.White) }
	rows := func() *container.Scroll {
		r := canvas.NewRectangle(color.White)
		r.SetMinSize(fyne.NewSize(100, 900))
		return container.NewVScroll(container.NewVBox(r, words("Kết luận")))
	}
	for _, c := range []struct {
		what    string
		objects []fyne.CanvasObject
		want    string // the beginning of what is found; nothing else is
	}{
		{"all is well", []fyne.CanvasObject{at(words("Chương trình"), 10, 10, 200, 20), at(button(), 10, 60, 100, 48), at(rows(), 0, 150, 300, 200)}, ""},
		{"words without room", []fyne.CanvasObject{at(words("Chương trình họp"), 10, 10, 30, 20)}, `"Chương trình họp" needs`},
		{"words out of the window", []fyne.CanvasObject{at(words("Chương trình"), 280, 10, 200, 20)}, `"Chương trình" at (280,`},
		{"words below the window", []fyne.CanvasObject{at(words("Chương trình"), 10, 395, 200, 20)}, `"Chương trình" at (10,`},
		{"words over words", []fyne.CanvasObject{at(words("Chương trình"), 10, 10, 200, 20), at(words("Tài liệu"), 40, 12, 200, 20)}, `"Tài liệu" lies over "Chương trình"`},
		{"words below a ground", []fyne.CanvasObject{at(words("Chương trình"), 10, 10, 200, 20), at(ground(), 0, 0, 300, 100), at(words("Tài liệu"), 40, 12, 200, 20)}, ""},
		{"a small button", []fyne.CanvasObject{at(button(), 10, 60, 100, 30)}, `widget.Button "Gửi" is only 100 x 30`},
		{"a button out of the window", []fyne.CanvasObject{at(button(), 250, 60, 100, 48)}, `widget.Button "Gửi" at (250,`},
		{"a button over another", []fyne.CanvasObject{at(button(), 10, 60, 100, 48), at(ground(), 0, 0, 1, 1), at(button(), 70, 60, 100, 48)}, `widget.Button "Gửi" lies over widget.Button "Gửi"`},
		{"a column that is hardly seen", []fyne.CanvasObject{at(rows(), 0, 150, 300, 50)}, "a scrolled column of"},
		{"a column that ends below", []fyne.CanvasObject{at(rows(), 0, 150, 300, 300)}, "a scrolled column ends at 450"},
	} {
		t.Run(c.what, func(t *testing.T) {
			test.NewTempApp(t)
			w := test.NewTempWindow(t, container.NewWithoutLayout(c.objects...))
			w.SetPadded(false)
			w.Resize(fyne.NewSize(300, 400))
			found := uitest.Whole(w.Canvas())
			if c.want == "" {
				if len(found) > 0 {
					t.Errorf("found %q", found)
				}
				return
			}
			if !slices.ContainsFunc(found, func(s string) bool { return strings.HasPrefix(s, c.want) }) {
				t.Errorf("found %q, want %q", found, c.want)
			}
		})
	}
}
