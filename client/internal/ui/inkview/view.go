// Package inkview shows what is written on a page, over the page view, and takes the pen: what a stroke is, what an eraser
// takes, what a lasso catches. It tells through its wishes what the person did; of networks and layers' rules it knows nothing.
//
// All of it lives on the toolkit's main goroutine.
package inkview

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/pointer"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/ink"
	"phonghop/shared/protocol"
)

// Wishes are what the view asks of its owner. Those that are nil are not asked.
type Wishes struct {
	// Write wants a finished stroke kept where it was written.
	Write func(to controller.InkTarget, s ink.Stroke)
	// Live tells how a stroke grows; from is how many points came before.
	Live func(to controller.InkTarget, s ink.Stroke, from int, points []ink.Point)
	// Rub wants strokes taken away or replaced.
	Rub func(to controller.InkTarget, all []controller.Rubbed)
	// Point shows where the laser pointer is, in page points; off takes it away.
	Point func(x, y float64, off bool)
	// Note asks for the text of a note at a place.
	Note func(to controller.InkTarget, x, y float64)
	// Words are the words of the page for marking them; ok is false while, or where, there are none.
	Words func() (t protocol.PageText, ok bool)
	// Caught tells that the lasso holds another choice of strokes.
	Caught func()
}

// View is the writing over one PageView.
type View struct {
	wishes Wishes
	paper  *widget.PageView
	holder *fyne.Container
	dry    *fyne.Container
	moist  *fyne.Container // strokes being written
	marks  [markLayers]*fyne.Container
	tiles  *tiles
	at     widget.Placement
	closed bool

	shown  controller.InkView
	layers [2]ink.Layer
	page   int
	target controller.InkTarget // of page
	// gone has strokes that an eraser took and the layers still have; pieces is what it left of them.
	gone   map[string]bool
	pieces []ink.Stroke

	writer pointer.Writer
	deed   deed
	by     pointer.Kind
	others map[string]*wet
	caught []ink.Stroke
	box    ink.Box

	laser   *session.Laser
	fading  *time.Timer
	settled *time.Timer
	now     func() time.Time
}

// New makes the writing of a page view that has not been drawn yet. Close ends its background work.
func New(page *widget.PageView, w Wishes) *View {
	v := &View{wishes: w, paper: page, dry: container.NewWithoutLayout(), moist: container.NewWithoutLayout(),
		gone: map[string]bool{}, others: map[string]*wet{}, now: time.Now}
	v.holder = container.NewWithoutLayout(v.dry, v.moist)
	for i := range v.marks {
		v.marks[i] = container.NewWithoutLayout()
		v.holder.Add(v.marks[i])
	}
	v.tiles = newTiles(v.dry, v.settle)
	page.SetOverlay(v)
	return v
}

// Close ends the background work; the view shows nothing any more.
func (v *View) Close() {
	if v.closed {
		return
	}
	v.closed = true
	for _, t := range []*time.Timer{v.fading, v.settled} {
		if t != nil {
			t.Stop()
		}
	}
	v.deed = nil
	v.tiles.close()
}

// SetWriting says whether the pen writes, or everything moves the page.
func (v *View) SetWriting(on bool) {
	if v.writer.On == on {
		return
	}
	v.writer.On = on
	if !on {
		v.give()
		v.Release()
	}
}

// Writing reports whether the pen writes.
func (v *View) Writing() bool { return v.writer.On }

// Begins reports whether a pointer that is set down begins to write.
func (v *View) Begins(e pointer.Event) bool { return !v.closed && v.writer.Begins(e) }

// Stylus reports whether a stylus was seen, so that fingers do not write.
func (v *View) Stylus() bool { return v.writer.Stylus() }

// Object implements widget.Overlay.
func (v *View) Object() fyne.CanvasObject { return v.holder }

// Show takes what is written now.
func (v *View) Show(m controller.InkView) {
	if v.closed {
		return
	}
	tool := v.shown.Hand.Tool
	v.shown = m
	if m.Hand.Tool != tool {
		v.Release()
	}
	v.update()
}

