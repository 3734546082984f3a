package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/inkview"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// twoFrom is the width at 100 % from which on two pages side by side are large enough to be read.
const twoFrom = 900

// others is what is written on the pages beside the one at hand: it is seen there, and written only on the page at hand.
type others map[*widget.PageView]*inkview.View

// lay has the pages lie as this person chose, where the window has room for it.
func (r *reader) lay() {
	l := r.shell.chosen.Layout
	if l == widget.TwoPages && r.shell.chosen.Cover {
		l = widget.TwoPagesCover
	}
	if l != widget.Rolling && !r.roomForTwo() {
		l = widget.OnePage
	}
	r.page.SetLast(r.seen.Last)
	r.page.SetLayout(l)
}

// roomForTwo reports whether two pages side by side are large enough to be read.
func (r *reader) roomForTwo() bool {
	size := r.shell.window.Canvas().Size()
	return size.Width >= theme.Scaled(twoFrom) && size.Width > size.Height
}

// beginLeaves has ink and marks shown on the pages beside the one at hand.
func (r *reader) beginLeaves() {
	r.others = others{}
	r.page.OnLeaf = func(l *widget.PageView) { r.others[l] = inkview.New(l, inkview.Wishes{}) }
	r.page.OnLeaves = func() {
		r.mark()
		r.showOthers()
	}
}

// showOthers shows what is written on the pages beside the one at hand.
func (r *reader) showOthers() {
	for _, l := range r.page.Leaves() {
		m := r.pen.seen
		m.Target.Page, m.Living, m.Laser = l.Page(), nil, nil
		r.others[l].Show(m)
	}
}

func (r *reader) closeLeaves() {
	for _, v := range r.others {
		v.Close()
	}
}

// layouts is the choice of how the pages lie.
func (r *reader) layouts() fyne.CanvasObject {
	all := []widget.Layout{widget.OnePage, widget.Rolling}
	names := []string{words.T("reader.layout_one"), words.T("reader.layout_rolling")}
	if r.roomForTwo() {
		all, names = append(all, widget.TwoPages), append(names, words.T("reader.layout_two"))
	}
	at := 0
	for i, l := range all {
		if l == r.shell.chosen.Layout {
			at = i
		}
	}
	choice := widget.NewChoice(names, at, func(i int) {
		p := r.shell.chosen
		p.Layout = all[i]
		r.shell.prefer(p)
		r.lay()
		if p.Layout == widget.TwoPages {
			r.page.SetFit(widget.FitPage)
		}
		r.shell.redraw()
	})
	parts := []fyne.CanvasObject{labelled("reader.layout", choice)}
	if r.shell.chosen.Layout == widget.TwoPages && r.roomForTwo() {
		key, icon := "reader.cover_alone", icons.BookOpen
		if r.shell.chosen.Cover {
			key = "reader.cover_paired"
		}
		parts = append(parts, widget.NewButton(words.T(key), widget.Outlined, func() {
			p := r.shell.chosen
			p.Cover = !p.Cover
			r.shell.prefer(p)
			r.lay()
			r.shell.redraw()
		}).WithIcon(icon))
	}
	return widget.Column(theme.Gap, parts...)
}

// pageNumbers tells which pages are at hand, of how many.
func (r *reader) pageNumbers() string {
	first, last := r.page.Turned()
	if first < last && r.doc != nil {
		return words.T("reader.pages_short", first, last, r.seen.Pages)
	}
	return words.T("reader.page_short", r.seen.Page, r.seen.Pages)
}

// turn goes to the page before or after; pages side by side are turned together.
func (r *reader) turn(delta int) {
	if first, last := r.page.Turned(); r.doc != nil && first < last {
		r.shell.refused(r.shell.act.ShowPage(r.id, r.page.After(delta)))
		return
	}
	r.shell.refused(r.shell.act.TurnPage(r.id, delta))
}
