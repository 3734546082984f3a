package inkview

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/pointer"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

var update = flag.Bool("update", false, "write the pictures anew: look at them before they are kept")

// lines is a document of grey lines.
type lines struct{}

func (lines) Pages() int                           { return 5 }
func (lines) PageSize(int) (width, height float32) { return 595, 842 }

func (lines) Picture(ctx context.Context, _, width int) (*image.RGBA, error) {
	return printed(width, image.Rect(0, 0, width, width*842/595)), ctx.Err()
}

func (lines) Tile(ctx context.Context, _, width, x, y int) (*image.RGBA, error) {
	r := image.Rect(x*512, y*512, x*512+512, y*512+512)
	return printed(width, r.Intersect(image.Rect(0, 0, width, width*842/595))), ctx.Err()
}

func printed(width int, part image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	s := float64(width) / 595
	for i := range 20 {
		y := 100 + 30*float64(i)
		r := image.Rect(int(80*s), int(y*s), int(500*s), int((y+8)*s)).Sub(part.Min)
		draw.Draw(out, r, image.NewUniform(color.Gray{90}), image.Point{}, draw.Src)
	}
	return out
}

// desk is a page with its writing in a window, kept by a device that takes every wish.
type desk struct {
	*View
	t     testing.TB
	page  *widget.PageView
	w     fyne.Window
	queue chan func()
	model controller.InkView
	wrote []ink.Stroke
	to    []controller.InkTarget
	live  []string
	at    time.Duration
	notes int
	words protocol.PageText
	laser []string
}

func newDesk(t testing.TB, size fyne.Size) *desk {
	t.Helper()
	app := test.NewApp()
	theme.Apply(app, theme.Options{Mode: theme.Light})
	d := &desk{t: t, queue: make(chan func(), 4096), page: widget.NewPageView()}
	restore := mainthread.Replace(func(f func()) { d.queue <- f })
	d.model = controller.InkView{Me: "me", Target: controller.InkTarget{Sheet: meeting.Sheet{Item: "i", Document: "d"}, Page: 1, Version: 1},
		Hand: controller.Hand{Tool: controller.ToolPen, Colour: 0, Width: 1, MarkWidth: 1}}
	d.View = New(d.page, Wishes{
		Write: func(to controller.InkTarget, s ink.Stroke) {
			s.Page, s.Version = to.Page, to.Version
			d.wrote, d.to = append(d.wrote, s), append(d.to, to)
			layer := &d.model.Private
			if to.Shared {
				layer = &d.model.Shared
			}
			*layer = layer.Apply(ink.StrokeAdded{Stroke: s}, "me", time.Time{})
			d.Show(d.model)
		},
		Rub: func(_ controller.InkTarget, all []controller.Rubbed) {
			for _, r := range all {
				d.model.Private = d.model.Private.Apply(ink.StrokesReplaced{IDs: []string{r.Stroke.ID}, Strokes: r.Left}, "me", time.Time{})
			}
			d.Show(d.model)
		},
		Live: func(_ controller.InkTarget, s ink.Stroke, from int, points []ink.Point) {
			d.live = append(d.live, fmt.Sprintf("%d+%d", from, len(points)))
		},
		Note:  func(controller.InkTarget, float64, float64) { d.notes++ },
		Words: func() (protocol.PageText, bool) { return d.words, len(d.words.Lines) > 0 },
		Point: func(x, y float64, off bool) { d.laser = append(d.laser, fmt.Sprintf("%.0f %.0f %t", x, y, off)) },
	})
	d.w = test.NewWindow(d.page)
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.SetSource(lines{}, 1)
	d.SetWriting(true)
	d.Show(d.model)
	d.calm()
	t.Cleanup(func() {
		d.Close()
		d.page.Close()
		d.w.Close()
		restore()
	})
	return d
}

// calm lets everything happen that is under way.
func (d *desk) calm() {
	for {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(250 * time.Millisecond):
			return
		}
	}
}

// until does what waits for the main goroutine until something is so.
func (d *desk) until(what string, so func() bool) {
	d.t.Helper()
	limit := time.After(20 * time.Second)
	for !so() {
		select {
		case f := <-d.queue:
			f()
		case <-limit:
			d.t.Fatalf("never came: %s", what)
		}
	}
}

func (d *desk) event(kind pointer.Kind, phase pointer.Phase, x, y float64) {
	d.at += 8 * time.Millisecond
	at := d.View.at
	p := fyne.NewPos(at.X+float32(x)*at.Zoom, at.Y+float32(y)*at.Zoom)
	d.View.Point(pointer.Event{ID: 1, Kind: kind, Phase: phase, X: p.X, Y: p.Y, Pressure: pointer.Unknown, At: d.at})
}

