package deskscreen

import (
	"time"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/pane"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/meeting"
	"phonghop/shared/roster"
)

// Actions is what the desk asks of the controller. A string returned alone or last is a refusal code, "" when the wish was
// accepted; a done function gets it later, on any goroutine.
type Actions interface {
	Meetings() controller.MeetingsView
	Desk(meeting string) controller.DeskView
	OpenMeeting(meeting string)
	LeaveMeeting(meeting string)

	Copyable(meeting string) (n controller.Copied, ok bool)
	CopyMeeting(meeting string, f controller.MeetingForm, documents bool) (id, code string)
	CreateMeeting(controller.MeetingForm) (id, code string)
	SetMeeting(meeting string, f controller.MeetingForm) string
	Publish(meeting string) string
	AddItem(meeting string, f controller.ItemForm, before meeting.ItemID) (meeting.ItemID, string)
	SetItem(meeting string, item meeting.ItemID, f controller.ItemForm) string
	MoveItem(meeting string, item, parent, before meeting.ItemID) string
	RestoreItem(meeting string, item, parent, before meeting.ItemID) string
	RemoveItem(meeting string, item meeting.ItemID) string
	SetAudience(meeting string, item meeting.ItemID, restricted bool, audience []meeting.PersonID, wider bool) string
	SetParticipant(meeting string, p meeting.Participant) string
	RemoveParticipant(meeting string, who meeting.PersonID) string
	GiveAnswer(meeting string, a meeting.GiveAnswer) string
	RemindInvited(meeting string) string
	AddStandIn(meeting string, of meeting.PersonID, account roster.Person) string

	AttachFile(meeting string, item meeting.ItemID, f controller.File) (upload string)
	ReplaceFile(meeting string, item meeting.ItemID, doc meeting.DocumentID, f controller.File) (upload string)
	CancelUpload(upload string)
	RetryUpload(upload string)
	RemoveDocument(meeting string, item meeting.ItemID, doc meeting.DocumentID) string
	DocumentOf(meeting string, item meeting.ItemID, doc meeting.DocumentID) (meeting.Document, bool)
	RestoreDocument(meeting string, item meeting.ItemID, doc meeting.Document, before meeting.DocumentID) string
	TurnPages(meeting string, item meeting.ItemID, doc meeting.DocumentID, pages []int, degrees int, done func(code string))
	UseVersion(meeting string, item meeting.ItemID, doc meeting.DocumentID, v meeting.Version) string
	RenameDocument(meeting string, item meeting.ItemID, doc meeting.DocumentID, title, kind string) string
	MoveDocument(meeting string, item meeting.ItemID, doc, before meeting.DocumentID) string

	People() controller.PeopleView
	AddPerson(p roster.Person, pin string, done func(code string)) meeting.PersonID
	SetPerson(p roster.Person, done func(code string))
	RemovePerson(id meeting.PersonID, done func(code string))
	SetPIN(id meeting.PersonID, old, pin string, done func(code string))
	NameRoom(name string, done func(code string))
	SetPINs(people []meeting.PersonID, newPIN func() string, told func(controller.PINs))
	PrintPINs(p controller.PINs, told func(controller.PINs))
	SetList(list roster.ListName, entries []string, done func(code string))
	ResetList(list roster.ListName, done func(code string))
	Rules() controller.RulesView
	SetRule(r roster.Rule, done func(code string))
	RemoveRule(id roster.RuleID, done func(code string))
}

// Files lets a person choose files of the device. chosen is called on the main goroutine, with nothing when the person chose none.
type Files interface {
	// Pick chooses PDF files: one, or several where the device's own dialog can do that.
	Pick(chosen func([]controller.File))
	// PickFolder chooses all PDF files of a folder.
	PickFolder(chosen func([]controller.File))
	// Folders tells whether PickFolder can be used here.
	Folders() bool
	// Browser looks into the device's folders; nil where Pick shows a dialog of the device.
	Browser() Browser
}

// Leads are the ways out of the desk. OnRead is called with what shall be read.
type Leads struct {
	OnLeave func()
	OnRead  func(meeting string, item meeting.ItemID, doc meeting.DocumentID)
	// Save lets the person keep a file on the device; done gets a refusal code, on any goroutine, unless he gave it up. nil where
	// that cannot be done.
	Save func(name string, data []byte, done func(code string))
	// Votes is the part with an item's votes; nil means there is none.
	Votes Votes
}

// Votes is a part of the desk that shows the votes of one item.
type Votes interface {
	// Attach gives the screen on which its pages are shown.
	Attach(stack *pane.Stack)
	Object() fyne.CanvasObject
	// Refresh shows the votes of an item and reports whether anything was built anew.
	Refresh(meeting string, item controller.ItemRow) bool
	Close()
}

