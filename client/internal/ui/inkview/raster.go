package inkview

import (
	"image"
	"image/color"
	"math"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"phonghop/assets/fonts"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/ink"
)

// brush draws strokes on pictures. Pictures have their bounds in the pixels of the whole page, so that a part of it is drawn like
// the whole. It is not safe for use by several goroutines.
type brush struct {
	raster vector.Rasterizer
	mask   image.Alpha
	faces  map[int]font.Face // by size in 64ths of a pixel
	// paper is how the page's colours are shown; on dark paper a highlighter is light.
	paper widget.Paper
}

// flatness is how far in pixels straight pieces may lie from the curve.
const flatness = 0.12

// draw draws a stroke onto dst at so many pixels a point. under is the page's own picture, in the same pixels, where it is known:
// highlighters multiply it; where it is not they are a veil.
func (b *brush) draw(dst *image.RGBA, scale float64, s ink.Stroke, under *image.RGBA) {
	if s.Tool == ink.Note {
		b.note(dst, scale, s)
		return
	}
	var edges []ink.Polygon
	for _, p := range s.Paths(flatness / scale) {
		edges = append(edges, p.Outline(flatness/scale)...)
	}
	mask := b.cover(edges, scale, dst.Rect)
	c := b.colour(s)
	switch {
	case mask == nil:
	case !s.Tool.Multiplied():
		over(dst, mask, c)
	case b.paper == widget.PaperNight:
		multiply(dst, mask, s.RGB(), nil)
	default:
		multiply(dst, mask, c, under)
	}
}

// colour is the stroke's colour as it looks on the paper.
func (b *brush) colour(s ink.Stroke) ink.RGB {
	c := s.RGB()
	c.R, c.G, c.B = b.paper.Colour(c.R, c.G, c.B)
	return c
}

// cover gives how much of each pixel lies within the edges, for the pixels of within that are touched; nil for none. It is
// valid until the next call.
func (b *brush) cover(edges []ink.Polygon, scale float64, within image.Rectangle) *image.Alpha {
	minX, minY, maxX, maxY := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, e := range edges {
		for _, p := range e {
			minX, minY, maxX, maxY = min(minX, p[0]), min(minY, p[1]), max(maxX, p[0]), max(maxY, p[1])
		}
	}
	if minX > maxX {
		return nil
	}
	box := image.Rect(pixel(minX*scale), pixel(minY*scale), pixel(maxX*scale)+1, pixel(maxY*scale)+1).Intersect(within)
	if box.Empty() {
		return nil
	}
	b.raster.Reset(box.Dx(), box.Dy())
	at := func(p [2]float64) (x, y float32) {
		return float32(p[0]*scale - float64(box.Min.X)), float32(p[1]*scale - float64(box.Min.Y))
	}
	for _, e := range edges {
		for i, p := range e {
			if x, y := at(p); i == 0 {
				b.raster.MoveTo(x, y)
			} else {
				b.raster.LineTo(x, y)
			}
		}
		b.raster.ClosePath()
	}
	if n := box.Dx() * box.Dy(); cap(b.mask.Pix) < n {
		b.mask.Pix = make([]uint8, n)
	}
	b.mask.Stride, b.mask.Rect = box.Dx(), image.Rect(0, 0, box.Dx(), box.Dy())
	b.mask.Pix = b.mask.Pix[:box.Dx()*box.Dy()]
	clear(b.mask.Pix)
	b.raster.Draw(&b.mask, b.mask.Rect, image.Opaque, image.Point{})
	b.mask.Rect = box
	return &b.mask
}

// pixel keeps what is far off the page within what a picture can have.
func pixel(v float64) int { return int(math.Floor(min(max(v, -1e7), 1e7))) }

// over lays a colour over what is there.
func over(dst *image.RGBA, mask *image.Alpha, c ink.RGB) {
	for y := mask.Rect.Min.Y; y < mask.Rect.Max.Y; y++ {
		row := mask.Pix[(y-mask.Rect.Min.Y)*mask.Stride:]
		at := dst.PixOffset(mask.Rect.Min.X, y)
		for x := range mask.Rect.Dx() {
			if a := uint32(row[x]); a != 0 {
				p := dst.Pix[at+4*x : at+4*x+4 : at+4*x+4]
				p[0], p[1], p[2], p[3] = mix(p[0], uint32(c.R), a), mix(p[1], uint32(c.G), a), mix(p[2], uint32(c.B), a), mix(p[3], 255, a)
			}
		}
	}
}

func mix(old uint8, fresh, a uint32) uint8 { return uint8((uint32(old)*(255-a) + fresh*a + 127) / 255) }

