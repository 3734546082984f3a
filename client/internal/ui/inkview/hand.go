package inkview

import (
	"math"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/pointer"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/ink"
)

// deed is what the pointer does from Down to Up, with the tool and on the page it began with.
type deed interface {
	move(p ink.Point)
	end(p ink.Point)
	void()
	placed() // the page has moved
}

// Point implements widget.Overlay.
func (v *View) Point(e pointer.Event) []pointer.Event {
	if v.closed {
		return nil
	}
	marks, page := v.writer.Feed(e)
	for _, m := range marks {
		v.point(m)
	}
	return page
}

func (v *View) point(e pointer.Event) {
	if v.page == 0 {
		return
	}
	switch e.Phase {
	case pointer.Hover:
		v.hover(e)
	case pointer.Down:
		v.give()
		v.by = e.Kind
		v.deed = v.begin(e)
	case pointer.Move:
		if v.deed != nil {
			v.deed.move(v.place(e))
		}
	case pointer.Up:
		if d := v.deed; d != nil {
			v.deed = nil
			d.end(v.place(e))
		}
	case pointer.Cancel:
		v.give()
	}
}

// give gives up what is under way.
func (v *View) give() {
	if d := v.deed; d != nil {
		v.deed = nil
		d.void()
	}
}

// overPage is how far a stroke may go over the page's edge, in points.
const overPage = ink.Slack / 2

// place is where an event is on the page. Hands slip over the edge: the ink stays near it.
func (v *View) place(e pointer.Event) ink.Point {
	x, y := v.at.Point(fyne.NewPos(e.X, e.Y))
	p := ink.Point{X: within(x, float64(v.at.W)), Y: within(y, float64(v.at.H)), Millis: int(e.At / time.Millisecond)}
	if v.by == pointer.KindPen && v.shown.Hand.Pressure {
		p.Pressure = math.Max(0.02, math.Min(float64(e.Pressure), 1))
	}
	return p
}

func within(x, most float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return min(max(x, -overPage), most+overPage)
}

func (v *View) begin(e pointer.Event) deed {
	p := v.place(e)
	to := v.shown.Target
	switch v.shown.Hand.Tool {
	case controller.ToolEraser, controller.ToolRubber:
		return newRubbing(v, to, p, v.shown.Hand.Tool == controller.ToolRubber)
	case controller.ToolLasso:
		return v.beginLasso(to, p)
	case controller.ToolLaser:
		l := &pointing{view: v}
		l.move(p)
		return l
	case controller.ToolNote:
		return &noting{v, to, p}
	case controller.ToolPen, controller.ToolHighlighter:
		return newWriting(v, to, p)
	}
	return newShaping(v, to, p)
}

// hover shows the eraser's reach under a mouse, and points with a laser that needs no pressing.
func (v *View) hover(e pointer.Event) {
	switch v.shown.Hand.Tool {
	case controller.ToolEraser, controller.ToolRubber:
		v.showTip(fyne.NewPos(e.X, e.Y))
	case controller.ToolLaser:
		v.by = e.Kind
		p := v.place(e)
		if v.shown.CanPoint {
			call3(v.wishes.Point, p.X, p.Y, false)
		}
	default:
		v.unmark(tipMark)
	}
}

func call3(f func(x, y float64, off bool), x, y float64, off bool) {
	if f != nil {
		f(x, y, off)
	}
}

// stroke is what the tool in the hand begins.
func (v *View) stroke() ink.Stroke {
	tool, _ := v.shown.Hand.Tool.Drawn()
	s := ink.Stroke{ID: controller.NewStroke(), Page: v.shown.Target.Page, Version: v.shown.Target.Version, Tool: tool}
	s.Colour, s.Width = v.shown.Hand.Look()
	return s
}

// moisten shows a stroke that begins.
func (v *View) moisten(s ink.Stroke) *wet {
	w := newWet(s, v.at, v.paper.Repaint)
	v.moist.Objects = append(v.moist.Objects, w.holder)
	return w
}

// write hands a finished stroke over. What is shown of it stays until the tiles have it.
func (v *View) write(to controller.InkTarget, s ink.Stroke, w *wet) {
	v.others[s.ID] = w
	if v.wishes.Write != nil {
		v.wishes.Write(to, s)
	}
	if left := v.others[s.ID]; left != nil && !v.has(s.ID) {
		// It was refused, or it belongs to a page that is gone from the screen.
		delete(v.others, s.ID)
		v.remove(left)
	}
}

// writing is a stroke of the pen or highlighter.
type writing struct {
	view   *View
	to     controller.InkTarget
	wet    *wet
	raw    []ink.Point
	calm   ink.OneEuro
	start  int // ms
	told   int // points that the others know
	forced bool
}

func newWriting(v *View, to controller.InkTarget, p ink.Point) *writing {
	w := &writing{view: v, to: to, wet: v.moisten(v.stroke()), start: p.Millis, forced: p.Pressure > 0}
	w.take(p)
	return w
}

// The bounds at which a stroke goes on as another one, which begins where it ends.
const (
	longStroke = ink.MaxPoints - 200
	longTime   = ink.MaxMillis - 5000
)

func (w *writing) take(p ink.Point) {
	p.Millis = max(p.Millis-w.start, 0)
	if n := len(w.raw); n > 0 {
		last := w.raw[n-1]
		p.Millis = max(p.Millis, last.Millis)
		if p.X == last.X && p.Y == last.Y {
			return // it stood still
		}
	}
	w.raw = append(w.raw, p)
	w.wet.add(w.calm.Next(p))
	w.tell()
	if len(w.raw) >= longStroke || p.Millis >= longTime {
		w.next()
	}
}

