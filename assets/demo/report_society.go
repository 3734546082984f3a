package demo

func reportSociety() []section {
	return []section{
		{"XII. KHOA HỌC, CÔNG NGHỆ VÀ CHUYỂN ĐỔI SỐ", []string{
			"Hệ thống giải quyết thủ tục hành chính đã kết nối 58/62 phường, xã, đặc khu; tỷ lệ hồ sơ trực tuyến toàn trình đạt 81,3%, hồ sơ đúng hạn 96,8%. Kho dữ liệu dùng chung của thành phố có 214 bộ dữ liệu, phục vụ 37 ứng dụng nghiệp vụ. " +
				"Vùng phủ sóng 5G đạt 91% dân số.",
			"Thành phố có 312 doanh nghiệp công nghệ số, 46 doanh nghiệp khởi nghiệp sáng tạo được hỗ trợ. Từ phiên họp này, tài liệu của " + committee + " được sử dụng trên hệ thống phòng họp không giấy vận hành trong mạng nội bộ, không phụ thuộc đường truyền bên ngoài.",
		}, nil},
		{"XIII. GIÁO DỤC VÀ ĐÀO TẠO", []string{
			"Năm học 2026 - 2027 toàn thành phố có 634 trường với 418.600 học sinh, tăng 9.200 em so với năm học trước, tập trung ở các phường có khu công nghiệp. 100% trường tiểu học tổ chức học 2 buổi/ngày; tỷ lệ trường đạt chuẩn quốc gia 71,6%.",
			"Học phí được miễn cho học sinh công lập theo quy định. Khó khăn hiện nay là thiếu 612 giáo viên (chủ yếu tiếng Anh, tin học, mầm non) và 184 phòng học tại các phường Khải Minh, Nam Cảng, Bắc Cảng; thành phố đã bố trí vốn xây dựng mới và tuyển dụng bổ sung trong quý I năm 2027.",
		}, nil},
		{"XIV. Y TẾ VÀ CHĂM SÓC SỨC KHỎE NHÂN DÂN", []string{
			"Tình hình dịch bệnh được kiểm soát; số ca sốt xuất huyết giảm 22% so với cùng kỳ. Tỷ lệ bao phủ bảo hiểm y tế đạt 96,1%; 78% dân số có hồ sơ sức khỏe điện tử. Các bệnh viện đã triển khai bệnh án điện tử, giảm thời gian chờ khám bình quân còn 34 phút.",
			"Sau sắp xếp, mỗi phường, xã, đặc khu có 01 trạm y tế và các điểm trạm; 100% trạm có bác sĩ làm việc. Thành phố đã đấu thầu tập trung thuốc và vật tư, không để thiếu thuốc thiết yếu.",
		}, nil},
		{"XV. VĂN HÓA, THỂ THAO VÀ THÔNG TIN", []string{
			"Thành phố tổ chức thành công Liên hoan sân khấu sông nước và Giải chạy Vọng Hải với 11.000 người tham gia; 09 di tích được tu bổ bằng nguồn vốn công và xã hội hóa. Tỷ lệ gia đình đạt danh hiệu văn hóa là 93,4%.",
			"Đoàn thể thao thành phố giành 214 huy chương tại các giải toàn quốc. Báo và Phát thanh, truyền hình Hải Lam tăng cường thông tin trên nền tảng số, đạt bình quân 5,1 triệu lượt xem mỗi tháng; thông tin sai lệch được phát hiện, phản hồi kịp thời.",
		}, nil},
		{"XVI. LAO ĐỘNG, NGƯỜI CÓ CÔNG VÀ AN SINH XÃ HỘI", []string{
			"Giải quyết việc làm cho 41.300 lượt người, đạt 98,3% kế hoạch; tỷ lệ thất nghiệp khu vực thành thị 2,4%. Chi trả trợ cấp ưu đãi cho 23.870 người có công và thân nhân, trợ cấp xã hội cho 64.120 đối tượng, 92% qua tài khoản.",
			"Tỷ lệ hộ nghèo theo chuẩn của thành phố còn 0,86%; hoàn thành xóa nhà tạm, nhà dột nát. Khởi công 03 dự án nhà ở xã hội với 2.760 căn, hoàn thành 1.140 căn, đạt 95% chỉ tiêu được giao.",
		}, nil},
		{"XVII. TỔ CHỨC BỘ MÁY VÀ CẢI CÁCH HÀNH CHÍNH", []string{
			"Bộ máy của 62 phường, xã, đặc khu hoạt động ổn định; 1.148 lượt công chức được biệt phái, tăng cường cho cấp xã; 412 đầu việc được phân cấp, ủy quyền kèm theo nguồn lực. Trung tâm Phục vụ hành chính công tiếp nhận 1,26 triệu hồ sơ trong 11 tháng.",
			"Mức độ hài lòng của người dân đạt 92,7%. Hạn chế là phần mềm chuyên ngành của một số bộ, ngành chưa liên thông, công chức phải nhập dữ liệu hai lần; số lượng công chức có chuyên môn về đất đai, xây dựng, công nghệ thông tin ở cấp xã còn thiếu.",
		}, nil},
		{"XVIII. TƯ PHÁP, THANH TRA VÀ TIẾP CÔNG DÂN", []string{
			"Thẩm định 46 dự thảo văn bản quy phạm pháp luật; rà soát, bãi bỏ 118 văn bản không còn phù hợp với tổ chức chính quyền hai cấp. Trợ giúp pháp lý miễn phí 1.420 vụ việc.",
			"Toàn thành phố tiếp 4.316 lượt công dân, giải quyết 88,9% đơn khiếu nại, tố cáo thuộc thẩm quyền. Thanh tra thành phố kết thúc 52 cuộc thanh tra, kiến nghị thu hồi 36,8 tỷ đồng, đã thu hồi 31,2 tỷ đồng.",
		}, nil},
		{"XIX. ĐỐI NGOẠI VÀ HỘI NHẬP", []string{
			"Thành phố đón 74 đoàn khách quốc tế, ký 05 thỏa thuận hợp tác về cảng biển, logistics, đào tạo nghề và đô thị thông minh; tổ chức Diễn đàn đối thoại với doanh nghiệp nước ngoài, tiếp nhận 63 kiến nghị, giải quyết dứt điểm 55 kiến nghị.",
		}, nil},
		{"XX. QUỐC PHÒNG, AN NINH VÀ TRẬT TỰ, AN TOÀN XÃ HỘI", []string{
			"Quốc phòng, an ninh được giữ vững; hoàn thành diễn tập phòng thủ dân sự tại 14 phường, xã; hoàn thành 100% chỉ tiêu tuyển quân. Tội phạm về trật tự xã hội giảm 9,6%, tỷ lệ điều tra, khám phá đạt 89,2%.",
			"Xảy ra 61 vụ cháy, giảm 17 vụ so với cùng kỳ; 100% khu dân cư có tổ liên gia an toàn phòng cháy, chữa cháy. Tình trạng lừa đảo qua mạng còn diễn biến phức tạp, thiệt hại 11 tháng khoảng 58 tỷ đồng; Công an thành phố đã phối hợp ngân hàng ngăn chặn 214 giao dịch đáng ngờ.",
		}, nil},
		{"XXI. HẠN CHẾ, KHÓ KHĂN VÀ NGUYÊN NHÂN", []string{
			"Một là, thu tiền sử dụng đất không đạt dự toán; hai khu đất tại phường Vọng Hải và phường Bến Lam chưa đủ điều kiện đấu giá. Hai là, giải ngân vốn đầu tư công chưa đồng đều; 07 chủ đầu tư giải ngân dưới 50%.",
			"Ba là, hạ tầng giao thông kết nối khu công nghiệp và hạ tầng trường học ở các phường đông dân chưa theo kịp nhu cầu. Bốn là, năng lực cán bộ ở một số xã, phường mới còn hạn chế; dữ liệu chuyên ngành chưa liên thông.",
			"Nguyên nhân chủ quan là công tác chuẩn bị đầu tư chưa kỹ, phối hợp giữa các cơ quan chưa chặt, người đứng đầu một số đơn vị chưa sâu sát; nguyên nhân khách quan là biến động giá vật liệu và khối lượng công việc chuyển giao lớn sau sắp xếp bộ máy.",
		}, nil},
	}
}

