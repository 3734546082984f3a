package paper

import (
	"fmt"
	"time"
)

// Head is the heading of an official paper: issuing body and number on the
// left, the country's name and motto, place and date on the right.
type Head struct {
	Superior []string // lines of the superior body; none for a city's committee
	Issuer   []string // lines of the issuing body, in capitals
	Number   string   // such as "12/TTr-STC"; empty leaves room for it: Symbol follows
	Symbol   string   // such as "/NQ-HĐND", when the number is still to come
	About    string   // "V/v ..." of a letter
	Place    string
	Date     time.Time // the zero time leaves the day open
	Draft    bool      // puts the mark of a draft under the number
	// Unnumbered leaves number, place and date out, as forms that a person
	// fills in have them at their end.
	Unnumbered bool
}

const (
	issuerShare = 0.42 // of the width goes to the issuing body
	headSize    = 13.0
	nationSize  = 12.5
)

// Heading sets the heading blocks.
func (d *Doc) Heading(h Head) {
	top, lh := d.y, LineHeight(headSize)-0.4
	leftW := d.Width() * issuerShare
	left := top
	for _, line := range h.Superior {
		d.TextIn(d.Left(), left, leftW, line, "", nationSize, "C")
		left += lh
	}
	for _, line := range h.Issuer {
		d.TextIn(d.Left(), left, leftW, line, "B", nationSize, "C")
		left += lh
	}
	d.rule(d.Left()+leftW*0.34, left+0.4, leftW*0.32)
	left += 2.6
	right := d.nation(top, d.Left()+leftW, d.Width()-leftW)
	bottom := max(left, right)
	if h.Unnumbered {
		d.y = bottom + 6
		return
	}
	d.TextIn(d.Left(), bottom, leftW, "Số: "+h.numbered(), "", headSize, "C")
	d.TextIn(d.Left()+leftW, bottom, d.Width()-leftW, placeAndDate(h.Place, h.Date), "I", headSize, "C")
	d.y = bottom + lh
	if h.About != "" {
		d.Within(d.Left(), leftW, func() {
			d.Paragraph(h.About, Para{Size: 12, Align: "C", After: 0.1})
		})
	}
	if h.Draft {
		d.draftMark(d.Left()+leftW/2, d.y+1)
	}
	d.y += 6
}

func (h Head) numbered() string {
	if h.Number != "" {
		return h.Number
	}
	return "         " + h.Symbol
}

// nation sets the country's name and motto with its rule; it returns the y
// below them.
func (d *Doc) nation(y, x, width float64) float64 {
	const name, motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
	lh := LineHeight(headSize) - 0.4
	d.TextIn(x, y, width, name, "B", nationSize, "C")
	d.TextIn(x, y+lh, width, motto, "B", headSize, "C")
	w := d.Measure(motto, "B", headSize)
	d.rule(x+(width-w)/2, y+2*lh+0.4, w)
	return y + 2*lh + 2.6
}

func (d *Doc) rule(x, y, width float64) {
	d.pdf.SetDrawColor(0, 0, 0)
	d.pdf.SetLineWidth(0.25)
	d.pdf.Line(x, y, x+width, y)
}

func (d *Doc) draftMark(center, y float64) {
	const text, size = "DỰ THẢO", 12.0
	w := d.Measure(text, "B", size) + 6
	d.pdf.SetLineWidth(0.3)
	d.pdf.SetDrawColor(0, 0, 0)
	d.pdf.Rect(center-w/2, y, w, LineHeight(size)+1, "D")
	d.TextIn(center-w/2, y+0.5, w, text, "B", size, "C")
	d.y = y + LineHeight(size) + 1
}

// placeAndDate writes day and the months 1 and 2 with a leading zero, as the
// decree asks.
func placeAndDate(place string, date time.Time) string {
	if date.IsZero() {
		return place + ", ngày      tháng      năm"
	}
	return place + ", " + LongDate(date)
}

