package web_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"phonghop/server/servertest"
	"phonghop/shared/pin"
	"phonghop/shared/protocol"
)

// A server without the client for browsers leads to the page that says so.
func TestServerWithoutBrowserClient(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, "")
	d.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp := d.do("GET", "/", nil, nil)
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusFound || resp.Header.Get("Location") != "/join" {
		t.Errorf("the front: %d to %q", resp.StatusCode, resp.Header.Get("Location"))
	}
	for language, want := range map[string]string{"vi": "trình duyệt", "en-GB": "no browser client; build it with: make browser"} {
		resp = d.do("GET", "/join", nil, map[string]string{"Accept-Language": language})
		page, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || !strings.Contains(string(page), want) {
			t.Errorf("%s: the page lacks %q", language, want)
		}
		if h := resp.Header.Get("Content-Security-Policy"); !strings.Contains(h, "default-src 'none'") || strings.Contains(h, "script-src") {
			t.Errorf("the page's policy: %s", h)
		}
	}
	d.refused("GET", "/client/phonghop.wasm", nil, http.StatusNotFound, protocol.CodeNotFound)
}

// What another site makes a browser send is refused, although the browser
// adds the cookie; signing in as somebody else's choice, too.
func TestOtherSitesChangeNothing(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Secretary)
	cookie := "__Host-phonghop=" + d.token
	d.token = ""
	for _, from := range []map[string]string{
		{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
		{"Sec-Fetch-Site": "same-site", "Origin": "https://other.127.0.0.1"},
		{"Origin": "https://evil.example"},
		{"Origin": "null"},
	} {
		from["Cookie"] = cookie
		for _, c := range [][2]string{
			{"POST", "/v1/sessions"}, {"DELETE", "/v1/sessions/current"}, {"PUT", "/v1/room"}, {"POST", "/v1/people"},
			{"DELETE", "/v1/people/" + servertest.Delegate}, {"PUT", "/v1/people/" + servertest.Delegate + "/pin"},
			{"POST", "/v1/meetings/m1/commands"}, {"POST", "/v1/documents?name=a.pdf"}, {"POST", "/v1/socket-ticket"},
		} {
			resp := d.do(c[0], c[1], strings.NewReader("{}"), from)
			_ = resp.Body.Close()
			if resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s from %q: %d", c[0], c[1], from["Origin"], resp.StatusCode)
			}
		}
	}
	resp := d.do("GET", "/v1/me", nil, map[string]string{"Cookie": cookie})
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("after all that, the person's own session: %d", resp.StatusCode)
	}
}

// A page of another site opens no socket, with the cookie or a ticket that it
// got hold of.
func TestOtherSitesOpenNoSocket(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Delegate)
	dialer := websocket.Dialer{TLSClientConfig: pin.ClientConfig(pin.New(r.Fingerprint))}
	for name, with := range map[string]func() (query string, header http.Header){
		"cookie": func() (string, http.Header) { return "", http.Header{"Cookie": {"__Host-phonghop=" + d.token}} },
		"ticket": func() (string, http.Header) {
			var ticket struct{ Ticket string }
			d.call("POST", "/v1/socket-ticket", nil, &ticket)
			return "?ticket=" + ticket.Ticket, http.Header{}
		},
	} {
		for _, origin := range []string{"https://evil.example", "null"} {
			query, header := with()
			header.Set("Origin", origin)
			ws, resp, err := dialer.Dial("wss"+r.URL[len("https"):]+"/v1/socket"+query, header) //nolint:bodyclose // gorilla has read it
			if err == nil {
				_ = ws.Close()
				t.Errorf("%s from %s: a socket", name, origin)
				continue
			}
			if resp == nil || resp.StatusCode != http.StatusForbidden {
				t.Errorf("%s from %s: %v", name, origin, err)
			}
		}
		query, header := with()
		header.Set("Origin", r.URL)
		ws, _, err := dialer.Dial("wss"+r.URL[len("https"):]+"/v1/socket"+query, header) //nolint:bodyclose // empty
		if err != nil {
			t.Errorf("%s from the room's own page: %v", name, err)
			continue
		}
		_ = ws.Close()
	}
}

// The cookie is that of all tabs of a browser: a tab of somebody who signed in
// before gets nothing with it.
func TestAnothersCookieIsNotUsed(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Delegate)
	cookie := "__Host-phonghop=" + d.token
	d.token = ""
	for person, want := range map[string]int{servertest.Delegate: http.StatusOK, "": http.StatusOK, servertest.Chair: http.StatusUnauthorized, "nobody": http.StatusUnauthorized} {
		header := map[string]string{"Cookie": cookie}
		if person != "" {
			header["X-Phonghop-Person"] = person
		}
		for _, path := range []string{"/v1/me", "/v1/meetings"} {
			resp := d.do("GET", path, nil, header)
			_ = resp.Body.Close()
			if resp.StatusCode != want {
				t.Errorf("%s in the name of %q: %d, want %d", path, person, resp.StatusCode, want)
			}
		}
	}
}

// On a device that is not one's own the cookie ends with the browser.
func TestTheCookieOfASharedDevice(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Delegate)
	d.token = ""
	for _, shared := range []bool{false, true} {
		body, err := json.Marshal(protocol.SignIn{Person: servertest.Delegate, PIN: servertest.PIN, Device: protocol.Device{ID: "device-9", Shared: shared}})
		if err != nil {
			t.Fatal(err)
		}
		resp := d.do("POST", "/v1/sessions", bytes.NewReader(body), map[string]string{"X-Phonghop-Cookie": "1", "Content-Type": "application/json"})
		_ = resp.Body.Close()
		all := resp.Cookies()
		if len(all) != 1 || !all[0].HttpOnly || !all[0].Secure || all[0].Expires.IsZero() != shared {
			t.Errorf("shared %v: %v", shared, all)
		}
	}
}
