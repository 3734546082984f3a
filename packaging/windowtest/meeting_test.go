package windowtest

import (
	"context"
	"errors"
	"image"
	"path/filepath"

	"phonghop/packaging/stage"
)

// added is an item that the secretary adds when the agenda was sent already.
const added = "Phuong an 2027"

// prepare adds an item at the desk.
func (c *course) prepare() (err error) {
	c.secretary, err = c.OpenWindow(c.ctx, stage.Seat{Name: "secretary", Role: "secretary", Width: 1440, Height: 900})
	if err != nil {
		return err
	}
	s := c.secretary
	return each(
		c.tap(s, c.meeting),
		c.tap(s, c.word("desk.title")),
		c.tap(s, c.word("desk.add_item")),
		c.sees(s, c.word("desk.item_title")),
		c.types(s, added),
		func() error { return s.Tap(c.ctx, c.word("common.add"), "widget.Button") },
		c.sees(s, added),
		c.sees(c.delegate, "6/77"), // whoever reads is not disturbed
	)
}

// openMeeting starts the sitting and the first item at the chair's screen, and
// shows the item's document to all.
func (c *course) openMeeting() (err error) {
	c.chair, err = c.OpenWindow(c.ctx, stage.Seat{Name: "chair", Role: "chair", Width: 1280, Height: 800})
	if err != nil {
		return err
	}
	w := c.chair
	return each(
		c.tap(w, c.meeting),
		c.tap(w, c.word("chair.title")),
		c.insist(w, c.word("chair.open_meeting")),
		c.insist(w, c.word("chair.start_item", "1")),
		c.sees(w, c.word("chair.screen_shows")),
	)
}

// follow reads with the presenter, then apart, then again with him.
func (c *course) follow() error {
	d, w := c.delegate, c.chair
	back := c.word("reader.back_to_presenter", "3")
	return each(
		c.tap(d, c.word("reader.back_to_presenter", "1")),
		c.sees(d, c.word("state.following_short")),
		c.tap(w, c.word("reader.next")),
		c.sees(d, "2/77"),
		c.tap(w, c.word("reader.next")),
		c.sees(d, "3/77"),
		c.key(d, "Right", "Right"),
		c.sees(d, "5/77"),
		c.sees(d, c.word("state.reading_alone")),
		c.tap(d, back),
		c.sees(d, "3/77"),
		c.gone(d, back),
	)
}

// Where the tests write: two lines of a hand on the page, apart.
var (
	first  = []image.Point{{250, 300}, {450, 320}, {600, 290}}
	second = []image.Point{{250, 420}, {450, 440}, {600, 410}}
)

// inked counts the pixels that have the pen's blue.
func inked(img *image.RGBA, around []image.Point) int {
	n := 0
	for x := around[0].X; x < around[len(around)-1].X; x++ {
		for y := around[0].Y - 40; y < around[0].Y+40; y++ {
			p := img.PixOffset(x, y)
			if r, b := int(img.Pix[p]), int(img.Pix[p+2]); b-r > 90 {
				n++
			}
		}
	}
	return n
}

// written waits until a line is on the screen.
func (c *course) written(w *stage.Window, along []image.Point) func() error {
	return func() error {
		return c.Until(c.ctx, w.Seat.Name+" shows the line", func(ctx context.Context) (found bool, err error) {
			if w.Last, err = w.Look(ctx); err != nil {
				return false, err
			}
			return inked(w.Last, along) > 300, nil
		})
	}
}

// write draws a line for oneself, takes it back, and draws it again.
func (c *course) write() error {
	d := c.delegate
	return each(
		c.tap(d, c.word("ink.write")),
		c.sees(d, c.word("ink.private_note")),
		func() (err error) {
			if d.Last, err = d.Look(c.ctx); err == nil && inked(d.Last, first) > 50 {
				err = errors.New("the page is blue before anybody wrote on it")
			}
			return err
		},
		func() error { return d.Drag(c.ctx, first...) },
		c.written(d, first),
		c.tap(d, c.word("ink.undo")),
		func() error {
			return c.Until(c.ctx, "the line is gone", func(ctx context.Context) (gone bool, err error) {
				if d.Last, err = d.Look(ctx); err != nil {
					return false, err
				}
				return inked(d.Last, first) < 50, nil
			})
		},
		func() error { return d.Drag(c.ctx, first...) },
		c.written(d, first),
	)
}

// kill ends the server as a power cut does while a delegate writes. What he
// wrote is on his other device when the server is back.
func (c *course) kill() error {
	d := c.delegate
	who, err := c.Who(d.Seat)
	if err != nil {
		return err
	}
	seat := d.Seat
	seat.Name = "second-device"
	var other *stage.Window
	return each(
		func() error { c.Server.Kill(); return nil },
		func() error { return d.Drag(c.ctx, second...) },
		c.written(d, second),
		c.sees(d, c.word("state.offline_short")),
		func() error { return c.ServeAgain(c.ctx) },
		c.gone(d, c.word("state.offline_short")),
		func() (err error) {
			at := c.Room.At.URL()
			other, err = c.OpenWindow(c.ctx, seat, "--server", at, "--as", who.ID, "--pin", who.PIN, "--data", filepath.Join(c.Dir, seat.Name))
			return err
		},
		func() error { return c.tap(other, c.meeting)() },
		func() error { return c.tap(other, c.word("agenda.enter_presented"))() },
		func() error { return c.tap(other, c.word("ink.write"))() },
		func() error { return c.written(other, first)() },
		func() error { return c.written(other, second)() },
	)
}

// close ends what is running.
func (c *course) close() error {
	w := c.chair
	return each(
		c.tap(w, c.word("common.more")),
		c.tap(w, c.word("chair.close_meeting")),
		c.sees(w, c.word("chair.close_ask")),
		c.insist(w, c.word("chair.close_meeting")),
		c.gone(w, c.word("chair.close_ask")),
	)
}
