package servertest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"

	"phonghop/server/internal/document"
	"phonghop/server/internal/export"
	"phonghop/shared/protocol"
)

// Scan begins the titles of documents whose pages have no text.
const Scan = "scan"

// Dense begins the titles of documents whose pages weigh what real ones do:
// about 120 kB at 1600 pixels.
const Dense = "dense"

// Plain begins the titles of documents of whose pages a server draws tiles up
// to protocol.TileWidthXL only, as it does of scans, and an old one of all.
const Plain = "plain"

// PDF makes a file that the Renderer takes for a document of so many pages.
// Each title makes another content, and is on its pages.
func PDF(title string, pages int) []byte {
	return fmt.Appendf(nil, "%%PDF-test %d %s", pages, title)
}

// Renderer stands in for the one that draws: it knows the files of PDF only,
// and draws each page in a gray of its own.
type Renderer struct {
	// Annotating, if set, runs before an annotated file is written.
	Annotating func()
}

func open(file string) (title string, pages int, err error) {
	data, err := os.ReadFile(file) //nolint:gosec // a file of the test
	if err != nil {
		return "", 0, err
	}
	rest, ok := strings.CutPrefix(string(data), "%PDF-test ")
	if !ok {
		return "", 0, document.Refuse(document.CodeNotPDF, "not made by servertest.PDF")
	}
	n, title, _ := strings.Cut(rest, " ")
	if pages, err = strconv.Atoi(n); err != nil || pages < 1 {
		return "", 0, document.Refuse(document.CodeBroken, "pages %q", n)
	}
	return title, pages, nil
}

// Inspect implements document.Renderer.
func (Renderer) Inspect(_ context.Context, file string) (document.Info, error) {
	title, pages, err := open(file)
	if err != nil {
		return document.Info{}, err
	}
	info := document.Info{Title: title, Outline: []document.OutlineEntry{{Title: title, Page: 1}}}
	for range pages {
		info.Sizes = append(info.Sizes, document.Size{W: 595, H: 842})
	}
	return info, nil
}

// Annotate implements web.Annotator: the file, a line feed, and the strokes as
// JSON.
func (r Renderer) Annotate(_ context.Context, file, out string, strokes []export.Stroke) error {
	if r.Annotating != nil {
		r.Annotating()
	}
	if _, _, err := open(file); err != nil {
		return document.Refuse(document.CodeNoExport, "%v", err)
	}
	data, err := os.ReadFile(file) //nolint:gosec // a file of the test
	if err != nil {
		return err
	}
	more, err := json.Marshal(strokes)
	if err != nil {
		return err
	}
	return os.WriteFile(out, append(append(data, '\n'), more...), 0o600) //nolint:gosec // a file of the test
}

// Turn implements web.Annotator: the file, and behind it how it was turned.
func (Renderer) Turn(_ context.Context, file, out string, pages []int, degrees int) error {
	if _, _, err := open(file); err != nil {
		return document.Refuse(document.CodeNoExport, "%v", err)
	}
	data, err := os.ReadFile(file) //nolint:gosec // a file of the test
	if err != nil {
		return err
	}
	return os.WriteFile(out, fmt.Appendf(data, "\n%% turned %v %d", pages, degrees), 0o600) //nolint:gosec // a file of the test
}

// Draw implements document.Renderer.
func (Renderer) Draw(_ context.Context, file string, page, width int, tile document.Rect) (document.Picture, error) {
	title, _, err := open(file)
	if err != nil {
		return document.Picture{}, err
	}
	if strings.HasPrefix(title, Plain) && width > protocol.TileWidthXL {
		return document.Picture{}, document.Refuse(document.CodeBadRequest, "width %d", width)
	}
	w, h := document.Grid(document.Size{W: 595, H: 842}, width)
	if !tile.Empty() {
		w, h = tile.W, tile.H
	}
	shade := uint8(page % 200) //nolint:gosec // below 200
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.Gray{Y: shade}, color.White})
	if strings.HasPrefix(title, Dense) {
		speckle(img, page)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return document.Picture{}, err
	}
	return document.Picture{ContentType: "image/png", Width: w, Height: h, Data: out.Bytes()}, nil
}

// speckle fills a quarter of a page with what no packing makes smaller.
func speckle(img *image.Paletted, page int) {
	random := rand.New(rand.NewPCG(uint64(page), 1)) //nolint:gosec // the same page is the same picture
	for i := range img.Pix[:len(img.Pix)/4] {
		img.Pix[i] = uint8(random.Uint64() & 1) //nolint:gosec // one bit
	}
}

// Text implements document.Renderer.
func (Renderer) Text(_ context.Context, file string, page int) (document.Text, error) {
	title, _, err := open(file)
	if err != nil {
		return document.Text{}, err
	}
	if strings.HasPrefix(title, Scan) {
		return document.Text{}, nil
	}
	words := []document.Word{{Text: title, Box: document.Box{X: 72, Y: 72, W: 100, H: 12}},
		{Text: strconv.Itoa(page), Box: document.Box{X: 180, Y: 72, W: 20, H: 12}}}
	return document.Text{Lines: []document.Line{{Words: words}}}, nil
}

func device(person string) protocol.Device { return protocol.Device{ID: "device-of-" + person} }
