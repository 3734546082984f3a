package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"phonghop/server/internal/room"
	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/protocol"
	"phonghop/shared/roster"
)

func TestOpenRoutes(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, "")
	var h protocol.Health
	if d.call("GET", "/healthz", nil, &h) != 200 || h.Status != "ok" || h.Room != r.ID || h.Protocol != protocol.Version {
		t.Errorf("health: %+v", h)
	}
	var info protocol.RoomInfo
	if d.call("GET", "/v1/room", nil, &info) != 200 || info.Fingerprint != r.Fingerprint.String() || len(info.People) != 5 {
		t.Errorf("room: %+v", info)
	}
	for i, p := range servertest.People() {
		if info.People[i] != p {
			t.Errorf("person %d: %+v", i, info.People[i])
		}
	}
	resp := d.do("GET", "/", nil, map[string]string{"Accept-Language": "en"})
	defer func() { _ = resp.Body.Close() }()
	page, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != 200 || !strings.Contains(string(page), r.Fingerprint.Code()) || !strings.Contains(string(page), `lang="en"`) {
		t.Errorf("join page: %d %s", resp.StatusCode, page)
	}
}

func TestNobodyWithoutSession(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, "")
	for _, token := range []string{"", "x", strings.Repeat("A", 43), strings.Repeat("é", 500)} {
		d.token = token
		for _, path := range []string{"GET /v1/me", "GET /v1/meetings", "GET /v1/meetings/m1", "POST /v1/meetings/m1/commands", "POST /v1/documents",
			"POST /v1/socket-ticket", "DELETE /v1/sessions/current", "PUT /v1/room", "POST /v1/people", "PUT /v1/people/chair/pin",
			"GET /v1/meetings/m1/items/open/documents/aa", "GET /v1/meetings/m1/items/open/documents/aa/pages/1"} {
			method, path, _ := strings.Cut(path, " ")
			d.refused(method, path, struct{}{}, http.StatusUnauthorized, protocol.CodeSignIn)
		}
	}
}

func TestSignInAndOut(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, "")
	in := protocol.SignIn{Person: servertest.Chair, PIN: "000000", Device: protocol.Device{ID: "d"}}
	d.refused("POST", "/v1/sessions", in, http.StatusUnauthorized, protocol.CodeWrongPIN)
	in.Person = "nobody"
	d.refused("POST", "/v1/sessions", in, http.StatusUnauthorized, protocol.CodeWrongPIN)
	in.Device.ID = "not an id"
	d.refused("POST", "/v1/sessions", in, http.StatusBadRequest, protocol.CodeInvalid)

	d = signedIn(t, r, servertest.Chair)
	s := d.connect()
	old := d.token
	if got := d.call("DELETE", "/v1/sessions/current", nil, nil); got != http.StatusNoContent {
		t.Fatalf("sign out: %d", got)
	}
	if code := s.closed(); code != protocol.CloseSignIn {
		t.Errorf("socket of an ended session: %d", code)
	}
	d.token = old // a token that is replayed
	d.refused("GET", "/v1/me", nil, http.StatusUnauthorized, protocol.CodeSignIn)
	if code := d.dial().closed(); code != protocol.CloseSignIn {
		t.Errorf("new socket of an ended session: %d", code)
	}
}

func TestWrongPINsAreSlowedDown(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, "")
	in := protocol.SignIn{Person: servertest.Chair, PIN: "736150", Device: protocol.Device{ID: "d"}}
	for range 10 {
		var p protocol.Problem
		if d.call("POST", "/v1/sessions", in, &p) == http.StatusTooManyRequests {
			if p.Code != protocol.CodeSlowDown || p.RetryAfter < 1 {
				t.Errorf("%+v", p)
			}
			return
		}
	}
	t.Error("ten wrong PINs in a row were all looked at")
}

func TestCookie(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, "")
	body, _ := json.Marshal(protocol.SignIn{Person: servertest.Chair, PIN: servertest.PIN, Device: protocol.Device{ID: "d"}})
	resp := d.do("POST", "/v1/sessions", bytes.NewReader(body), map[string]string{"X-Phonghop-Cookie": "1"})
	defer func() { _ = resp.Body.Close() }()
	var s protocol.Session
	if err := json.NewDecoder(resp.Body).Decode(&s); err != nil || s.Token != "" || len(resp.Cookies()) != 1 {
		t.Fatalf("%v %+v %v", err, s, resp.Cookies())
	}
	c := resp.Cookies()[0]
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteStrictMode {
		t.Errorf("cookie: %+v", c)
	}
	for origin, want := range map[string]int{"": 200, r.URL: 200, "https://evil.example": 200} {
		resp := d.do("GET", "/v1/me", nil, map[string]string{"Cookie": c.String(), "Origin": origin})
		_ = resp.Body.Close()
		if resp.StatusCode != want { // a foreign page may send a GET, but cannot read its answer
			t.Errorf("GET from %q: %d", origin, resp.StatusCode)
		}
	}
	resp = d.do("POST", "/v1/socket-ticket", nil, map[string]string{"Cookie": c.String(), "Origin": "https://evil.example"})
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("POST from a foreign page: %d", resp.StatusCode)
	}
}

