package meeting_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

var server = meeting.Actor{Server: true}

// serve decides and applies a command of the server itself.
func (w *world) serve(t rapid.TB, c meeting.Command) []meeting.Event {
	events, err := meeting.Decide(w.s, server, c, w.now)
	if err != nil {
		t.Fatalf("%s: %v", c.Kind(), err)
	}
	for _, e := range events {
		w.s = meeting.Apply(w.s, e)
	}
	w.events = append(w.events, events...)
	return events
}

func (w *world) voting(id meeting.VoteID) meeting.Voting {
	v, _ := w.s.Contents["alpha"].Voting(id)
	return v
}

func (w *world) cast(t testing.TB, who meeting.PersonID, id meeting.VoteID, m int) {
	t.Helper()
	w.must(t, who, meeting.CastVote{Item: "alpha", Vote: id, Ballot: mark(m)})
}

// asked is the opened meeting with one of alpha's votes open.
func asked(t testing.TB, id meeting.VoteID) *world {
	t.Helper()
	w := opened(t)
	w.must(t, chair, meeting.PoseVote{Item: "alpha", Vote: id})
	w.must(t, chair, meeting.OpenVote{Item: "alpha", Vote: id, Key: "a2V5"})
	return w
}

func TestOpenVoteFromQuestionToResult(t *testing.T) {
	w := asked(t, live)
	v := w.voting(live)
	if !slices.Equal(v.Roll.Members, []meeting.PersonID{chair, member, vice}) || !slices.Equal(v.Roll.Voters, v.Roll.Members) ||
		v.Roll.Chairman != chair || v.State != meeting.Polling {
		t.Fatalf("roll %+v, %s", v.Roll, v.State)
	}
	if v.Plan.About.Version != 1 {
		t.Errorf("the vote is not bound to the version shown: %+v", v.Plan.About)
	}
	w.cast(t, chair, live, 0)
	w.cast(t, vice, live, 1)
	if got := w.voting(live).Waiting(); !slices.Equal(got, []meeting.PersonID{member}) {
		t.Errorf("waiting for %v", got)
	}
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: live})
	if v := w.voting(live); v.State != meeting.Tallied || v.Result.Verdict != "" {
		t.Fatalf("%s, and the room knows %+v", v.State, v.Result)
	}
	if r := w.s.Sealed["alpha"].Votes[live].Result; r.Verdict != poll.Passed || r.Reason != poll.ChairmanFor || r.Silent != 1 {
		t.Errorf("%+v", r)
	}
	w.must(t, chair, meeting.AnnounceVote{Item: "alpha", Vote: live})
	if v := w.voting(live); v.State != meeting.Announced || v.Result.For != 1 || v.Result.Against != 1 {
		t.Errorf("%+v", v)
	}
}

// The heart of the mode After: until the announcement, the stream of the item
// says who has voted and nothing of what, whatever happens.
func TestChoicesStayHiddenUntilTheAnnouncement(t *testing.T) {
	w := asked(t, after)
	w.must(t, chair, meeting.ExtendVote{Item: "alpha", Vote: after}) // no limit
	w.cast(t, chair, after, 1)
	w.cast(t, chair, after, 2) // he may change it
	w.cast(t, vice, after, 1)
	checkHidden(t, w)
	w.cast(t, member, after, 1) // the last one closes it
	checkHidden(t, w)
	if v := w.voting(after); v.State != meeting.Tallied || v.Cause != meeting.ByAll {
		t.Fatalf("%+v", v)
	}
	w.must(t, chair, meeting.AnnounceVote{Item: "alpha", Vote: after})
	v := w.voting(after)
	if v.Result.Against != 2 || v.Result.Neutral != 1 || !v.Choices[chair].Equal(mark(2)) || len(v.Choices) != 3 {
		t.Errorf("%+v", v)
	}
}

// checkHidden checks that neither an event nor a snapshot of the item's stream
// has any mark or number of ballots.
func checkHidden(t *testing.T, w *world) {
	t.Helper()
	var public strings.Builder
	for _, e := range w.events {
		if !e.Sealed && strings.HasPrefix(e.Body.Kind(), "vote.") {
			data, err := meeting.EncodeBody(e.Body)
			if err != nil {
				t.Fatal(err)
			}
			public.Write(data)
		}
	}
	snapshot, err := w.s.ItemSnapshot("alpha")
	if err != nil {
		t.Fatal(err)
	}
	public.Write(snapshot)
	for _, word := range []string{`"marks":[`, `"choices"`, `"verdict"`, `"for":`, `"against":1`, `"ballot"`} {
		if strings.Contains(public.String(), word) {
			t.Errorf("the item's stream tells %s", word)
		}
	}
}

