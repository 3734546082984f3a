package meeting_test

import (
	"errors"
	"testing"

	"phonghop/shared/meeting"
)

// code is the code of a refusal; empty without one.
func code(err error) meeting.Code {
	var r *meeting.Refusal
	if errors.As(err, &r) {
		return r.Code
	}
	return ""
}

func TestBranchesFromOneStateDoNotShareWishes(t *testing.T) {
	ask := func(s meeting.State, who meeting.PersonID) meeting.State {
		return meeting.Apply(s, meeting.Event{Item: "alpha", Body: meeting.PresentAsked{Person: who}})
	}
	s := ask(ask(ask(opened(t).s, "a"), "b"), "c")
	predicted := ask(s, member)
	ask(s, delegate) // what the server said in the meantime
	if got := predicted.Contents["alpha"].Wishes[3]; got != member {
		t.Errorf("the predicted wish became %s's", got)
	}
}

func TestSecretaryNoMoreActsNoMore(t *testing.T) {
	w := opened(t)
	w.must(t, secretary, meeting.SetParticipant{Participant: meeting.Participant{Person: typist, Name: "Thư ký Hai"}})
	if _, err := w.do(typist, meeting.PauseSitting{}); code(err) != meeting.NotAllowed {
		t.Errorf("a former secretary pauses the sitting: %v", err)
	}
	// Being a secretary again does not bring the chair's trust back.
	w.must(t, secretary, meeting.SetParticipant{Participant: participants()[0]})
	if _, err := w.do(typist, meeting.PauseSitting{}); code(err) != meeting.NotAllowed {
		t.Errorf("a secretary whose leave to act had ended pauses the sitting: %v", err)
	}
}

func TestPresidingPersonWhoMayNoLongerPreside(t *testing.T) {
	w := opened(t)
	w.must(t, chair, meeting.EndSitting{})
	w.must(t, secretary, meeting.SetParticipant{Participant: meeting.Participant{Person: chair, Name: "Nguyên Chủ tịch"}})
	if _, err := w.do(chair, meeting.Close{}); code(err) != meeting.NotAllowed {
		t.Errorf("a delegate who presided once closes the meeting: %v", err)
	}
	if _, err := w.do(chair, meeting.OpenSitting{}); code(err) != meeting.NotAllowed {
		t.Errorf("a delegate who presided once opens a sitting: %v", err)
	}
}

func TestRemovedItemsIDIsNotUsedAgain(t *testing.T) {
	w := drafted(t)
	w.must(t, secretary, meeting.RemoveItem{ID: "alpha"})
	if w.s.MaySee(secretary, "alpha") {
		t.Error("a removed item is seen")
	}
	// Its stream is still there, with its documents.
	_, err := w.do(secretary, meeting.AddItem{ID: "alpha", Type: meeting.Report, Brief: meeting.Brief{Title: "Khác"}})
	if code(err) != meeting.Exists {
		t.Errorf("the id was taken again: %v", err)
	}
}

func TestMovingADocumentToItsOwnPlace(t *testing.T) {
	w := drafted(t)
	for _, c := range []meeting.MoveDocument{
		{Item: "alpha", Document: "annex"},
		{Item: "alpha", Document: "report", Before: "annex"},
		{Item: "alpha", Document: "report", Before: "report"},
	} {
		if events := w.must(t, secretary, c); len(events) > 0 {
			t.Errorf("%+v: %d events", c, len(events))
		}
	}
	if events := w.must(t, secretary, meeting.MoveDocument{Item: "alpha", Document: "annex", Before: "report"}); len(events) != 1 {
		t.Errorf("a real move: %d events", len(events))
	}
}

func TestDocumentWithoutVersionsFromADamagedSnapshot(t *testing.T) {
	w := opened(t)
	s, err := w.s.RestoreItem("gamma", []byte(`{"brief":{"title":"Gamma"},"documents":[{"id":"report","title":"x","versions":null}]}`))
	if err != nil {
		t.Fatal(err)
	}
	events, err := meeting.Decide(s, actor(chair), meeting.SetItemState{Item: "gamma", To: meeting.Running}, start)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		s = meeting.Apply(s, e)
	}
	s = meeting.Apply(s, meeting.Event{Item: "gamma", Body: meeting.DocumentReplaced{Document: "report", Hash: hash("c"), Pages: 2}})
	if d, _ := s.Contents["gamma"].Document("report"); d.Latest().Number != 1 {
		t.Errorf("the first version became %d", d.Latest().Number)
	}
}

func TestOrderOfPrecedenceIsBounded(t *testing.T) {
	w := drafted(t)
	for _, order := range []int{-1, 1_000_001} {
		p := participants()[4]
		p.Order = order
		if _, err := w.do(secretary, meeting.SetParticipant{Participant: p}); code(err) != meeting.Invalid {
			t.Errorf("order %d: %v", order, err)
		}
	}
}

func TestReporterWhoLeftIsNotLetInAgain(t *testing.T) {
	w := opened(t)
	w.must(t, secretary, meeting.RemoveParticipant{Person: member}) // beta's reporter
	w.must(t, secretary, meeting.SetAudience{ID: "beta", Restricted: true, Audience: []meeting.PersonID{chair}})
	w.must(t, secretary, meeting.SetParticipant{Participant: participants()[3]})
	if w.s.MaySee(member, "beta") {
		t.Error("taking part again opened a restricted item")
	}
}
