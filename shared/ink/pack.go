package ink

import (
	"encoding/base64"
	"math"
	"strings"
)

// How points are packed:
//
//	byte 0   0x10 for this version, plus flags: 1 = with pressure,
//	         2 = coordinates as second differences
//	then     a row of half bytes, the upper half of each byte first:
//	         the number of points, and for each point
//	         x and y in sixteenths of a point, as the difference to the
//	         point before it (flag 2: to the place that the two points
//	         before it lead to in a straight line), signed;
//	         the time since the point before it in units of 4 ms;
//	         with flag 1 the pressure in fifteenths: one half byte
//
// A number is written in groups of 3 bits, the lowest first; 8 is added to
// every group but the last. A signed number n is written as 2n, or as -2n-1
// below zero. An odd half byte at the end is 0. The bytes travel in base64
// without padding.
const (
	packVersion = 0x10
	withForce   = 1
	second      = 2

	// PerPoint is how many steps a point (1/72 inch) has: 1/16 of a point is
	// 0.02 mm.
	PerPoint = 16
	tick     = 4 // ms
	forces   = 15

	// maxPacked bounds what is looked at: the longest that MaxPoints can need.
	maxPacked = MaxPoints*11 + 8
)

var packed = base64.RawStdEncoding

// Pack packs points. They are rounded to what a packed point can hold. The
// error is an *Error: none or too many points, a coordinate that is no number
// or too far off, a time that runs backwards.
func Pack(points []Point, pressure bool) (string, error) {
	q, err := quantise(points)
	if err != nil {
		return "", err
	}
	one, two := write(q, pressure, 0), write(q, pressure, second)
	if len(two) < len(one) {
		one = two
	}
	return packed.EncodeToString(one), nil
}

// quantum is a point in packed units.
type quantum struct{ x, y, t, p int }

func quantise(points []Point) ([]quantum, error) {
	if len(points) == 0 || len(points) > MaxPoints {
		return nil, outOfBounds("number of points")
	}
	out := make([]quantum, len(points))
	last := 0
	for i, p := range points {
		if !within(p.X) || !within(p.Y) {
			return nil, outOfBounds("place of a point")
		}
		if p.Millis < last || p.Millis > MaxMillis {
			return nil, outOfBounds("time of a point")
		}
		if math.IsNaN(p.Pressure) || p.Pressure < 0 || p.Pressure > 1 {
			return nil, outOfBounds("pressure")
		}
		last = p.Millis
		out[i] = quantum{int(math.Round(p.X * PerPoint)), int(math.Round(p.Y * PerPoint)), p.Millis / tick, int(math.Round(p.Pressure * forces))}
	}
	return out, nil
}

func within(x float64) bool { return x >= -Slack && x <= MaxReach } // false for what is not a number

func write(q []quantum, pressure bool, order byte) []byte {
	w := halves{out: make([]byte, 1, 8+len(q)*3)}
	w.out[0] = packVersion | order
	if pressure {
		w.out[0] |= withForce
	}
	w.number(uint(len(q)))
	t := 0
	for i, p := range q {
		x, y := guess(q, i, order)
		w.signed(p.x - x)
		w.signed(p.y - y)
		w.number(uint(p.t - t))
		t = p.t
		if pressure {
			w.half(byte(p.p))
		}
	}
	return w.out
}

// guess is the place that the earlier points lead to expect.
func guess(q []quantum, i int, order byte) (x, y int) {
	switch {
	case i == 0:
		return 0, 0
	case i == 1 || order&second == 0:
		return q[i-1].x, q[i-1].y
	}
	return 2*q[i-1].x - q[i-2].x, 2*q[i-1].y - q[i-2].y
}

// Unpack gives packed points back. Bytes that Pack cannot have made are
// refused with an *Error.
func Unpack(s string) ([]Point, error) {
	points, _, err := unpack(s)
	return points, err
}

// HasPressure reports whether packed points, as Unpack takes them, have a
// pressure of their own.
func HasPressure(s string) bool {
	head, err := packed.DecodeString(s[:min(len(s), 4)])
	return err == nil && len(head) > 0 && head[0]&withForce != 0
}

