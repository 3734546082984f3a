package deskscreen

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// pastePeople opens the page where a table of people is pasted; who would be added shows at once.
func (s *Screen) pastePeople() {
	entry := fynewidget.NewMultiLineEntry()
	entry.SetMinRowsVisible(6)
	entry.Wrapping = fyne.TextWrapOff
	list, foot := pane.NewPart(), pane.NewPart()
	page := pane.Page{Focus: entry}
	refresh := func() bool {
		rows := readTable(entry.Text, s.actions.People().People)
		built := list.Show(rows, func() fyne.CanvasObject { return newcomers(rows) })
		built = foot.Show(rows, func() fyne.CanvasObject {
			fit := addable(rows)
			add := widget.NewButton(words.N("desk.paste_add", len(fit)), widget.Filled, func() {
				s.back()
				s.addAll(fit)
			}).WithIcon(icons.Plus)
			add.SetEnabled(len(fit) > 0)
			return widget.Flow(theme.Gap, widget.NewButton(words.T("common.cancel"), widget.Outlined, s.back), add)
		}) || built
		if built && page.Object != nil {
			page.Object.Refresh()
		}
		return true
	}
	entry.OnChanged = func(string) { refresh() }
	refresh()
	page.Refresh = refresh
	page.Object = pane.Sheet(words.T("desk.paste_people"), s.back, foot.Object(), widget.NewText(words.T("desk.paste_help"), widget.StyleSecondary),
		widget.Column(4, labelText(words.T("desk.paste_label")), entry), list.Object())
	s.stack.Push(page)
}

// addable are those of a table that can be added.
func addable(rows []newcomer) []newcomer {
	return slices.DeleteFunc(slices.Clone(rows), func(r newcomer) bool { return r.wrong != "" })
}

// newcomers shows what was read from a table.
func newcomers(rows []newcomer) fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, r := range rows[:min(len(rows), mostShown)] {
		data := widget.CardData{Mark: widget.Mark{Icon: icons.User}, Title: r.person.Name, Subtitle: joined(r.person.Position, r.person.Unit, words.Number(r.person.Order)), Compact: true}
		if r.wrong != "" {
			data.Mark.Icon = icons.TriangleAlert
			data.Chips = append(data.Chips, widget.NewChip(words.T(r.wrong), widget.ChipNotice))
		}
		objects = append(objects, widget.NewCard(data, nil))
	}
	if len(rows) > mostShown {
		objects = append(objects, widget.NewText(words.T("desk.paste_more", words.Number(len(rows)-mostShown)), widget.StyleSecondary))
	}
	return widget.Column(8, objects...)
}

// arrival is a person being added, with the PIN that is handed to him.
type arrival struct {
	newcomer
	pin string
}

// intake adds people one after the other, and keeps their PINs until they have been handed over: nobody can read them later.
type intake struct {
	screen *Screen
	people []arrival
	done   int
	failed string // refusal code of the one after those that are done
	copied bool
}

// addAll adds people with PINs of their own, and shows these.
func (s *Screen) addAll(rows []newcomer) {
	x := &intake{screen: s}
	for _, r := range rows {
		x.people = append(x.people, arrival{r, suggestPIN()})
	}
	part := pane.NewFilling()
	refresh := func() bool {
		part.Show([]any{x.done, x.failed, x.copied}, x.build)
		return true
	}
	refresh()
	s.stack.Push(pane.Page{Object: part.Object(), Leave: x.leave, Refresh: refresh})
	x.next()
}

func (x *intake) next() {
	s := x.screen
	if x.done == len(x.people) {
		s.Refresh()
		return
	}
	p := x.people[x.done]
	s.actions.AddPerson(p.person, p.pin, s.life.Answer(func(code string) {
		x.failed = code
		if code == "" {
			x.done++
			x.next()
		}
		s.Refresh()
	}))
}

// busy tells whether an answer is still to come.
func (x *intake) busy() bool { return x.failed == "" && x.done < len(x.people) }

func (x *intake) build() fyne.CanvasObject {
	var objects []fyne.CanvasObject
	switch {
	case x.failed != "":
		objects = append(objects, widget.NewBanner(widget.BannerWrong, words.T("desk.paste_stopped", x.people[x.done].person.Name, words.Refusal(x.failed)), words.T("desk.paste_go_on"), func() {
			x.failed = ""
			x.next()
			x.screen.Refresh()
		}))
	case x.busy():
		objects = append(objects, widget.NewText(words.T("desk.paste_adding", x.done, len(x.people)), widget.StyleSecondary))
	case x.copied:
		objects = append(objects, widget.NewBanner(widget.BannerNotice, words.T("desk.copied"), "", nil))
	}
	objects = append(objects, widget.NewText(words.T("desk.pin_once"), widget.StyleSecondary))
	for _, p := range x.people[:x.done] {
		objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.KeyRound}, Title: joined(p.person.Name, grouped(p.pin)), Subtitle: joined(p.person.Position, p.person.Unit), Compact: true}, nil))
	}
	list := widget.NewButton(words.T("desk.copy_list"), widget.Outlined, func() {
		fyne.CurrentApp().Clipboard().SetContent(x.text())
		x.copied = true
		x.screen.Refresh()
	}).WithIcon(icons.Copy)
	list.SetEnabled(x.done > 0)
	done := widget.NewButton(words.T("common.done"), widget.Filled, x.leave)
	done.SetEnabled(!x.busy())
	return pane.Sheet(words.T("desk.paste_pins"), x.leave, widget.Flow(theme.Gap, list, done), objects...)
}

// text is the list as a table for a spreadsheet. A blank in the PIN keeps its leading noughts there.
func (x *intake) text() string {
	var b strings.Builder
	for _, p := range x.people[:x.done] {
		b.WriteString(strings.Join([]string{p.person.Name, p.person.Position, p.person.Unit, grouped(p.pin)}, "\t") + "\n")
	}
	return b.String()
}

// leave goes back; it asks first while PINs are on the screen that nobody has copied.
func (x *intake) leave() {
	switch {
	case x.busy():
	case x.copied || x.done == 0:
		x.screen.back()
	default:
		x.screen.ask(widget.Question{Title: words.T("desk.paste_leave_ask"), Help: words.T("desk.pin_once"), Yes: words.T("common.yes"), No: words.T("common.no")}, func() { x.screen.back() })
	}
}
