package controller

import (
	"context"
	"image"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Document gives the pages of one version of a document, from the device
// where they are, else from the server. It is what a page view reads from.
type Document struct {
	hash string
	info protocol.DocumentInfo
}

// Document gives a document's pages. It returns nil while the sizes of the
// pages are not known here yet: they are fetched then, and Subscribe tells
// when they came or failed; code says why they are not to be had ("" while
// being fetched). Asking again after a failure tries again.
func (c *Controller) Document(id string, item meeting.ItemID, hash string) (d *Document, code string) {
	return nil, session.CodeNetwork
}

// Hash names the content: the SHA-256 of the PDF.
func (d *Document) Hash() string { return d.hash }

// Pages is how many pages there are, at least 1.
func (d *Document) Pages() int { return d.info.Pages }

// PageSize is a page's size in points; A4 for a page that is not there.
func (d *Document) PageSize(page int) (width, height float32) {
	if page < 1 || page > len(d.info.Sizes) {
		return 595, 842
	}
	s := d.info.Sizes[page-1]
	return float32(s[0]), float32(s[1])
}

// Outline is the document's own table of contents, nil where it has none.
func (d *Document) Outline() []protocol.OutlineEntry { return d.info.Outline }

// Picture is the whole page drawn that many pixels wide: 200, 800 or 1600.
// The picture is shared: nobody may write into it. Code tells what an error
// means.
func (d *Document) Picture(ctx context.Context, page, width int) (*image.RGBA, error) {
	return nil, &session.Problem{Code: session.CodeNotKept}
}

// Tile is the part in column x and row y, from 0, of a grid of 512 pixels
// over the page drawn 3200 or 6400 pixels wide.
func (d *Document) Tile(ctx context.Context, page, width, x, y int) (*image.RGBA, error) {
	return nil, &session.Problem{Code: session.CodeNotKept}
}

// Text is a page's words with their places.
func (d *Document) Text(ctx context.Context, page int) (Text, error) {
	return Text{}, &session.Problem{Code: session.CodeNotKept}
}
