package demo

import "math"

// The plan's geometry, in metres: u runs along the river from west to east, v
// away from it to the south. A block's area on the map, in the tables and in
// the submission comes from the same polygons.

type point struct{ x, y float64 }

type landUse struct {
	key        byte
	code, name string
	r, g, b    int
}

// landUses are the rows of the table of land use; roads come last and are what
// the blocks leave over.
var landUses = []landUse{
	{'o', "OM", "Đất nhóm nhà ở mới", 255, 226, 132},
	{'c', "OC", "Đất nhóm nhà ở hiện trạng, chỉnh trang", 250, 202, 122},
	{'h', "HH", "Đất hỗn hợp nhà ở, dịch vụ", 240, 150, 110},
	{'t', "TM", "Đất thương mại, dịch vụ", 226, 94, 84},
	{'g', "GD", "Đất giáo dục", 232, 150, 190},
	{'y', "YV", "Đất y tế, văn hóa", 190, 150, 214},
	{'x', "CX", "Đất cây xanh, công viên", 150, 204, 130},
	{'k', "HT", "Đất hạ tầng kỹ thuật, bãi đỗ xe", 178, 186, 196},
	{0, "GT", "Đất giao thông", 250, 250, 248},
}

const (
	siteLength = 1640.0
	siteDepth  = 1000.0
)

// Bands between streets, from the river to the south, and what stands in them
// from west to east.
var (
	bands = [][2]float64{{68, 168}, {180, 300}, {324, 454}, {466, 596}, {612, 752}, {764, 1000}}
	uses  = []string{"thoxohhoxt", "oogoxyoogo", "oocoxoooco", "ccgoxohgok", "ccooxoyooo", "hhhtxthhhk"}
	spans = [][2]float64{
		{0, 150}, {166, 322}, {336, 494}, {508, 676}, {700, 812}, {836, 996}, {1010, 1166}, {1180, 1330}, {1344, 1484}, {1498, 1640},
	}
)

const parkDepth = 52.0 // of the park along the river

// block is a piece of land inside streets.
type block struct {
	use            int // index into landUses
	name           string
	u0, u1, v0, v1 float64
	outline        []point
	area           float64 // square metres
}

type plan struct {
	blocks []block
	area   []float64 // by land use, square metres
	total  float64
}

// place puts (u, v) onto the ground: the bank's curve fades towards the south.
func place(u, v float64) point {
	bank := 34*math.Sin(u/255+0.4) + 18*math.Sin(u/102+1.3)
	return point{u + 16*math.Sin(v/310), v + bank*(1-v/siteDepth)}
}

// outline follows the edges of a rectangle of (u, v) on the ground.
func outline(u0, u1, v0, v1 float64) []point {
	const step = 12.0
	var ring []point
	edge := func(ua, va, ub, vb float64) {
		n := int(math.Max(math.Abs(ub-ua), math.Abs(vb-va))/step) + 1
		for i := range n {
			t := float64(i) / float64(n)
			ring = append(ring, place(ua+(ub-ua)*t, va+(vb-va)*t))
		}
	}
	edge(u0, v0, u1, v0)
	edge(u1, v0, u1, v1)
	edge(u1, v1, u0, v1)
	edge(u0, v1, u0, v0)
	return ring
}

// areaOf returns the area of a simple polygon.
func areaOf(ring []point) float64 {
	twice := 0.0
	for i, p := range ring {
		q := ring[(i+1)%len(ring)]
		twice += p.x*q.y - q.x*p.y
	}
	return math.Abs(twice) / 2
}

// layOut divides the site into blocks and measures them.
func layOut() plan {
	p := plan{area: make([]float64, len(landUses)), total: areaOf(outline(0, siteLength, 0, siteDepth))}
	counts := make([]int, len(landUses))
	add := func(key byte, u0, u1, v0, v1 float64) {
		use := useOf(key)
		counts[use]++
		b := block{use: use, u0: u0, u1: u1, v0: v0, v1: v1, outline: outline(u0, u1, v0, v1)}
		b.name = landUses[use].code + "-" + twoDigits(counts[use])
		b.area = areaOf(b.outline)
		p.blocks = append(p.blocks, b)
		p.area[use] += b.area
	}
	add('x', 0, 676, 0, parkDepth)
	add('x', 700, 812, 0, parkDepth)
	add('x', 836, 996, 0, parkDepth)
	add('x', 1010, siteLength, 0, parkDepth)
	for i, band := range bands {
		for j, span := range spans {
			add(uses[i][j], span[0], span[1], band[0], band[1])
		}
	}
	roads := p.total
	for _, a := range p.area {
		roads -= a
	}
	p.area[len(landUses)-1] = roads
	return p
}

func useOf(key byte) int {
	for i, u := range landUses {
		if u.key == key {
			return i
		}
	}
	return len(landUses) - 1
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
