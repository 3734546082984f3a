package screen

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"phonghop/client/internal/controller"
	"phonghop/client/internal/session"
	"phonghop/client/internal/ui/widget"
	"phonghop/shared/meeting"
)

// found is a search in two documents, of which a third is a scan. The first hits are on the page that is read.
func found() controller.SearchView {
	hit := func(doc meeting.DocumentID, hash string, page int, before, match, after string, y float64) controller.SearchHit {
		return controller.SearchHit{Spot: controller.Spot{Item: "i2", Place: meeting.Place{Document: doc, Version: 1, Page: page}}, Hash: hash,
			Before: before, Match: match, After: after, Boxes: [][4]float64{{230, y, 300, y + 14}}}
	}
	return controller.SearchView{Typed: "đầu tư", Exact: true, Total: 4,
		Groups: []controller.SearchGroup{
			{Item: "i2", Number: "2", Document: "d1", Title: "Tờ trình về dự toán ngân sách năm 2027", Hash: "h1", Hits: []controller.SearchHit{
				hit("d1", "h1", 6, "Tổng mức", "đầu tư", "công nguồn ngân sách địa phương năm 2027 dự kiến là 4.215 tỷ đồng, trong đó", 205),
				hit("d1", "h1", 6, "chi", "đầu tư", "xây dựng cơ bản", 380),
				hit("d1", "h1", 11, "…theo Luật", "Đầu tư", "công ngày 29 tháng 11 năm 2024 và các văn bản hướng dẫn thi hành", 90)}},
			{Item: "i2", Number: "2", Document: "d2", Title: "Phụ lục 1: Biểu thu, chi ngân sách", Hash: "h2", Hits: []controller.SearchHit{
				hit("d2", "h2", 3, "I. Chi", "đầu tư", "phát triển", 120)}},
		},
		Scans: []controller.SearchScan{{Item: "i2", Document: "d3", Title: "Công văn 412/STC-NS", Whole: true}, {Item: "i2", Document: "d2", Title: "Phụ lục 1: Biểu thu, chi ngân sách", Scanned: 2}},
	}
}

func foundOffline() controller.SearchView {
	v := found()
	v.Typed, v.Exact, v.Kept, v.Missing = "dau tu", false, true, 31
	return v
}

func (s *stand) saw(what string) bool { return slices.Contains(s.fake.did, what) }

func TestSearchInTheReader(t *testing.T) {
	s := newStand(t, inside(), vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	s.window.Canvas().OnTypedRune()('/')
	if r.panel != searchPanel || s.window.Canvas().Focused() != r.find.field.Focusable() {
		t.Fatal("the key does not open the search")
	}
	r.find.all = false
	r.find.field.SetText("đầu tư")
	r.find.field.OnSubmitted("đầu tư")
	if !s.saw(`search "đầu tư" in "h1"`) {
		t.Fatalf("did %v", s.fake.did)
	}
	s.fake.found = found()
	s.fake.found.Scope.Hash = "h1"
	s.Update()
	r.find.step(1)
	if s.window.Canvas().Focused() != nil {
		t.Error("keys still go to the search after a hit was opened")
	}
	if r.find.at != 0 || s.saw("page 6") {
		t.Errorf("the first hit is on the page at hand: %d, %v", r.find.at, s.fake.did)
	}
	r.find.step(1)
	r.typed(&fyne.KeyEvent{Name: fyne.KeyF3})
	if r.find.at != 2 || !s.saw("page 11") {
		t.Errorf("hit %d, did %v", r.find.at, s.fake.did)
	}
	r.find.step(1)
	if !s.saw("document i2 d2 1 3") {
		t.Errorf("the hit in another document: %v", s.fake.did)
	}
	r.find.step(1)
	if r.find.at != 0 {
		t.Errorf("after the last hit comes %d", r.find.at)
	}
	r.find.step(-1)
	if r.find.at != 3 {
		t.Errorf("before the first hit comes %d", r.find.at)
	}
	r.find.end()
	if !s.saw(`search "" in ""`) || r.find.field.Text() != "" {
		t.Errorf("the search goes on: %v", s.fake.did)
	}
}

// Escape leaves the search, and what is typed then is not searched for.
func TestEscapeLeavesTheSearch(t *testing.T) {
	s := newStand(t, inside(), vi(1), tablet)
	r := newReader(s.Shell, "m")
	s.push(r)
	r.openSearch()
	r.find.field.Focusable().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if r.panel != noPanel || s.window.Canvas().Focused() != nil || s.top() != view(r) {
		t.Errorf("panel %d, focus %v", r.panel, s.window.Canvas().Focused())
	}
	r.openSearch()
	r.open(morePanel)
	if s.window.Canvas().Focused() != nil {
		t.Error("a field that is gone still takes the keys")
	}
}

func TestSearchOfTheMeeting(t *testing.T) {
	f := inside()
	f.found = found()
	s := newStand(t, f, vi(1), phone)
	s.push(newAgenda(s.Shell, "m"))
	s.find()
	v, ok := s.top().(*searchScreen)
	if !ok {
		t.Fatalf("shows %T", s.top())
	}
	if v.finder.field.Text() != "đầu tư" || !v.finder.all {
		t.Errorf("the search under way is forgotten: %q", v.finder.field.Text())
	}
	var rows []*widget.Excerpt
	for _, o := range v.finder.results() {
		c, ok := o.(*fyne.Container)
		if !ok {
			continue
		}
		for _, inner := range c.Objects {
			if e, ok := inner.(*widget.Excerpt); ok {
				rows = append(rows, e)
			}
		}
	}
	if len(rows) != 4 || rows[3].Text() != "I. Chi đầu tư phát triển" {
		t.Fatalf("%d rows", len(rows))
	}
	rows[2].Tapped(nil)
	r, ok := s.top().(*reader)
	if !ok || !s.saw("document i2 d1 1 11") || r.find.at != 2 {
		t.Errorf("shows %T, did %v", s.top(), s.fake.did)
	}
	f.code = "not_found"
	s.pop()
	rows[0].Tapped(nil)
	if s.top() != view(v) {
		t.Errorf("a hit that is gone leads to %T", s.top())
	}
}

func TestSearchSaysWhatIsWrong(t *testing.T) {
	f := inside()
	f.code = "invalid"
	s := newStand(t, f, vi(1), tablet)
	v := newSearch(s.Shell, "m")
	s.push(v)
	v.finder.field.SetText("…")
	v.finder.search()
	f.code = ""
	f.found = controller.SearchView{Typed: "x", Code: session.CodeNetwork}
	s.Update()
	if n := len(v.finder.results()); n == 0 {
		t.Error("a failed search says nothing")
	}
	v.finder.search()
	if !s.saw(`search "…" in ""`) {
		t.Errorf("did %v", f.did)
	}
}
