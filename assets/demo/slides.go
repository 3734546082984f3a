package demo

import (
	"io"
	"time"

	"phonghop/assets/paper"
)

// deck is the slide show of the report: 16:9, the report's own figures.
type deck struct {
	d    *paper.Doc
	w, h float64
}

var (
	deckBlue  = paper.Color{R: 11, G: 90, B: 143}
	deckPaper = paper.Color{R: 247, G: 245, B: 240}
)

// makeSlides draws the slides.
func makeSlides(w io.Writer) error {
	opt := options("Trình chiếu: Tình hình kinh tế - xã hội 11 tháng năm 2026", on(time.November, 20))
	opt.Page, opt.Landscape, opt.Sans, opt.Unnumbered = paper.Wide, true, true, true
	opt.Margins = [4]float64{14, 22, 12, 22}
	opt.BodySize = 20
	d := paper.New(opt)
	k := &deck{d: d}
	k.w, k.h = d.PageSize()
	k.cover()
	k.list("Nội dung trình bày", "1. Tăng trưởng và sản xuất", "2. Thương mại, xuất khẩu, du lịch", "3. Thu, chi ngân sách và đầu tư công",
		"4. Xã hội, cải cách hành chính, quốc phòng, an ninh", "5. Hạn chế và nhiệm vụ tháng 12")
	k.figures("Những con số chính, 11 tháng năm 2026", [][2]string{
		{paper.Decimal(growth[5], 1) + "%", "GRDP, ước cả năm"}, {"+" + paper.Decimal(indexEleven, 1) + "%", "Sản xuất công nghiệp"},
		{paper.Number(total(monthlyRevenue)), "tỷ đồng thu ngân sách"}, {paper.Decimal(disbursed[10], 1) + "%", "Giải ngân đầu tư công"},
		{paper.Number(total(monthlyExport)), "triệu USD xuất khẩu"}, {paper.Number(total(monthlyGuests)), "nghìn lượt khách du lịch"},
	})
	k.charts()
	k.figures("Xã hội và cải cách hành chính", [][2]string{
		{"96,1%", "Bao phủ bảo hiểm y tế"}, {"0,86%", "Tỷ lệ hộ nghèo"}, {"41.300", "lượt người có việc làm mới"},
		{"81,3%", "Hồ sơ trực tuyến toàn trình"}, {"96,8%", "Hồ sơ đúng hạn"}, {"58/62", "đơn vị cấp xã đã kết nối"},
	})
	k.list("Hạn chế, khó khăn", "• Thu tiền sử dụng đất đạt "+paper.Percent(domestic[8].real26, domestic[8].plan26)+" dự toán",
		"• 07 chủ đầu tư giải ngân dưới 50% kế hoạch", "• Thiếu 184 phòng học, 612 giáo viên ở các phường đông dân",
		"• Dữ liệu chuyên ngành chưa liên thông đến cấp xã", "• Lừa đảo qua mạng diễn biến phức tạp")
	k.list("Nhiệm vụ trọng tâm tháng 12", "• Hoàn thiện dự toán năm 2027, trình Hội đồng nhân dân thành phố",
		"• Giải ngân trên 98% kế hoạch đến ngày 31/01/2027", "• Trình bảng giá đất áp dụng từ ngày 01/01/2027",
		"• Kết nối 04 đơn vị cấp xã còn lại", "• Chuẩn bị Tết Nguyên đán Đinh Mùi an toàn, đầm ấm")
	k.closing()
	return d.Write(w)
}

func (k *deck) fill(c paper.Color, x, y, w, h float64) {
	k.d.Canvas().SetFillColor(c.R, c.G, c.B)
	k.d.Canvas().Rect(x, y, w, h, "F")
}

func (k *deck) ink(c paper.Color) { k.d.Canvas().SetTextColor(c.R, c.G, c.B) }

func (k *deck) cover() {
	white := paper.Color{R: 255, G: 255, B: 255}
	k.fill(deckBlue, 0, 0, k.w, k.h)
	k.fill(paper.Color{R: 224, G: 142, B: 38}, 22, 108, 60, 2)
	k.ink(white)
	k.d.TextAt(22, 26, "ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI LAM", "", 18)
	k.d.TextAt(22, 36, "SỞ TÀI CHÍNH", "B", 18)
	k.d.TextAt(22, 68, "Tình hình kinh tế - xã hội", "B", 44)
	k.d.TextAt(22, 88, "11 tháng năm 2026", "B", 36)
	k.d.TextAt(22, 116, "Phiên họp thường kỳ tháng 11 năm 2026", "", 20)
	k.d.TextAt(22, 160, "Người trình bày: "+nameOf("trach")+", Giám đốc Sở Tài chính", "", 18)
	k.ink(paper.Color{})
}

