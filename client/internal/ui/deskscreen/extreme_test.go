package deskscreen

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// Whatever people write and however much of it, the desk stays whole on every device.
func TestExtremesAreSeenWhole(t *testing.T) {
	uitest.Pictures(t)
	word, name := strings.Repeat("ượng", 125), strings.TrimSpace(strings.Repeat("Công Tằng Tôn Nữ ", 7))
	extreme := func() *room {
		v := huge()
		v.Answers = answered().Answers
		v.Title, v.Items[1].Title, v.Form.Place = word, word, word
		for i := range v.People {
			v.People[i].Name, v.People[i].Position, v.People[i].Unit = name, word, longTitle
		}
		for i := range v.Answers.Rows {
			v.Answers.Rows[i].Name, v.Answers.Rows[i].Answer.Reason, v.Answers.Rows[i].Answer.Name = name, word, name
		}
		for i := range v.Uploads {
			v.Uploads[i].Name, v.Uploads[i].Item = word+".pdf", "i1"
		}
		r := newRoom(v)
		r.people.Room = word
		for i := range r.people.People {
			r.people.People[i].Name, r.people.People[i].Position, r.people.People[i].Unit = name, word, longTitle
		}
		for _, list := range [][]controller.MeetingRow{r.list.Running, r.list.Coming, r.list.Past} {
			for i := range list {
				list[i].Title, list[i].Place = word, longTitle
			}
		}
		return r
	}
	for _, p := range []struct {
		name, meeting string
		then          func(*Screen)
	}{
		{"home", "", func(*Screen) {}},
		{"roster", "", (*Screen).openRoster},
		{"person", "", func(s *Screen) { s.openPerson("ha") }},
		{"PIN", "", func(s *Screen) { s.showPIN(name, "480217") }},
		{"desk", "m", func(s *Screen) { s.desk.choose("i1") }},
		{"document", "m", func(s *Screen) { s.desk.openDocument("i2", meeting.DocumentID("d2-7")) }},
		{"form", "m", func(s *Screen) { s.desk.editItem(s.desk.view.Items[1]) }},
		{"people", "m", func(s *Screen) { s.desk.openPeople() }},
		{"participant", "m", func(s *Screen) { s.desk.editParticipant(s.desk.view.People[0]) }},
		{"answers", "m", func(s *Screen) { s.desk.openAnswers() }},
		{"publish", "m", func(s *Screen) { s.desk.openPublish() }},
		{"audience", "m", func(s *Screen) { s.desk.chooseAudience("i1") }},
	} {
		for _, d := range uitest.Devices {
			t.Run(p.name+" "+d.String(), func(t *testing.T) {
				words.Use(d.Language)
				defer words.Use(words.Vietnamese)
				s, c := show(t, extreme(), p.meeting, theme.Options{Mode: theme.Light, Scale: d.Scale}, fyne.NewSize(360, 640))
				p.then(s)
				d.Look(t, c, nil)
			})
		}
	}
}
