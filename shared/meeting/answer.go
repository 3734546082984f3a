package meeting

import (
	"maps"
	"slices"
	"time"

	"phonghop/shared/roster"
	"phonghop/shared/text"
)

// MaxAnswerReason bounds why somebody does not come, in runes.
const MaxAnswerReason = 300

// RemindEvery is how long after a reminder another one means nothing.
const RemindEvery = time.Minute

// Reply is what an invited person says about coming.
type Reply string

// The replies.
const (
	Coming   Reply = "coming"
	Absent   Reply = "absent"
	StandsIn Reply = "stand_in" // somebody else comes in the person's place
)

// Answer is a person's last word on the invitation. Everybody in the meeting may
// know it, as they see later who is there.
type Answer struct {
	Reply  Reply  `json:"reply"`
	Reason string `json:"reason,omitempty"` // one line
	// Name and Position are the stand-in's.
	Name     string `json:"name,omitempty"`
	Position string `json:"position,omitempty"`
	// At is when it was given, By who gave it: the person or a secretary.
	At time.Time `json:"at"`
	By PersonID  `json:"by"`
}

// Commands on the answers of those invited.
type (
	// GiveAnswer says whether a person comes: by himself, where Person is empty
	// or he, or noted down by a secretary. It may change until the meeting is
	// closed. Not to come needs a reason of whoever says it himself; a stand-in
	// needs a name.
	GiveAnswer struct {
		Person   PersonID `json:"person,omitempty"`
		Reply    Reply    `json:"reply"`
		Reason   string   `json:"reason,omitempty"`
		Name     string   `json:"name,omitempty"`
		Position string   `json:"position,omitempty"`
	}
	// RemindInvited asks those who have not answered to do so.
	RemindInvited struct{}
)

// Events of the answers, in the meeting's stream.
type (
	// AnswerGiven replaces a person's answer.
	AnswerGiven struct {
		Person   PersonID `json:"person"`
		Reply    Reply    `json:"reply"`
		Reason   string   `json:"reason,omitempty"`
		Name     string   `json:"name,omitempty"`
		Position string   `json:"position,omitempty"`
	}
	// InvitedReminded was said to those who had not answered.
	InvitedReminded struct{}
)

// Kind implements Command.
func (GiveAnswer) Kind() string { return "answer.give" }

// Kind implements Command.
func (RemindInvited) Kind() string { return "answer.remind" }

// Kind implements Body.
func (AnswerGiven) Kind() string { return "answer.given" }

// Kind implements Body.
func (InvitedReminded) Kind() string { return "answer.reminded" }

// Asked reports whether an answer is expected of the person: of everybody but
// screens, those who stand in for somebody, and secretaries who are neither on
// the roll nor may preside.
func (p Participant) Asked() bool {
	return !p.Has(Projector) && p.StandInFor == "" && (p.Member || !p.Has(Secretary) || p.Has(Chair))
}

// MayAnswer reports whether the person can answer for himself now.
func (s State) MayAnswer(who PersonID) bool {
	p, ok := s.People[who]
	return ok && p.Asked() && s.Phase != Draft && s.Phase != Closed && s.Exists()
}

// Unanswered lists of whom an answer is still expected. Sorted.
func (s State) Unanswered() []PersonID {
	var out []PersonID
	for id, p := range s.People {
		if _, answered := s.Answers[id]; !answered && p.Asked() {
			out = append(out, id)
		}
	}
	return sortedPeople(out)
}

// answers decides the commands on answers; a closed meeting takes none.
func (d *decision) answers(c Command) error {
	secretary := d.s.People[d.a.Person].Has(Secretary)
	switch c := c.(type) {
	case GiveAnswer:
		return d.giveAnswer(c, secretary)
	case RemindInvited:
		switch {
		case !secretary:
			return refuse(NotAllowed, c.Kind())
		case d.s.Phase == Draft:
			return refuse(BadState, string(Draft))
		case len(d.s.Unanswered()) > 0 && d.at.Sub(d.s.Reminded) >= RemindEvery:
			d.emit("", InvitedReminded{})
		}
		return nil
	}
	return refuse(UnknownKind, c.Kind())
}

func (d *decision) giveAnswer(c GiveAnswer, secretary bool) error {
	if c.Person == "" {
		c.Person = d.a.Person
	}
	himself := c.Person == d.a.Person
	p, ok := d.s.People[c.Person]
	switch {
	case !himself && !secretary:
		return refuse(NotAllowed, c.Kind())
	case !ok:
		return refuse(NotFound, "person")
	case !p.Asked():
		return refuse(NotAllowed, "person")
	case d.s.Phase == Draft:
		return refuse(BadState, string(Draft))
	}
	c, err := c.clean()
	if err != nil {
		return err
	}
	if c.Reply == Absent && c.Reason == "" && himself {
		return refuse(NeedsReason, "reason")
	}
	old := d.s.Answers[c.Person]
	if old.Reply == c.Reply && old.Reason == c.Reason && old.Name == c.Name && old.Position == c.Position {
		return nil
	}
	if !himself {
		d.onBehalf = c.Person
	}
	d.emit("", AnswerGiven(c))
	return nil
}

// clean checks the texts, and drops those that do not belong to the reply.
func (c GiveAnswer) clean() (GiveAnswer, error) {
	var ok bool
	var err error
	switch c.Reply {
	case Coming:
		c.Reason, c.Name, c.Position = "", "", ""
		return c, nil
	case Absent:
		c.Name, c.Position = "", ""
	case StandsIn:
		if c.Name, err = line("name", c.Name, 1, MaxName); err != nil {
			return c, err
		}
		if c.Position, err = line("position", c.Position, 0, roster.MaxPosition); err != nil {
			return c, err
		}
	default:
		return c, refuse(Invalid, "reply")
	}
	if c.Reason, ok = text.Line(c.Reason, 0, MaxAnswerReason); !ok {
		return c, refuse(Invalid, "reason")
	}
	return c, nil
}

// applyAnswer folds the events of answers.
func (s State) applyAnswer(e Event) State {
	switch b := e.Body.(type) {
	case AnswerGiven:
		if _, ok := s.People[b.Person]; !ok {
			return s
		}
		s.Answers = maps.Clone(s.Answers)
		if s.Answers == nil {
			s.Answers = map[PersonID]Answer{}
		}
		s.Answers[b.Person] = Answer{Reply: b.Reply, Reason: b.Reason, Name: b.Name, Position: b.Position, At: e.At, By: e.By}
	case InvitedReminded:
		s.Reminded = e.At
	}
	return s
}

// withoutAnswer drops the answer of somebody who leaves the meeting.
func (s State) withoutAnswer(who PersonID) State {
	if _, ok := s.Answers[who]; ok {
		s.Answers = maps.Clone(s.Answers)
		delete(s.Answers, who)
		if len(s.Answers) == 0 {
			s.Answers = nil
		}
	}
	return s
}

// StandInOf is the participant who stands in for a person, if there is one.
func (s State) StandInOf(who PersonID) (Participant, bool) {
	for _, id := range slices.Sorted(maps.Keys(s.People)) {
		if p := s.People[id]; p.StandInFor == who && who != "" {
			return p, true
		}
	}
	return Participant{}, false
}
