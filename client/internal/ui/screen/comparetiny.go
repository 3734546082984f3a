package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// drawTiny is the screen where there is hardly room for a page: one version, to be turned and changed for the other. What stands
// against what is set in its place.
func (c *compare) drawTiny() fyne.CanvasObject {
	if c.setting {
		return c.drawSetting()
	}
	top := widget.NewTopBar(words.T("common.back"), c.shell.pop, "")
	s, page := c.now, c.page
	if c.showOld {
		s, page = c.old, c.page+c.shift
	}
	c.show(s, page)
	var middle fyne.CanvasObject = s.page
	switch {
	case !several(c.versions):
		middle = body(c.scroll, listWidth, widget.NewText(words.T("compare.one_version"), widget.StyleBody))
	case s.code != "":
		middle = body(c.scroll, listWidth, widget.NewText(words.Refusal(s.code), widget.StyleBody), widget.NewButton(words.T("common.retry"), widget.Outlined, c.retry))
	case s.doc != nil && (page < 1 || page > s.doc.Pages()):
		middle = body(c.scroll, listWidth, widget.NewText(words.T("compare.no_page"), widget.StyleBody))
	}
	turn := widget.NewIconButton(icons.RefreshCw, "", func() {
		c.showOld = !c.showOld
		c.shell.redraw()
	})
	back := widget.NewIconButton(icons.ChevronLeft, "", func() { c.turnTo(c.page - 1) })
	back.SetEnabled(c.page > c.first())
	on := widget.NewIconButton(icons.ChevronRight, "", func() { c.turnTo(c.page + 1) })
	on.SetEnabled(c.page < c.last())
	foot := widget.Inset(4, 4, widget.Equal(200, back, turn, on))
	said := widget.NewText(words.T("compare.version_tiny", s.version.Number, page, s.version.Pages), widget.StyleSecondary)
	head := fyne.CanvasObject(said)
	if several(c.versions) {
		head = widget.Row(8, 0, said, widget.NewIconButton(icons.Ellipsis, "", func() { c.set(true) }))
	}
	return widget.Frame(widget.Column(0, top, widget.Inset(16, 2, head)), middle, widget.Column(0, widget.Divider(), foot))
}

func (c *compare) set(on bool) {
	c.setting = on
	c.shell.redraw()
}

// drawSetting says which page stands against which, and has the ways to change that.
func (c *compare) drawSetting() fyne.CanvasObject {
	objects := []fyne.CanvasObject{
		widget.NewText(words.T("compare.version_tiny", c.now.version.Number, c.page, c.now.version.Pages), widget.StyleStrong),
		widget.NewText(words.T("compare.version_tiny", c.old.version.Number, c.page+c.shift, c.old.version.Pages), widget.StyleStrong),
	}
	for _, w := range c.shifts() {
		b := widget.NewButton(words.T(w.key), widget.Outlined, w.do).WithIcon(w.icon)
		b.SetEnabled(w.live)
		objects = append(objects, b)
	}
	refill(c.setScroll, widget.Inset(16, 8, widget.Column(theme.Gap, objects...)))
	shut := widget.NewButton(words.T("common.close"), widget.Outlined, func() { c.set(false) })
	return widget.Frame(widget.Inset(12, 6, shut), c.setScroll, nil)
}
