package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
)

// Pages that need no script and no client: how to join, help, and reading in
// an old browser. Each is one answer with its style in it, and the policy names
// that style by its hash: nothing that is smuggled in is drawn or run.

// pageStyle is the style of these pages.
const pageStyle = `
body{font:20px/1.5 "Noto Sans","Segoe UI",Roboto,Arial,sans-serif;margin:0;background:#f4f6f8;color:#16202a;overflow-wrap:anywhere}
main{max-width:40rem;margin:4vh auto;padding:1.5rem;background:#fff;border-radius:12px}
main.wide{max-width:75rem;margin:0 auto;padding:.75rem}main.wide h1{font-size:1.1rem;margin:.5rem 0}main.wide>p{margin:.25rem 0}
h1{font-size:1.5rem;line-height:1.3;margin:0 0 1rem}h2{font-size:1.2rem;line-height:1.35;margin:2rem 0 .5rem}
a{color:#07496f}.go,button{display:block;box-sizing:border-box;width:100%;min-height:3.4rem;padding:1rem;border:0;border-radius:10px;background:#0b5a8f;color:#fff;font:inherit;font-weight:600;text-align:center;text-decoration:none;margin:1rem 0}
.plain{background:#e3e9ef;color:#16202a}
code{font:600 1.4rem/1.6 ui-monospace,Consolas,monospace;letter-spacing:.06em}pre{white-space:pre-wrap;font:1rem/1.5 ui-monospace,Consolas,monospace;background:#eef1f4;padding:.75rem;border-radius:8px}
.help{font-size:1rem}.wrong{background:#fbe9e7;color:#7a1c10;padding:.75rem 1rem;border-radius:8px}.open{background:#fff3cd;color:#4a3500;padding:.75rem 1rem;border-radius:8px;font-weight:600}
label{display:block;margin:1rem 0 .25rem;font-weight:600}select,input{box-sizing:border-box;width:100%;min-height:3.2rem;padding:.5rem .75rem;font:inherit;border:2px solid #6b7885;border-radius:8px;background:#fff;color:#16202a}
ul{padding:0;list-style:none}li a{display:block;padding:.9rem 1rem;margin:.5rem 0;border-radius:10px;background:#e3e9ef;color:#07496f;text-decoration:none;font-weight:600}
.bar{display:flex;gap:.5rem;align-items:center;justify-content:space-between;margin:.5rem 0}.bar a,.bar button{display:inline-block;width:auto;min-height:0;padding:.8rem 1.1rem;margin:0;border-radius:10px;background:#0b5a8f;color:#fff;font-weight:600;text-decoration:none}.bar form{display:flex;gap:.5rem}.bar input{width:6rem}.bar b{text-align:center}.bar .off{padding:.8rem 1.1rem;color:#5b6670}
.sheet{display:block;width:100%;height:auto;background:#fff;border:1px solid #6b7885}
@media(prefers-color-scheme:dark){body{background:#10161c;color:#eef2f5}main{background:#1b242d}a{color:#8ecbff}.plain,li a{background:#2b3742;color:#cfe6ff}pre{background:#10161c}input,select{background:#10161c;color:#eef2f5;border-color:#8fa0af}.bar .off{color:#a9b6c2}.wrong{background:#4a1a14;color:#ffd9d2}.open{background:#4a3a08;color:#ffeab0}}
`

// pagePolicy lets a page have this style, pictures of the room, and forms to
// the room, and nothing else.
var pagePolicy = func() string {
	sum := sha256.Sum256([]byte(pageStyle))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
}()

// pageOf makes a template of the inside of a page. Its data has T and Title.
func pageOf(name, inside string) *template.Template {
	return template.Must(template.New(name).Parse(`<!DOCTYPE html>
<html lang="{{.T "language.code"}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title><style>` + pageStyle + `</style>{{with .Refresh}}<meta http-equiv="refresh" content="{{.}}">{{end}}</head>
` + inside + `</html>
`))
}

// said is what every page has.
type said struct {
	Title   string
	Refresh int  // seconds until the page is asked for again; 0: never
	Open    bool // whoever listens on the network can read this page
	table   map[string]string
}

// T is a text of the page.
func (d said) T(key string) string { return d.table[key] }

// saidIn is for a reader's language; the title is the room's name.
func (s *Server) saidIn(r *http.Request) said {
	return said{Title: s.Hall.Lobby().State().Name, Open: inClear(r), table: s.words.table(r.Header.Get("Accept-Language"))}
}

// show answers with a page.
func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, page *template.Template, data any) {
	var out bytes.Buffer
	if err := page.Execute(&out, data); err != nil {
		s.fail(w, r, err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("Vary", "Accept-Language, Cookie")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // a browser that has gone misses nothing it can be told
}
