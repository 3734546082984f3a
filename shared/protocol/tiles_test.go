package protocol_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/protocol"
)

func TestFinestTiles(t *testing.T) { // [H21]
	const mm = 72 / 25.4
	for _, c := range []struct {
		name string
		w, h float64
		want int
	}{
		{"A4", 595, 842, 25600}, // 12,800 is 21.5 pixels a point
		{"A5", 420, 595, 12800},
		{"A6 and smaller", 266, 420, 6400},
		{"A0 lying", 3370, 2384, 25600},
		{"A0", 2384, 3370, 25600},
		{"10 x 10 mm", 10 * mm, 10 * mm, 6400},
		{"5 x 5 m", 5000 * mm, 5000 * mm, 25600},
		{"a roll", 900, 3000, 12800}, // 25,600 would be 85,333 high
		{"a long roll", 300, 9000, 6400},
		{"nothing", 0, 0, 6400},
		{"no number", math.NaN(), math.NaN(), 6400},
		{"endless", math.Inf(1), math.Inf(1), 6400},
	} {
		if got := protocol.FinestTiles(c.w, c.h); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	// Whatever the page, it is one of the widths, never higher than the bound
	// beyond the width that every page has, and no finer than is of use.
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.Float64Range(1, 100_000).Draw(t, "w"), rapid.Float64Range(1, 100_000).Draw(t, "h")
		got := protocol.FinestTiles(w, h)
		if !slices.Contains(protocol.TileWidths, got) || got < protocol.TileWidthXL {
			t.Fatalf("%d", got)
		}
		if got > protocol.TileWidthXL && (float64(got)*h/w > protocol.TileSideMost || float64(got)/2 >= protocol.TileDensity*w) {
			t.Fatalf("%d for %v x %v", got, w, h)
		}
	})
}
