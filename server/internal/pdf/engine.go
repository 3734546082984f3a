package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerr "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"phonghop/server/internal/document"
)

// engine is pdfium in this process with at most one file open. It serves one
// call at a time. It runs in worker processes only.
type engine struct {
	set    settings
	arena  arena
	pdfium pdfium.Pool
	open   *openFile
}

// openFile is a file that pdfium has open, with the instance made for it: an
// instance never gives memory back, so none serves two files.
type openFile struct {
	path   string
	stat   os.FileInfo
	file   *os.File
	lib    pdfium.Pdfium
	doc    references.FPDF_DOCUMENT
	pages  int
	worths map[int]int // by page; see worth
}

// newEngine compiles pdfium, or takes it from the cache: 2 s against 60 ms.
func newEngine(ctx context.Context, set settings) (*engine, error) {
	e := &engine{set: set, arena: arena{limit: uint64(set.Memory)}}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling)
	// WithMemoryLimitPages would refuse before the arena is asked and notes it:
	// the arena is the limit.
	if set.CacheDir != "" {
		cache, err := wazero.NewCompilationCacheWithDir(set.CacheDir)
		if err != nil {
			return nil, fmt.Errorf("compilation cache: %w", err)
		}
		config = config.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context:       e.arena.context(ctx),
		MaxTotal:      1,
		FSConfig:      wazero.NewFSConfig(), // nothing of the host
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("pdfium: %w", err)
	}
	e.pdfium = pool
	return e, nil
}

// use makes the request's file the open one.
func (e *engine) use(path string) (*openFile, error) {
	stat, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if o := e.open; o != nil {
		if o.path == path && o.stat.Size() == stat.Size() && o.stat.ModTime().Equal(stat.ModTime()) {
			return o, nil
		}
		e.close()
	}
	if err := sniff(path, stat); err != nil {
		return nil, err
	}
	o, err := e.load(path, stat)
	if err != nil {
		return nil, e.explain(err)
	}
	e.open = o
	if o.pages, err = o.countPages(); err != nil {
		return nil, e.explain(err)
	}
	switch {
	case o.pages == 0:
		e.close()
		return nil, document.Refuse(document.CodeEmpty, "the document has no pages")
	case o.pages > e.set.MaxPages:
		e.close()
		return nil, document.Refuse(document.CodeTooManyPages, "%d pages; at most %d are allowed", o.pages, e.set.MaxPages)
	}
	return o, nil
}

// sniff tells files that are no PDF from broken ones. Like every reader,
// pdfium accepts up to 1,024 bytes in front of the header.
func sniff(path string, stat os.FileInfo) error {
	if !stat.Mode().IsRegular() {
		return fmt.Errorf("%w: not a regular file", fs.ErrInvalid)
	}
	if stat.Size() == 0 {
		return document.Refuse(document.CodeEmpty, "the file has no bytes")
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	head, err := io.ReadAll(io.LimitReader(f, 1024+5))
	if err != nil {
		return err
	}
	if !strings.Contains(string(head), "%PDF-") {
		return document.Refuse(document.CodeNotPDF, "no PDF header in the first 1,024 bytes")
	}
	return nil
}

func (e *engine) load(path string, stat os.FileInfo) (_ *openFile, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	o := &openFile{path: path, stat: stat, file: f}
	defer func() {
		if err != nil {
			o.close()
		}
	}()
	e.arena.refused = false
	if o.lib, err = e.pdfium.GetInstance(30 * time.Second); err != nil {
		return nil, fmt.Errorf("pdfium instance: %w", err)
	}
	doc, err := o.lib.FPDF_LoadCustomDocument(&requests.FPDF_LoadCustomDocument{
		Reader: newBlocks(f, stat.Size()), Size: stat.Size(),
	})
	if err != nil {
		return nil, err
	}
	o.doc = doc.Document
	return o, nil
}

func (o *openFile) countPages() (int, error) {
	n, err := o.lib.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: o.doc})
	if err != nil {
		return 0, err
	}
	return n.PageCount, nil
}

// close gives everything back. Errors are of no interest: the instance and
// its memory are gone either way.
func (o *openFile) close() {
	if o.lib != nil {
		_ = o.lib.Close()
	}
	_ = o.file.Close()
}

func (e *engine) close() {
	if e.open == nil {
		return
	}
	e.open.close()
	e.open = nil
	debug.FreeOSMemory()
}

// call runs one operation on a file and makes sure that an instance that
// trapped, or had to do without memory, is not used again.
func (e *engine) call(path string, do func(*openFile) error) error {
	o, err := e.use(path)
	if err != nil {
		return err
	}
	e.arena.refused = false
	err = do(o)
	if err == nil && !e.arena.refused {
		return nil
	}
	return e.explain(err)
}

// explain turns pdfium's errors into refusals. A trap leaves the instance in
// an unknown state: it is closed.
func (e *engine) explain(err error) error {
	refused := e.arena.refused
	if refused || trapped(err) {
		e.close()
	}
	var refusal *document.Refusal
	switch {
	case refused:
		return document.Refuse(document.CodeMemory, "needs more than %d MiB", e.set.Memory>>20)
	case errors.As(err, &refusal), errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return err
	case errors.Is(err, pdfiumerr.ErrPassword), errors.Is(err, pdfiumerr.ErrSecurity):
		return document.Refuse(document.CodeEncrypted, "%v", err)
	default:
		return document.Refuse(document.CodeBroken, "%v", firstLine(err))
	}
}

// trapped says whether an error left the WebAssembly instance unusable.
// wazero has no type for traps; the text is all there is.
func trapped(err error) bool {
	if err == nil {
		return false
	}
	s := err.Error()
	return strings.Contains(s, "wasm error") || strings.Contains(s, "panic occurred") || strings.Contains(s, "module closed")
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}

// page checks a 1-based page number and returns how pdfium names the page.
func (o *openFile) page(number int) (requests.Page, error) {
	if number < 1 || number > o.pages {
		return requests.Page{}, document.Refuse(document.CodeNoSuchPage, "page %d of %d", number, o.pages)
	}
	return requests.Page{ByIndex: &requests.PageByIndex{Document: o.doc, Index: number - 1}}, nil
}

// size returns a page's size as displayed, within the bounds of a document.
func (o *openFile) size(number int) (document.Size, error) {
	got, err := o.lib.FPDF_GetPageSizeByIndex(&requests.FPDF_GetPageSizeByIndex{Document: o.doc, Index: number - 1})
	if err != nil {
		return document.Size{}, err
	}
	return document.Size{W: side(got.Width), H: side(got.Height)}, nil
}

func side(v float64) float32 {
	if !(v > document.MinSidePoints) { // also what is not a number
		return document.MinSidePoints
	}
	return float32(min(v, document.MaxSidePoints))
}