// Two worlds that differ only in what was chosen look the same to everybody
// who reads the streams.
func TestStreamsDoNotDependOnHiddenChoices(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var seen [2][]string
		changes := rapid.SliceOfN(rapid.SampledFrom([]meeting.PersonID{chair, vice}), 1, 6).Draw(rt, "casts")
		for i := range seen {
			w := asked(t, after)
			for n, who := range changes {
				_, err := w.do(who, meeting.CastVote{Item: "alpha", Vote: after, Ballot: mark((n + i) % 3)})
				if err != nil {
					rt.Fatal(err)
				}
			}
			if _, err := w.do(chair, meeting.CloseVote{Item: "alpha", Vote: after}); err != nil {
				rt.Fatal(err)
			}
			for _, e := range w.events {
				if data, err := meeting.EncodeBody(e.Body); err == nil && !e.Sealed {
					seen[i] = append(seen[i], string(e.By)+string(data))
				}
			}
		}
		if !slices.Equal(seen[0], seen[1]) {
			rt.Fatalf("the streams tell the choices\n%v\n%v", seen[0], seen[1])
		}
	})
}

func TestSecretVote(t *testing.T) {
	w := asked(t, secret)
	if w.voting(secret).Key != "a2V5" {
		t.Error("no key")
	}
	if _, err := w.do(chair, meeting.CastVote{Item: "alpha", Vote: secret, Ballot: mark(0)}); code(err) != meeting.Invalid {
		t.Errorf("a ballot with a name in a secret vote: %v", err)
	}
	w.must(t, chair, meeting.TakeBallot{Item: "alpha", Vote: secret})
	w.must(t, member, meeting.TakeBallot{Item: "alpha", Vote: secret})
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: secret})
	if v := w.voting(secret); v.State != meeting.Polled {
		t.Fatalf("%s before it is counted", v.State)
	}
	if _, err := w.do(chair, meeting.AnnounceVote{Item: "alpha", Vote: secret}); code(err) != meeting.BadState {
		t.Errorf("announced before it was counted: %v", err)
	}
	if _, err := w.do(chair, meeting.Close{}); code(err) != meeting.InUse {
		t.Errorf("the meeting was closed before the count: %v", err)
	}
	list := []poll.Listed{{Token: [32]byte{9}, Marks: []int{1}}, {Token: [32]byte{3}, Marks: []int{0}}}
	w.serve(t, meeting.CountVote{Item: "alpha", Vote: secret, Name: "m/alpha/secret", List: list})
	if again := w.serve(t, meeting.CountVote{Item: "alpha", Vote: secret, Name: "m/alpha/secret"}); len(again) > 0 {
		t.Error("counted twice")
	}
	w.must(t, chair, meeting.AnnounceVote{Item: "alpha", Vote: secret})
	v := w.voting(secret)
	sorted := []poll.Listed{list[1], list[0]}
	if v.Result.Reason != poll.EqualSecret || v.Result.Cast != 2 || v.Digest != poll.Digest("m/alpha/secret", sorted) {
		t.Errorf("%+v", v)
	}
	w.must(t, chair, meeting.RepeatVote{Item: "alpha", Vote: secret, As: "openly", Openly: true})
	if again := w.voting("openly"); again.Plan.Poll.Mode != poll.Live || again.RepeatOf != secret || again.State != meeting.Prepared {
		t.Errorf("%+v", again)
	}
}

func TestMoreBallotsThanPeople(t *testing.T) {
	w := asked(t, secret)
	w.must(t, chair, meeting.TakeBallot{Item: "alpha", Vote: secret})
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: secret})
	w.serve(t, meeting.CountVote{Item: "alpha", Vote: secret, List: []poll.Listed{{Token: [32]byte{1}, Marks: []int{0}}, {Token: [32]byte{2}, Marks: []int{0}}}})
	if r := w.s.Sealed["alpha"].Votes[secret].Result; r.Reason != poll.TooManyBallots || r.Verdict != poll.Undecided {
		t.Errorf("%+v", r)
	}
}

