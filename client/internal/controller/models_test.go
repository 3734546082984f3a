package controller

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"phonghop/client/internal/session"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

var noon = time.Date(2026, 11, 23, 5, 0, 0, 0, time.UTC)

// told builds a meeting by commands, all of them given by one secretary who
// may act for the chair.
type told struct {
	t testing.TB
	s meeting.State
}

func newMeeting(t testing.TB) *told {
	m := &told{t: t}
	m.do("van", meeting.Create{Description: meeting.Description{Title: "Phiên họp", Starts: noon}, Creator: meeting.Participant{Person: "van", Name: "Vân"}})
	m.do("van", meeting.SetParticipant{Participant: meeting.Participant{Person: "tuong", Name: "Tường", Order: 1, Functions: []meeting.Function{meeting.Chair}}})
	m.do("van", meeting.SetParticipant{Participant: meeting.Participant{Person: "ngan", Name: "Ngân", Order: 2, Member: true}})
	return m
}

func (m *told) do(who meeting.PersonID, c meeting.Command) {
	m.t.Helper()
	events, err := meeting.Decide(m.s, meeting.Actor{Person: who, Desk: who == "van"}, c, noon)
	if err != nil {
		m.t.Fatalf("%s: %v", c.Kind(), err)
	}
	for _, e := range events {
		m.s = meeting.Apply(m.s, e)
	}
}

func (m *told) item(id meeting.ItemID, pages int) {
	m.t.Helper()
	m.do("van", meeting.AddItem{ID: id, Type: meeting.Report, Minutes: 10, Brief: meeting.Brief{Title: "Mục " + string(id)}})
	if pages > 0 {
		m.do("van", meeting.AttachDocument{Item: id, Document: "doc", Title: "Báo cáo", Hash: hashOf(string(id)), Name: "a.pdf", Pages: pages, Bytes: 1})
	}
}

func hashOf(id string) string {
	h := []byte("0000000000000000000000000000000000000000000000000000000000000000")
	h[0] = id[len(id)-1]%10 + '0'
	return string(h)
}

func (m *told) view(who meeting.PersonID) session.View {
	people := map[roster.PersonID]roster.Person{}
	for id, p := range m.s.People {
		people[id] = roster.Person{ID: id, Name: p.Name, Desk: id == "van"}
	}
	return session.View{Link: session.Live, Me: people[who], Roster: roster.State{Name: "Phòng 1", People: people},
		Meetings: map[string]meeting.State{"m": m.s}}
}

func TestTheChairsNextStepLeadsThroughTheMeeting(t *testing.T) {
	m := newMeeting(t)
	m.item("1", 3)
	m.item("2", 0)
	type step struct {
		kind StepKind
		item meeting.ItemID
	}
	var got []step
	for range 20 {
		who := meeting.PersonID("tuong")
		if m.s.Phase == meeting.Draft {
			who = "van"
		}
		next := chairView(m.view(who), "m", noon).Next
		if next.Kind == "" {
			break
		}
		if !next.Live {
			t.Fatalf("%s is not to be had", next.Kind)
		}
		if next.Kind == StepEnd || next.Kind == StepNext {
			if v := chairView(m.view("ngan"), "m", noon).Next; v.Live {
				t.Errorf("a delegate may %s", v.Kind)
			}
		}
		got = append(got, step{next.Kind, next.Item})
		m.do(who, next.command)
	}
	want := []step{{StepPublish, ""}, {StepOpen, ""}, {StepStart, "1"}, {StepNext, "2"}, {StepEnd, "2"}, {StepClose, ""}}
	if !slices.Equal(got, want) || m.s.Phase != meeting.Closed {
		t.Errorf("steps %v, want %v; then %s", got, want, m.s.Phase)
	}
}

func TestWhatIsLeftOutIsComeBackTo(t *testing.T) {
	m := newMeeting(t)
	m.item("1", 0)
	m.item("2", 0)
	m.do("van", meeting.Publish{})
	m.do("tuong", meeting.OpenSitting{})
	m.do("tuong", meeting.SetItemState{Item: "2", To: meeting.Running})
	if next := chairView(m.view("tuong"), "m", noon).Next; next.Kind != StepNext || next.Item != "1" {
		t.Errorf("after item 2: %+v", next)
	}
	m.do("tuong", meeting.SetItemState{Item: "1", To: meeting.Withdrawn, Reason: "chưa đủ tài liệu"})
	if next := chairView(m.view("tuong"), "m", noon).Next; next.Kind != StepEnd {
		t.Errorf("with nothing left: %+v", next)
	}
	m.do("tuong", meeting.PauseSitting{})
	if v := chairView(m.view("tuong"), "m", noon); v.Next.Kind != StepResume || v.CanPause || !v.CanResume {
		t.Errorf("in a break: %+v", v.Next)
	}
}