func (w *writing) tell() {
	if w.view.wishes.Live != nil && w.to.Shared {
		w.view.wishes.Live(w.to, w.wet.stroke, w.told, w.wet.points[w.told:])
		w.told = len(w.wet.points)
	}
}

// next finishes the stroke and goes on with another one.
func (w *writing) next() {
	last := w.raw[len(w.raw)-1]
	s := w.wet.stroke
	w.finish()
	s.ID = controller.NewStroke()
	w.wet, w.raw, w.calm, w.told = w.view.moisten(s), nil, ink.OneEuro{}, 0
	w.start += last.Millis
	last.Millis = w.start
	w.take(last)
}

func (w *writing) move(p ink.Point) { w.take(p) }

func (w *writing) end(p ink.Point) {
	w.take(p)
	w.finish()
}

func (w *writing) finish() {
	s := w.wet.stroke
	packed, err := ink.Pack(ink.Simplify(ink.Smooth(w.raw), ink.Fidelity), w.forced)
	if err != nil {
		w.void()
		return
	}
	s.Ink = packed
	w.view.write(w.to, s, w.wet)
}

func (w *writing) void()   { w.view.remove(w.wet) }
func (w *writing) placed() { w.wet.place(w.view.at) }

// shaping is a line, arrow, rectangle or ellipse, or a mark over words.
type shaping struct {
	view *View
	to   controller.InkTarget
	wet  *wet
	from ink.Point
}

func newShaping(v *View, to controller.InkTarget, p ink.Point) *shaping {
	p.Millis, p.Pressure = 0, 0
	return &shaping{v, to, v.moisten(v.stroke()), p}
}

// points are those of the shape from where it began to here.
func (s *shaping) points(p ink.Point) []ink.Point {
	p.Millis, p.Pressure = 0, 0
	if s.wet.stroke.Tool != ink.Mark {
		return []ink.Point{s.from, p}
	}
	if s.view.wishes.Words != nil {
		if words, ok := s.view.wishes.Words(); ok {
			if marked := mark(words, s.from, p); marked != nil {
				return marked
			}
		}
	}
	return bar(s.from, p)
}

// bar marks a line where there are no words to hold on to, as in a scanned page.
func bar(a, b ink.Point) []ink.Point {
	const half = 6.5 // points
	y := (a.Y + b.Y) / 2
	if math.Abs(a.Y-b.Y) > 2*half {
		return []ink.Point{{X: min(a.X, b.X), Y: min(a.Y, b.Y)}, {X: max(a.X, b.X), Y: max(a.Y, b.Y)}}
	}
	return []ink.Point{{X: min(a.X, b.X), Y: y - half}, {X: max(a.X, b.X), Y: y + half}}
}

func (s *shaping) move(p ink.Point) {
	points := s.points(p)
	s.wet.set(points)
	if s.view.wishes.Live != nil && s.to.Shared {
		s.view.wishes.Live(s.to, s.wet.stroke, 0, points)
	}
}

// leastShape is how far in canvas units the hand goes before it means a shape and not a tap.
const leastShape = 4

func (s *shaping) end(p ink.Point) {
	far := math.Hypot(p.X-s.from.X, p.Y-s.from.Y) * float64(s.view.at.Zoom)
	stroke := s.wet.stroke
	var err error
	if stroke.Ink, err = ink.Pack(s.points(p), false); err != nil || far < leastShape {
		s.void()
		return
	}
	s.wet.set(s.points(p))
	s.view.write(s.to, stroke, s.wet)
}

func (s *shaping) void()   { s.view.remove(s.wet) }
func (s *shaping) placed() { s.wet.place(s.view.at) }

// noting is a tap where a note is to stand.
type noting struct {
	view *View
	to   controller.InkTarget
	at   ink.Point
}

func (n *noting) move(ink.Point) {}
func (n *noting) void()          {}
func (n *noting) placed()        {}

func (n *noting) end(ink.Point) {
	if n.view.wishes.Note != nil {
		n.view.wishes.Note(n.to, n.at.X, n.at.Y)
	}
}

// pointing is the laser pointer.
type pointing struct{ view *View }

func (l *pointing) move(p ink.Point) { call3(l.view.wishes.Point, p.X, p.Y, false) }
func (l *pointing) end(p ink.Point)  { call3(l.view.wishes.Point, p.X, p.Y, true) }
func (l *pointing) void()            { call3(l.view.wishes.Point, 0, 0, true) }
func (l *pointing) placed()          {}

// NewNote is a note with its text at a place, in the look of the tool in the hand; ok is false where nothing was written, or more
// than a note can hold.
func NewNote(h controller.Hand, to controller.InkTarget, x, y float64, text string) (s ink.Stroke, ok bool) {
	s = ink.Stroke{ID: controller.NewStroke(), Page: to.Page, Version: to.Version, Tool: ink.Note, Colour: h.Colour, Width: h.Width, Text: text}
	var err error
	if s.Ink, err = ink.Pack([]ink.Point{{X: x, Y: y}}, false); err != nil {
		return s, false
	}
	s, err = s.Clean()
	return s, err == nil
}

var _ widget.Overlay = (*View)(nil)