// open begins a slide with its title and foot.
func (k *deck) open(title string) {
	k.d.NewPage()
	k.d.Bookmark(title, 0)
	k.fill(deckPaper, 0, 0, k.w, k.h)
	k.fill(deckBlue, 0, 0, 7, k.h)
	k.ink(deckBlue)
	k.d.TextAt(22, 12, title, "B", 30)
	k.ink(paper.Color{R: 90, G: 96, B: 104})
	k.d.TextAt(22, k.h-13, "Sở Tài chính thành phố Hải Lam", "", 12)
	k.d.TextIn(0, k.h-13, k.w-22, paper.Number(int64(k.d.Pages())), "", 12, "R")
	k.ink(paper.Color{R: 30, G: 35, B: 40})
	k.d.SetY(36)
}

func (k *deck) list(title string, lines ...string) {
	k.open(title)
	k.d.SetY(46)
	for _, line := range lines {
		k.d.Paragraph(line, paper.Para{Size: 26, Align: "L", After: 9})
	}
}

// figures sets six large numbers in two rows.
func (k *deck) figures(title string, cells [][2]string) {
	k.open(title)
	const gap, top, high = 8.0, 42.0, 58.0
	wide := (k.w - 44 - 2*gap) / 3
	for i, c := range cells {
		x, y := 22+float64(i%3)*(wide+gap), top+float64(i/3)*(high+gap)
		k.fill(paper.Color{R: 255, G: 255, B: 255}, x, y, wide, high)
		k.fill(deckBlue, x, y, wide, 1.2)
		k.ink(deckBlue)
		k.d.TextIn(x, y+9, wide, c[0], "B", 44, "C")
		k.ink(paper.Color{R: 30, G: 35, B: 40})
		k.d.TextIn(x, y+38, wide, c[1], "", 19, "C")
	}
}

const (
	slideChart = 138.0
	slideType  = 14.0
)

func (k *deck) charts() {
	k.open("Tăng trưởng kinh tế")
	k.d.Bars(paper.Chart{
		Title: "Tốc độ tăng GRDP", Unit: "%", Labels: growthYears, Digits: 1, Values: true, Height: slideChart, Size: slideType,
		Series: []paper.Series{series("Tốc độ tăng", 0, growth)},
	})
	k.open("Cơ cấu kinh tế năm 2026")
	k.d.Pie("Cơ cấu GRDP (ước)", "tỷ đồng", structure(), 18)
	k.open("Sản xuất công nghiệp")
	k.d.Lines(paper.Chart{
		Title: "Chỉ số sản xuất công nghiệp so với cùng kỳ", Unit: "%", Labels: months, Digits: 1, Values: true, Floor: 6,
		Height: slideChart, Size: slideType, Series: []paper.Series{series("Mức tăng từng tháng", 4, monthlyIndex)},
	})
	k.open("Xuất khẩu, nhập khẩu")
	k.d.Bars(paper.Chart{
		Title: "Kim ngạch theo tháng", Unit: "triệu USD", Labels: months, Height: slideChart, Size: slideType,
		Series: []paper.Series{series("Xuất khẩu", 0, monthlyExport), series("Nhập khẩu", 1, monthlyImport)},
	})
	k.open("Thu ngân sách nhà nước trên địa bàn")
	k.d.Bars(paper.Chart{
		Title: "Thu theo tháng", Unit: "tỷ đồng", Labels: months, Values: true, Height: slideChart, Size: slideType,
		Series: []paper.Series{series("Số thu", 2, monthlyRevenue)},
	})
	k.open("Giải ngân vốn đầu tư công")
	k.d.Lines(paper.Chart{
		Title: "Lũy kế giải ngân năm 2026 (tháng 11: đến ngày 20)", Unit: "% kế hoạch", Labels: months, Digits: 1, Values: true,
		Height: slideChart, Size: slideType, Series: []paper.Series{series("Lũy kế", 3, disbursed)},
	})
}

func (k *deck) closing() {
	k.d.NewPage()
	k.fill(deckBlue, 0, 0, k.w, k.h)
	k.ink(paper.Color{R: 255, G: 255, B: 255})
	k.d.TextIn(0, 76, k.w, "Trân trọng cảm ơn!", "B", 46, "C")
	k.d.TextIn(0, 106, k.w, "Kính đề nghị Ủy ban nhân dân thành phố cho ý kiến", "", 22, "C")
	k.ink(paper.Color{})
}
