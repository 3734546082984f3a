package deskscreen

import (
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// itemFields are the fields of an agenda item's form.
type itemFields struct {
	desk                 *desk
	form                 *form
	title, unit, minutes *input
	kind                 *options
	restricted           *options
	reporter             meeting.PersonID
	reporterCard         *widget.Card
	audience             []meeting.PersonID
	audienceCard         *widget.Card
}

func newItemFields(d *desk, i controller.ItemForm) *itemFields {
	f := newForm(d.screen)
	minutes := ""
	if i.Minutes > 0 {
		minutes = strconv.Itoa(i.Minutes)
	}
	x := &itemFields{desk: d, form: f, reporter: i.Reporter, audience: slices.Clone(i.Audience),
		title:   f.line(words.T("desk.item_title"), words.T("desk.item_title_hint"), i.Title, true, meeting.MaxTitle),
		unit:    f.line(words.T("desk.item_unit"), words.T("desk.item_unit_hint"), i.Unit, false, roster.MaxUnit),
		minutes: f.line(words.T("desk.item_minutes"), words.T("desk.item_minutes_hint"), minutes, false, 10),
	}
	x.minutes.check = checkMinutes
	f.suggest(x.unit, used(d.screen.actions.People().People, unitOf, d.screen.listed(roster.ListUnits)))
	x.kind = newOptions(false, kindWords(), max(slices.Index(itemKinds, i.Kind), 0))
	restricted := []int{}
	if i.Restricted {
		restricted = append(restricted, 0)
	}
	x.restricted = newOptions(true, []string{words.T("desk.restrict")}, restricted...)
	x.restricted.onChange = x.paint
	x.reporterCard = widget.NewCard(widget.CardData{}, x.pickReporter)
	x.audienceCard = widget.NewCard(widget.CardData{}, x.pickAudience)
	x.paint()
	f.rest = func() any { return []any{x.kind.index(), x.restricted.index(), x.reporter, slices.Clone(x.audience)} }
	return x
}

func checkMinutes(s string) string {
	if n, err := strconv.Atoi(s); err != nil || n < 0 || n > meeting.MaxMinutes {
		return words.T("desk.minutes_bad", meeting.MaxMinutes)
	}
	return ""
}

// paint shows who was chosen.
func (x *itemFields) paint() {
	name := words.T("desk.no_reporter")
	sub := ""
	if p, ok := x.desk.participant(x.reporter); ok {
		name, sub = p.Name, joined(p.Position, p.Unit)
	}
	x.reporterCard.Set(widget.CardData{Mark: widget.Mark{Icon: icons.User}, Title: name, Subtitle: sub, Chevron: true})
	who, help := words.T("desk.audience"), words.N("desk.audience_count", len(x.audience))
	if x.restricted.index() < 0 {
		who, help = words.T("desk.invited"), words.N("desk.invited_count", len(x.audience))
	}
	x.audienceCard.Set(widget.CardData{Mark: widget.Mark{Icon: icons.Users}, Title: who, Subtitle: help, Chevron: true})
}

func (d *desk) participant(id meeting.PersonID) (controller.ParticipantRow, bool) {
	at := slices.IndexFunc(d.view.People, func(p controller.ParticipantRow) bool { return p.Person == id })
	if at < 0 {
		return controller.ParticipantRow{}, false
	}
	return d.view.People[at], true
}

func (x *itemFields) objects() []fyne.CanvasObject {
	// Who sees the item stands before what is merely told about it: it has to be in sight without scrolling.
	return []fyne.CanvasObject{x.title.field, x.unit.object(), widget.Column(4, labelText(words.T("desk.item_presenter")), x.reporterCard),
		widget.Column(8, x.restricted.object(words.T("desk.who_sees")), x.audienceCard,
			widget.NewText(words.T("desk.guests_help")+" "+words.T("desk.restrict_help"), widget.StyleSecondary)),
		x.minutes.field, x.kind.object(words.T("desk.item_kind"))}
}

func (x *itemFields) read() controller.ItemForm {
	minutes, _ := strconv.Atoi(x.minutes.value())
	return controller.ItemForm{Title: x.title.value(), Unit: x.unit.value(), Reporter: x.reporter, Kind: itemKinds[max(x.kind.index(), 0)], Minutes: minutes,
		Restricted: x.restricted.index() >= 0, Audience: x.audience}
}

// candidates are the meeting's people that can report or be in an audience; only guests where only guests are asked for.
func (d *desk) candidates(guests bool) []controller.PersonRow {
	var out []controller.PersonRow
	for _, p := range d.view.People {
		if p.Has(meeting.Projector) || guests && !p.Has(meeting.Guest) {
			continue
		}
		out = append(out, controller.PersonRow{ID: p.Person, Name: p.Name, Position: p.Position, Unit: p.Unit})
	}
	return out
}

func (x *itemFields) pickReporter() {
	s := x.desk.screen
	p := newPicker(x.desk.candidates(false), []meeting.PersonID{x.reporter})
	p.onPick = func(id meeting.PersonID) {
		x.reporter = id
		x.paint()
		s.back()
	}
	none := widget.NewButton(words.T("desk.nobody_chosen"), widget.Outlined, func() { p.onPick("") })
	s.stack.Push(p.page(words.T("desk.item_presenter"), s.back, none, words.T("desk.nobody_yet")))
}

func (x *itemFields) pickAudience() {
	s := x.desk.screen
	restricted := x.restricted.index() >= 0
	p := newPicker(x.desk.candidates(!restricted), x.audience)
	p.many = true
	title := words.T("desk.invited")
	if restricted {
		title = words.T("desk.audience")
	}
	done := widget.NewButton(words.T("common.done"), widget.Filled, func() {
		x.audience = p.picked()
		x.paint()
		s.back()
	})
	s.stack.Push(p.page(title, s.back, done, words.T("desk.nobody_yet")))
}

func (d *desk) addItem() {
	x := newItemFields(d, controller.ItemForm{Kind: meeting.Discuss})
	x.form.save = func() string {
		id, code := d.screen.actions.AddItem(d.id, x.read(), "")
		if code != "" {
			return code
		}
		d.selected, d.undo = id, nil
		if d.view.Phase == meeting.Draft {
			d.did(func() string { return d.screen.actions.RemoveItem(d.id, id) })
		}
		return d.kept("")
	}
	x.form.open(words.T("desk.add_item"), words.T("common.add"), x.objects()...)
}

func (d *desk) editItem(i controller.ItemRow) {
	before := i.Form()
	x := newItemFields(d, before)
	x.form.save = func() string {
		f := x.read()
		if code := d.screen.actions.SetItem(d.id, i.ID, f); code != "" {
			return code
		}
		audience := f.Restricted != before.Restricted || !slices.Equal(f.Audience, before.Audience)
		d.didItem(i.ID, before, audience)
		if audience {
			if code := d.screen.actions.SetAudience(d.id, i.ID, f.Restricted, f.Audience, f.Wider); code != "" {
				return code
			}
		}
		return d.kept("")
	}
	x.form.open(joined(words.T("common.edit"), words.T("agenda.item", i.Number)), words.T("common.save"), x.objects()...)
}
