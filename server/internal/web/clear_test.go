package web_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"phonghop/server/servertest"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// inClear serves a room without encryption, and signs somebody in there: his
// cookie.
func inClear(t *testing.T, r *servertest.Room) (*httptest.Server, *http.Cookie) {
	t.Helper()
	return inClearAs(t, r, servertest.Delegate)
}

func inClearAs(t *testing.T, r *servertest.Room, person string) (*httptest.Server, *http.Cookie) {
	t.Helper()
	door, ok := r.Door().(interface{ InClear() http.Handler })
	if !ok {
		t.Fatal("the door has no side without encryption")
	}
	s := httptest.NewServer(door.InClear())
	t.Cleanup(s.Close)
	body, err := json.Marshal(protocol.SignIn{Person: person, PIN: servertest.PIN, Device: protocol.Device{ID: "d"}})
	if err != nil {
		t.Fatal(err)
	}
	resp := plainly(t, "POST", s.URL+"/v1/sessions", body, map[string]string{"X-Phonghop-Cookie": "1", "Origin": s.URL, "Content-Type": "application/json"})
	if resp.StatusCode != http.StatusCreated || len(resp.cookies) != 1 {
		t.Fatalf("sign in: %d %v", resp.StatusCode, resp.cookies)
	}
	return s, resp.cookies[0]
}

// answer is what a test looks at of a response.
type answer struct {
	StatusCode int
	Header     http.Header
	cookies    []*http.Cookie
}

func plainly(t *testing.T, method, url string, body []byte, header map[string]string) answer {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range header {
		req.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
	return answer{resp.StatusCode, resp.Header, resp.Cookies()}
}

// A browser takes the cookie of the port without encryption, and neither port
// takes the other's.
func TestCookieInClear(t *testing.T) {
	r := servertest.New(t)
	s, c := inClear(t, r)
	if c.Secure || strings.HasPrefix(c.Name, "__Host-") || strings.HasPrefix(c.Name, "__Secure-") {
		t.Errorf("no browser would keep %v", c)
	}
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode {
		t.Errorf("%v is open to scripts or other sites", c)
	}
	own := map[string]string{"Cookie": c.Name + "=" + c.Value}
	if resp := plainly(t, "GET", s.URL+"/v1/me", nil, own); resp.StatusCode != http.StatusOK {
		t.Errorf("with its cookie: %d", resp.StatusCode)
	}
	other := map[string]string{"Cookie": "__Host-phonghop=" + c.Value}
	if resp := plainly(t, "GET", s.URL+"/v1/me", nil, other); resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("with the encrypted port's cookie: %d", resp.StatusCode)
	}
	d := signedIn(t, r, "")
	resp := d.do("GET", "/v1/me", nil, own)
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusUnauthorized {
		t.Errorf("the cookie in the clear at the encrypted port: %d", resp.StatusCode)
	}
	if resp := plainly(t, "GET", s.URL+"/join", nil, nil); resp.Header.Get("Strict-Transport-Security") != "" {
		t.Error("a browser would never come again without encryption")
	}
}

// Other sites are kept out there too, although browsers say less of where a
// request comes from when it is not encrypted.
func TestOtherSitesInClear(t *testing.T) {
	r := servertest.New(t)
	s, c := inClear(t, r)
	cookie := c.Name + "=" + c.Value
	for _, origin := range []string{"http://evil.example", "null", "http://127.0.0.1:1", r.URL} {
		for _, path := range []string{"/v1/socket-ticket", "/v1/sessions", "/read/sign-in", "/read/sign-out", "/v1/documents?name=a.pdf"} {
			resp := plainly(t, "POST", s.URL+path, nil, map[string]string{"Cookie": cookie, "Origin": origin})
			if resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s from %s: %d", path, origin, resp.StatusCode)
			}
		}
		ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(s.URL, "http")+"/v1/socket", //nolint:bodyclose // gorilla has read it
			http.Header{"Cookie": {cookie}, "Origin": {origin}})
		if err == nil {
			_ = ws.Close()
			t.Errorf("a socket from %s", origin)
		}
	}
	ws, _, err := websocket.DefaultDialer.DialContext(t.Context(), "ws"+strings.TrimPrefix(s.URL, "http")+"/v1/socket", //nolint:bodyclose // empty
		http.Header{"Cookie": {cookie}, "Origin": {s.URL}})
	if err != nil {
		t.Fatalf("no socket for the room's own page: %v", err)
	}
	_ = ws.Close()
}

// A secret ballot that anybody can read is none.
func TestNoSecretBallotsInClear(t *testing.T) {
	r := servertest.New(t)
	s, c := inClear(t, r)
	for path, cookie := range map[string]string{"/v1/ballots": "", "/v1/meetings/m1/items/open/votes/v1/credential": c.Name + "=" + c.Value} {
		resp := plainly(t, "POST", s.URL+path, []byte("{}"), map[string]string{"Cookie": cookie, "Origin": s.URL, "Content-Type": "application/json"})
		if resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// Nor are PINs printed for whoever listens: a secretary, who may print them, does it over the other port.
func TestNoSlipsInClear(t *testing.T) {
	r := servertest.New(t)
	s, c := inClearAs(t, r, servertest.Secretary)
	body, err := json.Marshal(protocol.Slips{Address: "192.168.1.10:8443", Slips: []protocol.Slip{{Person: servertest.Chair, PIN: "480217"}}})
	if err != nil {
		t.Fatal(err)
	}
	resp := plainly(t, "POST", s.URL+"/v1/slips", body, map[string]string{"Cookie": c.Name + "=" + c.Value, "Origin": s.URL, "Content-Type": "application/json"})
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("slips of PINs in the clear: %d", resp.StatusCode)
	}
}

// Each page of such a connection says what it is.
func TestPagesInClearSayIt(t *testing.T) {
	r := servertest.New(t)
	s, _ := inClear(t, r)
	b := &reader{t, s.URL, &http.Client{}}
	for _, path := range []string{"/join", "/help", "/read"} {
		if _, page := b.open(path); !strings.Contains(page, "Kết nối không mã hóa") {
			t.Errorf("%s: %s", path, page)
		}
	}
	secure := &reader{t, r.URL, &http.Client{Transport: &http.Transport{TLSClientConfig: pin.ClientConfig(pin.New(r.Fingerprint))}}}
	if _, page := secure.open("/join"); strings.Contains(page, "Kết nối không mã hóa") {
		t.Errorf("the encrypted one: %s", page)
	}
}