// draw moves the pointer over points of the page.
func (d *desk) draw(kind pointer.Kind, points ...[2]float64) {
	for i, p := range points {
		phase := pointer.Move
		if i == 0 {
			phase = pointer.Down
		}
		d.event(kind, phase, p[0], p[1])
	}
	last := points[len(points)-1]
	d.event(kind, pointer.Up, last[0], last[1])
	d.at += 500 * time.Millisecond
}

func (d *desk) use(tool controller.Tool) {
	d.model.Hand.Tool = tool
	d.Show(d.model)
}

func wave(x, y, length, height float64) [][2]float64 {
	var out [][2]float64
	for i := range 60 {
		u := float64(i) / 59
		out = append(out, [2]float64{x + u*length, y + height*math.Sin(u*12)})
	}
	return out
}

func (d *desk) looksLike(t *testing.T, name string) {
	d.t.Helper()
	d.calm()
	file := filepath.Join("testdata", name+".png")
	got := d.w.Canvas().Capture()
	if *update {
		var b bytes.Buffer
		if err := png.Encode(&b, got); err != nil {
			d.t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			d.t.Fatal(err)
		}
		return
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); d.calm() {
		if matches(file, d.w.Canvas().Capture()) {
			return
		}
	}
	test.AssertImageMatches(t, name+".png", d.w.Canvas().Capture())
}

func matches(file string, got image.Image) bool {
	data, err := os.ReadFile(file)
	if err != nil {
		return false
	}
	want, err := png.Decode(bytes.NewReader(data))
	if err != nil || want.Bounds() != got.Bounds() {
		return false
	}
	for y := got.Bounds().Min.Y; y < got.Bounds().Max.Y; y++ {
		for x := got.Bounds().Min.X; x < got.Bounds().Max.X; x++ {
			if want.At(x, y) != got.At(x, y) {
				wr, wg, wb, _ := want.At(x, y).RGBA()
				gr, gg, gb, _ := got.At(x, y).RGBA()
				if wr != gr || wg != gg || wb != gb {
					return false
				}
			}
		}
	}
	return true
}

// everything draws with every tool.
func (d *desk) everything() {
	d.draw(pointer.KindMouse, wave(90, 120, 160, 18)...)
	d.draw(pointer.KindMouse, [2]float64{270, 120})
	d.model.Hand.Colour = 1
	d.use(controller.ToolArrow)
	d.draw(pointer.KindMouse, [2]float64{300, 160}, [2]float64{420, 130})
	d.use(controller.ToolRect)
	d.draw(pointer.KindMouse, [2]float64{300, 180}, [2]float64{440, 230})
	d.use(controller.ToolEllipse)
	d.draw(pointer.KindMouse, [2]float64{100, 180}, [2]float64{220, 230})
	d.use(controller.ToolLine)
	d.draw(pointer.KindMouse, [2]float64{90, 250}, [2]float64{450, 262})
	d.use(controller.ToolHighlighter)
	d.draw(pointer.KindMouse, [2]float64{85, 284}, [2]float64{400, 286})
	d.use(controller.ToolMark)
	d.model.Hand.MarkColour = 3
	d.Show(d.model)
	d.words = protocol.PageText{Lines: []protocol.TextLine{
		{Words: []protocol.TextWord{{Text: "a", Box: [4]float64{80, 310, 200, 318}}, {Text: "b", Box: [4]float64{210, 310, 500, 318}}}},
		{Words: []protocol.TextWord{{Text: "c", Box: [4]float64{80, 340, 260, 348}}, {Text: "d", Box: [4]float64{270, 340, 500, 348}}}},
	}}
	d.draw(pointer.KindMouse, [2]float64{230, 314}, [2]float64{150, 343})
	s, ok := NewNote(d.model.Hand, d.model.Target, 100, 370, "Đề nghị thẩm định lại\nsố liệu quý III")
	if !ok {
		d.t.Fatal("no note")
	}
	d.wishes.Write(d.model.Target, s)
}

