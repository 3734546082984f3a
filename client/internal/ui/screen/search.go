package screen

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/mainthread"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

const (
	// typingPause is how long nothing is typed until what was typed is looked for.
	typingPause = 450 * time.Millisecond
	// hitsShown is how many hits are listed at first, and how many more each time.
	hitsShown = 40
	// mostScans is how many documents without text are named.
	mostScans = 6
)

// finder looks for words in a meeting's documents and lists what was found. The reader has it beside the page, the agenda as a
// screen of its own; both show the same search.
type finder struct {
	shell *Shell
	id    string
	// hash is the content at hand, "" where there is none: then all documents are searched.
	hash func() string
	// open shows a hit, by its index among all.
	open func(index int, hit controller.SearchHit)

	field *widget.TextField
	all   bool // in all documents
	most  int  // hits listed
	timer *time.Timer
	seen  controller.SearchView
	at    int // index of the hit at hand, -1: none
}

func newFinder(s *Shell, id string, hash func() string, open func(int, controller.SearchHit)) *finder {
	f := &finder{shell: s, id: id, hash: hash, open: open, most: hitsShown, at: -1}
	f.field = widget.NewTextField("", words.T("search.hint"))
	f.look()
	f.all = f.seen.Scope.Hash == ""
	f.field.SetText(f.seen.Typed)
	f.field.OnChanged = func(string) { f.later() }
	f.field.OnSubmitted = func(string) { f.search() }
	f.field.OnCancelled = func() {
		s.window.Canvas().Unfocus()
		s.goBack()
	}
	return f
}

// look takes over what was found so far.
func (f *finder) look() controller.SearchView {
	f.seen = f.shell.act.Found(f.id)
	if f.at >= f.seen.Total {
		f.at = -1
	}
	return f.seen
}

func (f *finder) close() {
	if f.timer != nil {
		f.timer.Stop()
	}
}

// later searches when the typing rests.
func (f *finder) later() {
	f.close()
	f.timer = time.AfterFunc(typingPause, func() { mainthread.Do(f.search) })
}

func (f *finder) scope() controller.Scope {
	if f.all {
		return controller.Scope{}
	}
	return controller.Scope{Hash: f.hash()}
}

// search looks for what is typed, unless that was done.
func (f *finder) search() {
	f.close()
	in := f.scope()
	if f.field.Text() == f.seen.Typed && in == f.seen.Scope && f.seen.Code == "" {
		return
	}
	f.most, f.at = hitsShown, -1
	if f.shell.act.Search(f.id, in, f.field.Text()) != "" {
		f.field.SetError(words.T("search.invalid"))
	}
	f.shell.Update()
}

// end forgets the search.
func (f *finder) end() {
	f.field.SetText("")
	f.close()
	f.at = -1
	f.shell.act.Search(f.id, controller.Scope{}, "")
	f.shell.Update()
}

func (f *finder) focus() { f.shell.window.Canvas().Focus(f.field.Focusable()) }

// step goes to another hit, from the last on to the first.
func (f *finder) step(by int) {
	hits := f.seen.Hits()
	if len(hits) == 0 {
		return
	}
	n := len(hits)
	if f.at < 0 && by < 0 {
		f.at = 0
	}
	f.take(((f.at+by)%n+n)%n, hits)
}

func (f *finder) take(index int, hits []controller.SearchHit) {
	f.at = index
	f.shell.window.Canvas().Unfocus() // keys are the page's now
	f.open(index, hits[index])
}

// draw is the field and what was found.
func (f *finder) draw() []fyne.CanvasObject {
	out := []fyne.CanvasObject{f.field}
	if f.hash() != "" {
		at := map[bool]int{false: 0, true: 1}[f.all]
		out = append(out, widget.NewChoice([]string{words.T("search.here"), words.T("search.all")}, at, func(i int) {
			f.all = i == 1
			f.search()
		}))
	}
	return append(out, f.results()...)
}

func (f *finder) results() []fyne.CanvasObject {
	v := f.seen
	if v.Typed == "" {
		return []fyne.CanvasObject{widget.NewText(words.T("search.help"), widget.StyleSecondary)}
	}
	out := f.notes()
	hits, index := v.Hits(), 0
	for _, g := range v.Groups {
		if index >= f.most {
			break
		}
		out = append(out, widget.Inset(0, 4, widget.Column(2, widget.NewText(dotted(words.T("agenda.item", g.Number), g.Title), widget.StyleStrong),
			widget.NewText(words.N("search.hits", len(g.Hits)), widget.StyleSecondary))))
		var rows []fyne.CanvasObject
		for _, h := range g.Hits {
			if index >= f.most {
				break
			}
			n := index
			index++
			rows = append(rows, widget.NewExcerpt(strconv.Itoa(h.Spot.Place.Page), h.Before, h.Match, h.After, n == f.at, func() { f.take(n, hits) }))
		}
		out = append(out, widget.Column(0, rows...))
	}
	if index < v.Total {
		out = append(out, widget.NewButton(words.T("search.more", v.Total-index), widget.Outlined, func() {
			f.most += hitsShown
			f.shell.redraw()
		}))
	}
	return out
}

