package paper

// Column is a column of a table.
type Column struct {
	Title string
	Width float64 // relative; the columns share the width of the text
	Align string  // L, C, R; L by default
}

// HeadCell is a cell of a heading with several rows. Rows and columns count
// from 0; spans of 0 mean 1.
type HeadCell struct {
	Text             string
	Row, Col         int
	RowSpan, ColSpan int
}

// Row is a row of a table.
type Row struct {
	Cells []string
	Style string // "", "B", "I"
	Fill  *Color
	// Span lets the second cell run over the rest of the row: a group's title.
	Span bool
}

// Table is a table with a heading that is repeated on every page.
type Table struct {
	Columns []Column
	Head    []HeadCell // empty: one row of the columns' titles
	Number  bool       // adds a row (1), (2), ... to the heading
	Size    float64    // type size; 0 means 12
	Zebra   bool       // lightly fills every second row
}

const cellPad = 1.1

// shades of table headings and groups
var (
	headFill  = Color{226, 235, 242}
	groupFill = Color{242, 244, 240}
	zebraFill = Color{247, 249, 251}
)

// GroupFill returns the shade of group rows.
func GroupFill() *Color { c := groupFill; return &c }

// Sheet is a table being written row by row.
type Sheet struct {
	d      *Doc
	t      Table
	widths []float64
	rows   int
}

// StartTable sets the heading and returns the table for its rows.
func (d *Doc) StartTable(t Table) *Sheet {
	if t.Size == 0 {
		t.Size = 12
	}
	if len(t.Head) == 0 {
		for i, c := range t.Columns {
			t.Head = append(t.Head, HeadCell{Text: c.Title, Col: i})
		}
	}
	s := &Sheet{d: d, t: t}
	total := 0.0
	for _, c := range t.Columns {
		total += c.Width
	}
	for _, c := range t.Columns {
		s.widths = append(s.widths, c.Width/total*d.Width())
	}
	heights := s.headHeights()
	need := 3 * LineHeight(t.Size)
	for _, h := range heights {
		need += h
	}
	d.Need(need)
	s.drawHead()
	return s
}

// DrawTable sets a whole table and a little space below it.
func (d *Doc) DrawTable(t Table, rows []Row) {
	s := d.StartTable(t)
	for _, r := range rows {
		s.Row(r)
	}
	s.End()
}

// End leaves the space below a table.
func (s *Sheet) End() { s.d.Space(4) }

func (s *Sheet) headRows() int {
	rows := 1
	for _, c := range s.t.Head {
		rows = max(rows, c.Row+max(c.RowSpan, 1))
	}
	return rows
}

func (s *Sheet) spanWidth(col, span int) float64 {
	w := 0.0
	for i := col; i < col+max(span, 1); i++ {
		w += s.widths[i]
	}
	return w
}

// headHeights gives each heading row the height its cells need; a cell over
// several rows widens the last of them.
func (s *Sheet) headHeights() []float64 {
	heights := make([]float64, s.headRows())
	for span := 1; span <= len(heights); span++ {
		for _, c := range s.t.Head {
			if max(c.RowSpan, 1) != span {
				continue
			}
			lines := s.wrap(c.Text, "B", s.spanWidth(c.Col, c.ColSpan))
			need := float64(len(lines))*LineHeight(s.t.Size) + 2*cellPad
			have := 0.0
			for r := c.Row; r < c.Row+span; r++ {
				have += heights[r]
			}
			if need > have {
				heights[c.Row+span-1] += need - have
			}
		}
	}
	return heights
}

func (s *Sheet) drawHead() {
	heights := s.headHeights()
	top := s.d.y
	at := make([]float64, len(heights)+1)
	at[0] = top
	for i, h := range heights {
		at[i+1] = at[i] + h
	}
	for _, c := range s.t.Head {
		x := s.d.Left() + s.spanWidthTo(c.Col)
		y, h := at[c.Row], at[c.Row+max(c.RowSpan, 1)]-at[c.Row]
		s.cell(x, y, s.spanWidth(c.Col, c.ColSpan), h, c.Text, "B", "C", &headFill)
	}
	s.d.y = at[len(heights)]
	if s.t.Number {
		h := LineHeight(s.t.Size-1.5) + cellPad
		for i := range s.widths {
			x := s.d.Left() + s.spanWidthTo(i)
			s.box(x, s.d.y, s.widths[i], h, nil)
			s.d.TextIn(x, s.d.y+cellPad/2, s.widths[i], "("+Number(int64(i+1))+")", "I", s.t.Size-1.5, "C")
		}
		s.d.y += h
	}
}

func (s *Sheet) spanWidthTo(col int) float64 {
	w := 0.0
	for i := range col {
		w += s.widths[i]
	}
	return w
}

func (s *Sheet) wrap(text, style string, width float64) [][]word {
	p := Para{Size: s.t.Size}
	return s.d.breakLines(s.d.words(text, style, s.t.Size), p, width-2*cellPad)
}

func (s *Sheet) box(x, y, w, h float64, fill *Color) {
	s.d.pdf.SetDrawColor(70, 78, 86)
	s.d.pdf.SetLineWidth(0.18)
	mode := "D"
	if fill != nil {
		s.d.pdf.SetFillColor(fill.R, fill.G, fill.B)
		mode = "FD"
	}
	s.d.pdf.Rect(x, y, w, h, mode)
}

func (s *Sheet) cell(x, y, w, h float64, text, style, align string, fill *Color) {
	s.box(x, y, w, h, fill)
	s.drawCell(s.wrap(text, style, w), x, y, w, h, align)
}

func (s *Sheet) drawCell(lines [][]word, x, y, w, h float64, align string) {
	lh := LineHeight(s.t.Size)
	keep := s.d.y
	s.d.y = y + (h-float64(len(lines))*lh)/2
	for _, line := range lines {
		s.d.drawLine(line, x+cellPad, w-2*cellPad, Para{Size: s.t.Size, Align: align}, true)
		s.d.y += lh
	}
	s.d.y = keep
}

// Keep begins a new page, with the heading, unless height fits on this one.
func (s *Sheet) Keep(height float64) {
	if s.d.Room() < height {
		s.d.NewPage()
		s.drawHead()
	}
}

// Row sets a row, on a new page with a heading if it does not fit.
func (s *Sheet) Row(r Row) {
	if s.t.Zebra && r.Fill == nil && s.rows%2 == 1 {
		r.Fill = &zebraFill
	}
	s.rows++
	widths := s.widths
	if r.Span {
		widths = []float64{s.widths[0], s.d.Width() - s.widths[0]}
	}
	if len(r.Cells) != len(widths) {
		s.d.fail("a row has %d cells, the table %d columns", len(r.Cells), len(widths))
		return
	}
	cells := make([][][]word, len(widths))
	height := 0.0
	for i, text := range r.Cells {
		cells[i] = s.wrap(text, r.Style, widths[i])
		height = max(height, float64(len(cells[i]))*LineHeight(s.t.Size)+2*cellPad)
	}
	keep := height
	if r.Span {
		keep += 2 * LineHeight(s.t.Size)
	}
	s.Keep(keep)
	x := s.d.Left()
	for i, lines := range cells {
		s.box(x, s.d.y, widths[i], height, r.Fill)
		align := s.t.Columns[i].Align
		if align == "" || r.Span && i == 1 {
			align = "L"
		}
		s.drawCell(lines, x, s.d.y, widths[i], height, align)
		x += widths[i]
	}
	s.d.y += height
}
