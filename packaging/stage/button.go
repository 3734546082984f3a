package stage

import "image"

// A button that is the next thing to do is a filled area in a strong colour,
// whatever the theme: at least so wide and so high, in pixels.
const (
	buttonWidth  = 150
	buttonHeight = 12 // rows without a letter in them
	strong       = 60 // least distance of the colour's parts, of 255
)

// stretch is pixels of one colour side by side in a row.
type stretch struct {
	colour   [3]byte
	from, to int
}

// area is rows of the same stretch, not all of them side by side: a button's
// label lies between.
type area struct {
	rows        int
	first, last int
}

// BigButton finds the largest filled area in a strong colour, and the middle
// of it.
func BigButton(img *image.RGBA) (at image.Point, ok bool) {
	areas := map[stretch]*area{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for _, r := range runs(img, y) {
			a := areas[r]
			if a == nil || y-a.last > 80 {
				a = &area{first: y}
				areas[r] = a
			}
			a.rows++
			a.last = y
		}
	}
	most := buttonHeight - 1
	for r, a := range areas {
		if a.rows > most {
			most, ok = a.rows, true
			at = image.Pt((r.from+r.to)/2, (a.first+a.last)/2)
		}
	}
	return at, ok
}

// runs lists the wide stretches of a strong colour in a row.
func runs(img *image.RGBA, y int) []stretch {
	var all []stretch
	b := img.Bounds()
	for x := b.Min.X; x < b.Max.X; {
		r := stretch{colour: colourAt(img, x, y), from: x}
		for x < b.Max.X && colourAt(img, x, y) == r.colour {
			x++
		}
		r.to = x
		if r.to-r.from >= buttonWidth && isStrong(r.colour) {
			all = append(all, r)
		}
	}
	return all
}

func colourAt(img *image.RGBA, x, y int) [3]byte {
	p := img.PixOffset(x, y)
	return [3]byte{img.Pix[p], img.Pix[p+1], img.Pix[p+2]}
}

func isStrong(c [3]byte) bool {
	return int(max(c[0], c[1], c[2]))-int(min(c[0], c[1], c[2])) >= strong
}
