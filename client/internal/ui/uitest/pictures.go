package uitest

import "testing"

// UnderRace tells whether the race detector watches. Drawing runs on one goroutine and takes fifty times as long under it, and a pen
// that is that slow leaves other strokes: comparing pictures is left to the runs without it.
const UnderRace = underRace

// OnTablet tells whether the tests are built as the client of tablets is (-tags mobile). Some tools are not offered there, and the
// screen's keyboard is not raised before a field is touched: comparing pictures is left to the other build.
const OnTablet = onTablet

// ComparesPictures tells whether pictures are compared in this run.
const ComparesPictures = !UnderRace && !OnTablet

// Pictures skips a test that does nothing but compare pictures where they are not compared.
func Pictures(t testing.TB) {
	t.Helper()
	if !ComparesPictures {
		t.Skip("pictures are compared on desktops, without the race detector")
	}
}

// Desktop skips a test of what only desktops have: a mouse, a keyboard that is always there, folders.
func Desktop(t testing.TB) {
	t.Helper()
	if OnTablet {
		t.Skip("tablets have no mouse, no keyboard beside the screen's, and no folders")
	}
}
