package deskscreen

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
)

// sortRow is a row of a sortable list.
type sortRow struct {
	branch
	card widget.CardData
}

// sortable is a list of rows that a person puts in order: by dragging their grips, or with Alt and the arrow keys. Rows have one or
// two levels. However long it is, only the rows in sight, and as many around them, are there.
type sortable struct {
	fynewidget.BaseWidget
	// onTap is called with the row that was pressed, onMove with where a row shall lie.
	onTap  func(id string)
	onMove func(id string, to landing)
	// around is what the list lies in on a page of its own, scrolled gives it elsewhere; nil before it is known.
	around   *widget.Scroll
	scrolled func() *widget.Scroll
	life     *pane.Life
	// sorts says that rows can be moved; levels, that there are two; fixed, that a row keeps its level and parent.
	sorts, levels, fixed bool

	rows  []sortRow
	highs map[string]high // of the rows, as far as they were measured
	tops  []float32       // of each row, and the end of the last
	width float32         // for which tops were counted
	scale float32
	shown map[string]*sortLine
	mark  *canvas.Rectangle // without a colour, not hidden, while nothing is under way: the window forgets where a hidden one belongs
	drag  *dragged
}

// high is how high a row is at a width. To measure long words is the dear part of a list.
type high struct {
	row          sortRow
	width, scale float32
	height       float32
}

// sortLine is a row that is there.
type sortLine struct {
	grip *widget.Grip
	card *widget.Card
	row  sortRow
}

// dragged is a row under way.
type dragged struct {
	id      string
	from    fyne.Position // of the pointer when it began, on the canvas
	pointer fyne.Position
	to      landing
	ok      bool
	rolls   bool // the list scrolls under the pointer
}

const (
	sortGap    = 10 // between rows, at 100 %
	levelShift = 32 // of a row of level 1, at 100 %
	gripWidth  = 40
	edgeZone   = 56 // near the edge of what is in sight a drag scrolls
)

func newSortable(life *pane.Life, scrolled func() *widget.Scroll) *sortable {
	l := &sortable{life: life, scrolled: scrolled, shown: map[string]*sortLine{}, mark: canvas.NewRectangle(color.Transparent)}
	l.ExtendBaseWidget(l)
	return l
}

// InScroll implements what a page asks of its parts: it tells in what they lie.
func (l *sortable) InScroll(s *widget.Scroll) {
	l.around = s
	s.OnScrolled = func(fyne.Position) { l.seen() }
}

func (l *sortable) scroll() *widget.Scroll {
	if s := l.scrolled(); s != nil {
		return s
	}
	return l.around
}

// set shows other rows. Rows that stay keep the keyboard and a press half done.
func (l *sortable) set(rows []sortRow, sorts, fixed bool) {
	l.rows, l.sorts, l.fixed, l.tops = rows, sorts, fixed, nil
	if l.drag != nil && !l.has(l.drag.id) {
		l.giveUp()
	}
	l.Refresh()
}

func (l *sortable) has(id string) bool {
	for _, r := range l.rows {
		if r.id == id {
			return true
		}
	}
	return false
}

func (l *sortable) branches() []branch {
	out := make([]branch, len(l.rows))
	for i, r := range l.rows {
		out[i] = r.branch
	}
	return out
}

// left is where a row's card begins.
func (l *sortable) left(r sortRow) float32 {
	x := theme.Scaled(levelShift) * float32(r.level)
	if l.sorts {
		x += theme.Scaled(gripWidth)
	}
	return x
}

// count finds where each row lies at a width.
func (l *sortable) count(width float32) {
	if l.tops != nil && l.width == width && l.scale == theme.Scale() {
		return
	}
	l.width, l.scale = width, theme.Scale()
	l.tops = make([]float32, 0, len(l.rows)+1)
	y := float32(0)
	old := l.highs
	l.highs = make(map[string]high, len(l.rows))
	for _, r := range l.rows {
		l.tops = append(l.tops, y)
		h, wide := old[r.id], max(width-l.left(r), 1)
		if h.width != wide || h.scale != l.scale || !sameWords(h.row, r) {
			h = high{r, wide, l.scale, r.card.HeightFor(wide)}
		}
		l.highs[r.id] = h
		y += h.height + theme.Scaled(sortGap)
	}
	l.tops = append(l.tops, max(y-theme.Scaled(sortGap), 0))
}

// HeightFor implements widget.Wrapping.
func (l *sortable) HeightFor(width float32) float32 {
	l.count(width)
	return l.tops[len(l.rows)]
}

// sight is the part of the list that can be seen.
func (l *sortable) sight() (from, to float32) {
	s := l.scroll()
	if s == nil || s.Size().Height <= 0 {
		return 0, 1200
	}
	// By its offset, not by where it lies now: a scroll tells that it has moved before its content moves.
	d := fyne.CurrentApp().Driver()
	from = s.Offset.Y - (d.AbsolutePositionForObject(l).Y - d.AbsolutePositionForObject(s.Content).Y)
	return from, from + s.Size().Height
}

