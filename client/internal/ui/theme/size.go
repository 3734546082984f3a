package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// Type sizes in canvas units at 100 %. Nothing on a screen is set smaller than Small.
const (
	Title     = fynetheme.SizeNameHeadingText    // 28: a screen's heading
	Heading   = fynetheme.SizeNameSubHeadingText // 22: a part's heading, a sheet's question
	Lead      = fyne.ThemeSizeName("lead")       // 19: a row's title, a button of 64 and more
	Body      = fynetheme.SizeNameText           // 17: running text, labels, buttons
	SubText   = fyne.ThemeSizeName("subText")    // 16: secondary text
	Small     = fynetheme.SizeNameCaptionText    // 14: the word under an icon
	Figure    = fyne.ThemeSizeName("figure")     // 44: a number one reads from afar
	scaleName = fyne.ThemeSizeName("scale")
)

// Lengths in canvas units at 100 %; pass them through Scaled before use.
const (
	Target   = 48 // the smallest side of anything that can be pressed
	Field    = 56 // height of a text field
	Radius   = 12 // corners of cards and buttons
	RadiusS  = 8  // corners of small things inside them
	Gap      = 12 // between things that belong together
	Margin   = 24 // around a screen's content
	IconSize = 24
)

var scaled = map[fyne.ThemeSizeName]float32{
	Title: 28, Heading: 22, Lead: 19, Body: 17, SubText: 16, Small: 14, Figure: 44,
	fynetheme.SizeNameInlineIcon:           24,
	fynetheme.SizeNameInnerPadding:         14,
	fynetheme.SizeNamePadding:              6,
	fynetheme.SizeNameLineSpacing:          5,
	fynetheme.SizeNameScrollBar:            16,
	fynetheme.SizeNameScrollBarSmall:       6,
	fynetheme.SizeNameWindowButtonHeight:   Target,
	fynetheme.SizeNameWindowTitleBarHeight: Target,
}

var fixed = map[fyne.ThemeSizeName]float32{
	fynetheme.SizeNameSeparatorThickness: 1,
	fynetheme.SizeNameInputBorder:        2,
	fynetheme.SizeNameInputRadius:        10,
	fynetheme.SizeNameSelectionRadius:    6,
	fynetheme.SizeNameScrollBarRadius:    4,
}

// Size returns the type size or length of that name in the application's present theme, scale included.
func Size(name fyne.ThemeSizeName) float32 {
	return fynetheme.Size(name)
}

// Scale returns the scale of the application's present theme: 1 to 2, and 1 where a foreign theme is set.
func Scale() float32 {
	if s := fynetheme.Size(scaleName); s > 0 {
		return s
	}
	return 1
}

// Scaled returns a length given in canvas units at 100 % as it is at the present scale.
func Scaled(v float32) float32 { return v * Scale() }
