package pdf

import (
	"os/exec"
	"strconv"
	"testing"
	"time"

	"phonghop/server/internal/document"
)

const benchPages = 20

// BenchmarkTextPage1600 draws pages of writing at 1,600 px, encoded, through
// a worker, and has pdftoppm draw the same pages in the same run: into bare
// pixels, and into PNG as we do. The ratios are our time over theirs.
func BenchmarkTextPage1600(b *testing.B) {
	p, file := newPool(b, func(c *Config) { c.Workers = 1 }), textPDF(b, benchPages)
	if _, err := p.Draw(b.Context(), file, benchPages, 1600, document.Rect{}); err != nil {
		b.Fatal(err)
	}
	page := 0
	size := 0
	for b.Loop() {
		page = page%benchPages + 1
		picture, err := p.Draw(b.Context(), file, page, 1600, document.Rect{})
		if err != nil {
			b.Fatal(err)
		}
		size = len(picture.Data)
	}
	ours := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(size)/1e3, "kB/page")
	tool, err := exec.LookPath("pdftoppm")
	if err != nil {
		b.Log("pdftoppm is not installed: no comparison")
		return
	}
	for unit, args := range map[string][]string{"x-pdftoppm": nil, "x-pdftoppm-png": {"-png"}} {
		theirs, err := pdftoppm(b, tool, file, args...)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(ours)/float64(theirs), unit)
	}
}

// pdftoppm returns the time of one page, the program's start shared by all.
func pdftoppm(b *testing.B, tool, file string, args ...string) (time.Duration, error) {
	args = append(args, "-scale-to-x", "1600", "-scale-to-y", "-1", "-f", "1", "-l", strconv.Itoa(benchPages), file, b.TempDir()+"/page")
	started := time.Now()
	err := exec.Command(tool, args...).Run()
	return time.Since(started) / benchPages, err
}

// BenchmarkTextOfPage reads the words of pages of writing.
func BenchmarkTextOfPage(b *testing.B) {
	p, file := newPool(b, func(c *Config) { c.Workers = 1 }), textPDF(b, benchPages)
	page := 0
	for b.Loop() {
		page = page%benchPages + 1
		if _, err := p.Text(b.Context(), file, page); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWorkerStart starts a worker on a filled cache and has it open a
// small file: what a call costs after a worker was killed.
func BenchmarkWorkerStart(b *testing.B) {
	file := textPDF(b, 1)
	if _, err := newPool(b, nil).Inspect(b.Context(), file); err != nil { // fills the cache
		b.Fatal(err)
	}
	for b.Loop() {
		p := newPool(b, nil)
		if _, err := p.Inspect(b.Context(), file); err != nil {
			b.Fatal(err)
		}
		if err := p.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
