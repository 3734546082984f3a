package demo

import (
	"io"
	"math"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"phonghop/assets/paper"
)

// drawing is the sheet of the plan: A0, 1/2000, so that 1 m is 0.5 mm.
type drawing struct {
	d *paper.Doc
	c *fpdf.Fpdf
	p plan
}

const (
	sheetW, sheetH = 1189.0, 841.0
	mapScale       = 0.5 // millimetres on paper for a metre on the ground
	mapX, mapY     = 48.0, 190.0
	fieldW, fieldH = 880.0, 801.0 // of the drawing inside the frame
	frameAt        = 20.0
	panelX         = 912.0
	panelW         = 252.0
)

// makeMap draws the plan of land use.
func makeMap(w io.Writer) error {
	opt := options("QH-04: Bản đồ quy hoạch tổng mặt bằng sử dụng đất", on(time.November, 16))
	opt.Page, opt.Landscape, opt.Sans, opt.Unnumbered = paper.A0, true, true, true
	d := paper.New(opt)
	m := &drawing{d: d, c: d.Canvas(), p: layOut()}
	m.c.ClipRect(frameAt, frameAt, fieldW, fieldH, false)
	m.surroundings()
	m.river()
	m.site()
	m.roadNames()
	m.grid()
	m.c.ClipEnd()
	m.frame()
	m.panel()
	return d.Write(w)
}

func (m *drawing) on(p point) fpdf.PointType {
	return fpdf.PointType{X: mapX + p.x*mapScale, Y: mapY + p.y*mapScale}
}

func (m *drawing) ring(points []point) []fpdf.PointType {
	out := make([]fpdf.PointType, len(points))
	for i, p := range points {
		out[i] = m.on(p)
	}
	return out
}

// surroundings are quiet: built-up plots beyond the limit of the plan.
func (m *drawing) surroundings() {
	m.c.SetFillColor(246, 244, 238)
	m.c.Rect(frameAt, frameAt, fieldW, fieldH, "F")
	m.c.SetLineWidth(0.15)
	m.c.SetDrawColor(196, 190, 178)
	m.c.SetFillColor(233, 229, 219)
	r := random(2000)
	for v := 1040.0; v < 1300; v += 46 {
		for u := -80.0; u < 1760; {
			width := 18 + 30*r.Float64()
			if r.IntN(6) > 0 {
				m.c.Polygon(m.ring(outline(u, u+width-4, v, v+22+12*r.Float64())), "FD")
			}
			u += width
		}
	}
	for v := -330.0; v < -220; v += 40 {
		for u := -80.0; u < 1760; {
			width := 22 + 40*r.Float64()
			if r.IntN(3) > 0 {
				m.c.Polygon(m.ring(outline(u, u+width-5, v, v+26)), "FD")
			}
			u += width
		}
	}
}

// river fills the water between the two banks and draws lines of depth.
func (m *drawing) river() {
	const far = -190.0
	m.c.SetFillColor(186, 216, 236)
	m.c.SetDrawColor(70, 130, 180)
	m.c.SetLineWidth(0.5)
	m.c.Polygon(m.ring(outline(-120, 1800, far, -14)), "FD")
	m.c.SetDrawColor(140, 184, 214)
	m.c.SetLineWidth(0.2)
	for v := far + 20; v < -20; v += 18 {
		m.polyline(-120, 1800, v)
	}
	m.c.SetFillColor(186, 216, 236)
	m.c.Polygon(m.ring(outline(1668, 1700, -20, 1300)), "F")
	m.text(m.on(point{1684, 560}), "KÊNH SẬY", 20, 90, 30, 90, 150)
	m.spaced("SÔNG LAM GIANG", 340, -92, 46, 58)
	m.c.SetDrawColor(30, 90, 150)
	m.c.SetLineWidth(0.8)
	a, b := m.on(place(1240, -120)), m.on(place(1360, -120))
	m.c.Line(a.X, a.Y, b.X, b.Y)
	m.c.Line(b.X, b.Y, b.X-8, b.Y-3)
	m.c.Line(b.X, b.Y, b.X-8, b.Y+3)
}

func (m *drawing) polyline(u0, u1, v float64) {
	const step = 12.0
	last := m.on(place(u0, v))
	for u := u0 + step; u <= u1; u += step {
		p := m.on(place(u, v))
		m.c.Line(last.X, last.Y, p.X, p.Y)
		last = p
	}
}

