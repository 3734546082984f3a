// Package paper sets official Vietnamese papers as PDF: the form of Decree
// 30/2020 (heading blocks, signature, recipients), justified text, tables that
// wrap and break over pages, and plain charts. The same calls give the same
// bytes, whenever and wherever they run.
//
// All lengths are millimetres and all type sizes points, unless said otherwise.
package paper

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"phonghop/assets/fonts"
)

// Size is the size of an upright page.
type Size struct{ Width, Height float64 }

// The page sizes that the papers use.
var (
	A4   = Size{210, 297}
	A3   = Size{297, 420}
	A0   = Size{841, 1189}
	Wide = Size{190.5, 338.67} // 16:9 when turned, as slide programs make it
)

// Color is a colour in sRGB.
type Color struct{ R, G, B int }

// Options says what a paper is and how its pages look.
type Options struct {
	// Title, Author and Subject go into the file's information.
	Title, Author, Subject string
	// Date is the time of creation written into the file.
	Date time.Time
	// Page is the upright page; the zero value means A4.
	Page Size
	// Landscape turns the page.
	Landscape bool
	// Sans sets the paper in Noto Sans instead of Tinos.
	Sans bool
	// BodySize is the size of running text; zero means 14.
	BodySize float64
	// Margins are top, right, bottom, left; zero values mean 20, 18, 20, 30,
	// within the decree's ranges.
	Margins [4]float64
	// Unnumbered leaves out the page numbers.
	Unnumbered bool
}

// Doc is a paper in the making. Its methods keep the first error, which Write
// returns. A Doc belongs to one goroutine.
type Doc struct {
	pdf    *fpdf.Fpdf
	meter  *meter
	opt    Options
	family string
	y      float64 // top of what comes next
	before func()  // draws under the text of each new page
	err    error
}

const (
	pointsPerMM = 72 / 25.4
	leading     = 1.28 // line height as a multiple of the type size
)

// New starts a paper with its first page.
func New(opt Options) *Doc {
	opt = withDefaults(opt)
	pdf := fpdf.NewCustom(&fpdf.InitType{
		OrientationStr: orientation(opt.Landscape),
		UnitStr:        "mm",
		Size:           fpdf.SizeType{Wd: opt.Page.Width, Ht: opt.Page.Height},
	})
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(opt.Date)
	pdf.SetModificationDate(opt.Date)
	pdf.SetTitle(opt.Title, true)
	pdf.SetAuthor(opt.Author, true)
	pdf.SetSubject(opt.Subject, true)
	pdf.SetLang("vi-VN")
	pdf.SetMargins(opt.Margins[3], opt.Margins[0], opt.Margins[1])
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	d := &Doc{pdf: pdf, meter: newMeter(), opt: opt, family: "tinos"}
	addFonts(pdf)
	if opt.Sans {
		d.family = "noto"
	}
	d.NewPage()
	return d
}

func withDefaults(opt Options) Options {
	if opt.Page == (Size{}) {
		opt.Page = A4
	}
	if opt.BodySize == 0 {
		opt.BodySize = 14
	}
	for i, usual := range [4]float64{20, 18, 20, 30} {
		if opt.Margins[i] == 0 {
			opt.Margins[i] = usual
		}
	}
	return opt
}

func orientation(landscape bool) string {
	if landscape {
		return "L"
	}
	return "P"
}

func addFonts(pdf *fpdf.Fpdf) {
	pdf.AddUTF8FontFromBytes("tinos", "", fonts.TinosRegular)
	pdf.AddUTF8FontFromBytes("tinos", "B", fonts.TinosBold)
	pdf.AddUTF8FontFromBytes("tinos", "I", fonts.TinosItalic)
	pdf.AddUTF8FontFromBytes("tinos", "BI", fonts.TinosBoldItalic)
	pdf.AddUTF8FontFromBytes("noto", "", fonts.NotoSansRegular)
	pdf.AddUTF8FontFromBytes("noto", "B", fonts.NotoSansBold)
}

// Background sets what is drawn first on every page that begins from now on.
func (d *Doc) Background(draw func()) { d.before = draw }

// NewPage begins a page of the paper's own format.
func (d *Doc) NewPage() {
	d.startPage(d.opt.Page, d.opt.Landscape)
}

// NewPageOf begins a page of another format, which is then the paper's own.
func (d *Doc) NewPageOf(page Size, landscape bool) {
	d.opt.Page, d.opt.Landscape = page, landscape
	d.startPage(page, landscape)
}

func (d *Doc) startPage(page Size, landscape bool) {
	d.pdf.AddPageFormat(orientation(landscape), fpdf.SizeType{Wd: page.Width, Ht: page.Height})
	d.y = d.opt.Margins[0]
	if d.before != nil {
		d.before()
	}
	if n := d.pdf.PageNo(); n > 1 && !d.opt.Unnumbered {
		const numberSize, numberTop = 13, 10
		d.textAt(d.Left(), numberTop, d.Width(), strconv.Itoa(n), "", numberSize, "C")
	}
}

// PageSize returns the width and height of the page being written.
func (d *Doc) PageSize() (width, height float64) { return d.pdf.GetPageSize() }

// Left returns the left margin.
func (d *Doc) Left() float64 { return d.opt.Margins[3] }

// Width returns the width between the margins.
func (d *Doc) Width() float64 {
	w, _ := d.PageSize()
	return w - d.opt.Margins[1] - d.opt.Margins[3]
}

// Y returns where the next block begins.
func (d *Doc) Y() float64 { return d.y }

// SetY moves the place of the next block.
func (d *Doc) SetY(y float64) { d.y = y }

// Room returns the height left on the page.
func (d *Doc) Room() float64 {
	_, h := d.PageSize()
	return h - d.opt.Margins[2] - d.y
}

// Need begins a new page unless height fits on this one.
func (d *Doc) Need(height float64) {
	if d.Room() < height {
		d.NewPage()
	}
}

// Space leaves height empty.
func (d *Doc) Space(height float64) { d.y += height }

// Pages returns the number of pages so far.
func (d *Doc) Pages() int { return d.pdf.PageNo() }

// Bookmark adds an entry to the outline that leads to the present place. The
// first level is 0; a level may be at most one deeper than the one before.
func (d *Doc) Bookmark(text string, level int) {
	d.setFont("", d.opt.BodySize)
	d.pdf.Bookmark(text, level, d.y)
}

// Canvas gives the writer underneath, for drawings. Whoever draws restores
// colours and line width, or uses Ink and Pen before the next stroke.
func (d *Doc) Canvas() *fpdf.Fpdf { return d.pdf }

// Write ends the paper and writes it to w.
func (d *Doc) Write(w io.Writer) error {
	if err := errors.Join(d.err, d.pdf.Error()); err != nil {
		return fmt.Errorf("set %q: %w", d.opt.Title, err)
	}
	if err := d.pdf.Output(w); err != nil {
		return fmt.Errorf("write %q: %w", d.opt.Title, err)
	}
	return nil
}

func (d *Doc) fail(format string, args ...any) {
	if d.err == nil {
		d.err = fmt.Errorf("page %d: "+format, append([]any{d.pdf.PageNo()}, args...)...)
	}
}

func (d *Doc) setFont(style string, size float64) {
	d.pdf.SetFont(d.family, d.drawn(style), size)
}

// drawn is the style that is really used: Noto Sans comes without italics.
func (d *Doc) drawn(style string) string {
	if d.opt.Sans {
		return strings.ReplaceAll(style, "I", "")
	}
	return style
}
