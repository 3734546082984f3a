package inkview

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/ui/widget"
	"phonghop/shared/ink"
)

// wet is a stroke that is being written, here or by somebody else. A pen's is drawn with lines, which need no picture to be
// brought to the graphics processor with every point; what is old of a long one becomes a picture now and then.
type wet struct {
	stroke ink.Stroke // all but Ink
	points []ink.Point
	holder *fyne.Container
	at     widget.Placement
	drawn  int // points up to which the lines stay as they are
	fixed  int // objects of those
	tip    brush
	// repaint brings what was drawn to the screen.
	repaint func()
}

func newWet(s ink.Stroke, at widget.Placement, repaint func()) *wet {
	return &wet{stroke: s, holder: container.NewWithoutLayout(), at: at, tip: brush{paper: at.Paper}, repaint: repaint}
}

// linesAtMost is how many lines a stroke has before they become a picture.
const linesAtMost = 400

// place draws the stroke anew where the page lies now.
func (w *wet) place(at widget.Placement) {
	w.at, w.drawn, w.fixed = at, 0, 0
	w.tip.paper = at.Paper
	w.holder.Objects = nil
	if len(w.points) > linesAtMost/2 {
		w.flatten()
	}
	w.draw()
}

// add goes on with the stroke.
func (w *wet) add(points ...ink.Point) {
	w.points = append(w.points, points...)
	if len(w.holder.Objects) > linesAtMost {
		w.place(w.at)
		return
	}
	w.draw()
}

// set changes all points: of a shape.
func (w *wet) set(points []ink.Point) {
	w.points = points
	w.drawn, w.fixed = 0, 0
	w.holder.Objects = nil
	w.draw()
}

func (w *wet) draw() {
	if w.at.Page == 0 || len(w.points) == 0 {
		return
	}
	switch {
	case w.stroke.Tool.Multiplied():
		w.drawn, w.fixed = 0, 0
		w.holder.Objects = nil
		w.picture(w.points)
	case w.stroke.Tool.Curved():
		w.spans()
	default:
		s := w.stroke
		var err error
		if s.Ink, err = ink.Pack(w.points, false); err == nil {
			w.lines(s.Paths(w.flat()))
		}
	}
	w.repaint()
}

// flat is flatness in points.
func (w *wet) flat() float64 { return flatness / float64(w.at.Zoom*w.at.Scale) }

// spans draws what came: the curve between two points is certain once the point after them is known.
func (w *wet) spans() {
	w.holder.Objects = w.holder.Objects[:w.fixed]
	n := len(w.points)
	for ; w.drawn+2 < n; w.drawn++ {
		i := w.drawn
		part := ink.Curve(w.points[max(i-1, 0):min(i+3, n)], w.flat())
		w.lines([]ink.Path{{Vertices: w.vertices(between(part, w.points[i], w.points[i+1]))}})
	}
	w.fixed = len(w.holder.Objects)
	w.lines([]ink.Path{{Vertices: w.vertices(w.points[w.drawn:])}})
}

// between is the part of a line from one of its points to another.
func between(line []ink.Point, a, b ink.Point) []ink.Point {
	from, to := -1, -1
	for i, p := range line {
		if from < 0 && p.X == a.X && p.Y == a.Y {
			from = i
		} else if from >= 0 && p.X == b.X && p.Y == b.Y {
			to = i
			break
		}
	}
	if from < 0 || to < 0 {
		return []ink.Point{a, b}
	}
	return line[from : to+1]
}

func (w *wet) vertices(line []ink.Point) []ink.Vertex {
	r := w.stroke.Thickness() / 2
	out := make([]ink.Vertex, len(line))
	for i, p := range line {
		out[i] = ink.Vertex{X: p.X, Y: p.Y, R: r}
		if p.Pressure > 0 {
			out[i].R = r * (0.4 + 1.2*p.Pressure)
		}
	}
	return out
}

// lines adds paths as lines of the canvas, with round joins where they are wide enough for them to be seen.
func (w *wet) lines(paths []ink.Path) {
	c := w.tip.colour(w.stroke)
	paint := color.NRGBA{c.R, c.G, c.B, 255}
	const seen = 2.2 // pixels
	for _, p := range paths {
		v := p.Vertices
		if p.Closed {
			v = append(v[:len(v):len(v)], v[0])
		}
		for i := range v {
			r := float32(v[i].R) * w.at.Zoom
			if len(v) == 1 || r*2*w.at.Scale > seen {
				w.dot(v[i], r, paint)
			}
			if i == 0 {
				continue
			}
			l := canvas.NewLine(paint)
			l.StrokeWidth = float32(v[i-1].R+v[i].R) * w.at.Zoom
			l.Position1, l.Position2 = w.where(v[i-1]), w.where(v[i])
			w.holder.Objects = append(w.holder.Objects, l)
		}
	}
}

func (w *wet) dot(v ink.Vertex, r float32, paint color.Color) {
	d := canvas.NewCircle(paint)
	at := w.where(v)
	d.Position1, d.Position2 = at.SubtractXY(r, r), at.AddXY(r, r)
	w.holder.Objects = append(w.holder.Objects, d)
}

func (w *wet) where(v ink.Vertex) fyne.Position {
	return w.at.Where(v.X, v.Y)
}

// flatten makes a picture of all points but the last.
func (w *wet) flatten() {
	n := len(w.points) - 1
	w.picture(w.points[:n])
	w.drawn, w.fixed = n-1, len(w.holder.Objects)
}

// picture adds the points as a picture of the part that is seen.
func (w *wet) picture(points []ink.Point) {
	s := w.stroke
	var err error
	if s.Ink, err = ink.Pack(points, points[0].Pressure > 0); err != nil {
		return
	}
	scale := float64(w.at.Zoom * w.at.Scale)
	area := bounds(s.Bounds(), scale).Intersect(w.at.Pixels())
	if area.Empty() {
		return
	}
	img := image.NewRGBA(area)
	w.tip.draw(img, scale, s, w.at.Picture)
	p := canvas.NewImageFromImage(w.at.Turned(&image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: image.Rect(0, 0, area.Dx(), area.Dy())}))
	p.ScaleMode = quick()
	at, size := w.at.Area(area, scale)
	p.Move(at)
	p.Resize(size)
	w.holder.Objects = append(w.holder.Objects, p)
	p.Refresh()
}

// pagePixels is the page in pixels.
func pagePixels(at widget.Placement) image.Rectangle {
	s := float64(at.Zoom * at.Scale)
	return image.Rect(0, 0, int(math.Round(float64(at.W)*s)), int(math.Round(float64(at.H)*s)))
}
