package chairscreen

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// extreme has so many items with titles of 500 letters, some of them one word, and names as long as names may be.
func extreme(items int) controller.ChairView {
	v := overfull()
	titles := []string{strings.TrimSpace(strings.Repeat("Nghị quyết quy định mức chi hỗ trợ chuyển đổi số ", 10)), strings.Repeat("ượng", 125)}
	name := strings.TrimSpace(strings.Repeat("Công Tằng Tôn Nữ ", 7))
	for n := len(v.Items); n < items; n++ {
		v.Items = append(v.Items, item(fmt.Sprintf("i%d", n+1), fmt.Sprint(n+1), "", meeting.Waiting, 0, 999))
	}
	for i := range v.Items {
		if v.Items[i].TitleKey == "" {
			v.Items[i].Title, v.Items[i].Unit, v.Items[i].Reporter = titles[i%2], titles[(i+1)%2], name
		}
	}
	v.Title, v.Place, v.Presiding, v.OnBehalf = titles[1], titles[0], name, name
	v.Presenting.Document, v.Presenting.Presenter = titles[1], name
	for _, people := range [][]controller.PersonRow{v.Chairs, v.Presenters, v.Secretaries} {
		for i := range people {
			people[i].Name, people[i].Position = name, titles[i%2]
		}
	}
	for i := range v.Wishes {
		v.Wishes[i].Name, v.Wishes[i].Position = name, titles[i%2]
	}
	return v
}

// Whatever people write and however much of it, the console stays whole on every device.
func TestExtremesAreSeenWhole(t *testing.T) {
	uitest.Pictures(t)
	for _, p := range []struct {
		name  string
		items int
		then  func(*Screen)
	}{
		{"sitting", 200, func(*Screen) {}},
		{"refused", 9, func(s *Screen) { s.took("conflict") }},
		{"item", 9, func(s *Screen) { s.openItem("i3") }},
		{"reason", 9, func(s *Screen) { i, _ := s.item("i3"); s.askReason(i, words.T("chair.postpone"), nil) }},
		{"more", 9, (*Screen).openMore},
		{"presenter", 9, (*Screen).pickPresenter},
		{"close", 9, (*Screen).askClose},
	} {
		for _, d := range uitest.Devices {
			t.Run(p.name+" "+d.String(), func(t *testing.T) {
				words.Use(d.Language)
				defer words.Use(words.Vietnamese)
				s, c := show(t, &room{view: extreme(p.items)}, Leads{}, theme.Options{Mode: theme.Light, Scale: d.Scale}, fyne.NewSize(360, 640))
				p.then(s)
				d.Look(t, c, s.Refresh)
			})
		}
	}
}
