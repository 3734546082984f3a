package uitest

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/words"
)

// Shot compares a screen in one state with the picture of that name in testdata, which a person found good, and then looks at it on
// the other devices, where all of it must be seen whole. show brings the screen into that state on a new canvas. Under the race
// detector nothing is drawn.
func Shot(t *testing.T, name string, language words.Language, o theme.Options, size fyne.Size, show func(*testing.T, theme.Options, fyne.Size) fyne.Canvas) {
	t.Run(name, func(t *testing.T) {
		Pictures(t)
		words.Use(language)
		defer words.Use(words.Vietnamese)
		c := show(t, o, size)
		c.Unfocus() // no cursor that blinks
		test.AssertRendersToImage(t, name+".png", c)
	})
	for _, d := range Devices {
		t.Run(name+" "+d.String(), func(t *testing.T) {
			Pictures(t)
			words.Use(d.Language)
			defer words.Use(words.Vietnamese)
			o.Scale = d.Scale
			d.Look(t, show(t, o, d.Sizes[0]), nil)
		})
	}
}
