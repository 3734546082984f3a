package deskscreen

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
)

// bench is a desk on a canvas under a test's hands.
type bench struct {
	t *testing.T
	r *room
	s *Screen
	c fyne.Canvas
}

// on runs f with a desk of one meeting, or with the list of all, in a bubble with a clock of its own.
func on(t *testing.T, id string, view controller.DeskView, f func(b bench)) {
	t.Helper()
	sized(t, id, view, fyne.NewSize(1280, 800), f)
}

func sized(t *testing.T, id string, view controller.DeskView, size fyne.Size, f func(b bench)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		restore := mainthread.Replace(inTurn)
		defer restore()
		app := test.NewTempApp(t)
		theme.Apply(app, theme.Options{Mode: theme.Light})
		r := newRoom(view)
		s := New(r, id, shelf{[]controller.File{{Name: "Báo cáo.pdf"}, {Name: "Phụ lục.pdf"}}}, Leads{})
		s.now = func() time.Time { return starts.AddDate(0, 0, 1) }
		defer s.Close()
		w := test.NewWindow(s.Object())
		defer w.Close()
		w.SetPadded(false)
		w.Resize(size)
		f(bench{t, r, s, w.Canvas()})
	})
}

// turn is what timers want done on the screen while the test rests: it is done by the test itself, one after the other.
var turn struct {
	sync.Mutex
	rests bool
	wants []func()
}

// inTurn runs what the test itself causes at once.
func inTurn(f func()) {
	turn.Lock()
	if turn.rests {
		turn.wants = append(turn.wants, f)
		turn.Unlock()
		return
	}
	turn.Unlock()
	f()
}

func setRests(on bool) (wants []func()) {
	turn.Lock()
	defer turn.Unlock()
	wants = turn.wants
	turn.rests, turn.wants = on, nil
	return wants
}

// rest lets time pass on the bubble's own clock, and all come to an end that was begun in it.
func rest(d time.Duration) {
	const step = 5 * time.Millisecond
	for ; d > 0; d -= step {
		setRests(true)
		time.Sleep(min(d, step))
		synctest.Wait()
		for _, f := range setRests(false) {
			f()
		}
	}
}

// press presses the button with that label, after its dead time.
func (b bench) press(label string) {
	b.t.Helper()
	rest(2 * widget.DeadTime)
	for _, x := range found[*widget.Button](b.c) {
		if x.Label() == label {
			test.Tap(x)
			return
		}
	}
	b.t.Fatalf("no button %q among %q", label, labels(b.c))
}

func (b bench) open(title string) {
	b.t.Helper()
	for _, x := range found[*widget.Card](b.c) {
		if x.Data().Title == title {
			test.Tap(x)
			return
		}
	}
	b.t.Fatalf("no row %q", title)
}

// icon presses the n-th icon button of the chosen item.
func (b bench) option(label string) {
	b.t.Helper()
	for _, x := range found[*widget.IconButton](b.c) {
		for _, o := range test.WidgetRenderer(x).Objects() {
			if text, ok := o.(*widget.Text); ok && text.Text() == label {
				test.Tap(x)
				return
			}
		}
	}
	b.t.Fatalf("no choice %q", label)
}

func (b bench) field(n int) *widget.TextField {
	b.t.Helper()
	fields := found[*widget.TextField](b.c)
	if n >= len(fields) {
		b.t.Fatalf("%d fields", len(fields))
	}
	return fields[n]
}

// keyboard is what hears its keys. On a tablet that is nothing before a field was touched: the first one is.
func (b bench) keyboard() fyne.Focusable {
	if uitest.OnTablet && b.c.Focused() == nil {
		b.c.Focus(b.field(0).Focusable())
	}
	return b.c.Focused()
}

func (b bench) want(asked ...string) {
	b.t.Helper()
	if !slices.Equal(b.r.asked, asked) {
		b.t.Errorf("asked for %q, want %q", b.r.asked, asked)
	}
}

func (b bench) says(text string) bool {
	return slices.ContainsFunc(found[*widget.Text](b.c), func(x *widget.Text) bool { return strings.Contains(x.Text(), text) })
}

// drag moves a grip over these places of the canvas, as the toolkit's drivers tell of it: where the pointer is from where the grip lay
// at first, and, but for tablets, where it is on the canvas.
func drag(g *widget.Grip, over ...fyne.Position) {
	from := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	for _, at := range over {
		e := &fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at.Subtract(from)}}
		if !uitest.OnTablet {
			e.AbsolutePosition = at
		}
		g.Dragged(e)
	}
}
