package screen

import (
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
)

// stays is what a tab remembers.
type stays struct {
	at   Stay
	kept int
}

func (s *stays) Kept() (Stay, bool) { return s.at, s.kept > 0 }
func (s *stays) Keep(at Stay)       { s.at, s.kept = at, s.kept+1 }

func tabOf(s Stays) Options {
	o := vi(1)
	o.Stays = s
	return o
}

// inMeeting is a person with a meeting, of which nothing is running.
func inMeeting() *fake {
	f := inside()
	f.meetings.Direct = ""
	return f
}

// A window that is opened anew shows what the last one showed.
func TestAWindowComesBack(t *testing.T) {
	f := inMeeting()
	at := &stays{}
	s := newStand(t, f, tabOf(at), fyne.NewSize(800, 1200))
	f.reader.Following, f.reader.Spot = true, controller.Spot{Item: "i1", Place: meeting.Place{Document: "d1", Version: 1, Page: 4}}
	s.push(newAgenda(s.Shell, "m1"))
	s.push(newReader(s.Shell, "m1"))
	s.Update()
	if want := (Stay{Person: f.meetings.Me.ID, Meeting: "m1", Reading: true}); at.at != want {
		t.Errorf("kept: %+v, want %+v", at.at, want)
	}
	f.reader.Following = false
	s.Update()
	if !at.at.Apart || at.at.At != f.reader.Spot {
		t.Errorf("reading apart, kept: %+v", at.at)
	}
	kept := at.kept
	s.Update()
	if at.kept != kept {
		t.Error("the same is kept again")
	}

	for name, c := range map[string]struct {
		change func(*fake, *Stay)
		depth  int // screens on the stack
		reads  bool
	}{
		"apart":                {func(*fake, *Stay) {}, 3, true},
		"following":            {func(_ *fake, at *Stay) { at.Apart = false }, 3, true},
		"another person":       {func(_ *fake, at *Stay) { at.Person = "other" }, 1, false},
		"the list":             {func(_ *fake, at *Stay) { at.Meeting, at.Reading, at.Apart = "", false, false }, 1, false},
		"the agenda":           {func(_ *fake, at *Stay) { at.Reading, at.Apart = false, false }, 2, false},
		"nothing is shown":     {func(f *fake, at *Stay) { f.reader.Spot, at.Apart = controller.Spot{}, false }, 2, false},
		"the document is gone": {func(f *fake, _ *Stay) { f.code = "not_found" }, 2, false},
	} {
		t.Run(name, func(t *testing.T) {
			f := inMeeting()
			f.meeting.Status.Link = session.Live
			f.reader.Following, f.reader.Spot = true, controller.Spot{Item: "i1", Place: meeting.Place{Document: "d1", Version: 1, Page: 4}}
			was := *at
			c.change(f, &was.at)
			s := newStand(t, f, tabOf(&was), fyne.NewSize(800, 1200))
			if _, reads := s.top().(*reader); len(s.stack) != c.depth || reads != c.reads {
				t.Errorf("%d screens, a page: %v", len(s.stack), reads)
			}
		})
	}
}

// Who goes elsewhere while the device still waits for the server is let go.
func TestNobodyIsLedBackAgainstHisWill(t *testing.T) {
	f := inMeeting()
	f.meeting.Status.Link = session.Connecting
	f.reader.Spot = controller.Spot{}
	at := &stays{at: Stay{Person: f.meetings.Me.ID, Meeting: "m1", Reading: true}, kept: 1}
	s := newStand(t, f, tabOf(at), fyne.NewSize(800, 1200))
	if len(s.stack) != 2 || s.comeback == nil {
		t.Fatalf("%d screens while it waits", len(s.stack))
	}
	s.pop()
	s.Update()
	f.reader.Spot, f.meeting.Status.Link = controller.Spot{Item: "i1", Place: meeting.Place{Document: "d1", Version: 1, Page: 4}}, session.Live
	s.Update()
	if _, reads := s.top().(*reader); reads || at.at.Meeting != "" {
		t.Errorf("led to the page after all; kept %+v", at.at)
	}
}
