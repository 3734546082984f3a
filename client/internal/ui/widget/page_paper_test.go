package widget

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Dark paper turns black and white round and keeps a stamp red; the document's own picture is not written into.
func TestPapers(t *testing.T) {
	img := image.NewRGBA(image.Rect(5, 5, 8, 6))
	all := []color.RGBA{{255, 255, 255, 255}, {0, 0, 0, 255}, {200, 30, 40, 255}}
	for i, c := range all {
		img.SetRGBA(5+i, 5, c)
	}
	if PaperWhite.on(img) != img {
		t.Error("white paper makes a picture anew")
	}
	dark, warm := PaperNight.on(img), PaperCream.on(img)
	if dark.Bounds() != img.Bounds() || warm.Bounds() != img.Bounds() {
		t.Fatalf("bounds %v %v", dark.Bounds(), warm.Bounds())
	}
	if w := dark.RGBAAt(5, 5); w != (color.RGBA{nightLow, nightLow, nightLow, 255}) {
		t.Errorf("white at night is %v", w)
	}
	if b := dark.RGBAAt(6, 5); b.R < 200 || b.R != b.G || b.G != b.B {
		t.Errorf("black at night is %v", b)
	}
	if r := dark.RGBAAt(7, 5); r.R <= r.G+60 || r.R <= r.B+60 {
		t.Errorf("red at night is %v", r)
	}
	if w := warm.RGBAAt(5, 5); w != (color.RGBA{cream.R, cream.G, cream.B, 255}) {
		t.Errorf("white on cream is %v", w)
	}
	if b := warm.RGBAAt(6, 5); b != (color.RGBA{0, 0, 0, 255}) {
		t.Errorf("black on cream is %v", b)
	}
	for i, c := range all {
		if img.RGBAAt(5+i, 5) != c {
			t.Errorf("the document's own picture changed at %d", i)
		}
	}
}

// Another paper keeps the page, its size and its place.
func TestPaperKeepsThePlace(t *testing.T) {
	d := newDesk(t, &sheets{pages: 3, w: 600, h: 800}, fyne.NewSize(600, 400))
	d.SetPage(2)
	d.SetFit(FitWidth)
	d.ScrollTo(300)
	before := d.VisiblePart()
	d.SetPaper(PaperNight)
	if d.Page() != 2 || d.VisiblePart() != before || d.Fit() != FitWidth || d.Paper() != PaperNight {
		t.Errorf("page %d, part %v, want %v", d.Page(), d.VisiblePart(), before)
	}
}

// Marks lie where their part of the page is, at every zoom, and only on their page.
func TestMarks(t *testing.T) {
	d := newDesk(t, &sheets{pages: 3, w: 600, h: 800}, fyne.NewSize(600, 400))
	part := PagePart{X: 100, Y: 700, W: 50, H: 12}
	d.SetMarks(2, []PageMark{{Part: PagePart{X: 1, Y: 1, W: 1, H: 1}}, {Part: part, Current: true}})
	shown := func() (n int, last *canvas.Rectangle) {
		for _, o := range d.parts.marks.Objects {
			if box, ok := o.(*canvas.Rectangle); ok && !box.Hidden {
				n, last = n+1, box
			}
		}
		return n, last
	}
	if n, _ := shown(); n != 0 {
		t.Errorf("%d marks on another page", n)
	}
	d.SetPage(2)
	for _, change := range []func(){func() {}, func() { d.SetFit(FitWidth) }, func() { d.ZoomBy(2) }, func() { d.Reveal(part) }} {
		change()
		n, last := shown()
		if n != 2 {
			t.Fatalf("%d marks, want 2", n)
		}
		if at := d.ViewPoint(part.X-1.5, part.Y-1.5); last.Position() != at || last.StrokeWidth == 0 {
			t.Errorf("the mark at hand is at %v, want %v", last.Position(), at)
		}
	}
	if v := d.VisiblePart(); part.Y < v.Y || part.Y+part.H > v.Y+v.H || part.X < v.X {
		t.Errorf("what was to be revealed is not in %v", v)
	}
	d.SetMarks(2, nil)
	if n, _ := shown(); n != 0 {
		t.Errorf("%d marks stay", n)
	}
}

// Page keys read on within the page, then turn.
func TestLeafing(t *testing.T) {
	d := newDesk(t, &sheets{pages: 3, w: 600, h: 1600}, fyne.NewSize(600, 800))
	turned := 0
	d.OnTurn = func(page int) { turned = page }
	d.SetFit(FitWidth)
	for range 6 {
		if turned != 0 {
			break
		}
		before := d.VisiblePart().Y
		d.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		if turned == 0 && d.VisiblePart().Y <= before {
			t.Fatal("neither moved nor turned")
		}
	}
	if turned != 2 || d.VisiblePart().Y == 0 {
		t.Errorf("turned to %d from %v", turned, d.VisiblePart())
	}
}
