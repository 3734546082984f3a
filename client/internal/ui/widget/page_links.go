package widget

import (
	"fyne.io/fyne/v2/canvas"

	"phonghop/client/internal/ui/theme"
)

// pageLinks are the places of a page that lead somewhere: each has a line below it.
type pageLinks struct {
	page  int
	parts []PagePart
	lines []*canvas.Rectangle
}

// SetLinks says which places of a page lead somewhere, in place of those before. What a tap on one does is the business of
// OnTappedAt.
func (v *PageView) SetLinks(page int, parts []PagePart) {
	l := &v.links
	if l.page == page && len(l.parts) == 0 && len(parts) == 0 {
		return
	}
	l.page, l.parts = page, parts
	v.place()
}

// placeLinks draws the lines where the page lies.
func (v *PageView) placeLinks(shown bool) {
	l, layer := &v.links, v.parts.links
	var parts []PagePart
	if shown && l.page == v.page {
		parts = l.parts
	}
	for len(l.lines) < len(parts) {
		line := newBox()
		l.lines = append(l.lines, line)
		layer.Objects = append(layer.Objects, line)
	}
	for i, line := range l.lines {
		if line.Hidden = i >= len(parts); line.Hidden {
			continue
		}
		p, thick := parts[i], theme.Scaled(1.5)
		paintBox(line, theme.Accent, "", 0, 0)
		high := thick / max(v.geo.zoom, 1e-6)
		at, size := v.viewPart(PagePart{p.X, p.Y + p.H - high, p.W, high})
		line.Move(at)
		line.Resize(size)
		canvas.Refresh(line)
	}
}
