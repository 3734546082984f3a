package room_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// answered reports an answer that is there already.
func answered(c <-chan room.Result) (room.Result, bool) {
	select {
	case r := <-c:
		return r, true
	default:
		return room.Result{}, false
	}
}

func TestNothingIsSeenBeforeItIsDurable(t *testing.T) { // [C5]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		r := p.joins("member", "item/m1/i1")
		synctest.Wait()
		r.take(t)
		release := p.log.hold()
		answer := p.send(p.key("head"), "m1", show(2))
		synctest.Wait()
		if _, ok := answered(answer); ok {
			t.Error("answered while the disk is still writing")
		}
		expect(t, "while the disk is writing", r.take(t))
		release()
		got := <-answer
		synctest.Wait()
		expect(t, "afterwards", withoutPresence(r.take(t)), "event item/m1/i1 page.shown")
		want := []protocol.Position{{Stream: "item/m1/i1", Epoch: "epoch-1", Seq: p.view("head", "m1")["item/m1/i1"].Seq}}
		same(t, "positions", got, room.Result{Positions: want})
	})
}

func TestWhatCannotBeKeptHasNotHappened(t *testing.T) { // [C6]
	for name, c := range map[string]struct {
		fail func(p *place)
		code string
	}{
		"the log fails":    {func(p *place) { p.log.FailNext(errors.New("broken")) }, protocol.CodeUnavailable},
		"the disk is full": {func(p *place) { p.log.FailNext(room.ErrFull) }, protocol.CodeStorageFull},
		"the disk hangs": {func(p *place) {
			release := p.log.hold()
			go func() { time.Sleep(15 * time.Second); release() }()
		}, protocol.CodeUnavailable},
	} {
		t.Run(name, func(t *testing.T) {
			inRoom(t, func(t *testing.T, p *place) {
				p.opened()
				r := p.joins("member", "meeting/m1", "item/m1/i1")
				before, list := p.view("desk", "m1"), p.hall.Meetings("desk")
				r.take(t)
				c.fail(p)
				key := p.key("head")
				same(t, "answer", <-p.send(key, "m1", show(2)), room.Result{Code: c.code})
				expect(t, "the reader", withoutPresence(r.take(t)))
				same(t, "state", p.view("desk", "m1"), before)
				same(t, "list", p.hall.Meetings("desk"), list)
				time.Sleep(20 * time.Second)
				// The same command may be given again, under the same id.
				if again := <-p.send(key, "m1", show(2)); again.Code != "" {
					t.Errorf("again: %+v", again)
				}
			})
		})
	}
}

func TestABatchFailsAsOne(t *testing.T) { // [C6]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		release := p.log.hold()
		first := p.send(p.key("head"), "m1", show(2))
		synctest.Wait() // it is being written; what comes now is the next batch
		var answers []<-chan room.Result
		for _, c := range []meeting.Command{show(3), meeting.Close{}, show(4)} {
			answers = append(answers, p.send(p.key("head"), "m1", c))
		}
		before := p.log.Appends()
		p.log.FailNext(errors.New("broken"))
		p.log.FailNext(errors.New("broken"))
		release()
		for _, a := range append(answers, first) {
			// Nobody is told that the meeting is closed, because it is not.
			same(t, "answer", <-a, room.Result{Code: protocol.CodeUnavailable})
		}
		if n := p.log.Appends() - before; n != 0 {
			t.Errorf("%d batches were written", n)
		}
		p.must("head", "m1", show(4))
	})
}

func TestAnItemThatWasNotKeptCanBeAddedLater(t *testing.T) { // [C6]
	inRoom(t, func(t *testing.T, p *place) {
		p.drafted()
		add := meeting.AddItem{ID: "i9", Type: meeting.Other, Brief: meeting.Brief{Title: "Chín"}}
		p.log.FailNext(errors.New("broken"))
		if r := p.do("desk", "m1", add); r.Code != protocol.CodeUnavailable {
			t.Fatalf("%+v", r)
		}
		p.reopen()
		p.must("desk", "m1", add)
	})
}

