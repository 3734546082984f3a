package room_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// TestReplayEqualsLive lets random people give random commands, with a disk
// that fails at times and a server that starts again. The room after a restart
// is the room before it, for everybody; it is what the log folds to; and a
// command given twice was carried out once.
func TestReplayEqualsLive(t *testing.T) { // [R3] [C4] [C6]
	rapid.Check(t, func(t *rapid.T) {
		p := newPlace(t)
		defer func() { p.hall.Close() }()
		if rapid.Bool().Draw(t, "begun") {
			p.opened()
		}
		given := []given{}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			switch rapid.IntRange(0, 19).Draw(t, "step") {
			case 0:
				p.sameAfterRestart(p.reopen)
			case 4:
				p.sameAfterRestart(p.crash)
			case 1:
				p.log.FailNext(errors.New("broken"))
			case 2:
				if len(given) > 0 {
					g := rapid.SampledFrom(given).Draw(t, "again")
					same(t, "given again", <-p.send(g.key, g.meeting, g.wish), g.result)
				}
			case 3:
				who := rapid.SampledFrom(roll).Draw(t, "person")
				who.Name = rapid.SampledFrom([]string{"Một", "Hai"}).Draw(t, "name")
				_ = p.hall.Lobby().Do(context.Background(), owner, setPerson(who)) // the disk may fail
			default:
				g := draw(t)
				g.result = <-p.send(g.key, g.meeting, g.wish)
				if len(g.result.Positions) > 0 {
					given = append(given, g)
				}
			}
		}
		p.sameAfterRestart(p.crash)
		p.sameAfterRestart(p.reopen)
		for _, g := range given {
			same(t, "given again", <-p.send(g.key, g.meeting, g.wish), g.result)
		}
	})
}

// given is a command and its answer.
type given struct {
	key     room.Key
	meeting string
	wish    meeting.Command
	result  room.Result
}

// outlook is all that anybody can see of the room.
type outlook struct {
	views  map[string]map[string]protocol.StreamView
	lists  map[string][]protocol.MeetingSummary
	roster any
}

func (p *place) look() outlook {
	o := outlook{map[string]map[string]protocol.StreamView{}, map[string][]protocol.MeetingSummary{}, p.hall.Lobby().State()}
	for _, who := range everybody {
		o.lists[who] = p.hall.Meetings(who)
		for _, id := range []string{"m1", "m2"} {
			all, err := p.hall.View(context.Background(), who, id)
			if err != nil && !errors.As(err, new(*meeting.Refusal)) {
				p.t.Fatal(err)
			}
			for _, v := range all {
				if o.views[who] == nil {
					o.views[who] = map[string]protocol.StreamView{}
				}
				o.views[who][v.Stream] = v
			}
		}
	}
	return o
}

func (p *place) sameAfterRestart(restart func()) {
	p.t.Helper()
	before := p.look()
	p.isWhatTheLogFoldsTo()
	restart()
	after := p.look()
	same(p.t, "the roster after a restart", after.roster, before.roster)
	same(p.t, "the lists after a restart", after.lists, before.lists)
	for _, who := range everybody {
		for stream, was := range before.views[who] {
			now := after.views[who][stream]
			if string(now.Snapshot) != string(was.Snapshot) || now.Seq != was.Seq {
				p.t.Errorf("%s of %s\nwas %d %s\nis  %d %s", stream, who, was.Seq, was.Snapshot, now.Seq, now.Snapshot)
			}
		}
		if len(after.views[who]) != len(before.views[who]) {
			p.t.Errorf("%s saw %d streams, and sees %d", who, len(before.views[who]), len(after.views[who]))
		}
	}
}