// spaced sets letters along the river with equal advances.
func (m *drawing) spaced(text string, u, v, size, advance float64) {
	m.c.SetTextColor(30, 90, 150)
	for _, r := range text {
		p := m.on(place(u, v))
		m.d.TextIn(p.X-10, p.Y-paper.LineHeight(size)/2, 20, string(r), "", size, "C")
		u += advance
	}
	m.c.SetTextColor(0, 0, 0)
}

// site draws the ground of the plan, its blocks, plots and trees, and the limit.
func (m *drawing) site() {
	road := landUses[len(landUses)-1]
	m.c.SetFillColor(road.r, road.g, road.b)
	limit := m.ring(outline(0, siteLength, 0, siteDepth))
	m.c.Polygon(limit, "F")
	for _, b := range m.p.blocks {
		m.block(b)
	}
	m.centreLines()
	m.bridge()
	m.c.SetDrawColor(200, 20, 30)
	m.c.SetLineWidth(1.3)
	m.c.SetDashPattern([]float64{9, 3, 2, 3}, 0)
	m.c.Polygon(limit, "D")
	m.c.SetDashPattern(nil, 0)
}

func (m *drawing) block(b block) {
	u := landUses[b.use]
	m.c.SetFillColor(u.r, u.g, u.b)
	m.c.SetDrawColor(80, 80, 80)
	m.c.SetLineWidth(0.35)
	m.c.Polygon(m.ring(b.outline), "FD")
	switch u.key {
	case 'o', 'c':
		m.plots(b)
	case 'x':
		m.trees(b)
	}
	m.label(b)
}

// plots divides a block of houses by two rows of building plots.
func (m *drawing) plots(b block) {
	m.c.SetDrawColor(176, 150, 90)
	m.c.SetLineWidth(0.12)
	line := func(ua, va, ub, vb float64) {
		p, q := m.on(place(ua, va)), m.on(place(ub, vb))
		m.c.Line(p.X, p.Y, q.X, q.Y)
	}
	const depth, front = 20.0, 8.0
	for u := b.u0; u < b.u1-front/2; u += front {
		next := math.Min(u+front, b.u1)
		for _, v := range []float64{b.v0 + depth, b.v1 - depth} {
			line(u, v, next, v)
		}
		if u > b.u0 {
			line(u, b.v0, u, b.v0+depth)
			line(u, b.v1-depth, u, b.v1)
		}
	}
}

func (m *drawing) trees(b block) {
	r := random(uint64(b.u0)*7 + uint64(b.v0) + 3)
	m.c.SetFillColor(96, 160, 84)
	count := int(b.area / 260)
	for range count {
		u := b.u0 + 5 + (b.u1-b.u0-10)*r.Float64()
		v := b.v0 + 5 + (b.v1-b.v0-10)*r.Float64()
		p := m.on(place(u, v))
		m.c.Circle(p.X, p.Y, 0.9+0.8*r.Float64(), "F")
	}
}

// label writes name, area and greatest height in the middle of a block.
func (m *drawing) label(b block) {
	p := m.on(place((b.u0+b.u1)/2, (b.v0+b.v1)/2))
	const w, h = 40.0, 19.0
	m.c.SetFillColor(255, 255, 255)
	m.c.SetAlpha(0.72, "Normal")
	m.c.RoundedRect(p.X-w/2, p.Y-h/2, w, h, 2, "1234", "F")
	m.c.SetAlpha(1, "Normal")
	m.d.TextIn(p.X-w/2, p.Y-h/2+0.4, w, b.name, "B", 20, "C")
	m.d.TextIn(p.X-w/2, p.Y+0.6, w, hectares(b.area)+" ha"+storeys(b), "", 15, "C")
}

// storeys follows the rule of the submission: 5 near the river, 9 behind, 25
// along the southern road.
func storeys(b block) string {
	switch landUses[b.use].key {
	case 'x', 'k':
		return ""
	case 'g', 'y':
		return " - 4T"
	}
	switch {
	case b.v1 <= 300:
		return " - 5T"
	case b.v1 <= 760:
		return " - 9T"
	}
	return " - 25T"
}

