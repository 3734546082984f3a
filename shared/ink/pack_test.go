package ink_test

import (
	"encoding/base64"
	"math"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/ink"
)

func anyPoints(t *rapid.T) []ink.Point {
	n := rapid.IntRange(1, 60).Draw(t, "n")
	out := make([]ink.Point, n)
	at := 0
	for i := range out {
		at += rapid.IntRange(0, 9000).Draw(t, "dt")
		out[i] = ink.Point{
			X: rapid.Float64Range(-ink.Slack, ink.MaxReach).Draw(t, "x"), Y: rapid.Float64Range(-ink.Slack, ink.MaxReach).Draw(t, "y"),
			Millis: at, Pressure: rapid.Float64Range(0, 1).Draw(t, "p"),
		}
	}
	return out
}

// What is packed comes back to within half a step, and packing it once more
// changes nothing.
func TestPackedPointsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		points, force := anyPoints(t), rapid.Bool().Draw(t, "pressure")
		s, err := ink.Pack(points, force)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ink.Unpack(s)
		if err != nil || len(got) != len(points) {
			t.Fatalf("%d of %d points, %v", len(got), len(points), err)
		}
		for i, p := range points {
			q := got[i]
			if math.Abs(p.X-q.X) > 0.5/ink.PerPoint || math.Abs(p.Y-q.Y) > 0.5/ink.PerPoint || p.Millis-q.Millis < 0 || p.Millis-q.Millis >= 4 {
				t.Fatalf("point %d: %v became %v", i, p, q)
			}
			if force && math.Abs(p.Pressure-q.Pressure) > 0.5/15 {
				t.Fatalf("point %d: %v became %v", i, p, q)
			}
		}
		if again, err := ink.Pack(got, force); err != nil || again != s {
			t.Fatalf("packed again: %q, %v, was %q", again, err, s)
		}
		if ink.HasPressure(s) != force {
			t.Fatal("the pressure was lost")
		}
	})
}

func TestPackRefusesWhatIsNoStroke(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for name, points := range map[string][]ink.Point{
		"none":           {},
		"a million":      make([]ink.Point, 1_000_000),
		"no number":      {pt(nan, 1)},
		"no number in y": {pt(1, nan)},
		"infinite":       {pt(1, inf)},
		"minus infinite": {pt(-inf, 1)},
		"far off":        {pt(1, 1), pt(1e9, 1)},
		"far above":      {pt(1, -73)},
		"time backwards": {{Millis: 10}, {Millis: 9}},
		"an hour":        {{}, {Millis: 3_600_000}},
		"negative time":  {{Millis: -1}},
		"no pressure":    {{Pressure: nan}},
		"hard pressure":  {{Pressure: 1.5}},
	} {
		if s, err := ink.Pack(points, true); err == nil {
			t.Errorf("%s: packed as %q", name, s)
		}
	}
}

func TestLongestStrokeCanBeSent(t *testing.T) {
	points := make([]ink.Point, ink.MaxPoints)
	for i := range points {
		points[i] = ink.Point{X: float64(i%2) * 99_000, Y: float64((i+1)%2) * 99_000, Millis: i * 149, Pressure: 1}
	}
	s, err := ink.Pack(points, true)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ink.Unpack(s); err != nil || len(got) != len(points) {
		t.Fatalf("%d points, %v", len(got), err)
	}
	if len(s) > 62<<10 {
		t.Errorf("%d bytes do not fit into a message of 64 KiB", len(s))
	}
}

// Average handwriting takes at most 3 bytes a point, as it comes from the
// tablet and as it is kept.
func TestHandwritingIsSmall(t *testing.T) {
	for name, prepare := range map[string]func([]ink.Point) []ink.Point{
		"as it comes": func(p []ink.Point) []ink.Point { return p },
		"as kept":     func(p []ink.Point) []ink.Point { return ink.Simplify(ink.Smooth(p), ink.Fidelity) },
	} {
		bytes, points, raw := 0, 0, 0
		for seed := range uint64(200) {
			from := hand(seed, 1+int(seed%6), 6+float64(seed%5)*1.5)
			p := prepare(from)
			s, err := ink.Pack(p, false)
			if err != nil {
				t.Fatal(err)
			}
			bytes += base64.RawStdEncoding.DecodedLen(len(s))
			points += len(p)
			raw += len(from)
		}
		per := float64(bytes) / float64(points)
		t.Logf("%s: %.2f bytes a point, %d of %d points, %d bytes a stroke", name, per, points, raw, bytes/200)
		if per > 3 {
			t.Errorf("%s: %.2f bytes a point", name, per)
		}
	}
}

// A decoder of base64 passes over line breaks; packed ink has one form only.
func TestLineBreaksAreNoInk(t *testing.T) {
	s, err := ink.Pack(hand(1, 2, 8), true)
	if err != nil {
		t.Fatal(err)
	}
	for _, mark := range []string{"\n", "\r", "\r\n\r\n"} {
		for _, at := range []int{0, 1, 2, len(s) / 2, len(s)} {
			if _, err := ink.Unpack(s[:at] + mark + s[at:]); err == nil {
				t.Errorf("ink with %q at byte %d is taken", mark, at)
			}
		}
	}
}

func FuzzUnpack(f *testing.F) {
	for seed := range uint64(8) {
		s, err := ink.Pack(hand(seed, 2, 8), seed%2 == 0)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(s)
	}
	f.Add("")
	f.Add("EAA")
	f.Add("E/////////////8")
	f.Add("\nERAAA") // a base64 decoder passes over line breaks
	f.Fuzz(func(t *testing.T, s string) {
		points, err := ink.Unpack(s)
		if err != nil {
			return
		}
		again, err := ink.Pack(points, ink.HasPressure(s))
		if err != nil {
			t.Fatalf("what was unpacked cannot be packed: %v", err)
		}
		if len(again) > len(s) {
			t.Errorf("%d bytes became %d", len(s), len(again))
		}
		back, err := ink.Unpack(again)
		if err != nil || len(back) != len(points) {
			t.Fatalf("%d points became %d, %v", len(points), len(back), err)
		}
		for i := range back {
			if back[i] != points[i] {
				t.Fatalf("point %d: %v became %v", i, points[i], back[i])
			}
		}
		for _, tool := range []ink.Tool{ink.Pen, ink.Mark, ink.Rect, ink.Ellipse, ink.Arrow, ink.Note} {
			st := ink.Stroke{ID: "s", Page: 1, Version: 1, Tool: tool, Ink: s, Text: "a"}
			for _, p := range st.Paths(1) {
				for _, edge := range p.Outline(1) {
					for _, c := range edge {
						if math.IsNaN(c[0]) || math.IsNaN(c[1]) {
							t.Fatalf("%s is drawn at no place", tool)
						}
					}
				}
			}
		}
	})
}