func TestADraftTellsWhatItLacks(t *testing.T) {
	m := newMeeting(t)
	m.do("van", meeting.SetParticipant{Participant: meeting.Participant{Person: "tuong", Name: "Tường"}})
	keys := func(uploads ...Upload) (all []string) {
		for _, c := range deskView(m.view("van"), "m", uploads, noon).Checks {
			all = append(all, c.Key)
		}
		return all
	}
	if got, want := keys(), []string{"desk.lacking_chair", "desk.lacking_items"}; !slices.Equal(got, want) {
		t.Errorf("empty: %v, want %v", got, want)
	}
	m.do("van", meeting.SetParticipant{Participant: meeting.Participant{Person: "tuong", Name: "Tường", Functions: []meeting.Function{meeting.Chair}}})
	m.item("1", 0)
	if got, want := keys(), []string{"desk.lacking", "desk.lacking_reporter"}; !slices.Equal(got, want) {
		t.Errorf("an item without documents: %v, want %v", got, want)
	}
	if v := deskView(m.view("van"), "m", nil, noon); !v.CanPublish {
		t.Error("what only lacks documents cannot be sent")
	}
	busy := Upload{ID: "u", Item: "1", Stage: UploadSending}
	if v := deskView(m.view("van"), "m", []Upload{busy}, noon); v.CanPublish || v.Checks[0].Key != "desk.lacking_uploads" {
		t.Error("sent while a file is on its way")
	}
	if v := deskView(m.view("ngan"), "m", nil, noon); v.CanPublish || v.CanEdit {
		t.Error("a delegate prepares the meeting")
	}
}

// A guest sees what he is invited to, so that one who is invited to nothing gets nothing: that is told before it is sent.
func TestGuestsThatWouldGetNothingAreTold(t *testing.T) {
	m := newMeeting(t)
	for _, id := range []meeting.PersonID{"khach", "moi"} {
		m.do("van", meeting.SetParticipant{Participant: meeting.Participant{Person: id, Name: string(id), Functions: []meeting.Function{meeting.Guest}}})
	}
	m.item("1", 3)
	m.item("2", 3)
	invited := func() int {
		for _, c := range deskView(m.view("van"), "m", nil, noon).Checks {
			if c.Key == "desk.lacking_invitation" && !c.Blocks {
				return c.N
			}
		}
		return 0
	}
	if n := invited(); n != 2 {
		t.Errorf("nobody is invited: %d told", n)
	}
	m.do("van", meeting.SetAudience{ID: "2", Audience: []meeting.PersonID{"moi"}})
	if n := invited(); n != 1 {
		t.Errorf("one is invited to an item: %d told", n)
	}
	m.do("van", meeting.SetAudience{ID: "1", Restricted: true, Audience: []meeting.PersonID{"khach", "tuong"}})
	if n := invited(); n != 0 {
		t.Errorf("both see an item: %d told", n)
	}
}

func TestWhoWritesIsNoDelegate(t *testing.T) {
	m := newMeeting(t)
	v := deskView(m.view("van"), "m", nil, noon)
	if v.Members != 1 || v.Delegates != 1 || v.Guests != 0 {
		t.Errorf("a member, and a chair who is none: %d members, %d delegates, %d guests", v.Members, v.Delegates, v.Guests)
	}
	m.do("van", meeting.RemoveParticipant{Person: "ngan"})
	lacks := func() bool {
		return slices.ContainsFunc(deskView(m.view("van"), "m", nil, noon).Checks, func(c Check) bool { return c.Key == "desk.lacking_people" })
	}
	if !lacks() {
		t.Error("a chair and a secretary alone are told to be enough")
	}
	m.do("van", meeting.SetParticipant{Participant: meeting.Participant{Person: "tam", Name: "Tám"}})
	if lacks() {
		t.Error("a delegate is nobody")
	}
}

