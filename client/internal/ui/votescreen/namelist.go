package votescreen

import (
	"strings"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/text"
)

// perPart is how many people a list shows at a time: a list of a thousand is built in parts, so that no part keeps the screen
// waiting, and a field finds a name in all of it.
const perPart = 50

// longestName bounds what can be looked for, in letters.
const longestName = 120

// listed is somebody in a list; objects makes his lines when they are to be seen.
type listed struct {
	name    string
	objects func() []fyne.CanvasObject
}

// nameList is a list of people that may be long. It keeps its place, and what is looked for, while what is around it is built anew.
type nameList struct {
	rows  []listed
	folds []string
	find  *widget.TextField
	part  *pane.Part
	gap   float32
	from  int
	built int
}

func newNameList(gap float32) *nameList { return &nameList{gap: gap} }

// object shows the list with these rows; a short one is all there is to it.
func (p *nameList) object(rows []listed) fyne.CanvasObject {
	if len(rows) <= perPart {
		p.find, p.from = nil, 0
		return widget.Column(p.gap, linesOf(rows)...)
	}
	p.rows, p.folds = rows, make([]string, len(rows))
	for i, r := range rows {
		p.folds[i] = text.Fold(r.name)
	}
	if p.find == nil {
		p.find, p.part = widget.NewTextField("", words.T("desk.find_name")), pane.NewPart()
		p.find.OnChanged = func(string) { p.from = 0; p.show() }
	}
	p.show()
	return widget.Column(theme.Gap, p.find, p.part.Object())
}

func linesOf(rows []listed) (out []fyne.CanvasObject) {
	for _, r := range rows {
		out = append(out, r.objects()...)
	}
	return out
}

// found are the rows with the words that are looked for.
func (p *nameList) found() []listed {
	what := []rune(text.Fold(p.find.Text()))
	parts := strings.Fields(string(what[:min(len(what), longestName)]))
	if len(parts) == 0 {
		return p.rows
	}
	var out []listed
	for i, r := range p.rows {
		has := true
		for _, w := range parts {
			has = has && strings.Contains(p.folds[i], w)
		}
		if has {
			out = append(out, r)
		}
	}
	return out
}

// show builds the part that is to be seen.
func (p *nameList) show() {
	found := p.found()
	if p.from >= len(found) {
		p.from = 0
	}
	p.built++
	p.part.Show(p.built, func() fyne.CanvasObject {
		if len(found) == 0 {
			return widget.NewText(words.T("signin.no_name"), widget.StyleSecondary)
		}
		to := min(p.from+perPart, len(found))
		objects := []fyne.CanvasObject{widget.Column(p.gap, linesOf(found[p.from:to])...)}
		if len(found) > perPart {
			objects = append([]fyne.CanvasObject{p.turning(to, len(found))}, append(objects, p.turning(to, len(found)))...)
		}
		return widget.Column(theme.Gap, objects...)
	})
	if c := pane.Canvas(p.part.Object()); c != nil {
		c.Content().Refresh() // what is below moves
	}
}

// turning says which part is seen and leads to the others.
func (p *nameList) turning(to, all int) fyne.CanvasObject {
	turn := func(from int) func() { return func() { p.from = from; p.show() } }
	before := widget.NewButton(words.T("list.before"), widget.Outlined, turn(max(0, p.from-perPart))).WithIcon(icons.ChevronLeft)
	before.SetEnabled(p.from > 0)
	next := widget.NewButton(words.T("list.next"), widget.Outlined, turn(to)).WithIcon(icons.ChevronRight)
	next.SetEnabled(to < all)
	return widget.Flow(8, widget.NewText(words.T("list.part", words.Number(p.from+1), words.Number(to), words.Number(all)), widget.StyleStrong), before, next)
}
