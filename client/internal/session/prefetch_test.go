package session

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"phonghop/client/internal/cache"
	"phonghop/shared/meeting"
)

// runningAt makes the fake's second item run and show a page.
func (f *fake) runningAt(page int) {
	chair := meeting.Actor{Person: me}
	f.do(chair, meeting.OpenSitting{})
	f.do(chair, meeting.SetItemState{Item: "item-2", To: meeting.Running})
	f.do(chair, meeting.GivePresenter{Item: "item-2", To: me})
	f.do(chair, meeting.Show{Item: "item-2", Place: meeting.Place{Document: "doc", Page: page}})
}

func TestALateDeviceFetchesThePresentedPageFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2, 4)
		f.runningAt(3)
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		s.Open(theMeeting)
		time.Sleep(time.Minute)
		paths := f.requested()
		at := "item-2/documents/" + hash(2)
		first := []string{at + "/info", at + "/pages/3?width=800", at + "/pages/3?width=1600", at + "/pages/4?width=1600", at + "/pages/2?width=1600",
			at + "/pages/1?width=800"}
		if len(paths) < len(first) || !slices.Equal(paths[:len(first)], first) {
			t.Errorf("fetched first:\n%v\nwant\n%v", paths[:min(len(paths), 8)], first)
		}
		other := slices.IndexFunc(paths, func(p string) bool { return p == "item-1/documents/"+hash(1)+"/pages/1?width=800" })
		last := slices.Index(paths, at+"/pages/4?width=800")
		if other < last || last < 0 {
			t.Errorf("another document at %d before the presented one is complete at %d", other, last)
		}
		if want := 2 + 2*(2+4); len(paths) != want {
			t.Errorf("%d fetches, want %d: each part once", len(paths), want)
		}
		v := s.View()
		if v.Documents[hash(1)] != (Loading{2, 2}) || v.Documents[hash(2)] != (Loading{4, 4}) {
			t.Errorf("loading: %v", v.Documents)
		}
	})
}

func TestFetchingAheadGoesOnWhenTheNetworkIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(3)
		f.broken["item-1/documents/"+hash(1)+"/pages/2?width=800"] = []byte("not a picture")
		f.down = true
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		s.Open(theMeeting)
		time.Sleep(time.Minute)
		if _, err := s.Picture(t.Context(), Ref{theMeeting, "item-1", hash(1)}, 1, 800); CodeOf(err) != CodeNotKept {
			t.Errorf("without a network: %v", err)
		}
		f.set(func() { f.down = false })
		time.Sleep(time.Minute)
		if got := s.View().Documents[hash(1)]; got != (Loading{2, 3}) {
			t.Errorf("with one page that came damaged: %v", got)
		}
		if data, err := s.Picture(t.Context(), Ref{theMeeting, "item-1", hash(1)}, 2, 800); err != nil || len(data) == 0 {
			t.Errorf("asked for again: %v", err)
		}
		if got := s.View().Documents[hash(1)]; !got.Complete() {
			t.Errorf("then: %v", got)
		}
	})
}

func TestWhatIsNoLongerForThisPersonLeavesTheDevice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1, 1)
		area := cache.Memory(1 << 20).Area("a")
		s := device(t, f, area, nil)
		s.Open(theMeeting)
		time.Sleep(time.Minute)
		if !area.Has(hash(1), pictureName(1, 800)) {
			t.Fatal("not fetched ahead")
		}
		f.say(meeting.SetAudience{ID: "item-1", Restricted: true})
		synctest.Wait()
		if area.Has(hash(1), pictureName(1, 800)) || area.Has(hash(1), "info") {
			t.Error("the restricted document is still on the device")
		}
		if !area.Has(hash(2), pictureName(1, 800)) {
			t.Error("the other one is gone too")
		}
		kept, _ := area.Kept(recordMeeting + theMeeting)
		if len(kept) == 0 || strings.Contains(string(kept), hash(1)) {
			t.Errorf("the kept meeting of %d bytes still names the document", len(kept))
		}
		s.Close()

		// While the device was away, the other item is restricted too.
		f.do(meeting.Actor{Person: "van", Desk: true}, meeting.SetAudience{ID: "item-2", Restricted: true})
		s = device(t, f, area, nil)
		s.Open(theMeeting)
		time.Sleep(time.Second)
		if area.Has(hash(2), pictureName(1, 800)) {
			t.Error("what was restricted meanwhile stays on the device")
		}
	})
}

