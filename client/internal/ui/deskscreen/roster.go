package deskscreen

import (
	"crypto/rand"
	"math/big"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// openRoster lists the people of the room.
func (s *Screen) openRoster() {
	find := widget.NewTextField("", words.T("desk.find_name"))
	find.OnCancelled = func() { s.back() }
	list := pane.NewPart()
	part := pane.NewFilling()
	order := widget.NewChoice([]string{words.T("desk.by_order"), words.T("desk.by_name")}, 0, nil)
	refresh := func() bool {
		v := s.actions.People()
		link := controller.Status{Link: v.Status.Link, WhyCode: v.Status.WhyCode}
		v.Status = controller.Status{}
		if order.Chosen() == 1 {
			v.People = byGivenName(v.People)
		}
		built := list.Show([]any{v, find.Text()}, func() fyne.CanvasObject { return s.rosterList(v, find.Text()) })
		whole := part.Show([]any{v.Room, v.CanEdit, link, s.room.state()}, func() fyne.CanvasObject {
			return pane.Sheet(words.T("desk.roster"), s.back, nil, append(linkBanners(link), s.rosterHead(v), find, order, list.Object())...)
		})
		if built && !whole {
			part.Object().Refresh()
		}
		return true
	}
	find.OnChanged = func(string) { refresh() }
	order.OnChosen = func(int) { refresh() }
	s.pushRoom(part.Object(), refresh)
}

func (s *Screen) rosterHead(v controller.PeopleView) fyne.CanvasObject {
	objects := []fyne.CanvasObject{widget.NewText(v.Room, widget.StyleHeading)}
	if v.CanEdit {
		buttons := []fyne.CanvasObject{widget.NewButton(words.T("desk.add_person"), widget.Filled, s.addToRoster).WithIcon(icons.Plus),
			widget.NewButton(words.T("desk.paste_people"), widget.Outlined, s.pastePeople).WithIcon(icons.Copy),
			widget.NewButton(words.T("pins.title"), widget.Outlined, s.choosePINs).WithIcon(icons.KeyRound),
			widget.NewButton(words.T("desk.name_room"), widget.Outlined, s.nameRoom).WithIcon(icons.Pencil)}
		objects = append(objects, widget.Flow(theme.Gap, append(buttons, s.room.buttons()...)...))
	}
	return widget.Column(theme.Gap, objects...)
}

func (s *Screen) rosterList(v controller.PeopleView, what string) fyne.CanvasObject {
	found := search(v.People, what)
	var objects []fyne.CanvasObject
	for _, p := range found[:min(len(found), mostShown)] {
		data := widget.CardData{Mark: widget.Mark{Icon: icons.User}, Title: p.Name, Subtitle: joined(p.Position, p.Unit), Chevron: v.CanEdit}
		if p.Screen {
			data.Mark.Icon = icons.Monitor
			data.Chips = append(data.Chips, widget.NewChip(words.T("role.projector"), widget.ChipNeutral))
		}
		if p.Desk {
			data.Chips = append(data.Chips, widget.NewChip(words.T("desk.room_secretary"), widget.ChipAccent))
		}
		var open func()
		if v.CanEdit {
			open = func() { s.openPerson(p.ID) }
		}
		objects = append(objects, widget.NewCard(data, open))
	}
	switch {
	case len(v.People) == 0:
		objects = append(objects, widget.EmptyState(icons.Users, words.T("desk.roster_empty"), "", nil))
	case len(found) == 0:
		objects = append(objects, widget.NewText(words.T("signin.no_name"), widget.StyleSecondary))
	case len(found) > mostShown:
		objects = append(objects, widget.NewText(words.T("desk.more_people", words.Number(len(found)-mostShown)), widget.StyleSecondary))
	}
	return widget.Column(8, objects...)
}

func (s *Screen) rosterPerson(id meeting.PersonID) (controller.PersonRow, bool) {
	people := s.actions.People().People
	at := slices.IndexFunc(people, func(p controller.PersonRow) bool { return p.ID == id })
	if at < 0 {
		return controller.PersonRow{}, false
	}
	return people[at], true
}

// openPerson shows what can be done about a person of the room.
func (s *Screen) openPerson(id meeting.PersonID) {
	failure := pane.NewPart()
	s.roomPage(func() (any, bool) { p, ok := s.rosterPerson(id); return p, ok }, func() fyne.CanvasObject {
		p, _ := s.rosterPerson(id)
		told := func(then func()) func(string) {
			return s.life.Answer(func(code string) {
				failure.Show(code, func() fyne.CanvasObject {
					if code == "" {
						return nil
					}
					return widget.NewBanner(widget.BannerWrong, words.Refusal(code), "", nil)
				})
				if code == "" {
					then()
				}
				s.stack.Object().Refresh()
				s.Refresh()
			})
		}
		remove := func() { s.actions.RemovePerson(id, told(func() {})) }
		reset := func() {
			pin := suggestPIN()
			s.actions.SetPIN(id, "", pin, told(func() { s.showPIN(p.Name, pin) }))
		}
		return pane.Sheet(words.T("desk.roster"), s.back, nil, widget.NewText(p.Name, widget.StyleHeading), widget.NewText(joined(p.Position, p.Unit), widget.StyleSecondary),
			failure.Object(),
			widget.NewButton(words.T("common.edit"), widget.Outlined, func() { s.editPerson(p) }).WithIcon(icons.Pencil),
			widget.NewButton(words.T("desk.new_pin"), widget.Outlined, reset).WithIcon(icons.KeyRound), widget.NewText(words.T("desk.new_pin_help"), widget.StyleSecondary),
			widget.NewButton(words.T("desk.choose_pin"), widget.Outlined, func() { s.newPIN(p) }).WithIcon(icons.Pencil),
			widget.NewButton(words.T("desk.remove_person"), widget.Danger, func() {
				s.ask(widget.Question{Title: words.T("desk.remove_person_ask", p.Name), Help: words.T("desk.remove_person_help"), Yes: words.T("common.remove"), No: words.T("common.cancel"), Destroys: true}, remove)
			}).WithIcon(icons.Trash2))
	})
}

// personFields are the fields of a person of the room.
type personFields struct {
	form                 *form
	name, position, unit *input
	order                *input
	kind, desk           *options
	rights               *fyne.Container
}

func newPersonFields(s *Screen, p controller.PersonRow) *personFields {
	f := newForm(s)
	x := &personFields{form: f,
		name:     f.line(words.T("desk.person_name"), "", p.Name, true, roster.MaxName),
		position: f.line(words.T("desk.person_position"), words.T("desk.person_position_hint"), p.Position, false, roster.MaxPosition),
		unit:     f.line(words.T("desk.person_unit"), words.T("desk.item_unit_hint"), p.Unit, false, roster.MaxUnit),
		order:    f.line(words.T("desk.person_order"), words.T("desk.person_order_hint"), orderText(p.Order), false, 8),
	}
	x.order.check = func(text string) string {
		if n, err := strconv.Atoi(text); err != nil || n < 0 || n > roster.MaxOrder {
			return words.T("desk.order_bad")
		}
		return ""
	}
	people := s.actions.People().People
	f.suggest(x.position, used(people, positionOf, s.listed(roster.ListPositions)))
	f.suggest(x.unit, used(people, unitOf, s.listed(roster.ListUnits)))
	x.kind = newOptions(false, []string{words.T("desk.kind_person"), words.T("role.projector")}, map[bool]int{true: 1}[p.Screen])
	x.desk = newOptions(true, []string{words.T("desk.room_secretary")}, map[bool]int{true: 0, false: -1}[p.Desk])
	x.rights = widget.Column(theme.Gap, x.desk.object(words.T("desk.rights")), widget.NewText(words.T("desk.room_secretary_help"), widget.StyleSecondary))
	x.rights.Hidden = p.Screen
	x.kind.onChange = func() {
		x.rights.Hidden = x.kind.index() == 1 // a screen keeps no roster
		f.refresh()
		f.changed()
	}
	x.desk.onChange = f.changed
	f.rest = func() any { return []any{x.kind.index(), x.desk.index()} }
	return x
}

func (x *personFields) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{x.name.field, x.position.object(), x.unit.object(), x.order.field, x.kind.object(words.T("desk.account")), x.rights}
}