// Screen is the desk. All methods are for the main goroutine.
type Screen struct {
	actions Actions
	files   Files
	leads   Leads
	life    *pane.Life
	stack   *pane.Stack
	home    *home
	// desk is the meeting that is open: the one the screen was made for, which is base, or the one opened over it or the list.
	desk, base *desk
	// writing is the form whose fields save themselves, nil while none is open.
	writing *form
	// room has the steps that were done to the room itself.
	room roomSteps
	// folder is where files were looked for last.
	folder string
	// drops says whether files can be dropped on the window of this device.
	drops bool
	// now is the device's clock.
	now func() time.Time
}

// New makes the desk of one meeting, or, with "", of all that this person prepares. It must be closed.
func New(actions Actions, meeting string, files Files, leads Leads) *Screen {
	s := &Screen{actions: actions, files: files, leads: leads, life: pane.NewLife(), now: time.Now}
	s.room.screen = s
	d := fyne.CurrentDevice()
	s.drops = !d.IsMobile() && !d.IsBrowser()
	if meeting == "" {
		s.home = newHome(s)
		s.stack = pane.NewStack(s.home.object())
	} else {
		s.base = newDesk(s, meeting, s.leave)
		s.desk = s.base
		s.stack = pane.NewStack(s.desk.object())
	}
	if leads.Votes != nil {
		leads.Votes.Attach(s.stack)
	}
	s.Refresh()
	return s
}

// Object is what to put on the window.
func (s *Screen) Object() fyne.CanvasObject { return s.stack.Object() }

// Close ends the desk: what was written is saved as far as it can be, answers that come later are dropped. Uploads go on.
func (s *Screen) Close() {
	if s.writing != nil {
		s.writing.keep()
	}
	s.life.End()
	if s.leads.Votes != nil {
		s.leads.Votes.Close()
	}
}

// Back leaves the uppermost page and reports whether there was one: for the Escape key and a device's own way back. A form in
// which something was typed asks first.
func (s *Screen) Back() bool { return s.stack.Escape() }

// Refresh shows what the controller knows now. Call it after every change of models, of the language and of the theme. It builds
// only what has changed, and never a form that is being filled in.
func (s *Screen) Refresh() {
	if s.home != nil {
		s.home.refresh()
	}
	if s.base != nil {
		s.base.refresh()
	}
	s.stack.Refresh()
}

// DropFiles takes files that were dropped on the window: one becomes a document of the item that is shown; of several it is shown
// first which item each belongs to.
func (s *Screen) DropFiles(uris []fyne.URI) {
	if s.desk != nil {
		s.desk.drop(uris)
	}
}

// Undo takes the last step of the desk, or of the room on its pages, back; Redo does it again: for the keys.
func (s *Screen) Undo() {
	if undo := s.stack.Top().Undo; undo != nil {
		undo()
		return
	}
	if s.desk != nil && s.stack.Depth() <= s.deskDepth() {
		s.desk.undoLast()
	}
}

// Redo does again what Undo took back.
func (s *Screen) Redo() {
	if redo := s.stack.Top().Redo; redo != nil {
		redo()
		return
	}
	if s.desk != nil && s.stack.Depth() <= s.deskDepth() {
		s.desk.redoLast()
	}
}

// deskDepth is how many pages lie below the desk and make it up: the desk itself over the list, and an item on a narrow screen.
func (s *Screen) deskDepth() int {
	n := 0
	if s.desk != s.base {
		n++
	}
	if !s.desk.beside() {
		n++
	}
	return n
}

func (s *Screen) leave() {
	if s.leads.OnLeave != nil {
		s.leads.OnLeave()
	}
}

func (s *Screen) back() { s.stack.Back() }

// openDesk puts the desk of a meeting over the list.
func (s *Screen) openDesk(id string) {
	s.actions.OpenMeeting(id)
	before := s.desk
	leave := func() {
		s.desk = before
		s.back()
		s.actions.LeaveMeeting(id)
	}
	d := newDesk(s, id, leave)
	s.desk = d
	d.refresh()
	s.stack.Push(pane.Page{Object: d.object(), Leave: leave, Refresh: func() bool { d.refresh(); return true }})
}

// ask puts a question over the screen; yes is what to do.
func (s *Screen) ask(q widget.Question, yes func()) {
	if c := pane.Canvas(s.stack.Object()); c != nil {
		widget.NewConfirmSheet(q, yes).ShowOn(c)
	}
}

// push puts a page over the screen that is built anew when its model changes; model tells also whether the page has still a
// reason to be there.
func (s *Screen) push(model func() (any, bool), build func() fyne.CanvasObject) {
	part := pane.NewFilling()
	refresh := func() bool {
		m, there := model()
		if there {
			part.Show(m, build)
		}
		return there
	}
	if refresh() {
		s.stack.Push(pane.Page{Object: part.Object(), Refresh: refresh})
	}
}
