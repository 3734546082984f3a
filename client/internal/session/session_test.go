package session

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
	"phonghop/shared/replica"
)

func TestResumesAfterACutFromWhereItWas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		s.Open(theMeeting)
		synctest.Wait()
		if v := s.View(); v.Link != Live || v.Meetings[theMeeting].Title != "Họp" || v.Offset.Round(time.Minute) != time.Hour {
			t.Fatalf("%s, offset %s", v.Link, v.Offset)
		}
		f.cut(0)
		synctest.Wait()
		if v := s.View(); v.Link != Live {
			t.Fatalf("after a cut of no length: %s", v.Link)
		}
		var asked []protocol.Position
		f.set(func() { asked = f.asked })
		for _, p := range asked {
			if p.Epoch != "e1" && p.Stream != protocol.RoomStream {
				t.Errorf("%s is asked for from the beginning", p.Stream)
			}
		}
		// With the network away, the device tries on, and is back soon after.
		f.set(func() { f.down = true })
		f.cut(0)
		time.Sleep(10 * time.Minute)
		if v := s.View(); v.Link != Offline || len(v.Meetings[theMeeting].Agenda) != 1 {
			t.Fatalf("without a network: %s", v.Link)
		}
		f.do(meeting.Actor{Person: "van", Desk: true}, meeting.AddItem{ID: "item-9", Type: meeting.Other, Brief: meeting.Brief{Title: "Khác"}})
		f.set(func() { f.down = false })
		time.Sleep(longestWait)
		synctest.Wait()
		if v := s.View(); v.Link != Live || len(v.Meetings[theMeeting].Agenda) != 2 {
			t.Errorf("%s after the network's return: %s, %d items", longestWait, v.Link, len(v.Meetings[theMeeting].Agenda))
		}
		tries := f.tries()
		if tries < 200 || tries > 700 {
			t.Errorf("%d tries in ten minutes", tries)
		}
	})
}

// TestAWishFindsASilentNetwork: who turns a page on a network that was lost
// without a word learns of it within seconds.
func TestAWishFindsASilentNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		s.Open(theMeeting)
		synctest.Wait()
		f.set(func() { f.silent, f.down = true, true })
		if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(answerWithin + 3*time.Second + time.Millisecond)
		synctest.Wait()
		if v := s.View(); v.Link != Offline || v.Pending != 1 {
			t.Errorf("%s, %d wishes wait", v.Link, v.Pending)
		}
		f.set(func() { f.silent, f.down = false, false })
		time.Sleep(longestWait)
		synctest.Wait()
		if v := s.View(); v.Link != Live || v.Pending != 0 || v.Meetings[theMeeting].Phase != meeting.Open {
			t.Errorf("back: %s, %d wishes wait", v.Link, v.Pending)
		}
	})
}

func TestWakeTriesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.dialErr = &Problem{Code: protocol.CodeUnavailable}
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		time.Sleep(time.Minute)
		f.set(func() { f.dialErr = nil })
		s.Wake()
		synctest.Wait()
		if got := s.View().Link; got != Live {
			t.Errorf("after Wake: %s", got)
		}
	})
}

func TestHowAConnectionEndsSaysWhatFollows(t *testing.T) {
	for name, c := range map[string]struct {
		code int
		link Link
		why  string
	}{
		"slow":     {protocol.CloseSlow, Live, ""},
		"restart":  {protocol.CloseRestart, Live, ""},
		"busy":     {protocol.CloseBusy, Offline, ""},
		"sign-in":  {protocol.CloseSignIn, Ended, protocol.CodeSignIn},
		"version":  {protocol.CloseVersion, Ended, protocol.CodeVersion},
		"invalid":  {protocol.CloseInvalid, Ended, CodeBadAnswer},
		"abnormal": {1006, Live, ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
				time.Sleep(time.Minute)
				f.cut(c.code)
				synctest.Wait()
				v := s.View()
				if v.Link != c.link || v.Why == nil != (c.why == "") || v.Why != nil && v.Why.Code != c.why {
					t.Fatalf("%s %v, want %s %q", v.Link, v.Why, c.link, c.why)
				}
				before := f.tries()
				time.Sleep(time.Hour)
				if after := f.tries(); c.link == Ended && after != before || c.link != Ended && s.View().Link != Live {
					t.Errorf("an hour later: %s, %d tries more", s.View().Link, after-before)
				}
			})
		})
	}
}

func TestAnotherKeyEndsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.dialErr = fromTransport(context.Background(), errors.Join(errors.New("tls"), &pin.KeyChangedError{}))
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		time.Sleep(time.Hour)
		if v := s.View(); v.Link != Ended || v.Why.Code != CodeKeyChanged || f.tries() != 1 || len(f.requested()) != 0 {
			t.Errorf("%s %v after %d tries, %d requests", v.Link, v.Why, f.tries(), len(f.requested()))
		}
	})
}

