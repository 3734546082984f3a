package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
)

// piece sends a piece of a file, and returns the status, the code of a refusal
// and what was made of it.
func (d *device) piece(query string, data []byte) (int, string, protocol.Uploaded) {
	d.t.Helper()
	resp := d.do("POST", "/v1/documents?name=a.pdf&"+query, bytes.NewReader(data), map[string]string{"Content-Type": "application/pdf"})
	defer func() { _ = resp.Body.Close() }()
	var out struct {
		protocol.Problem
		protocol.Uploaded
	}
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		d.t.Fatal(err)
	}
	return resp.StatusCode, out.Code, out.Uploaded
}

// come asks how much of an upload is there.
func (d *device) come(id string) (part protocol.UploadPart) {
	d.t.Helper()
	if got := d.call("GET", "/v1/uploads/"+id, nil, &part); got != http.StatusOK {
		d.t.Errorf("asked how much of %s has come: %d", id, got)
	}
	return part
}

// What came before a cut is there for the one who sent it, and for nobody else
// who knows its id.
func TestAnUploadGoesOn(t *testing.T) { // [H17a]
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Secretary)
	d.command("m2", meeting.Create{Description: meeting.Description{Title: "Giao ban"}})
	d.command("m2", meeting.SetParticipant{Participant: meeting.Participant{Person: servertest.Delegate, Functions: []meeting.Function{meeting.Secretary}}})
	other := signedIn(t, r, servertest.Delegate)
	whole := servertest.PDF("resumed", 3)
	half := len(whole) / 2
	sum := sha256.Sum256(whole[:half])
	all := func(from int) string { return fmt.Sprintf("upload=u1&from=%d&size=%d", from, len(whole)) }

	if status, code, _ := d.piece(all(0), whole[:half]); status != http.StatusServiceUnavailable || code != protocol.CodeUnavailable {
		t.Errorf("half of it: %d %s", status, code)
	}
	if part := d.come("u1"); part.Bytes != int64(half) || part.Hash != hex.EncodeToString(sum[:]) {
		t.Errorf("of %d bytes has come: %+v", half, part)
	}
	if part := other.come("u1"); part.Bytes != 0 {
		t.Errorf("somebody else is told of %d bytes", part.Bytes)
	}
	if status, code, _ := other.piece(all(half), whole[half:]); status != http.StatusConflict || code != protocol.CodeOffset {
		t.Errorf("somebody else goes on: %d %s", status, code)
	}
	if got := other.call("DELETE", "/v1/uploads/u1", nil, nil); got != http.StatusNoContent {
		t.Errorf("somebody else drops his own, which is not there: %d", got)
	}
	if status, code, _ := d.piece(all(half-1), whole[half-1:]); status != http.StatusConflict || code != protocol.CodeOffset {
		t.Errorf("from before its end: %d %s", status, code)
	}
	if status, _, made := d.piece(all(half), whole[half:]); status != http.StatusCreated || made.Pages != 3 || made.Bytes != int64(len(whole)) {
		t.Errorf("the rest: %d %+v", status, made)
	}
	if part := d.come("u1"); part.Bytes != 0 {
		t.Errorf("%d bytes are left of what is whole", part.Bytes)
	}

	_, _, _ = d.piece(all(0), whole[:half])
	if got := d.call("DELETE", "/v1/uploads/u1", nil, nil); got != http.StatusNoContent || d.come("u1").Bytes != 0 {
		t.Errorf("dropped: %d", got)
	}
}

func TestUploadsAreBounded(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Secretary)
	for _, query := range []string{
		"upload=u1", "upload=u1&from=x", "upload=u1&from=-1", "upload=u1&from=0&size=x", "upload=u1&from=0&size=-2", "upload=u1&from=2&size=1",
		"upload=..%2Fu1&from=0", "upload=u1&from=99999999999999999999",
	} {
		if status, code, _ := d.piece(query, []byte("%PDF-")); status != http.StatusBadRequest || code != protocol.CodeInvalid {
			t.Errorf("%s: %d %s", query, status, code)
		}
	}
	if status, code, _ := d.piece("upload=u1&from=0&size=9000000000000000000", []byte("%PDF-")); status != http.StatusRequestEntityTooLarge || code != "upload_too_large" {
		t.Errorf("beyond what a document may have: %d %s", status, code)
	}
	d.refused("GET", "/v1/uploads/..%2Fu1", nil, http.StatusNotFound, protocol.CodeNotFound)
	chair := signedIn(t, r, servertest.Chair)
	chair.refused("GET", "/v1/uploads/u1", nil, http.StatusForbidden, protocol.CodeNotAllowed)
	chair.refused("DELETE", "/v1/uploads/u1", nil, http.StatusForbidden, protocol.CodeNotAllowed)
	if status, code, _ := chair.piece("upload=u1&from=0", []byte("%PDF-")); status != http.StatusForbidden || code != protocol.CodeNotAllowed {
		t.Errorf("who may not upload: %d %s", status, code)
	}
}

// A document is turned by those who upload and may read it; it is another file.
func TestTurnedPages(t *testing.T) { // [H17b]
	r := servertest.New(t)
	d, open, closed := prepared(t, r)
	const items = "/v1/meetings/m1/items/"
	turn := protocol.TurnPages{Degrees: 90, Pages: []int{2}}
	var made protocol.Uploaded
	if got := d.call("POST", items+"open/documents/"+open+"/turned", turn, &made); got != http.StatusCreated || made.Hash == open || made.Pages != 20 || made.Name != "bao-cao.pdf" {
		t.Errorf("turned: %d %+v", got, made)
	}
	for _, degrees := range []int{0, 45, 360, 450, -450} {
		d.refused("POST", items+"open/documents/"+open+"/turned", protocol.TurnPages{Degrees: degrees}, http.StatusBadRequest, protocol.CodeInvalid)
	}
	d.refused("POST", items+"open/documents/"+open+"/turned", protocol.TurnPages{Degrees: 90, Pages: make([]int, meeting.MaxPages+1)}, http.StatusBadRequest, protocol.CodeInvalid)
	signedIn(t, r, servertest.Chair).refused("POST", items+"open/documents/"+open+"/turned", turn, http.StatusForbidden, protocol.CodeNotAllowed)
	d.command("m2", meeting.Create{Description: meeting.Description{Title: "Giao ban"}})
	d.command("m2", meeting.SetParticipant{Participant: meeting.Participant{Person: servertest.Delegate, Functions: []meeting.Function{meeting.Secretary}}})
	other := signedIn(t, r, servertest.Delegate)
	other.refused("POST", items+"closed/documents/"+closed+"/turned", turn, http.StatusNotFound, protocol.CodeNotFound)
	other.refused("POST", items+"open/documents/"+closed+"/turned", turn, http.StatusNotFound, protocol.CodeNotFound)
}
