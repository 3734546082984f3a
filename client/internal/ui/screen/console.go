package screen

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// Console is a screen of its own for those who run or prepare a meeting.
type Console interface {
	// Object is what is shown. It is asked for once.
	Object() fyne.CanvasObject
	// Refresh is called when models, language or look may have changed.
	Refresh()
	// Back goes one step back within the console; false means it has none.
	Back() bool
	// Close ends what the console has running.
	Close()
}

// Leads are the ways out of a console.
type Leads struct {
	// Leave goes back to where the console was opened.
	Leave func()
	// Read shows a document of an item of a meeting; without a document the presented one, or all of the item.
	Read func(meeting string, item meeting.ItemID, doc meeting.DocumentID)
}

// Consoles make the consoles of a meeting; a nil function means there is none of that kind.
type Consoles struct {
	Chair func(meeting string, on fyne.Window, leads Leads) Console
	// Desk makes the secretary's desk; the meeting is "" where none is chosen yet.
	Desk func(meeting string, on fyne.Window, leads Leads) Console
	// Ballot makes what lies over all screens while a vote asks for this person; see shows the page that a vote is about.
	Ballot func(on fyne.Window, see func(controller.BallotView)) Over
}

// Over lies over all screens while it has something to ask.
type Over interface {
	// Object is what is shown. It is asked for once, and empty, not hidden, while there is nothing.
	Object() fyne.CanvasObject
	// Open shows a vote that the person asks for: an opinion to give, or a result.
	Open(at controller.VoteAt)
	// Refresh is called when models, language or look may have changed.
	Refresh()
	// Asks tells whether it covers the screens and takes the keys.
	Asks() bool
	// Back goes one step back in it; false means it has none.
	Back() bool
	// Unsent tells whether something was filled in that was not sent: it would be lost with the person.
	Unsent() bool
	// Close forgets what it shows.
	Close()
}

func (s *Shell) ballotLayer() fyne.CanvasObject {
	if s.options.Projector || s.options.Consoles.Ballot == nil {
		return container.NewWithoutLayout()
	}
	s.ballot = s.options.Consoles.Ballot(s.window, s.seeVote)
	return s.ballot.Object()
}

func (s *Shell) asks() bool { return s.ballot != nil && s.ballot.Asks() }

// askForBallot brings what lies over the screens up to date.
func (s *Shell) askForBallot() {
	if s.ballot == nil || s.stage != controller.StageInside {
		return
	}
	before := s.asks()
	s.ballot.Refresh()
	if s.asks() && !before {
		s.window.Canvas().Unfocus() // keys are not for what lies below
	}
}

// openVote shows a vote that was tapped, where there is something to show it with.
func (s *Shell) openVote(at controller.VoteAt) {
	if s.ballot == nil {
		return
	}
	s.ballot.Open(at)
	if s.asks() {
		s.window.Canvas().Unfocus()
	}
}

// seeVote shows the page that a vote is about.
func (s *Shell) seeVote(v controller.BallotView) {
	at := v.About.Place
	if code := s.act.OpenDocument(v.Meeting, v.About.Item, at.Document, at.Version, max(at.Page, 1)); code != "" {
		s.refused(code)
		return
	}
	if r, ok := s.top().(*reader); !ok || r.id != v.Meeting {
		s.push(newReader(s, v.Meeting))
	}
	s.Update()
}

func (s *Shell) openChair(id string) {
	s.push(&consoleView{console: s.options.Consoles.Chair(id, s.window, s.leads()), title: chairTitle})
}

func (s *Shell) openDesk(id string) {
	s.push(&consoleView{console: s.options.Consoles.Desk(id, s.window, s.leads()), title: "role.secretary"})
}

func (s *Shell) leads() Leads { return Leads{Leave: s.pop, Read: s.readFor} }

// readFor shows what a console wants to be read.
func (s *Shell) readFor(id string, item meeting.ItemID, doc meeting.DocumentID) {
	s.act.OpenMeeting(id)
	at := s.act.Meeting(id).Presenting.Spot
	switch {
	case doc != "":
		if code := s.act.OpenDocument(id, item, doc, 0, 1); code != "" {
			s.refused(code)
			return
		}
		s.push(newReader(s, id))
	case at.Item == item && !at.IsZero():
		s.enterPresented(id)
	default:
		s.push(newItem(s, id, item))
	}
}

// chairTitle is the key of what the chair's console is called.
const chairTitle = "role.chair"

// consoleView puts a console on the stack. The console draws itself anew, so that this model changes never.
type consoleView struct {
	still
	console Console
	title   string // key
	content fyne.CanvasObject
}

func (v *consoleView) model() any {
	v.console.Refresh()
	return v.title
}

func (v *consoleView) draw() fyne.CanvasObject {
	if v.content == nil {
		v.content = v.console.Object()
	}
	return v.content
}

func (v *consoleView) name() string { return words.T(v.title) }
func (v *consoleView) back() bool   { return v.console.Back() }
func (v *consoleView) close()       { v.console.Close() }