func (x *personFields) read(id meeting.PersonID) roster.Person {
	order, _ := strconv.Atoi(x.order.value())
	p := roster.Person{ID: id, Kind: roster.KindPerson, Name: x.name.value(), Position: x.position.value(), Unit: x.unit.value(), Order: order, Desk: x.desk.index() >= 0}
	if x.kind.index() == 1 {
		p.Kind, p.Desk = roster.KindProjector, false
	}
	return p
}

// answer is the end of a form whose wish only the server can fulfil: then goes on, a refusal stays on the form.
func (s *Screen) answer(f *form, then func()) func(code string) {
	f.busy(true)
	return s.life.Answer(func(code string) {
		f.busy(false)
		switch {
		case code == "weak_pin" && f.secret != nil:
			f.wrong(f.secret, words.Refusal(code)) // a banner would cover the field it is about
			return
		case code != "":
			f.fail(code)
			return
		}
		s.back()
		if then != nil {
			then()
		}
		s.Refresh()
	})
}

func orderText(order int) string {
	if order <= 0 {
		return ""
	}
	return strconv.Itoa(order)
}

// kept is what can be saved; in place of the rest it has what was there before.
func (x *personFields) kept(base roster.Person) roster.Person {
	p := x.read(base.ID)
	p.Name, p.Position, p.Unit = x.name.kept(base.Name), x.position.kept(base.Position), x.unit.kept(base.Unit)
	if x.order.problem() != "" {
		p.Order = base.Order
	}
	return p
}

// follow shows what somebody else has changed in the fields that this person has not.
func (x *personFields) follow(base, now roster.Person) {
	mine := x.read(base.ID)
	x.name.follow(base.Name, now.Name)
	x.position.follow(base.Position, now.Position)
	x.unit.follow(base.Unit, now.Unit)
	x.order.follow(orderText(base.Order), orderText(now.Order))
	shown := mergedPerson(mine, base, now, true)
	screen := shown.Kind == roster.KindProjector
	x.kind.choose(map[bool]int{true: 1}[screen], true)
	x.desk.choose(0, shown.Desk)
	if x.rights.Hidden != screen {
		x.rights.Hidden = screen
		x.form.refresh()
	}
}

