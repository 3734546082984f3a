package stage

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Window is a client on a screen of its own, which tells what is to be seen in
// it (a client built with the tag "sight"), and is driven by real keys and a
// real pointer.
type Window struct {
	*Screen
	Client *Process

	house *House
	sight string
	env   []string
}

// Thing is something that can be seen in a window. Places are in pixels.
type Thing struct {
	Kind       string // the widget's type; "line" for a line of words
	Text       string // its words
	X, Y, W, H int
	Held       bool // it, or something in it, has the keyboard
}

// Middle is where a finger would press it.
func (t Thing) Middle() image.Point { return image.Pt(t.X+t.W/2, t.Y+t.H/2) }

// OpenWindow starts a client on a new screen. Without args it is signed in as
// the person of the seat; with args it is started with these alone.
func (h *House) OpenWindow(ctx context.Context, s Seat, args ...string) (*Window, error) {
	sc, err := h.NewScreen(ctx, s)
	if err != nil {
		return nil, err
	}
	w := &Window{Screen: sc, house: h, sight: filepath.Join(h.Dir, s.Name+".sight")}
	// Each device has settings of its own.
	w.env = append(sc.Env(), "PHONGHOP_SIGHT="+w.sight, "XDG_CONFIG_HOME="+filepath.Join(h.Dir, s.Name+".config"))
	if args == nil {
		w.Client, err = h.Open(s, w.env)
	} else {
		w.Client, err = h.Start(s.Name, filepath.Join(h.Programs, "phonghop"), args, w.env)
	}
	if err != nil {
		return nil, err
	}
	return w, h.Until(ctx, s.Name+" shows something", func(ctx context.Context) (bool, error) {
		things, err := w.See(ctx)
		return err == nil && len(things) > 0, nil
	})
}

// Restart starts a client that has ended once more on the same screen, with
// these arguments alone, and does not wait for it.
func (w *Window) Restart(args ...string) (err error) {
	// Who was killed has left its socket behind.
	if err := os.Remove(w.sight); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	w.Client, err = w.house.Start(w.Seat.Name, filepath.Join(w.house.Programs, "phonghop"), args, w.env)
	return err
}

// See lists what is to be seen now.
func (w *Window) See(ctx context.Context) ([]Thing, error) {
	var d net.Dialer
	c, err := d.DialContext(ctx, "unix", w.sight)
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }()
	_ = c.SetDeadline(time.Now().Add(10 * time.Second))
	text, err := io.ReadAll(io.LimitReader(c, 16<<20))
	if err != nil {
		return nil, err
	}
	var things []Thing
	if err := json.Unmarshal(text, &things); err != nil {
		return nil, err
	}
	return things, nil
}

// Find waits until something with the words has come to rest, and returns it.
// Something with just these words goes before something with more; of several
// the smallest. A kind, if it is given, must be the thing's.
func (w *Window) Find(ctx context.Context, words string, kind ...string) (Thing, error) {
	var last Thing
	err := w.house.Until(ctx, fmt.Sprintf("%s shows %q", w.Seat.Name, words), func(ctx context.Context) (bool, error) {
		things, err := w.See(ctx)
		if err != nil {
			return false, nil //nolint:nilerr // a busy window is asked again
		}
		t, ok := best(things, words, kind)
		rest := ok && t == last
		last = t
		return rest, nil
	})
	if err != nil {
		return last, errors.Join(err, w.Tell(ctx))
	}
	return last, nil
}

// Shows reports whether something with the words can be seen now.
func (w *Window) Shows(ctx context.Context, words string) bool {
	things, err := w.See(ctx)
	_, ok := best(things, words, nil)
	return err == nil && ok
}

