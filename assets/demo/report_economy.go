package demo

import "phonghop/assets/paper"

func reportEconomy() []section {
	all := sum(append([]line{customs}, domestic...))
	eleven := total(monthlyRevenue)
	return []section{
		{"I. ĐÁNH GIÁ CHUNG", []string{
			"Năm 2026 là năm đầu thực hiện Kế hoạch phát triển kinh tế - xã hội 5 năm 2026 - 2030, cũng là năm đầu hoạt động trọn vẹn theo mô hình chính quyền địa phương hai cấp. " +
				"Ngay từ đầu năm, " + committee + " đã ban hành chương trình hành động với 178 nhiệm vụ, phân công rõ cơ quan chủ trì, thời hạn và sản phẩm; đến ngày 20 tháng 11 đã hoàn thành 151 nhiệm vụ, " +
				"24 nhiệm vụ đang thực hiện trong hạn và 03 nhiệm vụ quá hạn, đều có lý do khách quan và đã được đôn đốc.",
			"Kinh tế thành phố tiếp tục duy trì đà tăng trưởng cao; sản xuất công nghiệp, thương mại, du lịch phục hồi rõ nét; thu ngân sách đạt tiến độ; an sinh xã hội được bảo đảm; quốc phòng, an ninh được giữ vững. " +
				"Bộ máy phường, xã, đặc khu hoạt động ổn định, thủ tục hành chính được tiếp nhận liên tục, không để gián đoạn phục vụ người dân và doanh nghiệp.",
		}, nil},
		{"II. TĂNG TRƯỞNG KINH TẾ", []string{
			"Tổng sản phẩm trên địa bàn (GRDP) năm 2026 ước tăng " + paper.Decimal(growth[5], 1) + "%, cao hơn năm 2025 (" + paper.Decimal(growth[4], 1) + "%); quy mô kinh tế ước đạt " + billions(outputTotal) +
				", bình quân đầu người khoảng 103,8 triệu đồng. Khu vực công nghiệp, xây dựng đóng góp 5,1 điểm phần trăm; khu vực dịch vụ đóng góp 4,3 điểm phần trăm vào mức tăng chung.",
			"Cơ cấu kinh tế chuyển dịch đúng hướng: tỷ trọng công nghiệp, xây dựng 44,6%; dịch vụ 41,9%; nông, lâm nghiệp và thủy sản 5,8%; thuế sản phẩm trừ trợ cấp 7,7%. Năng suất lao động xã hội ước tăng 8,9%; " +
				"kinh tế số ước chiếm 21,4% GRDP, vượt mục tiêu đề ra.",
		}, chartGrowth},
		{"III. SẢN XUẤT CÔNG NGHIỆP", []string{
			"Chỉ số sản xuất công nghiệp tháng 11 tăng " + paper.Decimal(monthlyIndex[10], 1) + "% so với cùng kỳ; tính chung 11 tháng tăng " + paper.Decimal(indexEleven, 1) +
				"%, trong đó công nghiệp chế biến, chế tạo tăng 12,0%, sản xuất và phân phối điện tăng 8,1%, cung cấp nước và xử lý rác thải tăng 7,4%. Ba ngành dẫn dắt tăng trưởng là điện tử, cơ khí chính xác và chế biến thủy sản.",
			"Trong tháng có 04 dự án hoàn thành đầu tư và đi vào sản xuất tại Khu công nghiệp Cảng Lam với tổng vốn 2.150 tỷ đồng, tạo thêm khoảng 1.900 việc làm. Chỉ số tồn kho giảm 3,2% so với tháng trước; " +
				"chỉ số sử dụng lao động tăng 1,4%. Khó khăn chủ yếu là giá nguyên liệu nhập khẩu tăng, thiếu lao động kỹ thuật và tiến độ hoàn thành đường dẫn vào khu công nghiệp chậm so với kế hoạch.",
		}, chartIndex},
		{"IV. NÔNG NGHIỆP, THỦY SẢN VÀ NÔNG THÔN", []string{
			"Diện tích gieo trồng vụ đông đạt 8.640 ha, bằng 102,1% kế hoạch; năng suất lúa mùa đạt 56,8 tạ/ha. Đàn gia súc, gia cầm ổn định, không phát sinh ổ dịch lớn; tỷ lệ tiêm phòng đạt trên 90%. " +
				"Sản lượng thủy sản 11 tháng đạt 96,4 nghìn tấn, tăng 4,1% so với cùng kỳ; 100% tàu cá hoạt động vùng khơi đã lắp thiết bị giám sát hành trình.",
			"Chương trình xây dựng nông thôn mới tiếp tục được triển khai tại 23 xã, trong đó 17 xã đạt chuẩn nâng cao, 06 xã đạt chuẩn kiểu mẫu. Có 143 sản phẩm đạt từ 3 sao trở lên theo Chương trình mỗi xã một sản phẩm. " +
				"Công tác phòng, chống thiên tai được chủ động; 37 hồ chứa đã được kiểm tra, 03 hồ được yêu cầu hạn chế tích nước để sửa chữa.",
		}, nil},
		{"V. THƯƠNG MẠI, DỊCH VỤ VÀ GIÁ CẢ", []string{
			"Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tháng 11 ước đạt " + billions(int64(monthlyRetail[10])) + "; 11 tháng đạt " + billions(total(monthlyRetail)) +
				", tăng 12,6% so với cùng kỳ. Doanh thu thương mại điện tử chiếm khoảng 16% tổng mức bán lẻ. Hàng hóa thiết yếu dồi dào, không xảy ra thiếu hàng, sốt giá; các doanh nghiệp đã đăng ký dự trữ hàng phục vụ Tết Nguyên đán với tổng giá trị 4.300 tỷ đồng.",
			"Chỉ số giá tiêu dùng bình quân 11 tháng tăng 3,1%, trong đó nhóm nhà ở, điện, nước, chất đốt tăng 4,6%; nhóm lương thực, thực phẩm tăng 2,9%; nhóm giao thông giảm 1,8%. " +
				"Lực lượng quản lý thị trường đã kiểm tra 1.126 vụ, xử lý 702 vụ vi phạm về hàng giả, gian lận thương mại và an toàn thực phẩm.",
		}, chartRetail},
		{"VI. XUẤT KHẨU, NHẬP KHẨU", []string{
			"Kim ngạch xuất khẩu hàng hóa 11 tháng ước đạt " + paper.Number(total(monthlyExport)) + " triệu USD, tăng 14,3% so với cùng kỳ; kim ngạch nhập khẩu " + paper.Number(total(monthlyImport)) +
				" triệu USD, tăng 11,8%; xuất siêu " + paper.Number(total(monthlyExport)-total(monthlyImport)) + " triệu USD. Hàng hóa qua cảng đạt 31,6 triệu tấn, tăng 9,7%; thời gian thông quan trung bình giảm 12% nhờ kê khai điện tử và soi chiếu không dừng.",
			"Các mặt hàng chủ lực gồm linh kiện điện tử, thiết bị cơ khí, thủy sản chế biến, dệt may. Doanh nghiệp đã tận dụng tốt ưu đãi của các hiệp định thương mại; tuy vậy yêu cầu truy xuất nguồn gốc và tiêu chuẩn phát thải của một số thị trường ngày càng chặt.",
		}, chartTrade},
		{"VII. DU LỊCH VÀ VẬN TẢI", []string{
			"Tổng lượt khách 11 tháng đạt " + paper.Number(total(monthlyGuests)) + " nghìn lượt, tăng 18,2% so với cùng kỳ, trong đó khách quốc tế 1.870 nghìn lượt; doanh thu du lịch ước đạt 17.900 tỷ đồng. " +
				"Công suất phòng bình quân 68,5%. Tuyến phố đi bộ Bến Lam và chương trình trải nghiệm làng gốm Chợ Sỏi được du khách đánh giá tốt.",
			"Vận tải hành khách tăng 10,4%, vận tải hàng hóa tăng 11,9%. Ba tuyến xe buýt điện mới kết nối phường Lam Thành với Khu công nghiệp Cảng Lam và ga đường sắt phục vụ bình quân 14.600 lượt khách mỗi ngày. " +
				"Tai nạn giao thông giảm trên cả ba tiêu chí so với cùng kỳ.",
		}, chartTourism},
		{"VIII. TÀI CHÍNH, NGÂN SÁCH VÀ TÍN DỤNG", []string{
			"Thu ngân sách nhà nước trên địa bàn 11 tháng đạt " + billions(eleven) + ", bằng " + paper.Percent(eleven, all.plan26) + " dự toán; ước cả năm " + billions(all.real26) + ", bằng " +
				paper.Percent(all.real26, all.plan26) + " dự toán. Chi ngân sách địa phương ước cả năm " + billions(sum(spending).real26) + ", trong đó chi đầu tư phát triển " +
				billions(spending[0].real26) + ", chi thường xuyên " + billions(spending[1].real26) + ".",
			"Tổng nguồn vốn huy động của các tổ chức tín dụng đạt 168.400 tỷ đồng, tăng 10,9% so với cuối năm 2025; dư nợ cho vay đạt 181.700 tỷ đồng, tăng 13,2%; nợ xấu chiếm 1,7% tổng dư nợ. " +
				"Tín dụng tập trung vào sản xuất, kinh doanh, xuất khẩu, nhà ở xã hội và doanh nghiệp nhỏ và vừa.",
		}, chartRevenue},
		{"IX. ĐẦU TƯ CÔNG VÀ XÂY DỰNG", []string{
			"Kế hoạch vốn đầu tư công năm 2026 là " + billions(spending[0].plan26) + ". Đến ngày 20 tháng 11 đã giải ngân " + billions(invested) + ", đạt " + paper.Percent(invested, spending[0].plan26) +
				" kế hoạch, cao hơn cùng kỳ 6,3 điểm phần trăm. Có 19 chủ đầu tư giải ngân trên 85%, 07 chủ đầu tư giải ngân dưới 50%; 412 tỷ đồng của 23 dự án chậm tiến độ đã được điều chuyển.",
			"Vướng mắc lớn nhất vẫn là giải phóng mặt bằng (31 dự án), nguồn đất đắp và cát xây dựng (12 dự án), thủ tục điều chỉnh quy hoạch (08 dự án). " +
				"Tổ công tác của " + committee + " đã làm việc trực tiếp với từng chủ đầu tư, giao mốc thời gian và ký cam kết tiến độ hằng tuần.",
		}, chartDisbursed},
		{"X. DOANH NGHIỆP VÀ THU HÚT ĐẦU TƯ", []string{
			"Trong 11 tháng có " + paper.Number(newCompanies) + " doanh nghiệp thành lập mới với tổng vốn đăng ký 43.600 tỷ đồng, tăng 15,8% về số lượng; 1.612 doanh nghiệp hoạt động trở lại; 1.940 doanh nghiệp tạm ngừng kinh doanh. " +
				"100% hồ sơ đăng ký doanh nghiệp được nộp qua mạng, thời gian giải quyết bình quân 1,6 ngày làm việc.",
			"Vốn đầu tư trực tiếp nước ngoài thu hút mới và tăng thêm đạt " + paper.Number(foreignCapital) + " triệu USD với 78 dự án cấp mới, 41 lượt dự án tăng vốn; vốn thực hiện ước 1.120 triệu USD. " +
				"Đầu tư trong nước có 64 dự án được chấp thuận chủ trương với tổng vốn 52.300 tỷ đồng.",
		}, nil},
		{"XI. QUY HOẠCH, ĐẤT ĐAI VÀ MÔI TRƯỜNG", []string{
			"Thành phố đã phê duyệt 06 quy hoạch phân khu, đang hoàn thiện 05 đồ án, trong đó có đồ án ven sông Lam Giang. Số hồ sơ đất đai quá hạn giảm từ 1.846 xuống 327 sau hai tháng xử lý tập trung; dữ liệu đất đai của 54/62 phường, xã, đặc khu đã được làm sạch và kết nối.",
			"Tỷ lệ thu gom, xử lý chất thải rắn sinh hoạt đạt 97,2%; việc phân loại rác tại nguồn được thực hiện tại 38 phường. Chất lượng không khí ở mức tốt và trung bình chiếm 92% số ngày quan trắc. " +
				"Hai điểm ngập trên đường Hàng Sỏi và đường Cầu Ngà đã được khắc phục trước mùa mưa.",
		}, nil},
	}
}
