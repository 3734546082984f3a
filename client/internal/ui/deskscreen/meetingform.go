package deskscreen

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

var addresses = []meeting.Address{meeting.Comrade, meeting.SirMadam, meeting.Deputy}

func addressWords() []string {
	return []string{words.T("desk.address_comrade"), words.T("desk.address_sir_madam"), words.T("desk.address_deputy")}
}

// meetingFields are the fields of a meeting's form.
type meetingFields struct {
	form               *form
	title, kind, place *input
	day, from          *input
	lastDay, to        *input
	address            *options
}

func newMeetingFields(s *Screen, m controller.MeetingForm) *meetingFields {
	f := newForm(s)
	x := &meetingFields{form: f,
		title: f.line(words.T("desk.meeting_title"), words.T("desk.meeting_title_hint"), m.Title, true, meeting.MaxTitle),
		kind:  f.line(words.T("desk.kind"), words.T("desk.kind_hint"), m.Kind, false, meeting.MaxKind),
		place: f.line(words.T("desk.place"), words.T("desk.place_hint"), m.Place, false, meeting.MaxPlace),
		day:   f.line(words.T("desk.date"), words.T("desk.date_hint"), dayText(m.Starts), false, 20),
		from:  f.line(words.T("desk.from"), words.T("desk.time_hint"), clockText(m.Starts), false, 20),
		to:    f.line(words.T("desk.to"), words.T("desk.time_hint"), clockText(m.Ends), false, 20),
	}
	last := ""
	if !m.Ends.IsZero() && dayText(m.Ends) != dayText(m.Starts) {
		last = dayText(m.Ends)
	}
	x.lastDay = f.line(words.T("desk.last_day"), words.T("desk.last_day_hint"), last, false, 20)
	f.suggest(x.kind, s.listed(roster.ListMeetings))
	f.suggest(x.place, s.listed(roster.ListPlaces))
	x.day.check, x.lastDay.check, x.from.check, x.to.check = checkDay, checkDay, checkClock, checkClock
	x.address = newOptions(false, addressWords(), max(slices.Index(addresses, m.Address), 0))
	f.rest = func() any { return x.address.index() }
	return x
}

func (x *meetingFields) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.title.field, x.kind.object(), x.place.object(), newPair(x.day.field, x.from.field), newPair(x.lastDay.field, x.to.field), x.address.object(words.T("desk.address"))}
}

// read takes the form's values; false when the times do not fit together, which is then said under the field.
func (x *meetingFields) read() (controller.MeetingForm, bool) {
	m := controller.MeetingForm{Title: x.title.value(), Kind: x.kind.value(), Place: x.place.value(), Address: addresses[max(x.address.index(), 0)]}
	from, to, field, what := span(x.day.value(), x.from.value(), x.lastDay.value(), x.to.value())
	if what != "" {
		x.form.wrong(map[string]*input{"day": x.day, "from": x.from, "to": x.to}[field], what)
		return m, false
	}
	m.Starts, m.Ends = from, to
	return m, true
}

// span puts the four texts, each right by itself or empty, together. The last day is the first one where none was given. field and
// what name what does not fit.
func span(firstDay, fromClock, lastDay, toClock string) (from, to time.Time, field, what string) {
	first, dated := parseDay(firstDay)
	start, timed := parseClock(fromClock)
	end, ends := parseClock(toClock)
	last, other := parseDay(lastDay)
	switch {
	case !dated && (timed || ends || other):
		return from, to, "day", words.T("desk.date_needed")
	case dated && !timed:
		return from, to, "from", words.T("desk.time_needed")
	case !dated:
		return from, to, "", ""
	}
	from = first.at(start)
	if !ends && !other {
		return from, to, "", ""
	}
	if !ends {
		return from, to, "to", words.T("desk.time_needed")
	}
	if !other {
		last = first
	}
	if to = last.at(end); !to.After(from) {
		return from, to, "to", words.T("desk.ends_before")
	}
	return from, to, "", ""
}

// newMeeting opens the form of a new meeting; when it is kept, its desk opens.
func (s *Screen) newMeeting() {
	x := newMeetingFields(s, controller.MeetingForm{})
	x.form.save = func() string {
		m, ok := x.read()
		if !ok {
			return ""
		}
		id, code := s.actions.CreateMeeting(m)
		if code == "" {
			s.back()
			s.openDesk(id)
		}
		return code
	}
	x.form.open(words.T("desk.new_meeting"), words.T("desk.create"), x.objects()...)
}

// editMeeting opens the form of a meeting's details.
func (d *desk) editMeeting() {
	before := d.view.Form
	x := newMeetingFields(d.screen, before)
	x.form.save = func() string {
		m, ok := x.read()
		if !ok {
			return ""
		}
		code := d.screen.actions.SetMeeting(d.id, m)
		if code == "" {
			d.did(func() string { return d.screen.actions.SetMeeting(d.id, before) })
		}
		return d.kept(code)
	}
	x.form.open(words.T("desk.details"), words.T("common.save"), x.objects()...)
}
