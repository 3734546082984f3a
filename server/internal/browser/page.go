package browser

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"html/template"
	"net/http"
	"regexp"
	"strconv"
	"time"
)

// index is the page that a browser shows at once. It has no script and no
// style of its own, so that the policy below can refuse any that is smuggled
// in. The input is where the client's text fields are written in: the
// keyboards of tablets open for elements of the page only.
var index = template.Must(template.New("index").Parse(`<!DOCTYPE html>
<html lang="{{.T "language.code"}}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1, user-scalable=no, interactive-widget=resizes-content">
<title>{{.Room}}</title>
<meta name="theme-color" content="#f7f5f0" media="(prefers-color-scheme: light)"><meta name="theme-color" content="#16191d" media="(prefers-color-scheme: dark)">
<meta name="mobile-web-app-capable" content="yes"><meta name="apple-mobile-web-app-capable" content="yes"><meta name="format-detection" content="telephone=no">
<link rel="manifest" href="{{.C.Manifest}}"><link rel="icon" type="image/svg+xml" href="{{.C.Icon "icon.svg"}}"><link rel="apple-touch-icon" href="{{.C.Icon "icon-touch.png"}}">
<meta name="apple-mobile-web-app-title" content="{{.Room}}"><meta name="apple-mobile-web-app-status-bar-style" content="default"><meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="{{.C.Style}}">
<script defer src="{{.C.Runtime}}"></script><script defer src="{{.C.Script "boot.js"}}"></script>
</head><body data-program="{{.C.Program}}" data-bytes="{{.C.Bytes}}" data-wire="{{.C.Wire}}" data-worker="{{.C.Worker}}" data-graphics="{{.C.Script "graphics.js"}}" data-lang="{{.T "language.code"}}"
 data-loading="{{.T "browser.loading"}}" data-starting="{{.T "browser.starting"}}" data-network="{{.T "browser.network"}}" data-broken="{{.T "browser.broken"}}"
 data-no-wasm="{{.T "browser.no_wasm"}}" data-no-webgl="{{.T "browser.no_webgl"}}" data-again="{{.T "browser.again"}}"
 data-captive="{{.T "browser.captive"}}" data-retrying="{{.T "browser.retrying"}}" data-plain="{{.T "plain.title"}}" data-help="{{.T "browser.help"}}">
<main id="boot"><img src="{{.C.Icon "icon.svg"}}" alt="" width="88" height="88"><h1>{{.Room}}</h1>
<progress id="boot-progress" max="1" value="0" aria-label="{{.T "browser.loading"}}"></progress><p id="boot-text" role="status">{{.T "browser.loading"}}</p>
<noscript><p>{{.T "browser.no_script"}}</p><p><a class="way" href="/read">{{.T "plain.title"}}</a></p></noscript></main>
<input id="keyboard" autocomplete="off" autocapitalize="off" autocorrect="off" spellcheck="false" enterkeyhint="done" tabindex="-1">
<textarea id="keyboard-lines" autocomplete="off" autocapitalize="sentences" autocorrect="off" spellcheck="false" tabindex="-1"></textarea>
</body></html>
`))

// pageData is what the page is made of.
type pageData struct {
	Room  string
	C     links
	words map[string]string
}

// T is a text of the page.
func (d pageData) T(key string) string { return d.words[key] }

// links are the addresses of the client's files.
type links struct{ c *Client }

func (l links) Program() string           { return l.c.program.address }
func (l links) Bytes() int64              { return l.c.program.bytes }
func (l links) Worker() string            { return Folder + worker }
func (l links) Wire() int                 { return len(l.c.program.brotli) }
func (l links) Runtime() string           { return l.c.runtime }
func (l links) Script(name string) string { return l.c.scripts[name] }
func (l links) Style() string             { return l.c.style }
func (l links) Manifest() string          { return l.c.links }
func (l links) Icon(name string) string   { return l.c.icons[name] }

// plainHost is a Host header that can stand in a policy as it is.
var plainHost = regexp.MustCompile(`^[A-Za-z0-9.\-]{1,253}(:[0-9]{1,5})?$|^\[[0-9A-Fa-f:]{2,45}\](:[0-9]{1,5})?$`)

// policy says what the page may do: its own files, its own server, pictures
// that it has made itself. Older Safari does not take the socket for a part
// of 'self', so that it is named.
func policy(host string) string {
	socket := ""
	if plainHost.MatchString(host) {
		socket = " wss://" + host
	}
	return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; " +
		"connect-src 'self'" + socket + "; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; object-src 'none'"
}

// Page serves the page that starts the client, in words of the reader's
// language. It is checked again on each visit, so that a new server's client
// replaces the old one.
func (c *Client) Page(w http.ResponseWriter, r *http.Request, room string, words map[string]string) {
	var out bytes.Buffer
	if err := index.Execute(&out, pageData{room, links{c}, words}); err != nil {
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	sum := sha256.Sum256(out.Bytes())
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy(r.Host))
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), screen-wake-lock=(self), fullscreen=(self)")
	h.Set("Cache-Control", "no-cache")
	h.Set(versionHeader, c.version)
	h.Set("Vary", "Accept-Language")
	etag := `"` + hex.EncodeToString(sum[:8]) + `"`
	h.Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.Itoa(out.Len()))
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(partWithin))
	if r.Method != http.MethodHead {
		_, _ = w.Write(out.Bytes()) // a browser that has gone misses nothing it can be told
	}
}
