package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"phonghop/server/internal/document"
)

func TestInspect(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	info, err := p.Inspect(background(t), textPDF(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	if info.Title != "Bao cao kinh te" || info.Pages() != 3 || len(info.Outline) != 6 {
		t.Fatalf("got %+v", info)
	}
	if s := info.Sizes[0]; s.W < 595 || s.W > 596 || s.H < 841 || s.H > 842 {
		t.Errorf("A4 is %+v", s)
	}
	if e := info.Outline[3]; e != (document.OutlineEntry{Title: "Section 2.1", Page: 2, Level: 1}) {
		t.Errorf("outline entry %+v", e)
	}
}

func TestInspectRefusals(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	whole, err := os.ReadFile(textPDF(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 9, 9))); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		data []byte
		code document.Code
	}{
		{"no bytes", nil, document.CodeEmpty},
		{"a picture", picture.Bytes(), document.CodeNotPDF},
		{"text", []byte(strings.Repeat("not a document ", 1000)), document.CodeNotPDF},
		{"only a header", []byte("%PDF-1.7\n"), document.CodeBroken},
		{"cut in the first object", whole[:60], document.CodeBroken},
		{"zeros after the header", append([]byte("%PDF-1.7\n"), make([]byte, 1<<20)...), document.CodeBroken},
		{"a password", protectedPDF(t), document.CodeEncrypted},
		{"no pages", assemble("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"), document.CodeEmpty},
		{"a million pages", millionPages(), document.CodeTooManyPages},
		{"5,001 pages", manyPages(5001), document.CodeTooManyPages},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := p.Inspect(background(t), write(t, "file.pdf", c.data))
			wantCode(t, err, c.code)
		})
	}
	if info, err := p.Inspect(background(t), write(t, "file.pdf", manyPages(5000))); err != nil || info.Pages() != 5000 {
		t.Errorf("5,000 pages: %d, %v", info.Pages(), err)
	}
}

func protectedPDF(t testing.TB) []byte {
	t.Helper()
	doc := fpdf.New("P", "mm", "A4", "")
	doc.SetProtection(fpdf.CnProtectPrint, "user", "owner")
	doc.AddPage()
	var out bytes.Buffer
	if err := doc.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// millionPages is a page tree of six levels with ten children each: 10 nodes
// that stand for a million pages.
func millionPages() []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>"}
	count := 1_000_000
	for level := range 6 {
		kids := strings.Repeat(fmt.Sprintf("%d 0 R ", level+3), 10)
		objects = append(objects, fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 100 100]>>", kids, count))
		count /= 10
	}
	return assemble(append(objects, "<</Type/Page>>")...)
}

