package demo

import (
	"math/rand/v2"

	"phonghop/assets/paper"
)

// reportTables sets the tables of the first annex.
func reportTables(d *paper.Doc) {
	d.CenterTitle(0, "PHỤ LỤC I", "MỘT SỐ CHỈ TIÊU CHỦ YẾU")
	unitNote(d, "như ghi trong bảng")
	d.DrawTable(paper.Table{Size: 12, Number: true, Columns: []paper.Column{
		{Title: "STT", Width: 12, Align: "C"}, {Title: "Chỉ tiêu", Width: 74}, {Title: "Đơn vị", Width: 26, Align: "C"},
		{Title: "11 tháng năm 2026", Width: 30, Align: "R"}, {Title: "So với cùng kỳ", Width: 26, Align: "R"},
	}}, indicatorRows())
	all := sum(append([]line{customs}, domestic...))
	d.CenterTitle(1, "Bảng 2. Thu ngân sách nhà nước trên địa bàn")
	unitNote(d, "tỷ đồng")
	d.DrawTable(budgetTable(12), append([]paper.Row{budgetRow("", named("TỔNG THU", all), "B")}, append(budgetRows(domestic), budgetRow("13", customs, ""))...))
	d.CenterTitle(1, "Bảng 3. Kết quả theo tháng")
	s := d.StartTable(paper.Table{Size: 12, Zebra: true, Columns: []paper.Column{
		{Title: "Tháng", Width: 16, Align: "C"}, {Title: "Thu ngân sách (tỷ đồng)", Width: 26, Align: "R"}, {Title: "Bán lẻ, dịch vụ (tỷ đồng)", Width: 26, Align: "R"},
		{Title: "Xuất khẩu (triệu USD)", Width: 26, Align: "R"}, {Title: "Khách du lịch (nghìn lượt)", Width: 27, Align: "R"},
		{Title: "Sản xuất công nghiệp (%)", Width: 27, Align: "R"}, {Title: "Giải ngân lũy kế (%)", Width: 24, Align: "R"},
	}})
	for i, m := range months {
		s.Row(paper.Row{Cells: []string{
			m, paper.Decimal(monthlyRevenue[i], 0), paper.Decimal(monthlyRetail[i], 0), paper.Decimal(monthlyExport[i], 0),
			paper.Decimal(monthlyGuests[i], 0), paper.Decimal(monthlyIndex[i], 1), paper.Decimal(disbursed[i], 1),
		}})
	}
	s.Row(paper.Row{Style: "B", Fill: paper.GroupFill(), Cells: []string{
		"Cộng", paper.Number(total(monthlyRevenue)), paper.Number(total(monthlyRetail)), paper.Number(total(monthlyExport)),
		paper.Number(total(monthlyGuests)), paper.Decimal(indexEleven, 1), paper.Decimal(disbursed[10], 1),
	}})
	s.End()
}

func indicatorRows() []paper.Row {
	var rows []paper.Row
	for i, r := range [][4]string{
		{"Tốc độ tăng GRDP (ước cả năm)", "%", paper.Decimal(growth[5], 1), "-"},
		{"Chỉ số sản xuất công nghiệp", "%", paper.Decimal(indexEleven, 1), "tăng 1,3 điểm"},
		{"Tổng mức bán lẻ và doanh thu dịch vụ", "tỷ đồng", paper.Number(total(monthlyRetail)), "112,6%"},
		{"Kim ngạch xuất khẩu", "triệu USD", paper.Number(total(monthlyExport)), "114,3%"},
		{"Kim ngạch nhập khẩu", "triệu USD", paper.Number(total(monthlyImport)), "111,8%"},
		{"Lượt khách du lịch", "nghìn lượt", paper.Number(total(monthlyGuests)), "118,2%"},
		{"Thu ngân sách nhà nước trên địa bàn", "tỷ đồng", paper.Number(total(monthlyRevenue)), "109,4%"},
		{"Giải ngân vốn đầu tư công (đến ngày 20/11)", "tỷ đồng", paper.Number(invested), "tăng 6,3 điểm"},
		{"Doanh nghiệp thành lập mới", "doanh nghiệp", paper.Number(newCompanies), "115,8%"},
		{"Vốn đầu tư trực tiếp nước ngoài", "triệu USD", paper.Number(foreignCapital), "121,0%"},
		{"Dân số trung bình", "người", paper.Number(populationAll), "101,2%"},
		{"Tỷ lệ bao phủ bảo hiểm y tế", "%", "96,1", "tăng 0,6 điểm"},
		{"Tỷ lệ hồ sơ trực tuyến toàn trình", "%", "81,3", "tăng 12,5 điểm"},
	} {
		rows = append(rows, paper.Row{Cells: append([]string{paper.Number(int64(i + 1))}, r[:]...)})
	}
	return rows
}