func TestServersCommandsAreForNobodyElse(t *testing.T) {
	w := asked(t, secret)
	for _, c := range []meeting.Command{meeting.EndVote{Item: "alpha", Vote: secret, Full: true}, meeting.CountVote{Item: "alpha", Vote: secret}} {
		for _, who := range cast {
			if _, err := meeting.Decide(w.s, actor(who), c, w.now); err == nil {
				t.Errorf("%s by %s", c.Kind(), who)
			}
		}
		if slices.Contains(meeting.CommandKinds(), c.Kind()) {
			t.Errorf("%s has a form to travel in", c.Kind())
		}
	}
	if _, err := meeting.Decide(w.s, server, meeting.Close{}, w.now); code(err) != meeting.UnknownKind {
		t.Errorf("the server chairs: %v", err)
	}
}

func TestEndOfTime(t *testing.T) {
	w := asked(t, after) // 60 seconds
	end := w.voting(after).Deadline
	if want := w.now.Add(time.Minute); !end.Equal(want) {
		t.Fatalf("ends at %v, want %v", end, want)
	}
	w.now = end.Add(-2 * time.Second)
	if events := w.serve(t, meeting.EndVote{Item: "alpha", Vote: after}); len(events) > 0 {
		t.Error("closed early")
	}
	w.now = end.Add(-time.Second)
	if _, err := w.do(chair, meeting.CastVote{Item: "alpha", Vote: after, Ballot: mark(0)}); code(err) != meeting.BadState {
		t.Errorf("a ballot at the end of the time: %v", err)
	}
	w.serve(t, meeting.EndVote{Item: "alpha", Vote: after, CutOff: []meeting.PersonID{vice}})
	if v := w.voting(after); v.Cause != meeting.ByTime || v.State != meeting.Tallied {
		t.Errorf("%+v", v)
	}
}

func TestHeldOpenForThoseCutOff(t *testing.T) {
	w := opened(t)
	p := plans()[after]
	p.Hold, p.AutoClose = true, false
	w.must(t, secretary, meeting.PrepareVote{Item: "alpha", Vote: "held", Plan: p})
	w.must(t, chair, meeting.OpenVote{Item: "alpha", Vote: "held"})
	w.now = w.now.Add(time.Hour)
	end := meeting.EndVote{Item: "alpha", Vote: "held", CutOff: []meeting.PersonID{vice, member}}
	w.serve(t, end)
	if v := w.voting("held"); v.State != meeting.Polling || !slices.Equal(v.Held, []meeting.PersonID{member, vice}) {
		t.Fatalf("%+v", v)
	}
	if again := w.serve(t, end); len(again) > 0 {
		t.Error("told twice")
	}
	w.cast(t, vice, "held", 0) // he is back
	w.must(t, chair, meeting.ExtendVote{Item: "alpha", Vote: "held", Until: w.now.Add(time.Minute)})
	if v := w.voting("held"); len(v.Held) > 0 || v.Deadline.Before(w.now) {
		t.Errorf("%+v", v)
	}
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: "held"})
}

func TestOneVoteAtATime(t *testing.T) {
	w := asked(t, live)
	w.must(t, secretary, meeting.PrepareVote{Item: "gamma", Vote: "other", Plan: plan(poll.Live)})
	for _, c := range []meeting.Command{
		meeting.OpenVote{Item: "alpha", Vote: after}, meeting.PoseVote{Item: "alpha", Vote: after}, meeting.OpenVote{Item: "alpha", Vote: ahead},
		meeting.SetItemState{Item: "gamma", To: meeting.Running}, meeting.SetItemState{Item: "alpha", To: meeting.Done},
		meeting.SetItemState{Item: "alpha", To: meeting.Withdrawn, Reason: "Rút"}, meeting.EndSitting{}, meeting.Close{},
	} {
		if _, err := w.do(chair, c); code(err) != meeting.InUse {
			t.Errorf("%s while a vote is open: %v", c.Kind(), err)
		}
	}
	w.must(t, chair, meeting.PauseSitting{})
	w.must(t, chair, meeting.ResumeSitting{})
	w.must(t, chair, meeting.CancelVote{Item: "alpha", Vote: live, Reason: "Nhầm câu hỏi"})
	w.must(t, chair, meeting.OpenVote{Item: "alpha", Vote: after})
}

