package screen

import (
	"testing"

	"phonghop/client/internal/ui/uitest"
)

// Whatever the window, the language and the size of type: everything is to be read and to be pressed.
func TestEveryStateIsSeenWhole(t *testing.T) {
	uitest.Pictures(t)
	for _, p := range states(t) {
		if p.options.Projector {
			continue // a wall has one size
		}
		for _, d := range uitest.Devices {
			t.Run(p.name+" "+d.String(), func(t *testing.T) {
				o := p.options
				o.Preferences.Language, o.Preferences.Scale = d.Language, d.Scale
				s := newStand(t, p.fake(), o, d.Sizes[0])
				if p.then != nil {
					p.then(s)
				}
				d.Look(t, s.window.Canvas(), s.Update)
			})
		}
	}
}
