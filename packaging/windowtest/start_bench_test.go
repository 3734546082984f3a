package windowtest

import (
	"context"
	"errors"
	"image"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"phonghop/packaging/stage"
	"phonghop/shared/meeting"
)

// startLimit is how long a reader who is signed in already may wait for a page
// after the program was started, on a machine with two cores.
const startLimit = 2 * time.Second

// BenchmarkStart is from the start of the client's process to the presented
// page on the screen: a device that was signed in before, a meeting under way.
// The window is photographed until the page is painted in it. The one tap in
// between, on the button that leads to the presented page, is made as soon as
// the button can be seen, and what the tools take for it is in the time, as is
// what else the machine does.
func BenchmarkStart(b *testing.B) {
	h := open(b)
	if err := present(b.Context(), h); err != nil {
		b.Fatal(err)
	}
	c := &course{House: h, ctx: b.Context(), word: words(b), meeting: "Phiên họp thường kỳ tháng 11 năm 2026"}
	c.ownDevice = true // a shared one forgets who was signed in
	if err := c.join(); err != nil {
		b.Fatal(err)
	}
	w, enter := c.delegate, c.word("agenda.enter_presented")
	if _, err := firstPage(b.Context(), w, enter); err != nil {
		b.Fatal(err)
	}
	var all, agendas []time.Duration
	for b.Loop() {
		b.StopTimer()
		w.Client.Kill() // without a goodbye, as a tablet's system ends programs
		b.StartTimer()
		from := time.Now()
		if err := w.Restart("--data", filepath.Join(h.Dir, w.Seat.Name)); err != nil {
			b.Fatal(err)
		}
		agenda, err := firstPage(b.Context(), w, enter)
		if err != nil {
			b.Fatal(err, "\n", w.Client.Tail())
		}
		all, agendas = append(all, time.Since(from)), append(agendas, agenda.Sub(from))
	}
	slices.Sort(all)
	slices.Sort(agendas)
	middle := all[len(all)/2]
	b.ReportMetric(agendas[len(agendas)/2].Seconds(), "agenda-p50-s")
	b.ReportMetric(middle.Seconds(), "page-p50-s")
	b.ReportMetric(all[len(all)-1].Seconds(), "page-most-s")
	b.ReportMetric(middle.Seconds()/startLimit.Seconds(), "page/limit")
}

// present has the chair open the sample's meeting and show a page to all.
func present(ctx context.Context, h *stage.House) error {
	chair, err := h.Who(stage.Seat{Role: "chair"})
	if err != nil {
		return err
	}
	if err := h.Room.SignIn(ctx, chair); err != nil {
		return err
	}
	id, err := h.Room.Ready(ctx)
	if err != nil {
		return err
	}
	m, err := h.Room.State(ctx, id)
	if err != nil {
		return err
	}
	item, d, ok := firstDocument(m)
	if !ok {
		return errors.New("the sample's agenda has no document")
	}
	return h.Room.Present(ctx, id, item, chair, meeting.Place{Document: d.ID, Version: d.Latest().Number, Page: 1})
}

func firstDocument(m meeting.State) (meeting.ItemID, meeting.Document, bool) {
	for _, item := range m.Agenda {
		if all := m.Contents[item].Documents; len(all) > 0 {
			return item, all[0], true
		}
	}
	return "", meeting.Document{}, false
}

// firstPage goes from a window that is just starting to the presented page, and
// tells when the agenda was there. It returns when the page is painted.
func firstPage(ctx context.Context, w *stage.Window, enter string) (agenda time.Time, err error) {
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	for {
		if ctx.Err() != nil {
			return agenda, w.Tell(context.WithoutCancel(ctx))
		}
		things, err := w.See(ctx)
		if err != nil { // it has no window yet
			time.Sleep(5 * time.Millisecond)
			continue
		}
		if b, ok := shown(things, "widget.Button", enter); ok {
			if agenda.IsZero() {
				agenda = time.Now()
			}
			if err := w.Press(ctx, b.Middle()); err != nil {
				return agenda, err
			}
			continue
		}
		page, ok := shown(things, "widget.PageView", "")
		if !ok {
			time.Sleep(5 * time.Millisecond)
			continue
		}
		if w.Last, err = w.Look(ctx); err != nil {
			return agenda, err
		}
		if printed(w.Last, image.Rect(page.X, page.Y, page.X+page.W, page.Y+page.H)) {
			return agenda, nil
		}
	}
}

// printed reports whether a printed page is on a picture: white paper, and on
// it letters.
func printed(img *image.RGBA, in image.Rectangle) bool {
	in = in.Intersect(img.Bounds())
	white, black := 0, 0
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			switch c := img.RGBAAt(x, y); {
			case c.R > 240 && c.G > 240 && c.B > 240:
				white++
			case c.R < 90 && c.G < 90 && c.B < 90:
				black++
			}
		}
	}
	all := in.Dx() * in.Dy()
	return white > all/8 && black > all/500
}
