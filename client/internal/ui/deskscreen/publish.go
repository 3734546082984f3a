package deskscreen

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// openPublish shows who will get what, and sends it.
func (d *desk) openPublish() {
	s := d.screen
	s.push(func() (any, bool) {
		v := d.view
		return []any{rowsOf(v), audiences(v), v.People, v.Checks, v.CanPublish, v.Documents}, v.Phase == meeting.Draft && v.CanEdit
	}, func() fyne.CanvasObject {
		v := d.view
		send := widget.NewButton("", widget.Filled, func() {
			code := s.actions.Publish(d.id)
			if code == "" {
				d.did(step{what: words.T("desk.did_publish")})
			}
			s.back()
			d.took(code)
		}).WithHeight(widget.Tall).Guarded()
		send.SetLabel(words.T("desk.publish"))
		send.SetEnabled(v.CanPublish)
		objects := []fyne.CanvasObject{widget.NewText(words.T("desk.publish_ask"), widget.StyleHeading),
			widget.NewText(words.T("desk.publish_to", d.whoText()), widget.StyleBody)}
		objects = append(objects, d.checks(v.Checks)...)
		objects = append(objects, labelText(words.T("desk.who_gets")))
		for _, i := range v.Items {
			objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Text: i.Number}, Title: titleOf(i),
				Subtitle: joined(words.N("agenda.documents", len(i.Documents)), forWhom(i)), Compact: true}, nil))
		}
		objects = append(objects, d.guestsGet()...)
		return pane.Sheet(words.T("desk.publish"), s.back, widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, s.back).WithHeight(widget.Tall), send), objects...)
	})
}

// audiences are what of the items decides who gets them.
func audiences(v controller.DeskView) [][]meeting.PersonID {
	out := make([][]meeting.PersonID, len(v.Items))
	for n, i := range v.Items {
		out[n] = i.Audience
	}
	return out
}

// forWhom says who gets an item. Guests are never among "all": they get what they are invited to.
func forWhom(i controller.ItemRow) string {
	switch {
	case i.Restricted:
		return words.T("desk.only_for", len(i.Audience))
	case len(i.Audience) > 0:
		return joined(words.T("desk.for_all"), words.N("desk.invited_count", len(i.Audience)))
	}
	return words.T("desk.for_all")
}

// guestsGet lists every guest with the items he is invited to.
func (d *desk) guestsGet() []fyne.CanvasObject {
	var cards []fyne.CanvasObject
	for _, p := range d.view.People {
		if !p.Has(meeting.Guest) {
			continue
		}
		data := widget.CardData{Mark: widget.Mark{Icon: icons.User}, Title: p.Name, Subtitle: words.T("desk.guest_sees_none"), Compact: true}
		if numbers := d.invitedTo(p.Person); len(numbers) > 0 {
			data.Subtitle = words.T("desk.guest_sees", strings.Join(numbers, ", "))
		} else {
			data.Mark.Icon = icons.TriangleAlert
		}
		cards = append(cards, widget.NewCard(data, nil))
	}
	if len(cards) == 0 {
		return nil
	}
	return append([]fyne.CanvasObject{labelText(words.T("desk.guests_get")), widget.NewText(words.T("desk.guests_help"), widget.StyleSecondary)}, cards...)
}

// invitedTo gives the numbers of the items a guest is invited to.
func (d *desk) invitedTo(who meeting.PersonID) []string {
	var out []string
	for _, i := range d.view.Items {
		if slices.Contains(i.Audience, who) {
			out = append(out, i.Number)
		}
	}
	return out
}

// openInvitations lists the items, to invite guests to one of them.
func (d *desk) openInvitations() {
	if len(d.view.Items) == 1 {
		d.chooseAudience(d.view.Items[0].ID)
		return
	}
	s := d.screen
	s.push(func() (any, bool) {
		return []any{rowsOf(d.view), audiences(d.view)}, d.view.CanEdit && len(d.view.Items) > 0
	}, func() fyne.CanvasObject {
		var objects []fyne.CanvasObject
		for _, i := range d.view.Items {
			if i.Readable {
				objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Text: i.Number}, Title: titleOf(i), Subtitle: forWhom(i), Chevron: true},
					func() { d.chooseAudience(i.ID) }))
			}
		}
		return pane.Sheet(words.T("desk.choose_invited"), s.back, nil, objects...)
	})
}

// chooseAudience lets the people of an item be chosen: the guests who are invited to it, or all who see it where it is restricted.
func (d *desk) chooseAudience(id meeting.ItemID) {
	i, ok := d.find(id)
	if !ok || !i.Readable {
		return
	}
	s := d.screen
	p := newPicker(d.candidates(!i.Restricted), i.Audience)
	p.many = true
	title := words.T("desk.invited")
	if i.Restricted {
		title = words.T("desk.audience")
	}
	failure := pane.NewPart()
	var page pane.Page
	done := widget.NewButton(words.T("common.done"), widget.Filled, func() {
		set := func(who []meeting.PersonID) func() string {
			return func() string { return s.actions.SetAudience(d.id, id, i.Restricted, who, i.Wider) }
		}
		code := set(p.picked())()
		if code == "" {
			d.did(step{what: words.T("desk.did_audience", i.Number), undo: set(i.Audience), redo: set(p.picked())})
			s.back()
			d.took("")
			return
		}
		failure.Show(code, func() fyne.CanvasObject { return widget.NewBanner(widget.BannerWrong, words.Refusal(code), "", nil) })
		page.Object.Refresh()
	})
	p.top = widget.NewText(joined(words.T("agenda.item", i.Number), titleOf(i)), widget.StyleHeading)
	page = p.page(title, s.back, widget.Column(8, failure.Object(), done), words.T("desk.nobody_yet"))
	s.stack.Push(page)
}
