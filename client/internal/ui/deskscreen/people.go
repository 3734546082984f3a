package deskscreen

import (
	"slices"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// functions are those a person can be given here, in the order of functionWords.
var functions = []meeting.Function{meeting.Chair, meeting.Secretary, meeting.Guest, meeting.Projector}

func functionWords() []string {
	return []string{words.T("role.chair"), words.T("role.secretary"), words.T("role.guest"), words.T("role.projector")}
}

// partWords name what a person can be when he is added: one word for the usual cases.
func partWords() []string {
	return []string{words.T("role.member"), words.T("role.delegate"), words.T("role.guest"), words.T("role.chair"), words.T("role.secretary"), words.T("role.projector")}
}

// participantAs makes a participant of one of partWords.
func participantAs(id meeting.PersonID, part int) meeting.Participant {
	p := meeting.Participant{Person: id}
	switch part {
	case 0:
		p.Member = true
	case 2:
		p.Functions = []meeting.Function{meeting.Guest}
	case 3:
		p.Functions, p.Member = []meeting.Function{meeting.Chair}, true
	case 4:
		p.Functions = []meeting.Function{meeting.Secretary}
	case 5:
		p.Functions = []meeting.Function{meeting.Projector}
	}
	return p
}

// openPeople lists who takes part in the meeting.
func (d *desk) openPeople() {
	s := d.screen
	s.push(func() (any, bool) { return []any{d.view.People, d.view.CanEdit, len(d.view.Others)}, d.view.Exists }, func() fyne.CanvasObject {
		v := d.view
		objects := []fyne.CanvasObject{widget.NewText(d.whoText(), widget.StyleSecondary)}
		if v.CanEdit {
			objects = append(objects, widget.Flow(theme.Gap, widget.NewButton(words.T("desk.add_person"), widget.Filled, d.addPeople).WithIcon(icons.Plus)))
		}
		if len(v.People) == 0 {
			objects = append(objects, widget.EmptyState(icons.Users, words.T("desk.nobody_yet"), "", nil))
		}
		for _, p := range v.People {
			var open func()
			if v.CanEdit {
				open = func() { d.editParticipant(p) }
			}
			objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: partIcon(p)}, Title: p.Name, Subtitle: d.partText(p), Chips: partChips(p), Chevron: v.CanEdit}, open))
		}
		return pane.Sheet(words.T("desk.people"), s.back, nil, objects...)
	})
}

func partIcon(p controller.ParticipantRow) icons.Name {
	if p.Has(meeting.Projector) {
		return icons.Monitor
	}
	return icons.User
}

func (d *desk) partText(p controller.ParticipantRow) string {
	out := joined(p.Position, p.Unit)
	if p.StandInFor != "" {
		if principal, ok := d.participant(p.StandInFor); ok {
			out = joinedBy("\n", out, words.T("role.stand_in_for", p.Name, principal.Name))
		}
	}
	if !p.InRoster {
		out = joinedBy("\n", out, words.T("desk.not_in_roster"))
	}
	return out
}

func partChips(p controller.ParticipantRow) []*widget.Chip {
	var chips []*widget.Chip
	for i, f := range functions {
		if p.Has(f) {
			kind := widget.ChipNeutral
			if f == meeting.Chair || f == meeting.Secretary {
				kind = widget.ChipAccent
			}
			chips = append(chips, widget.NewChip(functionWords()[i], kind))
		}
	}
	switch {
	case p.Member:
		chips = append(chips, widget.NewChip(words.T("role.member"), widget.ChipNeutral))
	case p.StandInFor != "":
		chips = append(chips, widget.NewChip(words.T("role.stand_in"), widget.ChipNeutral))
	case len(p.Functions) == 0:
		chips = append(chips, widget.NewChip(words.T("role.delegate"), widget.ChipNeutral))
	}
	return chips
}