func TestFailedFilesAreTold(t *testing.T) {
	m := newMeeting(t)
	m.item("1", 3)
	v := deskView(m.view("van"), "m", []Upload{{ID: "u", Item: "1", Stage: UploadFailed}}, noon)
	at := slices.IndexFunc(v.Checks, func(c Check) bool { return c.Key == "desk.failed_files" })
	if at < 0 || v.Checks[at].N != 1 || v.Checks[at].Items[0] != "1" || !v.CanPublish {
		t.Errorf("a failed file: %+v, can be sent: %t", v.Checks, v.CanPublish)
	}
}

// What runs with closed doors is not on the room's screen, and the chair is not told that it is.
func TestTheChairIsToldWhatTheScreenHides(t *testing.T) {
	m := newMeeting(t)
	m.do("van", meeting.SetParticipant{Participant: meeting.Participant{Person: "screen", Name: "Màn hình", Functions: []meeting.Function{meeting.Projector}}})
	m.item("1", 3)
	m.do("van", meeting.SetAudience{ID: "1", Restricted: true, Audience: []meeting.PersonID{"tuong", "ngan"}})
	m.do("van", meeting.Publish{})
	m.do("tuong", meeting.OpenSitting{})
	m.do("tuong", meeting.SetItemState{Item: "1", To: meeting.Running})
	v := chairView(m.view("tuong"), "m", noon)
	if !v.ScreenHides || v.RestrictedNow {
		t.Errorf("hides: %t, from the chair: %t", v.ScreenHides, v.RestrictedNow)
	}
	if p := projectorView(m.view("screen"), "m", noon); !p.RestrictedNow {
		t.Error("the screen shows it")
	}
}

func TestTheReporterIsOfferedFirst(t *testing.T) {
	m := newMeeting(t)
	m.do("van", meeting.AddItem{ID: "1", Type: meeting.Report, Brief: meeting.Brief{Title: "Báo cáo", Reporter: "ngan"}})
	m.do("van", meeting.Publish{})
	m.do("tuong", meeting.OpenSitting{})
	m.do("tuong", meeting.SetItemState{Item: "1", To: meeting.Running})
	v := chairView(m.view("tuong"), "m", noon)
	if len(v.Presenters) < 2 || v.Presenters[0].ID != "ngan" {
		t.Errorf("offered: %+v", v.Presenters)
	}
	if r := readerView(m.view("tuong"), "m", Follow{}, noon); r.Phase != meeting.Open || r.Wishes != 0 {
		t.Errorf("%+v", r)
	}
	m.do("ngan", meeting.AskPresenter{Item: "1"})
	if r := readerView(m.view("tuong"), "m", Follow{}, noon); r.Wishes != 1 {
		t.Error("the chair who reads is not told of a wish")
	}
	if r := readerView(m.view("ngan"), "m", Follow{}, noon); r.Wishes != 0 || !r.CanDropAsk {
		t.Error("who asked is told of it as if he could answer")
	}
}

func TestMeetingsAreSortedByWhatMatters(t *testing.T) {
	row := func(id string, phase meeting.Phase, starts time.Time) protocol.MeetingSummary {
		return protocol.MeetingSummary{ID: id, Phase: string(phase), Starts: starts}
	}
	list := []protocol.MeetingSummary{
		row("closed", meeting.Closed, noon), row("old", meeting.Published, noon.Add(-72*time.Hour)),
		row("next week", meeting.Published, noon.Add(7*24*time.Hour)), row("today", meeting.Published, noon.Add(time.Minute)),
		row("draft", meeting.Draft, time.Time{}), row("adjourned", meeting.Adjourned, noon.Add(-72*time.Hour)),
	}
	ids := func(rows []MeetingRow) (out []string) {
		for _, r := range rows {
			out = append(out, r.ID)
		}
		return out
	}
	v := meetingsView(session.View{List: list}, noon)
	if got := ids(v.Coming); !slices.Equal(got, []string{"draft", "adjourned", "today", "next week"}) {
		t.Errorf("coming: %v", got)
	}
	if got := ids(v.Past); !slices.Equal(got, []string{"closed", "old"}) || v.Direct != "today" {
		t.Errorf("past: %v, direct %q", got, v.Direct)
	}
	list = append(list, row("now", meeting.Paused, noon.Add(-time.Hour)))
	if v := meetingsView(session.View{List: list}, noon); v.Direct != "now" || len(v.Running) != 1 {
		t.Errorf("running: %+v, direct %q", v.Running, v.Direct)
	}
}

