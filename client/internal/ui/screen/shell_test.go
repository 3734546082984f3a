package screen

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"golang.org/x/text/unicode/norm"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// press presses the button or row that bears these words.
func (s *stand) press(label string) {
	s.t.Helper()
	for _, o := range test.LaidOutObjects(s.window.Canvas().Content()) {
		switch w := o.(type) {
		case *widget.Button:
			if w.Label() == label {
				w.Tapped(nil)
				return
			}
		case *widget.Card:
			if w.Data().Title == label {
				w.Tapped(nil)
				return
			}
		}
	}
	s.t.Fatalf("nothing on the screen is called %q", label)
}

// shows tells whether the words stand on the screen.
func (s *stand) shows(text string) bool {
	for _, o := range test.LaidOutObjects(s.window.Canvas().Content()) {
		switch w := o.(type) {
		case *widget.Text:
			if strings.Contains(w.Text(), text) {
				return true
			}
		case *widget.Button:
			if w.Label() == text {
				return true
			}
		}
	}
	return false
}

func (s *stand) key(name fyne.KeyName) { s.window.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name}) }

func (s *stand) wants(did ...string) {
	s.t.Helper()
	if !slices.Equal(s.fake.did, did) {
		s.t.Errorf("done: %q, want %q", s.fake.did, did)
	}
	s.fake.did = nil
}

func TestStagesLeadToTheirScreens(t *testing.T) {
	f := &fake{stage: controller.StageRooms, rooms: roomsView(), signIn: signInView()}
	s := newStand(t, f, vi(1), tablet)
	s.press("Hội trường Thống Nhất")
	s.wants("choose b")
	f.stage = controller.StageSignIn
	s.Update()
	if !s.shows(words.T("signin.choose_name")) {
		t.Error("no names to choose from after a room was entered")
	}
	f.stage = controller.StageInside
	f.meetings, f.meeting = meetingsList(), meetingNow()
	f.meetings.Direct = "m"
	s.Update()
	s.wants("open m")
	if !s.shows("Dự toán ngân sách nhà nước năm 2027") {
		t.Error("the running meeting was not opened by itself")
	}
	s.key(fyne.KeyEscape)
	s.wants("saw m", "leave m")
	s.Update()
	if len(s.stack) != 1 {
		t.Error("whoever left the meeting was led into it again")
	}
	f.stage = controller.StageRooms
	s.Update()
	if !s.shows(words.T("join.title")) {
		t.Error("no rooms to choose from after leaving")
	}
}

func TestWindowTitleNamesRoomPartAndPerson(t *testing.T) {
	s := newStand(t, inside(), vi(1), tablet)
	s.push(newAgenda(s.Shell, "m"))
	for _, part := range []string{words.T("role.chair"), hoa.Name, "Phòng họp A"} {
		if !strings.Contains(s.window.Title(), part) {
			t.Errorf("title %q lacks %q", s.window.Title(), part)
		}
	}
}

func TestAddressByHand(t *testing.T) {
	f := &fake{stage: controller.StageRooms, code: "address"}
	s := newStand(t, f, vi(1), tablet)
	j := s.top().(*join)
	j.address.SetText("khong phai")
	s.press(words.T("join.enter"))
	if !s.shows(words.T("join.address_bad")) {
		t.Error("a wrong address was not said to be wrong")
	}
	f.code = ""
	j.address.SetText("192.168.1.10")
	s.press(words.T("join.enter"))
	s.wants("address khong phai", "address 192.168.1.10")
	f.rooms.Searching = true
	s.Update()
	if j.address.Text() != "192.168.1.10" {
		t.Error("what was typed is lost when the list changes")
	}
}

func TestChangedKeyIsRefusedPlainly(t *testing.T) {
	f := &fake{stage: controller.StageRooms, rooms: roomsView()}
	s := newStand(t, f, vi(1), tablet)
	s.press("Phòng họp A - Trụ sở Ủy ban nhân dân")
	f.rooms.Code = session.CodeKeyChanged
	s.Update()
	if !s.shows(words.T("join.key_changed_title")) || s.shows("Hội trường Thống Nhất") {
		t.Fatal("a changed key does not have a page of its own")
	}
	s.press(words.T("join.forget"))
	s.wants("choose a")
	if s.window.Canvas().Overlays().Top() == nil {
		t.Fatal("forgetting a key does not ask first")
	}
	s.key(fyne.KeyEscape)
	s.press(words.T("join.other_room"))
	if !s.shows(words.T("join.title")) {
		t.Error("no way back to the rooms")
	}
}