// update shows what has changed on the page that is in view.
func (v *View) update() {
	page := v.at.Page
	if page == 0 || page != v.shown.Target.Page {
		page = 0
	}
	target := v.shown.Target
	target.Shared = false
	if page != v.page || target != v.target {
		v.cut()
		v.page, v.target = page, target
		v.gone, v.pieces = map[string]bool{}, nil
		v.Release()
		v.tiles.clear()
		v.tiles.strokes = nil
		v.layers = [2]ink.Layer{}
	}
	now := [2]ink.Layer{v.shown.Shared, v.shown.Private}
	if page != 0 && !(now[0].Same(v.layers[0]) && now[1].Same(v.layers[1])) {
		was := v.layers
		v.layers = now
		if done := v.swap(); !v.grow(was, done) {
			v.compose(done)
		}
	}
	v.showLiving()
	v.showLaser(v.shown.Laser)
	v.plan()
}

// cut ends what is under way because another page comes: a stroke stays with the page it was written on.
func (v *View) cut() {
	if w, ok := v.deed.(*writing); ok {
		v.deed = nil
		w.finish()
		return
	}
	v.give()
}

// compose has the tiles show the page's strokes: the shared below one's own.
func (v *View) compose(after func()) {
	if v.page == 0 {
		after()
		return
	}
	strokes := append(v.layers[0].Page(v.page), v.layers[1].Page(v.page)...)
	if len(v.gone)+len(v.pieces) > 0 {
		kept := strokes[:0]
		for _, s := range strokes {
			if !v.gone[s.ID] {
				kept = append(kept, s)
			}
		}
		strokes = append(kept, v.pieces...)
	}
	v.tiles.show(strokes, after)
}

// grow puts what came to the layers on top of what is shown, at a cost that does not grow with the page. It reports whether that
// is all that has changed; else it does nothing.
func (v *View) grow(was [2]ink.Layer, after func()) bool {
	if v.page == 0 || len(v.gone)+len(v.pieces) > 0 {
		return false
	}
	var added []ink.Stroke
	for i, l := range v.layers {
		came, went, top := l.Changes(was[i], v.page)
		if len(went) > 0 || !top || i == 0 && len(came) > 0 && was[1].Count(v.page) > 0 {
			return false
		}
		added = append(added, came...)
	}
	v.tiles.grow(added, after)
	return true
}

// swap gives what takes the living strokes away that are in the layers now: it is done once the tiles have them.
func (v *View) swap() func() {
	done := map[string]*wet{}
	for id, w := range v.others {
		if v.has(id) {
			done[id] = w
			delete(v.others, id)
		}
	}
	return func() {
		for _, w := range done {
			v.remove(w)
		}
	}
}

func (v *View) has(id string) bool {
	for _, l := range v.layers {
		if _, ok := l.Stroke(id); ok {
			return true
		}
	}
	return false
}

func (v *View) remove(w *wet) {
	for i, o := range v.moist.Objects {
		if o == fyne.CanvasObject(w.holder) {
			v.moist.Objects = append(v.moist.Objects[:i:i], v.moist.Objects[i+1:]...)
			v.paper.Repaint()
			return
		}
	}
}

// showLiving shows how the strokes of others grow.
func (v *View) showLiving() {
	there := map[string]bool{}
	for _, l := range v.shown.Living {
		id := l.Stroke.ID
		if l.Stroke.Page != v.page || v.has(id) {
			continue
		}
		there[id] = true
		w := v.others[id]
		if w == nil {
			w = newWet(l.Stroke, v.at, v.paper.Repaint)
			v.others[id] = w
			v.moist.Objects = append(v.moist.Objects, w.holder)
		}
		switch {
		case l.Stroke.Tool.Curved() && len(l.Points) > len(w.points) && samePoints(w.points, l.Points):
			w.add(l.Points[len(w.points):]...)
		case len(l.Points) != len(w.points) || !samePoints(w.points, l.Points):
			w.set(append([]ink.Point(nil), l.Points...))
		}
	}
	for id, w := range v.others {
		if !there[id] {
			delete(v.others, id)
			v.remove(w)
		}
	}
}

