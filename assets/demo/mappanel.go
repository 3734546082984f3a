package demo

import (
	"codeberg.org/go-pdf/fpdf"

	"phonghop/assets/paper"
)

// The panel at the right of the drawing: title, north arrow, key, table of
// land use, scale and title block.

func (m *drawing) panel() {
	y := m.title(34)
	m.north(panelX+panelW/2, y+32)
	y = m.key(y + 72)
	y = m.balance(y + 12)
	m.scaleBar(y + 14)
	m.notes(y + 50)
	m.titleBlock()
}

func (m *drawing) title(y float64) float64 {
	m.c.SetTextColor(160, 20, 30)
	for _, line := range []string{"QUY HOẠCH PHÂN KHU ĐÔ THỊ", "VEN SÔNG LAM GIANG"} {
		m.d.TextIn(panelX, y, panelW, line, "B", 42, "C")
		y += 20
	}
	m.c.SetTextColor(0, 0, 0)
	m.d.TextIn(panelX, y+2, panelW, "Phường Vọng Hải, phường Bến Lam, thành phố Hải Lam", "", 23, "C")
	m.d.TextIn(panelX, y+18, panelW, "BẢN ĐỒ QUY HOẠCH TỔNG MẶT BẰNG", "B", 31, "C")
	m.d.TextIn(panelX, y+32, panelW, "SỬ DỤNG ĐẤT", "B", 31, "C")
	m.d.TextIn(panelX, y+48, panelW, "TỶ LỆ 1/2000", "B", 28, "C")
	return y + 62
}

func (m *drawing) north(x, y float64) {
	m.c.SetDrawColor(0, 0, 0)
	m.c.SetLineWidth(0.5)
	m.c.Circle(x, y+4, 24, "D")
	m.c.SetFillColor(0, 0, 0)
	m.c.Polygon([]fpdf.PointType{{X: x, Y: y - 24}, {X: x, Y: y + 18}, {X: x - 11, Y: y + 26}}, "FD")
	m.c.SetFillColor(255, 255, 255)
	m.c.Polygon([]fpdf.PointType{{X: x, Y: y - 24}, {X: x, Y: y + 18}, {X: x + 11, Y: y + 26}}, "FD")
	m.d.TextIn(x+14, y-28, 16, "B", "B", 34, "C")
}

func (m *drawing) key(y float64) float64 {
	m.d.TextIn(panelX, y, panelW, "KÝ HIỆU", "B", 28, "C")
	y += 18
	for _, u := range landUses {
		m.c.SetFillColor(u.r, u.g, u.b)
		m.c.SetDrawColor(60, 60, 60)
		m.c.SetLineWidth(0.3)
		m.c.Rect(panelX+4, y, 24, 10, "FD")
		m.d.TextIn(panelX+4, y+0.6, 24, u.code, "B", 19, "C")
		m.d.TextAt(panelX+36, y-0.3, u.name, "", 22)
		y += 14.5
	}
	m.c.SetDrawColor(200, 20, 30)
	m.c.SetLineWidth(1.3)
	m.c.SetDashPattern([]float64{9, 3, 2, 3}, 0)
	m.c.Line(panelX+4, y+5, panelX+28, y+5)
	m.c.SetDashPattern(nil, 0)
	m.d.TextAt(panelX+36, y-0.3, "Ranh giới lập quy hoạch", "", 22)
	y += 14.5
	m.d.TextAt(panelX+4, y, "OM-03", "B", 19)
	m.d.TextAt(panelX+36, y-0.3, "Tên lô; diện tích (ha) - tầng cao tối đa", "", 22)
	return y + 14.5
}

// balance is the table of land use, with the areas of the blocks drawn.
func (m *drawing) balance(y float64) float64 {
	const rowH = 13.0
	widths := []float64{30, 120, 52, 50}
	m.d.TextIn(panelX, y, panelW, "BẢNG CÂN BẰNG SỬ DỤNG ĐẤT", "B", 26, "C")
	y += 16
	row := func(style string, cells ...string) {
		x := panelX
		for i, text := range cells {
			m.c.SetDrawColor(60, 60, 60)
			m.c.SetLineWidth(0.3)
			m.c.Rect(x, y, widths[i], rowH, "D")
			align := "R"
			if i == 0 || style == "B" && i != 1 {
				align = "C"
			}
			if i == 1 {
				align = "L"
			}
			m.d.TextIn(x+2.5, y+2.4, widths[i]-5, text, style, 17.5, align)
			x += widths[i]
		}
		y += rowH
	}
	row("B", "Ký hiệu", "Loại đất", "Diện tích (ha)", "Tỷ lệ (%)")
	for i, u := range landUses {
		row("", u.code, u.name, hectares(m.p.area[i]), paper.Decimal(m.p.area[i]*100/m.p.total, 1))
	}
	row("B", "", "Tổng cộng", hectares(m.p.total), "100,0")
	return y
}

// scaleBar shows 0 to 300 m: 150 mm on this sheet.
func (m *drawing) scaleBar(y float64) {
	const piece = 50 * mapScale
	x := panelX + (panelW-6*piece)/2
	m.c.SetDrawColor(0, 0, 0)
	m.c.SetLineWidth(0.4)
	for i := range 6 {
		shade := 255 * (i % 2)
		m.c.SetFillColor(shade, shade, shade)
		m.c.Rect(x+piece*float64(i), y+12, piece, 5, "FD")
	}
	for i := 0; i <= 6; i += 2 {
		m.d.TextIn(x+piece*float64(i)-15, y, 30, paper.Number(int64(i*50)), "", 19, "C")
	}
	m.d.TextAt(x+6*piece+9, y, "m", "", 19)
}

func (m *drawing) notes(y float64) {
	m.d.TextAt(panelX+4, y, "Ghi chú:", "B", 20)
	for _, line := range []string{
		"- Diện tích tính theo ranh giới lô, làm tròn đến 0,01 ha.",
		"- Cao độ nền khống chế +2,60 m.",
		"- Công viên ven sông nằm trong hành lang thoát lũ:",
		"  không xây dựng công trình kiên cố.",
		"- Vị trí trạm điện, trạm bơm xem bản vẽ QH-07.",
	} {
		y += 10
		m.d.TextAt(panelX+4, y, line, "", 19)
	}
}

func (m *drawing) titleBlock() {
	rows := [][2]string{
		{"Cơ quan phê duyệt", "UBND thành phố Hải Lam"},
		{"Cơ quan trình", "Sở Xây dựng"},
		{"Đơn vị lập quy hoạch", "Viện Quy hoạch xây dựng thành phố"},
		{"Bản vẽ", "QH-04 - Khổ giấy A0 - Tháng 11 năm 2026"},
		{"Hệ tọa độ", "VN-2000 (tọa độ giả định)"},
	}
	const rowH = 14.0
	y := sheetH - frameAt - 8 - rowH*float64(len(rows))
	for _, r := range rows {
		m.c.SetDrawColor(0, 0, 0)
		m.c.SetLineWidth(0.4)
		m.c.Rect(panelX, y, 84, rowH, "D")
		m.c.Rect(panelX+84, y, panelW-84, rowH, "D")
		m.d.TextAt(panelX+3, y+2.4, r[0], "", 19)
		m.d.TextAt(panelX+87, y+2.4, r[1], "B", 19)
		y += rowH
	}
}
