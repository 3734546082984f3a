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

// openList shows the entries of a list; each opens to be changed, and is moved by its grip or with Alt and the arrow keys.
func (s *Screen) openList(list roster.ListName) {
	rows := newSortable(s.life, func() *widget.Scroll { return nil })
	rows.onTap = func(entry string) { s.editWord(list, entry) }
	rows.onMove = func(entry string, to landing) { s.moveWord(list, entry, to.before, s.room.refused) }
	s.roomPage(func() (any, bool) {
		v := s.actions.People()
		entries, own := wordsOf(v, list)
		cards := make([]sortRow, len(entries))
		for n, e := range entries {
			cards[n] = sortRow{branch: branch{id: e}, card: widget.CardData{Mark: widget.Mark{Text: words.Number(n + 1)}, Title: e, Chevron: v.CanEdit, Compact: true}}
		}
		rows.set(cards, v.CanEdit && len(entries) > 1, true)
		return []any{len(entries), own, v.CanEdit, s.room.state()}, true
	}, func() fyne.CanvasObject {
		v := s.actions.People()
		entries, own := wordsOf(v, list)
		objects := []fyne.CanvasObject{widget.NewText(listFacts(entries, own), widget.StyleSecondary)}
		if v.CanEdit {
			buttons := []fyne.CanvasObject{widget.NewButton(words.T("lists.add"), widget.Filled, func() { s.addWords(list) }).WithIcon(icons.Plus)}
			if own {
				buttons = append(buttons, widget.NewButton(words.T("lists.back"), widget.Outlined, func() { s.resetWords(list) }).WithIcon(icons.List))
			}
			objects = append(objects, widget.Flow(theme.Gap, append(buttons, s.room.buttons()...)...))
		}
		if len(entries) == 0 {
			objects = append(objects, widget.EmptyState(icons.List, words.T("lists.none"), "", nil))
		}
		return pane.Sheet(listTitle(list), s.back, nil, append(objects, rows)...)
	})
}

// resetWords asks before the room's own words are given up; they can be put back.
func (s *Screen) resetWords(list roster.ListName) {
	s.ask(widget.Question{Title: words.T("lists.back_ask", listTitle(list)), Help: words.T("lists.back_help"), Yes: words.T("lists.back"), No: words.T("common.cancel"), Destroys: true}, func() {
		before := slices.Clone(s.listed(list))
		reset := func(done func(string)) { s.actions.ResetList(list, done) }
		s.doInRoom(&roomStep{what: words.T("lists.did_back", listTitle(list)), redo: reset,
			undo: func(done func(string)) { s.actions.SetList(list, before, done) }}, s.room.refused)
	})
}

// doInRoom does a step, and notes it once the server has. told gets the refusal code on the main goroutine.
func (s *Screen) doInRoom(step *roomStep, told func(code string)) {
	step.redo(s.life.Answer(func(code string) {
		if code == "" {
			s.room.did(step)
		}
		told(code)
		s.Refresh()
	}))
}

// changeWords does a step that makes another list of one, by its words: what somebody else did to the list meanwhile stays.
func (s *Screen) changeWords(list roster.ListName, what string, there, back func(entries []string) []string, told func(code string)) {
	set := func(change func([]string) []string) func(func(string)) {
		return func(done func(string)) { s.actions.SetList(list, change(slices.Clone(s.listed(list))), done) }
	}
	s.doInRoom(&roomStep{what: what, redo: set(there), undo: set(back)}, told)
}

// addWords takes entries into a list, one a line; a semicolon parts them too, for fields that have one line only.
func (s *Screen) addWords(list roster.ListName) {
	f := newForm(s)
	area := widget.NewTextArea(words.T("lists.add"), words.T("lists.add_hint"), 6)
	area.OnSubmitted = func(string) { f.submit() }
	area.OnCancelled = f.leave
	f.rest = func() any { return area.Text() }
	f.save = func() string {
		known := s.listed(list)
		var added []string
		for e := range strings.FieldsFuncSeq(area.Text(), func(r rune) bool { return r == '\n' || r == ';' }) {
			if e = strings.TrimSpace(e); e != "" && !slices.Contains(known, e) && !slices.Contains(added, e) {
				added = append(added, e)
			}
		}
		f.busy(true)
		s.changeWords(list, words.N("lists.did_add", len(added)), func(entries []string) []string { return append(entries, added...) },
			func(entries []string) []string {
				return slices.DeleteFunc(entries, func(e string) bool { return slices.Contains(added, e) })
			}, s.ended(f))
		return ""
	}
	f.open(listTitle(list), words.T("common.add"), area, widget.NewText(words.T("lists.add_help", roster.MaxEntries), widget.StyleSecondary))
}