func reportTasks() []section {
	return []section{
		{"I. NHIỆM VỤ CHUNG", []string{
			"Tập trung hoàn thành cao nhất các chỉ tiêu năm 2026; chuẩn bị chu đáo nội dung trình kỳ họp thường lệ cuối năm của " + council + "; giao kế hoạch, dự toán năm 2027 trước ngày 20 tháng 12 năm 2026; chăm lo Tết Nguyên đán Đinh Mùi cho Nhân dân.",
		}, nil},
		{"II. NHIỆM VỤ CỤ THỂ", []string{
			"1. Sở Tài chính: hoàn thiện hồ sơ dự toán ngân sách năm 2027; theo dõi giải ngân hằng tuần, phấn đấu giải ngân đến hết ngày 31 tháng 01 năm 2027 đạt trên 98% kế hoạch.",
			"2. Thuế thành phố: phấn đấu thu tháng 12 đạt ít nhất 3.410 tỷ đồng để hoàn thành số ước cả năm; đôn đốc các khoản nợ thuế đến hạn.",
			"3. Sở Xây dựng: hoàn thiện đồ án quy hoạch phân khu ven sông Lam Giang; bảo đảm giao thông, chiếu sáng, trang trí đô thị dịp Tết; kiểm tra chất lượng công trình trường học.",
			"4. Sở Nông nghiệp và Môi trường: trình bảng giá đất áp dụng từ ngày 01 tháng 01 năm 2027; bảo đảm nước tưới vụ xuân; kiểm soát dịch bệnh trên vật nuôi.",
			"5. Sở Công Thương: triển khai phương án bình ổn thị trường, bảo đảm nguồn hàng Tết; theo dõi cung ứng xăng dầu, điện.",
			"6. Sở Khoa học và Công nghệ: hoàn thành kết nối 04 đơn vị cấp xã còn lại; trình kế hoạch chuyển đổi số năm 2027.",
			"7. Sở Giáo dục và Đào tạo, Sở Y tế: bảo đảm an toàn trường học, bếp ăn bán trú; thường trực cấp cứu, điều trị trong dịp Tết.",
			"8. Sở Nội vụ: hoàn thành đánh giá, xếp loại cán bộ, công chức năm 2026; chi trả đầy đủ chế độ cho người có công, đối tượng bảo trợ xã hội trước ngày 25 tháng 01 năm 2027.",
			"9. Công an, Bộ Chỉ huy quân sự thành phố: thực hiện cao điểm bảo đảm an ninh trật tự, phòng cháy, chữa cháy; duy trì nghiêm chế độ sẵn sàng chiến đấu.",
			"10. UBND các phường, xã, đặc khu: hoàn thành dự toán thu được giao; giải phóng mặt bằng đúng cam kết; rà soát hộ khó khăn để hỗ trợ kịp thời.",
		}, nil},
	}
}