func (m *drawing) centreLines() {
	m.c.SetDrawColor(150, 60, 60)
	m.c.SetLineWidth(0.15)
	m.c.SetDashPattern([]float64{5, 1.5, 1, 1.5}, 0)
	for _, v := range []float64{60, 174, 312, 460, 604, 758} {
		m.polyline(0, siteLength, v)
	}
	for i := 1; i < len(spans); i++ {
		u := (spans[i-1][1] + spans[i][0]) / 2
		last := m.on(place(u, parkDepth))
		for v := parkDepth + 12; v <= siteDepth; v += 12 {
			p := m.on(place(u, v))
			m.c.Line(last.X, last.Y, p.X, p.Y)
			last = p
		}
	}
	m.c.SetDashPattern(nil, 0)
}

// bridge crosses the river in the line of the eastern avenue.
func (m *drawing) bridge() {
	m.c.SetFillColor(250, 250, 248)
	m.c.SetDrawColor(60, 60, 60)
	m.c.SetLineWidth(0.5)
	ring := []point{place(814, 66), place(834, 66), place(834, -215), place(814, -215)}
	m.c.Polygon(m.ring(ring), "FD")
	m.text(m.on(place(824, -90)), "CẦU VỌNG HẢI", 17, 90, 60, 60, 60)
}

// text centres a line on a point, turned by degrees.
func (m *drawing) text(p fpdf.PointType, text string, size, degrees float64, r, g, b int) {
	m.c.SetTextColor(r, g, b)
	m.c.TransformBegin()
	m.c.TransformRotate(degrees, p.X, p.Y)
	m.d.TextIn(p.X-100, p.Y-paper.LineHeight(size)/2, 200, text, "", size, "C")
	m.c.TransformEnd()
	m.c.SetTextColor(0, 0, 0)
}

func (m *drawing) roadNames() {
	for _, n := range []struct {
		text string
		u, v float64
		size float64
	}{
		{"Đường ven sông (rộng 16 m)", 250, 60, 15},
		{"Đường ven sông (rộng 16 m)", 1260, 60, 15},
		{"Đường Vọng Giang (rộng 24 m)", 250, 312, 22},
		{"Đường Vọng Giang (rộng 24 m)", 1260, 312, 22},
		{"Đường Bến Lam (rộng 16 m)", 590, 604, 16},
		{"Đường Trần Lãm (rộng 36 m)", 300, 1020, 24},
		{"Đường Trần Lãm (rộng 36 m)", 1300, 1020, 24},
	} {
		a, b := place(n.u-40, n.v), place(n.u+40, n.v)
		angle := -math.Atan2(b.y-a.y, b.x-a.x) * 180 / math.Pi
		m.text(m.on(place(n.u, n.v)), n.text, n.size, angle, 110, 40, 40)
	}
	m.text(m.on(point{-22, 520}), "Đường Bến Cũ (rộng 20 m)", 22, 90, 110, 40, 40)
	m.text(m.on(place(824, 690)), "Đại lộ Vọng Hải (rộng 24 m)", 20, 90, 110, 40, 40)
}

// grid marks every 200 m with a cross and, at the frame, with coordinates.
func (m *drawing) grid() {
	m.c.SetDrawColor(60, 60, 60)
	m.c.SetLineWidth(0.2)
	for x := 0.0; x <= 1700; x += 200 {
		for y := -200.0; y <= 1200; y += 200 {
			p := m.on(point{x, y})
			m.c.Line(p.X-3, p.Y, p.X+3, p.Y)
			m.c.Line(p.X, p.Y-3, p.X, p.Y+3)
		}
		p := m.on(point{x, 0})
		m.d.TextIn(p.X-25, frameAt+fieldH-9, 50, paper.Number(561200+int64(x)), "", 13, "C")
	}
	for y := -200.0; y <= 1200; y += 200 {
		p := m.on(point{0, y})
		m.text(fpdf.PointType{X: frameAt + 6, Y: p.Y}, paper.Number(1824600-int64(y)), 13, 90, 0, 0, 0)
	}
}

func (m *drawing) frame() {
	m.c.SetDrawColor(0, 0, 0)
	m.c.SetLineWidth(1.2)
	m.c.Rect(frameAt, frameAt, sheetW-2*frameAt, sheetH-2*frameAt, "D")
	m.c.SetLineWidth(0.4)
	m.c.Rect(frameAt-4, frameAt-4, sheetW-2*frameAt+8, sheetH-2*frameAt+8, "D")
	m.c.Line(frameAt+fieldW, frameAt, frameAt+fieldW, sheetH-frameAt)
}
