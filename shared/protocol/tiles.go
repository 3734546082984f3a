package protocol

// Bounds of tiles finer than TileWidthXL: a page at 600 % on a screen with
// three pixels to a unit has TileDensity pixels a point, and what draws keeps
// its measures up to TileSideMost pixels.
const (
	TileDensity  = 24
	TileSideMost = 50_000
)

// TileWidths are the widths in pixels at which pages are cut into tiles, the
// coarsest first.
var TileWidths = []int{TileWidth, TileWidthXL, TileWidthFine, TileWidthFinest}

// FinestTiles is the widest of TileWidths at which a page of w x h points is
// drawn. TileWidthXL is had of every page; a finer one only where the one
// before it has less than TileDensity pixels a point, and where the page is
// not higher than TileSideMost pixels.
func FinestTiles(w, h float64) int {
	finest := TileWidthXL
	for _, finer := range TileWidths {
		if finer <= finest {
			continue
		}
		// Written so that what is not a number never goes on.
		if !(float64(finest) < TileDensity*w) || !(float64(finer)*h/w <= TileSideMost) {
			break
		}
		finest = finer
	}
	return finest
}
