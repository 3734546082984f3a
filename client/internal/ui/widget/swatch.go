package widget

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"phonghop/client/internal/ui/theme"
)

// Swatch is a dot of ink to choose a colour or a width by; the chosen one has a ring.
type Swatch struct {
	pressable
	paint  color.Color
	radius float32
	chosen bool
}

// NewSwatch makes one whose dot has that radius at 100 %, at most 14.
func NewSwatch(paint color.Color, radius float32, chosen bool, onTapped func()) *Swatch {
	s := &Swatch{paint: paint, radius: min(radius, 14), chosen: chosen}
	s.press = onTapped
	s.ExtendBaseWidget(s)
	return s
}

// swatchSide is the side of a swatch: five of them stand in a palette's row.
const swatchSide = 44

// CreateRenderer implements fyne.Widget.
func (s *Swatch) CreateRenderer() fyne.WidgetRenderer {
	ring, dot := canvas.NewCircle(color.Transparent), canvas.NewCircle(s.paint)
	focus := newBox()
	layout := func(size fyne.Size) {
		middle := fyne.NewPos(size.Width/2, size.Height/2)
		circle := func(c *canvas.Circle, r float32) {
			c.Move(middle.SubtractXY(r, r))
			c.Resize(fyne.NewSquareSize(2 * r))
		}
		circle(dot, theme.Scaled(s.radius))
		circle(ring, theme.Scaled(19))
		placeRing(focus, size)
	}
	refresh := func() {
		s.paintFocus(focus, theme.RadiusS)
		dot.FillColor = s.paint
		dot.StrokeColor, dot.StrokeWidth = theme.Color(theme.Line), 1
		ring.StrokeColor, ring.StrokeWidth = color.Transparent, 0
		if s.chosen {
			ring.StrokeColor, ring.StrokeWidth = theme.Color(theme.Accent), 3
		}
	}
	return draw(s, layout, func() fyne.Size { return fyne.NewSquareSize(theme.Scaled(swatchSide)) }, refresh, focus, ring, dot)
}
