package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/session"
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
	r.page.SetTurn(r.shell.act.DocumentTurn(r.hash))
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

// turnButton turns the document by a quarter, for this device alone.
func (r *reader) turnButton() fyne.CanvasObject {
	b := widget.NewButton(words.T("reader.rotate"), widget.Outlined, func() {
		r.shell.act.TurnDocument(r.hash)
		r.shell.redraw()
	}).WithIcon(icons.RotateCw)
	b.SetEnabled(r.doc != nil)
	return b
}

// partSeen reports whether enough of the part that the presenter looks at is in view.
func (r *reader) partSeen() bool {
	p := r.seen.Part
	if p == nil || r.doc == nil {
		return true
	}
	_, h := r.doc.PageSize(r.seen.Page)
	seen := r.page.VisiblePart()
	top := float32(p.Top) * h
	return top >= seen.Y-0.05*h && top+min(float32(p.Height), 0.2)*h <= seen.Y+seen.H+0.05*h
}

// movedOwn hears that this person moved the page: from then on the presenter's part of it is offered, and not gone to.
func (r *reader) movedOwn() {
	r.tellPart()
	if r.seen.Presenting.IsMe || !r.seen.Following {
		return
	}
	was := r.offered
	r.own, r.offered = true, !r.partSeen()
	if was != r.offered {
		r.shell.refresh()
	}
}

// goToPart shows the part that the presenter looks at, at the size at hand, and goes on with it.
func (r *reader) goToPart() {
	r.own, r.offered = false, false
	r.part = session.Part{}
	if p := r.seen.Part; p != nil && r.doc != nil {
		_, h := r.doc.PageSize(r.seen.Page)
		r.page.ScrollTo(float32(p.Top) * h)
		r.part = *p
	}
	r.shell.refresh()
}

// partOffer leads to the part that the presenter looks at; nil where it is in view, or gone to by itself.
func (r *reader) partOffer() fyne.CanvasObject {
	if !r.offered || r.seen.Part == nil || !r.seen.Following {
		return nil
	}
	return widget.NewIconButton(icons.Eye, words.T("reader.presenter_part"), r.goToPart).Beside()
}

// partButton lets the presenter choose whether the others see which part of the page he looks at.
func (r *reader) partButton() fyne.CanvasObject {
	key := "presenter.hide_part"
	if r.alone {
		key = "presenter.show_part"
	}
	return widget.NewButton(words.T(key), widget.Outlined, func() {
		if !r.alone {
			r.shell.act.ShowPart(r.id, 0, 1) // the whole page
		}
		r.alone = !r.alone
		r.tellPart()
		r.shell.redraw()
	}).WithIcon(icons.Eye)
}

// followPart goes where the presenter is on the page, for those who read the page's width and did not move it themselves; to the
// others it is offered.
func (r *reader) followPart() {
	p := r.seen.Part
	if p == nil || *p == r.part || r.doc == nil || r.seen.Presenting.IsMe {
		return
	}
	r.part = *p
	if r.own || r.page.Fit() == widget.FitFree {
		r.offered = !r.partSeen()
		return
	}
	if r.page.Fit() == widget.FitWidth {
		_, h := r.doc.PageSize(r.seen.Page)
		r.page.ScrollTo(float32(p.Top) * h)
	}
}
