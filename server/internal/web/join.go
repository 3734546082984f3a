package web

import (
	"bytes"
	"html/template"
	"net/http"
)

// Browser is the client for browsers: a page, and the files it needs.
type Browser interface {
	// Page serves the page that starts the client, with the room's name and
	// words of the reader's language.
	Page(w http.ResponseWriter, r *http.Request, room string, words map[string]string)
	// File serves a file of the client; false where there is none of that
	// name, and then nothing was answered.
	File(w http.ResponseWriter, r *http.Request) bool
}

// front is what a browser shows that opens the room's address.
func (s *Server) front(w http.ResponseWriter, r *http.Request) {
	limitTime(w, bodyWithin, answerWithin)
	if s.Browser == nil {
		http.Redirect(w, r, "/join", http.StatusFound)
		return
	}
	s.Browser.Page(w, r, s.Hall.Lobby().State().Name, s.words.table(r.Header.Get("Accept-Language")))
}

func (s *Server) clientFile(w http.ResponseWriter, r *http.Request) {
	limitTime(w, bodyWithin, answerWithin)
	if s.Browser == nil || !s.Browser.File(w, r) {
		s.fail(w, r, errNotFound)
	}
}

// joinPage is what somebody sees who opens the room's address in a browser.
var joinPage = template.Must(template.New("join").Parse(`<!DOCTYPE html>
<html lang="{{.T "language.code"}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Name}}</title><style>
body{font:20px/1.5 "Noto Sans","Segoe UI",Roboto,Arial,sans-serif;margin:0;background:#f4f6f8;color:#16202a}
main{max-width:36rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:12px}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 1rem}.go{display:block;padding:1.1rem;border-radius:10px;background:#0b5a8f;color:#fff;font-weight:600;text-align:center;text-decoration:none}code{font:600 1.5rem/1.6 ui-monospace,Consolas,monospace;letter-spacing:.06em}
.help{font-size:1rem}@media(prefers-color-scheme:dark){body{background:#10161c;color:#eef2f5}main{background:#1b242d}a{color:#8ecbff}}
</style></head><body><main><h1>{{.Name}}</h1>
{{if .Browser}}<p><a class="go" href="/">{{.T "web.enter"}}</a></p><p>{{.T "web.or_app"}}</p>{{else}}<p>{{.T "web.open"}}</p>{{end}}
<p><code>{{.Host}}</code></p><p>{{.T "web.code"}}</p><p><code>{{.Code}}</code></p>
{{if .Authority}}<p class="help"><a href="/authority.pem">{{.T "web.authority"}}</a></p>{{if .Browser}}<p class="help">{{.T "web.authority_help"}}</p>{{end}}{{end}}
{{if not .Browser}}<p class="help">{{.T "web.no_browser"}}</p>{{end}}
</main></body></html>
`))

type joinData struct {
	Name, Host, Code string
	Authority        bool
	Browser          bool // there is a client for browsers
	table            map[string]string
}

// T is a text of the page.
func (d joinData) T(key string) string { return d.table[key] }

func (s *Server) join(w http.ResponseWriter, r *http.Request) {
	limitTime(w, bodyWithin, answerWithin)
	var page bytes.Buffer
	err := joinPage.Execute(&page, joinData{
		Name: s.Hall.Lobby().State().Name, Host: r.Host, Code: s.Code, Authority: s.Authority != nil,
		Browser: s.Browser != nil, table: s.words.table(r.Header.Get("Accept-Language")),
	})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Vary", "Accept-Language")
	_, _ = w.Write(page.Bytes()) // a browser that has gone misses nothing it can be told
}

// authority gives the room's own authority, for devices that are to trust it.
func (s *Server) authority(w http.ResponseWriter, r *http.Request) {
	if s.Authority == nil {
		s.fail(w, r, errNotFound)
		return
	}
	limitTime(w, bodyWithin, answerWithin)
	w.Header().Set("Content-Type", "application/x-x509-ca-cert")
	w.Header().Set("Content-Disposition", `attachment; filename="phonghop.crt"`)
	_, _ = w.Write(s.Authority)
}
