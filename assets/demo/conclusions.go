package demo

import (
	"io"
	"time"

	"phonghop/assets/paper"
)

// makeConclusions writes the notice of the session of October, which the
// office issues on the Chairman's behalf.
func makeConclusions(w io.Writer) error {
	date := on(time.October, 30)
	d := paper.New(options("Thông báo số 402/TB-VP kết luận phiên họp tháng 10", date))
	d.Heading(paper.Head{
		Superior: cityLines, Issuer: []string{"VĂN PHÒNG"},
		Number: "402/TB-VP", Place: City, Date: date,
	})
	d.Bookmark("Thông báo số 402/TB-VP", 0)
	d.Title("THÔNG BÁO", "Kết luận của Chủ tịch UBND thành phố "+nameOf("tuong"), "tại phiên họp thường kỳ tháng 10 năm 2026")
	d.Texts(
		"Ngày 27 tháng 10 năm 2026, tại Trụ sở UBND thành phố, Chủ tịch UBND thành phố "+nameOf("tuong")+" chủ trì phiên họp thường kỳ tháng 10 năm 2026. "+
			"Có mặt 18/19 thành viên, vắng có lý do 01 thành viên; dự phiên họp có đại diện Thường trực HĐND, Ủy ban Mặt trận Tổ quốc Việt Nam thành phố, "+
			"các Ban của HĐND và lãnh đạo các cơ quan liên quan.",
		"Sau khi nghe báo cáo và ý kiến thảo luận của các thành viên, Chủ tịch UBND thành phố kết luận như sau:",
	)
	conclusionsOnEconomy(d)
	conclusionsOnItems(d)
	d.Text("Văn phòng UBND thành phố thông báo để các cơ quan, đơn vị, địa phương biết, thực hiện./.")
	d.Sign(paper.Signature{
		Lines: []string{"TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"}, Name: nameOf("dinh"),
		Recipients: []string{
			"Thường trực Thành ủy, HĐND thành phố", "Chủ tịch, các Phó Chủ tịch UBND thành phố", "Các thành viên UBND thành phố",
			"Các sở, ban, ngành thành phố", "UBND các phường, xã, đặc khu", "Lưu: VT, TH",
		},
	})
	return d.Write(w)
}

func conclusionsOnEconomy(d *paper.Doc) {
	ten := monthlyRevenue[:10]
	d.Section("1. Về tình hình kinh tế - xã hội tháng 10 và 10 tháng năm 2026", 1)
	d.Texts(
		"Cơ bản thống nhất với báo cáo của Sở Tài chính và ý kiến của các thành viên. Kinh tế thành phố tiếp tục phục hồi tích cực: chỉ số sản xuất "+
			"công nghiệp tháng 10 tăng "+paper.Decimal(monthlyIndex[9], 1)+"% so với cùng kỳ; thu ngân sách nhà nước trên địa bàn 10 tháng đạt "+
			billions(total(ten))+"; giải ngân vốn đầu tư công đạt "+paper.Decimal(disbursed[9], 1)+"% kế hoạch. Tuy nhiên, tiền sử dụng đất thu chậm, "+
			"02 khu đất đấu giá còn vướng quy hoạch phân khu; tỷ lệ hồ sơ đất đai quá hạn ở một số phường còn cao.",
		"Các cấp, các ngành tập trung hoàn thành các chỉ tiêu năm 2026, trong đó:",
		"a) Sở Tài chính theo dõi tiến độ giải ngân hằng tuần, trình điều chuyển vốn của các dự án chậm trước ngày 15 tháng 11 năm 2026.",
		"b) Sở Nông nghiệp và Môi trường rút ngắn thời gian xác định giá đất, báo cáo phương án xử lý hồ sơ quá hạn trước ngày 10 tháng 11 năm 2026.",
		"c) Sở Khoa học và Công nghệ hoàn thành việc kết nối hệ thống giải quyết thủ tục hành chính với 62 phường, xã, đặc khu trước ngày 30 tháng 11 năm 2026.",
	)
}

