package theme

import (
	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

// The comforts travel as sizes, as the scale does: whoever lays out or moves something asks the theme in use.
const (
	handName  = fyne.ThemeSizeName("left hand")
	stillName = fyne.ThemeSizeName("still")
)

// comfort is 1 for a comfort that is chosen, else 0; ok is false for other names.
func (t *Theme) comfort(name fyne.ThemeSizeName) (value float32, ok bool) {
	var on bool
	switch name {
	case handName:
		on = t.options.LeftHand
	case stillName:
		on = t.options.Still
	default:
		return 0, false
	}
	if on {
		return 1, true
	}
	return 0, true
}

// LeftHand tells whether palettes, side columns and page buttons stand at the left, for whoever holds a pen in the left hand.
func LeftHand() bool { return fynetheme.Size(handName) == 1 }

// Still tells whether nothing glides: what moves is at its new place at once.
func Still() bool { return fynetheme.Size(stillName) == 1 }
