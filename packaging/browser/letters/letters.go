//go:build go1.22

// Package letters shapes and draws text in the client for browsers, in the place of what the toolkit uses. That makes a new shaper
// for each text that it measures or draws, and a shaper takes apart a font's tables, which takes longer than shaping a line; it
// shapes each text twice, to measure and to draw it; and it draws each letter of each text anew from its outline. A screen of names
// is the same few letters many times over, and a list that scrolls the same texts: here what was found is kept, within bounds.
package letters

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// Bounds of what is kept, each for one of two generations.
const (
	maxGlyphs = 20_000  // of shaped runs; about 100 bytes each
	maxShades = 1 << 20 // bytes of drawn letters
	maxFaces  = 16      // whose tables a shaper keeps taken apart
	maxText   = 1000    // runes around a run; a longer text is shaped anew

	// steps is to how many places within a pixel a letter is drawn, in each direction.
	steps = 4
)

// Setter shapes runs and draws them. It is not safe for concurrent use.
type Setter struct {
	shaper shaping.HarfbuzzShaper
	runs   kept[run, shaping.Output]
	shades kept[letter, *image.Alpha]
	pen    vector.Rasterizer
}

// NewSetter makes a setter that has nothing yet. It keeps a font that it has
// shaped with for ever: a program parses each of its fonts once.
func NewSetter() *Setter {
	s := &Setter{runs: kept[run, shaping.Output]{most: maxGlyphs}, shades: kept[letter, *image.Alpha]{most: maxShades}}
	s.shaper.SetFontCacheSize(maxFaces)
	return s
}

// run is all that a run's shape depends on.
type run struct {
	text     string // with what stands around the run
	from, to int
	face     *font.Face
	size     fixed.Int26_6
	script   language.Script
	language language.Language
	way      di.Direction
}

// Shape implements shaping.Shaper. The glyphs are not to be changed.
func (s *Setter) Shape(in shaping.Input) shaping.Output {
	if len(in.FontFeatures) > 0 || len(in.Text) > maxText {
		return s.shaper.Shape(in)
	}
	key := run{string(in.Text), in.RunStart, in.RunEnd, in.Face, in.Size, in.Script, in.Language, in.Direction}
	out, ok := s.runs.get(key, func(o shaping.Output) int { return 1 + len(o.Glyphs) })
	if !ok {
		out = s.shaper.Shape(in)
		s.runs.put(key, out, 1+len(out.Glyphs))
	}
	return out
}

// letter is all that a drawn letter depends on.
type letter struct {
	face *font.Face
	id   font.GID
	size float32 // pixels of an em
	x, y int     // where in its pixel it stands, in steps
}

// Draw draws a shaped run in a colour, the pen at x and the base line at y, in pixels; scale is the pixels of a unit of the run's
// size. Letters that are pictures are not drawn: the program's fonts have none.
func (s *Setter) Draw(dst draw.Image, of shaping.Output, ink color.Color, x, y int, scale float32) {
	src := image.NewUniform(ink)
	size := float32(of.Size) / 64 * scale
	at := float32(x)
	for _, g := range of.Glyphs {
		column, left := split(at + float32(g.XOffset)/64*scale)
		line, down := split(float32(y) - float32(g.YOffset)/64*scale)
		at += float32(g.XAdvance) / 64 * scale
		shade := s.shade(letter{of.Face, g.GlyphID, size, left, down})
		if shade.Rect.Empty() {
			continue
		}
		draw.DrawMask(dst, shade.Rect.Add(image.Pt(column, line)), src, image.Point{}, shade, shade.Rect.Min, draw.Over)
	}
}

// split says in which pixel a place lies, and at which of its steps.
func split(place float32) (pixel, step int) {
	n := int(math.Round(float64(place) * steps))
	pixel = int(math.Floor(float64(n) / steps))
	return pixel, n - pixel*steps
}

// shade is a letter drawn around its pen's pixel.
func (s *Setter) shade(l letter) *image.Alpha {
	out, ok := s.shades.get(l, weight)
	if ok {
		return out
	}
	out = &image.Alpha{}
	if outline, ok := l.face.GlyphData(l.id).(font.GlyphOutline); ok {
		out = s.fill(outline.Segments, l.size/float32(l.face.Upem()), float32(l.x)/steps, float32(l.y)/steps)
	}
	s.shades.put(l, out, weight(out))
	return out
}

func weight(shade *image.Alpha) int { return 128 + len(shade.Pix) }

// fill fills an outline that is scaled and moved.
func (s *Setter) fill(outline []opentype.Segment, scale, x, y float32) *image.Alpha {
	box := bounds(outline, scale, x, y)
	if box.Empty() {
		return &image.Alpha{}
	}
	left, top := x-float32(box.Min.X), y-float32(box.Min.Y)
	s.pen.Reset(box.Dx(), box.Dy())
	s.pen.DrawOp = draw.Src
	for i := range outline {
		p := outline[i].ArgsSlice()
		at := func(i int) (float32, float32) { return p[i].X*scale + left, top - p[i].Y*scale }
		ax, ay := at(0)
		switch outline[i].Op {
		case opentype.SegmentOpMoveTo:
			s.pen.ClosePath()
			s.pen.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			s.pen.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			bx, by := at(1)
			s.pen.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			bx, by := at(1)
			cx, cy := at(2)
			s.pen.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	s.pen.ClosePath()
	out := image.NewAlpha(box)
	s.pen.Draw(out, box, image.Opaque, image.Point{})
	return out
}

// bounds is a box of whole pixels around an outline: a curve lies within its control points.
func bounds(outline []opentype.Segment, scale, x, y float32) image.Rectangle {
	if len(outline) == 0 {
		return image.Rectangle{}
	}
	least, most := [2]float32{math.MaxFloat32, math.MaxFloat32}, [2]float32{-math.MaxFloat32, -math.MaxFloat32}
	for i := range outline {
		for _, p := range outline[i].ArgsSlice() {
			px, py := p.X*scale+x, y-p.Y*scale
			least = [2]float32{min(least[0], px), min(least[1], py)}
			most = [2]float32{max(most[0], px), max(most[1], py)}
		}
	}
	down := func(v float32) int { return int(math.Floor(float64(v))) }
	up := func(v float32) int { return int(math.Ceil(float64(v))) }
	return image.Rect(down(least[0]), down(least[1]), up(most[0]), up(most[1]))
}

// kept keeps what was of use lately: when the young generation weighs the most it may, it becomes the old one, and what is not
// asked for until the next time goes.
type kept[K comparable, V any] struct {
	young, old   map[K]V
	weight, most int
}

func (k *kept[K, V]) get(key K, weight func(V) int) (V, bool) {
	if v, ok := k.young[key]; ok {
		return v, true
	}
	v, ok := k.old[key]
	if ok {
		k.put(key, v, weight(v))
	}
	return v, ok
}

func (k *kept[K, V]) put(key K, v V, weight int) {
	if k.young == nil || k.weight+weight > k.most {
		k.old, k.young, k.weight = k.young, map[K]V{}, 0
	}
	k.young[key] = v
	k.weight += weight
}
