package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// TopBar is the line at a screen's head: the way back with its word, the title, and what belongs to the screen at the
// trailing side. Its line is 64 high; where the title would have less than half of the width, it takes a line of its own
// below the rest.
type TopBar struct {
	fynewidget.BaseWidget
	back     *IconButton
	title    *Text
	trailing []fyne.CanvasObject
}

// NewTopBar makes a bar. onBack nil means there is no way back; backWord names where it leads.
func NewTopBar(backWord string, onBack func(), title string, trailing ...fyne.CanvasObject) *TopBar {
	b := &TopBar{title: NewText(title, StyleLead), trailing: trailing}
	if onBack != nil {
		b.back = NewIconButton(icons.ChevronLeft, backWord, onBack).Beside()
	}
	b.ExtendBaseWidget(b)
	return b
}

// SetTitle changes the title.
func (b *TopBar) SetTitle(title string) {
	b.title.SetText(title)
	b.Refresh()
}

// SetTrailing changes what stands at the trailing side.
func (b *TopBar) SetTrailing(objects ...fyne.CanvasObject) {
	b.trailing = objects
	b.Refresh()
}

type topBarPlan struct {
	titleX, titleY, titleW, titleH float32
	trailingX, trailingY           float32
	trailingW, trailingH           float32
	backW, backH                   float32
	line, height                   float32
}

func (b *TopBar) plan(width float32) topBarPlan {
	pad, gap := theme.Scaled(16), theme.Scaled(theme.Gap)
	p := topBarPlan{titleX: pad, line: theme.Scaled(64)}
	if b.back != nil {
		p.backW = min(b.back.NaturalWidth(), width-theme.Scaled(16))
		p.backH = b.back.HeightFor(p.backW)
		p.line = max(p.line, p.backH)
		p.titleX = theme.Scaled(8) + p.backW + gap
	}
	flow := &flowLayout{gap: theme.Gap}
	p.trailingW = min(naturalFlow(b.trailing, gap), width-2*pad)
	p.trailingH = flow.heightFor(b.trailing, p.trailingW)
	p.titleW = width - p.titleX - pad
	if p.trailingW > 0 {
		p.titleW -= p.trailingW + gap
	}
	if p.titleW < min(b.title.NaturalWidth(), width*0.45) {
		return b.planNarrow(p, width)
	}
	p.titleH = b.title.HeightFor(p.titleW)
	p.line = max(p.line, p.titleH+theme.Scaled(16), p.trailingH+theme.Scaled(12))
	p.titleY, p.trailingX, p.trailingY = (p.line-p.titleH)/2, width-pad-p.trailingW, (p.line-p.trailingH)/2
	p.height = p.line
	return p
}

// planNarrow puts the trailing things beside the way back if they fit, else below it, and the title below both. What is not there takes no line.
func (b *TopBar) planNarrow(p topBarPlan, width float32) topBarPlan {
	pad := theme.Scaled(16)
	p.height = p.line
	switch {
	case b.back == nil && p.trailingW == 0:
		p.height = theme.Scaled(8)
	case p.titleX+p.trailingW+pad <= width:
		p.line = max(p.line, p.trailingH+theme.Scaled(12))
		p.trailingX, p.trailingY = width-pad-p.trailingW, (p.line-p.trailingH)/2
		p.height = p.line
	case p.trailingW > 0:
		if b.back == nil {
			p.line, p.height = theme.Scaled(8), theme.Scaled(8)
		}
		p.trailingX, p.trailingY = pad, p.line
		p.height += p.trailingH + theme.Scaled(8)
	}
	p.titleX, p.titleY, p.titleW = pad, p.height, max(width-2*pad, 1)
	if p.titleH = b.title.HeightFor(p.titleW); p.titleH > 0 {
		p.height += p.titleH + theme.Scaled(12)
	}
	return p
}

// HeightFor implements Wrapping.
func (b *TopBar) HeightFor(width float32) float32 { return b.plan(width).height }

// CreateRenderer implements fyne.Widget.
func (b *TopBar) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewLine(nil)
	d := &drawing{size: b.Size}
	d.layout = func(size fyne.Size) {
		p := b.plan(size.Width)
		if b.back != nil {
			place(b.back, theme.Scaled(8), (p.line-p.backH)/2, p.backW, p.backH)
		}
		place(b.title, p.titleX, p.titleY, p.titleW, p.titleH)
		flow := &flowLayout{gap: theme.Gap}
		flow.arrange(b.trailing, p.trailingW+1, func(o fyne.CanvasObject, x, y, w, h float32) {
			place(o, p.trailingX+x, p.trailingY+y, w, h)
		})
		line.Position1, line.Position2 = fyne.NewPos(0, size.Height-0.5), fyne.NewPos(size.Width, size.Height-0.5)
	}
	d.refresh = func() {
		line.StrokeColor, line.StrokeWidth = theme.Color(theme.Line), 1
		d.objects = []fyne.CanvasObject{line, b.title}
		if b.back != nil {
			d.objects = append(d.objects, b.back)
		}
		d.objects = append(d.objects, b.trailing...)
	}
	d.min = func() fyne.Size {
		w := float32(narrowest)
		return fyne.NewSize(w, b.HeightFor(max(w, b.Size().Width)))
	}
	d.refresh()
	return d
}

// Divider is a quiet line across a column.
func Divider() fyne.CanvasObject { return fynewidget.NewSeparator() }

// Panel puts things on a card's ground with a quiet border: a figure with its words, a group of fields.
type Panel struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	fill    fyne.ThemeColorName
	border  fyne.ThemeColorName
}

// NewPanel makes a panel around content with 20 of space.
func NewPanel(content fyne.CanvasObject) *Panel {
	p := &Panel{content: Inset(20, 18, content), fill: theme.Card, border: theme.Line}
	p.ExtendBaseWidget(p)
	return p
}

// Colored gives the panel another ground and border and returns it; an empty border leaves it out.
func (p *Panel) Colored(fill, border fyne.ThemeColorName) *Panel {
	p.fill, p.border = fill, border
	p.Refresh()
	return p
}

// HeightFor implements Wrapping.
func (p *Panel) HeightFor(width float32) float32 { return heightFor(p.content, width) }

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	ground := newBox()
	layout := func(size fyne.Size) {
		place(ground, 0, 0, size.Width, size.Height)
		place(p.content, 0, 0, size.Width, size.Height)
	}
	refresh := func() { paintBox(ground, p.fill, p.border, 1, theme.Radius) }
	return draw(p, layout, func() fyne.Size { return p.content.MinSize() }, refresh, ground, p.content)
}
