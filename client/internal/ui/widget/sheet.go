package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/mobile"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/theme"
)

// Sheet lies over the whole canvas until it is answered: a quiet veil and, in the middle, a paper with content. Nothing
// behind it can be pressed.
type Sheet struct {
	fynewidget.BaseWidget
	// OnDismissed is called when a person leaves the sheet by the Escape key, a tablet's back key, or a press beside it; such a sheet hides itself.
	OnDismissed func()

	content fyne.CanvasObject
	// foot has the buttons of a question: they stay in sight where its words are scrolled. nil for any other content.
	foot    fyne.CanvasObject
	buttons []*Button // in the foot
	width   float32
	on      fyne.Canvas
	// beneath had the focus when the sheet came and gets it back.
	beneath func(*fyne.KeyEvent)
}

// NewSheet makes a sheet around content, at most that wide at 100 %.
func NewSheet(content fyne.CanvasObject, width float32) *Sheet {
	s := &Sheet{content: content, width: width}
	s.ExtendBaseWidget(s)
	return s
}

// Question is what a ConfirmSheet asks. A question that destroys something says so and has its Yes in red.
type Question struct {
	Title    string
	Help     string // one sentence about what follows; may be empty
	Yes, No  string // the buttons' words
	Destroys bool
}

// NewConfirmSheet asks a question; onYes runs after the sheet is gone. Its button has DeadTime from the moment the sheet is
// shown, so that a press meant for what was there before confirms nothing.
func NewConfirmSheet(q Question, onYes func()) *Sheet {
	s := &Sheet{width: 520}
	kind := Filled
	if q.Destroys {
		kind = Danger
	}
	yes := NewButton("", kind, func() {
		s.Hide()
		if onYes != nil {
			onYes()
		}
	}).WithHeight(Tall).Guarded()
	yes.SetLabel(q.Yes)
	no := NewButton(q.No, Outlined, s.dismiss).WithHeight(Tall)
	objects := []fyne.CanvasObject{NewText(q.Title, StyleHeading)}
	if q.Help != "" {
		objects = append(objects, NewText(q.Help, StyleBody.Colored(theme.Secondary)))
	}
	s.buttons = []*Button{no, yes}
	s.content, s.foot = NewScroll(Column(sheetGap, objects...)), Flow(theme.Gap, no, yes)
	s.ExtendBaseWidget(s)
	return s
}

// sheetGap is the gap between the words of a question and above its buttons, at 100 %.
const sheetGap = 18

// pad is the space within the paper's edge: less where large type leaves little room.
func (s *Sheet) pad(size fyne.Size) float32 {
	if size.Width < theme.Scaled(280) {
		return theme.Scaled(14)
	}
	return theme.Scaled(28)
}

// lowCanvas is the height at 100 % below which a question's buttons are low ones: its words need the room.
const lowCanvas = 400

// Resize implements fyne.CanvasObject.
func (s *Sheet) Resize(size fyne.Size) {
	height := float32(Tall)
	if size.Height < theme.Scaled(lowCanvas) {
		height = Low
	}
	for _, b := range s.buttons {
		if b.height != height {
			b.WithHeight(height)
		}
	}
	s.BaseWidget.Resize(size)
}

// wanted is the height of the content, and of the foot with the gap above it, at a width.
func (s *Sheet) wanted(width float32) (content, foot float32) {
	if s.foot == nil {
		return heightFor(s.content, width), 0
	}
	return heightFor(s.content.(*Scroll).column, width), heightFor(s.foot, width) + theme.Scaled(sheetGap)
}

// ShowOn puts the sheet over everything on a canvas.
func (s *Sheet) ShowOn(c fyne.Canvas) {
	if s.on != nil {
		return
	}
	s.on, s.beneath = c, c.OnTypedKey()
	s.Resize(c.Size())
	s.BaseWidget.Show()
	c.Overlays().Add(s)
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape || e.Name == mobile.KeyBack {
			s.dismiss()
		}
	})
}

// Hide takes the sheet away; a sheet that is not shown stays so.
func (s *Sheet) Hide() {
	if s.on == nil {
		return
	}
	c := s.on
	s.on = nil
	c.Overlays().Remove(s)
	c.SetOnTypedKey(s.beneath)
	s.BaseWidget.Hide()
}

// Shown tells whether the sheet is on a canvas.
func (s *Sheet) Shown() bool { return s.on != nil }

func (s *Sheet) dismiss() {
	s.Hide()
	call(s.OnDismissed)
}

// Tapped implements fyne.Tappable: a press on the veil leaves the sheet, one on the paper does nothing.
func (s *Sheet) Tapped(e *fyne.PointEvent) {
	x, y, w, h := s.paper(s.Size())
	if e.Position.X >= x && e.Position.X < x+w && e.Position.Y >= y && e.Position.Y < y+h {
		return
	}
	s.dismiss()
}

// paper is where the content's ground lies.
func (s *Sheet) paper(size fyne.Size) (x, y, w, h float32) {
	pad := s.pad(size)
	w = min(theme.Scaled(s.width), size.Width-theme.Scaled(24))
	content, foot := s.wanted(w - 2*pad)
	h = min(content+foot+2*pad, size.Height-theme.Scaled(24))
	return (size.Width - w) / 2, (size.Height - h) / 2, w, h
}

// CreateRenderer implements fyne.Widget.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	veil, paper := canvas.NewRectangle(nil), newBox()
	layout := func(size fyne.Size) {
		place(veil, 0, 0, size.Width, size.Height)
		x, y, w, h := s.paper(size)
		place(paper, x, y, w, h)
		pad := s.pad(size)
		_, foot := s.wanted(w - 2*pad)
		place(s.content, x+pad, y+pad, w-2*pad, h-2*pad-foot)
		if s.foot != nil {
			gap := theme.Scaled(sheetGap)
			place(s.foot, x+pad, y+h-pad-foot+gap, w-2*pad, foot-gap)
		}
	}
	refresh := func() {
		veil.FillColor = theme.Color(theme.Scrim)
		paintBox(paper, theme.Paper, theme.Line, 1, theme.Radius)
	}
	minSize := func() fyne.Size { return s.content.MinSize().AddWidthHeight(theme.Scaled(80), theme.Scaled(80)) }
	objects := []fyne.CanvasObject{veil, paper, s.content}
	if s.foot != nil {
		objects = append(objects, s.foot)
	}
	return draw(s, layout, minSize, refresh, objects...)
}
