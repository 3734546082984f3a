package pointer

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestAThrowSlowsDownAndRests(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := float32(rapid.Float64Range(-20_000, 20_000).Draw(t, "speed"))
		g, ok := Throw(v)
		if ok != (v >= glideLeast || v <= -glideLeast) {
			t.Fatalf("%v is a throw: %v", v, ok)
		}
		if !ok && (g.Lasts() != 0 || g.Way(time.Hour) != 0) {
			t.Fatalf("put down, it goes %v in %v", g.Way(time.Hour), g.Lasts())
		}
		if g.Lasts() > 3*time.Second {
			t.Fatalf("it takes %v to rest", g.Lasts())
		}
		const frame = 16 * time.Millisecond
		last := float32(math.Inf(1))
		for at := frame; at <= g.Lasts(); at += frame {
			step := g.Way(at) - g.Way(at-frame)
			if step*v < 0 || abs(step) > last+0.01 {
				t.Fatalf("after %v a step of %v follows one of %v", at, step, last)
			}
			last = abs(step)
		}
		if ok && abs(g.Way(g.Lasts())-g.Way(time.Hour)) > 0.01 {
			t.Fatal("it goes on after it rests")
		}
	})
	if g, ok := Throw(float32(math.NaN())); ok || g.Way(time.Second) != 0 {
		t.Error("no number is a throw")
	}
}

func TestSpeedIsThatOfTheEnd(t *testing.T) {
	line := func(each time.Duration, ys ...float32) (all []sample) {
		for i, y := range ys {
			all = append(all, sample{0, y, time.Duration(i) * each})
		}
		return all
	}
	ms := time.Millisecond
	for name, c := range map[string]struct {
		trail []sample
		end   sample
		want  float32
	}{
		"steady":                {line(10*ms, 0, -10, -20, -30), sample{0, -40, 40 * ms}, -1000},
		"slow first":            {line(100*ms, 0, 1, 2, 102), sample{0, 102, 305 * ms}, 0},
		"rested before it left": {line(10*ms, 0, 10, 20), sample{0, 20, 200 * ms}, 0},
		"in no time":            {line(0, 0, 10, 20), sample{0, 30, 0}, 0},
		"no trail":              {nil, sample{0, 30, ms}, 0},
	} {
		if _, got := speed(c.trail, c.end); abs(got-c.want) > 1 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
