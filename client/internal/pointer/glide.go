package pointer

import (
	"math"
	"time"
)

// Glide is how a list goes on that a hand threw: ever slower, until it rests.
// It is pure; time is since the finger left. The zero value rests at once.
type Glide struct {
	speed float64 // at the beginning, canvas units a second
}

// The measures of a glide, after what phones use.
const (
	glideDecay   = 0.45 // seconds in which the speed falls to a third, nearly
	glideLeast   = 120  // canvas units a second that are meant as a throw
	glideFastest = 6000 // canvas units a second
	glideRests   = 12   // canvas units a second that nobody sees any more
)

// Throw is the glide of what was let go at so many canvas units a second;
// ok is false where that is so slow that it was put down.
func Throw(speed float32) (g Glide, ok bool) {
	v := float64(speed)
	if math.IsNaN(v) || math.Abs(v) < glideLeast {
		return Glide{}, false
	}
	return Glide{min(max(v, -glideFastest), glideFastest)}, true
}

// Lasts is how long it takes until it rests.
func (g Glide) Lasts() time.Duration {
	v := math.Abs(g.speed)
	if v <= glideRests {
		return 0
	}
	return time.Duration(glideDecay * math.Log(v/glideRests) * float64(time.Second))
}

// Way is how far it has gone after a time, in canvas units; negative for a
// negative speed.
func (g Glide) Way(after time.Duration) float32 {
	t := min(max(after, 0), g.Lasts()).Seconds()
	return float32(g.speed * glideDecay * (1 - math.Exp(-t/glideDecay)))
}

// speed is how fast a pointer went at the end of its trail, in canvas units a
// second: 0 where it rested before it lifted. The times are the events' own.
func speed(trail []sample, end sample) (vx, vy float32) {
	if len(trail) == 0 || end.at-trail[len(trail)-1].at > flingWindow {
		return 0, 0
	}
	first := trail[len(trail)-1]
	for i := len(trail) - 1; i >= 0 && end.at-trail[i].at <= flingWindow; i-- {
		first = trail[i]
	}
	d := float32((end.at - first.at).Seconds())
	if d <= 0.001 {
		return 0, 0
	}
	return (end.x - first.x) / d, (end.y - first.y) / d
}