// PlaceAndDate sets place and date at the right, as the end of a form has
// them; the zero time leaves the day open.
func (d *Doc) PlaceAndDate(place string, date time.Time) {
	half := d.Width() / 2
	d.Need(LineHeight(headSize))
	d.TextIn(d.Left()+half, d.y, half, placeAndDate(place, date), "I", headSize, "C")
	d.y += LineHeight(headSize)
}

// Box sets a line with a box to be ticked before it.
func (d *Doc) Box(text string, ticked bool) {
	const side, gap = 4.2, 3.0
	size := d.opt.BodySize
	d.Need(LineHeight(size))
	x, y := d.Left()+bodyIndent, d.y+(LineHeight(size)-side)/2
	d.pdf.SetDrawColor(0, 0, 0)
	d.pdf.SetLineWidth(0.35)
	d.pdf.Rect(x, y, side, side, "D")
	style := ""
	if ticked {
		style = "B"
		d.pdf.SetLineWidth(0.6)
		d.pdf.Line(x+0.8, y+0.8, x+side-0.8, y+side-0.8)
		d.pdf.Line(x+0.8, y+side-0.8, x+side-0.8, y+0.8)
	}
	left := bodyIndent + side + gap
	d.Within(d.Left()+left, d.Width()-left, func() { d.Paragraph(text, Para{Style: style, Align: "L"}) })
}

// Blank sets so many dotted lines to be written on by hand.
func (d *Doc) Blank(lines int) {
	lh := LineHeight(d.opt.BodySize) * 1.3
	for range lines {
		d.Need(lh)
		d.pdf.SetDrawColor(0, 0, 0)
		d.pdf.SetLineWidth(0.2)
		d.pdf.SetDashPattern([]float64{0.4, 1}, 0)
		d.pdf.Line(d.Left(), d.y+lh-1.5, d.Left()+d.Width(), d.y+lh-1.5)
		d.pdf.SetDashPattern(nil, 0)
		d.y += lh
	}
	d.y += bodyAfter
}

