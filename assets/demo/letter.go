package demo

import (
	"time"

	"phonghop/assets/paper"
)

// What the papers share: issuing bodies, dates, and how amounts are written.

var (
	cityLines    = []string{"ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI LAM"}
	councilLines = []string{"HỘI ĐỒNG NHÂN DÂN", "THÀNH PHỐ HẢI LAM"}
)

const (
	author    = "UBND thành phố Hải Lam (dữ liệu mẫu)"
	committee = "Ủy ban nhân dân thành phố"
	council   = "Hội đồng nhân dân thành phố"
)

// on returns a day of 2026.
func on(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 8, 0, 0, 0, time.UTC)
}

// options are those of an upright official paper.
func options(title string, date time.Time) paper.Options {
	return paper.Options{Title: title, Author: author, Subject: "Tài liệu mẫu, không phải văn bản thật", Date: date}
}

// billions writes an amount with its unit; the two are not torn apart.
func billions(v int64) string { return paper.Number(v) + "\u00a0tỷ\u00a0đồng" }

// rate writes a change in per cent: "tăng 6,1%" or "giảm 0,9%".
func rate(now, before int64) string {
	change := float64(now-before) * 100 / float64(before)
	if change < 0 {
		return "giảm " + paper.Decimal(-change, 1) + "%"
	}
	return "tăng " + paper.Decimal(change, 1) + "%"
}

// budgetRows writes lines as the rows of a table with columns STT, nội dung,
// dự toán 2026, ước 2026, dự toán 2027, so sánh.
func budgetRows(lines []line) []paper.Row {
	var rows []paper.Row
	for i, l := range lines {
		rows = append(rows, budgetRow(paper.Number(int64(i+1)), l, ""))
	}
	return rows
}

func budgetRow(number string, l line, style string) paper.Row {
	row := paper.Row{Style: style, Cells: []string{
		number, l.name, paper.Number(l.plan26), paper.Number(l.real26), paper.Number(l.plan), paper.Percent(l.plan, l.real26),
	}}
	if style == "B" {
		row.Fill = paper.GroupFill()
	}
	return row
}

func named(name string, l line) line { l.name = name; return l }

func budgetTable(size float64) paper.Table {
	return paper.Table{Size: size, Columns: []paper.Column{
		{Title: "STT", Width: 11, Align: "C"}, {Title: "Nội dung", Width: 56},
		{Title: "Dự toán năm 2026", Width: 21, Align: "R"}, {Title: "Ước thực hiện 2026", Width: 23, Align: "R"},
		{Title: "Dự toán năm 2027", Width: 21, Align: "R"}, {Title: "So sánh DT 2027 với ước 2026", Width: 27, Align: "R"},
	}}
}

// unitNote sets the unit of a table's amounts, right above it.
func unitNote(d *paper.Doc, unit string) {
	const keep = 45 // the table's heading and a few rows
	d.Need(keep)
	d.Paragraph("Đơn vị tính: "+unit, paper.Para{Style: "I", Align: "R", Size: 12, After: 0.8})
}
