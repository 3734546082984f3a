package screen

import (
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// mostErrands is how many lines of each kind stand above the meetings; one more tap shows all.
const mostErrands = 3

// errandRows are the first of a list of things to read, with a way to all of them; nothing where there are none.
func (s *Shell) errandRows(key string, all func(controller.ToReadView) []controller.Errand, seen controller.ToReadView) []fyne.CanvasObject {
	rows := all(seen)
	if len(rows) == 0 {
		return nil
	}
	out := []fyne.CanvasObject{widget.Inset(0, 6, widget.NewText(words.T(key), widget.StyleHeading))}
	for _, e := range rows[:min(len(rows), mostErrands)] {
		out = append(out, s.errandCard(e))
	}
	if len(rows) > mostErrands {
		out = append(out, widget.Flow(theme.Gap, widget.NewButton(words.N("toread.all", len(rows)), widget.Outlined, func() {
			s.push(&errands{shell: s, scroll: newScroll(), key: key, all: all})
		})))
	}
	return out
}

// errandCard is one thing to read: a tap leads to it.
func (s *Shell) errandCard(e controller.Errand) fyne.CanvasObject {
	at := ""
	if e.Number != "" {
		at = words.T("agenda.item", e.Number)
	}
	data := widget.CardData{Mark: widget.Mark{Icon: icons.FileText}, Title: e.Document.Title, Subtitle: dotted(at, e.Title, when(e.Starts, time.Time{})), Chevron: true}
	switch e.Kind {
	case controller.NewsTime:
		data.Mark.Icon, data.Title = icons.Clock, e.Title
		data.Subtitle = dotted(when(e.Starts, time.Time{}), s.placeOf(e.Meeting))
		data.Chips = append(data.Chips, widget.NewChip(words.T("toread.time"), widget.ChipNotice))
	case controller.NewsItem:
		data.Mark = widget.Mark{Text: e.Number}
		if data.Title = e.ItemTitle; e.ItemTitle == "" {
			data.Title = words.T("state.restricted")
		}
		data.Subtitle = dotted(e.Title, when(e.Starts, time.Time{}))
		data.Chips = append(data.Chips, widget.NewChip(words.T("toread.item"), widget.ChipNotice))
	case controller.NewsDocument:
		data.Chips = append(data.Chips, widget.NewChip(words.T("toread.document"), widget.ChipNotice))
	}
	if e.Duty != "" {
		data.Chips = append(data.Chips, widget.NewChip(words.T("toread."+string(e.Duty)), widget.ChipAccent))
	}
	if e.Kind == "" || e.Kind == controller.NewsVersion {
		data.Chips = append(data.Chips, progressChips(e.Document, true)...)
	}
	return widget.NewCard(data, func() { s.follow(e) })
}

// placeOf is where a meeting is held.
func (s *Shell) placeOf(id string) string {
	if m := s.act.Meeting(id); m.Exists {
		return m.Place
	}
	return ""
}

// follow goes where an errand leads, with the agenda behind it.
func (s *Shell) follow(e controller.Errand) {
	s.push(newAgenda(s, e.Meeting))
	switch {
	case e.Document.ID != "":
		s.read(e.Meeting, e.Document)
	case e.Item != "":
		for _, i := range s.act.Meeting(e.Meeting).Items {
			if i.ID == e.Item && i.Readable {
				s.push(newItem(s, e.Meeting, e.Item))
			}
		}
	}
}

// progressChips tell how far a document was read: a newer version, or, where that is asked for, that it was never opened.
func progressChips(d controller.DocumentRow, untouched bool) []*widget.Chip {
	switch {
	case d.Renewed():
		return []*widget.Chip{widget.NewChip(words.T("toread.version"), widget.ChipNotice).WithIcon(icons.RefreshCw)}
	case d.ReadPage == 0 && untouched:
		return []*widget.Chip{widget.NewChip(words.T("toread.unread"), widget.ChipNeutral)}
	}
	return nil
}

// progressText says how far a document was read, "" where it was not.
func progressText(d controller.DocumentRow) string {
	switch {
	case d.Renewed():
		return words.T("toread.read_old", d.ReadPage)
	case d.ReadPage > 0:
		return words.T("toread.read_to", d.ReadPage)
	}
	return ""
}

// errands is the whole list of what is new, or to be read first.
type errands struct {
	still
	shell  *Shell
	scroll *widget.Scroll
	key    string
	all    func(controller.ToReadView) []controller.Errand
	rows   []controller.Errand
}

type errandsModel struct {
	Rows     []controller.Errand
	Language words.Language
}

func (v *errands) model() any {
	v.rows = coarseErrands(v.all(v.shell.act.ToRead()))
	return errandsModel{v.rows, words.Current()}
}

// coarseErrands leave out what of loading changes with every page.
func coarseErrands(all []controller.Errand) []controller.Errand {
	out := make([]controller.Errand, len(all))
	copy(out, all)
	for i := range out {
		out[i].Document = coarse([]controller.DocumentRow{out[i].Document})[0]
	}
	return out
}

func (v *errands) name() string { return words.T(v.key) }

func (v *errands) draw() fyne.CanvasObject {
	top := widget.NewTopBar(words.T("meetings.title"), v.shell.pop, words.T(v.key))
	var objects []fyne.CanvasObject
	for _, e := range v.rows {
		objects = append(objects, v.shell.errandCard(e))
	}
	if len(v.rows) == 0 {
		objects = append(objects, widget.EmptyState(icons.Check, words.T("toread.none"), "", nil))
	}
	return widget.Frame(top, body(v.scroll, listWidth, objects...), nil)
}
