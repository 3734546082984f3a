package deskscreen

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/meeting"
)

func itemID(s string) meeting.ItemID { return meeting.ItemID(s) }

// show puts a desk on a canvas.
func show(t *testing.T, r *room, id string, o theme.Options, size fyne.Size) (*Screen, fyne.Canvas) {
	t.Helper()
	app := test.NewTempApp(t)
	theme.Apply(app, o)
	s := New(r, id, shelf{[]controller.File{{Name: "Báo cáo.pdf", Size: 1000}, {Name: "Phụ lục.pdf", Size: 2000}}}, Leads{})
	s.now = func() time.Time { return starts.AddDate(0, 0, 1) }
	t.Cleanup(s.Close)
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(size)
	return s, w.Canvas()
}

// wrongMeeting fills the meeting's form that is open with what cannot be right, and tries to keep it.
func wrongMeeting(s *Screen) {
	c := fyne.CurrentApp().Driver().CanvasForObject(s.Object())
	fields := found[*widget.TextField](c)
	fields[3].SetText("31/02/2026")
	fields[4].SetText("8 giờ")
	fields[0].OnSubmitted("")
}

// found lists the objects of one type that are on a canvas, those of the uppermost sheet where there is one.
func found[T fyne.CanvasObject](c fyne.Canvas) []T {
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	var out []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		if t, ok := o.(T); ok {
			out = append(out, t)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(root)
	return out
}

func labels(c fyne.Canvas) []string {
	var out []string
	for _, b := range found[*widget.Button](c) {
		out = append(out, b.Label())
	}
	return out
}

// texts lists the words an object shows.
func texts(w fyne.Widget) []string {
	var out []string
	for _, o := range test.WidgetRenderer(w).Objects() {
		if text, ok := o.(*widget.Text); ok {
			out = append(out, text.Text())
		}
	}
	return out
}
