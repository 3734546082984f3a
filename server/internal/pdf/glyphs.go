package pdf

import (
	"math"

	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"

	"phonghop/server/internal/document"
	forms "phonghop/shared/text"
)

// maxChars bounds the characters of a page that are looked at.
const maxChars = 2 * document.MaxRunesPerPage

// text reads the words of a page with their boxes.
func (e *engine) text(path string, number int) (*document.Text, error) {
	var text document.Text
	err := e.call(path, func(o *openFile) error {
		page, err := o.page(number)
		if err != nil {
			return err
		}
		frame, err := o.frame(page)
		if err != nil {
			return err
		}
		loaded, err := o.lib.FPDFText_LoadPage(&requests.FPDFText_LoadPage{Page: page})
		if err != nil {
			return err
		}
		var cut bool
		text, cut, err = o.lines(loaded.TextPage, frame)
		text.Cut = text.Cut || cut
		if _, gone := o.lib.FPDFText_ClosePage(&requests.FPDFText_ClosePage{TextPage: loaded.TextPage}); err == nil {
			err = gone
		}
		if err != nil {
			return err
		}
		text.Links, err = o.links(page, frame)
		return err
	})
	if err != nil {
		return nil, err
	}
	return &text, nil
}

// lines reads the lines of a page. One on which hardly a character means
// anything has none: it is as a scan is.
func (o *openFile) lines(page references.FPDF_TEXTPAGE, f frame) (document.Text, bool, error) {
	glyphs, cut, err := o.glyphs(page, f)
	if err != nil {
		return document.Text{}, false, err
	}
	text, samples := layOut(glyphs)
	if !forms.Legible(text.String()) {
		return document.Text{}, cut, nil
	}
	return text, cut, o.fonts(page, text.Lines, samples)
}

// frame turns a page's own coordinates (origin at the bottom left, before its
// rotation) into those of the page as displayed.
type frame struct {
	left, bottom, right, top float64
	quarter                  int // the page's rotation in quarter turns, clockwise
}

func (o *openFile) frame(page requests.Page) (frame, error) {
	box, err := o.lib.FPDF_GetPageBoundingBox(&requests.FPDF_GetPageBoundingBox{Page: page})
	if err != nil {
		return frame{}, err
	}
	rotation, err := o.lib.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page})
	if err != nil {
		return frame{}, err
	}
	r := box.Rect
	return frame{
		left: float64(r.Left), bottom: float64(r.Bottom), right: float64(r.Right), top: float64(r.Top),
		quarter: int(rotation.PageRotation) & 3,
	}, nil
}

// rect is a rectangle by its edges; y grows downwards.
type rect struct{ x0, y0, x1, y1 float64 }

func (f frame) point(x, y float64) (float64, float64) {
	switch f.quarter {
	case 1:
		return y - f.bottom, x - f.left
	case 2:
		return f.right - x, y - f.bottom
	case 3:
		return f.top - y, f.right - x
	}
	return x - f.left, f.top - y
}

func (f frame) rect(left, bottom, right, top float64) rect {
	x0, y0 := f.point(left, bottom)
	x1, y1 := f.point(right, top)
	return rect{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
}

// direction is where a reader's eye moves along a line, in quarter turns
// clockwise from "to the right", on the page as displayed.
func (f frame) direction(angle float64) int {
	quarters := int(math.Round(angle / (math.Pi / 2)))
	return ((quarters+f.quarter)%4 + 4) % 4
}

// glyph is a character of a page as displayed.
type glyph struct {
	char      rune
	box       rect
	direction int
	index     int // by which pdfium names it
	// spaced says that a space stands in front of the glyph in the file;
	// hinted that pdfium believes there should be one.
	spaced, hinted bool
}

// glyphs reads the characters of a page. pdfium also invents characters
// (spaces and line ends); they are no more than a hint, because it breaks
// lines within words where a file places characters one by one.
func (o *openFile) glyphs(page references.FPDF_TEXTPAGE, f frame) (glyphs []glyph, cut bool, err error) {
	count, err := o.lib.FPDFText_CountChars(&requests.FPDFText_CountChars{TextPage: page})
	if err != nil {
		return nil, false, err
	}
	n := min(max(count.Count, 0), maxChars)
	glyphs = make([]glyph, 0, n)
	var spaced, hinted bool
	var high rune // the first half of a surrogate pair
	for i := range n {
		code, err := o.lib.FPDFText_GetUnicode(&requests.FPDFText_GetUnicode{TextPage: page, Index: i})
		if err != nil {
			return nil, false, err
		}
		invented, err := o.lib.FPDFText_IsGenerated(&requests.FPDFText_IsGenerated{TextPage: page, Index: i})
		if err != nil {
			return nil, false, err
		}
		kind, char := classify(rune(code.Unicode), &high)
		switch {
		case kind == isSpace && invented.IsGenerated:
			hinted = true
		case kind == isSpace:
			spaced = true
		case kind == isGlyph && !invented.IsGenerated:
			g, err := o.glyph(page, i, f)
			if err != nil {
				return nil, false, err
			}
			g.index, g.char, g.spaced, g.hinted = i, char, spaced, hinted
			glyphs = append(glyphs, g)
			spaced, hinted = false, false
		}
	}
	return glyphs, count.Count > n, nil
}

func (o *openFile) glyph(page references.FPDF_TEXTPAGE, i int, f frame) (glyph, error) {
	angle, err := o.lib.FPDFText_GetCharAngle(&requests.FPDFText_GetCharAngle{TextPage: page, Index: i})
	if trapped(err) {
		return glyph{}, err
	}
	var g glyph
	if err == nil {
		g.direction = f.direction(float64(angle.CharAngle))
	}
	loose, err := o.lib.FPDFText_GetLooseCharBox(&requests.FPDFText_GetLooseCharBox{TextPage: page, Index: i})
	if trapped(err) {
		return glyph{}, err
	}
	if err == nil {
		r := loose.Rect
		g.box = f.rect(float64(r.Left), float64(r.Bottom), float64(r.Right), float64(r.Top))
		if g.box.x1 > g.box.x0 && g.box.y1 > g.box.y0 {
			return g, nil
		}
	}
	// A font without metrics: the ink itself is all there is.
	ink, err := o.lib.FPDFText_GetCharBox(&requests.FPDFText_GetCharBox{TextPage: page, Index: i})
	if trapped(err) {
		return glyph{}, err
	}
	if err == nil {
		g.box = f.rect(ink.Left, ink.Bottom, ink.Right, ink.Top)
	}
	return g, nil
}