func TestOpinionsAheadOfTheMeeting(t *testing.T) {
	w := drafted(t)
	w.must(t, secretary, meeting.PrepareVote{Item: "gamma", Vote: "more", Plan: plans()[ahead]})
	if _, err := w.do(secretary, meeting.OpenVote{Item: "alpha", Vote: ahead}); code(err) != meeting.BadState {
		t.Errorf("in a draft: %v", err)
	}
	w.must(t, secretary, meeting.Publish{})
	w.must(t, secretary, meeting.OpenVote{Item: "alpha", Vote: ahead})
	w.must(t, secretary, meeting.OpenVote{Item: "gamma", Vote: "more"}) // several items at once
	w.cast(t, member, ahead, 0)
	w.must(t, secretary, meeting.RemindVoters{Item: "alpha", Vote: ahead})
	w.must(t, secretary, meeting.CloseVote{Item: "alpha", Vote: ahead})
	if r := w.s.Sealed["alpha"].Votes[ahead].Result; r.For != 1 || r.Silent != 2 {
		t.Errorf("%+v", r)
	}
}

func TestWhoMayCast(t *testing.T) {
	w := asked(t, live)
	try := func(who meeting.PersonID, c meeting.CastVote) meeting.Code {
		c.Item = "alpha"
		_, err := meeting.Decide(w.s, actor(who), c, w.now)
		return code(err)
	}
	yes := meeting.CastVote{Vote: live, Ballot: mark(0)}
	for _, who := range []meeting.PersonID{secretary, delegate, invited, screen, typist} {
		if got := try(who, yes); got != meeting.NotAllowed {
			t.Errorf("%s, who is no member: %q", who, got)
		}
	}
	for _, who := range []meeting.PersonID{guest, outsider} {
		if got := try(who, yes); got != meeting.NotFound {
			t.Errorf("%s, who does not see the item: %q", who, got)
		}
	}
	aloud := yes
	aloud.Person = member
	if got := try(delegate, aloud); got != meeting.NotAllowed {
		t.Errorf("a delegate votes for somebody: %q", got)
	}
	for name, b := range map[string]poll.Ballot{"option 3": mark(3), "two": {Marks: []int{0, 1}}, "none": {}} {
		if got := try(member, meeting.CastVote{Vote: live, Ballot: b}); got != meeting.Invalid {
			t.Errorf("%s: %q", name, got)
		}
	}
	events := w.must(t, secretary, meeting.CastVote{Item: "alpha", Vote: live, Person: member, Ballot: mark(1)})
	if e := events[0]; e.By != secretary || e.For != member {
		t.Errorf("entered by %s for %s", e.By, e.For)
	}
	if got := try(member, yes); got != meeting.Exists {
		t.Errorf("changed where the plan does not allow it: %q", got)
	}
	if events, err := w.do(member, meeting.CastVote{Item: "alpha", Vote: live, Ballot: mark(1)}); err != nil || len(events) > 0 {
		t.Errorf("the same ballot again: %v, %v", events, err)
	}
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: live})
	if got := try(vice, yes); got != meeting.BadState {
		t.Errorf("after the close: %q", got)
	}
}

// A secretary who enters ballots for others does not learn what they chose by
// trying: every guess is answered alike.
func TestGuessesAreAnsweredAlike(t *testing.T) {
	w := opened(t)
	once := plan(poll.After) // without changes
	w.must(t, secretary, meeting.PrepareVote{Item: "alpha", Vote: "once", Plan: once})
	w.must(t, chair, meeting.OpenVote{Item: "alpha", Vote: "once"})
	w.cast(t, member, "once", 1)
	alike := func(when string) {
		t.Helper()
		for m := range 3 {
			events, err := w.do(secretary, meeting.CastVote{Item: "alpha", Vote: "once", Person: member, Ballot: mark(m)})
			if err == nil {
				t.Errorf("%s, guess %d is answered with %v", when, m, events)
			}
		}
	}
	alike("while it is open")
	if events, err := w.do(member, meeting.CastVote{Item: "alpha", Vote: "once", Ballot: mark(1)}); err != nil || len(events) > 0 {
		t.Errorf("his own ballot again: %v, %v", events, err)
	}
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: "once"})
	alike("when it is counted")
}

