package screen

import (
	"context"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// Actions is the device as the screens need it; *controller.Controller is one, see Of. No method waits for network or
// disk. Those that return a code return a refusal code, "" where the wish was accepted.
type Actions interface {
	Stage() controller.Stage

	Rooms() controller.RoomsView
	Choose(key string)
	EnterAddress(text string) (code string)
	ForgetRoom(key string)
	LeaveRoom()

	SignIn() controller.SignInView
	ConfirmCode()
	SignInAs(person meeting.PersonID, pin string, shared bool)
	SignOut()
	// Wake tries the connection at once.
	Wake()
	Unsent() controller.Unsent
	SetPIN(person meeting.PersonID, old, pin string, done func(code string))

	Meetings() controller.MeetingsView
	OpenMeeting(id string)
	LeaveMeeting(id string)
	Meeting(id string) controller.MeetingView
	ToRead() controller.ToReadView
	Saw(id string)
	GiveAnswer(id string, a meeting.GiveAnswer) (code string)
	Projector() controller.ProjectorView

	Reader(id string) controller.ReaderView
	TurnPage(id string, delta int) (code string)
	ShowPage(id string, page int) (code string)
	OpenDocument(id string, item meeting.ItemID, doc meeting.DocumentID, version, page int) (code string)
	BackToPresenter(id string)
	PresentThis(id string) (code string)
	AskPresenter(id string) (code string)
	DropAsk(id string) (code string)
	TakePresenter(id string) (code string)
	Recall(id string) (code string)
	HoldTogether(id string, on bool) (code string)
	ShowPart(id string, top, height float64)

	// Search looks for words in a meeting's documents; Found tells what it has found so far.
	Search(id string, in controller.Scope, typed string) (code string)
	Found(id string) controller.SearchView

	// LastPage is where a document was read last on any of one's devices; LeaveReader keeps it. GoBack and GoForward lead through the places read.
	LeaveReader(id string)
	// DocumentTurn is how far a document is turned for reading here, in quarters clockwise; TurnDocument turns it a quarter further.
	DocumentTurn(hash string) int
	TurnDocument(hash string)
	LastPage(id string, item meeting.ItemID, doc meeting.DocumentID) int
	GoBack(id string) (code string)
	GoForward(id string) (code string)
	ToggleBookmark(id string) (code string)
	Bookmarks(id string) []controller.Bookmark

	InkActions

	// Versions lists what a document has been, oldest first; InkAt is what is written at a place, to be looked at.
	Versions(id string, item meeting.ItemID, doc meeting.DocumentID) (title string, all []controller.VersionRow)
	InkAt(id string, at controller.Spot) controller.InkView

	// Document gives the pages of a version of a document; nil while they are not known or, with a code, not to be had.
	Document(id string, item meeting.ItemID, hash string) (d Document, code string)
}

// Document is what a page view reads from, with the document's own table of contents.
type Document interface {
	widget.Source
	Hash() string
	Outline() []protocol.OutlineEntry
	// MayCopy reports whether its author allows to copy text out of it.
	MayCopy() bool
	// Text is a page's words with their places; it may wait for the network.
	Text(ctx context.Context, page int) (protocol.PageText, error)
}

var _ widget.Finer = (*controller.Document)(nil)

// Of makes a controller what the screens need.
func Of(c *controller.Controller) Actions { return device{c} }

type device struct{ *controller.Controller }

// Document keeps a document that is not there yet a nil interface.
func (d device) Document(id string, item meeting.ItemID, hash string) (Document, string) {
	doc, code := d.Controller.Document(id, item, hash)
	if doc == nil {
		return nil, code
	}
	return doc, code
}

// Preferences are what a person sets about the screens of this device.
type Preferences struct {
	Language words.Language
	Mode     theme.Mode
	Scale    float32 // theme.MinScale to theme.MaxScale
	Paper    widget.Paper
	// Layout is how the pages lie: OnePage, TwoPages or Rolling; with Cover the first of two pages side by side is alone.
	Layout widget.Layout
	Cover  bool
	// LeftHand mirrors palettes, side columns and page buttons; Still keeps everything from gliding.
	LeftHand, Still bool
	// Contrast is the look with strong lines and black or white text.
	Contrast bool
}