func TestMeetingsAreFollowedWithoutAScreen(t *testing.T) {
	v := session.View{List: []protocol.MeetingSummary{
		{ID: "runs", Phase: "open"}, {ID: "tomorrow", Phase: "published", Starts: noon.Add(20 * time.Hour)},
		{ID: "later", Phase: "published", Starts: noon.Add(15 * 24 * time.Hour)}, {ID: "past", Phase: "published", Starts: noon.Add(-49 * time.Hour)}, {ID: "draft", Phase: "draft", Starts: noon},
		{ID: "was closed", Phase: "closed"}, {ID: "is closed", Phase: "closed"},
	}}
	held := map[string]meeting.Phase{"was closed": meeting.Open, "is closed": meeting.Closed}
	if got := due(v, held, noon); !slices.Equal(got, []string{"runs", "was closed", "tomorrow"}) {
		t.Errorf("followed: %v", got)
	}
	for range 50 {
		v.List = append(v.List, protocol.MeetingSummary{ID: "x", Phase: "open"})
	}
	if got := due(v, held, noon); len(got) != maxFollowed {
		t.Errorf("%d are followed", len(got))
	}
}

// TestFollowing does anything in any order and checks what must always hold.
func TestFollowing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newMeeting(t)
		m.item("1", 9)
		m.item("2", 5)
		m.do("van", meeting.Publish{})
		m.do("tuong", meeting.OpenSitting{})
		m.do("tuong", meeting.SetItemState{Item: "1", To: meeting.Running})
		m.do("tuong", meeting.GivePresenter{Item: "1", To: "tuong"})
		var f Follow
		see := func() { f = f.See(m.s) }
		see()
		rt.Repeat(map[string]func(*rapid.T){
			"present": func(t *rapid.T) {
				if m.s.Contents[m.s.Current].Presenter != "tuong" {
					m.do("tuong", meeting.GivePresenter{Item: m.s.Current, To: "tuong"})
				}
				pages := map[meeting.ItemID]int{"1": 9, "2": 5}[m.s.Current]
				m.do("tuong", meeting.Show{Item: m.s.Current, Place: meeting.Place{Document: "doc", Page: rapid.IntRange(1, pages).Draw(t, "page")}})
				see()
				if f.Following() && f.At() != f.Presented() {
					t.Fatalf("following, at %+v instead of %+v", f.At(), f.Presented())
				}
			},
			"turn": func(t *rapid.T) {
				before := f
				f = f.Turn(rapid.IntRange(1, 9).Draw(t, "page"))
				if f.At() != before.At() && f.Following() {
					t.Fatal("turned away, and following")
				}
				see()
			},
			"open": func(t *rapid.T) {
				item := rapid.SampledFrom([]meeting.ItemID{"1", "2", "none"}).Draw(t, "item")
				f = f.Open(Spot{item, meeting.Place{Document: "doc", Page: rapid.IntRange(1, 20).Draw(t, "page")}})
				see()
			},
			"return": func(t *rapid.T) {
				f = f.Return()
				see()
				if !f.Following() || f.Apart() {
					t.Fatal("returned, and apart")
				}
			},
			"recall": func(t *rapid.T) {
				m.do("tuong", meeting.Recall{Item: m.s.Current})
				see()
				if !f.Following() {
					t.Fatal("recalled, and apart")
				}
			},
			"next item": func(t *rapid.T) {
				to := meeting.ItemID("2")
				if m.s.Current == "2" {
					to = "1"
				}
				m.do("tuong", meeting.SetItemState{Item: to, To: meeting.Running, Previous: meeting.Suspended})
				see()
			},
			"": func(t *rapid.T) {
				at := f.At()
				if !at.IsZero() && (at.Place.Page < 1 || at.Place.Page > map[meeting.ItemID]int{"1": 9, "2": 5}[at.Item]) {
					t.Fatalf("at %+v", at)
				}
				if again := f.See(m.s); again.At() != f.At() || again.Following() != f.Following() {
					t.Fatal("seeing the same again changes something")
				}
			},
		})
	})
}