func TestPictures(t *testing.T) {
	uitest.Pictures(t)
	d := newDesk(t, fyne.NewSize(700, 560))
	d.page.SetFit(widget.FitWidth)
	d.calm()
	d.everything()
	if len(d.wrote) != 9 {
		t.Fatalf("%d strokes", len(d.wrote))
	}
	d.looksLike(t, "everything")
	d.page.ZoomBy(2.2)
	d.page.ScrollTo(90)
	d.looksLike(t, "everything-large")
	d.page.SetFit(widget.FitPage)
	d.looksLike(t, "everything-small")
	d.page.SetPage(2)
	d.model.Target.Page = 2
	d.Show(d.model)
	d.looksLike(t, "another-page")
}

func TestAStrokeBeingWritten(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	d.page.SetFit(widget.FitWidth)
	d.calm()
	for i, p := range wave(90, 150, 300, 30) {
		phase := pointer.Move
		if i == 0 {
			phase = pointer.Down
		}
		d.event(pointer.KindMouse, phase, p[0], p[1])
	}
	d.model.Living = []session.Living{
		{Stroke: ink.Stroke{ID: "o1", Page: 1, Version: 1, Tool: ink.Pen, Colour: 1, Width: 2}, Points: []ink.Point{pt(100, 300), pt(150, 260), pt(200, 300), pt(250, 280)}},
		{Stroke: ink.Stroke{ID: "o2", Page: 1, Version: 1, Tool: ink.Highlighter, Width: 1}, Points: []ink.Point{pt(90, 224), pt(400, 224)}},
		{Stroke: ink.Stroke{ID: "o3", Page: 2, Version: 1, Tool: ink.Pen, Width: 1}, Points: []ink.Point{pt(0, 0), pt(400, 400)}},
	}
	d.model.Laser = &session.Laser{X: 450, Y: 200, Seen: d.now()}
	fixed := d.now()
	d.now = func() time.Time { return fixed }
	d.Show(d.model)
	d.looksLike(t, "wet")
}

func TestATapIsADotAndAMoveKeepsItsEnds(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	d.draw(pointer.KindPen, [2]float64{100, 100})
	d.draw(pointer.KindPen, [2]float64{50, 300}, [2]float64{400, 310}) // too fast for a point between
	if len(d.wrote) != 2 {
		t.Fatalf("%d strokes", len(d.wrote))
	}
	dot, _ := ink.Unpack(d.wrote[0].Ink)
	if len(dot) != 1 || math.Hypot(dot[0].X-100, dot[0].Y-100) > 0.1 {
		t.Errorf("a tap became %v", dot)
	}
	line, _ := ink.Unpack(d.wrote[1].Ink)
	if a, b := line[0], line[len(line)-1]; math.Hypot(a.X-50, a.Y-300) > 0.1 || math.Hypot(b.X-400, b.Y-310) > 0.1 {
		t.Errorf("a fast stroke goes from %v to %v", a, b)
	}
	d.until("nothing wet is left", func() bool { return len(d.moist.Objects) == 0 })
}

func TestTwoFingersMoveThePageAndDrawNothing(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	send := func(id int, phase pointer.Phase, x, y float32) []pointer.Event {
		d.at += 20 * time.Millisecond
		return d.View.Point(pointer.Event{ID: id, Kind: pointer.KindFinger, Phase: phase, X: x, Y: y, Pressure: pointer.Unknown, At: d.at})
	}
	send(1, pointer.Down, 100, 100)
	send(1, pointer.Move, 103, 100)
	if len(d.moist.Objects) != 1 {
		t.Fatal("one finger does not write")
	}
	left := send(2, pointer.Down, 200, 200)
	if len(left) != 2 || len(d.moist.Objects) != 0 {
		t.Errorf("two fingers: %d events for the page, %d strokes", len(left), len(d.moist.Objects))
	}
	send(2, pointer.Up, 220, 220)
	send(1, pointer.Up, 103, 100)
	if len(d.wrote) != 0 {
		t.Error("something was drawn")
	}
	d.SetWriting(false)
	if left := send(3, pointer.Down, 50, 50); len(left) != 1 {
		t.Error("while reading the page does not get the finger")
	}
}

// A page that is turned in the middle of a stroke keeps what was written on it; the next page gets nothing.
func TestATurnedPageCutsTheStroke(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	d.event(pointer.KindPen, pointer.Down, 100, 100)
	d.event(pointer.KindPen, pointer.Move, 150, 120)
	d.model.Target.Page = 2
	d.page.SetPage(2)
	d.Show(d.model)
	d.event(pointer.KindPen, pointer.Move, 300, 400)
	d.event(pointer.KindPen, pointer.Up, 300, 400)
	if len(d.wrote) != 1 || d.to[0].Page != 1 {
		t.Fatalf("%d strokes, to %v", len(d.wrote), d.to)
	}
	points, _ := ink.Unpack(d.wrote[0].Ink)
	if last := points[len(points)-1]; math.Hypot(last.X-150, last.Y-120) > 0.1 {
		t.Errorf("it ends at %v", last)
	}
	if len(d.moist.Objects) != 0 {
		t.Error("a stroke of page 1 hangs over page 2")
	}
}

