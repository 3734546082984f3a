package deskscreen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
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

// still is how long the screen may stand still after what a person did, or somebody else, before he notices.
const still = 50 * time.Millisecond

// stands runs a step again and again, and tells how long the screen stands still for it: the middle and the worst in frames of
// 60 Hz, and the middle by the limit.
func stands(b *testing.B, name string, limit time.Duration, step func(n int)) {
	b.Run(name, func(b *testing.B) {
		const frame = float64(time.Second) / 60
		var all []time.Duration
		for n := 0; b.Loop(); n++ {
			at := time.Now()
			step(n)
			all = append(all, time.Since(at))
		}
		slices.Sort(all)
		b.ReportMetric(float64(all[len(all)/2])/frame, "frames")
		b.ReportMetric(float64(all[len(all)-1])/frame, "worst-frames")
		b.ReportMetric(float64(all[len(all)/2])/float64(limit), "of-limit")
	})
}

// BenchmarkHugeMeeting measures the steps after which a person waits for the screen, drawing not counted.
func BenchmarkHugeMeeting(b *testing.B) {
	defer mainthread.Replace(func(f func()) { f() })()
	app := test.NewTempApp(b)
	theme.Apply(app, theme.Options{Mode: theme.Light})
	widget.NewText("Ặ", widget.StyleBody).NaturalWidth() // the fonts are read once, before any meeting is opened
	r := newRoom(huge())
	open := func() (*Screen, fyne.Window) {
		s := New(r, "m", shelf{}, Leads{})
		w := test.NewWindow(nil)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(1280, 800)) // a person's window has its size before the desk is opened
		w.SetContent(s.Object())
		return s, w
	}
	stands(b, "open", 2*still, func(int) {
		s, w := open()
		s.Close()
		w.Close()
	})
	s, w := open()
	defer w.Close()
	defer s.Close()
	stands(b, "refresh, nothing new", still, func(int) { s.Refresh() })
	stands(b, "choose an item", still, func(n int) { s.desk.choose(meeting.ItemID(fmt.Sprint("i", n%5))) })
	scroll := s.desk.tree.scroll()
	stands(b, "scroll a screen", still, func(n int) {
		step := float32(-700)
		if n%100 >= 50 {
			step = 700
		}
		scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, step)})
	})
	stands(b, "another's title", still, func(n int) {
		r.changed("i1", func(i *controller.ItemRow) { i.Title = fmt.Sprint(longTitle, n) })
		s.Refresh()
	})
	stands(b, "another's new item", still, func(n int) {
		r.view.Items = slices.Insert(slices.Clone(r.view.Items), 3, item(fmt.Sprint("new", n), "3a", longTitle, "", 15))
		s.Refresh()
		r.view.Items = slices.Delete(r.view.Items, 3, 4)
	})
	stands(b, "a file goes on", still, func(n int) {
		r.view.Uploads = []controller.Upload{{ID: "u", Item: "i0", Name: "x.pdf", Bytes: 1 << 30, Sent: int64(n), Stage: controller.UploadSending}}
		s.Refresh()
	})
}

// BenchmarkManyFiles measures the page on which 500 files get their items: how long it takes until it is there, and to scroll.
func BenchmarkManyFiles(b *testing.B) {
	defer mainthread.Replace(func(f func()) { f() })()
	app := test.NewTempApp(b)
	theme.Apply(app, theme.Options{Mode: theme.Light})
	s := New(newRoom(huge()), "m", shelf{}, Leads{})
	defer s.Close()
	w := test.NewWindow(nil)
	defer w.Close()
	w.Resize(fyne.NewSize(1280, 800))
	w.SetContent(s.Object())
	files, refused := heap(200)
	stands(b, "open", 2*still, func(int) {
		s.desk.sortFiles(files, "", refused)
		s.back()
	})
	s.desk.sortFiles(files, "", refused)
	list := found[*sortable](w.Canvas())[0]
	stands(b, "scroll a screen", still, func(n int) {
		step := float32(-700)
		if n%100 >= 50 {
			step = 700
		}
		list.scroll().Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, step)})
	})
	stands(b, "choose an item for one", still, func(int) {
		list.onTap("3")
		s.back()
	})
}
