package demo

import (
	"io"
	"time"

	"phonghop/assets/paper"
)

// makeSubmission writes the finance department's submission about the budget.
func makeSubmission(w io.Writer) error {
	date := on(time.November, 18)
	d := paper.New(options("Tờ trình số 12/TTr-STC về dự toán ngân sách năm 2027", date))
	d.Heading(paper.Head{
		Superior: cityLines, Issuer: []string{"SỞ TÀI CHÍNH"},
		Number: "12/TTr-STC", Place: City, Date: date,
	})
	d.Bookmark("Tờ trình số 12/TTr-STC", 0)
	d.Title("TỜ TRÌNH", "Về dự toán ngân sách địa phương và phương án phân bổ", "ngân sách cấp thành phố năm 2027")
	d.Addressee(committee + ".")
	submissionBasis(d)
	submissionReview(d)
	submissionRevenue(d)
	submissionSpending(d)
	submissionMeasures(d)
	submissionRequest(d)
	d.Sign(paper.Signature{
		Lines: []string{"GIÁM ĐỐC"}, Name: nameOf("trach"),
		Recipients: []string{
			"Như trên", "Chủ tịch, các Phó Chủ tịch UBND thành phố (để báo cáo)",
			"Văn phòng UBND thành phố", "Các sở: Nội vụ, Tư pháp, Xây dựng (để phối hợp)",
			"Thuế thành phố", "Lưu: VT, QLNS",
		},
	})
	return d.Write(w)
}

func submissionBasis(d *paper.Doc) {
	d.Texts(
		"Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15; Luật Ngân sách nhà nước số 89/2025/QH15; Luật Đầu tư công số 58/2024/QH15; " +
			"Nghị định số 314/2025/NĐ-CP ngày 08 tháng 12 năm 2025 của Chính phủ về Quy chế làm việc mẫu của Ủy ban nhân dân tỉnh, thành phố; " +
			"trên cơ sở số dự kiến giao của cơ quan có thẩm quyền ở Trung ương và kết quả thảo luận dự toán với các sở, ban, ngành, " +
			"Ủy ban nhân dân 62 phường, xã, đặc khu từ ngày 05 đến ngày 16 tháng 10 năm 2026, Sở Tài chính kính trình " + committee +
			" dự toán ngân sách địa phương và phương án phân bổ ngân sách cấp thành phố năm 2027 như sau:",
	)
	d.Section("I. SỰ CẦN THIẾT VÀ QUÁ TRÌNH XÂY DỰNG", 1)
	d.Texts(
		"Năm 2027 là năm thứ hai thực hiện Kế hoạch phát triển kinh tế - xã hội 5 năm 2026 - 2030 và là năm đầu của việc phân cấp nguồn thu, "+
			"nhiệm vụ chi ổn định giữa ngân sách cấp thành phố và ngân sách cấp xã theo mô hình chính quyền địa phương hai cấp. "+
			"Việc quyết định dự toán đúng thời hạn là điều kiện để các đơn vị phân bổ, giao dự toán trước ngày 31 tháng 12 năm 2026 "+
			"và triển khai nhiệm vụ ngay từ ngày đầu năm.",
		"Sở Tài chính đã hướng dẫn các đơn vị lập dự toán (Công văn số 2164/STC-QLNS ngày 10 tháng 7 năm 2026), tổng hợp nhu cầu, "+
			"tổ chức thảo luận với "+paper.Number(int64(len(agencies)))+" đơn vị dự toán cấp I và 62 phường, xã, đặc khu; lấy ý kiến các thành viên "+committee+
			" bằng văn bản. Đến ngày 13 tháng 11 năm 2026 có 19/19 thành viên trả lời, trong đó 16 ý kiến thống nhất toàn bộ, "+
			"03 ý kiến thống nhất và đề nghị làm rõ thêm về nguồn thu tiền sử dụng đất, mức chi cho chuyển đổi số và kinh phí bảo trì trường học. "+
			"Các ý kiến đã được tiếp thu, giải trình tại bảng tổng hợp kèm theo hồ sơ.",
	)
}