func TestTheSameKeyIsTheSameWish(t *testing.T) { // [C4]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		key := p.key("head")
		first := <-p.send(key, "m1", meeting.Recall{Item: "i1"})
		if len(first.Positions) != 1 {
			t.Fatalf("%+v", first)
		}
		r := p.joins("member", "item/m1/i1")
		r.take(t)
		same(t, "again", <-p.send(key, "m1", meeting.Recall{Item: "i1"}), first)
		p.reopen()
		same(t, "after a restart", <-p.send(key, "m1", meeting.Recall{Item: "i1"}), first)
		expect(t, "the reader", withoutPresence(r.take(t)))
		for _, other := range []room.Key{
			{Person: "head", Client: "c-other", Command: key.Command},
			{Person: "head", Client: key.Client, Command: "k-other"},
		} {
			if got := <-p.send(other, "m1", meeting.Recall{Item: "i1"}); got.Code != "" || got.Positions[0].Seq == first.Positions[0].Seq {
				t.Errorf("%+v is another wish: %+v", other, got)
			}
		}
	})
}

// A command of an older connection of the same client may come after it was
// given again and refused.
func TestARefusedCommandStaysRefused(t *testing.T) { // [C4]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		turn, add := p.key("member"), p.key("desk")
		refused := <-p.send(turn, "m1", show(2))
		if refused.Code != protocol.CodeNotAllowed {
			t.Fatalf("%+v", refused)
		}
		unknown := <-p.send(add, "m1", meeting.AttachDocument{Item: "i1", Document: "d9", Hash: hash("c"), Name: "c.pdf"})
		p.must("head", "m1", meeting.GivePresenter{Item: "i1", To: "member"})
		p.files[hash("c")] = room.File{Pages: 1, Bytes: 1}
		same(t, "again", <-p.send(turn, "m1", show(2)), refused)
		same(t, "again", <-p.send(add, "m1", meeting.AttachDocument{Item: "i1", Document: "d9", Hash: hash("c"), Name: "c.pdf"}), unknown)
		p.must("member", "m1", show(2)) // as another command

		release := p.log.hold() // and in one batch
		p.send(p.key("member"), "m1", show(3))
		synctest.Wait()
		turn = p.key("head")
		first := p.send(turn, "m1", show(4))
		p.send(p.key("member"), "m1", meeting.GivePresenter{Item: "i1", To: "head"})
		second := p.send(turn, "m1", show(4))
		release()
		same(t, "the second", <-second, <-first)
	})
}

func TestTheSameKeyTwiceInOneBatch(t *testing.T) { // [C4]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		release := p.log.hold()
		p.send(p.key("head"), "m1", show(2))
		synctest.Wait()
		key := p.key("head")
		one, two := p.send(key, "m1", meeting.Recall{Item: "i1"}), p.send(key, "m1", meeting.Recall{Item: "i1"})
		before := p.log.Appends()
		release()
		same(t, "the second", <-two, <-one)
		if n := p.log.Appends() - before; n != 2 {
			t.Errorf("%d batches were written", n)
		}
	})
}

// A command that was carried out is never refused afterwards, whatever has
// changed since.
func TestACarriedOutCommandStaysCarriedOut(t *testing.T) { // [C4]
	inRoom(t, func(t *testing.T, p *place) {
		ctx := context.Background()
		p.drafted()
		create, set, attach := p.key("desk"), p.key("desk"), p.key("desk")
		wishes := map[room.Key]meeting.Command{
			create: meeting.Create{Description: meeting.Description{Title: "Họp"}},
			set:    meeting.SetParticipant{Participant: meeting.Participant{Person: "outsider"}},
			attach: meeting.AttachDocument{Item: "i1", Document: "d9", Hash: hash("b"), Name: "x.pdf"},
		}
		meetings := map[room.Key]string{create: "m2", set: "m1", attach: "m1"}
		first := map[room.Key]room.Result{}
		for key, c := range wishes {
			if first[key] = <-p.send(key, meetings[key], c); first[key].Code != "" {
				t.Fatalf("%s: %+v", c.Kind(), first[key])
			}
		}
		must(t, p.hall.Lobby().Do(ctx, owner, person("second", true)))
		must(t, p.hall.Lobby().Do(ctx, owner, person("desk", false)))
		must(t, p.hall.Lobby().Do(ctx, owner, removed("outsider")))
		delete(p.files, hash("b"))
		for key, c := range wishes {
			same(t, c.Kind(), <-p.send(key, meetings[key], c), first[key])
		}
		// Nor because the disk fails for another command of its batch.
		release := p.log.hold()
		p.send(p.key("desk"), "m1", meeting.MoveItem{ID: "i1"})
		synctest.Wait()
		other := p.send(p.key("desk"), "m1", meeting.MoveItem{ID: "i2"})
		again := p.send(set, "m1", wishes[set])
		p.log.FailNext(errors.New("broken"))
		p.log.FailNext(errors.New("broken"))
		release()
		if r := <-other; r.Code != protocol.CodeUnavailable {
			t.Errorf("the other one: %+v", r)
		}
		same(t, "with a failing batch", <-again, first[set])
	})
}

