package paper

import "math"

// Series is a row of values with a name and a colour.
type Series struct {
	Name   string
	Values []float64
	Color  Color
}

// Chart is a diagram over categories.
type Chart struct {
	Title  string
	Unit   string
	Labels []string
	Series []Series
	Height float64 // of the whole; 0 means 80
	Digits int     // after the comma in the labels of values
	Values bool    // writes each value at its place
	Floor  float64 // where the axis of a line chart begins
	Size   float64 // type size of labels; 0 means 10
}

// Palette is the row of colours of the project's charts; each differs from its
// neighbours in lightness too.
var Palette = []Color{
	{11, 90, 143}, {224, 142, 38}, {46, 125, 50}, {140, 78, 150},
	{199, 68, 60}, {90, 160, 190}, {122, 110, 60}, {107, 114, 128},
	{60, 60, 120}, {170, 190, 90}, {205, 130, 150}, {40, 140, 130},
}

// frame is the area of a chart's plot and its scale.
type frame struct {
	x, y, w, h  float64
	low, high   float64
	step, unitY float64
}

func (f frame) at(v float64) float64 { return f.y + f.h - (v-f.low)*f.unitY }

// Bars draws groups of upright bars.
func (d *Doc) Bars(c Chart) {
	f := d.openChart(&c, 0)
	group := f.w / float64(len(c.Labels))
	bar := group * 0.72 / float64(len(c.Series))
	for si, s := range c.Series {
		d.pdf.SetFillColor(s.Color.R, s.Color.G, s.Color.B)
		for i, v := range s.Values {
			x := f.x + group*float64(i) + group*0.14 + bar*float64(si)
			d.pdf.Rect(x, f.at(v), bar*0.94, f.at(f.low)-f.at(v), "F")
			if c.Values {
				d.TextIn(x, f.at(v)-LineHeight(c.Size-1.5), bar, Decimal(v, c.Digits), "", c.Size-1.5, "C")
			}
		}
	}
	d.closeChart(c, f)
}

// Lines draws a line with dots for each series.
func (d *Doc) Lines(c Chart) {
	f := d.openChart(&c, c.Floor)
	group := f.w / float64(len(c.Labels))
	for _, s := range c.Series {
		d.pdf.SetDrawColor(s.Color.R, s.Color.G, s.Color.B)
		d.pdf.SetFillColor(s.Color.R, s.Color.G, s.Color.B)
		d.pdf.SetLineWidth(0.7)
		for i, v := range s.Values {
			x := f.x + group*(float64(i)+0.5)
			if i > 0 {
				d.pdf.Line(x-group, f.at(s.Values[i-1]), x, f.at(v))
			}
			d.pdf.Circle(x, f.at(v), 1, "F")
			if c.Values {
				d.TextIn(x-group/2, f.at(v)-LineHeight(c.Size)-0.8, group, Decimal(v, c.Digits), "", c.Size-1, "C")
			}
		}
	}
	d.closeChart(c, f)
}

// openChart sets the title, the scale and its lines.
func (d *Doc) openChart(c *Chart, low float64) frame {
	if c.Height == 0 {
		c.Height = 80
	}
	if c.Size == 0 {
		c.Size = 10
	}
	d.Need(c.Height)
	top := d.y
	d.TextIn(d.Left(), top, d.Width(), c.Title, "B", c.Size+2, "C")
	d.TextIn(d.Left(), top+LineHeight(c.Size+2), d.Width(), "Đơn vị tính: "+c.Unit, "I", c.Size, "C")
	high := low
	for _, s := range c.Series {
		for _, v := range s.Values {
			high = max(high, v)
		}
	}
	f := frame{low: low, step: niceStep((high - low) * 1.08 / 5)}
	f.high = low + math.Ceil((high-low)*1.04/f.step)*f.step
	const axis, above = 16.0, 14.0
	f.x, f.w = d.Left()+axis, d.Width()-axis
	f.y = top + above
	f.h = c.Height - above - 2*LineHeight(c.Size) - 6
	f.unitY = f.h / (f.high - f.low)
	d.pdf.SetLineWidth(0.1)
	d.pdf.SetDrawColor(190, 190, 190)
	digits := 0
	if f.step != math.Trunc(f.step) {
		digits = 1
	}
	for v := f.low; v <= f.high+f.step/2; v += f.step {
		d.pdf.Line(f.x, f.at(v), f.x+f.w, f.at(v))
		d.TextIn(d.Left(), f.at(v)-LineHeight(c.Size)/2, axis-2, Decimal(v, digits), "", c.Size-1, "R")
	}
	return f
}

