package controller

import (
	"context"
	"image"
	"slices"
	"strings"

	"phonghop/client/internal/session"
	"phonghop/shared/protocol"
)

// Tile is the part in column x and row y, from 0, of a grid of 512 pixels
// over the page drawn 3200 pixels wide, or a double of it up to Finest. A
// picture together with an error stands in for the tile: it is made of what
// the device has of the page.
func (d *Document) Tile(ctx context.Context, page, width, x, y int) (*image.RGBA, error) {
	data, err := d.session.Tile(ctx, d.ref, page, width, x, y)
	if err == nil {
		img, bad := decode(data)
		if bad == nil {
			return img, nil
		}
		d.session.DropTile(d.ref, page, width, x, y)
		err = &session.Problem{Code: session.CodeBadAnswer, What: "tile", Err: bad}
	}
	if ctx.Err() != nil {
		return nil, err
	}
	if tooFine(err) && width > protocol.TileWidthXL {
		d.refused(page, width)
		return nil, err
	}
	img, _ := d.standIn(page, width, x, y)
	return img, err
}

// tooFine reports whether a tile was refused in a way in which a coarser one
// may not be: by a server that does not know so fine ones, for a page that has
// nothing to show in them, or because drawing it took too much.
func tooFine(err error) bool {
	code := session.CodeOf(err)
	return code == protocol.CodeInvalid || strings.HasPrefix(code, "pdf_") && code != "pdf_no_such_page"
}

// Finest is the widest page in pixels of which there are tiles. It becomes
// less where finer ones were refused.
func (d *Document) Finest(page int) int {
	w, h := d.PageSize(page)
	finest := protocol.FinestTiles(float64(w), float64(h))
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, ok := d.finest[page]; ok {
		finest = min(finest, known)
	}
	return finest
}

// refused notes that a page has no tiles so fine.
func (d *Document) refused(page, width int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.finest == nil {
		d.finest = map[int]int{}
	}
	coarser := protocol.TileWidths[max(slices.Index(protocol.TileWidths, width)-1, 0)]
	if known, ok := d.finest[page]; !ok || coarser < known {
		d.finest[page] = coarser
	}
}

// standIn makes a tile of what is on the device: a coarser tile, else a
// picture of the whole page.
func (d *Document) standIn(page, width, x, y int) (*image.RGBA, bool) {
	for n := 1; width>>n >= protocol.TileWidth; n++ {
		data, ok := d.session.KeptTile(d.ref, page, width>>n, x>>n, y>>n)
		if !ok {
			continue
		}
		img, err := decode(data)
		if err != nil {
			d.session.DropTile(d.ref, page, width>>n, x>>n, y>>n)
			continue
		}
		if tile, ok := enlargePart(img, n, x, y, d.tileBounds(page, width, x, y)); ok {
			return tile, true
		}
	}
	img, ok := d.kept(page, 0)
	if !ok {
		return nil, false
	}
	return enlarge(img, width, x, y)
}

// tileBounds is a tile's place on the page drawn so wide.
func (d *Document) tileBounds(page, width, x, y int) image.Rectangle {
	w, h := d.PageSize(page)
	height := max(int(float64(width)*float64(h)/float64(w)+0.5), 1)
	r := image.Rect(0, 0, protocol.TileSize, protocol.TileSize).Add(image.Pt(x, y).Mul(protocol.TileSize))
	return r.Intersect(image.Rect(0, 0, width, height))
}
