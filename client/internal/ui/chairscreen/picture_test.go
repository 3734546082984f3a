package chairscreen

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
)

func show(t *testing.T, r *room, leads Leads, o theme.Options, size fyne.Size) (*Screen, fyne.Canvas) {
	t.Helper()
	app := test.NewTempApp(t)
	theme.Apply(app, o)
	s := New(r, "m", leads)
	t.Cleanup(s.Close)
	w := test.NewTempWindow(t, s.Object())
	w.SetPadded(false)
	w.Resize(size)
	return s, w.Canvas()
}

// The pictures in testdata are what a person looked at and found good.
func TestPictures(t *testing.T) {
	uitest.Pictures(t)
	tablet, upright, phone := fyne.NewSize(1280, 800), fyne.NewSize(800, 1280), fyne.NewSize(360, 640)
	light := theme.Options{Mode: theme.Light}
	for _, p := range []struct {
		name     string
		view     func() controller.ChairView
		size     fyne.Size
		language words.Language
		options  theme.Options
		then     func(*Screen)
	}{
		{"sitting", sitting, tablet, words.Vietnamese, light, nil},
		{"sitting-en-dark", sitting, tablet, words.English, theme.Options{Mode: theme.Dark}, nil},
		{"sitting-200", sitting, tablet, words.Vietnamese, theme.Options{Mode: theme.Light, Scale: 2}, nil},
		{"sitting-upright", sitting, upright, words.Vietnamese, light, nil},
		{"sitting-phone", sitting, phone, words.Vietnamese, light, nil},
		{"before", before, tablet, words.Vietnamese, light, nil},
		{"overfull", overfull, tablet, words.Vietnamese, light, nil},
		{"overfull-upright-en", overfull, upright, words.English, light, nil},
		{"behalf", behalf, tablet, words.Vietnamese, light, nil},
		{"arriving", func() controller.ChairView { return controller.ChairView{} }, tablet, words.Vietnamese, light, nil},
		{"item", sitting, tablet, words.Vietnamese, light, func(s *Screen) { s.openItem("i3") }},
		{"item-phone-en", sitting, phone, words.English, light, func(s *Screen) { s.openItem("i2") }},
		{"reason-phone", sitting, phone, words.Vietnamese, light, func(s *Screen) { i, _ := s.item("i3"); s.askReason(i, words.T("chair.postpone"), nil) }},
		{"more", sitting, tablet, words.Vietnamese, light, (*Screen).openMore},
		{"more-phone", sitting, phone, words.Vietnamese, light, (*Screen).openMore},
		{"presenter", sitting, upright, words.Vietnamese, light, (*Screen).pickPresenter},
		{"refused", sitting, tablet, words.Vietnamese, light, func(s *Screen) { s.took("conflict") }},
		{"close", sitting, tablet, words.Vietnamese, light, (*Screen).askClose},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			s, c := show(t, &room{view: p.view()}, Leads{}, o, size)
			if p.then != nil {
				p.then(s)
			}
			return c
		})
	}
}