func TestClosedAgainAndAgainDoesNotHurry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		_ = s
		for range 1000 {
			f.cut(protocol.CloseSlow)
			time.Sleep(10 * time.Millisecond)
		}
		if n := f.tries(); n > 30 {
			t.Errorf("%d tries in ten seconds", n)
		}
	})
}

func TestCommandsAreKeptBeforeTheyAreSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		f.silent = true
		area := cache.Memory(1 << 20).Area("a")
		s := device(t, f, area, nil)
		s.Open(theMeeting)
		synctest.Wait()
		if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
			t.Fatal(err)
		}
		if v := s.View(); v.Pending != 1 || v.Meetings[theMeeting].Phase != meeting.Open {
			t.Errorf("not shown at once: %d pending, %s", v.Pending, v.Meetings[theMeeting].Phase)
		}
		synctest.Wait()
		if len(f.commands()) != 1 {
			t.Fatalf("%d commands came", len(f.commands()))
		}
		if data, ok := area.Kept(RecordOutbox); !ok || !strings.Contains(string(data), f.commands()[0].Command) {
			t.Error("it was sent without being kept")
		}
		s.Close()

		f.set(func() { f.silent = false })
		s = device(t, f, area, nil)
		s.Open(theMeeting)
		synctest.Wait()
		if v := s.View(); v.Pending != 0 || v.Meetings[theMeeting].Phase != meeting.Open {
			t.Errorf("after the restart: %d pending, %s", v.Pending, v.Meetings[theMeeting].Phase)
		}
		if len(f.commands()) != 2 || f.commands()[0].Command != f.commands()[1].Command {
			t.Errorf("sent again under another id: %v", f.commands())
		}
		time.Sleep(time.Second)
		time.Sleep(2 * keepEvery) // it goes with the next keeping
		synctest.Wait()
		if _, ok := area.Kept(RecordOutbox); ok {
			t.Error("the outbox is still kept")
		}
	})
}

func TestARefusalIsToldAndTakenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		f.refuse = "bad_state"
		told := make(chan replica.Refused, 1)
		s := device(t, f, cache.Memory(1<<20).Area("a"), func(r replica.Refused) { told <- r })
		s.Open(theMeeting)
		synctest.Wait()
		if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
			t.Fatal(err)
		}
		if r := <-told; r.Code != "bad_state" {
			t.Errorf("code %s", r.Code)
		}
		if v := s.View(); v.Pending != 0 || v.Meetings[theMeeting].Phase != meeting.Published {
			t.Errorf("still shown: %s", v.Meetings[theMeeting].Phase)
		}
		var refused *meeting.Refusal
		if err := s.Submit(theMeeting, "", meeting.PauseSitting{}); !errors.As(err, &refused) {
			t.Errorf("what makes no sense here is sent: %v", err)
		}
	})
}

func TestADeviceThatCannotKeepSaysSoAndGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		area := cache.Open("/dev/null/nowhere", 0).Area("a")
		s := device(t, f, area, nil)
		s.Open(theMeeting)
		time.Sleep(2 * time.Second)
		if err := s.Submit(theMeeting, "", meeting.OpenSitting{}); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if v := s.View(); !v.Unkept || v.Pending != 0 || v.Meetings[theMeeting].Phase != meeting.Open {
			t.Errorf("unkept %v, %d pending, %s", v.Unkept, v.Pending, v.Meetings[theMeeting].Phase)
		}
		if data, err := s.Picture(t.Context(), Ref{theMeeting, "item-1", hash(1)}, 1, 800); err != nil || len(data) == 0 {
			t.Errorf("a page: %v", err)
		}
	})
}

func TestOfAnotherRoomNothingIsTakenOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		area := cache.Memory(1 << 20).Area("a")
		s := device(t, f, area, nil)
		s.Open(theMeeting)
		time.Sleep(2 * time.Second)
		s.Close()
		f.set(func() { f.room = "room-2" })
		s = device(t, f, area, nil)
		s.Open(theMeeting)
		time.Sleep(time.Hour)
		if v := s.View(); v.Link != Ended || len(v.Meetings[theMeeting].Agenda) != 1 {
			t.Errorf("%s with %d items", v.Link, len(v.Meetings[theMeeting].Agenda))
		}
	})
}

func TestPresenceIsGathered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		s.Open(theMeeting)
		synctest.Wait()
		f.set(func() {
			f.tellAll(protocol.Message{Type: protocol.TypePresence, Stream: stream("item-1"), Body: []byte(`{"kind":"followers","follow":3,"apart":-4}`)})
			f.tellAll(protocol.Message{Type: protocol.TypePresence, Stream: stream("item-1"), Body: []byte(`{"kind":"view","document":"doc","version":1,"page":2,"top":0.5,"height":7}`)})
		})
		synctest.Wait()
		v := s.View()
		if got := v.Followers[stream("item-1")]; got != (Followers{3, 0}) {
			t.Errorf("followers %+v", got)
		}
		want := Part{meeting.Place{Document: "doc", Version: 1, Page: 2}, 0.5, 0.5}
		if got := v.Parts[stream("item-1")]; got != want {
			t.Errorf("part %+v", got)
		}
	})
}
