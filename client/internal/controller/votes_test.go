package controller

import (
	"strings"
	"testing"
	"time"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/discovery"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// voter starts a device whose secret ballots wait so long before they are cast.
func voter(t *testing.T, dir string, delay time.Duration) *tester {
	t.Helper()
	c := New(Options{Dir: dir, Program: "test", DeviceName: "tablet", Delay: func() time.Duration { return delay },
		Find: func(discovery.Prober) Finder { return nil }})
	d := &tester{Controller: c, t: t, changed: make(chan struct{}, 1)}
	t.Cleanup(c.Close)
	c.Subscribe(func() {
		select {
		case d.changed <- struct{}{}:
		default:
		}
	})
	c.OnNotice(func(n Notice) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.codes = append(d.codes, n.Code)
		d.touch()
	})
	return d
}

// hall is a running item with a vote, the secretary's device acting for the
// chair, and the devices of the two members.
type hall struct {
	t           *testing.T
	room        *servertest.Room
	desk        *tester
	chair, memb *tester
	dir         string // of memb
	prepared
	at VoteAt
}

func vote(t *testing.T, f VoteForm) *hall {
	t.Helper()
	h := &hall{t: t, room: servertest.New(t), desk: start(t, t.TempDir()), dir: t.TempDir()}
	h.desk.enter(h.room, servertest.Secretary, false)
	h.prepared = prepare(h.desk, 1)
	for _, who := range []meeting.PersonID{servertest.Chair, servertest.Delegate} {
		p := meeting.Participant{Person: who, Member: true, Chairman: who == servertest.Chair}
		if p.Chairman {
			p.Functions = []meeting.Function{meeting.Chair}
		}
		h.desk.ok(h.desk.SetParticipant(h.id, p))
	}
	h.desk.ok(h.desk.PrepareVote(h.id, h.item, "v1", f))
	h.at = VoteAt{Meeting: h.id, Item: h.item, Vote: "v1"}
	h.chair, h.memb = voter(t, t.TempDir(), 0), voter(t, h.dir, 0)
	h.chair.enter(h.room, servertest.Chair, false)
	h.memb.enter(h.room, servertest.Delegate, false)
	return h
}

func (h *hall) row() VoteRow { return rowOf(h.t, h.desk, h.at) }

func rowOf(t *testing.T, d *tester, at VoteAt) VoteRow {
	t.Helper()
	for _, r := range d.Votes(at.Meeting).Votes {
		if r.VoteAt == at {
			return r
		}
	}
	return VoteRow{}
}

// open poses the question and opens the vote on both members' devices.
func (h *hall) open() {
	h.t.Helper()
	h.desk.ok(h.desk.PoseVote(h.at))
	h.desk.until("who is ready is known", func() bool {
		h.desk.LookAtVote(h.at)
		r := h.row()
		return len(r.Electors) == 2 && r.Electors[0].Here && r.Electors[1].Here
	})
	h.desk.ok(h.desk.OpenVote(h.at))
	for _, d := range []*tester{h.chair, h.memb} {
		d.until("the vote", func() bool { return len(d.Ballots()) == 1 && d.Ballots()[0].MayVote })
	}
}

func (h *hall) cast(d *tester, option int) {
	h.t.Helper()
	d.ok(d.Cast(h.at, poll.Ballot{Marks: []int{option}}))
	d.until("counted", func() bool { b, _ := d.Ballot(h.at); return b.Ballot == BallotCounted && !b.At.IsZero() })
}

// announce closes, looks at the result and shows it.
func (h *hall) announce() {
	h.t.Helper()
	h.desk.ok(h.desk.CloseVote(h.at))
	h.desk.until("the result, first of all on the chair's side", func() bool { return h.row().Result != nil })
	if h.row().Public {
		h.t.Error("it is public before it was announced")
	}
	h.desk.ok(h.desk.AnnounceVote(h.at))
}

func (h *hall) seen(d *tester) VoteResult {
	h.t.Helper()
	d.until("the result", func() bool { b, ok := d.Ballot(h.at); return ok && b.Result != nil })
	b, _ := d.Ballot(h.at)
	return *b.Result
}

func words(p poll.Phrase) string {
	return p.Say(func(key string, _ ...any) string { return key })
}