func (p *place) isWhatTheLogFoldsTo() {
	p.t.Helper()
	const noReducer = -1 // so that every entry is read
	for _, id := range []string{"m1", "m2"} {
		saved, err := p.log.Load(context.Background(), protocol.MeetingStream(id), noReducer)
		if err != nil {
			p.t.Fatal(err)
		}
		var s meeting.State
		for _, e := range saved.Entries {
			s = meeting.Apply(s, event(p.t, protocol.Message{Stream: e.Stream, By: e.By, For: e.For, At: e.At, Body: e.Body}))
		}
		for who := range s.People {
			for stream, v := range p.view(string(who), id) {
				name, _ := protocol.ParseStream(stream)
				want, err := s.Snapshot()
				if name.Item != "" {
					want, err = s.ItemSnapshot(meeting.ItemID(name.Item))
				}
				if err != nil || string(v.Snapshot) != string(want) {
					p.t.Errorf("%s of %s\nlive %s\nlog  %s", stream, who, v.Snapshot, want)
				}
			}
		}
	}
}

// draw draws a command that often makes sense, by somebody who often may.
func draw(t *rapid.T) given {
	pick := func(label string, all ...string) string { return rapid.SampledFrom(all).Draw(t, label) }
	who := pick("who", "desk", "desk", "desk", "clerk", "head", "head", "head", "deputy", "member", "guest", "wall", "outsider")
	someone := meeting.PersonID(pick("someone", "clerk", "head", "deputy", "member", "guest", "outsider"))
	item, other := meeting.ItemID(pick("item", "i1", "i1", "i2", "i3", "i4")), meeting.ItemID(pick("other", "", "i1", "i3"))
	document := meeting.DocumentID(pick("document", "d1", "d1", "d2"))
	content := hash(pick("hash", "a", "b", "c"))
	brief := meeting.Brief{Title: pick("title", "Một", "Hai", "Ba", ""), Reporter: meeting.PersonID(pick("reporter", "", "member", "guest"))}
	yes := rapid.Bool().Draw(t, "yes")
	page := rapid.IntRange(1, 10).Draw(t, "page")
	state := meeting.ItemState(pick("state", "running", "running", "done", "suspended", "postponed", "withdrawn", "waiting"))
	function := meeting.Function(pick("function", "chair", "secretary", "guest", "projector"))
	wishes := []meeting.Command{
		meeting.Create{Description: meeting.Description{Title: brief.Title}}, meeting.Describe{Description: meeting.Description{Title: brief.Title}},
		meeting.SetParticipant{Participant: meeting.Participant{Person: someone, Functions: []meeting.Function{function}}},
		meeting.RemoveParticipant{Person: someone},
		meeting.AddItem{ID: item, Before: other, Type: meeting.Report, Brief: brief, Restricted: yes, Audience: []meeting.PersonID{someone}},
		meeting.ChangeItem{ID: item, Type: meeting.Vote, Brief: brief, Minutes: page}, meeting.MoveItem{ID: item, Before: other},
		meeting.RemoveItem{ID: item}, meeting.SetAudience{ID: item, Restricted: yes, Audience: []meeting.PersonID{someone}},
		meeting.AttachDocument{Item: item, Document: document, Hash: content, Name: "x.pdf"},
		meeting.ReplaceDocument{Item: item, Document: document, Hash: content, Name: "y.pdf"},
		meeting.RetitleDocument{Item: item, Document: document, Title: brief.Title}, meeting.MoveDocument{Item: item, Document: document},
		meeting.RemoveDocument{Item: item, Document: document}, meeting.Publish{}, meeting.AllowActing{Person: someone, On: yes},
		meeting.OpenSitting{}, meeting.PauseSitting{}, meeting.ResumeSitting{}, meeting.EndSitting{}, meeting.PassChair{To: someone},
		meeting.SetItemState{Item: item, To: state, Reason: brief.Title}, meeting.Recall{Item: item}, meeting.GivePresenter{Item: item, To: someone},
		meeting.AskPresenter{Item: item}, meeting.DropAsk{Item: item, Person: someone},
		meeting.Show{Item: item, Place: meeting.Place{Document: document, Page: page}},
	}
	if rapid.IntRange(0, 30).Draw(t, "the end") == 0 {
		wishes = []meeting.Command{meeting.Close{}}
	}
	return given{
		key:     room.Key{Person: who, Client: pick("client", "c1", "c2"), Command: fmt.Sprint("k", rapid.Uint64().Draw(t, "command"))},
		meeting: pick("meeting", "m1", "m1", "m1", "m1", "m2"),
		wish:    rapid.SampledFrom(wishes).Draw(t, "wish"),
	}
}