func conclusionsOnItems(d *paper.Doc) {
	d.Section("2. Về dự toán ngân sách năm 2027", 1)
	d.Text("Giao Sở Tài chính tiếp thu ý kiến các thành viên, hoàn thiện dự toán và phương án phân bổ, gửi các thành viên nghiên cứu trước phiên họp ít nhất " +
		"03 ngày làm việc, trình UBND thành phố tại phiên họp thường kỳ tháng 11 năm 2026 trước khi trình " + council + ".")
	d.Section("3. Về đồ án quy hoạch phân khu đô thị ven sông Lam Giang", 1)
	d.Text("Giao Sở Xây dựng lấy ý kiến UBND các phường Vọng Hải, Bến Lam và cộng đồng dân cư; làm rõ hành lang thoát lũ, diện tích cây xanh và phương án " +
		"tái định cư; báo cáo UBND thành phố tại phiên họp tháng 11 năm 2026.")
	d.Section("4. Về phòng, chống thiên tai và bảo đảm an toàn hồ đập", 1)
	d.Text("Bộ Chỉ huy quân sự, Công an thành phố, Sở Nông nghiệp và Môi trường và UBND các phường, xã ven sông, ven biển duy trì trực 24/24 giờ; " +
		"kiểm tra 37 hồ chứa trước ngày 15 tháng 11 năm 2026; rà soát phương án sơ tán dân tại các khu vực có nguy cơ sạt lở.")
	d.Section("5. Về họp không giấy", 1)
	d.Text("Từ phiên họp tháng 11 năm 2026, tài liệu của phiên họp UBND thành phố được gửi và sử dụng trên hệ thống phòng họp không giấy; chỉ in tài liệu " +
		"khi thành viên có yêu cầu. Văn phòng UBND thành phố hướng dẫn sử dụng và có phương án dự phòng khi mất điện, mất mạng.")
}

// makeProgramme writes the draft programme of December as a table.
func makeProgramme(w io.Writer) error {
	date := on(time.November, 20)
	opt := options("Dự thảo Chương trình công tác tháng 12 năm 2026", date)
	opt.Landscape, opt.BodySize = true, 13
	d := paper.New(opt)
	d.Heading(paper.Head{Issuer: cityLines, Symbol: "/CTr-UBND", Place: City, Draft: true})
	d.Bookmark("Chương trình công tác tháng 12", 0)
	d.Title("CHƯƠNG TRÌNH CÔNG TÁC", "Tháng 12 năm 2026 của Ủy ban nhân dân thành phố")
	programmeFollowUp(d)
	programmeTable(d)
	d.Sign(paper.Signature{
		Lines: []string{"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"}, Name: nameOf("tuong"),
		Recipients: []string{"Các thành viên UBND thành phố", "Các sở, ban, ngành thành phố", "UBND các phường, xã, đặc khu", "Lưu: VT, TH"},
	})
	return d.Write(w)
}

func programmeFollowUp(d *paper.Doc) {
	d.Section("I. KẾT QUẢ THỰC HIỆN THÔNG BÁO KẾT LUẬN SỐ 402/TB-VP NGÀY 30/10/2026", 1)
	d.DrawTable(paper.Table{Size: 12, Columns: []paper.Column{
		{Title: "STT", Width: 11, Align: "C"}, {Title: "Nhiệm vụ được giao", Width: 90}, {Title: "Cơ quan chủ trì", Width: 40},
		{Title: "Thời hạn", Width: 22, Align: "C"}, {Title: "Kết quả", Width: 72},
	}}, []paper.Row{
		{Cells: []string{"1", "Trình điều chuyển vốn của các dự án giải ngân chậm", "Sở Tài chính", "15/11/2026", "Đã hoàn thành: điều chuyển 412 tỷ đồng của 23 dự án"}},
		{Cells: []string{"2", "Phương án xử lý hồ sơ đất đai quá hạn", "Sở Nông nghiệp và Môi trường", "10/11/2026", "Đã hoàn thành: hồ sơ quá hạn giảm từ 1.846 xuống 327"}},
		{Cells: []string{"3", "Kết nối hệ thống giải quyết thủ tục hành chính với cấp xã", "Sở Khoa học và Công nghệ", "30/11/2026", "Đang thực hiện: 58/62 phường, xã, đặc khu"}},
		{Cells: []string{"4", "Hoàn thiện dự toán ngân sách năm 2027", unitFinance, "18/11/2026", "Đã hoàn thành: Tờ trình số 12/TTr-STC"}},
		{Cells: []string{"5", "Lấy ý kiến về đồ án quy hoạch phân khu đô thị ven sông Lam Giang", unitBuilding, "20/11/2026", "Đã hoàn thành: Tờ trình số 48/TTr-SXD"}},
		{Cells: []string{"6", "Kiểm tra an toàn 37 hồ chứa trước mùa mưa lũ", "Sở Nông nghiệp và Môi trường", "15/11/2026", "Đã hoàn thành: 34 hồ an toàn, 03 hồ hạn chế tích nước"}},
	})
}

