package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// maxTabs is how many documents of a meeting are open at once: what stands beside each other with its whole title. The one that was
// not looked at for longest goes when another one is opened.
const maxTabs = 6

// openTab is a document that is open: where it is read, and how. Its pages are in memory only while it is the one shown.
type openTab struct {
	spot  controller.Spot
	stand widget.Stand
	seen  int // when it was looked at last, by count
}

func (t openTab) is(spot controller.Spot) bool {
	return t.spot.Item == spot.Item && t.spot.Place.Document == spot.Place.Document
}

// openTabs are the documents of one meeting that are open, in the order of their opening. They stay when one leaves the reader.
type openTabs struct {
	all   []openTab
	count int
}

// visit notes where one reads.
func (t *openTabs) visit(spot controller.Spot) {
	if spot.IsZero() {
		return
	}
	t.count++
	if at := t.find(spot); at >= 0 {
		t.all[at].spot, t.all[at].seen = spot, t.count
		return
	}
	t.all = append(t.all, openTab{spot: spot, seen: t.count})
	if len(t.all) > maxTabs {
		oldest := 0
		for i, o := range t.all {
			if o.seen < t.all[oldest].seen {
				oldest = i
			}
		}
		t.remove(oldest)
	}
}

// find gives the number of a document's tab, -1 where it is not open.
func (t *openTabs) find(spot controller.Spot) int {
	for i, o := range t.all {
		if o.is(spot) {
			return i
		}
	}
	return -1
}

func (t *openTabs) remove(at int) { t.all = append(t.all[:at:at], t.all[at+1:]...) }

// keep drops the documents that are not to be read any more.
func (t *openTabs) keep(has func(controller.Spot) bool) {
	out := t.all[:0:0]
	for _, o := range t.all {
		if has(o.spot) {
			out = append(out, o)
		}
	}
	t.all = out
}

// left notes how a document was being read.
func (t *openTabs) left(spot controller.Spot, stand widget.Stand) {
	if at := t.find(spot); at >= 0 {
		t.all[at].stand = stand
	}
}

// tabsOf gives the documents that this person has open in a meeting.
func (s *Shell) tabsOf(id string) *openTabs {
	if s.tabs == nil {
		s.tabs = map[string]*openTabs{}
	}
	t := s.tabs[id]
	if t == nil {
		t = &openTabs{}
		s.tabs[id] = t
	}
	return t
}

// tabLook is what of a tab can be seen.
type tabLook struct {
	Spot      controller.Spot
	Title     string
	Current   bool
	Presented bool
}

// tabStrip shows the open documents of a reader.
type tabStrip struct {
	reader *reader
	open   *openTabs
	at     controller.Spot // of the document that the page view has
	gone   controller.Spot // of the document that was closed, until another one is at hand
	shown  []tabLook
}

func newTabStrip(r *reader) *tabStrip { return &tabStrip{reader: r, open: r.shell.tabsOf(r.id)} }

// look notes where one reads and lists what is open; nothing while it is but one document.
func (t *tabStrip) look() []tabLook {
	r := t.reader
	if was := (openTab{spot: t.gone}); t.gone.IsZero() || !was.is(r.seen.Spot) {
		t.gone = controller.Spot{}
		t.open.visit(r.seen.Spot)
	}
	if t.shown = nil; len(t.open.all) < 2 {
		return nil
	}
	titles := map[controller.Spot]string{}
	for _, item := range r.shell.act.Meeting(r.id).Items {
		for _, d := range item.Documents {
			titles[controller.Spot{Item: item.ID, Place: meeting.Place{Document: d.ID}}] = d.Title
		}
	}
	name := func(s controller.Spot) (string, bool) {
		title, ok := titles[controller.Spot{Item: s.Item, Place: meeting.Place{Document: s.Place.Document}}]
		return title, ok
	}
	t.open.keep(func(s controller.Spot) bool { _, ok := name(s); return ok })
	for _, o := range t.open.all {
		title, _ := name(o.spot)
		t.shown = append(t.shown, tabLook{o.spot, title, o.is(r.seen.Spot), o.is(r.seen.Presenting.Spot)})
	}
	if len(t.shown) < 2 {
		t.shown = nil
	}
	return t.shown
}

// leave keeps how the page view's document was being read.
func (t *tabStrip) leave() {
	if !t.at.IsZero() {
		t.open.left(t.at, t.reader.page.Stand())
	}
}

// enter shows the document that has come as it was being read before.
func (t *tabStrip) enter() {
	t.at = t.reader.seen.Spot
	if i := t.open.find(t.at); i >= 0 {
		t.reader.page.Resume(t.open.all[i].stand)
	}
}

// choose goes to an open document, at the page where it was left. The presented one follows the presenter again.
func (t *tabStrip) choose(l tabLook) {
	r := t.reader
	r.panel = noPanel
	switch at := l.Spot.Place; {
	case l.Current:
	case l.Presented:
		r.shell.act.BackToPresenter(r.id)
	default:
		if code := r.shell.act.OpenDocument(r.id, l.Spot.Item, at.Document, at.Version, at.Page); code != "" {
			r.shell.refused(code)
		}
	}
	r.shell.redraw()
}

// shut closes a document. Where it is the one at hand, the one that was looked at before it comes.
func (t *tabStrip) shut(l tabLook) {
	r := t.reader
	if at := t.open.find(l.Spot); at >= 0 {
		t.open.remove(at)
	}
	if l.Current {
		var next *tabLook
		for i := range t.shown {
			o := &t.shown[i]
			if !o.Current && (next == nil || t.seen(o.Spot) > t.seen(next.Spot)) {
				next = o
			}
		}
		if next != nil {
			t.at, t.gone = controller.Spot{}, l.Spot
			t.choose(*next)
			return
		}
	}
	r.shell.redraw()
}

func (t *tabStrip) seen(s controller.Spot) int {
	if i := t.open.find(s); i >= 0 {
		return t.open.all[i].seen
	}
	return 0
}

// rows are the open documents one by one, each to be chosen or closed.
func (t *tabStrip) rows() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, l := range t.shown {
		mark, subtitle := widget.Mark{Icon: icons.FileText}, ""
		if l.Presented {
			mark, subtitle = widget.Mark{Icon: icons.Presentation}, words.T("reader.tab_presented")
		}
		card := widget.NewCard(widget.CardData{Mark: mark, Title: l.Title, Subtitle: subtitle, Compact: true, Selected: l.Current}, func() { t.choose(l) })
		out = append(out, widget.Row(0, 0, card, widget.NewIconButton(icons.X, "", func() { t.shut(l) })))
	}
	return out
}

// strip has the open documents beside each other, where there is room; nil where there are not several.
func (t *tabStrip) strip() fyne.CanvasObject {
	if len(t.shown) < 2 || t.reader.shell.narrowBar() {
		return nil
	}
	return widget.Column(0, widget.Equal(420, t.rows()...), widget.Divider())
}

// list is the same for narrow screens, among the tools.
func (t *tabStrip) list() []fyne.CanvasObject {
	if len(t.shown) < 2 || !t.reader.shell.narrowBar() {
		return nil
	}
	return append([]fyne.CanvasObject{widget.NewText(words.T("reader.open_documents"), widget.StyleStrong)}, t.rows()...)
}
