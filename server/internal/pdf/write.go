package pdf

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/klippa-app/go-pdfium/requests"

	"phonghop/server/internal/document"
	"phonghop/server/internal/export"
)

// Annotate writes the file anew, with strokes as annotations, to out, which
// it makes or overwrites. The error is a *document.Refusal with CodeNoExport
// when this file cannot be written anew; nothing of use is in out then.
func (p *Pool) Annotate(ctx context.Context, file, out string, strokes []export.Stroke) error {
	out, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	_, _, err = p.call(ctx, request{Op: opWrite, File: file, Out: out, Strokes: strokes})
	return err
}

// write serves opWrite. A file that is too damaged to be written anew as it is
// is first put together again from the pages that pdfium sees in it; it loses
// its outline then.
func (e *engine) write(req request) error {
	e.close() // what pdfium holds of a file makes room
	defer debug.FreeOSMemory()
	err := annotate(req.File, req.Out, req.Strokes)
	if !errors.Is(err, export.ErrFile) {
		return err
	}
	whole := req.Out + ".pages"
	defer func() { _ = os.Remove(whole) }() // the folder goes, too
	if rebuilt := e.rebuild(req.File, whole); rebuilt == nil {
		err = annotate(whole, req.Out, req.Strokes)
	}
	if errors.Is(err, export.ErrFile) {
		return document.Refuse(document.CodeNoExport, "%v", firstLine(err))
	}
	return err
}

func annotate(file, out string, strokes []export.Stroke) (err error) {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	return toFile(out, func(w io.Writer) error { return export.Annotate(in, w, strokes) })
}

func toFile(path string, fill func(io.Writer) error) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	if err := fill(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the annotated file: %w", err)
	}
	return nil
}

// rebuild writes the pages of a file into a new one.
func (e *engine) rebuild(file, out string) error {
	return e.call(file, func(o *openFile) error {
		made, err := o.lib.FPDF_CreateNewDocument(&requests.FPDF_CreateNewDocument{})
		if err != nil {
			return err
		}
		_, err = o.lib.FPDF_ImportPages(&requests.FPDF_ImportPages{Source: o.doc, Destination: made.Document})
		if err != nil {
			return err
		}
		return toFile(out, func(w io.Writer) error {
			_, err := o.lib.FPDF_SaveAsCopy(&requests.FPDF_SaveAsCopy{Document: made.Document, FileWriter: w})
			return err
		})
	})
}
