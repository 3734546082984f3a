package screen

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
)

// noteTime is how long a note stays.
const noteTime = 6 * time.Second

// note is a line at the lower edge that says something once and goes by itself. It takes no presses.
type note struct {
	layer *fyne.Container
	timer *time.Timer
}

func newNote() *note {
	n := &note{}
	n.layer = container.New(noteLayout{})
	return n
}

func (n *note) show(text string) {
	n.close()
	n.layer.Objects = []fyne.CanvasObject{widget.NewBanner(widget.BannerNotice, text, "", nil)}
	n.layer.Refresh()
	n.timer = time.AfterFunc(noteTime, func() { mainthread.Do(n.hide) })
}

func (n *note) hide() {
	n.layer.Objects = nil
	n.layer.Refresh()
}

func (n *note) close() {
	if n.timer != nil {
		n.timer.Stop()
	}
}

// noteLayout puts a banner near the lower edge, above the tool rows.
type noteLayout struct{}

func (noteLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (noteLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		w := min(theme.Scaled(640), size.Width-theme.Scaled(24))
		h := o.MinSize().Height
		if f, ok := o.(widget.Wrapping); ok {
			h = f.HeightFor(w)
		}
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos((size.Width-w)/2, size.Height-h-theme.Scaled(96)))
	}
}