// seen brings the rows that are there up to date with what can be seen: for a list under a scroll that was moved.
func (l *sortable) seen() {
	if l.tops == nil || l.width <= 0 {
		return
	}
	from, to := l.sight()
	room := (to - from) / 2
	keep := map[string]bool{}
	for i, r := range l.rows {
		held := l.drag != nil && l.drag.id == r.id // its grip is what tells of the drag
		if !held && (l.tops[i+1] < from-room || l.tops[i] > to+room) {
			continue
		}
		keep[r.id] = true
		l.place(i, r)
	}
	for id, line := range l.shown {
		if !keep[id] && !l.focused(line) {
			delete(l.shown, id)
		}
	}
}

// focused tells whether a row has the keyboard: it is not taken away from under the fingers.
func (l *sortable) focused(line *sortLine) bool {
	c := pane.Canvas(l)
	return c != nil && l.has(line.row.id) && (c.Focused() == fyne.Focusable(line.card) || c.Focused() == fyne.Focusable(line.grip))
}

func (l *sortable) place(i int, r sortRow) {
	line, ok := l.shown[r.id]
	if !ok {
		line = l.newLine(r)
		l.shown[r.id] = line
	} else if !same(line.row, r) {
		line.card.Set(r.card)
	}
	line.row = r
	x := l.left(r)
	h := l.highs[r.id].height
	line.card.Move(fyne.NewPos(x, l.tops[i]))
	line.card.Resize(fyne.NewSize(l.width-x, h))
	line.grip.Hidden = !l.sorts
	line.grip.Move(fyne.NewPos(x-theme.Scaled(gripWidth), l.tops[i]))
	line.grip.Resize(fyne.NewSize(theme.Scaled(gripWidth), h))
}

func (l *sortable) newLine(r sortRow) *sortLine {
	line := &sortLine{grip: widget.NewGrip(), card: widget.NewCard(r.card, func() { l.onTap(r.id) })}
	keys := func(s fyne.Shortcut) bool { return l.typed(r.id, s) }
	line.card.OnShortcut, line.grip.OnShortcut = keys, keys
	line.card.OnFocus(func() { l.reveal(line.card) })
	line.grip.OnFocus(func() { l.reveal(line.grip) })
	line.grip.OnDrag = func(at fyne.Position) { l.dragTo(r.id, at) }
	line.grip.OnDrop = l.drop
	line.grip.OnCancel = l.giveUp
	return line
}

func (l *sortable) reveal(o fyne.CanvasObject) {
	if s := l.scroll(); s != nil && l.drag == nil {
		s.Follow(o)
	}
}

// same tells whether a row looks as it did.
func same(a, b sortRow) bool {
	return a.branch == b.branch && a.card.Mark == b.card.Mark && a.card.Selected == b.card.Selected && sameWords(a, b)
}

// sameWords tells whether a row takes the room it did.
func sameWords(a, b sortRow) bool {
	if a.card.Title != b.card.Title || a.card.Subtitle != b.card.Subtitle || a.card.Compact != b.card.Compact || a.card.Chevron != b.card.Chevron ||
		(a.card.Mark == widget.Mark{}) != (b.card.Mark == widget.Mark{}) || len(a.card.Chips) != len(b.card.Chips) {
		return false
	}
	for i, c := range a.card.Chips {
		if !c.Same(b.card.Chips[i]) {
			return false
		}
	}
	return true
}

// typed moves a row with Alt and the arrow keys.
func (l *sortable) typed(id string, s fyne.Shortcut) bool {
	key, ok := s.(*desktop.CustomShortcut)
	if !ok || key.Modifier != fyne.KeyModifierAlt || !l.sorts {
		return false
	}
	n, ok := map[fyne.KeyName]nudge{fyne.KeyUp: up, fyne.KeyDown: down, fyne.KeyRight: inwards, fyne.KeyLeft: outwards}[key.KeyName]
	if !ok || !l.levels && (n == inwards || n == outwards) {
		return false
	}
	if to, ok := nudged(l.branches(), id, n, l.fixed); ok {
		l.onMove(id, to)
	}
	return true
}

// dragTo follows the pointer: where the row would land, and whether the list has to scroll.
func (l *sortable) dragTo(id string, at fyne.Position) {
	if l.drag == nil {
		l.drag = &dragged{id: id, from: at}
	}
	l.drag.pointer = at
	l.aim()
	if step := l.pull(); step != 0 && !l.drag.rolls {
		l.drag.rolls = true
		l.roll(l.drag)
	}
}

