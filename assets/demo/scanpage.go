package demo

import (
	"image"
	"image/color"
	"math"
	"strings"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"phonghop/assets/fonts"
)

// press sets the clean pages of the scanned letter as pictures.
type press struct {
	faces map[string]font.Face
	pages []*image.Gray
	y     int // top of the next line, in pixels
}

const (
	pressLeft, pressRight = 236, 1512 // 30 mm and 18 mm
	pressTop, pressBottom = 158, 2180
	pressLine             = 52
	pressIndent           = 100
	pressSize             = 14
)

func letterPages() ([]*image.Gray, error) {
	p := &press{faces: map[string]font.Face{}}
	for style, data := range map[string][]byte{
		"": fonts.TinosRegular, "B": fonts.TinosBold, "I": fonts.TinosItalic, "BI": fonts.TinosBoldItalic,
	} {
		parsed, err := opentype.Parse(data)
		if err != nil {
			return nil, err
		}
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: pressSize, DPI: scanDPI, Hinting: font.HintingNone})
		if err != nil {
			return nil, err
		}
		p.faces[style] = face
	}
	p.newPage()
	p.head()
	for _, text := range scanText {
		style := ""
		if strings.HasPrefix(text, "*") {
			style, text = "B", text[1:]
		}
		p.paragraph(text, style)
	}
	p.sign()
	for _, f := range p.faces {
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return p.pages, nil
}

func (p *press) newPage() {
	page := image.NewGray(image.Rect(0, 0, scanW, scanH))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
	p.pages = append(p.pages, page)
	p.y = pressTop
	if n := len(p.pages); n > 1 {
		p.text(string(rune('0'+n)), "", scanW/2, 96)
	}
}

func (p *press) page() *image.Gray { return p.pages[len(p.pages)-1] }

func (p *press) width(text, style string) int {
	return font.MeasureString(p.faces[style], text).Round()
}

func (p *press) put(text, style string, x, y int) {
	const baseline = 38
	d := font.Drawer{Dst: p.page(), Src: image.NewUniform(color.Gray{Y: 28}), Face: p.faces[style], Dot: fixed.P(x, y+baseline)}
	d.DrawString(text)
}

// text centres a line on x.
func (p *press) text(text, style string, x, y int) { p.put(text, style, x-p.width(text, style)/2, y) }

func (p *press) rule(x, y, w int) {
	draw.Draw(p.page(), image.Rect(x-w/2, y, x+w/2, y+2), image.NewUniform(color.Gray{Y: 40}), image.Point{}, draw.Src)
}

func (p *press) head() {
	const left, right = 470, 1096
	p.text("ỦY BAN NHÂN DÂN", "B", left, p.y)
	p.text("PHƯỜNG VỌNG HẢI", "B", left, p.y+48)
	p.rule(left, p.y+106, 150)
	nation := "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
	p.put(nation, "B", pressRight-p.width(nation, "B")+30, p.y)
	p.text("Độc lập - Tự do - Hạnh phúc", "B", right, p.y+48)
	p.rule(right, p.y+106, p.width("Độc lập - Tự do - Hạnh phúc", "B"))
	p.text("Số: 317/UBND-KTHTĐT", "", left, p.y+128)
	p.text("Vọng Hải, ngày 16 tháng 11 năm 2026", "I", right, p.y+128)
	p.text("V/v góp ý đồ án quy hoạch", "", left, p.y+188)
	p.text("phân khu ven sông Lam Giang", "", left, p.y+236)
	p.received()
	p.y += 360
	p.text("Kính gửi: Sở Xây dựng.", "", scanW/2, p.y)
	p.y += 90
}

// received is the stamp of the office that got the letter.
func (p *press) received() {
	box := image.Rect(1010, p.y+196, 1420, p.y+330)
	for i := range 4 {
		frame(p.page(), box.Inset(i), color.Gray{Y: 96})
	}
	p.text("CÔNG VĂN ĐẾN", "B", 1215, p.y+204)
	p.text("Số 4127 - 17/11/2026", "", 1215, p.y+262)
}

func frame(img *image.Gray, r image.Rectangle, c color.Gray) {
	for x := r.Min.X; x < r.Max.X; x++ {
		img.SetGray(x, r.Min.Y, c)
		img.SetGray(x, r.Max.Y-1, c)
	}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		img.SetGray(r.Min.X, y, c)
		img.SetGray(r.Max.X-1, y, c)
	}
}

// paragraph sets justified text with an indent.
func (p *press) paragraph(text, style string) {
	space := p.width(" ", style)
	var line []string
	used, indent := 0, pressIndent
	flush := func(last bool) {
		if p.y+pressLine > pressBottom {
			p.newPage()
		}
		p.line(line, style, pressLeft+indent, pressRight-pressLeft-indent, last)
		line, used, indent = nil, 0, 0
	}
	for _, w := range strings.Fields(text) {
		wide := p.width(w, style)
		if len(line) > 0 && used+space+wide > pressRight-pressLeft-indent {
			flush(false)
		}
		if len(line) > 0 {
			used += space
		}
		line, used = append(line, w), used+wide
	}
	flush(true)
	p.y += 18
}

