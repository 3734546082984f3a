package screen

import (
	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// moreParts are the tools that are needed less often, and in a narrow row all of them.
func (r *reader) moreParts() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	if title := r.title(); r.phone() && title != "" {
		out = append(out, widget.NewText(title, widget.StyleStrong))
	}
	if r.tiny {
		out = append(out, widget.Flow(8, r.pen.switcher().Beside()))
	}
	out = append(out, r.tabs.list()...)
	out = append(out, r.text.button())
	if b := r.compareButton(); b != nil {
		out = append(out, b)
	}
	short := r.shortRow()
	if short {
		out = append(out,
			widget.NewButton(words.T("reader.pages"), widget.Outlined, func() { r.open(pagesPanel) }).WithIcon(icons.LayoutGrid),
			widget.NewButton(words.T("reader.search"), widget.Outlined, r.openSearch).WithIcon(icons.Search),
			r.fitButton())
	}
	out = append(out, r.bookmarkButton(), widget.NewButton(words.T("ink.my_notes"), widget.Outlined, func() { r.open(notesPanel) }).WithIcon(icons.List))
	out = append(out, r.retraceButtons()...)
	out = append(out, r.layouts(), r.turnButton(), labelled("reader.paper", r.papers()),
		widget.NewButton(words.T("help.inside"), widget.Outlined, r.shell.openHelp).WithIcon(icons.Info))
	if short {
		out = append(out, widget.Inset(0, 8, widget.Divider()))
		out = append(out, r.presentParts()...)
	}
	return out
}

func (r *reader) fitButton() fyne.CanvasObject {
	fit, key, mode := icons.MoveHorizontal, "reader.fit_width", widget.FitWidth
	if r.page.Fit() == widget.FitWidth {
		fit, key, mode = icons.Minimize, "reader.fit_page", widget.FitPage
	}
	return widget.NewButton(words.T(key), widget.Outlined, func() {
		r.panel = noPanel
		r.fit(mode)
	}).WithIcon(fit)
}

// bookmarkButton marks the page at hand, or takes its mark away.
func (r *reader) bookmarkButton() fyne.CanvasObject {
	key := "reader.mark_page"
	if r.seen.Bookmarked {
		key = "reader.unmark_page"
	}
	b := widget.NewButton(words.T(key, r.seen.Page), widget.Outlined, r.bookmark).WithIcon(icons.Bookmark)
	b.SetEnabled(!r.seen.Spot.IsZero())
	return b
}

func (r *reader) bookmark() {
	r.shell.refused(r.shell.act.ToggleBookmark(r.id))
	r.shell.redraw()
}

// retraceButtons lead to the places read before and back again.
func (r *reader) retraceButtons() []fyne.CanvasObject {
	if !r.seen.CanGoBack && !r.seen.CanGoForward {
		return nil
	}
	back := widget.NewButton(words.T("reader.go_back"), widget.Outlined, r.goBack).WithIcon(icons.Undo2)
	back.SetEnabled(r.seen.CanGoBack)
	on := widget.NewButton(words.T("reader.go_forward"), widget.Outlined, r.goForward).WithIcon(icons.Redo2)
	on.SetEnabled(r.seen.CanGoForward)
	return []fyne.CanvasObject{widget.Flow(8, back, on)}
}

func (r *reader) goBack()    { r.shell.refused(r.shell.act.GoBack(r.id)) }
func (r *reader) goForward() { r.shell.refused(r.shell.act.GoForward(r.id)) }

// papers is the choice of how the page's own colours are shown, on all documents of this device.
func (r *reader) papers() fyne.CanvasObject {
	names := []string{words.T("reader.paper_white"), words.T("reader.paper_cream"), words.T("reader.paper_night")}
	return widget.NewChoice(names, int(r.page.Paper()), func(i int) {
		p := r.shell.chosen
		p.Paper = widget.Paper(i)
		r.page.SetPaper(p.Paper)
		r.shell.prefer(p)
	})
}

// narrowBar says that the window is too narrow for more than the page and its bars.
func (s *Shell) narrowBar() bool {
	return s.window.Canvas().Size().Width < scaledBar()
}
