package demo

import (
	"math/rand/v2"
	"strings"

	"phonghop/assets/paper"
)

// The list of projects is written by a seeded generator: kinds of works with
// the words, sizes and prices that belong to them.

// work is a kind of construction. In name and size {x} is a place, {d} a road,
// {k} a canal, {t} a school's name, {n} a small number, {h} a number of tens, {m} a length in
// metres, {o} a hamlet or residential group.
type work struct {
	name, size string
	low, high  float64 // price in millions of đồng
}

// sector is a field of investment with its weight in the city's capital.
type sector struct {
	name   string
	weight float64
	works  []work
}

var sectors = []sector{
	{"Giao thông", 40, []work{
		{"Nâng cấp, mở rộng đường {d} đoạn qua {x}", "Dài {m} m, mặt đường rộng 14 m, vỉa hè hai bên, thoát nước dọc và chiếu sáng", 18000, 240000},
		{"Xây dựng đường nối từ đường {d} đến khu tái định cư {x}", "Dài {m} m, nền rộng 20,5 m, mặt đường bê tông nhựa", 25000, 180000},
		{"Xây dựng cầu qua {k} tại {x}", "Cầu bê tông cốt thép dự ứng lực, {n} nhịp, rộng 12 m, tải trọng HL-93", 30000, 260000},
		{"Cải tạo nút giao đường {d} tại {x}", "Mở rộng nút, bổ sung đèn tín hiệu, tổ chức lại giao thông", 8000, 60000},
		{"Hệ thống chiếu sáng công cộng tiết kiệm năng lượng đường {d}, {x}", "Thay {m} bóng đèn LED, tủ điều khiển từ xa", 4000, 22000},
	}},
	{"Thoát nước, chống ngập", 16, []work{
		{"Cải tạo {k} đoạn qua {x}", "Nạo vét, kè hai bờ dài {m} m, đường quản lý rộng 4 m", 20000, 150000},
		{"Xây dựng tuyến cống thoát nước đường {d}, {x}", "Cống hộp 1,6 m x 1,6 m dài {m} m, {n} cửa xả có van ngăn triều", 9000, 70000},
		{"Trạm bơm tiêu úng tại {x}", "{n} tổ máy, công suất mỗi tổ máy 1,2 m³/giây", 15000, 90000},
	}},
	{"Giáo dục và đào tạo", 14, []work{
		{"Xây dựng Trường Trung học phổ thông {t}, {x}", "{n} khối nhà 4 tầng, nhà đa năng, sân thể thao; 36 phòng học", 45000, 140000},
		{"Cải tạo, bổ sung phòng học Trường Trung học phổ thông {t}, {x}", "Bổ sung {n} phòng học, 02 phòng bộ môn, nhà vệ sinh", 7000, 38000},
		{"Trang thiết bị dạy học, phòng thí nghiệm Trường Trung học phổ thông {t}, {x}", "Thiết bị cho {n} phòng bộ môn, phòng máy tính", 2500, 12000},
	}},
	{"Y tế", 8, []work{
		{"Nâng cấp khối điều trị Bệnh viện khu vực {x}", "Bổ sung {n} khoa, 60 giường bệnh, hệ thống khí y tế", 30000, 130000},
		{"Mua sắm thiết bị chẩn đoán hình ảnh cho cơ sở y tế tại {x}", "{n} máy siêu âm, 01 máy X-quang kỹ thuật số", 6000, 30000},
	}},
	{"Nông nghiệp, thủy lợi và phòng, chống thiên tai", 9, []work{
		{"Kè chống sạt lở bờ {k}, {x}", "Kè mái bê tông lục giác dài {m} m, cao trình đỉnh +3,20 m", 18000, 120000},
		{"Sửa chữa, nâng cấp hồ chứa nước {x}", "Gia cố mái đập, thay {n} cửa van, lắp thiết bị quan trắc tự động", 9000, 55000},
		{"Khu neo đậu tránh trú bão cho tàu cá tại {x}", "Bến cập tàu dài {m} m, luồng sâu -3,5 m", 25000, 110000},
	}},
	{"Văn hóa, thể thao và du lịch", 5, []work{
		{"Tu bổ, tôn tạo di tích đình làng {x}", "Tu bổ {n} hạng mục gỗ, mái ngói, sân vườn, tường rào", 4000, 26000},
		{"Xây dựng thiết chế văn hóa, thể thao liên phường tại {x}", "Nhà đa năng, {n} sân bóng, bể bơi 25 m", 15000, 70000},
		{"Bến thuyền, bãi đỗ xe phục vụ du lịch tại {x}", "Bến dài {m} m, nhà chờ, bãi đỗ {h} xe", 6000, 32000},
	}},
	{"Chuyển đổi số", 4, []work{
		{"Hạ tầng số và camera quản lý đô thị tại {x}", "{m} camera, {n} điểm tập trung dữ liệu", 3500, 24000},
		{"Số hóa hồ sơ, dữ liệu đất đai của {x}", "Số hóa {m} nghìn trang hồ sơ, chuẩn hóa dữ liệu", 2000, 11000},
	}},
	{"Quốc phòng, an ninh", 4, []work{
		{"Trụ sở làm việc công an, quân sự tại {x}", "Nhà làm việc {n} tầng, nhà để xe, tường rào", 9000, 34000},
	}},
}