func submissionReview(d *paper.Doc) {
	inner, all := sum(domestic), sum(append([]line{customs}, domestic...))
	eleven := total(monthlyRevenue)
	d.Section("II. ĐÁNH GIÁ THỰC HIỆN DỰ TOÁN NGÂN SÁCH NĂM 2026", 1)
	d.Section("1. Thu ngân sách nhà nước trên địa bàn", 2)
	d.Texts(
		"Thu ngân sách nhà nước trên địa bàn 11 tháng đạt "+billions(eleven)+", bằng "+paper.Percent(eleven, all.plan26)+
			" dự toán. Ước thực hiện cả năm là "+billions(all.real26)+", bằng "+paper.Percent(all.real26, all.plan26)+" dự toán "+
			council+" giao ("+billions(all.plan26)+"), trong đó:",
		"a) Thu nội địa ước đạt "+billions(inner.real26)+", bằng "+paper.Percent(inner.real26, inner.plan26)+
			" dự toán. Có "+reached(domestic)+" khoản thu đạt và vượt dự toán; các khoản có quy mô lớn như thu từ khu vực ngoài quốc doanh, "+
			"khu vực có vốn đầu tư nước ngoài và thuế thu nhập cá nhân đều tăng nhờ sản xuất công nghiệp, thương mại và dịch vụ phục hồi tốt.",
		"b) Thu tiền sử dụng đất ước đạt "+billions(domestic[8].real26)+", bằng "+paper.Percent(domestic[8].real26, domestic[8].plan26)+
			" dự toán do hai khu đất tại phường Vọng Hải và phường Bến Lam phải điều chỉnh quy hoạch phân khu trước khi đấu giá.",
		"c) Thu từ hoạt động xuất khẩu, nhập khẩu ước đạt "+billions(customs.real26)+", bằng "+
			paper.Percent(customs.real26, customs.plan26)+" dự toán.",
	)
	d.Section("2. Chi ngân sách địa phương", 2)
	s := sum(spending)
	d.Texts(
		"Tổng chi ngân sách địa phương ước thực hiện " + billions(s.real26) + ", bằng " + paper.Percent(s.real26, s.plan26) +
			" dự toán. Chi đầu tư phát triển ước " + billions(spending[0].real26) + ", bằng " +
			paper.Percent(spending[0].real26, spending[0].plan26) + " dự toán; đến ngày 20 tháng 11 năm 2026 đã giải ngân " +
			billions(invested) + ", đạt " + paper.Percent(invested, spending[0].plan26) + " kế hoạch. Chi thường xuyên ước " +
			billions(spending[1].real26) + ", bằng " + paper.Percent(spending[1].real26, spending[1].plan26) +
			" dự toán, bảo đảm đầy đủ các chế độ, chính sách đã ban hành, nhất là chính sách cho cán bộ, công chức sau sắp xếp bộ máy và an sinh xã hội.",
	)
	d.Section("3. Hạn chế và nguyên nhân", 2)
	d.Texts(
		"Tiến độ giải ngân vốn đầu tư công 6 tháng đầu năm còn chậm (34,8%), tập trung ở các dự án vướng giải phóng mặt bằng; " +
			"một số đơn vị cấp xã mới thành lập còn lúng túng trong thẩm định dự toán, quyết toán; nợ thuế khó thu chiếm 4,6% tổng thu nội địa. " +
			"Nguyên nhân chủ yếu là quy trình phối hợp giữa các cơ quan sau sắp xếp chưa thông suốt, cơ sở dữ liệu về đất đai và tài sản công " +
			"chưa được chuẩn hóa đầy đủ.",
	)
}