// local are a ward's figures of the report.
type local struct {
	unit                       commune
	revenue, plan              int64 // millions
	files, late                int64
	households, shops, percent int64
}

// locals invents the figures of all units; revenue adds up to what they share.
func locals() []local {
	const sharedRevenue = 3_864_500 // millions, part of the revenue shared with the lower level
	r := random(1126)
	units := communes()
	revenue := apportion(sharedRevenue/10, weights(units))
	out := make([]local, len(units))
	for i, u := range units {
		l := local{unit: u, revenue: revenue[i] * 10, files: u.people/2 + int64(r.IntN(3000)), percent: 62 + int64(r.IntN(35))}
		l.plan = l.revenue * 1000 / int64(880+r.IntN(190)) / 10 * 10
		l.late = l.files * int64(8+r.IntN(50)) / 1000
		l.households, l.shops = u.people*10/37, u.people/int64(16+r.IntN(14))
		out[i] = l
	}
	return out
}

// reportCommunes writes the second annex: a page for each unit.
func reportCommunes(d *paper.Doc) {
	d.CenterTitle(0, "PHỤ LỤC II", "TÌNH HÌNH TẠI CÁC PHƯỜNG, XÃ, ĐẶC KHU")
	r := random(3031)
	for i, l := range locals() {
		communePage(d, r, i+1, l)
	}
}

var (
	themes = []string{
		"UBND %s đã tập trung chỉ đạo chỉnh trang các tuyến đường chính, xử lý dứt điểm tình trạng lấn chiếm vỉa hè và vận động các hộ kinh doanh ký cam kết giữ gìn trật tự đô thị.",
		"Công tác giải phóng mặt bằng tại %s có chuyển biến rõ nét; phần lớn các hộ đã nhận tiền và bàn giao đất, các trường hợp còn lại đang được vận động, giải thích chính sách.",
		"Trong tháng, %s đã tổ chức các buổi đối thoại với Nhân dân về môi trường, thoát nước và an toàn giao thông; ý kiến được phân công giải quyết và thông báo kết quả công khai.",
		"%s đẩy mạnh phong trào học tập kỹ năng số; các tổ công nghệ số cộng đồng hướng dẫn người cao tuổi sử dụng dịch vụ công trực tuyến tại nhà sinh hoạt cộng đồng.",
		"Hoạt động thương mại, dịch vụ trên địa bàn %s phát triển ổn định; các tuyến phố chuyên doanh được sắp xếp lại, doanh thu của hộ kinh doanh tăng so với cùng kỳ.",
		"%s chủ động phương án phòng, chống ngập, sạt lở; kiểm tra hệ thống cống, rãnh, chuẩn bị vật tư, lực lượng tại chỗ và địa điểm sơ tán khi có bão, triều cường.",
	}
	troubles = []string{
		"Khó khăn chính là thiếu công chức chuyên môn về xây dựng, đất đai; đề nghị Sở Nội vụ tiếp tục biệt phái cán bộ trong năm 2027.",
		"Khó khăn chính là trường học quá tải tại các khu dân cư mới; đề nghị ưu tiên vốn bổ sung phòng học.",
		"Khó khăn chính là hệ thống thoát nước xuống cấp, thường ngập khi mưa lớn kết hợp triều cường; đề nghị sớm khởi công dự án cải tạo.",
		"Khó khăn chính là một số dự án treo kéo dài ảnh hưởng đời sống người dân; đề nghị rà soát, điều chỉnh quy hoạch.",
		"Khó khăn chính là trụ sở làm việc phân tán ở hai địa điểm; đề nghị bố trí kinh phí sửa chữa để tập trung một nơi.",
		"Khó khăn chính là đường nội bộ khu dân cư hẹp, xe cứu hỏa khó tiếp cận; đề nghị hỗ trợ mở rộng theo cơ chế Nhà nước và Nhân dân cùng làm.",
	}
)

