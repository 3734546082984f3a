package demo

import (
	"io"
	"time"

	"phonghop/assets/paper"
)

const million = 1000 // millions in a billion

// makeAnnex writes the tables of the budget: A4 and A3 pages, turned.
func makeAnnex(w io.Writer) error {
	date := on(time.November, 18)
	opt := options("Phụ lục: Các biểu dự toán ngân sách năm 2027", date)
	opt.Landscape, opt.BodySize = true, 13
	opt.Margins = [4]float64{20, 16, 16, 20}
	d := paper.New(opt)
	annexHeading(d, "01", "DỰ TOÁN THU NGÂN SÁCH NHÀ NƯỚC TRÊN ĐỊA BÀN NĂM 2027")
	all, inner := sum(append([]line{customs}, domestic...)), sum(domestic)
	rows := []paper.Row{budgetRow("", named("TỔNG THU TRÊN ĐỊA BÀN", all), "B"), budgetRow("A", named("Thu nội địa", inner), "B")}
	rows = append(rows, budgetRows(domestic)...)
	d.DrawTable(wideBudgetTable(), append(rows, budgetRow("B", customs, "B")))
	annexTable(d, "02", "CÂN ĐỐI THU, CHI NGÂN SÁCH ĐỊA PHƯƠNG NĂM 2027", balanceRows())
	annexTable(d, "03", "CHI ĐẦU TƯ PHÁT TRIỂN VÀ CHI THƯỜNG XUYÊN NĂM 2027 THEO NGUỒN, LĨNH VỰC", fieldRows())
	d.NewPageOf(paper.A3, true)
	annexAgencies(d)
	d.NewPage()
	annexCommunes(d)
	return d.Write(w)
}

func annexHeading(d *paper.Doc, number, title string) {
	d.Bookmark("Biểu số "+number+". "+title, 0)
	d.Paragraph("Biểu số "+number, paper.Para{Style: "B", Align: "R", After: 1})
	d.Paragraph(title, paper.Para{Style: "B", Align: "C", After: 0.5})
	d.Paragraph("(Kèm theo Tờ trình số 12/TTr-STC ngày 18 tháng 11 năm 2026 của Sở Tài chính)", paper.Para{Style: "I", Align: "C", After: 3})
	unit := "tỷ đồng"
	if number > "03" {
		unit = "triệu đồng"
	}
	unitNote(d, unit)
}

func annexTable(d *paper.Doc, number, title string, rows []paper.Row) {
	d.NewPage()
	annexHeading(d, number, title)
	d.DrawTable(wideBudgetTable(), rows)
}

func wideBudgetTable() paper.Table {
	t := budgetTable(11)
	t.Columns[1].Width = 120
	t.Number = true
	return t
}

func balanceRows() []paper.Row {
	rows := []paper.Row{budgetRow("A", named("TỔNG THU NGÂN SÁCH ĐỊA PHƯƠNG", sum(localRevenue)), "B")}
	rows = append(rows, budgetRows(localRevenue)...)
	rows = append(rows, budgetRow("B", named("TỔNG CHI NGÂN SÁCH ĐỊA PHƯƠNG", sum(spending)), "B"))
	rows = append(rows, budgetRows(spending)...)
	return append(rows, budgetRow("C", named("BỘI CHI NGÂN SÁCH ĐỊA PHƯƠNG", line{}), "B"))
}

func fieldRows() []paper.Row {
	rows := []paper.Row{budgetRow("A", named("CHI ĐẦU TƯ PHÁT TRIỂN", sum(invest)), "B")}
	rows = append(rows, budgetRows(invest)...)
	rows = append(rows, budgetRow("B", named("CHI THƯỜNG XUYÊN", sum(current)), "B"))
	return append(rows, budgetRows(current)...)
}

// matrix splits amounts of the columns among rows by weights; every column
// sums up to its amount. Amounts are in millions.
func matrix(amounts []int64, rows int, weight func(row, col int) float64) [][]int64 {
	out := make([][]int64, rows)
	for i := range out {
		out[i] = make([]int64, len(amounts))
	}
	for col, amount := range amounts {
		w := make([]float64, rows)
		all := 0.0
		for row := range rows {
			w[row] = weight(row, col)
			all += w[row]
		}
		if all == 0 {
			continue
		}
		for row, v := range apportion(amount*million/5, w) {
			out[row][col] = v * 5
		}
	}
	return out
}

// shortFields are the headings of the fields in wide tables.
var shortFields = []string{
	"Giáo dục, đào tạo và dạy nghề", "Y tế, dân số, gia đình", "Khoa học, công nghệ, chuyển đổi số", "Văn hóa, thể thao, du lịch",
	"Bảo đảm xã hội", "Hoạt động kinh tế", "Bảo vệ môi trường", "Quản lý nhà nước, đảng, đoàn thể", "Quốc phòng, an ninh", "Chi khác",
}

