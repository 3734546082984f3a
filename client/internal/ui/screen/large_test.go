package screen

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/shared/meeting"
)

// noticed is how long the screen may stand still before a person notices it.
const noticed = 50 * time.Millisecond

// huge is a meeting of 200 items with titles of 500 letters and 1,000 documents, and 300 meetings of this person.
func huge() *fake {
	f := inside()
	f.meeting.Items = nil
	for i := range 200 {
		id := meeting.ItemID(fmt.Sprint("i", i))
		row := controller.ItemRow{ID: id, Number: fmt.Sprint(i + 1), Title: string([]rune(strings.Repeat("Tờ trình dự thảo Nghị quyết ", 18))[:meeting.MaxTitle]),
			Unit: "Sở Tài chính", State: meeting.Waiting, StateKey: "agenda.planned", Readable: true}
		for d := range 5 {
			row.Documents = append(row.Documents, controller.DocumentRow{ID: meeting.DocumentID(fmt.Sprint("d", i, d)), Title: fmt.Sprint("Phụ lục ", d), Kind: "Phụ lục", Pages: 10})
		}
		f.meeting.Items = append(f.meeting.Items, row)
	}
	for i := range 300 {
		f.meetings.Past = append(f.meetings.Past, controller.MeetingRow{ID: fmt.Sprint("p", i), Title: fmt.Sprint("Phiên họp thường kỳ số ", i), Kind: "Phiên họp", Place: "Phòng họp A",
			Phase: meeting.Closed, PhaseKey: "meetings.closed", Starts: time.Date(2026, 1, 1+i, 8, 0, 0, 0, time.Local)})
	}
	return f
}

// BenchmarkHuge measures how long the screens of a delegate stand still with more than any real room has: in frames of 60 Hz, and
// by the limit of 50 ms, drawing not counted.
func BenchmarkHuge(b *testing.B) {
	app := test.NewApp()
	b.Cleanup(app.Quit)
	b.Cleanup(mainthread.Replace(func(f func()) { f() }))
	w := test.NewWindow(nil)
	w.Resize(tablet)
	f := huge()
	s := New(f, w, vi(1))
	b.Cleanup(s.Close)
	measure := func(name string, step func(n int)) {
		b.Run(name, func(b *testing.B) {
			var all []time.Duration
			for n := 0; b.Loop(); n++ {
				at := time.Now()
				step(n)
				all = append(all, time.Since(at))
			}
			slices.Sort(all)
			middle := float64(all[len(all)/2])
			b.ReportMetric(middle/(float64(time.Second)/60), "frames")
			b.ReportMetric(middle/float64(noticed), "of-limit")
		})
	}
	measure("my meetings", func(int) { s.push(newMeetings(s)); s.pop() })
	measure("agenda", func(int) { s.push(newAgenda(s, "m")); s.pop() })
	s.push(newAgenda(s, "m"))
	measure("another's title", func(n int) {
		f.meeting.Items = slices.Clone(f.meeting.Items)
		f.meeting.Items[3].Title = fmt.Sprint("Tờ trình ", n)
		s.Update()
	})
	measure("nothing new", func(int) { s.Update() })
}
