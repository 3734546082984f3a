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
	// parent is the restricted item above, nil where there is none; wider lets more people see this one.
	parent *controller.ItemRow
	wider  *options
	// edit has what the fields were filled with, or saved, last.
	edit edit[controller.ItemForm]
}

func newItemFields(d *desk, i controller.ItemForm) *itemFields {
	f := newForm(d.screen)
	minutes := minutesText(i.Minutes)
	x := &itemFields{desk: d, form: f, reporter: i.Reporter, audience: slices.Clone(i.Audience),
		title:   f.line(words.T("desk.item_title"), words.T("desk.item_title_hint"), i.Title, true, meeting.MaxTitle),
		unit:    f.line(words.T("desk.item_unit"), words.T("desk.item_unit_hint"), i.Unit, false, roster.MaxUnit),
		minutes: f.line(words.T("desk.item_minutes"), words.T("desk.item_minutes_hint"), minutes, false, 10),
	}
	x.edit.base = i
	if p, ok := d.find(i.Parent); ok && p.Restricted {
		x.parent = &p
	}
	x.minutes.check = checkMinutes
	f.suggest(x.unit, used(d.screen.actions.People().People, unitOf, d.screen.listed(roster.ListUnits)))
	x.kind = newOptions(false, kindWords(), max(slices.Index(itemKinds, i.Kind), 0))
	restricted := []int{}
	if i.Restricted {
		restricted = append(restricted, 0)
	}
	x.restricted = newOptions(true, []string{words.T("desk.restrict")}, restricted...)
	x.wider = newOptions(true, []string{words.T("desk.wider")}, map[bool]int{true: 0, false: -1}[i.Wider])
	x.restricted.onChange = x.chose
	x.wider.onChange = x.chose
	x.kind.onChange = f.changed
	x.reporterCard = widget.NewCard(widget.CardData{}, x.pickReporter)
	x.audienceCard = widget.NewCard(widget.CardData{}, x.pickAudience)
	x.paint()
	f.rest = func() any {
		return []any{x.kind.index(), x.restricted.index(), x.wider.index(), x.reporter, slices.Clone(x.audience)}
	}
	return x
}

func minutesText(minutes int) string {
	if minutes <= 0 {
		return ""
	}
	return strconv.Itoa(minutes)
}

// chose takes over what was chosen without the keyboard.
func (x *itemFields) chose() {
	x.paint()
	x.form.changed()
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
	who := []fyne.CanvasObject{x.restricted.object(words.T("desk.who_sees")), x.audienceCard,
		widget.NewText(words.T("desk.guests_help")+" "+words.T("desk.restrict_help"), widget.StyleSecondary)}
	if x.parent != nil {
		who = append(who, x.wider.object(words.T("desk.below_restricted", x.parent.Number)))
	}
	return []fyne.CanvasObject{x.title.field, x.unit.object(), widget.Column(4, labelText(words.T("desk.item_presenter")), x.reporterCard),
		widget.Column(8, who...), x.minutes.field, x.kind.object(words.T("desk.item_kind"))}
}

func (x *itemFields) read() controller.ItemForm {
	minutes, _ := strconv.Atoi(x.minutes.value())
	return controller.ItemForm{Title: x.title.value(), Unit: x.unit.value(), Reporter: x.reporter, Kind: itemKinds[max(x.kind.index(), 0)], Minutes: minutes,
		Restricted: x.restricted.index() >= 0, Audience: x.audience, Wider: x.wider.index() >= 0, Parent: x.edit.base.Parent}
}

// keep saves what was changed and can be saved.
func (x *itemFields) keep() string {
	mine, base := x.read(), x.edit.base
	mine.Title, mine.Unit = x.title.kept(base.Title), x.unit.kept(base.Unit)
	if x.minutes.problem() != "" {
		mine.Minutes = base.Minutes
	}
	return x.edit.keep(mine)
}

// follow shows what somebody else has changed in the fields that this person has not.
func (x *itemFields) follow() {
	now, ok := x.edit.now()
	if !ok {
		return
	}
	mine, base := x.read(), x.edit.base
	x.title.follow(base.Title, now.Title)
	x.unit.follow(base.Unit, now.Unit)
	x.minutes.follow(minutesText(base.Minutes), minutesText(now.Minutes))
	shown := mergedItem(mine, base, now, true)
	x.reporter, x.audience = shown.Reporter, slices.Clone(shown.Audience)
	x.kind.choose(max(slices.Index(itemKinds, shown.Kind), 0), true)
	x.restricted.choose(0, shown.Restricted)
	x.wider.choose(0, shown.Wider)
	x.edit.base = now // what is written stays a change against what is there now
	x.paint()
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
		x.chose()
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
		x.chose()
		s.back()
	})
	s.stack.Push(p.page(title, s.back, done, words.T("desk.nobody_yet")))
}

func (d *desk) addItem() {
	d.openNewItem(controller.ItemForm{Kind: meeting.Discuss}, words.T("desk.add_item"))
}

// addSubItem adds a sub-item; it begins with those who see its parent.
func (d *desk) addSubItem(parent controller.ItemRow) {
	d.openNewItem(controller.ItemForm{Kind: parent.Kind, Parent: parent.ID, Unit: parent.Unit, Reporter: parent.ReporterID, Restricted: parent.Restricted,
		Audience: parent.Audience}, words.T("desk.add_sub_item_to", parent.Number))
}

func (d *desk) openNewItem(f controller.ItemForm, title string) {
	a := d.screen.actions
	x := newItemFields(d, f)
	x.form.save = func() string {
		id, code := a.AddItem(d.id, x.read(), "")
		if code != "" {
			return code
		}
		d.selected = id
		s := step{what: words.T("desk.did_add", x.title.value())}
		if d.view.Phase == meeting.Draft {
			s.undo = func() string { return a.RemoveItem(d.id, id) }
			s.redo = func() string { return a.RestoreItem(d.id, id, f.Parent, "") }
		}
		d.did(s)
		return d.kept("")
	}
	x.form.open(title, words.T("common.add"), x.objects()...)
}

// editItem opens the fields of an item, each of which saves itself.
func (d *desk) editItem(i controller.ItemRow) {
	x := newItemFields(d, i.Form())
	x.edit = edit[controller.ItemForm]{desk: d, base: i.Form(), merged: mergedItem, same: sameItem,
		now:  func() (controller.ItemForm, bool) { now, ok := d.find(i.ID); return now.Form(), ok },
		set:  func(now, want controller.ItemForm) string { return d.setItem(i.ID, now, want) },
		what: func() string { now, _ := d.find(i.ID); return words.T("desk.did_item", now.Number) }}
	x.form.live, x.form.watch = x.keep, x.follow
	x.form.open(joined(words.T("common.edit"), words.T("agenda.item", i.Number)), words.T("common.done"), x.objects()...)
}
