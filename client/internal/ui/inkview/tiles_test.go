package inkview

import (
	"image"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/pointer"
	"phonghop/shared/ink"
)

// What comes and goes in any order ends with the tiles of what is there.
func TestTilesAreWhatIsThere(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	d.everything()
	all := d.model.Private.Page(1)
	d.model.Private = d.model.Private.Apply(ink.StrokesErased{IDs: []string{all[0].ID, all[3].ID}}, "me", time.Time{})
	d.Show(d.model)
	d.model.Shared = d.model.Shared.Apply(ink.StrokeAdded{Stroke: all[0]}, "other", time.Time{})
	d.Show(d.model)
	d.calm()
	want := append(d.model.Shared.Page(1), d.model.Private.Page(1)...)
	scale := d.tiles.scale
	for at, tl := range d.tiles.all {
		img := image.NewRGBA(tileArea(at).Intersect(pagePixels(d.View.at)))
		for _, s := range want {
			new(brush).draw(img, scale, s, d.tiles.under)
		}
		if tl.pixels == nil {
			tl.pixels = image.NewRGBA(img.Rect)
		}
		for y := img.Rect.Min.Y; y < img.Rect.Max.Y; y++ {
			for x := img.Rect.Min.X; x < img.Rect.Max.X; x++ {
				if far(img.RGBAAt(x, y), tl.pixels.RGBAAt(x, y)) > 3 {
					t.Fatalf("tile %v at %d,%d: %v, want %v", at, x, y, tl.pixels.RGBAAt(x, y), img.RGBAAt(x, y))
				}
			}
		}
	}
}

// A part of the page from which everything was taken is empty, and can be
// written on again.
func TestAPartIsEmptiedAndWrittenOnAgain(t *testing.T) {
	d := newDesk(t, fyne.NewSize(700, 560))
	shown := func(at image.Point) bool {
		tl := d.tiles.all[at]
		return tl != nil && tl.picture != nil && tl.picture.Visible()
	}
	for range 2 {
		d.draw(pointer.KindMouse, [2]float64{100, 100}, [2]float64{140, 100})
		d.calm()
		if !shown(image.Point{}) {
			t.Fatal("the stroke is not to be seen")
		}
		id := d.model.Private.Page(1)[0].ID
		d.model.Private = d.model.Private.Apply(ink.StrokesErased{IDs: []string{id}}, "me", time.Time{})
		d.Show(d.model)
		d.calm()
		if shown(image.Point{}) {
			t.Fatal("the stroke is still to be seen")
		}
	}
}
