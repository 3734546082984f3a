package stage

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

var (
	dark = color.RGBA{22, 25, 30, 255}
	blue = color.RGBA{143, 200, 240, 255}
	grey = color.RGBA{40, 44, 50, 255}
)

func filled(c color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 640, 400))
	fill(img, img.Bounds(), c)
	return img
}

func fill(img *image.RGBA, r image.Rectangle, c color.Color) {
	draw.Draw(img, r, image.NewUniform(c), image.Point{}, draw.Src)
}

func TestPainted(t *testing.T) {
	img := filled(dark)
	if Painted(img) {
		t.Error("one colour passes for a picture")
	}
	fill(img, image.Rect(10, 10, 300, 300), blue)
	if Painted(img) {
		t.Error("two colours pass for a picture")
	}
	for i := range 100 {
		fill(img, image.Rect(i*6, 300, i*6+6, 340), color.RGBA{byte(i), byte(2 * i), 90, 255})
	}
	if !Painted(img) {
		t.Error("a picture of a hundred colours passes for blank")
	}
}

func TestDiffering(t *testing.T) {
	a, b := filled(dark), filled(dark)
	if d := Differing(a, b); d != 0 {
		t.Errorf("equal pictures differ by %v", d)
	}
	fill(b, image.Rect(0, 0, 64, 40), grey)
	if d := Differing(a, b); d != 0 {
		t.Errorf("a shade differs by %v", d)
	}
	fill(b, image.Rect(0, 0, 64, 40), blue)
	if d := Differing(a, b); d != 0.01 {
		t.Errorf("a hundredth differs by %v", d)
	}
	if d := Differing(nil, b); d != 1 {
		t.Errorf("no picture differs by %v", d)
	}
}

func TestBigButton(t *testing.T) {
	img := filled(dark)
	// A card, and the frame of the chosen one, are no buttons.
	fill(img, image.Rect(10, 10, 400, 100), blue)
	fill(img, image.Rect(12, 12, 398, 98), grey)
	fill(img, image.Rect(10, 150, 400, 240), grey)
	if at, ok := BigButton(img); ok {
		t.Fatalf("a button at %v where there is none", at)
	}
	fill(img, image.Rect(420, 300, 620, 360), blue)
	fill(img, image.Rect(450, 320, 590, 340), dark) // its label
	at, ok := BigButton(img)
	if !ok || !at.In(image.Rect(420, 300, 620, 360)) {
		t.Errorf("the button is at %v, %t", at, ok)
	}
}
