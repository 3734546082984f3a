package widget

import "fyne.io/fyne/v2"

// What can have the keyboard within a widget of several parts is told by Parts, so that a page can bring it into sight.

// Parts are the way back and what stands at the bar's end.
func (b *TopBar) Parts() []fyne.CanvasObject {
	if b.back == nil {
		return b.trailing
	}
	return append([]fyne.CanvasObject{b.back}, b.trailing...)
}

// Parts is what the panel is around.
func (p *Panel) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{p.content} }

// Parts is the banner's button, if it has one.
func (b *Banner) Parts() []fyne.CanvasObject {
	if b.action == nil {
		return nil
	}
	return []fyne.CanvasObject{b.action}
}

// Parts are the row's buttons, of which one at most is shown.
func (r *ProgressRow) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{r.stop, r.retry} }

// Parts are the words that can be chosen.
func (c *Choice) Parts() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(c.parts))
	for i, p := range c.parts {
		out[i] = p
	}
	return out
}