func TestOneFetchServesAllAndEndsWithTheLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(1)
		f.gate = make(chan struct{})
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		synctest.Wait()
		ref := Ref{theMeeting, "item-1", hash(1)}
		ctx, cancel := context.WithCancel(t.Context())
		impatient := make(chan error, 1)
		go func() {
			_, err := s.Picture(ctx, ref, 1, 1600)
			impatient <- err
		}()
		patient := make(chan error, 1)
		go func() {
			_, err := s.Picture(t.Context(), ref, 1, 1600)
			patient <- err
		}()
		time.Sleep(time.Millisecond)
		cancel()
		if err := <-impatient; CodeOf(err) != "canceled" {
			t.Errorf("who gave up: %v", err)
		}
		close(f.gate)
		if err := <-patient; err != nil {
			t.Errorf("who waited: %v", err)
		}
		if len(f.requested()) != 1 {
			t.Errorf("%d fetches", len(f.requested()))
		}
	})
}

func TestFetchingAheadWaitsWhileThePersonWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(2)
		f.gate = make(chan struct{})
		s := device(t, f, cache.Memory(1<<20).Area("a"), nil)
		synctest.Wait()
		done := make(chan error, 1)
		go func() {
			_, err := s.Picture(t.Context(), Ref{theMeeting, "item-1", hash(1)}, 2, 1600)
			done <- err
		}()
		synctest.Wait()
		s.Open(theMeeting)
		time.Sleep(time.Minute / 4) // less than a request may take
		if got := f.requested(); len(got) != 0 {
			t.Errorf("fetched ahead meanwhile: %v", got)
		}
		close(f.gate)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if got := s.View().Documents[hash(1)]; !got.Complete() {
			t.Errorf("afterwards: %v", got)
		}
	})
}

// What was tried is not looked at one by one again before each fetch: of a long
// document that would take longer than fetching it.
func TestFetchingAheadOfALongDocumentLooksAtEachPageOnce(t *testing.T) {
	const pages = 5000
	f, ref := newFetching(), Ref{Meeting: "m", Item: "i", Hash: hash(1)}
	looked, got := 0, []int{}
	next := func() (want, bool) {
		var found want
		ok := false
		yieldDocument(ref, f.first(ref, 800), pages, 800, func(w want) bool {
			looked++
			found, ok = w, f.try(w)
			return !ok
		})
		return found, ok
	}
	f.try(want{ref, 7, 800}) // near what is presented
	for w, ok := next(); ok; w, ok = next() {
		got = append(got, w.page)
	}
	if len(got) != pages || slices.Contains(got, 7) || !slices.IsSorted(got) { // with the document's info
		t.Errorf("%d parts were tried, page 7 twice: %t", len(got), slices.Contains(got, 7))
	}
	if looked > 3*pages {
		t.Errorf("looked at %d parts for %d", looked, pages)
	}
	f.untry(want{ref, 9, 800})
	f.untry(want{ref, 4, 800})
	if w, ok := next(); !ok || w.page != 4 {
		t.Errorf("tried again: page %d, %t", w.page, ok)
	}
	if w, ok := next(); !ok || w.page != 9 {
		t.Errorf("then: page %d, %t", w.page, ok)
	}
	if w, ok := next(); ok {
		t.Errorf("and page %d", w.page)
	}
	f.afresh()
	if w, ok := next(); !ok || w.page != 0 {
		t.Errorf("afresh: page %d, %t", w.page, ok)
	}
}
