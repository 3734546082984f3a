package demo

import (
	"io"
	"time"

	"phonghop/assets/paper"
)

// makePlanning writes the building department's submission of the plan; its
// areas are those measured on the map.
func makePlanning(w io.Writer) error {
	date := on(time.November, 19)
	d := paper.New(options("Tờ trình số 48/TTr-SXD về đồ án quy hoạch phân khu", date))
	d.Heading(paper.Head{
		Superior: cityLines, Issuer: []string{"SỞ XÂY DỰNG"},
		Number: "48/TTr-SXD", Place: City, Date: date,
	})
	d.Bookmark("Tờ trình số 48/TTr-SXD", 0)
	d.Title("TỜ TRÌNH", "Về đồ án quy hoạch phân khu đô thị ven sông Lam Giang,", "tỷ lệ 1/2000")
	d.Addressee(committee + ".")
	p := layOut()
	planningContent(d, p)
	planningOpinions(d)
	d.Sign(paper.Signature{
		Lines: []string{"GIÁM ĐỐC"}, Name: nameOf("khoat"),
		Recipients: []string{
			"Như trên", "Các Phó Chủ tịch UBND thành phố", "Sở Nông nghiệp và Môi trường", "UBND các phường: Vọng Hải, Bến Lam",
			"Viện Quy hoạch xây dựng thành phố", "Lưu: VT, QHKT",
		},
	})
	return d.Write(w)
}

func planningContent(d *paper.Doc, p plan) {
	d.Texts(
		"Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15; Luật Quy hoạch đô thị và nông thôn số 47/2024/QH15; Quyết định số 1127/QĐ-UBND " +
			"ngày 14 tháng 4 năm 2026 của " + committee + " phê duyệt nhiệm vụ quy hoạch; thực hiện Thông báo số 402/TB-VP ngày 30 tháng 10 năm 2026, " +
			"Sở Xây dựng báo cáo, xin ý kiến " + committee + " về đồ án như sau:",
	)
	d.Section("1. Phạm vi, quy mô", 1)
	d.Texts(
		"Khu vực lập quy hoạch thuộc địa giới hành chính phường Vọng Hải và phường Bến Lam; phía Bắc giáp sông Lam Giang, phía Nam giáp đường Trần Lãm, "+
			"phía Đông giáp kênh Sậy, phía Tây giáp đường Bến Cũ. Diện tích lập quy hoạch là "+hectares(p.total)+" ha; quy mô dân số đến năm 2035 khoảng 21.000 người.",
		"Tính chất: khu đô thị dịch vụ, thương mại và nhà ở sinh thái ven sông, gắn với hành lang thoát lũ và không gian công cộng liên tục dọc bờ sông.",
	)
	d.Section("2. Cơ cấu sử dụng đất", 1)
	var rows []paper.Row
	for i, u := range landUses {
		rows = append(rows, paper.Row{Cells: []string{
			paper.Number(int64(i + 1)), u.code, u.name, hectares(p.area[i]), paper.Decimal(p.area[i]*100/p.total, 1),
		}})
	}
	rows = append(rows, paper.Row{Style: "B", Fill: paper.GroupFill(), Cells: []string{"", "", "Tổng cộng", hectares(p.total), "100,0"}})
	d.DrawTable(paper.Table{Size: 12.5, Columns: []paper.Column{
		{Title: "STT", Width: 12, Align: "C"}, {Title: "Ký hiệu", Width: 20, Align: "C"}, {Title: "Loại đất", Width: 80},
		{Title: "Diện tích (ha)", Width: 28, Align: "R"}, {Title: "Tỷ lệ (%)", Width: 22, Align: "R"},
	}}, rows)
	d.Section("3. Tổ chức không gian và hạ tầng", 1)
	d.Texts(
		"a) Trục cảnh quan ven sông có công viên rộng từ 40 m đến 60 m, bố trí đường đi bộ, đường xe đạp và bến thuyền; không xây dựng công trình kiên cố "+
			"trong hành lang thoát lũ.",
		"b) Tầng cao tối đa 5 tầng ở dải thứ nhất, 9 tầng ở dải thứ hai, 25 tầng dọc đường Trần Lãm; mật độ xây dựng gộp không quá 35%.",
		"c) Đường chính khu vực rộng 24 m nối với cầu Vọng Hải; cao độ nền khống chế +2,60 m; nước mưa và nước thải tách riêng, trạm xử lý nước thải công suất "+
			"6.500 m³/ngày đêm.",
		"d) Bố trí 02 trường mầm non, 01 trường tiểu học, 01 trường trung học cơ sở, 01 trạm y tế và 01 nhà văn hóa; bán kính phục vụ không quá 500 m.",
	)
}

func planningOpinions(d *paper.Doc) {
	d.Section("4. Kết quả lấy ý kiến", 1)
	d.Texts(
		"Hồ sơ được niêm yết tại trụ sở UBND phường Vọng Hải và UBND phường Bến Lam từ ngày 01 đến ngày 15 tháng 11 năm 2026. Có 1.284/1.372 phiếu của cộng đồng dân cư "+
			"thống nhất ("+paper.Percent(1284, 1372)+"). UBND phường Vọng Hải (Công văn số 317/UBND-KTHTĐT, bản chụp kèm theo) đề nghị giữ lại bến đò cũ, "+
			"mở rộng trường tiểu học và bố trí quỹ đất tái định cư tại chỗ; Sở đã tiếp thu cả ba nội dung.",
		"Các nội dung còn ý kiến khác nhau, kính đề nghị thảo luận: (1) chiều cao công trình dọc đường Trần Lãm; (2) phân kỳ đầu tư kè sông và công viên; "+
			"(3) tỷ lệ nhà ở xã hội trong các lô đất ở mới.",
	)
	d.Section("5. Kiến nghị", 1)
	d.Text("Kính đề nghị " + committee + " cho ý kiến về đồ án để Sở Xây dựng hoàn thiện, thẩm định và trình phê duyệt trong tháng 12 năm 2026./.")
}

// hectares writes an area of square metres.
func hectares(squareMetres float64) string { return paper.Decimal(squareMetres/10000, 2) }
