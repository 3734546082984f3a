package workday

import (
	"testing"
	"time"
)

func day(s string) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, s, Zone)
	if err != nil {
		panic(err)
	}
	return t.Add(17 * time.Hour)
}

func TestWorkingDays(t *testing.T) {
	for date, want := range map[string]bool{
		"2026-11-25": true, "2026-11-28": false, "2026-11-29": false,
		"2026-01-01": false, "2026-04-30": false, "2026-05-01": false, "2026-09-01": false, "2026-09-02": false, "2026-09-03": true,
		// The new year of 17 February: one day before, four from it on.
		"2026-02-13": true, "2026-02-16": false, "2026-02-17": false, "2026-02-20": false, "2026-02-23": true,
		// The Kings' day is a Sunday: Monday is free instead.
		"2026-04-26": false, "2026-04-27": false, "2026-04-28": true,
		// In 2027 the new year is a Saturday; 5 to 9 February, and two days instead of its weekend.
		"2027-02-04": true, "2027-02-05": false, "2027-02-09": false, "2027-02-10": false, "2027-02-11": false, "2027-02-12": true,
		// 1 May 2027 is a Saturday.
		"2027-05-03": false, "2027-05-04": true,
		// Nothing is known of that year's lunar holidays.
		"2045-01-02": false, "2045-01-03": true,
	} {
		if got := Is(day(date)); got != want {
			t.Errorf("%s is a working day: %t", date, got)
		}
	}
	if Known(2045) || !Known(2027) {
		t.Error("years that are known")
	}
}

func TestCountingWorkingDays(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-25", 1, "2026-11-26"}, {"2026-11-25", 3, "2026-11-30"}, {"2026-11-27", 1, "2026-11-30"}, {"2026-11-28", 1, "2026-11-30"},
		{"2026-12-31", 1, "2027-01-04"}, {"2027-02-04", 1, "2027-02-12"}, {"2026-11-25", 0, "2026-11-25"},
	} {
		if got := Add(day(c.from), c.n); !got.Equal(day(c.want)) {
			t.Errorf("%d working days from %s: %s", c.n, c.from, got)
		}
		if Is(day(c.from)) {
			if back := Before(day(c.want), c.n); !back.Equal(day(c.from)) {
				t.Errorf("%d working days before %s: %s", c.n, c.want, back)
			}
		}
	}
	if got := Next(day("2026-11-28")); !got.Equal(day("2026-11-30")) {
		t.Errorf("after a Saturday: %s", got)
	}
}

func TestTheDayIsVietnams(t *testing.T) {
	// Friday evening in London is Saturday in Vietnam.
	at := time.Date(2026, 11, 27, 18, 0, 0, 0, time.UTC)
	if Is(at) {
		t.Error("it is a working day")
	}
	if got, want := Next(at), time.Date(2026, 11, 30, 1, 0, 0, 0, Zone); !got.Equal(want) {
		t.Errorf("next %s", got)
	}
}