func TestPeople(t *testing.T) {
	r := servertest.New(t)
	desk, chair := signedIn(t, r, servertest.Secretary), signedIn(t, r, servertest.Chair)
	p := protocol.NewPerson{Person: roster.Person{ID: "binh", Kind: roster.KindPerson, Name: "Lê  Thanh Bình\u202e"}, PIN: "618203"}
	chair.refused("POST", "/v1/people", p, http.StatusForbidden, protocol.CodeNotAllowed)
	var got roster.Person
	for range 2 { // the same wish twice
		if status := desk.call("POST", "/v1/people", p, &got); status != http.StatusCreated || got.Name != "Lê Thanh Bình" {
			t.Fatalf("add: %d %+v", status, got)
		}
	}
	p.Person.Name = "Another"
	desk.refused("POST", "/v1/people", p, http.StatusConflict, "exists")
	p.Person.ID, p.PIN = "cuong", "123456"
	desk.refused("POST", "/v1/people", p, http.StatusUnprocessableEntity, protocol.CodeWeakPIN)
	p.Person.ID = "a/b"
	desk.refused("POST", "/v1/people", p, http.StatusBadRequest, protocol.CodeInvalid)

	d := signedIn(t, r, "")
	d.call("POST", "/v1/sessions", protocol.SignIn{Person: "binh", PIN: "618203", Device: protocol.Device{ID: "d"}}, nil)
	s := chair.connect(protocol.Position{Stream: protocol.RoomStream})
	s.until(protocol.TypeStream)
	got.Position = "Chuyên viên"
	if desk.call("PUT", "/v1/people/binh", got, nil) != 200 {
		t.Error("change")
	}
	if m := s.until(protocol.TypeEvent); m.By != servertest.Secretary || !strings.Contains(string(m.Body), "Chuyên viên") {
		t.Errorf("event: %+v", m)
	}
	if desk.call("DELETE", "/v1/people/binh", nil, nil) != http.StatusNoContent {
		t.Error("remove")
	}
	d.refused("POST", "/v1/sessions", protocol.SignIn{Person: "binh", PIN: "618203", Device: protocol.Device{ID: "d"}}, 401, protocol.CodeWrongPIN)
	desk.refused("DELETE", "/v1/people/"+servertest.Secretary, nil, http.StatusUnprocessableEntity, "last_secretary")
	chair.refused("PUT", "/v1/people/delegate/pin", protocol.NewPIN{New: "904417"}, http.StatusForbidden, protocol.CodeNotAllowed)
	chair.refused("PUT", "/v1/people/chair/pin", protocol.NewPIN{Old: "904418", New: "904417"}, http.StatusUnauthorized, protocol.CodeWrongPIN)
	if chair.call("PUT", "/v1/people/chair/pin", protocol.NewPIN{Old: servertest.PIN, New: "904417"}, nil) != http.StatusNoContent {
		t.Error("own PIN")
	}
	if chair.call("GET", "/v1/me", nil, nil) != 200 {
		t.Error("the session in which the PIN was changed has ended")
	}
	if desk.call("PUT", "/v1/people/chair/pin", protocol.NewPIN{New: "904419"}, nil) != http.StatusNoContent {
		t.Error("PIN by the desk")
	}
	if code := s.closed(); code != protocol.CloseSignIn {
		t.Errorf("socket after the PIN was set anew: %d", code)
	}
}

// Somebody who is taken off the room is out at once, also where the end of his
// sessions could not be kept.
func TestRemovedPersonIsOutAtOnce(t *testing.T) { // [G5]
	r := servertest.New(t)
	prepared(t, r)
	desk, delegate := signedIn(t, r, servertest.Secretary), signedIn(t, r, servertest.Delegate)
	s := delegate.connect(protocol.Position{Stream: protocol.MeetingStream("m1")})
	s.until(protocol.TypeStream)
	r.Secrets().FailNext(room.ErrFull)
	desk.refused("DELETE", "/v1/people/"+servertest.Delegate, nil, http.StatusInsufficientStorage, protocol.CodeStorageFull)
	if code := s.closed(); code != protocol.CloseSignIn {
		t.Errorf("the socket was closed with %d", code)
	}
	delegate.refused("GET", "/v1/me", nil, http.StatusUnauthorized, protocol.CodeSignIn)
	if desk.call("DELETE", "/v1/people/"+servertest.Delegate, nil, nil) != http.StatusNoContent {
		t.Error("the same wish again")
	}
	delegate.refused("POST", "/v1/sessions", protocol.SignIn{Person: servertest.Delegate, PIN: servertest.PIN, Device: protocol.Device{ID: "d"}}, 401, protocol.CodeWrongPIN)
}

