package widget

import (
	"context"
	"fmt"
	"image"
	"math"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"pgregory.net/rapid"

	"phonghop/client/internal/pointer"
	"phonghop/client/internal/ui/mainthread"
)

// mixed is a document whose pages have sizes of their own.
type mixed struct {
	sheets
	sizes [][2]float32
}

func (m *mixed) PageSize(page int) (w, h float32) {
	s := m.sizes[(page-1)%len(m.sizes)]
	return s[0], s[1]
}

func (m *mixed) Picture(context.Context, int, int) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, 8, 8)), nil
}

func (m *mixed) Tile(context.Context, int, int, int, int) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, TileSide, TileSide)), nil
}

// spots says where on the screen each page that is shown lies.
func spots(v *PageView) map[int]string {
	at := func(g pageGeometry) string {
		return fmt.Sprintf("%.0f %.0f %.0fx%.0f", -g.x, -g.y, g.width(), g.height())
	}
	out := map[int]string{v.page: at(v.geo)}
	for _, l := range v.Leaves() {
		out[l.page] = at(l.geo)
	}
	return out
}

// besideBy tells whether two spots differ by no more than so many pixels: a width that was rounded rounds the place, too.
func besideBy(a, b string, most float64) bool {
	var p, q [4]float64
	for i, of := range []string{a, b} {
		to := []*[4]float64{&p, &q}[i]
		if n, err := fmt.Sscanf(of, "%g %g %gx%g", &to[0], &to[1], &to[2], &to[3]); n != 4 || err != nil {
			return false
		}
	}
	for i := range p {
		if math.Abs(p[i]-q[i]) > most {
			return false
		}
	}
	return true
}

// Two pages are turned together, with or without the first one alone, at the end of an even and of an odd document.
func TestPairs(t *testing.T) {
	d := newDesk(t, &sheets{pages: 6, w: 600, h: 800}, fyne.NewSize(1200, 700))
	turned := 0
	d.OnTurn = func(page int) { turned = page; d.SetPage(page) }
	walk := func() (out []string) {
		d.SetPage(1)
		for {
			left, right := d.Turned()
			out = append(out, fmt.Sprint(left, right))
			before := d.Page()
			turned = 0
			d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			if turned == 0 || d.Page() == before {
				return out
			}
		}
	}
	d.SetLayout(TwoPages)
	if got := walk(); !slices.Equal(got, []string{"1 2", "3 4", "5 6"}) {
		t.Errorf("turned %q", got)
	}
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if d.Page() != 3 {
		t.Errorf("back to %d", d.Page())
	}
	d.SetLayout(TwoPagesCover)
	if got := walk(); !slices.Equal(got, []string{"1 1", "2 3", "4 5", "6 6"}) {
		t.Errorf("turned %q", got)
	}
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if d.Page() != 1 {
		t.Errorf("back to %d", d.Page())
	}
}

// Whoever presents the other page of a pair moves nothing on the followers' screens.
func TestAPairStaysWhereItIs(t *testing.T) {
	d := newDesk(t, &mixed{sheets: sheets{pages: 6}, sizes: [][2]float32{{600, 800}, {842, 595}, {300, 900}}}, fyne.NewSize(1200, 700))
	d.SetLayout(TwoPages)
	for range 2 {
		for _, zoom := range []float32{1, 1.7, 2.5} {
			d.SetFit(FitPage)
			d.ZoomBy(zoom)
			d.geo.pan(-90, -120)
			d.moved(true)
			before := spots(d.PageView)
			if len(before) != 2 {
				t.Fatalf("shown: %v", before)
			}
			other := d.partner(d.page)
			d.SetPage(other)
			if after := spots(d.PageView); d.page != other || fmt.Sprint(after) != fmt.Sprint(before) {
				t.Errorf("from %v to %v", before, after)
			}
		}
		d.SetPage(3)
	}
	d.SetLast(3)
	if got := spots(d.PageView); len(got) != 1 {
		t.Errorf("beyond the last page: %v", got)
	}
}

