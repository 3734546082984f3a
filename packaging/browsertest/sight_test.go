package browsertest

import (
	"image"
	"image/color"
	"math"
)

// What is on a screen is found as a person finds it, by looking: the white
// page, the one filled button. So the tests outlast changes of the layout.

// light is how bright a picture is: the sum of all that is above and to the
// left of each place, so that the mean of any part is known at once.
type light struct {
	w, h int
	sum  []float64
}

func lightOf(img image.Image) light {
	size := img.Bounds().Size()
	l := light{size.X, size.Y, make([]float64, (size.X+1)*(size.Y+1))}
	for y := range size.Y {
		row := 0.0
		for x := range size.X {
			row += float64(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y)
			l.sum[(y+1)*(l.w+1)+x+1] = l.sum[y*(l.w+1)+x+1] + row
		}
	}
	return l
}

// around is the mean brightness around a place, 0 to 255.
func (l light) around(x, y, reach float64) float64 {
	left, top := max(int(x-reach), 0), max(int(y-reach), 0)
	right, below := min(int(x+reach)+1, l.w), min(int(y+reach)+1, l.h)
	if left >= right || top >= below {
		return 255
	}
	at := func(x, y int) float64 { return l.sum[y*(l.w+1)+x] }
	return (at(right, below) - at(left, below) - at(right, top) + at(left, top)) / float64((right-left)*(below-top))
}

// box is a part of the screen in CSS pixels.
type box struct{ x, y, w, h float64 }

func white(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return r>>8 >= 253 && g>>8 >= 253 && b>>8 >= 253
}

// filled tells the colour of the one button that matters.
func filled(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	near := func(v uint32, to int) bool { return int(v>>8)-to <= 6 && to-int(v>>8) <= 6 }
	return near(r, 7) && near(g, 74) && near(b, 117)
}

// pageBox finds the page: what is white between the bars. ratio is its height
// by its width.
func (b *tablet) pageBox(img image.Image, ratio float64) (box, bool) {
	size := img.Bounds().Size()
	left, right, top, count := size.X, -1, size.Y, 0
	for y := size.Y * 10 / 100; y < size.Y*80/100; y += 2 {
		first, last := -1, -1
		for x := 0; x < size.X; x++ {
			if white(img.At(x, y)) {
				if first < 0 {
					first = x
				}
				last = x
			}
		}
		if first < 0 || last-first < size.X/5 {
			continue
		}
		left, right, top, count = min(left, first), max(right, last), min(top, y), count+1
	}
	if count < size.Y/10 {
		return box{}, false
	}
	// The rows above the first that was looked at may be of the page, too.
	for middle := (left + right) / 2; top > 0 && white(img.At(middle, top-1)); {
		top--
	}
	w := float64(right-left+1) / b.scale
	return box{float64(left) / b.scale, float64(top) / b.scale, w, w * ratio}, true
}

// differs is how much a part of the screen differs from a page that lies in
// a box of it, 0 to 255 for each point that is compared. Both are looked at as
// through half-closed eyes, that no edge decides.
func (b *tablet) differs(screen, page light, in, part box) float64 {
	const (
		steps = 40
		reach = 4.0 // CSS pixels
	)
	sum, n := 0.0, 0
	for j := range steps {
		for i := range steps {
			x, y := part.x+part.w*(float64(i)+0.5)/steps, part.y+part.h*(float64(j)+0.5)/steps
			u, v := (x-in.x)/in.w, (y-in.y)/in.h
			if u < 0.02 || v < 0.02 || u > 0.98 || v > 0.98 {
				continue
			}
			sum += math.Abs(screen.around(x*b.scale, y*b.scale, reach*b.scale) - page.around(u*float64(page.w), v*float64(page.h), reach*float64(page.w)/in.w))
			n++
		}
	}
	if n == 0 {
		return 255
	}
	return sum / float64(n)
}

// button finds the filled button; false where there is none.
func (b *tablet) button(img image.Image) (point, bool) {
	size := img.Bounds().Size()
	best, at := 0, image.Point{}
	for y := 0; y < size.Y; y += 4 {
		run := 0
		for x := 0; x < size.X; x++ {
			if !filled(img.At(x, y)) {
				run = 0
				continue
			}
			if run++; run > best {
				best, at = run, image.Pt(x-run/2, y)
			}
		}
	}
	if float64(best) < 40*b.scale {
		return point{}, false
	}
	return point{float64(at.X) / b.scale, float64(at.Y)/b.scale + 8}, true
}

// firstWhite is where the first broad white thing begins, from above.
func (b *tablet) firstWhite(img image.Image) (float64, bool) {
	size := img.Bounds().Size()
	for y := 0; y < size.Y; y++ {
		run := 0
		for x := size.X / 4; x < size.X*3/4 && white(img.At(x, y)); x++ {
			run++
		}
		if run >= size.X/2-1 {
			return float64(y) / b.scale, true
		}
	}
	return 0, false
}
