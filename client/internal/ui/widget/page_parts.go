package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/words"
)

// make makes what is drawn.
func (v *PageView) make() {
	p := &v.parts
	p.sheet, p.base, p.sharp = newBox(), &canvas.Image{}, &canvas.Image{}
	p.base.ScaleMode = movingScale()
	p.waiting = NewText(words.T("reader.loading"), StyleSecondary.Centered().Colored(theme.OnSheet))
	retry := NewButton(words.T("common.retry"), Outlined, v.Retry).WithIcon(icons.RefreshCw)
	p.failure = container.NewStack(NewPanel(EmptyState(icons.CloudOff, words.T("reader.failed"), words.T("reader.failed_help"), retry)))
	p.marks = container.NewWithoutLayout()
	p.leaves = leavesBelow()
	p.choice, p.links = container.NewWithoutLayout(), container.NewWithoutLayout()
	p.holder = container.NewWithoutLayout(p.leaves, p.sheet, p.waiting, p.base, p.sharp, p.links, p.marks, p.choice)
	if v.overlay != nil {
		p.holder.Add(v.overlay.Object())
	}
	p.holder.Add(p.failure)
	p.clip = container.NewClip(p.holder)
	p.made = true
}

// movingScale lets the graphics processor stretch the picture while it moves. Not every one of the toolkit's drivers knows the
// smooth way of that.
func movingScale() canvas.ImageScale {
	if d := fyne.CurrentDevice(); d.IsMobile() || d.IsBrowser() {
		return canvas.ImageScalePixels
	}
	return canvas.ImageScaleFastest
}
