package deskscreen

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
)

// mostSuggested bounds how many suggestions stand below a field.
const mostSuggested = 4

// suggestion is a word that can be taken with a tap. It is no stop of the Tab key: who types goes on to the next field.
type suggestion struct {
	fynewidget.BaseWidget
	chip *widget.Chip
	take func()
}

func newSuggestion(text string, take func()) *suggestion {
	s := &suggestion{chip: widget.NewChip(text, widget.ChipNeutral), take: take}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped implements fyne.Tappable.
func (s *suggestion) Tapped(*fyne.PointEvent) { s.take() }

// NaturalWidth is the width at which the word stands on one line.
func (s *suggestion) NaturalWidth() float32 { return s.chip.NaturalWidth() }

// HeightFor implements widget.Wrapping.
func (s *suggestion) HeightFor(width float32) float32 {
	return max(theme.Scaled(theme.Target), s.chip.HeightFor(width))
}

// CreateRenderer implements fyne.Widget.
func (s *suggestion) CreateRenderer() fyne.WidgetRenderer { return suggestionRenderer{s} }

type suggestionRenderer struct{ *suggestion }

func (r suggestionRenderer) Destroy()                     {}
func (r suggestionRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.chip} }
func (r suggestionRenderer) Refresh()                     { r.chip.Refresh() }

func (r suggestionRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.chip.MinSize().Width, r.HeightFor(max(r.Size().Width, r.chip.MinSize().Width)))
}

func (r suggestionRenderer) Layout(size fyne.Size) {
	h := r.chip.HeightFor(size.Width)
	r.chip.Move(fyne.NewPos(0, (size.Height-h)/2))
	r.chip.Resize(fyne.NewSize(size.Width, h))
}

// suggest has the field offer words from a list while it is being written in. The list is not a limit: anything can be typed.
func (f *form) suggest(in *input, list []string) {
	in.offers = pane.NewPart()
	show := func() {
		var found []string
		if f.writing == in {
			found = fitting(list, in.field.Text())
		}
		built := in.offers.Show(found, func() fyne.CanvasObject {
			var chips []fyne.CanvasObject
			for _, text := range found {
				chips = append(chips, newSuggestion(text, func() {
					in.field.SetText(text)
					pane.Focus(in.field, in.field.Focusable())
				}))
			}
			if len(chips) == 0 {
				return nil
			}
			return widget.Flow(8, chips...)
		})
		if built && f.refresh != nil {
			f.refresh()
		}
	}
	in.show = show
	in.field.OnChanged = func(string) {
		show()
		f.changed()
	}
}

// wrote notes which field has the keyboard: only that one offers words.
func (f *form) wrote(in *input) {
	before := f.writing
	f.writing = in
	if before != in {
		f.keep()
	}
	for _, x := range []*input{before, in} {
		if x != nil && x.show != nil {
			x.show()
		}
	}
}

// object is the field, with what it offers below it.
func (in *input) object() fyne.CanvasObject {
	if in.offers == nil {
		return in.field
	}
	return widget.Column(0, in.field, in.offers.Object())
}

// fitting finds the first few of a list in which words begin as the typed ones do, with or without accents; those that begin with
// all that is typed come first. What is typed already is not offered.
func fitting(list []string, typed string) []string {
	want := plain(strings.TrimSpace(typed))
	parts := strings.Fields(want)
	var begins, holds []string
	for _, s := range list {
		have := plain(s)
		switch {
		case s == strings.TrimSpace(typed):
			return nil
		case strings.HasPrefix(have, want):
			begins = append(begins, s)
		case !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(" "+have, " "+p) }):
			holds = append(holds, s)
		}
	}
	all := append(begins, holds...)
	return all[:min(len(all), mostSuggested)]
}

// used puts what the room's people have in a field before what is usual, the most frequent first.
func used(people []controller.PersonRow, of func(controller.PersonRow) string, usual []string) []string {
	count := map[string]int{}
	var out []string
	for _, p := range people {
		if s := of(p); s != "" {
			if count[s] == 0 {
				out = append(out, s)
			}
			count[s]++
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return count[b] - count[a] })
	for _, s := range usual {
		if count[s] == 0 {
			out = append(out, s)
		}
	}
	return out
}

func unitOf(p controller.PersonRow) string     { return p.Unit }
func positionOf(p controller.PersonRow) string { return p.Position }
