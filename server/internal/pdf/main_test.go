package pdf

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

// cacheDir keeps pdfium's compiled code for all tests of one run.
var cacheDir string

func TestMain(m *testing.M) {
	if IsWorker(os.Args) {
		os.Exit(WorkerMain())
	}
	if len(os.Args) == 2 && os.Args[1] == stubArg {
		os.Exit(stubWorker())
	}
	dir, err := os.MkdirTemp("", "pdf-test")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	cacheDir = filepath.Join(dir, "wasm")
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// newPool makes a pool that ends with the test.
func newPool(t testing.TB, change func(*Config)) *Pool {
	t.Helper()
	// With the race detector, the first start compiles for more than a minute.
	config := Config{CacheDir: cacheDir, Timeout: time.Minute, StartTimeout: 15 * time.Minute}
	if change != nil {
		change(&config)
	}
	p, err := NewPool(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// write puts a file into the test's own folder.
func write(t testing.TB, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// textPDF makes a document with pages of writing, an outline and a title.
func textPDF(t testing.TB, pages int) string {
	t.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetTitle("Bao cao kinh te", true)
	doc.SetFont("Times", "", 13)
	for n := 1; n <= pages; n++ {
		doc.AddPage()
		doc.Bookmark(fmt.Sprintf("Chapter %d", n), 0, -1)
		doc.Bookmark(fmt.Sprintf("Section %d.1", n), 1, -1)
		for line := range 45 {
			doc.CellFormat(0, 5.8, fmt.Sprintf("Page %d line %d: the committee considered the budget estimate for the year.", n, line), "", 1, "L", false, 0, "")
		}
	}
	path := filepath.Join(t.TempDir(), "text.pdf")
	if err := doc.OutputFileAndClose(path); err != nil {
		t.Fatal(err)
	}
	return path
}

// corpus returns the PDF files of the folder named by PHONGHOP_CORPUS, or of
// a folder beside the repository, or skips the test.
func corpus(t testing.TB) []string {
	t.Helper()
	dir := os.Getenv("PHONGHOP_CORPUS")
	if dir == "" {
		_, here, _, _ := runtime.Caller(0)
		dir = filepath.Join(filepath.Dir(here), "../../../../shared/corpus/pdfjs")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("no folder of PDF files: name one in PHONGHOP_CORPUS")
	}
	return files
}

func background(t testing.TB) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}
