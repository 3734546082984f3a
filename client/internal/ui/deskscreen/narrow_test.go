package deskscreen

import (
	"testing"

	"fyne.io/fyne/v2"

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
					s, c := show(t, newRoom(draft()), p.meeting, theme.Options{Mode: theme.Light, Scale: scale}, fyne.NewSize(360, 640))
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
	meeting string
	then    func(*Screen)
}

func pagesOf() map[string]narrowPage {
	return map[string]narrowPage{
		"home": {"", nil}, "desk": {"m", nil}, "new meeting": {"", (*Screen).newMeeting}, "roster": {"", (*Screen).openRoster}, "rules": {"", (*Screen).openRules}, "rule form": {"", func(s *Screen) { s.editRule(usualRule()) }}, "add to roster": {"", (*Screen).addToRoster},
		"item":        {"m", func(s *Screen) { s.desk.choose("i1"); s.desk.choose("i2") }},
		"add item":    {"m", func(s *Screen) { s.desk.addItem() }},
		"people":      {"m", func(s *Screen) { s.desk.openPeople() }},
		"add people":  {"m", func(s *Screen) { s.desk.addPeople() }},
		"participant": {"m", func(s *Screen) { s.desk.editParticipant(s.desk.view.People[0]) }},
		"publish":     {"m", func(s *Screen) { s.desk.openPublish() }},
		"audience":    {"m", func(s *Screen) { s.desk.chooseAudience("i5") }},
		"invitations": {"m", func(s *Screen) { s.desk.openInvitations() }},
		"document":    {"m", func(s *Screen) { s.desk.openDocument("i2", "b") }},
		"PIN":         {"", func(s *Screen) { s.showPIN("Lê Thu Hà", "480217") }},
	}
}