// timed is a writer that remembers the deadlines it was given.
type timed struct {
	*httptest.ResponseRecorder
	read, write time.Time
}

func (w *timed) SetReadDeadline(at time.Time) error  { w.read = at; return nil }
func (w *timed) SetWriteDeadline(at time.Time) error { w.write = at; return nil }

// Over HTTP/1.1 a request's context ends with its time for reading, also when
// nothing comes in: what takes longer has to have longer.
func TestAnswersHaveTheirTime(t *testing.T) {
	r := servertest.New(t)
	_, open, _ := prepared(t, r)
	d := signedIn(t, r, servertest.Delegate)
	for path, least := range map[string]time.Duration{"/info": 40 * time.Second, "/pages/1?width=800": 30 * time.Second, "/annotated?layer=mine": 2 * time.Minute} {
		w := &timed{ResponseRecorder: httptest.NewRecorder()}
		req := httptest.NewRequest("GET", "/v1/meetings/m1/items/open/documents/"+open+path, nil)
		req.Header.Set("Authorization", "Bearer "+d.token)
		began := time.Now()
		r.Door().ServeHTTP(w, req)
		if w.Code != http.StatusOK || w.read.Sub(began) < least {
			t.Errorf("%s: %d, read within %s, written within %s", path, w.Code, w.read.Sub(began), w.write.Sub(began))
		}
	}
}

func TestBadBodies(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Secretary)
	for name, c := range map[string]struct {
		path, body, kind string
		status           int
		code             string
	}{
		"no JSON":      {"/v1/people", "{", "application/json", 400, protocol.CodeInvalid},
		"other JSON":   {"/v1/people", "[1]", "application/json", 400, protocol.CodeInvalid},
		"no type":      {"/v1/people", "{}", "text/plain", 415, protocol.CodeInvalid},
		"too large":    {"/v1/people", `{"pin":"` + strings.Repeat("1", 10<<20) + `"}`, "application/json", 413, protocol.CodeTooLarge},
		"no ids":       {"/v1/meetings/m9/commands", `{"body":{"kind":"meeting.create"}}`, "application/json", 400, protocol.CodeInvalid},
		"unknown kind": {"/v1/meetings/m9/commands", `{"client":"a","command":"b","body":{"kind":"x"}}`, "application/json", 400, "unknown_kind"},
		"no meeting":   {"/v1/meetings/m9/commands", `{"client":"a","command":"b","body":{"kind":"sitting.open"}}`, "application/json", 404, protocol.CodeNotFound},
	} {
		resp := d.do("POST", c.path, strings.NewReader(c.body), map[string]string{"Content-Type": c.kind})
		var p protocol.Problem
		_ = json.NewDecoder(resp.Body).Decode(&p)
		_ = resp.Body.Close()
		if resp.StatusCode != c.status || p.Code != c.code || p.Message == "" {
			t.Errorf("%s: %d %+v, want %d %s", name, resp.StatusCode, p, c.status, c.code)
		}
	}
	d.refused("GET", "/v1/nowhere", nil, 404, protocol.CodeNotFound)
}