func programmeTable(d *paper.Doc) {
	const keep = 60 // the heading stays with the table's first rows
	d.Need(keep)
	d.Section("II. NỘI DUNG TRÌNH ỦY BAN NHÂN DÂN THÀNH PHỐ TRONG THÁNG 12 NĂM 2026", 1)
	s := d.StartTable(paper.Table{Size: 12, Number: true, Columns: []paper.Column{
		{Title: "STT", Width: 11, Align: "C"}, {Title: "Nội dung", Width: 104}, {Title: "Cơ quan trình", Width: 46},
		{Title: "Lãnh đạo phụ trách", Width: 44}, {Title: "Thời gian", Width: 24, Align: "C"},
	}})
	for i, r := range [][4]string{
		{"Quyết định giao chỉ tiêu kế hoạch phát triển kinh tế - xã hội và dự toán ngân sách năm 2027", unitFinance, nameOf("tuong"), "18/12/2026"},
		{"Kế hoạch hành động thực hiện Nghị quyết của Hội đồng nhân dân thành phố về nhiệm vụ năm 2027", unitOffice, nameOf("tuong"), "22/12/2026"},
		{"Phê duyệt đồ án quy hoạch phân khu đô thị ven sông Lam Giang, tỷ lệ 1/2000", unitBuilding, nameOf("trong"), "24/12/2026"},
		{"Bảng giá đất áp dụng từ ngày 01 tháng 01 năm 2027", "Sở Nông nghiệp và Môi trường", nameOf("trong"), "15/12/2026"},
		{"Kế hoạch chuyển đổi số năm 2027 và kiến trúc số của thành phố", "Sở Khoa học và Công nghệ", nameOf("thang"), "16/12/2026"},
		{"Đề án sắp xếp các trường tiểu học, trung học cơ sở ở khu vực có dân số tăng nhanh", "Sở Giáo dục và Đào tạo", nameOf("ngan"), "17/12/2026"},
		{"Phương án bình ổn thị trường và cung ứng hàng hóa dịp Tết Nguyên đán Đinh Mùi", "Sở Công Thương", nameOf("thang"), "10/12/2026"},
		{"Kế hoạch thăm hỏi, tặng quà người có công, hộ nghèo, đối tượng bảo trợ xã hội dịp Tết", unitInterior, nameOf("ngan"), "11/12/2026"},
		{"Báo cáo tổng kết công tác quốc phòng, quân sự địa phương năm 2026", "Bộ Chỉ huy quân sự thành phố", nameOf("tuong"), "23/12/2026"},
		{"Kế hoạch cao điểm tấn công, trấn áp tội phạm, bảo đảm an ninh trật tự dịp Tết", "Công an thành phố", nameOf("tuong"), "09/12/2026"},
		{"Chương trình xúc tiến du lịch năm 2027 và Lễ hội Cầu ngư Vọng Hải", "Sở Văn hóa, Thể thao và Du lịch", nameOf("ngan"), "25/12/2026"},
		{"Kế hoạch thanh tra năm 2027", "Thanh tra thành phố", nameOf("tuong"), "14/12/2026"},
	} {
		s.Row(paper.Row{Cells: append([]string{paper.Number(int64(i + 1))}, r[:]...)})
	}
	s.End()
}