// However a rolling document is scrolled, zoomed and turned, pages lie below each other without overlap, the page at hand is in
// view, and taking another one at hand moves nothing on the screen.
func TestRolling(t *testing.T) {
	restore := mainthread.Replace(func(func()) {}) // where pages lie does not depend on their pictures
	defer restore()
	rapid.Check(t, func(rt *rapid.T) {
		side := rapid.Float32Range(28, 3000)
		var sizes [][2]float32
		for range rapid.IntRange(1, 5).Draw(rt, "sizes") {
			sizes = append(sizes, [2]float32{side.Draw(rt, "w"), side.Draw(rt, "h")})
		}
		v := NewPageView()
		v.make()
		defer v.Close()
		pages := rapid.IntRange(1, 40).Draw(rt, "pages")
		v.geo.viewW, v.geo.viewH = 900, 700
		v.SetLayout(Rolling)
		v.SetSource(&mixed{sheets: sheets{pages: pages}, sizes: sizes}, 1)
		var wish int
		v.OnTurn = func(page int) { wish = page }
		for range rapid.IntRange(1, 30).Draw(rt, "n") {
			switch rapid.IntRange(0, 3).Draw(rt, "what") {
			case 0:
				v.ZoomBy(rapid.Float32Range(0.5, 2).Draw(rt, "zoom"))
			case 1:
				v.SetPage(rapid.IntRange(1, pages).Draw(rt, "page"))
			default:
				v.geo.pan(0, rapid.Float32Range(-1500, 1500).Draw(rt, "dy"))
				wish = 0
				v.movedByHand()
				if wish == 0 {
					break
				}
				before := spots(v)
				at, zoom := before[wish], v.geo.width()
				v.SetPage(wish)
				if v.page != wish {
					rt.Fatalf("at %d, wished for %d", v.page, wish)
				}
				if after := spots(v); at != "" && !besideBy(at, after[wish], 1) && math.Abs(float64(v.geo.width()-zoom)) < 0.01 {
					rt.Fatalf("page %d moved from %s to %s", wish, at, after[wish])
				}
			}
			checkColumn(rt, v)
		}
	})
}

func checkColumn(t *rapid.T, v *PageView) {
	all := append(v.Leaves(), v)
	slices.SortFunc(all, func(a, b *PageView) int { return a.page - b.page })
	if len(all) > mostLeaves+1 {
		t.Fatalf("%d pages are shown", len(all))
	}
	for i := 1; i < len(all); i++ {
		a, b := all[i-1].geo, all[i].geo
		if gap := (-b.y) - (-a.y + a.height()); b.pageW > 0 && all[i].page == all[i-1].page+1 && (gap < 0 || gap > 0.05*a.width()+1) {
			t.Fatalf("between page %d and %d are %.1f", all[i-1].page, all[i].page, gap)
		}
	}
}

// Nothing after the last page that one is asked to turn to can be scrolled to.
func TestRollingEndsAtTheLastPage(t *testing.T) {
	d := newDesk(t, &sheets{pages: 30, w: 600, h: 800}, fyne.NewSize(600, 400))
	d.OnTurn = func(page int) { d.SetPage(page) }
	d.SetLayout(Rolling)
	d.SetLast(3)
	for range 60 {
		d.geo.pan(0, -300)
		d.movedByHand()
		for _, l := range d.Leaves() {
			if l.page > 3 {
				t.Fatalf("page %d is shown", l.page)
			}
		}
	}
	if d.Page() != 3 {
		t.Errorf("scrolled to %d", d.Page())
	}
	d.SetLast(0)
	for range 200 {
		d.geo.pan(0, -300)
		d.movedByHand()
	}
	if d.Page() != 30 {
		t.Errorf("scrolled to %d", d.Page())
	}
}

// However small rolling pages become, those in view are shown, above the page at hand as well as below it.
func TestNoRollingPageInViewIsWhite(t *testing.T) {
	d := newDesk(t, &sheets{pages: 30, w: 960, h: 540}, fyne.NewSize(360, 520))
	d.OnTurn = func(page int) { d.SetPage(page) }
	d.SetLayout(Rolling)
	d.SetPage(12)
	d.ZoomBy(0.1)
	for range 40 {
		d.geo.pan(0, -29)
		d.movedByHand()
		shown := []int{d.page}
		for _, l := range d.Leaves() {
			shown = append(shown, l.page)
		}
		c := d.column()
		for n := 1; n <= 30; n++ {
			top := d.geo.width()*float32(c[n-1]-c[d.page-1]) - d.geo.y
			if top < 520 && top+d.geo.height() > 0 && !slices.Contains(shown, n) {
				t.Fatalf("page %d is in view and not among %v", n, shown)
			}
		}
	}
}