func TestDocuments(t *testing.T) {
	r := servertest.New(t)
	secretary, open, closed := prepared(t, r)
	delegate := signedIn(t, r, servertest.Delegate)
	base := "/v1/meetings/" + theMeeting + "/items/open/documents/" + open

	resp := delegate.do("GET", base, nil, map[string]string{"Range": "bytes=5-8"})
	part, _ := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusPartialContent || string(part) != "test" || !strings.Contains(resp.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("range: %d %q %v", resp.StatusCode, part, resp.Header)
	}
	resp = delegate.do("GET", base, nil, map[string]string{"If-None-Match": resp.Header.Get("ETag")})
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusNotModified {
		t.Errorf("conditional: %d", resp.StatusCode)
	}
	var info protocol.DocumentInfo
	if delegate.call("GET", base+"/info", nil, &info) != 200 || info.Pages != 20 || len(info.Sizes) != 20 || info.Sizes[0] != [2]float64{595, 842} || len(info.Outline) != 1 {
		t.Errorf("info: %+v", info)
	}
	var text protocol.PageText
	if delegate.call("GET", base+"/pages/3/text", nil, &text) != 200 || text.Lines[0].Words[1].Text != "3" || text.Lines[0].Words[0].Box != [4]float64{72, 72, 172, 84} {
		t.Errorf("text: %+v", text)
	}
	for path, want := range map[string]int{
		"/pages/3?width=800": 200, "/pages/20?width=200": 200, "/pages/3/tile?width=3200&x=1&y=2": 200,
		"/pages/3/tile?width=12800&x=24&y=35": 200, "/pages/3/tile?width=12800&x=25&y=0": 400, "/pages/3/tile?width=51200&x=0&y=0": 400,
		"/pages/0?width=800": 404, "/pages/21?width=800": 404, "/pages/x?width=800": 400, "/pages/3?width=801": 400,
		"/pages/3": 400, "/pages/3/tile?width=3200&x=-1&y=0": 400, "/pages/3/tile?width=3200&x=99&y=0": 400, "/pages/99999999999999999999?width=800": 400,
	} {
		resp := delegate.do("GET", base+path, nil, nil)
		_ = resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
	}

	// Neither the restricted item's, nor through an item that does not have it.
	delegate.refused("GET", "/v1/meetings/m1/items/closed/documents/"+closed, nil, 404, protocol.CodeNotFound)
	delegate.refused("GET", "/v1/meetings/m1/items/open/documents/"+closed+"/pages/1?width=800", nil, 404, protocol.CodeNotFound)
	delegate.refused("GET", "/v1/meetings/m1/items/open/documents/..%2f..%2fphonghop.db", nil, 404, protocol.CodeNotFound)
	if secretary.call("GET", "/v1/meetings/m1/items/closed/documents/"+closed+"/info", nil, nil) != 200 {
		t.Error("the secretary cannot read the restricted document")
	}
	delegate.refused("POST", "/v1/documents?name=a.pdf", struct{}{}, http.StatusForbidden, protocol.CodeNotAllowed)
	screen := signedIn(t, r, servertest.Screen)
	screen.refused("GET", "/v1/meetings/m1/items/closed/documents/"+closed, nil, 404, protocol.CodeNotFound)
}

func TestUpload(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Secretary)
	for name, c := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"empty": {"", 422, "pdf_empty"}, "picture": {"\x89PNG\r\n\x1a\n", 422, "pdf_not_pdf"}, "broken": {"%PDF-test 0 x", 422, "pdf_broken"},
		"too many pages": {"%PDF-test 1000000 x", 422, "pdf_too_many_pages"},
	} {
		resp := d.do("POST", "/v1/documents?name=x.pdf", strings.NewReader(c.body), nil)
		var p protocol.Problem
		_ = json.NewDecoder(resp.Body).Decode(&p)
		_ = resp.Body.Close()
		if resp.StatusCode != c.status || p.Code != c.code || strings.Contains(p.Message, "Chưa thực hiện được") {
			t.Errorf("%s: %d %+v", name, resp.StatusCode, p)
		}
	}
	up := d.upload("..%2F..%2Fetc%2Fpass%00wd%E2%80%AE.pdf", servertest.PDF("x", 2))
	if strings.ContainsAny(up.Name, "/\x00\u202e") || up.Pages != 2 {
		t.Errorf("name: %q, %d pages", up.Name, up.Pages)
	}

	// Cut in the middle: nothing is left of it.
	ctx, cancel := context.WithCancel(context.Background())
	body, feed := io.Pipe()
	req, err := http.NewRequestWithContext(ctx, "POST", r.URL+"/v1/documents?name=cut.pdf", body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+d.token)
	req.ContentLength = 1 << 20
	go func() {
		_, _ = feed.Write([]byte("%PDF-test 5 cut"))
		cancel()
		_ = feed.CloseWithError(io.ErrUnexpectedEOF)
	}()
	if resp, err := d.http.Do(req); err == nil {
		_ = resp.Body.Close()
		t.Errorf("an upload that was cut was answered: %d", resp.StatusCode)
	}
}

func TestCommandTwice(t *testing.T) {
	r := servertest.New(t)
	prepared(t, r)
	chair := signedIn(t, r, servertest.Chair)
	req := protocol.CommandRequest{Client: "c", Command: "open-1", Body: encoded(t, meeting.OpenSitting{})}
	var first, second protocol.CommandAnswer
	if chair.call("POST", "/v1/meetings/m1/commands", req, &first) != 200 || chair.call("POST", "/v1/meetings/m1/commands", req, &second) != 200 {
		t.Fatal("open")
	}
	if first.Positions[0] != second.Positions[0] {
		t.Errorf("%+v and then %+v", first, second)
	}
	req.Command, req.Body = "show-1", encoded(t, meeting.Show{Item: "open", Place: meeting.Place{Document: "d1", Page: 1}})
	chair.refused("POST", "/v1/meetings/m1/commands", req, http.StatusConflict, "bad_state")
}
