package widget

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestCutOutMovesSidewaysOnly(t *testing.T) {
	test.NewTempApp(t)
	page := image.NewRGBA(image.Rect(0, 0, 1190, 1684))
	p := NewCutPicture(page, PagePart{X: 50, Y: 100, W: 500, H: 60}, 595, 842, PaperWhite)
	column := NewScroll(Column(0, NewText("x", StyleBody)))
	column.Resize(fyne.NewSize(300, 100))
	c := NewCutOut(p, 1.2, column, nil)
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	c.Resize(fyne.NewSize(300, c.HeightFor(300)))
	if h := c.HeightFor(300); h < 60*1.2 || h > 60*1.2+10 {
		t.Errorf("%v high", h)
	}
	for _, step := range []struct{ by, want float32 }{{-100, 100}, {-1000, 300}, {50, 250}, {9999, 0}} {
		c.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(step.by, 7)})
		if c.at < step.want-1 || c.at > step.want+1 {
			t.Errorf("after %v it is at %v, want %v", step.by, c.at, step.want)
		}
		if img := c.parts.image.Image.(*image.RGBA); img.Rect.Dx() < 495 || img.Rect.Dx() > 505 {
			t.Errorf("%d columns are drawn", img.Rect.Dx())
		}
	}
	// What is hardly wider than its place fits into it.
	if w, _ := c.size(550); w != 550 {
		t.Errorf("%v wide", w)
	}
	if w, _ := c.size(900); w != 600 {
		t.Errorf("%v wide where there is room", w)
	}
}

func TestCutPictureOfNothing(t *testing.T) {
	page := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for _, part := range []PagePart{{}, {X: 900, Y: 10, W: 5, H: 5}, {X: 10, Y: 10, W: -5, H: 5}} {
		if p := NewCutPicture(page, part, 595, 842, PaperWhite); p != nil && (part.W == 0 || part.X > 595 || part.W < 0) {
			t.Errorf("%v gives %v", part, p)
		}
	}
	if NewCutPicture(nil, PagePart{W: 5, H: 5}, 595, 842, PaperWhite) != nil || NewCutPicture(page, PagePart{W: 5, H: 5}, 0, 842, PaperWhite) != nil {
		t.Error("a picture of no page")
	}
}
