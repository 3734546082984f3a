package widget

import (
	"image"
	"image/color"

	"phonghop/client/internal/ui/theme"
)

// Paper is how a page's own colours are shown.
type Paper int

// The papers: as the document has it, warm for long reading, and light letters on dark paper for a dark room.
const (
	PaperWhite Paper = iota
	PaperCream
	PaperNight
)

// Colours of a white page on the other papers.
var (
	cream = color.NRGBA{R: 0xF9, G: 0xF1, B: 0xDE, A: 0xFF}
	night = color.NRGBA{R: nightLow, G: nightLow, B: nightLow, A: 0xFF}
)

// On dark paper nothing is quite black or quite white.
const nightLow, nightHigh = 24, 226

// SetPaper changes how the page's own colours are shown; the document stays as it is.
func (v *PageView) SetPaper(p Paper) {
	if v.paper == p || v.closed {
		return
	}
	v.paper = p
	for _, l := range v.leaves {
		l.paper = p
	}
	if v.source == nil {
		return
	}
	at := v.geo
	v.SetSource(v.source, v.page)
	v.geo = at
	v.moved(true)
}

// Paper returns how the page's own colours are shown.
func (v *PageView) Paper() Paper { return v.paper }

// colourSheet gives the empty sheet the paper's colour.
func (v *PageView) colourSheet() {
	switch v.paper {
	case PaperCream:
		v.parts.sheet.FillColor = cream
	case PaperNight:
		v.parts.sheet.FillColor = night
	}
	ink := theme.OnSheet
	if v.paper == PaperNight {
		ink = theme.White
	}
	v.parts.waiting.SetStyle(StyleSecondary.Centered().Colored(ink))
}

// on gives a picture as it looks on a paper: the picture itself on white, else a new one. Dark paper turns lightness round and
// keeps the hue: a red stamp stays red.
func (p Paper) on(img *image.RGBA) *image.RGBA {
	out, _ := p.onto(img, func() bool { return true })
	return out
}

// onto is the same, and asks after each line whether to go on; false where it was told not to.
func (p Paper) onto(img *image.RGBA, goOn func() bool) (*image.RGBA, bool) {
	if p == PaperWhite || img == nil {
		return img, true
	}
	b := img.Bounds()
	out := image.NewRGBA(b)
	for y := range b.Dy() {
		from, to := img.Pix[y*img.Stride:y*img.Stride+4*b.Dx()], out.Pix[y*out.Stride:]
		for i := 0; i+3 < len(from); i += 4 {
			to[i], to[i+1], to[i+2] = p.colour(from[i], from[i+1], from[i+2])
			to[i+3] = from[i+3]
		}
		if !goOn() {
			return nil, false
		}
	}
	return out, true
}

// Colour is a colour of the document as it looks on the paper.
func (p Paper) Colour(r, g, b uint8) (uint8, uint8, uint8) {
	if p == PaperWhite {
		return r, g, b
	}
	return p.colour(r, g, b)
}

func (p Paper) colour(r, g, b uint8) (uint8, uint8, uint8) {
	if p == PaperCream {
		return scaled8(r, cream.R), scaled8(g, cream.G), scaled8(b, cream.B)
	}
	turn := 255 - int(max(r, g, b)) - int(min(r, g, b))
	return dimmed(int(r) + turn), dimmed(int(g) + turn), dimmed(int(b) + turn)
}

func scaled8(v, by uint8) uint8 { return uint8((int(v)*int(by) + 127) / 255) } //nolint:gosec // at most 255

func dimmed(v int) uint8 { return uint8(nightLow + v*(nightHigh-nightLow)/255) } //nolint:gosec // within the bounds
