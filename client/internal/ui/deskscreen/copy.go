package deskscreen

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// copyEarlier lists the meetings a new one can be made from, past ones first.
func (s *Screen) copyEarlier() {
	s.push(func() (any, bool) { v := s.actions.Meetings(); v.Status = controller.Status{}; return v, true }, func() fyne.CanvasObject {
		v := s.actions.Meetings()
		objects := []fyne.CanvasObject{widget.NewText(words.T("desk.copy_from_help"), widget.StyleSecondary)}
		rows := prepared(slices.Concat(v.Past, v.Running, v.Coming))
		for _, m := range rows[:min(len(rows), mostShown)] {
			objects = append(objects, s.meetingCard(m, func() {
				s.back()
				s.copyForm(m)
			}))
		}
		if len(rows) == 0 {
			objects = append(objects, widget.EmptyState(icons.Calendar, words.T("meetings.none"), "", nil))
		}
		return pane.Sheet(words.T("desk.copy_from"), s.back, nil, objects...)
	})
}

// copyThis makes a new meeting from the one that is open.
func (d *desk) copyThis() {
	f := d.view.Form
	d.screen.copyForm(controller.MeetingRow{ID: d.id, Title: f.Title, Kind: f.Kind, Place: f.Place, Starts: f.Starts, Ends: f.Ends})
}

// copyForm opens the form of a meeting that is made from another: its details are there already, on the day on which such a
// meeting would be next. The desk of the new one opens when it is kept.
func (s *Screen) copyForm(from controller.MeetingRow) {
	s.actions.OpenMeeting(from.ID)
	m := controller.MeetingForm{Kind: from.Kind, Place: from.Place, Address: s.actions.Desk(from.ID).Form.Address}
	m.Title, m.Starts = moved(from.Title, from.Starts, s.now())
	if !from.Ends.IsZero() {
		m.Ends = from.Ends.AddDate(0, 0, daysBetween(from.Starts, m.Starts))
	}
	x := newMeetingFields(s, m)
	what := newCopied(s, from.ID)
	if s.desk == nil || s.desk.id != from.ID {
		x.form.left = func() { s.actions.LeaveMeeting(from.ID) }
	}
	ready, _ := what.refresh()
	x.form.watch = func() {
		ready, built := what.refresh()
		x.form.button.SetEnabled(ready)
		if built {
			x.form.refresh()
		}
	}
	x.form.save = func() string {
		m, ok := x.read()
		if !ok {
			return ""
		}
		id, code := s.actions.CopyMeeting(from.ID, m, what.documents.index() >= 0)
		if id == "" {
			return code
		}
		x.form.away()
		s.openDesk(id)
		s.desk.took(code)
		return ""
	}
	head := []fyne.CanvasObject{iconLine(icons.Copy, words.T("desk.copy_of", from.Title)), what.part.Object()}
	x.form.open(words.T("desk.new_meeting"), words.T("desk.create"), append(head, x.objects()...)...)
	x.form.button.SetEnabled(ready)
}

// copied tells what is taken over, as soon as that is known.
type copied struct {
	screen    *Screen
	from      string
	documents *options
	part      *pane.Part
}

func newCopied(s *Screen, from string) *copied {
	return &copied{screen: s, from: from, documents: newOptions(true, []string{""}), part: pane.NewPart()}
}

// refresh reports whether the meeting can be copied now, and whether the words have changed.
func (x *copied) refresh() (ready, built bool) {
	n, ok := x.screen.actions.Copyable(x.from)
	gone := x.screen.actions.Desk(x.from).GoneCode
	built = x.part.Show([]any{n, ok, gone}, func() fyne.CanvasObject {
		switch {
		case gone != "":
			return widget.NewBanner(widget.BannerWrong, words.Refusal(gone), "", nil)
		case !ok:
			return widget.NewText(words.T("common.loading"), widget.StyleSecondary)
		}
		objects := []fyne.CanvasObject{widget.NewText(words.T("desk.copy_count", n.People, n.Items), widget.StyleBody)}
		if n.Documents > 0 {
			x.documents.labels[0] = words.N("desk.copy_documents", n.Documents)
			x.documents.paint()
			objects = append(objects, widget.Flow(6, x.documents.buttons[0]))
		}
		if n.Left > 0 {
			objects = append(objects, widget.NewText(words.N("desk.copy_left", n.Left), widget.StyleSecondary))
		}
		return widget.NewPanel(widget.Column(theme.Gap, objects...))
	})
	return ok && gone == "", built
}

var (
	monthForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(tháng\s+)(\d{1,2})(\s*[/-]\s*|\s+năm\s+)?(\d{4})?`)
	})
	weekForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)(tuần\s+)(\d{1,2})`) })
)

// moved guesses when a meeting like this one is next, and what it is called then: a title that names its month goes on to the
// next month on the same day of the week, any other by weeks. The new time lies after the old one and after now. Without a time
// everything stays as it is.
func moved(title string, starts, now time.Time) (string, time.Time) {
	if starts.IsZero() {
		return title, starts
	}
	starts, now = starts.Local(), now.Local()
	monthly := false
	if m := monthForm().FindStringSubmatch(title); m != nil {
		n, _ := strconv.Atoi(m[2])
		monthly = n == int(starts.Month())
	}
	week := weekForm().FindStringSubmatch(title)
	_, number := starts.ISOWeek()
	weekly := week != nil && strings.TrimLeft(week[2], "0") == strconv.Itoa(number)
	next := starts
	for month := starts.Month(); ; month = next.Month() {
		next = next.AddDate(0, 0, 7)
		for monthly && next.Month() == month {
			next = next.AddDate(0, 0, 7)
		}
		if monthly {
			next = inMonth(next, (starts.Day()-1)/7)
		}
		if next.After(now) {
			break
		}
	}
	if monthly {
		title = monthForm().ReplaceAllStringFunc(title, func(s string) string {
			m := monthForm().FindStringSubmatch(s)
			if m[4] != "" {
				m[4] = strconv.Itoa(next.Year())
			}
			return m[1] + strconv.Itoa(int(next.Month())) + m[3] + m[4]
		})
	}
	if weekly {
		_, number := next.ISOWeek()
		title = weekForm().ReplaceAllString(title, "${1}"+strconv.Itoa(number))
	}
	return title, next
}

// inMonth goes on from the first such day of a month: the third Monday stays the third, the fifth becomes the fourth where there
// are only four.
func inMonth(first time.Time, weeks int) time.Time {
	for ; weeks > 0; weeks-- {
		if later := first.AddDate(0, 0, 7*weeks); later.Month() == first.Month() {
			return later
		}
	}
	return first
}

// daysBetween counts the days from one day to another, whatever the clock does between them.
func daysBetween(from, to time.Time) int {
	noon := func(t time.Time) time.Time {
		y, m, d := t.Local().Date()
		return time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	}
	return int(noon(to).Sub(noon(from)).Hours() / 24)
}