func TestFirstTimeComparesTheCode(t *testing.T) {
	f := &fake{stage: controller.StageSignIn, signIn: signInView()}
	f.signIn.FirstTime, f.signIn.KeyCode = true, "KH7Q-2M4T-XW9P"
	s := newStand(t, f, vi(1), tablet)
	if !s.shows("KH7Q-2M4T-XW9P") || s.shows(words.T("signin.choose_name")) {
		t.Fatal("names are shown before the code was compared")
	}
	s.press(words.T("join.fingerprint_differs"))
	s.wants("leave room")
	s.press(words.T("join.fingerprint_same"))
	s.wants("confirm code")
}

func TestNamesAreFoundWithoutAccents(t *testing.T) {
	for _, c := range []struct {
		typed string
		found bool
	}{
		{"", true}, {"hoa", true}, {"dang thi", true}, {"ĐẶNG", true}, {"thi dang", true}, {"pho chu tich", true}, {"oa", false}, {"hoa nam", false}, {"  hòa  ", true},
	} {
		if matches(hoa, c.typed) != c.found {
			t.Errorf("%q finds %s: %t, want %t", c.typed, hoa.Name, !c.found, c.found)
		}
	}
	if !matches(controller.PersonRow{Name: norm.NFD.String("Đặng Thị Hòa")}, "Đặng") { // as macOS writes it
		t.Error("a decomposed name is not found")
	}
}

func TestPINByKeyboard(t *testing.T) {
	f := &fake{stage: controller.StageSignIn, signIn: signInView()}
	s := newStand(t, f, vi(1), tablet)
	s.press("Đặng Thị Hòa")
	typePIN := func() {
		for _, r := range "204060" {
			s.window.Canvas().OnTypedRune()(r)
		}
		s.key(fyne.KeyReturn)
	}
	typePIN()
	s.wants("sign in hoa 204060 true")
	f.signIn.Code = "wrong_pin"
	f.signIn.WaitUntil = time.Now().Add(30 * time.Second)
	s.Update()
	if !s.shows(words.Refusal("wrong_pin")) {
		t.Error("a wrong PIN is not told")
	}
	typePIN()
	s.wants()
	f.signIn.WaitUntil = time.Time{}
	s.Update()
	typePIN()
	s.wants("sign in hoa 204060 true")
	s.key(fyne.KeyEscape)
	if !s.shows(words.T("signin.choose_name")) {
		t.Error("Escape does not lead back to the names")
	}
	s.key(fyne.KeyEscape)
	s.wants("leave room")
}

func TestManyNamesStayFewRows(t *testing.T) {
	f := &fake{stage: controller.StageSignIn}
	for i := range 5000 {
		f.signIn.People = append(f.signIn.People, controller.PersonRow{ID: meeting.PersonID(rune('a' + i%26)), Name: "Nguyễn Văn An"})
	}
	s := newStand(t, f, vi(1), tablet)
	if !s.shows(words.N("signin.more_names", 5000-mostNames)) {
		t.Error("it is not said that there are more names")
	}
}

func TestReaderWishes(t *testing.T) {
	f := inside()
	f.reader = apart()
	f.reader.CanTake, f.reader.CanRecall, f.reader.CanPresentThis, f.reader.Replaced = true, true, true, true
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	s.press(words.T("reader.back_to_presenter", 6))
	s.press(words.T("reader.open_new"))
	s.wants("back to presenter", "document i2 d1 0 4")
	s.key(fyne.KeyRight)
	s.key(fyne.KeyHome)
	r.turn(-1)
	s.wants("page 5", "page 1", "turn -1")
	for key, did := range map[string]string{"presenter.present_page": "present this", "presenter.take": "take", "presenter.bring_back": "recall", "presenter.ask": "ask"} {
		r.open(presentPanel)
		s.press(words.T(key))
		s.wants(did)
	}
	f.code = "not_allowed"
	r.turn(1)
	if !s.shows(words.Refusal("not_allowed")) {
		t.Error("a refusal is not told")
	}
}