func TestOpenVoteWithNames(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live, Document: "", Seconds: 0})
	h.open()
	h.cast(h.memb, 1)
	h.desk.until("turnout", func() bool {
		r := h.row()
		return r.Taken == 1 && len(r.Waiting) == 1 && r.Waiting[0].ID == servertest.Chair
	})
	h.desk.ok(h.desk.RemindVoters(h.at))
	h.chair.until("reminded", func() bool { b, _ := h.chair.Ballot(h.at); return b.Reminded == 1 })
	if b, _ := h.memb.Ballot(h.at); !b.MayChange || b.MayVote || b.Mine == nil || b.Mine.Marks[0] != 1 || b.At.IsZero() {
		t.Errorf("the voter sees %+v", b)
	}
	h.memb.ok(h.memb.Cast(h.at, poll.Ballot{Marks: []int{0}}))
	h.memb.until("changed", func() bool {
		b, _ := h.memb.Ballot(h.at)
		return b.Ballot == BallotCounted && b.Mine.Marks[0] == 0
	})
	h.cast(h.chair, 0)
	h.announce()
	r := h.seen(h.memb)
	if r.Verdict != poll.Passed || r.Outcomes[0].Count != 2 || len(r.Voted) != 2 || words(r.Sentence) != "vote.result.passed" {
		t.Errorf("result %+v", r)
	}
	if len(h.memb.Ballots()) != 0 {
		t.Error("the vote still asks")
	}
}

func TestOpenVoteWithNamesAfterTheClose(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.After})
	h.open()
	h.cast(h.memb, 2)
	h.desk.until("turnout", func() bool { return h.row().Taken == 1 })
	if v, _ := h.chair.seen().Meetings[h.id].Contents[h.item].Voting("v1"); len(v.Choices) > 0 {
		t.Error("a choice is known while it runs")
	}
	if b, _ := h.memb.Ballot(h.at); b.Mine == nil || b.Mine.Marks[0] != 2 {
		t.Errorf("the voter does not see his own choice: %+v", b.Mine)
	}
	h.cast(h.chair, 0)
	h.announce()
	if r := h.seen(h.chair); len(r.Voted) != 2 || r.Verdict != poll.Failed {
		t.Errorf("result %+v", r)
	}
}

func TestSecretVoteIsFoundInTheList(t *testing.T) {
	h := vote(t, VoteForm{Question: "Nhân sự?", Template: meeting.TemplatePersonnel, Mode: poll.Secret})
	h.open()
	h.cast(h.memb, 1)
	if code := h.memb.Cast(h.at, poll.Ballot{Marks: []int{0}}); code == "" {
		t.Error("a second secret ballot was taken")
	}
	h.cast(h.chair, 0)
	h.announce()
	r := h.seen(h.memb)
	if r.Cast != 2 || len(r.Voted) != 0 || r.Reason != poll.EqualSecret || !r.Repeatable || r.Digest == "" {
		t.Errorf("result %+v", r)
	}
	for _, d := range []*tester{h.memb, h.chair} {
		d.until("found in the list", func() bool { b, _ := d.Ballot(h.at); return b.Check == ListFound })
		if b, _ := d.Ballot(h.at); b.Mine != nil || b.Ballot != BallotCounted {
			t.Errorf("the choice is still on the device: %+v", b)
		}
	}
	h.desk.ok(h.desk.RepeatVote(h.at, true))
	if all := h.desk.Votes(h.id).Votes; len(all) != 2 || all[1].Mode != poll.Live || !all[1].Repeated {
		t.Errorf("repeated openly: %+v", all)
	}
}

// A list that was changed by anybody is seen by the device.
func TestAChangedListIsSeen(t *testing.T) {
	h := vote(t, VoteForm{Question: "Nhân sự?", Template: meeting.TemplatePersonnel, Mode: poll.Secret})
	h.open()
	h.cast(h.memb, 1)
	h.cast(h.chair, 1)
	kept := h.memb.records()[h.at]
	h.announce()
	h.seen(h.memb)
	list, err := h.memb.session().Server().BallotList(h.memb.ctx, h.at)
	if err != nil {
		t.Fatal(err)
	}
	v, _ := h.memb.seen().Meetings[h.id].Contents[h.item].Voting("v1")
	if got := h.memb.checkList(list, v, kept); got != ListFound {
		t.Errorf("the true list: %q", got)
	}
	other := kept
	other.Ballot = poll.Ballot{Marks: []int{0}}
	if got := h.memb.checkList(list, v, other); got != ListMissing {
		t.Errorf("with another choice: %q", got)
	}
	other = kept
	other.Seed = []byte(strings.Repeat("x", len(kept.Seed)))
	if got := h.memb.checkList(list, v, other); got != ListMissing {
		t.Errorf("without the ballot: %q", got)
	}
	list.Ballots[0].Marks = []int{0}
	if got := h.memb.checkList(list, v, kept); got != ListWrong {
		t.Errorf("with a changed ballot: %q", got)
	}
}

