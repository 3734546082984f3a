package screen

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/theme"
	"phonghop/client/internal/ui/widget"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// overlay plays the ballot that lies over the screens.
type overlay struct {
	opened []string
	unsent bool
}

func (*overlay) Object() fyne.CanvasObject                            { return widget.Column(0) }
func (o *overlay) Open(at controller.VoteAt)                          { o.opened = append(o.opened, string(at.Vote)) }
func (*overlay) Refresh()                                             {}
func (*overlay) Asks() bool                                           { return false }
func (*overlay) Back() bool                                           { return false }
func (o *overlay) Unsent() bool                                       { return o.unsent }
func (*overlay) Close()                                               {}
func (o *overlay) make(fyne.Window, func(controller.BallotView)) Over { return o }

// withVotes is a device with a result and two opinions on the agenda.
func withVotes() *fake {
	f := inside()
	f.meeting = meetingNow()
	at := func(vote string) controller.VoteAt {
		return controller.VoteAt{Meeting: "m", Item: "i1", Vote: meeting.VoteID(vote)}
	}
	rule, _ := poll.Set(poll.SetCommittee)
	p := poll.Poll{Method: poll.Approve, Mode: poll.Secret, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule}
	result := poll.Result{Rule: rule, Members: 19, Present: 17, Cast: 17, For: 12, Base: 19, Needed: 10, Verdict: poll.Passed, Reason: poll.Majority,
		Options: []poll.Outcome{{Count: 12}, {Count: 3}, {Count: 2}}}
	f.meeting.Items = slices.Clone(f.meeting.Items)
	f.meeting.Items[0].Votes = []controller.ItemVote{{VoteAt: at("past"), Question: "Thông qua báo cáo tình hình kinh tế - xã hội", Announced: true, Verdict: poll.Passed, Sentence: result.Sentence(p)}}
	f.meeting.Items[2].Votes = []controller.ItemVote{
		{VoteAt: at("asked"), Question: "Cho ý kiến dự thảo Nghị quyết", Asks: true, Until: monday.AddDate(0, 0, 3)},
		{VoteAt: at("answered"), Question: strings.Repeat("Cho ý kiến dự thảo Quyết định ", 20), Answered: true, Until: monday.AddDate(0, 0, 3)},
	}
	return f
}

// tapCards presses all cards with a title that begins so.
func tapCards(s *stand, title string) (n int) {
	for _, c := range laidOut[*widget.Card](s) {
		if strings.HasPrefix(c.Data().Title, title) && c.OnTapped != nil {
			c.OnTapped()
			n++
		}
	}
	return n
}

func TestVotesOnTheAgendaAreOpened(t *testing.T) {
	over := &overlay{}
	s := newStand(t, withVotes(), Options{Preferences: Preferences{Language: words.Vietnamese, Mode: theme.Light, Scale: 1}, Consoles: Consoles{Ballot: over.make}}, tablet)
	s.push(newAgenda(s.Shell, "m"))
	for _, title := range []string{"Thông qua báo cáo", "Cho ý kiến dự thảo Nghị quyết", "Cho ý kiến dự thảo Quyết định"} {
		if n := tapCards(s, title); n != 1 {
			t.Errorf("%q: %d lines", title, n)
		}
	}
	if !slices.Equal(over.opened, []string{"past", "asked", "answered"}) {
		t.Errorf("opened %q", over.opened)
	}
}

func TestVotesOnTheAgendaWithoutABallot(t *testing.T) {
	s := newStand(t, withVotes(), Options{Preferences: Preferences{Language: words.Vietnamese, Mode: theme.Light, Scale: 1}}, tablet)
	s.push(newAgenda(s.Shell, "m"))
	tapCards(s, "Thông qua báo cáo") // nothing is there to show it with, and nothing breaks
}

func TestVotePictures(t *testing.T) {
	for _, p := range []struct {
		name     string
		language words.Language
		mode     theme.Mode
		size     fyne.Size
	}{
		{"agenda-votes-vi", words.Vietnamese, theme.Light, tablet},
		{"agenda-votes-phone-en", words.English, theme.Dark, phone},
	} {
		t.Run(p.name, func(t *testing.T) {
			s := newStand(t, withVotes(), Options{Preferences: Preferences{Language: p.language, Mode: p.mode, Scale: 1}}, p.size)
			s.push(newAgenda(s.Shell, "m"))
			s.looksLike(p.name)
		})
	}
	t.Run("meetings-asked-vi", func(t *testing.T) {
		f := inside()
		f.meetings = meetingsList()
		f.meetings.Running[0].Asked, f.meetings.Coming[0].Asked = 1, 2
		s := newStand(t, f, Options{Preferences: Preferences{Language: words.Vietnamese, Mode: theme.Light, Scale: 1}}, tablet)
		s.looksLike("meetings-asked-vi")
	})
}
