// Package workday knows the working days of Vietnamese authorities: Monday to
// Friday without public holidays, counted in Vietnam's time.
//
// Of the holidays those with a fixed date are known for every year. Those by
// the lunar calendar are known for the years of a table, and which days beside
// them are free is announced each year: what is here is the usual division, so
// a date is a proposal that a person confirms.
//
// The package has no clock, no randomness and no I/O.
package workday

import (
	"slices"
	"time"
)

// Source is where the holidays stand; article 111 has the day that is free
// instead of one at a weekend.
const Source = "Bộ luật Lao động số 45/2019/QH14, Điều 111, 112"

// Zone is Vietnam's time, which knows no summer time.
var Zone = time.FixedZone("ICT", 7*60*60)

// Is reports whether the day of a moment is a working day in Vietnam.
func Is(t time.Time) bool {
	day := dayOf(t)
	return !weekend(day) && !slices.Contains(free(day.Year()), day)
}

// Next is the moment itself on a working day, or else the same time of the
// next working day.
func Next(t time.Time) time.Time {
	for !Is(t) {
		t = t.In(Zone).AddDate(0, 0, 1)
	}
	return t
}

// Add is the same time so many working days later; the day of t itself does
// not count. n is from 0.
func Add(t time.Time, n int) time.Time {
	for t = t.In(Zone); n > 0; {
		if t = t.AddDate(0, 0, 1); Is(t) {
			n--
		}
	}
	return t
}

// Before is the same time so many working days earlier; the day of t itself
// does not count. n is from 0.
func Before(t time.Time, n int) time.Time {
	for t = t.In(Zone); n > 0; {
		if t = t.AddDate(0, 0, -1); Is(t) {
			n--
		}
	}
	return t
}

// Known reports whether the holidays by the lunar calendar of a year are
// known here.
func Known(year int) bool { _, ok := lunar[year]; return ok }

// dayOf is the midnight with which the day of a moment begins in Vietnam.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(Zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, Zone)
}

func weekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

// monthDay is a day of every year.
type monthDay struct {
	month time.Month
	day   int
}

// fixed are the holidays with a date of their own. Of the two days of the
// National Day the second is announced each year, the 1st or the 3rd.
var fixed = []monthDay{{time.January, 1}, {time.April, 30}, {time.May, 1}, {time.September, 1}, {time.September, 2}}

// lunarDays are the holidays of a year by the lunar calendar: the first day of
// the new year, and the anniversary of the Hùng Kings (10th of the 3rd month).
type lunarDays struct{ newYear, kings monthDay }

// lunar has them as far as they are known here.
var lunar = map[int]lunarDays{
	2026: {monthDay{time.February, 17}, monthDay{time.April, 26}},
	2027: {monthDay{time.February, 6}, monthDay{time.April, 16}},
	2028: {monthDay{time.January, 26}, monthDay{time.April, 4}},
	2029: {monthDay{time.February, 13}, monthDay{time.April, 23}},
	2030: {monthDay{time.February, 2}, monthDay{time.April, 12}},
}

// newYearFrom and newYearTo are the five days of the lunar new year, counted
// from its first: usually one before and four from it on.
const newYearFrom, newYearTo = -1, 3

// free lists the holidays of a year and the days that are free instead of
// those at a weekend: for each the next working day.
func free(year int) []time.Time {
	at := func(d monthDay) time.Time { return time.Date(year, d.month, d.day, 0, 0, 0, 0, Zone) }
	var out []time.Time
	for _, d := range fixed {
		out = append(out, at(d))
	}
	if l, ok := lunar[year]; ok {
		for n := newYearFrom; n <= newYearTo; n++ {
			out = append(out, at(l.newYear).AddDate(0, 0, n))
		}
		out = append(out, at(l.kings))
	}
	slices.SortFunc(out, time.Time.Compare)
	for _, day := range slices.Clone(out) {
		if !weekend(day) {
			continue
		}
		instead := day
		for weekend(instead) || slices.Contains(out, instead) {
			instead = instead.AddDate(0, 0, 1)
		}
		out = append(out, instead)
	}
	return out
}
