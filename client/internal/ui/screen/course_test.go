package screen

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/uitest"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// icon presses the icon button whose word this is.
func (s *stand) icon(word string) bool {
	for _, b := range laidOut[*widget.IconButton](s) {
		for _, o := range test.WidgetRenderer(b).Objects() {
			if text, ok := o.(*widget.Text); ok && text.Text() == word {
				b.Tapped(nil)
				return true
			}
		}
	}
	return false
}

// laidOut lists the objects of one type on the window.
func laidOut[T fyne.CanvasObject](s *stand) []T {
	var out []T
	for _, o := range test.LaidOutObjects(s.window.Canvas().Content()) {
		if x, ok := o.(T); ok {
			out = append(out, x)
		}
	}
	return out
}

// console is one that shows nothing.
type console struct{ fyne.CanvasObject }

func (c console) Object() fyne.CanvasObject { return c.CanvasObject }
func (console) Refresh()                    {}
func (console) Back() bool                  { return false }
func (console) Close()                      {}

func TestWishesReachAChairWhoReads(t *testing.T) {
	opened := ""
	o := vi(1)
	o.Consoles.Chair = func(id string, _ fyne.Window, _ Leads) Console {
		opened = id
		return console{widget.Column(0)}
	}
	f := inside()
	s := newStand(t, f, o, tablet)
	s.push(newReader(s.Shell, "m"))
	if s.icon(words.T("presenter.wishes", 2)) {
		t.Fatal("told before anybody asked")
	}
	f.reader.Wishes = 2
	s.Update()
	if !s.icon(words.T("presenter.wishes", 2)) || opened != "m" {
		t.Error("no way to the console with one press")
	}
}

