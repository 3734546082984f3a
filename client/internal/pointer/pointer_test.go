package pointer

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A recorded stream is a file of lines "at-ms phase kind id x y"; a line "tick ms" lets time pass; what follows after ">" is
// the gesture that must come of it, in order.
func TestRecordedStreams(t *testing.T) {
	files, err := filepath.Glob("testdata/*.stream")
	if err != nil || len(files) == 0 {
		t.Fatalf("no streams: %v", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".stream"), func(t *testing.T) {
			file, err := os.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = file.Close() }()
			r := &Recognizer{Double: true}
			var got, want []string
			lines := bufio.NewScanner(file)
			for lines.Scan() {
				line, expected, _ := strings.Cut(lines.Text(), ">")
				for part := range strings.SplitSeq(expected, ";") {
					if part = strings.TrimSpace(part); part != "" {
						want = append(want, part)
					}
				}
				for _, g := range step(t, r, strings.TrimSpace(line)) {
					got = append(got, describe(g))
				}
			}
			if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
				t.Errorf("got\n%s\nwant\n%s", g, w)
			}
		})
	}
}

var phases = map[string]Phase{"down": Down, "move": Move, "up": Up, "cancel": Cancel, "hover": Hover}
var kinds = map[string]Kind{"mouse": KindMouse, "finger": KindFinger, "pen": KindPen}

func step(t *testing.T, r *Recognizer, line string) []Gesture {
	t.Helper()
	if line == "" || line[0] == '#' {
		return nil
	}
	var ms, id int
	if _, err := fmt.Sscanf(line, "tick %d", &ms); err == nil {
		return r.Tick(time.Duration(ms) * time.Millisecond)
	}
	var phase, kind string
	var x, y float32
	if _, err := fmt.Sscanf(line, "%d %s %s %d %f %f", &ms, &phase, &kind, &id, &x, &y); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return r.Feed(Event{ID: id, Kind: kinds[kind], Phase: phases[phase], X: x, Y: y, Pressure: Unknown, At: time.Duration(ms) * time.Millisecond})
}

func describe(g Gesture) string {
	switch g.Kind {
	case Tap:
		return fmt.Sprintf("tap %g %g", g.X, g.Y)
	case DoubleTap:
		return fmt.Sprintf("double %g %g", g.X, g.Y)
	case LongPress:
		return fmt.Sprintf("long %g %g", g.X, g.Y)
	case PanStart:
		return fmt.Sprintf("pan-start %g %g", g.X, g.Y)
	case Pan:
		return fmt.Sprintf("pan %g %g", g.DX, g.DY)
	case PanEnd:
		return fmt.Sprintf("pan-end %.0f %.0f %s", g.VX, g.VY, map[Direction]string{NoSwipe: "-", Left: "left", Right: "right"}[g.Swipe])
	case PinchStart:
		return fmt.Sprintf("pinch-start %g %g", g.X, g.Y)
	case Pinch:
		return fmt.Sprintf("pinch %g %g %.2f", g.DX, g.DY, g.Scale)
	default:
		return "pinch-end"
	}
}

