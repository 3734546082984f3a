package controller

import (
	"strings"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/workday"
)

// How many working days before a meeting its documents are due: a regular
// one, and one that was called at short notice.
const (
	dueDays      = 3
	dueDaysExtra = 1
)

// dueDay is the last day, as its midnight in the start's zone, on which documents
// come in time for a meeting that starts then, and how many working days that
// is before, without weekends and the holidays that workday knows.
// The day is zero without a start.
func dueDay(kind string, starts time.Time) (day time.Time, days int) {
	if starts.IsZero() {
		return day, 0
	}
	days = dueDays
	if k := strings.ToLower(kind); strings.Contains(k, "đột xuất") || strings.Contains(k, "bất thường") {
		days = dueDaysExtra
	}
	y, m, d := starts.Date()
	for n := days; n > 0; {
		d--
		if workday.Is(time.Date(y, m, d, 12, 0, 0, 0, workday.Zone)) {
			n--
		}
	}
	return time.Date(y, m, d, 0, 0, 0, 0, starts.Location()), days
}

// after reports whether a time lies after a day.
func after(t, day time.Time) bool {
	return !day.IsZero() && !t.Before(day.AddDate(0, 0, 1))
}

// late lists the documents whose newest version came after the day on which
// they were due.
func (c scene) late(v DeskView) Check {
	out := Check{Key: "desk.late_documents"}
	for _, i := range v.Items {
		n := 0
		for _, d := range c.s.Contents[i.ID].Documents {
			if i.Readable && after(d.Latest().At, v.Due) {
				n++
			}
		}
		if n > 0 {
			out.N += n
			out.Items = append(out.Items, i.ID)
		}
	}
	return out
}

// alone lists the items that nobody presents; one of kind other, such as the
// conclusions, needs nobody.
func alone(v DeskView) Check {
	out := Check{Key: "desk.lacking_reporter"}
	for _, i := range v.Items {
		if i.Readable && i.ReporterID == "" && i.Kind != meeting.Other && i.State == meeting.Waiting {
			out.N++
			out.Items = append(out.Items, i.ID)
		}
	}
	return out
}
