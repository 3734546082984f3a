package controller

import (
	"testing"
	"time"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
)

func row(d *tester, id string) (out MeetingRow) {
	for _, m := range d.Meetings().Coming {
		if m.ID == id {
			out = m
		}
	}
	return out
}

// invite has the secretary send a meeting some days ahead.
func invite(d *tester) string {
	d.t.Helper()
	id, code := d.CreateMeeting(MeetingForm{Title: "Phiên họp tháng 12", Starts: time.Now().Add(5 * 24 * time.Hour)})
	d.ok(code)
	_, code = d.AddItem(id, ItemForm{Title: "Báo cáo", Kind: meeting.Report}, "")
	d.ok(code)
	d.ok(d.SetParticipant(id, meeting.Participant{Person: servertest.Chair, Functions: []meeting.Function{meeting.Chair}, Member: true}))
	d.ok(d.SetParticipant(id, meeting.Participant{Person: servertest.Delegate, Member: true}))
	d.ok(d.Publish(id))
	d.until("sent", func() bool { return d.Desk(id).Status.Pending == 0 })
	return id
}

func TestInvitationIsAnsweredFromTheListAndCounted(t *testing.T) {
	r := servertest.New(t)
	desk, guest := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	id := invite(desk)
	guest.enter(r, servertest.Delegate, false)
	guest.until("the invitation", func() bool { return row(guest, id).Invitation.Waits() })
	desk.ok(desk.RemindInvited(id))
	guest.until("the reminder", func() bool { return row(guest, id).Invitation.Reminded })
	guest.ok(guest.GiveAnswer(id, meeting.GiveAnswer{Reply: meeting.StandsIn, Name: "Phạm Thị Chi", Position: "Phó Chánh Văn phòng"}))
	if got := guest.Meeting(id).Invitation; got.Answer.Reply != meeting.StandsIn || got.Reminded {
		t.Errorf("one's own answer does not show at once: %+v", got)
	}
	desk.until("the answer", func() bool { return desk.Desk(id).Answers.StandIns == 1 })
	if v := desk.Desk(id).Answers; v.None != 1 || v.Total() != 2 || !v.CanNote || v.Rows[1].NotedBy != "" && v.Rows[0].NotedBy != "" {
		t.Errorf("answers: %+v", v)
	}
	if code := guest.RemindInvited(id); code != string(meeting.NotAllowed) {
		t.Errorf("a delegate reminds: %q", code)
	}
	desk.ok(desk.GiveAnswer(id, meeting.GiveAnswer{Person: servertest.Chair, Reply: meeting.Coming}))
	desk.until("noted down", func() bool { v := desk.Desk(id).Answers; return v.Coming == 1 && v.None == 0 })

	// The stand-in's account: made, taken into the meeting, and signed in.
	codes := make(chan string, 1)
	p := person("Phạm Thị Chi")
	p.ID = desk.AddPerson(p, servertest.PIN, func(code string) { codes <- code })
	desk.ok(<-codes)
	desk.ok(desk.AddStandIn(id, servertest.Delegate, p))
	desk.until("the stand-in", func() bool {
		for _, row := range desk.Desk(id).Answers.Rows {
			if row.ID == servertest.Delegate {
				return row.StandIn == "Phạm Thị Chi" && desk.Desk(id).Status.Pending == 0
			}
		}
		return false
	})
	sub := start(t, t.TempDir())
	sub.enter(r, p.ID, false)
	sub.until("the meeting", func() bool { return len(sub.Meeting(id).Items) == 1 })
	if v := sub.Meeting(id); v.Invitation.Asks || v.Me.StandInFor != servertest.Delegate || !v.Items[0].Readable {
		t.Errorf("the stand-in sees %+v", v)
	}
}