// Whatever comes in whatever order, gestures open and close as the kinds promise, and speeds and scales are numbers.
func TestAnyStream(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := &Recognizer{Double: rapid.Bool().Draw(t, "double")}
		now := time.Duration(0)
		open := GestureKind(255)
		check := func(list []Gesture) {
			for _, g := range list {
				switch g.Kind {
				case PanStart, PinchStart:
					if open != 255 {
						t.Fatalf("%v starts while %v is open", g.Kind, open)
					}
					open = g.Kind
				case Pan, PanEnd:
					if open != PanStart {
						t.Fatal("pan outside of a pan")
					}
				case Pinch, PinchEnd:
					if open != PinchStart || g.Scale <= 0 || g.Scale != g.Scale {
						t.Fatalf("pinch outside of a pinch, or scale %v", g.Scale)
					}
				default:
					if open != 255 {
						t.Fatalf("%v while %v is open", g.Kind, open)
					}
				}
				if g.Kind == PanEnd || g.Kind == PinchEnd {
					open = 255
				}
				if g.VX != g.VX || g.VY != g.VY {
					t.Fatal("speed is not a number")
				}
			}
		}
		n := rapid.IntRange(1, 80).Draw(t, "n")
		for range n {
			now += time.Duration(rapid.IntRange(0, 400).Draw(t, "ms")) * time.Millisecond
			if rapid.IntRange(0, 5).Draw(t, "tick") == 0 {
				check(r.Tick(now))
				continue
			}
			check(r.Feed(Event{
				ID: rapid.IntRange(0, 3).Draw(t, "id"), Kind: Kind(rapid.IntRange(0, 2).Draw(t, "kind")), Phase: Phase(rapid.IntRange(0, 4).Draw(t, "phase")),
				X: rapid.Float32Range(0, 300).Draw(t, "x"), Y: rapid.Float32Range(0, 300).Draw(t, "y"), At: now,
			}))
		}
		for id := range 4 {
			check(r.Feed(Event{ID: id, Phase: Up, At: now}))
		}
		if open != 255 {
			t.Fatalf("%v stays open after all pointers lifted", open)
		}
		if at, ok := r.Next(); ok {
			check(r.Tick(at))
			if _, again := r.Next(); again {
				t.Fatal("still waits after its time")
			}
		}
	})
}

func TestMouse(t *testing.T) {
	m := &Mouse{}
	var got []string
	for _, list := range [][]Event{
		m.Motion(1, 1, 0), m.Press(2, 2, 1), m.Press(3, 3, 2), m.Motion(4, 4, 3), m.ReleaseHere(4), m.Release(5, 5, 5), m.Motion(6, 6, 6),
	} {
		for _, e := range list {
			got = append(got, fmt.Sprintf("%d:%g", e.Phase, e.X))
		}
	}
	if s := strings.Join(got, " "); s != "4:1 0:2 1:4 2:4 4:6" {
		t.Error(s)
	}
}

// As the mobile driver calls: two fingers, the drags of each told by place and distance alone; the first lifts with
// inertia, the second goes on and lifts at rest.
func TestTouchesTellFingersApart(t *testing.T) {
	s := &Touches{}
	ms := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	var got []string
	add := func(list []Event) {
		for _, e := range list {
			got = append(got, fmt.Sprintf("%d/%d:%g,%g", e.ID, e.Phase, e.X, e.Y))
		}
	}
	add(s.Down(100, 92, ms(0)))
	add(s.Down(200, 192, ms(10)))
	add(s.Drag(110, 92, 10, 0, ms(20)))
	add(s.Drag(190, 192, -10, 0, ms(21)))
	add(s.Drag(110, 92, 9.2, 0, ms(36))) // inertia of the first: it has lifted
	add(s.Drag(110, 92, 8.5, 0, ms(52)))
	add(s.Drag(180, 182, -10, -10, ms(53)))
	add(s.DragEnd(ms(60)))
	add(s.DragEnd(ms(61)))
	want := "0/0:100,100 1/0:200,200 0/1:110,100 1/1:190,200 0/2:110,100 1/1:180,190 1/2:180,190"
	if g := strings.Join(got, " "); g != want {
		t.Errorf("got  %s\nwant %s", g, want)
	}
	got = nil
	add(s.Down(10, 0, ms(100)))
	add(s.Up(11, 1, ms(150)))
	add(s.Up(11, 1, ms(160)))
	add(s.Down(10, 0, ms(200)))
	add(s.Cancel(10, 0, ms(210)))
	add(s.Drag(10, 0, 1, 1, ms(220)))
	if g := strings.Join(got, " "); g != "2/0:10,8 2/2:10,8 3/0:10,8 3/3:10,8" {
		t.Error(g)
	}
}
