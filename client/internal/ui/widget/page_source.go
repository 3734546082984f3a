package widget

import (
	"context"
	"image"
)

// The widths in pixels at which a Source draws pages: whole pages at PictureSmall and PictureLarge, tiles of TileSide at the
// other two, and at the doubles of them that a Finer source has.
const (
	PictureSmall = 800
	PictureLarge = 1600
	TilesLarge   = 3200
	TilesLargest = 6400
	TileSide     = 512
)

// Source gives a PageView the pages of one document. Pages count from 1. All methods may be called from any goroutine; Picture
// and Tile may wait for network and disk, and return soon after ctx is done. What they return is shared: nobody writes into it.
type Source interface {
	// Pages is how many pages there are, at least 1. It does not wait.
	Pages() int
	// PageSize is a page's size in points, both above 0. It does not wait.
	PageSize(page int) (width, height float32)
	// Picture is the whole page drawn that many pixels wide: PictureSmall or PictureLarge. A very tall page may come smaller.
	Picture(ctx context.Context, page, width int) (*image.RGBA, error)
	// Tile is the part in column x and row y, from 0, of a grid of TileSide pixels over the page drawn TilesLarge or
	// TilesLargest pixels wide, or what Finest says. Tiles at the right and lower edge are smaller. What comes together with an
	// error stands in for the tile, which cannot be had now: it is shown, and not kept.
	Tile(ctx context.Context, page, width, x, y int) (*image.RGBA, error)
}

// Finer is a Source that has finer tiles for some pages.
type Finer interface {
	// Finest is the widest page in pixels of which it has tiles: TilesLargest, or a double of it. It does not wait. It may become
	// less, when a tile was refused: the page is then painted from what there is.
	Finest(page int) int
}

// PagePart is a part of a page in points from its upper left corner. Parts can reach beyond the page's edges.
type PagePart struct{ X, Y, W, H float32 }

// FitMode says how large a page is shown.
type FitMode int

// The modes. Free is what zooming leaves behind.
const (
	FitPage  FitMode = iota // the whole page
	FitWidth                // as wide as there is room, to be scrolled
	FitFree
)