func TestBarsLeaveAndComeBack(t *testing.T) {
	f := inside()
	f.reader = apart()
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.page.OnTapped()
	if s.shows(words.T("reader.page_short", 4, 27)) || !s.shows(words.T("reader.back_to_presenter", 6)) {
		t.Error("a tap shall leave the page and the way back to the presenter")
	}
	s.key(fyne.KeyEscape)
	if !s.shows(words.T("reader.page_short", 4, 27)) {
		t.Error("Escape does not bring the bars back")
	}
	s.key(fyne.KeyEscape)
	if len(s.stack) != 1 {
		t.Error("Escape does not leave the reader")
	}
}

func TestDocumentThatCannotBeHad(t *testing.T) {
	f := inside()
	f.doc, f.docCode = nil, "network"
	s := newStand(t, f, vi(1), tablet)
	s.push(newReader(s.Shell, "m"))
	if !s.shows(words.Refusal("network")) {
		t.Fatal("it is not said why there is no page")
	}
	f.doc = &papers{pages: 27}
	s.Update()
	s.press(words.T("common.retry"))
	if s.shows(words.Refusal("network")) {
		t.Error("trying again does not show the page")
	}
}

func TestPresenterTellsThePart(t *testing.T) {
	f := inside()
	f.reader = presenting()
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.fit(widget.FitWidth)
	if len(f.did) == 0 || !strings.HasPrefix(f.did[len(f.did)-1], "part 0.00 0.") {
		t.Errorf("told: %q", f.did)
	}
	f.did = nil
	f.reader = reading()
	s.Update()
	r.fit(widget.FitPage)
	s.wants()
}

func TestFollowersGoWithThePart(t *testing.T) {
	f := inside()
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.fit(widget.FitWidth)
	f.reader.Part = &session.Part{Place: f.reader.Spot.Place, Top: 0.4, Height: 0.3}
	s.Update()
	if y := r.page.VisiblePart().Y; y < 300 || y > 370 {
		t.Errorf("the page begins at %.0f of 842 points, want about 337", y)
	}
}

func TestProjectorKeepsSecrets(t *testing.T) {
	f := inside()
	s := newStand(t, f, Options{Preferences: vi(1).Preferences, Projector: true}, hall)
	if !s.shows("2. Dự toán ngân sách nhà nước năm 2027") {
		t.Fatal("the running item is not named")
	}
	f.projector.RestrictedNow = true
	s.Update()
	if s.shows("Dự toán") || s.shows("Lê Thu Hà") || !s.shows(words.T("state.restricted_now")) {
		t.Error("a restricted item shall be told by neutral words only")
	}
	s.key(fyne.KeyEscape)
	if len(s.stack) != 1 {
		t.Error("the room's screen can be left")
	}
}

func TestProjectorAccountGetsTheBigScreen(t *testing.T) {
	f := inside()
	f.meetings.Me = controller.PersonRow{ID: "big", Name: "Màn hình chung", Screen: true}
	s := newStand(t, f, vi(1), hall)
	if _, ok := s.top().(*projector); !ok {
		t.Errorf("the room's screen sees %T", s.top())
	}
}

func TestPreferencesAreShownAndKept(t *testing.T) {
	var kept []Preferences
	o := vi(1)
	o.Keep = func(p Preferences) { kept = append(kept, p) }
	s := newStand(t, inside(), o, tablet)
	s.push(newSettings(s.Shell))
	s.prefer(Preferences{Language: words.English, Mode: theme.Dark, Scale: 1.5})
	if !s.shows("Text size") || theme.Scale() != 1.5 || len(kept) != 1 || kept[0].Language != words.English {
		t.Errorf("scale %v, kept %v", theme.Scale(), kept)
	}
}

