package meeting_test

import (
	"slices"
	"strings"
	"testing"

	"phonghop/shared/meeting"
)

// invitation is the published meeting, before anybody has answered.
func invitation(t *testing.T) *world {
	w := drafted(t)
	w.must(t, secretary, meeting.Publish{})
	return w
}

func TestAnswersOfThoseInvited(t *testing.T) {
	w := invitation(t)
	if got, want := w.s.Unanswered(), []meeting.PersonID{chair, delegate, guest, invited, member, vice}; !slices.Equal(got, want) {
		t.Fatalf("asked are %v, want %v", got, want)
	}
	w.must(t, member, meeting.GiveAnswer{Reply: meeting.Coming, Reason: "dropped", Name: "dropped"})
	w.must(t, invited, meeting.GiveAnswer{Person: invited, Reply: meeting.Absent, Reason: "  Đi   công tác "})
	w.must(t, vice, meeting.GiveAnswer{Reply: meeting.StandsIn, Name: "Nguyễn Thị Ưỡn", Position: "Phó Chánh Văn phòng"})
	events := w.must(t, typist, meeting.GiveAnswer{Person: delegate, Reply: meeting.Absent})
	if e := events[0]; e.By != typist || e.For != delegate || e.Item != "" {
		t.Errorf("a secretary's note is %+v", e)
	}
	for who, want := range map[meeting.PersonID]meeting.Answer{
		member:   {Reply: meeting.Coming, By: member},
		invited:  {Reply: meeting.Absent, Reason: "Đi công tác", By: invited},
		vice:     {Reply: meeting.StandsIn, Name: "Nguyễn Thị Ưỡn", Position: "Phó Chánh Văn phòng", By: vice},
		delegate: {Reply: meeting.Absent, By: typist},
	} {
		got := w.s.Answers[who]
		if got.At.IsZero() {
			t.Errorf("%s answered at no time", who)
		}
		want.At = got.At
		if got != want {
			t.Errorf("%s: %+v, want %+v", who, got, want)
		}
	}
	if got := w.s.Unanswered(); !slices.Equal(got, []meeting.PersonID{chair, guest}) {
		t.Errorf("still to answer: %v", got)
	}
	// Changed while the meeting runs, said twice, and no more once it is closed.
	w.must(t, chair, meeting.OpenSitting{})
	w.must(t, member, meeting.GiveAnswer{Reply: meeting.Absent, Reason: "Ốm"})
	if again := w.must(t, member, meeting.GiveAnswer{Reply: meeting.Absent, Reason: "Ốm"}); len(again) != 0 {
		t.Errorf("the same answer made %v", again)
	}
	w.must(t, chair, meeting.Close{})
	if _, err := w.do(member, meeting.GiveAnswer{Reply: meeting.Coming}); code(err) != meeting.BadState {
		t.Errorf("after the end: %v", err)
	}
}

func TestAnswersRefused(t *testing.T) {
	w := invitation(t)
	for name, c := range map[string]struct {
		who  meeting.PersonID
		c    meeting.GiveAnswer
		want meeting.Code
	}{
		"for somebody else":      {member, meeting.GiveAnswer{Person: vice, Reply: meeting.Coming}, meeting.NotAllowed},
		"the screen":             {screen, meeting.GiveAnswer{Reply: meeting.Coming}, meeting.NotAllowed},
		"of the screen":          {secretary, meeting.GiveAnswer{Person: screen, Reply: meeting.Coming}, meeting.NotAllowed},
		"of nobody":              {secretary, meeting.GiveAnswer{Person: "nobody", Reply: meeting.Coming}, meeting.NotFound},
		"a plain secretary":      {typist, meeting.GiveAnswer{Reply: meeting.Coming}, meeting.NotAllowed},
		"no reason":              {member, meeting.GiveAnswer{Reply: meeting.Absent, Reason: " \t"}, meeting.NeedsReason},
		"long reason":            {member, meeting.GiveAnswer{Reply: meeting.Absent, Reason: strings.Repeat("ữ", meeting.MaxAnswerReason+1)}, meeting.Invalid},
		"a stand-in not named":   {member, meeting.GiveAnswer{Reply: meeting.StandsIn, Position: "Trưởng phòng"}, meeting.Invalid},
		"long name":              {member, meeting.GiveAnswer{Reply: meeting.StandsIn, Name: strings.Repeat("Ễ", meeting.MaxName+1)}, meeting.Invalid},
		"no such reply":          {member, meeting.GiveAnswer{Reply: "perhaps"}, meeting.Invalid},
		"who is not in it":       {outsider, meeting.GiveAnswer{Reply: meeting.Coming}, meeting.NotFound},
		"nothing said":           {member, meeting.GiveAnswer{}, meeting.Invalid},
		"bytes that are no text": {member, meeting.GiveAnswer{Reply: meeting.Absent, Reason: "\xff\xfe"}, meeting.Invalid},
	} {
		if _, err := w.do(c.who, c.c); code(err) != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if w := drafted(t); true {
		if _, err := w.do(secretary, meeting.GiveAnswer{Person: member, Reply: meeting.Coming}); code(err) != meeting.BadState {
			t.Errorf("in a draft: %v", err)
		}
	}
}

func TestWhoIsRemindedAndWhoLeaves(t *testing.T) {
	w := invitation(t)
	if _, err := w.do(member, meeting.RemindInvited{}); code(err) != meeting.NotAllowed {
		t.Errorf("a member reminded: %v", err)
	}
	w.must(t, secretary, meeting.RemindInvited{})
	if !w.s.Reminded.Equal(w.now) {
		t.Errorf("reminded at %v", w.s.Reminded)
	}
	for _, who := range w.s.Unanswered() {
		w.must(t, secretary, meeting.GiveAnswer{Person: who, Reply: meeting.Coming})
	}
	if events := w.must(t, secretary, meeting.RemindInvited{}); len(events) != 0 {
		t.Errorf("nobody is left to remind: %v", events)
	}
	w.must(t, secretary, meeting.RemoveParticipant{Person: member})
	if _, ok := w.s.Answers[member]; ok {
		t.Error("who left the meeting still answers")
	}
}

// Somebody can stand in for every person of whom an answer is expected, and for nobody else.
func TestStandInForTheInvited(t *testing.T) {
	w := invitation(t)
	stand := func(of meeting.PersonID) error {
		_, err := w.do(secretary, meeting.SetParticipant{Participant: meeting.Participant{Person: "substitute", Name: "Người dự thay", StandInFor: of}})
		return err
	}
	for _, of := range []meeting.PersonID{member, delegate, invited} {
		if err := stand(of); err != nil {
			t.Errorf("for %s: %v", of, err)
		}
		if p, ok := w.s.StandInOf(of); !ok || p.Person != "substitute" {
			t.Errorf("who stands in for %s: %+v", of, p)
		}
	}
	for _, of := range []meeting.PersonID{screen, typist, "substitute", "nobody"} {
		if err := stand(of); code(err) != meeting.Invalid {
			t.Errorf("for %s: %v", of, err)
		}
	}
}
