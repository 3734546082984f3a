package screen

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/uitest"
	"phonghop/shared/meeting"
)

// What a room may hold at the most: a title of 500 characters, a word of 500 letters, a name as long as names may be.
var (
	longWords = strings.TrimSpace(strings.Repeat("Nghị quyết quy định mức chi hỗ trợ chuyển đổi số ", 10))
	longWord  = strings.Repeat("ượng", 125)
	longName  = strings.TrimSpace(strings.Repeat("Công Tằng Tôn Nữ ", 7))
)

// extreme is a meeting of 200 items with a thousand documents, in a room of long names.
func extreme() *fake {
	f := inside()
	titles := []string{longWords, longWord, "Báo cáo"}
	who := controller.PersonRow{ID: "long", Name: longName, Position: longWords, Unit: longWord}
	f.rooms = controller.RoomsView{Rooms: []controller.RoomRow{
		{Key: "a", Name: longWord, Address: "phong-hop-" + strings.Repeat("a", 200) + ".local:8443", Answer: controller.Ready, LastPerson: longName},
		{Key: "b", Name: longWords, Address: "[2001:db8:ffff:ffff:ffff:ffff:ffff:ffff]:8443", Answer: controller.Silent, Known: true, OtherKey: true},
	}}
	f.signIn = controller.SignInView{Room: longWords, People: append([]controller.PersonRow{who, {ID: "word", Name: longWord}}, people()...)}
	f.meetings.Me = who
	for _, list := range [][]controller.MeetingRow{f.meetings.Running, f.meetings.Coming, f.meetings.Past} {
		for i := range list {
			list[i].Title, list[i].Place = titles[i%2], titles[(i+1)%2]
		}
	}
	items := make([]controller.ItemRow, 200)
	for i := range items {
		items[i] = f.meeting.Items[i%2]
		items[i].ID, items[i].Number, items[i].Title = meeting.ItemID(fmt.Sprint("i", i+1)), fmt.Sprint(i+1), titles[i%3]
		items[i].Unit, items[i].Reporter, items[i].Reason, items[i].Current = longWords, longName, longWord, i == 1
		items[i].Documents = nil
		for d := range 5 {
			doc := docs(items[i].ID)[d%2]
			doc.ID, doc.Title, doc.Kind, doc.Pages = meeting.DocumentID(fmt.Sprint("d", d)), titles[d%3], longWord, 5000
			items[i].Documents = append(items[i].Documents, doc)
		}
	}
	f.meeting.Items, f.meeting.Title, f.meeting.Place, f.meeting.Presiding = items, longWords, longWord, longName
	f.meeting.Presenting.Document, f.meeting.Presenting.Presenter = longWords, longName
	f.meeting.Status.Link = session.Offline
	f.reader = apart()
	f.reader.SameDocument, f.reader.ItemRow, f.reader.Document, f.reader.Presenting = false, items[1], items[1].Documents[1], f.meeting.Presenting
	f.reader.Page, f.reader.Spot.Place.Page, f.reader.Pages, f.reader.Replaced, f.reader.Together, f.reader.Last = 4999, 4999, 5000, true, true, 5000
	f.reader.CanDropAsk, f.reader.Wishes, f.reader.Status.Link, f.reader.CanTake = true, 99, session.Offline, true
	f.doc.pages = 5000
	f.found = found()
	for g := range f.found.Groups {
		for h := range f.found.Groups[g].Hits {
			f.found.Groups[g].Hits[h].Before, f.found.Groups[g].Hits[h].After = longWords, longWord
		}
	}
	return f
}

// Whatever people write and however much of it: every screen stays whole on every device.
func TestExtremesAreSeenWhole(t *testing.T) {
	uitest.Pictures(t)
	onPanel := func(p panel) func(*stand) {
		return func(s *stand) {
			r := newReader(s.Shell, "m")
			s.push(r)
			r.open(p)
		}
	}
	at := func(stage controller.Stage) func() *fake {
		return func() *fake {
			f := extreme()
			f.stage = stage
			return f
		}
	}
	for _, p := range []struct {
		name string
		fake func() *fake
		then func(*stand)
	}{
		{"join", at(controller.StageRooms), nil},
		{"names", at(controller.StageSignIn), nil},
		{"pin", at(controller.StageSignIn), func(s *stand) { s.top().(*signIn).choose("long") }},
		{"meetings", extreme, nil},
		{"agenda", extreme, func(s *stand) { s.pop(); s.push(newAgenda(s.Shell, "m")) }},
		{"item", extreme, func(s *stand) { s.push(newItem(s.Shell, "m", "i2")) }},
		{"reader", extreme, func(s *stand) { s.push(newReader(s.Shell, "m")) }},
		{"pages", extreme, onPanel(pagesPanel)},
		{"presenting", extreme, onPanel(presentPanel)},
		{"tools", extreme, onPanel(morePanel)},
		{"search in the reader", extreme, onPanel(searchPanel)},
		{"write", extreme, onPanel(inkPanel)},
		{"search", extreme, func(s *stand) { s.push(newSearch(s.Shell, "m")) }},
		{"settings", extreme, func(s *stand) { s.push(newSettings(s.Shell)) }},
		{"compare", extreme, func(s *stand) {
			s.fake.versions = versions()
			s.push(newCompare(s.Shell, "m", reading().Spot))
		}},
		{"compare, set", extreme, func(s *stand) {
			s.fake.versions = versions()
			c := newCompare(s.Shell, "m", reading().Spot)
			s.push(c)
			c.setting = true
		}},
	} {
		for _, d := range uitest.Devices {
			t.Run(p.name+" "+d.String(), func(t *testing.T) {
				o := vi(d.Scale)
				o.Preferences.Language = d.Language
				s := newStand(t, p.fake(), o, d.Sizes[0])
				if p.then != nil {
					p.then(s)
				}
				d.Look(t, s.window.Canvas(), s.Update)
			})
		}
	}
}

// A wall cannot be scrolled: what is on it is whole there, or it is left out.
func TestExtremesOnTheWall(t *testing.T) {
	uitest.Pictures(t)
	for _, size := range []fyne.Size{{Width: 1024, Height: 768}, {Width: 1280, Height: 720}, {Width: 1920, Height: 1080}, {Width: 3840, Height: 2160}, {Width: 720, Height: 1280}} {
		for name, change := range map[string]func(*controller.ProjectorView){
			"page":    func(*controller.ProjectorView) {},
			"welcome": func(v *controller.ProjectorView) { v.Phase = meeting.Published },
			"item":    func(v *controller.ProjectorView) { v.Page = 0 },
		} {
			t.Run(fmt.Sprintf("%s %.0f", name, size.Width), func(t *testing.T) {
				f := extreme()
				f.projector = wall()
				f.projector.Title, f.projector.Item, f.projector.Document.Title, f.projector.Presenter, f.projector.Room = longWords, f.meeting.Items[0], longWords, longName, longWords
				change(&f.projector)
				s := newStand(t, f, Options{Preferences: vi(1).Preferences, Projector: true}, size)
				s.Update()
				for _, what := range uitest.Whole(s.window.Canvas()) {
					t.Error(what)
				}
			})
		}
	}
}
