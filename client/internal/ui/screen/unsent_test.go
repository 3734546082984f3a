package screen

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
)

// asks tells whether the question that lies over the screen has these words.
func (s *stand) asks(text string) bool {
	for _, o := range test.LaidOutObjects(s.window.Canvas().Overlays().Top()) {
		if w, ok := o.(*widget.Text); ok && strings.Contains(w.Text(), text) {
			return true
		}
	}
	return false
}

// answer presses a button of the question that lies over the screen.
func (s *stand) answer(label string) {
	s.t.Helper()
	for _, o := range test.LaidOutObjects(s.window.Canvas().Overlays().Top()) {
		if w, ok := o.(*widget.Button); ok && w.Label() == label {
			w.OnTapped()
			return
		}
	}
	s.t.Fatalf("the question has no answer %q", label)
}

// Who signs out while something was not sent is told what, and what becomes of it, before anything happens.
func TestSignOutWarnsOfWhatWasNotSent(t *testing.T) {
	for name, c := range map[string]struct {
		unsent controller.Unsent
		draft  bool
		says   []string
		ask    string
	}{
		"nothing": {controller.Unsent{}, false, []string{words.T("signin.sign_out_help")}, "signin.sign_out"},
		"a ballot and notes": {controller.Unsent{Ballots: 1, Wishes: 2}, false,
			[]string{words.N("signin.unsent_ballots", 1), words.N("signin.unsent_wishes", 2), words.T("signin.unsent_help")}, "signin.unsent_out"},
		"a ballot half filled in": {controller.Unsent{}, true, []string{words.T("signin.unsent_draft")}, "signin.unsent_out"},
	} {
		t.Run(name, func(t *testing.T) {
			f := inside()
			f.unsent = c.unsent
			over := &overlay{unsent: c.draft}
			o := vi(1)
			o.Consoles.Ballot = over.make
			s := newStand(t, f, o, tablet)
			s.push(newSettings(s.Shell))
			s.press(words.T("signin.sign_out"))
			for _, text := range c.says {
				if !s.asks(text) {
					t.Errorf("%q is not said", text)
				}
			}
			if s.saw("sign out") {
				t.Fatal("signed out before the answer")
			}
			s.answer(words.T(c.ask))
			if !s.saw("sign out") {
				t.Error("it does not sign out at all")
			}
		})
	}
}

func TestUnsentPictures(t *testing.T) {
	for _, p := range []struct {
		name    string
		fake    func() *fake
		options Options
		size    fyne.Size
	}{
		{"settings-unsent-vi", inside, vi(1), tablet},
		{"settings-unsent-en-200-phone", inside, Options{Preferences: Preferences{Language: words.English, Mode: theme.Dark, Scale: 2}}, phone},
	} {
		t.Run(p.name, func(t *testing.T) {
			f := p.fake()
			f.unsent = controller.Unsent{Ballots: 1, Wishes: 3}
			s := newStand(t, f, p.options, p.size)
			s.push(newSettings(s.Shell))
			s.press(words.T("signin.sign_out"))
			s.looksLike(p.name)
		})
	}
}
