package windowtest

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"phonghop/packaging/stage"
)

// course is a meeting under way, in three windows.
type course struct {
	*stage.House
	ctx                        context.Context //nolint:containedctx // of the test, which is one course
	t                          *testing.T
	word                       func(key string, values ...string) string
	delegate, chair, secretary *stage.Window
	second                     *stage.Window // of another delegate
	meeting, item, document    string        // as they stand on the screens
	ownDevice                  bool          // the delegate's; otherwise it is borrowed
}

// TestTasks does what is done in every meeting, in the order in which it is
// done there. Each step is over when those whom it concerns see it.
func TestTasks(t *testing.T) {
	c := &course{
		House: open(t), ctx: t.Context(), t: t, word: words(t),
		meeting:  "Phiên họp thường kỳ tháng 11 năm 2026",
		item:     "Báo cáo tình hình kinh tế - xã hội, quốc phòng, an",
		document: "Báo cáo · 77 trang",
	}
	c.run(
		step{"a delegate joins with a PIN", c.join},
		step{"a delegate reads", c.read},
		step{"a delegate searches without accents", c.search},
		step{"a secretary adds an item", c.prepare},
		step{"the chair opens the meeting and calls an item", c.openMeeting},
		step{"a delegate follows, reads apart and comes back", c.follow},
		step{"a delegate writes on a page", c.write},
		step{"the server is killed, and all go on", c.kill},
		step{"the chair ends the item and closes the meeting", c.close},
	)
}

// step is a part of a course, and what it is.
type step struct {
	name string
	do   func() error
}

// run takes the steps as tests of their own, and ends with the first that fails.
func (c *course) run(steps ...step) {
	for _, s := range steps {
		from := time.Now()
		ok := c.t.Run(s.name, func(t *testing.T) {
			if err := s.do(); err != nil {
				c.photograph(os.TempDir(), "failed")
				t.Fatal(err)
			}
		})
		if !ok {
			return
		}
		c.t.Logf("%s: %v", s.name, time.Since(from).Round(100*time.Millisecond))
	}
}

// photograph keeps a picture of each window in a folder.
func (c *course) photograph(folder, step string) {
	for _, w := range []*stage.Window{c.delegate, c.second, c.chair, c.secretary} {
		if w == nil {
			continue
		}
		var err error
		if w.Last, err = w.Look(context.Background()); err == nil {
			err = w.Keep(folder, "-"+step)
		}
		c.t.Logf("photograph of %s: %v", w.Seat.Name, err)
	}
}

// each does one after the other, until something fails.
func each(steps ...func() error) error {
	for i, do := range steps {
		if err := do(); err != nil {
			return fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	return nil
}

// tap presses a word of the screens, or of the sample.
func (c *course) tap(w *stage.Window, words string) func() error {
	return func() error { return w.Tap(c.ctx, words) }
}

// insist presses a button that takes no press in its first second, as a person
// does: again, if nothing came of it.
func (c *course) insist(w *stage.Window, words string) func() error {
	return func() error {
		return c.Until(c.ctx, w.Seat.Name+" goes on after "+words, func(ctx context.Context) (bool, error) {
			if err := w.Tap(ctx, words, "widget.Button"); err != nil {
				return false, err
			}
			for range 10 {
				if !w.Shows(ctx, words) {
					return true, nil
				}
				time.Sleep(100 * time.Millisecond)
			}
			return false, nil
		})
	}
}

// sees waits for words.
func (c *course) sees(w *stage.Window, words string) func() error {
	return func() error { _, err := w.Find(c.ctx, words); return err }
}

func (c *course) gone(w *stage.Window, words string) func() error {
	return func() error { return w.Gone(c.ctx, words) }
}

func (c *course) key(w *stage.Window, names ...string) func() error {
	return func() error { return w.Key(c.ctx, names...) }
}

func (c *course) types(w *stage.Window, text string) func() error {
	return func() error { return w.Type(c.ctx, text) }
}

// join starts a client that knows only the room's address, as a tablet does
// that is new in the room.
func (c *course) join() (err error) {
	seat := stage.Seat{Name: "delegate", Role: "delegate", Width: 1180, Height: 820}
	who, err := c.Who(seat)
	if err != nil {
		return err
	}
	c.delegate, err = c.OpenWindow(c.ctx, seat, "--server", c.Room.At.URL(), "--data", filepath.Join(c.Dir, seat.Name))
	if err != nil {
		return err
	}
	d := c.delegate
	return each(
		c.sees(d, c.Room.Code()),
		c.tap(d, c.word("join.fingerprint_same")),
		c.tap(d, who.Name),
		func() error {
			if !c.ownDevice {
				return nil
			}
			return c.tap(d, c.word("signin.own"))()
		},
		c.types(d, who.PIN),
		c.key(d, "Return"),
		c.sees(d, c.meeting),
		c.sees(d, who.Name),
	)
}

func (c *course) read() error {
	d := c.delegate
	return each(
		c.tap(d, c.meeting),
		c.tap(d, c.item),
		c.tap(d, c.document),
		c.sees(d, "1/77"),
		c.key(d, "Right"),
		c.sees(d, "2/77"),
		c.tap(d, c.word("reader.next")),
		c.sees(d, "3/77"),
		func() error { return d.Drag(c.ctx, image.Pt(800, 400), image.Pt(300, 410)) },
		c.sees(d, "4/77"),
		c.key(d, "End"),
		c.sees(d, "77/77"),
		c.key(d, "Home"),
		c.sees(d, "1/77"),
	)
}

func (c *course) search() error {
	d := c.delegate
	return each(
		c.tap(d, c.word("reader.find")),
		c.sees(d, c.word("search.title")),
		c.types(d, "dau tu cong"),
		c.sees(d, "ĐẦU TƯ CÔNG"),
		c.tap(d, "ĐẦU TƯ CÔNG"),
		c.sees(d, "6/77"),
		c.tap(d, c.word("search.end")),
		c.tap(d, c.word("common.close")),
		c.gone(d, c.word("search.title")),
	)
}
