package demo

import (
	"io"
	"time"

	"phonghop/assets/paper"
)

// makeReport writes the monthly report: text, charts and tables, and an annex
// with a page or so for every ward and commune.
func makeReport(w io.Writer) error {
	date := on(time.November, 20)
	d := paper.New(options("Báo cáo số 215/BC-STC về kinh tế - xã hội 11 tháng năm 2026", date))
	d.Heading(paper.Head{
		Superior: cityLines, Issuer: []string{"SỞ TÀI CHÍNH"},
		Number: "215/BC-STC", Place: City, Date: date,
	})
	d.Title("BÁO CÁO", "Tình hình kinh tế - xã hội, quốc phòng, an ninh tháng 11", "và 11 tháng năm 2026; nhiệm vụ, giải pháp trọng tâm tháng 12 năm 2026")
	d.Text("Thực hiện Chương trình công tác năm 2026 của " + committee + ", Sở Tài chính phối hợp Thống kê thành phố và các cơ quan, đơn vị tổng hợp, " +
		"báo cáo tình hình kinh tế - xã hội, quốc phòng, an ninh tháng 11 và 11 tháng năm 2026 như sau:")
	d.CenterTitle(0, "PHẦN THỨ NHẤT", "TÌNH HÌNH THÁNG 11 VÀ 11 THÁNG NĂM 2026")
	reportSections(d, reportEconomy())
	reportSections(d, reportSociety())
	d.CenterTitle(0, "PHẦN THỨ HAI", "NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM THÁNG 12 NĂM 2026")
	reportSections(d, reportTasks())
	d.Text("Trên đây là báo cáo tình hình kinh tế - xã hội, quốc phòng, an ninh tháng 11 và 11 tháng năm 2026, Sở Tài chính kính báo cáo " + committee + "./.")
	d.Sign(paper.Signature{
		Lines: []string{"GIÁM ĐỐC"}, Name: nameOf("trach"),
		Recipients: []string{
			"UBND thành phố (để báo cáo)", "Các thành viên UBND thành phố", "Văn phòng UBND thành phố", "Thống kê thành phố", "Lưu: VT, THQH",
		},
	})
	d.NewPage()
	reportTables(d)
	d.NewPage()
	reportCommunes(d)
	return d.Write(w)
}

// section is a heading with its paragraphs and what may follow them.
type section struct {
	title string
	text  []string
	draw  func(*paper.Doc)
}

func reportSections(d *paper.Doc, sections []section) {
	for _, s := range sections {
		d.Section(s.title, 1)
		d.Texts(s.text...)
		if s.draw != nil {
			d.Space(2)
			s.draw(d)
			d.Space(3)
		}
	}
}

func series(name string, color int, values []float64) paper.Series {
	return paper.Series{Name: name, Values: values, Color: paper.Palette[color]}
}

func chartGrowth(d *paper.Doc) {
	d.Bars(paper.Chart{
		Title: "Biểu đồ 1. Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP)", Unit: "%", Labels: growthYears, Digits: 1, Values: true,
		Series: []paper.Series{series("Tốc độ tăng GRDP", 0, growth)},
	})
	d.Space(4)
	d.Pie("Biểu đồ 2. Cơ cấu kinh tế năm 2026 (ước)", "tỷ đồng", structure(), 11)
}

// structure splits the product of 2026: shares of 5,8; 44,6; 41,9; 7,7 per cent.
func structure() []paper.Slice {
	return []paper.Slice{
		{Name: "Nông, lâm nghiệp, thủy sản", Value: outputTotal * 0.058}, {Name: "Công nghiệp, xây dựng", Value: outputTotal * 0.446},
		{Name: "Dịch vụ", Value: outputTotal * 0.419}, {Name: "Thuế sản phẩm trừ trợ cấp", Value: outputTotal * 0.077},
	}
}

func chartIndex(d *paper.Doc) {
	d.Lines(paper.Chart{
		Title: "Biểu đồ 3. Chỉ số sản xuất công nghiệp tăng so với cùng kỳ", Unit: "%", Labels: months, Digits: 1, Values: true, Floor: 6,
		Series: []paper.Series{series("Mức tăng từng tháng", 4, monthlyIndex)},
	})
}

func chartRetail(d *paper.Doc) {
	d.Bars(paper.Chart{
		Title: "Biểu đồ 4. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ", Unit: "tỷ đồng", Labels: months, Values: true,
		Series: []paper.Series{series("Theo tháng", 2, monthlyRetail)},
	})
}

func chartTrade(d *paper.Doc) {
	d.Bars(paper.Chart{
		Title: "Biểu đồ 5. Kim ngạch xuất khẩu, nhập khẩu hàng hóa", Unit: "triệu USD", Labels: months,
		Series: []paper.Series{series("Xuất khẩu", 0, monthlyExport), series("Nhập khẩu", 1, monthlyImport)},
	})
}

func chartTourism(d *paper.Doc) {
	d.Lines(paper.Chart{
		Title: "Biểu đồ 6. Lượt khách du lịch theo tháng", Unit: "nghìn lượt", Labels: months, Values: true,
		Series: []paper.Series{series("Lượt khách", 5, monthlyGuests)},
	})
}

func chartRevenue(d *paper.Doc) {
	d.Bars(paper.Chart{
		Title: "Biểu đồ 7. Thu ngân sách nhà nước trên địa bàn theo tháng", Unit: "tỷ đồng", Labels: months, Values: true,
		Series: []paper.Series{series("Số thu trong tháng", 0, monthlyRevenue)},
	})
	d.Space(4)
	var slices []paper.Slice
	for _, l := range current {
		slices = append(slices, paper.Slice{Name: l.name, Value: float64(l.real26)})
	}
	d.Pie("Biểu đồ 8. Cơ cấu chi thường xuyên năm 2026 (ước, tỷ đồng)", "", slices, 9)
}

func chartDisbursed(d *paper.Doc) {
	d.Lines(paper.Chart{
		Title: "Biểu đồ 9. Lũy kế giải ngân vốn đầu tư công năm 2026", Unit: "% kế hoạch", Labels: months, Digits: 1, Values: true,
		Series: []paper.Series{series("Đến cuối tháng (tháng 11: đến ngày 20)", 3, disbursed)},
	})
}
