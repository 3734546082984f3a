package demo

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"time"

	"phonghop/assets/paper"
)

const (
	cityProjects    = 1210 // that the city runs
	communeProjects = 26   // of each ward or commune, at least
)

// makeProjects writes the long list of projects: a cover with the sums, then
// the city's projects by sector and the others by ward and commune.
func makeProjects(w io.Writer) error {
	opt := options("Danh mục công trình, dự án sử dụng vốn đầu tư công năm 2027", on(time.November, 18))
	opt.Landscape, opt.BodySize = true, 13
	opt.Margins = [4]float64{20, 15, 15, 20}
	d := paper.New(opt)
	city, local := cityList(), localList()
	projectsCover(d, city, local)
	d.NewPage()
	s := d.StartTable(projectsTable())
	d.Bookmark("A. Dự án do thành phố quản lý", 0)
	s.Row(groupRow("A", "DỰ ÁN DO THÀNH PHỐ QUẢN LÝ", city...))
	number := 0
	for i, list := range city {
		number = projectRows(d, s, roman(i+1), sectors[i].name, list, number)
	}
	units := communes()
	d.Bookmark("B. Dự án do phường, xã, đặc khu quản lý", 0)
	s.Row(groupRow("B", "DỰ ÁN DO PHƯỜNG, XÃ, ĐẶC KHU QUẢN LÝ", local...))
	for i, list := range local {
		number = projectRows(d, s, paper.Number(int64(i+1)), units[i].title(), list, number)
	}
	s.Row(groupRow("", "TỔNG CỘNG", append(append([][]project{}, city...), local...)...))
	return d.Write(w)
}

// cityList invents the city's projects by sector; their plans of 2027 add up
// to the city's investment exactly.
func cityList() [][]project {
	r := random(1100)
	units := communes()
	var all []project
	var weight []float64
	var counts []int
	shareAll := 0.0
	for _, s := range sectors {
		shareAll += s.weight
	}
	for _, s := range sectors {
		n := int(cityProjects * s.weight / shareAll)
		counts = append(counts, n)
		for range n {
			p, w := draft(r, pick(r, s.works), pick(r, units))
			p.owner = pick(r, owners[s.name])
			all, weight = append(all, p), append(weight, w)
		}
	}
	return grouped(r, all, weight, counts, levels[0][0], "TP")
}

// localList invents the projects of the wards and communes.
func localList() [][]project {
	r := random(6200)
	var all []project
	var weight []float64
	var counts []int
	for _, u := range communes() {
		n := communeProjects + r.IntN(3)
		counts = append(counts, n)
		for range n {
			p, w := draft(r, pick(r, communeWorks), u)
			p.owner = "UBND " + u.full()
			all, weight = append(all, p), append(weight, w)
		}
	}
	return grouped(r, all, weight, counts, levels[0][1], "CX")
}

// grouped prices the projects and cuts them into groups; amount is in billions.
func grouped(r *rand.Rand, all []project, weight []float64, counts []int, amount int64, prefix string) [][]project {
	plans := apportion(amount*million/10, weight)
	for i := range all {
		all[i] = priced(r, all[i], plans[i]*10)
		all[i].code = fmt.Sprintf("%s27.%04d", prefix, i+1)
	}
	var groups [][]project
	for _, n := range counts {
		groups = append(groups, all[:n])
		all = all[n:]
	}
	return groups
}

func roman(n int) string {
	return []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"}[n]
}

// added sums the amounts of lists of projects.
func added(lists ...[]project) (count int, price, spent, plan int64) {
	for _, list := range lists {
		count += len(list)
		for _, p := range list {
			price, spent, plan = price+p.price, spent+p.spent, plan+p.plan
		}
	}
	return count, price, spent, plan
}

