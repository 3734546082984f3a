package demo

import (
	"io"
	"time"

	"phonghop/assets/paper"
)

// makePersonnel writes the submission of the restricted item. The candidate is
// invented, like everybody here.
func makePersonnel(w io.Writer) error {
	date := on(time.November, 19)
	d := paper.New(options("Tờ trình số 96/TTr-SNV về nhân sự", date))
	d.Heading(paper.Head{
		Superior: cityLines, Issuer: []string{"SỞ NỘI VỤ"},
		Number: "96/TTr-SNV", Place: City, Date: date,
	})
	d.Bookmark("Tờ trình số 96/TTr-SNV", 0)
	d.Title("TỜ TRÌNH", "Về việc bổ nhiệm Phó Giám đốc Ban Quản lý dự án", "đầu tư xây dựng thành phố")
	d.Addressee(committee + ".")
	d.Texts(
		"Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15; Luật Viên chức; các quy định về phân cấp quản lý, bổ nhiệm và giới thiệu " +
			"nhân sự giữ chức vụ lãnh đạo, quản lý; Quy chế làm việc của " + committee + "; xét đề nghị của Ban Quản lý dự án đầu tư xây dựng thành phố " +
			"tại Tờ trình số 188/TTr-BQLDA ngày 27 tháng 10 năm 2026, Sở Nội vụ kính trình " + committee + " như sau:",
	)
	personnelNeed(d)
	personnelCandidate(d)
	personnelProcess(d)
	d.Sign(paper.Signature{
		Lines: []string{"GIÁM ĐỐC"}, Name: nameOf("khue"),
		Recipients: []string{"Như trên", "Chủ tịch, các Phó Chủ tịch UBND thành phố", "Lưu: VT, TCCB (02 bản)"},
	})
	return d.Write(w)
}

func personnelNeed(d *paper.Doc) {
	d.Section("I. Thực trạng và sự cần thiết", 1)
	d.Texts(
		"Ban Quản lý dự án đầu tư xây dựng thành phố được tổ chức lại từ ba ban quản lý dự án, hiện có 214 viên chức và người lao động, "+
			"làm chủ đầu tư 96 dự án với kế hoạch vốn năm 2026 là 3.860 tỷ đồng. Theo đề án được duyệt, Ban có Giám đốc và không quá 03 Phó Giám đốc; "+
			"hiện còn thiếu 01 Phó Giám đốc phụ trách khối giao thông, thoát nước do người tiền nhiệm nghỉ hưu từ ngày 01 tháng 9 năm 2026.",
		"Năm 2027, khối lượng công việc của Ban tăng khoảng 30% với các dự án thoát nước, chống ngập và đường ven sông Lam Giang. "+
			"Việc kiện toàn nhân sự là cần thiết để phân công rõ trách nhiệm, bảo đảm tiến độ giải ngân.",
	)
}

func personnelCandidate(d *paper.Doc) {
	d.Section("II. Nhân sự đề nghị bổ nhiệm", 1)
	d.Text("Sau khi thực hiện các bước theo quy định, tập thể lãnh đạo Ban giới thiệu nhân sự sau:")
	d.DrawTable(paper.Table{Size: 12.5, Columns: []paper.Column{
		{Title: "Nội dung", Width: 42}, {Title: "Thông tin", Width: 110},
	}}, []paper.Row{
		{Cells: []string{"Họ và tên", "**Hà Thiện Lương**"}},
		{Cells: []string{"Chức vụ hiện nay", "Trưởng phòng Quản lý dự án giao thông, Ban Quản lý dự án đầu tư xây dựng thành phố"}},
		{Cells: []string{"Trình độ chuyên môn", "Thạc sĩ kỹ thuật xây dựng công trình giao thông"}},
		{Cells: []string{"Lý luận chính trị", "Cao cấp"}},
		{Cells: []string{"Quá trình công tác", "17 năm công tác trong ngành xây dựng; 06 năm giữ chức vụ trưởng phòng; trực tiếp quản lý 11 dự án, " +
			"trong đó 09 dự án đã quyết toán, không có dự án chậm tiến độ do lỗi chủ quan"}},
		{Cells: []string{"Quy hoạch", "Được quy hoạch chức danh Phó Giám đốc Ban giai đoạn 2026 - 2031"}},
		{Cells: []string{"Xếp loại 03 năm gần nhất", "Năm 2023: hoàn thành tốt nhiệm vụ; năm 2024 và năm 2025: hoàn thành xuất sắc nhiệm vụ"}},
		{Cells: []string{"Kê khai tài sản, tiêu chuẩn chính trị", "Đã thẩm định, đủ điều kiện theo quy định"}},
	})
}

func personnelProcess(d *paper.Doc) {
	d.Section("III. Kết quả thực hiện quy trình", 1)
	d.DrawTable(paper.Table{Size: 12.5, Columns: []paper.Column{
		{Title: "Bước", Width: 14, Align: "C"}, {Title: "Hội nghị", Width: 74}, {Title: "Có mặt", Width: 22, Align: "C"},
		{Title: "Số phiếu giới thiệu", Width: 26, Align: "C"}, {Title: "Tỷ lệ", Width: 20, Align: "C"},
	}}, []paper.Row{
		{Cells: []string{"1", "Tập thể lãnh đạo (lần 1)", "5/5", "5", "100,0%"}},
		{Cells: []string{"2", "Tập thể lãnh đạo mở rộng", "23/24", "21", paper.Percent(21, 23)}},
		{Cells: []string{"3", "Cán bộ chủ chốt", "61/64", "55", paper.Percent(55, 61)}},
		{Cells: []string{"4", "Tập thể lãnh đạo (lần 2)", "5/5", "5", "100,0%"}},
	})
	d.Section("IV. Đề xuất", 1)
	d.Texts(
		"Sở Nội vụ đã thẩm định hồ sơ, nhân sự đủ tiêu chuẩn, điều kiện bổ nhiệm. Kính trình "+committee+
			" xem xét, biểu quyết bằng phiếu kín về chủ trương bổ nhiệm ông Hà Thiện Lương giữ chức vụ Phó Giám đốc Ban Quản lý dự án "+
			"đầu tư xây dựng thành phố, thời hạn 05 năm.",
		"Tài liệu này chỉ sử dụng trong nội dung có thành phần hạn chế của phiên họp và được thu hồi sau khi kết thúc nội dung./.",
	)
}
