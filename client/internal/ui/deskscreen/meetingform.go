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
	x.lastDay = f.line(words.T("desk.last_day"), words.T("desk.last_day_hint"), lastDayText(m), false, 20)
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

// editMeeting opens a meeting's details, each of which saves itself.
func (d *desk) editMeeting() {
	x := newMeetingFields(d.screen, d.view.Form)
	e := &edit[controller.MeetingForm]{desk: d, base: d.view.Form, merged: mergedMeeting, same: sameMeeting,
		now:  func() (controller.MeetingForm, bool) { return d.view.Form, d.view.Exists },
		set:  func(_, want controller.MeetingForm) string { return d.screen.actions.SetMeeting(d.id, want) },
		what: func() string { return words.T("desk.did_details") }}
	x.form.live = func() string { return e.keep(x.kept(e.base)) }
	x.address.onChange = x.form.changed
	x.form.fits = func() bool {
		_, ok := x.read()
		return ok
	}
	x.form.watch = func() {
		x.follow(e.base, d.view.Form)
		e.base = d.view.Form
	}
	x.form.open(words.T("desk.details"), words.T("common.done"), x.objects()...)
}

// kept takes the values that can be saved; in place of the others it has what was there before. Times that do not fit together are
// told when the form is left.
func (x *meetingFields) kept(base controller.MeetingForm) controller.MeetingForm {
	m := controller.MeetingForm{Title: x.title.kept(base.Title), Kind: x.kind.kept(base.Kind), Place: x.place.kept(base.Place), Address: addresses[max(x.address.index(), 0)],
		Starts: base.Starts, Ends: base.Ends}
	for _, in := range []*input{x.day, x.from, x.lastDay, x.to} {
		if in.problem() != "" {
			return m
		}
	}
	if from, to, _, what := span(x.day.value(), x.from.value(), x.lastDay.value(), x.to.value()); what == "" {
		m.Starts, m.Ends = from, to
	}
	return m
}

// follow shows what somebody else has changed in the fields that this person has not.
func (x *meetingFields) follow(base, now controller.MeetingForm) {
	x.title.follow(base.Title, now.Title)
	x.kind.follow(base.Kind, now.Kind)
	x.place.follow(base.Place, now.Place)
	x.day.follow(dayText(base.Starts), dayText(now.Starts))
	x.from.follow(clockText(base.Starts), clockText(now.Starts))
	x.lastDay.follow(lastDayText(base), lastDayText(now))
	x.to.follow(clockText(base.Ends), clockText(now.Ends))
	if addresses[max(x.address.index(), 0)] == base.Address {
		x.address.choose(max(slices.Index(addresses, now.Address), 0), true)
	}
}

// lastDayText is the day of the end, where it is another one.
func lastDayText(m controller.MeetingForm) string {
	if m.Ends.IsZero() || dayText(m.Ends) == dayText(m.Starts) {
		return ""
	}
	return dayText(m.Ends)
}
