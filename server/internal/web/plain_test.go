package web_test

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"phonghop/server/servertest"
	"phonghop/shared/meeting"
	"phonghop/shared/pin"
)

// reader is a browser without scripts: it follows links and sends forms.
type reader struct {
	t    *testing.T
	base string
	http *http.Client
}

func readerOf(t *testing.T, r *servertest.Room) *reader {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	tr := &http.Transport{TLSClientConfig: pin.ClientConfig(pin.New(r.Fingerprint))}
	t.Cleanup(tr.CloseIdleConnections)
	return &reader{t, r.URL, &http.Client{Transport: tr, Jar: jar}}
}

func (b *reader) ask(req *http.Request) (int, string) {
	b.t.Helper()
	resp, err := b.http.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	page, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return resp.StatusCode, string(page)
}

func (b *reader) open(path string) (int, string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), "GET", b.base+strings.ReplaceAll(path, "&amp;", "&"), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.ask(req)
}

func (b *reader) send(path string, form url.Values, origin string) (int, string) {
	b.t.Helper()
	req, err := http.NewRequestWithContext(b.t.Context(), "POST", b.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", origin)
	return b.ask(req)
}

// link is where the first link leads whose text contains a word.
func (b *reader) link(page, word string) string {
	b.t.Helper()
	for _, m := range regexp.MustCompile(`(?s)<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>`).FindAllStringSubmatch(page, -1) {
		if strings.Contains(m[2], word) {
			return m[1]
		}
	}
	b.t.Fatalf("no link says %q:\n%s", word, page)
	return ""
}

func (b *reader) signIn(person string) string {
	b.t.Helper()
	status, page := b.send("/read/sign-in", url.Values{"person": {person}, "pin": {servertest.PIN}}, b.base)
	if status != http.StatusOK {
		b.t.Fatalf("sign in: %d %s", status, page)
	}
	return page
}

func TestReadingWithoutScripts(t *testing.T) {
	r := servertest.New(t)
	_, open, _ := prepared(t, r)
	b := readerOf(t, r)

	status, page := b.open("/read")
	if status != http.StatusOK || !strings.Contains(page, `action="/read/sign-in"`) || !strings.Contains(page, `value="delegate"`) {
		t.Fatalf("the door: %d %s", status, page)
	}
	if strings.Contains(page, `value="`+servertest.Screen+`"`) {
		t.Error("the big screen is offered as a person")
	}
	if status, page = b.send("/read/sign-in", url.Values{"person": {servertest.Delegate}, "pin": {"000000"}}, b.base); status != http.StatusUnauthorized ||
		!strings.Contains(page, `role="alert"`) || !strings.Contains(page, `value="delegate" selected`) {
		t.Errorf("a wrong PIN: %d %s", status, page)
	}

	page = b.signIn(servertest.Delegate)
	status, page = b.open(b.link(page, "Phiên họp"))
	if status != http.StatusOK {
		t.Fatalf("agenda: %d %s", status, page)
	}
	status, page = b.open(b.link(page, "Báo cáo"))
	if status != http.StatusOK || !strings.Contains(page, "1/20") {
		t.Fatalf("document: %d %s", status, page)
	}
	status, page = b.open(b.link(page, "Sau"))
	if status != http.StatusOK || !strings.Contains(page, "2/20") {
		t.Fatalf("next page: %d %s", status, page)
	}
	picture := regexp.MustCompile(`src="([^"]+)"`).FindStringSubmatch(page)
	if picture == nil {
		t.Fatalf("no picture: %s", page)
	}
	resp, err := b.http.Get(b.base + picture[1]) //nolint:noctx // a test of links
	if err != nil {
		t.Fatal(err)
	}
	if _ = resp.Body.Close(); resp.StatusCode != http.StatusOK || !strings.HasPrefix(resp.Header.Get("Content-Type"), "image/") {
		t.Errorf("the picture: %d %s", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	for address, want := range map[string]string{"?page=99": "20/20", "?page=-5": "1/20", "?page=x": "1/20", "": "1/20"} {
		if _, page := b.open("/read/" + theMeeting + "/open/" + open + address); !strings.Contains(page, want) {
			t.Errorf("%s does not lead to %s", address, want)
		}
	}
	if status, _ := b.send("/read/sign-out", nil, b.base); status != http.StatusOK {
		t.Errorf("sign out: %d", status)
	}
	if _, page = b.open("/read/" + theMeeting); !strings.Contains(page, `action="/read/sign-in"`) {
		t.Error("still signed in after signing out")
	}
}

// Who is not in an item's audience finds neither its name nor its documents.
func TestPlainPagesKeepAudiences(t *testing.T) {
	r := servertest.New(t)
	_, open, closed := prepared(t, r)
	b := readerOf(t, r)
	b.signIn(servertest.Guest)
	base := "/read/" + theMeeting
	for _, path := range []string{base, base + "/open/" + open, base + "/now", "/read/nothing", "/read/nothing/now"} {
		if status, page := b.open(path); status == http.StatusOK && strings.Contains(page, open) {
			t.Errorf("%s: %d shows what is not for a guest", path, status)
		}
	}
	b.signIn(servertest.Delegate)
	for _, path := range []string{base, base + "/closed/" + closed, base + "/open/" + closed} {
		if status, page := b.open(path); strings.Contains(page, "Nhân sự") || strings.Contains(page, "Tờ trình") || status == http.StatusOK && path != base {
			t.Errorf("%s: %d shows a delegate what is closed", path, status)
		}
	}
}

// The page that follows shows what is presented.
func TestPlainPageFollows(t *testing.T) {
	r := servertest.New(t)
	_, open, _ := prepared(t, r)
	b := readerOf(t, r)
	b.signIn(servertest.Delegate)
	path := "/read/" + theMeeting + "/now"
	if _, page := b.open(path); !strings.Contains(page, `http-equiv="refresh"`) || strings.Contains(page, "<img") {
		t.Errorf("before anything is presented: %s", page)
	}
	chair := signedIn(t, r, servertest.Chair)
	item := meeting.ItemID("open")
	for _, c := range []meeting.Command{
		meeting.OpenSitting{}, meeting.SetItemState{Item: item, To: meeting.Running}, meeting.GivePresenter{Item: item, To: servertest.Chair},
		meeting.Show{Item: item, Place: meeting.Place{Document: "d1", Version: 1, Page: 20}},
	} {
		chair.command(theMeeting, c)
	}
	if _, page := b.open(path); !strings.Contains(page, "20/20") || !strings.Contains(page, open+"/pages/20") {
		t.Errorf("the presented page is not shown: %s", page)
	}
}

// Another site's form signs nobody in or out.
func TestPlainFormsAreTheRoomsOwn(t *testing.T) {
	r := servertest.New(t)
	b := readerOf(t, r)
	for _, origin := range []string{"https://evil.example", "null", "http://" + strings.TrimPrefix(r.URL, "https://") + "0"} {
		for _, path := range []string{"/read/sign-in", "/read/sign-out"} {
			if status, _ := b.send(path, url.Values{"person": {servertest.Delegate}, "pin": {servertest.PIN}}, origin); status != http.StatusForbidden {
				t.Errorf("%s from %s: %d", path, origin, status)
			}
		}
	}
	if status, _ := b.send("/read/sign-in", url.Values{"pin": {strings.Repeat("1", 10_000)}}, b.base); status != http.StatusBadRequest {
		t.Errorf("a huge form: %d", status)
	}
}

// Pages have no script, and no style but the one that their policy names.
func TestPagesAreClosed(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, "")
	for _, path := range []string{"/join", "/help", "/read", "/read/nothing"} {
		for _, agent := range []string{"", "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X)"} {
			resp := d.do("GET", path, nil, map[string]string{"User-Agent": agent, "Accept-Language": "en"})
			data, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			page, policy := string(data), resp.Header.Get("Content-Security-Policy")
			style := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindStringSubmatch(page)
			if style == nil {
				t.Fatalf("%s has no style: %s", path, page)
			}
			sum := sha256.Sum256([]byte(style[1]))
			if !strings.Contains(policy, "style-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
				t.Errorf("%s: the policy does not name the page's style: %s", path, policy)
			}
			if strings.Contains(policy, "unsafe") || strings.Contains(policy, "script-src") || !strings.Contains(policy, "default-src 'none'") ||
				!strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "base-uri 'none'") {
				t.Errorf("%s: policy %s", path, policy)
			}
			if strings.Contains(page, "<script") || strings.Contains(page, " style=") || strings.Contains(page, "ZgotmplZ") || strings.Contains(page, "<no value>") {
				t.Errorf("%s: %s", path, page)
			}
			if path == "/help" && agent != "" && strings.Index(page, `id="ipad"`) > strings.Index(page, `id="android"`) {
				t.Error("an iPad reads of others first")
			}
		}
	}
}

// Every answer has the headers that keep other sites out.
func TestSecurityHeaders(t *testing.T) {
	r := servertest.New(t)
	d := signedIn(t, r, servertest.Delegate)
	for _, path := range []string{"/healthz", "/v1/room", "/v1/me", "/v1/nothing", "/join", "/help", "/read", "/authority.pem", "/metrics", "/client/nothing.js"} {
		resp := d.do("GET", path, nil, nil)
		_ = resp.Body.Close()
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
			"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Strict-Transport-Security": "max-age=31536000",
		} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		policy := resp.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "frame-ancestors 'none'") || strings.Contains(policy, "unsafe-inline") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if p := resp.Header.Get("Permissions-Policy"); !strings.Contains(p, "camera=()") || !strings.Contains(p, "microphone=()") {
			t.Errorf("%s: permissions %q", path, p)
		}
	}
}