// closeChart sets the categories and the key.
func (d *Doc) closeChart(c Chart, f frame) {
	group := f.w / float64(len(c.Labels))
	d.pdf.SetDrawColor(60, 60, 60)
	d.pdf.SetLineWidth(0.3)
	d.pdf.Line(f.x, f.at(f.low), f.x+f.w, f.at(f.low))
	for i, label := range c.Labels {
		d.TextIn(f.x+group*float64(i), f.y+f.h+0.8, group, label, "", c.Size-0.5, "C")
	}
	total := 0.0
	for _, s := range c.Series {
		total += 10 + d.Measure(s.Name, "", c.Size)
	}
	x, y := f.x+(f.w-total)/2, f.y+f.h+LineHeight(c.Size)+2.5
	for _, s := range c.Series {
		d.pdf.SetFillColor(s.Color.R, s.Color.G, s.Color.B)
		d.pdf.Rect(x, y+0.9, 4, 3, "F")
		x += 5.5 + d.TextAt(x+5.5, y, s.Name, "", c.Size) + 4.5
	}
	d.y = f.y + f.h + 2*LineHeight(c.Size) + 6
}

// niceStep rounds up to 1, 2, 2.5 or 5 times a power of ten.
func niceStep(raw float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if raw <= m*power {
			return m * power
		}
	}
	return 10 * power
}

// Slice is a part of a pie.
type Slice struct {
	Name  string
	Value float64
}

// Pie draws parts of a whole, clockwise from the top, with a key that gives
// value and share. Its height follows from the type size; 0 means 10.
func (d *Doc) Pie(title, unit string, slices []Slice, size float64) {
	if size == 0 {
		size = 10
	}
	height := size * 7.4
	need := max(height, 16+float64(len(slices))*(LineHeight(size)+1))
	d.Need(need)
	top := d.y
	d.TextIn(d.Left(), top, d.Width(), title, "B", size+2, "C")
	total := 0.0
	for _, s := range slices {
		total += s.Value
	}
	r := min(need-20, d.Width()*0.4) / 2
	cx, cy := d.Left()+d.Width()*0.24, top+12+r
	from := 90.0
	for i, s := range slices {
		c := Palette[i%len(Palette)]
		d.pdf.SetFillColor(c.R, c.G, c.B)
		angle := s.Value / total * 360
		d.wedge(cx, cy, r, from-angle, from)
		from -= angle
	}
	d.pieKey(slices, total, unit, top+14, size)
	d.y = top + need
}

func (d *Doc) wedge(cx, cy, r, from, to float64) {
	d.pdf.SetDrawColor(255, 255, 255)
	d.pdf.SetLineWidth(0.4)
	d.pdf.MoveTo(cx, cy)
	steps := max(int((to-from)/3), 2)
	for i := 0; i <= steps; i++ {
		a := (from + (to-from)*float64(i)/float64(steps)) * math.Pi / 180
		d.pdf.LineTo(cx+r*math.Cos(a), cy-r*math.Sin(a))
	}
	d.pdf.ClosePath()
	d.pdf.DrawPath("FD")
}

func (d *Doc) pieKey(slices []Slice, total float64, unit string, y, size float64) {
	x := d.Left() + d.Width()*0.48
	for i, s := range slices {
		c := Palette[i%len(Palette)]
		d.pdf.SetFillColor(c.R, c.G, c.B)
		d.pdf.Rect(x, y+1, 4, 3, "F")
		text := s.Name + ": " + Decimal(s.Value, 0) + " " + unit + " (" + Decimal(s.Value*100/total, 1) + "%)"
		d.TextAt(x+6, y, text, "", size)
		y += LineHeight(size) + 1
	}
}
