package meeting_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/meeting"
)

// fingerprint is everything of a state, as text.
func fingerprint(t rapid.TB, s meeting.State) string {
	t.Helper()
	snapshot, err := s.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	contents, err := json.Marshal(s.Contents)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := json.Marshal(s.Sealed)
	if err != nil {
		t.Fatal(err)
	}
	return string(snapshot) + "\n" + string(contents) + "\n" + string(sealed)
}

// lived runs random commands by random actors; each is told to watch.
func lived(t *rapid.T, tb testing.TB, watch func(w *world, before meeting.State, who meeting.PersonID, c meeting.Command, events []meeting.Event, err error)) *world {
	w := started(t, tb)
	for range rapid.IntRange(1, 60).Draw(t, "commands") {
		who, c := drawActor(t, w.s), drawCommand(t)
		before := w.s
		events, err := w.do(who, c)
		if watch != nil {
			watch(w, before, who, c, events, err)
		}
	}
	return w
}

func TestReplayOfTheLogEqualsTheLiveState(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := lived(rt, t, nil)
		var again meeting.State
		for _, e := range w.events {
			again = meeting.Apply(again, wired(rt, e))
		}
		equal(rt, w.s, again)
	})
}

// wired is the event after its way through the log.
func wired(t rapid.TB, e meeting.Event) meeting.Event {
	t.Helper()
	data, err := meeting.EncodeBody(e.Body)
	if err != nil {
		t.Fatal(err)
	}
	if e.Body, err = meeting.DecodeBody(data); err != nil {
		t.Fatal(err)
	}
	return e
}

func equal(t rapid.TB, want, got meeting.State) {
	t.Helper()
	if w, g := fingerprint(t, want), fingerprint(t, got); w != g {
		t.Fatalf("states differ\nwant %s\ngot  %s", w, g)
	}
}

func TestEachStreamFoldsOnItsOwn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := lived(rt, t, nil)
		type stream struct {
			item   meeting.ItemID
			sealed bool
		}
		streams := map[stream]meeting.State{}
		for _, e := range w.events {
			at := stream{e.Item, e.Sealed}
			streams[at] = meeting.Apply(streams[at], e)
		}
		want, _ := w.s.Snapshot()
		got, _ := streams[stream{}].Snapshot()
		if len(w.events) > 0 && string(want) != string(got) {
			rt.Fatalf("the meeting's stream alone\nwant %s\ngot  %s", want, got)
		}
		for _, id := range itemIDs {
			want, _ := w.s.ItemSnapshot(id)
			got, _ := streams[stream{item: id}].ItemSnapshot(id)
			if string(want) != string(got) {
				rt.Fatalf("the stream of %s alone\nwant %s\ngot  %s", id, want, got)
			}
			want, _ = w.s.SealedSnapshot(id)
			got, _ = streams[stream{id, true}].SealedSnapshot(id)
			if string(want) != string(got) {
				rt.Fatalf("the sealed stream of %s alone\nwant %s\ngot  %s", id, want, got)
			}
		}
	})
}

func TestSnapshotAndTheRestEqualAll(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := lived(rt, t, nil)
		cut := rapid.IntRange(0, len(w.events)).Draw(rt, "cut")
		var s meeting.State
		for _, e := range w.events[:cut] {
			s = meeting.Apply(s, e)
		}
		var restored meeting.State
		snapshot, err := s.Snapshot()
		if err != nil {
			rt.Fatal(err)
		}
		if restored, err = restored.RestoreMeeting(snapshot); err != nil {
			rt.Fatal(err)
		}
		for id := range s.Contents {
			item, err := s.ItemSnapshot(id)
			if err != nil {
				rt.Fatal(err)
			}
			if restored, err = restored.RestoreItem(id, item); err != nil {
				rt.Fatal(err)
			}
		}
		for id := range s.Sealed {
			sealed, err := s.SealedSnapshot(id)
			if err != nil {
				rt.Fatal(err)
			}
			if restored, err = restored.RestoreSealed(id, sealed); err != nil {
				rt.Fatal(err)
			}
		}
		for _, e := range w.events[cut:] {
			restored = meeting.Apply(restored, e)
		}
		equal(rt, w.s, restored)
	})
}

var codes = []meeting.Code{meeting.NotAllowed, meeting.NotFound, meeting.BadState, meeting.Invalid, meeting.TooMany,
	meeting.Exists, meeting.NeedsReason, meeting.NoChair, meeting.InUse, meeting.UnknownKind}

func TestRefusedCommandsLeaveNoTrace(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := started(rt, t)
		for range 60 {
			who, c := drawActor(rt, w.s), drawCommand(rt)
			before := fingerprint(rt, w.s)
			events, err := meeting.Decide(w.s, actor(who), c, w.now)
			if after := fingerprint(rt, w.s); before != after {
				rt.Fatalf("Decide changed the state\nbefore %s\nafter  %s", before, after)
			}
			var refusal *meeting.Refusal
			if err != nil && (events != nil || !errors.As(err, &refusal) || !slices.Contains(codes, refusal.Code)) {
				rt.Fatalf("%s by %s: events %v, error %v", c.Kind(), who, events, err)
			}
			for _, e := range events {
				w.s = meeting.Apply(w.s, e)
			}
		}
	})
}