// The other pages' pictures and goroutines go with the layout that they were for.
func TestALayoutLetsItsPagesGo(t *testing.T) {
	d := newDesk(t, blank{80}, fyne.NewSize(320, 200))
	d.OnTurn = func(page int) { d.SetPage(page) }
	d.SetLayout(Rolling)
	d.read(1, 5)
	if len(d.Leaves()) == 0 {
		t.Fatal("no pages roll")
	}
	d.SetLayout(OnePage)
	for _, l := range d.leaves {
		if l.painter != nil || l.sharp.img != nil || len(l.ready) > 0 || len(l.small) > 0 {
			t.Errorf("the view of page %d keeps what it had", l.page)
		}
	}
	d.SetLayout(Rolling)
	d.geo.pan(0, 100)
	d.moved(true)
	d.until("the page before is seen again", func() bool {
		return slices.ContainsFunc(d.Leaves(), func(l *PageView) bool { return l.page == d.page-1 && l.sharp.img != nil })
	})
}

// pad is an overlay that is written on.
type pad struct {
	placed
	pointer.Writer
	strokes int
}

func (p *pad) Point(e pointer.Event) []pointer.Event {
	ink, page := p.Feed(e)
	for _, i := range ink {
		if i.Phase == pointer.Down {
			p.strokes++
		}
	}
	return page
}

// Whoever sets the pen down on the page beside the one at hand has that page turned to, and writes nothing until it is; the hand
// beside the pen, and fingers once there is a pen, turn nothing.
func TestWritingBesideThePageAtHand(t *testing.T) {
	const here, there = 300, 900
	at := func(kind pointer.Kind, id int, phase pointer.Phase, x float32, ms int) pointer.Event {
		return pointer.Event{Kind: kind, ID: id, Phase: phase, X: x, Y: 300, At: time.Duration(ms) * time.Millisecond}
	}
	pen, finger := pointer.KindPen, pointer.KindFinger
	for _, c := range []struct {
		name    string
		events  []pointer.Event
		turns   []int
		strokes int
	}{
		{"a pen", []pointer.Event{at(pen, 1, pointer.Down, there, 0), at(pen, 1, pointer.Move, there, 10), at(pen, 1, pointer.Up, there, 20)}, []int{2}, 0},
		{"and then again", []pointer.Event{at(pen, 1, pointer.Down, there, 0), at(pen, 1, pointer.Up, there, 20), at(pen, 1, pointer.Down, there, 40)}, []int{2}, 1},
		{"two fingers", []pointer.Event{at(finger, 1, pointer.Down, there, 0), at(finger, 2, pointer.Down, there, 10), at(finger, 1, pointer.Up, there, 20),
			at(finger, 2, pointer.Up, there, 30)}, []int{2}, 0},
		{"the hand beside the pen", []pointer.Event{at(pen, 1, pointer.Down, here, 0), at(finger, 2, pointer.Down, there, 10), at(pen, 1, pointer.Move, here+9, 20),
			at(finger, 2, pointer.Up, there, 30), at(pen, 1, pointer.Up, here+9, 40)}, nil, 1},
		{"a finger once there is a pen", []pointer.Event{at(pen, 1, pointer.Hover, here, 0), at(finger, 2, pointer.Down, there, 900), at(finger, 2, pointer.Up, there, 950)}, nil, 0},
		{"a second finger", []pointer.Event{at(finger, 1, pointer.Down, here, 0), at(finger, 2, pointer.Down, there, 10), at(finger, 1, pointer.Up, here, 20),
			at(finger, 2, pointer.Up, there, 30)}, nil, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &pad{}
			p.On = true
			d := newDesk(t, blank{6}, fyne.NewSize(1200, 700))
			d.overlay = p
			d.SetLayout(TwoPages)
			var turns []int
			d.OnTurn = func(page int) { turns = append(turns, page); d.SetPage(page) }
			d.input.feed(c.events)
			if !slices.Equal(turns, c.turns) || p.strokes != c.strokes || p.Writing() && len(c.events) != 3 {
				t.Errorf("turned to %v, %d strokes, one under way %t", turns, p.strokes, p.Writing())
			}
		})
	}
}
