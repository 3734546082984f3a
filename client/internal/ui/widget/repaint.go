package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Repaint has the window painted in which an object lies that has changed. The toolkit forgets where an object belongs that was not
// refreshed for a minute, and knows it again after the next painting: until then what it is told of the object is lost, and in a
// window at rest nobody would see the change. So where it does not know, every window is painted; mostly there is one.
func Repaint(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	if d.CanvasForObject(o) != nil {
		canvas.Refresh(o)
		return
	}
	for _, w := range d.AllWindows() {
		w.Canvas().Refresh(o)
	}
}