func submissionRevenue(d *paper.Doc) {
	inner, all := sum(domestic), sum(append([]line{customs}, domestic...))
	d.Section("III. DỰ TOÁN NGÂN SÁCH NHÀ NƯỚC NĂM 2027", 1)
	d.Section("1. Dự toán thu ngân sách nhà nước trên địa bàn", 2)
	d.Texts(
		"Tổng thu ngân sách nhà nước trên địa bàn năm 2027 là **" + billions(all.plan) + "**, " + rate(all.plan, all.real26) +
			" so với ước thực hiện năm 2026; trong đó thu nội địa " + billions(inner.plan) + " (" + rate(inner.plan, inner.real26) + "), " +
			"thu từ hoạt động xuất khẩu, nhập khẩu " + billions(customs.plan) + " (" + rate(customs.plan, customs.real26) + "). " +
			"Không kể tiền sử dụng đất và xổ số kiến thiết, thu nội địa " +
			rate(inner.plan-domestic[8].plan-domestic[10].plan, inner.real26-domestic[8].real26-domestic[10].real26) +
			", phù hợp với mức tăng trưởng kinh tế dự kiến 10,5% và yêu cầu chống thất thu.",
	)
	unitNote(d, "tỷ đồng")
	rows := []paper.Row{budgetRow("", named("TỔNG THU TRÊN ĐỊA BÀN", all), "B"), budgetRow("A", named("Thu nội địa", inner), "B")}
	rows = append(rows, budgetRows(domestic)...)
	rows = append(rows, budgetRow("B", customs, "B"))
	d.DrawTable(budgetTable(12), rows)
	d.Section("2. Thu ngân sách địa phương", 2)
	local := sum(localRevenue)
	d.Text("Thu cân đối ngân sách địa phương năm 2027 là **" + billions(local.plan) + "**, gồm: thu được hưởng theo phân cấp " +
		billions(localRevenue[0].plan) + ", thu bổ sung có mục tiêu từ ngân sách trung ương " + billions(localRevenue[1].plan) +
		", thu chuyển nguồn cải cách tiền lương " + billions(localRevenue[2].plan) + ".")
}

func submissionSpending(d *paper.Doc) {
	s := sum(spending)
	d.Section("3. Dự toán chi ngân sách địa phương", 2)
	d.Text("Tổng chi ngân sách địa phương năm 2027 là **" + billions(s.plan) + "**, bằng tổng thu ngân sách địa phương; không có bội chi. " +
		"Dự toán ưu tiên chi đầu tư phát triển (" + paper.Percent(spending[0].plan, s.plan) + " tổng chi), giáo dục và đào tạo (" +
		paper.Percent(current[0].plan, spending[1].plan) + " chi thường xuyên), khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số (" +
		paper.Percent(current[2].plan, spending[1].plan) + " chi thường xuyên); tiết kiệm thêm 10% chi thường xuyên ngoài lương để tạo nguồn cải cách tiền lương.")
	unitNote(d, "tỷ đồng")
	rows := []paper.Row{budgetRow("", named("TỔNG CHI NGÂN SÁCH ĐỊA PHƯƠNG", s), "B")}
	d.DrawTable(budgetTable(12), append(rows, budgetRows(spending)...))
	d.Section("4. Chi đầu tư phát triển theo nguồn vốn", 2)
	d.Text("Chi đầu tư phát triển " + billions(spending[0].plan) + " được bố trí từ bốn nguồn: vốn xây dựng cơ bản tập trung " +
		billions(invest[0].plan) + "; vốn từ thu tiền sử dụng đất " + billions(invest[1].plan) + "; vốn xổ số kiến thiết " +
		billions(invest[2].plan) + "; vốn ngân sách trung ương bổ sung có mục tiêu " + billions(invest[3].plan) +
		". Danh mục công trình, dự án kèm theo từng nguồn vốn được trình riêng tại nội dung 3 của phiên họp.")
	d.Section("5. Phân bổ giữa ngân sách cấp thành phố và ngân sách cấp xã", 2)
	d.Text("Ngân sách cấp thành phố được bố trí " + billions(cityTotal()) + " (" + paper.Percent(cityTotal(), s.plan) +
		"); ngân sách 62 phường, xã, đặc khu " + billions(communeTotal()) + " (" + paper.Percent(communeTotal(), s.plan) + "), cụ thể:")
	unitNote(d, "tỷ đồng")
	d.DrawTable(levelTable(), levelRows())
}

