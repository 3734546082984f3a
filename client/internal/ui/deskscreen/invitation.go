package deskscreen

import (
	"strings"

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

// invitation writes a meeting's invitation in the parts a Vietnamese one has. Its number, date and signature are given where the
// document is issued. Items with restricted attendance are not named: an invitation goes to everybody.
func invitation(v controller.DeskView, people controller.PeopleView) string {
	var b strings.Builder
	line := func(text string) { b.WriteString(text + "\n") }
	line(words.T("invitation.country"))
	line(words.T("invitation.motto"))
	line("")
	line(words.T("invitation.number"))
	line("")
	line(words.T("invitation.title"))
	line(v.Form.Title)
	line("")
	line(words.T("invitation.body", issuer(v, people)))
	for _, p := range v.People {
		if !p.Has(meeting.Projector) {
			line("- " + joinedBy(", ", p.Name, p.Position, p.Unit) + ";")
		}
	}
	line("")
	line(words.T("invitation.to_attend", v.Form.Title))
	if chair := chairOf(v); chair != "" {
		line(words.T("invitation.chair", chair))
	}
	if when := spanText(v.Form.Starts, v.Form.Ends); when != "" {
		line(words.T("invitation.time", strings.ReplaceAll(when, "\n", " ")))
	}
	if v.Form.Place != "" {
		line(words.T("invitation.place", v.Form.Place))
	}
	if len(v.Items) > 0 {
		line("")
		line(words.T("invitation.agenda"))
		b.WriteString(agendaText(v))
	}
	line("")
	line(words.T("invitation.closing"))
	return b.String()
}

// issuer is the body that invites: the one whose chair presides, or else the first that the room has in its own list, or the room.
func issuer(v controller.DeskView, people controller.PeopleView) string {
	for _, p := range v.People {
		if p.Has(meeting.Chair) && p.Unit != "" {
			return p.Unit
		}
	}
	if own := people.Lists[roster.ListIssuers]; len(own) > 0 {
		return own[0]
	}
	return people.Room
}

func chairOf(v controller.DeskView) string {
	for _, p := range v.People {
		if p.Has(meeting.Chair) {
			return joinedBy(", ", p.Name, p.Position)
		}
	}
	return ""
}

// agendaText lists the items as everybody may know them, one a line.
func agendaText(v controller.DeskView) string {
	var b strings.Builder
	for _, i := range v.Items {
		if i.State == meeting.Withdrawn || i.State == meeting.Postponed {
			continue
		}
		text, minutes := titleOf(i), ""
		by := joinedBy(", ", i.Reporter, i.Unit)
		if i.Restricted {
			text, by = words.T("invitation.restricted"), ""
		}
		if m := i.Form().Minutes; m > 0 {
			minutes = words.T("invitation.minutes", m)
		}
		if by = joinedBy("; ", by, minutes); by != "" {
			text += " (" + by + ")"
		}
		if i.Parent != "" {
			b.WriteString("    ")
		}
		b.WriteString(words.T("desk.item_line", i.Number, text) + "\n")
	}
	return b.String()
}

// openInvitation shows the invitation, to be copied, and offers it as an entry for calendars.
func (d *desk) openInvitation() {
	s := d.screen
	done := ""
	people := s.actions.People()
	s.push(func() (any, bool) { return []any{d.view.Form, rowsOf(d.view), d.view.People, done}, d.view.Exists }, func() fyne.CanvasObject {
		v := d.view
		var objects []fyne.CanvasObject
		if done != "" {
			objects = append(objects, widget.NewBanner(widget.BannerNotice, done, "", nil))
		}
		objects = append(objects, widget.NewText(words.T("desk.invitation_help"), widget.StyleSecondary), widget.NewPanel(widget.NewText(invitation(v, people), widget.StyleBody)))
		say := func(text string) {
			done = text
			s.Refresh()
		}
		buttons := []fyne.CanvasObject{widget.NewButton(words.T("desk.invitation_copy"), widget.Filled, func() {
			fyne.CurrentApp().Clipboard().SetContent(invitation(d.view, people))
			say(words.T("desk.copied"))
		}).WithIcon(icons.Copy)}
		if s.leads.Save != nil && !v.Form.Starts.IsZero() {
			buttons = append(buttons, widget.NewButton(words.T("desk.invitation_ics"), widget.Outlined, func() {
				s.leads.Save(words.T("invitation.file"), []byte(calendar(d.view, s.now())), s.life.Answer(func(code string) {
					if code != "" {
						say(words.Refusal(code))
						return
					}
					say(words.T("desk.invitation_saved"))
				}))
			}).WithIcon(icons.Calendar))
		}
		return pane.Sheet(words.T("desk.invitation"), s.back, widget.Flow(theme.Gap, buttons...), objects...)
	})
}
