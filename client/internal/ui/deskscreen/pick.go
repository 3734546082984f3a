package deskscreen

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"golang.org/x/text/unicode/norm"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// mostShown bounds how many people a list shows at a time; the search finds the others.
const mostShown = 150

// picker is a list of people to choose one or several from, with a search.
type picker struct {
	people []controller.PersonRow
	many   bool
	// onPick is called when one is chosen where only one can be.
	onPick func(meeting.PersonID)
	// onChange is called after the choice of several has changed; may be nil.
	onChange func(count int)
	// top stands above the search; may be nil.
	top fyne.CanvasObject

	chosen map[meeting.PersonID]bool
	search *widget.TextField
	list   *pane.Part
	body   fyne.CanvasObject
}

func newPicker(people []controller.PersonRow, chosen []meeting.PersonID) *picker {
	p := &picker{people: people, chosen: map[meeting.PersonID]bool{}, list: pane.NewPart()}
	for _, id := range chosen {
		p.chosen[id] = true
	}
	return p
}

// picked lists the chosen people in the order of the list.
func (p *picker) picked() []meeting.PersonID {
	var out []meeting.PersonID
	for _, r := range p.people {
		if p.chosen[r.ID] {
			out = append(out, r.ID)
		}
	}
	return out
}

// page puts the list over the screen; foot is its button, empty what it says where there is nobody.
func (p *picker) page(title string, leave func(), foot fyne.CanvasObject, empty string) pane.Page {
	p.search = widget.NewTextField("", words.T("desk.find_name"))
	p.search.OnChanged = func(string) { p.show(empty) }
	p.search.OnCancelled = leave
	objects := []fyne.CanvasObject{p.search, p.list.Object()}
	if p.top != nil {
		objects = slices.Insert(objects, 0, p.top)
	}
	p.show(empty)
	p.body = pane.Sheet(title, leave, widget.Flow(theme.Gap, foot), objects...)
	page := pane.Page{Object: p.body}
	if !fyne.CurrentDevice().IsMobile() {
		page.Focus = p.search.Focusable()
	}
	return page
}

func (p *picker) show(empty string) {
	built := p.list.Show(p.search.Text(), func() fyne.CanvasObject {
		found := search(p.people, p.search.Text())
		var objects []fyne.CanvasObject
		for _, r := range found[:min(len(found), mostShown)] {
			objects = append(objects, p.card(r))
		}
		switch {
		case len(p.people) == 0:
			objects = append(objects, widget.EmptyState(icons.Users, empty, "", nil))
		case len(found) == 0:
			objects = append(objects, widget.NewText(words.T("signin.no_name"), widget.StyleSecondary))
		case len(found) > mostShown:
			objects = append(objects, widget.NewText(words.T("desk.more_people", words.Number(len(found)-mostShown)), widget.StyleSecondary))
		}
		return widget.Column(8, objects...)
	})
	if built && p.body != nil {
		p.body.Refresh()
	}
}

func (p *picker) data(r controller.PersonRow) widget.CardData {
	on := p.chosen[r.ID]
	data := widget.CardData{Mark: widget.Mark{Icon: icons.User}, Title: r.Name, Subtitle: joined(r.Position, r.Unit), Selected: on, Chevron: !p.many}
	if p.many {
		data.Mark = widget.Mark{Icon: icons.Plus}
	}
	if on {
		data.Mark = widget.Mark{Done: true}
	}
	return data
}

func (p *picker) card(r controller.PersonRow) *widget.Card {
	card := widget.NewCard(p.data(r), nil)
	card.OnTapped = func() {
		if !p.many {
			p.onPick(r.ID)
			return
		}
		p.chosen[r.ID] = !p.chosen[r.ID]
		card.Set(p.data(r))
		if p.onChange != nil {
			p.onChange(len(p.picked()))
		}
	}
	return card
}

// search finds people by the letters of name, position and unit, with or without their accents.
func search(people []controller.PersonRow, what string) []controller.PersonRow {
	words := strings.Fields(plain(what))
	if len(words) == 0 {
		return people
	}
	var out []controller.PersonRow
	for _, p := range people {
		all := plain(p.Name + " " + p.Position + " " + p.Unit)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(all, w) }) {
			out = append(out, p)
		}
	}
	return out
}

// plain takes case and accents off: "Đỗ Văn Hưng" is found by "do van hung".
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'đ':
			b.WriteByte('d')
		case !unicode.Is(unicode.Mn, r):
			b.WriteRune(r)
		}
	}
	return b.String()
}