func TestRollIsFrozen(t *testing.T) {
	w := asked(t, live)
	newcomer := meeting.Participant{Person: delegate, Name: "Đại biểu", Order: 4, Member: true}
	w.must(t, secretary, meeting.SetParticipant{Participant: newcomer})
	if _, err := w.do(delegate, meeting.CastVote{Item: "alpha", Vote: live, Ballot: mark(0)}); code(err) != meeting.NotAllowed {
		t.Errorf("he came later: %v", err)
	}
	w.cast(t, member, live, 0)
	w.must(t, secretary, meeting.RemoveParticipant{Person: member}) // his ballot stays
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: live})
	if r := w.s.Sealed["alpha"].Votes[live].Result; r.Members != 3 || r.For != 1 {
		t.Errorf("%+v", r)
	}

	w = opened(t)
	p := plan(poll.Live)
	p.Late = true
	w.must(t, secretary, meeting.PrepareVote{Item: "alpha", Vote: "late", Plan: p})
	w.must(t, chair, meeting.OpenVote{Item: "alpha", Vote: "late", Absent: []meeting.PersonID{vice, outsider}})
	w.must(t, secretary, meeting.SetParticipant{Participant: newcomer})
	w.cast(t, delegate, "late", 0)
	w.cast(t, vice, "late", 0) // marked absent, yet he votes
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: "late"})
	r := w.s.Sealed["alpha"].Votes["late"].Result
	if r.Members != 3 || r.Base != 3 || r.Late != 1 || r.For != 2 || r.Present != 2 || r.Absent != 0 {
		t.Errorf("%+v", r)
	}
}

// A client knows the ballots of others as little as the result: what it
// foresees of closing and announcing says so.
func TestClientsForesight(t *testing.T) {
	w := asked(t, after)
	w.cast(t, chair, after, 0)
	client := w.s
	client.Sealed = nil
	events, err := meeting.Decide(client, actor(chair), meeting.CloseVote{Item: "alpha", Vote: after}, w.now)
	if err != nil || len(events) != 1 || events[0].Body.Kind() != "vote.closed" {
		t.Fatalf("%v, %v", events, err)
	}
	w.must(t, chair, meeting.CloseVote{Item: "alpha", Vote: after})
	client = w.s
	client.Sealed = nil
	if _, err := meeting.Decide(client, actor(chair), meeting.AnnounceVote{Item: "alpha", Vote: after}, w.now); err != nil {
		t.Errorf("the button would be dead: %v", err)
	}
}

// Whatever happens to votes, each taken ballot counts once, and one vote is
// open at a time.
func TestVoteInvariants(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := asked(t, rapid.SampledFrom([]meeting.VoteID{live, after, secret}).Draw(rt, "vote"))
		for range rapid.IntRange(1, 40).Draw(rt, "commands") {
			c := rapid.SampledFrom(voteSamples(rapid.SampledFrom([]meeting.VoteID{live, after, secret}).Draw(rt, "of"))).Draw(rt, "command")
			if b, ok := c.(meeting.CastVote); ok {
				b.Ballot = mark(rapid.IntRange(0, 2).Draw(rt, "mark"))
				c = b
			}
			who := rapid.SampledFrom([]meeting.PersonID{chair, chair, member, vice, secretary, typist}).Draw(rt, "actor")
			if _, err := w.do(who, c); err != nil {
				continue
			}
			open := 0
			for _, v := range w.s.Contents["alpha"].Votes {
				if v.State == meeting.Polling {
					open++
				}
				if v.Cause == meeting.ByCount {
					continue
				}
				kept := w.s.Sealed["alpha"].Votes[v.ID]
				if (v.State == meeting.Tallied) && (!kept.Counted || kept.Result.Cast != len(v.Taken)) {
					rt.Fatalf("%s: %d took part, %+v", v.ID, len(v.Taken), kept.Result)
				}
				if v.State == meeting.Announced && fmt.Sprint(v.Result) != fmt.Sprint(kept.Result) {
					rt.Fatalf("announced %+v, counted %+v", v.Result, kept.Result)
				}
			}
			if open > 1 {
				rt.Fatalf("%d votes are open", open)
			}
		}
	})
}
