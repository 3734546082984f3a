package room_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/server/internal/room"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

func TestCloseAnswersWhatWaits(t *testing.T) { // [C10]
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		release := p.log.hold()
		var answers []<-chan room.Result
		for page := 2; page < 9; page++ {
			answers = append(answers, p.send(p.key("head"), "m1", show(page)))
		}
		closed := make(chan struct{})
		go func() { p.hall.Close(); close(closed) }()
		synctest.Wait()
		release()
		<-closed
		for i, a := range answers {
			if r, ok := answered(a); !ok || r.Code != "" {
				t.Errorf("command %d: %+v, answered %v", i, r, ok)
			}
		}
		p.open()
		var c meeting.Content
		decode(t, p.view("head", "m1")["item/m1/i1"].Snapshot, &c)
		if c.Shown.Page != 8 {
			t.Errorf("page %d after a restart", c.Shown.Page)
		}
	})
}

// Whoever has left is told nothing more, also while the room closes.
func TestLeaveWhileTheRoomCloses(t *testing.T) {
	inRoom(t, func(t *testing.T, p *place) {
		p.opened()
		r := p.joins("member", "item/m1/i1")
		r.take(t)
		release := p.log.hold()
		answer := p.send(p.key("head"), "m1", show(2))
		hall, closed, left := p.hall, make(chan struct{}), make(chan []protocol.Message, 1)
		go func() { hall.Close(); close(closed) }()
		synctest.Wait()
		go func() {
			hall.Leave(r)
			left <- r.take(t)
		}()
		synctest.Wait()
		release()
		<-answer
		<-closed
		<-left
		synctest.Wait()
		expect(t, "after leaving", r.take(t))
		p.open()
	})
}

func TestAfterClose(t *testing.T) { // [C10]
	inRoom(t, func(t *testing.T, p *place) {
		ctx := context.Background()
		p.opened()
		r := p.joins("head", "room", "meeting/m1", "item/m1/i1")
		closed := p.hall
		closed.Close()
		closed.Close()
		r.take(t)
		answer := func(room.Result) { t.Error("answered after the close") }
		_, view := closed.View(ctx, "head", "m1")
		_, _, read := closed.MayRead(ctx, "head", "m1", "i1", hash("a"))
		for name, err := range map[string]error{
			"submit":    closed.Submit(ctx, "m1", room.Command{Key: p.key("head"), Actor: meeting.Actor{Person: "head"}, Wish: show(2), Answer: answer}),
			"subscribe": closed.Subscribe(ctx, r, protocol.Position{Stream: "meeting/m1"}),
			"the room":  closed.Subscribe(ctx, r, protocol.Position{Stream: "room"}),
			"tell":      closed.Tell(ctx, r, "item/m1/i1", reading(true)),
			"roster":    closed.Lobby().Do(ctx, owner, roster.NameRoom{Name: "x"}),
			"view":      view,
			"read":      read,
		} {
			if !errors.Is(err, room.ErrClosed) {
				t.Errorf("%s: %v", name, err)
			}
		}
		closed.Leave(r)
		expect(t, "the reader", r.take(t))
		p.open()
	})
}

// Whatever is handed in while the room closes is either not taken, or
// answered once; and what was answered is there afterwards.
func TestCloseInTheMidstOfWork(t *testing.T) { // [C10]
	for range 20 {
		p := newPlace(t)
		p.opened()
		var answers, taken atomic.Int64
		var done sync.WaitGroup
		for i := range 8 {
			done.Go(func() {
				for n := 0; ; n++ {
					err := p.hall.Submit(context.Background(), "m1", room.Command{
						Key:   room.Key{Person: "head", Client: fmt.Sprint("c", i), Command: fmt.Sprint("k", n)},
						Actor: meeting.Actor{Person: "head"}, Wish: meeting.Recall{Item: "i1"},
						Answer: func(r room.Result) {
							if r.Code != "" {
								t.Errorf("%+v", r)
							}
							answers.Add(1)
						},
					})
					if err != nil {
						if !errors.Is(err, room.ErrClosed) {
							t.Error(err)
						}
						return
					}
					taken.Add(1)
				}
			})
		}
		for taken.Load() < 500 {
			time.Sleep(time.Microsecond)
		}
		p.hall.Close()
		if n := answers.Load(); n < 500 {
			t.Errorf("%d answers", n)
		}
		done.Wait()
		if a, n := answers.Load(), taken.Load(); a != n {
			t.Fatalf("%d commands were taken, %d answered", n, a)
		}
		p.open()
		var c meeting.Content
		decode(t, p.view("head", "m1")["item/m1/i1"].Snapshot, &c)
		if int64(c.Recalls) != answers.Load() {
			t.Fatalf("%d were carried out, %d are there", answers.Load(), c.Recalls)
		}
		p.hall.Close()
	}
}
