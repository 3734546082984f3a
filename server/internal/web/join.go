package web

import (
	"bytes"
	"html/template"
	"net/http"
)

// joinPage is what somebody sees who opens the room's address in a browser.
var joinPage = template.Must(template.New("join").Parse(`<!DOCTYPE html>
<html lang="{{.T "language.code"}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Name}}</title><style>
body{font:20px/1.5 "Noto Sans","Segoe UI",Roboto,Arial,sans-serif;margin:0;background:#f4f6f8;color:#16202a}
main{max-width:36rem;margin:8vh auto;padding:2rem;background:#fff;border-radius:12px}
h1{font-size:1.6rem;margin:0 0 1rem}code{font:600 1.5rem/1.6 ui-monospace,Consolas,monospace;letter-spacing:.06em}
@media(prefers-color-scheme:dark){body{background:#10161c;color:#eef2f5}main{background:#1b242d}a{color:#8ecbff}}
</style></head><body><main><h1>{{.Name}}</h1>
<p>{{.T "web.open"}}</p><p><code>{{.Host}}</code></p><p>{{.T "web.code"}}</p><p><code>{{.Code}}</code></p>
{{if .Authority}}<p><a href="/authority.pem">{{.T "web.authority"}}</a></p>{{end}}
</main></body></html>
`))

type joinData struct {
	Name, Host, Code string
	Authority        bool
	table            map[string]string
}

// T is a text of the page.
func (d joinData) T(key string) string { return d.table[key] }

func (s *Server) join(w http.ResponseWriter, r *http.Request) {
	limitTime(w, bodyWithin, answerWithin)
	var page bytes.Buffer
	err := joinPage.Execute(&page, joinData{
		Name: s.Hall.Lobby().State().Name, Host: r.Host, Code: s.Code, Authority: s.Authority != nil,
		table: s.words.table(r.Header.Get("Accept-Language")),
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
