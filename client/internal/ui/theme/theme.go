// Package theme is the look of every screen: calm colours of high contrast in light and dark, type that a
// reader of sixty sees without glasses, targets that a finger hits, and one scale for all of it.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"phonghop/assets/fonts"
)

// Mode says which of the two palettes is used.
type Mode int

// The modes.
const (
	System Mode = iota // as the device is set
	Light
	Dark
)

// The bounds of the scale setting: 1 is 100 %.
const (
	MinScale = 1.0
	MaxScale = 2.0
)

// Options are what a person can set about the look.
type Options struct {
	Mode Mode
	// Scale enlarges type, targets and spaces together; values outside MinScale to MaxScale are brought to the nearer bound
	// and zero means MinScale.
	Scale float32
	// LeftHand mirrors palettes, side columns and page buttons; Still keeps everything from gliding.
	LeftHand, Still bool
	// Contrast has lines as strong as text, and text in black or white.
	Contrast bool
}

// Theme is the look with its options; it never changes after New.
type Theme struct {
	options Options
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the look for these options.
func New(o Options) *Theme {
	o.Scale = min(max(o.Scale, MinScale), MaxScale)
	return &Theme{options: o}
}

// Apply makes the look the application's; every widget on screen is redrawn. Main goroutine only.
func Apply(app fyne.App, o Options) {
	app.Settings().SetTheme(New(o))
}

// Options returns what the theme was made with, the scale within its bounds.
func (t *Theme) Options() Options { return t.options }

// Color implements fyne.Theme. A name it does not know gets the toolkit's colour.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	p := light
	if t.options.Mode == Dark || t.options.Mode == System && variant == fynetheme.VariantDark {
		p = dark
		if t.options.Contrast {
			p = darkStrong
		}
	} else if t.options.Contrast {
		p = lightStrong
	}
	if c, ok := p[name]; ok {
		return c
	}
	if ours, ok := toolkit[name]; ok {
		c := p[ours]
		if a, ok := translucent[name]; ok {
			c.A = a
		}
		return c
	}
	return fynetheme.DefaultTheme().Color(name, variant)
}

// One resource each for the whole run: the toolkit keeps parsed fonts by resource.
var (
	regular = fyne.NewStaticResource("NotoSans-Regular.ttf", fonts.NotoSansRegular)
	bold    = fyne.NewStaticResource("NotoSans-Bold.ttf", fonts.NotoSansBold)
)

// Font implements fyne.Theme: Noto Sans for text, upright also where italics are asked for, which no screen uses;
// the toolkit's own font for symbols. The client for browsers comes without the toolkit's others.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Symbol:
		return fynetheme.DefaultTheme().Font(style)
	case style.Bold:
		return bold
	default:
		return regular
	}
}

// Size implements fyne.Theme: every length grows with the scale, lines and borders do not.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if name == scaleName {
		return t.options.Scale
	}
	if v, ok := t.comfort(name); ok {
		return v
	}
	if v, ok := fixed[name]; ok {
		return v
	}
	if v, ok := scaled[name]; ok {
		return v * t.options.Scale
	}
	return fynetheme.DefaultTheme().Size(name) * t.options.Scale
}

// Color returns the colour of that name in the application's present theme and variant.
func Color(name fyne.ThemeColorName) color.Color {
	return fynetheme.Color(name)
}
