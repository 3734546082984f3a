package room_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

var owner = roster.Actor{Owner: true}

func person(id string, desk bool) roster.Command {
	return roster.SetPerson{Person: roster.Person{ID: roster.PersonID(id), Name: "Tên " + id, Desk: desk}}
}

func removed(id string) roster.Command { return roster.RemovePerson{Person: roster.PersonID(id)} }

func must(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func decode(t tester, data []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
}

func TestTheRoster(t *testing.T) { // [T1] [T3]
	inRoom(t, func(t *testing.T, p *place) {
		ctx, lobby := context.Background(), p.hall.Lobby()
		r := p.joins("member", "room")
		expect(t, "joined", r.take(t), "stream room")
		must(t, lobby.Do(ctx, roster.Actor{Person: "desk"}, roster.NameRoom{Name: "Phòng họp số 1"}))
		must(t, lobby.Do(ctx, roster.Actor{Person: "desk"}, person("new", false)))
		must(t, lobby.Do(ctx, roster.Actor{Person: "desk"}, person("new", false))) // means nothing
		must(t, lobby.Do(ctx, roster.Actor{Person: "desk"}, removed("new")))
		expect(t, "told", r.take(t), "event room room.named", "event room person.set", "event room person.removed")
		for name, c := range map[string]struct {
			who  roster.Actor
			wish roster.Command
			code string
		}{
			"no secretary":       {roster.Actor{Person: "member"}, roster.NameRoom{Name: "x"}, "not_allowed"},
			"the last secretary": {owner, removed("desk"), "last_secretary"},
			"no name":            {owner, roster.NameRoom{Name: " \u202e "}, "invalid"},
		} {
			var refusal *roster.Refusal
			if err := lobby.Do(ctx, c.who, c.wish); !errors.As(err, &refusal) || refusal.Code != c.code {
				t.Errorf("%s: %v", name, err)
			}
		}
		expect(t, "after refusals", r.take(t))
		want := lobby.State()
		p.reopen()
		same(t, "after a restart", p.hall.Lobby().State(), want)
	})
}

func TestTheRosterIsDurableBeforeItIsVisible(t *testing.T) { // [C5] [C6]
	inRoom(t, func(t *testing.T, p *place) {
		ctx, lobby := context.Background(), p.hall.Lobby()
		r := p.joins("member", "room")
		r.take(t)
		before := lobby.State()
		release := p.log.hold()
		done := make(chan error, 1)
		go func() { done <- lobby.Do(ctx, owner, person("new", false)) }()
		synctest.Wait()
		same(t, "while the disk is writing", lobby.State(), before)
		expect(t, "while the disk is writing", r.take(t))
		release()
		must(t, <-done)
		expect(t, "afterwards", r.take(t), "event room person.set")

		before = lobby.State()
		p.log.FailNext(room.ErrFull)
		if err := lobby.Do(ctx, owner, person("other", false)); !errors.Is(err, room.ErrFull) {
			t.Errorf("%v", err)
		}
		same(t, "after a full disk", lobby.State(), before)
		expect(t, "after a full disk", r.take(t))
		must(t, lobby.Do(ctx, owner, person("other", false)))
	})
}

// Somebody who does not wait for the answer takes nothing from the one who
// writes it.
func TestWhoeverAskedMayLeave(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		release := p.log.hold()
		p.send(p.key("head"), "m1", show(2))
		go func() { time.Sleep(2 * time.Second); release() }()
		done := make(chan error, 3)
		go func() { done <- p.hall.Lobby().Do(ctx, owner, person("new", true)) }()
		go func() { _, err := p.hall.View(ctx, "head", "m1"); done <- err }()
		go func() { _, _, err := p.hall.MayRead(ctx, "head", "m1", "i1", hash("a")); done <- err }()
		for range 3 {
			if err := <-done; !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%v", err)
			}
		}
		time.Sleep(2 * time.Second)
	})
}

func TestTheListOfMeetings(t *testing.T) { // [H14] [N4]
	inRoom(t, func(t *testing.T, p *place) {
		r := p.joins("member", "room")
		r.take(t)
		p.drafted()
		p.must("desk", "m2", meeting.Create{Description: meeting.Description{Title: "Họp sau", Starts: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}})
		time.Sleep(time.Second)
		expect(t, "many changes", r.take(t), "presence room meetings")
		ids := func(who string) (out []string) {
			for _, m := range p.hall.Meetings(who) {
				out = append(out, m.ID)
			}
			return out
		}
		same(t, "desk", ids("desk"), []string{"m2", "m1"})
		same(t, "clerk", ids("clerk"), []string{"m1"})
		same(t, "member, of a draft", ids("member"), []string(nil))
		p.must("desk", "m1", meeting.Publish{})
		same(t, "member", ids("member"), []string{"m1"})
		same(t, "outsider", ids("outsider"), []string(nil))
		line := p.hall.Meetings("head")[0]
		want := protocol.MeetingSummary{ID: "m1", Title: "Phiên họp thường kỳ", Phase: "published", Items: 3, Changed: line.Changed, Function: []string{"chair"}, Answer: protocol.AnswerNone}
		same(t, "line", line, want)
		list := p.hall.Meetings("desk")
		p.reopen()
		same(t, "after a restart", p.hall.Meetings("desk"), list)
		for who, may := range map[string]bool{"desk": true, "clerk": true, "head": false, "outsider": false, "nobody": false} {
			if p.hall.MayUpload(who) != may {
				t.Errorf("%s may upload: %v", who, !may)
			}
		}
	})
}

func TestWhoIsNotOnTheRoster(t *testing.T) { // [C8]
	inRoom(t, func(t *testing.T, p *place) {
		p.drafted()
		create := meeting.Create{Description: meeting.Description{Title: "Họp"}}
		for who, c := range map[string]meeting.Command{"nobody": show(1), "member": create} {
			if r := p.do(who, "m3", c); r.Code != protocol.CodeNotAllowed {
				t.Errorf("%s: %+v", who, r)
			}
		}
		for id, who := range map[string]string{"m9": "desk", "not an id": "desk", "": "desk", "m1": "outsider"} {
			if r := p.do(who, id, meeting.Publish{}); r.Code != protocol.CodeNotFound {
				t.Errorf("%q: %+v", id, r)
			}
		}
		// The creator named by the client is not believed.
		create.Creator = meeting.Participant{Person: "head", Name: "x"}
		p.must("desk", "m3", create)
		var s meeting.State
		decode(t, p.view("desk", "m3")["meeting/m3"].Snapshot, &s)
		if len(s.People) != 1 || s.People["desk"].Name != "Văn phòng" {
			t.Errorf("people %+v", s.People)
		}
	})
}

func setPerson(who roster.Person) roster.Command { return roster.SetPerson{Person: who} }
