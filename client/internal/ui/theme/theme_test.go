package theme

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"

	"phonghop/assets/icons"
)

// luminance and contrast follow WCAG 2.1, definitions of relative luminance and contrast ratio.
func luminance(c color.NRGBA) float64 {
	f := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrast(t *testing.T) {
	grounds := []fyne.ThemeColorName{Paper, Card, Soft, Quiet, YesSoft, NoSoft, GreySoft, Amber, Peach}
	for mode, p := range map[string]palette{"light": light, "dark": dark} {
		atLeast := func(text, ground fyne.ThemeColorName, want float64) {
			t.Helper()
			if got := contrast(p[text], p[ground]); got < want {
				t.Errorf("%s: %s on %s: %.2f, want %.1f", mode, text, ground, got, want)
			}
		}
		for _, g := range grounds {
			for _, text := range []fyne.ThemeColorName{Ink, Secondary, Accent, Yes, No, Abstain, Notice, Shared} {
				atLeast(text, g, 7)
			}
		}
		for _, filled := range []fyne.ThemeColorName{Accent, Yes, No, Abstain, Notice, Shared} {
			atLeast(OnAccent, filled, 7)
		}
		atLeast(OnSheet, White, 7)
		for _, g := range []fyne.ThemeColorName{Paper, Card} {
			atLeast(Edge, g, 3)
		}
	}
}

func TestHighContrast(t *testing.T) {
	grounds := []fyne.ThemeColorName{Paper, Card, Soft, Quiet, YesSoft, NoSoft, GreySoft, Amber, Peach}
	for mode, p := range map[string]palette{"light": lightStrong, "dark": darkStrong} {
		atLeast := func(text, ground fyne.ThemeColorName, want float64) {
			t.Helper()
			if got := contrast(p[text], p[ground]); got < want {
				t.Errorf("%s: %s on %s: %.2f, want %.1f", mode, text, ground, got, want)
			}
		}
		for _, g := range grounds {
			for _, text := range []fyne.ThemeColorName{Ink, Secondary, Accent, Yes, No, Abstain, Notice, Shared} {
				atLeast(text, g, 10)
			}
		}
		for _, filled := range []fyne.ThemeColorName{Accent, Yes, No, Abstain, Notice, Shared} {
			atLeast(OnAccent, filled, 10)
		}
		for _, g := range []fyne.ThemeColorName{Paper, Card} {
			atLeast(Edge, g, 10)
			atLeast(Line, g, 4.5)
		}
	}
	if got := New(Options{Mode: Dark, Contrast: true}).Color(Paper, fynetheme.VariantLight); got != darkStrong[Paper] {
		t.Errorf("paper in the dark: %v", got)
	}
	if got := New(Options{Contrast: true}).Color(Edge, fynetheme.VariantLight); got != lightStrong[Edge] {
		t.Errorf("edge in the light: %v", got)
	}
}

// The toolkit's own names must reach our palette in both modes, or a dialog appears in foreign colours.
func TestEveryToolkitColourIsOurs(t *testing.T) {
	for from, to := range toolkit {
		if _, ok := light[to]; !ok {
			t.Errorf("%s leads to %s, which light does not have", from, to)
		}
	}
	for name := range translucent {
		if _, ok := toolkit[name]; !ok {
			t.Errorf("%s is translucent but no toolkit colour of ours", name)
		}
	}
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("dark lacks %s", name)
		}
	}
}

func TestModeAndScale(t *testing.T) {
	for _, c := range []struct {
		o       Options
		variant fyne.ThemeVariant
		paper   color.NRGBA
		target  float32
	}{
		{Options{}, fynetheme.VariantLight, light[Paper], 17},
		{Options{}, fynetheme.VariantDark, dark[Paper], 17},
		{Options{Mode: Light, Scale: 1.5}, fynetheme.VariantDark, light[Paper], 25.5},
		{Options{Mode: Dark, Scale: 9}, fynetheme.VariantLight, dark[Paper], 34},
		{Options{Mode: Dark, Scale: -1}, fynetheme.VariantLight, dark[Paper], 17},
	} {
		th := New(c.o)
		if got := th.Color(Paper, c.variant); got != c.paper {
			t.Errorf("%+v: paper %v, want %v", c.o, got, c.paper)
		}
		if got := th.Size(Body); got != c.target {
			t.Errorf("%+v: body %v, want %v", c.o, got, c.target)
		}
	}
}

func TestScaledFollowsTheApplication(t *testing.T) {
	app := test.NewTempApp(t)
	Apply(app, Options{Scale: 1.5})
	if got := Scaled(Target); got != 72 {
		t.Errorf("target at 150 %%: %v", got)
	}
	app.Settings().SetTheme(fynetheme.DefaultTheme())
	if got := Scaled(Target); got != Target {
		t.Errorf("target under a foreign theme: %v", got)
	}
}

func TestIconsAreColouredAndDrawn(t *testing.T) {
	app := test.NewTempApp(t)
	Apply(app, Options{Mode: Light})
	before := Icon(icons.Hand, Accent)
	if !bytes.Contains(before.Content(), []byte("#084a77")) || bytes.Contains(before.Content(), []byte("currentColor")) {
		t.Errorf("not coloured: %s", before.Content())
	}
	name := before.Name()
	Apply(app, Options{Mode: Dark})
	if before.Name() == name {
		t.Error("the name stays when the colour changes: the toolkit would show the old drawing")
	}
	if got := Draw(icons.Hand, Color(Ink), 0, 10); !got.Bounds().Empty() {
		t.Errorf("an icon without width: %v", got.Bounds())
	}
	for _, n := range icons.Names() {
		if !covered(Draw(n, Color(Ink), 40, 30)) {
			t.Errorf("%s: Draw leaves it empty", n)
		}
		img := canvas.NewImageFromResource(Icon(n, Ink))
		img.Resize(fyne.NewSize(48, 48))
		img.Refresh()
		if img.Image == nil || !inked(img) {
			t.Errorf("%s draws nothing", n)
		}
	}
}

func inked(img *canvas.Image) bool { return covered(img.Image) }

func covered(img image.Image) bool {
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			if _, _, _, a := img.At(x, y).RGBA(); a > 0x8000 {
				return true
			}
		}
	}
	return false
}
