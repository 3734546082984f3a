package meeting_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"phonghop/shared/meeting"
)

// ofItems are the kinds of event that ride in an item's stream; every other
// kind rides in the meeting's.
var ofItems = []string{
	meeting.ItemBriefed{}.Kind(), meeting.ItemReasoned{}.Kind(), meeting.DocumentAttached{}.Kind(),
	meeting.DocumentReplaced{}.Kind(), meeting.DocumentRetitled{}.Kind(), meeting.DocumentMoved{}.Kind(),
	meeting.DocumentRemoved{}.Kind(), meeting.PresenterSet{}.Kind(), meeting.PresentAsked{}.Kind(),
	meeting.PresentDropped{}.Kind(), meeting.PageShown{}.Kind(), meeting.FollowersRecalled{}.Kind(), meeting.FollowersHeld{}.Kind(),
	meeting.InkOpened{}.Kind(), meeting.InkClosed{}.Kind(),
	meeting.VotePrepared{}.Kind(), meeting.VoteRemoved{}.Kind(), meeting.VotePosed{}.Kind(), meeting.VoteOpened{}.Kind(),
	meeting.VoterAdmitted{}.Kind(), meeting.VoteTaken{}.Kind(), meeting.VoteCast{}.Kind(), meeting.VotersReminded{}.Kind(),
	meeting.VoteExtended{}.Kind(), meeting.VoteHeld{}.Kind(), meeting.VoteClosed{}.Kind(), meeting.VoteTallied{}.Kind(),
	meeting.VoteCancelled{}.Kind(), meeting.VoteAnnounced{}.Kind(), meeting.VoteCorrected{}.Kind(),
}

// ofSealed are the kinds that ride in an item's sealed stream.
var ofSealed = []string{meeting.BallotSealed{}.Kind(), meeting.VoteCounted{}.Kind()}

// Each kind folds in the stream it belongs to and nowhere else, so that an
// event in the wrong stream can tell nobody anything.
func TestEveryKindFoldsInItsOwnStreamOnly(t *testing.T) {
	s := opened(t).s
	for _, kind := range meeting.EventKinds() {
		rapid.Check(t, func(rt *rapid.T) {
			e := drawEventOf(rt, kind)
			for _, item := range []meeting.ItemID{"", "alpha"} {
				for _, sealed := range []bool{false, true} {
					e.Item, e.Sealed = item, sealed
					switch {
					case slices.Contains(ofSealed, kind):
						if sealed {
							continue
						}
					case slices.Contains(ofItems, kind) == (item != "") && !sealed:
						continue
					}
					equal(rt, s, meeting.Apply(s, e))
				}
			}
		})
	}
}

// marked is a command whose texts of an item are recognisable, and the marks.
func marked(c meeting.Command, n int) (meeting.Command, meeting.ItemID, []string) {
	mark := func(what string) string { return fmt.Sprintf("mark-%s-%d-", what, n) }
	brief := func(b meeting.Brief) meeting.Brief {
		return meeting.Brief{Title: mark("title"), Unit: mark("unit"), Reporter: b.Reporter}
	}
	switch c := c.(type) {
	case meeting.AddItem:
		c.Brief = brief(c.Brief)
		return c, c.ID, []string{c.Brief.Title, c.Brief.Unit}
	case meeting.ChangeItem:
		c.Brief = brief(c.Brief)
		return c, c.ID, []string{c.Brief.Title, c.Brief.Unit}
	case meeting.SetItemState:
		c.Reason = mark("reason")
		return c, c.Item, []string{c.Reason}
	case meeting.AttachDocument:
		c.Title, c.Type, c.Name = mark("document"), mark("type"), mark("file")
		c.Pages, c.Bytes = 5, 5
		return c, c.Item, []string{c.Title, c.Type, c.Name, c.Hash}
	case meeting.ReplaceDocument:
		c.Name, c.Pages, c.Bytes = mark("file"), 5, 5
		return c, c.Item, []string{c.Name, c.Hash}
	case meeting.PrepareVote:
		c.Plan.Question = mark("question")
		return c, c.Item, []string{c.Plan.Question}
	case meeting.CorrectFigures:
		c.Reason = mark("reason")
		return c, c.Item, []string{c.Reason}
	case meeting.CancelVote:
		c.Reason = mark("reason")
		return c, c.Item, []string{c.Reason}
	case meeting.RetitleDocument:
		c.Title, c.Type = mark("document"), mark("type")
		return c, c.Item, []string{c.Title, c.Type}
	}
	return c, "", nil
}

