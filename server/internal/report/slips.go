package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"phonghop/assets/paper"
	"phonghop/shared/discovery"
)

// Slip is what one person is handed to sign in with.
type Slip struct{ Name, Position, Unit, PIN string }

// Slips are the PINs of many people, one slip each, to be cut apart. They are
// in Vietnamese, as all papers are.
type Slips struct {
	Room    string
	Address string // to be typed, such as "192.168.1.10:8443"
	Link    string // what the QR code says
	Code    string // of the room's key, to be compared by eye
	Date    time.Time
	People  []Slip
}

// The slips on a page of A4, in millimetres.
const (
	slipColumns, slipRows = 2, 4
	slipWidth, slipHeight = 95.0, 68.0
	slipLeft, slipTop     = 10.0, 12.5
	slipInside            = 6.0
	slipQR                = 31.0
	slipFoot              = 29.0 // from where on the PIN stands
)

// PDF writes the slips.
func (s Slips) PDF(w io.Writer) error {
	code, err := discovery.QRPNG(s.Link, 6)
	if err != nil {
		return fmt.Errorf("slips: %w", err)
	}
	d := paper.New(paper.Options{Title: "Phiếu mã PIN", Author: plain(s.Room), Date: s.Date, Sans: true, Unnumbered: true, Margins: [4]float64{10, 10, 10, 10}})
	d.Keep("join", code)
	for n, p := range s.People {
		at := n % (slipColumns * slipRows)
		if n > 0 && at == 0 {
			d.NewPage()
		}
		s.draw(d, p, slipLeft+float64(at%slipColumns)*slipWidth, slipTop+float64(at/slipColumns)*slipHeight)
	}
	if err := d.Write(w); err != nil {
		return fmt.Errorf("slips: %w", err)
	}
	return nil
}

func (s Slips) draw(d *paper.Doc, p Slip, x, y float64) {
	d.CutLine(x, y, slipWidth, slipHeight)
	left, wide := x+slipInside, slipWidth-2*slipInside
	top := y + 4
	line := func(text, style string, size, width float64, most int) {
		for _, l := range fitted(d, text, style, size, width, most) {
			d.TextAt(left, top, l, style, size)
			top += paper.LineHeight(size)
		}
	}
	line(plain(s.Room), "", 8, wide, 1)
	line(plain(p.Name), "B", 13, wide, 2)
	line(plain(strings.Join(filled(p.Position, p.Unit), ", ")), "", 9, wide, 2)
	beside := y + slipFoot
	d.Picture("join", x+slipWidth-slipInside-slipQR, beside, slipQR, slipQR)
	top = beside
	narrow := wide - slipQR - 3
	line("Mã PIN", "", 9, narrow, 1)
	line(inThrees(p.PIN), "B", 21, narrow, 2)
	for _, text := range []string{"1. Nối vào mạng của phòng họp.", "2. Quét mã QR, hoặc mở " + s.Address, "3. Chọn tên, nhập mã PIN.", "Mã phòng họp: " + s.Code} {
		line(plain(text), "", 7.5, narrow, 2)
	}
}

// filled are the texts that are not empty.
func filled(texts ...string) (out []string) {
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

// fitted breaks a text into at most so many lines of a width; what is too long ends in dots.
func fitted(d *paper.Doc, text, style string, size, width float64, most int) (lines []string) {
	for _, word := range strings.Fields(text) {
		n := len(lines)
		switch {
		case n > 0 && d.Measure(lines[n-1]+" "+word, style, size) <= width:
			lines[n-1] += " " + word
		case n == most:
			lines[n-1] += " …"
			return lines
		default:
			lines = append(lines, word)
		}
	}
	return lines
}

// inThrees writes a PIN of digits in groups, as one reads it out; any other secret stays as it is.
func inThrees(pin string) string {
	if strings.Trim(pin, "0123456789") != "" {
		return plain(pin)
	}
	var b strings.Builder
	for i, r := range pin {
		if i > 0 && i%3 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