// veil is the share of the colour where the page below is not known.
const veil = 0.45

// multiply darkens what is there as a highlighter does: first the pixel becomes what one sees, page and all, then it is multiplied.
func multiply(dst *image.RGBA, mask *image.Alpha, c ink.RGB, under *image.RGBA) {
	for y := mask.Rect.Min.Y; y < mask.Rect.Max.Y; y++ {
		row := mask.Pix[(y-mask.Rect.Min.Y)*mask.Stride:]
		at := dst.PixOffset(mask.Rect.Min.X, y)
		for x := range mask.Rect.Dx() {
			a := uint32(row[x])
			if a == 0 {
				continue
			}
			p := dst.Pix[at+4*x : at+4*x+4 : at+4*x+4]
			if p[3] != 255 {
				place := image.Pt(mask.Rect.Min.X+x, y)
				if under == nil || !place.In(under.Rect) {
					a = uint32(float64(a) * veil)
					p[0], p[1], p[2], p[3] = mix(p[0], uint32(c.R), a), mix(p[1], uint32(c.G), a), mix(p[2], uint32(c.B), a), mix(p[3], 255, a)
					continue
				}
				q := under.Pix[under.PixOffset(place.X, place.Y):]
				rest := 255 - uint32(p[3])
				for i := range 3 {
					p[i] = uint8(min(uint32(p[i])+(uint32(q[i])*rest+127)/255, 255))
				}
				p[3] = 255
			}
			p[0], p[1], p[2] = shade(p[0], c.R, a), shade(p[1], c.G, a), shade(p[2], c.B, a)
		}
	}
}

func shade(old, c uint8, a uint32) uint8 {
	return mix(old, (uint32(old)*uint32(c)+127)/255, a)
}

// sans is the font of notes, the same as in files that are taken home.
var sans = sync.OnceValues(func() (*opentype.Font, error) { return opentype.Parse(fonts.NotoSansRegular) })

func (b *brush) face(size float64) font.Face {
	key := int(size * 64)
	if f, ok := b.faces[key]; ok {
		return f
	}
	whole, err := sans()
	if err != nil {
		return nil
	}
	f, err := opentype.NewFace(whole, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil
	}
	const most = 16 // zooming makes many sizes
	if b.faces == nil || len(b.faces) >= most {
		b.faces = map[int]font.Face{}
	}
	b.faces[key] = f
	return f
}

// note draws the text of a note, line by line.
func (b *brush) note(dst *image.RGBA, scale float64, s ink.Stroke) {
	points, err := ink.Unpack(s.Ink)
	size := s.Thickness()
	face := b.face(size * scale)
	if err != nil || len(points) != 1 || face == nil {
		return
	}
	c := b.colour(s)
	d := font.Drawer{Dst: dst, Src: image.NewUniform(color.RGBA{c.R, c.G, c.B, 255}), Face: face}
	for i, line := range strings.Split(s.Text, "\n") {
		y := points[0].Y + size*(ink.Baseline+float64(i)*ink.LineHeight)
		d.Dot = fixed.Point26_6{X: fixed.Int26_6(points[0].X * scale * 64), Y: fixed.Int26_6(y * scale * 64)}
		d.DrawString(line)
	}
}

// bounds is the box of a stroke in pixels. That of a note is made a letter larger: it is a guess.
func bounds(box ink.Box, scale float64) image.Rectangle {
	return image.Rect(pixel(box.MinX*scale)-1, pixel(box.MinY*scale)-1, pixel(box.MaxX*scale)+2, pixel(box.MaxY*scale)+2)
}

// boxOf is a box that holds all that is drawn of a stroke, found from a coarse curve.
func boxOf(s ink.Stroke) ink.Box {
	if s.Tool == ink.Note {
		box := s.Bounds().Grow(s.Thickness())
		box.MaxX += (box.MaxX - box.MinX) / 2
		return box
	}
	const coarse = 1.0 // points
	box := ink.Box{MinX: math.Inf(1), MinY: math.Inf(1), MaxX: math.Inf(-1), MaxY: math.Inf(-1)}
	for _, p := range s.Paths(coarse) {
		for _, v := range p.Vertices {
			box = ink.Box{MinX: min(box.MinX, v.X-v.R), MinY: min(box.MinY, v.Y-v.R), MaxX: max(box.MaxX, v.X+v.R), MaxY: max(box.MaxY, v.Y+v.R)}
		}
	}
	if box.MinX > box.MaxX {
		return ink.Box{}
	}
	return box.Grow(coarse)
}
