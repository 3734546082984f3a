package deskscreen

import (
	"regexp"
	"strconv"
	"sync"
	"time"

	"phonghop/client/internal/ui/words"
)

var (
	dateForm = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4})$`)
	})
	clockForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(\d{1,2})(?:\s*[:.hHgG]\s*(\d{2})?)?$`) })
)

// day is a date without a time.
type day struct {
	year  int
	month time.Month
	date  int
}

// parseDay reads a day as people here write it: 23/11/2026, 23-11-2026, 3.1.2026.
func parseDay(s string) (day, bool) {
	m := dateForm().FindStringSubmatch(s)
	if m == nil {
		return day{}, false
	}
	d, _ := strconv.Atoi(m[1])
	mon, _ := strconv.Atoi(m[2])
	y, _ := strconv.Atoi(m[3])
	t := time.Date(y, time.Month(mon), d, 12, 0, 0, 0, time.UTC)
	if t.Day() != d || int(t.Month()) != mon || y < 2000 || y > 2199 {
		return day{}, false
	}
	return day{y, time.Month(mon), d}, true
}

// parseClock reads a time of day as people here write it: 08:00, 8:00, 8h30, 8h, 8. It gives minutes since midnight.
func parseClock(s string) (int, bool) {
	m := clockForm().FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	h, _ := strconv.Atoi(m[1])
	minute := 0
	if m[2] != "" {
		minute, _ = strconv.Atoi(m[2])
	}
	return h*60 + minute, h < 24 && minute < 60
}

func (d day) at(minutes int) time.Time {
	return time.Date(d.year, d.month, d.date, minutes/60, minutes%60, 0, 0, time.Local)
}

func checkDay(s string) string {
	if _, ok := parseDay(s); !ok {
		return words.T("desk.date_bad")
	}
	return ""
}

func checkClock(s string) string {
	if _, ok := parseClock(s); !ok {
		return words.T("desk.time_bad")
	}
	return ""
}

func dayText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words.ShortDate(t.Local())
}

func clockText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words.Clock(t.Local())
}

// spanText writes when a meeting is: "08:00 - 11:30 · Thứ Hai, 23/11/2026", with both days where it lasts longer.
func spanText(from, to time.Time) string {
	if from.IsZero() {
		return ""
	}
	from = from.Local()
	if to.IsZero() {
		return words.Clock(from) + " · " + words.Date(from)
	}
	to = to.Local()
	if words.ShortDate(from) == words.ShortDate(to) {
		return words.Clock(from) + " - " + words.Clock(to) + " · " + words.Date(from)
	}
	return words.Clock(from) + " · " + words.Date(from) + " -\n" + words.Clock(to) + " · " + words.Date(to)
}
