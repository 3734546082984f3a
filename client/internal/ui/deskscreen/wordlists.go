package deskscreen

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/assets/lists"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/roster"
)

// defaultWords are what every room begins with.
func defaultWords(list roster.ListName) []string {
	switch list {
	case roster.ListMeetings:
		return lists.Meetings()
	case roster.ListPlaces:
		return lists.Places()
	case roster.ListPositions:
		return lists.Positions()
	case roster.ListUnits:
		return lists.Units()
	case roster.ListDocuments:
		return lists.Documents()
	}
	return lists.Issuers()
}

// wordsOf is a list as the room has it.
func wordsOf(v controller.PeopleView, list roster.ListName) (entries []string, own bool) {
	if entries, own = v.Lists[list]; own {
		return entries, true
	}
	return defaultWords(list), false
}

// listed is what is offered in the fields that a list is for.
func (s *Screen) listed(list roster.ListName) []string {
	entries, _ := wordsOf(s.actions.People(), list)
	return entries
}

func listTitle(list roster.ListName) string { return words.T("lists." + string(list)) }

func listFacts(entries []string, own bool) string {
	if own {
		return joined(words.N("lists.count", len(entries)), words.T("lists.own"))
	}
	return joined(words.N("lists.count", len(entries)), words.T("lists.default"))
}

// openLists shows the lists of words that fields offer while somebody types.
func (s *Screen) openLists() {
	s.push(func() (any, bool) { v := s.actions.People(); return []any{v.Lists, v.CanEdit}, true }, func() fyne.CanvasObject {
		v := s.actions.People()
		objects := []fyne.CanvasObject{widget.NewText(words.T("lists.help"), widget.StyleSecondary)}
		for _, list := range roster.ListNames() {
			objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Icon: icons.List}, Title: listTitle(list), Subtitle: listFacts(wordsOf(v, list)), Chevron: true},
				func() { s.openList(list) }))
		}
		return pane.Sheet(words.T("lists.title"), s.back, nil, objects...)
	})
}

// openList shows the entries of a list; each opens to be changed.
func (s *Screen) openList(list roster.ListName) {
	failed := ""
	s.push(func() (any, bool) {
		v := s.actions.People()
		return []any{v.Lists[list], v.CanEdit, failed}, true
	}, func() fyne.CanvasObject {
		v := s.actions.People()
		entries, own := wordsOf(v, list)
		objects := []fyne.CanvasObject{widget.NewText(listFacts(entries, own), widget.StyleSecondary)}
		if failed != "" {
			objects = append(objects, widget.NewBanner(widget.BannerWrong, words.Refusal(failed), "", nil))
		}
		if v.CanEdit {
			buttons := []fyne.CanvasObject{widget.NewButton(words.T("lists.add"), widget.Filled, func() { s.addWords(list) }).WithIcon(icons.Plus)}
			if own {
				buttons = append(buttons, widget.NewButton(words.T("lists.back"), widget.Outlined, func() {
					s.resetWords(list, func(code string) { failed = code })
				}).WithIcon(icons.Undo2))
			}
			objects = append(objects, widget.Flow(theme.Gap, buttons...))
		}
		if len(entries) == 0 {
			objects = append(objects, widget.EmptyState(icons.List, words.T("lists.none"), "", nil))
		}
		for n, e := range entries {
			var open func()
			if v.CanEdit {
				open = func() { s.editWord(list, n, e) }
			}
			objects = append(objects, widget.NewCard(widget.CardData{Mark: widget.Mark{Text: words.Number(n + 1)}, Title: e, Chevron: v.CanEdit, Compact: true}, open))
		}
		return pane.Sheet(listTitle(list), s.back, nil, objects...)
	})
}

// resetWords asks before the room's own words are given up.
func (s *Screen) resetWords(list roster.ListName, told func(code string)) {
	s.ask(widget.Question{Title: words.T("lists.back_ask", listTitle(list)), Help: words.T("lists.back_help"), Yes: words.T("lists.back"), No: words.T("common.cancel"), Destroys: true}, func() {
		s.actions.ResetList(list, s.life.Answer(func(code string) {
			told(code)
			s.Refresh()
		}))
	})
}

// addWords takes entries into a list, one a line; a semicolon parts them too, for fields that have one line only.
func (s *Screen) addWords(list roster.ListName) {
	f := newForm(s)
	area := widget.NewTextArea(words.T("lists.add"), words.T("lists.add_hint"), 6)
	area.OnSubmitted = func(string) { f.submit() }
	area.OnCancelled = f.leave
	f.rest = func() any { return area.Text() }
	f.save = func() string {
		added := strings.FieldsFunc(area.Text(), func(r rune) bool { return r == '\n' || r == ';' })
		s.actions.SetList(list, append(slices.Clone(s.listed(list)), added...), s.answer(f, nil))
		return ""
	}
	f.open(listTitle(list), words.T("common.add"), area, widget.NewText(words.T("lists.add_help", roster.MaxEntries), widget.StyleSecondary))
}

// editWord renames an entry, moves it, or takes it out. The list may have changed meanwhile: what is done is done to the entry by
// its words.
func (s *Screen) editWord(list roster.ListName, at int, entry string) {
	f := newForm(s)
	line := f.line(words.T("lists.entry"), "", entry, true, roster.MaxEntry)
	change := func(do func(entries []string, at int) []string) {
		entries := slices.Clone(s.listed(list))
		n := slices.Index(entries, entry)
		if n < 0 {
			s.back() // somebody else took it out
			return
		}
		s.actions.SetList(list, do(entries, n), s.answer(f, nil))
	}
	f.save = func() string {
		change(func(entries []string, n int) []string {
			entries[n] = line.value()
			return entries
		})
		return ""
	}
	move := func(by int) func() {
		return func() {
			change(func(entries []string, n int) []string {
				to := min(max(n+by, 0), len(entries)-1)
				entries = slices.Delete(entries, n, n+1)
				return slices.Insert(entries, to, entry)
			})
		}
	}
	buttons := widget.Flow(theme.Gap, widget.NewButton(words.T("lists.up"), widget.Outlined, move(-1)).WithIcon(icons.ArrowUp),
		widget.NewButton(words.T("lists.down"), widget.Outlined, move(1)).WithIcon(icons.ArrowDown),
		widget.NewButton(words.T("lists.first"), widget.Outlined, move(-at)),
		widget.NewButton(words.T("common.remove"), widget.Danger, func() {
			change(func(entries []string, n int) []string { return slices.Delete(entries, n, n+1) })
		}).WithIcon(icons.Trash2))
	f.open(listTitle(list), words.T("common.save"), line.field, buttons)
}
