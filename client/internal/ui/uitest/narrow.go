// Package uitest looks at screens as a person with a small phone does. It is for tests only.
package uitest

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/ui/widget"
)

// Cut lists what on a canvas is not seen whole because it is wider than its place: words, buttons, fields that go over an edge of
// the canvas, and a content that asks for more width than there is.
func Cut(c fyne.Canvas) []string {
	var out []string
	root := c.Content()
	if top := c.Overlays().Top(); top != nil {
		root = top
	}
	width := c.Size().Width
	if m := root.MinSize().Width; m > width {
		out = append(out, fmt.Sprintf("the screen asks for %.0f of %.0f", m, width))
	}
	var walk func(o fyne.CanvasObject, x float32)
	walk = func(o fyne.CanvasObject, x float32) {
		if !o.Visible() {
			return
		}
		x += o.Position().X
		if w := o.Size().Width; w > 0 && o.Size().Height > 0 && (x < -0.5 || x+w > width+0.5) {
			if what, ok := named(o); ok {
				out = append(out, fmt.Sprintf("%s from %.0f to %.0f of %.0f", what, x, x+w, width))
			}
		}
		switch o := o.(type) {
		case *widget.PageView: // a page is moved about by hand
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, x)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, x)
			}
		}
	}
	walk(root, 0)
	return out
}

// named tells of what a person reads or presses.
func named(o fyne.CanvasObject) (string, bool) {
	switch o := o.(type) {
	case *widget.Text:
		return fmt.Sprintf("%q", o.Text()), o.Text() != ""
	case *widget.Button:
		return fmt.Sprintf("button %q", o.Label()), true
	case *canvas.Text:
		return fmt.Sprintf("line %q", o.Text), o.Text != ""
	case *widget.IconButton, *widget.TextField, *widget.Choice, *widget.Chip, *widget.Card, *widget.Banner, *widget.PINPad:
		return fmt.Sprintf("%T", o), true
	}
	return "", false
}
