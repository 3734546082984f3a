package pdf

import (
	"math"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"phonghop/server/internal/document"
	"phonghop/shared/protocol"
)

const (
	// maxPieces is how many objects of a page are looked at to find out that
	// it is a scan: one picture or some strips, and words that nobody sees.
	maxPieces = 2_000
	// enlarged is how much larger than itself a picture is still drawn.
	enlarged = 2
)

// worth returns the width in pixels above which no more is seen of a page: of
// one that is made of pictures alone, twice their own pixels, else MaxWidth.
// It is never less than protocol.TileWidthXL.
func (o *openFile) worth(number int, size document.Size) (int, error) {
	if w, ok := o.worths[number]; ok {
		return w, nil
	}
	finest, err := o.finestPicture(number)
	if err != nil {
		return 0, err
	}
	w := MaxWidth
	if finest > 0 {
		w = int(min(max(math.Ceil(enlarged*finest*float64(size.W)), protocol.TileWidthXL), MaxWidth))
	}
	if o.worths == nil {
		o.worths = map[int]int{}
	}
	o.worths[number] = w
	return w, nil
}

// finestPicture returns the most pixels a point that a picture of a page has,
// 0 where there is something else to see.
func (o *openFile) finestPicture(number int) (float64, error) {
	page, err := o.page(number)
	if err != nil {
		return 0, err
	}
	notes, err := o.lib.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: page})
	if err != nil || notes.Count > 0 {
		return 0, err
	}
	objects, err := o.lib.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: page})
	if err != nil || objects.Count > maxPieces {
		return 0, err
	}
	finest := 0.0
	for i := range objects.Count {
		got, err := o.lib.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: page, Index: i})
		if err != nil {
			return 0, err
		}
		density, other, err := o.pictureDensity(got.PageObject)
		if err != nil || other {
			return 0, err
		}
		finest = max(finest, density)
	}
	return finest, nil
}

// pictureDensity returns a picture's own pixels a point, 0 for words that
// nobody sees; other is everything else.
func (o *openFile) pictureDensity(object references.FPDF_PAGEOBJECT) (density float64, other bool, err error) {
	kind, err := o.lib.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object})
	if err != nil {
		return 0, false, err
	}
	switch kind.Type {
	case enums.FPDF_PAGEOBJ_TEXT:
		mode, err := o.lib.FPDFTextObj_GetTextRenderMode(&requests.FPDFTextObj_GetTextRenderMode{PageObject: object})
		return 0, err != nil || mode.TextRenderMode != enums.FPDF_TEXTRENDERMODE_INVISIBLE, err
	case enums.FPDF_PAGEOBJ_IMAGE:
	default:
		return 0, true, nil
	}
	pixels, err := o.lib.FPDFImageObj_GetImagePixelSize(&requests.FPDFImageObj_GetImagePixelSize{ImageObject: object})
	if err != nil {
		return 0, true, nil //nolint:nilerr // a picture that tells nothing bounds nothing
	}
	got, err := o.lib.FPDFPageObj_GetMatrix(&requests.FPDFPageObj_GetMatrix{PageObject: object})
	if err != nil {
		return 0, true, nil //nolint:nilerr // the same
	}
	m := got.Matrix
	wide, high := math.Hypot(float64(m.A), float64(m.B)), math.Hypot(float64(m.C), float64(m.D))
	if !(wide > 0 && high > 0) {
		return 0, true, nil
	}
	return max(float64(pixels.Width)/wide, float64(pixels.Height)/high), false, nil
}
