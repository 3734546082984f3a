package inkview

import (
	"cmp"
	"fmt"
	"image"
	"math"
	"runtime"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/pointer"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/ink"
)

// A long meeting: ten people write on one page for two hours, each a stroke of 40 points every eight seconds. That is 9,000
// strokes, near the bound of a page.
const (
	longMinutes   = 120
	longWriters   = 10
	longPoints    = 40
	strokesMinute = 7.5
)

// writeFor has ten people write on the page for some minutes: one of them here, through point, the others elsewhere.
func (d *desk) writeFor(from, to int, point func(minute int, feed func())) {
	d.model.Target.Shared = true
	d.Show(d.model)
	for n := int(float64(from) * strokesMinute); n < int(float64(to)*strokesMinute); n++ {
		minute := int(float64(n) / strokesMinute)
		x, y := 40+float64(n*97%400), 60+float64(n*61%700)
		for i := range longPoints {
			phase := pointer.Move
			switch i {
			case 0:
				phase = pointer.Down
			case longPoints - 1:
				phase = pointer.Up
			}
			u := float64(i)
			point(minute, func() { d.event(pointer.KindPen, phase, x+u*1.4+2*math.Sin(u), y+6*math.Sin(u*0.9)) })
		}
		d.wrote, d.to, d.live = nil, nil, nil
		for who := 1; who < longWriters; who++ {
			d.elsewhere(n, who)
		}
		d.at += 8 * time.Second
	}
}

// elsewhere is a stroke of somebody else: it is seen growing, then it is there.
func (d *desk) elsewhere(n, who int) {
	s := ink.Stroke{ID: fmt.Sprintf("%d-%d", n, who), Page: 1, Version: 1, Tool: ink.Pen, Colour: who % ink.Colours, Width: 1}
	var points []ink.Point
	for i := range longPoints {
		u := float64(i)
		points = append(points, ink.Point{X: 40 + float64((n*89+who*37)%400) + u*1.4, Y: 60 + float64((n*53+who*71)%700) + 6*math.Sin(u*0.8), Millis: i * 12})
	}
	d.model.Living = []session.Living{{Stroke: s, Points: points[:longPoints/2]}}
	d.Show(d.model)
	d.model.Living = nil
	var err error
	if s.Ink, err = ink.Pack(ink.Simplify(points, ink.Fidelity), false); err != nil {
		d.t.Fatal(err)
	}
	d.model.Shared = d.model.Shared.Apply(ink.StrokeAdded{Stroke: s}, fmt.Sprint(who), time.Time{})
	d.Show(d.model)
}

// part99 is the value that one in a hundred lies above.
func part99[T cmp.Ordered](all []T) T {
	all = slices.Clone(all)
	slices.Sort(all)
	return all[(len(all)-1)*99/100]
}

// bounded checks that what is kept of the writing does not grow with it, but by the strokes themselves.
func (d *desk) bounded(when string) {
	d.t.Helper()
	inView := len(tilesOver(d.View.at.Pixels().Intersect(pagePixels(d.View.at))))
	if n := len(d.tiles.all); n > tilesKept+inView {
		d.t.Errorf("%s: %d tiles, %d in view", when, n, inView)
	}
	if n := len(d.dry.Objects); n > len(d.tiles.all) {
		d.t.Errorf("%s: %d pictures of %d tiles", when, n, len(d.tiles.all))
	}
	if len(d.moist.Objects)+len(d.others)+len(d.tiles.drying) != 0 {
		d.t.Errorf("%s: %d strokes are wet, %d known, %d drying", when, len(d.moist.Objects), len(d.others), len(d.tiles.drying))
	}
	strokes := d.model.Shared.Count(1)
	if len(d.tiles.strokes) != strokes || len(d.tiles.baker.boxes) > strokes {
		d.t.Errorf("%s: %d strokes and %d boxes of %d", when, len(d.tiles.strokes), len(d.tiles.baker.boxes), strokes)
	}
}

