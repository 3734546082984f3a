package windowtest

import (
	"context"
	"flag"
	"fmt"
	"image"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"phonghop/packaging/stage"
)

var (
	monkeyFor  = flag.Duration("monkey", 45*time.Second, "how long windows are pressed at random")
	monkeySeed = flag.Uint64("monkey-seed", 1, "the first seed of what is pressed")
)

// monkey presses what it sees in a window, without any sense.
type monkey struct {
	*stage.Window
	rand   *rand.Rand
	cancel string   // what leaves a dialog
	did    []string // the last things, for whoever looks for the cause
}

// TestMonkey lets three people press, write and type without any sense in one
// meeting: nothing ends, nothing hangs.
func TestMonkey(t *testing.T) {
	h := open(t)
	var monkeys []*monkey
	for i, s := range []stage.Seat{
		{Name: "chair", Role: "chair", Width: 1280, Height: 800},
		{Name: "delegate", Role: "delegate", Width: 800, Height: 1180},
		{Name: "secretary", Role: "secretary", Width: 1280, Height: 800},
	} {
		w, err := h.OpenWindow(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		seed := *monkeySeed + uint64(i) //nolint:gosec // three of them
		monkeys = append(monkeys, &monkey{Window: w, rand: rand.New(rand.NewPCG(seed, seed)), cancel: words(t)("toolkit.Cancel")})
	}
	until := time.Now().Add(*monkeyFor)
	var wg sync.WaitGroup
	for _, m := range monkeys {
		wg.Go(func() {
			for time.Now().Before(until) {
				if err := m.act(t.Context()); err != nil {
					t.Errorf("%s: %v; before:\n  %s\n%s", m.Seat.Name, err, strings.Join(m.did, "\n  "), m.Client.Tail())
					return
				}
			}
		})
	}
	wg.Wait()
	if p := h.Ended(); p != nil {
		t.Errorf("%s has ended: %v\n%s", p.Name, p.Err, p.Tail())
	}
	for _, m := range monkeys {
		if strings.Contains(m.Client.Tail(), "panic") {
			t.Errorf("%s:\n%s", m.Seat.Name, m.Client.Tail())
		}
	}
}

// act does one thing. The window must tell within a moment what it shows.
func (m *monkey) act(ctx context.Context) error {
	things, err := m.See(ctx)
	if err != nil {
		return fmt.Errorf("the window does not answer: %w", err)
	}
	// The toolkit's own dialog of files is not ours to try: it hangs in /dev.
	_, files := shown(things, "widget.GridWrap", "")
	if cancel, ok := shown(things, "widget.Button", m.cancel); ok && files {
		return m.Press(ctx, cancel.Middle())
	}
	area := image.Rect(0, 0, m.Seat.Width, m.Seat.Height)
	point := func() image.Point { return image.Pt(m.rand.IntN(area.Dx()), m.rand.IntN(area.Dy())) }
	var did string
	switch n := m.rand.IntN(20); {
	case n < 12 && len(things) > 0:
		t := things[m.rand.IntN(len(things))]
		if t.W < 1 || t.H < 1 {
			return nil
		}
		at := image.Pt(t.X+m.rand.IntN(t.W), t.Y+m.rand.IntN(t.H))
		did = fmt.Sprintf("pressed %s %.60q at %v", t.Kind, t.Text, at)
		err = m.Press(ctx, at)
	case n < 15:
		line := []image.Point{point(), point(), point()}
		did = fmt.Sprint("dragged ", line)
		err = m.Drag(ctx, line...)
	case n < 18:
		keys := []string{
			"Right", "Left", "Home", "End", "Next", "Prior", "Tab", "Return", "Escape", "space", "F1", "ctrl+z", "ctrl+y", "ctrl+f",
			"plus", "minus", "Delete", "BackSpace", "Up", "Down", "shift+Tab", "alt+Up", "alt+Down", "0", "5",
		}
		key := keys[m.rand.IntN(len(keys))]
		did = "key " + key
		err = m.Key(ctx, key)
	default:
		texts := []string{"dau tu", "an", "25/11/2026", "08:00", "9999999999", "<b>", strings.Repeat("x", 60)}
		text := texts[m.rand.IntN(len(texts))]
		did = "typed " + text
		err = m.Type(ctx, text)
	}
	m.did = append(m.did, did)
	if len(m.did) > 12 {
		m.did = m.did[1:]
	}
	return err
}

// shown finds a thing of a kind with just these words, or any.
func shown(things []stage.Thing, kind, words string) (stage.Thing, bool) {
	i := slices.IndexFunc(things, func(t stage.Thing) bool { return t.Kind == kind && (words == "" || t.Text == words) })
	if i < 0 {
		return stage.Thing{}, false
	}
	return things[i], true
}
