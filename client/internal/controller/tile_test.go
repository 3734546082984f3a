package controller

import (
	"context"
	"image"
	"image/color"
	"testing"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/protocol"
)

// opened is a device that has opened the first page of a document.
func opened(t *testing.T, title string) (r *servertest.Room, d *tester, doc *Document) {
	t.Helper()
	r = servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepareFile(desk, pdf(title, 2))
	d = start(t, t.TempDir())
	d.enter(r, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	d.until("all on the device", func() bool { s := d.Meeting(m.id).Status; return s.Documents == 1 && s.Ready == 1 })
	d.ok(d.OpenDocument(m.id, m.item, m.doc, 0, 1))
	d.until("the document", func() bool { doc, _ = d.Document(m.id, m.item, m.hash); return doc != nil })
	return r, d, doc
}

// A server that refuses fine tiles, because it is older or the page has nothing to show in them, is asked for coarser ones from
// then on.
func TestTilesThatAreRefused(t *testing.T) {
	_, _, doc := opened(t, servertest.Plain)
	if got := doc.Finest(1); got != protocol.TileWidthFinest {
		t.Fatalf("an A4 page has tiles up to %d", got)
	}
	for _, c := range []struct{ width, then int }{{25600, 12800}, {12800, 6400}, {6400, 6400}, {3200, 6400}} {
		img, err := doc.Tile(context.Background(), 1, c.width, 1, 1)
		if refused := c.width > 6400; refused != (err != nil) || refused != (img == nil) {
			t.Errorf("%d: %v", c.width, err)
		}
		if got := doc.Finest(1); got != c.then {
			t.Errorf("after %d there are tiles up to %d, want %d", c.width, got, c.then)
		}
	}
	if got := doc.Finest(2); got != protocol.TileWidthFinest {
		t.Errorf("another page: %d", got)
	}
}

// Without the server a tile is made of the best that the device has of the page, and that is told.
func TestTilesWithoutTheServer(t *testing.T) {
	r, d, doc := opened(t, servertest.Dense)
	fine, err := doc.Tile(context.Background(), 1, 12800, 3, 3)
	if err != nil {
		t.Fatal(err)
	}
	r.Stop()
	d.until("offline", func() bool { return d.Meeting(doc.ref.Meeting).Status.Link == session.Offline })
	again, err := doc.Tile(context.Background(), 1, 12800, 3, 3)
	if err != nil || again.Bounds() != fine.Bounds() {
		t.Errorf("what was read before: %v", err)
	}
	finer, err := doc.Tile(context.Background(), 1, 25600, 7, 6) // a quarter of it
	if Code(err) != session.CodeNetwork || finer == nil || finer.Bounds() != image.Rect(0, 0, 512, 512) {
		t.Fatalf("what stands in: %v", err)
	}
	if near(finer.RGBAAt(10, 10), fine.RGBAAt(256+5, 5)) > 130 || doc.Finest(1) != protocol.TileWidthFinest {
		t.Errorf("%v of %v; tiles up to %d", finer.RGBAAt(10, 10), fine.RGBAAt(256+5, 5), doc.Finest(1))
	}
	if img, err := doc.Tile(context.Background(), 1, 25600, 40, 60); Code(err) != session.CodeNetwork || img == nil {
		t.Errorf("of the picture of the whole page: %v", err)
	}
}

func near(a, b color.RGBA) int { return max(int(a.R)-int(b.R), int(b.R)-int(a.R)) }

// The four tiles that one tile is cut into are each of its own quarter.
func TestEnlargePart(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 512, 512))
	for y := range 512 {
		for x := range 512 {
			img.SetRGBA(x, y, color.RGBA{R: uint8(x / 2), G: uint8(y / 2), A: 255})
		}
	}
	for n := 1; n <= 3; n++ {
		for _, at := range []image.Point{{8, 16}, {8 + 1<<n - 1, 16}, {8, 16 + 1<<n - 1}} {
			bounds := image.Rect(0, 0, 512, 512).Add(at.Mul(512))
			got, ok := enlargePart(img, n, at.X, at.Y, bounds)
			if !ok {
				t.Fatalf("no tile %v", at)
			}
			c := got.RGBAAt(256, 256)
			wantX, wantY := (bounds.Min.X+256)>>n%512/2, (bounds.Min.Y+256)>>n%512/2
			if near(color.RGBA{R: c.R}, color.RGBA{R: uint8(wantX)}) > 2 || near(color.RGBA{R: c.G}, color.RGBA{R: uint8(wantY)}) > 2 {
				t.Errorf("%d times halved, tile %v: %v, want %d %d", n, at, c, wantX, wantY)
			}
		}
	}
	if _, ok := enlargePart(img, 1, 0, 0, image.Rectangle{}); ok {
		t.Error("a tile beyond the page")
	}
}
