package screen

import (
	"testing"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
	"phonghop/shared/meeting"
)

// asked is a person who is invited to a meeting that was sent.
func asked(i controller.Invitation) *fake {
	f := inside()
	f.meetings.Running, f.meetings.Direct = nil, ""
	f.meetings.Coming[0].Invitation = i
	f.meeting.Phase, f.meeting.Invitation = meeting.Published, i
	return f
}

// Whoever is invited says in one tap that he comes, from the list and from the agenda.
func TestComingIsSaidInOneTap(t *testing.T) {
	s := newStand(t, asked(controller.Invitation{Asks: true}), vi(1), tablet)
	s.press(words.T("answer.coming"))
	s.wants("answer n coming|||")
	s.push(newAgenda(s.Shell, "m"))
	s.fake.did = nil
	s.press(words.T("answer.coming"))
	s.wants("answer m coming|||")
}

// Not to come needs a reason, a stand-in a name; nothing is sent before, and a refusal keeps what was typed.
func TestReasonAndStandIn(t *testing.T) {
	s := newStand(t, asked(controller.Invitation{Asks: true}), vi(1), phone)
	s.press(words.T("answer.absent"))
	s.press(words.T("common.send"))
	s.wants()
	s.press(words.T("answer.away"))
	s.fake.code = "unavailable"
	s.press(words.T("common.send"))
	s.wants("answer n absent|Đi công tác||")
	v, there := s.top().(*answerForm)
	if !there || v.text.Text() != "Đi công tác" {
		t.Fatalf("a refusal loses what was typed")
	}
	s.fake.code = ""
	s.press(words.T("common.send"))
	s.wants("answer n absent|Đi công tác||")
	if _, list := s.top().(*meetings); !list {
		t.Error("an answer that was taken does not lead back")
	}
	s.press(words.T("answer.stand_in"))
	s.press(words.T("common.send"))
	s.wants()
	v = s.top().(*answerForm)
	v.person.SetText("Nguyễn Thị Ưỡn")
	v.position.SetText("Phó Chánh Văn phòng")
	words.Use(words.English) // another language keeps what was typed
	s.Update()
	s.press(words.T("common.send"))
	s.wants("answer n stand_in||Nguyễn Thị Ưỡn|Phó Chánh Văn phòng")
}

// What was said stands on the agenda and can be changed; who is not asked, or sits already, sees nothing of it.
func TestAnswerOnTheAgenda(t *testing.T) {
	f := asked(controller.Invitation{Asks: true, Answer: meeting.Answer{Reply: meeting.Absent, Reason: "Đi công tác"}})
	s := newStand(t, f, vi(1), tablet)
	if s.shows(words.T("answer.coming")) {
		t.Error("who has answered is asked again in the list")
	}
	s.push(newAgenda(s.Shell, "m"))
	if !s.shows(words.T("answer.said", words.T("answer.absent"))) {
		t.Error("what was said is not to be seen")
	}
	s.press(words.T("answer.change"))
	s.fake.did = nil
	s.press(words.T("answer.coming"))
	s.wants("answer m coming|||")
	f.meeting.Phase = meeting.Open
	s.Update()
	if s.shows(words.T("answer.change")) || s.shows(words.T("answer.title")) {
		t.Error("asked while the room sits")
	}
	f.meeting.Phase, f.meeting.Invitation = meeting.Published, controller.Invitation{}
	s.Update()
	if s.shows(words.T("answer.title")) {
		t.Error("who is not invited is asked")
	}
}
