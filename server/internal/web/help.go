package web

import (
	"net/http"
	"strings"
)

// helpPage says what to do where a browser does not open the room: for most
// devices, how the room's certificate is installed, once.
var helpPage = pageOf("help", `<body><main><h1>{{.T "help.browser"}}</h1>
{{if .Open}}<p class="open">{{.T "clear.banner"}}</p>{{end}}
{{if .Code}}<p>{{.T "help.why"}}</p><p>{{.T "help.compare"}}</p><p><code>{{.Code}}</code></p>
<p><a class="go" href="/authority.pem">{{.T "help.download"}}</a></p>
{{range .Systems}}<section id="{{.}}"><h2>{{$.T (print "help." . ".name")}}</h2><p>{{$.T (print "help." . ".steps")}}</p>{{with $.Command .}}<pre>{{.}}</pre>{{end}}</section>
{{end}}<p>{{.T "help.after"}}</p>{{end}}
<h2>{{.T "help.clock.name"}}</h2><p>{{.T "help.clock.steps"}}</p>
<h2>{{.T "help.wifi.name"}}</h2><p>{{.T "help.wifi.steps"}}</p>
<h2>{{.T "help.old.name"}}</h2><p>{{.T "help.old.steps"}}</p><p><a class="go plain" href="/read">{{.T "plain.title"}}</a></p>
<p class="help"><a href="/join">{{.T "plain.back"}}</a></p></main></body>`)

type helpData struct {
	said
	Code    string // "": the room's certificate is known to devices already
	Systems []string
}

// helpSystems are those with steps of their own.
var helpSystems = []string{"android", "ipad", "windows", "macos", "linux", "firefox"}

// Command is what does the same in a terminal, "" where there is nothing.
func (helpData) Command(system string) string {
	return map[string]string{
		"windows": `certutil -addstore Root phonghop.crt`,
		"macos":   `sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain phonghop.crt`,
		"linux":   `certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n phonghop -i phonghop.crt`,
	}[system]
}

func (s *Server) help(w http.ResponseWriter, r *http.Request) {
	limitTime(w, bodyWithin, answerWithin)
	data := helpData{said: s.saidIn(r)}
	if s.Authority != nil {
		data.Code, data.Systems = s.Code, systemsFor(r.UserAgent())
	}
	s.show(w, r, http.StatusOK, helpPage, data)
}

// systemsFor lists the systems, the reader's own first as far as his browser
// tells it.
func systemsFor(agent string) []string {
	own := ""
	for _, mark := range [][2]string{
		{"Firefox/", "firefox"}, {"Android", "android"}, {"iPad", "ipad"}, {"iPhone", "ipad"}, {"Windows", "windows"},
		{"Macintosh", "macos"}, {"Linux", "linux"},
	} {
		if strings.Contains(agent, mark[0]) {
			own = mark[1]
			break
		}
	}
	out := make([]string, 0, len(helpSystems))
	for _, system := range helpSystems {
		if system == own {
			out = append([]string{system}, out...)
			continue
		}
		out = append(out, system)
	}
	return out
}
