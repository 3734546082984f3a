package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/theme"
)

// Mark is what stands in the circle at a row's head: one of a number ("2", "7a"), a check, an icon, initials.
type Mark struct {
	Text    string     // number or initials
	Icon    icons.Name // instead of Text
	Done    bool       // a green check instead of both
	Current bool       // the circle is filled
}

// CardData is what a row shows.
type CardData struct {
	Mark     Mark
	Title    string
	Subtitle string
	Chips    []*Chip
	Selected bool // heavier border in the accent
	Chevron  bool // pressing leads somewhere else
	Compact  bool // no border of its own: rows in a side column
}

// Card is a row of a list: an agenda item, a room, a meeting, a document, a person. The title wraps and is never cut; chips stand
// behind it and go below where the row is narrow. At least 72 high, 60 when compact.
type Card struct {
	pressable
	// OnTapped is called on a press; while it is nil the row cannot be pressed.
	OnTapped func()
	// OnShortcut is asked for a shortcut that is typed while the row has the keyboard and tells whether it took it; may be nil.
	OnShortcut func(fyne.Shortcut) bool

	data            CardData
	title, subtitle *Text
	planned         [2]cardPlanAt // the last ones: a layout asks for the same widths again and again
}

// cardPlanAt is a plan with what it was made for.
type cardPlanAt struct {
	width, scale float32
	plan         cardPlan
}

// NewCard makes a row.
func NewCard(data CardData, onTapped func()) *Card {
	c := &Card{data: data, OnTapped: onTapped}
	c.title, c.subtitle = NewText("", StyleLead), NewText("", StyleSecondary)
	c.press = func() {
		if c.OnTapped != nil {
			c.OnTapped()
		}
	}
	c.ExtendBaseWidget(c)
	c.take()
	return c
}

// Set changes what the row shows.
func (c *Card) Set(data CardData) {
	c.data = data
	c.take()
	c.Refresh()
}

// Disabled implements fyne.Disableable: a row that leads nowhere is no stop of the Tab key.
func (c *Card) Disabled() bool { return c.OnTapped == nil || !c.active() }

// TypedShortcut implements fyne.Shortcutable. What the row does not take is the screen's.
func (c *Card) TypedShortcut(s fyne.Shortcut) {
	if c.OnShortcut == nil || !c.OnShortcut(s) {
		passShortcut(&c.pressable, s)
	}
}

// Data returns what the row shows.
func (c *Card) Data() CardData { return c.data }

func (c *Card) take() {
	title := StyleLead
	if c.data.Compact {
		title = StyleStrong
	}
	if c.disabled {
		title = title.Colored(theme.Secondary)
	}
	c.planned = [2]cardPlanAt{}
	c.title.SetStyle(title)
	c.title.SetText(c.data.Title)
	c.subtitle.SetText(c.data.Subtitle)
}

// HeightFor is the height of a row that shows this, at a width.
func (d CardData) HeightFor(width float32) float32 {
	c := &Card{data: d, title: &Text{text: d.Title, style: StyleLead}, subtitle: &Text{text: d.Subtitle, style: StyleSecondary}}
	if d.Compact {
		c.title.style = StyleStrong
	}
	return c.plan(width).height
}

// cardPlan is where the parts of a row go at a width.
type cardPlan struct {
	pad, circle, textX, textW float32
	titleH, subtitleH         float32
	chipsBelow                bool
	chipsW, chipsH            float32
	chevron                   float32
	// band is the height of mark and chevron where they stand above the text, with the gap below; 0 where they stand at its sides.
	band   float32
	height float32
}

// The widths of the text, in pixels of any size of type, below which chips go below it, and mark and chevron above it: words would
// break else.
const (
	leastBeside = 120
	leastText   = 160
)

func (c *Card) plan(width float32) cardPlan {
	scale := theme.Scale()
	for _, p := range c.planned {
		if p.scale == scale && p.width == width {
			return p.plan
		}
	}
	c.planned[1] = c.planned[0]
	c.planned[0] = cardPlanAt{width, scale, c.arrange(width)}
	return c.planned[0].plan
}

func (c *Card) arrange(width float32) cardPlan {
	p := cardPlan{pad: theme.Scaled(16)}
	if c.data.Compact {
		p.pad = theme.Scaled(12)
	}
	p.textX = p.pad
	if c.data.Mark != (Mark{}) {
		p.circle = theme.Scaled(36)
		p.textX += p.circle + theme.Scaled(14)
	}
	if c.data.Chevron {
		p.chevron = theme.Scaled(theme.IconSize + 8)
	}
	room := width - p.textX - p.pad - p.chevron
	if room < leastText && (p.circle > 0 || p.chevron > 0) {
		p.textX, p.band = p.pad, max(p.circle, p.chevron)+theme.Scaled(8)
		room = width - 2*p.pad
	}
	room = max(room, 1) // a card may be squeezed while a screen is laid out
	chips := theme.Scaled(8)
	flow := &flowLayout{gap: 8}
	objects := c.chips()
	if len(objects) > 0 {
		p.chipsW = naturalFlow(objects, chips)
		p.chipsBelow = p.chipsW > room*0.45 || p.band > 0 || room-p.chipsW-theme.Scaled(16) < leastBeside
		if p.chipsBelow {
			p.chipsW = room
		}
		p.chipsH = flow.heightFor(objects, p.chipsW)
	}
	p.textW = room
	if p.chipsW > 0 && !p.chipsBelow {
		p.textW -= p.chipsW + theme.Scaled(16)
	}
	p.textW = max(p.textW, 1)
	p.titleH, p.subtitleH = c.title.HeightFor(p.textW), c.subtitle.HeightFor(p.textW)
	content := p.titleH + p.subtitleH
	if p.chipsBelow {
		content += p.chipsH + chips
	}
	p.height = max(c.least(), p.band+content+theme.Scaled(24), p.chipsHeightBeside()+theme.Scaled(24))
	return p
}