func samePoints(short, long []ink.Point) bool {
	if len(short) > len(long) {
		return false
	}
	n := len(short)
	return n == 0 || short[n-1] == long[n-1] && short[0] == long[0]
}

// Placed implements widget.Overlay.
func (v *View) Placed(at widget.Placement) {
	if v.closed {
		return
	}
	if at.Paper != v.at.Paper || at.Turn != v.at.Turn {
		v.tiles.tip.paper, v.tiles.turned = at.Paper, at.Turned
		v.tiles.clear()
	}
	moved := at.Paper != v.at.Paper || at.Turn != v.at.Turn || at.Page != v.at.Page || at.X != v.at.X || at.Y != v.at.Y || at.Zoom != v.at.Zoom || at.Scale != v.at.Scale || at.View != v.at.View ||
		!samePicture(at.Picture, v.at.Picture)
	v.at = at
	v.tiles.ground(at.Picture)
	if moved {
		v.lay()
		for _, w := range v.others {
			w.place(at)
		}
		if v.deed != nil {
			v.deed.placed()
		}
		v.placeLaser()
		v.frame()
	}
	v.update()
}

// lay puts the tiles where the page lies.
func (v *View) lay() {
	s := v.tiles.scale
	if s == 0 || v.at.Page == 0 {
		return
	}
	for _, tl := range v.tiles.all {
		if tl.picture == nil || tl.pixels == nil {
			continue
		}
		at, size := v.at.Area(tl.pixels.Rect, s)
		tl.picture.Move(at)
		tl.picture.Resize(size)
	}
}

// settle is called after tiles have come.
func (v *View) settle() {
	if !v.closed {
		v.lay()
		v.paper.Repaint()
	}
}

// plan has the tiles drawn that are missing. While the size is changing it waits until that is over.
func (v *View) plan() {
	if v.page == 0 {
		v.dry.Objects = nil
		return
	}
	scale := float64(v.at.Zoom * v.at.Scale)
	if v.tiles.scale != 0 && v.tiles.scale != scale && v.tiles.next != scale {
		const pause = 120 * time.Millisecond
		if v.settled != nil {
			v.settled.Stop()
		}
		v.settled = time.AfterFunc(pause, func() { mainthread.Do(v.bake) })
		return
	}
	v.bake()
}

func (v *View) bake() {
	if v.closed || v.page == 0 {
		return
	}
	v.tiles.want(float64(v.at.Zoom*v.at.Scale), pagePixels(v.at), v.at.Pixels())
	v.lay()
}

// The laser pointer's look and life.
const (
	laserRadius = 7
	laserStays  = 700 * time.Millisecond
	laserFades  = 600 * time.Millisecond
)

var laserRed = color.NRGBA{0xe5, 0x1c, 0x23, 0xff}

// showLaser shows where the presenter points; what is old fades.
func (v *View) showLaser(l *session.Laser) {
	if l == nil && v.laser == nil || l != nil && v.laser != nil && *l == *v.laser {
		return
	}
	v.laser = l
	v.placeLaser()
}

func (v *View) placeLaser() {
	if v.fading != nil {
		v.fading.Stop()
	}
	v.unmark(laserMark)
	if v.laser == nil || v.at.Page == 0 || v.page == 0 {
		return
	}
	old := v.now().Sub(v.laser.Seen)
	left := float32(1 - float64(old-laserStays)/float64(laserFades))
	if left <= 0 {
		return
	}
	left = min(left, 1)
	at := v.at.Where(v.laser.X, v.laser.Y)
	for _, ring := range []struct{ r, a float32 }{{2.6, 0.18}, {1.7, 0.35}, {1, 1}} {
		c := laserRed
		c.A = uint8(255 * ring.a * left)
		v.circle(laserMark, at, theme.Scaled(laserRadius)*ring.r, c, color.Transparent, 0)
	}
	next := 60 * time.Millisecond
	if old < laserStays {
		next = max(laserStays-old, time.Millisecond)
	}
	v.fading = time.AfterFunc(next, func() { mainthread.Do(v.fade) })
}

func (v *View) fade() {
	if !v.closed {
		v.placeLaser()
	}
}
