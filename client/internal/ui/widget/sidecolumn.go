package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/words"
)

// SideColumn is a main part with a column at its leading side that folds away: the agenda or the pages beside a document. Folded,
// a strip of 72 with the unfolding button stays. Where the whole is narrower than 900 it is folded until somebody unfolds it, and then
// lies over the main part.
type SideColumn struct {
	fynewidget.BaseWidget
	// OnFolded is called when a person folds or unfolds the column.
	OnFolded func(folded bool)

	title      *Text
	side, main fyne.CanvasObject
	width      float32
	folded     bool
	asked      bool // somebody said whether it shall be folded
	toggle     *IconButton
}

// NewSideColumn makes one, unfolded, with a column of that width at 100 % under its title.
func NewSideColumn(title string, side, main fyne.CanvasObject, width float32) *SideColumn {
	c := &SideColumn{title: NewText(title, StyleStrong), side: side, main: main, width: width}
	c.toggle = NewIconButton(icons.PanelLeft, words.T("common.fold"), func() {
		c.SetFolded(!c.Folded())
		if c.OnFolded != nil {
			c.OnFolded(c.Folded())
		}
	})
	c.ExtendBaseWidget(c)
	return c
}

// SetFolded folds or unfolds the column.
func (c *SideColumn) SetFolded(folded bool) {
	c.folded, c.asked = folded, true
	c.Refresh()
}

// Folded tells whether the column is folded.
func (c *SideColumn) Folded() bool {
	return c.folded || !c.asked && c.over(c.Size().Width)
}

// SetSide changes what the column holds.
func (c *SideColumn) SetSide(side fyne.CanvasObject) {
	c.side = side
	c.Refresh()
}

// SetMain changes the main part.
func (c *SideColumn) SetMain(main fyne.CanvasObject) {
	c.main = main
	c.Refresh()
}

func (c *SideColumn) strip() float32 { return max(theme.Scaled(72), c.toggle.MinSize().Width+4) }

func (c *SideColumn) column(total float32) float32 {
	if c.Folded() {
		return c.strip()
	}
	return min(theme.Scaled(c.width), total-c.strip())
}

func (c *SideColumn) over(total float32) bool { return total < theme.Scaled(900) }

// CreateRenderer implements fyne.Widget.
func (c *SideColumn) CreateRenderer() fyne.WidgetRenderer {
	ground, line := newBox(), canvas.NewLine(nil)
	d := &drawing{size: c.Size}
	d.layout = func(size fyne.Size) {
		d.refresh()
		w := c.column(size.Width)
		left := w
		if c.over(size.Width) {
			left = c.strip()
		}
		place(c.main, left, 0, max(size.Width-left, 0), size.Height)
		place(ground, 0, 0, w, size.Height)
		line.Position1, line.Position2 = fyne.NewPos(w-0.5, 0), fyne.NewPos(w-0.5, size.Height)
		t := c.toggle.MinSize()
		head := t.Height + theme.Scaled(8)
		if c.Folded() {
			place(c.toggle, (w-t.Width)/2, theme.Scaled(4), t.Width, t.Height)
			return
		}
		place(c.toggle, w-t.Width-theme.Scaled(4), theme.Scaled(4), t.Width, t.Height)
		tw := w - t.Width - theme.Scaled(16+8)
		th := c.title.HeightFor(tw)
		place(c.title, theme.Scaled(16), (head-th)/2, tw, th)
		head = max(head, th+theme.Scaled(8))
		place(c.side, 0, head, w-1, max(size.Height-head, 0))
	}
	d.refresh = func() {
		paintBox(ground, theme.Paper, "", 0, 0)
		line.StrokeColor, line.StrokeWidth = theme.Color(theme.Line), 1
		word := words.T("common.fold")
		if c.Folded() {
			word = words.T("common.unfold")
		}
		c.toggle.Set(icons.PanelLeft, word)
		d.objects = []fyne.CanvasObject{c.main, ground, line, c.toggle}
		if !c.Folded() {
			d.objects = append(d.objects, c.title, c.side)
		}
	}
	d.min = func() fyne.Size {
		m := c.main.MinSize()
		return fyne.NewSize(m.Width+c.strip(), max(m.Height, theme.Scaled(160)))
	}
	d.refresh()
	return d
}
