package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime/debug"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"

	"phonghop/server/internal/document"
)

// Turn writes the file anew, with pages (from 1; none means all) turned
// clockwise by a multiple of 90 degrees, to out, which it makes or overwrites.
// What draws the pages turns them, so that every file that is shown can be
// turned; how a page is turned is written at the page, its content stays as it
// is. The error is a *document.Refusal when this file cannot be written anew.
func (p *Pool) Turn(ctx context.Context, file, out string, pages []int, degrees int) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	_, _, err = p.call(ctx, request{Op: opTurn, File: file, Out: out, Pages: pages, Degrees: degrees})
	return err
}

// turn serves opTurn.
func (e *engine) turn(req request) error {
	defer debug.FreeOSMemory()
	defer e.close() // its pages are turned in memory, too
	err := e.call(req.File, func(o *openFile) error {
		pages := req.Pages
		if len(pages) == 0 {
			for n := range o.pages {
				pages = append(pages, n+1)
			}
		}
		for _, n := range pages {
			if err := o.turnPage(n, req.Degrees); err != nil {
				return err
			}
		}
		return toFile(req.Out, func(w io.Writer) error {
			_, err := o.lib.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: o.doc, FileWriter: w})
			return err
		})
	})
	var refusal *document.Refusal
	if err != nil && !errors.As(err, &refusal) {
		return fmt.Errorf("turn pages: %w", err)
	}
	return err
}

func (o *openFile) turnPage(number, degrees int) error {
	page, err := o.page(number)
	if err != nil {
		return err
	}
	got, err := o.lib.FPDFPage_GetRotation(&requests.FPDFPage_GetRotation{Page: page})
	if err != nil {
		return err
	}
	quarters := ((int(got.PageRotation)+degrees/90)%4 + 4) % 4
	_, err = o.lib.FPDFPage_SetRotation(&requests.FPDFPage_SetRotation{Page: page, Rotate: enums.FPDF_PAGE_ROTATION(quarters)})
	return err
}