func annexAgencies(d *paper.Doc) {
	annexHeading(d, "04", "PHÂN BỔ CHI THƯỜNG XUYÊN NGÂN SÁCH CẤP THÀNH PHỐ NĂM 2027 CHO TỪNG CƠ QUAN, ĐƠN VỊ")
	amounts := make([]int64, len(current))
	for i := range current {
		amounts[i] = current[i].plan - communeCurrent[i]
	}
	cells := matrix(amounts, len(agencies), func(row, col int) float64 { return agencies[row].share[col] })
	t := paper.Table{Size: 11, Number: true, Columns: []paper.Column{
		{Width: 11, Align: "C"}, {Width: 66}, {Width: 24, Align: "R"},
	}, Head: []paper.HeadCell{
		{Text: "STT", RowSpan: 2}, {Text: "Cơ quan, đơn vị", Col: 1, RowSpan: 2}, {Text: "Tổng số", Col: 2, RowSpan: 2},
		{Text: "Chia theo lĩnh vực chi", Col: 3, ColSpan: len(shortFields)}, {Text: "Thuyết minh", Col: 3 + len(shortFields), RowSpan: 2},
	}}
	for i, f := range shortFields {
		t.Columns = append(t.Columns, paper.Column{Width: 23, Align: "R"})
		t.Head = append(t.Head, paper.HeadCell{Text: f, Row: 1, Col: 3 + i})
	}
	t.Columns = append(t.Columns, paper.Column{Width: 62})
	s := d.StartTable(t)
	s.Row(matrixRow("", "TỔNG SỐ", columnSums(cells), "", "B"))
	for i, a := range agencies {
		s.Row(matrixRow(paper.Number(int64(i+1)), a.name, cells[i], a.note, ""))
	}
	s.End()
}

func columnSums(cells [][]int64) []int64 {
	sums := make([]int64, len(cells[0]))
	for _, row := range cells {
		for i, v := range row {
			sums[i] += v
		}
	}
	return sums
}

func matrixRow(number, name string, values []int64, note, style string) paper.Row {
	total := int64(0)
	for _, v := range values {
		total += v
	}
	row := paper.Row{Style: style, Cells: []string{number, name, paper.Number(total)}}
	for _, v := range values {
		text := paper.Number(v)
		if v == 0 {
			text = "-"
		}
		row.Cells = append(row.Cells, text)
	}
	row.Cells = append(row.Cells, note)
	if style == "B" {
		row.Fill = paper.GroupFill()
	}
	return row
}

// annexCommunes shows what each of the 62 units gets; the columns add up to
// the level's totals.
func annexCommunes(d *paper.Doc) {
	annexHeading(d, "05", "DỰ TOÁN CHI NGÂN SÁCH CẤP XÃ NĂM 2027 CHO TỪNG PHƯỜNG, XÃ, ĐẶC KHU")
	units := communes()
	heads := []string{"Chi đầu tư phát triển"}
	amounts := []int64{levels[0][1]}
	for i, v := range communeCurrent {
		if v > 0 {
			heads, amounts = append(heads, shortFields[i]), append(amounts, v)
		}
	}
	heads, amounts = append(heads, "Dự phòng ngân sách"), append(amounts, levels[4][1])
	r := random(505)
	cells := matrix(amounts, len(units), func(row, _ int) float64 {
		return float64(units[row].people) * (0.85 + 0.3*r.Float64())
	})
	t := paper.Table{Size: 11, Number: true, Columns: []paper.Column{
		{Title: "STT", Width: 11, Align: "C"}, {Title: "Phường, xã, đặc khu", Width: 46}, {Title: "Tổng số", Width: 26, Align: "R"},
	}}
	for _, h := range heads {
		t.Columns = append(t.Columns, paper.Column{Title: h, Width: 25, Align: "R"})
	}
	t.Columns = append(t.Columns, paper.Column{Title: "Ghi chú", Width: 34})
	s := d.StartTable(t)
	s.Row(matrixRow("", "TỔNG SỐ", columnSums(cells), "", "B"))
	for i, u := range units {
		s.Row(matrixRow(paper.Number(int64(i+1)), u.title(), cells[i], communeNote(u), ""))
	}
	s.End()
}

func communeNote(u commune) string {
	switch u.kind {
	case "đặc khu":
		return "Áp dụng cơ chế đặc thù hải đảo"
	case "xã":
		return "Gồm hỗ trợ xây dựng nông thôn mới"
	}
	return ""
}
