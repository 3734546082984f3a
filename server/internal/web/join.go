package web

import "net/http"

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

// joinPage is what the QR code leads to in a browser.
var joinPage = pageOf("join", `<body><main><h1>{{.Title}}</h1>
{{if .Open}}<p class="open">{{.T "clear.banner"}}</p>{{end}}
{{if .Browser}}<p><a class="go" href="/">{{.T "web.enter"}}</a></p>{{end}}<p><a class="go plain" href="/read">{{.T "plain.title"}}</a></p>
<p>{{if .Browser}}{{.T "web.or_app"}}{{else}}{{.T "web.open"}}{{end}}</p>
<p><code>{{.Host}}</code></p><p>{{.T "web.code"}}</p><p><code>{{.Code}}</code></p>
{{if .Authority}}<p class="help"><a href="/help">{{.T "web.help"}}</a></p>{{end}}
{{if not .Browser}}<p class="help">{{.T "web.no_browser"}}</p>{{end}}
</main></body>`)

type joinData struct {
	said
	Host, Code string
	Authority  bool
	Browser    bool // there is a client for browsers
}

func (s *Server) join(w http.ResponseWriter, r *http.Request) {
	limitTime(w, bodyWithin, answerWithin)
	s.show(w, r, http.StatusOK, joinPage, joinData{
		said: s.saidIn(r), Host: r.Host, Code: s.Code, Authority: s.Authority != nil, Browser: s.Browser != nil,
	})
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