func levelTable() paper.Table {
	return paper.Table{Size: 12, Columns: []paper.Column{
		{Title: "STT", Width: 10, Align: "C"}, {Title: "Nội dung chi", Width: 72}, {Title: "Tổng số", Width: 24, Align: "R"},
		{Title: "Cấp thành phố", Width: 26, Align: "R"}, {Title: "Cấp xã", Width: 24, Align: "R"},
	}}
}

func levelRows() []paper.Row {
	rows := []paper.Row{{Style: "B", Fill: paper.GroupFill(), Cells: []string{
		"", "TỔNG CHI", paper.Number(sum(spending).plan), paper.Number(cityTotal()), paper.Number(communeTotal()),
	}}}
	for i, l := range spending {
		rows = append(rows, paper.Row{Cells: []string{
			paper.Number(int64(i + 1)), l.name, paper.Number(l.plan), paper.Number(levels[i][0]), paper.Number(levels[i][1]),
		}})
	}
	return rows
}

func submissionMeasures(d *paper.Doc) {
	d.Section("IV. GIẢI PHÁP TỔ CHỨC THỰC HIỆN", 1)
	d.Texts(
		"1. Thuế thành phố chủ trì rà soát nguồn thu theo từng ngành, từng địa bàn; mở rộng hóa đơn điện tử khởi tạo từ máy tính tiền, "+
			"phấn đấu 100% hộ kinh doanh nộp thuế theo phương pháp kê khai trong quý I năm 2027; giảm nợ thuế có khả năng thu xuống dưới 3,5% tổng thu nội địa.",
		"2. Sở Nông nghiệp và Môi trường, Sở Xây dựng phối hợp Ủy ban nhân dân các phường, xã hoàn thành thủ tục đấu giá quyền sử dụng đất "+
			"đối với 14 khu đất trong kế hoạch, bảo đảm nguồn thu "+billions(domestic[8].plan)+"; tiến độ thu tiền sử dụng đất đến đâu, bố trí vốn cho dự án đến đó.",
		"3. Các chủ đầu tư hoàn thành thủ tục để khởi công dự án mới chậm nhất trong tháng 6 năm 2027; dự án giải ngân dưới 50% kế hoạch "+
			"đến ngày 30 tháng 8 năm 2027 sẽ được xem xét điều chuyển vốn.",
		"4. Sở Tài chính hướng dẫn, tập huấn nghiệp vụ ngân sách, kế toán cho công chức 62 phường, xã, đặc khu; công khai ngân sách đúng thời hạn, "+
			"liên thông dữ liệu thu, chi với Kho bạc Nhà nước theo thời gian thực.",
		"5. Người đứng đầu cơ quan, đơn vị chịu trách nhiệm về kết quả giải ngân và thực hành tiết kiệm, chống lãng phí; kết quả là một tiêu chí "+
			"xếp loại mức độ hoàn thành nhiệm vụ năm 2027.",
	)
}

func submissionRequest(d *paper.Doc) {
	d.Section("V. KIẾN NGHỊ", 1)
	d.Texts(
		"Sở Tài chính kính đề nghị "+committee+" xem xét, thảo luận và biểu quyết thông qua nội dung trình "+council+
			" tại kỳ họp thường lệ cuối năm 2026, gồm:",
		"1. Dự toán thu ngân sách nhà nước trên địa bàn, thu, chi ngân sách địa phương năm 2027 như Mục III Tờ trình này.",
		"2. Phương án phân bổ ngân sách cấp thành phố và số bổ sung cho ngân sách cấp xã năm 2027 theo các biểu trong Phụ lục kèm theo.",
		"3. Dự thảo Nghị quyết của "+council+" về dự toán ngân sách địa phương và phương án phân bổ ngân sách cấp thành phố năm 2027.",
		"Sở Tài chính kính trình "+committee+" xem xét, quyết định./.",
	)
}

// reached says how many lines reach their estimate of 2026: "10/12".
func reached(lines []line) string {
	n := 0
	for _, l := range lines {
		if l.real26 >= l.plan26 {
			n++
		}
	}
	return paper.Number(int64(n)) + "/" + paper.Number(int64(len(lines)))
}