func (p *press) line(words []string, style string, x, width int, last bool) {
	natural := 0
	for _, w := range words {
		natural += p.width(w, style)
	}
	gap := float64(p.width(" ", style))
	if !last && len(words) > 1 {
		gap = float64(width-natural) / float64(len(words)-1)
	}
	at := float64(x)
	for _, w := range words {
		p.put(w, style, int(math.Round(at)), p.y)
		at += float64(p.width(w, style)) + gap
	}
	p.y += pressLine
}

func (p *press) sign() {
	const left, right = pressLeft, 1190
	if p.y+520 > pressBottom {
		p.newPage()
	}
	p.y += 20
	p.put("Nơi nhận:", "BI", left, p.y)
	for i, line := range []string{"- Như trên;", "- Thường trực Đảng ủy, HĐND phường;", "- Lưu: VT, KTHTĐT."} {
		p.put(line, "", left, p.y+(i+1)*48)
	}
	p.text("TM. ỦY BAN NHÂN DÂN", "B", right, p.y)
	p.text("CHỦ TỊCH", "B", right, p.y+48)
	p.scribble(right-150, p.y+150)
	p.text(nameOf("thoa"), "B", right, p.y+300)
}

// scribble draws a line of ink that is nobody's signature.
func (p *press) scribble(x, y int) {
	const steps = 160
	ink := image.NewUniform(color.Gray{Y: 52})
	point := func(i int) (float32, float32) {
		t := float64(i) / steps
		return float32(float64(x) + 300*t + 34*math.Sin(t*19)),
			float32(float64(y) + 46*math.Sin(t*27)*(1-0.6*t) + 18*math.Cos(t*7))
	}
	z := vector.NewRasterizer(scanW, scanH)
	for i := range steps {
		x0, y0 := point(i)
		x1, y1 := point(i + 1)
		length := float32(math.Hypot(float64(x1-x0), float64(y1-y0)))
		half := 3 - 1.4*float32(i)/steps
		nx, ny := (y1-y0)/length*half, (x0-x1)/length*half
		z.MoveTo(x0+nx, y0+ny)
		z.LineTo(x1+nx, y1+ny)
		z.LineTo(x1-nx, y1-ny)
		z.LineTo(x0-nx, y0-ny)
		z.ClosePath()
	}
	z.Draw(p.page(), p.page().Bounds(), ink, image.Point{})
}

var scanText = []string{
	"Phúc đáp Công văn số 2986/SXD-QHKT ngày 30 tháng 10 năm 2026 của Sở Xây dựng về việc lấy ý kiến đồ án quy hoạch phân khu đô thị ven sông Lam Giang, tỷ lệ 1/2000, Ủy ban nhân dân phường Vọng Hải có ý kiến như sau:",
	"*1. Về việc niêm yết và lấy ý kiến cộng đồng dân cư",
	"Từ ngày 01 đến ngày 15 tháng 11 năm 2026, hồ sơ đồ án được niêm yết tại trụ sở Ủy ban nhân dân phường và 09 nhà sinh hoạt cộng đồng; phường đã tổ chức 04 hội nghị với sự tham gia của 386 người dân. Kết quả phát ra 782 phiếu, thu về 765 phiếu, trong đó 716 phiếu thống nhất với đồ án, 49 phiếu thống nhất và có ý kiến bổ sung.",
	"*2. Những nội dung thống nhất",
	"Ủy ban nhân dân phường thống nhất với ranh giới, tính chất, cơ cấu sử dụng đất và tổ chức không gian của đồ án; đặc biệt ủng hộ việc dành toàn bộ dải đất ven sông làm công viên công cộng, không bố trí công trình kiên cố trong hành lang thoát lũ và mở rộng đường Vọng Giang lên 24 m.",
	"*3. Những nội dung đề nghị điều chỉnh, bổ sung",
	"a) Giữ lại bến đò cũ cùng cây đa đầu bến trong công viên ven sông, coi đây là điểm nhấn cảnh quan và nơi tổ chức Lễ hội Cầu ngư hằng năm của Nhân dân trong phường.",
	"b) Mở rộng diện tích trường tiểu học tại lô GD-02 hoặc bố trí thêm sân thể thao dùng chung với lô cây xanh liền kề, vì dự báo đến năm 2035 phường có thêm khoảng 1.150 học sinh tiểu học.",
	"c) Bố trí quỹ đất tái định cư tại chỗ cho 214 hộ dân có nhà, đất nằm trong phạm vi mở đường; ưu tiên các lô OM-04, OM-05; công khai nguyên tắc bốc thăm, giá đất và tiến độ xây dựng hạ tầng trước khi thu hồi đất.",
	"d) Làm rõ phương án thoát nước trong thời gian thi công kè sông, bảo đảm không gây ngập cho khu dân cư hiện hữu tại các tổ dân phố số 3, số 4 và số 7.",
	"*4. Kiến nghị",
	"Đề nghị Sở Xây dựng tiếp thu các nội dung nêu trên, tổng hợp trình Ủy ban nhân dân thành phố xem xét; đồng thời thông báo kết quả tiếp thu, giải trình để Ủy ban nhân dân phường trả lời Nhân dân theo quy định.",
	"Ủy ban nhân dân phường Vọng Hải trân trọng báo cáo, đề nghị Sở Xây dựng quan tâm xem xét./.",
}
