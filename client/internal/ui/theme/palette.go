package theme

import (
	"image/color"
	"maps"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Colours by meaning. Every pair of a text colour with a ground it is used on keeps a contrast of 7:1 or more,
// in light and in dark (a test computes it); lines that carry meaning keep 3:1, decorative ones are quieter.
const (
	Paper     = fynetheme.ColorNameBackground   // the ground of every screen
	Ink       = fynetheme.ColorNameForeground   // text
	Card      = fyne.ThemeColorName("card")     // ground of cards, fields and outlined buttons
	Secondary = fyne.ThemeColorName("second")   // text of lesser weight
	Line      = fynetheme.ColorNameSeparator    // quiet line between things
	Edge      = fynetheme.ColorNameInputBorder  // border of what can be pressed or filled in, 3:1
	Accent    = fynetheme.ColorNamePrimary      // the one filled button, selection, links
	OnAccent  = fyne.ThemeColorName("onAccent") // text on any filled ground: Accent, Yes, No, Abstain, Notice, Shared
	Soft      = fyne.ThemeColorName("soft")     // soft ground of the accent
	Quiet     = fyne.ThemeColorName("quiet")    // ground of what cannot be pressed now
	Yes       = fyne.ThemeColorName("yes")      // tán thành, live, done
	YesSoft   = fyne.ThemeColorName("yesSoft")
	No        = fyne.ThemeColorName("no") // không tán thành, failed
	NoSoft    = fyne.ThemeColorName("noSoft")
	Abstain   = fyne.ThemeColorName("abstain") // không biểu quyết, offline
	GreySoft  = fyne.ThemeColorName("greySoft")
	Notice    = fyne.ThemeColorName("notice")  // restricted, secret, still lacking
	Amber     = fyne.ThemeColorName("amber")   // soft ground of Notice
	Shared    = fyne.ThemeColorName("shared")  // the layer everybody sees
	Peach     = fyne.ThemeColorName("peach")   // soft ground of Shared
	Scrim     = fyne.ThemeColorName("scrim")   // veil over the screen behind a sheet
	OnSheet   = fyne.ThemeColorName("onSheet") // text on an empty page, in both modes
	White     = fyne.ThemeColorName("sheet")   // a document's page: white in dark too, it is paper
)

type palette map[fyne.ThemeColorName]color.NRGBA

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 255}
}

func alpha(rgb uint32, a uint8) color.NRGBA {
	c := hex(rgb)
	c.A = a
	return c
}

var light = palette{
	Paper: hex(0xF7F5F0), Ink: hex(0x1E2328), Card: hex(0xFFFFFF), Secondary: hex(0x474D56),
	Line: hex(0xD9D5CC), Edge: hex(0x8A8577), Quiet: hex(0xEDEAE3),
	Accent: hex(0x084A77), OnAccent: hex(0xFFFFFF), Soft: hex(0xE3EEF5),
	Yes: hex(0x17591C), YesSoft: hex(0xE5F1E6), No: hex(0x8E1812), NoSoft: hex(0xF9E7E5),
	Abstain: hex(0x454B56), GreySoft: hex(0xECECEF), Notice: hex(0x6A4100), Amber: hex(0xFBF1DF),
	Shared: hex(0x7F3500), Peach: hex(0xFCE8DA), Scrim: alpha(0x1E2328, 0x80), White: hex(0xFFFFFF), OnSheet: hex(0x474D56),
}

var dark = palette{
	Paper: hex(0x16191D), Ink: hex(0xECEAE4), Card: hex(0x1E2227), Secondary: hex(0xBFC4CB),
	Line: hex(0x3A4048), Edge: hex(0x757D88), Quiet: hex(0x262B31),
	Accent: hex(0x8CC8F0), OnAccent: hex(0x10161C), Soft: hex(0x183345),
	Yes: hex(0x9BDBA0), YesSoft: hex(0x1B3320), No: hex(0xFFB4AB), NoSoft: hex(0x3F1D1B),
	Abstain: hex(0xC2C7D0), GreySoft: hex(0x2A2E35), Notice: hex(0xF2C879), Amber: hex(0x3A2C12),
	Shared: hex(0xFFB98A), Peach: hex(0x40260F), Scrim: alpha(0x000000, 0xA0), White: hex(0xFFFFFF), OnSheet: hex(0x474D56),
}

