package demo

// agency is a unit that gets its budget from the city. share weighs it in the
// fields of current spending (index into current).
type agency struct {
	name  string
	share map[int]float64
	note  string
}

// Fields of current spending, by their place in current.
const (
	fieldSchool = iota
	fieldHealth
	fieldScience
	fieldCulture
	fieldWelfare
	fieldEconomy
	fieldNature
	fieldOffice
	fieldDefence
	fieldOther
)

type shares = map[int]float64

var agencies = []agency{
	{"Văn phòng Thành ủy", shares{fieldOffice: 12, fieldScience: 0.5}, "Gồm kinh phí các cơ quan tham mưu, giúp việc"},
	{"Văn phòng Đoàn đại biểu Quốc hội và HĐND thành phố", shares{fieldOffice: 6}, "Gồm kinh phí hoạt động của HĐND, các kỳ họp và giám sát"},
	{"Văn phòng UBND thành phố", shares{fieldOffice: 8, fieldScience: 1}, "Gồm kinh phí vận hành hệ thống họp không giấy"},
	{"Sở Nội vụ", shares{fieldOffice: 6, fieldWelfare: 40, fieldSchool: 2}, "Chi trả chính sách người có công và bảo trợ xã hội do cấp thành phố quản lý"},
	{"Sở Tài chính", shares{fieldOffice: 5, fieldEconomy: 2}, "Gồm kinh phí thẩm định giá, thẩm tra quyết toán dự án hoàn thành"},
	{"Sở Xây dựng", shares{fieldOffice: 6, fieldEconomy: 38, fieldNature: 6}, "Bảo trì đường bộ, chiếu sáng, thoát nước, cây xanh đô thị theo đặt hàng"},
	{"Sở Nông nghiệp và Môi trường", shares{fieldOffice: 9, fieldEconomy: 26, fieldNature: 38}, "Thủy lợi, phòng chống thiên tai, quan trắc, xử lý chất thải, đo đạc bản đồ"},
	{"Sở Công Thương", shares{fieldOffice: 4, fieldEconomy: 6}, "Khuyến công, xúc tiến thương mại, bình ổn thị trường"},
	{"Sở Khoa học và Công nghệ", shares{fieldOffice: 4, fieldScience: 46}, "Đề tài khoa học, hạ tầng số dùng chung, an toàn thông tin"},
	{"Sở Văn hóa, Thể thao và Du lịch", shares{fieldOffice: 4, fieldCulture: 44}, "Bảo tồn di tích, đoàn nghệ thuật, thể thao thành tích cao"},
	{"Sở Giáo dục và Đào tạo", shares{fieldOffice: 4, fieldSchool: 62}, "31 trường trung học phổ thông và trung tâm trực thuộc"},
	{"Sở Y tế", shares{fieldOffice: 5, fieldHealth: 20, fieldWelfare: 9}, "Các chương trình y tế, dân số; trung tâm bảo trợ xã hội"},
	{"Sở Tư pháp", shares{fieldOffice: 3}, "Gồm kinh phí trợ giúp pháp lý, số hóa dữ liệu hộ tịch"},
	{"Sở Ngoại vụ", shares{fieldOffice: 2}, "Gồm kinh phí đối ngoại, biên giới biển đảo"},
	{"Thanh tra thành phố", shares{fieldOffice: 4}, "Thanh tra theo kế hoạch và tiếp công dân"},
	{"Ủy ban Mặt trận Tổ quốc Việt Nam thành phố", shares{fieldOffice: 9}, "Gồm kinh phí các tổ chức chính trị - xã hội trực thuộc"},
	{"Công an thành phố", shares{fieldDefence: 44, fieldScience: 1}, "Hỗ trợ lực lượng bảo vệ an ninh trật tự cơ sở, phòng cháy chữa cháy"},
	{"Bộ Chỉ huy quân sự thành phố", shares{fieldDefence: 40}, "Huấn luyện dân quân tự vệ, diễn tập khu vực phòng thủ"},
	{"Ban Chỉ huy Bộ đội Biên phòng thành phố", shares{fieldDefence: 12}, "Quản lý, bảo vệ biên giới biển"},
	{"Ban Quản lý Khu kinh tế Hải Lam", shares{fieldOffice: 4, fieldEconomy: 5, fieldNature: 3}, "Duy tu hạ tầng khu kinh tế, khu công nghiệp"},
	{"Ban Quản lý dự án đầu tư xây dựng thành phố", shares{fieldEconomy: 1}, "Kinh phí quyết toán các dự án tạm dừng"},
	{"Trung tâm Phục vụ hành chính công", shares{fieldOffice: 3, fieldScience: 2}, "Vận hành 62 điểm tiếp nhận hồ sơ"},
	{"Trung tâm Xúc tiến đầu tư, thương mại và du lịch", shares{fieldEconomy: 4, fieldCulture: 4}, "Hội nghị xúc tiến trong và ngoài nước"},
	{"Trung tâm Chuyển đổi số", shares{fieldScience: 24}, "Trung tâm dữ liệu, trục liên thông, kho dữ liệu dùng chung"},
	{"Báo và Phát thanh, truyền hình Hải Lam", shares{fieldCulture: 20}, "Sản xuất chương trình theo đặt hàng"},
	{"Bảo tàng thành phố", shares{fieldCulture: 5}, "Gồm kinh phí trưng bày lưu động"},
	{"Thư viện thành phố", shares{fieldCulture: 4}, "Gồm kinh phí số hóa tài liệu địa chí"},
	{"Trường Chính trị thành phố", shares{fieldSchool: 3}, "Đào tạo, bồi dưỡng cán bộ cấp xã"},
	{"Trường Đại học Hải Lam", shares{fieldSchool: 14, fieldScience: 5}, "Hỗ trợ phần chưa tự chủ"},
	{"Trường Cao đẳng Kỹ thuật Hải Lam", shares{fieldSchool: 9}, "Đào tạo nghề trọng điểm"},
	{"Trường Cao đẳng Y tế Hải Lam", shares{fieldSchool: 5}, "Đào tạo điều dưỡng, kỹ thuật viên"},
	{"Bệnh viện Đa khoa thành phố", shares{fieldHealth: 16}, "Hỗ trợ phần chưa tự chủ, đào tạo chuyên sâu"},
	{"Bệnh viện Sản - Nhi", shares{fieldHealth: 12}, "Hỗ trợ phần chưa tự chủ"},
	{"Bệnh viện Y học cổ truyền và Phục hồi chức năng", shares{fieldHealth: 7}, "Hỗ trợ phần chưa tự chủ"},
	{"Trung tâm Kiểm soát bệnh tật", shares{fieldHealth: 9}, "Tiêm chủng, giám sát dịch bệnh"},
	{"Trung tâm Cấp cứu 115", shares{fieldHealth: 4}, "Gồm mua bổ sung 06 xe cứu thương"},
	{"Bảo hiểm xã hội thành phố", shares{fieldHealth: 32, fieldWelfare: 10}, "Đóng, hỗ trợ đóng bảo hiểm y tế cho các nhóm đối tượng"},
	{"Liên minh Hợp tác xã thành phố", shares{fieldOffice: 1, fieldEconomy: 1}, "Hỗ trợ phát triển kinh tế tập thể"},
	{"Hội Chữ thập đỏ thành phố", shares{fieldOffice: 1, fieldWelfare: 1}, "Kinh phí hoạt động và cứu trợ thường xuyên"},
	{"Liên hiệp các Hội Khoa học và Kỹ thuật", shares{fieldOffice: 0.6, fieldScience: 1}, "Tư vấn, phản biện xã hội"},
	{"Các nhiệm vụ chi chung của thành phố", shares{fieldSchool: 5, fieldScience: 8, fieldEconomy: 17, fieldNature: 12, fieldOffice: 10, fieldOther: 1}, "Phân bổ chi tiết trong năm theo nhiệm vụ phát sinh"},
}