// ended goes back from a form whose step was done; a refusal stays on it.
func (s *Screen) ended(f *form) func(code string) {
	return func(code string) {
		f.busy(false)
		if code != "" {
			f.fail(code)
			return
		}
		f.away()
	}
}

// editWord opens an entry, which saves itself, with the ways to move it and to take it out. The list may change meanwhile: what is
// done is done to the entry by its words.
func (s *Screen) editWord(list roster.ListName, entry string) {
	f := newForm(s)
	line := f.line(words.T("lists.entry"), "", entry, true, roster.MaxEntry)
	e := &roomEdit[string]{screen: s, base: entry, what: func() string { return words.T("lists.did_change", line.value()) },
		merged: func(now, from, to string, careful bool) string { merge(&now, from, to, careful); return now }}
	have := entry // as the list has it
	e.now = func() (string, bool) { return have, slices.Contains(s.listed(list), have) }
	e.set = func(want string, done func(string)) {
		entries := slices.Clone(s.listed(list))
		entries[slices.Index(entries, have)] = want
		s.actions.SetList(list, entries, func(code string) {
			s.life.Report(func() {
				if code == "" {
					have = want
				}
				done(code)
			})
		})
	}
	line.check = func(text string) string {
		if text != have && slices.Contains(s.listed(list), text) {
			return words.T("lists.twice")
		}
		return ""
	}
	f.send = func(done func(string)) bool { return e.send(line.kept(e.base), done) }
	f.open(listTitle(list), words.T("common.done"), line.field, s.wordButtons(list, f, func() string { return have }))
}

// wordButtons move an entry and take it out; each shows at once what it did.
func (s *Screen) wordButtons(list roster.ListName, f *form, have func() string) fyne.CanvasObject {
	move := func(to func(at, last int) int) func() {
		return func() {
			rest := slices.Clone(s.listed(list))
			at := slices.Index(rest, have())
			if at < 0 {
				f.away() // somebody else took it out
				return
			}
			rest = slices.Delete(rest, at, at+1)
			before := ""
			if n := min(max(to(at, len(rest)), 0), len(rest)); n < len(rest) {
				before = rest[n]
			}
			s.moveWord(list, have(), before, f.fail)
		}
	}
	remove := func() {
		entry := have()
		at := slices.Index(s.listed(list), entry)
		if at < 0 {
			f.away()
			return
		}
		s.changeWords(list, words.T("lists.did_remove", entry), func(entries []string) []string {
			return slices.DeleteFunc(entries, func(e string) bool { return e == entry })
		}, func(entries []string) []string { return slices.Insert(entries, min(at, len(entries)), entry) }, s.ended(f))
	}
	return widget.Flow(theme.Gap, widget.NewButton(words.T("lists.up"), widget.Outlined, move(func(at, _ int) int { return at - 1 })).WithIcon(icons.ArrowUp),
		widget.NewButton(words.T("lists.down"), widget.Outlined, move(func(at, _ int) int { return at + 1 })).WithIcon(icons.ArrowDown),
		widget.NewButton(words.T("lists.first"), widget.Outlined, move(func(int, int) int { return 0 })),
		widget.NewButton(words.T("common.remove"), widget.Danger, remove).WithIcon(icons.Trash2))
}

// moveWord puts an entry before another one, or, with "", at the end.
func (s *Screen) moveWord(list roster.ListName, entry, before string, told func(code string)) {
	was := ""
	if entries := s.listed(list); slices.Contains(entries, entry) {
		if at := slices.Index(entries, entry) + 1; at < len(entries) {
			was = entries[at]
		}
	}
	if was == before {
		return
	}
	put := func(before string) func([]string) []string {
		return func(entries []string) []string {
			at := slices.Index(entries, entry)
			if at < 0 {
				return entries
			}
			entries = slices.Delete(entries, at, at+1)
			if to := slices.Index(entries, before); to >= 0 {
				return slices.Insert(entries, to, entry)
			}
			return append(entries, entry)
		}
	}
	s.changeWords(list, words.T("lists.did_move", entry), put(before), put(was), told)
}
