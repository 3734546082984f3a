package theme

import (
	"image"
	"image/color"
	"math"

	"phonghop/assets/icons"
)

// Draw paints an icon in one colour onto a transparent picture of that many pixels, as large as fits and in the middle. Each
// pixel is covered by how far it lies from the nearest line, so strokes keep their weight and round ends at every
// size. An unknown icon gives an empty picture.
func Draw(name icons.Name, c color.Color, width, height int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, max(width, 0), max(height, 0)))
	scale := float64(min(width, height)) / icons.Grid
	if scale <= 0 {
		return img
	}
	left, top := (float64(width)-icons.Grid*scale)/2, (float64(height)-icons.Grid*scale)/2
	far := make([]float64, width*height)
	for i := range far {
		far[i] = math.Inf(1)
	}
	reach := icons.Width / 2 * scale
	for _, stroke := range icons.Strokes(name) {
		for i := range stroke {
			from, to := stroke[max(i-1, 0)], stroke[i]
			nearest(far, width, height, reach+1,
				left+from.X*scale, top+from.Y*scale, left+to.X*scale, top+to.Y*scale)
		}
	}
	n, _ := color.NRGBAModel.Convert(c).(color.NRGBA)
	for i, d := range far {
		if cover := min(max(reach-d+0.5, 0), 1); cover > 0 {
			a := cover * float64(n.A)
			img.Pix[4*i], img.Pix[4*i+1] = premultiplied(n.R, a), premultiplied(n.G, a)
			img.Pix[4*i+2], img.Pix[4*i+3] = premultiplied(n.B, a), uint8(a+0.5)
		}
	}
	return img
}

func premultiplied(v uint8, a float64) uint8 { return uint8(float64(v)*a/255 + 0.5) }

// nearest lowers the distances of the pixels around the line from (x1, y1) to (x2, y2).
func nearest(far []float64, width, height int, reach, x1, y1, x2, y2 float64) {
	fromX, toX := max(int(min(x1, x2)-reach), 0), min(int(max(x1, x2)+reach)+1, width)
	fromY, toY := max(int(min(y1, y2)-reach), 0), min(int(max(y1, y2)+reach)+1, height)
	dx, dy := x2-x1, y2-y1
	length := dx*dx + dy*dy
	for y := fromY; y < toY; y++ {
		for x := fromX; x < toX; x++ {
			px, py := float64(x)+0.5-x1, float64(y)+0.5-y1
			t := 0.0
			if length > 0 {
				t = min(max((px*dx+py*dy)/length, 0), 1)
			}
			d := math.Hypot(px-t*dx, py-t*dy)
			if i := y*width + x; d < far[i] {
				far[i] = d
			}
		}
	}
}