// aim finds where the row under way would land, and shows it by a line.
func (l *sortable) aim() {
	rows := l.branches()
	block, rest := split(rows, l.drag.id)
	y := l.drag.pointer.Y - fyne.CurrentApp().Driver().AbsolutePositionForObject(l).Y
	at, index := 0, 0
	moving := map[string]bool{}
	for _, b := range block {
		moving[b.id] = true
	}
	for i, r := range l.rows {
		if moving[r.id] {
			continue
		}
		if y > (l.tops[i]+l.tops[i+1])/2 {
			at = index + 1
		}
		index++
	}
	level := block[0].level
	if l.levels {
		switch across := l.drag.pointer.X - l.drag.from.X; {
		case across > theme.Scaled(levelShift):
			level = 1
		case across < -theme.Scaled(levelShift):
			level = 0
		}
	}
	l.drag.to, l.drag.ok = land(rows, l.drag.id, at, level, l.fixed)
	l.paintMark(rest)
}

// paintMark draws the line where the row would land.
func (l *sortable) paintMark(rest []branch) {
	to := l.drag.to
	y := l.tops[len(l.rows)]
	if to.at < len(rest) {
		for i, r := range l.rows {
			if r.id == rest[to.at].id {
				y = l.tops[i]
			}
		}
	}
	x := theme.Scaled(gripWidth) + theme.Scaled(levelShift)*float32(to.level)
	thick := theme.Scaled(4)
	l.mark.FillColor, l.mark.CornerRadius = color.Transparent, thick/2
	if l.drag.ok {
		l.mark.FillColor = theme.Color(theme.Accent)
	}
	l.mark.Move(fyne.NewPos(x, max(y-theme.Scaled(sortGap)/2-thick/2, 0)))
	l.mark.Resize(fyne.NewSize(max(l.width-x, 1), thick))
	l.mark.Refresh()
}

// pull is how far the list has to scroll at a time while the pointer is near its edge; negative is upwards.
func (l *sortable) pull() float32 {
	s := l.scroll()
	if s == nil {
		return 0
	}
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(s).Y
	zone := theme.Scaled(edgeZone)
	y := l.drag.pointer.Y - top
	switch {
	case y < zone:
		return -max(zone-y, 4) / 4
	case y > s.Size().Height-zone:
		return max(y-s.Size().Height+zone, 4) / 4
	}
	return 0
}

// roll scrolls on while the pointer stays near the edge.
func (l *sortable) roll(d *dragged) {
	time.AfterFunc(16*time.Millisecond, func() {
		l.life.Report(func() {
			if l.drag != d {
				return
			}
			s, step := l.scroll(), l.pull()
			if s == nil || step == 0 {
				d.rolls = false
				return
			}
			before := s.Offset.Y
			s.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -step)})
			if s.Offset.Y == before { // the end
				d.rolls = false
				return
			}
			l.aim()
			l.roll(d)
		})
	})
}

// drop puts the row where the line is.
func (l *sortable) drop() {
	d := l.drag
	l.giveUp()
	if d != nil && d.ok {
		if now := order(l.branches(), d.id); now.parent != d.to.parent || now.before != d.to.before {
			l.onMove(d.id, d.to)
		}
	}
}

// giveUp ends a drag; the row stays where it was.
func (l *sortable) giveUp() {
	l.drag = nil
	l.mark.FillColor = color.Transparent
	l.mark.Refresh()
}

// Move implements fyne.CanvasObject: elsewhere, other rows are in sight.
func (l *sortable) Move(p fyne.Position) {
	l.BaseWidget.Move(p)
	l.seen()
}

// CreateRenderer implements fyne.Widget.
func (l *sortable) CreateRenderer() fyne.WidgetRenderer { return &sortableRenderer{l} }

type sortableRenderer struct{ l *sortable }

func (r *sortableRenderer) Destroy() {}

func (r *sortableRenderer) MinSize() fyne.Size {
	w := r.l.Size().Width
	if w <= 0 {
		return fyne.NewSize(200, 0) // what it lies in asks for the height at its width
	}
	return fyne.NewSize(200, r.l.HeightFor(w))
}

// Parts lists the rows that are there in their order, so that Tab leads from one to the next.
func (l *sortable) Parts() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, row := range l.rows {
		if line, ok := l.shown[row.id]; ok {
			out = append(out, line.grip, line.card)
		}
	}
	return out
}

func (r *sortableRenderer) Objects() []fyne.CanvasObject { return append(r.l.Parts(), r.l.mark) }

func (r *sortableRenderer) Layout(size fyne.Size) {
	r.l.count(size.Width)
	r.l.seen()
}

func (r *sortableRenderer) Refresh() {
	if w := r.l.Size().Width; w > 0 {
		r.Layout(r.l.Size())
	}
	canvas.Refresh(r.l)
}
