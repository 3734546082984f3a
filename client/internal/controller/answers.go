package controller

import (
	"slices"
	"time"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

// Invitation is what one person said about coming to a meeting.
type Invitation struct {
	// Asks: the person can still say whether he comes.
	Asks bool
	// Answer is his last word; its Reply is "" while he has not said any.
	Answer meeting.Answer
	// Reminded: the secretaries asked for the missing answer again.
	Reminded bool
}

// Waits reports whether an answer is asked for and missing.
func (i Invitation) Waits() bool { return i.Asks && i.Answer.Reply == "" }

// AnswerRow is one invited person with what was said about his coming.
type AnswerRow struct {
	PersonRow
	Member bool
	Answer meeting.Answer // Reply "" : none yet
	// NotedBy names the secretary who noted the answer down, "" where the
	// person gave it himself.
	NotedBy string
	// StandIn names the participant who stands in for him, "" where nobody
	// has an account for that yet.
	StandIn string
}

// AnswersView counts who comes to a meeting. Rows are by precedence.
type AnswersView struct {
	Coming, Absent, StandIns, None int
	Rows                           []AnswerRow
	// CanNote: the person may note answers down and remind.
	CanNote bool
	// Reminded is when those who had not answered were last asked to; zero: never.
	Reminded time.Time
}

// Total is how many people are asked.
func (v AnswersView) Total() int { return v.Coming + v.Absent + v.StandIns + v.None }

// GiveAnswer says whether a person comes: oneself where c.Person is empty, for
// others it is the secretaries'.
func (c *Controller) GiveAnswer(id string, a meeting.GiveAnswer) (code string) {
	return c.submit(id, "", a)
}

// RemindInvited asks those who have not answered to do so.
func (c *Controller) RemindInvited(id string) (code string) {
	return c.submit(id, "", meeting.RemindInvited{})
}

func (c scene) invitation() Invitation {
	out := Invitation{Asks: c.s.MayAnswer(c.me), Answer: c.s.Answers[c.me]}
	out.Reminded = out.Waits() && !c.s.Reminded.IsZero()
	return out
}

// listed is the invitation as far as the list of meetings tells of it, for a
// meeting that is not at hand.
func listed(m protocol.MeetingSummary) Invitation {
	switch m.Answer {
	case "", protocol.AnswerNone:
		return Invitation{}
	}
	return Invitation{Answer: meeting.Answer{Reply: meeting.Reply(m.Answer)}}
}

// rowInvitation prefers what the meeting itself says: an answer just given is
// in it at once.
func rowInvitation(v session.View, m protocol.MeetingSummary, device time.Time) Invitation {
	if c := sceneOf(v, m.ID, device); c.s.Exists() {
		return c.invitation()
	}
	return listed(m)
}

func (c scene) answers() AnswersView {
	out := AnswersView{CanNote: c.s.People[c.me].Has(meeting.Secretary) && c.s.Phase != meeting.Draft && c.s.Phase != meeting.Closed, Reminded: c.s.Reminded}
	for _, p := range byPrecedence(c.s) {
		if !p.Asked() {
			continue
		}
		row := AnswerRow{PersonRow: participantPerson(p), Member: p.Member, Answer: c.s.Answers[p.Person]}
		if by := row.Answer.By; by != "" && by != p.Person {
			row.NotedBy = c.name(by)
		}
		if s, ok := c.s.StandInOf(p.Person); ok {
			row.StandIn = s.Name
		}
		switch row.Answer.Reply {
		case meeting.Coming:
			out.Coming++
		case meeting.Absent:
			out.Absent++
		case meeting.StandsIn:
			out.StandIns++
		default:
			out.None++
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// AddStandIn takes an account of the room into the meeting for the person it
// stands in for: it sees what that person was invited to, may speak, and has no
// vote. What only named people may see is left for the secretary to decide. The
// account was just made: its name may not have come here yet.
func (c *Controller) AddStandIn(id string, of meeting.PersonID, account roster.Person) (code string) {
	s := c.seen().Meetings[id]
	p := meeting.Participant{Person: account.ID, Name: account.Name, Position: account.Position, Unit: account.Unit, Order: account.Order, StandInFor: of}
	if s.People[of].Has(meeting.Guest) {
		p.Functions = []meeting.Function{meeting.Guest}
	}
	if code = c.SetParticipant(id, p); code != "" {
		return code
	}
	for _, item := range s.Agenda {
		i := s.Items[item]
		if i.Restricted || !slices.Contains(i.Audience, of) {
			continue
		}
		if code = c.SetAudience(id, item, false, append(slices.Clone(i.Audience), account.ID), i.Wider); code != "" {
			return code
		}
	}
	return ""
}
