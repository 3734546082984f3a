package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/inkview"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// compare shows two versions of a document, turning together: beside each other, or one after the other where the screen is narrow.
// Page n of the newer one stands against page n and a shift of the older one: what was put in moves all pages behind it.
type compare struct {
	shell *Shell
	id    string
	item  meeting.ItemID
	doc   meeting.DocumentID

	title    string
	versions []controller.VersionRow
	status   controller.Status
	old, now *compareSide
	page     int // of the newer version
	shift    int
	showOld  bool // on a narrow screen
	setting  bool // where there is hardly room for a page: what stands against what is seen in its place
	scroll   *widget.Scroll
	// setScroll is what the page is set in, where there is hardly room for one.
	setScroll *widget.Scroll
}

// compareSide is one of the two versions.
type compareSide struct {
	page    *widget.PageView
	ink     *inkview.View
	version controller.VersionRow
	doc     Document
	shown   Document
	code    string
}

func newCompareSide(s *Shell) *compareSide {
	c := &compareSide{page: widget.NewPageView()}
	c.ink = inkview.New(c.page, inkview.Wishes{})
	c.page.SetPaper(s.chosen.Paper)
	return c
}

// newCompare compares a version with the one before it, from a page of it on.
func newCompare(s *Shell, id string, at controller.Spot) *compare {
	c := &compare{shell: s, id: id, item: at.Item, doc: at.Place.Document, page: max(at.Place.Page, 1), old: newCompareSide(s), now: newCompareSide(s), scroll: newScroll(), setScroll: newScroll()}
	_, all := s.act.Versions(id, c.item, c.doc)
	for i, v := range all {
		if i > 0 && (i == len(all)-1 || v.Number == at.Place.Version) {
			c.old.version, c.now.version = all[i-1], v
			break
		}
	}
	c.old.page.OnTurn = func(page int) { c.turnTo(page - c.shift) }
	c.now.page.OnTurn = c.turnTo
	c.old.page.OnMoved = func(part widget.PagePart) { c.now.page.ShowPart(part) }
	c.now.page.OnMoved = func(part widget.PagePart) { c.old.page.ShowPart(part) }
	return c
}

// several reports whether there are two versions to compare.
func several(versions []controller.VersionRow) bool { return len(versions) > 1 }

type compareModel struct {
	Title       string
	Versions    []controller.VersionRow
	Link        session.Link
	Page, Shift int
	Old, Now    compareSideModel
	ShowOld     bool
	Setting     bool
}

type compareSideModel struct {
	Number int
	Hash   string
	Code   string
}

func (c *compare) model() any {
	c.title, c.versions = c.shell.act.Versions(c.id, c.item, c.doc)
	c.status = c.shell.act.Meeting(c.id).Status
	for _, s := range []*compareSide{c.old, c.now} {
		c.fetch(s)
	}
	c.showInk(c.old, c.page+c.shift)
	c.showInk(c.now, c.page)
	return compareModel{c.title, c.versions, c.status.Link, c.page, c.shift, c.old.look(), c.now.look(), c.showOld, c.setting}
}

func (s *compareSide) look() compareSideModel {
	out := compareSideModel{Number: s.version.Number, Code: s.code}
	if s.doc != nil {
		out.Hash = s.doc.Hash()
	}
	return out
}

// fetch has a side's document at hand. What failed is tried again by the person.
func (c *compare) fetch(s *compareSide) {
	if s.version.Hash == "" || s.code != "" || s.doc != nil && s.doc.Hash() == s.version.Hash {
		return
	}
	s.doc, s.code = c.shell.act.Document(c.id, c.item, s.version.Hash)
}

func (c *compare) showInk(s *compareSide, page int) {
	s.ink.Show(c.shell.act.InkAt(c.id, controller.Spot{Item: c.item, Place: meeting.Place{Document: c.doc, Version: s.version.Number, Page: page}}))
}

func (c *compare) retry() {
	c.old.code, c.now.code = "", ""
	c.shell.redraw()
}

func (c *compare) name() string { return words.T("compare.title") }

func (c *compare) close() {
	for _, s := range []*compareSide{c.old, c.now} {
		s.ink.Close()
		s.page.Close()
	}
}

func (c *compare) back() bool {
	was := c.setting
	c.setting = false
	return was
}

func (c *compare) typed(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyRight, fyne.KeyPageDown:
		c.turnTo(c.page + 1)
	case fyne.KeyLeft, fyne.KeyPageUp:
		c.turnTo(c.page - 1)
	}
}

func (c *compare) typedRune(r rune) {
	c.now.page.TypedRune(r)
}

// last is the last page there is anything to see on.
func (c *compare) last() int { return max(c.now.version.Pages, c.old.version.Pages-c.shift) }

// first is the first one: below 1 where the older version has pages in front.
func (c *compare) first() int { return min(1, 1-c.shift) }

func (c *compare) turnTo(page int) {
	page = min(max(page, c.first()), c.last())
	if page != c.page {
		c.page = page
		c.shell.redraw()
	}
}

// move changes which page of the older version stands against the one at hand.
func (c *compare) move(by int) {
	if to := c.page + c.shift + by; to >= 1 && to <= c.old.version.Pages {
		c.shift += by
		c.shell.redraw()
	}
}

