package meeting_test

import (
	"strings"
	"testing"
	"time"

	"phonghop/shared/meeting"
)

func TestStartingAnItemShowsItsFirstPage(t *testing.T) {
	w := opened(t)
	c := w.s.Contents["alpha"]
	if want := (meeting.Place{Document: "report", Version: 1, Page: 1}); c.Shown != want || c.Presenter != chair {
		t.Errorf("shown %+v, presented by %s", c.Shown, c.Presenter)
	}
	// What was shown stays when the item is taken up again.
	w.must(t, chair, meeting.Show{Item: "alpha", Place: meeting.Place{Document: "annex", Page: 2}})
	w.must(t, chair, meeting.SetItemState{Item: "gamma", To: meeting.Running, Previous: meeting.Suspended})
	w.must(t, chair, meeting.SetItemState{Item: "alpha", To: meeting.Running})
	if got := w.s.Contents["alpha"].Shown; got.Document != "annex" || got.Page != 2 {
		t.Errorf("shown %+v", got)
	}
}

func TestReplacedDocumentStaysOnTheScreen(t *testing.T) {
	w := opened(t)
	w.must(t, secretary, meeting.ReplaceDocument{Item: "alpha", Document: "report", Hash: hash("c"), Name: "c.pdf", Pages: 1, Bytes: 9})
	if got := w.s.Contents["alpha"].Shown; got.Version != 1 {
		t.Errorf("version %d is shown", got.Version)
	}
	w.must(t, chair, meeting.Show{Item: "alpha", Place: meeting.Place{Document: "report", Version: 1, Page: 5}})
	if _, err := w.do(chair, meeting.Show{Item: "alpha", Place: meeting.Place{Document: "report", Page: 5}}); code(err) != meeting.Invalid {
		t.Errorf("page 5 of the newest version, which has one: %v", err)
	}
	if _, err := w.do(secretary, meeting.RemoveDocument{Item: "alpha", Document: "report"}); code(err) != meeting.InUse {
		t.Errorf("the presented document was removed: %v", err)
	}
}

func TestItemsClockStopsInBreaks(t *testing.T) {
	w := opened(t)
	began := w.now
	wait := func(d time.Duration) { w.now = w.now.Add(d - time.Second) }
	wait(10 * time.Minute)
	w.must(t, chair, meeting.PauseSitting{})
	wait(time.Hour)
	w.must(t, chair, meeting.ResumeSitting{})
	wait(5 * time.Minute)
	if got := w.s.Items["alpha"].Used(w.now.Add(time.Second)); got != 15*time.Minute {
		t.Errorf("%v used, since %v", got, began)
	}
	w.must(t, chair, meeting.EndSitting{})
	if got := w.s.Items["alpha"]; got.Used(w.now.Add(24*time.Hour)) != 15*time.Minute || got.State != meeting.Suspended {
		t.Errorf("%v used, %s", got.Spent, got.State)
	}
}

func TestClockSetBackCountsNothing(t *testing.T) {
	i := meeting.AgendaItem{Spent: time.Minute, RunningSince: start}
	if got := i.Used(start.Add(-time.Hour)); got != time.Minute {
		t.Errorf("%v used", got)
	}
}

func TestNumbersAfterPublication(t *testing.T) {
	w := opened(t)
	add := func(id, before meeting.ItemID) string {
		w.must(t, secretary, meeting.AddItem{ID: id, Before: before, Type: meeting.Other, Brief: meeting.Brief{Title: "Thêm"}})
		return w.s.Number(id)
	}
	for _, c := range []struct{ id, before, want string }{
		{"first", "alpha", "0a"}, {"second", "beta", "1a"}, {"third", "second", "1b"}, {"last", "", "7"},
	} {
		if got := add(meeting.ItemID(c.id), meeting.ItemID(c.before)); got != c.want {
			t.Errorf("%s before %q is number %s, want %s", c.id, c.before, got, c.want)
		}
	}
	w.must(t, secretary, meeting.MoveItem{ID: "gamma", Before: "first"})
	if got := w.s.Number("gamma"); got != "3" {
		t.Errorf("a moved item became %s", got)
	}
	if got := w.s.Agenda[0]; got != "gamma" {
		t.Errorf("first is %s", got)
	}
}

func TestNumbersOfADraftFollowTheOrder(t *testing.T) {
	w := drafted(t)
	w.must(t, secretary, meeting.MoveItem{ID: "gamma", Before: "alpha"})
	w.must(t, secretary, meeting.Publish{})
	for id, want := range map[meeting.ItemID]string{"gamma": "1", "alpha": "2", "beta": "3"} {
		if got := w.s.Number(id); got != want {
			t.Errorf("%s is number %s, want %s", id, got, want)
		}
	}
}

