package demo

// Units as they are called in 2026, after the departments were merged.
const (
	unitCommittee = "UBND thành phố Hải Lam"
	unitOffice    = "Văn phòng UBND thành phố"
	unitFinance   = "Sở Tài chính"
	unitBuilding  = "Sở Xây dựng"
	unitInterior  = "Sở Nội vụ"
)

var members = []Person{
	{Key: "tuong", Name: "Đỗ Khắc Tường", Position: "Chủ tịch UBND thành phố", Unit: unitCommittee, Role: RoleChair, PIN: "482917"},
	{Key: "ngan", Name: "Lưu Thị Hoài Ngân", Position: "Phó Chủ tịch Thường trực UBND thành phố", Unit: unitCommittee, PIN: "615038"},
	{Key: "trong", Name: "Phùng Đình Trọng", Position: "Phó Chủ tịch UBND thành phố", Unit: unitCommittee, PIN: "730652"},
	{Key: "thang", Name: "Vũ Nhật Thăng", Position: "Phó Chủ tịch UBND thành phố", Unit: unitCommittee, PIN: "294806"},
	{Key: "dinh", Name: "Cao Xuân Đĩnh", Position: "Chánh Văn phòng UBND thành phố", Unit: unitOffice, PIN: "857140"},
	{Key: "quyen", Name: "Hồ Sỹ Quyền", Position: "Giám đốc Công an thành phố", Unit: "Công an thành phố", PIN: "163579"},
	{Key: "tan", Name: "Võ Duy Tấn", Position: "Chỉ huy trưởng Bộ Chỉ huy quân sự thành phố", Unit: "Bộ Chỉ huy quân sự thành phố", PIN: "908261"},
	{Key: "khue", Name: "Tạ Minh Khuê", Position: "Giám đốc Sở Nội vụ", Unit: unitInterior, PIN: "371824"},
	{Key: "trach", Name: "Nguyễn Hữu Trạch", Position: "Giám đốc Sở Tài chính", Unit: unitFinance, PIN: "546093"},
	{Key: "khoat", Name: "Lê Bá Khoát", Position: "Giám đốc Sở Xây dựng", Unit: unitBuilding, PIN: "820475"},
	{Key: "dien", Name: "Hoàng Văn Điền", Position: "Giám đốc Sở Nông nghiệp và Môi trường", Unit: "Sở Nông nghiệp và Môi trường", PIN: "139568"},
	{Key: "chan", Name: "Bùi Quốc Chấn", Position: "Giám đốc Sở Công Thương", Unit: "Sở Công Thương", PIN: "762341"},
	{Key: "kha", Name: "Đặng Vĩnh Kha", Position: "Giám đốc Sở Khoa học và Công nghệ", Unit: "Sở Khoa học và Công nghệ", PIN: "405987"},
	{Key: "uyen", Name: "Mai Thị Tố Uyên", Position: "Giám đốc Sở Văn hóa, Thể thao và Du lịch", Unit: "Sở Văn hóa, Thể thao và Du lịch", PIN: "673210"},
	{Key: "hien", Name: "Phan Thị Diệu Hiền", Position: "Giám đốc Sở Giáo dục và Đào tạo", Unit: "Sở Giáo dục và Đào tạo", PIN: "218659"},
	{Key: "thuoc", Name: "Trịnh Công Thước", Position: "Giám đốc Sở Y tế", Unit: "Sở Y tế", PIN: "954702"},
	{Key: "luu", Name: "Ngô Thị Bích Lựu", Position: "Giám đốc Sở Tư pháp", Unit: "Sở Tư pháp", PIN: "587316"},
	{Key: "tue", Name: "Quách Gia Tuệ", Position: "Giám đốc Sở Ngoại vụ", Unit: "Sở Ngoại vụ", PIN: "340982"},
	{Key: "nhiep", Name: "Đinh Văn Nhiếp", Position: "Chánh Thanh tra thành phố", Unit: "Thanh tra thành phố", PIN: "791465"},
}

var staff = []Person{
	{Key: "van", Name: "Lý Thị Thùy Vân", Position: "Phó Chánh Văn phòng UBND thành phố", Unit: unitOffice, Role: RoleSecretary, PIN: "426857"},
	{Key: "lam", Name: "Nguyễn Thế Lãm", Position: "Chuyên viên Phòng Tổng hợp", Unit: unitOffice, Role: RoleSecretary, PIN: "065293"},
}

var guests = []Person{
	{Key: "lanh", Name: "Tống Phước Lành", Position: "Trưởng Ban Kinh tế - Ngân sách HĐND thành phố", Unit: "HĐND thành phố Hải Lam", PIN: "853604"},
	{Key: "chi", Name: "Trương Thị Lan Chi", Position: "Phó Giám đốc Sở Tài chính", Unit: unitFinance, PIN: "179436"},
	{Key: "toan", Name: "Châu Bảo Toàn", Position: "Phó Giám đốc Sở Xây dựng", Unit: unitBuilding, PIN: "632809"},
	{Key: "thao", Name: "Dương Văn Tháo", Position: "Trưởng Thuế thành phố", Unit: "Thuế thành phố", PIN: "914728"},
	{Key: "que", Name: "Lâm Thị Nguyệt Quế", Position: "Trưởng Thống kê thành phố", Unit: "Thống kê thành phố", PIN: "508371"},
	{Key: "kich", Name: "Đoàn Trung Kích", Position: "Giám đốc Ban Quản lý dự án đầu tư xây dựng thành phố", Unit: "Ban Quản lý dự án đầu tư xây dựng thành phố", PIN: "267950"},
	{Key: "mai", Name: "La Thị Quỳnh Mai", Position: "Viện trưởng Viện Quy hoạch xây dựng thành phố", Unit: "Viện Quy hoạch xây dựng thành phố", PIN: "743186"},
	{Key: "thoa", Name: "Nghiêm Thị Hồng Thoa", Position: "Chủ tịch UBND phường Vọng Hải", Unit: "UBND phường Vọng Hải", PIN: "390542"},
	{Key: "an", Name: "Kiều Văn Phúc An", Position: "Chủ tịch UBND phường Bến Lam", Unit: "UBND phường Bến Lam", PIN: "816073"},
}

var projector = Person{Key: "projector", Name: "Màn hình chung", Role: RoleProjector, PIN: "257094"}

// People returns everybody of the sample in order of precedence: the 19
// members, the secretaries, the guests and the projector.
func People() []Person {
	var all []Person
	for _, p := range members {
		p.Member = true
		if p.Role == "" {
			p.Role = RoleDelegate
		}
		all = append(all, p)
	}
	all = append(all, staff...)
	for _, p := range guests {
		p.Role = RoleGuest
		all = append(all, p)
	}
	all = append(all, projector)
	for i := range all {
		all[i].Precedence = i + 1
	}
	return all
}

// nameOf returns the name behind a key of this package.
func nameOf(key string) string {
	for _, p := range People() {
		if p.Key == key {
			return p.Name
		}
	}
	return ""
}