// personOf is a person of the list as the room keeps him.
func personOf(p controller.PersonRow) roster.Person {
	out := roster.Person{ID: p.ID, Kind: roster.KindPerson, Name: p.Name, Position: p.Position, Unit: p.Unit, Order: p.Order, Desk: p.Desk}
	if p.Screen {
		out.Kind, out.Desk = roster.KindProjector, false
	}
	return out
}

// editPerson opens the fields of a person of the room, each of which saves itself.
func (s *Screen) editPerson(p controller.PersonRow) {
	x := newPersonFields(s, p)
	e := &roomEdit[roster.Person]{screen: s, base: personOf(p), merged: mergedPerson,
		now:  func() (roster.Person, bool) { now, ok := s.rosterPerson(p.ID); return personOf(now), ok },
		set:  s.actions.SetPerson,
		what: func() string { return words.T("desk.did_room_person", x.name.value()) }}
	x.form.send = func(done func(string)) bool { return e.send(x.kept(e.base), done) }
	x.form.watch = func() {
		if now, ok := e.now(); ok {
			x.follow(e.base, now)
			e.base = now
		}
	}
	x.form.open(words.T("common.edit"), words.T("common.done"), x.objects()...)
}

func (s *Screen) addToRoster() {
	x := newPersonFields(s, controller.PersonRow{})
	pin := x.form.pin(suggestPIN())
	x.form.save = func() string {
		p, code := x.read(""), pin.value()
		s.actions.AddPerson(p, code, s.answer(x.form, func() { s.showPIN(p.Name, code) }))
		return ""
	}
	x.form.open(words.T("desk.add_person"), words.T("common.add"), append(x.objects(), pin.field)...)
}

func (s *Screen) newPIN(p controller.PersonRow) {
	f := newForm(s)
	pin := f.pin(suggestPIN())
	f.save = func() string {
		code := pin.value()
		s.actions.SetPIN(p.ID, "", code, s.answer(f, func() { s.showPIN(p.Name, code) }))
		return ""
	}
	f.open(words.T("desk.new_pin"), words.T("common.save"), widget.NewText(p.Name, widget.StyleHeading), pin.field, widget.NewText(words.T("desk.new_pin_help"), widget.StyleSecondary))
}

// showPIN shows a PIN large, to be handed to its person; it is shown this once.
func (s *Screen) showPIN(name, pin string) {
	s.stack.Push(pane.Page{Object: pane.Sheet(words.T("signin.pin"), s.back, widget.Flow(theme.Gap, widget.NewButton(words.T("common.done"), widget.Filled, s.back)),
		widget.NewText(words.T("signin.pin_of", name), widget.StyleHeading.Centered()), widget.NewText(grouped(pin), widget.StyleFigure.Centered()),
		widget.NewText(words.T("desk.pin_once"), widget.StyleSecondary.Centered()))})
}

// grouped writes a PIN in groups of three, as one reads it out.
func grouped(pin string) string {
	out := ""
	for i, r := range pin {
		if i > 0 && i%3 == 0 {
			out += " "
		}
		out += string(r)
	}
	return out
}

// nameRoom opens the name of the room; it saves itself.
func (s *Screen) nameRoom() {
	f := newForm(s)
	now := func() (string, bool) { return s.actions.People().Room, true }
	name, _ := now()
	line := f.line(words.T("desk.room_name"), "", name, true, roster.MaxName)
	e := &roomEdit[string]{screen: s, base: name, now: now, set: s.actions.NameRoom, what: func() string { return words.T("desk.did_room_name", line.value()) },
		merged: func(now, from, to string, careful bool) string { merge(&now, from, to, careful); return now }}
	f.send = func(done func(string)) bool { return e.send(line.kept(e.base), done) }
	f.watch = func() {
		now, _ := e.now()
		line.follow(e.base, now)
		e.base = now
	}
	f.open(words.T("desk.name_room"), words.T("common.done"), line.field)
}

// pin adds a field for a PIN, which is shown: it has to be told to somebody.
func (f *form) pin(value string) *input {
	in := f.line(words.T("signin.pin"), words.T("signin.pin_hint"), value, true, widget.MaxPIN)
	f.secret = in
	in.check = func(text string) string {
		if len(text) < widget.MinPIN || slices.ContainsFunc([]rune(text), func(r rune) bool { return r < '0' || r > '9' }) {
			return words.T("signin.pin_hint")
		}
		return ""
	}
	return in
}

// suggestPIN makes a PIN of MinPIN digits that has at least four different ones. Without randomness there is no suggestion.
func suggestPIN() string {
	for range 100 {
		n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
		if err != nil {
			return ""
		}
		digits := strconv.Itoa(1_000_000 + int(n.Int64()))[1:]
		sorted := []byte(digits)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) >= 4 {
			return digits
		}
	}
	return ""
}
