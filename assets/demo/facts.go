package demo

import (
	"math/rand/v2"
	"sort"
	"strings"
)

// The figures of the invented city. Amounts are in billions of đồng unless a
// name says otherwise. Sums are always computed, so that the papers agree.

// line is a line of a budget table: estimate and expected result of 2026, and
// the estimate of 2027.
type line struct {
	name                 string
	plan26, real26, plan int64
}

func sum(lines []line) line {
	var s line
	for _, l := range lines {
		s.plan26 += l.plan26
		s.real26 += l.real26
		s.plan += l.plan
	}
	return s
}

// domestic is the domestic revenue collected in the city.
var domestic = []line{
	{"Thu từ khu vực doanh nghiệp nhà nước do Trung ương quản lý", 2150, 2235, 2320},
	{"Thu từ khu vực doanh nghiệp nhà nước do địa phương quản lý", 310, 322, 335},
	{"Thu từ khu vực doanh nghiệp có vốn đầu tư nước ngoài", 6480, 6820, 7350},
	{"Thu từ khu vực kinh tế ngoài quốc doanh", 7350, 7705, 8380},
	{"Lệ phí trước bạ", 1020, 1085, 1150},
	{"Thuế thu nhập cá nhân", 3150, 3340, 3560},
	{"Thuế bảo vệ môi trường", 1480, 1430, 1500},
	{"Thu phí, lệ phí", 690, 715, 740},
	{"Thu tiền sử dụng đất", 7200, 6890, 7500},
	{"Thu tiền cho thuê đất, thuê mặt nước", 980, 1105, 1050},
	{"Thu từ hoạt động xổ số kiến thiết", 365, 382, 395},
	{"Thu khác ngân sách, cổ tức, lợi nhuận sau thuế và thu từ quỹ đất công ích", 1625, 1781, 1820},
}

var customs = line{"Thu từ hoạt động xuất khẩu, nhập khẩu", 11500, 11780, 12250}

// localRevenue is what the local budget may spend.
var localRevenue = []line{
	{"Thu ngân sách địa phương được hưởng theo phân cấp", 24980, 25720, 27640},
	{"Thu bổ sung có mục tiêu từ ngân sách trung ương", 1720, 1720, 1860},
	{"Thu chuyển nguồn cải cách tiền lương từ năm trước", 1100, 1100, 1250},
}

// spending is the local budget's spending; it equals localRevenue in all years.
var spending = []line{
	{"Chi đầu tư phát triển", 11240, 11110, 12480},
	{"Chi thường xuyên", 15050, 15490, 16350},
	{"Chi trả nợ lãi các khoản do chính quyền địa phương vay", 105, 105, 95},
	{"Chi bổ sung quỹ dự trữ tài chính", 5, 5, 5},
	{"Dự phòng ngân sách", 680, 680, 720},
	{"Chi tạo nguồn, điều chỉnh tiền lương", 350, 780, 700},
	{"Chi thực hiện các chương trình mục tiêu quốc gia", 370, 370, 400},
}

// invest splits the investment of 2027 by source.
var invest = []line{
	{"Vốn xây dựng cơ bản tập trung trong nước", 3480, 3480, 4225},
	{"Vốn từ nguồn thu tiền sử dụng đất", 7200, 7070, 7500},
	{"Vốn từ nguồn thu xổ số kiến thiết", 365, 365, 395},
	{"Vốn ngân sách trung ương bổ sung có mục tiêu", 195, 195, 360},
}

// current splits the current spending by field.
var current = []line{
	{"Giáo dục, đào tạo và dạy nghề", 5905, 6080, 6420},
	{"Y tế, dân số và gia đình", 1560, 1610, 1690},
	{"Khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số", 430, 438, 520},
	{"Văn hóa, thể thao, du lịch, phát thanh, truyền hình", 445, 462, 480},
	{"Bảo đảm xã hội", 1420, 1475, 1540},
	{"Các hoạt động kinh tế", 1920, 1985, 2080},
	{"Bảo vệ môi trường", 520, 535, 560},
	{"Hoạt động của cơ quan quản lý nhà nước, đảng, đoàn thể", 2350, 2385, 2510},
	{"Quốc phòng, an ninh và trật tự, an toàn xã hội", 390, 405, 430},
	{"Chi thường xuyên khác", 110, 115, 120},
}

// levels splits the spending of 2027 between the city and its wards and
// communes: the rows follow spending.
var levels = [][2]int64{{11000, 1480}, {6945, 9405}, {95, 0}, {5, 0}, {485, 235}, {700, 0}, {400, 0}}

// communeCurrent is the part of current that the wards and communes spend; the
// rows follow current.
var communeCurrent = []int64{5150, 0, 95, 160, 1180, 890, 330, 1420, 150, 30}

func cityTotal() int64 {
	var t int64
	for _, l := range levels {
		t += l[0]
	}
	return t
}

func communeTotal() int64 { return sum(spending).plan - cityTotal() }

// months are the labels of the eleven months reported.
var months = []string{"T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11"}

