package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// texts has the pages of a document read now, not some time later.
func (d *device) texts(item, hash string, pages int) {
	d.t.Helper()
	for page := 1; page <= pages; page++ {
		if status := d.call("GET", fmt.Sprintf("/v1/meetings/%s/items/%s/documents/%s/pages/%d/text", theMeeting, item, hash, page), nil, nil); status != 200 {
			d.t.Fatalf("text of page %d: %d", page, status)
		}
	}
}

func (d *device) search(typed, more string) (found protocol.Found) {
	d.t.Helper()
	if status := d.call("GET", "/v1/meetings/"+theMeeting+"/search?q="+url.QueryEscape(typed)+more, nil, &found); status != 200 {
		d.t.Fatalf("search %q%s: %d", typed, more, status)
	}
	return found
}

// places gives the hits as "document/page".
func places(f protocol.Found) string {
	var out []string
	for _, h := range f.Hits {
		out = append(out, fmt.Sprintf("%s/%d", h.Document, h.Page))
	}
	return strings.Join(out, " ")
}

// A search sees what its person may read now, and no more.
func TestSearch(t *testing.T) { // [H23] [H24]
	r := servertest.New(t)
	secretary, open, closed := prepared(t, r)
	delegate, chair := signedIn(t, r, servertest.Delegate), signedIn(t, r, servertest.Chair)
	secretary.texts("open", open, 20)
	secretary.texts("closed", closed, 3)

	if got := delegate.search("REPORT 7", ""); places(got) != "d1/7" || got.Exact || got.Next != 0 || got.Unseen != nil ||
		got.Hits[0].Hash != open || got.Hits[0].Item != "open" || got.Hits[0].Version != 1 || got.Hits[0].Match != "report 7" || got.Hits[0].Boxes[0] != [4]float64{72, 72, 200, 84} {
		t.Errorf("report 7: %+v", got)
	}
	if got := places(delegate.search("report", "&item=open&hash="+open)); strings.Count(got, "d1/") != 20 {
		t.Errorf("report: %s", got)
	}
	if got := delegate.search("personnel", ""); places(got) != "" || len(got.Unseen) > 0 {
		t.Errorf("the delegate finds what is not for him: %+v", got)
	}
	if got := places(chair.search("personnel", "&item=closed")); got != "d2/1 d2/2 d2/3" {
		t.Errorf("the chair finds %s", got)
	}
	for _, bad := range []string{"&item=closed", "&hash=" + closed, "&item=open&hash=" + closed, "&item=none", "&hash=..%2f"} {
		delegate.refused("GET", "/v1/meetings/m1/search?q=personnel"+bad, nil, 404, protocol.CodeNotFound)
	}
	delegate.refused("GET", "/v1/meetings/none/search?q=a", nil, 404, protocol.CodeNotFound)
	for _, bad := range []string{"", "?q=", "?q=%20-%20", "?q=%ff", "?q=" + strings.Repeat("a", 201), "?q=a&from=-1", "?q=a&from=x", "?q=a&from=99999999999999999999"} {
		delegate.refused("GET", "/v1/meetings/m1/search"+bad, nil, 400, protocol.CodeInvalid)
	}
	signedIn(t, r, "").refused("GET", "/v1/meetings/m1/search?q=a", nil, 401, protocol.CodeSignIn)

	// An item that is closed to somebody in the meantime is not searched any more.
	secretary.command(theMeeting, meeting.SetAudience{ID: "open", Restricted: true, Audience: []meeting.PersonID{servertest.Chair}})
	if got := delegate.search("report", ""); len(got.Hits) > 0 {
		t.Errorf("found after the item was closed to him: %s", places(got))
	}
}

// The newest version of each document, each content once, scans named, and as
// many answers as it takes.
func TestSearchVersionsAndPages(t *testing.T) { // [H23]
	r := servertest.New(t)
	s, old, _ := prepared(t, r)
	grown := s.upload("moi.pdf", servertest.PDF("report đầu tư", 120)).Hash
	scan := s.upload("scan.pdf", servertest.PDF(servertest.Scan, 4)).Hash
	s.command(theMeeting, meeting.ReplaceDocument{Item: "open", Document: "d1", Hash: grown, Name: "moi.pdf"})
	s.command(theMeeting, meeting.AttachDocument{Item: "closed", Document: "d3", Title: "Cùng tệp", Hash: grown, Name: "moi.pdf"})
	s.command(theMeeting, meeting.AttachDocument{Item: "open", Document: "d4", Title: "Bản quét", Hash: scan, Name: "scan.pdf"})
	s.texts("open", old, 20)
	s.texts("open", grown, 120)
	s.texts("open", scan, 4)
	var hits []protocol.Hit
	from := 0
	for range 5 {
		found := s.search("dau tu", fmt.Sprintf("&from=%d", from))
		if (from == 0) != (len(found.Unseen) > 0) {
			t.Errorf("from %d: unseen %+v", from, found.Unseen)
		}
		for _, u := range found.Unseen {
			if u.Hash == scan && (!u.Scan() || u.Scanned != 4 || u.Document != "d4") {
				t.Errorf("scan: %+v", u)
			}
		}
		hits = append(hits, found.Hits...)
		if from = found.Next; from == 0 {
			break
		}
	}
	if len(hits) != 120 {
		t.Fatalf("%d hits, want 120", len(hits))
	}
	for i, h := range hits {
		if h.Page != i+1 || h.Document != "d1" || h.Version != 2 {
			t.Fatalf("hit %d: %+v", i, h)
		}
	}
	if got := s.search("report", "&hash="+old); len(got.Hits) != 20 || got.Hits[0].Version != 1 {
		t.Errorf("the older version: %s", places(got))
	}
}