// givesAway lists the commands with which an actor can give away the very
// right to give them; repeated, they are then refused. A resend of the same
// command never comes that far: the server answers it from its receipt.
var givesAway = []string{
	meeting.PassChair{}.Kind(), meeting.GivePresenter{}.Kind(), meeting.AllowActing{}.Kind(),
	meeting.SetParticipant{}.Kind(), meeting.RemoveParticipant{}.Kind(),
}

// eachItsOwn lists the calls, which mean something every time.
var eachItsOwn = []string{meeting.Recall{}.Kind(), meeting.RemindVoters{}.Kind()}

func TestRepeatedWishMeansNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lived(rt, t, func(w *world, _ meeting.State, who meeting.PersonID, c meeting.Command, events []meeting.Event, err error) {
			if err != nil || slices.Contains(eachItsOwn, c.Kind()) {
				return
			}
			again, err := meeting.Decide(w.s, actor(who), c, w.now)
			if err != nil && len(events) > 0 && slices.Contains(givesAway, c.Kind()) {
				return
			}
			if err != nil || len(again) > 0 {
				rt.Fatalf("%s by %s, repeated: %d events, error %v", c.Kind(), who, len(again), err)
			}
		})
	})
}

func TestApplyTakesAnyEventInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var s meeting.State
		if rapid.Bool().Draw(rt, "from an open meeting") {
			s = opened(t).s
		}
		type memory struct {
			s    meeting.State
			text string
		}
		all := []memory{{s, fingerprint(rt, s)}}
		for range rapid.IntRange(1, 60).Draw(rt, "events") {
			// Going on from any earlier state makes branches, as prediction
			// does: none may see what another one did.
			from := all[rapid.IntRange(max(0, len(all)-4), len(all)-1).Draw(rt, "from")].s
			next := meeting.Apply(from, drawEvent(rt))
			all = append(all, memory{next, fingerprint(rt, next)})
		}
		for i, m := range all {
			if now := fingerprint(rt, m.s); now != m.text {
				rt.Fatalf("state %d was changed afterwards\nfrom %s\nto   %s", i, m.text, now)
			}
		}
	})
}

func TestApplySkipsWhatItDoesNotKnow(t *testing.T) {
	s := opened(t).s
	body, err := meeting.DecodeBody([]byte(`{"kind":"floor.given","v":3,"data":{"person":"chair"}}`))
	if err != nil {
		t.Fatal(err)
	}
	equal(t, s, meeting.Apply(s, meeting.Event{Body: body}))
	equal(t, s, meeting.Apply(s, meeting.Event{Body: body, Item: "alpha"}))
	equal(t, s, meeting.Apply(s, meeting.Event{}))
}

func TestInvariants(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		lived(rt, t, func(w *world, before meeting.State, who meeting.PersonID, c meeting.Command, _ []meeting.Event, _ error) {
			if what := broken(before, w.s); what != "" {
				rt.Fatalf("after %s by %s: %s\n%s", c.Kind(), who, what, fingerprint(rt, w.s))
			}
		})
	})
}

// broken names the first rule that a state breaks.
func broken(before, s meeting.State) string {
	if !s.Exists() {
		return ""
	}
	running, secretaries := 0, 0
	numbers := map[string]bool{}
	for id, i := range s.Items {
		if i.State == meeting.Running {
			running++
			if s.Current != id {
				return "the running item is not the current one"
			}
		}
		if !i.RunningSince.IsZero() && (i.State != meeting.Running || s.Phase != meeting.Open) {
			return "a clock runs while nothing does"
		}
		if old := before.Items[id].Number; old != "" && old != i.Number {
			return "a number shifted"
		}
		if s.Phase != meeting.Draft && (i.Number == "" || numbers[i.Number]) {
			return "an item without a number of its own"
		}
		numbers[i.Number] = true
		if i.Restricted && len(i.Audience) == 0 {
			return "a restricted item without audience"
		}
		for _, p := range i.Audience {
			if _, ok := s.People[p]; !ok {
				return "an audience with somebody who does not take part"
			}
		}
	}
	for _, p := range s.People {
		if p.Has(meeting.Secretary) {
			secretaries++
		}
	}
	switch {
	case running > 1 || (running == 0) != (s.Current == ""):
		return "running items and the current one disagree"
	case len(s.Agenda) != len(s.Items):
		return "agenda and items disagree"
	case secretaries == 0:
		return "nobody prepares the meeting"
	case (s.Phase == meeting.Open || s.Phase == meeting.Paused) && !s.People[s.Presiding].Has(meeting.Chair):
		return "presided by somebody who may not preside"
	}
	return brokenRights(s)
}

func brokenRights(s meeting.State) string {
	for _, p := range s.Acting {
		if !s.People[p].Has(meeting.Secretary) {
			return "somebody acts for the chair who is no secretary"
		}
	}
	for id, p := range s.People {
		presides := id == s.Presiding && p.Has(meeting.Chair)
		if s.MayChair(id) && !presides && !slices.Contains(s.Acting, id) {
			return string(id) + " has the chair's commands and no function"
		}
	}
	if s.MayChair(outsider) && s.People[outsider].Person == "" {
		return "an outsider has the chair's commands"
	}
	return ""
}
