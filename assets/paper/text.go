package paper

import (
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// meter measures text without touching the pages. Widths of words are kept:
// a long table repeats the same words thousands of times.
type meter struct {
	pdf   *fpdf.Fpdf
	known map[meterKey]float64
}

type meterKey struct{ family, style, text string }

func newMeter() *meter {
	pdf := fpdf.New("P", "mm", "A4", "")
	addFonts(pdf)
	return &meter{pdf: pdf, known: map[meterKey]float64{}}
}

// width returns the width of text in millimetres.
func (m *meter) width(family, style, text string, size float64) float64 {
	key := meterKey{family, style, text}
	unit, ok := m.known[key]
	if !ok {
		m.pdf.SetFont(family, style, 10)
		unit = float64(m.pdf.GetStringSymbolWidth(text)) / 1000
		m.known[key] = unit
	}
	return unit * size / pointsPerMM
}

// Measure returns the width of text set in style ("", "B", "I", "BI").
func (d *Doc) Measure(text, style string, size float64) float64 {
	return d.meter.width(d.family, d.drawn(style), text, size)
}

// LineHeight returns the height of a line of the given type size.
func LineHeight(size float64) float64 { return size * leading / pointsPerMM }

// textAt puts one line at a place; align is L, C or R within width.
func (d *Doc) textAt(x, y, width float64, text, style string, size float64, align string) {
	d.setFont(style, size)
	natural := d.Measure(text, style, size)
	switch align {
	case "C":
		x += (width - natural) / 2
	case "R":
		x += width - natural
	}
	baseline := y + LineHeight(size)*0.5 + 0.3*size/pointsPerMM
	d.pdf.Text(x, baseline, text)
}

// TextAt puts one line with its top left corner at x, y and returns its width.
func (d *Doc) TextAt(x, y float64, text, style string, size float64) float64 {
	d.textAt(x, y, 0, text, style, size, "L")
	return d.Measure(text, style, size)
}

// TextIn puts one line into width, aligned L, C or R.
func (d *Doc) TextIn(x, y, width float64, text, style string, size float64, align string) {
	d.textAt(x, y, width, text, style, size, align)
}

// word is what a line cannot break. glued means that no space stands before it.
type word struct {
	text, style string
	width       float64
	glued       bool
}

// Para says how a paragraph is set.
type Para struct {
	Size   float64 // 0 means the paper's body size
	Style  string  // style of what is not marked
	Align  string  // J (default), L, C, R
	Indent float64 // of the first line
	Hang   float64 // of all lines
	After  float64 // space below; 0 means 2.2 (6 pt)
}

const (
	bodyIndent = 12.7 // the decree's 1.27 cm
	bodyAfter  = 2.2  // a little over 6 pt
)

// Text sets a justified body paragraph with the decree's indent. In all
// running text **bold** and __italic__ are marked so.
func (d *Doc) Text(text string) { d.Paragraph(text, Para{Indent: bodyIndent}) }

// Texts sets several body paragraphs.
func (d *Doc) Texts(texts ...string) {
	for _, text := range texts {
		d.Text(text)
	}
}

// Paragraph sets text as p says, over as many pages as it takes.
func (d *Doc) Paragraph(text string, p Para) {
	if p.Size == 0 {
		p.Size = d.opt.BodySize
	}
	if p.After == 0 {
		p.After = bodyAfter
	}
	if p.Align == "" {
		p.Align = "J"
	}
	lines := d.breakLines(d.words(text, p.Style, p.Size), p, d.Width())
	lh := LineHeight(p.Size)
	for i, line := range lines {
		if d.Room() < lh || i == 0 && len(lines) > 1 && d.Room() < 2*lh {
			d.NewPage()
		}
		indent := p.Hang
		if i == 0 {
			indent += p.Indent
		}
		d.drawLine(line, d.Left()+indent, d.Width()-indent, p, i == len(lines)-1)
		d.y += lh
	}
	d.y += p.After
}

// words splits marked text into words with their styles.
func (d *Doc) words(text, style string, size float64) []word {
	var out []word
	bold, italic := strings.Contains(style, "B"), strings.Contains(style, "I")
	glue := false
	for len(text) > 0 {
		next := len(text)
		mark := ""
		for _, m := range []string{"**", "__"} {
			if i := strings.Index(text, m); i >= 0 && i < next {
				next, mark = i, m
			}
		}
		part := text[:next]
		for i, w := range strings.Fields(strings.ReplaceAll(part, "\u00a0", "\ue000")) {
			w = strings.ReplaceAll(w, "\ue000", "\u00a0")
			st := styleOf(bold, italic)
			out = append(out, word{w, st, d.Measure(w, st, size), i == 0 && glue && !strings.HasPrefix(part, " ")})
		}
		if part != "" {
			glue = !strings.HasSuffix(part, " ")
		}
		switch mark {
		case "**":
			bold = !bold
		case "__":
			italic = !italic
		}
		text = text[next+len(mark):]
	}
	return out
}

func styleOf(bold, italic bool) string {
	s := ""
	if bold {
		s += "B"
	}
	if italic {
		s += "I"
	}
	return s
}

// breakLines fills lines one after the other. A word wider than the line is an
// error of the paper: nothing is ever cut.
func (d *Doc) breakLines(words []word, p Para, width float64) [][]word {
	var lines [][]word
	var line []word
	used, room := 0.0, width-p.Hang-p.Indent
	for _, w := range words {
		gap := 0.0
		if len(line) > 0 && !w.glued {
			gap = d.Measure(" ", w.style, p.Size)
		}
		if len(line) > 0 && used+gap+w.width > room && !w.glued {
			lines = append(lines, line)
			line, used, gap, room = nil, 0, 0, width-p.Hang
		}
		if w.width > room+0.01 {
			d.fail("%q is wider (%.1f mm) than its column (%.1f mm)", w.text, w.width, room)
		}
		line = append(line, w)
		used += gap + w.width
	}
	if len(line) > 0 {
		lines = append(lines, line)
	}
	return lines
}

// drawLine sets one line at d.y.
func (d *Doc) drawLine(line []word, x, width float64, p Para, last bool) {
	natural, gaps := 0.0, 0
	for i, w := range line {
		natural += w.width
		if i > 0 && !w.glued {
			natural += d.Measure(" ", w.style, p.Size)
			gaps++
		}
	}
	extra := 0.0
	switch {
	case p.Align == "J" && !last && gaps > 0:
		extra = (width - natural) / float64(gaps)
	case p.Align == "C":
		x += (width - natural) / 2
	case p.Align == "R":
		x += width - natural
	}
	for start := 0; start < len(line); {
		end := start + 1
		for end < len(line) && line[end].style == line[start].style {
			end++
		}
		x += d.drawRun(line[start:end], x, p.Size, extra, end < len(line) && !line[end].glued)
		start = end
	}
}

// drawRun sets words of one style and returns how far they reach.
func (d *Doc) drawRun(run []word, x, size, extra float64, trailing bool) float64 {
	var text strings.Builder
	width := 0.0
	space := d.Measure(" ", run[0].style, size) + extra
	for i, w := range run {
		if i > 0 && !w.glued {
			text.WriteByte(' ')
			width += space
		}
		text.WriteString(w.text)
		width += w.width
	}
	if trailing {
		text.WriteByte(' ')
		width += space
	}
	d.setFont(run[0].style, size)
	align := "L"
	if extra > 0.001 && strings.Contains(text.String(), " ") {
		align = "J"
	}
	d.pdf.SetXY(x, d.y)
	d.pdf.CellFormat(width, LineHeight(size), text.String(), "", 0, align, false, 0, "")
	return width
}
