package document_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"phonghop/server/internal/blob"
	"phonghop/server/internal/document"
	"phonghop/server/internal/pdf"
)

var compiled string // pdfium's compiled code, for all tests of one run

func TestMain(m *testing.M) {
	if pdf.IsWorker(os.Args) {
		os.Exit(pdf.WorkerMain())
	}
	dir, err := os.MkdirTemp("", "document-test")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	compiled = filepath.Join(dir, "wasm")
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// newReal makes a service that draws with pdfium.
func newReal(t testing.TB) *document.Service {
	t.Helper()
	blobs, err := blob.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	pool, err := pdf.NewPool(pdf.Config{CacheDir: compiled, StartTimeout: 15 * time.Minute}) // the race detector compiles slowly
	if err != nil {
		t.Fatal(err)
	}
	s, err := document.New(document.Config{Store: document.NewMemoryStore(), Blobs: blobs, Renderer: pool, CacheDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if err := pool.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// report makes a document of many pages of writing.
func report(t testing.TB, pages int) []byte {
	t.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetFont("Times", "", 13)
	for n := 1; n <= pages; n++ {
		doc.AddPage()
		for line := range 40 {
			doc.CellFormat(0, 6, fmt.Sprintf("Page %d line %d: revenue and expenditure of the year, by sector and by ward.", n, line), "", 1, "L", false, 0, "")
		}
	}
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestRealDocument(t *testing.T) {
	t.Parallel()
	s := newReal(t)
	doc, err := s.Upload(t.Context(), "report.pdf", bytes.NewReader(report(t, 12)))
	if err != nil {
		t.Fatal(err)
	}
	if doc.Info.Pages() != 12 {
		t.Fatalf("%d pages", doc.Info.Pages())
	}
	for _, width := range document.Widths {
		page, err := s.Page(t.Context(), doc.Hash, 12, width)
		if err != nil {
			t.Fatal(err)
		}
		if page.Width != width || page.ContentType != "image/png" {
			t.Errorf("%d px wide, %s", page.Width, page.ContentType)
		}
	}
	for _, width := range document.TileWidths {
		w, h := document.Grid(doc.Info.Sizes[0], width)
		for _, at := range [][2]int{{0, 0}, {(w - 1) / document.TileSize, (h - 1) / document.TileSize}} {
			if _, err := s.Tile(t.Context(), doc.Hash, 1, width, at[0], at[1]); err != nil {
				t.Errorf("tile %v at %d: %v", at, width, err)
			}
		}
	}
	if err := s.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	text, err := s.Text(t.Context(), doc.Hash, 7)
	if err != nil || !strings.HasPrefix(text.String(), "Page 7 line 0: revenue and expenditure") {
		t.Errorf("text %.80q, %v", text.String(), err)
	}
}

func TestRealRefusal(t *testing.T) {
	t.Parallel()
	s := newReal(t)
	_, err := s.Upload(t.Context(), "picture.pdf", strings.NewReader("\x89PNG\r\n\x1a\n"))
	if !errors.Is(err, &document.Refusal{Code: document.CodeNotPDF}) {
		t.Errorf("got %v", err)
	}
}

// BenchmarkUploadToFirstPicture is the time from the first byte of a file of
// 300 pages to its first page's picture at 800 px, the file being new.
func BenchmarkUploadToFirstPicture(b *testing.B) {
	s, file := newReal(b), report(b, 300)
	if _, err := s.Upload(b.Context(), "warm.pdf", bytes.NewReader(report(b, 1))); err != nil {
		b.Fatal(err)
	}
	if err := s.Settled(b.Context()); err != nil {
		b.Fatal(err)
	}
	var put time.Duration
	i := 0
	for b.Loop() {
		i++
		fresh := append(bytes.Clone(file), fmt.Sprintf("%%%d\n", i)...)
		started := time.Now()
		doc, err := s.Upload(b.Context(), "report.pdf", bytes.NewReader(fresh))
		if err != nil {
			b.Fatal(err)
		}
		put += time.Since(started)
		if _, err := s.Page(b.Context(), doc.Hash, 1, document.WidthSmall); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Delete(b.Context(), doc.Hash); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
	b.ReportMetric(float64(put.Milliseconds())/float64(b.N), "ms-upload")
}

// BenchmarkReadAhead is the work in the background on a file of 300 pages:
// all of it drawn at 800 px and read.
func BenchmarkReadAhead(b *testing.B) {
	s, file := newReal(b), report(b, 300)
	i := 0
	for b.Loop() {
		i++
		if _, err := s.Upload(b.Context(), "report.pdf", bytes.NewReader(append(bytes.Clone(file), fmt.Sprintf("%%%d\n", i)...))); err != nil {
			b.Fatal(err)
		}
		if err := s.Settled(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCachedPage is a picture that was drawn before.
func BenchmarkCachedPage(b *testing.B) {
	s := newReal(b)
	doc, err := s.Upload(b.Context(), "report.pdf", bytes.NewReader(report(b, 1)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := s.Page(b.Context(), doc.Hash, 1, document.WidthLarge); err != nil {
			b.Fatal(err)
		}
	}
}