func (c *compare) draw() fyne.CanvasObject {
	var trailing []fyne.CanvasObject
	if chip := linkChip(c.status); chip != nil {
		trailing = append(trailing, chip)
	}
	if c.shell.tiny() {
		return c.drawTiny()
	}
	top := widget.NewTopBar(words.T("common.back"), c.shell.pop, dotted(words.T("compare.title"), c.title), trailing...)
	if !several(c.versions) || c.now.version.Hash == "" {
		return widget.Frame(top, body(c.scroll, listWidth, widget.EmptyState(icons.FileText, words.T("compare.one_version"), "", nil)), nil)
	}
	if code := c.old.code + c.now.code; code != "" {
		again := widget.NewButton(words.T("common.retry"), widget.Outlined, c.retry).WithIcon(icons.RefreshCw)
		return widget.Frame(top, body(c.scroll, listWidth, widget.EmptyState(icons.CloudOff, words.T("reader.failed"), words.Refusal(code), again)), nil)
	}
	c.show(c.old, c.page+c.shift)
	c.show(c.now, c.page)
	middle := newAdaptive(func(wide bool) fyne.CanvasObject {
		if wide {
			return widget.Halves(c.side(c.old, c.page+c.shift), c.side(c.now, c.page))
		}
		s, page := c.now, c.page
		if c.showOld {
			s, page = c.old, c.page+c.shift
		}
		chosen := 1
		if c.showOld {
			chosen = 0
		}
		choice := widget.NewChoice([]string{words.T("compare.old"), words.T("compare.new")}, chosen, func(i int) {
			c.showOld = i == 0
			c.shell.redraw()
		})
		return widget.Frame(widget.Inset(12, 4, choice), c.side(s, page), nil)
	})
	return widget.Frame(top, middle, widget.Column(0, widget.Divider(), widget.Inset(12, 4, c.tools())))
}

// show brings a side to its page; beyond its ends there is none.
func (c *compare) show(s *compareSide, page int) {
	if s.doc == nil || page < 1 || page > s.doc.Pages() {
		return
	}
	if s.shown != s.doc {
		s.shown = s.doc
		s.page.SetSource(s.doc, page)
		return
	}
	s.page.SetPage(page)
}

// side is a version with its name above.
func (c *compare) side(s *compareSide, page int) fyne.CanvasObject {
	said := words.T("compare.version", s.version.Number, words.ShortDate(s.version.At.Local()), page, s.version.Pages)
	head := widget.Inset(16, 6, widget.NewText(said, widget.StyleStrong))
	switch {
	case s.doc == nil:
		return widget.Frame(head, widget.EmptyState(icons.FileText, words.T("reader.loading"), "", nil), nil)
	case page < 1 || page > s.doc.Pages():
		head = widget.Inset(16, 6, widget.NewText(words.T("compare.version_short", s.version.Number, words.ShortDate(s.version.At.Local())), widget.StyleStrong))
		return widget.Frame(head, widget.EmptyState(icons.FileText, words.T("compare.no_page"), "", nil), nil)
	}
	return widget.Frame(head, s.page, nil)
}

// tools turn both, and move one against the other.
func (c *compare) tools() fyne.CanvasObject {
	back := widget.NewIconButton(icons.ChevronLeft, words.T("reader.previous"), func() { c.turnTo(c.page - 1) })
	back.SetEnabled(c.page > c.first())
	on := widget.NewIconButton(icons.ChevronRight, words.T("reader.next"), func() { c.turnTo(c.page + 1) })
	on.SetEnabled(c.page < c.last())
	out := []fyne.CanvasObject{back, on}
	for _, w := range c.shifts() {
		b := widget.NewIconButton(w.icon, words.T(w.key), w.do)
		b.SetEnabled(w.live)
		out = append(out, b)
	}
	return widget.Flow(theme.Gap, out...)
}

// shiftTool is a way to change what stands against what.
type shiftTool struct {
	icon icons.Name
	key  string
	live bool
	do   func()
}

// shifts move one version against the other, and change the older one for another where there is one.
func (c *compare) shifts() []shiftTool {
	out := []shiftTool{
		{icons.Minus, "compare.shift_back", c.page+c.shift > 1, func() { c.move(-1) }},
		{icons.Plus, "compare.shift_on", c.page+c.shift < c.old.version.Pages, func() { c.move(1) }},
	}
	i := c.number(c.old.version.Number)
	if i > 0 {
		out = append(out, shiftTool{icons.Undo2, "compare.older", true, func() { c.choose(c.versions[i-1]) }})
	}
	if i >= 0 && i+1 < len(c.versions) && c.versions[i+1].Number < c.now.version.Number {
		out = append(out, shiftTool{icons.Redo2, "compare.newer", true, func() { c.choose(c.versions[i+1]) }})
	}
	return out
}

// number is where a version stands in the list, -1 where it does not.
func (c *compare) number(version int) int {
	for i, v := range c.versions {
		if v.Number == version {
			return i
		}
	}
	return -1
}

// choose compares with another older version.
func (c *compare) choose(v controller.VersionRow) {
	c.old.version, c.old.doc, c.old.code, c.shift = v, nil, "", 0
	c.shell.redraw()
}

// compareButton leads from a document to its versions; nil where it has but one.
func (r *reader) compareButton() fyne.CanvasObject {
	if r.seen.Spot.IsZero() {
		return nil
	}
	if _, all := r.shell.act.Versions(r.id, r.seen.Spot.Item, r.seen.Spot.Place.Document); !several(all) {
		return nil
	}
	return widget.NewButton(words.T("compare.open"), widget.Outlined, func() {
		r.panel = noPanel
		r.shell.push(newCompare(r.shell, r.id, r.seen.Spot))
	}).WithIcon(icons.PanelLeft)
}