// Gone waits until nothing with the words can be seen.
func (w *Window) Gone(ctx context.Context, words string) error {
	return w.house.Until(ctx, fmt.Sprintf("%s no longer shows %q", w.Seat.Name, words), func(ctx context.Context) (bool, error) {
		things, err := w.See(ctx)
		if err != nil {
			return false, nil //nolint:nilerr // a busy window is asked again
		}
		_, ok := best(things, words, nil)
		return !ok, nil
	})
}

func best(things []Thing, words string, kind []string) (Thing, bool) {
	var found []Thing
	for _, t := range things {
		if strings.Contains(t.Text, words) && (len(kind) == 0 || slices.Contains(kind, t.Kind)) {
			found = append(found, t)
		}
	}
	if len(found) == 0 {
		return Thing{}, false
	}
	return slices.MinFunc(found, func(a, b Thing) int {
		if n := len(a.Text) - len(b.Text); n != 0 {
			return n
		}
		return a.W*a.H - b.W*b.H
	}), true
}

// Tell is an error that says what can be seen, for whoever looks for what is not there.
func (w *Window) Tell(ctx context.Context) error {
	things, err := w.See(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s shows:", w.Seat.Name)
	for _, t := range things {
		if t.Kind == "line" {
			fmt.Fprintf(&b, "\n  %s", t.Text)
		}
	}
	return errors.New(b.String())
}

// Tap presses something with the words.
func (w *Window) Tap(ctx context.Context, words string, kind ...string) error {
	t, err := w.Find(ctx, words, kind...)
	if err != nil {
		return err
	}
	return w.Press(ctx, t.Middle())
}

// Key presses keys by their X11 names, e.g. "Right" or "ctrl+z".
func (w *Window) Key(ctx context.Context, names ...string) error {
	return w.do(ctx, append([]string{"key", "--delay", "60"}, names...)...)
}

// Reach leads the keyboard by the Tab key to something with the words, and returns how many presses that took. There is a bound:
// what so many stops away cannot be reached by hand is not reached by the keyboard.
func (w *Window) Reach(ctx context.Context, words string) (presses int, err error) {
	const most = 80
	for ; presses <= most; presses++ {
		before, err := w.keyboard(ctx)
		if err != nil {
			return presses, err
		}
		if strings.Contains(before.Text, words) {
			return presses, nil
		}
		if err := w.Key(ctx, "Tab"); err != nil {
			return presses, err
		}
		for range 40 { // until it is somewhere else
			now, err := w.keyboard(ctx)
			if err == nil && now != before {
				break
			}
			time.Sleep(25 * time.Millisecond)
		}
	}
	return presses, errors.Join(fmt.Errorf("%s: the keyboard does not come to %q", w.Seat.Name, words), w.Tell(ctx))
}

// keyboard is the smallest thing with words that has the keyboard, nothing where nothing has it.
func (w *Window) keyboard(ctx context.Context) (Thing, error) {
	things, err := w.See(ctx)
	var at Thing
	for _, t := range things {
		if t.Held && t.Text != "" && (at.Text == "" || t.W*t.H <= at.W*at.H) {
			at = t
		}
	}
	return at, err
}

// Type types a text of letters that every keyboard has: others would need a
// key of their own for a moment, and a busy window misses the moment.
func (w *Window) Type(ctx context.Context, text string) error {
	return w.do(ctx, "type", "--delay", "60", text)
}

// Drag moves the pressed pointer along a line, in steps as a hand does.
func (w *Window) Drag(ctx context.Context, along ...image.Point) error {
	args := []string{"mousemove", strconv.Itoa(along[0].X), strconv.Itoa(along[0].Y), "mousedown", "1"}
	for i := 1; i < len(along); i++ {
		from, to := along[i-1], along[i]
		const steps = 8
		for n := 1; n <= steps; n++ {
			p := from.Add(to.Sub(from).Mul(n).Div(steps))
			args = append(args, "mousemove", strconv.Itoa(p.X), strconv.Itoa(p.Y), "sleep", "0.02")
		}
	}
	return w.do(ctx, append(args, "mouseup", "1")...)
}
