package widget

import (
	"encoding/binary"
	"image"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// weightOne is the sum of the weights of a pixel.
const weightOne = 1 << 14

// axis says of which pixels of a picture, along one side, each pixel of a part of the page is made, and how much of each.
type axis struct {
	taps    int
	first   []int   // by pixel of the part
	weights []int32 // taps of them by pixel
}

// newAxis makes the weights of the pixels from..to of a page that is page pixels long, made of one that is of pixels long. They
// depend on the pixel's place on the page alone: parts painted one by one fit together.
func newAxis(page, of, from, to int) axis {
	step := float64(of) / float64(page)
	stretch := max(step, 1) // an enlarged page needs the neighbours only, a reduced one all that a pixel covers
	reach := kernelReach() * stretch
	a := axis{taps: min(int(math.Ceil(2*reach))+1, of), first: make([]int, to-from)}
	a.weights = make([]int32, a.taps*(to-from))
	for i := range a.first {
		centre := (float64(from+i)+0.5)*step - 0.5
		a.first[i] = min(max(int(math.Ceil(centre-reach)), 0), of-a.taps)
		a.weigh(a.weights[i*a.taps:(i+1)*a.taps], float64(a.first[i])-centre, stretch)
	}
	return a
}

// weigh fills the weights of one pixel, at its distance from the first pixel it is made of. They always sum to weightOne: white
// stays white.
func (a axis) weigh(w []int32, at, stretch float64) {
	sum := 0.0
	all := make([]float64, 0, 16)
	for k := range w {
		v := kernelAt(math.Abs(at+float64(k)) / stretch)
		all = append(all, v)
		sum += v
	}
	left, most := int32(weightOne), 0
	for k, v := range all {
		w[k] = int32(math.Round(v / sum * weightOne))
		left -= w[k]
		if w[k] > w[most] {
			most = k
		}
	}
	w[most] += left
}

// kernelReach is how far from a pixel's centre others count: in the browser, with one thread for everything, the next ones.
func kernelReach() float64 {
	if runtime.GOOS == "js" {
		return 1
	}
	return 2
}

// kernelAt is the weight at a distance: Catmull-Rom, or linear where the next pixels are all.
func kernelAt(t float64) float64 {
	switch {
	case t >= kernelReach():
		return 0
	case kernelReach() == 1:
		return 1 - t
	case t < 1:
		return (1.5*t-2.5)*t*t + 1
	}
	return ((-0.5*t+2.5)*t-4)*t + 2
}

// sheet is a picture of a whole page, of which rows are asked for piece by piece: the pixels from column x on, as many as row is
// long, each as R, G, B, A from the lowest byte.
type sheet interface {
	size() (w, h int)
	row(y, x int, row []uint32)
}

// paintFrom paints a part of a page, in pixels of the plan, from a sheet into dst, whose corner is at origin of the plan. Each of
// the goroutines that do it asks after each line whether to go on, in a way of its own; false where one was told not to.
func paintFrom(src sheet, plan pagePlan, part image.Rectangle, dst *image.RGBA, origin image.Point, goOn func() func() bool) bool {
	if part.Empty() {
		return true
	}
	w, h := src.size()
	across, down := newAxis(plan.w, w, part.Min.X, part.Max.X), newAxis(plan.h, h, part.Min.Y, part.Max.Y)
	bands := min(runtime.GOMAXPROCS(0), 4, (part.Dy()+63)/64)
	var wait sync.WaitGroup
	var ended atomic.Bool
	for b := range bands {
		from, to := part.Dy()*b/bands, part.Dy()*(b+1)/bands
		wait.Go(func() {
			p, on := newBandPainter(src, across, down), goOn()
			for y := from; y < to; y++ {
				at := dst.PixOffset(part.Min.X-origin.X+dst.Rect.Min.X, part.Min.Y+y-origin.Y+dst.Rect.Min.Y)
				p.line(y, dst.Pix[at:at+4*part.Dx()])
				if !on() {
					ended.Store(true)
					return
				}
			}
		})
	}
	wait.Wait()
	return !ended.Load()
}

// bandPainter paints lines one after the other and keeps the rows of the picture that the next line needs, too.
type bandPainter struct {
	src          sheet
	across, down axis
	left         int // first column of the picture
	raw, before  []uint32
	beforeY      int
	rows         []scaledRow // a ring, by the row's number
	taken        [][]uint32  // those of a line
}

// scaledRow is a row of the picture scaled to the part's width. Rows that look the same have the same kind.
type scaledRow struct {
	y, kind int
	pix     []uint32
}

func newBandPainter(src sheet, across, down axis) *bandPainter {
	left, right := across.first[0], slices.Max(across.first)+across.taps
	p := &bandPainter{src: src, across: across, down: down, left: left, beforeY: -1}
	p.raw, p.before = make([]uint32, right-left), make([]uint32, right-left)
	p.rows, p.taken = make([]scaledRow, down.taps+1), make([][]uint32, down.taps)
	for i := range p.rows {
		p.rows[i] = scaledRow{y: -1, pix: make([]uint32, len(across.first))}
	}
	return p
}

// line paints a line of the part.
func (p *bandPainter) line(y int, out []byte) {
	n := p.down.taps
	rows, first := p.taken, p.down.first[y]
	kind, same := 0, true
	for k := range n {
		r := p.scaled(first + k)
		rows[k] = r.pix
		if k == 0 {
			kind = r.kind
		}
		same = same && r.kind == kind
	}
	if same {
		for x, c := range rows[0] {
			binary.LittleEndian.PutUint32(out[4*x:], c)
		}
		return
	}
	mix(rows, p.down.weights[y*n:(y+1)*n], out)
}

// mix adds up rows by their weights.
func mix(rows [][]uint32, weights []int32, out []byte) {
	for x, c := range rows[0] {
		flat := true
		for _, r := range rows[1:] {
			if r[x] != c {
				flat = false
				break
			}
		}
		if flat {
			binary.LittleEndian.PutUint32(out[4*x:], c)
			continue
		}
		var r, g, b int32
		for k, row := range rows {
			c, w := row[x], weights[k]
			r += int32(c&0xff) * w
			g += int32(c>>8&0xff) * w
			b += int32(c>>16&0xff) * w
		}
		binary.LittleEndian.PutUint32(out[4*x:], pixelOf(r, g, b))
	}
}

func pixelOf(r, g, b int32) uint32 { return level8(r) | level8(g)<<8 | level8(b)<<16 | 0xff<<24 }

// level8 rounds a weighted sum to a byte; the sharpening kernel goes a little beyond black and white.
func level8(v int32) uint32 { return uint32(min(max((v+weightOne/2)>>14, 0), 255)) } //nolint:gosec // 0 to 255

// scaled is a row of the picture at the part's width.
func (p *bandPainter) scaled(y int) scaledRow {
	r := &p.rows[y%len(p.rows)]
	if r.y == y {
		return *r
	}
	p.src.row(y, p.left, p.raw)
	if before := &p.rows[max(p.beforeY, 0)%len(p.rows)]; p.beforeY >= 0 && before != r && before.y == p.beforeY && slices.Equal(p.raw, p.before) {
		copy(r.pix, before.pix)
		r.kind = before.kind
	} else {
		p.squeeze(r.pix)
		r.kind = y + 1
	}
	r.y = y
	p.raw, p.before, p.beforeY = p.before, p.raw, y
	return *r
}

// squeeze scales the row at hand to the part's width.
func (p *bandPainter) squeeze(out []uint32) {
	n := p.across.taps
	for x := range out {
		from := p.across.first[x] - p.left
		taps := p.raw[from : from+n]
		c, flat := taps[0], true
		for _, other := range taps[1:] {
			if other != c {
				flat = false
				break
			}
		}
		if flat {
			out[x] = c
			continue
		}
		var r, g, b int32
		for k, w := range p.across.weights[x*n : (x+1)*n] {
			c := taps[k]
			r += int32(c&0xff) * w
			g += int32(c>>8&0xff) * w
			b += int32(c>>16&0xff) * w
		}
		out[x] = pixelOf(r, g, b)
	}
}

// wholeSheet is a picture of a whole page.
type wholeSheet struct{ img *image.RGBA }

func (s wholeSheet) size() (w, h int) { return s.img.Rect.Dx(), s.img.Rect.Dy() }

func (s wholeSheet) row(y, x int, row []uint32) {
	pix := s.img.Pix[y*s.img.Stride+4*x:]
	for i := range row {
		row[i] = binary.LittleEndian.Uint32(pix[4*i:])
	}
}
