package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"phonghop/server/internal/export"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// takeHome fetches an annotated copy.
func (d *device) takeHome(item, hash, layer string) (header http.Header, strokes []export.Stroke) {
	d.t.Helper()
	resp := d.do("GET", "/v1/meetings/"+theMeeting+"/items/"+item+"/documents/"+hash+"/annotated?layer="+layer, nil, nil)
	defer func() { _ = resp.Body.Close() }()
	data, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		d.t.Fatalf("%s of %s: %d %s, %v", layer, item, resp.StatusCode, data, err)
	}
	file, ink, ok := bytes.Cut(data, []byte("\n"))
	if !ok || !bytes.HasPrefix(file, []byte("%PDF")) || json.Unmarshal(ink, &strokes) != nil {
		d.t.Fatalf("%s", data)
	}
	return resp.Header, strokes
}

func taken(all []export.Stroke) string {
	var out []string
	for _, s := range all {
		out = append(out, strings.TrimSpace(s.ID+" by "+s.Name+" "+s.Subject))
	}
	return strings.Join(out, ", ")
}

func TestTakeHome(t *testing.T) { // [W8]
	r := servertest.New(t)
	secretary, open, closed := prepared(t, r)
	chair, delegate := signedIn(t, r, servertest.Chair), signedIn(t, r, servertest.Delegate)
	chair.command(theMeeting, meeting.OpenSitting{})
	chair.command(theMeeting, meeting.SetItemState{Item: "open", To: meeting.Running})
	chair.command(theMeeting, inked(t, "open", "d1", "of-the-chair", 2))
	s := delegate.connect(protocol.Position{Stream: myNotes})
	s.wish(myNotes, "k1", inked(t, "open", "d1", "mine", 2))
	s.wish(myNotes, "k2", inked(t, "open", "other", "elsewhere", 2))

	header, strokes := delegate.takeHome("open", open, "shared")
	if got := taken(strokes); got != "of-the-chair by Đỗ Khắc Tường" {
		t.Errorf("shared: %s", got)
	}
	if header.Get("Content-Type") != "application/pdf" || header.Get("Cache-Control") != "no-store" ||
		!strings.Contains(header.Get("Content-Disposition"), "bao-cao%20%28ghi%20ch%C3%BA%29.pdf") {
		t.Errorf("%v", header)
	}
	if _, strokes = delegate.takeHome("open", open, "mine"); taken(strokes) != "mine by Lưu Thị Hoài Ngân" {
		t.Errorf("mine: %s", taken(strokes))
	}
	if _, strokes = chair.takeHome("open", open, "mine"); len(strokes) != 0 {
		t.Errorf("the chair has the delegate's: %s", taken(strokes))
	}

	// A new version: what was written on the old one says so.
	next := secretary.upload("bao-cao-2.pdf", servertest.PDF("report, revised", 20)).Hash
	secretary.command(theMeeting, meeting.ReplaceDocument{Item: "open", Document: "d1", Hash: next, Name: "bao-cao-2.pdf"})
	if _, strokes = delegate.takeHome("open", next, "mine"); taken(strokes) != "mine by Lưu Thị Hoài Ngân phiên bản 1" {
		t.Errorf("on the new version: %s", taken(strokes))
	}

	chair.command(theMeeting, meeting.HideLayer{Item: "open", Document: "d1", On: true})
	if _, strokes = delegate.takeHome("open", open, "shared"); len(strokes) != 0 {
		t.Errorf("a hidden layer: %s", taken(strokes))
	}
	if _, strokes = chair.takeHome("open", open, "shared"); len(strokes) != 1 {
		t.Errorf("the chair's copy: %s", taken(strokes))
	}

	path := func(item, hash, layer string) string {
		return "/v1/meetings/" + theMeeting + "/items/" + item + "/documents/" + hash + "/annotated" + layer
	}
	delegate.refused("GET", path("closed", closed, "?layer=shared"), nil, http.StatusNotFound, protocol.CodeNotFound)
	delegate.refused("GET", path("open", closed, "?layer=mine"), nil, http.StatusNotFound, protocol.CodeNotFound)
	delegate.refused("GET", path("open", open, ""), nil, http.StatusBadRequest, protocol.CodeInvalid)
	delegate.refused("GET", path("open", open, "?layer=chair"), nil, http.StatusBadRequest, protocol.CodeInvalid)
	signedIn(t, r, "").refused("GET", path("open", open, "?layer=shared"), nil, http.StatusUnauthorized, protocol.CodeSignIn)
}

// Making the file may take minutes: whoever is out of the audience or the room
// by then does not get it.
func TestTakeHomeIsForTheAudienceOfNow(t *testing.T) {
	r := servertest.New(t)
	secretary, open, _ := prepared(t, r)
	delegate, guest := signedIn(t, r, servertest.Delegate), signedIn(t, r, servertest.Guest)
	path := "/v1/meetings/m1/items/open/documents/" + open + "/annotated?layer=mine"
	r.Annotating = func() {
		secretary.command(theMeeting, meeting.SetAudience{ID: "open", Restricted: true, Audience: []meeting.PersonID{servertest.Guest}})
	}
	delegate.refused("GET", path, nil, http.StatusNotFound, protocol.CodeNotFound)
	r.Annotating = func() {
		if status := secretary.call("PUT", "/v1/people/"+servertest.Guest+"/pin", protocol.NewPIN{New: "904417"}, nil); status != http.StatusNoContent {
			t.Errorf("the guest's PIN: %d", status)
		}
	}
	guest.refused("GET", path, nil, http.StatusUnauthorized, protocol.CodeSignIn)
}