// communeWorks are the works that wards and communes do themselves.
var communeWorks = []work{
	{"Bê tông hóa ngõ, đường nội bộ {o}", "Dài {m} m, rộng 3,5 m, dày 18 cm", 600, 3200},
	{"Cải tạo rãnh thoát nước {o}", "Rãnh bê tông có nắp đậy dài {m} m", 500, 2600},
	{"Sửa chữa nhà sinh hoạt cộng đồng {o}", "Sơn, chống thấm, thay mái, bổ sung {n} bộ bàn ghế", 350, 1500},
	{"Xây dựng nhà văn hóa {o}", "Nhà 1 tầng, hội trường {h} chỗ, sân thể thao", 1200, 4200},
	{"Cải tạo Trường Mầm non {t}", "Sửa {n} phòng học, bếp ăn, sân chơi", 900, 5600},
	{"Bổ sung phòng học Trường Tiểu học {t}", "Xây mới {n} phòng học, nhà vệ sinh, hành lang cầu", 1500, 8200},
	{"Sửa chữa Trường Trung học cơ sở {t}", "Thay cửa, nền, điện chiếu sáng của {n} phòng học", 900, 5200},
	{"Nâng cấp trạm y tế, điểm trạm {o}", "Cải tạo {n} phòng, bổ sung thiết bị khám chữa bệnh", 700, 3600},
	{"Chiếu sáng ngõ, hẻm {o}", "{m} m đường dây, {n} bộ đèn LED", 250, 1300},
	{"Vườn hoa, sân chơi cho trẻ em {o}", "Cây xanh, đường dạo, {n} thiết bị vận động", 400, 1900},
	{"Kiên cố hóa kênh mương nội đồng {o}", "Kênh bê tông dài {m} m, {n} cống điều tiết", 500, 2800},
	{"Cải tạo chợ, điểm kinh doanh {o}", "Sửa mái, nền, hệ thống phòng cháy chữa cháy, {n} gian hàng", 800, 4400},
}

const projectBoard = "Ban Quản lý dự án đầu tư xây dựng thành phố"

var (
	roads = strings.Split("Trần Lãm,Vọng Giang,Bến Cũ,Hàng Sỏi,Phố Cảng,Cầu Ngà,Lò Gốm,Đồng Sen,Thợ Nhuộm,Rạng Đông,Cánh Buồm,Hải Đăng,"+
		"Bạch Sa,Thủy Triều,Bình Minh,Vườn Quế,Giếng Đá,Gò Mây,Hoa Ban,Lúa Vàng,Sao Biển,Cửa Vân,Mùa Xuân,Ngư Dân", ",")
	canals  = strings.Split("kênh Sậy,kênh Đào,sông Ngà,rạch Bàu Sen,suối Ngà,sông Khải,kênh Vọng,rạch Cồn Sim,sông Lam Giang", ",")
	schools = strings.Split("Hướng Dương,Sao Mai,Bình Minh,Hoa Phượng,Ánh Dương,Măng Non,Hải Âu,Tuổi Ngọc,Rạng Đông,Hoa Sen,Vành Khuyên,"+
		"Sơn Ca,Ban Mai,Họa Mi,Tương Lai,Hòa Bình,Cánh Diều,Biển Xanh", ",")
	owners = map[string][]string{
		"Giao thông":                   {projectBoard, projectBoard, projectBoard, "Sở Xây dựng", "Ban Quản lý Khu kinh tế Hải Lam"},
		"Thoát nước, chống ngập":       {projectBoard, projectBoard, "Sở Xây dựng"},
		"Y tế":                         {projectBoard, "Sở Y tế"},
		"Chuyển đổi số":                {"Trung tâm Chuyển đổi số", "Sở Khoa học và Công nghệ"},
		"Quốc phòng, an ninh":          {"Công an thành phố", "Bộ Chỉ huy quân sự thành phố"},
		"Giáo dục và đào tạo":          {projectBoard, "Sở Giáo dục và Đào tạo"},
		"Văn hóa, thể thao và du lịch": {projectBoard, "Sở Văn hóa, Thể thao và Du lịch"},
		"Nông nghiệp, thủy lợi và phòng, chống thiên tai": {projectBoard, "Sở Nông nghiệp và Môi trường"},
	}
)

// project is a row of the list. Amounts are in millions of đồng.
type project struct {
	code, name, place, owner, size, years string
	price, spent, plan                    int64
}

// fill puts words into the places of a pattern.
func fill(r *rand.Rand, pattern, place string, few, metres int, unit commune) string {
	part := "tổ dân phố số "
	if unit.kind != "phường" {
		part = "thôn "
	}
	return strings.NewReplacer(
		"{x}", place, "{d}", pick(r, roads), "{k}", pick(r, canals), "{t}", pick(r, schools),
		"{n}", twoDigits(few), "{h}", paper.Number(int64(few*10+40)), "{m}", paper.Number(int64(metres)), "{o}", part+paper.Number(int64(1+r.IntN(18))),
	).Replace(pattern)
}

// draft invents a project; its amounts come later, by weight.
func draft(r *rand.Rand, w work, unit commune) (project, float64) {
	few, metres := 2+r.IntN(10), 180+20*r.IntN(90)
	p := project{
		name:  fill(r, w.name, unit.full(), few, metres, unit),
		size:  fill(r, w.size, unit.full(), few, metres, unit),
		place: unit.title(),
	}
	share := r.Float64()
	return p, w.low + (w.high-w.low)*share*share
}

// priced gives a project the plan of 2027 and, to fit, its price, the capital
// spent before and the years: a project that began earlier has spent some.
func priced(r *rand.Rand, p project, plan int64) project {
	p.plan = plan
	rest := int64(float64(plan)*(0.02+1.2*r.Float64())) / 10 * 10
	begin := 2025 + r.IntN(3)
	if begin < 2027 {
		p.spent = int64(float64(plan)*(0.2+1.1*r.Float64())) / 10 * 10
	}
	end := 2027
	if rest > plan/3 {
		end = 2028 + r.IntN(2)
	} else {
		rest = rest / 4 / 10 * 10
	}
	p.price = p.spent + p.plan + rest
	p.years = span(begin, end)
	return p
}