func communePage(d *paper.Doc, r *rand.Rand, number int, l local) {
	if number > 1 {
		d.NewPage()
	}
	name := l.unit.full()
	d.Section(paper.Number(int64(number))+". "+l.unit.title(), 1)
	d.Text(l.unit.title() + " có " + paper.Number(l.unit.people) + " người, " + paper.Number(l.households) + " hộ. Thu ngân sách được phân cấp 11 tháng đạt " +
		paper.Number(l.revenue) + " triệu đồng, bằng " + paper.Percent(l.revenue, l.plan) + " dự toán; giải ngân vốn đầu tư do địa phương quản lý đạt " +
		paper.Number(l.percent) + "% kế hoạch. Bộ phận phục vụ hành chính công tiếp nhận " + paper.Number(l.files) + " hồ sơ, trả đúng hạn " +
		paper.Percent(l.files-l.late, l.files) + ".")
	d.DrawTable(paper.Table{Size: 12, Columns: []paper.Column{
		{Title: "Thu ngân sách (triệu đồng)", Width: 30, Align: "C"}, {Title: "Dự toán (triệu đồng)", Width: 30, Align: "C"},
		{Title: "Hồ sơ tiếp nhận", Width: 26, Align: "C"}, {Title: "Hồ sơ quá hạn", Width: 26, Align: "C"},
		{Title: "Hộ kinh doanh", Width: 26, Align: "C"}, {Title: "Giải ngân (%)", Width: 24, Align: "C"},
	}}, []paper.Row{{Cells: []string{
		paper.Number(l.revenue), paper.Number(l.plan), paper.Number(l.files), paper.Number(l.late), paper.Number(l.shops), paper.Number(l.percent),
	}}})
	order := r.Perm(len(themes))
	for _, i := range order[:4] {
		d.Text(capital(insert(themes[i], name)))
	}
	d.Text(pick(r, troubles))
	filesChart(d, r, l)
	d.Text(insert(pick(r, plans), name))
}

// filesChart splits a unit's files among the months and draws them.
func filesChart(d *paper.Doc, r *rand.Rand, l local) {
	weight := make([]float64, len(months))
	for i := range weight {
		weight[i] = 0.8 + 0.4*r.Float64()
	}
	parts := apportion(l.files, weight)
	values := make([]float64, len(parts))
	for i, v := range parts {
		values[i] = float64(v)
	}
	d.Space(2)
	d.Bars(paper.Chart{
		Title: "Hồ sơ thủ tục hành chính tiếp nhận theo tháng, " + l.unit.full(), Unit: "hồ sơ", Labels: months, Values: true, Height: 66,
		Series: []paper.Series{series("Hồ sơ tiếp nhận", 11, values)},
	})
	d.Space(3)
}

var plans = []string{
	"Trong tháng 12, %s tập trung hoàn thành dự toán thu, giải ngân hết số vốn được giao, rà soát hộ khó khăn để hỗ trợ dịp Tết Nguyên đán.",
	"Trong tháng 12, %s tổ chức tổng kết năm, lấy ý kiến Nhân dân về kế hoạch đầu tư công cấp xã năm 2027 và công khai kết quả tại nhà sinh hoạt cộng đồng.",
	"Trong tháng 12, %s hoàn thành số hóa hồ sơ lưu trữ, bố trí thêm điểm hướng dẫn nộp hồ sơ trực tuyến, giảm hồ sơ quá hạn xuống dưới 1%.",
	"Trong tháng 12, %s ra quân vệ sinh môi trường, chỉnh trang đường làng, ngõ phố; bảo đảm an ninh trật tự, phòng cháy, chữa cháy tại chợ và khu dân cư.",
}
