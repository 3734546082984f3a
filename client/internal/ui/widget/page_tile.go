package widget

import (
	"encoding/binary"
	"image"
)

// pageTile is a part of a page as it is kept: most are white, or black on white, and take a quarter of a picture's memory or none.
type pageTile struct {
	w, h int
	flat uint32      // R, G, B, A from the lowest byte, of all of it where there is neither of the two below
	gray []byte      // a byte a pixel
	img  *image.RGBA // one with colours
}

// newPageTile takes over a picture, which nobody writes into.
func newPageTile(img *image.RGBA) *pageTile {
	b := img.Bounds()
	t := &pageTile{w: b.Dx(), h: b.Dy()}
	gray := make([]byte, 0, t.w*t.h)
	flat := true
	t.flat = binary.LittleEndian.Uint32(img.Pix)
	for y := range t.h {
		line := img.Pix[y*img.Stride : y*img.Stride+4*t.w]
		for i := 0; i < len(line); i += 4 {
			c := binary.LittleEndian.Uint32(line[i:])
			if c&0xff != c>>8&0xff || c&0xff != c>>16&0xff || c>>24 != 0xff {
				t.img = img
				return t
			}
			flat = flat && c == t.flat
			gray = append(gray, byte(c)) //nolint:gosec // the lowest byte
		}
	}
	if !flat {
		t.gray = gray
	}
	return t
}

// bytes is what it takes of memory.
func (t *pageTile) bytes() int {
	if t.img != nil {
		return len(t.img.Pix)
	}
	return cap(t.gray) + 64
}

// row gives pixels of a row, from column x on.
func (t *pageTile) row(y, x int, row []uint32) {
	switch {
	case t.img != nil:
		pix := t.img.Pix[y*t.img.Stride+4*x:]
		for i := range row {
			row[i] = binary.LittleEndian.Uint32(pix[4*i:])
		}
	case t.gray != nil:
		for i, v := range t.gray[y*t.w+x : y*t.w+x+len(row)] {
			row[i] = uint32(v)*0x010101 | 0xff<<24
		}
	default:
		for i := range row {
			row[i] = t.flat
		}
	}
}

// tileSheet is a page cut into tiles, of which those are there that are needed. What is missing is white.
type tileSheet struct {
	w, h  int
	paper Paper
	tiles map[image.Point]*pageTile // by column and row
}

func (s tileSheet) size() (w, h int) { return s.w, s.h }

func (s tileSheet) row(y, x int, row []uint32) {
	s.plain(y, x, row)
	if s.paper == PaperWhite {
		return
	}
	last, shown := uint32(0), uint32(0)
	for i, c := range row {
		if c != last || i == 0 {
			r, g, b := s.paper.colour(byte(c), byte(c>>8), byte(c>>16)) //nolint:gosec // a byte each
			last, shown = c, uint32(r)|uint32(g)<<8|uint32(b)<<16|c&(0xff<<24)
		}
		row[i] = shown
	}
}

// plain is row on white paper.
func (s tileSheet) plain(y, x int, row []uint32) {
	for len(row) > 0 {
		n := min(TileSide-x%TileSide, len(row))
		t := s.tiles[image.Pt(x/TileSide, y/TileSide)]
		if t != nil && y%TileSide < t.h && x%TileSide+n <= t.w {
			t.row(y%TileSide, x%TileSide, row[:n])
		} else {
			for i := range row[:n] {
				row[i] = 0xffffffff
			}
		}
		row, x = row[n:], x+n
	}
}

// grid lists the tiles of which a part of the plan is made, as columns and rows.
func (s tileSheet) grid(plan pagePlan, part image.Rectangle) image.Rectangle {
	if part.Empty() {
		return image.Rectangle{}
	}
	x, y := newAxis(plan.w, s.w, part.Min.X, part.Max.X), newAxis(plan.h, s.h, part.Min.Y, part.Max.Y)
	last := func(a axis) int { return (a.first[len(a.first)-1]+a.taps-1)/TileSide + 1 }
	return image.Rect(x.first[0]/TileSide, y.first[0]/TileSide, last(x), last(y))
}

// pixels is the part of the plan that a tile covers.
func (s tileSheet) pixels(plan pagePlan, at image.Point) image.Rectangle {
	kx, ky := float64(plan.w)/float64(s.w), float64(plan.h)/float64(s.h)
	return image.Rect(int(float64(at.X*TileSide)*kx), int(float64(at.Y*TileSide)*ky),
		int(float64((at.X+1)*TileSide)*kx)+1, int(float64((at.Y+1)*TileSide)*ky)+1)
}
