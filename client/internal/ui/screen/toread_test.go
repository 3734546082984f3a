package screen

import (
	"testing"
	"time"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/ui/words"
)

// errandsNow is what is new and to be read of two meetings.
func errandsNow() controller.ToReadView {
	title, next := "Phiên họp thường kỳ tháng 11 năm 2026", "Phiên họp chuyên đề về chuyển đổi số"
	two := docs("i2")
	renewed := two[0]
	renewed.Version, renewed.ReadVersion, renewed.ReadPage, renewed.PresentedPage = 2, 1, 14, 0
	fresh := two[1]
	fresh.ReadPage = 0
	e := func(m, title, number string, at time.Time) controller.Errand {
		return controller.Errand{Meeting: m, Title: title, Starts: at, Item: "i2", Number: number, ItemTitle: "Dự toán ngân sách nhà nước năm 2027"}
	}
	of := func(e controller.Errand, k controller.NewsKind, d controller.DocumentRow, duty controller.Duty) controller.Errand {
		e.Kind, e.Document, e.Duty = k, d, duty
		return e
	}
	now, later := e("m", title, "2", monday), e("n", next, "1", monday.Add(48*time.Hour))
	moved := of(later, controller.NewsTime, controller.DocumentRow{}, "")
	moved.Item, moved.Number = "", ""
	return controller.ToReadView{
		News: []controller.Errand{of(now, controller.NewsVersion, renewed, ""), of(now, controller.NewsDocument, fresh, ""), of(later, controller.NewsItem, controller.DocumentRow{}, ""), moved},
		First: []controller.Errand{of(now, "", fresh, controller.DutyVote), of(now, "", renewed, controller.DutyReport),
			of(later, "", fresh, controller.DutyDecide), of(later, "", fresh, controller.DutyVote)},
	}
}

// Every line of what is new leads, in one tap, to what it is about, with the agenda behind it; leaving the agenda says it was seen.
func TestErrandsLeadToWhatTheyAreAbout(t *testing.T) {
	f := inside()
	f.toRead = errandsNow()
	f.toRead.First = nil
	f.meetings.Running, f.meetings.Direct = nil, ""
	s := newStand(t, f, vi(1), tablet)
	s.press(f.toRead.News[0].Document.Title)
	if _, ok := s.top().(*reader); !ok {
		t.Fatalf("a document leads to %T", s.top())
	}
	s.wants("open m", "document i2 d1 0 1")
	if !s.shows(words.T("toread.opened_new", 14)) && len(s.note.layer.Objects) == 0 {
		t.Error("a new version is opened without a word")
	}
	s.pop()
	if _, ok := s.top().(*agenda); !ok {
		t.Fatalf("behind it is %T", s.top())
	}
	s.fake.did = nil
	s.pop()
	s.wants("saw m", "leave m")
	s.press(words.N("toread.all", 4))
	s.press("Phiên họp chuyên đề về chuyển đổi số") // the changed time
	if v, ok := s.top().(*agenda); !ok || v.id != "n" {
		t.Fatalf("a changed time leads to %T", s.top())
	}
	s.pop()
	f.toRead = controller.ToReadView{}
	s.Update()
	if !s.shows(words.T("toread.none")) {
		t.Error("an empty list says nothing")
	}
}