func TestWifiLostWhileVoting(t *testing.T) {
	for _, mode := range []poll.Mode{poll.Live, poll.Secret} {
		t.Run(string(mode), func(t *testing.T) {
			h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplatePersonnel, Mode: mode})
			h.open()
			h.room.Stop()
			h.memb.until("offline", func() bool { return h.memb.seen().Link == session.Offline })
			h.memb.ok(h.memb.Cast(h.at, poll.Ballot{Marks: []int{0}}))
			if b, _ := h.memb.Ballot(h.at); b.Ballot != BallotWaiting || len(h.memb.Ballots()) != 1 {
				t.Errorf("without network: %+v", b)
			}
			h.room.Start()
			h.memb.until("it goes out by itself", func() bool { b, _ := h.memb.Ballot(h.at); return b.Ballot == BallotCounted })
			h.desk.until("turnout", func() bool { return h.row().Taken == 1 })
		})
	}
}

// The device is switched off with a ballot that waits, and on again when the
// vote is over.
func TestBallotThatComesTooLate(t *testing.T) {
	for _, mode := range []poll.Mode{poll.Live, poll.Secret} {
		t.Run(string(mode), func(t *testing.T) {
			h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplatePersonnel, Mode: mode})
			h.open()
			h.room.Stop()
			h.memb.until("offline", func() bool { return h.memb.seen().Link == session.Offline })
			h.memb.ok(h.memb.Cast(h.at, poll.Ballot{Marks: []int{0}}))
			h.memb.Close()
			h.room.Start()
			h.desk.until("back", func() bool { return h.desk.seen().Link == session.Live })
			h.announce()
			back := voter(t, h.dir, 0)
			back.until("too late", func() bool { b, ok := back.Ballot(h.at); return ok && b.Ballot == BallotLate })
			if r := h.row().Result; r == nil || r.Cast != 0 {
				t.Errorf("counted all the same: %+v", r)
			}
		})
	}
}

func TestRestartBetweenCredentialAndCast(t *testing.T) {
	h := vote(t, VoteForm{Question: "Nhân sự?", Template: meeting.TemplatePersonnel, Mode: poll.Secret})
	h.memb.Close()
	slow := voter(t, h.dir, time.Hour)
	slow.until("live", func() bool { return slow.seen().Link == session.Live })
	slow.OpenMeeting(h.id)
	h.memb = slow
	h.open()
	slow.ok(slow.Cast(h.at, poll.Ballot{Marks: []int{1}}))
	slow.until("the credential", func() bool { return slow.records()[h.at].Stage == stageSigned })
	h.desk.until("he takes part", func() bool { return h.row().Taken == 1 })
	slow.Close()
	h.room.Stop()
	h.room.Start()
	back := voter(t, h.dir, 0)
	back.until("counted", func() bool { b, ok := back.Ballot(h.at); return ok && b.Ballot == BallotCounted })
	h.desk.until("back", func() bool { return h.desk.seen().Link == session.Live })
	h.announce()
	if r := h.seen(back); r.Cast != 1 || r.Outcomes[1].Count != 1 {
		t.Errorf("result %+v", r)
	}
	back.until("found", func() bool { b, _ := back.Ballot(h.at); return b.Check == ListFound })
}

// A person signed in on two devices has one secret ballot.
func TestSecondDeviceOfAPerson(t *testing.T) {
	h := vote(t, VoteForm{Question: "Nhân sự?", Template: meeting.TemplatePersonnel, Mode: poll.Secret})
	second := voter(t, t.TempDir(), 0)
	second.enter(h.room, servertest.Delegate, false)
	h.open()
	h.cast(h.memb, 0)
	second.until("known on the other device", func() bool { b, _ := second.Ballot(h.at); return b.Ballot == BallotAway && !b.MayVote })
	if code := second.Cast(h.at, poll.Ballot{Marks: []int{1}}); code == "" {
		t.Error("the second device votes too")
	}
}