func unpack(s string) (points []Point, pressure bool, err error) {
	bad := outOfBounds("ink")
	if len(s) > packed.EncodedLen(maxPacked) || strings.ContainsAny(s, "\r\n") { // which the decoder would pass over
		return nil, false, bad
	}
	data, err := packed.Strict().DecodeString(s)
	if err != nil || len(data) < 2 || data[0]&^(withForce|second) != packVersion {
		return nil, false, bad
	}
	pressure = data[0]&withForce != 0
	r := halves{out: data[1:]}
	n, ok := r.readNumber()
	if !ok || n == 0 || n > MaxPoints || int(n) > 2*len(data) {
		return nil, false, bad
	}
	q := make([]quantum, n)
	for i := range q {
		if !r.readPoint(q[:i+1], data[0]) {
			return nil, false, bad
		}
	}
	if !r.ends() {
		return nil, false, bad
	}
	return inPoints(q), pressure, nil
}

// readPoint reads the last of some points, of which those before it are known.
func (h *halves) readPoint(q []quantum, flags byte) bool {
	i := len(q) - 1
	x, y := guess(q, i, flags)
	dx, okX := h.readSigned()
	dy, okY := h.readSigned()
	dt, okT := h.readNumber()
	if !okX || !okY || !okT || dt > MaxMillis/tick {
		return false
	}
	p := quantum{x + dx, y + dy, int(dt), forces}
	if i > 0 {
		p.t += q[i-1].t
	}
	if flags&withForce != 0 {
		f, ok := h.readHalf()
		if !ok {
			return false
		}
		p.p = int(f)
	}
	q[i] = p
	return p.within() && p.t <= MaxMillis/tick && p.p <= forces
}

func (q quantum) within() bool {
	const least, most = -Slack * PerPoint, MaxReach * PerPoint
	return q.x >= least && q.x <= most && q.y >= least && q.y <= most
}

func inPoints(q []quantum) []Point {
	out := make([]Point, len(q))
	for i, p := range q {
		out[i] = Point{float64(p.x) / PerPoint, float64(p.y) / PerPoint, p.t * tick, float64(p.p) / forces}
	}
	return out
}

// halves reads and writes half bytes.
type halves struct {
	out []byte
	at  int // half bytes read, or written after the head
}

func (h *halves) half(b byte) {
	if h.at%2 == 0 {
		h.out = append(h.out, b<<4)
	} else {
		h.out[len(h.out)-1] |= b
	}
	h.at++
}

func (h *halves) number(n uint) {
	for n > 7 {
		h.half(byte(n&7) | 8)
		n >>= 3
	}
	h.half(byte(n))
}

func (h *halves) signed(n int) {
	if n < 0 {
		h.number(uint(-2*n - 1))
		return
	}
	h.number(uint(2 * n))
}

func (h *halves) readHalf() (byte, bool) {
	if h.at >= 2*len(h.out) {
		return 0, false
	}
	b := h.out[h.at/2]
	if h.at%2 == 0 {
		b >>= 4
	}
	h.at++
	return b & 15, true
}

// readNumber reads at most 9 groups, and only the shortest form of a number.
func (h *halves) readNumber() (uint, bool) {
	var n uint
	for shift := uint(0); shift < 27; shift += 3 {
		b, ok := h.readHalf()
		if !ok {
			return 0, false
		}
		n |= uint(b&7) << shift
		if b&8 == 0 {
			return n, b != 0 || shift == 0
		}
	}
	return 0, false
}

func (h *halves) readSigned() (int, bool) {
	n, ok := h.readNumber()
	if n%2 == 1 {
		return -int(n/2) - 1, ok
	}
	return int(n / 2), ok
}

// ends reports whether nothing but the last half byte's filling is left.
func (h *halves) ends() bool {
	if h.at == 2*len(h.out) {
		return true
	}
	b, _ := h.readHalf()
	return b == 0 && h.at == 2*len(h.out)
}
