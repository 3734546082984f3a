package chairscreen

import (
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
)

// A small phone shows every screen whole, with letters of twice the size too.
func TestNothingIsWiderThanASmallPhone(t *testing.T) {
	for _, scale := range []float32{1, 2} {
		for _, language := range []words.Language{words.Vietnamese, words.English} {
			for name, p := range pagesOf() {
				t.Run(name, func(t *testing.T) {
					words.Use(language)
					defer words.Use(words.Vietnamese)
					s, c := show(t, &room{view: p.view()}, Leads{}, theme.Options{Mode: theme.Light, Scale: scale}, fyne.NewSize(360, 640))
					if p.then != nil {
						p.then(s)
					}
					for _, what := range uitest.Cut(c) {
						t.Errorf("at %.0f %%, %s: %s", 100*scale, language, what)
					}
				})
			}
		}
	}
}

type narrowPage struct {
	view func() controller.ChairView
	then func(*Screen)
}

func pagesOf() map[string]narrowPage {
	hidden := func() controller.ChairView {
		v := sitting()
		v.ScreenHides = true
		return v
	}
	return map[string]narrowPage{
		"sitting": {sitting, nil}, "before": {before, nil}, "overfull": {overfull, nil}, "behalf": {behalf, nil}, "hidden": {hidden, nil},
		"item":      {sitting, func(s *Screen) { s.openItem("i3") }},
		"reason":    {sitting, func(s *Screen) { i, _ := s.item("i3"); s.askReason(i, words.T("chair.postpone"), nil) }},
		"more":      {sitting, (*Screen).openMore},
		"presenter": {sitting, (*Screen).pickPresenter},
		"close":     {sitting, (*Screen).askClose},
	}
}