func TestEndlessStrokeIsKeptInPieces(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	var way [][2]float64
	for i := range 9000 {
		way = append(way, [2]float64{300 + 100*math.Cos(float64(i)/40), 400 + 100*math.Sin(float64(i)/37)})
	}
	d.draw(pointer.KindPen, way...)
	if len(d.wrote) != 3 {
		t.Fatalf("%d strokes", len(d.wrote))
	}
	for i, s := range d.wrote {
		if _, err := s.Clean(); err != nil {
			t.Errorf("piece %d: %v", i, err)
		}
		if i == 0 {
			continue
		}
		before, _ := ink.Unpack(d.wrote[i-1].Ink)
		now, _ := ink.Unpack(s.Ink)
		if a, b := before[len(before)-1], now[0]; math.Hypot(a.X-b.X, a.Y-b.Y) > 0.1 {
			t.Errorf("a gap of %v to %v", a, b)
		}
	}
}

func TestEraserRubberAndLasso(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	d.draw(pointer.KindMouse, [2]float64{100, 100}, [2]float64{300, 100}, [2]float64{500, 100})
	d.draw(pointer.KindMouse, [2]float64{100, 200}, [2]float64{300, 200}, [2]float64{500, 200})
	d.use(controller.ToolRubber)
	d.draw(pointer.KindMouse, [2]float64{300, 150}, [2]float64{300, 230})
	page := d.model.Private.Page(1)
	if len(page) != 3 {
		t.Fatalf("after rubbing a part: %d strokes", len(page))
	}
	d.use(controller.ToolEraser)
	d.draw(pointer.KindMouse, [2]float64{200, 60}, [2]float64{200, 130})
	if n := len(d.model.Private.Page(1)); n != 2 {
		t.Fatalf("after erasing a stroke: %d strokes", n)
	}
	d.use(controller.ToolLasso)
	d.draw(pointer.KindMouse, [2]float64{90, 190}, [2]float64{310, 190}, [2]float64{310, 215}, [2]float64{90, 215})
	if d.Caught() != 1 {
		t.Fatalf("the lasso holds %d", d.Caught())
	}
	d.draw(pointer.KindMouse, [2]float64{200, 200}, [2]float64{200, 300})
	moved := d.caught[0]
	points, _ := ink.Unpack(moved.Ink)
	if math.Abs(points[0].Y-300) > 0.2 {
		t.Errorf("moved to %v", points[0])
	}
	d.DeleteCaught()
	if n := len(d.model.Private.Page(1)); n != 1 || d.Caught() != 0 {
		t.Errorf("after taking it away: %d strokes, %d held", n, d.Caught())
	}
	d.use(controller.ToolNote)
	d.draw(pointer.KindMouse, [2]float64{100, 500})
	d.use(controller.ToolLaser)
	d.draw(pointer.KindMouse, [2]float64{120, 500}, [2]float64{130, 510})
	if d.notes != 1 || fmt.Sprint(d.laser) != "[120 500 false 130 510 false 130 510 true]" {
		t.Errorf("notes %d, laser %v", d.notes, d.laser)
	}
}

func TestOnlySharedStrokesAreToldLive(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	d.draw(pointer.KindMouse, [2]float64{100, 100}, [2]float64{120, 100}, [2]float64{140, 100})
	if len(d.live) != 0 {
		t.Fatalf("a private stroke was told: %v", d.live)
	}
	d.model.Target.Shared = true
	d.Show(d.model)
	d.draw(pointer.KindMouse, [2]float64{100, 200}, [2]float64{120, 200}, [2]float64{140, 200})
	if fmt.Sprint(d.live) != "[0+1 1+1 2+1]" {
		t.Errorf("told %v", d.live)
	}
}

func TestLaserFades(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	now := time.Now()
	d.now = func() time.Time { return now }
	d.model.Laser = &session.Laser{X: 100, Y: 100, Seen: now}
	d.Show(d.model)
	if len(d.marks[laserMark].Objects) == 0 {
		t.Fatal("not seen")
	}
	now = now.Add(2 * time.Second)
	d.until("it has faded", func() bool { return len(d.marks[laserMark].Objects) == 0 })
}
