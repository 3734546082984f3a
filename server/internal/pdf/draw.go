package pdf

import (
	"fmt"
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"phonghop/server/internal/document"
)

// Bounds on pictures. A page of 1,600 px is 3.6 million pixels in A4; the
// bound on a whole page leaves room for tall ones. Taller pages are drawn
// smaller than asked for, never distorted.
const (
	MinWidth    = 16     // px of the whole page
	MaxWidth    = 25_600 // px of the whole page
	MaxTileSide = 2_048  // px
	maxPixels   = 24_000_000
	maxSide     = 32_000 // px of a whole page's picture; JPEG ends at 65,535
	// pdfium shifts a glyph that begins left of or above the picture by a pixel;
	// tiles are drawn with a margin that is cut off again, so that letters match
	// across their edges.
	tileMargin = 64 // px
)

// fit returns the size of a picture of the whole page: the grid's, or smaller
// where that would be too many pixels.
func fit(size document.Size, width int) (w, h int) {
	w, h = document.Grid(size, width)
	shrink := min(1, math.Sqrt(maxPixels/(float64(w)*float64(h))), maxSide/float64(h))
	if shrink < 1 {
		w = max(1, int(float64(w)*shrink))
		h = max(1, int(float64(h)*shrink))
	}
	return w, h
}

// draw draws a page, or the tile of it, on white.
func (e *engine) draw(path string, page, width int, tile document.Rect) (document.Picture, error) {
	var picture document.Picture
	err := e.call(path, func(o *openFile) error {
		view, err := o.view(page, width, tile)
		if err != nil {
			return err
		}
		picture, err = o.render(view)
		return err
	})
	return picture, err
}

// view is what to draw: the page scaled to pageW x pageH, and of it the
// rectangle that becomes the picture.
type view struct {
	page         requests.Page
	pageW, pageH int
	rect         document.Rect
}

func (o *openFile) view(number, width int, tile document.Rect) (view, error) {
	page, err := o.page(number)
	if err != nil {
		return view{}, err
	}
	if width < MinWidth || width > MaxWidth {
		return view{}, document.Refuse(document.CodeBadRequest, "width %d is not within %d..%d", width, MinWidth, MaxWidth)
	}
	size, err := o.size(number)
	if err != nil {
		return view{}, err
	}
	if tile == (document.Rect{}) {
		w, h := fit(size, width)
		return view{page: page, pageW: w, pageH: h, rect: document.Rect{W: w, H: h}}, nil
	}
	if most, err := o.worth(number, size); err != nil {
		return view{}, err
	} else if width > most {
		return view{}, document.Refuse(document.CodeBadRequest, "width %d: the pictures of this page are worth %d", width, most)
	}
	w, h := document.Grid(size, width)
	if tile.Empty() || tile.X < 0 || tile.Y < 0 || tile.W > MaxTileSide || tile.H > MaxTileSide ||
		tile.X > w-tile.W || tile.Y > h-tile.H {
		return view{}, document.Refuse(document.CodeBadRequest, "tile %+v is not within a page of %dx%d px", tile, w, h)
	}
	return view{page: page, pageW: w, pageH: h, rect: tile}, nil
}

func (o *openFile) render(v view) (document.Picture, error) {
	left, top := min(tileMargin, v.rect.X), min(tileMargin, v.rect.Y)
	w, h := v.rect.W+left, v.rect.H+top
	made, err := o.lib.FPDFBitmap_Create(&requests.FPDFBitmap_Create{Width: w, Height: h})
	if err != nil {
		return document.Picture{}, err
	}
	var picture document.Picture
	pix, err := o.paint(v, made.Bitmap, left, top)
	if err == nil && len(pix) < 4*w*h {
		err = fmt.Errorf("%d bytes of pixels for %dx%d", len(pix), w, h)
	}
	if err == nil {
		// pix is pdfium's own memory: it is gone with the bitmap.
		picture, err = encode(pixels{pix: pix[4*(top*w+left):], stride: 4 * w, w: v.rect.W, h: v.rect.H})
	}
	if _, gone := o.lib.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: made.Bitmap}); err == nil {
		err = gone
	}
	return picture, err
}

// paint draws a view, with margins to its left and above it, and returns
// pdfium's pixels.
func (o *openFile) paint(v view, bitmap references.FPDF_BITMAP, left, top int) ([]byte, error) {
	_, err := o.lib.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{
		Bitmap: bitmap, Width: v.rect.W + left, Height: v.rect.H + top, Color: 0xFFFFFFFF,
	})
	if err != nil {
		return nil, err
	}
	_, err = o.lib.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{
		Bitmap: bitmap, Page: v.page,
		StartX: left - v.rect.X, StartY: top - v.rect.Y, SizeX: v.pageW, SizeY: v.pageH,
		Flags: enums.FPDF_RENDER_FLAG_ANNOT | enums.FPDF_RENDER_FLAG_REVERSE_BYTE_ORDER,
	})
	if err != nil {
		return nil, err
	}
	buffer, err := o.lib.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: bitmap})
	if err != nil {
		return nil, err
	}
	return buffer.Buffer, nil
}
