package widget

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

// drawn is an A0 drawing whose tiles are on the device: each is a file that is decoded.
type drawn struct {
	large
	file    []byte
	decoded atomic.Int64
}

func newDrawn(b *testing.B) *drawn {
	b.Helper()
	gray := make(color.Palette, 16)
	for i := range gray {
		gray[i] = color.Gray{Y: uint8(i * 17)}
	}
	tile := image.NewPaletted(image.Rect(0, 0, TileSide, TileSide), gray)
	random := rand.New(rand.NewPCG(1, 1))
	for i := range tile.Pix {
		tile.Pix[i] = 15
	}
	for range 150 { // lines and letters, a tenth of it
		x, y, long := random.IntN(TileSide-4), random.IntN(TileSide-4), random.IntN(60)
		for n := range long {
			tile.Pix[y*TileSide+min(x+n, TileSide-1)] = uint8(random.IntN(16))
			tile.Pix[min(y+n, TileSide-1)*TileSide+x] = uint8(random.IntN(16))
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, tile); err != nil {
		b.Fatal(err)
	}
	d := &drawn{file: out.Bytes()}
	d.w, d.h = 3370, 2384
	return d
}

func (d *drawn) Tile(context.Context, int, int, int, int) (*image.RGBA, error) {
	d.decoded.Add(1)
	img, err := png.Decode(bytes.NewReader(d.file))
	if err != nil {
		return nil, err
	}
	p := img.(*image.Paletted)
	out := image.NewRGBA(p.Rect)
	for i, v := range p.Pix {
		out.Pix[4*i], out.Pix[4*i+1], out.Pix[4*i+2], out.Pix[4*i+3] = v*17, v*17, v*17, 255
	}
	return out, nil
}

// pump runs what waits for the main goroutine.
func (d *desk) pump() {
	for {
		select {
		case f := <-d.queue:
			f()
		default:
			return
		}
	}
}

// frames is how long the main goroutine, which paints, is taken by a step of the hand, on average.
func (d *desk) frames(steps int, dx float32, order int) time.Duration {
	var spent time.Duration
	for n := range steps {
		began := time.Now()
		d.geo.pan(dx, dx/3)
		d.moved(n%order == 0)
		d.pump()
		spent += time.Since(began)
	}
	return spent / time.Duration(steps)
}

// BenchmarkPanningADrawing is reading an A0 drawing on a tablet of 1180 x 820 units with two pixels each, at 600 % and where most tiles
// are needed: just above the size for which half as wide ones do. How long it takes until the next part is crisp when it is on the
// device (the figure to reach at 600 % is 300 ms), also against decoding its tiles one after the other in the same run; what part of
// a frame a step of the hand takes of the goroutine that paints while tiles come; and the memory in use against its bound: the kept
// tiles and three pictures of what is in view.
func BenchmarkPanningADrawing(b *testing.B) {
	for name, zoom := range map[string]float32{"600": maxZoom, "most-tiles": 1.06 * 12800 / 2 / 3370} {
		b.Run(name, func(b *testing.B) { panDrawing(b, zoom) })
	}
}

func panDrawing(b *testing.B, zoom float32) {
	before := heap()
	d := newDesk(b, newDrawn(b), fyne.NewSize(1180, 820))
	d.fine(2)
	d.geo.fit, d.geo.zoom = FitFree, zoom
	d.moved(true)
	d.until("it is sharp", d.sharpNow)
	crisp := func(dx, dy float32) time.Duration {
		d.geo.pan(dx, dy)
		began := time.Now()
		d.moved(true)
		d.until("it is sharp", d.sharpNow)
		return time.Since(began)
	}
	source := d.source.(*drawn)
	const frame = time.Second / 60
	var coming, device, memory time.Duration
	most, rests, tiles := 0.0, 0, int64(0)
	for b.Loop() {
		for range 4 {
			coming += d.frames(40, -6, 8)
			crisp(0, 0)
			fetched := source.decoded.Load()
			device += crisp(-1180, -300)
			tiles += source.decoded.Load() - fetched
			memory += crisp(300, 100) // back to where the hand came from
			rests++
			most = max(most, heap()-before)
		}
		crisp(9000, 9000)
	}
	picture := float64(len(d.PageView.sharp.img.Pix))
	b.ReportMetric(float64(device.Milliseconds())/float64(rests), "ms-crisp-from-device")
	b.ReportMetric(float64(memory.Milliseconds())/float64(rests), "ms-crisp-from-memory")
	began := time.Now()
	for range tiles {
		_, _ = source.Tile(b.Context(), 1, TilesLarge, 0, 0)
	}
	b.ReportMetric(float64(device)/float64(time.Since(began)), "crisp/decoding")
	b.ReportMetric(float64(coming)/float64(rests)/float64(frame), "step/frame")
	b.ReportMetric(most, "MB")
	b.ReportMetric(most*(1<<20)/(float64(cacheBudget())+3*picture), "share-of-bound")
	d.Close()
}
