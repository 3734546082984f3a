package pdf

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

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

// write serves opWrite. What pdfium holds of a file makes room first.
func (e *engine) write(req request) (err error) {
	e.close()
	defer debug.FreeOSMemory()
	in, err := os.Open(req.File)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // only read
	f, err := os.OpenFile(req.Out, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	if err := export.Annotate(in, w, req.Strokes); err != nil {
		if errors.Is(err, export.ErrFile) {
			return document.Refuse(document.CodeNoExport, "%v", firstLine(err))
		}
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write the annotated file: %w", err)
	}
	return nil
}
