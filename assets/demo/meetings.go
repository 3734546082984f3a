package demo

import "time"

// Meetings returns the sample's meetings: the regular session on the given day
// at 08:00 (UTC+7), ready to be opened, and a small one a week later that is
// still being prepared. Only the date of day counts, in its own zone.
func Meetings(day time.Time) []Meeting {
	y, m, d := day.Date()
	start := time.Date(y, m, d, 8, 0, 0, 0, zone)
	return []Meeting{regular(start), lunarNewYear(start.AddDate(0, 0, 7).Add(6 * time.Hour))}
}

func regular(start time.Time) Meeting {
	var participants []Participant
	for _, p := range People() {
		participants = append(participants, Participant{p.Key, p.Role})
	}
	return Meeting{
		Key:          "thuong-ky-11-2026",
		Title:        "Phiên họp thường kỳ tháng 11 năm 2026",
		Place:        "Phòng họp số 1, Trụ sở UBND thành phố Hải Lam",
		Start:        start,
		Status:       StatusPublished,
		Unit:         unitCommittee,
		Participants: participants,
		Items:        []Item{itemReport(), itemBudget(), itemProjects(), itemPlanning(), itemPersonnel(), itemProgramme()},
	}
}

func itemReport() Item {
	return Item{
		Number: "1",
		Title: "Báo cáo tình hình kinh tế - xã hội, quốc phòng, an ninh tháng 11 và 11 tháng năm 2026; " +
			"nhiệm vụ, giải pháp trọng tâm tháng 12 năm 2026",
		Kind: KindReport, Unit: unitFinance, Reporter: "trach", Minutes: 40,
		Guests:    []string{"lanh", "thao", "que"},
		Documents: []string{DocReport, DocSlides},
	}
}

func itemBudget() Item {
	return Item{
		Number: "2",
		Title: "Dự toán ngân sách địa phương và phương án phân bổ ngân sách cấp thành phố năm 2027, " +
			"trình Hội đồng nhân dân thành phố",
		Kind: KindVote, Unit: unitFinance, Reporter: "trach", Minutes: 60,
		Guests:    []string{"lanh", "chi", "thao"},
		Documents: []string{DocSubmission, DocResolution, DocAnnex},
		Ballot: &Ballot{Question: "Thông qua nội dung trình Hội đồng nhân dân thành phố về dự toán ngân sách địa phương " +
			"và phương án phân bổ ngân sách cấp thành phố năm 2027"},
	}
}

func itemProjects() Item {
	return Item{
		Number: "3",
		Title:  "Danh mục công trình, dự án sử dụng vốn đầu tư công năm 2027 của thành phố",
		Kind:   KindDecide, Unit: unitFinance, Reporter: "chi", Minutes: 30,
		Guests:    []string{"lanh", "chi", "kich"},
		Documents: []string{DocProjects},
	}
}

func itemPlanning() Item {
	return Item{
		Number: "4",
		Title:  "Đồ án quy hoạch phân khu đô thị ven sông Lam Giang, tỷ lệ 1/2000",
		Kind:   KindDiscuss, Unit: unitBuilding, Reporter: "khoat", Minutes: 45,
		Guests:    []string{"toan", "mai", "thoa", "an"},
		Documents: []string{DocPlanning, DocMap, DocScan},
	}
}

func itemPersonnel() Item {
	return Item{
		Number:       "5",
		Title:        "Kiện toàn nhân sự lãnh đạo Ban Quản lý dự án đầu tư xây dựng thành phố",
		NeutralTitle: "Nội dung có thành phần hạn chế",
		Kind:         KindVote, Unit: unitInterior, Reporter: "khue", Minutes: 20,
		Restricted: true,
		Documents:  []string{DocPersonnel},
		Ballot: &Ballot{
			Question: "Thống nhất chủ trương bổ nhiệm ông Hà Thiện Lương giữ chức vụ Phó Giám đốc Ban Quản lý dự án " +
				"đầu tư xây dựng thành phố",
			Secret: true,
		},
	}
}

func itemProgramme() Item {
	return Item{
		Number: "6",
		Title:  "Việc thực hiện kết luận phiên họp tháng 10 và Chương trình công tác tháng 12 năm 2026",
		Kind:   KindDecide, Unit: unitOffice, Reporter: "dinh", Minutes: 20,
		Documents: []string{DocConclusions, DocProgramme},
	}
}

// lunarNewYear is the meeting of the week after, as its secretary left it
// yesterday: two items, nobody invited beyond the departments, no papers yet.
func lunarNewYear(start time.Time) Meeting {
	roles := map[string]Role{
		"ngan": RoleChair, "dinh": RoleDelegate, "quyen": RoleDelegate, "chan": RoleDelegate,
		"uyen": RoleDelegate, "trach": RoleDelegate, "van": RoleSecretary, "projector": RoleProjector,
	}
	var participants []Participant
	for _, p := range People() {
		if role, ok := roles[p.Key]; ok {
			participants = append(participants, Participant{p.Key, role})
		}
	}
	return Meeting{
		Key:          "tet-dinh-mui-2027",
		Title:        "Họp về công tác chuẩn bị Tết Nguyên đán Đinh Mùi năm 2027",
		Place:        "Phòng họp số 2, Trụ sở UBND thành phố Hải Lam",
		Start:        start,
		Status:       StatusDraft,
		Unit:         unitCommittee,
		Participants: participants,
		Items: []Item{
			{
				Number: "1", Title: "Phương án dự trữ hàng hóa thiết yếu, bình ổn thị trường dịp Tết",
				Kind: KindReport, Unit: "Sở Công Thương", Reporter: "chan", Minutes: 30,
			},
			{
				Number: "2", Title: "Kế hoạch tổ chức các hoạt động văn hóa, lễ hội đón năm mới và bảo đảm an ninh trật tự",
				Kind: KindDiscuss, Unit: "Sở Văn hóa, Thể thao và Du lịch", Reporter: "uyen", Minutes: 45,
			},
		},
	}
}
