package pdf

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"

	"phonghop/server/internal/document"
)

// WorkerMain is the whole life of a worker process: it serves the requests
// that arrive on the standard input and ends when the input does. It returns
// the process's exit status.
func WorkerMain() int {
	in, out := os.Stdin, os.Stdout
	os.Stdout = os.Stderr // nothing else may write between the frames
	yieldToOthers()
	if err := serve(context.Background(), bufio.NewReader(in), out); err != nil {
		fmt.Fprintln(os.Stderr, "pdf worker:", err)
		return 1
	}
	return 0
}

// serve answers requests until r ends.
func serve(ctx context.Context, r io.Reader, w io.Writer) error {
	var set settings
	if _, err := readFrame(r, &set); err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	// pdfium's memory is not the collector's; what is left are pictures.
	debug.SetMemoryLimit(set.Memory)
	e, err := newEngine(ctx, set)
	if err != nil {
		return err
	}
	defer e.close()
	debug.FreeOSMemory() // compiling took 300 MB
	if err := writeFrame(w, response{Ready: true}, nil); err != nil {
		return err
	}
	for {
		var req request
		if _, err := readFrame(r, &req); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		res, body := e.answer(req)
		if err := writeFrame(w, res, body); err != nil {
			return err
		}
	}
}

func (e *engine) answer(req request) (response, []byte) {
	var res response
	var body []byte
	var err error
	switch req.Op {
	case opInspect:
		res.Info, err = e.inspect(req.File)
	case opWrite:
		err = e.write(req)
	case opTurn:
		err = e.turn(req)
	case opText:
		res.Text, err = e.text(req.File, req.Page)
	case opDraw:
		var p document.Picture
		if p, err = e.draw(req.File, req.Page, req.Width, req.Tile); err == nil {
			res.Picture = &pictureHeader{ContentType: p.ContentType, Width: p.Width, Height: p.Height}
			body = p.Data
		}
	default:
		err = fmt.Errorf("unknown operation %q", req.Op)
	}
	var refusal *document.Refusal
	switch {
	case errors.As(err, &refusal):
		return response{Code: refusal.Code, Detail: refusal.Detail}, nil
	case err != nil:
		return response{Failure: err.Error()}, nil
	}
	return res, body
}
