package browsertest

import (
	"image"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// throws drags a finger upwards and lets go while it moves, at so many CSS
// pixels a second by the clock of the events, however busy the machine is.
func (b *tablet) throws(from point, way, speed float64) {
	b.t.Helper()
	const steps = 10
	began := float64(time.Now().UnixMicro()) / 1e6
	touch := func(kind input.DispatchTouchEventType, part float64, points ...point) {
		p := input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{}, Timestamp: input.TimeSinceEpoch(began + way/speed*part)}
		for i, at := range points {
			id := float64(i)
			p.TouchPoints = append(p.TouchPoints, &input.TouchPoint{X: at.x, Y: at.y, ID: &id})
		}
		send(b, input.DispatchTouchEvent, p)
	}
	touch(input.DispatchTouchEventTypeTouchStart, 0, from)
	for i := 1; i <= steps; i++ {
		part := float64(i) / steps
		touch(input.DispatchTouchEventTypeTouchMove, part, point{from.x, from.y - way*part})
	}
	touch(input.DispatchTouchEventTypeTouchEnd, 1.02)
}

// rows is how bright a strip of the screen is, row by row of CSS pixels.
func (b *tablet) rows(img image.Image, left, right float64) (all []float64) {
	l := lightOf(img)
	for y := range int(b.high) {
		x, half := (left+right)/2*b.scale, (right-left)/2*b.scale
		top, below := int(float64(y)*b.scale), int(float64(y+1)*b.scale)
		at := func(x, y int) float64 { return l.sum[y*(l.w+1)+x] }
		x0, x1 := int(x-half), int(x+half)
		all = append(all, (at(x1, below)-at(x0, below)-at(x1, top)+at(x0, top))/float64((x1-x0)*(below-top)))
	}
	return all
}

// moved is by how much a list went upwards between two pictures, by the rows
// between top and below that are in both; -1 where they have nothing in common.
func moved(before, after []float64, top, below int) int {
	best, least := -1, 6.0
	for by := 0; by < (below-top)*3/4; by++ {
		sum, n := 0.0, 0
		for y := top; y+by < below; y++ {
			d := before[y+by] - after[y]
			sum += max(d, -d)
			n++
		}
		if mean := sum / float64(n); mean < least {
			best, least = by, mean
		}
	}
	return best
}

// A list goes on after the finger that threw it has left, and rests; the next
// finger stops it and presses nothing. So it is on every kind of device.
func TestListsGlide(t *testing.T) {
	h := open(t)
	browser := browse(t, h)
	for name, d := range map[string]device{"landscape": landscape, "portrait": portrait, "phone": phone} {
		t.Run(name, func(t *testing.T) {
			b := tab(t, browser, d)
			b.visit(h.front + "/")
			b.do("let the names come", chromedp.Sleep(time.Second))
			b.calm()
			from := point{float64(b.wide) / 2, float64(b.high) * 0.75}
			left, right, top, below := float64(b.wide)*0.1, float64(b.wide)*0.9, int(b.high)*45/100, int(b.high)*95/100
			const way = 60.0
			went := func(least float64, do func()) int {
				t.Helper()
				before := b.rows(b.look(), left, right)
				do()
				b.until("the list has moved", func() bool {
					return float64(moved(before, b.rows(b.look(), left, right), top, below)) >= least
				})
				return moved(before, b.rows(b.calm(), left, right), top, below)
			}
			slow := went(way*0.6, func() { b.throws(from, way, 40) })
			far := went(way*2, func() { b.throws(from, way, 400) })
			short := went(way*0.6, func() {
				b.throws(from, way, 400)
				b.do("let it glide", chromedp.Sleep(100*time.Millisecond))
				b.tap(from.x, from.y-way)
			})
			t.Logf("a finger went %.0f: put down the list went %d, thrown %d, stopped %d", way, slow, far, short)
			b.keep("glide-" + name)
			if slow < way*0.6 || slow > way*1.2 {
				t.Errorf("put down, the list went %d, the finger %.0f", slow, way)
			}
			if short < 0 || float64(short) > float64(far)*0.9 {
				t.Errorf("the next finger stopped it after %d of %d", short, far)
			}
			if open := value[string](b, `document.getElementById("keyboard").className`); open != "" {
				t.Errorf("the finger that stopped the list pressed something: the keyboard is %s", open)
			}
			b.quiet()
		})
	}
}