func TestFactsAreTheServers(t *testing.T) { // [C7]
	inRoom(t, func(t *testing.T, p *place) {
		p.drafted()
		p.must("desk", "m1", meeting.AttachDocument{Item: "i3", Document: "d1", Hash: hash("a"), Name: "của-tôi.pdf", Pages: 1, Bytes: 1})
		p.must("desk", "m1", meeting.ReplaceDocument{Item: "i3", Document: "d1", Hash: hash("b"), Name: "hai.pdf", Pages: 1, Bytes: 1})
		p.must("desk", "m1", meeting.SetParticipant{Participant: meeting.Participant{Person: "outsider", Name: "Ai đó", Position: "Bí thư", Order: 77}})
		var c meeting.Content
		decode(t, p.view("desk", "m1")["item/m1/i3"].Snapshot, &c)
		for i, want := range []meeting.Version{{Number: 1, Name: "của-tôi.pdf", Pages: 9, Bytes: 900}, {Number: 2, Name: "hai.pdf", Pages: 4, Bytes: 400}} {
			got := c.Documents[0].Versions[i]
			if got.Name != want.Name || got.Pages != want.Pages || got.Bytes != want.Bytes {
				t.Errorf("version %d: %+v", i+1, got)
			}
		}
		var s meeting.State
		decode(t, p.view("desk", "m1")["meeting/m1"].Snapshot, &s)
		if got := s.People["outsider"]; got.Name != "Người ngoài" || got.Position != "" || got.Order != 8 {
			t.Errorf("participant %+v", got)
		}
		for _, c := range []meeting.Command{
			meeting.AttachDocument{Item: "i3", Document: "d2", Hash: hash("c"), Name: "x.pdf", Pages: 1, Bytes: 1},
			meeting.ReplaceDocument{Item: "i3", Document: "d1", Hash: hash("c"), Name: "x.pdf", Pages: 1, Bytes: 1},
			meeting.SetParticipant{Participant: meeting.Participant{Person: "nobody", Name: "x"}},
		} {
			if r := p.do("desk", "m1", c); r.Code != protocol.CodeNotFound {
				t.Errorf("%s: %+v", c.Kind(), r)
			}
		}
	})
}

func TestTimeNeverRunsBackwards(t *testing.T) { // [E4]
	now := time.Date(2026, 11, 24, 1, 0, 0, 123_456_789, time.UTC)
	p := newPlace(t)
	p.hall.Close()
	var err error
	p.hall, err = room.Open(context.Background(), room.Options{Log: p.log, Files: p.files, Now: func() time.Time { return now }})
	must(t, err)
	defer p.hall.Close()
	p.opened()
	r := p.joins("head", "item/m1/i1")
	now = now.Add(-time.Hour)
	p.must("head", "m1", show(3))
	all := withoutPresence(r.take(t))
	last := all[len(all)-1]
	if want := time.Date(2026, 11, 24, 1, 0, 0, 123_000_000, time.UTC); !last.At.Equal(want) {
		t.Errorf("at %v, want %v", last.At, want)
	}
}