func manyPages(n int) []byte {
	var kids strings.Builder
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	for i := range n {
		fmt.Fprintf(&kids, "%d 0 R ", i+3)
		objects = append(objects, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>")
	}
	objects[1] = fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", kids.String(), n)
	return assemble(objects...)
}

// A page tree that promises more than it has does not make pages.
func TestPageTreeLies(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	file := write(t, "file.pdf", assemble("<</Type/Catalog/Pages 2 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 4000>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>"))
	info, err := p.Inspect(background(t), file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Pages() != 1 {
		t.Errorf("%d pages", info.Pages())
	}
}

// An outline that is a ring ends.
func TestOutlineRing(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	file := write(t, "file.pdf", assemble("<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
		"<</Type/Outlines/First 5 0 R/Last 6 0 R/Count 2>>",
		"<</Title(a)/Parent 4 0 R/Next 6 0 R/First 5 0 R/Dest[3 0 R/Fit]>>",
		"<</Title(b)/Parent 4 0 R/Next 5 0 R/Dest[3 0 R/Fit]>>"))
	info, err := p.Inspect(background(t), file)
	if err != nil {
		t.Fatal(err)
	}
	if len(info.Outline) > document.MaxOutline {
		t.Errorf("%d entries", len(info.Outline))
	}
}

// A file cut anywhere is refused or read, and the worker lives on.
func TestTruncated(t *testing.T) {
	t.Parallel()
	p := newPool(t, nil)
	whole, err := os.ReadFile(textPDF(t, 3))
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < 12; i++ {
		file := write(t, "cut.pdf", whole[:len(whole)*i/12])
		if _, err := p.Inspect(background(t), file); err != nil {
			wantCode(t, err, document.CodeBroken)
			continue
		}
		for page := 1; page <= 3; page++ {
			if _, err := p.Draw(background(t), file, page, 200, document.Rect{}); err != nil {
				wantRefusal(t, file, err)
			}
		}
	}
}

// A page that needs more memory than allowed is refused; the next document is
// not.
func TestMemoryLimit(t *testing.T) {
	t.Parallel()
	p := newPool(t, func(c *Config) { c.Memory = 48 << 20; c.Workers = 1 })
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	for range 200 { // 200 MB of content in 200 kB
		if _, err := z.Write(bytes.Repeat([]byte("0 0 1 1 re f   \n"), 1<<16)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := write(t, "bomb.pdf", assemble(
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>",
		stream("/Filter/FlateDecode", packed.String())))
	_, err := p.Draw(background(t), bomb, 1, 1600, document.Rect{})
	wantCode(t, err, document.CodeMemory)
	drawPage(t, p, textPDF(t, 1), 1, 800)
}

// A page that draws for ever is given up in time.
func TestDeadline(t *testing.T) {
	t.Parallel()
	p := newPool(t, func(c *Config) { c.Timeout = 700 * time.Millisecond; c.Workers = 1 })
	drawPage(t, p, textPDF(t, 1), 1, 800) // the worker is warm
	form := func(next int) string {
		return stream(fmt.Sprintf("/Type/XObject/Subtype/Form/BBox[0 0 100 100]/Resources<</XObject<</X %d 0 R>>>>", next),
			strings.Repeat("/X Do ", 60))
	}
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
		stream("", "/X Do")}
	for i := range 7 {
		objects = append(objects, form(6+i))
	}
	objects = append(objects, stream("/Type/XObject/Subtype/Form/BBox[0 0 100 100]", strings.Repeat("0 0 90 90 re f ", 200)))
	started := time.Now()
	_, err := p.Draw(background(t), write(t, "slow.pdf", assemble(objects...)), 1, 1600, document.Rect{})
	wantCode(t, err, document.CodeTimeout)
	if took := time.Since(started); took > 10*time.Second {
		t.Errorf("given up after %v", took)
	}
}

func wantRefusal(t testing.TB, file string, err error) {
	t.Helper()
	for _, code := range []document.Code{document.CodeEncrypted, document.CodeBroken, document.CodeEmpty, document.CodeNotPDF,
		document.CodeTooManyPages, document.CodeTimeout, document.CodeMemory} {
		if strings.HasPrefix(err.Error(), string(code)) {
			return
		}
	}
	t.Errorf("%s: %v", filepath.Base(file), err)
}

// Every file of a collection of odd ones is read or refused.
func TestCorpus(t *testing.T) {
	files := corpus(t)
	p := newPool(t, func(c *Config) { c.Timeout = 60 * time.Second })
	var mu sync.Mutex
	count := map[string]int{}
	var wait sync.WaitGroup
	work := make(chan string)
	for range 2 {
		wait.Go(func() {
			for file := range work {
				verdict := read(t, p, file)
				mu.Lock()
				count[verdict]++
				mu.Unlock()
			}
		})
	}
	for _, file := range files {
		work <- file
	}
	close(work)
	wait.Wait()
	t.Log(count)
	if count["drawn"]*10 < len(files)*9 {
		t.Errorf("only %d of %d files are drawn", count["drawn"], len(files))
	}
}

// read inspects a file, draws and reads its first and last page, and returns
// "drawn" or the code of the refusal.
func read(t *testing.T, p *Pool, file string) string {
	started := time.Now()
	defer func() {
		if took := time.Since(started); took > 10*time.Second {
			t.Logf("%s took %v", filepath.Base(file), took)
		}
	}()
	verdict := func(err error) string {
		wantRefusal(t, file, err)
		t.Logf("%s: %v", filepath.Base(file), err)
		code, _, _ := strings.Cut(err.Error(), ":")
		return code
	}
	info, err := p.Inspect(background(t), file)
	if err != nil {
		return verdict(err)
	}
	for _, page := range []int{1, info.Pages()} {
		picture, err := p.Draw(background(t), file, page, 800, document.Rect{})
		if err != nil {
			return verdict(err)
		}
		if picture.Width < 1 || len(picture.Data) == 0 {
			t.Errorf("%s: an empty picture", file)
		}
		if _, err := p.Text(background(t), file, page); err != nil {
			return verdict(err)
		}
	}
	return "drawn"
}
