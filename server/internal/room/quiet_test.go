package room_test

import (
	"context"
	"testing"

	"phonghop/server/internal/room"
	"phonghop/shared/ink"
	"phonghop/shared/meeting"
	"phonghop/shared/poll"
)

// An answer tells nobody of what is not for him: not that a document of a
// restricted item has another version, not that a vote is prepared, not which
// files were uploaded, and not that there is a draft.
func TestRefusalsTellNothing(t *testing.T) { // [H4] [C8]
	inRoom(t, func(t *testing.T, p *place) {
		p.files[hash("b")] = room.File{Pages: 1, Bytes: 400, Sizes: [][2]float64{{100, 100}}}
		p.opened()
		rule, _ := poll.Set(poll.SetCommittee)
		p.must("desk", "m1", meeting.PrepareVote{Item: "i2", Vote: "v1", Plan: meeting.VotePlan{Question: "Kín?", Electors: meeting.Everybody,
			Poll: poll.Poll{Method: poll.Approve, Mode: poll.Secret, Options: poll.Answers(poll.AnswersLaw, false), Rule: rule}}})
		off := func(item meeting.ItemID) meeting.AddStroke {
			return meeting.AddStroke{Item: item, Document: "d1", Stroke: ink.Stroke{ID: "s1", Page: 1, Version: 1, Tool: ink.Pen,
				Ink: packed(t, ink.Point{X: 3000, Y: 3000})}}
		}
		for name, c := range map[string]struct {
			who  string
			wish meeting.Command
			like meeting.Command // answered as this one, where there is nothing
			in   string          // of the meeting of like; m1 where empty
		}{
			"a stroke":             {"member", off("i2"), off("i9"), ""},
			"strokes":              {"member", meeting.ReplaceStrokes{Item: "i2", Document: "d1", Strokes: []ink.Stroke{off("i2").Stroke}}, meeting.ReplaceStrokes{Item: "i9", Document: "d1", Strokes: []ink.Stroke{off("i2").Stroke}}, ""},
			"a vote":               {"head", meeting.OpenVote{Item: "i2", Vote: "v1"}, meeting.OpenVote{Item: "i9", Vote: "v1"}, ""},
			"a file":               {"member", meeting.AttachDocument{Item: "i1", Document: "d7", Hash: hash("c")}, meeting.AttachDocument{Item: "i1", Document: "d7", Hash: hash("b")}, ""},
			"a version":            {"member", meeting.ReplaceDocument{Item: "i1", Document: "d1", Hash: hash("c")}, meeting.ReplaceDocument{Item: "i1", Document: "d1", Hash: hash("b")}, ""},
			"a meeting, by a file": {"outsider", meeting.AttachDocument{Item: "i1", Document: "d7", Hash: hash("c")}, meeting.AttachDocument{Item: "i1", Document: "d7", Hash: hash("c")}, "m9"},
			"a meeting, by a name": {"outsider", meeting.SetParticipant{Participant: meeting.Participant{Person: "none"}}, meeting.SetParticipant{Participant: meeting.Participant{Person: "none"}}, "m9"},
		} {
			in := c.in
			if in == "" {
				in = "m1"
			}
			if got, want := p.do(c.who, "m1", c.wish), p.do(c.who, in, c.like); got.Code != want.Code || got.What != want.What || got.Code == "" {
				t.Errorf("%s: %s gets %s %q, and where there is nothing %s %q", name, c.who, got.Code, got.What, want.Code, want.What)
			}
		}
		// Whoever prepares the meeting is told.
		if r := p.do("clerk", "m1", meeting.AttachDocument{Item: "i1", Document: "d7", Hash: hash("c")}); r.Code != string(meeting.NotFound) || r.What != "hash" {
			t.Errorf("the clerk: %s %q", r.Code, r.What)
		}
	})
}

// A draft that is not for a person reads as a meeting that is not there.
func TestNothingIsReadOfNoMeeting(t *testing.T) { // [H4]
	inRoom(t, func(t *testing.T, p *place) {
		p.drafted()
		ctx := context.Background()
		for _, id := range []string{"m1", "m9", "no id"} {
			if v, err := p.hall.View(ctx, "head", id); len(v) != 0 || err != nil {
				t.Errorf("view of %s: %v %v", id, v, err)
			}
			if _, ok, err := p.hall.MayRead(ctx, "head", id, "i1", hash("a")); ok || err != nil {
				t.Errorf("a document of %s: %v %v", id, ok, err)
			}
			if _, ok, err := p.hall.Readable(ctx, "head", id, "", ""); ok || err != nil {
				t.Errorf("a search in %s: %v %v", id, ok, err)
			}
			if _, ok, err := p.hall.Drawn(ctx, "head", id, "i1", hash("a")); ok || err != nil {
				t.Errorf("the ink of %s: %v %v", id, ok, err)
			}
			if _, ok, err := p.hall.Sheet(ctx, "head", id, "i1", "d1"); ok || err != nil {
				t.Errorf("a sheet of %s: %v %v", id, ok, err)
			}
		}
	})
}