func TestWhoAskedSeesThatItWaits(t *testing.T) {
	f := inside()
	s := newStand(t, f, vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.open(presentPanel)
	s.press(words.T("presenter.ask"))
	if !s.shows(words.T("presenter.asked")) {
		t.Error("it is not told that the wish was sent")
	}
	f.reader.CanAsk, f.reader.CanDropAsk = false, true
	s.Update()
	if !s.shows(words.T("presenter.ask_waits")) {
		t.Error("it is not seen that the wish waits")
	}
}

func TestARecallSaysWhereItLeads(t *testing.T) {
	f := inside()
	f.reader.Recalls = 3
	s := newStand(t, f, vi(1), tablet)
	s.push(newReader(s.Shell, "m"))
	told := words.T("presenter.recalled", 6)
	if s.shows(told) {
		t.Fatal("an old recall is told again")
	}
	f.reader.Recalls = 4
	s.Update()
	if !s.shows(told) {
		t.Error("whoever is called back is not told")
	}
	s.note.hide()
	f.reader.CanRecall, f.reader.Recalls = true, 5
	s.Update()
	if s.shows(told) {
		t.Error("who calls the others back is called back himself")
	}
}

func TestTheEndOfTheMeetingIsTold(t *testing.T) {
	f := inside()
	f.reader.Phase = meeting.Open
	s := newStand(t, f, vi(1), tablet)
	s.push(newReader(s.Shell, "m"))
	f.reader.Phase, f.reader.Presenting = meeting.Closed, controller.PresentingView{}
	s.Update()
	if !s.shows(words.T("projector.closed")) {
		t.Error("not told while a page is read")
	}
	f.reader = controller.ReaderView{Phase: meeting.Closed}
	s.Update()
	if !s.shows(words.T("projector.closed")) || s.shows(words.T("projector.no_page")) || s.shows("0/0") {
		t.Error("not told where the page is gone")
	}
	s.press(words.T("agenda.title"))
	if _, ok := s.top().(*reader); ok {
		t.Error("no way to the agenda")
	}
}

// Where another key answers nobody is led to give his PIN; the way leads to forgetting the old key.
func TestAnotherKeyLeadsToNoSignIn(t *testing.T) {
	f := inside()
	f.meetings.Status = controller.Status{Link: session.Ended, WhyCode: session.CodeKeyChanged}
	s := newStand(t, f, vi(1), tablet)
	if s.shows(words.T("signin.title")) {
		t.Fatal("a sign-in is offered")
	}
	s.press(words.T("join.other_room"))
	s.wants("leave room")
	f.stage, f.rooms = controller.StageRooms, roomsView()
	f.rooms.Code, f.rooms.Refused = session.CodeKeyChanged, "c"
	s.Update()
	s.press(words.T("join.forget"))
	if s.window.Canvas().Overlays().Top() == nil {
		t.Error("the old key cannot be forgotten")
	}
}

// A server of another version says what is to be done; nobody is led to sign out, by which what waits to be sent would be lost.
func TestAnotherVersionSaysWhatIsToBeDone(t *testing.T) {
	for _, why := range []string{protocol.CodeVersion, session.CodeDeviceOld, session.CodeServerOld} {
		f := inside()
		f.meetings.Status = controller.Status{Link: session.Ended, WhyCode: why}
		s := newStand(t, f, vi(1), tablet)
		if !s.shows(words.Refusal(why)) || words.Refusal(why) == words.Refusal("other") || s.shows(words.T("signin.title")) {
			t.Errorf("%s: says %q", why, words.Refusal(why))
		}
		s.press(words.T("common.retry"))
		s.wants("wake")
	}
}

func TestARoomWithAnotherKeyIsNotReady(t *testing.T) {
	f := &fake{stage: controller.StageRooms, rooms: roomsView()}
	f.rooms.Rooms = f.rooms.Rooms[:1]
	f.rooms.Rooms[0].OtherKey = true
	s := newStand(t, f, vi(1), tablet)
	if !s.shows(words.T("join.was_other_key")) || s.shows(words.T("join.answers")) {
		t.Error("the other key is not told")
	}
}

func TestTheWordsForWaitingGoWithIt(t *testing.T) {
	f := &fake{stage: controller.StageSignIn, signIn: signInView()}
	f.signIn.Last, f.signIn.Code, f.signIn.WaitUntil = "hoa", "slow_down", time.Now().Add(40*time.Second)
	s := newStand(t, f, vi(1), tablet)
	if !s.shows("Nhập sai mã PIN nhiều lần. Chờ ") || s.shows(words.Refusal("slow_down")) {
		t.Error("it is not told why one has to wait")
	}
	f.signIn.WaitUntil = time.Now().Add(-time.Second)
	s.Update()
	if s.shows("Nhập sai mã PIN nhiều lần") || s.shows(words.Refusal("slow_down")) || !s.shows(words.T("signin.pin_hint")) {
		t.Error("the words stay when the keys are back")
	}
}

// Before a sitting is opened the console is the next step: the agenda's big button leads there.
func TestTheConsoleIsTheNextStepBeforeTheOpening(t *testing.T) {
	kind := func(s *stand, label string) (widget.ButtonKind, bool) {
		for _, b := range laidOut[*widget.Button](s) {
			if b.Label() == label {
				return b.Kind(), true
			}
		}
		return 0, false
	}
	for _, size := range []fyne.Size{tablet, phone} {
		f := inside()
		f.meeting.Phase, f.meeting.PhaseKey, f.meeting.Presenting, f.meeting.Current = meeting.Published, "meetings.published", controller.PresentingView{}, ""
		s := newStand(t, f, vi(1), size)
		s.push(newAgenda(s.Shell, "m"))
		if k, ok := kind(s, words.T("chair.title")); !ok || k != widget.Filled {
			t.Errorf("the chair's: %v, there: %t", k, ok)
		}
		f.meeting.IsChair = false
		s.Update()
		if k, ok := kind(s, words.T("desk.title")); !ok || k != widget.Filled {
			t.Errorf("the secretary's: %v, there: %t", k, ok)
		}
	}
}

// A small phone shows every screen whole, with letters of twice the size too.
func TestNothingIsWiderThanASmallPhone(t *testing.T) {
	rooms := func() *fake { return &fake{stage: controller.StageRooms, rooms: roomsView()} }
	names := func() *fake { return &fake{stage: controller.StageSignIn, signIn: signInView()} }
	read := func(v controller.ReaderView, p panel) func(*stand) {
		return func(s *stand) {
			s.fake.reader = v
			r := newReader(s.Shell, "m")
			s.push(r)
			if p != noPanel {
				r.open(p)
			}
		}
	}
	asked := reading()
	asked.Wishes, asked.CanDropAsk = 2, true
	ended := controller.ReaderView{Phase: meeting.Closed}
	for name, p := range map[string]struct {
		fake func() *fake
		then func(*stand)
	}{
		"rooms": {rooms, nil}, "names": {names, nil},
		"other key": {func() *fake { f := rooms(); f.rooms.Rooms[0].OtherKey = true; return f }, nil},
		"refused":   {func() *fake { f := rooms(); f.rooms.Code, f.rooms.Refused = session.CodeKeyChanged, "c"; return f }, nil},
		"code": {func() *fake {
			f := names()
			f.signIn.FirstTime, f.signIn.KeyCode = true, "KH7Q-2M4T-XW9P"
			return f
		}, nil},
		"PIN":      {names, func(s *stand) { s.top().(*signIn).choose("hoa") }},
		"meetings": {inside, nil},
		"agenda":   {inside, func(s *stand) { s.push(newAgenda(s.Shell, "m")) }},
		"item":     {inside, func(s *stand) { s.push(newItem(s.Shell, "m", "i2")) }},
		"settings": {inside, func(s *stand) { s.push(newSettings(s.Shell)) }},
		"own PIN":  {inside, func(s *stand) { s.push(newOwnPIN(s.Shell)) }},
		"search":   {inside, func(s *stand) { s.push(newSearch(s.Shell, "m")) }},
		"help":     {inside, func(s *stand) { s.openHelp() }},
		"reader":   {inside, read(reading(), noPanel)}, "apart": {inside, read(apart(), noPanel)}, "presenting": {inside, read(presenting(), noPanel)},
		"asked": {inside, read(asked, noPanel)}, "ended": {inside, read(ended, noPanel)},
		"pages": {inside, read(apart(), pagesPanel)}, "present": {inside, read(presenting(), presentPanel)}, "more": {inside, read(apart(), morePanel)},
		"find": {inside, read(apart(), searchPanel)}, "ink": {inside, read(apart(), inkPanel)}, "notes": {inside, read(apart(), notesPanel)},
	} {
		for _, scale := range []float32{1, 2} {
			t.Run(name, func(t *testing.T) {
				s := newStand(t, p.fake(), vi(scale), phone)
				if p.then != nil {
					p.then(s)
				}
				for _, what := range uitest.Cut(s.window.Canvas()) {
					t.Errorf("at %.0f %%: %s", 100*scale, what)
				}
			})
		}
	}
}