// addPeople takes people of the room into the meeting, several at once, all in the same part.
func (d *desk) addPeople() {
	s := d.screen
	p := newPicker(d.view.Others, nil)
	p.many = true
	part := newOptions(false, partWords(), 0)
	p.top = part.object(words.T("desk.add_as"))
	failure := pane.NewPart()
	var page pane.Page
	var added []meeting.PersonID
	add := widget.NewButton(words.T("desk.add_person"), widget.Filled, func() {
		as := part.index()
		for _, id := range p.picked() {
			if code := s.actions.SetParticipant(d.id, participantAs(id, as)); code != "" {
				failure.Show(code, func() fyne.CanvasObject { return widget.NewBanner(widget.BannerWrong, words.Refusal(code), "", nil) })
				page.Object.Refresh()
				return
			}
			delete(p.chosen, id)
			added = append(added, id)
		}
		if len(added) > 0 {
			d.did(step{what: words.N("desk.did_people", len(added)), undo: func() string { return d.removeAll(added) }, redo: func() string {
				for _, id := range added {
					if code := s.actions.SetParticipant(d.id, participantAs(id, as)); code != "" {
						return code
					}
				}
				return ""
			}})
		}
		s.back()
		d.took("")
	})
	add.SetEnabled(false)
	p.onChange = func(n int) {
		add.SetLabel(words.N("desk.add_count", n))
		if n == 0 {
			add.SetLabel(words.T("desk.add_person"))
		}
		add.SetEnabled(n > 0)
	}
	page = p.page(words.T("desk.add_person"), s.back, widget.Column(8, failure.Object(), add), words.T("desk.roster_empty"))
	s.stack.Push(page)
}

// removeAll takes people off the meeting again.
func (d *desk) removeAll(people []meeting.PersonID) string {
	for _, id := range people {
		if code := d.screen.actions.RemoveParticipant(d.id, id); code != "" {
			return code
		}
	}
	return ""
}

// removeParticipant takes somebody off the meeting. Put back, he sees what he saw.
func (d *desk) removeParticipant(p controller.ParticipantRow) string {
	a := d.screen.actions
	var named []controller.ItemRow
	for _, i := range d.view.Items {
		if slices.Contains(i.Audience, p.Person) {
			named = append(named, i)
		}
	}
	remove := func() string { return a.RemoveParticipant(d.id, p.Person) }
	code := remove()
	if code == "" {
		d.did(step{what: words.T("desk.did_person_remove", p.Name), redo: remove, undo: func() string {
			code := a.SetParticipant(d.id, p.Participant)
			for _, was := range named {
				if i, ok := d.find(was.ID); ok && code == "" && !slices.Contains(i.Audience, p.Person) {
					code = a.SetAudience(d.id, i.ID, i.Restricted, append(slices.Clone(i.Audience), p.Person), i.Wider)
				}
			}
			return code
		}})
	}
	return code
}

// partFields are the fields of what a person does in the meeting.
type partFields struct {
	form    *form
	fns     *options
	member  *options
	standIn *standIn
	edit    edit[meeting.Participant]
}

