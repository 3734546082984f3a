package widget

import (
	"context"
	"image"
	"runtime"
	"testing"

	"fyne.io/fyne/v2"
)

// blank is a document whose pages take their memory, but no time to draw.
type blank struct{ pages int }

func (b blank) Pages() int                           { return b.pages }
func (b blank) PageSize(int) (width, height float32) { return 595, 842 }
func (b blank) Picture(_ context.Context, _, width int) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, width, width*842/595)), nil
}

func (b blank) Tile(context.Context, int, int, int, int) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, TileSide, TileSide)), nil
}

// heap is what is in use once all that can go has gone.
func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// read turns through pages and waits until each is sharp; while pages roll they are scrolled.
func (d *desk) read(from, to int) {
	for page := from; page <= to; page++ {
		if d.layout == Rolling {
			for d.page < page {
				d.geo.pan(0, -200)
				d.movedByHand()
			}
		} else {
			d.SetPage(page)
		}
		d.moved(true)
		d.until("it is sharp", d.sharpNow)
	}
}

// BenchmarkReading is what reading 300 pages leaves in memory, against what the first 60 left in the same run: near 1 means that it
// does not grow. It tells the bound of the kept pictures, too.
func BenchmarkReading(b *testing.B) {
	for name, layout := range map[string]Layout{"page": OnePage, "pairs": TwoPages, "rolling": Rolling} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				d := newDesk(b, blank{400}, fyne.NewSize(500, 350))
				d.OnTurn = func(page int) { d.SetPage(page) }
				d.SetLayout(layout)
				before := heap()
				d.read(1, 60)
				first := heap() - before
				d.read(61, 300)
				last := heap() - before
				b.ReportMetric(first, "MB-after-60")
				b.ReportMetric(last, "MB-after-300")
				b.ReportMetric(last/first, "after-300/after-60")
				b.ReportMetric(last/(float64(cacheBudget()+mostLeaves*leafBudget)/(1<<20)), "share-of-bound")
				d.Close()
			}
		})
	}
}

// However many pages are read, what is kept of them stays within its bounds.
func TestReadingIsBounded(t *testing.T) {
	for _, layout := range []Layout{OnePage, TwoPages, Rolling} {
		d := newDesk(t, blank{80}, fyne.NewSize(320, 200))
		d.OnTurn = func(page int) { d.SetPage(page) }
		d.SetLayout(layout)
		d.read(1, 25)
		if len(d.leaves) > mostLeaves || len(d.ready) > 3 || len(d.small) > 3 || len(d.handed) > 0 {
			t.Errorf("layout %d: %d views, %d ready, %d small, %d handed on", layout, len(d.leaves), len(d.ready), len(d.small), len(d.handed))
		}
		leaves := d.leaves
		d.Close()
		for _, l := range append(leaves, d.PageView) {
			if l.painter != nil {
				t.Error("a painter goes on")
			}
		}
	}
}
