package theme

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestComforts(t *testing.T) {
	app := test.NewTempApp(t)
	for _, o := range []Options{{}, {LeftHand: true}, {Still: true, Scale: 2}, {LeftHand: true, Still: true}} {
		Apply(app, o)
		if LeftHand() != o.LeftHand || Still() != o.Still || Scale() != max(o.Scale, 1) {
			t.Errorf("%+v: left %t, still %t, scale %v", o, LeftHand(), Still(), Scale())
		}
	}
}