var (
	monthlyRevenue = []float64{5120, 3010, 3460, 4280, 3390, 3620, 4310, 3380, 3540, 4390, 3680}
	monthlyRetail  = []float64{13050, 12480, 13120, 13260, 13540, 13910, 14280, 14350, 14060, 14420, 14760}
	monthlyExport  = []float64{712, 598, 745, 760, 778, 792, 806, 815, 790, 808, 816} // million USD
	monthlyImport  = []float64{640, 515, 672, 690, 701, 715, 722, 731, 708, 726, 734} // million USD
	monthlyIndex   = []float64{9.1, 7.8, 10.2, 10.9, 11.4, 11.8, 12.1, 11.9, 11.6, 11.7, 12.3}
	monthlyGuests  = []float64{620, 780, 690, 810, 905, 1120, 1180, 1060, 860, 790, 735} // thousands
	disbursed      = []float64{3.2, 6.1, 12.4, 18.9, 25.7, 34.8, 42.3, 50.6, 58.9, 68.2, 76.4}

	growthYears = []string{"2021", "2022", "2023", "2024", "2025", "Ước 2026"}
	growth      = []float64{4.9, 8.7, 7.8, 9.1, 9.8, 10.4}
)

// Further figures that several papers name.
const (
	indexEleven    = 11.2    // growth of industrial production in 11 months, per cent
	outputTotal    = 198600  // product of the city in 2026
	populationAll  = 1912400 // people
	invested       = 8587    // public investment paid out by 20 November
	newCompanies   = 5240
	foreignCapital = 1850 // million USD
)

func total(values []float64) int64 {
	t := 0.0
	for _, v := range values {
		t += v
	}
	return int64(t + 0.5)
}

// commune is a ward, a commune or the special zone.
type commune struct {
	kind, name string
	people     int64
	weight     float64 // of its economy
}

func (c commune) full() string { return c.kind + " " + c.name }

// title begins a sentence or a heading.
func (c commune) title() string { return capital(c.full()) }

func capital(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

const (
	wardNames = "Bến Lam,Vọng Hải,Cửa Vân,Lam Thành,Thượng Lam,Hạ Lam,Trung Lam,Đông Vọng,Tây Vọng,Chợ Sỏi,Cầu Ngà,Đồng Sen," +
		"Gò Mây,Giếng Đá,Bãi Ngọc,Bến Sậy,Kênh Đào,Lạch Sâu,Đình Sỏi,Phố Cảng,Nam Cảng,Bắc Cảng,An Khải,Khải Minh,Minh Vọng," +
		"Thanh Khải,Lộc Vân,Phú Vân,Tân Vọng,Vạn Sậy,Đại Khải,Cẩm Vọng,Quế Lam,Trúc Vân,Mai Khải,Hòa Vân,Ngọc Lam,Thiên Vọng"
	communeNames = "Sơn Khải,Suối Ngà,Đèo Vân,Thung Mây,Rừng Quế,Đồi Trúc,Hồ Sen,Lũng Mây,Khe Ngà,Phú Sậy,Tân Khải,Hưng Vọng," +
		"Thạch Khải,Ngọc Vọng,Yên Sậy,Bình Khải,Diên Vọng,Hải Sậy,Cồn Sim,Bàu Sen,Gia Khải,Nghĩa Vọng,Trà Vân"
)

// communes returns the 62 units of the lower level.
func communes() []commune {
	r := random(62)
	var all []commune
	add := func(kind, names string, low, high float64) {
		for name := range strings.SplitSeq(names, ",") {
			all = append(all, commune{kind: kind, name: name, weight: low + (high-low)*r.Float64()})
		}
	}
	add("phường", wardNames, 0.8, 1.7)
	add("xã", communeNames, 0.35, 0.9)
	add("đặc khu", "Hòn Sam", 0.25, 0.26)
	people := apportion(populationAll/10, weights(all))
	for i := range all {
		all[i].people = people[i] * 10
	}
	return all
}

func weights(all []commune) []float64 {
	w := make([]float64, len(all))
	for i, c := range all {
		w[i] = c.weight
	}
	return w
}

// random returns a generator that gives the same row for the same seed.
func random(seed uint64) *rand.Rand {
	return rand.New(rand.NewPCG(seed, 20261125)) //nolint:gosec // the figures of a sample are no secret
}

// apportion splits whole by weights into integers whose sum is whole exactly,
// by largest remainders; equal remainders go to the earlier place.
func apportion(whole int64, weights []float64) []int64 {
	all := 0.0
	for _, w := range weights {
		all += w
	}
	parts := make([]int64, len(weights))
	order := make([]int, len(weights))
	rest := make([]float64, len(weights))
	left := whole
	for i, w := range weights {
		exact := float64(whole) * w / all
		parts[i] = int64(exact)
		rest[i] = exact - float64(parts[i])
		left -= parts[i]
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]] > rest[order[b]] })
	for i := range left {
		parts[order[i]]++
	}
	return parts
}

// pick takes one of several at random.
func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// insert puts a name into a sentence.
func insert(sentence, name string) string { return strings.Replace(sentence, "%s", name, 1) }