func TestUnchangedModelsDrawNothing(t *testing.T) {
	f := inside()
	s := newStand(t, f, vi(1), tablet)
	s.push(newAgenda(s.Shell, "m"))
	before := s.holder.Objects[0]
	f.meeting.Now = f.meeting.Now.Add(time.Second)
	f.meeting.Items[1].Used += time.Second
	s.Update()
	if s.holder.Objects[0] != before {
		t.Error("a second that changes nothing on the screen drew it anew")
	}
	f.meeting.Items[1].Used += time.Minute
	s.Update()
	if s.holder.Objects[0] == before {
		t.Error("a minute more does not show")
	}
}

func TestScrolledPlaceStays(t *testing.T) {
	f := inside()
	s := newStand(t, f, vi(2), tablet)
	a := newAgenda(s.Shell, "m")
	s.push(a)
	a.scroll.Offset = fyne.NewPos(0, 200)
	a.scroll.Refresh()
	f.meeting.Items[3].Number = "5"
	s.Update()
	if a.scroll.Offset.Y != 200 {
		t.Errorf("scrolled to %v after a change elsewhere", a.scroll.Offset.Y)
	}
}

func TestSinglePagesThatComeInDrawNothing(t *testing.T) {
	f := inside()
	s := newStand(t, f, vi(1), tablet)
	s.push(newAgenda(s.Shell, "m"))
	drawn := 0
	before := s.holder.Objects[0]
	for page := range 101 {
		d := docs("i3")
		d[1].Loading = session.Loading{Ready: page, Pages: 100}
		f.meeting.Items[2].Documents = d
		s.Update()
		if s.holder.Objects[0] != before {
			drawn++
			before = s.holder.Objects[0]
		}
	}
	if drawn < 1 || drawn > 5 {
		t.Errorf("drawn %d times while 100 pages came in", drawn)
	}
}

func TestTickEndsWithTheShell(t *testing.T) {
	s := newStand(t, inside(), vi(1), tablet)
	ended := make(chan struct{})
	go func() {
		s.Tick()
		close(ended)
	}()
	s.Close()
	<-ended
}

func TestChangesFromAnywhereAreDrawnOnce(t *testing.T) {
	f := inside()
	s := newStand(t, f, vi(1), tablet)
	for range 100 {
		s.Changed()
	}
	n := 0
	for s.run(0) {
		n++
	}
	if n != 1 {
		t.Errorf("100 changes at once updated the screens %d times", n)
	}
	s.Changed()
	if !s.run(0) {
		t.Error("a later change is not shown")
	}
}

// Who moved the page himself stays where he is when the presenter moves on it; the presenter's part is offered, and one tap leads
// there. Another page begins anew.
func TestThePresentersPartIsOffered(t *testing.T) {
	s := newStand(t, inside(), Options{}, fyne.NewSize(1280, 800))
	r := newReader(s.Shell, "m")
	s.push(r)
	for s.run(100 * time.Millisecond) {
	}
	part := func(top float64) {
		s.fake.reader.Part = &session.Part{Place: s.fake.reader.Spot.Place, Top: top, Height: 0.2}
		s.Update()
	}
	part(0.3)
	if y := r.page.VisiblePart().Y; y < 200 {
		t.Fatalf("does not go with the presenter: %v", y)
	}
	r.page.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 2000)})
	was := r.page.VisiblePart()
	part(0.7)
	if now := r.page.VisiblePart(); now != was || r.partOffer() == nil {
		t.Errorf("moved from %v to %v, offered %t", was, now, r.partOffer() != nil)
	}
	r.page.ZoomBy(1.5)
	zoom := r.page.Zoom()
	r.goToPart()
	if r.page.Zoom() != zoom || r.page.VisiblePart().Y < 400 || r.partOffer() != nil {
		t.Errorf("at %v, zoom %v", r.page.VisiblePart(), r.page.Zoom())
	}
	r.own, r.offered = true, true
	s.fake.reader.Page, s.fake.reader.Spot.Place.Page, s.fake.reader.Part = 7, 7, nil
	s.Update()
	if r.own || r.offered {
		t.Error("another page does not begin anew")
	}
}
