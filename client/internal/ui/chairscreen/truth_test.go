package chairscreen

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

func says(c fyne.Canvas, text string) bool {
	return slices.ContainsFunc(found[*widget.Text](c), func(x *widget.Text) bool { return strings.Contains(x.Text(), text) })
}

// Of an item with closed doors the room's screen shows neutral words: the panel says so, and what those inside see.
func TestThePanelTellsWhatTheScreenHides(t *testing.T) {
	v := sitting()
	v.Items[1].Restricted, v.ScreenHides = true, true
	on(t, v, func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		what := words.T("agenda.presenting_what", "Tờ trình 12/TTr-STC", 4, 27)
		if !says(c, words.T("state.restricted_now")) || !says(c, words.T("chair.audience_sees", what)) {
			t.Error("the panel does not tell what the screen shows, or what those inside see")
		}
		if slices.ContainsFunc(found[*widget.Text](c), func(x *widget.Text) bool { return x.Text() == what }) {
			t.Error("the page is told to be on the screen")
		}
	})
}

func TestWhoPresentedTakesTheRoleBack(t *testing.T) {
	v := sitting()
	v.HadRole = true
	on(t, v, func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		press(t, c, words.T("presenter.take_back"))
		if !slices.Equal(r.asked, []string{"give minh"}) {
			t.Errorf("asked for %q", r.asked)
		}
	})
}

func TestTheReporterIsMarkedAmongThePresenters(t *testing.T) {
	v := sitting()
	v.Items[1].ReporterID = "bao"
	on(t, v, func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		press(t, c, words.T("presenter.give"))
		for _, card := range found[*widget.Card](c) {
			if marked := len(card.Data().Chips) == 1; marked != (card.Data().Title == "Nguyễn Quốc Bảo") {
				t.Errorf("%s: marked %t", card.Data().Title, marked)
			}
		}
	})
}

func TestEndingAndClosingAreToldApart(t *testing.T) {
	on(t, sitting(), func(t *testing.T, r *room, s *Screen, c fyne.Canvas) {
		press(t, c, words.T("common.more"))
		if !says(c, words.T("chair.end_or_close")) {
			t.Error("the difference is not told")
		}
	})
}
