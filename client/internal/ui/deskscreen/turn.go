package deskscreen

import (
	"slices"
	"strconv"
	"strings"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// turnDocument lets pages of a scan that lie the wrong way round be turned: all of them, or those that are named.
func (d *desk) turnDocument(item meeting.ItemID, doc controller.DocumentRow) {
	f := newForm(d.screen)
	pages := f.line(words.T("desk.turn_pages"), words.T("desk.turn_pages_hint"), "", false, 200)
	pages.check = func(s string) string {
		if _, ok := pageList(s, doc.Pages); !ok {
			return words.T("desk.turn_pages_bad", doc.Pages)
		}
		return ""
	}
	ways := []int{270, 90, 180}
	way := newOptions(false, []string{words.T("desk.turn_left"), words.T("desk.turn_right"), words.T("desk.turn_over")}, 1)
	f.rest = func() any { return way.index() }
	f.save = func() string {
		list, _ := pageList(pages.value(), doc.Pages)
		d.turn(f, item, doc, list, ways[max(way.index(), 0)])
		return ""
	}
	f.open(words.T("desk.turn"), words.T("desk.turn_do"), widget.NewText(doc.Title, widget.StyleHeading), way.object(words.T("desk.turn_way")), pages.field,
		widget.NewText(words.T("desk.turn_help"), widget.StyleSecondary))
}

// turn has the server turn pages, and notes the step once the new version is there.
func (d *desk) turn(f *form, item meeting.ItemID, doc controller.DocumentRow, pages []int, degrees int) {
	a := d.screen.actions
	before, _ := a.DocumentOf(d.id, item, doc.ID)
	f.busy(true)
	a.TurnPages(d.id, item, doc.ID, pages, degrees, d.screen.life.Answer(func(code string) {
		f.busy(false)
		if code != "" {
			f.fail(code)
			return
		}
		now, _ := a.DocumentOf(d.id, item, doc.ID)
		use := func(v meeting.Version) func() string {
			return func() string { return a.UseVersion(d.id, item, doc.ID, v) }
		}
		d.did(step{what: words.T("desk.did_turn", doc.Title), undo: use(before.Latest()), redo: use(now.Latest())})
		if !f.gone {
			f.away()
		}
		d.took("")
	}))
}

// pageList reads "1, 3-5": pages from 1 to last, in order, each once; none for an empty text, which means all. ok is false for
// anything else.
func pageList(s string, last int) (pages []int, ok bool) {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == ' ' }) {
		from, to, isSpan := strings.Cut(strings.ReplaceAll(part, "–", "-"), "-")
		a, err := strconv.Atoi(from)
		b := a
		if err == nil && isSpan {
			b, err = strconv.Atoi(to)
		}
		if err != nil || a < 1 || b < a || b > last {
			return nil, false
		}
		for n := a; n <= b; n++ {
			pages = append(pages, n)
		}
	}
	slices.Sort(pages)
	return slices.Compact(pages), true
}
