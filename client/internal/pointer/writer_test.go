package pointer

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Streams of writing are like those of gestures; what must come of a line is "ink" or "page", the phase and the place.
func TestRecordedWriting(t *testing.T) {
	files, err := filepath.Glob("testdata/writer/*.stream")
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
			w := &Writer{On: true}
			for lines := bufio.NewScanner(file); lines.Scan(); {
				line, want, _ := strings.Cut(lines.Text(), ">")
				if line == "" || line[0] == '#' {
					continue
				}
				if got := told(w.Feed(event(t, line))); got != strings.TrimSpace(want) {
					t.Errorf("%s\ngot  %s\nwant %s", line, got, strings.TrimSpace(want))
				}
			}
		})
	}
}

func event(t *testing.T, line string) Event {
	t.Helper()
	var ms, id int
	var phase, kind string
	var x, y float32
	if _, err := fmt.Sscanf(line, "%d %s %s %d %f %f", &ms, &phase, &kind, &id, &x, &y); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return Event{ID: id, Kind: kinds[kind], Phase: phases[phase], X: x, Y: y, Pressure: Unknown, At: time.Duration(ms) * time.Millisecond}
}

func told(ink, page []Event) string {
	names := map[Phase]string{Down: "down", Move: "move", Up: "up", Cancel: "cancel", Hover: "hover"}
	var out []string
	// A stroke that ends, ends before the page moves; one that begins, begins after.
	for _, e := range ink {
		if e.Phase == Cancel {
			out = append(out, fmt.Sprintf("ink %s %g %g", names[e.Phase], e.X, e.Y))
		}
	}
	for _, e := range page {
		out = append(out, fmt.Sprintf("page %s %g %g", names[e.Phase], e.X, e.Y))
	}
	for _, e := range ink {
		if e.Phase != Cancel {
			out = append(out, fmt.Sprintf("ink %s %g %g", names[e.Phase], e.X, e.Y))
		}
	}
	return strings.Join(out, "; ")
}

// While reading, all events are the page's.
func TestReadingIsUntouched(t *testing.T) {
	var w Writer
	for _, line := range []string{"0 down pen 1 5 5", "10 move pen 1 6 6", "20 up pen 1 6 6", "30 down finger 2 5 5", "40 up finger 2 5 5"} {
		e := event(t, line)
		ink, page := w.Feed(e)
		if len(ink) != 0 || len(page) != 1 || page[0] != e {
			t.Errorf("%s: ink %v, page %v", line, ink, page)
		}
	}
	if !w.Stylus() {
		t.Error("the pen was not noted")
	}
}

// Whatever comes, strokes open and close, are of one pointer, and no finger writes once a pen was seen.
func TestAnyWriting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := &Writer{On: true}
		now := time.Duration(0)
		var open *Event
		held := map[int]bool{}
		for range rapid.IntRange(1, 80).Draw(t, "events") {
			now += time.Duration(rapid.IntRange(0, 300).Draw(t, "ms")) * time.Millisecond
			seen := w.Stylus()
			kind := Kind(rapid.IntRange(0, 2).Draw(t, "kind"))
			e := Event{ID: int(kind)*10 + rapid.IntRange(0, 3).Draw(t, "id"), Kind: kind, Phase: Phase(rapid.IntRange(0, 4).Draw(t, "phase")),
				X: float32(rapid.IntRange(0, 500).Draw(t, "x")), Y: float32(rapid.IntRange(0, 500).Draw(t, "y")), At: now}
			begins := w.Begins(e)
			ink, page := w.Feed(e)
			if e.Phase == Down && begins != slices.ContainsFunc(ink, func(i Event) bool { return i.Phase == Down }) {
				t.Fatalf("%v begins a stroke: said %t, gave %v", e, begins, ink)
			}
			for _, i := range ink {
				switch {
				case i.Phase == Hover:
				case i.Phase == Down:
					if open != nil || seen && i.Kind == KindFinger {
						t.Fatalf("%v begins (open %v, stylus %v)", i, open, seen)
					}
					open = &i
				case open == nil || open.ID != i.ID || open.Kind != i.Kind:
					t.Fatalf("%v does not belong to %v", i, open)
				case i.Phase != Move:
					open = nil
				}
			}
			for _, p := range page {
				switch p.Phase {
				case Down:
					if held[p.ID] {
						t.Fatalf("%v twice", p)
					}
					held[p.ID] = true
				default:
					if !held[p.ID] {
						t.Fatalf("%v is not the page's", p)
					}
					held[p.ID] = p.Phase == Move
				}
			}
		}
	})
}