// editParticipant opens what a person does in the meeting, which saves itself, and the way to take him off it.
func (d *desk) editParticipant(p controller.ParticipantRow) {
	s := d.screen
	x := &partFields{form: newForm(s), fns: newOptions(true, functionWords()), member: newOptions(true, []string{words.T("desk.is_member")}), standIn: d.newStandIn(p)}
	x.edit = edit[meeting.Participant]{desk: d, base: p.Participant, merged: mergedParticipant, same: sameParticipant,
		now:  func() (meeting.Participant, bool) { now, ok := d.participant(p.Person); return now.Participant, ok },
		set:  func(_, want meeting.Participant) string { return s.actions.SetParticipant(d.id, want) },
		what: func() string { return words.T("desk.did_person", p.Name) }}
	x.show(p.Participant)
	x.fns.onChange, x.member.onChange, x.standIn.onChange = x.form.changed, x.form.changed, x.form.changed
	x.form.rest = func() any { return []any{slices.Clone(x.fns.chosen), x.member.index(), x.standIn.principal} }
	x.form.live = func() string { return x.edit.keep(x.read()) }
	x.form.watch = x.follow
	remove := widget.NewButton(words.T("desk.remove_participant"), widget.Danger, func() {
		s.ask(widget.Question{Title: words.T("desk.remove_participant_ask", p.Name), Yes: words.T("common.remove"), No: words.T("common.cancel"), Destroys: true},
			func() {
				x.form.keep()
				now, _ := d.participant(p.Person)
				if code := d.removeParticipant(now); code != "" {
					x.form.fail(code)
					return
				}
				x.form.away()
			})
	}).WithIcon(icons.Trash2)
	x.form.open(words.T("desk.person_role"), words.T("common.done"), widget.NewText(p.Name, widget.StyleHeading), widget.NewText(joined(p.Position, p.Unit), widget.StyleSecondary),
		x.fns.object(words.T("desk.functions")), x.member.object(words.T("desk.roll")), widget.Column(4, labelText(words.T("desk.stand_in")), x.standIn.card), widget.NewText(words.T("desk.functions_help"), widget.StyleSecondary), widget.Flow(theme.Gap, remove))
}

// show fills the fields.
func (x *partFields) show(p meeting.Participant) {
	for i, fn := range functions {
		x.fns.choose(i, p.Has(fn))
	}
	x.member.choose(0, p.Member)
	x.standIn.principal = p.StandInFor
	x.standIn.paint()
}

// read takes the fields over into what the person was.
func (x *partFields) read() meeting.Participant {
	chosen := meeting.Participant{Member: x.member.index() >= 0, StandInFor: x.standIn.principal}
	for i, fn := range functions {
		if x.fns.chosen[i] {
			chosen.Functions = append(chosen.Functions, fn)
		}
	}
	if chosen.Member {
		chosen.StandInFor = "" // a member is there for himself
	}
	return mergedParticipant(x.edit.base, x.edit.base, chosen, false)
}

// follow shows what somebody else has changed meanwhile.
func (x *partFields) follow() {
	if now, ok := x.edit.now(); ok {
		x.show(mergedParticipant(x.read(), x.edit.base, now, true))
		x.edit.base = now
	}
}

// standIn is the choice of the absent member a person stands in for.
type standIn struct {
	desk      *desk
	person    meeting.PersonID
	principal meeting.PersonID
	card      *widget.Card
	onChange  func()
}

func (d *desk) newStandIn(p controller.ParticipantRow) *standIn {
	s := &standIn{desk: d, person: p.Person, principal: p.StandInFor}
	s.card = widget.NewCard(widget.CardData{}, s.pick)
	s.paint()
	return s
}

func (s *standIn) paint() {
	data := widget.CardData{Mark: widget.Mark{Icon: icons.UserCheck}, Title: words.T("desk.no_stand_in"), Chevron: true}
	if p, ok := s.desk.participant(s.principal); ok {
		data.Title, data.Subtitle = p.Name, joined(p.Position, p.Unit)
	}
	s.card.Set(data)
}

// pick lists for whom somebody can stand in: those of whom an answer to the invitation is expected.
func (s *standIn) pick() {
	screen := s.desk.screen
	var members []controller.PersonRow
	for _, p := range s.desk.view.People {
		if p.Asked() && p.Person != s.person {
			members = append(members, controller.PersonRow{ID: p.Person, Name: p.Name, Position: p.Position, Unit: p.Unit})
		}
	}
	list := newPicker(members, []meeting.PersonID{s.principal})
	list.onPick = func(id meeting.PersonID) {
		s.principal = id
		s.paint()
		screen.back()
		s.onChange()
	}
	none := widget.NewButton(words.T("desk.no_stand_in"), widget.Outlined, func() { list.onPick("") })
	screen.stack.Push(list.page(words.T("desk.stand_in"), screen.back, none, words.T("desk.nobody_yet")))
}
