package controller

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"phonghop/client/internal/session"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/text"
)

// found searches and gives what was found when the search is over.
func (d *tester) found(id string, in Scope, typed string) SearchView {
	d.t.Helper()
	d.ok(d.Search(id, in, typed))
	d.until("the search for "+typed, func() bool { return !d.Found(id).Busy })
	return d.Found(id)
}

func texts(d *Document, pages int) (n int) {
	for page := 1; page <= pages; page++ {
		if _, ok := d.session.KeptText(d.ref, page); ok {
			n++
		}
	}
	return n
}

func attach(d *tester, m prepared, title string, pages int) {
	d.t.Helper()
	before := len(d.Meeting(m.id).Items[0].Documents)
	d.AttachFile(m.id, m.item, pdf(title, pages))
	d.until(title, func() bool {
		return len(d.Meeting(m.id).Items[0].Documents) == before+1 && d.Meeting(m.id).Status.Pending == 0
	})
}

// The server and the device find the same.
func TestSearchWithAndWithoutTheServer(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 12)
	attach(desk, m, servertest.Scan, 3)
	attach(desk, m, "Đầu tư công", 70)
	dir := t.TempDir()
	d := start(t, dir)
	d.enter(r, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	rows := func() []DocumentRow { return d.Meeting(m.id).Items[0].Documents }
	d.until("the documents", func() bool { v := d.Meeting(m.id); return len(v.Items) == 1 && len(v.Items[0].Documents) == 3 })
	for _, row := range rows() {
		d.until("the texts of "+row.Title, func() bool {
			doc, _ := d.Document(m.id, m.item, row.Hash)
			return doc != nil && texts(doc, row.Pages) == row.Pages
		})
	}
	type asked struct {
		in    Scope
		typed string
		total int
	}
	all := []asked{{Scope{}, "ĐẦU TƯ", 70}, {Scope{}, "dau tu cong", 70}, {Scope{}, "đau", 0}, {Scope{}, "báo cáo 7", 1},
		{Scope{Hash: rows()[0].Hash}, "bao cao", 12}, {Scope{Item: m.item}, "1", 2}, {Scope{Hash: rows()[1].Hash}, "bao cao", 0}}
	online := map[asked]SearchView{}
	for _, a := range all {
		v := d.found(m.id, a.in, a.typed)
		if v.Total != a.total || len(v.Hits()) != a.total || v.Kept || v.Code != "" || v.More {
			t.Errorf("%+v: %d hits, %+v", a, v.Total, v)
		}
		online[a] = v
	}
	v := online[all[0]]
	if len(v.Groups) != 1 || v.Groups[0].Title != "Đầu tư công" || v.Groups[0].Number != "1" || !v.Exact || v.Groups[0].Hits[69].Spot.Place.Page != 70 {
		t.Errorf("groups: %+v", v.Groups)
	}
	if len(v.Scans) != 1 || !v.Scans[0].Whole || v.Scans[0].Title != servertest.Scan {
		t.Errorf("scans: %+v", v.Scans)
	}
	d.Close()
	r.Stop()
	d = start(t, dir)
	d.OpenMeeting(m.id)
	d.until("offline", func() bool { return d.Meeting(m.id).Status.Link == session.Offline })
	for _, a := range all {
		v, want := d.found(m.id, a.in, a.typed), online[a]
		if !v.Kept || v.Missing != 0 || !reflect.DeepEqual(v.Groups, want.Groups) || !reflect.DeepEqual(v.Scans, want.Scans) {
			t.Errorf("%+v without the server: %+v, with it %+v", a, v, want)
		}
	}
}

func TestSearchIsForThePersonOnly(t *testing.T) {
	r := servertest.New(t)
	desk, d := start(t, t.TempDir()), start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, 3)
	d.enter(r, servertest.Delegate, false)
	d.OpenMeeting(m.id)
	d.until("the document", func() bool { v := d.Meeting(m.id); return len(v.Items) == 1 && len(v.Items[0].Documents) == 1 })
	// The server reads texts in the background, page after page.
	d.until("all hits", func() bool { return d.found(m.id, Scope{}, "báo cáo").Total == 3 })
	desk.ok(desk.SetAudience(m.id, m.item, true, []meeting.PersonID{servertest.Chair}, false))
	d.until("hits that are not for him any more go", func() bool { return d.Found(m.id).Total == 0 })
	if v := d.found(m.id, Scope{Item: m.item}, "báo cáo"); v.Code != protocol.CodeNotFound {
		t.Errorf("in an item that is not for him: %+v", v)
	}
	for _, bad := range []string{"…", "\xff", strings.Repeat("a", 201)} {
		if code := d.Search(m.id, Scope{}, bad); code != protocol.CodeInvalid || d.Found(m.id).Typed != "" {
			t.Errorf("%.10q: %q, %+v", bad, code, d.Found(m.id))
		}
	}
	if code := d.Search(m.id, Scope{}, "  "); code != "" || d.Found(m.id).Busy {
		t.Errorf("nothing: %q", code)
	}
}

func TestSearchIsBounded(t *testing.T) {
	r := servertest.New(t)
	desk := start(t, t.TempDir())
	desk.enter(r, servertest.Secretary, false)
	m := prepare(desk, MaxFound+30)
	// The server reads texts in the background, page after page.
	desk.until("all hits", func() bool {
		v := desk.found(m.id, Scope{}, "bao cao")
		return v.Total == MaxFound && v.More
	})
	// A search that is replaced at once tells nothing of the one before.
	for i := range 20 {
		desk.ok(desk.Search(m.id, Scope{}, fmt.Sprintf("bao cao %d", i+1)))
	}
	desk.until("the last search", func() bool { v := desk.Found(m.id); return !v.Busy && v.Typed == "bao cao 20" && v.Total == 1 })
}

// A page whose characters mean nothing is as a scan is, kept by an earlier server or not; a bullet of a font of symbols is none of it.
func TestPagesThatSayNothing(t *testing.T) {
	q, ok := text.ParseQuery("dự toán")
	if !ok {
		t.Fatal("no query")
	}
	page := func(words ...string) []byte {
		p := protocol.PageText{Page: 1, Lines: []protocol.TextLine{{}}}
		for _, w := range words {
			p.Lines[0].Words = append(p.Lines[0].Words, protocol.TextWord{Text: w})
		}
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	for _, c := range []struct {
		kept  []byte
		found int
		blank bool
	}{
		{page(), 0, true}, {page("\ue001\ue002", "\ue003"), 0, true}, {page("\ufffd\ufffd"), 0, true},
		{page("\uf0b7", "Dự", "toán"), 1, false}, {page("\uf0b7", "Khác"), 0, false}, {page("Khác"), 0, false}, {[]byte("{"), 0, false},
	} {
		places, blank := findIn(c.kept, q)
		if len(places) != c.found || blank != c.blank {
			t.Errorf("%s: %d places, blank %t", c.kept, len(places), blank)
		}
	}
}
