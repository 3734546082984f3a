package screen

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// sees tells whether an icon button with this word is on the screen.
func (s *stand) sees(word string) bool {
	return slices.ContainsFunc(uitest.Seen(s.window.Canvas()), func(t uitest.Thing) bool {
		return t.Kind == "widget.IconButton" && t.Text == word
	})
}

// At every width, size of type and count of pages the row of tools is seen whole, and what it leaves out is in the panel.
func TestToolsAreSeenWhole(t *testing.T) {
	step := float32(20)
	if uitest.UnderRace {
		step = 180
	}
	for _, language := range []words.Language{words.Vietnamese, words.English} {
		for _, scale := range []float32{1, 1.25, 1.5, 2} {
			o := en(theme.Light)
			o.Preferences.Language, o.Preferences.Scale = language, scale
			f := inside()
			f.reader.Hash = "" // the page itself is of no matter
			s := newStand(t, f, o, tablet)
			r := newReader(s.Shell, "m")
			s.push(r)
			r.fit(widget.FitPage) // its tool has the longest words
			for _, at := range [][2]int{{1, 9}, {11, 77}, {100, 1000}} {
				f.reader.Page, f.reader.Spot.Place.Page, f.reader.Pages = at[0], at[0], at[1]
				for width := float32(320); width <= 1400; width += step {
					s.window.Resize(fyne.NewSize(width, 900))
					s.Update()
					where := fmt.Sprintf("%v, %.0f %%, page %d/%d, %.0f wide", language, 100*scale, at[0], at[1], width)
					for _, what := range uitest.Cut(s.window.Canvas()) {
						t.Errorf("%s: %s", where, what)
					}
					if whole := s.sees(words.T("reader.pages")); !r.tiny && whole == r.shortRow() {
						t.Errorf("%s: all tools in the row %t, in the panel %t", where, whole, r.shortRow())
					}
				}
			}
		}
	}
}

// The words at the arrows go first; the tools stay in the row as long as there is room.
func TestArrowsLoseTheirWordsFirst(t *testing.T) {
	f := inside()
	f.reader.Page, f.reader.Spot.Place.Page, f.reader.Pages = 11, 11, 77
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.fit(widget.FitPage)
	for _, x := range []struct {
		width         float32
		arrows, tools bool
	}{{1280, true, true}, {800, false, true}, {360, false, false}} {
		s.window.Resize(fyne.NewSize(x.width, 1280))
		s.Update()
		if arrows, tools := s.sees(words.T("reader.next")), s.sees(words.T("reader.pages")); arrows != x.arrows || tools != x.tools {
			t.Errorf("%.0f wide: words at the arrows %t, all tools %t", x.width, arrows, tools)
		}
	}
}