func TestSecretaryActsInTheChairsName(t *testing.T) {
	w := opened(t)
	events := w.must(t, typist, meeting.Show{Item: "alpha", Place: meeting.Place{Document: "report", Page: 2}})
	if len(events) != 1 || events[0].By != typist || events[0].For != chair {
		t.Errorf("%+v", events)
	}
	w.must(t, chair, meeting.AllowActing{Person: typist})
	if _, err := w.do(typist, meeting.EndSitting{}); code(err) != meeting.NotAllowed {
		t.Errorf("acts on after it was ended: %v", err)
	}
}

func TestPassingTheChair(t *testing.T) {
	w := opened(t)
	events := w.must(t, typist, meeting.PassChair{To: vice})
	if w.s.Presiding != vice || w.s.Contents["alpha"].Presenter != vice || events[0].For != chair {
		t.Errorf("presided by %s, presented by %s, for %s", w.s.Presiding, w.s.Contents["alpha"].Presenter, events[0].For)
	}
	if _, err := w.do(chair, meeting.EndSitting{}); code(err) != meeting.NotAllowed {
		t.Errorf("the former chair ends the sitting: %v", err)
	}
	w.must(t, chair, meeting.PassChair{To: chair}) // and takes it back
	if got := w.s.Sittings[0].Presided; len(got) != 3 {
		t.Errorf("presided: %v", got)
	}
}

func TestRemovedPresenterLeavesNoTrace(t *testing.T) {
	w := opened(t)
	w.must(t, chair, meeting.GivePresenter{Item: "alpha", To: member})
	w.must(t, delegate, meeting.AskPresenter{Item: "alpha"})
	w.must(t, secretary, meeting.RemoveParticipant{Person: member})
	w.must(t, secretary, meeting.RemoveParticipant{Person: delegate})
	if c := w.s.Contents["alpha"]; c.Presenter != "" || len(c.Wishes) > 0 {
		t.Errorf("presented by %q, wished by %v", c.Presenter, c.Wishes)
	}
	if w.s.MaySee(member, "beta") {
		t.Error("a removed person sees a restricted item")
	}
}

func TestLettingTheReporterIn(t *testing.T) {
	w := opened(t)
	w.must(t, secretary, meeting.ChangeItem{ID: "beta", Type: meeting.Settle, Brief: meeting.Brief{Title: "Beta", Reporter: delegate}})
	if !w.s.MaySee(delegate, "beta") {
		t.Error("the reporter of a restricted item does not see it")
	}
	w.must(t, secretary, meeting.ChangeItem{ID: "gamma", Type: meeting.Other, Brief: meeting.Brief{Title: "Gamma", Reporter: guest}})
	if !w.s.MaySee(guest, "gamma") || w.s.Items["gamma"].Brief.Title != "Gamma" {
		t.Error("a guest who reports does not see his item, or the others lost its title")
	}
}

func TestBoundsOfText(t *testing.T) {
	w := drafted(t)
	for _, c := range []meeting.Command{
		meeting.Describe{Description: meeting.Description{Title: strings.Repeat("ộ", meeting.MaxTitle+1)}},
		meeting.Describe{Description: meeting.Description{Title: "\u202e\u200b "}},
		meeting.Describe{Description: meeting.Description{Title: "x", Starts: start, Ends: start.Add(-time.Second)}},
		meeting.Describe{Description: meeting.Description{Title: "x", Starts: start.AddDate(500, 0, 0)}},
		meeting.AddItem{ID: "a/b", Type: meeting.Other, Brief: meeting.Brief{Title: "x"}},
		meeting.AddItem{ID: "delta", Type: meeting.Other, Brief: meeting.Brief{Title: "x"}, Minutes: meeting.MaxMinutes + 1},
		meeting.AttachDocument{Item: "alpha", Document: "draft", Hash: strings.ToUpper(hash("a")), Name: "x", Pages: 1, Bytes: 1},
		meeting.AttachDocument{Item: "alpha", Document: "draft", Hash: hash("a"), Name: "x", Pages: meeting.MaxPages + 1, Bytes: 1},
		meeting.AttachDocument{Item: "alpha", Document: "draft", Hash: hash("a"), Name: "x", Pages: 1, Bytes: meeting.MaxBytes + 1},
	} {
		if _, err := w.do(secretary, c); code(err) != meeting.Invalid {
			t.Errorf("%+v: %v", c, err)
		}
	}
	w.must(t, secretary, meeting.Describe{Description: meeting.Description{Title: "  Phie\u0302n   ho\u0323p\n"}})
	if w.s.Title != "Phiên họp" {
		t.Errorf("title %q", w.s.Title)
	}
}