// The pen does as much for a point after two hours as in the first minute, and memory holds the strokes and no more. Work is
// counted in what is allocated, which is all that could grow with the page and no clock has to measure.
func TestThePenDoesNotLagAfterTwoHours(t *testing.T) {
	if testing.Short() {
		t.Skip("two hours of writing take a while")
	}
	d := newDesk(t, fyne.NewSize(700, 560))
	var first, last []uint64
	var before, after runtime.MemStats
	var orders []int
	d.writeFor(0, longMinutes, func(minute int, feed func()) {
		if minute != 0 && minute != longMinutes-1 {
			if feed(); minute == longMinutes/2 && len(orders) == 0 {
				d.calm()
				orders = append(orders, d.tiles.number)
			}
			return
		}
		runtime.ReadMemStats(&before)
		feed()
		runtime.ReadMemStats(&after)
		if minute == 0 {
			first = append(first, after.TotalAlloc-before.TotalAlloc)
		} else {
			last = append(last, after.TotalAlloc-before.TotalAlloc)
		}
	})
	d.calm()
	d.bounded("after two hours")
	if n := d.model.Shared.Count(1); n != longMinutes*strokesMinute*longWriters {
		t.Fatalf("%d strokes", n)
	}
	a, b := part99(first), part99(last)
	const slack = 8 << 10 // what else in the program may allocate meanwhile
	if b > a*3/2+slack {
		t.Errorf("one point in a hundred takes more than %d bytes in the first minute and than %d in the last", a, b)
	}
	t.Logf("99 of 100 points allocate at most %d bytes in the first minute, %d in the last", a, b)
	if d.tiles.number != orders[0] {
		t.Errorf("tiles were drawn anew %d times while strokes came on top", d.tiles.number-orders[0])
	}
}

// Of a page that opens with much on it, what is drawn is seen at once: nobody waits for the last tile.
func TestTilesOfAnOpeningPageAreSeenAsTheyCome(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	d.page.SetFit(widget.FitWidth)
	d.calm()
	for _, s := range many(t, 300) {
		d.model.Private = d.model.Private.Apply(ink.StrokeAdded{Stroke: s}, "me", time.Time{})
	}
	d.model.Target.Page = 2
	d.page.SetPage(2)
	d.Show(d.model)
	d.model.Target.Page = 1
	d.page.SetPage(1)
	d.Show(d.model)
	d.until("the first tile", func() bool { return len(d.dry.Objects) > 0 })
	if !d.tiles.busy || len(d.dry.Objects) != 1 {
		t.Errorf("%d tiles were seen at once, busy %t", len(d.dry.Objects), d.tiles.busy)
	}
	d.until("all of them", func() bool { return !d.tiles.busy })
	if n := len(d.dry.Objects); n < 4 {
		t.Errorf("%d tiles in the end", n)
	}
}

// An enlarged page keeps the tiles around the view, not all that were ever seen, and what was forgotten comes back.
func TestTilesAreBoundedOnAnEnlargedPage(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	for _, s := range many(t, 300) {
		d.model.Shared = d.model.Shared.Apply(ink.StrokeAdded{Stroke: s}, "a", time.Time{})
	}
	d.Show(d.model)
	page, area := image.Rect(0, 0, 6000, 8000), image.Rect(0, 0, 1500, 1000)
	view := func(at image.Point) {
		for range 2 { // once to draw them, once to find them drawn
			d.tiles.want(10, page, area.Add(at))
			d.until("tiles in view", func() bool { return !d.tiles.busy })
		}
		inView := tilesOver(area.Add(at).Intersect(page))
		if n := len(d.tiles.all); n > tilesKept+len(inView) {
			t.Fatalf("%d tiles at %v", n, at)
		}
		shown := 0
		for _, tl := range d.tiles.all {
			if tl.picture != nil {
				shown++
			}
		}
		if len(d.dry.Objects) != shown {
			t.Errorf("%d pictures of %d tiles at %v", len(d.dry.Objects), shown, at)
		}
		for _, p := range inView {
			if d.tiles.all[p] == nil {
				t.Errorf("tile %v is missing at %v", p, at)
			}
		}
	}
	for y := 0; y < 8000; y += 1000 {
		for x := 0; x < 6000; x += 1500 {
			view(image.Pt(x, y))
		}
	}
	if d.tiles.all[image.Pt(0, 0)] != nil {
		t.Error("the first corner is still kept")
	}
	view(image.Pt(0, 0))
}