// The palettes of high contrast: text keeps 10:1 and more, and so do the borders of what can be pressed; lines keep 4.5:1.
var (
	lightStrong = light.with(palette{
		Paper: hex(0xFFFFFF), Ink: hex(0x000000), Secondary: hex(0x1E2328), Line: hex(0x5F5F5F), Edge: hex(0x000000), Quiet: hex(0xF2F2F2),
		Accent: hex(0x003660), Soft: hex(0xEAF3FA), Yes: hex(0x0B3F10), YesSoft: hex(0xEDF7EE), No: hex(0x650A06), NoSoft: hex(0xFCEFED),
		Abstain: hex(0x2A2F38), GreySoft: hex(0xF2F2F4), Notice: hex(0x442900), Amber: hex(0xFDF6E9), Shared: hex(0x551F00), Peach: hex(0xFDF1E8),
		OnSheet: hex(0x1E2328),
	})
	darkStrong = dark.with(palette{
		Paper: hex(0x000000), Ink: hex(0xFFFFFF), Card: hex(0x0A0C0E), Secondary: hex(0xECECEC), Line: hex(0x8A8F96), Edge: hex(0xFFFFFF), Quiet: hex(0x15181B),
		Accent: hex(0xB5DDFA), OnAccent: hex(0x000000), Soft: hex(0x0E2130), Yes: hex(0xB9F0BD), YesSoft: hex(0x0E2112), No: hex(0xFFD2CC), NoSoft: hex(0x2B100E),
		Abstain: hex(0xE2E6EC), GreySoft: hex(0x1B1E23), Notice: hex(0xFFDD9B), Amber: hex(0x271C08), Shared: hex(0xFFD5B8), Peach: hex(0x2A1806),
		OnSheet: hex(0x1E2328),
	})
)

// with is the palette with some colours replaced.
func (p palette) with(others palette) palette {
	all := maps.Clone(p)
	maps.Copy(all, others)
	return all
}

// toolkit maps the toolkit's own colour names onto ours, so that its fields, menus and scroll bars look the same.
var toolkit = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameButton:              Card,
	fynetheme.ColorNameDisabledButton:      Quiet,
	fynetheme.ColorNameDisabled:            Secondary,
	fynetheme.ColorNamePlaceHolder:         Secondary,
	fynetheme.ColorNameError:               No,
	fynetheme.ColorNameSuccess:             Yes,
	fynetheme.ColorNameWarning:             Notice,
	fynetheme.ColorNameHyperlink:           Accent,
	fynetheme.ColorNameForegroundOnPrimary: OnAccent,
	fynetheme.ColorNameForegroundOnError:   OnAccent,
	fynetheme.ColorNameForegroundOnSuccess: OnAccent,
	fynetheme.ColorNameForegroundOnWarning: OnAccent,
	fynetheme.ColorNameHeaderBackground:    Paper,
	fynetheme.ColorNameInputBackground:     Card,
	fynetheme.ColorNameMenuBackground:      Card,
	fynetheme.ColorNameOverlayBackground:   Paper,
	fynetheme.ColorNameSelection:           Soft,
	fynetheme.ColorNameFocus:               Soft,
	fynetheme.ColorNameHover:               Quiet,
	fynetheme.ColorNamePressed:             Quiet,
	fynetheme.ColorNameScrollBar:           Edge,
	fynetheme.ColorNameScrollBarBackground: Quiet,
	fynetheme.ColorNameShadow:              Ink,
}

// translucent names are painted over something by the toolkit and must let it through.
var translucent = map[fyne.ThemeColorName]uint8{
	fynetheme.ColorNameHover:               0x30,
	fynetheme.ColorNamePressed:             0x50,
	fynetheme.ColorNameScrollBar:           0xB0,
	fynetheme.ColorNameScrollBarBackground: 0x60,
	fynetheme.ColorNameShadow:              0x00, // lines instead of shadows
}
