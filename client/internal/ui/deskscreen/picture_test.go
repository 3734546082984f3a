package deskscreen

import (
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/assets/icons"
	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// The pictures in testdata are what a person looked at and found good.
func TestPictures(t *testing.T) {
	uitest.Pictures(t)
	wide, upright, phone := fyne.NewSize(1280, 800), fyne.NewSize(800, 1280), fyne.NewSize(360, 640)
	light, dark, large := theme.Options{Mode: theme.Light}, theme.Options{Mode: theme.Dark}, theme.Options{Mode: theme.Light, Scale: 2}
	choose := func(id string) func(*Screen) {
		return func(s *Screen) { s.desk.choose(s.desk.view.Items[0].ID); s.desk.choose(itemID(id)) }
	}
	for _, p := range []struct {
		name     string
		meeting  string
		view     func() controller.DeskView
		size     fyne.Size
		language words.Language
		options  theme.Options
		then     func(*Screen)
	}{
		{"home", "", draft, wide, words.Vietnamese, light, nil},
		{"home-phone-en", "", draft, phone, words.English, light, nil},
		{"new-meeting", "", draft, wide, words.Vietnamese, light, (*Screen).newMeeting},
		{"copy-list-en", "", draft, upright, words.English, light, (*Screen).copyEarlier},
		{"copy-form", "m", sent, wide, words.Vietnamese, light, func(s *Screen) { s.desk.copyThis() }},
		{"copy-form-phone-en", "m", sent, phone, words.English, light, func(s *Screen) { s.desk.copyThis() }},
		{"suggestions", "", draft, upright, words.Vietnamese, light, func(s *Screen) {
			s.newMeeting()
			c := fyne.CurrentApp().Driver().CanvasForObject(s.Object())
			found[*widget.TextField](c)[1].Focusable().FocusGained()
			found[*widget.TextField](c)[1].SetText("phien")
		}},
		{"new-meeting-wrong-en", "", draft, upright, words.English, light, func(s *Screen) { s.newMeeting(); wrongMeeting(s) }},
		{"desk", "m", draft, wide, words.Vietnamese, light, choose("i2")},
		{"desk-en-dark", "m", draft, wide, words.English, dark, choose("i2")},
		{"desk-200", "m", draft, wide, words.Vietnamese, large, nil},
		{"desk-upright", "m", draft, upright, words.Vietnamese, light, choose("i4")},
		{"desk-phone", "m", draft, phone, words.Vietnamese, light, nil},
		{"desk-bare", "m", bare, wide, words.Vietnamese, light, nil},
		{"desk-overfull-en", "m", overfull, wide, words.English, light, nil},
		{"desk-complete", "m", complete, wide, words.Vietnamese, light, nil},
		{"desk-branched", "m", branched, wide, words.Vietnamese, light, func(s *Screen) { s.desk.nudge("i4", inwards); s.desk.choose("i2b"); dragging(s, "i3", "i2a") }},
		{"desk-branched-en-dark", "m", branched, upright, words.English, dark, choose("i5a")},
		{"sub-item-form", "m", branched, upright, words.Vietnamese, light, func(s *Screen) { i, _ := s.desk.find("i5"); s.desk.addSubItem(i) }},
		{"desk-sent-en", "m", sent, wide, words.English, light, nil},
		{"desk-answers", "m", answered, wide, words.Vietnamese, light, nil},
		{"answers", "m", answered, wide, words.Vietnamese, light, func(s *Screen) { s.desk.openAnswers() }},
		{"answers-phone-en", "m", answered, phone, words.English, dark, func(s *Screen) { s.desk.openAnswers() }},
		{"answer", "m", answered, upright, words.Vietnamese, light, func(s *Screen) { s.desk.openAnswer("tuan") }},
		{"answer-account", "m", answered, upright, words.Vietnamese, light, func(s *Screen) { row, _ := s.desk.answerRow("tuan"); s.desk.makeStandIn(row) }},
		{"item-phone", "m", draft, phone, words.Vietnamese, light, choose("i2")},
		{"item-form", "m", draft, wide, words.Vietnamese, light, func(s *Screen) { s.desk.editItem(s.desk.view.Items[1]) }},
		{"item-form-phone-en", "m", draft, phone, words.English, light, func(s *Screen) { s.desk.addItem() }},
		{"item-form-200", "m", draft, wide, words.Vietnamese, large, func(s *Screen) { s.desk.addItem() }},
		{"document", "m", draft, upright, words.Vietnamese, light, func(s *Screen) { s.desk.openDocument("i2", "b") }},
		{"browse", "m", draft, wide, words.Vietnamese, light, browsed},
		{"browse-phone-en", "m", draft, phone, words.English, light, browsed},
		{"turn", "m", draft, upright, words.Vietnamese, light, func(s *Screen) {
			i, doc, _ := s.desk.document("i2", "b")
			s.desk.turnDocument(i.ID, doc)
		}},
		{"people", "m", draft, wide, words.Vietnamese, light, func(s *Screen) { s.desk.openPeople() }},
		{"participant-en", "m", draft, upright, words.English, light, func(s *Screen) { s.desk.editParticipant(s.desk.view.People[0]) }},
		{"add-people", "m", draft, upright, words.Vietnamese, light, func(s *Screen) { s.desk.addPeople() }},
		{"files", "m", draft, wide, words.Vietnamese, light, func(s *Screen) { s.desk.sortFiles(manyFiles, "i6", nil) }},
		{"files-phone-en", "m", draft, phone, words.English, light, func(s *Screen) { s.desk.sortFiles(manyFiles, "", nil) }},
		{"files-many-200-en-dark", "m", huge, wide, words.English, theme.Options{Mode: theme.Dark, Scale: 2}, func(s *Screen) { files, no := heap(200); s.desk.sortFiles(files, "", no) }},
		{"files-many", "m", huge, wide, words.Vietnamese, light, func(s *Screen) {
			files, no := heap(200)
			s.desk.sortFiles(files, "i6", no)
			found[*widget.Choice](fyne.CurrentApp().Driver().CanvasForObject(s.Object()))[0].OnChosen(1)
		}},
		{"desk-sending", "m", sending, wide, words.Vietnamese, light, nil},
		{"publish", "m", draft, wide, words.Vietnamese, light, func(s *Screen) { s.desk.openPublish() }},
		{"publish-phone-en", "m", complete, phone, words.English, light, func(s *Screen) { s.desk.openPublish() }},
		{"invitation", "m", draft, wide, words.Vietnamese, light, func(s *Screen) { s.desk.openInvitation() }},
		{"invitation-phone-en", "m", draft, phone, words.English, light, func(s *Screen) { s.desk.openInvitation() }},
		{"roster", "", draft, wide, words.Vietnamese, light, (*Screen).openRoster},
		{"roster-phone-en", "", draft, phone, words.English, light, (*Screen).openRoster},
		{"roster-by-name", "", draft, upright, words.Vietnamese, light, func(s *Screen) {
			s.openRoster()
			c := found[*widget.Choice](fyne.CurrentApp().Driver().CanvasForObject(s.Object()))[0]
			c.Choose(1)
			c.OnChosen(1)
		}},
		{"pins-choose", "", draft, wide, words.Vietnamese, light, (*Screen).choosePINs},
		{"pins-done-phone-en", "", draft, phone, words.English, light, func(s *Screen) {
			s.leads.Save = func(string, []byte, func(string)) {}
			s.givePINs([]meeting.PersonID{"minh", "ha", "hung"})
			s.actions.(*room).told(controller.PINs{Done: 2, All: 3, Failed: []meeting.PersonID{"hung"}, Code: "network", Ended: true, Paper: []byte{1}})
		}},
		{"lists", "", draft, wide, words.Vietnamese, light, (*Screen).openLists},
		{"list-phone-en", "", draft, phone, words.English, dark, func(s *Screen) { s.openList(roster.ListPositions) }},
		{"list-changed-200", "", draft, wide, words.Vietnamese, large, func(s *Screen) { listChanged(s) }},
		{"roster-changed-phone-en", "", draft, phone, words.English, dark, func(s *Screen) {
			s.openRoster()
			s.room.did(&roomStep{what: words.T("desk.did_room_person", "Đỗ Văn Hưng")})
			s.Refresh()
		}},
		{"list-entry", "", draft, upright, words.Vietnamese, light, func(s *Screen) { s.editWord(roster.ListPlaces, "Phòng họp số 2") }},
		{"paste", "", draft, wide, words.Vietnamese, light, func(s *Screen) { s.pastePeople(); fillTable(s) }},
		{"paste-phone-en", "", draft, phone, words.English, light, func(s *Screen) { s.pastePeople(); fillTable(s) }},
		{"person", "", draft, upright, words.Vietnamese, light, func(s *Screen) { s.openPerson("ha") }},
		{"person-form", "", draft, upright, words.Vietnamese, light, func(s *Screen) { p, _ := s.rosterPerson("lan"); s.editPerson(p) }},
		{"pin", "", draft, upright, words.Vietnamese, light, func(s *Screen) { s.showPIN("Lê Thu Hà", "480217") }},
	} {
		uitest.Shot(t, p.name, p.language, p.options, p.size, func(t *testing.T, o theme.Options, size fyne.Size) fyne.Canvas {
			s, c := show(t, newRoom(p.view()), p.meeting, o, size)
			if p.then != nil {
				p.then(s)
			}
			return c
		})
	}
}

// dragging has the row of one item dragged to below another.
func dragging(s *Screen, id, below string) {
	row, other := s.desk.tree.shown[id], s.desk.tree.shown[below]
	if row == nil || other == nil {
		return // out of sight on this device
	}
	g, card := row.grip, other.card
	d := fyne.CurrentApp().Driver()
	from, to := d.AbsolutePositionForObject(g), d.AbsolutePositionForObject(card).AddXY(0, card.Size().Height)
	drag(g, from, fyne.NewPos(from.X+60, to.Y))
}

// browsed shows a folder in which two files were chosen.
func browsed(s *Screen) {
	x := &browsing{screen: s, from: cupboard{}, many: true, picked: map[int]bool{0: true, 2: true}}
	x.list = newSortable(s.life, func() *widget.Scroll { return nil })
	x.add = widget.NewButton("", widget.Filled, nil).WithIcon(icons.Check)
	x.at, _ = x.from.List("/tai/lieu")
	x.show()
	s.push(func() (any, bool) { return 0, true }, x.build)
}

// listChanged shows a list of which an entry was moved.
func listChanged(s *Screen) {
	r := s.actions.(*room)
	s.openList(roster.ListPlaces)
	entries := s.listed(roster.ListPlaces)
	s.moveWord(roster.ListPlaces, entries[2], entries[0], s.room.refused)
	r.done[len(r.done)-1]("")
}
