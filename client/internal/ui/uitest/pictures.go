package uitest

import "testing"

// UnderRace tells whether the race detector watches. Drawing runs on one goroutine and takes fifty times as long under it, and a pen
// that is that slow leaves other strokes: comparing pictures is left to the runs without it.
const UnderRace = underRace

// Pictures skips a test that does nothing but compare pictures where they are not compared.
func Pictures(t testing.TB) {
	t.Helper()
	if UnderRace {
		t.Skip("pictures are compared without the race detector")
	}
}
