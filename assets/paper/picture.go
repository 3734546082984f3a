package paper

import (
	"bytes"

	"codeberg.org/go-pdf/fpdf"
)

// Keep takes a PNG into the paper under a name; Picture puts it on pages as
// often as is wished, and it is in the file once.
func (d *Doc) Keep(name string, png []byte) {
	d.pdf.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(png))
}

// Picture puts a kept picture at a place, in millimetres.
func (d *Doc) Picture(name string, x, y, width, height float64) {
	d.pdf.ImageOptions(name, x, y, width, height, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
}

// CutLine draws the dashed outline of what is to be cut out, in millimetres.
func (d *Doc) CutLine(x, y, width, height float64) {
	d.pdf.SetDrawColor(150, 150, 150)
	d.pdf.SetLineWidth(0.2)
	d.pdf.SetDashPattern([]float64{1.5, 1.5}, 0)
	d.pdf.Rect(x, y, width, height, "D")
	d.pdf.SetDashPattern(nil, 0)
}
