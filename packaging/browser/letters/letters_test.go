package letters

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"reflect"
	"strings"
	"testing"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"phonghop/assets/fonts"
)

func face(t testing.TB) *font.Face {
	t.Helper()
	f, err := font.ParseTTF(bytes.NewReader(fonts.NotoSansRegular))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func input(f *font.Face, text string, size float64) shaping.Input {
	runes := []rune(text)
	return shaping.Input{Text: runes, RunEnd: len(runes), Direction: di.DirectionLTR, Face: f, Size: fixed.Int26_6(size * 64), Script: language.Latin}
}

var names = []string{"Nguyễn Thị Phượng", "quận Bình Thạnh", "ĐẶNG VĂN ĐỨC", "Ủy ban nhân dân", "1.234,5 %", "", " ", "fi ffl AVAW"}

// What is kept is what a shaper finds that keeps nothing.
func TestKeptShapes(t *testing.T) {
	f, s := face(t), NewSetter()
	for range 3 {
		for _, name := range names {
			for _, size := range []float64{12, 15.5, 40} {
				var fresh shaping.HarfbuzzShaper
				in := input(f, name, size)
				if got, want := s.Shape(in), fresh.Shape(in); !reflect.DeepEqual(got, want) {
					t.Errorf("%q at %v: %+v, want %+v", name, size, got, want)
				}
			}
		}
	}
	part := input(f, "Nguyễn Thị Phượng", 15)
	part.RunStart, part.RunEnd = 7, 10
	var fresh shaping.HarfbuzzShaper
	if got, want := s.Shape(part), fresh.Shape(part); !reflect.DeepEqual(got, want) {
		t.Errorf("part of a text: %+v, want %+v", got, want)
	}
}

func TestLongTextsAreNotKept(t *testing.T) {
	f, s := face(t), NewSetter()
	in := input(f, strings.Repeat("Phượng ", 1000), 15)
	var fresh shaping.HarfbuzzShaper
	if got, want := s.Shape(in), fresh.Shape(in); !reflect.DeepEqual(got, want) || len(s.runs.young) != 0 {
		t.Errorf("%d glyphs, want %d; %d kept", len(got.Glyphs), len(want.Glyphs), len(s.runs.young))
	}
}

// The letters are those that the toolkit draws, but for the place within a pixel.
func TestLettersLookAsTheToolkitDrawsThem(t *testing.T) {
	f, s := face(t), NewSetter()
	for _, scale := range []float32{1, 2} {
		for _, name := range names {
			ours, theirs := image.NewRGBA(image.Rect(0, 0, 600, 100)), image.NewRGBA(image.Rect(0, 0, 600, 100))
			ink := color.NRGBA{R: 20, G: 40, B: 160, A: 255}
			r := render.Renderer{FontSize: 20, PixScale: scale, Color: ink}
			r.DrawShapedRunAt(s.Shape(input(f, name, 20)), theirs, 3, 60)
			for range 2 { // the second time from what is kept
				s.Draw(ours, s.Shape(input(f, name, 20)), ink, 3, 60, scale)
				covered, apart := 0, 0
				for i := 3; i < len(ours.Pix); i += 4 {
					a, b := int(ours.Pix[i]), int(theirs.Pix[i])
					covered += b
					apart += max(a-b, b-a)
				}
				if apart*100 > covered*12 {
					t.Errorf("%q at %v: %d of %d of the ink lies elsewhere", name, scale, apart, covered)
				}
				if covered == 0 != (name == "" || name == " ") {
					t.Errorf("%q: the toolkit draws %d", name, covered)
				}
				clear(ours.Pix)
			}
		}
	}
}

// A letter that leaves its picture is cut off, and a colour that lets through what is behind it stays one.
func TestAtTheEdge(t *testing.T) {
	f, s := face(t), NewSetter()
	small := image.NewRGBA(image.Rect(0, 0, 10, 10))
	ink := color.NRGBA{R: 255, A: 128}
	s.Draw(small, s.Shape(input(f, "WWW", 60)), ink, -15, 12, 1)
	most := byte(0)
	for i := 0; i < len(small.Pix); i += 4 {
		most = max(most, small.Pix[i+3])
	}
	if most != 128 {
		t.Errorf("the ink covers %d of 255, want 128", most)
	}
}

func TestWhatIsKeptIsBounded(t *testing.T) {
	k := kept[int, string]{most: 10}
	size := func(string) int { return 2 }
	for i := range 100 {
		k.put(i, fmt.Sprint(i), 2)
		if v, ok := k.get(0, size); i < 100 && (!ok || v != "0") {
			t.Fatalf("what is asked for all the time went after %d others", i)
		}
		if len(k.young)+len(k.old) > 10 || k.weight > 10 {
			t.Fatalf("%d and %d are kept, of weight %d", len(k.young), len(k.old), k.weight)
		}
	}
	if _, ok := k.get(50, size); ok {
		t.Error("what nobody asked for for long is still kept")
	}
	k.put(1000, "heavy", 50)
	if v, ok := k.get(1000, size); !ok || v != "heavy" {
		t.Error("what is heavier than all may be was not kept until the next")
	}
	k.put(1001, "next", 2)
	k.put(1002, "next", 9)
	if len(k.young)+len(k.old) > 3 {
		t.Errorf("%d and %d are kept", len(k.young), len(k.old))
	}
}

func BenchmarkDraw(b *testing.B) {
	f := face(b)
	dst := image.NewRGBA(image.Rect(0, 0, 600, 100))
	b.Run("kept", func(b *testing.B) {
		s := NewSetter()
		for b.Loop() {
			s.Draw(dst, s.Shape(input(f, names[0], 20)), color.Black, 3, 60, 1)
		}
	})
	b.Run("anew", func(b *testing.B) {
		for b.Loop() {
			var fresh shaping.HarfbuzzShaper
			r := render.Renderer{FontSize: 20, PixScale: 1, Color: color.Black}
			r.DrawShapedRunAt(fresh.Shape(input(f, names[0], 20)), dst, 3, 60)
		}
	})
}