// notes say how the search goes, and what it could not look at.
func (f *finder) notes() []fyne.CanvasObject {
	v := f.seen
	var out []fyne.CanvasObject
	say := func(text string) { out = append(out, widget.NewText(text, widget.StyleSecondary)) }
	switch {
	case v.Code != "":
		out = append(out, widget.NewBanner(widget.BannerWrong, words.Refusal(v.Code), words.T("common.retry"), func() {
			f.seen.Typed = ""
			f.search()
		}))
	case v.Busy && v.Total == 0:
		say(words.T("search.busy"))
	case v.Total == 0:
		out = append(out, widget.NewText(words.T("search.none", v.Typed), widget.StyleStrong))
		if v.Exact {
			say(words.T("search.none_exact"))
		}
	case v.More:
		say(words.T("search.first", v.Total))
	default:
		say(words.N("search.hits_in", v.Total, words.N("agenda.documents", len(v.Groups))))
	}
	if v.Kept {
		text := words.T("search.kept")
		if v.Missing > 0 {
			text += " " + words.N("search.missing", v.Missing)
		}
		out = append(out, widget.NewBanner(widget.BannerOffline, text, "", nil))
	}
	if v.Unread > 0 {
		say(words.N("search.unread", v.Unread))
	}
	for i, s := range v.Scans {
		if i == mostScans {
			say(words.N("search.more_scans", len(v.Scans)-i))
			break
		}
		text := words.T("search.scan", s.Title)
		if !s.Whole {
			text = words.N("search.scanned_pages", s.Scanned, s.Title)
		}
		out = append(out, widget.Row(8, 1, widget.NewIcon(icons.ScanText, theme.Notice, 24), widget.NewText(text, widget.StyleSecondary)))
	}
	return out
}

// bar leads from hit to hit while a page is read; nil while there are none.
func (f *finder) bar(narrow bool) fyne.CanvasObject {
	if f.seen.Total == 0 {
		return nil
	}
	text := words.T("search.at", f.at+1, f.seen.Total)
	if f.at < 0 {
		text = words.N("search.hits", f.seen.Total)
	}
	if !narrow {
		text = "“" + f.seen.Typed + "” · " + text
	}
	word := func(key string) string {
		if narrow {
			return ""
		}
		return words.T(key)
	}
	return widget.Row(4, 1,
		widget.NewIconButton(icons.ArrowUp, word("search.previous"), func() { f.step(-1) }).Beside(), widget.NewText(text, widget.StyleStrong.Centered()),
		widget.NewIconButton(icons.ArrowDown, word("search.next"), func() { f.step(1) }).Beside(),
		widget.NewIconButton(icons.X, word("search.end"), f.end).Beside())
}

// searchScreen searches all documents of a meeting.
type searchScreen struct {
	still
	finder *finder
	scroll *widget.Scroll
}

func newSearch(s *Shell, id string) *searchScreen {
	v := &searchScreen{scroll: newScroll()}
	v.finder = newFinder(s, id, func() string { return "" }, func(index int, h controller.SearchHit) {
		at := h.Spot.Place
		if code := s.act.OpenDocument(id, h.Spot.Item, at.Document, at.Version, at.Page); code != "" {
			s.refused(code)
			return
		}
		r := newReader(s, id)
		r.find.at = index
		s.push(r)
	})
	v.finder.all = true
	return v
}

type searchModel struct {
	View controller.SearchView
	At   int
	Most int
}

func (v *searchScreen) model() any {
	return searchModel{v.finder.look(), v.finder.at, v.finder.most}
}

func (v *searchScreen) name() string { return words.T("search.title") }
func (v *searchScreen) close()       { v.finder.close() }

func (v *searchScreen) typedRune(r rune) {
	v.finder.focus()
	v.finder.field.Focusable().TypedRune(r)
}

func (v *searchScreen) draw() fyne.CanvasObject {
	top := widget.NewTopBar(words.T("agenda.title"), v.finder.shell.pop, words.T("search.title"))
	return widget.Frame(top, body(v.scroll, listWidth, v.finder.draw()...), nil)
}
