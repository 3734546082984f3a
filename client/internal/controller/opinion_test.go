package controller

import (
	"testing"
	"time"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// itemVote finds what the agenda of a device tells of a vote.
func itemVote(d *tester, at VoteAt) (ItemVote, bool) {
	for _, i := range d.Meeting(at.Meeting).Items {
		for _, v := range i.Votes {
			if v.VoteAt == at {
				return v, true
			}
		}
	}
	return ItemVote{}, false
}

func askedIn(d *tester, id string) int {
	all := d.Meetings()
	for _, list := range [][]MeetingRow{all.Running, all.Coming, all.Past} {
		for _, m := range list {
			if m.ID == id {
				return m.Asked
			}
		}
	}
	return -1
}

func TestOpinionsInWriting(t *testing.T) {
	deadline := time.Now().Add(72 * time.Hour).Truncate(time.Minute)
	h := vote(t, VoteForm{Question: "Cho ý kiến dự thảo?", Template: meeting.TemplateOpinion, Mode: poll.After, Until: deadline})
	if f, ok := h.desk.VoteForm(h.at); !ok || !f.Until.Equal(deadline) || !f.Template.Ahead() {
		t.Errorf("the form is %+v", f)
	}
	if r := h.row(); r.CanPose || !r.CanOpen || !r.Ahead || !r.Until.Equal(deadline) || r.Electors[0].Absent {
		t.Errorf("prepared: %+v", r)
	}
	if _, ok := itemVote(h.memb, h.at); ok {
		t.Error("it is on the agenda before it was sent out")
	}
	h.desk.ok(h.desk.OpenVote(h.at))
	h.memb.until("the agenda asks", func() bool { v, _ := itemVote(h.memb, h.at); return v.Asks && v.Until.Equal(deadline) })
	h.memb.until("the meetings tell", func() bool { return askedIn(h.memb, h.id) == 1 })
	h.desk.until("all are waited for", func() bool { return len(h.row().Waiting) == 2 })
	h.desk.ok(h.desk.RemindVoters(h.at))
	h.memb.until("reminded", func() bool { b, _ := h.memb.Ballot(h.at); return b.Reminded == 1 && b.Ahead && b.MayVote })
	h.memb.ok(h.memb.Cast(h.at, poll.Ballot{Marks: []int{1}, Remark: "Chưa rõ nguồn vốn"}))
	h.memb.until("answered", func() bool {
		v, _ := itemVote(h.memb, h.at)
		return v.Answered && !v.Asks && askedIn(h.memb, h.id) == 0
	})
	h.desk.until("turnout", func() bool { return h.row().Taken == 1 && len(h.row().Waiting) == 1 })
	h.desk.ok(h.desk.CloseVote(h.at))
	h.desk.until("the count", func() bool { return h.row().Result != nil })
	if r := h.row().Result; len(r.Voted) != 1 || r.Voted[0].Remark != "Chưa rõ nguồn vốn" || h.row().Public {
		t.Errorf("the desk's summary is %+v", r)
	}
	if b, _ := h.chair.Ballot(h.at); b.Result != nil {
		t.Errorf("a voter sees %+v before the announcement", b.Result)
	}
	h.memb.until("it is over", func() bool { _, ok := itemVote(h.memb, h.at); return !ok })
	h.desk.ok(h.desk.AnnounceVote(h.at))
	h.chair.until("the result on the agenda", func() bool {
		v, _ := itemVote(h.chair, h.at)
		return v.Announced && v.Verdict == poll.Failed && !v.Sentence.Empty()
	})
	got := h.seen(h.chair)
	if len(got.Voted) != 1 || got.Voted[0].Remark != "Chưa rõ nguồn vốn" || got.Outcomes[1].Count != 1 {
		t.Errorf("the summary is %+v", got)
	}
}

func TestNoSecretOpinions(t *testing.T) {
	f := VoteForm{Question: "Cho ý kiến?", Template: meeting.TemplateOpinion, Mode: poll.Secret}
	if _, ok := f.plan(); ok {
		t.Error("a reason was asked for in secret")
	}
}

func TestResultsAreOnTheAgendaFromTheirAnnouncement(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	h.open()
	h.cast(h.memb, 0)
	h.cast(h.chair, 0)
	h.desk.ok(h.desk.CloseVote(h.at))
	h.desk.until("counted", func() bool { return h.row().Result != nil })
	h.memb.until("closed", func() bool { b, _ := h.memb.Ballot(h.at); return b.State == meeting.Tallied })
	if _, ok := itemVote(h.memb, h.at); ok {
		t.Error("it is told before it was announced")
	}
	h.desk.ok(h.desk.AnnounceVote(h.at))
	h.memb.until("announced", func() bool { v, _ := itemVote(h.memb, h.at); return v.Announced && v.Verdict == poll.Passed })
	if askedIn(h.memb, h.id) != 0 {
		t.Error("a result asks for something")
	}
}
