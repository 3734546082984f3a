package widget

import (
	"encoding/binary"
	"image"
	"math"
)

// In a browser one thread does everything: while a page is scaled, nothing answers. So it is scaled there with whole numbers,
// all four colours of a pixel at once, and in parts between which the browser gets its turn.

// Colours have 16 bits of their own each, four in a number: room to multiply them by up to 256 without a carry.
const (
	lanes  = 0x00FF00FF00FF00FF
	halves = 0x0080008000800080 // half of 256 for each colour: what is divided next, is rounded
	bits   = 8                  // of a colour
	sumOf  = 1 << bits          // what the weights of a pixel add up to
)

// tapsOf says of which pixels of a line a pixel is made: the first, and how much each counts, 256 in all.
type tapsOf struct {
	first   int
	weights []uint64
}

// linear spreads n pixels of a line over m: between two pixels by their distance, over as many as are laid into one. It gives what
// the pixels from to until are made of.
func linear(n, m, from, until int) []tapsOf {
	scale := float64(n) / float64(m)
	reach := max(scale, 1)
	out := make([]tapsOf, 0, until-from)
	for x := from; x < until; x++ {
		middle := (float64(x)+0.5)*scale - 0.5
		first, last := max(int(math.Floor(middle-reach)), 0), min(int(math.Ceil(middle+reach)), n-1)
		sum := 0.0
		parts := make([]float64, last-first+1)
		for i := range parts {
			parts[i] = max(1-math.Abs(middle-float64(first+i))/reach, 0)
			sum += parts[i]
		}
		t := tapsOf{first, make([]uint64, len(parts))}
		given, done := uint64(0), 0.0
		for i, part := range parts { // what rounding leaves goes to the next
			done += part
			upTo := uint64(math.Round(done / sum * sumOf))
			t.weights[i], given = upTo-given, upTo
		}
		for len(t.weights) > 1 && t.weights[0] == 0 {
			t.first, t.weights = t.first+1, t.weights[1:]
		}
		for len(t.weights) > 1 && t.weights[len(t.weights)-1] == 0 {
			t.weights = t.weights[:len(t.weights)-1]
		}
		out = append(out, t)
	}
	return out
}

// scaleLines lays the part from of src onto the part to of dst. After each line it asks whether to go on; false where it was told
// not to, and dst is then of no use.
func scaleLines(dst *image.RGBA, to image.Rectangle, src *image.RGBA, from image.Rectangle, goOn func() bool) bool {
	seen := to.Intersect(dst.Bounds())
	if seen.Empty() || from.Empty() || !from.In(src.Bounds()) {
		return true
	}
	across := linear(from.Dx(), to.Dx(), seen.Min.X-to.Min.X, seen.Max.X-to.Min.X)
	down := linear(from.Dy(), to.Dy(), seen.Min.Y-to.Min.Y, seen.Max.Y-to.Min.Y)
	left, right := across[0].first, 0
	for _, t := range across {
		right = max(right, t.first+len(t.weights))
	}
	line := make([]uint64, (right-left+1)/2*2)
	for y, t := range down {
		clear(line)
		for i, w := range t.weights {
			at := src.PixOffset(from.Min.X+left, from.Min.Y+t.first+i)
			addLine(line, src.Pix[at:at+4*(right-left)], w)
		}
		parted(line)
		at := dst.PixOffset(seen.Min.X, seen.Min.Y+y)
		layLine(dst.Pix[at:at+4*len(across)], line, across, left)
		if !goOn() {
			return false
		}
	}
	return true
}

// addLine adds a line of pixels, each so many times, to sums: of two pixels red and blue in one number, green and opacity in the
// next.
func addLine(sums []uint64, pixels []byte, weight uint64) {
	for len(sums) >= 2 && len(pixels) >= 8 {
		two := binary.LittleEndian.Uint64(pixels)
		sums[0] += two & lanes * weight
		sums[1] += two >> bits & lanes * weight
		sums, pixels = sums[2:], pixels[8:]
	}
	if len(sums) >= 2 && len(pixels) >= 4 {
		one := uint64(binary.LittleEndian.Uint32(pixels))
		sums[0] += one & lanes * weight
		sums[1] += one >> bits & lanes * weight
	}
}

// parted makes of such sums one number for each pixel, its colours of 8 bits again.
func parted(sums []uint64) {
	for len(sums) >= 2 {
		even, odd := (sums[0]+halves)>>bits&lanes, (sums[1]+halves)>>bits&lanes
		sums[0], sums[1] = even&0xFFFFFFFF|odd<<32, even>>32|odd>>32<<32
		sums = sums[2:]
	}
}

// layLine makes a line of pixels of another, which begins at left.
func layLine(pixels []byte, line []uint64, across []tapsOf, left int) {
	for x, t := range across {
		sum := uint64(halves)
		part := line[t.first-left:]
		part = part[:len(t.weights)]
		for i, w := range t.weights {
			sum += part[i] * w
		}
		sum = sum >> bits & lanes
		binary.LittleEndian.PutUint32(pixels[4*x:4*x+4], uint32(sum)|uint32(sum>>24)&0xFF00FF00) //nolint:gosec // the half is meant
	}
}