func TestChairsStepsThroughAVote(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live, Seconds: 300})
	step := func(want StepKind) {
		t.Helper()
		h.desk.until(string(want), func() bool { return h.desk.Chair(h.id).Next.Kind == want })
		h.desk.ok(h.desk.Do(h.id, h.desk.Chair(h.id).Next))
	}
	step(StepPose)
	h.chair.until("on the big screen", func() bool {
		v := h.chair.Projector().Vote
		return v != nil && v.State == meeting.Posed
	})
	step(StepPoll)
	h.desk.until("it runs", func() bool { r := h.row(); return r.State == meeting.Polling && r.Timed && r.Left > 0 && r.CanExtend })
	before := h.row().Left
	h.desk.ok(h.desk.ExtendVote(h.at, 2*time.Minute))
	if got := h.row().Left; got <= before {
		t.Errorf("extended from %s to %s", before, got)
	}
	step(StepPollEnd)
	h.desk.until("counted", func() bool { return h.row().State == meeting.Tallied })
	step(StepAnnounce)
	h.chair.until("on the big screen", func() bool { v := h.chair.Projector().Vote; return v != nil && v.Result != nil })
	if next := h.desk.Chair(h.id).Next.Kind; next != StepEnd && next != StepClose {
		t.Errorf("after the vote: %q", next)
	}
}

func TestVoteThatIsCancelled(t *testing.T) {
	h := vote(t, VoteForm{Question: "Nhân sự?", Template: meeting.TemplatePersonnel, Mode: poll.Secret})
	h.open()
	h.cast(h.memb, 0)
	if code := h.desk.CancelVote(h.at, " "); code != string(meeting.NeedsReason) {
		t.Errorf("without reason: %q", code)
	}
	h.desk.ok(h.desk.CancelVote(h.at, "Nhầm nội dung"))
	h.memb.until("cancelled", func() bool {
		b, _ := h.memb.Ballot(h.at)
		return b.State == meeting.Cancelled && b.Reason == "Nhầm nội dung"
	})
	h.memb.until("the choice is forgotten", func() bool { return h.memb.records()[h.at].Stage == stageDone })
}

func TestFormsThatCannotBe(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	for name, f := range map[string]VoteForm{
		"no question": {Template: meeting.TemplateResolution, Mode: poll.Live},
		"no template": {Question: "?", Template: "own", Mode: poll.Live},
		"no options":  {Question: "?", Template: meeting.TemplateElection, Mode: poll.Secret},
		"seats":       {Question: "?", Template: meeting.TemplateElection, Mode: poll.Secret, Options: []string{"A", "B"}, Seats: 3},
		"long":        {Question: strings.Repeat("a", meeting.MaxQuestion+1), Template: meeting.TemplateResolution, Mode: poll.Live},
		"mode":        {Question: "?", Template: meeting.TemplateResolution},
	} {
		if code := h.desk.PrepareVote(h.id, h.item, "", f); code == "" {
			t.Errorf("%s: accepted", name)
		}
	}
	f := VoteForm{Question: "Bầu?", Template: meeting.TemplateElection, Mode: poll.Secret, Options: []string{"A", "B", "C"}, Seats: 2, Seconds: 60}
	h.desk.ok(h.desk.PrepareVote(h.id, h.item, "v2", f))
	got, ok := h.desk.VoteForm(VoteAt{Meeting: h.id, Item: h.item, Vote: "v2"})
	if !ok || got.Template != f.Template || got.Seats != 2 || strings.Join(got.Options, "") != "ABC" || got.Seconds != 60 || got.Mode != poll.Secret {
		t.Errorf("the form came back as %+v", got)
	}
}

func TestProtocolOfAVote(t *testing.T) {
	h := vote(t, VoteForm{Question: "Thông qua?", Template: meeting.TemplateResolution, Mode: poll.Live})
	fetch := func(d *tester, form string) (data string, code string) {
		got := make(chan struct{})
		d.VotePaper(h.at, form, func(b []byte, c string) { data, code = string(b), c; close(got) })
		<-got
		return data, code
	}
	if _, code := fetch(h.desk, "pdf"); code != string(meeting.BadState) {
		t.Errorf("before the vote: %q", code)
	}
	h.open()
	h.cast(h.memb, 0)
	h.announce()
	h.seen(h.memb)
	for form, begin := range map[string]string{"pdf": "%PDF-", "csv": "\ufeff", "json": "{"} {
		if data, code := fetch(h.memb, form); code != "" || !strings.HasPrefix(data, begin) {
			t.Errorf("%s: %q, %.20q", form, code, data)
		}
	}
}