// From the moment an item is restricted, nothing of it is in what the whole
// meeting reads: neither in the events nor in the snapshot. Reasons and
// documents never are, of any item.
func TestMeetingsStreamKeepsTheSecretsOfItems(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := started(rt, t)
		marks := map[meeting.ItemID][]string{"beta": {"Beta"}}
		for n := range rapid.IntRange(1, 60).Draw(rt, "commands") {
			c, item, more := marked(drawCommand(rt), n)
			marks[item] = append(marks[item], more...)
			events, err := w.do(drawActor(rt, w.s), c)
			if err != nil {
				continue
			}
			public, err := w.s.Snapshot()
			if err != nil {
				rt.Fatal(err)
			}
			for _, e := range events {
				checkStream(rt, e)
				if e.Item == "" {
					data, err := meeting.EncodeBody(e.Body)
					if err != nil {
						rt.Fatal(err)
					}
					public = append(public, data...)
				}
			}
			checkPublic(rt, w.s, string(public), marks)
		}
	})
}

func checkStream(t rapid.TB, e meeting.Event) {
	if ofLayer := slices.Contains(ofLayers, e.Body.Kind()); ofLayer != (e.Document != "") {
		t.Fatalf("%s in the stream of %q, %q", e.Body.Kind(), e.Item, e.Document)
	} else if ofLayer {
		return
	}
	ofItem := slices.Contains(ofItems, e.Body.Kind()) || slices.Contains(ofSealed, e.Body.Kind())
	if ofItem != (e.Item != "") || slices.Contains(ofSealed, e.Body.Kind()) != e.Sealed {
		t.Fatalf("%s in the stream of %q", e.Body.Kind(), e.Item)
	}
}

func checkPublic(t rapid.TB, s meeting.State, public string, marks map[meeting.ItemID][]string) {
	for id, all := range marks {
		i := s.Items[id]
		if i.Restricted && i.Brief != (meeting.Brief{}) {
			t.Fatalf("the meeting knows %+v of the restricted %s", i.Brief, id)
		}
		for _, m := range all {
			ofText := strings.HasPrefix(m, "mark-title") || strings.HasPrefix(m, "mark-unit") || m == "Beta"
			if (!ofText || i.Restricted) && strings.Contains(public, m) {
				t.Fatalf("%s of %s (restricted: %v) is public: %s", m, id, i.Restricted, public)
			}
		}
	}
}

// An item's events say everything about it: whoever may read its stream gets
// its text from there, restricted or not.
func TestItemsStreamHasItsText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := lived(rt, t, nil)
		for id, i := range w.s.Items {
			if w.s.Contents[id].Brief.Title == "" {
				rt.Fatalf("%s has no text in its own stream", id)
			}
			if !i.Restricted && i.Brief != w.s.Contents[id].Brief {
				rt.Fatalf("%s: the meeting reads %+v, its stream %+v", id, i.Brief, w.s.Contents[id].Brief)
			}
		}
	})
}

func TestWhoSeesWhichItem(t *testing.T) {
	names, states := phases(t)
	var out strings.Builder
	for _, id := range []meeting.ItemID{"alpha", "beta", "gamma"} {
		table(&out, string(id), names, func(who meeting.PersonID, phase string) string {
			if states[phase].MaySee(who, id) {
				return "sees"
			}
			return "-"
		})
	}
	table(&out, "the meeting", names, func(who meeting.PersonID, phase string) string {
		if states[phase].MaySeeMeeting(who) {
			return "sees"
		}
		return "-"
	})
	golden(t, "audience.txt", out.String())
}

func TestGuestLeavesWithHisItem(t *testing.T) {
	w := opened(t)
	if !w.s.MaySee(invited, "alpha") {
		t.Fatal("an invited guest does not see his item")
	}
	w.must(t, chair, meeting.SetItemState{Item: "gamma", To: meeting.Running})
	if w.s.MaySee(invited, "alpha") {
		t.Error("a guest sees the item after its end")
	}
	if w.s.MaySee(invited, "gamma") || !w.s.MaySeeMeeting(invited) {
		t.Error("a guest sees an item he is not invited to, or not even the meeting")
	}
}

func TestNobodySeesBeyondTheAudienceUntilLetIn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := lived(rt, t, nil)
		for id, i := range w.s.Items {
			for _, who := range cast {
				_, takesPart := w.s.People[who]
				sees := w.s.MaySee(who, id)
				if sees && (!takesPart || i.Restricted && !slices.Contains(i.Audience, who)) {
					rt.Fatalf("%s sees %s", who, id)
				}
			}
		}
	})
}