// least is the height of a row of one line.
func (c *Card) least() float32 {
	if c.data.Compact {
		return theme.Scaled(60)
	}
	return theme.Scaled(72)
}

func (p cardPlan) chipsHeightBeside() float32 {
	if p.chipsBelow {
		return 0
	}
	return p.chipsH
}

func (c *Card) chips() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(c.data.Chips))
	for i, chip := range c.data.Chips {
		objects[i] = chip
	}
	return objects
}

// HeightFor implements Wrapping.
func (c *Card) HeightFor(width float32) float32 { return c.plan(width).height }

// CreateRenderer implements fyne.Widget.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	ground, ring := newBox(), newBox()
	circle, number, icon, chevron := canvas.NewCircle(nil), &canvas.Text{}, newGlyph(), newGlyph()
	d := &drawing{size: c.Size}
	d.layout = func(size fyne.Size) {
		p := c.plan(size.Width)
		place(ground, 0, 0, size.Width, size.Height)
		placeRing(ring, size)
		middle := size.Height / 2
		if p.band > 0 {
			middle = theme.Scaled(12) + (p.band-theme.Scaled(8))/2
		}
		place(circle, p.pad, middle-p.circle/2, p.circle, p.circle)
		place(number, p.pad, middle-p.circle/2, p.circle, p.circle)
		side := theme.Scaled(20)
		place(icon, p.pad+(p.circle-side)/2, middle-side/2, side, side)
		c.placeText(p, size)
		arrow := theme.Scaled(theme.IconSize)
		place(chevron, size.Width-p.pad-arrow, middle-arrow/2, arrow, arrow)
	}
	d.refresh = func() {
		c.take()
		c.paint(ground, ring)
		paintMark(c.data.Mark, circle, number, icon)
		chevron.set(map[bool]icons.Name{true: icons.ChevronRight}[c.data.Chevron], theme.Secondary)
		d.objects = append([]fyne.CanvasObject{ring, ground, circle, number, icon.Raster, c.title, c.subtitle, chevron.Raster}, c.chips()...)
	}
	d.min = func() fyne.Size {
		if c.Size().Width <= 0 { // what it lies in asks for the height at its width
			return fyne.NewSize(narrowest, c.least())
		}
		return fyne.NewSize(narrowest, c.HeightFor(max(narrowest, c.Size().Width)))
	}
	d.refresh()
	return d
}

func (c *Card) placeText(p cardPlan, size fyne.Size) {
	content := p.titleH + p.subtitleH
	if p.chipsBelow {
		content += p.chipsH + theme.Scaled(8)
	}
	y := (size.Height + p.band - content) / 2
	place(c.title, p.textX, y, p.textW, p.titleH)
	place(c.subtitle, p.textX, y+p.titleH, p.textW, p.subtitleH)
	x, top := p.textX, y+p.titleH+p.subtitleH+theme.Scaled(8)
	if !p.chipsBelow {
		x, top = size.Width-p.pad-p.chevron-p.chipsW, (size.Height-p.chipsH)/2
	}
	flow := &flowLayout{gap: 8}
	flow.arrange(c.chips(), p.chipsW+1, func(o fyne.CanvasObject, cx, cy, w, h float32) { place(o, x+cx, top+cy, w, h) })
}

func (c *Card) paint(ground, ring *canvas.Rectangle) {
	fill, border, stroke := theme.Card, theme.Line, float32(1)
	if c.hovered && c.active() && c.OnTapped != nil {
		border = theme.Edge
	}
	if c.data.Compact {
		fill, border = "", ""
		if c.hovered && c.OnTapped != nil {
			fill = theme.Quiet
		}
	}
	switch {
	case c.data.Selected && c.data.Compact:
		fill = theme.Soft
	case c.data.Selected:
		border, stroke = theme.Accent, 2.5
	}
	paintBox(ground, fill, border, stroke, theme.Radius)
	c.paintFocus(ring, theme.Radius+3)
}

func paintMark(m Mark, circle *canvas.Circle, number *canvas.Text, icon glyph) {
	fill, border, ink := theme.Card, theme.Edge, theme.Ink
	name := m.Icon
	switch {
	case m.Done:
		fill, border, ink, name = theme.YesSoft, "", theme.Yes, icons.Check
	case m.Current:
		fill, border, ink = theme.Accent, "", theme.OnAccent
	case m.Icon != "":
		fill, border, ink = theme.Soft, "", theme.Accent
	}
	circle.FillColor, circle.StrokeColor, circle.StrokeWidth = theme.Color(fill), nil, 0
	if border != "" {
		circle.StrokeColor, circle.StrokeWidth = theme.Color(border), 1
	}
	circle.Hidden = m == (Mark{})
	icon.set(name, ink)
	paintLine(number, m.Text, Style{Size: theme.SubText, Bold: true, Color: ink, Align: fyne.TextAlignCenter})
	number.Hidden = name != "" || m.Text == ""
}
