package deskscreen

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/shared/meeting"
)

// huge has 200 items with titles of 500 letters, and 200 documents in each of five of them, one of 5,000 pages.
func huge() controller.DeskView {
	v := draft()
	v.Items = nil
	for n := range 200 {
		title := fmt.Sprintf("%d %s", n, strings.Repeat(longTitle+" ", 4))
		i := item(fmt.Sprint("i", n), fmt.Sprint(n+1), string([]rune(title)[:min(len([]rune(title)), meeting.MaxTitle)]), "Sở Nông nghiệp và Môi trường thành phố", 15)
		if n%10 == 3 {
			i.Parent = meeting.ItemID(fmt.Sprint("i", n-1))
		}
		for d := range 200 {
			if n < 5 {
				i.Documents = append(i.Documents, doc(fmt.Sprintf("d%d-%d", n, d), longTitle, "Tờ trình", 5000, 500<<20))
			}
		}
		v.Items = append(v.Items, i)
	}
	return v
}

// However much a meeting has and however narrow or wide its window is, nothing is cut, and only what is in sight is there.
func TestAHugeMeeting(t *testing.T) {
	for _, width := range []float32{320, 1280, 5120} {
		sized(t, "m", huge(), fyne.NewSize(width, 900), func(b bench) {
			if cut := uitest.Cut(b.c); len(cut) > 0 {
				t.Errorf("%.0f wide: %q", width, cut[:min(len(cut), 5)])
			}
			if n := len(b.s.desk.tree.shown); n > 40 {
				t.Errorf("%.0f wide: %d rows are there", width, n)
			}
			b.s.desk.choose("i2")
			if n := len(b.s.desk.papers.shown); n == 0 && width > 320 || n > 40 {
				t.Errorf("%.0f wide: %d documents are there", width, n)
			}
		})
	}
}

// Before the desk has a width no row is measured: two hundred long titles would be broken letter by letter, for nothing.
func TestNothingIsMeasuredWithoutAWidth(t *testing.T) {
	theme.Apply(test.NewTempApp(t), theme.Options{Mode: theme.Light})
	s := New(newRoom(huge()), "m", shelf{}, Leads{})
	defer s.Close()
	if n := len(s.desk.tree.highs); n != 0 {
		t.Errorf("%d rows were measured", n)
	}
}

// BenchmarkHugeMeeting measures the steps after which a person waits for the screen.
func BenchmarkHugeMeeting(b *testing.B) {
	defer mainthread.Replace(func(f func()) { f() })()
	app := test.NewTempApp(b)
	theme.Apply(app, theme.Options{Mode: theme.Light})
	r := newRoom(huge())
	open := func() (*Screen, fyne.Window) {
		s := New(r, "m", shelf{}, Leads{})
		w := test.NewWindow(nil)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(1280, 800)) // a person's window has its size before the desk is opened
		w.SetContent(s.Object())
		return s, w
	}
	b.Run("open", func(b *testing.B) {
		for b.Loop() {
			s, w := open()
			s.Close()
			w.Close()
		}
	})
	s, w := open()
	defer w.Close()
	defer s.Close()
	b.Run("refresh, nothing new", func(b *testing.B) {
		for b.Loop() {
			s.Refresh()
		}
	})
	b.Run("choose an item", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			s.desk.choose(meeting.ItemID(fmt.Sprint("i", n%5)))
		}
	})
	b.Run("scroll a screen", func(b *testing.B) {
		scroll := s.desk.tree.scroll()
		for n := 0; b.Loop(); n++ {
			step := float32(-700)
			if n%100 >= 50 {
				step = 700
			}
			scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, step)})
		}
	})
	b.Run("change a title", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			r.changed("i1", func(i *controller.ItemRow) { i.Title = fmt.Sprint(longTitle, n, time.Duration(n)) })
			s.Refresh()
		}
	})
}