// LongDate returns "ngày 05 tháng 9 năm 2026".
func LongDate(t time.Time) string {
	month := fmt.Sprintf("%d", int(t.Month()))
	if t.Month() <= time.February {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", t.Day(), month, t.Year())
}

// Within runs set with the text column narrowed to x and width.
func (d *Doc) Within(x, width float64, set func()) {
	old := d.opt.Margins
	w, _ := d.PageSize()
	d.opt.Margins[3] = x
	d.opt.Margins[1] = w - x - width
	set()
	d.opt.Margins = old
}

// Title sets kind and subject with the rule below them.
func (d *Doc) Title(kind string, subject ...string) {
	d.Paragraph(kind, Para{Style: "B", Align: "C", After: 0.3})
	for i, line := range subject {
		after := 0.1
		if i == len(subject)-1 {
			after = 1
		}
		d.Paragraph(line, Para{Style: "B", Align: "C", After: after})
	}
	w := d.Width() * 0.36
	d.rule(d.Left()+(d.Width()-w)/2, d.y, w)
	d.y += 5
}

// Addressee sets "Kính gửi: ..." in the middle.
func (d *Doc) Addressee(to ...string) {
	if len(to) == 1 {
		d.Paragraph("Kính gửi: "+to[0], Para{Align: "C", After: 4})
		return
	}
	d.Paragraph("Kính gửi:", Para{Indent: 30, After: 0.5})
	for _, line := range to {
		d.Paragraph("- "+line, Para{Hang: 45, Align: "L", After: 0.5})
	}
	d.Space(3)
}

// Section sets a bold heading, keeps it with what follows and puts it into the
// outline at level (0 first; negative keeps it out).
func (d *Doc) Section(text string, level int) {
	const keep = 3
	d.Need(LineHeight(d.opt.BodySize) * keep)
	if level >= 0 {
		d.Bookmark(text, level)
	}
	d.Paragraph(text, Para{Style: "B", Indent: bodyIndent})
}

// CenterTitle sets a heading in the middle, as parts and annexes have it.
func (d *Doc) CenterTitle(level int, lines ...string) {
	d.Need(LineHeight(d.opt.BodySize) * float64(len(lines)+3))
	if level >= 0 {
		d.Bookmark(joinWords(lines), level)
	}
	for _, line := range lines {
		d.Paragraph(line, Para{Style: "B", Align: "C", After: 0.5})
	}
	d.Space(2.5)
}

func joinWords(lines []string) string {
	out := ""
	for i, line := range lines {
		if i > 0 {
			out += ". "
		}
		out += line
	}
	return out
}

// Signature is the block at the end: capacity and position in capitals, the
// name below, and the recipients on the left.
type Signature struct {
	Lines      []string // such as "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
	Name       string
	Note       string   // below the position, such as "(Ký, ghi rõ họ tên)"; of SignRight
	Recipients []string // each without its dash; the last is usually "Lưu: VT."
}

// Sign sets the signature block, all of it on one page.
func (d *Doc) Sign(s Signature) {
	const listSize, signRoom = 11.0, 26.0
	lh := LineHeight(headSize)
	height := max(float64(len(s.Lines)+1)*lh+signRoom, float64(len(s.Recipients)+2)*LineHeight(listSize))
	d.Space(3)
	d.Need(height)
	top := d.y
	half := d.Width() * 0.48
	d.TextAt(d.Left(), top, "Nơi nhận:", "BI", 12)
	d.y = top + LineHeight(12)
	d.Within(d.Left(), half, func() {
		for i, line := range s.Recipients {
			end := ";"
			if i == len(s.Recipients)-1 {
				end = "."
			}
			d.Paragraph("- "+line+end, Para{Size: listSize, Align: "L", After: 0.01})
		}
	})
	left := d.y
	y := top
	for _, line := range s.Lines {
		d.TextIn(d.Left()+half, y, d.Width()-half, line, "B", headSize, "C")
		y += lh
	}
	y += signRoom
	d.TextIn(d.Left()+half, y, d.Width()-half, s.Name, "B", headSize+0.5, "C")
	d.y = max(left, y+lh)
}

// SignRight sets one signature at the right, all of it on one page.
func (d *Doc) SignRight(s Signature) {
	const signRoom = 26.0
	lh := LineHeight(headSize)
	d.Need(float64(len(s.Lines)+2)*lh + signRoom)
	half := d.Width() / 2
	x := d.Left() + half
	for _, line := range s.Lines {
		d.TextIn(x, d.y, half, line, "B", headSize, "C")
		d.y += lh
	}
	if s.Note != "" {
		d.TextIn(x, d.y, half, s.Note, "I", headSize-1, "C")
		d.y += lh
	}
	d.y += signRoom
	d.TextIn(x, d.y, half, s.Name, "B", headSize+0.5, "C")
	d.y += lh
}

// SignPair sets the two signatures at the end of minutes, all of it on one
// page: the left one first, then the right one. Recipients are left out.
func (d *Doc) SignPair(left, right Signature) {
	const signRoom = 26.0
	lh := LineHeight(headSize)
	d.Space(6)
	d.Need(float64(max(len(left.Lines), len(right.Lines))+1)*lh + signRoom)
	top, bottom := d.y, d.y
	half := d.Width() / 2
	for i, s := range []Signature{left, right} {
		x, y := d.Left()+float64(i)*half, top
		for _, line := range s.Lines {
			d.TextIn(x, y, half, line, "B", headSize, "C")
			y += lh
		}
		y += signRoom
		d.TextIn(x, y, half, s.Name, "B", headSize+0.5, "C")
		bottom = max(bottom, y+lh)
	}
	d.y = bottom
}
