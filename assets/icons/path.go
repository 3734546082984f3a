package icons

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

// flatten turns the path data of SVG 1.1 (chapter 8.3) into lines. Of its commands those are known that the icons use:
// M L H V C S Q A Z in both cases.
func flatten(data string) ([]Stroke, error) {
	p := &pen{scanner: scanner{data: data}}
	for {
		command, ok := p.command()
		if !ok {
			break
		}
		if err := p.run(command); err != nil {
			return nil, fmt.Errorf("path %q: %w", data, err)
		}
	}
	if p.bad {
		return nil, fmt.Errorf("path %q: not understood", data)
	}
	p.lift()
	return p.done, nil
}

// parameters is how many numbers each command takes.
var parameters = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'A': 7, 'Z': 0}

type pen struct {
	scanner
	at, start Point
	control   Point // second control point of the curve before, for S
	current   Stroke
	done      []Stroke
}

func (p *pen) lift() {
	if len(p.current) > 0 {
		p.done = append(p.done, p.current)
	}
	p.current = nil
}

func (p *pen) to(x, y float64) {
	p.at = Point{x, y}
	p.current = append(p.current, p.at)
}

func (p *pen) run(command byte) error {
	upper := command &^ 0x20
	n, ok := parameters[upper]
	if !ok {
		return errors.New("unknown command")
	}
	if n == 0 {
		p.to(p.start.X, p.start.Y)
		p.lift()
		return nil
	}
	for first := true; ; first = false {
		v, ok := p.numbers(n, upper == 'A')
		if !ok {
			if first {
				return errors.New("numbers are missing")
			}
			return nil
		}
		if command != upper {
			p.absolute(upper, v)
		}
		p.draw(upper, v, first)
	}
}

// absolute adds the present place to relative numbers.
func (p *pen) absolute(command byte, v []float64) {
	switch command {
	case 'H':
		v[0] += p.at.X
	case 'V':
		v[0] += p.at.Y
	case 'A':
		v[5] += p.at.X
		v[6] += p.at.Y
	default:
		for i := range v {
			if i%2 == 0 {
				v[i] += p.at.X
			} else {
				v[i] += p.at.Y
			}
		}
	}
}

func (p *pen) draw(command byte, v []float64, first bool) {
	if command != 'M' && len(p.current) == 0 {
		p.current = Stroke{p.at}
	}
	control := Point{2*p.at.X - p.control.X, 2*p.at.Y - p.control.Y}
	switch command {
	case 'M':
		if first {
			p.lift()
			p.start = Point{v[0], v[1]}
		}
		p.to(v[0], v[1])
	case 'L':
		p.to(v[0], v[1])
	case 'H':
		p.to(v[0], p.at.Y)
	case 'V':
		p.to(p.at.X, v[0])
	case 'C':
		p.cubic(Point{v[0], v[1]}, Point{v[2], v[3]}, Point{v[4], v[5]})
		return
	case 'S':
		p.cubic(control, Point{v[0], v[1]}, Point{v[2], v[3]})
		return
	case 'Q':
		q, end := Point{v[0], v[1]}, Point{v[2], v[3]}
		p.cubic(mix(p.at, q, 2.0/3), mix(end, q, 2.0/3), end)
	case 'A':
		p.arc(v[0], v[1], v[2], v[3] != 0, v[4] != 0, Point{v[5], v[6]})
	}
	p.control = p.at
}

func mix(a, b Point, t float64) Point { return Point{a.X + (b.X-a.X)*t, a.Y + (b.Y-a.Y)*t} }

const pieces = 16 // of a curve or of a quarter turn

func (p *pen) cubic(c1, c2, end Point) {
	from := p.at
	for i := 1; i <= pieces; i++ {
		t := float64(i) / pieces
		a, b, c := mix(from, c1, t), mix(c1, c2, t), mix(c2, end, t)
		q := mix(mix(a, b, t), mix(b, c, t), t)
		p.to(q.X, q.Y)
	}
	p.control = c2
}

// arc follows SVG 1.1, appendix F.6.5: from the end points to the centre and the angles.
func (p *pen) arc(rx, ry, degrees float64, large, sweep bool, end Point) {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || end == p.at {
		p.to(end.X, end.Y)
		return
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	dx, dy := (p.at.X-end.X)/2, (p.at.Y-end.Y)/2
	x1, y1 := cos*dx+sin*dy, cos*dy-sin*dx
	if l := x1*x1/(rx*rx) + y1*y1/(ry*ry); l > 1 {
		rx, ry = rx*math.Sqrt(l), ry*math.Sqrt(l)
	}
	k := math.Sqrt(max(0, (rx*rx*ry*ry-rx*rx*y1*y1-ry*ry*x1*x1)/(rx*rx*y1*y1+ry*ry*x1*x1)))
	if large == sweep {
		k = -k
	}
	cx1, cy1 := k*rx*y1/ry, -k*ry*x1/rx
	centre := Point{cos*cx1 - sin*cy1 + (p.at.X+end.X)/2, sin*cx1 + cos*cy1 + (p.at.Y+end.Y)/2}
	from := math.Atan2((y1-cy1)/ry, (x1-cx1)/rx)
	turn := math.Atan2((-y1-cy1)/ry, (-x1-cx1)/rx) - from
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	}
	if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	n := max(2, int(math.Ceil(math.Abs(turn)/(math.Pi/2)*pieces)))
	for i := 1; i < n; i++ {
		s, c := math.Sincos(from + turn*float64(i)/float64(n))
		p.to(centre.X+cos*rx*c-sin*ry*s, centre.Y+sin*rx*c+cos*ry*s)
	}
	p.to(end.X, end.Y)
}

// scanner reads commands and numbers; SVG allows both to stand without anything between them.
type scanner struct {
	data string
	pos  int
	bad  bool
}

func (s *scanner) blanks() {
	for s.pos < len(s.data) && (s.data[s.pos] == ' ' || s.data[s.pos] == ',' || s.data[s.pos] == '\n' || s.data[s.pos] == '\t') {
		s.pos++
	}
}

func (s *scanner) command() (byte, bool) {
	s.blanks()
	if s.pos >= len(s.data) {
		return 0, false
	}
	s.pos++
	return s.data[s.pos-1], true
}

// numbers reads n numbers; of an arc's seven the fourth and fifth are flags of one digit.
func (s *scanner) numbers(n int, arc bool) ([]float64, bool) {
	v := make([]float64, n)
	for i := range v {
		value, ok := s.number(arc && (i == 3 || i == 4))
		if !ok {
			s.bad = s.bad || i > 0
			return nil, false
		}
		v[i] = value
	}
	return v, true
}

func (s *scanner) number(flag bool) (float64, bool) {
	s.blanks()
	begin, dot := s.pos, false
	for s.pos < len(s.data) {
		c := s.data[s.pos]
		sign := (c == '-' || c == '+') && s.pos == begin
		if c == '.' && !dot {
			dot = true
		} else if (c < '0' || c > '9') && !sign {
			break
		}
		s.pos++
		if flag {
			break
		}
	}
	v, err := strconv.ParseFloat(s.data[begin:s.pos], 64)
	return v, err == nil
}
