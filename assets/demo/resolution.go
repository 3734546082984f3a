package demo

import (
	"io"
	"time"

	"phonghop/assets/paper"
)

// makeResolution writes the draft that goes to the People's Council.
func makeResolution(w io.Writer) error {
	d := paper.New(options("Dự thảo Nghị quyết về dự toán ngân sách năm 2027", on(time.November, 18)))
	d.Heading(paper.Head{Issuer: councilLines, Symbol: "/NQ-HĐND", Place: City, Draft: true})
	d.Bookmark("Dự thảo Nghị quyết", 0)
	d.Title("NGHỊ QUYẾT", "Về dự toán ngân sách địa phương và phương án phân bổ", "ngân sách cấp thành phố năm 2027")
	d.Paragraph("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HẢI LAM", paper.Para{Style: "B", Align: "C", After: 0.2})
	d.Paragraph("KHÓA XVII, NHIỆM KỲ 2026 - 2031, KỲ HỌP THỨ TƯ", paper.Para{Style: "B", Align: "C", After: 4})
	for _, basis := range resolutionBasis() {
		d.Paragraph(basis, paper.Para{Style: "I", Indent: 12.7})
	}
	d.Paragraph("QUYẾT NGHỊ:", paper.Para{Style: "B", Align: "C", After: 3})
	resolutionArticles(d)
	d.Text("Nghị quyết này đã được Hội đồng nhân dân thành phố Hải Lam Khóa XVII, Kỳ họp thứ tư thông qua ngày … tháng 12 năm 2026./.")
	d.Sign(paper.Signature{
		Lines: []string{"CHỦ TỊCH"},
		Recipients: []string{
			"Ủy ban Thường vụ Quốc hội", "Chính phủ", "Bộ Tài chính", "Thường trực Thành ủy", "Đoàn đại biểu Quốc hội thành phố",
			"Các Ban, đại biểu HĐND thành phố", "UBND, Ủy ban MTTQ Việt Nam thành phố", "HĐND, UBND các phường, xã, đặc khu", "Lưu: VT",
		},
	})
	return d.Write(w)
}

func resolutionBasis() []string {
	return []string{
		"Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;",
		"Căn cứ Luật Ngân sách nhà nước số 89/2025/QH15;",
		"Căn cứ Luật Đầu tư công số 58/2024/QH15;",
		"Xét Tờ trình số …/TTr-UBND ngày … tháng 11 năm 2026 của Ủy ban nhân dân thành phố về dự toán ngân sách địa phương " +
			"và phương án phân bổ ngân sách cấp thành phố năm 2027; Báo cáo thẩm tra của Ban Kinh tế - Ngân sách; " +
			"ý kiến thảo luận của đại biểu Hội đồng nhân dân tại kỳ họp.",
	}
}

func resolutionArticles(d *paper.Doc) {
	inner, all, local, s := sum(domestic), sum(append([]line{customs}, domestic...)), sum(localRevenue), sum(spending)
	article(d, "Điều 1.", "Quyết định dự toán ngân sách năm 2027")
	d.Texts(
		"1. Tổng thu ngân sách nhà nước trên địa bàn: "+billions(all.plan)+", trong đó:",
		"a) Thu nội địa: "+billions(inner.plan)+";",
		"b) Thu từ hoạt động xuất khẩu, nhập khẩu: "+billions(customs.plan)+".",
		"2. Tổng thu ngân sách địa phương: "+billions(local.plan)+".",
		"3. Tổng chi ngân sách địa phương: "+billions(s.plan)+", trong đó:",
	)
	clauses(d, spending, func(l line) int64 { return l.plan })
	d.Text("4. Bội chi ngân sách địa phương: không có.")
	article(d, "Điều 2.", "Quyết định phương án phân bổ ngân sách năm 2027")
	d.Texts(
		"1. Chi ngân sách cấp thành phố: "+billions(cityTotal())+"; chi ngân sách cấp xã: "+billions(communeTotal())+".",
		"2. Chi đầu tư phát triển "+billions(spending[0].plan)+", bố trí theo các nguồn vốn:",
	)
	clauses(d, invest, func(l line) int64 { return l.plan })
	d.Text("3. Chi thường xuyên " + billions(spending[1].plan) + ", phân bổ theo các lĩnh vực:")
	clauses(d, current, func(l line) int64 { return l.plan })
	d.Text("4. Chi tiết thu, chi theo từng cơ quan, đơn vị và từng phường, xã, đặc khu tại các biểu trong Phụ lục kèm theo Nghị quyết này.")
	article(d, "Điều 3.", "Một số giải pháp thực hiện dự toán")
	d.Texts(
		"1. Phấn đấu thu ngân sách nhà nước trên địa bàn vượt từ 5% trở lên so với dự toán; số tăng thu sau khi trích tạo nguồn cải cách tiền lương "+
			"được ưu tiên cho các công trình giao thông, chống ngập và trường học.",
		"2. Thực hiện tiết kiệm thêm 10% chi thường xuyên ngoài tiền lương và các khoản có tính chất lương; không bố trí dự toán cho nhiệm vụ chưa thật sự cần thiết.",
		"3. Việc bố trí vốn từ nguồn thu tiền sử dụng đất căn cứ vào tiến độ thu thực tế; nếu hụt thu thì giảm chi tương ứng.",
	)
	article(d, "Điều 4.", "Tổ chức thực hiện")
	d.Texts(
		"1. Ủy ban nhân dân thành phố giao dự toán cho các cơ quan, đơn vị, địa phương trước ngày 20 tháng 12 năm 2026; báo cáo kết quả thực hiện với "+
			"Hội đồng nhân dân thành phố theo quy định của Luật Ngân sách nhà nước.",
		"2. Thường trực Hội đồng nhân dân, các Ban, Tổ đại biểu và đại biểu Hội đồng nhân dân thành phố giám sát việc thực hiện Nghị quyết.",
		"3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam thành phố và các tổ chức thành viên giám sát, vận động Nhân dân cùng thực hiện Nghị quyết này.",
	)
}

// clauses lists amounts under the letters of Vietnamese clauses, đ after d.
func clauses(d *paper.Doc, lines []line, amount func(line) int64) {
	letters := []rune("abcdđeghiklmn")
	for i, l := range lines {
		end := ";"
		if i == len(lines)-1 {
			end = "."
		}
		d.Text(string(letters[i]) + ") " + l.name + ": " + billions(amount(l)) + end)
	}
}

func article(d *paper.Doc, number, title string) {
	const keep = 24 // a title stays with the first lines below it
	d.Need(keep)
	d.Bookmark(number+" "+title, 1)
	d.Text("**" + number + " " + title + "**")
}