func projectsTable() paper.Table {
	return paper.Table{Size: 11, Columns: []paper.Column{
		{Title: "STT", Width: 14, Align: "C"}, {Title: "Mã dự án", Width: 23, Align: "C"}, {Title: "Tên công trình, dự án", Width: 62},
		{Title: "Địa điểm", Width: 26}, {Title: "Chủ đầu tư", Width: 36}, {Title: "Quy mô, năng lực thiết kế", Width: 48},
		{Title: "Thời gian", Width: 15, Align: "C"}, {Title: "Tổng mức đầu tư", Width: 23, Align: "R"},
		{Title: "Vốn đã bố trí đến hết 2026", Width: 23, Align: "R"}, {Title: "Kế hoạch năm 2027", Width: 23, Align: "R"},
	}}
}

func groupRow(number, name string, lists ...[]project) paper.Row {
	count, price, spent, plan := added(lists...)
	return paper.Row{Style: "B", Fill: paper.GroupFill(), Cells: []string{
		number, "", name + " (" + paper.Number(int64(count)) + " dự án)", "", "", "", "", paper.Number(price), paper.Number(spent), paper.Number(plan),
	}}
}

// projectRows writes a group and returns the number of its last project.
func projectRows(d *paper.Doc, s *paper.Sheet, mark, name string, list []project, number int) int {
	row := groupRow(mark, name, list)
	const keep = 45 // a group's row stays with its first projects
	s.Keep(keep)
	d.Bookmark(mark+". "+name, 1)
	s.Row(row)
	for _, p := range list {
		number++
		s.Row(paper.Row{Cells: []string{
			paper.Number(int64(number)), p.code, p.name, p.place, p.owner, p.size, p.years,
			paper.Number(p.price), dash(p.spent), paper.Number(p.plan),
		}})
	}
	return number
}

func projectsCover(d *paper.Doc, city, local [][]project) {
	d.Heading(paper.Head{Superior: cityLines, Issuer: []string{"SỞ TÀI CHÍNH"}, Number: "13/DM-STC", Place: City, Date: on(time.November, 18)})
	d.Bookmark("Tổng hợp", 0)
	d.Title("DANH MỤC CÔNG TRÌNH, DỰ ÁN", "Sử dụng vốn đầu tư công năm 2027 của thành phố Hải Lam")
	unitNote(d, "triệu đồng")
	s := d.StartTable(paper.Table{Size: 12, Columns: []paper.Column{
		{Title: "STT", Width: 14, Align: "C"}, {Title: "Nhóm dự án", Width: 110}, {Title: "Số dự án", Width: 24, Align: "R"},
		{Title: "Tổng mức đầu tư", Width: 36, Align: "R"}, {Title: "Vốn đã bố trí đến hết 2026", Width: 36, Align: "R"},
		{Title: "Kế hoạch năm 2027", Width: 36, Align: "R"},
	}})
	row := func(mark, name, style string, lists ...[]project) {
		count, price, spent, plan := added(lists...)
		r := paper.Row{Style: style, Cells: []string{
			mark, name, paper.Number(int64(count)), paper.Number(price), paper.Number(spent), paper.Number(plan),
		}}
		if style == "B" {
			r.Fill = paper.GroupFill()
		}
		s.Row(r)
	}
	row("", "TỔNG CỘNG", "B", append(append([][]project{}, city...), local...)...)
	row("A", "Dự án do thành phố quản lý", "B", city...)
	for i, list := range city {
		row(roman(i+1), sectors[i].name, "", list)
	}
	row("B", "Dự án do phường, xã, đặc khu quản lý", "B", local...)
	s.End()
}

// span writes years without the dots of numbers: "2026 - 2028", or "2027".
func span(begin, end int) string {
	if begin == end {
		return strconv.Itoa(begin)
	}
	return strconv.Itoa(begin) + " - " + strconv.Itoa(end)
}

// dash writes zero as a dash.
func dash(v int64) string {
	if v == 0 {
		return "-"
	}
	return paper.Number(v)
}
